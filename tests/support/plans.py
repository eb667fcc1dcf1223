"""A plan from a few lines of text, so that a test shows the plan that it is about.

    plan_of('''
        objective O1 Anna "Everybody a home"
        person    Anna anna@example.org ogsm_owner language=en
        goal      D1 "Waiting time halved" unit=months baseline=40 target=20
        strategy  S1 Anna "Shorter waits by building faster" red
        indicator I1 Bram S1 "Waiting time" higher unit=months baseline=40 target=20 actual=33
        action    A1 Bram S1 "Website renewed" 2026-01-05..2026-06-30 in_progress 60% orange update="Half done"
        session   SES1 doing 2026-06-11 10:00
        report    A1 2026-05-30 Bram orange 60% done="Half done"
    ''')

The first word says what the line is about; the other words are recognised by their shape: an ID, a name (a capital
and a small letter), a "text" in quotes, a date or start..deadline, a time, 60%, or the name of a status, light, kind,
role … in small letters. Anything else is written as field=value, in the record's own field names.
"""

from __future__ import annotations

import dataclasses
import re
import shlex
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from ogsm_xl.plan.model import (
    Action,
    Decision,
    Evaluation,
    Factor,
    Goal,
    Indicator,
    Measurement,
    Objective,
    Person,
    Plan,
    Report,
    Session,
    Strategy,
)
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
    TrafficLight,
    Word,
)

_NOUNS: dict[str, tuple[str, type[Any]]] = {
    "objective": ("objective", Objective),
    "goal": ("goals", Goal),
    "strategy": ("strategies", Strategy),
    "indicator": ("indicators", Indicator),
    "measurement": ("measurements", Measurement),
    "action": ("actions", Action),
    "person": ("people", Person),
    "session": ("sessions", Session),
    "report": ("reports", Report),
    "decision": ("decisions", Decision),
    "evaluation": ("evaluations", Evaluation),
    "factor": ("factors", Factor),
}

_WORD_LISTS: dict[str, Iterable[Word]] = {
    "kind": (*SessionKind, *StrategyKind, *FactorKind, *ItemKind),
    "light": TrafficLight,
    "direction": Direction,
    "subject": EvaluationSubject,
    "source": ReportSource,
    "roles": Role,
    "status": Status,
}
_WORDS: dict[str, tuple[str, Word]] = {
    word.key: (field, word) for field, words in _WORD_LISTS.items() for word in words
}

_DAY_FIELD = {
    Report: "made_at",
    Session: "date",
    Measurement: "measured_on",
    Decision: "decided_on",
    Factor: "noted_on",
    Goal: "target_date",
    Indicator: "target_date",
    Strategy: "updated_on",
    Objective: "updated_on",
    Action: "deadline",
}

_ITEM_KIND = {"O": ItemKind.OBJECTIVE, "S": ItemKind.STRATEGY, "I": ItemKind.INDICATOR, "A": ItemKind.ACTION}


def plan_of(lines: str, language: Language = Language.NL) -> Plan:
    """The plan that the lines describe; ValueError names a line that can't be understood."""
    found: dict[str, list[Any]] = {}
    for line in filter(None, (line.split("#")[0].strip() for line in lines.splitlines())):
        noun, _, rest = line.partition(" ")
        try:
            field, record = _NOUNS[noun]
            found.setdefault(field, []).append(
                _record(record, shlex.split(rest), len(found.get(field, ())) + 1)
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"in {line!r}: {error}") from error
    objective = found.pop("objective", [None])[0]
    return Plan(
        language=language, objective=objective, **{field: tuple(rows) for field, rows in found.items()}
    )


def _record(record: type[Any], words: list[str], number: int) -> Any:
    values: dict[str, Any] = _empty(record, number)
    for word in words:
        _put(record, values, word)
    return record(**values)


def _empty(record: type[Any], number: int) -> dict[str, Any]:
    """The fields without default, blank; an ID by number where the line gives none."""
    prefix = {Report: "R", Measurement: "M", Decision: "B", Evaluation: "E", Factor: "F"}.get(record, "X")
    values: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            none = {"made_at", "measured_on", "decided_on", "kind", "subject", "value"}
            values[field.name] = None if field.name in none else ""
    if "id" in values:
        values["id"] = f"{prefix}{number}"
    return values


def _put(record: type[Any], values: dict[str, Any], word: str) -> None:
    name, equals, value = word.partition("=")
    if equals and name in {field.name for field in dataclasses.fields(record)}:
        values[name] = _value(record, name, value)
    elif re.fullmatch(r"[A-Z]{1,3}\d+(,[A-Z]+\d+)*", word):
        _put_id(record, values, word)
    elif match := re.fullmatch(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?", word):
        values["start"], values["deadline"] = (
            date.fromisoformat(day) if day else None for day in match.groups()
        )
    elif re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:]+)?", word):
        day_field = _DAY_FIELD[record]
        values[day_field] = _value(record, day_field, word)
    elif re.fullmatch(r"\d\d:\d\d", word):
        values["time"] = time.fromisoformat(word)
    elif re.fullmatch(r"\d+%", word):
        values["progress"] = int(word[:-1])
    elif word in _WORDS:
        field, member = _WORDS[word]
        values[field] = frozenset({*values.get("roles", ()), member}) if field == "roles" else member
    elif "@" in word:
        values["mail"] = word
    elif " " not in word and word.istitle():
        values[{Person: "name", Report: "by"}.get(record, "owner")] = word
    elif "text" in {field.name for field in dataclasses.fields(record)}:
        values["text"] = word
    else:
        raise ValueError(f"{word!r} has no place in a {record.__name__}")


def _put_id(record: type[Any], values: dict[str, Any], word: str) -> None:
    ids = tuple(word.split(","))
    if record is Report and not word.startswith(("R", "SES")):
        values["item"], values["kind"] = word, _ITEM_KIND.get(word[0])
    elif record in {Report, Decision} and word.startswith("SES"):
        values["session"] = word
    elif record in {Measurement, Decision} and word[0] in "IDA":
        values["item"] = word
    elif record is Strategy and word[0] == "D":
        values["goals"] = ids
    elif record in {Action, Indicator} and word[0] == "S":
        values["strategies"] = ids
    else:
        values["id"] = word


def _value(record: type[Any], field: str, written: str) -> Any:
    annotation = str(next(f.type for f in dataclasses.fields(record) if f.name == field))
    readers: dict[str, Callable[[str], Any]] = {
        "datetime | None": datetime.fromisoformat,
        "date | None": date.fromisoformat,
        "date": date.fromisoformat,
        "time | None": time.fromisoformat,
        "float | None": float,
        "int | None": int,
        "bool": lambda text: text == "yes",
        "Language | None": Language,
        "tuple[str, ...]": lambda text: tuple(text.split(",")),
        "str": str,
    }
    if written == "" and annotation != "str":
        return None
    return readers[annotation](written)
