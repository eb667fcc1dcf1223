"""Validating: what is shown to whom, when the exit code speaks, and the copy with the findings in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ogsm_xl.config import RhythmSection, RulesSection, ThresholdsSection
from ogsm_xl.plan.finding import Severity
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.usecases.outcome import ExitCode
from ogsm_xl.usecases.validate import Validation, rule_settings, validate
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

TODAY = date(2026, 9, 1)

PLAN = plan_of("""
    objective O1 "Anna Berg" "Everybody a home in 2030" green period=2026-2030 owner="Anna Berg"
    person    mail=anna@example.org ogsm_owner process_owner name="Anna Berg"
    person    mail=bram@example.org name="Bram Berg"
    goal      D1 "Waiting time halved" indicator=Wait unit=months baseline=40 target=20 target_date=2026-12-31
    strategy  S1 "Shorter waits by building faster" D1 green owner="Anna Berg"
    indicator I1 S1 "Waiting time" lower unit=months baseline=40 target=20 actual=33 measured_on=2026-08-20 2026-12-31 orange note=Slow owner="Bram Berg"
    action    A1 S1 "Website renewed and in use" 2026-01-05..2026-12-18 in_progress 100% green owner="Anna Berg"
    action    A2 S1 "Contract signed with a builder" 2026-07-15..2027-11-19 in_progress 0% green owner="Bram Berg"
    action    A3 S1 "Rota agreed by both teams" 2026-02-02..2026-11-20 in_progress 60% green owner="Cees / Dora"
    action    A4 S1 "Parking built at the station" 2026-02-02..2026-11-20 done 90% green owner="Bram Berg" excused="OX511 agreed with the board"
    session   SES1 doing 2026-09-10 10:00 minutes=60 place=Hall
""")
"""A1 is complete but not done (OX510), A2 stands still (a hint), A3 has two owners (an error), A4 is excused."""


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def found(validation: Validation) -> list[tuple[str, str]]:
    """Code and item of what is shown, with what concerns the plan as a whole left out."""
    return [(finding.code, finding.item) for finding in validation.findings if finding.item.startswith("A")]


def test_everybody_s_rows_are_shown_in_the_order_of_the_workbook(place: Workplace) -> None:
    """What is excused in the plan is not among them, but counted."""
    validation = validate(config=place.config, today=TODAY)
    assert found(validation) == [("OX510", "A1"), ("OX513", "A2"), ("OX503", "A3")]
    assert "1 finding is excused in the plan." in validation.summary.en
    excused = validation.data["excused"]
    assert isinstance(excused, list)
    assert [each["code"] for each in excused] == ["OX511"]


@pytest.mark.parametrize(
    ("owner", "fail_on", "code"),
    [
        ("", Severity.ERROR, ExitCode.LOOK),
        ("", Severity.WARNING, ExitCode.LOOK),
        ("Anna Berg", Severity.ERROR, ExitCode.DONE),
        ("Anna Berg", Severity.WARNING, ExitCode.LOOK),
        ("Bram Berg", Severity.WARNING, ExitCode.DONE),
        ("Bram Berg", Severity.HINT, ExitCode.LOOK),
    ],
)
def test_the_exit_code_speaks_from_the_severity_that_was_chosen(
    place: Workplace, owner: str, fail_on: Severity, code: ExitCode
) -> None:
    """Bram has hints only, Anna a warning, the plan as a whole an error."""
    assert validate(config=place.config, today=TODAY, owner=owner, fail_on=fail_on).code == code


@pytest.mark.parametrize("owner", ["Anna Berg", "anna  berg", "anna", "ANNA@example.org"])
def test_one_person_s_rows_are_shown_by_name_part_of_a_name_or_address(place: Workplace, owner: str) -> None:
    """However it is written; the summary names the person in full."""
    validation = validate(config=place.config, today=TODAY, owner=owner)
    assert found(validation) == [("OX510", "A1")]
    assert "de regels van Anna Berg" in validation.summary.nl


def test_who_owns_a_row_together_with_somebody_sees_it(place: Workplace) -> None:
    """Even somebody who is not among the people."""
    assert found(validate(config=place.config, today=TODAY, owner="Dora")) == [("OX503", "A3")]


@pytest.mark.parametrize(
    ("owner", "said"), [("Berg", "Anna Berg, Bram Berg"), ("Zoe", "Anna Berg, Bram Berg, Cees, Dora")]
)
def test_a_name_that_means_nobody_or_several_is_answered_with_names(
    place: Workplace, owner: str, said: str
) -> None:
    """A typing error costs one look."""
    with pytest.raises(InputProblem) as refused:
        validate(config=place.config, today=TODAY, owner=owner)
    for language in Language:
        assert said in refused.value.sentence(language)


def test_the_copy_holds_what_is_shown(place: Workplace) -> None:
    """With one owner chosen, that person's findings; the plan stays as it was."""
    before = place.workbook.read_bytes()
    copy = place.folder / "copy.xlsx"
    validation = validate(config=place.config, today=TODAY, owner="Anna", annotate=copy)
    assert str(copy) in validation.summary.en
    sheet = openpyxl.load_workbook(copy)["Bevindingen"]
    assert [sheet.cell(row, 2).value for row in range(7, sheet.max_row + 1)] == ["OX510"]
    assert "Anna Berg" in str(sheet["A3"].value)
    assert place.workbook.read_bytes() == before


def test_a_dry_run_writes_no_copy(place: Workplace) -> None:
    """It checks that it could, though."""
    validate(config=place.config, today=TODAY, annotate=place.folder / "copy.xlsx", dry_run=True)
    assert not (place.folder / "copy.xlsx").exists()
    with pytest.raises(InputProblem, match=r"plan\.xlsx"):
        validate(config=place.config, today=TODAY, annotate=place.workbook, dry_run=True)


def test_a_log_has_one_line_a_finding_below_its_sheet(place: Workplace) -> None:
    """Cell, code, severity as word and shape, owner, what and how to mend it."""
    lines = [text.en for text in validate(config=place.config, today=TODAY, owner="anna").details]
    assert lines == [
        "Acties",
        (
            "  H5     OX510 ▲ warning (Anna Berg): A1 is 100% complete, but its status is In progress. "
            "Set the status to Done, or the progress to what is really complete."
        ),
    ]


def test_nothing_in_a_cell_steers_the_terminal(tmp_path: Path) -> None:
    """A colour code or a line break in a name is shown as a blank."""
    place = Workplace(tmp_path, plan_of('action A1 "Website renewed" owner="Eva \x1b[31mx"'))
    lines = [text.nl for text in validate(config=place.config, today=TODAY).details]
    assert all(line.isprintable() for line in lines)
    assert any("Eva" in line for line in lines)


def test_what_the_configuration_sets_reaches_the_rules(place: Workplace) -> None:
    """Thresholds, severities, holidays, and the days of the invitation, which have their own place."""
    rules = RulesSection(
        severity={"ox510": "hint"},
        thresholds=ThresholdsSection(stalled_days=300),
        holiday_country="BE",
    )
    rhythm = RhythmSection(invitation_days=10)
    config = place.config.model_copy(update={"rules": rules, "rhythm": rhythm})
    assert found(validate(config=config, today=TODAY)) == [("OX510", "A1"), ("OX503", "A3")]
    assert validate(config=config, today=TODAY, owner="anna").code is ExitCode.DONE
    settings = rule_settings(config)
    assert (settings.stalled_days, settings.holiday_country, settings.invitation_days) == (300, "BE", 10)
