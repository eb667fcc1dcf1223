"""Validating, showing the status, building the session's workbook."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from ogsm_xl.config import RulesSection
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.usecases.build_session import build_session
from ogsm_xl.usecases.outcome import ExitCode
from ogsm_xl.usecases.show_status import show_status
from ogsm_xl.usecases.validate import validate
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

NOW = datetime(2026, 9, 9, 16)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person   Anna anna@example.org ogsm_owner
    person   Bram bram@example.org
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% red
    action   A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    action   A3 Dora S1 "Rota agreed" 2026-02-02..2026-11-20 in_progress 10% orange
    session  SES1 doing 2026-08-13 10:00
    session  SES2 doing 2026-09-10 10:00
    report   A2 2026-09-04T09:00:00 Bram green 30%
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def test_an_owner_who_is_nobody_is_found_in_the_cell(place: Workplace) -> None:
    """The finding names the cell, the name and what to do."""
    outcome = validate(config=place.config, today=date(2026, 9, 1))
    findings = outcome.data["findings"]
    assert isinstance(findings, list)
    (found,) = [finding for finding in findings if finding["code"] == "OX504"]
    row = PLAN.actions[2]
    assert (outcome.code, found["item"], found["owner"]) == (ExitCode.LOOK, row.id, "Dora")
    assert found["cell"].startswith("Acties!D")


def test_a_rule_that_is_switched_off_stays_silent(place: Workplace) -> None:
    """The configuration names the rule, with the reason."""
    rules = RulesSection(off={"OX504": "Dora starts in October"})
    config = place.config.model_copy(update={"rules": rules})
    findings = validate(config=config, today=date(2026, 9, 1)).data["findings"]
    assert isinstance(findings, list)
    assert "OX504" not in [finding["code"] for finding in findings]


def test_a_rule_that_does_not_exist_is_refused(place: Workplace) -> None:
    """A typing error in the configuration does not go unnoticed."""
    rules = RulesSection(off={"OX999": "never mind"})
    with pytest.raises(InputProblem, match="OX999"):
        validate(config=place.config.model_copy(update={"rules": rules}), today=date(2026, 9, 1))


def test_the_status_says_who_has_reported_and_who_has_not(place: Workplace) -> None:
    """Per owner what was asked and what is still to come; an owner who is nobody is something to look at."""
    with place.ledger() as ledger:
        outcome = show_status(config=place.config, ledger=ledger, now=NOW)
    owners = outcome.data["owners"]
    assert isinstance(owners, list)
    assert [(owner["name"], owner["asked"], owner["owed"]) for owner in owners] == [
        ("Anna", ["A1"], ["A1"]),
        ("Bram", ["A2"], []),
        ("Dora", ["A3"], ["A3"]),
    ]
    assert (outcome.code, outcome.data["unowned"]) == (ExitCode.LOOK, ["A3"])
    assert "1 van 3 eigenaren heeft alles gerapporteerd" in outcome.summary.nl


def test_without_a_session_ahead_the_status_says_what_to_do(place: Workplace) -> None:
    """The calendar ended; the sentence names the sheet."""
    with place.ledger() as ledger, pytest.raises(InputProblem, match="Sessions"):
        show_status(config=place.config, ledger=ledger, now=datetime(2027, 1, 1))


def test_a_session_that_does_not_exist_is_answered_with_those_that_do(place: Workplace) -> None:
    """A typing error in --session costs one look."""
    with place.ledger() as ledger, pytest.raises(InputProblem, match="SES1, SES2"):
        show_status(config=place.config, ledger=ledger, now=NOW, session_id="SES7")


def test_a_plan_without_sessions_says_so(tmp_path: Path) -> None:
    """And what fills the calendar, not an empty list."""
    place = Workplace(tmp_path, plan_of('action A1 "Website renewed" in_progress'))
    with place.ledger() as ledger, pytest.raises(InputProblem, match="ogsm-xl calendar"):
        show_status(config=place.config, ledger=ledger, now=NOW, session_id="SES7")


def test_the_session_workbook_is_filed_a_year_and_never_overwritten(place: Workplace) -> None:
    """Each rebuild is a new file; those that were shown stay as they were."""
    with place.ledger() as ledger:
        for _ in range(3):
            build_session(config=place.config, ledger=ledger, now=NOW)
    assert sorted(
        file.relative_to(place.folder).as_posix() for file in place.folder.rglob("*essie*.xlsx")
    ) == [
        "sessions/2026/2026-09-10 Doensessie (2026-09-09 16.00 - 2).xlsx",
        "sessions/2026/2026-09-10 Doensessie (2026-09-09 16.00).xlsx",
        "sessions/2026/2026-09-10 Doensessie.xlsx",
    ]


def test_the_session_shows_each_line_with_its_reason(place: Workplace) -> None:
    """Red to decide, no current report to find out; green and current stays off."""
    with place.ledger() as ledger:
        outcome = build_session(config=place.config, ledger=ledger, now=NOW, dry_run=True)
    discuss = outcome.data["discuss"]
    assert isinstance(discuss, list)
    assert [line["item"] for line in discuss] == ["A1", "A3"]
    assert outcome.data["going_well"] == ["A2"]
    assert not (place.folder / "sessions").exists()
