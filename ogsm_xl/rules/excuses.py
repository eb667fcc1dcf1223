"""Rows that are excused from rules: "OX305 agreed with the board" in a row's column for exceptions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Indicator, Plan, Strategy, normalised_id
from ogsm_xl.plan.words import Text
from ogsm_xl.rules.phrases import found_on, listed, quoted
from ogsm_xl.rules.rule import Place, Rule

WITHOUT_REASON = Rule(
    "OX131", Severity.HINT, Place.STRUCTURE,
    Text("Uitzondering zonder reden", "Exception without a reason"),
    Text("{name} is uitgezonderd van {codes}, maar er staat niet bij waarom.", "{name} is excused from {codes}, but it does not say why."),
    Text("Over een half jaar weet niemand meer of de uitzondering nog klopt.", "In half a year nobody knows whether the exception still holds."),
    Text("Zet de reden achter de code, bijvoorbeeld: “{codes} afgesproken met het MT”.", "Write the reason after the code, for example: “{codes} agreed with the board”."),
    Text("OX305", "OX305"),
    Text("OX305 afgesproken met het MT tot juni", "OX305 agreed with the board until June"),
)  # fmt: skip
UNKNOWN_CODE = Rule(
    "OX132", Severity.HINT, Place.STRUCTURE,
    Text("Uitzondering met een onbekende code", "Exception with an unknown code"),
    Text("{name} is uitgezonderd van {codes}, maar die controle bestaat niet.", "{name} is excused from {codes}, but there is no such check."),
    Text("Een verkeerde code zondert niets uit: de bevinding komt elke maand terug.", "A wrong code excuses nothing: the finding comes back every month."),
    Text("Neem de code over die bij de bevinding staat.", "Copy the code that stands with the finding."),
    Text("OX999 afgesproken met het MT", "OX999 agreed with the board"),
    Text("OX305 afgesproken met het MT", "OX305 agreed with the board"),
)  # fmt: skip
WITHOUT_CODE = Rule(
    "OX133", Severity.HINT, Place.STRUCTURE,
    Text("Uitzondering zonder code", "Exception without a code"),
    Text("{name} heeft als uitzondering {text}, maar daar staat geen code van een controle in.", "{name} has the exception {text}, which names no code of a check."),
    Text("Zonder code is niet duidelijk welke controle hier niet geldt; ze gelden dus allemaal.", "Without a code it is not clear which check does not apply here, so all of them do."),
    Text("Zet de code van de bevinding voor de reden, bijvoorbeeld OX305, of maak de cel leeg.", "Write the code of the finding before the reason, for example OX305, or clear the cell."),
    Text("afgesproken met het MT", "agreed with the board"),
    Text("OX305 afgesproken met het MT", "OX305 agreed with the board"),
)  # fmt: skip

RULES = (WITHOUT_REASON, UNKNOWN_CODE, WITHOUT_CODE)

_CODE = re.compile(r"\bOX\s?-?(\d{3,4})\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Excuses:
    """Which codes are excused in which row of the workbook, and for which item."""

    by_row: Mapping[tuple[str, int], frozenset[str]]
    by_item: Mapping[str, frozenset[str]]

    def excuse(self, finding: Finding) -> bool:
        """Whether this finding is excused: by the row that it points at, else by the item that it is about."""
        if finding.where:
            here = self.by_row.get((finding.where.sheet, finding.where.row))
            if here is not None:
                return finding.code in here
        return bool(finding.item) and finding.code in self.by_item.get(normalised_id(finding.item), ())


def excuses_in(plan: Plan) -> Excuses:
    """What the rows of a plan are excused from."""
    by_row: dict[tuple[str, int], frozenset[str]] = {}
    by_item: dict[str, frozenset[str]] = {}
    for item in _excusable(plan):
        codes = frozenset(codes_in(item.excused))
        if item.row:
            by_row[item.row.place.sheet, item.row.row] = codes
        by_item.setdefault(normalised_id(item.id), codes)
    return Excuses(by_row, by_item)


def codes_in(excused: str) -> tuple[str, ...]:
    """The codes that a text names, as the catalogue writes them: `OX305` for "ox 305", too."""
    return tuple(dict.fromkeys(f"OX{digits}" for digits in _CODE.findall(excused)))


def faulty_excuses(plan: Plan, known: Collection[str]) -> Iterator[Finding]:
    """Exceptions without a reason, with a code that is not `known`, or without any code."""
    for item in _excusable(plan):
        if not item.excused.strip():
            continue
        codes = codes_in(item.excused)
        unknown = [code for code in codes if code not in known]
        if not codes:
            yield found_on(WITHOUT_CODE, item, "excused", text=quoted(item.excused))
        if unknown:
            yield found_on(UNKNOWN_CODE, item, "excused", codes=listed(unknown))
        if codes and not _LETTER.search(_CODE.sub(" ", item.excused)):
            yield found_on(WITHOUT_REASON, item, "excused", codes=listed(codes))


def _excusable(plan: Plan) -> Iterable[Strategy | Indicator | Action]:
    return (*plan.strategies, *plan.indicators, *plan.actions)
