"""The OGSM on one page: objective, goals, and per strategy its indicators and its actions.

Everything on it is a formula on the tables, so that it is right as soon as a table changes. Every line of the lower
half works out from the hidden workings what it shows; unused lines stay blank. Each formula is written together with
the value that it has now, for viewers that don't recalculate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ogsm_xl.excel.house_style import (
    LIGHT_LOOKS,
    NAVY,
    PAPER,
    RULE,
    SOFT_INK,
    UNKNOWN_LOOK,
    Range,
)
from ogsm_xl.excel.layout import (
    ACTIONS,
    GOALS,
    INDICATORS,
    OBJECTIVE,
    PEOPLE,
    REPORTS,
    STRATEGIES,
    Kind,
    Table,
)
from ogsm_xl.excel.templates import workings_sheet as workings
from ogsm_xl.excel.templates.overview_lines import MORE, MOST_LINES, Block, Line, blocks, lines
from ogsm_xl.excel.templates.template_parts import GUIDE, OVERVIEW, Book, column_name, stored_result
from ogsm_xl.plan.cells import column_letters, quoted_sheet
from ogsm_xl.plan.model import Action, Goal, Indicator, Strategy
from ogsm_xl.plan.words import Direction, Language, Role, Status, Text, TrafficLight

# Columns, counted from 0; I is a gap, A a margin.
_ID, _TEXT, _OWNER, _ACTUAL, _TARGET, _UNIT, _LIGHT = range(1, 8)
_A_ID, _A_TEXT, _A_OWNER, _A_DEADLINE, _A_STATUS, _A_PROGRESS, _A_LIGHT = range(9, 16)
_WIDTHS: Final = (1.5, 5.5, 58, 18, 11, 15, 13, 13, 1.5, 5.5, 56, 18, 13, 14, 12, 13)
# Hidden columns to the right of the page: what each line shows.
_NUMBER, _BLOCK, _WITHIN, _STRATEGY, _INDICATOR, _ACTION = range(17, 23)

_TITLE_ROW, _LABEL_ROW, _OBJECTIVE_ROW, _GOALS_HEADER = 0, 1, 2, 4
_FEWEST_GOALS, _MOST_GOALS = 5, 12
_FEWEST_LINES, _SPARE_LINES, _MOST_LINES_IN_ALL = 30, 4, 200
_ROW_HEIGHT: Final = 26  # two lines of text

_UNKNOWN = Text("Onbekend", "Unknown")
_STRATEGY_FILL: Final = "#E3E9F0"
_A3: Final = 8
_THIN: Final = {
    "bottom": 1,
    "bottom_color": RULE,
}  # in every rule: LibreOffice applies only the first that holds

Cached = str | float


@dataclass(frozen=True, slots=True)
class _Page:
    """The sheet being written, and how far down its parts reach."""

    book: Book
    sheet: Any
    goals: int
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]

    @property
    def first_line(self) -> int:
        """The row of the first line of the lower half."""
        return _GOALS_HEADER + self.goals + 3

    @property
    def last_line(self) -> int:
        """The row of its last line."""
        return self.first_line + len(self.lines) - 1

    def formula(self, row: int, column: int, formula: str, style: Any, now: Cached) -> None:
        """Write a formula with the value that it has now."""
        value = stored_result(now) if isinstance(now, str) else now
        self.sheet.write_formula(row, column, formula, style, value)

    def merged(self, row: int, columns: tuple[int, int], formula: str, style: Any, now: Cached) -> None:
        """Write a formula into cells that are merged into one."""
        self.sheet.merge_range(row, columns[0], row, columns[1], None, style)
        self.formula(row, columns[0], formula, style, now)


def write_overview(book: Book) -> None:
    """Write the OGSM sheet."""
    found = tuple(block for block in blocks(book.plan) if block.position <= workings.MOST_STRATEGIES)
    needed = sum(block.height for block in found)
    count = min(_MOST_LINES_IN_ALL, max(_FEWEST_LINES, needed + _SPARE_LINES))
    goals = min(_MOST_GOALS, max(_FEWEST_GOALS, len(book.plan.goals) + 1))
    page = _Page(book, book.sheet(OVERVIEW), goals, lines(found, count), found)
    for column, width in enumerate(_WIDTHS):
        page.sheet.set_column(column, column, width, book.styles.format())
    page.sheet.set_column(_NUMBER, _ACTION, 6, book.styles.format(font_color=SOFT_INK), {"hidden": True})
    _write_title(page)
    _write_objective(page)
    _write_goals(page)
    _write_panel(page)
    _write_headings(page)
    for index, line in enumerate(page.lines):
        _write_line(page, index, line)
    _write_legend(page)
    _colour_lines(page)
    _set_view_and_print(page)


def _write_title(page: _Page) -> None:
    book, plan = page.book, page.book.plan
    page.sheet.set_row(_TITLE_ROW, 34)
    organisation, period = _first(OBJECTIVE, "organisation"), _first(OBJECTIVE, "period")
    parts = [plan.objective.organisation, plan.objective.period] if plan.objective else []
    page.merged(
        _TITLE_ROW,
        (_ID, _LIGHT),
        f'="OGSM"&IF({organisation}="",""," · "&{organisation})&IF({period}="",""," · "&{period})',
        book.styles.title(font_size=22),
        " · ".join(["OGSM", *filter(None, parts)]),
    )
    label = book.styles.intro(align="right")
    latest = Text("Laatste verslag:", "Latest report:")
    page.sheet.merge_range(_TITLE_ROW, _A_DEADLINE, _TITLE_ROW, _A_STATUS, "", label)
    page.sheet.write_string(_TITLE_ROW, _A_DEADLINE, book.word(latest), label)
    made = f"MAX({column_name(REPORTS, 'made_at')})"
    days = [_serial(report.made_at.date()) for report in plan.reports if report.made_at]
    page.formula(
        _TITLE_ROW,
        _A_PROGRESS,
        f'=IF({made}=0,"–",INT({made}))',
        book.styles.cell(Kind.DATE, bottom=0, align="left", valign="vcenter", text_wrap=False),
        max(days, default="–"),
    )
    target = f"internal:{quoted_sheet(book.word(GUIDE))}!A1"
    link = book.styles.link(align="right")
    page.sheet.write_url(_TITLE_ROW, _A_LIGHT, target, link, f"← {book.word(GUIDE)}")


def _write_objective(page: _Page) -> None:
    book, objective = page.book, page.book.plan.objective
    label = book.styles.format(
        font_size=8, bold=True, font_color="#B8C7D6", bg_color=NAVY, valign="vcenter", indent=1
    )
    page.sheet.set_row(_LABEL_ROW, 16)
    page.sheet.set_row(_OBJECTIVE_ROW, 48)
    for column in range(_ID, _A_LIGHT + 1):
        page.sheet.write_blank(_LABEL_ROW, column, None, label)
    captions = (
        (_ID, OBJECTIVE.sheet),
        (_A_OWNER, Text("Eigenaar", "Owner")),
        (_A_PROGRESS, Text("Verkeerslicht", "Traffic light")),
    )
    for column, caption in captions:
        page.sheet.write_string(_LABEL_ROW, column, book.word(caption).upper(), label)
    style = {"font_color": PAPER, "bg_color": NAVY, "valign": "vcenter", "text_wrap": True, "indent": 1}
    text, owner, light = (_first(OBJECTIVE, field) for field in ("text", "owner", "light"))
    missing = book.word(
        Text("Schrijf de ambitie op het blad Ambitie.", "Write the objective on the Objective sheet.")
    )
    page.merged(
        _OBJECTIVE_ROW,
        (_ID, _A_TEXT),
        f'=IF({text}="","{missing}",{text}&"")',
        book.styles.format(font_size=16, bold=True, **style),
        (objective.text if objective else "") or missing,
    )
    names, roles = column_name(PEOPLE, "name"), column_name(PEOPLE, "roles")
    role = Role.OGSM_OWNER.word(book.language)
    page.merged(
        _OBJECTIVE_ROW,
        (_A_OWNER, _A_STATUS),
        f'=IF({owner}<>"",{owner}&"",IFERROR(INDEX({names},MATCH("*{role}*",{roles},0))&"",""))',
        book.styles.format(font_size=12, **style),
        _objective_owner(book),
    )
    page.merged(
        _OBJECTIVE_ROW,
        (_A_PROGRESS, _A_LIGHT),
        f'=IF({light}="","–",{light}&"")',
        book.styles.format(font_size=12, bold=True, **style),
        _word(objective.light if objective else None, book) or "–",
    )
    book.styles.colour_lights(page.sheet, (_OBJECTIVE_ROW, _A_PROGRESS, _OBJECTIVE_ROW, _A_LIGHT))
    page.sheet.set_row(_OBJECTIVE_ROW + 1, 9)


def _objective_owner(book: Book) -> str:
    plan = book.plan
    if plan.objective and plan.objective.owner:
        return plan.objective.owner
    return next((person.name for person in plan.people_with(Role.OGSM_OWNER)), "")


def _write_goals(page: _Page) -> None:
    book = page.book
    _write_header(page, _GOALS_HEADER, (_ID, _TEXT), GOALS.sheet)
    headings = ("target_date", "actual", "target", "unit", "light")
    for column, field in enumerate(headings, start=_OWNER):
        _write_heading(page, _GOALS_HEADER, column, GOALS.column(field).heading)
    for index in range(page.goals):
        goal = book.plan.goals[index] if index < len(book.plan.goals) else None
        _write_goal(page, _GOALS_HEADER + 1 + index, index + 1, goal)
    cells = (_GOALS_HEADER + 1, _LIGHT, _GOALS_HEADER + page.goals, _LIGHT)
    book.styles.colour_lights(page.sheet, cells)
    for column in (_ACTUAL, _TARGET):
        first = f"${column_letters(column + 1)}{_GOALS_HEADER + 2}"
        cells = (_GOALS_HEADER + 1, column, _GOALS_HEADER + page.goals, column)
        book.styles.group_thousands(page.sheet, cells, first)
    page.sheet.set_row(_GOALS_HEADER + page.goals + 1, 9)


def _write_goal(page: _Page, row: int, position: int, goal: Goal | None) -> None:
    book = page.book
    page.sheet.set_row(row, _ROW_HEIGHT)
    styles = _line_styles(book, bottom=1, bottom_color=RULE)
    _write_link(page, row, _ID, GOALS, str(position), styles["id"], goal.id if goal else "")
    values = ((_TEXT, "text", "text"), (_UNIT, "unit", "unit"))
    for column, field, style in values:
        formula = f'=INDEX({column_name(GOALS, field)},{position + 1})&""'
        page.formula(row, column, formula, styles[style], getattr(goal, field, ""))
    numbers = ((_OWNER, "target_date", "date"), (_ACTUAL, "actual", "number"), (_TARGET, "target", "number"))
    for column, field, style in numbers:
        cell = f"INDEX({column_name(GOALS, field)},{position + 1})"
        page.formula(
            row, column, f'=IF({cell}="","",{cell})', styles[style], _number(getattr(goal, field, None))
        )
    light = f'=INDEX({column_name(GOALS, "light")},{position + 1})&""'
    page.formula(row, _LIGHT, light, styles["light"], _word(goal.light if goal else None, book))


def _write_panel(page: _Page) -> None:
    """How many of each light there are, and how many actions of each status."""
    book = page.book
    _write_header(page, _GOALS_HEADER, (_A_ID, _A_TEXT), Text("Stand van zaken", "Where we stand"))
    for column, light in enumerate(TrafficLight, start=_A_OWNER):
        style = book.styles.look(LIGHT_LOOKS[light], bold=True, align="center", valign="vcenter")
        page.sheet.write_string(_GOALS_HEADER, column, light.word(book.language), style)
    _write_heading(page, _GOALS_HEADER, _A_PROGRESS, _UNKNOWN)
    _write_heading(page, _GOALS_HEADER, _A_LIGHT, Text("Totaal", "Total"))
    running = Text("Acties (mee bezig)", "Actions (in progress)")
    busy = Status.IN_PROGRESS.word(book.language)
    condition = f',{column_name(ACTIONS, "status")},"{busy}"'
    plan = book.plan
    active = tuple(action for action in plan.actions if action.status is Status.IN_PROGRESS)
    rows: tuple[tuple[Text, Table, str, Any], ...] = (
        (GOALS.sheet, GOALS, "", plan.goals),
        (STRATEGIES.sheet, STRATEGIES, "", plan.strategies),
        (INDICATORS.sheet, INDICATORS, "", plan.indicators),
        (running, ACTIONS, condition, active),
    )
    for row, (label, table, only, items) in enumerate(rows, start=_GOALS_HEADER + 1):
        _write_counts(page, row, label, table, only, [item.light for item in items if item.text])
    _write_status_counts(page, _GOALS_HEADER + 1 + len(rows))


def _write_counts(
    page: _Page, row: int, label: Text, table: Table, only: str, lights: list[TrafficLight | None]
) -> None:
    book = page.book
    plain = {"valign": "vcenter", "bottom": 1, "bottom_color": RULE}
    number = book.styles.format(align="center", font_size=11, **plain)
    page.sheet.merge_range(row, _A_ID, row, _A_TEXT, "", book.styles.format(bold=True, indent=1, **plain))
    page.sheet.write_string(row, _A_ID, book.word(label), book.styles.format(bold=True, indent=1, **plain))
    for column, light in enumerate(TrafficLight, start=_A_OWNER):
        formula = f'=COUNTIFS({column_name(table, "light")},"{light.word(book.language)}"{only})'
        page.formula(row, column, formula, number, lights.count(light))
    first, last, total = (
        f"{column_letters(column + 1)}{row + 1}" for column in (_A_OWNER, _A_STATUS, _A_LIGHT)
    )
    page.formula(row, _A_PROGRESS, f"={total}-SUM({first}:{last})", number, lights.count(None))
    # The heading of the column is a text, too; with a condition on the status it drops out by itself.
    heading = "" if only else "-1"
    count = f'=COUNTIFS({column_name(table, "text")},"?*"{only}){heading}'
    bold = book.styles.format(align="center", font_size=11, bold=True, **plain)
    page.formula(row, _A_LIGHT, count, bold, len(lights))


def _write_status_counts(page: _Page, row: int) -> None:
    book = page.book
    style = book.styles.format(align="center", valign="vcenter", text_wrap=True)
    label = Text("Acties naar status", "Actions by status")
    page.sheet.merge_range(
        row, _A_ID, row, _A_TEXT, "", book.styles.format(bold=True, indent=1, valign="vcenter")
    )
    page.sheet.write_string(
        row, _A_ID, book.word(label), book.styles.format(bold=True, indent=1, valign="vcenter")
    )
    for column, status in enumerate(Status, start=_A_OWNER):
        word = status.word(book.language)
        count = sum(action.status is status for action in book.plan.actions)
        formula = f'="{word}: "&COUNTIF({column_name(ACTIONS, "status")},"{word}")'
        page.formula(row, column, formula, style, f"{word}: {count}")


def _write_headings(page: _Page) -> None:
    row = page.first_line - 1
    both = Text("Strategieën en hun indicatoren", "Strategies and their indicators")
    _write_header(page, row, (_ID, _TEXT), both)
    for column, field in enumerate(("owner", "actual", "target", "unit", "light"), start=_OWNER):
        _write_heading(page, row, column, INDICATORS.column(field).heading)
    _write_header(page, row, (_A_ID, _A_TEXT), ACTIONS.sheet)
    for column, field in enumerate(("owner", "deadline", "status", "progress", "light"), start=_A_OWNER):
        _write_heading(page, row, column, ACTIONS.column(field).heading)


def _write_header(page: _Page, row: int, columns: tuple[int, int], text: Text) -> None:
    style = page.book.styles.header(font_size=12, indent=1, left=0)
    page.sheet.set_row(row, 21)
    page.sheet.merge_range(row, columns[0], row, columns[1], "", style)
    page.sheet.write_string(row, columns[0], page.book.word(text), style)


def _write_heading(page: _Page, row: int, column: int, text: Text) -> None:
    align = {"align": "left", "indent": 1} if text == ACTIONS.column("owner").heading else {"align": "center"}
    page.sheet.write_string(row, column, page.book.word(text), page.book.styles.header(left=0, **align))


def _write_line(page: _Page, index: int, line: Line) -> None:
    row = page.first_line + index
    page.sheet.set_row(row, _ROW_HEIGHT)
    _write_positions(page, row, index + 1, line)
    _write_left(page, row, line)
    _write_right(page, row, line)


def _write_positions(page: _Page, row: int, number: int, line: Line) -> None:
    """The hidden cells: which block this line belongs to, and which strategy, indicator and action it shows."""
    n, block, within = (_at(row, column) for column in (_NUMBER, _BLOCK, _WITHIN))
    style = page.book.styles.format(font_color=SOFT_INK)
    page.sheet.write_number(row, _NUMBER, number, style)
    one_id = f"INDEX({workings.STRATEGY_ID},{block})"

    def member(strategies: str, keys: str, lines_above: int) -> str:
        too_many = f"COUNTIF({strategies},{one_id})>{MOST_LINES - lines_above}"
        found = f'IFERROR(MATCH({one_id}&"|"&({within}-{lines_above}),{keys},0),"")'
        return f'IF(AND({within}={MOST_LINES},{too_many}),"{MORE}",{found})'

    formulas = (
        (
            _BLOCK,
            f'=IF({n}>SUM({workings.HEIGHT}),"",MATCH({n},{workings.START},1))',
            line.block,
        ),
        (_WITHIN, f'=IF({block}="","",{n}-INDEX({workings.START},{block})+1)', line.within),
        (_STRATEGY, f'=IF({within}=1,INDEX({workings.POSITION},{block}),"")', line.strategy),
        (
            _INDICATOR,
            f'=IF(OR({block}="",{within}=1),"",{member(workings.INDICATOR_STRATEGY, workings.INDICATOR_KEY, 1)})',
            line.indicator,
        ),
        (
            _ACTION,
            f'=IF({block}="","",{member(workings.ACTION_STRATEGY, workings.ACTION_KEY, 0)})',
            line.action,
        ),
    )
    for column, formula, now in formulas:
        page.formula(row, column, formula, style, now)


def _write_left(page: _Page, row: int, line: Line) -> None:
    """A strategy or one of its indicators."""
    book = page.book
    styles = _line_styles(book)
    strategy, indicator = _at(row, _STRATEGY), _at(row, _INDICATOR)
    shown = _shown(book, line)

    def either(field: str) -> str:
        ours = f'INDEX({column_name(STRATEGIES, field)},{strategy}+1)&""'
        theirs = f'INDEX({column_name(INDICATORS, field)},{indicator}+1)&""'
        return f'IF(ISNUMBER({strategy}),{ours},IF(ISNUMBER({indicator}),{theirs},""))'

    def of_indicator(field: str) -> str:
        return f"INDEX({column_name(INDICATORS, field)},{indicator}+1)"

    goto = (
        f"=IF(ISNUMBER({strategy}),{_link(book, STRATEGIES, strategy)},"
        f'IF(ISNUMBER({indicator}),{_link(book, INDICATORS, indicator)},""))'
    )
    page.formula(row, _ID, goto, styles["id"], shown.id if shown else "")
    more, many = (
        _more(book, INDICATORS),
        f"COUNTIF({workings.INDICATOR_STRATEGY},INDEX({workings.STRATEGY_ID},{_at(row, _BLOCK)}))-{MOST_LINES - 2}",
    )
    text = f'=IF({indicator}="{MORE}","+ "&({many})&"{more}",{either("text")})'
    now = f"+ {line.indicators_left_out}{more}" if line.indicator == MORE else getattr(shown, "text", "")
    if page.first_line == row:
        text, now = _hint(book, text, now)
    page.formula(row, _TEXT, text, styles["text"], now)
    page.formula(row, _OWNER, f"={either('owner')}", styles["owner"], shown.owner if shown else "")
    actual = of_indicator("actual")
    page.formula(
        row,
        _ACTUAL,
        f'=IF(ISNUMBER({indicator}),IF({actual}="","",{actual}),"")',
        styles["number"],
        _number(getattr(shown, "actual", None)),
    )
    _write_target(page, row, shown, styles["number"])
    unit = f'=IF(ISNUMBER({indicator}),{of_indicator("unit")}&"","")'
    page.formula(row, _UNIT, unit, styles["unit"], getattr(shown, "unit", ""))
    unknown = book.word(_UNKNOWN)
    light = either("light")
    some = f"OR(ISNUMBER({strategy}),ISNUMBER({indicator}))"
    known = (_word(shown.light, book) or unknown) if shown else ""
    page.formula(row, _LIGHT, f'=IF({some},IF({light}="","{unknown}",{light}),"")', styles["light"], known)


def _shown(book: Book, line: Line) -> Strategy | Indicator | None:
    if isinstance(line.strategy, int):
        return book.plan.strategies[line.strategy - 1]
    if isinstance(line.indicator, int):
        return book.plan.indicators[line.indicator - 1]
    return None


def _hint(book: Book, text: str, now: str) -> tuple[str, str]:
    """On the first line of a plan without strategies: what will appear here."""
    hint = book.word(
        Text(
            "Hier verschijnt vanzelf wat op de bladen Strategieën, Indicatoren en Acties staat.",
            "What is on the sheets Strategies, Indicators and Actions appears here by itself.",
        )
    )
    formula = f'=IF(SUM({workings.HEIGHT})=0,"{hint}",{text.removeprefix("=")})'
    return formula, now if any(s.text or s.id for s in book.plan.strategies) else hint


def _write_target(page: _Page, row: int, shown: Strategy | Indicator | None, style: Any) -> None:
    """The target; both limits for a band."""
    book, indicator = page.book, _at(row, _INDICATOR)
    target, upper, direction = (
        f"INDEX({column_name(INDICATORS, field)},{indicator}+1)" for field in ("target", "upper", "direction")
    )
    band = f'AND({direction}="{Direction.BAND.word(book.language)}",{upper}<>"",{target}<>"")'
    both = f'{_joined(target)}&" – "&{_joined(upper)}'
    formula = f'=IF(ISNUMBER({indicator}),IF({band},{both},IF({target}="","",{target})),"")'
    now: Cached = ""
    if isinstance(shown, Indicator):
        now = _number(shown.target)
        if shown.direction is Direction.BAND and shown.upper is not None and shown.target is not None:
            now = " – ".join(_written_number(value, book.language) for value in (shown.target, shown.upper))
    page.formula(row, _TARGET, formula, style, now)


def _write_right(page: _Page, row: int, line: Line) -> None:
    """An action."""
    book = page.book
    styles = _line_styles(book)
    position = _at(row, _ACTION)
    action = book.plan.actions[line.action - 1] if isinstance(line.action, int) else None

    def of_action(field: str) -> str:
        return f"INDEX({column_name(ACTIONS, field)},{position}+1)"

    def shown(field: str) -> str:
        return f'IF(ISNUMBER({position}),{of_action(field)}&"","")'

    goto = f'=IF(ISNUMBER({position}),{_link(book, ACTIONS, position)},"")'
    page.formula(row, _A_ID, goto, styles["id"], action.id if action else "")
    more = _more(book, ACTIONS)
    many = f"COUNTIF({workings.ACTION_STRATEGY},INDEX({workings.STRATEGY_ID},{_at(row, _BLOCK)}))-{MOST_LINES - 1}"
    text = f'=IF({position}="{MORE}","+ "&({many})&"{more}",{shown("text")})'
    now = f"+ {line.actions_left_out}{more}" if line.action == MORE else getattr(action, "text", "")
    page.formula(row, _A_TEXT, text, styles["text"], now)
    page.formula(row, _A_OWNER, f"={shown('owner')}", styles["owner"], action.owner if action else "")
    numbers: tuple[tuple[int, str, str, Cached], ...] = (
        (_A_DEADLINE, "deadline", "date", _number(action.deadline if action else None)),
        (_A_PROGRESS, "progress", "percent", _share(action)),
    )
    for column, field, style, value in numbers:
        cell = of_action(field)
        formula = f'=IF(ISNUMBER({position}),IF({cell}="","",{cell}),"")'
        page.formula(row, column, formula, styles[style], value)
    status = _word(action.status if action else None, book)
    page.formula(row, _A_STATUS, f"={shown('status')}", styles["light"], status)
    unknown, busy = book.word(_UNKNOWN), Status.IN_PROGRESS.word(book.language)
    expected = (
        f'IF(AND({of_action("light")}="",{of_action("status")}="{busy}"),"{unknown}",{of_action("light")}&"")'
    )
    page.formula(
        row,
        _A_LIGHT,
        f'=IF(ISNUMBER({position}),{expected},"")',
        styles["light"],
        _action_light(action, book),
    )


def _action_light(action: Action | None, book: Book) -> str:
    if action is None:
        return ""
    if action.light is None and action.status is Status.IN_PROGRESS:
        return book.word(_UNKNOWN)
    return _word(action.light, book)


def _share(action: Action | None) -> Cached:
    return "" if action is None or action.progress is None else action.progress / 100


def _line_styles(book: Book, **more: Any) -> dict[str, Any]:
    """The formats of a line's cells; lines and fills of the lower half come from rules."""
    plain = {"valign": "vcenter", "text_wrap": True, **more}
    styles = book.styles
    return {
        "id": styles.link(align="center", underline=0, **{**more, "font_size": 9}),
        "text": styles.format(**plain),
        "owner": styles.format(indent=1, **plain),
        "unit": styles.format(indent=1, **{**plain, "font_color": SOFT_INK}),
        "number": styles.format(align="right", indent=1, **{**plain, "text_wrap": False}),
        "date": styles.format(align="center", num_format=_date_format(book), **plain),
        "percent": styles.format(align="center", num_format="0%", **plain),
        "light": styles.format(align="center", **plain),
    }


