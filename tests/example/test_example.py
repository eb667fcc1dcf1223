"""The example plan holds what the demonstration counts on: its numbers, its history, its states and its faults."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from ogsm_xl.example import EXAMPLE_SESSION, FAULTS, example_plan
from ogsm_xl.plan.model import Action, Indicator, Plan, Record, Report
from ogsm_xl.plan.words import (
    Direction,
    EvaluationSubject,
    FactorKind,
    ItemKind,
    Language,
    ReportSource,
    Role,
    SessionKind,
    Status,
    StrategyKind,
    Text,
    TrafficLight,
)

DUTCH = example_plan(Language.NL)
ENGLISH = example_plan(Language.EN)
AS_IT_STANDS = date(2026, 9, 1)
PREVIOUS = datetime(2026, 8, 13, 10, 0)
DEMO = datetime(2026, 9, 10, 10, 0)

TABLES = (
    "goals",
    "strategies",
    "indicators",
    "measurements",
    "actions",
    "people",
    "sessions",
    "reports",
    "decisions",
    "evaluations",
    "factors",
)
TEXTS = {
    *("text", "indicator", "unit", "note", "update", "done", "next", "needed", "proposal", "labels"),
    *("place", "remarks", "improve", "keep", "stop", "meaning", "likelihood"),
}
DUTCH_HOLIDAYS = {
    date(2026, *day)
    for day in ((1, 1), (4, 3), (4, 5), (4, 6), (4, 27), (5, 5), (5, 14), (5, 24), (5, 25), (12, 25))
}


def rows(plan: Plan) -> Iterator[Record]:
    assert plan.objective is not None
    yield plan.objective
    for table in TABLES:
        yield from getattr(plan, table)


def texts(plan: Plan) -> Iterator[str]:
    for row in rows(plan):
        for field in dataclasses.fields(row):
            value = getattr(row, field.name)
            if field.name in TEXTS and value:
                yield value


def action(item_id: str) -> Action:
    found = DUTCH.item(item_id)
    assert isinstance(found, Action)
    return found


def active() -> list[Action]:
    """The actions that are in progress, or whose start has passed without being done or parked."""
    return [
        a
        for a in DUTCH.actions
        if a.status is Status.IN_PROGRESS
        or (a.status is Status.TO_DO and a.start is not None and a.start < AS_IT_STANDS)
    ]


def has_current_report(a: Action) -> bool:
    """Whether the action, at the demonstration's session, has a report that is recent enough."""
    reports = DUTCH.reports_on(a)
    made_at = reports[-1].made_at if reports else None
    return made_at is not None and (made_at > PREVIOUS or DEMO.date() - made_at.date() < timedelta(days=30))


def ids(actions: list[Action]) -> list[str]:
    return [a.id for a in actions]


# Numbers


def test_how_much_there_is() -> None:
    """The plan has the size of a real one."""
    assert DUTCH.objective is not None
    assert {table: len(getattr(DUTCH, table)) for table in TABLES} == {
        "goals": 4,
        "strategies": 5,
        "indicators": 15,
        "measurements": 74,
        "actions": 30,
        "people": 12,
        "sessions": 13,
        "reports": 154,
        "decisions": 13,
        "evaluations": 8,
        "factors": 13,
    }


@pytest.mark.parametrize(
    ("table", "prefix"),
    [
        ("goals", "D"),
        ("strategies", "S"),
        ("indicators", "I"),
        ("measurements", "M"),
        ("actions", "A"),
        ("sessions", "SES"),
        ("reports", "R"),
        ("decisions", "B"),
        ("evaluations", "E"),
        ("factors", "F"),
    ],
)
def test_ids_count_on_without_gaps(table: str, prefix: str) -> None:
    """Every table numbers its rows from 1, in the order of the rows."""
    written = [row.id for row in getattr(DUTCH, table)]
    assert written == [f"{prefix}{n}" for n in range(1, len(written) + 1)]


