"""Share the status of a session with the team, a day before it: its workbook, by mail, to each once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ogsm_xl.excel.reader import read_plan
from ogsm_xl.letters.mail import Attachment
from ogsm_xl.letters.note import compose_status
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.plan.model import Plan, Session
from ogsm_xl.plan.words import Role
from ogsm_xl.rhythm.mails import MailKind, announced, sequence_of
from ogsm_xl.rhythm.sharing import Share, due_shares
from ogsm_xl.usecases.build_session import new_session_file, shown_at, write_workbook_of
from ogsm_xl.usecases.mailing import Letter, Mailroom, begin, new_row, send, send_all
from ogsm_xl.usecases.outcome import Outcome
from ogsm_xl.usecases.overview import overview_letters
from ogsm_xl.usecases.own_texts import letter_settings
from ogsm_xl.usecases.owner_letters import envelope_for
from ogsm_xl.usecases.plan_now import rhythm_settings, with_waiting
from ogsm_xl.usecases.row_edits import check_not_older
from ogsm_xl.usecases.send_mails import Attention, mail_outcome, to_look_at

_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def share_status(room: Mailroom) -> Outcome:
    """Send the status of each session that is near enough to whoever did not get it; then the process owner's overview.

    The workbook is filed in the folder of the session workbooks, as `build_session` does, so that what was shared
    stays as it was.

    Raises:
        InputProblem: The plan can't be used or seems to be an older copy, a text of the organisation is broken, another machine mails for this plan,
            the folder of the session workbooks can't be written, or there are more mails than may go without confirming.
        OutsideProblem: The mail system can't be asked what became of a mail of a run that was cut off.
    """
    read = read_plan(room.config.workbook)
    settings = letter_settings(room.config, read.plan)
    begin(room)
    check_not_older(read, room.ledger, room.now)
    plan = with_waiting(read.plan, room.ledger)
    shares = due_shares(
        plan,
        room.now,
        room.ledger.sent(room.redirected),
        rhythm_settings(room.config),
        [Role[name.upper()] for name in room.config.sessions.share_with],
    )
    sessions = {share.session.id: share.session for share in shares}
    letters = [
        letter
        for session in sessions.values()
        for letter in _letters(room, plan, settings, session, [s for s in shares if s.session == session])
    ]
    sending = send(room, letters)
    look_at = to_look_at(room, sending, Attention())
    overviews = send_all(
        room, overview_letters(room, plan, settings, mailed=bool(sending.sent), look_at=look_at)
    )
    return mail_outcome((MailKind.STATUS,), room, plan, sending, overviews, Attention())


def _letters(
    room: Mailroom, plan: Plan, settings: LetterSettings, session: Session, shares: Sequence[Share]
) -> list[Letter]:
    shown = shown_at(plan, session, room.config, room.now, room.ledger)
    file = new_session_file(room.config, session, plan.language, room.now)
    with TemporaryDirectory() as elsewhere:
        written = Path(elsewhere) / file.name if room.dry_run else file
        write_workbook_of(written, plan, shown, room.config, room.now)
        workbook = Attachment(file.name, _WORKBOOK_TYPE, written.read_bytes())
    sequence = sequence_of(session, room.ledger.sent(room.redirected))
    return [
        Letter(
            new_row(
                MailKind.STATUS,
                session,
                share.person,
                share.person,
                room.now,
                lead_days=room.config.sessions.share_days,
                occasion=session.date.isoformat(),
                announced=announced(session),
                sequence=sequence,
            ),
            share.person,
            lambda row, person=share.person: compose_status(  # type: ignore[misc]  # bound in the loop
                shown.agenda, shown.status, envelope_for(room, plan, settings, person, row), workbook
            ),
        )
        for share in shares
    ]
