"""What a rule is: a stable code, how bad it is, what a finding says, why it matters, how to mend it.

The reader (what it could not read) and the checks (what the plan contradicts) report in the same form.
"""

from __future__ import annotations

from dataclasses import dataclass

from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.words import Text, Word


class Place(Word):
    """What part of the plan a rule is about; the catalogue is filed by it."""

    STRUCTURE = Text("Opbouw van het werkboek", "Structure of the workbook")
    GOALS = Text("Doelstellingen", "Goals")
    STRATEGIES = Text("Strategieën", "Strategies")
    INDICATORS = Text("Indicatoren", "Indicators")
    ACTIONS = Text("Acties", "Actions")
    PEOPLE = Text("Personen", "People")
    SESSIONS = Text("Sessies", "Sessions")
    REPORTS = Text("Rapportages", "Reports")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for in a plan.

    Attributes:
        code: Stable and never reused: `OX` and three digits.
        severity: How bad a finding of this rule is.
        place: The part of the plan that it is about.
        title: The rule in a few words.
        message: What a finding says; `{name}` stands for a value that `found` is given.
        why: Why it matters to the people who work with the plan.
        fix: What to do about it; may hold the same `{name}`s as the message.
        bad: An example that the rule finds, in words.
        good: The same example, mended.
    """

    code: str
    severity: Severity
    place: Place
    title: Text
    message: Text
    why: Text
    fix: Text
    bad: Text
    good: Text

    def found(
        self, where: CellRef | None = None, *, item: str = "", owner: str = "", **values: object
    ) -> Finding:
        """A finding of this rule; `values` fill the message and the fix, a `Text` in its own language.

        Raises KeyError if the message names a value that is not given.
        """
        return Finding(
            self.code,
            self.severity,
            self.message.filled(**values),
            self.fix.filled(**values),
            where,
            item,
            owner,
        )