def _date_format(book: Book) -> str:
    return "dd-mm-yyyy" if book.language is Language.NL else "d mmm yyyy"


def _write_legend(page: _Page) -> None:
    book = page.book
    row = page.last_line + 1
    page.sheet.set_row(row, 18)
    left_out = Text(
        "Er is meer dan op deze pagina past: zie de bladen Strategieën, Indicatoren en Acties.",
        "There is more than fits on this page: see the sheets Strategies, Indicators and Actions.",
    )
    room = (
        (STRATEGIES, workings.MOST_STRATEGIES),
        (INDICATORS, workings.indicator_rows(book.plan)),
        (ACTIONS, workings.action_rows(book.plan)),
    )
    # The heading of a column counts as one.
    full = [f"COUNTA({column_name(table, 'text')})>{rows + 1}" for table, rows in room]
    condition = ",".join([f"SUM({workings.HEIGHT})>{len(page.lines)}", *full])
    needed = sum(block.height for block in page.blocks)
    now = needed > len(page.lines) or len(book.plan.strategies) > workings.MOST_STRATEGIES
    page.formula(
        row,
        _TEXT,
        f'=IF(OR({condition}),"{book.word(left_out)}","")',
        book.styles.intro(italic=True),
        book.word(left_out) if now else "",
    )
    legend = Text(
        "● Groen: volgens plan   ▲ Oranje: met ingreep te halen   ■ Rood: keuze nodig   ? Onbekend: te bespreken   ! Deadline voorbij",
        "● Green: on plan   ▲ Orange: needs an intervention   ■ Red: needs a choice   ? Unknown: to be discussed   ! Past its deadline",
    )
    page.sheet.write_string(row, _A_LIGHT, book.word(legend), book.styles.intro(align="right"))