def test_every_word_of_the_closed_lists_occurs() -> None:
    """Kinds, directions, roles, sources, statuses and lights all occur."""
    assert {s.kind for s in DUTCH.strategies} == set(StrategyKind)
    assert {i.direction for i in DUTCH.indicators} == set(Direction)
    assert set().union(*(p.roles for p in DUTCH.people)) == set(Role)
    assert {f.kind for f in DUTCH.factors} == set(FactorKind)
    assert {a.status for a in DUTCH.actions} == set(Status)
    assert {a.light for a in DUTCH.actions} == {*TrafficLight, None}
    assert {r.source for r in DUTCH.reports} == {ReportSource.FORM, ReportSource.MAIL, ReportSource.ROW}
    assert {r.kind for r in DUTCH.reports} == set(ItemKind) - {ItemKind.OBJECTIVE}
    assert len({i.unit for i in DUTCH.indicators}) >= 6


def test_two_quarters_are_evaluated_on_four_subjects() -> None:
    """The evaluations cover the first two quarters, each on all subjects."""
    assert [(e.quarter, e.subject) for e in DUTCH.evaluations] == [
        (quarter, subject) for quarter in ("2026-Q1", "2026-Q2") for subject in EvaluationSubject
    ]


def test_people_are_as_people_are() -> None:
    """One reads English, two have a deputy, one of these is absent, one has left; every address is their own."""
    assert [p.name for p in DUTCH.people if p.language is Language.EN] == ["Tom Whitaker"]
    assert [p.name for p in DUTCH.people if p.deputy] == ["Saskia Brouwer", "Pieter-Jan Kuipers"]
    assert [p.name for p in DUTCH.people if p.absent_from] == ["Pieter-Jan Kuipers"]
    assert [p.name for p in DUTCH.people if p.left_on] == ["Frits Dekker"]
    assert len({p.mail for p in DUTCH.people}) == 12
    assert all(re.fullmatch(r"[a-z.]+@delinde\.example", p.mail) for p in DUTCH.people)


# Calendar


def test_the_demonstration_plays_the_doing_session_of_10_september() -> None:
    """The session played is the doing session of an hour on 10 September; the one before it was on 13 August."""
    played = DUTCH.session(EXAMPLE_SESSION)
    assert played is not None
    assert (played.kind, played.begins, played.minutes) == (SessionKind.DOING, DEMO, 60)
    before = [s.begins for s in DUTCH.sessions if s.begins < played.begins]
    assert max(before) == PREVIOUS


def test_sessions_of_a_year() -> None:
    """Monthly doing sessions, quarterly a steering session instead, and one planning session in autumn."""
    assert Counter(s.kind for s in DUTCH.sessions) == {
        SessionKind.DOING: 9,
        SessionKind.STEERING: 3,
        SessionKind.PLANNING: 1,
    }
    monthly = [s.date.month for s in DUTCH.sessions if s.kind is not SessionKind.PLANNING]
    assert monthly == list(range(1, 13))
    assert all(s.time and s.minutes and s.place for s in DUTCH.sessions)


def test_everything_happens_on_working_days() -> None:
    """Sessions, reports and due dates fall on no weekend and no Dutch holiday."""
    days = [s.date for s in DUTCH.sessions]
    days += [r.made_at.date() for r in DUTCH.reports if r.made_at]
    days += [d.deadline for d in DUTCH.decisions if d.deadline]
    days += [d for a in DUTCH.actions for d in (a.start, a.deadline) if d]
    assert [d for d in days if d.weekday() >= 5 or d in DUTCH_HOLIDAYS] == []


def test_nothing_was_reported_measured_or_decided_after_the_day() -> None:
    """What was reported, measured, decided or noted dates from before 1 September."""
    days = [r.made_at.date() for r in DUTCH.reports if r.made_at]
    days += [m.measured_on for m in DUTCH.measurements if m.measured_on]
    days += [d.decided_on for d in DUTCH.decisions if d.decided_on]
    days += [f.noted_on for f in DUTCH.factors if f.noted_on]
    assert max(days) < AS_IT_STANDS


# Two languages


def test_languages_differ_in_texts_only() -> None:
    """With its texts left out the Dutch plan is the English plan; a text is blank in both or in neither."""

    def bare(plan: Plan) -> list[dict[str, object]]:
        return [
            {
                field.name: bool(value) if field.name in TEXTS else value
                for field in dataclasses.fields(row)
                for value in (getattr(row, field.name),)
            }
            for row in rows(plan)
        ]

    assert (DUTCH.language, ENGLISH.language) == (Language.NL, Language.EN)
    assert bare(DUTCH) == bare(ENGLISH)


