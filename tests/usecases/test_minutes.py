"""The minutes of a session, from the workbook that it filled in to the plan."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from ogsm_xl.cli import run
from ogsm_xl.example import example_plan
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, SessionKind, Status, Text, YesNo
from ogsm_xl.usecases.build_session import build_session
from ogsm_xl.usecases.minutes import minutes
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

BEFORE, AFTER = datetime(2026, 7, 8, 8), datetime(2026, 7, 9, 13)
PLAN = """
    person    Anna anna@example.org
    strategy  S1 Anna "Korter wachten" red
    action    A1 Anna S1 "Website vernieuwd" 2026-01-05..2026-06-30 in_progress 60% red
    action    A2 Anna S1 "Grond gekocht" 2026-01-05..2026-12-31 in_progress 60% orange
    action    A3 Anna S1 "Buurtfeest gehouden" 2026-01-05..2026-06-30 done 100% done_on=2026-06-20
    action    A4 Anna S1 "Enquête gehouden" 2026-09-01..2026-12-01 to_do
    session   SES1 steering 2026-04-09 10:00
    session   SES2 steering 2026-07-09 10:00
    report    A3 2026-06-20 SES2 Anna done
    report    A7 2026-03-01 SES1 Anna green
    decision  A2 2026-04-09 SES1 Anna text="Anna belt"
"""


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Workplace:
    """A plan with a session; in Dutch, unless a test asks for another language."""
    language: Language = getattr(request, "param", Language.NL)
    return Workplace(tmp_path, plan_of(PLAN, language), language)


in_either_language = pytest.mark.parametrize("place", list(Language), indirect=True, ids=str)


@pytest.fixture
def filled(place: Workplace) -> Path:
    """The session's workbook, as the session left it."""
    file = place.folder / "session.xlsx"
    file.write_bytes(_filled(place.plan().language))
    return file


@lru_cache
def _filled(language: Language) -> bytes:
    with TemporaryDirectory() as folder:
        place = Workplace(Path(folder), plan_of(PLAN, language), language)
        file = _built(place)
        book = openpyxl.load_workbook(file)
        _type_on_cards(book)
        done, ahead = (_table(book, name) for name in ("Done_check", "Priorities"))
        done[0][6].value, done[0][7].value = YesNo.NO.word(language), "Opruimen"
        ahead[0][7].value = "x"
        _table(book, "Evaluation_grid")[0][2].value = "Eerder bellen"
        new = _table(book, "New_actions")[0][0]
        new.value, new.data_type = "=Huurdersraad", "s"
        book.save(file)
        return file.read_bytes()


def _built(place: Workplace, session: str = "SES2") -> Path:
    with place.ledger() as ledger:
        built = build_session(config=place.config, ledger=ledger, now=BEFORE, session_id=session)
    return Path(str(built.data["file"]))


def _type_on_cards(book: openpyxl.Workbook, decision: str = "Halveren") -> None:
    cells = {
        name: book.defined_names[f"Discuss_{name}"].attr_text
        for name in ("item", "decision", "deadline", "who")
    }
    title, span = cells["item"].replace("'", "").replace("$", "").split("!")
    columns = {name: ref.split("!")[1].split("$")[1] for name, ref in cells.items()}
    sheet = book[title]
    for (cell,) in sheet[span]:
        if cell.value == "A1":
            sheet[f"{columns['decision']}{cell.row}"] = decision
            sheet[f"{columns['deadline']}{cell.row}"] = datetime(2026, 9, 30)
            sheet[f"{columns['who']}{cell.row}"] = "Anna"
        if cell.value == "A2":
            sheet[f"{columns['deadline']}{cell.row}"] = "na de zomer"


def _table(book: openpyxl.Workbook, name: str) -> Sequence[Sequence[openpyxl.cell.Cell]]:
    """The rows of a table."""
    sheet = next(sheet for sheet in book if name in sheet.tables)
    return sheet[sheet.tables[name].ref][1:]  # type: ignore[no-any-return]  # a range of cells is rows of cells


def read(
    place: Workplace,
    file: Path,
    agreed: Callable[[Sequence[Text]], bool] | None = None,
    out: Path | None = None,
    machine: str = "here",
    session_id: str | None = None,
) -> Outcome:
    """Run the job."""
    with Ledger(place.config.ledger_file) as ledger:
        return minutes(
            config=place.config,
            ledger=ledger,
            now=AFTER,
            workbook=file,
            machine=machine,
            session_id=session_id,
            agreed=agreed,
            out=out,
        )


