"""Who got which mail when; and a person's word on a mail of which nobody knew whether it went out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from ogsm_xl.ledger import Ledger, MailRow, MailState
from ogsm_xl.plan.model import normalised_id
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined, listed

_STATES: Mapping[MailState, Text] = {
    MailState.PLANNED: Text("afgebroken", "cut off"),
    MailState.DRAFTED: Text("afgebroken", "cut off"),
    MailState.SENDING: Text("onzeker", "uncertain"),
    MailState.UNKNOWN: Text("onzeker", "uncertain"),
    MailState.SENT: Text("verstuurd", "sent"),
    MailState.FAILED: Text("niet gelukt", "failed"),
}
_UNCERTAIN = (MailState.SENDING, MailState.UNKNOWN)
_WORDS = {"sent": MailState.SENT, "not-sent": MailState.FAILED}


def sent_mails(*, ledger: Ledger, session_id: str | None = None) -> Outcome:
    """The mails that were decided on, oldest first, and what became of each.

    Args:
        ledger: The memory of what was sent.
        session_id: Only those about this session.
    """
    rows = [
        row
        for row in ledger.mails()
        if session_id is None or normalised_id(row.session) == normalised_id(session_id)
    ]
    doubts = [row for row in rows if row.state in _UNCERTAIN]
    return Outcome(
        ExitCode.LOOK if doubts else ExitCode.DONE,
        _summary(rows, session_id),
        [_what_to_do(row) for row in doubts],
        [_line(row) for row in rows],
        {"mails": [_plain(row) for row in rows]},
    )


def resolve_mail(*, ledger: Ledger, mail_id: str, became: str, now: datetime) -> Outcome:
    """Note a person's word: the mail went out ("sent"), or it did not ("not-sent"), and goes again if it is still due.

    Raises:
        InputProblem: There is no such mail, it is not uncertain, or the word is another one.
    """
    state = _WORDS.get(became)
    if state is None:
        raise InputProblem(
            Text(
                f"Schrijf achter --resolve {mail_id} het woord sent (hij is verstuurd) of not-sent (hij is niet verstuurd), niet {became!r}.",
                f"Write after --resolve {mail_id} the word sent (it went out) or not-sent (it did not), not {became!r}.",
            )
        )
    row = ledger.mail(mail_id.strip().upper())
    if row is None or row.state not in _UNCERTAIN:
        known = ", ".join(row.id for row in ledger.mails(*_UNCERTAIN))
        raise InputProblem(
            Text(
                f"Over mail {mail_id!r} is geen twijfel. {f'Wel over: {known}.' if known else 'Er is nu geen enkele mail onzeker.'}",
                f"Mail {mail_id!r} is not uncertain. {f'These are: {known}.' if known else 'No mail is uncertain now.'}",
            )
        )
    ledger.set_mail_state(row.id, state, now, f"a person's word: {became}")
    again = state is MailState.FAILED
    return Outcome(
        ExitCode.DONE,
        Text(
            f"Genoteerd: de mail aan {row.person} <{row.sent_to}> is {'niet verstuurd. Hij gaat bij de volgende keer, als hij dan nog nodig is' if again else 'verstuurd'}.",
            f"Noted: the mail to {row.person} <{row.sent_to}> {'did not go out. It goes at the next run, if it is still due then' if again else 'went out'}.",
        ),
        data={"id": row.id, "state": state.value},
    )


def _summary(rows: list[MailRow], session_id: str | None) -> Text:
    about = f" over {session_id}" if session_id else ""
    about_en = f" about {session_id}" if session_id else ""
    if not rows:
        return Text(f"Er is nog geen mail verstuurd{about}.", f"No mail was sent yet{about_en}.")
    numbers = Counter(_STATES[row.state] for row in rows)
    counted = listed([Text(f"{n} {text.nl}", f"{n} {text.en}") for text, n in numbers.items()])
    mails = count(len(rows), Text("mail", "mail"), Text("mails", "mails"))
    return Text(f"{mails.nl}{about}: {counted.nl}.", f"{mails.en}{about_en}: {counted.en}.")


def _line(row: MailRow) -> Text:
    def said(number: int) -> str:
        kind, state = row.kind.value[number], _STATES[row.state][number]
        via = "" if row.sent_to == row.recipient else f" → {row.sent_to}"
        return f"{row.planned_at:%Y-%m-%d %H:%M}  {row.id}  {state:11}  {row.session:6}  {kind:14}  {row.person} <{row.recipient}>{via}"

    return joined(Text(said(0), said(1)))


def _what_to_do(row: MailRow) -> Text:
    return Text(
        f"Onzeker: mail {row.id} aan {row.person} <{row.sent_to}>. Kijk in de verzonden mail of vraag het na, en leg het vast met: ogsm-xl sent --resolve {row.id} sent (of not-sent).",
        f"Uncertain: mail {row.id} to {row.person} <{row.sent_to}>. Look in the sent mail or ask, and note it with: ogsm-xl sent --resolve {row.id} sent (or not-sent).",
    )


def _plain(row: MailRow) -> dict[str, object]:
    return {
        "id": row.id,
        "at": row.planned_at.isoformat(),
        "state": row.state.value,
        "session": row.session,
        "kind": row.kind.key,
        "person": row.person,
        "mail": row.recipient,
        "sent_to": row.sent_to,
        "items": list(row.items),
    }
