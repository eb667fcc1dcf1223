"""What may be typed in a cell of a plan workbook: dropdowns, checks, and what Excel says about them.

Closed lists, dates and numbers are held to; names and IDs that the workbook doesn't know yet only raise a question,
so that somebody can write down an action before its owner is on the People sheet. Every column explains itself
as soon as one of its cells is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from ogsm_xl.excel.layout import (
    ACTIONS,
    GOALS,
    INDICATORS,
    OBJECTIVE,
    PEOPLE,
    SESSIONS,
    STRATEGIES,
    Column,
    Kind,
    Table,
)
from ogsm_xl.excel.templates.template_parts import FIRST_ROW, choice_name, column_index, column_name
from ogsm_xl.plan.cells import column_letters
from ogsm_xl.plan.words import (
    Direction,
    EvaluationSubject,
    FactorKind,
    ItemKind,
    Language,
    ReportSource,
    Role,
    SessionKind,
    Status,
    StrategyKind,
    Text,
    TrafficLight,
    Word,
    YesNo,
)

CLOSED_LISTS: Final[Mapping[Kind, type[Word]]] = {
    Kind.STATUS: Status,
    Kind.LIGHT: TrafficLight,
    Kind.ROLES: Role,
    Kind.DIRECTION: Direction,
    Kind.STRATEGY_KIND: StrategyKind,
    Kind.SESSION_KIND: SessionKind,
    Kind.YES_NO: YesNo,
    Kind.ITEM_KIND: ItemKind,
    Kind.SOURCE: ReportSource,
    Kind.FACTOR_KIND: FactorKind,
    Kind.SUBJECT: EvaluationSubject,
}
"""The kinds of which a cell holds one word (of roles: or more) of a closed list. `Kind.LANGUAGE` is one, too."""

_FIRST_DAY: Final = date(2000, 1, 1)
_LAST_DAY: Final = date(2100, 12, 31)

_NOT_IN_LIST = Text(
    "Kies een woord uit de lijst: klik op het pijltje naast de cel. Leegmaken mag ook.",
    "Choose a word from the list: click the arrow beside the cell. Blank is fine, too.",
)
_NOT_A_DATE = Text("Typ een datum, zoals 31-12-2026.", "Type a date, such as 31 Dec 2026.")
_BEFORE = Text(
    "Typ een datum, zoals 31-12-2026, die niet vóór ‘{other}’ ligt.",
    "Type a date, such as 31 Dec 2026, that is not before “{other}”.",
)
_NOT_A_TIME = Text("Typ een tijd, zoals 10:00.", "Type a time, such as 10:00.")
_NOT_MINUTES = Text(
    "Typ de lengte als heel aantal minuten, zoals 60.",
    "Type the length as a whole number of minutes, such as 60.",
)
_NOT_A_PERCENTAGE = Text(
    "Typ een percentage van 0% tot en met 100%, zoals 60%.", "Type a percentage from 0% to 100%, such as 60%."
)
_NOT_A_NUMBER = Text(
    "Typ alleen het getal, zonder eenheid of tekst. De eenheid staat in een eigen kolom.",
    "Type the number alone, without unit or text. The unit has its own column.",
)
_UNKNOWN_PERSON = Text(
    "Deze naam staat niet op het blad Personen, en kan dus geen mail krijgen. Zet de naam daar ook neer.",
    "This name is not on the People sheet, so it can't get mail. Add the name there as well.",
)
_UNKNOWN_ID = Text(
    "Dit nummer komt in het plan niet voor. Controleer of het klopt.",
    "This number does not occur in the plan. Check whether it is right.",
)
_DOUBLE_ID = Text(
    "Dit ID bestaat al. Maak de cel leeg: een nieuw ID wordt vanzelf ingevuld.",
    "This ID is taken. Clear the cell: a new ID is filled in for you.",
)
_NOT_AN_ADDRESS = Text(
    "Dit lijkt geen e-mailadres. Typ één adres, zoals naam@voorbeeld.nl.",
    "This does not look like an email address. Type one address, such as name@example.org.",
)

_REFERRED_TO: Final[Mapping[Kind, Table]] = {
    Kind.PERSON: PEOPLE,
    Kind.STRATEGIES: STRATEGIES,
    Kind.GOALS: GOALS,
    Kind.SESSION: SESSIONS,
}
_SEVERAL_ALLOWED: Final = frozenset({Kind.ROLES, Kind.STRATEGIES, Kind.GOALS})
_NOT_BEFORE: Final[Mapping[str, str]] = {"deadline": "start", "absent_until": "absent_from"}


def list_name(kind: Kind) -> str:
    """The defined name of a closed list: `List_status`."""
    return f"List_{kind.name.lower()}"


def closed_list(kind: Kind, language: Language) -> tuple[str, ...]:
    """The words of a closed list; empty where the kind has none."""
    if kind is Kind.LANGUAGE:
        return tuple(each.value for each in Language)
    return tuple(word.word(language) for word in CLOSED_LISTS.get(kind, ()))


def validation(table: Table, column: Column, language: Language) -> dict[str, Any]:
    """XlsxWriter's options for the data cells of a column: what may be typed, and its help."""
    return {
        "input_title": column.heading.in_(language)[:32],
        "input_message": column.help.in_(language),
        **_check(table, column, language),
    }


