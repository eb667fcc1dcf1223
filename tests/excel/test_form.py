"""The form: what goes out, and what is read when it comes back, whatever it was saved with."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from ogsm_xl.excel.form import FormAnswer, NoForm, build_form, form_file_name, read_form
from ogsm_xl.letters.token import new_token
from ogsm_xl.plan.model import Action, Indicator, Item, Person, Plan, Session
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, SessionKind, Status, TrafficLight
from tests.support.plans import plan_of

PLAN = plan_of("""
    objective O1 Bram "Everybody a home" orange
    person    Bram bram@example.org
    strategy  S1 Bram "Shorter waits" red update="Two projects late"
    indicator I4 Bram S1 "Waiting time" lower unit=months target=20 actual=33.5 measured_on=2026-05-30 orange
    indicator I5 Bram S1 "Satisfied" higher unit=% target=90 actual=80
    action    A12 Bram S1 "Website renewed" 2026-01-05..2026-06-01 in_progress 60% orange update="Half done"
    action    A15 Bram S1 "Contract signed" to_do
    session   SES3 planning 2026-06-11
    report    A12 2026-05-08 Bram orange 60% done="First half done" needed="A designer"
""")
NOW = datetime(2026, 6, 4, 8)
TOKEN = new_token(b"12345678", "bram@example.org", bytes(16))
SESSION = Session("SES3", SessionKind.PLANNING, date(2026, 6, 11))


def form(
    language: Language = Language.NL,
    items: tuple[Item, ...] = PLAN.items,
    token: str = TOKEN,
    plan: Plan = PLAN,
    person: Person = PLAN.people[0],
) -> bytes:
    return build_form(items, plan, person, SESSION, token=token, language=language, now=NOW)


def visible(book: openpyxl.Workbook) -> Worksheet:
    return book.worksheets[0]


def row_of(sheet: Worksheet, key: str) -> int:
    """The row in which a key such as `A12:light` stands."""
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == f"OGSM:{key}")


def filled(answers: dict[str, Any], content: bytes | None = None) -> bytes:
    """A form with these answers, as a program saves it."""

    def fill(book: openpyxl.Workbook) -> None:
        sheet = visible(book)
        for key, value in answers.items():
            sheet.cell(row_of(sheet, key), 2).value = value

    return saved(fill, content)


def saved(change: Callable[[openpyxl.Workbook], None], content: bytes | None = None) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content or form()))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_form_that_was_not_touched_holds_no_answer() -> None:
    """What was filled in beforehand is no answer; the mail that it belongs to is known."""
    reading = read_form(form())
    assert (reading.token, reading.answers, reading.unchanged, reading.problems) == (TOKEN, (), True, ())


def test_answers_on_every_kind_of_item_are_read() -> None:
    """In the form's order; what was left blank or as it was is not in them."""
    reading = read_form(
        filled(
            {
                "O1:light": "Groen",
                "O1:done": "Much",
                "O1:proposal": "Another year",
                "S1:light": "Oranje",
                "S1:update": "On our way",
                "I4:value": 30.5,
                "I4:measured_on": datetime(2026, 6, 1),
                "I4:light": "Groen",
                "I4:update": "Better",
                "A12:progress": 0.8,
                "A12:status": "Afgerond",
                "A12:done": "All of it",
                "A12:next": "Nothing",
                "A12:needed": "A day",
                "A12:proposal": "Later",
                "A15:no_change": "Ja",
            }
        )
    )
    assert reading.answers == (
        FormAnswer("O1", light=TrafficLight.GREEN, done="Much", proposal="Another year"),
        FormAnswer("S1", light=TrafficLight.ORANGE, update="On our way"),
        FormAnswer("I4", value=30.5, measured_on=date(2026, 6, 1), light=TrafficLight.GREEN, update="Better"),
        FormAnswer(
            "A12",
            progress=80,
            status=Status.DONE,
            done="All of it",
            next="Nothing",
            needed="A day",
            proposal="Later",
        ),
        FormAnswer("A15", no_change=True),
    )
    assert not reading.unchanged


