"""What an owner wrote, line by line, as answers on the items that were asked about.

Forgiving in form: order, capitals, punctuation, decimal comma, bullets, both languages. Strict in meaning: a light, a
status or a number counts only where it stands by itself (`A12 oranje 60%`, `Status: klaar`), so that "A12 groen
onderhoud is uitbesteed" is a text and no green light. What could mean two things becomes a problem, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any

from ogsm_xl.letters.answer_line import LONGEST_STATE, first_piece, read_line
from ogsm_xl.letters.answer_values import NoDay, Run, Said, day_of, prepared, run_of
from ogsm_xl.letters.quoting import begins_signature, is_banner, is_greeting
from ogsm_xl.letters.reply_heads import Head, Heads
from ogsm_xl.letters.reply_labels import (
    Label,
    LabelledLine,
    is_blank,
    is_blank_label,
    labelled,
    parted_at_labels,
    without_bullet,
)
from ogsm_xl.plan.words import ItemKind, Status, Text, TrafficLight, Word
from ogsm_xl.plan.written import Unclear, read_progress, shown

SECTION_END = "\f"
"""A line that ends what belongs to the item before it."""

_MOST_LINES = 4_000
_LONGEST_ANSWER = 8_000  # characters of one text about one item


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one item; None and "" for what was not mentioned.

    Attributes:
        item: The item's ID, as it was asked.
        no_change: Whether it was said that nothing changed, and no value was given. A text may stand beside it.
    """

    item: str
    light: TrafficLight | None = None
    status: Status | None = None
    progress: int | None = None
    value: float | None = None
    measured_on: date | None = None
    done: str = ""
    next: str = ""
    needed: str = ""
    proposal: str = ""
    no_change: bool = False


@dataclass(frozen=True, slots=True)
class LinesRead:
    """The answers in a text.

    Attributes:
        answers: One an item, in the order in which the items were first named.
        problems: What was not understood, and what to write instead; each names its item.
        rest: Lines that belong to no item.
    """

    answers: tuple[Answer, ...] = ()
    problems: tuple[Text, ...] = ()
    rest: str = ""


def read_answers(
    text: str, items: Mapping[str, ItemKind], today: date, titles: Mapping[str, str] | None = None
) -> LinesRead:
    """The answers that a person wrote on the items that they were asked about.

    Args:
        text: What the person wrote, without what the mail quotes; greeting, banner and signature may be in it.
        items: ID to kind of every item asked of this person; with exactly one, its ID may be left out.
        today: The day on which it was written; completes dates without a year.
        titles: ID to the item's own text: people copy it along with the ID, and it is no part of their answer.
    """
    reader = _Reader(items, today, titles)
    lines = text.split("\n")
    for line in lines[:_MOST_LINES]:
        reader.read(line)
    if len(lines) > _MOST_LINES:
        reader.problem(_TOO_LONG.filled(count=_MOST_LINES))
    return reader.result()


def filled_in(text: str, items: Mapping[str, ItemKind], today: date) -> LinesRead:
    """The answers in a copy of our own mail that was filled in.

    Our lines to copy hold the known light and progress, but nothing behind `Gedaan:` and the other labels. So an item
    counts as answered when there is text behind one of its labels; what else the mail says about it is our own.
    """
    heads = Heads(items, today)
    blocks: list[list[str]] = []
    is_open = False
    for line in text.split("\n"):
        plain = _QUOTE_MARKS.sub("", line, count=1).strip()
        label = labelled(plain)
        if heads.named_first(plain):
            blocks.append([plain])
            is_open = True
        elif is_open and (
            (label and label.mark and label.label is not Label.STATE)
            or (_goes_on(plain) and any(map(_is_filled, blocks[-1][1:][-1:])))
        ):
            blocks[-1].append(plain)
        else:
            is_open = False
    filled = ["\n".join(block) for block in blocks if any(map(_is_filled, block[1:]))]
    return read_answers(f"\n{SECTION_END}\n".join(filled), items, today)


def _goes_on(line: str) -> bool:
    """Whether a line can go on with the text above it: it is not empty, and not the number of our next paragraph."""
    return not re.fullmatch(r"|\d[.)]?", line)


def _is_filled(line: str) -> bool:
    """Whether there is text in a line of a block: behind its label, or without one."""
    label = labelled(line)
    if label is None or not label.mark:
        return True
    return label.label in {Label.DONE, Label.NEXT, Label.NEEDED, Label.PROPOSAL} and not is_blank(label.rest)


# --- Problems, in the words of their reader

