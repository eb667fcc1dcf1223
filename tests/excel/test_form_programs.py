"""Forms that other programs than Excel saved, files that are no workbook, and cells that nobody can read."""

from __future__ import annotations

import subprocess
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from ogsm_xl.excel.form import FormAnswer, NoForm, build_form, read_form
from ogsm_xl.letters.token import new_token
from ogsm_xl.plan.model import Session
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, SessionKind, Status, TrafficLight
from tests.support.plans import plan_of

PLAN = plan_of("""
    person    Bram bram@example.org
    strategy  S1 Bram "Shorter waits" red
    indicator I4 Bram S1 "Waiting time" lower unit=months target=20 actual=33.5 orange
    action    A12 Bram S1 "Website renewed" 2026-01-05..2026-06-01 in_progress 60% orange
    action    A15 Bram S1 "Contract signed" to_do
""")
TOKEN = new_token(b"12345678", "bram@example.org", bytes(16))
SESSION = Session("SES3", SessionKind.DOING, date(2026, 6, 11))
FORM = build_form(
    PLAN.items, PLAN, PLAN.people[0], SESSION, token=TOKEN, language=Language.NL, now=datetime(2026, 6, 4, 8)
)
ANSWERS = {
    "A12:light": "Rood",
    "A12:progress": 0.8,
    "A12:done": "Bijna klaar",
    "I4:value": 30.5,
    "A15:status": "Mee bezig",
}
READ = (
    FormAnswer("I4", value=30.5),
    FormAnswer("A12", light=TrafficLight.RED, progress=80, done="Bijna klaar"),
    FormAnswer("A15", status=Status.IN_PROGRESS),
)


def filled(answers: dict[str, Any], content: bytes = FORM) -> bytes:
    """The form with these answers by `item:question`."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet: Worksheet = book.worksheets[0]
    rows = {str(row[3].value).removeprefix("OGSM:"): row for row in sheet.iter_rows()}
    for key, value in answers.items():
        rows[key][1].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def written_anew(
    content: bytes,
    *,
    name: str = "Formulier",
    summary: bool = False,
    rows_above: int = 0,
    columns_before: int = 0,
    percent_as_text: str = "",
    inline: bool = False,
    blanks: int = 0,
) -> bytes:
    """The contents of a form as another program writes them into a workbook of its own: no protection, no merged cells."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": inline})
    if summary:
        first = book.add_worksheet("Export Summary")
        first.write_string(
            0, 0, "This document was exported from Numbers. Each table was converted to an Excel worksheet."
        )
        first.write_row(2, 0, ["Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"])
        first.write_row(3, 0, ["Formulier", "Table 1", name])
    sheet = book.add_worksheet(name)
    percent = book.add_format({"num_format": "0%"})
    blank = book.add_format({"bg_color": "#FFFFFF"})
    source = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    for row in source.iter_rows():
        for cell in row:
            at = int(cell.row or 1) - 1 + rows_above, int(cell.column or 1) - 1 + columns_before
            if isinstance(cell.value, float) and "%" in cell.number_format and percent_as_text:
                sheet.write_string(*at, percent_as_text.format(cell.value))
            elif isinstance(cell.value, int | float):
                sheet.write_number(*at, cell.value, percent)
            elif cell.value is not None:
                sheet.write_string(*at, str(cell.value))
            else:
                sheet.write_blank(*at, None, blank)
    for number in range(blanks):
        sheet.write_blank(source.max_row + rows_above + number, 0, None, blank)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    "habits",
    [
        pytest.param({"blanks": 900}, id="Google Sheets: nine hundred blank rows below"),
        pytest.param(
            {"percent_as_text": "{:.0%}"}, id="Google Sheets in another locale: percentages as text"
        ),
        pytest.param(
            {"name": "Formulier - Table 1", "summary": True},
            id="Numbers: a summary in front, the table's name",
        ),
        pytest.param(
            {"name": "Sheet 1 - Table 1", "summary": True, "rows_above": 1, "columns_before": 1},
            id="Numbers: a row for the title and a column before",
        ),
        pytest.param({"inline": True}, id="programs without shared strings"),
    ],
)
def test_a_form_that_another_program_wrote_anew_is_read(habits: dict[str, Any]) -> None:
    """Other sheets, styles, rows and columns; the same answers, and nothing that was filled in beforehand among them."""
    reading = read_form(written_anew(filled(ANSWERS), **habits))
    assert (reading.token, reading.answers, reading.problems) == (TOKEN, READ, ())
    untouched = read_form(written_anew(FORM, **habits))
    assert (untouched.token, untouched.unchanged) == (TOKEN, True)