@pytest.mark.parametrize(
    ("key", "written", "expected"),
    [
        ("A12:light", "groen", {"light": TrafficLight.GREEN}),
        ("A12:light", "Green", {"light": TrafficLight.GREEN}),
        ("A12:light", "🔴", {"light": TrafficLight.RED}),
        ("A12:light", None, {}),
        ("A12:progress", 1, {"progress": 100}),
        ("A12:progress", "75%", {"progress": 75}),
        ("A12:progress", 75, {"progress": 75}),
        ("A12:progress", "60 %", {}),
        ("A12:status", "Done", {"status": Status.DONE}),
        ("I4:value", "30,5", {"value": 30.5}),
        ("I4:value", 0, {"value": 0.0}),
        ("I5:value", "95%", {"value": 95.0}),
        ("I4:measured_on", "3-4-2026", {"measured_on": date(2026, 4, 3)}),
        ("A12:done", "  two\r\nlines ", {"done": "two\nlines"}),
        ("A12:done", 12, {"done": "12"}),
        ("A12:done", "a_x0000_b_x0001_c\u202e", {"done": "abc"}),
        ("A12:done", "_x0007_", {}),
        ("A12:done", "=1+1", {"done": "=1+1"}),
        ("A15:no_change", "Nee", {}),
    ],
)
def test_answers_are_read_as_people_write_them(key: str, written: object, expected: dict[str, Any]) -> None:
    """Not every program holds people to the dropdowns."""
    content = filled({key: written})
    if isinstance(written, str) and written.startswith("="):
        content = saved(lambda book: as_text(visible(book), key, written))
    item = key.partition(":")[0]
    assert read_form(content).answers == ((FormAnswer(item, **expected),) if expected else ())


def as_text(sheet: Worksheet, key: str, written: str) -> None:
    cell = sheet.cell(row_of(sheet, key), 2)
    cell.value, cell.data_type = written, "s"


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("A12:light", "paars"),
        ("A12:light", "R"),
        ("A12:progress", "heel veel"),
        ("A12:progress", 250),
        ("I4:value", "rond de 30"),
        ("I4:value", "1.234"),
        ("I4:measured_on", "eind mei"),
        ("A12:status", "bijna"),
        ("A15:no_change", "misschien"),
    ],
)
def test_what_can_not_be_read_is_said_with_its_place(key: str, written: object) -> None:
    """The other answers count; nothing is guessed."""
    item, _, field = key.partition(":")
    (answer,) = read_form(
        filled({key: written, f"{item}:light": written if field == "light" else "Groen"})
    ).answers
    assert answer.item == item
    assert getattr(answer, field) in {None, False}
    assert answer.light is (None if field == "light" else TrafficLight.GREEN)
    (problem,) = answer.problems
    row = row_of(visible(openpyxl.load_workbook(BytesIO(form()))), key)
    assert f"blad Formulier, cel B{row}" in problem.nl
    assert item in problem.nl


def test_the_form_is_found_again_when_sheets_and_rows_moved() -> None:
    """Another name, another sheet in front, what was hidden shown, rows inserted on top."""

    def move(book: openpyxl.Workbook) -> None:
        sheet = visible(book)
        sheet.cell(row_of(sheet, "A12:light"), 2).value = "Rood"
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(merged.coord)
        sheet.insert_rows(1, 3)
        sheet.title = "Blad2"
        for column in "DE":
            sheet.column_dimensions[column].hidden = False
        book.create_sheet("Blad1", 0)

    reading = read_form(saved(move))
    assert reading.token == TOKEN
    assert reading.answers == (FormAnswer("A12", light=TrafficLight.RED),)


def test_the_form_is_found_again_when_a_column_went() -> None:
    """The column of answers is known by its heading."""

    def move(book: openpyxl.Workbook) -> None:
        sheet = visible(book)
        sheet.cell(row_of(sheet, "A12:light"), 2).value = "Rood"
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(merged.coord)
        sheet.delete_cols(3)

    assert read_form(saved(move)).answers == (FormAnswer("A12", light=TrafficLight.RED),)


def test_where_it_is_lost_what_was_filled_in_that_is_no_answer() -> None:
    """Whether somebody changed a light is not to be seen any more: it does not count, what they wrote does, and they hear it."""

    def lose(book: openpyxl.Workbook) -> None:
        sheet = visible(book)
        sheet.cell(row_of(sheet, "A12:done"), 2).value = "All of it"
        sheet.delete_cols(5)

    reading = read_form(saved(lose, form(items=PLAN.actions)))
    assert reading.token == TOKEN
    assert reading.answers == (FormAnswer("A12", done="All of it"),)
    assert ["die zijn niet verwerkt" in problem.nl for problem in reading.problems] == [True]


def test_a_form_that_lost_what_was_filled_in_and_says_nothing_else_is_not_unchanged() -> None:
    """It goes to review, with the sentence that says why."""
    reading = read_form(saved(lambda book: visible(book).delete_cols(5), form(items=PLAN.actions)))
    assert (reading.answers, reading.unchanged, len(reading.problems)) == ((), False, 1)


def test_a_form_with_the_tokens_of_two_mails_belongs_to_neither() -> None:
    """A person has to look at it."""
    other = new_token(b"abcdefgh", "bram@example.org", bytes(16))

    def mix(book: openpyxl.Workbook) -> None:
        visible(book)["A1"] = f"OGSM-REF: {other}"

    reading = read_form(saved(mix))
    assert reading.token is None
    assert len(reading.problems) == 1
    assert not reading.unchanged


