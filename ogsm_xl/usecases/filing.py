"""Where a mail lies in the mailbox once it is dealt with: `Tray.REVIEW` while it waits for a person, else `Tray.PROCESSED`.

The ledger holds the content; the trays are for people who look into the mailbox. So what can't be moved now is moved by
the next run, and what somebody else moved or deleted is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ogsm_xl.ledger import Ledger
from ogsm_xl.ledger import Outcome as MailOutcome
from ogsm_xl.letters.incoming import read_mail
from ogsm_xl.plan.problem import OutsideProblem, Problem
from ogsm_xl.post.port import MailSystem, Tray


def file_away(
    post: MailSystem, ledger: Ledger, handles: Mapping[str, Sequence[str]]
) -> OutsideProblem | None:
    """Move mails out of the inbox; the problem, if some stay.

    Args:
        post: The mail system.
        ledger: What the mails turned out to be.
        handles: Digest to the mail system's handles of it.
    """
    done = []
    failed: OutsideProblem | None = None
    for digest, copies in handles.items():
        tray = Tray.REVIEW if ledger.incoming_outcome(digest) is MailOutcome.REVIEW else Tray.PROCESSED
        try:
            for handle in copies:
                post.file_away(handle, tray)
            done.append(digest)
        except OutsideProblem as problem:
            failed = problem
    ledger.handled(done)
    return failed


def refile_decided(post: MailSystem, ledger: Ledger) -> Problem | None:
    """Move what a person decided on out of the tray for review; the problem, if some stay.

    Mails are found by their Message-ID. One that carries that of another mail which still waits stays with that one.
    """
    decided = ledger.decided_not_filed()
    waiting = {_message_id(ledger, row.digest) for row in ledger.for_review()} if decided else set()
    for digest in decided:
        message_id = _message_id(ledger, digest)
        try:
            if message_id and message_id not in waiting:
                post.refile(message_id, Tray.REVIEW, Tray.PROCESSED)
        except Problem as problem:
            return problem
        ledger.handled([digest])
    return None


def _message_id(ledger: Ledger, digest: str) -> str:
    return read_mail(ledger.raw_mail(digest)).message_id
