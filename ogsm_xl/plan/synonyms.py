"""What people write for the words of the closed lists: synonyms, letters and emoji, in Dutch and English.

Everything is given in small letters without accents, as `ogsm_xl.plan.written.folded` makes it. The words that the
template offers need not be repeated here. A letter or word that people use for two members of the same list belongs
in `AMBIGUOUS`, not here: what is ambiguous is asked about, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping

from ogsm_xl.plan.words import (
    Direction,
    EvaluationSubject,
    FactorKind,
    ItemKind,
    Language,
    ReportSource,
    Role,
    SessionKind,
    Status,
    StrategyKind,
    TrafficLight,
    Word,
    YesNo,
)

BLANK = frozenset(
    {
        "", "nvt", "n.v.t", "n.v.t.", "niet van toepassing", "n/a", "n.a", "na", "not applicable", "geen", "none",
        "tbd", "t.b.d", "tba", "ntb", "n.t.b", "nog te bepalen", "nog niet bekend", "onbekend", "unknown",
        "to be determined", "to be decided", "nog invullen", "leeg", "blank", "volgt", "pm", "p.m",
    }
)  # fmt: skip
"""What stands for an empty cell in every column but free text; marks such as `-` and `?` fold to ""."""

SYNONYMS: Mapping[type[Word], Mapping[Word, tuple[str, ...]]] = {
    TrafficLight: {
        TrafficLight.GREEN: (
            "groene", "g", "🟢", "🟩", "💚", "✅", "✔", "☑", "✓", "👍", "op schema", "op koers", "volgens plan", "op plan",
            "on track", "on plan", "on schedule",
        ),
        TrafficLight.ORANGE: (
            "o", "geel", "gele", "y", "yellow", "a", "amber", "🟠", "🟡", "🟧", "🟨", "🧡", "💛", "⚠",
            "at risk", "aandacht nodig",
        ),
        TrafficLight.RED: ("rode", "🔴", "🟥", "❌", "⛔", "🛑", "❗", "‼", "off track", "kritiek", "critical"),
    },
    Status: {
        Status.TO_DO: (
            "te doen", "todo", "to-do", "n", "t", "open", "nieuw", "new", "nog niet gestart", "niet gestart",
            "nog niet begonnen", "niet begonnen", "not started", "not yet started", "nog starten", "gepland",
            "planned", "ingepland", "scheduled", "backlog", "⬜", "☐", "◻", "🆕",
        ),
        Status.IN_PROGRESS: (
            "bezig", "m", "i", "l", "lopend", "loopt", "onderhanden", "onder handen", "in uitvoering",
            "in behandeling", "actief", "gestart", "begonnen", "active", "started", "ongoing", "on-going", "doing",
            "wip", "work in progress", "in-progress", "underway", "under way", "busy", "🔄", "🚧", "▶", "🏃",
        ),
        Status.DONE: (
            "d", "k", "f", "gereed", "klaar", "af", "afgesloten", "gesloten", "voltooid", "gedaan", "beeindigd",
            "opgeleverd", "finished", "complete", "completed", "closed", "delivered",
            "✅", "✔", "☑", "✓", "🏁",
        ),
        Status.PARKED: (
            "parkeren", "ijskast", "in de ijskast", "icebox", "on hold", "onhold", "on-hold", "uitgesteld",
            "opgeschort", "gepauzeerd", "postponed", "deferred", "paused", "suspended", "⏸", "🧊", "❄", "🅿",
        ),
    },
    SessionKind: {
        SessionKind.DOING: (
            "doen", "doensessies", "doen-sessie", "doen sessie", "doing", "updatesessie", "update-sessie",
            "update sessie", "update session", "maandsessie", "maandelijks", "maandelijkse sessie", "monthly",
            "monthly session", "voortgangssessie", "voortgang", "progress session",
        ),
        SessionKind.STEERING: (
            "bijsturen", "bijstuur", "bijstuur-sessie", "bijstuur sessie", "bijstuursessies", "kwartaalsessie",
            "kwartaal", "per kwartaal", "steering", "steer", "quarterly", "quarterly session", "quarterly review",
        ),
        SessionKind.PLANNING: (
            "plannen", "plan", "plan-sessie", "plan sessie", "plansessies", "planning", "planningssessie", "creeren",
            "creatiesessie", "jaarsessie", "jaarlijks", "yearly", "annual", "yearly session", "annual session",
            "plan session",
        ),
    },
    ItemKind: {
        ItemKind.OBJECTIVE: ("hoofddoel", "ambition", "ogsm"),
        ItemKind.STRATEGY: ("strategische keuze", "strategic choice"),
        ItemKind.INDICATOR: ("kpi", "metric"),
        ItemKind.ACTION: ("actiepunt",),
    },
    Role: {
        Role.OGSM_OWNER: ("ogsm-owner", "ogsm eigenaar", "eigenaar ogsm", "owner of the ogsm", "planeigenaar", "plan owner"),
        Role.PROCESS_OWNER: ("proces-eigenaar", "proces eigenaar", "process-owner", "procesbegeleider", "facilitator"),
        Role.MANAGER: ("managers", "leidinggevende", "directeur", "director", "mt", "mt-lid", "mt lid", "manager mt"),
        Role.MEMBER: ("lid", "teamleden", "team-lid", "medewerker", "member", "team-member", "employee"),
    },
    Direction: {
        Direction.HIGHER: (
            "hoger", "hoog", "omhoog", "stijgen", "stijgend", "meer", "higher", "high", "up", "increase", "more",
            "maximaliseren", "maximise", "maximize", "↑", "⬆", "🔼", "▲", "↗", "📈",
        ),
        Direction.LOWER: (
            "lager", "laag", "omlaag", "dalen", "dalend", "minder", "lower", "low", "down", "decrease", "less",
            "minimaliseren", "minimise", "minimize", "↓", "⬇", "🔽", "▼", "↘", "📉",
        ),
        Direction.BAND: (
            "band", "binnen een band", "binnen bandbreedte", "binnen een bandbreedte", "tussen", "range",
            "within range", "between", "gelijk", "gelijk houden", "stabiel", "stable", "↔", "⬌",
        ),
    },
    StrategyKind: {
        StrategyKind.BUSINESS: ("inhoud", "inhoudelijke", "primair", "core", "klant", "leden", "customer"),
        StrategyKind.ENABLING: (
            "randvoorwaarde", "randvoorwaardelijke", "ondersteunend", "faciliterend", "enabler", "supporting",
        ),
    },
    FactorKind: {
        FactorKind.STRENGTH: ("sterkte", "sterke punten", "sterk", "strengths"),
        FactorKind.VULNERABILITY: (
            "kwetsbaar", "zwakte", "zwak punt", "zwak", "weakness", "weaknesses", "vulnerabilities", "kwetsbaarheden",
        ),
        FactorKind.OPPORTUNITY: ("kansen", "opportunities"),
        FactorKind.RISK: ("risico's", "risicos", "bedreiging", "bedreigingen", "threat", "threats", "risks"),
        FactorKind.CHANGE: ("verandering", "veranderingen", "ontwikkeling", "trend", "change", "changes"),
        FactorKind.SCENARIO: ("scenario's", "scenarios"),
    },
    EvaluationSubject: {
        EvaluationSubject.TEAM: ("team", "samenwerking team", "in het team", "cooperation team", "teamwork"),
        EvaluationSubject.OTHERS: (
            "anderen", "samenwerking anderen", "met anderen", "others", "cooperation others",
        ),
        EvaluationSubject.PROCESS: ("proces", "process"),
        EvaluationSubject.FACILITIES: ("faciliteiten", "facilities"),
    },
    ReportSource: {
        ReportSource.FORM: ("form",),
        ReportSource.MAIL: ("e-mail", "email"),
        ReportSource.ROW: ("werkboek", "werkmap", "excel", "row", "rij", "regel"),
        ReportSource.HAND: ("hand", "met de hand", "manual", "manually"),
    },
    YesNo: {
        YesNo.YES: ("j", "y", "x", "v", "1", "true", "waar", "aan", "on", "wel", "✅", "✔", "☑", "✓", "👍"),
        YesNo.NO: ("n", "0", "false", "onwaar", "uit", "off", "niet", "❌", "✗", "✘", "☐", "⬜", "👎"),
    },
}  # fmt: skip
"""Per closed list: the other ways to write each of its words."""

AMBIGUOUS: Mapping[type[Word], frozenset[str]] = {
    TrafficLight: frozenset({"r", "1", "2", "3", "rg", "ready", "gereed", "wit", "grijs", "blauw", "white", "grey", "blue"}),
    Status: frozenset(
        {"a", "b", "c", "g", "o", "p", "r", "s", "w", "x", "v", "0", "1", "2", "3", "4", "ready", "wacht", "wachten", "waiting",
         "pending", "vervallen", "geannuleerd", "cancelled", "canceled", "doorlopend", "continu", "continuous"}
    ),
    SessionKind: frozenset({"d", "b", "p", "s", "q", "sessie", "session", "update", "review"}),
    Direction: frozenset({"+", "1", "h", "l", "goed", "good"}),
    ItemKind: frozenset({"a", "s", "i", "o", "doel", "goal", "doelstelling"}),
}  # fmt: skip
"""Per closed list: what people write that could mean more than one of its words, or none of them."""

LETTERS: Mapping[type[Word], tuple[Mapping[str, Word], ...]] = {
    TrafficLight: tuple(
        {"g": TrafficLight.GREEN, orange: TrafficLight.ORANGE, "r": TrafficLight.RED} for orange in "oay"
    ),
    Status: (
        {"n": Status.TO_DO, "m": Status.IN_PROGRESS, "a": Status.DONE, "g": Status.PARKED},
        {"t": Status.TO_DO, "i": Status.IN_PROGRESS, "d": Status.DONE, "p": Status.PARKED},
    ),
}
"""Sets of letters that columns are filled with; within such a column a letter is not ambiguous any more."""

LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(("nl", "nld", "nl-nl", "nederlands", "nederlandse", "dutch", "🇳🇱"), Language.NL),
    **dict.fromkeys(
        ("en", "eng", "en-gb", "en-us", "uk", "gb", "engels", "engelse", "english", "🇬🇧"), Language.EN
    ),
}
"""How people write a language."""

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb febr",
            "maart march mrt mar maa",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""The names of the months and their usual abbreviations, in both languages."""

WEEKDAYS = frozenset(
    [
        "maandag",
        "ma",
        "monday",
        "mon",
        "dinsdag",
        "di",
        "tuesday",
        "tue",
        "tues",
        "woensdag",
        "wo",
        "wednesday",
        "wed",
        "donderdag",
        "do",
        "thursday",
        "thu",
        "thur",
        "thurs",
        "vrijdag",
        "vr",
        "friday",
        "fri",
        "zaterdag",
        "za",
        "saturday",
        "sat",
        "zondag",
        "zo",
        "sunday",
        "sun",
    ]
)
"""The names of the days of the week and their usual abbreviations, in both languages."""