def test_a_question_that_is_there_twice_with_different_answers_is_a_problem() -> None:
    """Somebody copied the sheet and filled in both."""

    def copy(book: openpyxl.Workbook) -> None:
        sheet = visible(book)
        twin = book.copy_worksheet(sheet)
        sheet.cell(row_of(sheet, "A12:done"), 2).value = "one"
        twin.cell(row_of(twin, "A12:done"), 2).value = "two"

    (answer,) = read_form(saved(copy)).answers
    assert answer.done == ""
    assert "verschillende antwoorden" in answer.problems[0].nl


@pytest.mark.parametrize("language", Language)
def test_only_input_cells_can_be_typed_in(language: Language) -> None:
    """Everything else is protected, without a password; every closed list has its dropdown."""
    sheet = visible(openpyxl.load_workbook(BytesIO(form(language))))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    keys = [c.row for row in sheet.iter_rows() for c in row if str(c.value).startswith("OGSM:")]
    unlocked = [(c.row, c.column) for row in sheet.iter_rows() for c in row if not c.protection.locked]
    assert unlocked == [(row, 2) for row in keys]
    validated = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    words = ",".join(light.word(language) for light in TrafficLight)
    assert validated[f"B{row_of(sheet, 'A12:light')}"] == f'"{words}"'
    assert f"B{row_of(sheet, 'A12:progress')}" in validated
    assert f"B{row_of(sheet, 'A12:done')}" not in validated


def test_what_is_known_is_filled_in_and_the_last_report_stands_beside() -> None:
    """So that only what changed has to be typed."""
    sheet = visible(openpyxl.load_workbook(BytesIO(form())))

    def shown(key: str) -> tuple[Any, Any]:
        row = row_of(sheet, key)
        return sheet.cell(row, 2).value, sheet.cell(row, 3).value

    assert shown("A12:light") == ("Oranje", "Oranje")
    assert shown("A12:status") == ("Mee bezig", "Mee bezig")
    assert shown("A12:progress") == (0.6, "60%")
    assert shown("A12:done") == (None, "First half done")
    assert shown("A12:needed") == (None, "A designer")
    assert shown("I4:value") == (None, "33,5 months")
    assert shown("I4:measured_on") == (None, "30 mei 2026")
    assert shown("S1:update") == (None, "Two projects late")


def test_the_form_holds_only_this_persons_items() -> None:
    """Nobody reads other people's rows in it."""
    with zipfile.ZipFile(BytesIO(form(items=(PLAN.actions[0],)))) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert b"Website renewed" in everything
    assert b"Contract signed" not in everything
    assert b"Waiting time" not in everything


def test_codes_and_what_was_filled_in_are_in_hidden_columns() -> None:
    """People see questions and answers; no program drops a hidden column as some drop a hidden sheet."""
    book = openpyxl.load_workbook(BytesIO(form()))
    sheet = visible(book)
    columns = sheet.column_dimensions["D"]
    assert (columns.hidden, columns.min, columns.max, len(book.worksheets)) == (True, 4, 5, 1)
    assert not any(sheet.column_dimensions[column].hidden for column in "ABC")


def test_the_same_form_is_the_same_bytes_and_small() -> None:
    """A run that is repeated makes the same mail; forty items still go through every mail system."""
    assert form() == form()
    many = tuple(
        Action(f"A{n}", "A rather long description of what is to be reached " * 3) for n in range(40)
    )
    assert len(form(items=many)) < 40_000


HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "http://example.org",
    "a\r\nb",
    "\x00\x0b\ufffe",
    "\ud800",
    "x" * 5000,
    "👩‍👩‍👧" * 500,
    "_x0041_",
    "<b>&amp;",
]


