"""One line of an answer: the values at its beginning and its end, and the text between them.

A value counts where it stands by itself: between marks, before other values, or before a word that explains it
("oranje want …"). What runs on into a sentence ("groen licht gekregen", "loopt vast op budget", "50% van de woningen")
is text; where it may have been meant as a value, that doubt is handed on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ogsm_xl.letters.answer_text import COLOURS, EXCEPTION, LIGHT_SYMBOLS, Prepared
from ogsm_xl.letters.answer_values import WEAK_FIELDS, Part, Run, Said, has_been, is_filler
from ogsm_xl.plan.words import Status, Text

LONGEST_STATE = 1_000
"""Characters of a line in which values are looked for."""

_SEGMENT_END = re.compile(
    r":(?=\s)|\s/(?=\s)|(?<!\d),|,(?!\d)|[;|•·]|\s[-–—]+(?=\s)|[.!](?=\s|$)|\s\((?=[^()]*\)\s*$)|\)\s*$"
)
_EXPLAINS = re.compile(
    r"\s*(?:want|omdat|doordat|door|vanwege|wegens|maar|alles|we|wij|ik|er|wacht|wachten|loopt|"
    r"because|since|due|but|all|i|there|waiting|wait|as|everything|however)(?![\w'’])",
    re.IGNORECASE,
)
# No colour that goes with a noun ("groen dak", "red tape") stands before one of these.
_NO_NOUN = re.compile(r"\s*(?:het|de|een|te|geen|nog geen|i['’]m|the|a|an|no|too)(?![\w'’])", re.IGNORECASE)
# Behind a light and a percentage a sentence begins with one of these. Anything else may be what the percentage is of, and
# a verb makes the percentage its subject: "60% is geschouwd".
_BEGINS_SENTENCE = re.compile(
    r"\s*(?:nog (?:geen|steeds)|nu|zie|verder|klopt|correct|ondanks|hoewel|gisteren|vandaag|"
    r"still no|see|now|despite|although|so|yesterday|today)(?![\w'’])",
    re.IGNORECASE,
)
# "groen 40% wordt oranje 60%", "groen 40% verwacht 60%": what stands first is not how it is, or not for long.
_BECOMES = re.compile(
    r"\s*(?:wordt|worden|werd|moet|moeten|moest|gaat|verwacht\w*|zou|becomes?|became|should|must|goes|expect\w*)\b"
    rf"[^.;!?]{{0,60}}?(?:\d%|\b(?:{COLOURS})\b)",
    re.IGNORECASE,
)
_SURE_IN_BRACKETS = re.compile(
    r"geschat|schatting|voorlopig|ongeveer|circa|zelfde|ongewijzigd|stabiel|estimated?|provisional|roughly|unchanged|same|stable",
    re.IGNORECASE,
)
# "50% van de woningen", "20% duurder": a share of something, or a change in it
_OF = re.compile(
    r"\s*(?:van|of|der|v\.?d\.?|te|meer|minder|duurder|goedkoper|hoger|lager|achter|vertraging|achterstand|over|onder|boven|korting|extra|"
    r"besteed|uitgegeven|verbruikt|stijging|daling|groei|more|less|fewer|dearer|cheaper|higher|lower|behind|ahead|delay|under|above|below|"
    r"discount|spent|increase|decrease|growth)(?!\w)",
    re.IGNORECASE,
)
_REASONS = re.compile(r"\s*(?:want|omdat|doordat|vanwege|wegens|because|since|due to)(?!\w)", re.IGNORECASE)
_NOT_YET = re.compile(r"\s*(?:voor|met|om|for|with|to)\b", re.IGNORECASE)  # "klaar voor de start"
_NOT_ALL = re.compile(
    rf"\W*(?:{EXCEPTION}\b|op\b.{{1,80}}\bna\b|(?:maar|but|echter|however|nog|still)\b.{{0,200}}\b(?:nog|still|yet|niet|not|moet|moeten|must)\b"
    r"|(?:nog|still|mits|als|indien|zodra|if|once|when|provided)\b|deel \d|part \d|fase \d|phase \d)",
    re.IGNORECASE,
)
# What is not done yet, wherever it stands behind "done": "afgerond, evaluatie loopt nog", "klaar (deels)".
_UNFINISHED = re.compile(
    r"\b(?:nog|still|yet|bijna|nagenoeg|vrijwel|almost|nearly|deels|gedeeltelijk|grotendeels|half|partly|partially|mostly|largely|"
    r"behalve|behoudens|uitgezonderd|except|moet|moeten|must|(?:kan|kunnen|can) (?:starten|beginnen|start|begin)|"
    r"op papier|on paper|in concept|in draft)\b",
    re.IGNORECASE,
)
_ANOTHER_ITEM = re.compile(r"[,;.!/|(–-]\s*(?!Q\d)[A-Za-z]{1,3}-?\d")
_LOOKED_BEHIND = 200  # characters behind "done", for what is not done yet
_IN_TIME = re.compile(
    r"(?:op tijd|op schema|volgens plan(?:ning)?|binnen (?:het )?budget|on time|on schedule|on plan|(?:with)?in budget|on budget)\W*",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:(?:is|zijn|staat|loopt|blijft|zit|are|we zijn|we|it is|it's|nu|now|steeds|still|helaas|unfortunately|currently|momenteel)\s+)*"
    r"(?:nog niet|nog geen|niet meer|niet langer|niet|geen|not yet|no longer|isn['’]t|is not|not|never|nooit|no)\s+",
    re.IGNORECASE,
)
_BARE_FIGURE = re.compile(r"[€$£]?[\d.,]+%?")
_WORDS_OF_A_NAME = 2  # "budget: rood, 30%"; more is a sentence: "we lopen iets achter: oranje, 60%"
_ENDS = frozenset(".!;|•·")
_NEARLY = re.compile(
    r"\b(?:klaar|gereed|af|afgerond|bezig|onderweg|gestart|begonnen|done|finished|ready|busy|underway|started|voortgang|progress)$",
    re.IGNORECASE,
)  # "bijna af, 80%"
# "als de offerte komt: groen" does not say that it is green.
_HOPED = re.compile(
    r"\b(?:als|indien|zodra|mits|tenzij|wanneer|hopelijk|verwacht\w*|straks|morgen|(?:volgende?|komende?) (?:week|maand|keer|periode)|doel|streven|streef\w*|zou|"
    r"if|when|once|unless|provided|hopefully|expect\w*|tomorrow|next (?:week|month|time|period)|goal|target|should|would)\b[^.!?]*$",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:nu|inmiddels|momenteel|thans|now|currently|today|vandaag)\b", re.IGNORECASE)
CORRECTS = re.compile(
    r"(?:(?:of|oh|sorry|oeps|oops|nee,? wacht|nee|toch|correctie|rectificatie|beter|foutje|ik bedoel|bedoel|dat moet zijn|moet zijn|moet worden|"
    r"or|wait,? no|no,? wait|no|rather|correction|i mean|make that|should be|that should be)\b[\s,:;.!-]*)+",
    re.IGNORECASE,
)
"""Words that take back what was said before them."""

_ONLY_MARKS = re.compile(r"[\s.…,;:|/–—-]*")
_EDGES = " ,;|–—-:/"
_CLOSED = re.compile(
    r"(?:(?:^|[.,;!]\s+|\s+[-–]\s+)(?i:(?:vriendelijke |hartelijke )?groet|gr|regards|cheers|thanks|thank you|(?:alvast )?bedankt|"
    r"(?:fijn|prettig)e? (?:weekend|dag|avond|week|vakantie)|have a (?:nice|good|great) (?:day|weekend|week|one))"
    r"|(?:^|[.,;!]?\s+)(?i:met vriendelijke groet(?:en)?|mvg|(?:vriendelijke |hartelijke )?groet(?:en|jes)|(?:kind|best) regards))"
    r"[\s,.!]*(?:[A-ZÀ-Ý][\w'’-]*[\s.]*){0,3}$"
)

Read = Callable[[str], Run]
"""Gives the values that a prepared text begins with."""


@dataclass
class LineRead:
    """What one line says.

    Attributes:
        said: Its values.
        unclear: What stands there like a value but can't be read.
        unsure: The words that may be a value or part of a sentence, with that sentence; None without doubt.
        texts: What is no value, word for word.
    """

    said: list[Said] = field(default_factory=list)
    unclear: list[Text] = field(default_factory=list)
    unsure: tuple[str, str] | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def has_values(self) -> bool:
        """Whether there is anything in it besides text."""
        return bool(self.said or self.unclear)

    def take(self, parts: list[Part]) -> None:
        """Add these values."""
        self.said += [part.said for part in parts if part.said]
        self.unclear += [part.unclear for part in parts if part.unclear]


def read_line(line: str, read: Read, today: date) -> LineRead:
    """Take a line apart, written on this day."""
    text = Prepared(_CLOSED.sub("", line[:LONGEST_STATE]))
    found = _read_cells(text, read) if text.text.count(" | ") > 1 else _read_sentence(text, read, today)
    if line[LONGEST_STATE:]:
        found.texts.append(line[LONGEST_STATE:])
    return found


def first_piece(line: str) -> str:
    """What stands before the first mark in a line: its first value or the beginning of its text."""
    return _SEGMENT_END.split(Prepared(line[:LONGEST_STATE]).text, maxsplit=1)[0]


def negated(text: str, read: Read) -> frozenset[str]:
    """The fields of which a text says what they are not: `nog niet afgerond`, `geen groen`; none where it says no such thing."""
    plain = Prepared(text[:LONGEST_STATE]).text.strip()
    found = _NOT.match(plain)
    if not found:
        return frozenset()
    run = read(first_piece(plain[found.end() :]).strip())
    if not (run.whole or run.strong) or run.says("no_change", "same"):
        return frozenset()
    return frozenset(part.field for part in run.parts)


class _Piece(NamedTuple):
    """A part of a line between marks: what it says, where it begins and ends, the mark, and where the next one begins."""

    text: str
    start: int
    end: int
    mark: str
    after: int


def _pieces(text: str) -> list[_Piece]:
    pieces, start = [], 0
    for mark in [*_SEGMENT_END.finditer(text), None]:
        end = mark.start() if mark else len(text)
        said = text[start:end].strip()
        if said:
            begin = text.index(said, start)
            after = mark.end() if mark else end
            pieces.append(_Piece(said, begin, begin + len(said), mark[0].strip() if mark else "", after))
        start = mark.end() if mark else end
    return pieces


def _read_cells(row: Prepared, read: Read) -> LineRead:
    """A row of a table: each cell is a value or a text, in whatever order."""
    found = LineRead()
    start = 0
    for cell in row.text.split("|"):
        run = read(cell.strip())
        if run.whole:
            found.take(run.parts)
        elif written := row.written(start, start + len(cell)).strip(" |"):
            found.texts.append(written)
        start += len(cell) + 1
    done = Said("status", Status.DONE)
    if done in found.said and any(is_unfinished(text) for text in found.texts):
        found.said.remove(done)
        word = next(cell.strip() for cell in row.text.split("|") if done in read(cell.strip()).said)
        found.unsure = word, " | ".join((word, *found.texts))
        found.texts.insert(0, word)
    return found


def _read_sentence(line: Prepared, read: Read, today: date) -> LineRead:
    found, pieces = LineRead(), _pieces(line.text)
    begins = _Beginning(line.text, read, found, today)
    start = begins.taken_from(pieces)
    end = _take_end(line.text, start, pieces, read, found)
    said = line.written(start, end).strip(_EDGES) if pieces else ""
    corrected = CORRECTS.match(said)
    if corrected and found.said and (run := read(Prepared(said[corrected.end() :]).text.strip())).whole:
        if {part.field for part in run.parts} & {value.field for value in found.said}:
            found.take(run.parts)  # "groen, nee oranje": both were said
            return found
        found.unsure = said[corrected.end() :], said  # "groen, moet zijn 80%" corrects nothing
    said = _without_end_of_brackets(said)
    if not _ONLY_MARKS.fullmatch(said):
        found.texts.append(said)
    return found


def _without_end_of_brackets(text: str) -> str:
    """A text without the bracket that ends it, where its beginning parted values from the text."""
    return text[:-1] if text.endswith(")") and "(" not in text else text


class _Beginning:
    """Takes the values that a line begins with."""

    def __init__(self, line: str, read: Read, found: LineRead, today: date) -> None:
        self._line = line
        self._read = read
        self._found = found
        self._today = today

    def taken_from(self, pieces: list[_Piece]) -> int:
        """Take the pieces that are values, from the left; where the text begins."""
        start = 0
        while pieces:
            first, run = pieces[0], self._read(pieces[0].text)
            following = self._read(pieces[1].text) if len(pieces) > 1 else Run()
            names_the_next = is_filler(first.text) and following.whole
            if not (run.whole or names_the_next):
                return self._before_text(run, first, first.text)
            if run.whole and not following.whole and self._goes_with_text(run, pieces):
                return self._before_text(run, first, self._line[first.start :])
            self._found.take(run.parts)
            start = first.after
            pieces.pop(0)
        return start

    def _goes_with_text(self, run: Run, pieces: list[_Piece]) -> bool:
        """Whether values are no answer by themselves, because of the text behind the mark that follows them."""
        behind = pieces[1].text if len(pieces) > 1 else ""
        return (
            _holds_on(run, pieces[0], self._line, self._today)
            or _is_of(run, pieces[0], behind)
            or self._is_one_of_several(run, pieces)
        )

    def _is_one_of_several(self, run: Run, pieces: list[_Piece]) -> bool:
        """Whether each of several lights announces what it is about: `groen: planning, rood: budget`."""
        if pieces[0].mark != ":" or not run.says("light"):
            return False
        others = [self._read(piece.text) for piece in pieces[1:] if piece.mark == ":"]
        return any(other.whole and other.says("light") and other.said != run.said for other in others)

    def _before_text(self, run: Run, piece: _Piece, sentence: str) -> int:
        """Take the values that a sentence begins with, as far as they are beyond doubt; where its text begins."""
        parts, left = list(run.parts), list[Part]()
        if _BECOMES.match(sentence, run.end):
            parts, left = left, parts
        while parts and not self._stands(parts, left, sentence, piece.start):
            left.insert(0, parts.pop())
        self._found.take(parts)
        begins = parts[-1].end if parts else 0
        if left and any(_may_be_meant(part, sentence[part.end :]) for part in left):
            word = sentence[left[0].start : left[-1].end]
            self._found.unsure = word, sentence[begins:].strip()
        return piece.start + begins

    def _stands(self, parts: list[Part], left: list[Part], sentence: str, start: int) -> bool:
        """Whether the last of these values is one although a sentence follows; `left` are those behind it that are none."""
        last, rest = parts[-1], sentence[parts[-1].end :]
        if last.field in WEAK_FIELDS:
            if last.said is None or last.said.value is not Status.DONE:
                return bool(_REASONS.match(rest))
            if is_unfinished(self._line[start + last.end :]):
                return False
            follows = _REASONS.match(rest) or _EXPLAINS.match(rest) or _IN_TIME.fullmatch(rest.strip())
            return bool(follows or has_been(rest, self._today))
        if left and left[0].said and left[0].said.value in {Status.IN_PROGRESS, Status.DONE}:
            return last.field == "light" or len(parts) > 1
        if left and left[0].field in {"progress", "value", ""}:
            return last.field == "light"
        if last.field == "progress" and _OF.match(rest):
            return False
        if last.field == "light" and (sentence[last.start] in LIGHT_SYMBOLS or _NO_NOUN.match(rest)):
            return True
        if _EXPLAINS.match(rest):
            return True
        if left:
            return False
        if last.field == "progress" and any(part.field == "light" for part in parts):
            return bool(_BEGINS_SENTENCE.match(rest) or _NO_NOUN.match(rest))
        return last.field == "measured_on" and len(parts) > 1


def is_unfinished(rest: str) -> bool:
    """Whether what follows "done" names something that is not: `op de evaluatie na`, `oplevering moet nog`."""
    near = _ANOTHER_ITEM.split(rest[:_LOOKED_BEHIND], maxsplit=1)[0]
    return bool(_NOT_ALL.match(near) or _UNFINISHED.search(near))


def _holds_on(run: Run, piece: _Piece, line: str, today: date) -> bool:
    """Whether a piece is a word that what follows the mark takes back or lists: `klaar: deel 1`, `klaar, op de evaluatie na`."""
    following = line[piece.end :].lstrip(" :,;.-–—!")
    if not following or not run.parts:
        return False
    last = run.parts[-1].said
    lists = piece.mark == ":" and run.says("status") and last != Said("status", Status.IN_PROGRESS)
    if lists or Said("status", Status.DONE) not in run.said:
        return lists
    to_come = has_been(_SEGMENT_END.split(following, maxsplit=1)[0], today) is False
    return to_come or is_unfinished(line[piece.end :])


def _is_of(run: Run, piece: _Piece, behind: str) -> bool:
    """Whether a word in brackets behind a percentage may be what it is of: `60% (budget)`."""
    is_word = behind.isalpha() and not _SURE_IN_BRACKETS.fullmatch(behind)
    return run.says("progress") and piece.mark == "(" and is_word


def _may_be_meant(part: Part, rest: str) -> bool:
    """Whether a word at the beginning of a sentence may have been meant as a value."""
    if part.said is None:
        return not part.is_bare
    if part.field not in {"status", "measured_on"}:
        return True
    if part.said.value is Status.DONE:
        return not _NOT_YET.match(rest)
    return part.said.value is Status.PARKED


def _take_end(line: str, start: int, pieces: list[_Piece], read: Read, found: LineRead) -> int | None:
    """Take the pieces that are values, from the right, but for the first; where the text ends then."""
    at = _end_begins(pieces, read)
    runs = [read(piece.text) for piece in pieces]
    parts = [part for run in runs[at:] for part in run.parts]
    whole_line = _without_end_of_brackets(line[start:].strip(_EDGES))
    if not any(part.said for part in parts):
        last = runs[-1] if len(runs) > 1 else Run()
        if last.whole and any(said.value is Status.DONE for said in last.said):
            found.unsure = pieces[-1].text, whole_line
        return None
    before = line[start : pieces[at - 1].end]
    if _is_doubtful(pieces, at, before, parts, found) or _differs(parts, runs[:at]):
        found.unsure = line[pieces[at].start : pieces[-1].end], whole_line
        return None
    found.take(parts)
    return pieces[at - 1].end


def _end_begins(pieces: list[_Piece], read: Read) -> int:
    """The first of the pieces at the end that are nothing but values."""
    at = len(pieces)
    while at > 1:
        run, beside = read(pieces[at - 1].text), at < len(pieces)
        if not (run.whole and run.strong) and not (beside and is_filler(pieces[at - 1].text)):
            break
        at -= 1
    return at


def _is_doubtful(pieces: list[_Piece], at: int, before: str, parts: list[Part], found: LineRead) -> bool:
    """Whether the values at the end may be about something else than how it stands: `besparing: 20%`, `als het lukt: groen`."""
    values, names = pieces[at:], pieces[at - 1]
    if _HOPED.search(before) and not _NOW.match(values[0].text):
        return True
    if _NEARLY.search(before) and any(part.field == "progress" for part in parts):
        return False
    if names.mark == ":":  # behind a word that is no label of ours, they are about that word
        several = len({part.field for part in parts if part.said}) > 1
        return not (several and len(names.text.split()) > _WORDS_OF_A_NAME)
    apart = bool(found.said) and names.mark in _ENDS
    return not apart and all(_BARE_FIGURE.fullmatch(piece.text) for piece in values)


def _differs(parts: list[Part], before: list[Run]) -> bool:
    """Whether another light stands by itself before that at the end: `planning: groen, budget: rood`."""
    lights = {part.said for part in parts if part.field == "light"}
    others = {part.said for run in before if run.whole for part in run.parts if part.field == "light"}
    return bool(lights and others - lights)
