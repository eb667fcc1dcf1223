"""What the form asks per kind of item, and where it stands: one source for building the form and for reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ogsm_xl.excel.layout import Kind
from ogsm_xl.letters.mail import one_line
from ogsm_xl.plan.model import Item
from ogsm_xl.plan.words import ItemKind, Text, Word

KEY = "OGSM:"
"""Begins the key of an answer, `OGSM:A12:light`, in the hidden column of the answer's row."""
WAS = "OGSM-WAS:"
"""Begins what was filled in beforehand, `OGSM-WAS:orange`, in the other hidden column of the answer's row."""

LABEL, ANSWER, LAST, KEY_COLUMN, WAS_COLUMN = range(5)
"""The columns of the form, counted from 0: question, answer, last report, and the hidden ones."""

PREFILLED_KINDS = frozenset({Kind.LIGHT, Kind.STATUS, Kind.PERCENT})
"""What is filled in beforehand, as the plan has it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked: the field of `FormAnswer`, its label, the question, and what the cell holds."""

    name: str
    kind: Kind
    label: Text
    question: Text


_LIGHT = Question(
    "light",
    Kind.LIGHT,
    Text("Verkeerslicht", "Traffic light"),
    Text("Op schema? Kies uit de lijst.", "On plan? Choose from the list."),
)
_PROPOSAL = Question(
    "proposal",
    Kind.LONG_TEXT,
    Text("Voorstel", "Proposal"),
    Text("Welke wijziging stel je voor?", "Which change do you propose?"),
)
_UPDATE = Question(
    "update",
    Kind.LONG_TEXT,
    Text("Toelichting", "Update"),
    Text("Hoe staat het ermee?", "How does it stand?"),
)
_NO_CHANGE = Question(
    "no_change",
    Kind.YES_NO,
    Text("Niets veranderd?", "Nothing changed?"),
    Text("Kies Ja; dan ben je hier klaar.", "Choose Yes, and you are done here."),
)
QUESTIONS: Mapping[ItemKind, tuple[Question, ...]] = MappingProxyType(
    {
        ItemKind.ACTION: (
            _NO_CHANGE,
            _LIGHT,
            Question("status", Kind.STATUS, Text("Status", "Status"), Text("Kies uit de lijst.", "Choose from the list.")),
            Question("progress", Kind.PERCENT, Text("Voortgang", "Progress"), Text("Hoeveel van het werk is af, in %?", "How much is done, in %?")),
            Question("done", Kind.LONG_TEXT, Text("Gedaan", "Done"), Text("Wat heb je gedaan?", "What have you done?")),
            Question("next", Kind.LONG_TEXT, Text("Komende periode", "Next period"), Text("Wat ga je doen?", "What will you do?")),
            Question("needed", Kind.LONG_TEXT, Text("Nodig", "Needed"), Text("Wat heb je nodig van het team?", "What do you need from the team?")),
            _PROPOSAL,
        ),
        ItemKind.STRATEGY: (_NO_CHANGE, _LIGHT, _UPDATE),
        ItemKind.INDICATOR: (
            Question("value", Kind.NUMBER, Text("Waarde", "Value"), Text("De laatst gemeten waarde", "The latest measured value")),
            Question("measured_on", Kind.DATE, Text("Gemeten op", "Measured on"), Text("De dag van de meting", "The day of the measurement")),
            _LIGHT,
            _UPDATE,
        ),
        ItemKind.OBJECTIVE: (
            _NO_CHANGE,
            _LIGHT,
            Question("done", Kind.LONG_TEXT, Text("Resultaten", "Results"), Text("Wat hebben we bereikt?", "What have we reached?")),
            _PROPOSAL,
        ),
    }
)  # fmt: skip
QUESTION_OF: Mapping[str, Question] = MappingProxyType(
    {each.name: each for fields in reversed([*QUESTIONS.values()]) for each in fields}
)
"""A question by its name; where two kinds of item have one of the same name, that of actions."""
HEADINGS = (
    Text("Vraag", "Question"),
    Text("Jouw antwoord", "Your answer"),
    Text("Laatste verslag", "Last report"),
)


def kept_value(value: object) -> str:
    """A value as the form keeps it, to compare with: words by their key, "" where the plan has none."""
    return "" if value is None else value.key if isinstance(value, Word) else str(value)


def answer_key(item: Item, asked: Question) -> str:
    """What ties an answer to its item and question, without its prefix: `A12:light`."""
    return f"{one_line(item.id, 200)}:{asked.name}"
