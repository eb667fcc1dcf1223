"""How the generated workbooks look: one palette and one set of cell formats for template, form and session workbook.

Colour is never the only carrier. A light has its word and a shape (● ▲ ■), a status its word and a sign, an
overdue date an exclamation mark. The three light colours differ in brightness too, so that they stay apart on a
grey print and for colour-blind readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ogsm_xl.excel.layout import FilledBy, Kind
from ogsm_xl.plan.words import Language, Status, Text, TrafficLight

FONT: Final = "Calibri"

INK: Final = "#1F2933"  # running text
SOFT_INK: Final = "#5B6875"  # explanations, and what the jobs fill in
PAPER: Final = "#FFFFFF"
NAVY: Final = "#22384F"  # titles, and headings of what belongs to the plan
BLUE: Final = "#2F75B5"  # headings of what an owner fills in
PALE_BLUE: Final = "#EDF4FB"  # the cells beneath them
GREY: Final = "#D5DBE1"  # headings of what the jobs fill in
PALE_GREY: Final = "#F4F6F8"
RULE: Final = "#CBD2D9"  # lines between rows
LINK: Final = "#1B5FA7"
ALARM: Final = "#A4123F"  # overdue
BAR: Final = "#6FA8DC"  # progress bars


@dataclass(frozen=True, slots=True)
class Look:
    """How one word of a closed list looks.

    Attributes:
        fill: The cell's colour, or "" for none.
        ink: The colour of the text.
        mark: The shape before the word, so that colour is not the only carrier.
        bold: Whether the word is bold.
        italic: Whether the word is slanted.
    """

    fill: str
    ink: str
    mark: str = ""
    bold: bool = False
    italic: bool = False


LIGHT_LOOKS: Final[Mapping[TrafficLight, Look]] = {
    TrafficLight.GREEN: Look("#CDEBD6", "#0B5134", "●"),
    TrafficLight.ORANGE: Look("#FFAE34", "#3D2600", "▲", bold=True),
    TrafficLight.RED: Look(ALARM, "#FFFFFF", "■", bold=True),
}
UNKNOWN_LOOK: Final = Look("", SOFT_INK, "?", italic=True)
"""A light that is expected and not there: unknown, and therefore to be discussed."""
STATUS_LOOKS: Final[Mapping[Status, Look]] = {
    Status.TO_DO: Look("", INK, "○"),
    Status.IN_PROGRESS: Look("#D3E5F6", "#174A7C", "►", bold=True),
    Status.DONE: Look("#E4E8EC", SOFT_INK, "√"),
    Status.PARKED: Look("", SOFT_INK, "–", italic=True),
}
HEADER_LOOKS: Final[Mapping[FilledBy, Look]] = {
    FilledBy.PLAN: Look(NAVY, PAPER, bold=True),
    FilledBy.OWNER: Look(BLUE, PAPER, bold=True),
    FilledBy.JOBS: Look(GREY, INK, bold=True),
}
CELL_LOOKS: Final[Mapping[FilledBy, Look]] = {
    FilledBy.PLAN: Look("", INK),
    FilledBy.OWNER: Look(PALE_BLUE, INK),
    FilledBy.JOBS: Look("", SOFT_INK),
}
FILLED_BY_WORDS: Final[Mapping[FilledBy, Text]] = {
    FilledBy.PLAN: Text("plan", "plan"),
    FilledBy.OWNER: Text("✎ vult de eigenaar in", "✎ filled in by the owner"),
    FilledBy.JOBS: Text("vanzelf", "auto"),
}

_DATE: Final = Text("dd-mm-yyyy", "d mmm yyyy")
_OVERDUE_MARK: Final = '"! "'

_CENTRED: Final = frozenset(
    {
        Kind.ID, Kind.DATE, Kind.DATE_TIME, Kind.TIME, Kind.MINUTES, Kind.ITEM, Kind.STRATEGIES, Kind.GOALS,
        Kind.SESSION, Kind.STATUS, Kind.LIGHT, Kind.LANGUAGE, Kind.YES_NO,
    }
)  # fmt: skip

Range: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0 as XlsxWriter does."""


def number_format(kind: Kind, language: Language) -> str:
    """The number format of a column of this kind, in Excel's own notation."""
    date = _DATE.in_(language)
    return {
        Kind.DATE: date,
        Kind.DATE_TIME: f"{date} hh:mm",
        Kind.TIME: "hh:mm",
        Kind.MINUTES: "0",
        Kind.PERCENT: "0%",
        Kind.NUMBER: "General",
    }.get(kind, "@" if kind is Kind.ID else "General")


