"""The first sheet of an annotated copy: every finding in a table that can be filtered, with a link to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ogsm_xl.excel.annotated.looks import LOOKS, Ink
from ogsm_xl.excel.ooxml.splice import escaped
from ogsm_xl.excel.ooxml.values import cell_text, prepared
from ogsm_xl.excel.row_heights import height_for
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.words import Language, Text

TABLE: Final = "OgsmXlFindings"
"""The name of the table, the same in every language; by it a later run knows that it may replace the file."""

SHEET: Final = Text("Bevindingen", "Findings")
HEADER_ROW: Final = 6

_COLUMNS: Final[Sequence[tuple[Text, float]]] = (
    (Text("Ernst", "Severity"), 16),
    (Text("Code", "Code"), 9),
    (Text("Cel", "Cell"), 20),
    (Text("Onderdeel", "Item"), 12),
    (Text("Eigenaar", "Owner"), 20),
    (Text("Wat is er", "What"), 58),
    (Text("Zo herstel je het", "How to mend it"), 58),
)
_MOST_LINKS: Final = 65_000  # Excel allows 65,530 on a sheet
_INKS: Final = {Severity.ERROR: Ink.ERROR, Severity.WARNING: Ink.WARNING, Severity.HINT: Ink.HINT}
_NOUNS: Final = {
    Severity.ERROR: (Text("fout", "error"), Text("fouten", "errors")),
    Severity.WARNING: (Text("waarschuwing", "warning"), Text("waarschuwingen", "warnings")),
    Severity.HINT: (Text("tip", "hint"), Text("tips", "hints")),
}
_TITLE = Text("Bevindingen in {name}", "Findings in {name}")
_WHAT_THIS_IS = Text(
    "Dit is een kopie om te lezen, gemaakt voor {day}. Verbeter het plan zelf ({name}): wat je hier wijzigt, gaat verloren.",
    "This is a copy to read, made for {day}. Mend the plan itself ({name}): what you change here is lost.",
)
_HOW_TO_READ = Text(
    "Klik op een cel om ernaartoe te gaan: daar staat een rand om, met de uitleg in een opmerking. Filter op je naam met het knopje in de kop.",
    "Click a cell to go there: it has a border, and the explanation in a note. Filter on your name with the button in the heading.",
)
_ONLY = Text("Alleen de regels van {owner}. ", "Only the rows of {owner}. ")
_NONE = Text("Geen bevindingen.", "No findings.")
_EXCUSED = Text(" Uitgezonderd in het plan: {count}.", " Excused in the plan: {count}.")
_WORKBOOK = Text("het hele werkboek", "whole workbook")


@dataclass(frozen=True, slots=True)
class Annotations:
    """What an annotated copy says.

    Attributes:
        findings: In the order of the workbook.
        excused: How many findings are excused in the plan.
        day: The day that the plan was judged by.
        language: Of the notes and the list.
        owner: Whose rows these are, or "" for everybody's.
    """

    findings: tuple[Finding, ...]
    excused: int
    day: date
    language: Language
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """The two namespaces that a package uses: of spreadsheets, and of its relationships."""

    main: bytes
    relations: bytes


def sheet_xml(
    said: Annotations, plan_name: str, styles: Mapping[Ink, int], sheets: frozenset[str], schema: Schema
) -> bytes:
    """The sheet, whose table has the relationship `rId1`.

    Args:
        said: What to list.
        plan_name: The file that this is a copy of.
        styles: The numbers of the cell formats.
        sheets: The sheets that there are to link to.
        schema: The namespaces of this package.
    """
    listed = sorted(said.findings, key=lambda finding: -finding.severity)
    rows = [*_intro(said, plan_name, styles), _header(said.language, styles)]
    rows += [_row(HEADER_ROW + n, f, said.language, styles, sheets) for n, f in enumerate(listed, 1)]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, (_, width) in enumerate(_COLUMNS, 1)
    )
    return b"".join(
        [
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%b" xmlns:r="%b">'
            % (schema.main, schema.relations),
            b'<sheetPr><tabColor rgb="FFA4123F"/><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<dimension ref="A1:G{last_row(said)}"/>'.encode(),
            b'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">',
            f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}" activePane="bottomLeft" state="frozen"/>'.encode(),
            b'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
            f"<cols>{widths}</cols>".encode(),
            b"<sheetData>%b</sheetData>" % b"".join(rows),
            _links(listed, sheets),
            b'<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
            b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
            b'<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>',
        ]
    )


def table_xml(said: Annotations, table_id: int, schema: Schema) -> bytes:
    """The table round the findings."""
    area = f"A{HEADER_ROW}:G{last_row(said)}"
    columns = b"".join(
        b'<tableColumn id="%d" name="%b"/>' % (n, escaped(heading.in_(said.language)))
        for n, (heading, _) in enumerate(_COLUMNS, 1)
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<table xmlns="%b" id="%d" name="%b" displayName="%b" ref="%b" totalsRowShown="0"><autoFilter ref="%b"/>'
        b'<tableColumns count="%d">%b</tableColumns><tableStyleInfo showFirstColumn="0" showLastColumn="0" '
        b'showRowStripes="0" showColumnStripes="0"/></table>'
    ) % (
        schema.main,
        table_id,
        TABLE.encode(),
        TABLE.encode(),
        area.encode(),
        area.encode(),
        len(_COLUMNS),
        columns,
    )


def last_row(said: Annotations) -> int:
    """The last row of the table; a table has at least one row below its headings."""
    return HEADER_ROW + max(1, len(said.findings))


def _intro(said: Annotations, plan_name: str, styles: Mapping[Ink, int]) -> list[bytes]:
    language = said.language
    day = f"{said.day:%d-%m-%Y}" if language is Language.NL else f"{said.day.day} {said.day:%b %Y}"
    lines = [
        (_TITLE.in_(language).format(name=plan_name), Ink.TITLE, 30.0),
        (_WHAT_THIS_IS.in_(language).format(day=day, name=plan_name), Ink.INTRO, 16.0),
        (_counted(said), Ink.INTRO, 16.0),
        (_HOW_TO_READ.in_(language) if said.findings else "", Ink.INTRO, 16.0),
    ]
    return [
        _row_xml(number, [_cell(f"A{number}", text, styles[ink])], height)
        for number, (text, ink, height) in enumerate(lines, 1)
        if text
    ]


def _counted(said: Annotations) -> str:
    numbers = Counter(finding.severity for finding in said.findings)
    parts = [
        f"{LOOKS[level].mark} {numbers[level]} {(one if numbers[level] == 1 else more).in_(said.language)}"
        for level, (one, more) in _NOUNS.items()
        if numbers[level]
    ]
    only = _ONLY.in_(said.language).format(owner=said.owner) if said.owner else ""
    excused = _EXCUSED.in_(said.language).format(count=said.excused) if said.excused else ""
    return only + ("   ".join(parts) + "." if parts else _NONE.in_(said.language)) + excused


def _header(language: Language, styles: Mapping[Ink, int]) -> bytes:
    cells = [
        _cell(f"{'ABCDEFG'[n]}{HEADER_ROW}", heading.in_(language), styles[Ink.HEADER])
        for n, (heading, _) in enumerate(_COLUMNS)
    ]
    return _row_xml(HEADER_ROW, cells, 20)


def _row(
    number: int, finding: Finding, language: Language, styles: Mapping[Ink, int], sheets: frozenset[str]
) -> bytes:
    where = finding.where
    texts = (
        f"{LOOKS[finding.severity].mark} {finding.severity.word.in_(language)}",
        finding.code,
        str(where) if where else _WORKBOOK.in_(language),
        finding.item,
        finding.owner,
        finding.message.in_(language),
        finding.fix.in_(language),
    )
    inks = [Ink.TEXT] * len(texts)
    inks[0] = _INKS[finding.severity]
    if where and where.sheet in sheets:
        inks[2] = Ink.LINK
    cells = [
        _cell(f"{'ABCDEFG'[n]}{number}", text, styles[ink])
        for n, (text, ink) in enumerate(zip(texts, inks, strict=True))
    ]
    widths = [(text, width) for text, (_, width) in zip(texts, _COLUMNS, strict=True)]
    return _row_xml(number, cells, height_for(widths))


def _row_xml(number: int, cells: Sequence[bytes], height: float) -> bytes:
    """A row with a height to begin with, which Excel may change."""
    return b'<row r="%d" ht="%b">%b</row>' % (number, f"{height:g}".encode(), b"".join(cells))


def _cell(reference: str, text: str, style: int) -> bytes:
    inside = prepared(cell_text(text), date1904=False).xml(b"")
    kind = b' t="inlineStr"' if inside else b""
    return b'<c r="%b" s="%d"%b>%b</c>' % (reference.encode(), style, kind, inside)


def _links(listed: Sequence[Finding], sheets: frozenset[str]) -> bytes:
    """A link for each cell; its place is written by us, so that no text of the plan becomes an address."""
    links = [
        b'<hyperlink ref="C%d" location="%b" display="%b"/>'
        % (row, escaped(_target(where)), escaped(str(where)))
        for row, where in ((n, f.where) for n, f in enumerate(listed, HEADER_ROW + 1))
        if where and where.sheet in sheets
    ]
    return b"<hyperlinks>%b</hyperlinks>" % b"".join(links[:_MOST_LINKS]) if links else b""


def _target(where: CellRef) -> str:
    return "'" + where.sheet.replace("'", "''") + "'!" + where.address