_TOO_LONG = Text(
    "De tekst is te lang: alleen de eerste {count} regels zijn gelezen.",
    "The text is too long: only its first {count} lines were read.",
)
_ANSWER_TOO_LONG = Text(
    "{id}: de tekst is te lang; alleen het begin is bewaard.",
    "{id}: the text is too long; only its beginning was kept.",
)
_NOT_ASKED = Text(
    "{id} is niet aan jou gevraagd; wat je daarover schreef, is niet verwerkt.",
    "{id} was not asked of you; what you wrote about it was not recorded.",
)
_CONFLICT = Text(
    "{id}: je noemt zowel “{one}” als “{other}”. Er is niets over {id} verwerkt; stuur opnieuw wat er moet staan.",
    "{id}: you name both “{one}” and “{other}”. Nothing was recorded for {id}; send again what it should be.",
)
_UNSURE = Text(
    "{id}: het is niet duidelijk of “{word}” je antwoord is of een deel van de zin “{line}”. De zin is als tekst bewaard. "
    "Bedoel je het als antwoord, zet er dan een komma achter.",
    "{id}: it is not clear whether “{word}” is your answer or part of the sentence “{line}”. The sentence was kept as text. "
    "If you mean it as an answer, put a comma behind it.",
)
_NO_PLACE = Text(
    "{id}: “{value}” kan niet bij dit soort onderdeel ({kind}).",
    "{id}: “{value}” can't be given for this kind of item ({kind}).",
)
_WHICH_ITEM = Text(
    "Het is niet duidelijk waar “{line}” over gaat: zet de ID ervoor, zoals “{id} {line}”.",
    "It is not clear what “{line}” is about: put the ID in front, such as “{id} {line}”.",
)
_NOT_READ = Text(
    "{id}: “{value}” is geen kleur, status of percentage. Het is als tekst bewaard.",
    "{id}: “{value}” is no colour, status or percentage. It was kept as text.",
)
_LABEL_OR_ANSWER = Text(
    "{id}: “{word}” staat er zonder tekst. Is het afgerond, schrijf dan “{id} afgerond”.",
    "{id}: “{word}” stands there without a text. If it is finished, write “{id} done”.",
)
_NOT_A_DAY = Text("{id}: “{value}” is geen datum.", "{id}: “{value}” is no date.")


# --- The reader

_GREETED = re.compile(
    r"^(?:hoi|hallo|hey|hi|hello|dag|beste|dear|goedemorgen|goedemiddag)\b[^,.:;!\d]{0,40}[,!]\s+(?=\S)",
    re.IGNORECASE,
)
_QUOTE_MARKS = re.compile(r"^(?:\s{0,4}>)+\s?")
_BARE_NUMBER = re.compile(r"\d+(?:[.,]\d+)?|[¼½¾]")

_FIELDS_OF = {
    ItemKind.ACTION: {"light", "status", "progress"},
    ItemKind.STRATEGY: {"light"},
    ItemKind.INDICATOR: {"light", "value", "measured_on"},
    ItemKind.OBJECTIVE: {"light"},
}


class _Place(Enum):
    """Where in the text the reader is."""

    BEFORE = auto()  # before the first item
    ITEM = auto()
    NOT_ASKED = auto()  # below an item that was not asked of this person
    IGNORED = auto()  # in a signature or disclaimer


@dataclass
class _Collected:
    """Everything that was said about one item."""

    values: dict[str, object] = field(default_factory=dict)
    conflicts: list[tuple[object, object]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def put(self, said: Said) -> None:
        before = self.values.setdefault(said.field, said.value)
        if before != said.value:
            self.conflicts.append((before, said.value))

    def add(self, name: str, line: str) -> None:
        self.texts.setdefault(name, []).append(line)

    def text(self, name: str) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.texts.get(name, ()))).strip()


