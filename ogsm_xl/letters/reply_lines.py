"""What an owner wrote, line by line, as answers on the items that were asked about.

Forgiving in form: order, capitals, punctuation, decimal comma, bullets, both languages. Strict in meaning: a light, a
status or a number counts only where it stands by itself (`A12 oranje 60%`, `Status: klaar`), so that "A12 groen
onderhoud is uitbesteed" is a text and no green light. What could mean two things becomes a problem, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from ogsm_xl.letters import reply_remarks as remarks
from ogsm_xl.letters.answer_line import (
    CORRECTS,
    LONGEST_STATE,
    first_piece,
    is_unfinished,
    negated,
    read_line,
)
from ogsm_xl.letters.answer_text import prepared
from ogsm_xl.letters.answer_values import WEAK_FIELDS, NoDay, Run, Said, day_of, has_been, run_of
from ogsm_xl.letters.left_in_text import has_figure, is_courtesy, progress_left_in, value_left_in
from ogsm_xl.letters.quoting import begins_signature, is_banner, is_greeting
from ogsm_xl.letters.reply_heads import Head, Heads
from ogsm_xl.letters.reply_item import SaidOfItem, status_and_progress
from ogsm_xl.letters.reply_labels import (
    Label,
    LabelledLine,
    is_blank,
    is_blank_label,
    is_dash,
    labelled,
    parted_at_labels,
    without_bullet,
)
from ogsm_xl.letters.rows import says_nothing
from ogsm_xl.letters.wording import shortened
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
        reader.problem(remarks.TOO_LONG.filled(count=_MOST_LINES))
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


# --- The reader

_GREETED = re.compile(
    r"^(?:hoi|hallo|hey|hi|hello|dag|beste|dear|goedemorgen|goedemiddag)\b[^,.:;!\d]{0,40}[,!]\s+(?=\S)",
    re.IGNORECASE,
)
_SORRY = re.compile(
    r"^(?:sorry|excuus|excuses|pardon|oeps|oops|ups|foutje|correctie|rectificatie|correction)\b[\s,.:;!–-]*(?=\S)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\W*\b(?:(?:bedoel|bedoelde) (?:ik|we)|i mean|i meant|natuurlijk|dus|hoor|of course)[\s.!]*$",
    re.IGNORECASE,
)
_REST = re.compile(  # "de rest volgt morgen", "alles verder ongewijzigd"
    r"(?:en |and )?(?:(?:de|the) rest\b(?!\s+(?:van|of|der)\b)|alles verder\b|verder alles\b|everything else\b)",
    re.IGNORECASE,
)
_DASHES = frozenset("-–—")
_FURTHER = re.compile(r"(?:er (?:is|zijn|was|waren) )?verder\b|no further\b", re.IGNORECASE)
_QUOTE_MARKS = re.compile(r"^(?:\s{0,4}>)+\s?")
_BARE_NUMBER = re.compile(r"\d+(?:[.,]\d+)?|[¼½¾]")
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?(?!\w)\W*(?P<said>.*)", re.IGNORECASE)
_MOST_HEADS = 2_000  # that one mail holds

_EXAMPLES = {
    ItemKind.ACTION: Text("oranje 60%", "orange 60%"),
    ItemKind.STRATEGY: Text("oranje", "orange"),
    ItemKind.INDICATOR: Text("23,5 oranje", "23.5 orange"),
    ItemKind.OBJECTIVE: Text("oranje", "orange"),
}
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


class _Reader:
    """Reads the lines one after the other."""

    def __init__(
        self, items: Mapping[str, ItemKind], today: date, titles: Mapping[str, str] | None = None
    ) -> None:
        self._items = items
        self._today = today
        self._heads = Heads(items, today, titles)
        self._only = next(iter(items)) if len(items) == 1 else ""
        self._found: dict[str, SaidOfItem] = {}
        self._problems: list[Text] = []
        self._rest: list[str] = []
        self._unplaced: list[str] = []
        self._current: tuple[str, ...] = ()
        self._place = _Place.BEFORE
        self._field = "done"
        self._label_open = False
        self._heads_read = 0
        # Items below which "Done" stood alone, which may be a label or an answer.
        self._bare_labels: dict[str, str] = {}
        self._of_the_rest: list[Head] = []
        self._left_out: list[str] = []
        self._about_the_rest: list[tuple[tuple[str, ...], str]] = []
        self._corrects = False
        self._dash = ""
        self._awaited: LabelledLine | None = None

    def problem(self, text: Text, item: str = "") -> None:
        """Note what was not understood; `item` is what it is about."""
        if text not in self._problems:
            self._problems.append(text)
        if item in self._found:
            self._found[item].doubted = True

    def read(self, line: str) -> None:
        """Take in one line."""
        if line == SECTION_END:
            self._current, self._place = (), _Place.BEFORE
            return
        plain = _QUOTE_MARKS.sub("", line, count=1) if line.lstrip().startswith(">") else line
        plain = plain.strip()
        if self._place is _Place.BEFORE:
            plain = _GREETED.sub("", plain, count=1)
        corrected = _SORRY.sub("", plain, count=1)
        self._corrects = corrected != plain
        self._dash = "-" if plain.endswith((" -", " –", " —")) else ""
        if self._corrects and self._heads.of(corrected):
            plain = corrected  # "Sorry, A1 70%"
        postscript = _POSTSCRIPT.match(plain)
        if postscript:
            plain = postscript["said"]
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
        elif postscript:
            self._unplaced.append(plain)

    def result(self) -> LinesRead:
        """Everything that was read."""
        for head in self._of_the_rest if self._found else ():
            self._say_of_all(head, [item for item in head.items if item not in self._found])
        if self._of_the_rest and not self._found:
            self.problem(remarks.REST_OF_WHAT)
        for item in self._left_out:
            if item not in self._found:
                self.problem(remarks.LEFT_OUT.filled(id=item))
        for items, line in self._about_the_rest:
            if len(self._found) < len(self._items):
                self.problem(remarks.REST_OR_THIS.filled(id=items[0], line=quoted(line)), items[0])
        answers = [self._answer(item, found) for item, found in self._found.items()]
        unplaced = [line for line in self._unplaced if not is_courtesy(line)]
        if unplaced and any(answers):
            remark = remarks.UNPLACED_MORE if len(unplaced) > 2 else remarks.UNPLACED
            for line in unplaced[:1] if len(unplaced) > 2 else unplaced:
                self.problem(remark.filled(line=quoted(line), count=len(unplaced) - 1))
        rest = re.sub(r"\n{3,}", "\n\n", "\n".join(self._rest)).strip()
        return LinesRead(tuple(filter(None, answers)), tuple(self._problems), rest)

    def _begin(self, head: Head) -> None:
        """Take in a line that names items, and where it goes on with others, these, too."""
        following: Head | None = head
        while following:
            self._heads_read += 1
            if self._heads_read > _MOST_HEADS:
                self.problem(remarks.TOO_LONG.filled(count=_MOST_LINES))
                return
            for foreign in following.not_asked:
                self.problem(remarks.NOT_ASKED.filled(id=foreign))
            if following.every:
                following = self._begin_all(following)
            elif following.items:
                following = self._begin_items(following)
            else:
                parted = self._heads.parted(following.rest)
                self._place = _Place.NOT_ASKED
                self._rest += filter(None, [parted.own])
                following = parted.another

    def _begin_items(self, head: Head) -> Head | None:
        self._start(head.items)
        for item in head.items:
            self._found[item].named_with = self._found[item].named_with or head.rest or self._dash
        parted = self._heads.parted(head.rest, head.items[0])
        if head.following:
            parted = parted._replace(another=self._heads.of(head.following))
        self._read_pieces(parted.own, at_head=True)
        directly = self._heads.asked(parted.own)
        for other in (*parted.mentioned, *(directly.items if directly else ())):
            if other not in head.items:
                self.problem(remarks.MENTIONED.filled(id=head.items[0], other=other))
        return parted.another

    def _begin_all(self, head: Head) -> Head | None:
        """`alles groen`: what is said about everything, or about the rest; what follows belongs to no item."""
        self._current, self._place = (), _Place.BEFORE
        if head.others:
            self._of_the_rest.append(head)
        else:
            self._say_of_all(head, head.items)
        self._left_out += head.excepted
        if not head.following:
            return None
        following = self._heads.asked(head.following)
        if following is None and not self._only:
            following = self._heads.said_without_item(head.following)
        if following is None:
            self._read_before(head.following)
        return following

    def _say_of_all(self, head: Head, items: Sequence[str]) -> None:
        for item in items:
            self._found.setdefault(item, SaidOfItem())
            for said in run_of(prepared(head.rest), self._items[item], self._today).said:
                self._put(item, said, quoted(said.value), of_all=True)

    def _start(self, items: tuple[str, ...]) -> None:
        self._current, self._place = items, _Place.ITEM
        self._field, self._label_open, self._awaited = "done", False, None
        for item in items:
            found = self._found.setdefault(item, SaidOfItem())
            found.outdated = set(found.values) - {"no_change"} if self._corrects else set()

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
        if not self._only and (head := self._heads.said_without_item(line)):
            self._begin(head)
        elif not self._answers(line):
            self._rest.append(line)
            if self._heads.speaks_of_all(line):
                self.problem(remarks.WHICH_ITEM.filled(line=quoted(line), id=next(iter(self._items))))
            else:
                self._unplaced.append(line)
        elif self._only:
            above = [text for text in self._rest if not text.endswith(":")]
            self._unplaced = [text for text in self._unplaced if text not in above]
            self._rest.clear()
            self._start((self._only,))
            for text in above:
                self._add(text)
            self._read_pieces(line, at_head=False)
        else:
            if self._items and not is_blank_label(line):
                self.problem(remarks.WHICH_ITEM.filled(line=quoted(line), id=next(iter(self._items))))
            self._rest.append(line)

    def _answers(self, line: str) -> bool:
        """Whether a line that names no item is an answer all the same: by its label, or by the values it begins with."""
        label, run, first = labelled(line), self._state(line), self._state(first_piece(line))
        return (
            bool(label and label.mark in {":", "="})
            or run.whole
            or run.strong >= 2
            or (first.whole and first.strong > 0)
            or len({said.field for said in read_line(line, self._state_of, self._today).said} - WEAK_FIELDS)
            > 1
        )

    def _read_pieces(self, line: str, *, at_head: bool) -> None:
        """A line that may hold several labels, or only the first part of one."""
        unmarked = without_bullet(line)
        parts = parted_at_labels(unmarked if unmarked != line and labelled(unmarked) else line)
        pieces = [piece for piece in parts if not re.fullmatch(r"[\s*•–-]*", piece)]
        for number, piece in enumerate(pieces, start=1):
            self._read_piece(piece.strip(" " if number == len(pieces) else " ;,|-–"), at_head=at_head)

    def _read_piece(self, piece: str, *, at_head: bool) -> None:
        """A line, or the part of one up to the next label in it."""
        unmarked = without_bullet(piece)
        label = labelled(unmarked)
        awaited, self._awaited = self._awaited, None
        if label and at_head and label.mark in _DASHES and self._state(unmarked[: label.start]).whole:
            self._add(piece)
            self._doubt(unmarked[: label.start].strip(" *_"), piece)  # "A12 done - evaluation in May"
        elif label and (label.mark or not at_head) and not self._is_state_alone(label, unmarked):
            self._read_labelled(label)
        elif awaited and self._is_awaited(awaited, unmarked):
            self._read_labelled(awaited._replace(rest=unmarked))
        elif at_head or not (self._label_open or self._has_values()):
            self._read_state_and_text(piece)
        else:
            run = self._state(unmarked)
            if run.whole and run.strong and not (self._label_open and not self._has_text()):
                self._take(run.said, run.unclear)
            elif correction := self._correction(unmarked):
                self._take(correction.said, correction.unclear)
            else:
                self._take_back_done(piece)
                self._add(piece)
                is_other = (run.whole and run.says("no_change")) or _REST.match(piece)
                if is_other and not self._label_open:
                    self._about_the_rest.append((self._current, piece))

    def _is_awaited(self, label: LabelledLine, line: str) -> bool:
        """Whether a line is the value that the label above it announced: `Status:`, and below it `Afgerond`."""
        if label.label is Label.MEASURED_ON:
            return has_been(line, self._today) is not None
        first = self._state(first_piece(line))
        return (label.is_progress and bool(_BARE_NUMBER.fullmatch(line))) or (
            first.whole and bool(first.parts)
        )

    def _correction(self, line: str) -> Run | None:
        """The values that a line gives instead of those above it: `of nee, groen`, `correctie: 70%`; None where it is no such line.

        Both were said, so that a contradiction is asked about: the line does not name the item that it corrects.
        """
        begin = CORRECTS.match(line)
        if not begin:
            return None
        run = self._state(_CORRECTED.sub("", line[begin.end() :]))
        if not (run.whole and run.strong):
            return None
        if any(said.field in self._found[item].values for said in run.said for item in self._current):
            return run
        self._doubt(line[begin.end() :], line)  # "A12 groen", and below it "moet zijn: 80%"
        return None

    def _take_back_done(self, below: str) -> None:
        """`Afgerond.`, and below it `Op de evaluatie na.`: not done, but a text, and asked about."""
        for item in self._current if not self._label_open and is_unfinished(below) else ():
            found = self._found[item]
            if found.done_line and not found.text("done") and found.values.get("status") is Status.DONE:
                found.withdraw("status")
                found.add("done", found.done_line)
                said = quoted(found.done_line), quoted(below)
                self.problem(remarks.DONE_BUT.filled(id=item, word=said[0], line=said[1]), item)

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
            if is_blank(prepared(line.rest)):
                self._awaited = line
            elif not is_dash(line.rest):
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
                self._hear(remarks.NOT_READ, item, line.rest)

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
                self.problem(remarks.NOT_A_DAY.filled(id=item, value=quoted(written)))

    # Values and text on one line

    def _state(self, text: str) -> Run:
        """What a text as it was written says as values about the present item."""
        return self._state_of(prepared(text[:LONGEST_STATE]))

    def _state_of(self, text: str) -> Run:
        """What a prepared text says as values about the present item."""
        kind = self._items.get(self._current[0] if self._current else self._only, ItemKind.ACTION)
        return run_of(text, kind, self._today)

    def _read_state_and_text(self, line: str) -> bool:
        """The values at the beginning and the end of a line, and its text; whether any were found, or are asked about."""
        found = read_line(line, self._state_of, self._today)
        found.said = self._without_the_rest(found.said)
        self._take(found.said, found.unclear)
        if Said("status", Status.DONE) in found.said and not found.texts:
            for item in self._current:
                self._found[item].done_line = line
        if found.unsure:
            self._doubt(*found.unsure)
        asked = [self._read_text(text) for text in found.texts]
        return found.has_values or found.unsure is not None or any(asked)

    def _read_text(self, text: str) -> bool:
        """Take in what is no value; whether its author hears that it says nothing, or no more than what it is not."""
        if says_nothing(text):
            for item in self._current:
                self._hear(remarks.IN_TEXT_ALONE, item, text)
            return True
        self._add(text)
        fields = negated(text, self._state_of)
        for item in self._current if fields else ():
            self._found[item].negations.append((fields, text))
            for name in fields & self._found[item].outdated:
                self._found[item].withdraw(name)
        return bool(fields)

    def _doubt(self, word: str, sentence: str) -> None:
        for item in self._current:
            self.problem(remarks.UNSURE.filled(id=item, word=quoted(word), line=quoted(sentence)), item)

    def _without_the_rest(self, said: list[Said]) -> list[Said]:
        """The values of this line, without "verder geen wijzigingen" beside others: that may be about the other items."""
        further = [each for each in said if each.field == "no_change" and _FURTHER.match(str(each.value))]
        if not further or (len(said) == len(further) and not self._has_values()):
            return said
        for each in further:
            self._add(str(each.value))
            self._about_the_rest.append((self._current, str(each.value)))
        return [each for each in said if each not in further]

    def _take(self, said: list[Said], unclear: list[Text]) -> None:
        for item in self._current:
            for text in unclear:
                self.problem(_about(item, text), item)
            for each in said:
                self._put(item, each, _shown_value(each.value).nl)
                self._found[item].day_said |= each.field == "measured_on"

    def _put(self, item: str, said: Said, written: str, *, of_all: bool = False) -> None:
        kind = self._items[item]
        if said.field == "same":
            self._put_same(item, said, of_all=of_all)
        elif said.field == "no_change":
            self._found[item].put(Said("no_change", value=True), of_all=of_all)
        elif said.field not in _FIELDS_OF[kind]:
            value = _shown_value(said.value) if said.value is not None else Text(written, written)
            short = Text(kind.value.nl.lower(), kind.value.en.lower())
            self.problem(remarks.NO_PLACE.filled(id=item, value=value, kind=short), item)
        elif said.value is not None:
            self._found[item].put(said, of_all=of_all)

    def _put_same(self, item: str, said: Said, *, of_all: bool) -> None:
        """`idem`: as last time, unless something was said about an item above."""
        if any(found.values for other, found in self._found.items() if other != item):
            self.problem(remarks.SAME_AS_WHAT.filled(id=item, word=quoted(said.value)), item)
        else:
            self._found[item].put(Said("no_change", value=True), of_all=of_all)

    def _add(self, line: str) -> None:
        for item in self._current:
            self._found[item].add(self._field, line)
            self._found[item].apart |= bool(line) and not self._label_open

    def _has_values(self) -> bool:
        return any(self._found[item].values for item in self._current)

    def _has_text(self) -> bool:
        return any(self._found[item].text(self._field) for item in self._current)

    def _answer(self, item: str, found: SaidOfItem) -> Answer | None:
        if found.conflicts:
            one, other = (_shown_value(value) for value in next(iter(found.conflicts.values())))
            self.problem(remarks.CONFLICT.filled(id=item, one=one, other=other))
            return None
        texts: dict[str, Any] = {name: found.text(name) for name in ("done", "next", "needed", "proposal")}
        for name, text in texts.items():
            if len(text) > _LONGEST_ANSWER:
                self.problem(remarks.ANSWER_TOO_LONG.filled(id=item))
                texts[name] = text[:_LONGEST_ANSWER]
        if re.fullmatch(r"[?!\s]+", texts["done"]):
            self._hear(remarks.IN_TEXT_ALONE, item, texts["done"])
            texts["done"] = ""
        values: dict[str, Any] = found.settled()
        if found.is_left_out:
            of_all = _shown_value(next(iter(found.of_all.values())))
            self.problem(remarks.OF_ALL_TOO.filled(id=item, value=Text(of_all.nl.lower(), of_all.en.lower())))
        if contradicting := status_and_progress(values):
            one, other = (_shown_value(value) for value in contradicting)
            self.problem(remarks.CONFLICT.filled(id=item, one=one, other=other))
            return None
        if "value" not in values and (day := values.pop("measured_on", None)) and found.day_said:
            self.problem(remarks.DAY_ALONE.filled(id=item, day=_shown_value(day)), item)
        no_change = bool(values.pop("no_change", False)) and not values
        self._hear_about_text(item, found, values, texts["done"])
        if not (values or no_change or any(texts.values())):
            if item in self._bare_labels:
                self.problem(remarks.LABEL_OR_ANSWER.filled(id=item, word=self._bare_labels[item]))
            elif not (found.doubted or found.of_all or found.says_little):
                self._hear(remarks.IN_TEXT_ALONE, item, found.named_with)
            return None
        return Answer(item, **values, **texts, no_change=no_change)

    def _hear_about_text(self, item: str, found: SaidOfItem, values: Mapping[str, object], text: str) -> None:
        """Remarks on what stands in the text and may have been meant as a value."""
        for fields, line in found.negations:
            if not fields & values.keys() and not ("status" in fields and values):
                self._hear(remarks.NEGATED, item, line)
        is_indicator = self._items[item] is ItemKind.INDICATOR
        if is_indicator and "value" not in values and not found.doubted and has_figure(text):
            self.problem(remarks.FIGURE_IN_TEXT.filled(id=item, line=quoted(text)), item)
        if found.doubted or "progress" in values or found.values.get("no_change"):
            return
        if values and self._items[item] is not ItemKind.ACTION:
            return  # nothing but an action has a percentage
        if left := progress_left_in(text) if values else value_left_in(text):
            self._hear(remarks.IN_TEXT, item, left)

    def _hear(self, remark: Text, item: str, line: str) -> None:
        """A remark on an item that quotes what was written and shows how to write it."""
        self.problem(remark.filled(id=item, line=quoted(line), example=_EXAMPLES[self._items[item]]), item)


def quoted(value: object) -> str:
    """What was written, as a remark quotes it: on one line, short, in whole words."""
    return shortened(" ".join(str(value).split()), 60)


def _about(item: str, text: Text) -> Text:
    return Text(f"{item}: {text.nl}", f"{item}: {text.en}")


def _shown_value(value: object) -> Text:
    if isinstance(value, Word):
        return value.value
    if isinstance(value, bool):
        return Text("geen wijzigingen", "no change")
    written = f"{value}%" if isinstance(value, int) else shown(value)
    return Text(written.replace(".", ",") if isinstance(value, float) else written, written)