@in_either_language
def test_what_was_typed_is_listed_and_nothing_is_written(place: Workplace, filled: Path) -> None:
    """Each line says which cell of the plan it would change; what can't be read is told with its cell."""
    before = place.workbook.read_bytes()
    outcome = read(place, filled)
    lines = outcome.data["lines"]
    assert isinstance(lines, list)
    assert [(line["part"], line["item"], line["adds"], len(line["changes"])) for line in lines] == [
        ("discussed", "A1", "Decisions", 1),
        ("discussed", "A2", None, 0),
        ("checked", "A3", "Decisions", 2),
        ("evaluated", "", "Evaluations", 0),
        ("new_action", "", "Actions", 0),
        ("priority", "A4", "Decisions", 1),
    ]
    assert outcome.code is ExitCode.LOOK
    assert "na de zomer" in outcome.look_at[0].nl
    assert "--write" in outcome.summary.nl
    assert place.workbook.read_bytes() == before


@in_either_language
def test_what_was_decided_is_written_once(place: Workplace, filled: Path) -> None:
    """Deadline, statuses and decisions; a second run finds them there, also where the plan was changed since."""
    shown: list[Text] = []

    def agreed(lines: Sequence[Text]) -> bool:
        shown.extend(lines)
        return True

    assert read(place, filled, agreed).data["written"] is True
    assert "2026" in shown[0].nl
    plan = place.plan()
    found = {action.id: (action.deadline, action.status, action.done_on) for action in plan.actions}
    assert found == {
        "A1": (date(2026, 9, 30), Status.IN_PROGRESS, None),
        "A2": (date(2026, 12, 31), Status.IN_PROGRESS, None),
        "A3": (date(2026, 6, 30), Status.IN_PROGRESS, None),
        "A4": (date(2026, 12, 1), Status.IN_PROGRESS, None),
        "A8": (None, Status.TO_DO, None),  # the history knows of an A7 that is gone
    }
    assert plan.actions[-1].text == "=Huurdersraad"
    evaluated = [(e.id, e.quarter, e.improve) for e in plan.evaluations]
    assert evaluated == [("E1", "2026-Q2", "Eerder bellen")]
    assert [(d.id, d.item, d.session, d.owner, d.deadline) for d in plan.decisions[1:]] == [
        ("B2", "A1", "SES2", "Anna", date(2026, 9, 30)),
        ("B3", "A3", "SES2", "", None),
        ("B4", "A4", "SES2", "", None),
    ]
    moved = next(action.row.cell("deadline") for action in plan.actions if action.row)
    book = openpyxl.load_workbook(place.workbook)
    book[moved.sheet][moved.address] = datetime(2026, 12, 31)
    book.save(place.workbook)
    assert read(place, filled, lambda _: True).data["written"] is False
    assert place.plan().actions[0].deadline == date(2026, 12, 31)
    again = place.plan()
    assert (len(again.decisions), len(again.actions), len(again.evaluations)) == (4, 5, 1)


def test_a_status_that_the_minutes_set_is_no_report_of_the_owner(place: Workplace, filled: Path) -> None:
    """Whoever collects reports afterwards finds no edited row."""
    place.collect(BEFORE)
    read(place, filled, lambda _: True)
    reports = len(place.plan().reports)
    place.collect(AFTER)
    assert len(place.plan().reports) == reports


def test_a_formula_without_a_text_is_told_and_not_written(place: Workplace, filled: Path) -> None:
    """Excel makes a formula of `- Anna belt`, which gives an error; some programs leave a formula without a result."""
    book = openpyxl.load_workbook(filled)
    done = _table(book, "Done_check")[0]
    done[6].value, done[7].value = None, "#NAME?"
    _table(book, "Priorities")[0][8].value = "=1+1"
    book.save(filled)
    outcome = read(place, filled, lambda _: True)
    assert [note.nl.partition(" Typ ")[0] for note in outcome.look_at if "formule" in note.nl] == [
        "A3, 'Afgerond sinds vorige keer'!I4: Hier staat een formule, met #NAAM? als uitkomst.",
        "A4, Prioriteiten!J4: Hier staat een formule zonder uitkomst.",
    ]
    assert [d.item for d in place.plan().decisions] == ["A2", "A1", "A4"]


