"""Checking a whole plan: order, settings, excuses, and that nothing a workbook can hold makes it raise."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogsm_xl.example import FAULTS, example_plan
from ogsm_xl.plan.cells import CellRef, RowRef, TablePlace
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import (
    Action,
    Decision,
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
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.rules.check import check_plan
from ogsm_xl.rules.settings import RuleSettings
from tests.support.findings import TODAY, cells, placed
from tests.support.plans import plan_of


def checked(lines: str, **settings: Any) -> list[tuple[str, str]]:
    """The codes and cells of everything that is found in these lines and is about actions."""
    outcome = check_plan(placed(plan_of(lines)), TODAY, RuleSettings(**settings))
    return [
        (finding.code, str(finding.where)) for finding in outcome.findings if "Acties" in str(finding.where)
    ]


SOUND = """
    objective O1 Anna "Everybody a home" period=2026–2028
    goal D1 "Waiting time halved" indicator="Waiting time" unit=months baseline=40 target=20 2028-12-31
    strategy S1 Anna D1 business "Shorter waits by building faster" green
    indicator I1 Bram S1 "Waiting time" lower unit=months baseline=40 target=20 2026-12-31 actual=33 measured_on=2026-05-20 green
    action A1 Bram S1 "Website renewed" 2026-01-05..2026-08-30 in_progress 60% green update="Half done"
    person Anna anna@example.org ogsm_owner
    person Bram bram@example.org deputy=Anna
    person Carla carla@example.org process_owner
    session SES1 doing 2026-05-07 10:00 place=Beuk
    session SES2 steering 2026-06-11 10:00 place=Beuk minutes=120
    session SES3 planning 2026-07-09 09:00 place=Beuk
    report A1 2026-05-28 Bram SES2 in_progress 60% green done="Half done"
    decision 2026-05-07 A1 "Go on" Bram
