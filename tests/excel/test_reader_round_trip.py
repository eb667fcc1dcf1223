"""A plan written through the template is read back as the same plan, and no cell whatsoever makes the reader fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ogsm_xl.excel.layout import TABLES
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.plan.model import (
    Action,
    Decision,
    Evaluation,
    Factor,
    Goal,
    Indicator,
    Measurement,
    Objective,
    Person,
    Plan,
    Report,
    Session,
    Strategy,
)
from ogsm_xl.plan.problem import InputProblem
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
    TrafficLight,
    Word,
)
from ogsm_xl.plan.written import clean, read_name
from tests.support.plan_sheets import DUTCH

_T = TypeVar("_T")

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp"), include_characters="\n\t")
TEXT = st.text(LETTERS, max_size=25).map(clean)
NAMED = TEXT.filter(bool)
NAME = (
    st.from_regex(r"[A-ZÀ-Ö][a-zà-öø-þ]{1,7}( (de |van der )?[A-Z][a-z]{2,7})?", fullmatch=True)
    .map(clean)
    .filter(read_name)  # a few words such as Nvt stand for nobody
)
DAY = st.dates(date(1990, 1, 1), date(2100, 12, 31))
MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
TIME = st.times().map(lambda moment: moment.replace(microsecond=0))
NUMBER = st.floats(-1e9, 1e9).map(lambda number: round(number, 4))
PERCENT = st.integers(0, 100)
IDS = st.lists(st.integers(1, 99).map(lambda number: f"S{number}"), unique=True, max_size=3).map(tuple)
GOALS = st.lists(st.integers(1, 9).map(lambda number: f"D{number}"), unique=True, max_size=2).map(tuple)


def maybe(values: st.SearchStrategy[_T]) -> st.SearchStrategy[_T | None]:
    return st.none() | values


def one_of(words: type[Word]) -> st.SearchStrategy[Any]:
    return st.sampled_from([*words])


def rows(
    prefix: str, record: type[_T], **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[tuple[_T, ...]]:
    """Some rows with different IDs; every other field as given."""
    return st.lists(st.builds(record, id=st.just(""), **fields), max_size=4).map(
        lambda found: tuple(replace(one, id=f"{prefix}{at * 3}") for at, one in enumerate(found, start=1))  # type: ignore[type-var]
    )


LIGHT = maybe(one_of(TrafficLight))
PLANS = st.builds(
    Plan,
    objective=maybe(
        st.builds(
            Objective, id=st.just("O1"), text=NAMED, owner=NAME, organisation=TEXT, period=TEXT, light=LIGHT,
            update=TEXT, proposal=TEXT, updated_on=maybe(DAY),
        )
    ),
    goals=rows(
        "D", Goal, text=NAMED, indicator=TEXT, unit=TEXT, baseline=maybe(NUMBER), target=maybe(NUMBER),
        target_date=maybe(DAY), actual=maybe(NUMBER), light=LIGHT, note=TEXT,
    ),
    strategies=rows(
        "S", Strategy, text=NAMED, owner=NAME, kind=maybe(one_of(StrategyKind)), goals=GOALS, light=LIGHT, update=TEXT,
        updated_on=maybe(DAY), excused=TEXT,
    ),
    indicators=rows(
        "I", Indicator, text=NAMED, strategies=IDS, owner=NAME, unit=TEXT, direction=maybe(one_of(Direction)),
        baseline=maybe(NUMBER), target=maybe(NUMBER), upper=maybe(NUMBER), target_date=maybe(DAY),
        actual=maybe(NUMBER), measured_on=maybe(DAY), light=LIGHT, note=TEXT, excused=TEXT,
    ),
    measurements=rows(
        "M", Measurement, item=st.just("I3"), measured_on=maybe(DAY), value=maybe(NUMBER), note=TEXT,
    ),
    actions=rows(
        "A", Action, text=NAMED, strategies=IDS, owner=NAME, involved=TEXT, start=maybe(DAY), deadline=maybe(DAY),
        status=maybe(one_of(Status)), progress=maybe(PERCENT), light=LIGHT, update=TEXT, next=TEXT, needed=TEXT,
        proposal=TEXT, updated_on=maybe(DAY), done_on=maybe(DAY), labels=TEXT, excused=TEXT,
    ),
    people=st.lists(
        st.builds(
            Person, name=NAME, mail=st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.org", fullmatch=True),
            roles=st.frozensets(one_of(Role)), language=maybe(st.sampled_from([*Language])), deputy=NAME,
            absent_from=maybe(DAY), absent_until=maybe(DAY), left_on=maybe(DAY),
        ),
        max_size=3,
    ).map(tuple),
    sessions=rows(
        "SES", Session, kind=one_of(SessionKind), date=DAY, time=maybe(TIME), minutes=maybe(st.integers(1, 600)),
        place=TEXT, invitation=st.booleans(), reminder=st.booleans(), cancelled=st.booleans(), remarks=TEXT,
    ),
    reports=rows(
        "R", Report, made_at=maybe(MOMENT), session=st.sampled_from(["", "SES3"]), kind=maybe(one_of(ItemKind)),
        item=st.sampled_from(["A3", "S3", "I12"]), by=NAME, status=maybe(one_of(Status)), progress=maybe(PERCENT),
        light=LIGHT, done=TEXT, next=TEXT, needed=TEXT, proposal=TEXT, value=maybe(NUMBER), measured_on=maybe(DAY),
        source=maybe(one_of(ReportSource)),
    ),
    decisions=rows(
        "B", Decision, decided_on=maybe(DAY), session=st.sampled_from(["", "SES3"]), item=st.sampled_from(["", "A3"]),
        text=NAMED, owner=NAME, deadline=maybe(DAY),
    ),
    evaluations=rows(
        "E", Evaluation, quarter=st.sampled_from(["2026-Q2", "2027-Q1"]), subject=one_of(EvaluationSubject),
        improve=TEXT, keep=TEXT, stop=TEXT,
    ),
    factors=rows(
        "F", Factor, kind=maybe(one_of(FactorKind)), text=NAMED, meaning=TEXT, likelihood=TEXT, noted_on=maybe(DAY),
    ),
)  # fmt: skip

FULL = Plan(
    objective=Objective(
        "O1", "=1+1", "Anna", "Wonen {0}", "2026", TrafficLight.RED, "<b>", "_x0041_", date(2026, 1, 1)
    ),
    actions=(
        Action("A1", "Bellen", ("S1", "S2"), "Anna", "Bram; Cor", None, date(2026, 2, 3), Status.DONE, 1),
        Action("A2", "Mailen", progress=100),
        Action("A3", "Totaal", owner="Anna", progress=0, update="Legenda: 12-03-2026"),
    ),
    sessions=(Session("SES1", SessionKind.DOING, date(2026, 2, 3), time(0, 0)),),
    reports=(Report("R1", datetime(2026, 2, 3, 23, 59, 59), "SES1", ItemKind.ACTION, "A1", value=-0.0001),),
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(plan=PLANS, language=st.sampled_from([*Language]))
@example(plan=FULL, language=Language.NL)
@example(plan=Plan(), language=Language.EN)
def test_a_plan_written_through_the_template_is_read_back_the_same(
    tmp_path_factory: Any, plan: Plan, language: Language
) -> None:
    """Whatever the plan holds, in either language, nothing is lost, changed or reported."""
    path: Path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    write_plan_workbook(plan, path, language)
    read = read_plan(path)
    assert read.plan == replace(plan, language=language)
    assert read.findings == ()
    assert read.proposed_ids == {}


CELL = st.one_of(
    st.none(),
    st.text(LETTERS, max_size=12),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**6), 10**6),
    st.dates(date(1900, 1, 2), date(9999, 12, 31)),
    st.datetimes(datetime(1900, 1, 2), datetime(9999, 12, 31)),
    st.times(),
    st.sampled_from(
        ["R", "S1", "A1", "A1; S1", "Totaal", "Legenda:", "ID", "Actie", "#REF!", "=1/0", "60%", "1/2/2026"]
    ),
)
WORDS = [text for table in TABLES for column in table.columns for text in column.heading]
ANY_HEADINGS = st.lists(st.sampled_from(WORDS) | st.text(LETTERS, max_size=8) | st.none(), max_size=12)
BLOCK = st.lists(st.lists(CELL, max_size=12), max_size=6)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from([table.sheet.nl for table in TABLES]),
    headings=ANY_HEADINGS,
    block=BLOCK,
    keep=st.booleans(),
)
def test_no_cell_makes_the_reader_fail(
    tmp_path_factory: Any,
    name: str,
    headings: Sequence[str | None],
    block: Sequence[Sequence[object]],
    keep: bool,  # noqa: FBT001
) -> None:
    """Whatever stands on a sheet, under its own headings or others, the plan is read, or a problem says why not."""
    path: Path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    own = next([column.heading.nl for column in table.columns] for table in TABLES if table.sheet.nl == name)
    write_cells(path, {**DUTCH, name: [own if keep else headings, *block]})
    try:
        read = read_plan(path)
    except InputProblem as problem:
        assert not keep
        assert problem.text.nl.startswith("plan.xlsx")  # noqa: PT017
        return
    assert all(finding.message.nl and finding.fix.en for finding in read.findings)


def write_cells(path: Path, sheets: dict[str, Any]) -> None:
    """The sheets, every value as the kind of cell that it is."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        formats = {
            kind: workbook.add_format({"num_format": code})
            for kind, code in (
                (date, "d-m-yyyy"),
                (datetime, "d-m-yyyy hh:mm"),
                (time, "hh:mm"),
                (timedelta, "[h]:mm"),
            )
        }
        for name, lines in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, cell in enumerate(line):
                    if isinstance(cell, str) and cell.startswith("#REF"):
                        sheet.write_formula(row, column, "=B99", None, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell, formats.get(type(cell)))
