"""The closed vocabularies of an OGSM and their words in Dutch and English.

Every text that a user sees exists in both languages; a `Text` holds the pair. What people write instead of
these words (synonyms, letters, emoji) is read by `ogsm_xl.plan.written`.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Language(Enum):
    """A language that users read: Dutch or English."""

    NL = "nl"
    EN = "en"


class Text(NamedTuple):
    """The same text in Dutch and in English."""

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in one language."""
        return self.nl if language is Language.NL else self.en

    def filled(self, **values: object) -> Text:
        """Both texts with `{name}` replaced by a value; a value that is a `Text` is taken in the same language."""
        return Text(
            self.nl.format(**{k: v.nl if isinstance(v, Text) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )


class Word(Enum):
    """An enum of `Text`s: a closed list with a word in each language."""

    value: Text

    def word(self, language: Language) -> str:
        """The word that users of this language see and choose."""
        return self.value.in_(language)

    @property
    def key(self) -> str:
        """A stable name for files and the ledger, the same in every language."""
        return self.name.lower()


class Status(Word):
    """How far an action is. Parked ("icebox") means deliberately not now: never asked about, never discussed."""

    TO_DO = Text("Nog te doen", "To do")
    IN_PROGRESS = Text("Mee bezig", "In progress")
    DONE = Text("Afgerond", "Done")
    PARKED = Text("Geparkeerd", "Parked")


class TrafficLight(Word):
    """Is it on plan? Blank (None where a light is expected) means unknown, and therefore to be discussed."""

    GREEN = Text("Groen", "Green")
    ORANGE = Text("Oranje", "Orange")
    RED = Text("Rood", "Red")


class SessionKind(Word):
    """The three sessions of the rhythm: monthly, quarterly, yearly."""

    DOING = Text("Doensessie", "Doing session")
    STEERING = Text("Bijstuursessie", "Steering session")
    PLANNING = Text("Plansessie", "Planning session")


class ItemKind(Word):
    """What a report can be about."""

    OBJECTIVE = Text("Ambitie", "Objective")
    STRATEGY = Text("Strategie", "Strategy")
    INDICATOR = Text("Indicator", "Indicator")
    ACTION = Text("Actie", "Action")


class Role(Word):
    """What somebody answers for, besides the items that they own."""

    OGSM_OWNER = Text("OGSM-eigenaar", "OGSM owner")
    PROCESS_OWNER = Text("Proceseigenaar", "Process owner")
    MANAGER = Text("Manager", "Manager")
    MEMBER = Text("Teamlid", "Team member")


class Direction(Word):
    """Which way an indicator should move: up, down, or within a band."""

    HIGHER = Text("Hoger is beter", "Higher is better")
    LOWER = Text("Lager is beter", "Lower is better")
    BAND = Text("Bandbreedte", "Within a band")


class StrategyKind(Word):
    """A business strategy serves customers or members directly; an enabling one makes the others possible."""

    BUSINESS = Text("Inhoudelijk", "Business")
    ENABLING = Text("Randvoorwaardelijk", "Enabling")


class FactorKind(Word):
    """What in and around the organisation bears on the plan; updated at the planning session."""

    STRENGTH = Text("Sterk punt", "Strength")
    VULNERABILITY = Text("Kwetsbaarheid", "Vulnerability")
    OPPORTUNITY = Text("Kans", "Opportunity")
    RISK = Text("Risico", "Risk")
    CHANGE = Text("Verandering in de omgeving", "Change in the environment")
    SCENARIO = Text("Scenario", "Scenario")


class EvaluationSubject(Word):
    """The four subjects on which a quarter is evaluated at the steering session."""

    TEAM = Text("Samenwerking in het team", "Cooperation in the team")
    OTHERS = Text("Samenwerking met anderen", "Cooperation with others")
    PROCESS = Text("Het proces", "The process")
    FACILITIES = Text("De faciliteiten", "The facilities")


class ReportSource(Word):
    """How a report came in."""

    FORM = Text("Formulier", "Form")
    MAIL = Text("Mail", "Mail")
    ROW = Text("Werkboek", "Workbook")
    HAND = Text("Handmatig", "By hand")


class YesNo(Word):
    """A choice between yes and no."""

    YES = Text("Ja", "Yes")
    NO = Text("Nee", "No")