def _colour_lines(page: _Page) -> None:
    styles, sheet, book = page.book.styles, page.sheet, page.book
    unknown = book.word(_UNKNOWN)

    def column(index: int) -> Range:
        return page.first_line, index, page.last_line, index

    for index in (_LIGHT, _A_LIGHT):
        styles.colour_lights(sheet, column(index), **_THIN)
        styles.mark_word(sheet, column(index), unknown, UNKNOWN_LOOK, **_THIN)
    styles.colour_statuses(sheet, column(_A_STATUS), **_THIN)
    styles.progress_bars(sheet, column(_A_PROGRESS))
    deadline, status = _first_at(page, _A_DEADLINE), _first_at(page, _A_STATUS)
    done = f'"{Status.DONE.word(book.language)}"'
    styles.mark_overdue(
        sheet, column(_A_DEADLINE), f"=AND(ISNUMBER({deadline}),{deadline}<TODAY(),{status}<>{done})", **_THIN
    )
    _mark_direction(page, column(_TARGET))
    styles.group_thousands(sheet, column(_ACTUAL), _first_at(page, _ACTUAL), **_THIN)
    _rule_lines(page)


def _mark_direction(page: _Page, cells: Range) -> None:
    """Which way the value should go, as a sign before the target."""
    indicator, target = _first_at(page, _INDICATOR), _first_at(page, _TARGET)
    direction = f"INDEX({column_name(INDICATORS, 'direction')},{indicator}+1)"
    for wanted, sign in ((Direction.HIGHER, "≥"), (Direction.LOWER, "≤")):
        holds = f'ISNUMBER({target}),{direction}="{wanted.word(page.book.language)}"'
        large = f"=AND({holds},ABS({target})>=10000)"
        page.book.styles.rule(page.sheet, cells, large, num_format=f'"{sign} "#,##0', **_THIN)
        page.book.styles.rule(page.sheet, cells, f"=AND({holds})", num_format=f'"{sign} "General', **_THIN)


