"""A table of the plan as one HTML page: a single file without scripts or anything from elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from ogsm_xl.letters.wording import day_in_words, number
from ogsm_xl.plan.words import Language, TrafficLight
from ogsm_xl.rhythm.report import Column, Shape, Table, Value

_MARKS = {TrafficLight.RED: "■", TrafficLight.ORANGE: "▲", TrafficLight.GREEN: "●"}


def report_page(table: Table, *, title: str, language: Language) -> str:
    """The page, as the text of an HTML file. Every text of the plan is escaped."""
    rows = [
        [_said(value, column, language) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return _template().render(
        title=title,
        language=language.value,
        headings=[column.heading.in_(language) for column in table.columns],
        rows=rows,
    )


def _said(value: Value, column: Column, language: Language) -> tuple[str, str]:
    """The value in words, and its class in the style sheet."""
    match value:
        case None:
            return "", ""
        case TrafficLight():
            return f"{_MARKS[value]} {value.word(language)}", value.key
        case datetime():
            return f"{day_in_words(value.date(), language)} {value:%H:%M}", "day"
        case date():
            return day_in_words(value, language), "day"
        case int() | float():
            if column.shape is Shape.SHARE:
                return f"{value:.0%}", "number"
            return number(value, language), "number"
        case str():
            return value, "long" if column.shape is Shape.LONG_TEXT else ""
        case _:
            return value.word(language), ""


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(
        files("ogsm_xl.letters.pages").joinpath("report.html.j2").read_text("utf-8")
    )
