"""The calendar as a command."""

from __future__ import annotations

from datetime import datetime, time
from enum import Enum
from typing import Annotated, Optional

import typer

from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import (
    DEFAULT_CONFIG,
    AsOfOption,
    ConfigOption,
    DryRunOption,
    JsonOption,
    end,
    load,
    moment_of_run,
)
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text


class Weekday(Enum):
    """A working day."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"


WeekdayOption = Annotated[Weekday, typer.Option("--weekday", help="On which day of the week.")]
WeekOption = Annotated[
    int, typer.Option("--week", min=1, max=5, help="Which such day of the month: 1 to 4, or 5 for the last.")
]
TimeOption = Annotated[str, typer.Option("--time", help="When sessions begin, such as 10:00.")]
PlaceOption = Annotated[str, typer.Option("--place", help="Room or link.")]


@app.command()
def calendar(
    year: Annotated[int, typer.Option("--year", help="Which year to fill.")],
    config: ConfigOption = DEFAULT_CONFIG,
    weekday: WeekdayOption = Weekday.THU,
    week: WeekOption = 2,
    begins: TimeOption = "10:00",
    doing_minutes: Annotated[int, typer.Option(min=5, max=1440, help="Length of a doing session.")] = 60,
    steering_minutes: Annotated[
        int, typer.Option(min=5, max=1440, help="Length of a steering session.")
    ] = 120,
    planning_minutes: Annotated[
        int, typer.Option(min=5, max=1440, help="Length of the planning session.")
    ] = 240,
    steering_month: Annotated[
        int, typer.Option(min=1, max=3, help="Which month of each quarter has the steering session.")
    ] = 3,
    planning_month: Annotated[int, typer.Option(min=1, max=12, help="Month of the planning session.")] = 11,
    place: PlaceOption = "",
    country: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it on every Python that is supported
        typer.Option(
            "--country",
            help="Whose holidays to avoid, such as NL; those of the configuration where left out.",
        ),
    ] = None,
    *,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fill a year of sessions: monthly, quarterly, yearly; on working days, and none twice."""
    from ogsm_xl.rhythm.year_calendar import CalendarWishes
    from ogsm_xl.usecases.fill_calendar import fill_calendar

    loaded = load(config)
    wishes = CalendarWishes(
        weekday=list(Weekday).index(weekday),
        week=week,
        begins=clock_time(begins),
        doing_minutes=doing_minutes,
        steering_minutes=steering_minutes,
        planning_minutes=planning_minutes,
        steering_month=steering_month,
        planning_month=planning_month,
        place=place,
    )
    outcome = fill_calendar(
        config=loaded,
        year=year,
        wishes=wishes,
        now=moment_of_run(loaded, as_of),
        country=country,
        dry_run=dry_run,
    )
    end(outcome, loaded.language, as_json=as_json)


def clock_time(written: str) -> time:
    """A time of day such as 10:00.

    Raises:
        InputProblem: It is none.
    """
    try:
        return datetime.strptime(written.strip(), "%H:%M").time()
    except ValueError:
        raise InputProblem(
            Text(
                f"{written!r} is geen tijd. Schrijf bijvoorbeeld 10:00.",
                f"{written!r} is no time. Write for example 10:00.",
            )
        ) from None
