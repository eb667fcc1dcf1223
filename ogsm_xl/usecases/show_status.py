"""Process status: per owner, who has reported for the next session and who has not."""

from __future__ import annotations

from datetime import datetime

from ogsm_xl.config import Config
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.model import Item, Plan, Session
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text, TrafficLight
from ogsm_xl.rhythm.process_status import OwnerStatus, ProcessStatus, process_status
from ogsm_xl.rhythm.reporting import next_session
from ogsm_xl.usecases.outcome import ExitCode, Outcome, joined
from ogsm_xl.usecases.plan_now import read_plan_now, rhythm_settings


def show_status(*, config: Config, ledger: Ledger, now: datetime, session_id: str | None = None) -> Outcome:
    """Who has reported for a session, by default the next one.

    Raises:
        InputProblem: The workbook can't be used, or has no such session.
    """
    plan = read_plan_now(config, ledger).plan
    session = chosen_session(plan, config, now, session_id)
    status = process_status(plan, session, now, rhythm_settings(config))
    owing = [owner for owner in status.owners if owner.owed]
    return Outcome(
        ExitCode.LOOK if status.unowned else ExitCode.DONE,
        joined(_reported(status, session), _current(status), _lights(status)),
        [_unowned(item) for item in status.unowned],
        [_line(owner) for owner in (*owing, *(owner for owner in status.owners if not owner.owed))],
        {
            "session": session.id,
            "date": session.date.isoformat(),
            "owners": [
                {"name": o.name, "asked": _ids(o.asked), "reported": _ids(o.reported), "owed": _ids(o.owed)}
                for o in status.owners
            ],
            "unowned": _ids(status.unowned),
            "lights": {light.key if light else "blank": number for light, number in status.lights.items()},
            "current": status.current,
            "asked_for": status.asked_for,
        },
    )


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
    raise InputProblem(
        Text(
            f"In {config.workbook.name} staat geen sessie {session_id!r}. Wel: {known}.",
            f"{config.workbook.name} holds no session {session_id!r}. It does hold: {known}.",
        )
    )


def _reported(status: ProcessStatus, session: Session) -> Text:
    done = sum(not owner.owed for owner in status.owners)
    everybody = len(status.owners)
    return Text(
        f"{session.kind.word(Language.NL)} {session.id} op {session.date:%d-%m-%Y}: {done} van {everybody} eigenaren hebben alles gerapporteerd.",
        f"{session.kind.word(Language.EN)} {session.id} on {session.date:%Y-%m-%d}: {done} of {everybody} owners have reported on everything.",
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
