"""Fill the calendar: the sessions of a year, on working days, into the Sessions sheet."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from ogsm_xl.config import Config
from ogsm_xl.excel.editor import AppendRows, Edit, SetCell
from ogsm_xl.excel.layout import SESSIONS
from ogsm_xl.excel.plan_file import write_plan
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.excel.templates.template_parts import cell_value
from ogsm_xl.plan.model import Session, normalised_id
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, SessionKind, Text
from ogsm_xl.rhythm.year_calendar import CalendarWishes, YearCalendar, year_calendar
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined, listed

_YEARS_AHEAD = 5  # further away holidays are guesses

_WEEKDAYS = (
    Text("ma", "Mon"),
    Text("di", "Tue"),
    Text("wo", "Wed"),
    Text("do", "Thu"),
    Text("vr", "Fri"),
    Text("za", "Sat"),
    Text("zo", "Sun"),
)
_KINDS: Mapping[SessionKind, tuple[Text, Text]] = {
    SessionKind.DOING: (Text("doensessie", "doing session"), Text("doensessies", "doing sessions")),
    SessionKind.STEERING: (
        Text("bijstuursessie", "steering session"),
        Text("bijstuursessies", "steering sessions"),
    ),
    SessionKind.PLANNING: (Text("plansessie", "planning session"), Text("plansessies", "planning sessions")),
}


def fill_calendar(
    *,
    config: Config,
    year: int,
    wishes: CalendarWishes,
    now: datetime,
    country: str | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Add the sessions that a year still needs to the plan's calendar.

    Args:
        config: Which workbook.
        year: Which year.
        wishes: When the team meets.
        now: The moment of the run; no session is added on or before this day.
        country: ISO code of the country whose holidays count, "" for none; that of the configuration where left out.
        dry_run: Only tell what would be added.

    Raises:
        InputProblem: The workbook, the year or the country can't be used.
        OutsideProblem: The plan is open in Excel, or the share is gone. Nothing was added.
    """
    refuse_year(year, now.date())
    days_off = holidays_of(config.rules.holiday_country if country is None else country, year)
    decided = YearCalendar((), ())

    def decide(copy: Path) -> Sequence[Edit]:
        nonlocal decided
        read = read_plan(copy)
        found = year_calendar(year, wishes, read.plan.sessions, days_off, now.date() + timedelta(days=1))
        decided = dataclasses.replace(found, added=numbered(found.added, read.plan.sessions))
        return _edits(decided.added, read)

    warnings: tuple[Text, ...] = ()
    if dry_run:
        decide(config.workbook)
    else:
        folder = config.plan.backup_folder
        warnings = write_plan(
            config.workbook,
            decide,
            now=now,
            backups=config.plan.backups,
            backup_folder=config.path(folder) if folder else None,
            unlock_protected=True,  # the calendar is protected against slips, not against who keeps it
        ).warnings
    return _outcome(decided, year, warnings, dry_run=dry_run)


def refuse_year(year: int, today: date) -> None:
    """Refuse a year that is over, or too far away for its holidays to be known.

    Raises:
        InputProblem: It is such a year.
    """
    last = today.year + _YEARS_AHEAD
    if not today.year <= year <= last:
        raise InputProblem(
            Text(
                f"Voor {year} is geen kalender te maken. Noem een jaar van {today.year} tot en met {last}.",
                f"No calendar can be made for {year}. Name a year from {today.year} to {last}.",
            )
        )