@pytest.mark.libreoffice
@pytest.mark.parametrize("steps", [("xlsx",), ("ods",), ("ods", "xlsx")])
def test_a_form_saved_by_libreoffice_is_read_as_before(tmp_path: Path, steps: tuple[str, ...]) -> None:
    """Saved as a workbook, as a spreadsheet of its own kind, and back again."""
    file = tmp_path / "form.xlsx"
    file.write_bytes(filled(ANSWERS))
    for number, kind in enumerate(steps):
        folder = tmp_path / str(number)
        subprocess.run(
            [
                "soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--convert-to", kind, "--outdir", str(folder), str(file),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )  # fmt: skip
        file = folder / f"form.{kind}"
    reading = read_form(file.read_bytes(), file.name)
    assert (reading.token, reading.answers, reading.problems) == (TOKEN, READ, ())


OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def spreadsheet(rows: str) -> bytes:
    """An OpenDocument spreadsheet with these rows."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f'<office:document-content {OFFICE}><office:body><office:spreadsheet><table:table table:name="Formulier">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def text_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("key", "cell", "expected"),
    [
        ("A12:light", text_cell("Gro<text:span>en</text:span>"), FormAnswer("A12", light=TrafficLight.GREEN)),
        ("A12:light", '<table:table-cell office:value-type="float" office:value="1e999"/>', None),
        ("A12:light", '<table:covered-table-cell table:number-columns-repeated="1"/>', FormAnswer("A12")),
        ("A12:light", '<table:table-cell table:formula="of:=[.A1]"/>', None),
        ("A12:progress", '<table:table-cell office:value-type="percentage" office:value="0.6"/>', FormAnswer("A12", progress=60)),
        ("I4:measured_on", '<table:table-cell office:value-type="date" office:date-value="2026-06-01"/>', FormAnswer("I4", measured_on=date(2026, 6, 1))),
        ("A12:no_change", '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', FormAnswer("A12", no_change=True)),
        ("A12:done", '<table:table-cell office:value-type="string"><text:p>een<text:s text:c="2"/>twee</text:p><text:p>drie<text:line-break/>vier</text:p></table:table-cell>', FormAnswer("A12", done="een  twee\ndrie\nvier")),
    ],
)  # fmt: skip
def test_every_kind_of_cell_in_an_opendocument_spreadsheet(
    key: str, cell: str, expected: FormAnswer | None
) -> None:
    """Texts with their runs and blanks, numbers, percentages, dates, truth values; what can't be read is a problem."""
    between = '<table:table-cell table:number-columns-repeated="1"/>'
    row = f'<table:table-row table:number-rows-repeated="1048000"/><table:table-row>{between}{cell}{between}'
    row += f"{text_cell('OGSM:' + key)}{text_cell('OGSM-WAS:')}</table:table-row>"
    answers = read_form(spreadsheet(row), "form.ods").answers
    if expected is None:
        assert [bool(answer.problems) for answer in answers] == [True]
    else:
        assert answers == ((expected,) if expected != FormAnswer("A12") else ())


NUMBER = '<table:table-cell office:value-type="float" office:value="1"/>'


@pytest.mark.parametrize(
    "content",
    [
        spreadsheet("<table:table-row>"),
        spreadsheet("<table:table-row>" + NUMBER * 100_001 + "</table:table-row>"),
        spreadsheet("<table:table-row/>").replace(b"content.xml", b"konteng.xml"),
        spreadsheet("<!DOCTYPE a><table:table-row/>"),
        spreadsheet(text_cell("no form")),
    ],
    ids=["not well-formed", "too many cells", "no contents", "a document type", "another spreadsheet"],
)  # fmt: skip
def test_an_opendocument_file_that_is_no_form_is_refused(content: bytes) -> None:
    """With a sentence, in bounded time and memory."""
    with pytest.raises((InputProblem, NoForm)):
        read_form(content, "form.ods")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "oude Excel"),
        (b"%PDF-1.7" + bytes(600), "geen Excel-werkmap"),
        (b"Vraag;Jouw antwoord\r\nVerkeerslicht;Groen\r\n", "geen Excel-werkmap"),
        (b"\xff\xd8\xff\xe0" + bytes(600), "geen Excel-werkmap"),
    ],
    ids=["xls", "pdf", "csv", "photo"],
)
def test_a_file_of_another_kind_under_the_name_of_a_workbook_is_refused(
    content: bytes, sentence: str
) -> None:
    """The sentence names the file, says what it is, and to save it as a workbook."""
    with pytest.raises(InputProblem) as problem:
        read_form(content, "formulier.xlsx")
    assert "formulier.xlsx" in problem.value.text.nl
    assert sentence in problem.value.text.nl
    assert "(.xlsx)" in problem.value.text.nl


@pytest.mark.parametrize(
    ("key", "written", "problem"),
    [
        ("A12:light", "=B3", "A12, Verkeerslicht (blad Formulier, cel {cell}): hier staat een formule waarvan de uitkomst niet in het bestand zit. Typ de waarde zelf."),
        ("A12:done", "=B3&B4", "A12, Gedaan (blad Formulier, cel {cell}): hier staat een formule waarvan de uitkomst niet in het bestand zit. Typ de waarde zelf."),
        ("A12:light", "blauw", "A12, Verkeerslicht (blad Formulier, cel {cell}): “blauw” is hier geen keuze. Kies uit: Groen, Oranje, Rood."),
        ("A12:light", "paars", "A12, Verkeerslicht (blad Formulier, cel {cell}): “paars” hoort niet bij de keuzes. Kies uit: Groen, Oranje, Rood."),
        ("A12:light", "R", "A12, Verkeerslicht (blad Formulier, cel {cell}): “R” kan meer dan één ding betekenen. Kies uit: Groen, Oranje, Rood."),
        ("A12:status", "wacht", "A12, Status (blad Formulier, cel {cell}): “wacht” kan meer dan één ding betekenen. Kies uit: Nog te doen, Mee bezig, Afgerond, Geparkeerd."),
        ("I4:measured_on", "3/4/2026", "I4, Gemeten op (blad Formulier, cel {cell}): “3/4/2026” staat er als tekst en kan 3 april 2026 of 4 maart 2026 zijn."),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_named_with_sheet_and_cell(key: str, written: str, problem: str) -> None:
    """A formula without a result, a colour that is none of the three, a letter with two meanings, a day with slashes."""
    (answer,) = read_form(filled({key: written})).answers
    row = next(
        row[3].row
        for row in openpyxl.load_workbook(BytesIO(FORM)).worksheets[0].iter_rows()
        if row[3].value == f"OGSM:{key}"
    )
    assert [found.nl[: len(problem.format(cell=f"B{row}"))] for found in answer.problems] == [
        problem.format(cell=f"B{row}")
    ]
