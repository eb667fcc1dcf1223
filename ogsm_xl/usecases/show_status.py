"""Process status: per owner, who has reported for the next session and who has not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ogsm_xl.config import Config
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.model import Item, Plan, Session
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text, TrafficLight
from ogsm_xl.rhythm.process_status import OwnerStatus, ProcessStatus, process_status
from ogsm_xl.rhythm.reporting import next_session, previous_session
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined
from ogsm_xl.usecases.plan_now import read_plan_now, rhythm_settings
from ogsm_xl.usecases.row_edits import older_copy_warning


def show_status(*, config: Config, ledger: Ledger, now: datetime, session_id: str | None = None) -> Outcome:
    """Who has reported for a session, by default the next one.

    Raises:
        InputProblem: The workbook can't be used, or has no such session.
    """
    read = read_plan_now(config, ledger)
    plan = read.plan
    session = chosen_session(plan, config, now, session_id)
    status = process_status(plan, session, now, rhythm_settings(config))
    owing = [owner for owner in status.owners if owner.owed]
    returned = _returned(plan, ledger)
    before = previous_session(plan, min(now, session.begins))
    disagreements = ledger.contradictions(before.begins if before else datetime.min)
    waiting = ledger.for_review()
    look_at = [
        *older_copy_warning(read, ledger, now),
        *(_unowned(item) for item in status.unowned),
        *returned.values(),
        *(each.text for each in disagreements),
        *([_TO_REVIEW.filled(count=len(waiting))] if waiting else ()),
    ]
    return Outcome(
        ExitCode.LOOK if look_at else ExitCode.DONE,
        joined(_reported(status, session), _current(status), _lights(status)),
        look_at,
        [_line(owner) for owner in (*owing, *(owner for owner in status.owners if not owner.owed))],
        {
            "session": session.id,
            "date": session.date.isoformat(),
            "owners": [
                {"name": o.name, "asked": _ids(o.asked), "reported": _ids(o.reported), "owed": _ids(o.owed)}
                for o in status.owners
            ],
            "unowned": _ids(status.unowned),
            "not_reached": list(returned),
            "contradictions": [each.item for each in disagreements],
            "to_review": len(waiting),
            "lights": {light.key if light else "blank": number for light, number in status.lights.items()},
            "current": status.current,
            "asked_for": status.asked_for,
        },
    )


_RETURNED = Text(
    "{name} <{address}> is niet bereikt: de mail kwam op {day} terug. Controleer het adres op het blad Personen.",
    "{name} <{address}> was not reached: the mail came back on {day}. Check the address on the sheet People.",
)
_TO_REVIEW = Text(
    "Mails die op jou wachten: {count}. Bekijk ze met: ogsm-xl review",
    "Mails that wait for you: {count}. See them with: ogsm-xl review",
)


def _returned(plan: Plan, ledger: Ledger) -> Mapping[str, Text]:
    """Address to sentence for the people whom mail came back from; one whose address was mended is none of them."""
    return {
        bounce.address: _RETURNED.filled(
            name=person.name,
            address=bounce.address,
            day=Text(f"{bounce.bounced_at:%d-%m-%Y}", f"{bounce.bounced_at:%Y-%m-%d}"),
        )
        for bounce in ledger.bounces()
        if (person := plan.person(bounce.address))
    }


def chosen_session(plan: Plan, config: Config, now: datetime, session_id: str | None) -> Session:
    """The session with this ID, else the next one.

    Raises:
        InputProblem: There is none.
    """
    if session_id is None:
        if session := next_session(plan, now):
            return session
        raise InputProblem(
            Text(
                f"In {config.workbook.name} staat na {now:%d-%m-%Y} geen sessie meer. Vul het blad Sessies aan, of noem er een met --session.",
                f"{config.workbook.name} holds no session after {now:%Y-%m-%d}. Add one to the Sessions sheet, or name one with --session.",
            )
        )
    if session := plan.session(session_id):
        return session
    known = ", ".join(session.id for session in plan.sessions)
    if not known:
        raise InputProblem(
            Text(
                f"In {config.workbook.name} staan geen sessies. Vul het blad Sessies, of geef ogsm-xl calendar.",
                f"{config.workbook.name} holds no sessions. Fill in the sheet Sessions, or give ogsm-xl calendar.",
            )
        )
    raise InputProblem(
        Text(
            f"In {config.workbook.name} staat geen sessie {session_id!r}. Wel: {known}.",
            f"{config.workbook.name} holds no session {session_id!r}. It does hold: {known}.",
        )
    )


def _reported(status: ProcessStatus, session: Session) -> Text:
    done = sum(not owner.owed for owner in status.owners)
    everybody = len(status.owners)
    owners = count(everybody, Text("eigenaar", "owner"), Text("eigenaren", "owners"))
    have = Text("heeft", "has") if 1 in {done, everybody} else Text("hebben", "have")
    return Text(
        f"{session.kind.word(Language.NL)} {session.id} op {session.date:%d-%m-%Y}: {done} van {owners.nl} {have.nl} alles gerapporteerd.",
        f"{session.kind.word(Language.EN)} {session.id} on {session.date:%Y-%m-%d}: {done} of {owners.en} {have.en} reported on everything.",
    )


def _current(status: ProcessStatus) -> Text:
    return Text(
        f"Actueel: {status.current} van {status.asked_for} onderdelen.",
        f"Current: {status.current} of {status.asked_for} items.",
    )


def _lights(status: ProcessStatus) -> Text:
    def numbers(language: Language, blank: str) -> str:
        order: tuple[TrafficLight | None, ...] = (*TrafficLight, None)
        return ", ".join(
            f"{light.word(language).lower() if light else blank} {status.lights.get(light, 0)}"
            for light in order
        )

    return Text(
        f"Lichten van de lopende acties: {numbers(Language.NL, 'zonder licht')}.",
        f"Lights of the active actions: {numbers(Language.EN, 'without light')}.",
    )


def _line(owner: OwnerStatus) -> Text:
    asked, owed = len(owner.asked), ", ".join(_ids(owner.owed))
    if not owed:
        return Text(f"{owner.name}: alles binnen ({asked})", f"{owner.name}: all in ({asked})")
    return Text(
        f"{owner.name}: {asked - len(owner.owed)} van {asked}; nog niet: {owed}",
        f"{owner.name}: {asked - len(owner.owed)} of {asked}; still to come: {owed}",
    )


def _unowned(item: Item) -> Text:
    return Text(
        f"{item.id} heeft geen eigenaar die bij de personen staat ({item.owner or 'leeg'}).",
        f"{item.id} has no owner who is among the people ({item.owner or 'blank'}).",
    )


def _ids(items: tuple[Item, ...]) -> list[str]:
    return [item.id for item in items]