class _Reader:
    """Reads the lines one after the other."""

    def __init__(
        self, items: Mapping[str, ItemKind], today: date, titles: Mapping[str, str] | None = None
    ) -> None:
        self._items = items
        self._today = today
        self._heads = Heads(items, today, titles)
        self._only = next(iter(items)) if len(items) == 1 else ""
        self._found: dict[str, _Collected] = {}
        self._problems: list[Text] = []
        self._rest: list[str] = []
        self._current: tuple[str, ...] = ()
        self._place = _Place.BEFORE
        self._field = "done"
        self._label_open = False
        # Items below which "Done" stood alone, which may be a label or an answer.
        self._bare_labels: dict[str, str] = {}

    def problem(self, text: Text) -> None:
        if text not in self._problems:
            self._problems.append(text)

    def read(self, line: str) -> None:
        """Take in one line."""
        if line == SECTION_END:
            self._current, self._place = (), _Place.BEFORE
            return
        plain = _QUOTE_MARKS.sub("", line, count=1) if line.lstrip().startswith(">") else line
        plain = plain.strip()
        if self._place is _Place.BEFORE:
            plain = _GREETED.sub("", plain, count=1)
        if not plain:
            self._blank_line()
        elif head := self._heads.of(plain):
            self._begin(head)
        elif begins_signature(line):
            # A "thanks" above the answers is a courtesy, below them it begins the signature.
            if self._place is not _Place.BEFORE or self._found:
                self._place = _Place.IGNORED
        elif self._place is _Place.BEFORE:
            self._read_before(plain)
        elif self._place is _Place.ITEM:
            self._read_pieces(plain, at_head=False)
        elif self._place is _Place.NOT_ASKED:
            self._rest.append(plain)

    def result(self) -> LinesRead:
        """Everything that was read."""
        answers = [self._answer(item, found) for item, found in self._found.items()]
        rest = re.sub(r"\n{3,}", "\n\n", "\n".join(self._rest)).strip()
        return LinesRead(tuple(filter(None, answers)), tuple(self._problems), rest)

    def _begin(self, head: Head) -> None:
        if head.not_asked:
            self.problem(_NOT_ASKED.filled(id=head.not_asked))
            self._place = _Place.NOT_ASKED
            if head.rest:
                self._rest.append(head.rest)
            return
        self._start(head.items)
        own, another = self._heads.parted(head.rest)
        self._read_pieces(own, at_head=True)
        if another:
            self._begin(another)

    def _start(self, items: tuple[str, ...]) -> None:
        self._current, self._place = items, _Place.ITEM
        self._field, self._label_open = "done", False
        for item in items:
            self._found.setdefault(item, _Collected())

    # Lines below or without one

    def _blank_line(self) -> None:
        if self._place is _Place.ITEM:
            self._add("")
        elif self._place is not _Place.IGNORED:
            self._rest.append("")

    def _read_before(self, line: str) -> None:
        if is_banner(line) or is_greeting(line):
            return
        line = without_bullet(line)
        if not self._answers(line):
            self._rest.append(line)
        elif self._only:
            above = [text for text in self._rest if not text.endswith(":")]
            self._rest.clear()
            self._start((self._only,))
            for text in above:
                self._add(text)
            self._read_pieces(line, at_head=False)
        else:
            if self._items and not is_blank_label(line):
                self.problem(_WHICH_ITEM.filled(line=shown(line), id=next(iter(self._items))))
            self._rest.append(line)

    def _answers(self, line: str) -> bool:
        """Whether a line that names no item is an answer all the same: by its label, or by the values it begins with."""
        label, run, first = labelled(line), self._state(line), self._state(first_piece(line))
        return (
            bool(label and label.mark in {":", "="})
            or run.whole
            or run.strong >= 2
            or (first.whole and first.strong > 0)
        )

    def _read_pieces(self, line: str, *, at_head: bool) -> None:
        """A line that may hold several labels, or only the first part of one."""
        pieces = [piece for piece in parted_at_labels(line) if not re.fullmatch(r"[\s*•–-]*", piece)]
        for number, piece in enumerate(pieces, start=1):
            self._read_piece(piece.strip(" " if number == len(pieces) else " ;,|-–"), at_head=at_head)

    def _read_piece(self, piece: str, *, at_head: bool) -> None:
        """A line, or the part of one up to the next label in it."""
        unmarked = without_bullet(piece)
        label = labelled(unmarked)
        if label and (label.mark or not at_head) and not self._is_state_alone(label, unmarked):
            self._read_labelled(label)
        elif at_head or not (self._label_open or self._has_values()):
            self._read_state_and_text(piece)
        else:
            run = self._state(unmarked)
            if run.whole and run.strong and not (self._label_open and not self._has_text()):
                self._take(run.said, run.unclear)
            else:
                self._add(piece)

    def _is_state_alone(self, label: LabelledLine, line: str) -> bool:
        """Whether a word without a colon is an answer ("Gereed") rather than the label of what comes."""
        if label.mark or not self._state(line).whole:
            return False
        if label.label is Label.DONE:
            self._bare_labels |= dict.fromkeys(self._current, line)
            return False
        return True

    def _read_labelled(self, line: LabelledLine) -> None:
        if line.label in {Label.STATE, Label.MEASURED_ON}:
            self._label_open = False
            if not is_blank(prepared(line.rest)):
                self._read_labelled_state(line) if line.label is Label.STATE else self._read_day(line.rest)
            return
        self._field, self._label_open = line.label.value, True
        if not is_blank(line.rest):
            self._add(line.rest)

    def _read_labelled_state(self, line: LabelledLine) -> None:
        if line.is_progress and _BARE_NUMBER.fullmatch(line.rest):
            self._read_progress(line.rest)
            return
        self._field = "done"
        if not self._read_state_and_text(line.rest):
            for item in self._current:
                self.problem(_NOT_READ.filled(id=item, value=shown(line.rest)))

    def _read_progress(self, written: str) -> None:
        for item in self._current:
            try:
                self._put(item, Said("progress", read_progress(written)), written)
            except Unclear as unclear:
                self.problem(_about(item, unclear.text))

    def _read_day(self, written: str) -> None:
        for item in self._current:
            try:
                self._put(item, Said("measured_on", day_of(written, self._today)), written)
            except Unclear as unclear:
                self.problem(_about(item, unclear.text))
            except NoDay:
                self.problem(_NOT_A_DAY.filled(id=item, value=shown(written)))

    # Values and text on one line

    def _state(self, text: str) -> Run:
        """What the text says as values about the present item."""
        kind = self._items.get(self._current[0] if self._current else self._only, ItemKind.ACTION)
        return run_of(prepared(text[:LONGEST_STATE]), kind, self._today)

    def _read_state_and_text(self, line: str) -> bool:
        """The values at the beginning and the end of a line, and its text; whether there were any values."""
        found = read_line(line, self._state)
        self._take(found.said, found.unclear)
        for item in self._current if found.unsure else ():
            word, sentence = found.unsure or ("", "")
            self.problem(_UNSURE.filled(id=item, word=shown(word), line=shown(sentence)))
        for text in found.texts:
            self._add(text)
        return found.has_values

    def _take(self, said: list[Said], unclear: list[Text]) -> None:
        for item in self._current:
            for text in unclear:
                self.problem(_about(item, text))
            for each in said:
                self._put(item, each, _shown_value(each.value).nl)

    def _put(self, item: str, said: Said, written: str) -> None:
        kind = self._items[item]
        if said.field != "no_change" and said.field not in _FIELDS_OF[kind]:
            value = _shown_value(said.value) if said.value is not None else Text(written, written)
            self.problem(
                _NO_PLACE.filled(
                    id=item, value=value, kind=Text(kind.value.nl.lower(), kind.value.en.lower())
                )
            )
        elif said.value is not None:
            self._found[item].put(said)

    def _add(self, line: str) -> None:
        for item in self._current:
            self._found[item].add(self._field, line)

    def _has_values(self) -> bool:
        return any(self._found[item].values for item in self._current)

    def _has_text(self) -> bool:
        return any(self._found[item].text(self._field) for item in self._current)

    def _answer(self, item: str, found: _Collected) -> Answer | None:
        if found.conflicts:
            one, other = (_shown_value(value) for value in found.conflicts[0])
            self.problem(_CONFLICT.filled(id=item, one=one, other=other))
            return None
        texts: dict[str, Any] = {name: found.text(name) for name in ("done", "next", "needed", "proposal")}
        for name, text in texts.items():
            if len(text) > _LONGEST_ANSWER:
                self.problem(_ANSWER_TOO_LONG.filled(id=item))
                texts[name] = text[:_LONGEST_ANSWER]
        values: dict[str, Any] = dict(found.values)
        if "value" not in values:
            values.pop("measured_on", None)  # our lines to copy hold today's date: it says nothing by itself
        no_change = bool(values.pop("no_change", False)) and not values
        if not (values or no_change or any(texts.values())):
            if item in self._bare_labels:
                self.problem(_LABEL_OR_ANSWER.filled(id=item, word=self._bare_labels[item]))
            return None
        return Answer(item, **values, **texts, no_change=no_change)


def _about(item: str, text: Text) -> Text:
    return Text(f"{item}: {text.nl}", f"{item}: {text.en}")


def _shown_value(value: object) -> Text:
    if isinstance(value, Word):
        return value.value
    if isinstance(value, bool):
        return Text("geen wijzigingen", "no change")
    written = f"{value}%" if isinstance(value, int) else shown(value)
    return Text(written.replace(".", ",") if isinstance(value, float) else written, written)
