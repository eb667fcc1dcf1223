"""What the generated plan workbook does while somebody types: dropdowns, checks, help, colours, protection, print."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from ogsm_xl.excel.layout import SESSIONS, TABLES, Column, Kind, Table
from ogsm_xl.excel.templates.validations import CLOSED_LISTS, closed_list, list_name
from ogsm_xl.plan.words import Language, Status, TrafficLight

COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.field}")
    for table in TABLES
    for column in table.columns
]
CLOSED = [
    pytest.param(table, column, id=f"{table.name}.{column.field}")
    for table in TABLES
    for column in table.columns
    if column.kind in CLOSED_LISTS or column.kind is Kind.LANGUAGE
]
REFERRING = {
    Kind.PERSON: "People_name_choice",
    Kind.STRATEGIES: "Strategies_id_choice",
    Kind.GOALS: "Goals_id_choice",
    Kind.SESSION: "Sessions_id_choice",
}


@pytest.fixture(scope="module")
def files() -> dict[Language, Path]:
    """The examples in the repository, which another test holds to be what is generated today."""
    folder = Path(__file__).parents[2] / "workbook_templates"
    return {language: folder / f"example_{language.value}.xlsx" for language in Language}


@pytest.fixture(scope="module")
def books(files: dict[Language, Path]) -> dict[Language, Any]:
    return {language: openpyxl.load_workbook(file) for language, file in files.items()}


@pytest.fixture(scope="module")
def book(books: dict[Language, Any]) -> Any:
    return books[Language.NL]


@pytest.mark.parametrize(("table", "column"), CLOSED)
def test_a_closed_list_is_a_dropdown_that_is_held_to(
    books: dict[Language, Any], table: Table, column: Column
) -> None:
    """The dropdown offers the words of the workbook's language; only roles may be several in one cell."""
    for language, book in books.items():
        check = validation(book, table, column, language)
        offered = named_values(book, list_name(column.kind))
        assert (check.type, check.formula1) == ("list", list_name(column.kind))
        assert offered == list(closed_list(column.kind, language))
        assert (bool(check.showErrorMessage), check.errorStyle in {None, "stop"}) == (
            column.kind is not Kind.ROLES,
            True,
        )


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_explains_itself(books: dict[Language, Any], table: Table, column: Column) -> None:
    """Heading and help appear as soon as a cell is chosen, also in the blank rows below the table."""
    for language, book in books.items():
        check = validation(book, table, column, language)
        assert (check.promptTitle, check.prompt) == (
            column.heading.in_(language),
            column.help.in_(language),
        )
        (area,) = check.sqref.ranges
        last = book[table.sheet.in_(language)].tables[table.name].ref.split(":")[1]
        assert (area.min_row, area.max_row > int(re.sub(r"\D", "", last)) + 100) == (5, True)


def test_owners_strategies_goals_and_sessions_are_chosen_from_their_own_sheets(book: Any) -> None:
    """The names behind these dropdowns grow with the table, and a name that isn't there yet only raises a question."""
    for table in TABLES:
        for column in table.columns:
            if column.kind in REFERRING:
                check = validation(book, table, column, Language.NL)
                assert (check.type, check.formula1) == ("list", REFERRING[column.kind])
                assert check.errorStyle == "warning" or not check.showErrorMessage
    choice = book.defined_names["People_name_choice"].attr_text
    assert choice == "INDEX(People_name,2):INDEX(People_name,MAX(2,COUNTA(People_name)))"
    assert book.defined_names["People_name"].attr_text == "Personen!$A$4:$A$2004"


@pytest.mark.parametrize(
    ("kind", "type_", "message"),
    [
        (Kind.DATE, "date", "datum, zoals 31-12-2026"),
        (Kind.DATE_TIME, "date", "datum, zoals 31-12-2026"),
        (Kind.PERCENT, "decimal", "0% tot en met 100%"),
        (Kind.NUMBER, "decimal", "alleen het getal"),
        (Kind.TIME, "time", "zoals 10:00"),
        (Kind.MINUTES, "whole", "heel aantal minuten"),
    ],
)
def test_dates_and_numbers_are_checked_with_a_helpful_message(
    book: Any, kind: Kind, type_: str, message: str
) -> None:
    """What is no date or number is refused, and the message shows what is meant."""
    for table in TABLES:
        for column in table.columns:
            if column.kind is kind:
                check = validation(book, table, column, Language.NL)
                assert (check.type, check.errorStyle in {None, "stop"}) == (type_, True)
                assert message in check.error


def test_a_deadline_is_not_before_its_start(book: Any) -> None:
    """The message names the other column; a blank start allows any date of this century."""
    (table,) = (table for table in TABLES if table.name == "Actions")
    check = validation(book, table, table.column("deadline"), Language.NL)
    assert (check.operator, check.formula1) == ("greaterThanOrEqual", "MAX($F5,DATE(2000,1,1))")
    assert "‘Start’" in check.error