def test_every_text_is_in_its_own_language() -> None:
    """No Dutch words in the English plan, no English words in the Dutch plan."""
    dutch = re.compile(r"\b(het|een|niet|wordt|zijn|naar|maar|voor|met|woningen)\b", re.IGNORECASE)
    english = re.compile(r"\b(the|and|of the|with|for|homes|but)\b", re.IGNORECASE)
    assert [text for text in texts(ENGLISH) if dutch.search(text)] == []
    assert [text for text in texts(DUTCH) if english.search(text)] == []


def test_numbers_in_texts_are_the_same() -> None:
    """A figure in a Dutch text stands in the English text as well, written the English way."""

    def figures(text: str) -> list[str]:
        return sorted(re.sub(r"[.,]", "", figure) for figure in re.findall(r"\d[\d.,]*", text))

    pairs = [*zip(texts(DUTCH), texts(ENGLISH), strict=True), *(what for _item, what in FAULTS)]
    assert [pair for pair in pairs if figures(pair[0]) != figures(pair[1])] == []


def test_texts_are_finished() -> None:
    """No leftovers: placeholders, doubled blanks, loose ends, or sentences told twice about different moments."""
    leftover = re.compile(r"todo|tbd|lorem|xxx|[{}<>|]|  |\.\.|^\s|\s$|\s[,.;:]|^[=+@-]", re.IGNORECASE)
    for plan in (DUTCH, ENGLISH):
        assert [text for text in texts(plan) if leftover.search(text)] == []
        told = Counter(r.done for r in plan.reports)
        assert [text for text, times in told.items() if times > 1] == []


def test_what_is_told_is_a_sentence() -> None:
    """Reports, decisions and notes end as sentences do."""
    for plan in (DUTCH, ENGLISH):
        sentences = [t for r in plan.reports for t in (r.done, r.next, r.needed, r.proposal) if t]
        sentences += [d.text for d in plan.decisions]
        assert [text for text in sentences if text[-1] not in ".?"] == []
        assert all(r.done for r in plan.reports)


# References


def test_every_reference_exists() -> None:
    """Strategies, goals, items, sessions and people that are referred to are in the plan, but for two faults."""
    strategies = {s.id for s in DUTCH.strategies}
    known = {item.id for item in DUTCH.items} | {goal.id for goal in DUTCH.goals}
    assert {s for a in DUTCH.actions for s in a.strategies} == strategies
    assert {s for i in DUTCH.indicators for s in i.strategies} == strategies
    assert {g for s in DUTCH.strategies for g in s.goals} == {goal.id for goal in DUTCH.goals}
    assert {m.item for m in DUTCH.measurements} == {i.id for i in DUTCH.indicators} | {
        goal.id for goal in DUTCH.goals
    }
    assert {r.item for r in DUTCH.reports} <= known
    assert {d.item for d in DUTCH.decisions if d.item} <= known
    assert {r.session for r in DUTCH.reports} <= {s.id for s in DUTCH.sessions}
    assert {d.session for d in DUTCH.decisions} <= {s.id for s in DUTCH.sessions}
    assert all(DUTCH.person(name) for name in people_named())
    assert [item.id for item in DUTCH.items if DUTCH.owner_of(item) is None] == ["A17", "A21"]


def people_named() -> Iterator[str]:
    for report in DUTCH.reports:
        yield report.by
    for decision in DUTCH.decisions:
        yield decision.owner
    for person in DUTCH.people:
        if person.deputy:
            yield person.deputy
    for a in DUTCH.actions:
        yield from filter(None, a.involved.split("; "))


def test_every_strategy_has_indicators_and_actions() -> None:
    """Each strategy has three indicators and at least five actions; some actions serve several."""
    for strategy in DUTCH.strategies:
        assert sum(strategy.id in i.strategies for i in DUTCH.indicators) == 3
        assert sum(strategy.id == a.strategies[0] for a in DUTCH.actions) >= 5
    assert sum(len(a.strategies) > 1 for a in DUTCH.actions) >= 6


# History


