"""Try out the configured mailbox, and tell in words what works and what does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ogsm_xl.config import Config
from ogsm_xl.plan.words import Text
from ogsm_xl.post.check import MailFinding, Verdict, check_mail
from ogsm_xl.post.port import MailSystem
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.own_texts import sender_of

_MARKS = {Verdict.WORKS: "✓", Verdict.LESS: "!", Verdict.BROKEN: "✗"}


def try_mailbox(
    *,
    config: Config,
    post: MailSystem,
    now: datetime,
    nonce: str,
    pause: Callable[[float], None],
) -> Outcome:
    """Send one mail to the mailbox itself, find it, read it back, move it and delete it.

    Args:
        config: The configuration.
        post: The mail system.
        now: The moment of the run, naive and local.
        nonce: Some letters and digits that no other mail holds.
        pause: Waits so many seconds for the mail to come in.
    """
    findings = check_mail(
        post,
        sender_of(config),
        nonce=nonce,
        now=now.replace(tzinfo=config.zone),
        pause=pause,
        arrives=config.mail.system != "folder",
    )
    broken = [finding for finding in findings if finding.verdict is Verdict.BROKEN]
    less = [finding for finding in findings if finding.verdict is Verdict.LESS]
    code = ExitCode.OUTSIDE_FAILED if broken else ExitCode.LOOK if less else ExitCode.DONE
    return Outcome(
        code,
        _summary(config, broken=bool(broken), less=bool(less)),
        details=[_marked(finding) for finding in findings],
        data={
            "system": config.mail.system,
            "findings": [{"verdict": f.verdict.value, **f.text._asdict()} for f in findings],
        },
    )


def _summary(config: Config, *, broken: bool, less: bool) -> Text:
    address = config.mail.sender_address
    if broken:
        return Text(
            f"De mailbox {address} werkt nog niet. Doe wat hierboven staat, en probeer opnieuw.",
            f"The mailbox {address} does not work yet. Do what is said above, and try again.",
        )
    if less:
        return Text(
            f"De mailbox {address} werkt, met de kanttekeningen hierboven.",
            f"The mailbox {address} works, with the notes above.",
        )
    return Text(f"De mailbox {address} werkt.", f"The mailbox {address} works.")


def _marked(finding: MailFinding) -> Text:
    mark = _MARKS[finding.verdict]
    return Text(f"{mark} {finding.text.nl}", f"{mark} {finding.text.en}")