@pytest.mark.parametrize("language", Language)
def test_everything_stays_within_the_limits_of_excel(books: dict[Language, Any], language: Language) -> None:
    """Messages, formulas, sheet names, defined names and headings: what Excel would otherwise repair or refuse."""
    book = books[language]
    checks = [check for sheet in book for check in sheet.data_validations.dataValidation]
    assert max(len(check.promptTitle or "") for check in checks) <= 32
    assert max(len(check.errorTitle or "") for check in checks) <= 32
    assert max(len(check.prompt or "") for check in checks) <= 255
    assert max(len(check.error or "") for check in checks) <= 255
    assert (
        max(len(formula) for check in checks for formula in (check.formula1 or "", check.formula2 or ""))
        <= 255
    )
    assert [name for name in book.sheetnames if len(name) > 31 or re.search(r"[\[\]:*?/\\']", name)] == []
    names = [*book.defined_names, *(table.name for table in TABLES)]
    assert len({name.casefold() for name in names}) == len(names)
    assert [name for name in names if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*[A-Za-z_]", name)] == []
    for table in TABLES:
        headings = [column.heading.in_(language).casefold() for column in table.columns]
        assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("language", Language)
def test_no_formula_needs_a_newer_excel_than_2016(files: dict[Language, Path], language: Language) -> None:
    """No dynamic arrays, no functions that Excel 2016 or LibreOffice lacks, and no string too long for a formula."""
    functions: set[str] = set()
    with zipfile.ZipFile(files[language]) as package:
        for name in package.namelist():
            text = package.read(name).decode() if name.startswith("xl/") and name.endswith(".xml") else ""
            assert "_xlfn" not in text
            assert 't="array"' not in text
            for formula in re.findall(r"<(?:f|formula1?|definedName)\b[^>]*>([^<]*)<", text):
                functions |= set(
                    re.findall(r"([A-Z]+)\(", re.sub(r"\"[^\"]*\"|&quot;.*?&quot;", "", formula))
                )
                assert all(len(words) <= 255 for words in re.findall(r"\"([^\"]*)\"", formula))
    assert functions <= {
        "ABS", "AND", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "FIND", "FIXED", "HYPERLINK", "IF",
        "IFERROR", "INDEX", "INT", "ISNUMBER", "LEFT", "MATCH", "MAX", "MIN", "OR", "ROW", "SEARCH", "SUBSTITUTE", "SUM",
        "TODAY",
    }  # fmt: skip


def test_lights_and_statuses_have_colour_and_sign_in_every_table(book: Any) -> None:
    """A rule for every word of the list, on every column that holds lights or statuses."""
    for table in TABLES:
        for column in table.columns:
            words = {Kind.LIGHT: TrafficLight, Kind.STATUS: Status}.get(column.kind)
            if words is None:
                continue
            rules = rules_on(book, table, column)
            found = [rule.formula[0] for rule in rules if rule.type == "cellIs"]
            assert found == [f'"{word.word(Language.NL)}"' for word in words]
            signs = [rule.dxf.numFmt.formatCode for rule in rules if rule.type == "cellIs"]
            assert all(re.fullmatch('". "@', sign) for sign in signs)


def test_overdue_deadlines_and_late_starts_are_marked_with_a_sign(book: Any) -> None:
    """Not by colour alone: an exclamation mark comes before the date."""
    (table,) = (table for table in TABLES if table.name == "Actions")
    for field in ("deadline", "start"):
        (rule,) = (rule for rule in rules_on(book, table, table.column(field)) if rule.dxf.numFmt)
        assert "TODAY()" in rule.formula[0]
        assert rule.dxf.numFmt.formatCode == '"! "dd-mm-yyyy'


def test_progress_has_a_bar_from_0_to_100_percent(book: Any) -> None:
    """0 % is no bar at all, and 100 % a full one, whatever the other rows hold."""
    (table,) = (table for table in TABLES if table.name == "Actions")
    (rule,) = (rule for rule in rules_on(book, table, table.column("progress")) if rule.type == "dataBar")
    assert [(limit.type, limit.val) for limit in rule.dataBar.cfvo] == [("num", 0), ("num", 1)]
    assert (rule.dataBar.minLength, rule.dataBar.maxLength) == (0, 100)


def test_rules_have_priorities_of_their_own(book: Any) -> None:
    """On each sheet, no two rules with the same priority."""
    for sheet in book:
        priorities = [rule.priority for area in sheet.conditional_formatting for rule in area.rules]
        assert len(set(priorities)) == len(priorities)


def test_the_calendar_is_protected_without_password_but_for_its_ids(book: Any) -> None:
    """The jobs fill in IDs; all else asks for unprotecting the sheet first. No other sheet is protected."""
    protected = [sheet.title for sheet in book if sheet.protection.sheet]
    assert protected == [SESSIONS.sheet.nl]
    sheet = book[SESSIONS.sheet.nl]
    assert sheet.protection.password is None
    locked = {cell.column: cell.protection.locked for cell in sheet[5]}
    assert locked == {number: number != 1 for number in range(1, len(SESSIONS.columns) + 1)}


@pytest.mark.parametrize("language", Language)
def test_every_sheet_is_ready_to_print(books: dict[Language, Any], language: Language) -> None:
    """In landscape, as wide as the page, headings repeated, the sheet's name and page on it; headings stay in view."""
    for table in TABLES:
        sheet = books[language][table.sheet.in_(language)]
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$3:$4"
        assert sheet.oddHeader.right.text == "&A"
        assert "&P" in sheet.oddFooter.right.text
        assert re.fullmatch(r"[A-Z]5", sheet.freeze_panes)
        assert sheet.tables[table.name].autoFilter.ref == sheet.tables[table.name].ref


def test_what_owners_fill_in_looks_different_and_says_so(book: Any) -> None:
    """The headings' colour shows who fills a column in, and the thin row above them says it in words."""
    sheet = book["Acties"]
    looks = {
        (cell.fill.fgColor.rgb, band.value)
        for band, cell in zip(sheet[3], sheet[4], strict=True)
        if band.value
    }
    assert len({colour for colour, _ in looks}) == 3
    assert {word for _, word in looks} == {"vanzelf", "plan", "✎ vult de eigenaar in"}


@pytest.mark.parametrize("language", Language)
def test_every_link_leads_to_a_cell_of_this_workbook(books: dict[Language, Any], language: Language) -> None:
    """The guide leads everywhere, and every sheet leads back."""
    book = books[language]
    linked: dict[str, set[str]] = {}
    for sheet in book:
        for link in (cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            assert link.target is None
            place, cell = link.location.rsplit("!", 1)
            range_boundaries(cell)
            linked.setdefault(sheet.title, set()).add(place.strip("'"))
    guide, overview, *tables, lists, workings = book.sheetnames
    assert linked[guide] == {guide, overview, *tables, lists}
    assert [linked[name] for name in tables] == [{guide, overview}] * len(tables)
    assert book[workings].sheet_state == "hidden"


def test_rows_begin_high_enough_for_their_text_and_may_still_grow(files: dict[Language, Path]) -> None:
    """Their height is given, but not fixed: only Excel's own growing keeps up with what people type."""
    with zipfile.ZipFile(files[Language.NL]) as package:
        sheet = next(
            text
            for name in package.namelist()
            if name.startswith("xl/worksheets/sheet") and 'name="Actions"' in part_of(package, name)
            for text in [package.read(name).decode()]
        )
    rows = re.findall(r'<row r="(\d+)"([^>]*)>', sheet)
    growing = {int(number): "ht=" in rest and "customHeight" not in rest for number, rest in rows}
    assert growing == {number: number > 4 for number in growing}


def test_the_file_opens_without_a_warning(files: dict[Language, Path]) -> None:
    """Nothing in it that openpyxl would drop."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        openpyxl.load_workbook(files[Language.EN])


def validation(book: Any, table: Table, column: Column, language: Language) -> Any:
    """The one validation on the column's first data cell."""
    sheet = book[table.sheet.in_(language)]
    cell = sheet.cell(5, table.columns.index(column) + 1).coordinate
    (found,) = (check for check in sheet.data_validations.dataValidation if cell in check.sqref)
    return found


def named_values(book: Any, name: str) -> list[Any]:
    """The values of the cells behind a defined name."""
    ((sheet, area),) = book.defined_names[name].destinations
    return [cell.value for (cell,) in book[sheet][area]]


def rules_on(book: Any, table: Table, column: Column) -> list[Any]:
    """The conditional formats on this column alone."""
    sheet = book[table.sheet.nl]
    number = table.columns.index(column) + 1
    return [
        rule
        for area in sheet.conditional_formatting
        for rule in area.rules
        if all((part.min_col, part.max_col) == (number, number) for part in area.sqref.ranges)
    ]


def part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """The table part that belongs to a sheet, as text; "" for none."""
    relations = sheet.replace("worksheets/", "worksheets/_rels/") + ".rels"
    if relations not in package.namelist():
        return ""
    found = re.search(r'Target="\.\./(tables/[^"]+)"', package.read(relations).decode())
    return package.read(f"xl/{found[1]}").decode() if found else ""