"""


def test_a_sound_plan_brings_no_finding_at_all() -> None:
    """Nothing is said about a plan in which all is well."""
    assert check_plan(placed(plan_of(SOUND)), TODAY).findings == ()


@pytest.mark.parametrize("language", list(Language))
def test_the_example_plan_brings_its_faults_and_no_error_or_warning_besides(language: Language) -> None:
    """On a realistic plan every fault is found, and nothing else that would fail a run."""
    found = check_plan(example_plan(language), date(2026, 9, 1)).findings
    faults = {item for item, _text in FAULTS}
    assert faults <= {finding.item for finding in found}
    assert {finding.item for finding in found if finding.severity > Severity.HINT} <= faults


def test_findings_come_in_the_order_of_sheets_rows_and_codes() -> None:
    """The list can be worked through from the first sheet to the last, from top to bottom."""
    lines = """
        action A1 S1
        action A2 S1 100% in_progress
        goal D1 "Waiting time halved"
        strategy S1
    """
    found = check_plan(placed(plan_of(lines)), TODAY).findings
    places = [(finding.where.sheet, finding.where.row) if finding.where else ("", 0) for finding in found]
    order = ["", "Doelstellingen", "Strategieën", "Acties"]
    assert places == sorted(places, key=lambda place: (order.index(place[0]), place[1]))
    codes = [finding.code for finding in found if finding.where and finding.where.sheet == "Strategieën"]
    assert codes == ["OX301", "OX302", "OX305"]


def test_a_rule_that_is_off_says_nothing() -> None:
    """What the organisation switched off, with its reason, stays away."""
    off = {"OX502": "we have no owners yet"}
    assert checked("action A1 S1", off=off) == [
        (code, cell) for code, cell in checked("action A1 S1") if code != "OX502"
    ]


def test_a_severity_can_be_set() -> None:
    """What the organisation takes lightly, or seriously, has that severity."""
    outcome = check_plan(plan_of("action A1"), TODAY, RuleSettings(severities={"OX502": Severity.HINT}))
    assert {f.severity for f in outcome.findings if f.code == "OX502"} == {Severity.HINT}


def test_a_threshold_can_be_set() -> None:
    """What counts as many is for the organisation to say."""
    lines = "person Bram b@example.org\naction A1 Bram in_progress\naction A2 Bram in_progress"
    assert (cells("OX615", lines), cells("OX615", lines, settings=RuleSettings(most_active_actions=1))) == (
        "",
        "Personen!A2",
    )


def test_an_excused_row_is_counted_and_not_reported() -> None:
    """A known exception does not come back every month, for this row and this rule only."""
    lines = 'action A1 in_progress excused="OX502 agreed with the board"\naction A2 in_progress'
    outcome = check_plan(placed(plan_of(lines)), TODAY)
    assert [(f.code, str(f.where)) for f in outcome.excused] == [("OX502", "Acties!D2")]
    assert [str(f.where) for f in outcome.findings if f.code == "OX502"] == ["Acties!D3"]


def test_an_excuse_holds_for_what_reports_tell_about_the_item() -> None:
    """A finding on another sheet about an excused item is excused, too."""
    lines = 'action A1 excused="OX803 clock of the tablet is wrong"\nreport A1 2062-01-01'
    outcome = check_plan(placed(plan_of(lines)), TODAY)
    assert [f.code for f in outcome.excused] == ["OX803"]


def test_what_the_reader_found_is_sorted_in_and_can_be_excused() -> None:
    """Findings about the workbook itself obey the same settings and excuses."""
    plan = placed(plan_of('action A1 excused="OX101 under repair"\naction A2'))
    said = Text("x", "x")
    first, second = (
        Finding("OX101", Severity.WARNING, said, said, CellRef("Acties", row, 7)) for row in (2, 3)
    )
    outcome = check_plan(plan, TODAY, structure=[second, first])
    assert (outcome.excused, second in outcome.findings) == ((first,), True)


def test_a_cell_that_could_not_be_read_is_not_called_empty_as_well() -> None:
    """One slip brings one finding: "can't be read" says enough."""
    plan = placed(plan_of("action A1 in_progress"))
    said = Text("x", "x")
    unread = Finding("OX101", Severity.WARNING, said, said, CellRef("Acties", 2, 7))
    codes = {f.code for f in check_plan(plan, TODAY, structure=[unread]).findings if f.where == unread.where}
    assert codes == {"OX101"}


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("action A1 Anna S1 2026-09-01..2026-03-30 to_do", ["OX506"]),
        ("action A1 Anna S1 1926-01-01..2026-09-30 to_do", ["OX528"]),
        ("action A1 Anna S1 2026-01-01..2026-03-30 in_progress 100% green", ["OX510"]),
        ("action A1 Anna S1 2026-01-01..2026-03-30 to_do", ["OX521"]),
        ("action A1 Anna S1 2026-01-01..2026-09-30 to_do 30%", ["OX512"]),
        ("action A1 Anna S1 2026-01-01..2026-09-30 100%", ["OX510"]),
        ("action A1 Anna S1 2026-01-01..2026-09-30 done 80% green", ["OX511"]),
        ("action A1 Anna S1 2026-01-01..2026-09-30 100% in_progress done_on=2026-05-01", ["OX510"]),
    ],
)
def test_one_slip_brings_one_finding(lines: str, codes: list[str]) -> None:
    """A reader with twenty minutes is told once what to change."""
    row = lines + ' text="Website renewed" update="Half done"'
    assert [code for code, _cell in checked("person Anna a@example.org\nstrategy S1\n" + row)] == codes


@pytest.mark.parametrize("name", ["start_grace_days", "most_active_actions", "deadline_moves"])
def test_a_threshold_that_makes_no_sense_is_refused(name: str) -> None:
    """A slip in the configuration is a sentence that names the setting."""
    senseless: dict[str, Any] = {name: -1}
    with pytest.raises(InputProblem, match=name):
        RuleSettings(**senseless)


def test_a_plan_in_memory_has_findings_without_cells() -> None:
    """A plan that never was in a workbook can be checked all the same."""
    assert {finding.where for finding in check_plan(plan_of("action A1\ngoal D1"), TODAY).findings} == {None}


def test_findings_say_whose_row_it_is() -> None:
    """An owner can be shown what concerns them."""
    found = check_plan(placed(plan_of("action A1 Bram S1 100% in_progress")), TODAY).findings
    assert {(f.item, f.owner) for f in found if f.code == "OX510"} == {("A1", "Bram")}


NASTY = st.one_of(
    st.sampled_from(
        ["", " ", "A1", "a 1", "S1", "Anna", "Anna / Bram", "{name}", "%s", "\0", "OX502", "OX999 x", "😀"]
    ),
    st.text(max_size=12),
)
NUMBERS = st.one_of(st.none(), st.floats(), st.integers(-5, 200).map(float))
EDGES = st.sampled_from([date.min, date.max, TODAY])
NEAR = st.dates(date(2026, 1, 1), date(2026, 12, 31))
DAYS = st.one_of(st.none(), NEAR, st.dates(), EDGES)
PLACE = TablePlace("Acties", 1, {"text": 2})
ROWS = st.one_of(st.none(), st.builds(RowRef, st.just(PLACE), st.integers(1, 9)))


def any_of(record: type[Any]) -> st.SearchStrategy[Any]:
    """Any record of this class, its texts, numbers and dates as odd as they come."""
    by_type = {
        "str": NASTY,
        "float | None": NUMBERS,
        "date | None": DAYS,
        "date": st.one_of(NEAR, st.dates(), EDGES),
        "datetime | None": st.one_of(st.none(), st.datetimes(), st.just(datetime.max)),
        "int | None": st.one_of(st.none(), st.integers(-10, 150), st.just(10**30)),
        "tuple[str, ...]": st.lists(NASTY, max_size=3).map(tuple),
        "RowRef | None": ROWS,
    }
    given_types = {
        field.name: by_type[str(field.type)]
        for field in dataclasses.fields(record)
        if str(field.type) in by_type
    }
    by_annotation: dict[str, Any] = {field.name: ... for field in dataclasses.fields(record)}
    return st.builds(record, **{**by_annotation, **given_types})


TABLES: dict[str, type[Any]] = {
    "goals": Goal,
    "strategies": Strategy,
    "indicators": Indicator,
    "measurements": Measurement,
    "actions": Action,
    "people": Person,
    "sessions": Session,
    "reports": Report,
    "decisions": Decision,
}
LISTS: dict[str, Any] = {
    name: st.lists(any_of(record), max_size=3).map(tuple) for name, record in TABLES.items()
}
PLANS: st.SearchStrategy[Plan] = st.builds(Plan, objective=st.one_of(st.none(), any_of(Objective)), **LISTS)


@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
@given(plan=PLANS, today=st.one_of(st.dates(), st.just(TODAY)))
def test_no_plan_makes_checking_raise(plan: Plan, today: date) -> None:
    """Whatever the cells hold, the outcome is a list of findings."""
    assert all(finding.message.nl and finding.fix.en for finding in check_plan(plan, today).findings)
