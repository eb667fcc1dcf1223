"""Days, numbers and small words as a letter writes them, in Dutch and English, without a locale."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from ogsm_xl.letters.mail import one_line
from ogsm_xl.plan.day_words import MONTHS, WEEKDAYS
from ogsm_xl.plan.model import Session
from ogsm_xl.plan.words import FactorKind, ItemKind, Language, SessionKind, Text

_COUNTS = Text(
    "nul één twee drie vier vijf zes zeven acht negen tien",
    "zero one two three four five six seven eight nine ten",
)

PURPOSES: Mapping[SessionKind, Text] = MappingProxyType(
    {
        SessionKind.DOING: Text(
            "We lopen samen de acties langs die aandacht vragen: doen we de dingen goed?",
            "Together we go through the actions that need attention: are we doing things right?",
        ),
        SessionKind.STEERING: Text(
            "We kijken samen naar de strategieën, de indicatoren en de acties: doen we de goede dingen?",
            "Together we look at the strategies, the indicators and the actions: are we doing the right things?",
        ),
        SessionKind.PLANNING: Text(
            "We kijken waar we staan met het hele plan, en maken samen het plan voor het komende jaar.",
            "We look at where we stand with the whole plan, and together make the plan for the coming year.",
        ),
    }
)
"""What a session is for, in one sentence."""

KIND_NAMES: Mapping[ItemKind, tuple[Text, Text]] = MappingProxyType(
    {
        ItemKind.OBJECTIVE: (Text("ambitie", "objective"), Text("ambities", "objectives")),
        ItemKind.STRATEGY: (Text("strategie", "strategy"), Text("strategieën", "strategies")),
        ItemKind.INDICATOR: (Text("indicator", "indicator"), Text("indicatoren", "indicators")),
        ItemKind.ACTION: (Text("actie", "action"), Text("acties", "actions")),
    }
)
"""One of a kind, and several, within a sentence."""

FACTOR_NAMES: Mapping[FactorKind, Text] = MappingProxyType(
    {
        FactorKind.STRENGTH: Text("Sterke punten", "Strengths"),
        FactorKind.VULNERABILITY: Text("Kwetsbaarheden", "Vulnerabilities"),
        FactorKind.OPPORTUNITY: Text("Kansen", "Opportunities"),
        FactorKind.RISK: Text("Risico's", "Risks"),
        FactorKind.CHANGE: Text("Veranderingen in de omgeving", "Changes in the environment"),
        FactorKind.SCENARIO: Text("Scenario's", "Scenarios"),
    }
)
"""Several factors of a kind, as a heading."""


def day_with_weekday(day: date, language: Language) -> str:
    """`donderdag 11 juni 2026`, `Thursday 11 June 2026`."""
    return f"{WEEKDAYS[day.weekday()].in_(language)} {day_in_words(day, language)}"


def day_in_words(day: date, language: Language) -> str:
    """`11 juni 2026`, `11 June 2026`."""
    return f"{day.day} {MONTHS[day.month - 1].in_(language)} {day.year}"


def until_day(day: date, today: date, language: Language) -> str:
    """How far off a day is: `vandaag`, `morgen`, `over 3 dagen`."""
    days = (day - today).days
    if days <= 0:
        return Text("vandaag", "today").in_(language)
    if days == 1:
        return Text("morgen", "tomorrow").in_(language)
    return Text(f"over {days} dagen", f"in {days} days").in_(language)


def overdue(days: int, language: Language) -> str:
    """`5 dagen te laat`; "" when it is not late."""
    if days <= 0:
        return ""
    return Text(
        f"{days} {'dag' if days == 1 else 'dagen'} te laat",
        f"{days} {'day' if days == 1 else 'days'} overdue",
    ).in_(language)


def session_hours(session: Session, language: Language) -> str:
    """`10:00 – 11:00 uur`, `10:00`, or "" where no time was given."""
    if session.time is None:
        return ""
    hours = f"{session.time:%H:%M}"
    if session.minutes:
        end = datetime.combine(session.date, session.time) + timedelta(minutes=session.minutes)
        if end.date() == session.date:
            hours += f" – {end:%H:%M}"
    return hours + Text(" uur", "").in_(language)


def counted(number: int, one: Text, more: Text, language: Language) -> str:
    """A number with its noun, written out up to ten: `één actie`, `12 acties`."""
    counts = _COUNTS.in_(language).split()
    written = counts[number] if number < len(counts) else str(number)
    return f"{written} {(one if number == 1 else more).in_(language)}"


def of_reached(measures: int) -> Text:
    """What follows the number of goals and indicators that were reached: `of 19 goals and indicators reached`."""
    if measures == 1:
        return Text("van 1 doel of indicator gehaald", "of 1 goal or indicator reached")
    return Text(
        f"van de {measures} doelen en indicatoren gehaald", f"of {measures} goals and indicators reached"
    )


def of_behind(behind: int, strategies: int) -> Text:
    """What follows the number of strategies that are behind: `of 5 strategies behind schedule`."""
    nl = "van 1 strategie" if strategies == 1 else f"van de {strategies} strategieën"
    verb = "loopt" if behind == 1 or strategies == 1 else "lopen"
    noun = "strategy" if strategies == 1 else "strategies"
    return Text(f"{nl} {verb} achter", f"of {strategies} {noun} behind schedule")


def finished_in_year(done: int) -> Text:
    """What follows the number of actions that were finished: `actions finished this year`."""
    if done == 1:
        return Text("actie afgerond in dit jaar", "action finished this year")
    return Text("acties afgerond in dit jaar", "actions finished this year")


def listed(parts: list[str], language: Language) -> str:
    """`a`, `a en b`, `a, b en c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {Text('en', 'and').in_(language)} {parts[-1]}"


def number(value: float, language: Language) -> str:
    """A number as it is read and typed: `23,5` in Dutch, `23.5` in English; without needless zeros."""
    written = f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:.6g}"
    written = "0" if written == "-0" else written
    return written.replace(".", ",") if language is Language.NL else written


def figure(value: float, language: Language) -> str:
    """A number as it is read in a picture or a table: with its thousands apart from 10,000 on, `35.200` in Dutch."""
    written = number(value, language)
    if not 10_000 <= abs(value) < 1e15:
        return written
    point, between = (",", ".") if language is Language.NL else (".", ",")
    whole, _, rest = written.partition(point)
    return f"{int(whole):,}".replace(",", between) + (point + rest if rest else "")


def with_unit(value: float, unit: str, language: Language, *, grouped: bool = False) -> str:
    """A number with its unit: `33 maanden`, `95%`, `€ 12`; `grouped` sets the thousands of a large one apart."""
    plain = one_line(unit, 20)
    written = figure(value, language) if grouped else number(value, language)
    if plain in {"%", "°C"}:
        return written + plain
    if plain in {"€", "$", "£"}:
        return f"{plain} {written}"
    return f"{written} {plain}".strip()


def first_name(name: str) -> str:
    """What to call somebody: `Jan` for "Jan de Vries" and "Vries, Jan de"; the whole name where only initials are given."""
    plain = one_line(name, 60)
    if "," in plain:
        last, _, first = plain.partition(",")
        plain = f"{first.strip()} {last.strip()}".strip()
    first = plain.split(" ")[0]
    return plain if len(first) < 2 or "." in first else first


def shortened(text: str, longest: int) -> str:
    """The text on one line, at most so many characters; cut off at a word where that is near, and visibly."""
    line = unicodedata.normalize("NFC", one_line(text, 5 * longest))
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    at_word = cut.rfind(" ")
    if at_word > longest * 3 // 4:
        cut = cut[:at_word]
    while cut and (unicodedata.combining(cut[-1]) or cut[-1] in "\u200d\ufe0f "):
        cut = cut[:-1]
    return cut.rstrip(",;:") + "…"
