"""What the session can choose from while it types: people, strategies, days; and the lists behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from ogsm_xl.excel.session.book import LISTS, SessionBook, shortened
from ogsm_xl.excel.session.page import write_text
from ogsm_xl.plan.cells import column_letters, quoted_sheet
from ogsm_xl.plan.model import Plan, Strategy
from ogsm_xl.plan.words import Text

PEOPLE: Final = "Discuss_people"
STRATEGIES: Final = "Choose_strategy"
SESSION: Final = "Session_id"
"""The name of the cells that say which session the workbook is of: its ID, its day, and the objective of its plan."""
AS_TYPED: Final = "@"
"""The number format of cells for text: `- Anna belt` stays what was typed, and becomes no formula."""
_LONGEST: Final = 100  # characters of a strategy in a list to choose from

_NO_DATE = Text("Vul een datum in, zoals 31-10-2026.", "Enter a date, such as 31-10-2026.")
_NO_PERSON = Text(
    "Deze naam staat niet bij de personen van het plan. Toch gebruiken?",
    "This name is not among the people of the plan. Use it all the same?",
)
_NO_STRATEGY = Text(
    "Deze strategie staat niet in het plan. Toch gebruiken?",
    "This strategy is not in the plan. Use it all the same?",
)


def write_lists(book: SessionBook) -> None:
    """Write the names and strategies that can be chosen, on a sheet of their own that need not be seen."""
    names = list(dict.fromkeys(person.name for person in book.plan.people if person.name))
    strategies = [as_chosen(strategy) for strategy in book.plan.strategies]
    _write_list(book, 0, PEOPLE, names)
    _write_list(book, 1, STRATEGIES, strategies)
    session = book.agenda.session
    _write_list(book, 2, SESSION, [session.id, session.date.isoformat(), objective_of(book.plan)])
    book.sheet(LISTS).hide()


def as_chosen(strategy: Strategy) -> str:
    """A strategy as it stands in the list to choose from."""
    return shortened(f"{strategy.id} {strategy.text}", _LONGEST)


def objective_of(plan: Plan) -> str:
    """What a plan is known by, in a workbook of one of its sessions."""
    return shortened(" ".join((plan.objective.text if plan.objective else "").split()), _LONGEST)


def _write_list(book: SessionBook, column: int, name: str, choices: Sequence[str]) -> None:
    for row, choice in enumerate(choices):
        write_text(book.sheet(LISTS), row, column, choice, book.styles.format())
    letters = column_letters(column + 1)
    where = f"{quoted_sheet(book.word(LISTS))}!${letters}$1:${letters}${max(len(choices), 1)}"
    book.workbook.define_name(name, f"={where}")


def a_day(book: SessionBook) -> dict[str, Any]:
    """The rule of a cell for a day; something else is taken after a warning."""
    message = book.word(_NO_DATE)
    return {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1), **_warning(message)}


def a_person(book: SessionBook) -> dict[str, Any]:
    """The rule of a cell for one of the people; another name is taken after a warning."""
    return {"validate": "list", "source": f"={PEOPLE}", **_warning(book.word(_NO_PERSON))}


def a_strategy(book: SessionBook) -> dict[str, Any]:
    """The rule of a cell for one of the strategies; another is taken after a warning."""
    return {"validate": "list", "source": f"={STRATEGIES}", **_warning(book.word(_NO_STRATEGY))}


def one_of(book: SessionBook, words: Sequence[Text]) -> dict[str, Any]:
    """The rule of a cell for one of a few words."""
    return {"validate": "list", "source": [book.word(word) for word in words]}


def _warning(message: str) -> dict[str, Any]:
    return {"error_message": message, "error_type": "warning", "error_title": "OGSM"}