def test_a_dash_for_a_name_is_nobody(place: Workplace, filled: Path) -> None:
    """And no decision about who does it."""
    book = openpyxl.load_workbook(filled)
    _table(book, "New_actions")[0][2].value = "-"
    book.save(filled)
    outcome = read(place, filled, lambda _: True)
    assert not [note.nl for note in outcome.look_at if "personen" in note.nl]
    assert [action.owner for action in place.plan().actions if "Huurdersraad" in action.text] == [""]


def test_who_is_asked_sees_what_is_unclear_too(place: Workplace, filled: Path) -> None:
    """Nobody agrees to a list without knowing what is not on it."""
    seen: list[Text] = []

    def no(lines: Sequence[Text]) -> bool:
        seen.extend(lines)
        return False

    outcome = read(place, filled, no)
    assert outcome.look_at
    assert seen == [*outcome.details, *outcome.look_at]


def test_who_says_no_changes_nothing(place: Workplace, filled: Path) -> None:
    """And may say yes later."""
    before = place.workbook.read_bytes()
    assert read(place, filled, lambda _: False).data["written"] is False
    assert place.workbook.read_bytes() == before
    assert read(place, filled, lambda _: True).data["written"] is True


def test_only_the_machine_in_charge_writes(place: Workplace, filled: Path) -> None:
    """Its ledger knows the rows of the plan; elsewhere the minutes can be read."""
    place.send(BEFORE)
    before = place.workbook.read_bytes()
    with pytest.raises(InputProblem):
        read(place, filled, lambda _: True, machine="elsewhere")
    assert place.workbook.read_bytes() == before
    assert read(place, filled, machine="elsewhere").data["written"] is False


@pytest.mark.parametrize("ending", ["html", "csv", "xlsx"])
def test_a_file_to_mail(place: Workplace, filled: Path, ending: str) -> None:
    """A page, a table or a workbook; text stays text."""
    out = place.folder / f"minutes.{ending}"
    read(place, filled, out=out)
    if ending == "xlsx":
        cells = [cell.value for row in openpyxl.load_workbook(out).worksheets[0] for cell in row]
        assert "Halveren" in cells
    else:
        text = out.read_text(encoding="utf-8-sig")
        assert "Halveren" in text
        assert "=Huurdersraad" in text
    with pytest.raises(InputProblem):
        read(place, filled, out=out)


def test_nothing_typed(place: Workplace) -> None:
    """Is said."""
    outcome = read(place, _built(place), lambda _: True)
    assert (outcome.code, outcome.data["lines"]) == (ExitCode.DONE, [])
    assert outcome.summary.nl == "In het werkboek is nog niets ingevuld."


def test_another_workbook_is_refused(place: Workplace, filled: Path) -> None:
    """The plan itself; a workbook of a session that this plan does not have; what is no workbook."""
    with pytest.raises(InputProblem):
        read(place, place.workbook)
    elsewhere = place.folder / "elsewhere.xlsx"
    shutil.copy(filled, elsewhere)
    place.put(plan_of(PLAN.replace("SES2", "SES7"), place.plan().language), place.plan().language)
    with pytest.raises(InputProblem) as problem:
        read(place, elsewhere)
    assert "SES2" in problem.value.text.nl
    (place.folder / "text.xlsx").write_text("text", encoding="utf-8")
    with pytest.raises(InputProblem):
        read(place, place.folder / "text.xlsx")