def _rule_lines(page: _Page) -> None:
    """Strategies stand out; thin lines between what belongs to one."""
    styles, sheet = page.book.styles, page.sheet
    strategy, indicator, action = (_first_at(page, column) for column in (_STRATEGY, _INDICATOR, _ACTION))
    top = {"top": 1, "top_color": NAVY}
    for left in range(_ID, _LIGHT + 1):
        cells = (page.first_line, left, page.last_line, left)
        styles.rule(
            sheet, cells, f"=ISNUMBER({strategy})", bold=True, bg_color=_STRATEGY_FILL, **top, **_THIN
        )
        styles.rule(sheet, cells, f'={indicator}<>""', **_THIN)
    soft = {"font_color": SOFT_INK}
    done = f'{_first_at(page, _A_STATUS)}="{Status.DONE.word(page.book.language)}"'
    for right in range(_A_ID, _A_LIGHT + 1):
        cells = (page.first_line, right, page.last_line, right)
        styles.rule(sheet, cells, f"=AND({done},ISNUMBER({strategy}))", **soft, **top, **_THIN)
        styles.rule(sheet, cells, f"={done}", **soft, **_THIN)
        styles.rule(sheet, cells, f'=AND(ISNUMBER({strategy}),{action}<>"")', **top, **_THIN)
        styles.rule(sheet, cells, f"=ISNUMBER({strategy})", **top)
        styles.rule(sheet, cells, f'={action}<>""', **_THIN)