def _check(table: Table, column: Column, language: Language) -> dict[str, Any]:
    match column.kind:
        case kind if kind in CLOSED_LISTS or kind is Kind.LANGUAGE:
            return _choice(column, f"={list_name(kind)}", _NOT_IN_LIST, "stop", language)
        case Kind.PERSON:
            return _choice(column, _referred(PEOPLE), _UNKNOWN_PERSON, "warning", language)
        case Kind.STRATEGIES | Kind.GOALS | Kind.SESSION as kind:
            return _choice(column, _referred(_REFERRED_TO[kind]), _UNKNOWN_ID, "warning", language)
        case Kind.ITEM:
            return _item(table, column, language)
        case Kind.ID:
            name, cell = column_name(table, column.field), _first_cell(table, column.field)
            return _held_to(f"=COUNTIF({name},{cell})=1", _DOUBLE_ID, "stop", column, language)
        case Kind.MAIL:
            cell = _first_cell(table, column.field)
            return _held_to(
                f'=ISNUMBER(SEARCH("?@?*.?*",{cell}))', _NOT_AN_ADDRESS, "warning", column, language
            )
        case Kind.DATE | Kind.DATE_TIME:
            return _date(table, column, language)
        case Kind.TIME:
            return _between("time", (time(0, 0), time(23, 59, 59)), _NOT_A_TIME, column, language)
        case Kind.MINUTES:
            return _between("integer", (1, 14400), _NOT_MINUTES, column, language)
        case Kind.PERCENT:
            return _between("decimal", (0, 1), _NOT_A_PERCENTAGE, column, language)
        case Kind.NUMBER:
            return _between("decimal", (-1e15, 1e15), _NOT_A_NUMBER, column, language)
        case _:
            return {"validate": "any"}


def _referred(table: Table) -> str:
    return "=" + choice_name(table, table.columns[0].field)


def _choice(column: Column, source: str, message: Text, severity: str, language: Language) -> dict[str, Any]:
    if column.kind in _SEVERAL_ALLOWED:
        return {"validate": "list", "source": source, "show_error": False}
    return {"validate": "list", "source": source, **_error(column, message, severity, language)}


def _item(table: Table, column: Column, language: Language) -> dict[str, Any]:
    """An indicator or goal for a measurement: choose; any item for a decision or report: must exist."""
    if table.name == "Measurements":
        return _choice(column, _referred(INDICATORS), _UNKNOWN_ID, "warning", language)
    cell = _first_cell(table, column.field)
    tables = (OBJECTIVE, GOALS, STRATEGIES, INDICATORS, ACTIONS)
    known = "+".join(f"COUNTIF({column_name(other, 'id')},{cell})" for other in tables)
    return _held_to(f"={known}>0", _UNKNOWN_ID, "warning", column, language)


def _date(table: Table, column: Column, language: Language) -> dict[str, Any]:
    earlier = _NOT_BEFORE.get(column.field)
    if earlier is None or all(other.field != earlier for other in table.columns):
        return _between("date", (_FIRST_DAY, _LAST_DAY), _NOT_A_DATE, column, language)
    message = _BEFORE.filled(other=table.column(earlier).heading)
    return {
        "validate": "date",
        "criteria": ">=",
        "value": f"=MAX({_first_cell(table, earlier)},DATE({_FIRST_DAY.year},1,1))",
        **_error(column, message, "stop", language),
    }


def _between(
    validate: str, limits: tuple[Any, Any], message: Text, column: Column, language: Language
) -> dict[str, Any]:
    return {
        "validate": validate,
        "criteria": "between",
        "minimum": limits[0],
        "maximum": limits[1],
        **_error(column, message, "stop", language),
    }


def _held_to(
    formula: str, message: Text, severity: str, column: Column, language: Language
) -> dict[str, Any]:
    return {"validate": "custom", "value": formula, **_error(column, message, severity, language)}


def _error(column: Column, message: Text, severity: str, language: Language) -> dict[str, Any]:
    return {
        "error_type": severity,
        "error_title": column.heading.in_(language)[:32],
        "error_message": message.in_(language),
    }


def _first_cell(table: Table, field: str) -> str:
    """The column's first data cell, relative in its row as checks need it: `$F5`."""
    return f"${column_letters(column_index(table, field) + 1)}{FIRST_ROW + 1}"
