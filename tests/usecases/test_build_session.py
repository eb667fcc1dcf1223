"""Building the workbook of a session, of each kind."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.plan.words import Language
from ogsm_xl.usecases.build_session import build_session
from ogsm_xl.usecases.outcome import ExitCode
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

LINES = """
    person    Anna anna@example.org
    strategy  S1 Anna "Korter wachten" orange
    action    A1 Anna S1 "Website vernieuwd" 2026-01-05..2026-06-30 in_progress 60% red
    session   SES1 doing 2026-05-14 10:00
    session   SES2 doing 2026-06-11 10:00
    session   SES3 steering 2026-07-09 10:00
    session   SES4 planning 2026-11-24 10:00
"""


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, plan_of(LINES))


def built(place: Workplace, now: datetime, session: str | None = None) -> Path:
    """The workbook that the job makes."""
    with place.ledger() as ledger:
        outcome = build_session(config=place.config, ledger=ledger, now=now, session_id=session)
    return Path(str(outcome.data["file"]))


@pytest.mark.parametrize(
    ("session", "name", "second"),
    [
        ("SES2", "2026-06-11 Doensessie.xlsx", "Bespreken"),
        ("SES3", "2026-07-09 Bijstuursessie.xlsx", "Strategieën"),
        ("SES4", "2026-11-24 Plansessie.xlsx", "Dashboard"),
    ],
)
def test_each_kind_of_session_has_its_own_sheets(
    place: Workplace, session: str, name: str, second: str
) -> None:
    """In the folder of its year."""
    file = built(place, datetime(2026, 6, 9, 8), session)
    assert file.relative_to(place.folder) == Path("sessions", "2026", name)
    assert openpyxl.load_workbook(file).sheetnames[1] == second


def test_a_cancelled_session_that_is_asked_for_is_told(tmp_path: Path) -> None:
    """The workbook is made; that nobody comes is something to look at."""
    place = Workplace(tmp_path, plan_of("session SES1 doing 2026-06-11 10:00 cancelled=yes"))
    with place.ledger() as ledger:
        now = datetime(2026, 6, 9, 8)
        outcome = build_session(config=place.config, ledger=ledger, now=now, session_id="SES1")
    assert Path(str(outcome.data["file"])).exists()
    assert (outcome.code, [each.nl.partition(":")[0] for each in outcome.look_at]) == (
        ExitCode.LOOK,
        ["Deze sessie gaat niet door"],
    )


def test_cards_lead_to_the_plan_from_the_sessions_folder(place: Workplace) -> None:
    """A relative path, so that it holds whatever letter the shared drive has."""
    sheet = openpyxl.load_workbook(built(place, datetime(2026, 6, 9, 8)))["Bespreken"]
    (link,) = [c.hyperlink for row in sheet.iter_rows() for c in row if c.hyperlink and c.hyperlink.target]
    assert link is not None
    assert link.target == r"..\..\plan.xlsx"
    assert str(link.location).startswith("Acties!")


def test_silent_edits_since_the_last_session_show(place: Workplace) -> None:
    """The plan is kept each time that a workbook is built; a later one shows what is different since the session."""
    built(place, datetime(2026, 5, 12, 8))
    place.workbook.unlink()
    write_plan_workbook(plan_of(LINES.replace("06-30", "09-30")), place.workbook, Language.NL)
    book = openpyxl.load_workbook(built(place, datetime(2026, 6, 9, 8)))
    sheet = book["Wijzigingen"]
    found = [[cell.value for cell in row] for row in sheet[sheet.tables["Changes"].ref]][1:]
    assert found == [["A1", "Website vernieuwd", "Datum verschoven", "30-06-2026", "30-09-2026"]]
    assert "sinds 14-05-2026" in str(sheet["D1"].value)


def test_a_dry_run_remembers_nothing(place: Workplace) -> None:
    """No workbook, no trace."""
    with place.ledger() as ledger:
        build_session(config=place.config, ledger=ledger, now=datetime(2026, 5, 12, 8), dry_run=True)
        assert ledger.plan_at(datetime(2026, 5, 13)) is None
    assert not (place.folder / "sessions").exists()


def test_a_page_beside_the_workbook(place: Workplace) -> None:
    """Of the same name; a rebuild makes a new pair."""
    with place.ledger() as ledger:
        for _ in range(2):
            build_session(config=place.config, ledger=ledger, now=datetime(2026, 6, 9, 8), html=True)
    names = sorted(file.name for file in (place.folder / "sessions" / "2026").iterdir())
    assert names == [
        "2026-06-11 Doensessie (2026-06-09 08.00).html",
        "2026-06-11 Doensessie (2026-06-09 08.00).xlsx",
        "2026-06-11 Doensessie.html",
        "2026-06-11 Doensessie.xlsx",
    ]
    page = (place.folder / "sessions" / "2026" / names[2]).read_text(encoding="utf-8")
    assert "Website vernieuwd" in page


def test_a_page_that_was_made_before_is_never_overwritten(place: Workplace) -> None:
    """Also where its workbook is gone."""
    kept = place.folder / "sessions" / "2026" / "2026-06-11 Doensessie.html"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept", encoding="utf-8")
    with place.ledger() as ledger:
        build_session(config=place.config, ledger=ledger, now=datetime(2026, 6, 9, 8), html=True)
    assert kept.read_text(encoding="utf-8") == "kept"


def test_without_libreoffice_the_workbook_is_there_all_the_same(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outcome says why there is no PDF."""
    for name in ("PATH", "PROGRAMFILES", "PROGRAMFILES(X86)"):
        monkeypatch.setenv(name, str(place.folder))
    with place.ledger() as ledger:
        outcome = build_session(config=place.config, ledger=ledger, now=datetime(2026, 6, 9, 8), pdf=True)
    assert (outcome.code, outcome.data["beside"]) == (ExitCode.LOOK, [])
    assert "LibreOffice" in outcome.look_at[0].nl
    assert Path(str(outcome.data["file"])).exists()