def _set_view_and_print(page: _Page) -> None:
    sheet = page.sheet
    sheet.set_tab_color(NAVY)
    sheet.hide_gridlines(2)
    sheet.set_zoom(80)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.print_area(0, 0, page.last_line + 1, _A_LIGHT)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.set_footer("&L&9&F&R&9&D")


def _write_link(
    page: _Page, row: int, column: int, table: Table, position: str, style: Any, now: str
) -> None:
    cell = f"INDEX({column_name(table, 'id')},{position}+1)"
    page.formula(row, column, f'=IF({cell}="","",{_link(page.book, table, position)})', style, now)


def _link(book: Book, table: Table, position: str) -> str:
    """The ID as a link to its row, wherever sorting and new rows have put it."""
    cell = f"INDEX({column_name(table, 'id')},{position}+1)"
    return f'HYPERLINK("#{quoted_sheet(book.word(table.sheet))}!A"&ROW({cell}),{cell}&"")'


def _more(book: Book, table: Table) -> str:
    """What follows the number of left-out rows: ` more on Actions`."""
    return book.word(
        Text(" meer op het blad {sheet}", " more on the {sheet} sheet").filled(sheet=table.sheet)
    )


def _first(table: Table, field: str) -> str:
    """The first data cell of a column."""
    return f"INDEX({column_name(table, field)},2)"


def _at(row: int, column: int) -> str:
    """A cell of this sheet, its column fixed: `$W12`."""
    return f"${column_letters(column + 1)}{row + 1}"


def _first_at(page: _Page, column: int) -> str:
    return _at(page.first_line, column)


def _word(word: TrafficLight | Status | None, book: Book) -> str:
    return word.word(book.language) if word else ""


def _number(value: date | float | None) -> Cached:
    if value is None:
        return ""
    return _serial(value) if isinstance(value, date) else value


def _serial(day: date) -> int:
    """The number that Excel keeps for a day."""
    return (day - date(1899, 12, 30)).days


def _joined(cell: str) -> str:
    """A number within a text, its thousands separated where `group_thousands` does so."""
    return f"IF({cell}=INT({cell}),FIXED({cell},0,ABS({cell})<10000),{cell})"


def _written_number(value: float, language: Language) -> str:
    """What `_joined` gives in a workbook of this language."""
    grouped = "," if value == int(value) and abs(value) >= 10000 else ""
    written = f"{value:{grouped}.15g}" if value != int(value) else f"{int(value):{grouped}}"
    return written.translate(str.maketrans(",.", ".,")) if language is Language.NL else written
