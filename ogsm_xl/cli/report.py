"""A table of the plan as a command."""

from __future__ import annotations

from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer

from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import (
    DEFAULT_CONFIG,
    AsOfOption,
    ConfigOption,
    JsonOption,
    end,
    load,
    moment_of_run,
    opened_ledger,
)
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text, TrafficLight


class Rows(Enum):
    """What the rows are."""

    ACTIONS = "actions"
    STRATEGIES = "strategies"
    INDICATORS = "indicators"
    REPORTS = "reports"


_Several = Optional[list[str]]  # noqa: UP045 - typer reads it on every Python that is supported
_Day = Optional[str]  # noqa: UP045 - see above


@app.command()
def report(
    file: Annotated[Path, typer.Argument(help="The file to make: .xlsx, .html or .csv.")],
    config: ConfigOption = DEFAULT_CONFIG,
    about: Annotated[Rows, typer.Option("--about", help="What the rows are.")] = Rows.ACTIONS,
    strategy: Annotated[
        _Several, typer.Option("--strategy", help="Only of this strategy (S1); repeatable.")
    ] = None,
    owner: Annotated[_Several, typer.Option("--owner", help="Only of this owner; repeatable.")] = None,
    light: Annotated[
        _Several,
        typer.Option("--light", help="Only with this light (green, orange, red, unknown); repeatable."),
    ] = None,
    label: Annotated[_Several, typer.Option("--label", help="Only with this label; repeatable.")] = None,
    since: Annotated[_Day, typer.Option("--since", help="From this day on: 2026-01-31.")] = None,
    until: Annotated[_Day, typer.Option("--until", help="Up to this day: 2026-12-31.")] = None,
    column: Annotated[
        _Several, typer.Option("--column", help="Only this column; repeatable, in this order.")
    ] = None,
    *,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a table of the plan for any choice of strategies, owners, lights, labels, period and columns."""
    from ogsm_xl.rhythm.report import About, Choice
    from ogsm_xl.usecases.report import write_report

    loaded = load(config)
    choice = Choice(
        about=About(about.value),
        strategies=tuple(strategy or ()),
        owners=tuple(owner or ()),
        lights=tuple(_light(each, loaded.language) for each in light or ()),
        labels=tuple(label or ()),
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        columns=tuple(column or ()),
    )
    with opened_ledger(loaded, dry_run=True) as ledger:
        outcome = write_report(loaded, ledger, file, choice, now=moment_of_run(loaded, as_of))
    end(outcome, loaded.language, as_json=as_json)


_UNKNOWN = Text("onbekend", "unknown")


def _light(written: str, language: Language) -> TrafficLight | None:
    """The light of this name, in either language; None for one that is unknown."""
    from ogsm_xl.rhythm.report import unknown_name

    known: dict[str, TrafficLight | None] = dict.fromkeys(_UNKNOWN)
    for light in TrafficLight:
        known |= dict.fromkeys((light.key, *(word.lower() for word in light.value)), light)
    name = written.strip().lower()
    if name not in known:
        names = (*(light.word(language).lower() for light in TrafficLight), _UNKNOWN.in_(language))
        raise unknown_name(Text("licht", "light"), written, names)
    return known[name]


def _day(written: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise InputProblem(
            Text(
                f"{option} {written!r} is geen datum. Schrijf bijvoorbeeld 2026-09-03.",
                f"{option} {written!r} is no date. Write for example 2026-09-03.",
            )
        ) from None