class Styles:
    """The formats of one generated workbook, each made once.

    Rows and columns count from 0 here, as everywhere in XlsxWriter.
    """

    def __init__(self, workbook: Workbook, language: Language) -> None:
        self._workbook = workbook
        self._language = language
        self._made: dict[frozenset[tuple[str, Any]], Format] = {}

    def format(self, **properties: Any) -> Format:
        """A format with the house font, from XlsxWriter's property names."""
        return self._once(
            {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", **properties}
        )

    def title(self, **more: Any) -> Format:
        """The title of a sheet."""
        return self.format(**{"font_size": 18, "bold": True, "font_color": NAVY, "valign": "vcenter", **more})

    def intro(self, **more: Any) -> Format:
        """The line below the title that says what to do on the sheet."""
        return self.format(**{"font_color": SOFT_INK, "valign": "vcenter", **more})

    def link(self, **more: Any) -> Format:
        """A link to another sheet."""
        return self.format(**{"font_color": LINK, "underline": 1, "valign": "vcenter", **more})

    def header(self, filled_by: FilledBy = FilledBy.PLAN, **more: Any) -> Format:
        """The heading of a column; its colour says who fills the column in."""
        look = HEADER_LOOKS[filled_by]
        return self.format(
            **{
                "bold": True,
                "font_color": look.ink,
                "bg_color": look.fill,
                "valign": "vcenter",
                "text_wrap": True,
                "left": 1,
                "left_color": PAPER,
                **more,
            }
        )

    def column_header(self, kind: Kind, filled_by: FilledBy = FilledBy.PLAN) -> Format:
        """The heading of a table's column: aligned as its cells are, and clear of the filter button below it."""
        return self.header(filled_by, valign="top", **_alignment(kind))

    def cell(self, kind: Kind, filled_by: FilledBy = FilledBy.PLAN, **more: Any) -> Format:
        """A cell of a table: number format and alignment from its kind, colour from who fills it in."""
        look = CELL_LOOKS[filled_by]
        properties: dict[str, Any] = {
            "font_color": INK if kind is Kind.LONG_TEXT else look.ink,
            "num_format": number_format(kind, self._language),
            "bottom": 1,
            "bottom_color": RULE,
            "text_wrap": True,
            "valign": "vcenter",
            **_alignment(kind),
        }
        if look.fill:
            properties |= {"bg_color": look.fill, "left": 1, "left_color": PAPER}
        return self.format(**{**properties, **more})

    def look(self, look: Look, **more: Any) -> Format:
        """A cell that always has the look of one word, such as in a legend."""
        return self.format(**{**_changes(look), **more})

    def colour_lights(self, sheet: Worksheet, cells: Range, **more: Any) -> None:
        """Colour the cells that hold the word of a light, and put its shape before the word."""
        for light, look in LIGHT_LOOKS.items():
            self.mark_word(sheet, cells, light.word(self._language), look, **more)

    def colour_statuses(self, sheet: Worksheet, cells: Range, **more: Any) -> None:
        """Colour the cells that hold the word of a status, and put its sign before the word."""
        for status, look in STATUS_LOOKS.items():
            self.mark_word(sheet, cells, status.word(self._language), look, **more)

    def progress_bars(self, sheet: Worksheet, cells: Range) -> None:
        """Draw a bar from 0 % to 100 % in cells that hold a fraction.

        The bar of Excel 2007, with its full length given: newer ones need an extension that other programs drop.
        """
        bar: dict[str, Any] = {"type": "data_bar", "bar_color": BAR}
        shortest = {"min_type": "num", "min_value": 0, "min_length": 0}
        longest = {"max_type": "num", "max_value": 1, "max_length": 100}
        sheet.conditional_format(*cells, bar | shortest | longest)

    def mark_overdue(self, sheet: Worksheet, cells: Range, condition: str, **more: Any) -> None:
        """Mark dates for which the formula holds: red and bold, with an exclamation mark before the date."""
        marked = _OVERDUE_MARK + number_format(Kind.DATE, self._language)
        self.rule(sheet, cells, condition, bold=True, font_color=ALARM, num_format=marked, **more)

    def soften(self, sheet: Worksheet, cells: Range, condition: str) -> None:
        """Write in grey what needs no attention any more."""
        self.rule(sheet, cells, condition, font_color=SOFT_INK)

    def strike_out(self, sheet: Worksheet, cells: Range, condition: str) -> None:
        """Strike out what does not take place."""
        self.rule(sheet, cells, condition, font_color=SOFT_INK, font_strikeout=True)

    def emphasise(self, sheet: Worksheet, cells: Range, condition: str) -> None:
        """Make stand out what comes next."""
        self.rule(sheet, cells, condition, bold=True, bg_color=STATUS_LOOKS[Status.IN_PROGRESS].fill)

    def group_thousands(self, sheet: Worksheet, cells: Range, first_cell: str, **more: Any) -> None:
        """Separate the thousands of large numbers; small ones stay as they were typed."""
        condition = f"=AND(ISNUMBER({first_cell}),ABS({first_cell})>=10000)"
        self.rule(sheet, cells, condition, num_format="#,##0", **more)

    def rule(self, sheet: Worksheet, cells: Range, condition: str, **changes: Any) -> None:
        """Change how the cells look wherever the formula holds; `changes` are XlsxWriter's property names."""
        rule = {"type": "formula", "criteria": condition, "format": self._once(changes)}
        sheet.conditional_format(*cells, rule)

    def mark_word(self, sheet: Worksheet, cells: Range, word: str, look: Look, **more: Any) -> None:
        """Give the cells that hold exactly this word its look."""
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        sheet.conditional_format(*cells, {**rule, "format": self._once({**_changes(look), **more})})

    def _once(self, properties: dict[str, Any]) -> Format:
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def _changes(look: Look) -> dict[str, Any]:
    """The properties of a look, and no more: a conditional format holds only what it changes."""
    changes: dict[str, Any] = {"font_color": look.ink}
    if look.fill:
        changes["bg_color"] = look.fill
    if look.mark:
        changes["num_format"] = f'"{look.mark} "@'
    if look.bold:
        changes["bold"] = True
    if look.italic:
        changes["italic"] = True
    return changes


def _alignment(kind: Kind) -> dict[str, Any]:
    if kind in _CENTRED:
        return {"align": "center"}
    if kind in {Kind.NUMBER, Kind.PERCENT}:
        return {"align": "right", "indent": 1}
    return {"align": "left", "indent": 1}