def holidays_of(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country in a year; none for "".

    Raises:
        InputProblem: The country is not known.
    """
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415 - a tenth of a second that other jobs do without

    try:
        return frozenset(holidays.country_holidays(country.strip().upper(), years=year))
    except NotImplementedError:
        raise InputProblem(
            Text(
                f"De feestdagen van {country!r} zijn niet bekend. Noem een landcode zoals NL of BE, of niets ('') voor geen feestdagen.",
                f"The holidays of {country!r} are not known. Name a country's code such as NL or BE, or nothing ('') for no holidays.",
            )
        ) from None


def numbered(sessions: Iterable[Session], present: Iterable[Session]) -> tuple[Session, ...]:
    """New sessions with the IDs that follow those that are there."""
    found = (re.fullmatch(rf"{SESSIONS.prefix}(\d+)", normalised_id(session.id)) for session in present)
    highest = max((int(match[1]) for match in found if match), default=0)
    return tuple(
        dataclasses.replace(session, id=f"{SESSIONS.prefix}{number}")
        for number, session in enumerate(sessions, start=highest + 1)
    )


def _edits(added: Sequence[Session], read: ReadPlan) -> list[Edit]:
    """The new rows; and the IDs of older rows without one, which the new IDs were counted on from."""
    if not added:
        return []
    place = read.places[SESSIONS.name]
    rows = tuple(
        {
            column: cell_value(getattr(session, field), SESSIONS.column(field).kind, read.plan.language)
            for field, column in place.columns.items()
        }
        for session in added
    )
    ids = [SetCell(cell, value) for cell, value in read.proposed_ids.items() if cell.sheet == place.sheet]
    return [*ids, AppendRows(place.sheet, place.header_row, rows, read.last_rows[SESSIONS.name])]


def _outcome(decided: YearCalendar, year: int, warnings: Sequence[Text], *, dry_run: bool) -> Outcome:
    look_at = [*(_in_the_way(session) for session in decided.in_the_way), *warnings]
    return Outcome(
        ExitCode.LOOK if look_at else ExitCode.DONE,
        joined(_counted(decided.added, year, dry_run=dry_run)),
        look_at,
        [line_of(session) for session in decided.added],
        {
            "dry_run": dry_run,
            "year": year,
            "added": [
                {
                    "id": session.id,
                    "kind": session.kind.key,
                    "date": session.date.isoformat(),
                    "time": f"{session.time:%H:%M}" if session.time else None,
                    "minutes": session.minutes,
                    "place": session.place,
                }
                for session in decided.added
            ],
        },
    )


def line_of(session: Session) -> Text:
    """A session as a line of a list."""
    day, kind = _WEEKDAYS[session.date.weekday()], session.kind
    clock = f"{session.time:%H:%M}" if session.time else ""
    return Text(
        f"  {session.id:6} {day.nl} {session.date:%d-%m-%Y} {clock}  {kind.word(Language.NL)} ({session.minutes} minuten)",
        f"  {session.id:6} {day.en} {session.date:%Y-%m-%d} {clock}  {kind.word(Language.EN)} ({session.minutes} minutes)",
    )


def counted_sessions(sessions: Sequence[Session]) -> Text:
    """How many sessions of each kind: "8 doing sessions, 4 steering sessions"."""
    numbers = {kind: sum(session.kind is kind for session in sessions) for kind in _KINDS}
    return listed([count(numbers[kind], *_KINDS[kind]) for kind in _KINDS if numbers[kind]])


def _counted(added: Sequence[Session], year: int, *, dry_run: bool) -> Text:
    if not added:
        return Text(
            f"De kalender van {year} is al gevuld; er is niets toegevoegd.",
            f"The calendar of {year} is filled already; nothing was added.",
        )
    numbers = counted_sessions(added)
    if dry_run:
        return Text(
            f"Proef, er is niets veranderd. Voor {year} zouden erbij komen: {numbers.nl}.",
            f"Dry run, nothing was changed. For {year} these would be added: {numbers.en}.",
        )
    return Text(
        f"Toegevoegd aan de kalender van {year}: {numbers.nl}. Zet op het blad Sessies de plaats erbij waar die ontbreekt.",
        f"Added to the calendar of {year}: {numbers.en}. Put the place on the Sessions sheet where it is missing.",
    )


def _in_the_way(session: Session) -> Text:
    return Text(
        f"{session.id} op {session.date:%d-%m-%Y} is een doensessie, maar het kwartaal heeft nog geen bijstuursessie. Maak er op het blad Sessies een bijstuursessie van, als dat past.",
        f"{session.id} on {session.date:%Y-%m-%d} is a doing session, but its quarter has no steering session yet. Make it a steering session on the Sessions sheet, if that suits.",
    )
