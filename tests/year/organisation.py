"""The organisation of the year test: who is there, what they own, when the sessions are; made anew from a seed.

The facts here are the test's own (plain words, no class of the product), so that `account.py` can count with them
independently. `first_workbook` makes the plan of the first day from them, with the product's template.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.plan import model
from ogsm_xl.plan.words import (
    Direction,
    ItemKind,
    Language,
    ReportSource,
    Role,
    SessionKind,
    Status,
    StrategyKind,
    TrafficLight,
)
from tests.year.foreign_parts import with_foreign_parts

PROCESS_OWNER = "Petra Proces"
OGSM_OWNER = "Olaf Opdracht"
BEGINS_AT = dt.time(10)

_FIRST_NAMES = (
    "Anna", "Bram", "Chris", "Daan", "Eva", "Femke", "Gijs", "Hanna", "Iris", "Joost", "Karin", "Lars", "Mila", "Noor",
    "Otto", "Pim", "Quinten", "Roos", "Sven", "Tess", "Ugur", "Vera", "Wout", "Xander", "Yara", "Zoë",
)  # fmt: skip
_LAST_NAMES = ("de Boer", "Jansen", "van Dijk", "Yıldız", "Bakker", "O’Neill")

CHARACTERS: tuple[tuple[str, int], ...] = (
    ("lines", 9),  # a few lines on a phone
    ("form", 8),  # the form
    ("rows", 5),  # edits the row in the plan
    ("at the reminder", 4),  # answers when reminded
    ("late", 3),  # answers after the session
    ("twice", 2),  # corrects the answer a day later
    ("doubled", 2),  # whose mail server delivers each answer twice
    ("wrong", 2),  # other people's references, wrong IDs, small talk
    ("without reference", 1),  # writes a mail of their own
    ("never", 1),
    ("out of office", 1),  # a program answers first, they themselves at the reminder
    ("both", 1),  # answers by mail and edits the row, differently
    ("bounces", 1),  # mail comes back later
)
"""How people answer, and how many of forty do."""


@dataclass(frozen=True)
class Somebody:
    """A person: how they answer, and what the sheet of people says of them.

    Attributes:
        deputy: The name of who answers for them while they are absent.
        absent: First and last day of absence.
        left: The day from which they are gone.
        refused: The mail server takes no mail for the address that the sheet has on the first day.
    """

    name: str
    mail: str
    character: str = "never"
    roles: frozenset[str] = frozenset({"member"})
    language: str = "nl"
    deputy: str = ""
    absent: tuple[dt.date, dt.date] | None = None
    left: dt.date | None = None
    refused: bool = False


@dataclass(frozen=True)
class Thing:
    """Something that is reported on; `kind` is objective, strategy, indicator or action."""

    id: str
    kind: str
    owner: str
    title: str
    strategy: str = ""
    start: dt.date | None = None
    deadline: dt.date | None = None
    status: str = ""  # to_do, in_progress, done, parked
    progress: int = 0


@dataclass(frozen=True)
class Meeting:
    """A row of the calendar; `kind` is doing, steering or planning."""

    id: str
    kind: str
    day: dt.date
    at: dt.time = BEGINS_AT
    cancelled: bool = False

    @property
    def begins(self) -> dt.datetime:
        """When it begins."""
        return dt.datetime.combine(self.day, self.at)


@dataclass(frozen=True)
class Organisation:
    """All that the plan holds on the first day; `reported` is the history: item to when it was last reported on."""

    first_day: dt.date
    last_day: dt.date
    people: tuple[Somebody, ...]
    things: tuple[Thing, ...]
    meetings: tuple[Meeting, ...]
    reported: Mapping[str, dt.datetime]

    def person(self, name: str) -> Somebody:
        """Who has this name."""
        return next(each for each in self.people if each.name == name)

    def thing(self, item: str) -> Thing:
        """What has this ID."""
        return next(each for each in self.things if each.id == item)


def whole_year(seed: int) -> Organisation:
    """40 owners in 8 strategies, 150 actions; 12 doing sessions of which 4 give way to steering ones, 1 planning session."""
    meetings = []
    for month in range(1, 13):
        day = _second_thursday(2027, month)
        steers = month % 3 == 0
        meetings.append(("doing", day, steers))
        if steers:
            meetings.append(("steering", day, False))
        if month == 11:
            meetings.append(("planning", day + dt.timedelta(days=13), False))
    return _organisation(
        seed,
        dt.date(2027, 1, 1),
        dt.date(2027, 12, 31),
        meetings,
        owners=40,
        strategies=8,
        indicators=16,
        actions=150,
    )


def six_weeks(seed: int) -> Organisation:
    """13 owners, one of each character, and 30 actions; a doing session, and a steering session in whose place a doing session falls out."""
    first, second = _second_thursday(2027, 2), _second_thursday(2027, 3)
    meetings = [("doing", first, False), ("doing", second, True), ("steering", second, False)]
    return _organisation(
        seed,
        dt.date(2027, 2, 1),
        dt.date(2027, 3, 16),
        meetings,
        owners=13,
        strategies=2,
        indicators=4,
        actions=30,
    )


def _organisation(
    seed: int,
    first_day: dt.date,
    last_day: dt.date,
    meetings: Iterable[tuple[str, dt.date, bool]],
    *,
    owners: int,
    strategies: int,
    indicators: int,
    actions: int,
) -> Organisation:
    chance = random.Random(f"organisation {seed}")
    people = _people(chance, owners, first_day, last_day)
    names = [each.name for each in people[:owners]]
    things = [Thing("O1", "objective", OGSM_OWNER, "Iedereen in de stad een goed thuis")]
    for number in range(1, strategies + 1):
        title = f"Doel {number} bereikt door aanpak {number}"
        things.append(Thing(f"S{number}", "strategy", names[(number * 5) % owners], title))
    for number in range(1, indicators + 1):
        title = f"Aandeel van deel {number} dat op orde is"
        strategy = f"S{1 + number % strategies}"
        things.append(Thing(f"I{number}", "indicator", names[(number * 3) % owners], title, strategy))
    things += [
        _action(chance, number, names[number % owners], strategies, first_day, last_day)
        for number in range(1, actions + 1)
    ]
    calendar = tuple(
        Meeting(f"SES{number}", kind, day, cancelled=cancelled)
        for number, (kind, day, cancelled) in enumerate(meetings, start=1)
    )
    before = {
        each.id: dt.datetime.combine(first_day - dt.timedelta(days=chance.randint(5, 60)), dt.time(15, 30))
        for each in things
        if chance.random() < 0.4
    }
    return Organisation(first_day, last_day, tuple(people), tuple(things), calendar, before)


def _people(chance: random.Random, owners: int, first_day: dt.date, last_day: dt.date) -> list[Somebody]:
    characters = [name for name, many in CHARACTERS for _ in range(many)]
    if owners < len(characters):  # in a small organisation, one of each
        characters = [name for name, _ in CHARACTERS]
    names = [f"{first} {last}" for last in _LAST_NAMES for first in _FIRST_NAMES]
    chance.shuffle(names)
    people = [
        Somebody(
            name,
            f"owner{number}@example.org",
            characters[number % len(characters)],
            language="en" if number % 13 == 5 else "nl",
        )
        for number, name in enumerate(names[:owners])
    ]
    length = (last_day - first_day).days
    answering = [number for number, each in enumerate(people) if each.character == "lines"]
    absences = ((0.02, 0.3), (0.35, 0.55), (0.6, 0.95)) if owners >= 40 else ((0.55, 0.9),)
    others = [number for number, each in enumerate(people) if each.character in {"form", "rows"}]
    for (begin, end), number in zip(absences, others[1:] if owners >= 40 else others, strict=False):
        period = tuple(first_day + dt.timedelta(days=int(share * length)) for share in (begin, end))
        deputy = people[answering[number % len(answering)]].name
        people[number] = replace(people[number], deputy=deputy, absent=(period[0], period[1]))
    if owners >= 40:
        people[others[6]] = replace(people[others[6]], left=first_day + dt.timedelta(days=int(0.7 * length)))
        people[answering[3]] = replace(people[answering[3]], refused=True)
    people.append(Somebody(PROCESS_OWNER, "petra@example.org", roles=frozenset({"process_owner"})))
    people.append(Somebody(OGSM_OWNER, "olaf@example.org", "lines", frozenset({"ogsm_owner"})))
    people.append(Somebody("Mary Manager", "mary@example.org", roles=frozenset({"manager"}), language="en"))
    return people


def _action(
    chance: random.Random, number: int, owner: str, strategies: int, first_day: dt.date, last_day: dt.date
) -> Thing:
    length = (last_day - first_day).days
    start = first_day + dt.timedelta(days=chance.randint(-length // 2, int(length * 0.8)))
    deadline = min(start + dt.timedelta(days=chance.randint(30, max(60, length // 2))), last_day)
    if start >= first_day:
        status, progress = "to_do", 0
    else:
        status = chance.choice(("in_progress", "in_progress", "in_progress", "to_do", "parked", "done"))
        progress = {"in_progress": 5 * chance.randint(1, 10), "done": 100}.get(status, 0)
    return Thing(
        f"A{number}",
        "action",
        owner,
        f"Voorziening {number} in gebruik genomen",
        f"S{1 + number % strategies}",
        start,
        max(deadline, start + dt.timedelta(days=14)),
        status,
        progress,
    )


def _second_thursday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 7)


# The workbook of the first day


def first_workbook(organisation: Organisation, path: Path) -> None:
    """Write the plan workbook of the first day: from the product's template, with parts of the organisation's own."""
    write_plan_workbook(_as_plan(organisation), path, Language.NL)
    path.write_bytes(with_foreign_parts(path.read_bytes(), organisation.first_day))


def _as_plan(organisation: Organisation) -> model.Plan:
    things = organisation.things
    objective = things[0]
    return model.Plan(
        language=Language.NL,
        objective=model.Objective(objective.id, objective.title, objective.owner, "Stadsbeheer", "2027"),
        goals=(
            model.Goal(
                "D1", "De wachttijd is gehalveerd", "Wachttijd", "dagen", 40, 20, organisation.last_day
            ),
        ),
        strategies=tuple(
            model.Strategy(each.id, each.title, each.owner, StrategyKind.BUSINESS, ("D1",))
            for each in things
            if each.kind == "strategy"
        ),
        indicators=tuple(
            model.Indicator(
                each.id,
                each.title,
                (each.strategy,),
                each.owner,
                "%",
                Direction.HIGHER,
                10,
                90,
                target_date=organisation.last_day,
            )
            for each in things
            if each.kind == "indicator"
        ),
        actions=tuple(_as_action(each) for each in things if each.kind == "action"),
        people=tuple(_as_person(each) for each in organisation.people),
        sessions=tuple(
            model.Session(
                each.id,
                SessionKind[each.kind.upper()],
                each.day,
                each.at,
                60,
                "Zaal 1",
                cancelled=each.cancelled,
            )
            for each in organisation.meetings
        ),
        reports=tuple(
            _as_report(organisation.thing(item), made, n)
            for n, (item, made) in enumerate(organisation.reported.items(), 1)
        ),
    )


def _as_action(thing: Thing) -> model.Action:
    return model.Action(
        thing.id,
        thing.title,
        (thing.strategy,),
        thing.owner,
        start=thing.start,
        deadline=thing.deadline,
        status=Status[thing.status.upper()],
        progress=thing.progress,
        light=TrafficLight.GREEN if thing.status == "in_progress" else None,
    )


def _as_person(each: Somebody) -> model.Person:
    start, end = each.absent or (None, None)
    return model.Person(
        each.name,
        "refused@example.org" if each.refused else each.mail,
        frozenset(Role[role.upper()] for role in each.roles),
        Language.EN if each.language == "en" else None,
        each.deputy,
        start,
        end,
        each.left,
    )


def _as_report(thing: Thing, made: dt.datetime, number: int) -> model.Report:
    return model.Report(
        f"R{number}", made, "", ItemKind[thing.kind.upper()], thing.id, thing.owner, light=TrafficLight.GREEN,
        done=f"Van voor het jaar, {thing.id}", source=ReportSource.HAND,
    )  # fmt: skip
