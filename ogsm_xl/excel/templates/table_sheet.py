"""One sheet with one table of the plan: title, who fills in what, headings, rows, checks, colours, print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from itertools import groupby
from typing import Any, Final

from ogsm_xl.excel.cell_text import length_in_excel, sound_text
from ogsm_xl.excel.house_style import BLUE, FILLED_BY_WORDS, GREY, HEADER_LOOKS, NAVY
from ogsm_xl.excel.layout import (
    ACTIONS,
    DECISIONS,
    EVALUATIONS,
    FACTORS,
    GOALS,
    INDICATORS,
    MEASUREMENTS,
    OBJECTIVE,
    PEOPLE,
    REPORTS,
    SESSIONS,
    STRATEGIES,
    Column,
    FilledBy,
    Kind,
    Table,
)
from ogsm_xl.excel.ooxml.values import LONGEST_TEXT
from ogsm_xl.excel.templates.template_parts import (
    BAND_ROW,
    FIRST_ROW,
    GUIDE,
    HEADER_ROW,
    INTRO_ROW,
    OVERVIEW,
    TITLE_ROW,
    Book,
    CellValue,
    cell_value,
    column_index,
    column_name,
    records,
)
from ogsm_xl.excel.templates.validations import validation
from ogsm_xl.plan.cells import CellRef, column_letters, quoted_sheet
from ogsm_xl.plan.model import Record
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Status, Text, YesNo

_MAX_ROWS: Final = 1_000_000

_INTROS: Final = {
    OBJECTIVE.name: Text("Waar wil je naartoe? Eén zin die iedereen kan onthouden.", "Where do you want to be? One sentence that everybody can remember."),
    GOALS.name: Text("Waaraan zie je dat de ambitie is bereikt? Meetbaar, en te toetsen op de plansessie.", "What shows that the ambition was reached? Measurable, and checked at the planning session."),
    STRATEGIES.name: Text("De keuzes, verwoord als DOEL door HOE. Elke strategie heeft precies één eigenaar: de aanjager.", "The choices, worded as GOAL by HOW. Every strategy has exactly one owner: the driver."),
    INDICATORS.name: Text("Waaraan zie je of een strategie werkt? De eigenaar levert de meting en het verkeerslicht.", "What shows whether a strategy works? The owner delivers the measurement and the traffic light."),
    MEASUREMENTS.name: Text("Alle metingen door de tijd; hieruit komen de trends.", "All measurements over time; the trends are made from these."),
    ACTIONS.name: Text("Wie doet wat, en wanneer is het af? De blauwe kolommen vult de eigenaar in; typ een nieuwe actie op de eerste lege regel.", "Who does what, and when is it finished? The blue columns are the owner's; type a new action on the first blank row."),
    PEOPLE.name: Text("Iedereen die iets in eigendom heeft, rapporteert of meeleest. Uit deze lijst kies je op de andere bladen een eigenaar.", "Everybody who owns, reports or reads. The owners on the other sheets are chosen from this list."),
    SESSIONS.name: Text("De kalender van de proceseigenaar. Beveiligd tegen per ongeluk wijzigen, zonder wachtwoord: Controleren › Beveiliging blad opheffen. Zet de beveiliging daarna weer aan.", "The process owner's calendar. Protected against accidental changes, without a password: Review › Unprotect Sheet. Protect it again afterwards."),
    REPORTS.name: Text("Elk verslag dat ooit is gemaakt. Dit blad vult zichzelf.", "Every report ever made. This sheet fills itself."),
    DECISIONS.name: Text("Wat in de sessies is besloten.", "What the sessions decided."),
    EVALUATIONS.name: Text("De evaluatie van elk kwartaal, op vier onderwerpen.", "The evaluation of every quarter, on four subjects."),
    FACTORS.name: Text("Wat er in en om de organisatie speelt. Bijwerken op de plansessie.", "What goes on in and around the organisation. Updated at the planning session."),
}  # fmt: skip

_FROZEN: Final = {
    OBJECTIVE.name: "id",
    MEASUREMENTS.name: "item",
    PEOPLE.name: "name",
    SESSIONS.name: "date",
    REPORTS.name: "item",
    DECISIONS.name: "item",
    EVALUATIONS.name: "subject",
    FACTORS.name: "kind",
}
"""The last column that stays in view while scrolling; elsewhere the text of the row."""

_LINKS_AT: Final = 28  # characters from the left, clear of the longest title
_LINK_WIDTH: Final = 13
_A4: Final = 9
_A3: Final = 8
_WIDE: Final = 200  # characters; wider tables are printed on A3


def write_table_sheet(book: Book, table: Table, blank_rows: int) -> None:
    """Write the sheet of one table; a table without rows gets `blank_rows` blank ones (at least one; the objective only one).

    Raises:
        InputProblem: a text is longer, or there are more rows, than Excel can hold.
    """
    sheet = book.sheet(table.sheet)
    rows = records(book.plan, table)
    _write_columns(book, sheet, table)
    _write_top(book, sheet, table)
    _write_rows(book, sheet, table, rows, blank_rows)
    _check_cells(book, sheet, table)
    _colour_cells(book, sheet, table)
    _set_view_and_print(book, sheet, table)
    if table is SESSIONS:
        _protect(sheet)


def _write_columns(book: Book, sheet: Any, table: Table) -> None:
    """Widths, and formats for what is typed below the table."""
    for index, column in enumerate(table.columns):
        below = book.styles.cell(column.kind, FilledBy.PLAN, bottom=0, **_lock(table, column))
        sheet.set_column(index, index, column.width, below)


def _write_top(book: Book, sheet: Any, table: Table) -> None:
    styles, plain = book.styles, book.styles.format(valign="vcenter")
    for row, height in ((TITLE_ROW, 27), (INTRO_ROW, 18), (BAND_ROW, 13.5)):
        sheet.set_row(row, height, plain)
    sheet.set_row(HEADER_ROW, 31)
    for index in range(len(table.columns)):
        sheet.write_blank(TITLE_ROW, index, None, plain)
        sheet.write_blank(INTRO_ROW, index, None, plain)
    sheet.write_string(TITLE_ROW, 0, book.word(table.sheet), styles.title())
    sheet.write_string(INTRO_ROW, 0, book.word(_INTROS[table.name]), styles.intro())
    column = _column_at(table, _LINKS_AT)
    for target in (GUIDE, OVERVIEW):
        link = f"internal:{quoted_sheet(book.word(target))}!A1"
        sheet.write_url(TITLE_ROW, column, link, styles.link(), f"← {book.word(target)}")
        column = _column_at(table, _left(table, column) + _LINK_WIDTH)
    _write_band(book, sheet, table)


def _write_band(book: Book, sheet: Any, table: Table) -> None:
    """The thin row above the headings that says in words who fills in the columns below."""
    columns = enumerate(table.columns)
    for filled_by, group in groupby(columns, key=lambda each: each[1].filled_by):
        look = HEADER_LOOKS[filled_by]
        style = book.styles.format(
            font_size=8,
            italic=True,
            font_color=look.ink,
            bg_color=look.fill,
            valign="vcenter",
            indent=1 if filled_by is not FilledBy.JOBS else 0,
        )
        for position, (index, _) in enumerate(group):
            sheet.write_string(
                BAND_ROW, index, book.word(FILLED_BY_WORDS[filled_by]) if not position else "", style
            )


def _left(table: Table, index: int) -> float:
    """Where a column begins, in characters."""
    return sum(column.width for column in table.columns[:index])


def _column_at(table: Table, position: float) -> int:
    """The first column that begins at or after a position in characters (or the last one)."""
    columns = range(len(table.columns))
    return next((index for index in columns if _left(table, index) >= position), columns[-1])


def _write_rows(book: Book, sheet: Any, table: Table, rows: Sequence[Record], blank_rows: int) -> None:
    if len(rows) > _MAX_ROWS:
        raise InputProblem(
            Text(
                "Het blad {sheet} krijgt {count} regels; in Excel passen er {most}. Bewaar oude regels in een ander werkboek.",
                "The sheet {sheet} would get {count} rows; Excel holds {most}. Keep old rows in another workbook.",
            ).filled(sheet=table.sheet, count=len(rows), most=_MAX_ROWS)
        )
    count = len(rows) or (1 if table is OBJECTIVE else max(blank_rows, 1))
    options = {
        "name": table.name,
        "style": None,
        "columns": [
            {
                "header": book.word(column.heading),
                "header_format": book.styles.column_header(column.kind, column.filled_by),
                "format": _cell_format(book, table, column),
            }
            for column in table.columns
        ],
    }
    sheet.add_table(HEADER_ROW, 0, HEADER_ROW + count, len(table.columns) - 1, options)
    formats = [_cell_format(book, table, column) for column in table.columns]
    for offset in range(count):
        record = rows[offset] if offset < len(rows) else None
        texts = []
        for index, column in enumerate(table.columns):
            written = cell_value(getattr(record, column.field, None), column.kind, book.language)
            if isinstance(written, str):
                where = CellRef(book.word(table.sheet), FIRST_ROW + offset + 1, index + 1)
                written = _fitting(sound_text(written), where, column)
                texts.append((written, column.width))
            _write_cell(sheet, FIRST_ROW + offset, index, written, formats[index])
        sheet.begin_row(FIRST_ROW + offset, texts)


def _write_cell(sheet: Any, row: int, index: int, written: CellValue, style: Any) -> None:
    match written:
        case None:
            sheet.write_blank(row, index, None, style)
        case str():  # never a formula, never a link, whatever it looks like
            sheet.write_string(row, index, written, style)
        case date() | time():
            sheet.write_datetime(row, index, written, style)
        case _:
            sheet.write_number(row, index, written, style)


def _fitting(text: str, where: CellRef, column: Column) -> str:
    """The text if it fits in a cell. It is never cut: what somebody wrote would be lost without a trace."""
    length = length_in_excel(text)
    if length <= LONGEST_TEXT:
        return text
    raise InputProblem(
        Text(
            "{where} ({heading}): deze tekst heeft {length} tekens; in een cel van Excel passen er {most}. Kort hem in.",
            "{where} ({heading}): this text has {length} characters; a cell of Excel holds {most}. Shorten it.",
        ).filled(where=where, heading=column.heading, length=length, most=LONGEST_TEXT)
    )


def _cell_format(book: Book, table: Table, column: Column) -> Any:
    return book.styles.cell(column.kind, column.filled_by, **_lock(table, column))


def _lock(table: Table, column: Column) -> dict[str, bool]:
    """On the protected calendar the ID stays open: the jobs fill it in, and they respect protection."""
    return {"locked": False} if table is SESSIONS and column.kind is Kind.ID else {}


def _check_cells(book: Book, sheet: Any, table: Table) -> None:
    for column in table.columns:
        cells = book.cells(table, column.field)
        sheet.data_validation(*cells, validation(table, column, book.language))
    # A year or quarter typed as text is meant; no green triangle for it.
    last = column_letters(len(table.columns))
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW + 1}:{last}{book.last_row(table) + 1}"})


def _colour_cells(book: Book, sheet: Any, table: Table) -> None:
    styles = book.styles
    for column in table.columns:
        cells = book.cells(table, column.field)
        match column.kind:
            case Kind.LIGHT:
                styles.colour_lights(sheet, cells)
            case Kind.STATUS:
                styles.colour_statuses(sheet, cells)
            case Kind.PERCENT:
                styles.progress_bars(sheet, cells)
            case Kind.NUMBER:
                styles.group_thousands(sheet, cells, _cell(table, column.field))
            case _:
                pass
    if table is ACTIONS:
        _mark_dates(book, sheet)
    elif table is SESSIONS:
        _mark_sessions(book, sheet)
    elif table is PEOPLE:
        left = _cell(table, "left_on")
        styles.soften(sheet, _whole_rows(book, table), f'=AND({left}<>"",{left}<=TODAY())')


def _mark_dates(book: Book, sheet: Any) -> None:
    """Overdue deadlines and late starts get their mark; what is done or parked turns grey."""
    status, start, deadline = (_cell(ACTIONS, field) for field in ("status", "start", "deadline"))
    done, parked, to_do = (
        f'"{word.word(book.language)}"' for word in (Status.DONE, Status.PARKED, Status.TO_DO)
    )
    book.styles.mark_overdue(
        sheet,
        book.cells(ACTIONS, "deadline"),
        f"=AND(ISNUMBER({deadline}),{deadline}<TODAY(),{status}<>{done},{status}<>{parked})",
    )
    book.styles.mark_overdue(
        sheet,
        book.cells(ACTIONS, "start"),
        f'=AND(ISNUMBER({start}),{start}<TODAY(),OR({status}={to_do},{status}=""))',
    )
    book.styles.soften(sheet, _whole_rows(book, ACTIONS), f"=OR({status}={done},{status}={parked})")


def _mark_sessions(book: Book, sheet: Any) -> None:
    """The next session stands out; cancelled and past ones turn grey."""
    day, cancelled = _cell(SESSIONS, "date"), _cell(SESSIONS, "cancelled")
    yes = f'"{YesNo.YES.word(book.language)}"'
    rows = _whole_rows(book, SESSIONS)
    dates, flags = column_name(SESSIONS, "date"), column_name(SESSIONS, "cancelled")
    book.styles.strike_out(sheet, rows, f"={cancelled}={yes}")
    earlier = f'COUNTIFS({dates},">="&TODAY(),{dates},"<"&{day},{flags},"<>"&{yes})'
    book.styles.emphasise(sheet, rows, f"=AND(ISNUMBER({day}),{day}>=TODAY(),{earlier}=0)")
    book.styles.soften(sheet, rows, f"=AND(ISNUMBER({day}),{day}<TODAY())")


def _cell(table: Table, field: str) -> str:
    """The first data cell of a column as the formulas of conditional formats want it: `$H5`."""
    return f"${column_letters(column_index(table, field) + 1)}{FIRST_ROW + 1}"


def _whole_rows(book: Book, table: Table) -> tuple[int, int, int, int]:
    return FIRST_ROW, 0, book.last_row(table), len(table.columns) - 1


def _set_view_and_print(book: Book, sheet: Any, table: Table) -> None:
    filled_by = {column.filled_by for column in table.columns[1:]}
    sheet.set_tab_color(BLUE if FilledBy.OWNER in filled_by else NAVY if FilledBy.PLAN in filled_by else GREY)
    sheet.hide_gridlines(2)
    frozen = column_index(table, _FROZEN.get(table.name, "text"))
    sheet.freeze_panes(FIRST_ROW, frozen + 1)
    sheet.set_selection(FIRST_ROW, min(1, frozen), FIRST_ROW, min(1, frozen))
    sheet.set_landscape()
    sheet.set_paper(_A3 if sum(column.width for column in table.columns) > _WIDE else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(BAND_ROW, HEADER_ROW)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header("&L&9&F&R&9&A")
    page = Text("Blad &P van &N", "Page &P of &N")
    sheet.set_footer(f"&L&9&D&R&9{book.word(page)}")


def _protect(sheet: Any) -> None:
    """Against accidental edits only: no password, and everything that changes no session stays allowed."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
