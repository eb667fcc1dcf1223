"""Labels and questions in an answer: `Gedaan:`, `Next steps - …`, `Wat heb je nodig?`, in Dutch and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Label(Enum):
    """What stands behind a label."""

    DONE = "done"
    NEXT = "next"
    NEEDED = "needed"
    PROPOSAL = "proposal"
    STATE = "state"  # a light, a status or progress: people write any of them behind the name of any other
    MEASURED_ON = "measured_on"


_LABEL_WORDS: Mapping[Label, str] = {
    Label.DONE: (
        "gedaan|wat (?:heb je|heb ik|is er|is) gedaan|toelichting|resultaat|resultaten|update|stand van zaken|opmerkingen|opmerking|"
        "notitie|afgelopen periode|onderbouwing|done|what (?:have you|i have|i've|was) done|what did (?:you|i) do|accomplished|"
        "accomplishments|results?|explanation|comments?|notes?|remarks?|last period|state of affairs|"
        "hoe staat het ermee|valt er iets bij toe te lichten|(?:welke resultaten|wat) hebben we bereikt|"
        "how does it stand|is there anything to explain|(?:which results|what) have we reached"
    ),
    Label.NEXT: (
        "komende periode|volgende periode|vervolgstappen|vervolgstap|vervolg|volgende stappen|volgende stap|"
        "wat (?:ga je|ga ik)(?: (?:in )?de komende periode)? doen|plannen|"
        "next steps?|next period|next|coming period|what will (?:you|i) do(?: next| in the coming period)?|plans"
    ),
    Label.NEEDED: (
        "nodig|wat (?:heb je|heb ik) nodig(?: van het team)?|hulpvraag|hulpvragen|knelpunten|knelpunt|"
        "needed|needs?|what do (?:you|i) need(?: from the team)?|support needed|support|asks?|blockers?"
    ),
    Label.PROPOSAL: (
        "voorstellen|voorstel|wijzigingsvoorstellen|wijzigingsvoorstel|voorgestelde wijzigingen|voorgestelde wijziging|"
        "proposals?|proposed changes?|suggested changes?|"
        "stel je een wijziging van de actie voor(?:: later, minder of anders)?|welke wijzigingen stel je voor|"
        "do you propose a change to the action(?:: later, less,? or different)?|which changes do you propose"
    ),
    Label.STATE: (
        "(?:(?:mijn|onze|huidige|actuele|my|our|current) )?(?:status|stand|fase|voortgang|percentage|percentage gereed|% gereed|%|gereed|verkeerslicht|stoplicht|licht|kleur|"
        "progress|% complete|completion|traffic light|light|rag|colour|color|phase|stage|state|"
        "waarde|meting|meetwaarde|gemeten waarde|gemeten|realisatie|laatste waarde|value|actual|measured value|measured|"
        "measurement|(?:laatste |latest )?(?:meting|measurement)|latest value)|"
        "hoe ver is het werk(?:, in procenten)?|hoeveel van het werk is af(?:, in %)?|welke kleur geef je(?:,? en waarom)?|"
        "wat is de laatst gemeten waarde|how much (?:of the work )?is done(?:, in (?:percent|%))?|"
        "which colou?r do you give it(?:,? and why)?|what is the latest measured value"
    ),
    Label.MEASURED_ON: "op welke dag is die gemeten|on which day was it measured|gemeten op|meetdatum|datum meting|datum|peildatum|measured on|date of measurement|measurement date|date",
}  # fmt: skip

_ANY_LABEL = "|".join(f"(?P<{label.name}>{words})" for label, words in _LABEL_WORDS.items())
_LABEL = re.compile(
    rf"[*_ ]{{0,3}}(?:{_ANY_LABEL})[*_ ]{{0,3}}(?P<mark>\s?[:=]|\s[-–—](?=\s)|\s?\?\s?:?|$)[*_ ]{{0,3}}"
    r"(?:(?:een paar zinnen zijn genoeg|a few sentences will do)\.[*_ ]{0,3})?",
    re.IGNORECASE,
)
_PROGRESS_LABEL = re.compile(
    r"[*_ ]{0,3}(?:voortgang|percentage|%|gereed|progress|completion|hoe ver|hoeveel|how much)", re.IGNORECASE
)
_INLINE_WORDS = "|".join(_LABEL_WORDS[label] for label in Label if label is not Label.STATE)
_INLINE_LABEL = re.compile(
    rf"(?:(?<=[.;,|!?)%])\s*|(?<=\s[-–])\s+)(?=(?i:{_INLINE_WORDS})\s?:)"
    r"|\s+(?=(?:Gedaan|Komende periode|Nodig|Voorstel|Toelichting|Done|Next|Needed|Proposal|Update|Gemeten op|Measured on):)"
)
_BLANK = re.compile(r"[\s\[\]_.…:*-]*")
_DASH = re.compile(r"\s*[-–—]{1,3}\s*")
_BULLET = re.compile(r"^(?:o(?=\s+\S)|[-*•·‣▪▫◦●○►➢✦\uf0b7\uf0a7§+–—]|\(?\d{1,2}[.)]|[a-z]\))\s+")


class LabelledLine(NamedTuple):
    """A line that begins with a label.

    Attributes:
        label: What it announces.
        mark: What stands behind it: `:`, `=`, `-`, `?`, or "" where it stands alone on its line.
        rest: What comes after that.
        start: Where in the line the mark stands.
        is_progress: Whether the label names progress, so that a bare number is a percentage.
    """

    label: Label
    mark: str
    rest: str
    is_progress: bool
    start: int


def labelled(line: str) -> LabelledLine | None:
    """The label that a line begins with, or None."""
    found = _LABEL.match(line)
    if found is None:
        return None
    label = next(each for each in Label if found[each.name])
    return LabelledLine(
        label,
        found["mark"].strip(),
        line[found.end() :].strip(),
        bool(_PROGRESS_LABEL.match(line)),
        found.start("mark"),
    )


def parted_at_labels(line: str) -> list[str]:
    """A line in the pieces that its labels begin: `oranje 60%; gedaan: x; nodig: y` are three."""
    return _INLINE_LABEL.split(line)


def without_bullet(line: str) -> str:
    """The line without the dot, dash or number of a list."""
    return _BULLET.sub("", line, count=1)


def is_blank(answer: str) -> bool:
    """Whether nothing was filled in: no more than dots, lines or brackets. A dash is an answer: there is nothing."""
    return bool(_BLANK.fullmatch(answer)) and not is_dash(answer)


def is_dash(answer: str) -> bool:
    """Whether an answer is a dash, which says that there is nothing."""
    return bool(_DASH.fullmatch(answer))


def is_blank_label(line: str) -> bool:
    """Whether a line is a label or a question of ours with nothing behind it, such as `Gedaan:`."""
    plain = line.strip()
    if plain[-1:].isalnum():
        return False  # nearly all lines; there is something behind whatever they begin with
    found = labelled(without_bullet(plain))
    return bool(found and found.mark and is_blank(found.rest))