@settings(max_examples=30)
@given(st.text(alphabet=st.characters(), max_size=200) | st.sampled_from(HOSTILE))
def test_hostile_texts_stay_text_and_the_form_opens(text: str) -> None:
    """No formula, no link, nothing that a program has to repair; and the form is read back as unchanged."""
    plan = replace(
        PLAN,
        actions=(),
        indicators=(),
        strategies=(),
        reports=tuple(replace(r, done=text) for r in PLAN.reports),
    )
    items = (
        Action("A12", text, update=text, next=text),
        Indicator("I4", text, unit=text, note=text, actual=1),
    )
    content = form(items=items, plan=plan, person=Person(text))
    book = openpyxl.load_workbook(BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert all(cell.hyperlink is None for sheet in book for row in sheet.iter_rows() for cell in row)
    reading = read_form(content)
    assert reading.unchanged
    assert reading.token == TOKEN


@pytest.mark.parametrize("item_id", ["a 12", "A:12", "=1", "Ω-1", "A" * 150, "👍", "OGSM:1"])
def test_an_item_with_an_odd_id_is_found_again(item_id: str) -> None:
    """IDs are typed by people; the answer comes back under the same one."""
    item = Action(item_id, "Text")
    content = form(items=(item,))
    (answer,) = read_form(filled({f"{item_id}:done": "Done"}, content)).answers
    assert answer.item == item_id
    assert answer.done == "Done"


def workbook_with(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_another_workbook_is_no_form() -> None:
    """An owner may attach anything; the caller can tell it from a damaged form."""
    with pytest.raises(NoForm, match="no OGSM form"):
        read_form(workbook_with([["A12", "Groen"]]))


@pytest.mark.parametrize(
    "content", [b"", b"no workbook", b"PK\x03\x04", form()[:-200], form()[:4000]], ids=range(5)
)
def test_a_damaged_file_is_a_problem_with_a_sentence(content: bytes) -> None:
    """Never a traceback for what came in by mail."""
    with pytest.raises(InputProblem):
        read_form(content)


@settings(max_examples=60)
@given(st.data())
def test_a_form_with_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever a mail system did to it."""
    content = bytearray(FORM_TO_SPOIL)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InputProblem):
        assert read_form(bytes(content)).token in {None, TOKEN}


FORM_TO_SPOIL = form(items=PLAN.actions)


def with_cells(cells: bytes) -> bytes:
    """The form with these cells on its first sheet instead of its own."""
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(form())) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in package.namelist():
            changed.writestr(name, sheet % cells if name.endswith("sheet1.xml") else package.read(name))
    return out.getvalue()


def test_a_cell_at_the_end_of_the_world_takes_no_memory() -> None:
    """Only cells with contents are kept; a reference that is none is counted on."""
    text = b't="inlineStr"><is><t>%s</t></is></c>'
    cells = (
        b'<row r="1048576"><c r="XFA1048576" ' + text % b"Groen" + b'<c r="XFC1048576" ' + text % b"OGSM:A12:light"
        + b"<c " + text % b"OGSM-WAS:" + b'</row><row r="99999999999999"><c r="A99999999999999" ' + text % b"x" + b"</row>"
    )  # fmt: skip
    assert read_form(with_cells(cells)).answers == (FormAnswer("A12", light=TrafficLight.GREEN),)


def test_more_cells_than_any_form_has_are_refused() -> None:
    """With a sentence, in bounded time."""
    with pytest.raises(InputProblem, match="larger"):
        read_form(with_cells(b"<row>" + b"<c><v>1</v></c>" * 100_001 + b"</row>"))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (b'<c r="B2" t="e"><v>#REF!</v></c>', None),
        (b'<c r="B2" t="str"><f>A1</f><v>Groen</v></c>', TrafficLight.GREEN),
        (b'<c r="B2" t="str"><f>A1</f><v></v></c>', None),
        (b'<c r="B2"><f>A1</f><v></v></c>', None),
        (b'<c r="B2"><f>A1</f></c>', None),
        (b'<c r="B2" t="inlineStr"><is><r><t>Gro</t></r><r><t>en</t></r></is></c>', TrafficLight.GREEN),
        (b'<c r="B2" t="s"><v>99999</v></c>', None),
        (b'<c r="B2"><v>1e999</v></c>', None),
        (b'<c r="B2" t="b"><v>1</v></c>', None),
        (b'<c r="B2"/>', None),
    ],
)
def test_every_way_to_write_a_cell_is_read(cell: bytes, expected: TrafficLight | None) -> None:
    """Formulas by their result; an error value is a problem, never a blank."""
    key = b'<c r="D2" t="inlineStr"><is><t>OGSM:A12:light</t></is></c><c t="inlineStr"><is><t>OGSM-WAS:</t></is></c>'
    (answer,) = read_form(with_cells(b'<row r="2">' + cell + key + b"</row>")).answers or (FormAnswer("A12"),)
    assert answer.light is expected
    odd = (b"#REF!", b"1e999", b't="b"', b'"B2"><f>')
    assert bool(answer.problems) == any(each in cell for each in odd)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bram Jansen", "OGSM-formulier Bram Jansen 2026-06-11.xlsx"),
        ("../..\\a:b", "OGSM-formulier ab 2026-06-11.xlsx"),
        ("", "OGSM-formulier 2026-06-11.xlsx"),
    ],
)
def test_the_file_is_named_after_person_and_day(name: str, expected: str) -> None:
    """So that it is told apart from last month's; no path can come from a name."""
    assert form_file_name(Person(name), SESSION, Language.NL) == expected
