"""Measurements: every measured value with its target, as the table `Measurements`; the charts take their lines from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any, Final, NamedTuple

from ogsm_xl.excel.house_style import FONT, INK, NAVY, RULE, SOFT_INK
from ogsm_xl.excel.session.book import MEASUREMENTS, PLAN_TIP, SessionBook, shortened
from ogsm_xl.excel.session.page import Page, printable
from ogsm_xl.excel.session.tables import Heading, Link, Value, write_table
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.trends import Trend

_ABOUT = Text(
    "Alle metingen, per indicator; de grafieken zijn hiervan gemaakt",
    "All measurements, per indicator; the charts are made of these",
)
_NONE = Text("Er zijn nog geen metingen.", "There are no measurements yet.")
_MEASURED = Text("Gemeten", "Measured")
_TARGET = Text("Streefwaarde", "Target")
_LOWER = Text("Ondergrens", "Lower edge")
_UPPER = Text("Bovengrens", "Upper edge")
_POINTS: Final = 12
_DAY, _VALUE, _TARGET_COLUMN, _UPPER_COLUMN = 3, 4, 5, 6
_LONGEST: Final = 300  # characters of a note
_TARGET_LINE: Final = "#A4123F"
_DAYS = Text("d-m-yy", "d mmm yy")
_MONTHS = Text("[$-413]mmm yy", "[$-809]mmm yy")
_LABELS: Final = 4
"""About how many days or months the axis of a chart names."""


class Lines(NamedTuple):
    """In which rows of the sheet the measurements of a trend stand."""

    first: int
    last: int


def write_measurements(book: SessionBook, trends: Iterable[Trend]) -> Mapping[str, Lines]:
    """Write the sheet, and tell where the measurements of each indicator or goal (by ID) are."""
    headings = (
        Heading(Text("Nr.", "No."), 8, centred=True, bold=True),
        Heading(Text("Indicator of doelstelling", "Indicator or goal"), 52, wraps=True),
        Heading(Text("Datum", "Date"), 15, book.date_format, centred=True),
        Heading(_MEASURED, 14, "General", centred=True, bold=True),
        Heading(_TARGET, 14, "General", centred=True),
        Heading(_UPPER, 14, "General", centred=True),
        Heading(Text("Eenheid", "Unit"), 22, wraps=True),
        Heading(Text("Opmerking", "Note"), 60, wraps=True),
    )
    page = Page(book, book.sheet(MEASUREMENTS), (1, *(heading.width for heading in headings)))
    shown = tuple(trends)
    page.head(MEASUREMENTS, book.word(_ABOUT if any(trend.points for trend in shown) else _NONE))
    first = page.row + 1
    write_table(page, "Measurements", headings, _rows(book, shown), points=_POINTS)
    page.finish(frozen=(2, 0))
    found, row = {}, first
    for trend in shown:
        if trend.points:
            found[trend.measure.id] = Lines(row, row + len(trend.points) - 1)
            row += len(trend.points)
    return found


def _rows(book: SessionBook, trends: Sequence[Trend]) -> Iterator[tuple[Value, ...]]:
    for trend in trends:
        measure = trend.measure
        number = Link(measure.id, book.plan_link(measure), book.word(PLAN_TIP))
        text, unit = shortened(measure.text, _LONGEST), shortened(measure.unit, _LONGEST)
        for point in trend.points:
            note = shortened(point.note, _LONGEST)
            yield number, text, point.day, point.value, measure.target, trend.upper, unit, note


def draw(
    page: Page,
    row: int,
    column: int,
    trend: Trend,
    lines: Lines,
    size: tuple[int, int],
    *,
    points: int = 11,
    legend: str = "bottom",
) -> None:
    """Draw the measurements against the target line (a band: two lines), in pixels `size` from a cell on."""
    book, sheet = page.book, page.book.word(MEASUREMENTS)
    chart = book.workbook.add_chart({"type": "line"})
    days = [sheet, lines.first, _DAY, lines.last, _DAY]
    font: dict[str, Any] = {"name": FONT, "size": points, "color": INK}
    chart.add_series(
        {
            "name": book.word(_MEASURED),
            "categories": days,
            "values": [sheet, lines.first, _VALUE, lines.last, _VALUE],
            "line": {"color": NAVY, "width": 2.5},
            "marker": {"type": "circle", "size": 7, "fill": {"color": NAVY}, "border": {"color": NAVY}},
        }
    )
    for name, at in _edges(trend):
        chart.add_series(
            {
                "name": book.word(name),
                "categories": days,
                "values": [sheet, lines.first, at, lines.last, at],
                "line": {"color": _TARGET_LINE, "width": 2, "dash_type": "dash"},
                "marker": {
                    "type": "diamond",
                    "size": 5,
                    "fill": {"color": _TARGET_LINE},
                    "border": {"color": _TARGET_LINE},
                }
                if lines.first == lines.last
                else {"type": "none"},
            }
        )
    chart.set_title({"none": True})
    chart.set_legend({"position": legend, "font": font})
    grid = {"major_gridlines": {"visible": True, "line": {"color": RULE}}}
    chart.set_y_axis({"num_font": font, "line": {"none": True}, "num_format": "General", **grid})
    chart.set_x_axis({"num_font": font, "line": {"color": SOFT_INK}, **_days_of(book, trend)})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": size[0], "height": size[1]})
    about = printable(shortened(f"{trend.measure.id} {trend.measure.text}", _LONGEST))
    page.sheet.insert_chart(
        row, column, chart, {"x_offset": 8, "y_offset": 4, "description": about, "object_position": 2}
    )


def _days_of(book: SessionBook, trend: Trend) -> dict[str, Any]:
    """The axis of the days: to scale, with some months named; a few days that are close together are named each."""
    first, last = trend.points[0].day, trend.points[-1].day
    months = 12 * (last.year - first.year) + last.month - first.month
    if months < 2:
        return {"num_format": book.word(_DAYS), "text_axis": True}
    steps = {"major_unit": ceil(months / _LABELS), "major_unit_type": "months"}
    return {"num_format": book.word(_MONTHS), "date_axis": True, **steps}


def _edges(trend: Trend) -> tuple[tuple[Text, int], ...]:
    if trend.measure.target is None:
        return ()
    if trend.upper is None:
        return ((_TARGET, _TARGET_COLUMN),)
    return ((_LOWER, _TARGET_COLUMN), (_UPPER, _UPPER_COLUMN))
