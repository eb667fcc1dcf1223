"""The hidden sheet behind the one-page OGSM: which strategy comes where, and what belongs to it.

Columns A-E: which rows of Strategies hold something, and for each of them the height and the first line of its
block on the page. Columns G-H say for every indicator under which strategy it is listed and as the how-manyth,
columns J-K the same for every action. Plain INDEX, MATCH and COUNTIF, so that Excel 2016 and LibreOffice reckon alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

from ogsm_xl.excel.layout import ACTIONS, INDICATORS, STRATEGIES
from ogsm_xl.excel.templates.overview_lines import LEAST_LINES, MOST_LINES, blocks, first_strategy, keys
from ogsm_xl.excel.templates.template_parts import (
    FIRST_ROW,
    HEADER_ROW,
    INTRO_ROW,
    TITLE_ROW,
    WORKINGS,
    Book,
    column_name,
    stored_result,
)
from ogsm_xl.plan.cells import column_letters, quoted_sheet
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.words import Status, Text

MOST_STRATEGIES: Final = 30
"""How many rows of Strategies the overview reckons with."""
_FEWEST_INDICATORS: Final = 200
_FEWEST_ACTIONS: Final = 500
_NEVER: Final = 1_000_000  # the first line of a block that does not exist

# The defined names of the columns.
RANK: Final = "Overview_rank"
POSITION: Final = "Overview_strategy"
STRATEGY_ID: Final = "Overview_strategy_id"
HEIGHT: Final = "Overview_height"
START: Final = "Overview_start"
INDICATOR_STRATEGY: Final = "Overview_indicator_strategy"
INDICATOR_KEY: Final = "Overview_indicator_key"
ACTION_STRATEGY: Final = "Overview_action_strategy"
ACTION_KEY: Final = "Overview_action_key"

_INTRO = Text(
    "Hier rekent het blad OGSM mee. Verander hier niets.",
    "The OGSM sheet reckons with this. Change nothing here.",
)


def write_workings(book: Book) -> None:
    """Write the hidden sheet and name its columns."""
    sheet = book.sheet(WORKINGS)
    sheet.write_string(TITLE_ROW, 0, book.word(WORKINGS), book.styles.title())
    sheet.write_string(INTRO_ROW, 0, book.word(_INTRO), book.styles.intro())
    sheet.set_column(0, 10, 15)
    _write_blocks(book)
    _write_indicators(book)
    _write_actions(book)
    sheet.hide()


def indicator_rows(plan: Plan) -> int:
    """How many rows of Indicators the overview reckons with."""
    return max(_FEWEST_INDICATORS, 2 * len(plan.indicators))


def action_rows(plan: Plan) -> int:
    """How many rows of Actions the overview reckons with."""
    return max(_FEWEST_ACTIONS, 2 * len(plan.actions))


def _write_blocks(book: Book) -> None:
    found = [block for block in blocks(book.plan) if block.position <= MOST_STRATEGIES]
    ranks = {block.position: number for number, block in enumerate(found, start=1)}
    text, key = column_name(STRATEGIES, "text"), column_name(STRATEGIES, "id")
    starts = list(accumulate((block.height for block in found), initial=1))[:-1]
    rank, position, strategy_id, height, start = "ABCDE"

    def members(name: str, row: int) -> str:
        return f'IF({strategy_id}{row}="",0,COUNTIF({name},{strategy_id}{row}))'

    def height_formula(row: int) -> str:
        most = f"MAX({LEAST_LINES},1+{members(INDICATOR_STRATEGY, row)},{members(ACTION_STRATEGY, row)})"
        return f'=IF({position}{row}="",0,MIN({MOST_LINES},{most}))'

    def start_formula(row: int) -> str:
        begin = 1 if row == FIRST_ROW + 1 else f"{start}{row - 1}+{height}{row - 1}"
        return f'=IF({position}{row}="",{_NEVER},{begin})'

    columns: Sequence[tuple[str, Callable[[int], str], Sequence[str | int], str | int]] = (
        (
            RANK,
            lambda row: (
                f'=IF(INDEX({text},{_nth(row)})&INDEX({key},{_nth(row)})="","",'
                f"COUNT({rank}${HEADER_ROW + 1}:{rank}{row - 1})+1)"
            ),
            [ranks.get(position, "") for position in range(1, len(book.plan.strategies) + 1)][
                :MOST_STRATEGIES
            ],
            "",
        ),
        (
            POSITION,
            lambda row: f'=IFERROR(MATCH({row - FIRST_ROW},{RANK},0),"")',
            [block.position for block in found],
            "",
        ),
        (
            STRATEGY_ID,
            lambda row: f'=IF({position}{row}="","",SUBSTITUTE(INDEX({key},{position}{row}+1)&""," ",""))',
            [block.id for block in found],
            "",
        ),
        (HEIGHT, height_formula, [block.height for block in found], 0),
        (START, start_formula, starts, _NEVER),
    )
    for column, (name, formula, values, missing) in enumerate(columns):
        cached = [*values, *[missing] * (MOST_STRATEGIES - len(values))]
        _write_column(book, column, name, formula, cached)


def _write_indicators(book: Book) -> None:
    items = book.plan.indicators
    missing = [""] * (indicator_rows(book.plan) - len(items))
    strategies = column_name(INDICATORS, "strategies")
    _write_column(
        book,
        6,
        INDICATOR_STRATEGY,
        lambda row: "=" + _first_id(f"INDEX({strategies},{_nth(row)})"),
        [*(first_strategy(item) for item in items), *missing],
    )
    _write_column(book, 7, INDICATOR_KEY, lambda row: _key("G", row), [*keys(items), *missing])


def _write_actions(book: Book) -> None:
    items = book.plan.actions
    missing = [""] * (action_rows(book.plan) - len(items))
    strategies, status = column_name(ACTIONS, "strategies"), column_name(ACTIONS, "status")
    parked = Status.PARKED.word(book.language)

    def first_id(row: int) -> str:
        found = _first_id(f"INDEX({strategies},{_nth(row)})")
        return f'=IF(INDEX({status},{_nth(row)})="{parked}","",{found})'

    shown = [*(first_strategy(item) for item in items), *missing]
    _write_column(book, 9, ACTION_STRATEGY, first_id, shown)
    _write_column(book, 10, ACTION_KEY, lambda row: _key("J", row), [*keys(items), *missing])


def _write_column(
    book: Book, column: int, name: str, formula: Callable[[int], str], cached: Sequence[str | int]
) -> None:
    """A column of formulas with the values that they begin with, its heading, and its name."""
    sheet, letters = book.sheet(WORKINGS), column_letters(column + 1)
    sheet.write_string(HEADER_ROW, column, name, book.styles.header())
    for row, value in enumerate(cached, start=FIRST_ROW):
        now = stored_result(value) if isinstance(value, str) else value
        sheet.write_formula(row, column, formula(row + 1), None, now)
    first, last = FIRST_ROW + 1, FIRST_ROW + len(cached)
    place = f"{quoted_sheet(book.word(WORKINGS))}!${letters}${first}:${letters}${last}"
    book.workbook.define_name(name, f"={place}")


def _nth(row: int) -> int:
    """The place within a named column (whose first cell is the heading) that a row of this sheet is about."""
    return row - FIRST_ROW + 1


def _first_id(cell: str) -> str:
    """The first of the IDs in a cell such as `S1; S3`."""
    return f'SUBSTITUTE(LEFT({cell},FIND(";",SUBSTITUTE({cell},",",";")&";")-1)," ","")'


def _key(column: str, row: int) -> str:
    """The strategy and the number within it: `S1|2`."""
    return f'=IF({column}{row}="","",{column}{row}&"|"&COUNTIF({column}${FIRST_ROW + 1}:{column}{row},{column}{row}))'