def test_the_command(place: Workplace, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It asks before it writes: where nobody can be asked it wants --yes; --dry-run writes nothing."""
    call = [
        "minutes",
        str(filled),
        "--config",
        str(place.folder / "config.toml"),
        "--as-of",
        "2026-07-09T13:00",
    ]
    assert run([*call, "--write"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert run([*call, "--write", "--yes", "--dry-run"]) == 1
    assert len(place.plan().decisions) == 1
    assert run([*call, "--write", "--yes"]) == 1
    assert len(place.plan().decisions) == 4


def test_a_new_row_of_next_years_plan_is_listed_with_all_that_it_says(tmp_path: Path) -> None:
    """Strategy, owner and deadline too: a person brings it into the plan."""
    plan = 'person Anna anna@example.org\nstrategy S1 Anna "Korter wachten"\nsession SES2 planning 2026-11-24'
    place = Workplace(tmp_path, plan_of(plan))
    file = _built(place)
    book = openpyxl.load_workbook(file)
    row = _table(book, "Update_actions")[0]
    row[1].value, row[2].value, row[3].value = "Huurdersraad", "S1 Korter wachten", "Anna"
    row[4].value = datetime(2027, 6, 30)
    row[-1].value = "Met subsidie"
    book.save(file)
    lines = read(place, file).data["lines"]
    assert isinstance(lines, list)
    assert [(line["about"], line["text"]) for line in lines] == [
        ("Huurdersraad", "S1 Korter wachten. Anna. 30-06-2027. Met subsidie")
    ]


@pytest.mark.parametrize("language", list(Language))
def test_what_was_filled_in_for_next_year_and_not_touched_is_not_listed(
    tmp_path: Path, language: Language
) -> None:
    """The example's planning session, just as it was made."""
    place = Workplace(tmp_path, example_plan(language))
    session = next(each for each in place.plan().sessions if each.kind is SessionKind.PLANNING)
    assert read(place, _built(place, session.id)).data["lines"] == []


def test_what_was_written_over_for_next_year_is_listed_beside_what_the_plan_says(tmp_path: Path) -> None:
    """Also where no decision was chosen beside it; it changes nothing by itself, and goes once the plan says the same."""
    plan = """
        person    Anna anna@example.org
        person    Bram bram@example.org
        goal      D1 "Wachttijd gehalveerd" unit=maanden target=20
        strategy  S1 Anna "Korter wachten" D1
        action    A1 Anna S1 "Website vernieuwd" 2026-01-05..2026-10-31 in_progress
        factor    F1 risk "Rente stijgt" meaning="Minder huizen"
        session   SES2 planning 2026-11-24
    """
    place = Workplace(tmp_path, plan_of(plan))
    file = _built(place)
    book = openpyxl.load_workbook(file)
    action = _table(book, "Update_actions")[0]
    action[3].value, action[4].value = "Bram", datetime(2027, 3, 31)
    _table(book, "Update_choices")[0][4].value = None
    _table(book, "Update_measures")[0][6].value = 17.5
    _table(book, "Factors_risk")[0][2].value = "Veel minder huizen"
    book.save(file)
    lines = read(place, file).data["lines"]
    assert isinstance(lines, list)
    assert [(line["item"], line["text"]) for line in lines] == [
        ("F1", "“Wat betekent het voor het plan?” is nu Veel minder huizen (in het plan: Minder huizen)"),
        (
            "A1",
            "“Eigenaar” is nu Bram (in het plan: Anna). “Deadline” is nu 31 maart 2027 (in het plan: 31 oktober)",
        ),
        ("S1", "“Voor welke doelen” is nu (leeg) (in het plan: D1)"),
        ("D1", "“Streefwaarde” is nu 17,5 (in het plan: 20)"),
    ]
    assert {line["in_plan"] for line in lines} == {"Verwerk dit zelf in het plan."}
    after = plan.replace("A1 Anna", "A1 Bram").replace("2026-10-31", "2027-03-31")
    after = after.replace("target=20", "target=17.5").replace('wachten" D1', 'wachten"')
    place.put(plan_of(after), Language.NL)
    lines = read(place, file).data["lines"]
    assert isinstance(lines, list)
    assert [line["item"] for line in lines] == ["F1"]


@pytest.mark.parametrize("changed", ["2026-07-09 10:00", "Iedereen een huis"])
def test_a_workbook_of_another_plan_is_refused_unless_its_session_is_named(
    tmp_path: Path, changed: str
) -> None:
    """Session numbers are the same in every plan: the day and the objective tell them apart."""
    plan = 'objective O1 Anna "Iedereen een huis"\n' + PLAN
    place = Workplace(tmp_path, plan_of(plan))
    other = _built(place)
    place.put(
        plan_of(plan.replace(changed, "2026-07-16 10:00" if "10:00" in changed else "Rust")), Language.NL
    )
    with pytest.raises(InputProblem) as problem:
        read(place, other)
    assert "--session SES2" in problem.value.text.nl
    assert read(place, other, session_id="SES2").code is ExitCode.DONE


def test_a_decision_in_other_words_is_listed_beside_the_one_before(place: Workplace, filled: Path) -> None:
    """Both stay; who reads the list sees that they are of one session."""
    read(place, filled, lambda _: True)
    book = openpyxl.load_workbook(filled)
    _type_on_cards(book, decision="Toch niet halveren")
    book.save(filled)
    told = [line.nl for line in read(place, filled).details if "Toch niet" in line.nl]
    assert len(told) == 1
    assert "[in de besluitenlijst, naast B2 van deze sessie]" in told[0]