def test_reports_are_in_order_and_made_for_the_next_session() -> None:
    """Reports are numbered as they came in; each was made before its session and after the one before that."""
    moments = [r.made_at for r in DUTCH.reports if r.made_at]
    assert len(moments) == len(DUTCH.reports)
    assert moments == sorted(moments)
    assert min(moments) >= datetime(2026, 3, 1)
    calendar = list(DUTCH.sessions)
    for report, made_at in zip(DUTCH.reports, moments, strict=True):
        number = next(n for n, s in enumerate(calendar) if s.id == report.session)
        assert calendar[number - 1].begins < made_at <= calendar[number].begins


def test_only_steering_sessions_ask_for_strategies_and_indicators() -> None:
    """Strategies and indicators were reported on for the two steering sessions only."""
    asked = {r.session for r in DUTCH.reports if r.kind in (ItemKind.STRATEGY, ItemKind.INDICATOR)}
    assert asked == {"SES4", "SES7"}


def test_actions_agree_with_their_latest_report() -> None:
    """A row shows what was reported last; without a report it shows nothing."""
    for a in DUTCH.actions:
        reports = DUTCH.reports_on(a)
        if not reports:
            assert (a.status, a.progress, a.light, a.update) == (Status.TO_DO, 0, None, "")
            assert a.updated_on is None
            continue
        last = reports[-1]
        assert shown(a) == reported(last)
        assert last.made_at is not None
        assert a.updated_on == last.made_at.date()
        assert a.done_on == (a.updated_on if a.status is Status.DONE else None)


def shown(a: Action) -> tuple[object, ...]:
    return (a.status, a.progress, a.light, a.update, a.next, a.needed, a.proposal)


def reported(r: Report) -> tuple[object, ...]:
    return (r.status, r.progress, r.light, r.done, r.next, r.needed, r.proposal)


def test_strategies_and_indicators_agree_with_their_latest_report() -> None:
    """Light and text are those of the latest report; an indicator shows its newest measurement."""
    for strategy in DUTCH.strategies:
        last = DUTCH.reports_on(strategy)[-1]
        assert last.made_at is not None
        assert (strategy.light, strategy.update) == (last.light, last.done)
        assert strategy.updated_on == last.made_at.date()
    for indicator in DUTCH.indicators:
        last = DUTCH.reports_on(indicator)[-1]
        assert (indicator.light, indicator.note) == (last.light, last.done)
        measured = [(m.measured_on, m.value) for m in DUTCH.measurements if m.item == indicator.id]
        assert measured[-1] == (indicator.measured_on, indicator.actual)
        assert len(measured) in (3, 6)
        for report in DUTCH.reports_on(indicator):
            assert (report.measured_on, report.value) in measured


def test_progress_never_goes_back() -> None:
    """From report to report an action's progress grows or stays."""
    for a in DUTCH.actions:
        progress = [r.progress or 0 for r in DUTCH.reports_on(a)]
        assert progress == sorted(progress)


def test_nobody_reports_for_another_without_reason() -> None:
    """Reports are the owner's, but for a deputy, a predecessor, and a driver standing in for an outsider."""
    others = {
        (r.item, r.by)
        for r in DUTCH.reports
        if (item := DUTCH.item(r.item)) is not None and r.by != item.owner
    }
    assert others == {("A23", "Anouk de Jong"), ("A17", "Frits Dekker"), ("A21", "Ineke 't Hart")}


# What the session of 10 September shows


def test_the_list_of_the_session() -> None:
    """Without any further report the session discusses 3 red, 6 orange, 2 blank and 3 without current report."""
    assert ids([a for a in active() if a.light is TrafficLight.RED]) == ["A4", "A8", "A15"]
    assert ids([a for a in active() if a.light is TrafficLight.ORANGE]) == [
        "A2",
        "A18",
        "A20",
        "A21",
        "A23",
        "A27",
    ]
    assert ids([a for a in active() if a.light is None]) == ["A19", "A29"]
    green = [a for a in active() if a.light is TrafficLight.GREEN]
    assert ids([a for a in green if not has_current_report(a)]) == ["A6", "A17", "A28"]
    assert ids([a for a in green if has_current_report(a)]) == ["A3", "A9", "A11", "A12", "A13", "A25"]


def test_done_since_the_previous_session_and_long_ago() -> None:
    """Three actions are done since 13 August, three since long."""
    done = [a for a in DUTCH.actions if a.status is Status.DONE and a.done_on]
    recent = [a for a in done if a.done_on and a.done_on > PREVIOUS.date()]
    assert ids(recent) == ["A5", "A16", "A26"]
    assert ids([a for a in done if a not in recent]) == ["A1", "A10", "A24"]


