"""Begin: a configuration, a plan workbook with the people who run it, and the first calendar, in one folder."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from ogsm_xl.config import Config, MailSection, explained
from ogsm_xl.excel.layout import OBJECTIVE
from ogsm_xl.letters.mail import Address, checked_address
from ogsm_xl.plan.model import Objective, Person, Plan, Session, normalised_name
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Role, Text
from ogsm_xl.rhythm.year_calendar import CalendarWishes, year_calendar
from ogsm_xl.usecases.fill_calendar import counted_sessions, holidays_of, line_of, numbered
from ogsm_xl.usecases.make_workbooks import new_plan
from ogsm_xl.usecases.outcome import ExitCode, Outcome

MAIL_KEYS: Mapping[str, Sequence[str]] = {
    "smtp_imap": ("smtp_host", "imap_host"),
    "exchange": ("server",),
    "graph": ("tenant", "client_id"),
}
"""What has to be known about a mail system before it can be used; the rest has defaults."""

_FIRST_SESSION = timedelta(days=14)  # a week to fill in the plan, a week to answer the invitation
_SECOND_HALF = 7  # from July on, next year is planned along
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Beginning:
    """What somebody who begins is asked.

    Attributes:
        folder: Where configuration and plan go.
        language: Of the plan and of what is told.
        organisation: Its name.
        owner: The OGSM owner: name and address.
        process_owner: The process owner; may be the same person.
        sender_address: The address that mails come from.
        system: The mail system, as [mail] system names it.
        mail_keys: What has to be known about it (`MAIL_KEYS`).
        country: ISO code of the country whose holidays count, "" for none.
    """

    folder: Path
    language: Language
    organisation: str
    owner: Address
    process_owner: Address
    sender_address: str
    system: str = "folder"
    mail_keys: Mapping[str, str] = field(default_factory=dict)
    country: str = "NL"


def mail_systems() -> tuple[str, ...]:
    """The mail systems that can be chosen."""
    return get_args(MailSection.model_fields["system"].annotation)


def begin(asked: Beginning, today: date, *, dry_run: bool = False) -> Outcome:
    """Make the files; nothing that is there is ever overwritten.

    Args:
        asked: The answers.
        today: From which the calendar counts.
        dry_run: Only tell what would be made.

    Raises:
        InputProblem: An answer can't be used, there is a configuration or plan already, or the folder can't be written.
    """
    config_file = asked.folder / "config.toml"
    workbook = asked.folder / f"{_file_name(asked.organisation)}.xlsx"
    text = _config_text(asked, workbook.name)
    config = _checked(asked, config_file, workbook.name)
    people = _people(asked)
    sessions = _first_sessions(asked, today)
    if config_file.exists():
        raise InputProblem(
            Text(
                f'{config_file} bestaat al en wordt niet overschreven. Noem een andere map, of ga verder met wat er is: ogsm-xl doctor --config "{config_file}"',
                f'{config_file} exists already and is not overwritten. Name another folder, or go on with what is there: ogsm-xl doctor --config "{config_file}"',
            )
        )
    if workbook.exists():
        raise InputProblem(
            Text(
                f"{workbook} bestaat al en wordt niet overschreven. Noem een andere map. Is het van een ogsm-xl init die werd afgebroken, verwijder het dan eerst.",
                f"{workbook} exists already and is not overwritten. Name another folder. If it is from an ogsm-xl init that was broken off, remove it first.",
            )
        )
    if not dry_run:
        _make(asked, config_file, text, workbook, _plan(asked, people, sessions))
    return _outcome(config, sessions, dry_run=dry_run)


def _make(asked: Beginning, config_file: Path, text: str, workbook: Path, plan: Plan) -> None:
    """The workbook first: with the configuration, the last of the files, everything is there."""
    try:
        asked.folder.mkdir(parents=True, exist_ok=True)
        new_plan(workbook, asked.language, plan)
        try:
            with config_file.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            workbook.unlink()
            if not isinstance(error, FileExistsError):  # half a configuration is in the way of the next try
                config_file.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputProblem(
            Text(
                f"In de map {asked.folder} kan niet worden geschreven ({error.strerror}). Noem een andere map.",
                f"The folder {asked.folder} can't be written to ({error.strerror}). Name another folder.",
            )
        ) from None


def _checked(asked: Beginning, config_file: Path, workbook: str) -> Config:
    """The configuration as it will be read.

    Raises:
        InputProblem: An answer does not fit in it.
    """
    mail: dict[str, Any] = {"system": asked.system, "sender_address": asked.sender_address}
    if asked.system != "folder":
        mail[asked.system] = dict(asked.mail_keys)
    values = {
        "file": config_file.absolute(),
        "language": asked.language,
        "plan": {"workbook": workbook},
        "mail": mail,
        "rules": {"holiday_country": asked.country},
    }
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise InputProblem(explained(config_file, error)) from None


def _people(asked: Beginning) -> tuple[Person, ...]:
    """The owner and the process owner; one person where both answers name the same.

    Raises:
        InputProblem: A name is missing, or an address is none.
    """
    owner, process_owner = (_person(address) for address in (asked.owner, asked.process_owner))
    if normalised_name(owner.mail) == normalised_name(process_owner.mail):
        return (Person(owner.name, owner.mail, frozenset({Role.OGSM_OWNER, Role.PROCESS_OWNER})),)
    if normalised_name(owner.name) == normalised_name(process_owner.name):
        raise InputProblem(
            Text(
                f"{owner.name} staat er twee keer, met verschillende adressen. Geef twee mensen verschillende namen, of één mens één adres.",
                f"{owner.name} is there twice, with different addresses. Give two people different names, or one person one address.",
            )
        )
    return (
        Person(owner.name, owner.mail, frozenset({Role.OGSM_OWNER})),
        Person(process_owner.name, process_owner.mail, frozenset({Role.PROCESS_OWNER})),
    )


def _person(address: Address) -> Person:
    name, mail = _one_line(address.name), address.mail.strip()
    try:
        if name:
            checked_address(Address(name, mail))
            return Person(name, mail)
    except InputProblem:
        pass
    raise InputProblem(
        Text(
            f"{name!r} <{mail}> is geen naam met een mailadres. Schrijf bijvoorbeeld 'Anna de Vries' en anna@example.org.",
            f"{name!r} <{mail}> is no name with a mail address. Write for example 'Anna de Vries' and anna@example.org.",
        )
    )


def _first_sessions(asked: Beginning, today: date) -> tuple[Session, ...]:
    """The rest of this year; in its second half, next year as well."""
    years = (today.year, today.year + 1) if today.month >= _SECOND_HALF else (today.year,)
    found: tuple[Session, ...] = ()
    for year in years:
        off = holidays_of(asked.country, year)
        added = year_calendar(year, CalendarWishes(), found, off, today + _FIRST_SESSION).added
        found += numbered(added, found)
    return found


def _plan(asked: Beginning, people: Sequence[Person], sessions: tuple[Session, ...]) -> Plan:
    objective = Objective(
        f"{OBJECTIVE.prefix}1", "", owner=people[0].name, organisation=_one_line(asked.organisation)
    )
    return Plan(asked.language, objective, people=tuple(people), sessions=sessions)


def _config_text(asked: Beginning, workbook: str) -> str:
    explains = Text(
        "Gemaakt door ogsm-xl init. Wat elke instelling betekent, en welke er nog meer zijn, staat in config.example.toml.",
        "Made by ogsm-xl init. What each key means, and which others there are, is explained in config.example.toml.",
    )
    sections: dict[str, Mapping[str, str]] = {
        "plan": {"workbook": workbook},
        "mail": {
            "system": asked.system,
            "sender_name": f"OGSM {_one_line(asked.organisation)}".strip(),
            "sender_address": asked.sender_address.strip(),
        },
    }
    if asked.system != "folder":
        sections[f"mail.{asked.system}"] = asked.mail_keys
    if asked.country != "NL":
        sections["rules"] = {"holiday_country": asked.country}
    lines = [f"# {explains.in_(asked.language)}", f"language = {_quoted(asked.language.value)}"]
    for name, keys in sections.items():
        lines += ["", f"[{name}]", *(f"{key} = {_quoted(value)}" for key, value in keys.items())]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    """A string of TOML, which escapes as JSON does."""
    return json.dumps(_one_line(value), ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _file_name(organisation: str) -> str:
    """A name for the workbook that every system and share allows."""
    plain = re.sub(r'[<>:"/\\|?*~$#%&{}!]', " ", _one_line(organisation))
    return f"OGSM {' '.join(plain.split())[:_LONGEST_NAME]}".strip(" .")


def _outcome(config: Config, sessions: Sequence[Session], *, dry_run: bool) -> Outcome:
    file = config.file
    numbers = counted_sessions(sessions)
    made = (
        Text("Proef, er is niets gemaakt. Zou gemaakt worden", "Dry run, nothing was made. Would be made")
        if dry_run
        else Text("Gemaakt", "Made")
    )
    steps = [
        Text(
            f"1. Open {config.workbook.name} en begin op het blad Leeswijzer: ambitie, strategieën, acties, mensen.",
            f"1. Open {config.workbook.name} and begin on the sheet Guide: objective, strategies, actions, people.",
        ),
        Text(
            f'2. Laat alles nakijken: ogsm-xl doctor --config "{file}"',
            f'2. Have everything checked: ogsm-xl doctor --config "{file}"',
        ),
        Text(
            "3. Zie op een voorbeeld hoe het gaat: ogsm-xl demo",
            "3. See on an example how it goes: ogsm-xl demo",
        ),
        Text(
            f'4. Laat de taken lopen: ogsm-xl run --config "{file}"',
            f'4. Let the jobs run: ogsm-xl run --config "{file}"',
        ),
    ]
    return Outcome(
        ExitCode.DONE,
        Text(
            f"{made.nl}: {file} en {config.workbook}, met {numbers.nl}.",
            f"{made.en}: {file} and {config.workbook}, with {numbers.en}.",
        ),
        details=[*(line_of(session) for session in sessions), *steps],
        data={
            "dry_run": dry_run,
            "config": str(file),
            "workbook": str(config.workbook),
            "sessions": [session.id for session in sessions],
        },
    )
