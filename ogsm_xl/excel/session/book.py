"""What every sheet of a session workbook needs: the plan, what the session shows of it, and the words and looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from ogsm_xl.excel.house_style import LIGHT_LOOKS, SOFT_INK, UNKNOWN_LOOK, Look, Styles, number_format
from ogsm_xl.excel.layout import Kind
from ogsm_xl.letters.plan_link import file_link, is_web_address, web_link
from ogsm_xl.letters.wording import day_in_words
from ogsm_xl.plan.cells import CellRef, RowRef, quoted_sheet
from ogsm_xl.plan.model import Action, Goal, Item, Plan, Strategy
from ogsm_xl.plan.words import Language, Text, TrafficLight
from ogsm_xl.rhythm.agenda import Agenda
from ogsm_xl.rhythm.changes import PlanChanges
from ogsm_xl.rhythm.process_status import ProcessStatus
from ogsm_xl.rhythm.reviews import Review

COVER: Final = Text("Voorblad", "Cover")
DISCUSS: Final = Text("Bespreken", "To discuss")
DONE: Final = Text("Afgerond sinds vorige keer", "Done since last time")
BOARD: Final = Text("Actieplan", "Action plan")
REPORTS: Final = Text("Alle verslagen", "All reports")
WHO: Final = Text("Wie heeft gerapporteerd", "Who reported")
STRATEGIES: Final = Text("Strategieën", "Strategies")
RESULTS: Final = Text("Resultaten", "Results")
EVALUATION: Final = Text("Evaluatie", "Evaluation")
NEW_ACTIONS: Final = Text("Nieuwe acties", "New actions")
PRIORITIES: Final = Text("Prioriteiten", "Priorities")
DASHBOARD: Final = Text("Dashboard", "Dashboard")
BEHIND: Final = Text("Loopt achter", "Behind schedule")
YEAR: Final = Text("Het jaar", "The year")
FACTORS: Final = Text("Sterk, kwetsbaar, kans, risico", "Strengths to risks")
AROUND: Final = Text("Omgeving en scenario's", "Environment and scenarios")
ACTIONS_NEXT: Final = Text("1 Acties bijwerken", "1 Update actions")
CHOICES_NEXT: Final = Text("2 Keuzes bijwerken", "2 Update choices")
MEASURES_NEXT: Final = Text("3 Dashboard bijwerken", "3 Update dashboard")
CHANGES: Final = Text("Wijzigingen", "Changes")
MEASUREMENTS: Final = Text("Metingen", "Measurements")
LISTS: Final = Text("Lijsten", "Lists")

PLAN_TIP: Final = Text("Naar de regel in het plan", "To the row in the plan")
NO_STRATEGY: Final = Text("Zonder strategie", "Without a strategy")
NO_OWNER: Final = Text("Geen eigenaar", "No owner")
NO_TEXT: Final = Text("(zonder tekst)", "(without text)")
LIGHT_ORDER: Final = (TrafficLight.RED, TrafficLight.ORANGE, None, TrafficLight.GREEN)
"""The order in which lights are shown: what needs attention first."""

_LONGEST_LINK: Final = 2000  # a little less than Excel takes
_UNKNOWN: Final = Text("Onbekend", "Unknown")


_UNSEEN: Final = PlanChanges()


@dataclass(frozen=True)
class SessionBook:
    """The session workbook that is being written; `plan_address` is where the plan is: a web address, a path, or ""."""

    workbook: Workbook
    styles: Styles
    plan: Plan
    agenda: Agenda
    status: ProcessStatus
    language: Language
    now: datetime
    plan_address: str = ""
    review: Review = None
    changes: PlanChanges = _UNSEEN

    def word(self, text: Text) -> str:
        """A text in the workbook's language."""
        return text.in_(self.language)

    def sheet(self, name: Text) -> Any:
        """The worksheet with this name."""
        return self.workbook.get_worksheet_by_name(self.word(name))

    def light(self, light: TrafficLight | None) -> str:
        """A light as it is always shown: its shape and its word; blank means unknown."""
        word = light.word(self.language) if light else self.word(_UNKNOWN)
        return f"{look_of(light).mark} {word}"

    def counted_lights(self, counts: Mapping[TrafficLight | None, int]) -> str:
        """How many there are of each light, in one line; lights that do not occur are left out."""
        found = [(light, counts.get(light, 0)) for light in LIGHT_ORDER]
        return "     ".join(f"{self.light(light)}: {count}" for light, count in found if count)

    def day(self, day: date) -> str:
        """A day within a text, as the date cells show it."""
        if self.language is Language.NL:
            return f"{day:%d-%m-}{day.year:04}"
        number, month, year = day_in_words(day, self.language).split()
        return f"{number} {month[:3]} {year}"

    @property
    def date_format(self) -> str:
        """How date cells look, in Excel's notation."""
        return number_format(Kind.DATE, self.language)

    def owner(self, action: Action) -> str:
        """The action's owner as it is shown."""
        return " ".join(action.owner.split()) or self.word(NO_OWNER)

    def title(self, item: Action | Strategy) -> str:
        """An item's number and text on one line."""
        return f"{item.id}   {' '.join(item.text.split()) or self.word(NO_TEXT)}"

    def plan_link(self, item: Item | Goal) -> str:
        """The address of the item's row in the plan, as XlsxWriter takes it; "" where that is not known."""
        row: RowRef | None = item.row
        if row is None or not self.plan_address:
            return ""
        cell = row.cell("text")
        if is_web_address(self.plan_address):
            link = web_link(self.plan_address, cell)
        else:
            link = file_link(self.plan_address, cell)
        return link if len(link) <= _LONGEST_LINK else ""

    def link(self, sheet: Text, row: int = 0, column: int = 0) -> str:
        """The address of a cell of this workbook, as XlsxWriter takes it; row and column counted from 0."""
        return f"internal:{quoted_sheet(self.word(sheet))}!{CellRef('', row + 1, column + 1).address}"


def shortened(text: str, most: int) -> str:
    """The text on one line, cut at a word where it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head, _, rest = line[: most - 1].rpartition(" ")
    return (head if len(head) > most // 2 else f"{head} {rest}".strip()) + "…"


def look_of(light: TrafficLight | None) -> Look:
    """How a light looks, also one that is unknown."""
    return LIGHT_LOOKS[light] if light else UNKNOWN_LOOK


def light_style(book: SessionBook, light: TrafficLight | None, points: float, **more: Any) -> Any:
    """A cell filled with the colour of a light; unknown is outlined instead."""
    look = look_of(light)
    properties: dict[str, Any] = {
        "font_size": points,
        "font_color": look.ink,
        "bold": True,
        "italic": look.italic,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    }
    if look.fill:
        properties["bg_color"] = look.fill
    else:
        properties |= {"border": 4, "border_color": SOFT_INK}
    return book.styles.format(**{**properties, **more})


def strategy_of(plan: Plan, action: Action) -> Strategy | None:
    """The strategy that an action is listed under: its first, if that is in the plan."""
    found = plan.item(action.strategies[0]) if action.strategies else None
    return found if isinstance(found, Strategy) else None