def test_who_owes_a_report() -> None:
    """Ten people own active actions; three have reported on all of theirs since 13 August, seven owe."""
    owners = {a.owner for a in active() if DUTCH.owner_of(a)}
    owing = {
        a.owner
        for a in active()
        if DUTCH.owner_of(a) and not any(r.made_at and r.made_at > PREVIOUS for r in DUTCH.reports_on(a))
    }
    assert len(owners) == 10
    assert owners - owing == {"Bas Vermeulen", "Ineke 't Hart", "Tom Whitaker"}


def test_a_third_orange_in_a_row() -> None:
    """A2 and A27 got orange three times running."""
    last_three = {
        a.id: [r.light for r in DUTCH.reports_on(a)][-3:] for a in active() if len(DUTCH.reports_on(a)) >= 3
    }
    assert [a for a, lights in last_three.items() if lights == [TrafficLight.ORANGE] * 3] == ["A2", "A27"]


def test_a_deadline_moved() -> None:
    """The deadline of A9 was proposed, decided on and moved."""
    decided = [d for d in ENGLISH.decisions if d.item == "A9" and "moved" in d.text]
    assert [d.deadline for d in decided] == [action("A9").deadline]
    proposals = [r.proposal for r in ENGLISH.reports if r.item == "A9" and r.proposal]
    assert proposals == ["Move the deadline from 1 July to 27 November."]


def test_overdue_while_in_progress() -> None:
    """On the day two actions in progress are past their deadline: one red, one still green."""
    overdue = [a for a in active() if a.deadline and a.deadline < AS_IT_STANDS]
    assert [(a.id, a.light) for a in overdue] == [("A4", TrafficLight.RED), ("A12", TrafficLight.GREEN)]


# Faults


def faults_found() -> Iterator[tuple[str, str]]:
    """The same faults, found by looking."""
    for strategy in DUTCH.strategies:
        if " door " not in strategy.text:
            yield strategy.id, "HOE"
    for indicator in DUTCH.indicators:
        if indicator.target is None:
            yield indicator.id, "streefwaarde"
    for a in DUTCH.actions:
        yield from ((a.id, fault) for fault in action_faults(a))


def action_faults(a: Action) -> Iterator[str]:
    if "dagelijks" in a.text.lower():
        yield "Dagelijks"
    overdue = a.status is Status.IN_PROGRESS and a.deadline is not None and a.deadline < AS_IT_STANDS
    if overdue and a.light is TrafficLight.GREEN:
        yield "verstreken"
    if a.progress == 100 and a.status is not Status.DONE:
        yield "nog niet afgerond"
    if a.status is Status.DONE and a.progress != 100:
        yield "90 %"
    if not a.owner:
        yield "Geen eigenaar"
    elif not DUTCH.person(a.owner):
        yield "niet bij de personen"
    if a.start and a.deadline and a.deadline < a.start:
        yield "voor de start"
    if a.status is Status.IN_PROGRESS and a.start is None:
        yield "zonder startdatum"
    if a.status is Status.TO_DO and a.start and a.start < AS_IT_STANDS:
        yield "niet begonnen"


def test_the_faults_are_exactly_those_listed() -> None:
    """What is wrong is listed, and nothing else of its sort is wrong."""
    found = list(faults_found())
    assert [item for item, _word in found] == [item for item, _what in FAULTS]
    listed: dict[str, Text] = dict(FAULTS)
    assert [(item, word) for item, word in found if word not in listed[item].nl] == []


def test_english_strategies_have_the_same_fault() -> None:
    """In English, too, only S4 does not say by what."""
    assert [s.id for s in ENGLISH.strategies if " by " not in s.text] == ["S4"]


def test_indicators_are_complete() -> None:
    """Every indicator has unit, direction, baseline, owner and target date; a band has both limits."""
    for indicator in DUTCH.indicators:
        assert complete(indicator)
        assert (indicator.upper is not None) == (indicator.direction is Direction.BAND)


def complete(indicator: Indicator) -> bool:
    filled = (indicator.unit, indicator.direction, indicator.owner, indicator.target_date)
    return all(filled) and indicator.baseline is not None
