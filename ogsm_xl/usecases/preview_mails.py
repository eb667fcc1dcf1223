"""Who would get which mail on which day, if the jobs ran every morning and nobody reported meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ogsm_xl.config import Config
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.model import Person, Plan
from ogsm_xl.plan.words import Language, Role, Text
from ogsm_xl.rhythm.addressees import recipient_of
from ogsm_xl.rhythm.due import due_mails
from ogsm_xl.rhythm.mails import MailKind, Sent, announced, sequence_of
from ogsm_xl.rhythm.notices import due_notices
from ogsm_xl.rhythm.sharing import due_shares
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count
from ogsm_xl.usecases.plan_now import read_plan_now, rhythm_settings, with_settled_ids

_MORNING = time(8)


@dataclass(frozen=True, slots=True)
class Expected:
    """One mail that would go out: when, what, about which session, for whom, to whom, about which items."""

    day: datetime
    sent: Sent
    session: str
    person: Person
    addressee: Person
    items: tuple[str, ...] = ()


def preview_mails(*, config: Config, ledger: Ledger, now: datetime, days: int) -> Outcome:
    """Go through the days from now on; changes nothing. The process owner's overviews are left out.

    Args:
        config: The configuration.
        ledger: What was sent already.
        now: From when on.
        days: How many days.

    Raises:
        InputProblem: The workbook can't be used.
    """
    read = read_plan_now(config, ledger)
    plan = with_settled_ids(read.plan, read, proposed_too=True)
    sent = list(ledger.sent(config.mail.redirect_all_to.strip().casefold()))
    mornings = (
        datetime.combine(now.date() + timedelta(days=number), _MORNING) for number in range(1, days + 1)
    )
    expected: list[Expected] = []
    for moment in (now, *mornings):
        found = _on(plan, config, moment, sent)
        sent += [each.sent for each in found]
        expected += found
    return Outcome(
        ExitCode.DONE,
        _summary(expected, days),
        details=[_line(each) for each in expected],
        data={
            "mails": [
                {
                    "day": each.day.date().isoformat(),
                    "kind": each.sent.kind.key,
                    "session": each.session,
                    "person": each.person.name,
                    "mail": each.addressee.mail,
                    "items": list(each.items),
                }
                for each in expected
            ]
        },
    )


def _on(plan: Plan, config: Config, now: datetime, sent: list[Sent]) -> list[Expected]:
    """What would go out in a run of all jobs at this moment."""
    settings = rhythm_settings(config)
    found = []
    for notice in due_notices(plan, now, sent):
        number = sequence_of(notice.session, sent)
        mail = Sent(
            notice.session.id,
            notice.kind,
            recipient_of(notice.person),
            0,
            announced(notice.session),
            number,
            now.date(),
        )
        found.append(Expected(now, mail, notice.session.id, notice.person, notice.addressee))
    for due in due_mails(plan, now, sent, settings, (MailKind.INVITATION, MailKind.REMINDER)).due:
        mail = Sent(
            due.session.id,
            due.kind,
            recipient_of(due.person),
            due.lead_days,
            announced(due.session),
            sequence_of(due.session, sent),
            now.date(),
        )
        items = tuple(item.id for item in due.items)
        found.append(Expected(now, mail, due.session.id, due.person, due.addressee, items))
    roles = [Role[name.upper()] for name in config.sessions.share_with]
    for share in due_shares(plan, now, sent, settings, roles):
        mail = Sent(
            share.session.id,
            MailKind.STATUS,
            recipient_of(share.person),
            settings.share_days,
            announced(share.session),
            sequence_of(share.session, sent),
            now.date(),
        )
        found.append(Expected(now, mail, share.session.id, share.person, share.person))
    return found


def _summary(expected: list[Expected], days: int) -> Text:
    mails = count(len(expected), Text("mail", "mail"), Text("mails", "mails"))
    ahead = (
        Text("De komende dag", "In the next day")
        if days == 1
        else Text(f"De komende {days} dagen", f"In the next {days} days")
    )
    return Text(
        f"{ahead.nl}: hoogstens {mails.nl}. Wie intussen rapporteert, krijgt geen herinnering. Er is niets verstuurd.",
        f"{ahead.en}: at most {mails.en}. Whoever reports meanwhile gets no reminder. Nothing was sent.",
    )


def _line(each: Expected) -> Text:
    items = f": {', '.join(each.items)}" if each.items else ""
    for_whom = f" ({each.person.name})" if each.addressee is not each.person else ""
    to = f"{each.addressee.name} <{each.addressee.mail.strip()}>{for_whom}"
    kind = each.sent.kind
    return Text(
        f"{each.day:%Y-%m-%d}  {each.session:6}  {kind.word(Language.NL):14}  {to}{items}",
        f"{each.day:%Y-%m-%d}  {each.session:6}  {kind.word(Language.EN):14}  {to}{items}",
    )
