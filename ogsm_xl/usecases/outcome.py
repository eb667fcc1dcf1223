"""What a job returns: a paragraph for people, data for programs, and an exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from ogsm_xl.plan.words import Text


class ExitCode(IntEnum):
    """The exit codes, the same for every job."""

    DONE = 0  # done, or nothing to do
    LOOK = 1  # done, with something for a person to look at
    WRONG_INPUT = 2  # the call, configuration or workbook is wrong
    OUTSIDE_FAILED = 3  # mail system or share failed: try again later


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended.

    Attributes:
        code: The exit code.
        summary: One paragraph: what was done.
        look_at: What a person should look at, a line each.
        details: What else is worth showing on a terminal, a line each.
        data: The same for programs; plain values only.
    """

    code: ExitCode
    summary: Text
    look_at: Sequence[Text] = ()
    details: Sequence[Text] = ()
    data: Mapping[str, object] = field(default_factory=dict)


def count(number: int, one: Text, more: Text) -> Text:
    """A number with its noun: "1 mail", "3 mails"."""
    noun = one if number == 1 else more
    return Text(f"{number} {noun.nl}", f"{number} {noun.en}")


def joined(*parts: Text) -> Text:
    """Sentences one after another; empty ones left out."""
    return Text(
        " ".join(part.nl for part in parts if part.nl), " ".join(part.en for part in parts if part.en)
    )


def listed(words: Sequence[Text]) -> Text:
    """Words with commas."""
    return Text(", ".join(word.nl for word in words), ", ".join(word.en for word in words))
