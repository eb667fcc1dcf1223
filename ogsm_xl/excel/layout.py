"""Which sheet and column holds which field of the plan: the one source for reader, editor and templates.

A `Table` is one sheet with one Excel table on it. Table names are English and stable whatever the language of
the workbook; sheet names and headings exist in Dutch and English, and the reader also knows the synonyms that
organisations use (domain.md, "Heading synonyms"). `Column.field` is the attribute of the record class.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from ogsm_xl.plan.model import (
    Action,
    Decision,
    Evaluation,
    Factor,
    Goal,
    Indicator,
    Measurement,
    Objective,
    Person,
    Record,
    Report,
    Session,
    Strategy,
)
from ogsm_xl.plan.words import Text


class Kind(Enum):
    """What a cell of a column holds; decides how it is read, written, validated and formatted."""

    ID = auto()  # a stable ID such as A12
    TEXT = auto()  # one line
    LONG_TEXT = auto()  # several lines, wrapped
    DATE = auto()
    DATE_TIME = auto()
    TIME = auto()
    MINUTES = auto()  # a whole number of minutes
    NUMBER = auto()  # in the unit that the row names
    PERCENT = auto()  # progress: a fraction in the cell (0.6, shown as 60%), percent in the plan
    PERSON = auto()  # the name of one of the people
    PEOPLE = auto()  # names as written, several allowed
    MAIL = auto()
    ITEM = auto()  # the ID of an item
    STRATEGIES = auto()  # one or more IDs of strategies
    GOALS = auto()  # one or more IDs of goals
    SESSION = auto()  # the ID of a session
    STATUS = auto()
    LIGHT = auto()
    SESSION_KIND = auto()
    ITEM_KIND = auto()
    STRATEGY_KIND = auto()
    DIRECTION = auto()
    FACTOR_KIND = auto()
    SUBJECT = auto()
    SOURCE = auto()
    ROLES = auto()  # one or more roles
    LANGUAGE = auto()
    YES_NO = auto()


class FilledBy(Enum):
    """Who fills in a column: the template shows the difference."""

    PLAN = auto()  # whoever writes the plan: OGSM owner, process owner
    OWNER = auto()  # the owner of the row, when reporting
    JOBS = auto()  # ogsm-xl itself


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        field: The attribute of the record class.
        kind: What a cell holds.
        heading: The heading in the template.
        help: What to fill in, as the input message says it; at most 255 characters.
        width: The column's width in characters, as Excel counts it.
        synonyms: Other headings that mean this field, in small letters.
        filled_by: Who fills it in.
        required: Whether the jobs need it: a sheet without this heading can't be used.
    """

    field: str
    kind: Kind
    heading: Text
    help: Text
    width: float = 12
    synonyms: tuple[str, ...] = ()
    filled_by: FilledBy = FilledBy.PLAN
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of the workbook with the Excel table on it.

    Attributes:
        name: The Excel table's name, the same in every language.
        sheet: The sheet's name.
        record: The class that a row becomes.
        prefix: What this table's IDs begin with, or "" where rows have no ID.
        columns: In the template's order.
        synonyms: Other sheet names that mean this table, in small letters.
        required: Whether a workbook without it can be used at all.
    """

    name: str
    sheet: Text
    record: type[Record]
    prefix: str
    columns: tuple[Column, ...]
    synonyms: tuple[str, ...] = ()
    required: bool = False

    def column(self, field: str) -> Column:
        """The column of a field; KeyError if the table has none."""
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(field)


_OWNER_WORDS = (
    "eigenaar", "actiehouder", "verantwoordelijke", "trekker", "uitvoerder", "aanjager", "wie",
    "owner", "responsible", "lead", "accountable", "assignee", "dri", "driver", "who",
)  # fmt: skip
_LIGHT_WORDS = (
    "verkeerslicht", "stoplicht", "kleur", "oordeel", "g/o/r", "licht",
    "traffic light", "rag", "rag status", "health", "colour", "color", "light",
)  # fmt: skip
_UPDATE_WORDS = (
    "toelichting", "stand van zaken", "update", "opmerkingen", "opmerking",
    "comments", "comment", "notes", "note", "explanation", "status update", "remarks",
)  # fmt: skip
_DONE_WORDS = (
    "gedaan", "wat heb je gedaan", "resultaten", "resultaat",
    "done", "accomplished", "last period", "results", "what have you done",
)  # fmt: skip
_NEXT_WORDS = (
    "komende periode", "vervolg", "vervolgstappen", "wat ga je doen", "volgende stap", "volgende stappen",
    "next", "next steps", "next step", "plans", "coming period", "what will you do",
)  # fmt: skip
_NEEDED_WORDS = (
    "nodig", "wat heb je nodig", "hulpvraag", "knelpunten", "knelpunt",
    "needed", "support", "asks", "ask", "blockers", "what do you need", "help needed",
)  # fmt: skip
_PROPOSAL_WORDS = ("voorstel", "wijzigingsvoorstel", "voorgestelde wijziging", "proposal", "proposed change")
_STATUS_WORDS = ("status", "fase", "stand", "state", "phase", "stage")
_PROGRESS_WORDS = (
    "voortgang", "% gereed", "percentage", "realisatie%", "realisatie %", "voortgang %", "voortgang (%)", "gereed %",
    "progress", "% complete", "completion", "progress %", "progress (%)", "% done",
)  # fmt: skip
_UNIT_WORDS = ("eenheid", "meeteenheid", "unit", "uom", "unit of measure")
_BASELINE_WORDS = (
    "nulmeting",
    "beginwaarde",
    "uitgangswaarde",
    "huidig",
    "baseline",
    "initial",
    "start value",
)
_TARGET_WORDS = ("streefwaarde", "doel", "doelwaarde", "norm", "target", "goal value", "target value")
_TARGET_DATE_WORDS = ("streefdatum", "einddatum", "gereed", "uiterlijk", "target date", "due date", "by when")
_ACTUAL_WORDS = (
    "realisatie", "meting", "meetwaarde", "werkelijk", "stand", "laatste meting",
    "actual", "measured", "current", "result", "current value", "latest value",
)  # fmt: skip
_UPDATED_WORDS = (
    "bijgewerkt",
    "bijgewerkt op",
    "laatste update",
    "datum update",
    "updated",
    "updated on",
    "last update",
)
_STRATEGY_WORDS = (
    "strategie", "strategische keuze", "speerpunt", "thema", "pijler", "programma", "strategieën",
    "strategy", "strategic choice", "pillar", "theme", "priority", "strategies",
)  # fmt: skip
_ACTION_WORDS = (
    "actie", "actiepunt", "maatregel", "activiteit", "project", "initiatief", "taak", "wat", "omschrijving",
    "action", "initiative", "task", "project", "deliverable", "measure", "description", "what",
)  # fmt: skip
_INDICATOR_WORDS = ("indicator", "kpi", "meetpunt", "maatstaf", "metric", "measure", "prestatie-indicator")


def _id(example: str) -> Column:
    return Column(
        "id",
        Kind.ID,
        Text("ID", "ID"),
        Text(
            f"Vast nummer, zoals {example}. Laat leeg bij een nieuwe regel: het wordt vanzelf ingevuld. Verander het daarna niet meer.",
            f"Fixed number, such as {example}. Leave it blank on a new row: it is filled in for you. Never change it afterwards.",
        ),
        7,
        ("nr", "nr.", "nummer", "code", "no", "no.", "number", "#"),
        FilledBy.JOBS,
    )


def _owner(what: Text, *, required: bool = False) -> Column:
    return Column(
        "owner",
        Kind.PERSON,
        Text("Eigenaar", "Owner"),
        what,
        18,
        _OWNER_WORDS,
        required=required,
    )


_LIGHT_HELP = Text(
    "Groen: volgens plan. Oranje: niet volgens plan, met de juiste ingreep nog te halen. Rood: (vrijwel) niet meer te halen, er is een keuze nodig. Leeg: onbekend, dus te bespreken.",
    "Green: on plan. Orange: not on plan, but the right intervention can still mend it. Red: (almost) out of reach, a choice is needed. Blank: unknown, so it will be discussed.",
)


def _light() -> Column:
    return Column(
        "light",
        Kind.LIGHT,
        Text("Verkeerslicht", "Traffic light"),
        _LIGHT_HELP,
        13,
        _LIGHT_WORDS,
        FilledBy.OWNER,
    )


def _updated_on() -> Column:
    return Column(
        "updated_on",
        Kind.DATE,
        Text("Bijgewerkt op", "Updated on"),
        Text("De dag van het laatste verslag op deze regel.", "The day of the last report on this row."),
        13,
        _UPDATED_WORDS,
        FilledBy.JOBS,
    )


def _excused() -> Column:
    return Column(
        "excused",
        Kind.TEXT,
        Text("Uitzondering", "Exception"),
        Text(
            "Codes van controles die voor deze regel niet gelden, met de reden. Bijvoorbeeld: OX305 afgesproken met het MT.",
            "Codes of checks that do not apply to this row, with the reason. For example: OX305 agreed with the board.",
        ),
        18,
        ("uitzonderingen", "exceptions", "excused"),
    )


def _text(
    field: str,
    heading: Text,
    help_: Text,
    width: float,
    synonyms: tuple[str, ...] = (),
    by: FilledBy = FilledBy.PLAN,
) -> Column:
    return Column(field, Kind.LONG_TEXT, heading, help_, width, synonyms, by)


_BASELINE = Column(
    "baseline",
    Kind.NUMBER,
    Text("Nulmeting", "Baseline"),
    Text(
        "De waarde waarmee het begon, als getal in de eenheid hiernaast.",
        "The value it started from, as a number in the unit given.",
    ),
    11,
    _BASELINE_WORDS,
)
_UNIT = Column(
    "unit",
    Kind.TEXT,
    Text("Eenheid", "Unit"),
    Text(
        "Waarin je meet: %, dagen, aantal, €, rapportcijfer …",
        "What you measure in: %, days, number, €, mark …",
    ),
    11,
    _UNIT_WORDS,
)
_TARGET = Column(
    "target",
    Kind.NUMBER,
    Text("Streefwaarde", "Target"),
    Text(
        "De waarde die je wilt bereiken (bij een bandbreedte: de ondergrens).",
        "The value to reach (for a band: the lower limit).",
    ),
    12,
    _TARGET_WORDS,
)
_TARGET_DATE = Column(
    "target_date",
    Kind.DATE,
    Text("Streefdatum", "Target date"),
    Text("Wanneer de streefwaarde bereikt moet zijn.", "When the target has to be reached."),
    12,
    _TARGET_DATE_WORDS,
)
_ACTUAL = Column(
    "actual",
    Kind.NUMBER,
    Text("Realisatie", "Actual"),
    Text("De laatst gemeten waarde.", "The latest measured value."),
    11,
    _ACTUAL_WORDS,
    FilledBy.OWNER,
)

OBJECTIVE = Table(
    "Objective",
    Text("Ambitie", "Objective"),
    Objective,
    "O",
    (
        _id("O1"),
        Column(
            "text",
            Kind.LONG_TEXT,
            Text("Ambitie", "Objective"),
            Text("De ambitie in één zin: waar wil je naartoe?", "The ambition in one sentence: where do you want to be?"),
            60,
            ("hoofddoel", "objective", "ambition", "doel"),
            required=True,
        ),
        _owner(Text("De OGSM-eigenaar: verantwoordelijk voor de inhoud van het plan.", "The OGSM owner: who answers for the content of the plan.")),
        Column("organisation", Kind.TEXT, Text("Organisatie", "Organisation"), Text("Naam van de organisatie of afdeling.", "Name of the organisation or department."), 24, ("afdeling", "organization", "department", "team")),
        Column("period", Kind.TEXT, Text("Periode", "Period"), Text("Waarvoor dit plan geldt, zoals 2026–2028.", "What this plan covers, such as 2026–2028."), 12, ("looptijd", "jaar", "year")),
        _light(),
        _text("update", Text("Stand van zaken", "Update"), Text("Waar staan we? Resultaten tot nu toe. Voor de plansessie.", "Where do we stand? Results so far. For the planning session."), 40, _UPDATE_WORDS + _DONE_WORDS, FilledBy.OWNER),
        _text("proposal", Text("Voorstel", "Proposal"), Text("Wat stel je voor te veranderen?", "What do you propose to change?"), 30, _PROPOSAL_WORDS, FilledBy.OWNER),
        _updated_on(),
    ),
    ("hoofddoel", "ambition"),
)  # fmt: skip

GOALS = Table(
    "Goals",
    Text("Doelstellingen", "Goals"),
    Goal,
    "D",
    (
        _id("D1"),
        Column("text", Kind.LONG_TEXT, Text("Doelstelling", "Goal"), Text("Een meetbaar resultaat waaraan je ziet of de ambitie is bereikt.", "A measurable result that shows whether the ambition was reached."), 50, ("doelstellingen", "doel", "goals"), required=True),
        Column("indicator", Kind.TEXT, Text("Indicator", "Indicator"), Text("Waaraan je het afmeet.", "What you measure it by."), 28, _INDICATOR_WORDS),
        _UNIT,
        _BASELINE,
        _TARGET,
        _TARGET_DATE,
        _ACTUAL,
        _light(),
        _text("note", Text("Toelichting", "Note"), Text("Wat de lezer erbij moet weten.", "What the reader should know."), 36, _UPDATE_WORDS, FilledBy.OWNER),
    ),
    ("doelen", "goal"),
)  # fmt: skip

STRATEGIES = Table(
    "Strategies",
    Text("Strategieën", "Strategies"),
    Strategy,
    "S",
    (
        _id("S1"),
        Column("text", Kind.LONG_TEXT, Text("Strategie", "Strategy"), Text("De keuze, verwoord als: DOEL door HOE.", "The choice, worded as: GOAL by HOW."), 52, _STRATEGY_WORDS, required=True),
        _owner(Text("De aanjager: precies één persoon, uit het blad Personen.", "The driver: exactly one person, from the People sheet."), required=True),
        Column("kind", Kind.STRATEGY_KIND, Text("Soort", "Kind"), Text("Inhoudelijk of randvoorwaardelijk. Niet meer dan ongeveer vijf en twee.", "Business or enabling. Not more than about five and two."), 18, ("type", "kind", "soort")),
        Column("goals", Kind.GOALS, Text("Doelstellingen", "Goals"), Text("De doelstellingen die deze strategie dient, zoals D1; D3.", "The goals that this strategy serves, such as D1; D3."), 14, ("doelstelling", "doelen", "goal", "goals")),
        _light(),
        _text("update", Text("Stand van zaken", "Update"), Text("Kort: waar staat deze strategie, en hoe kom je tot het licht?", "In short: where does this strategy stand, and why this light?"), 48, _UPDATE_WORDS, FilledBy.OWNER),
        _updated_on(),
        _excused(),
    ),
    ("strategische keuzes", "speerpunten", "strategy", "strategieen"),
    required=True,
)  # fmt: skip

INDICATORS = Table(
    "Indicators",
    Text("Indicatoren", "Indicators"),
    Indicator,
    "I",
    (
        _id("I1"),
        Column("text", Kind.LONG_TEXT, Text("Indicator", "Indicator"), Text("Waaraan je ziet of de strategie werkt. Liefst een cijfer dat er al is.", "What shows whether the strategy works. Prefer a figure that already exists."), 40, _INDICATOR_WORDS, required=True),
        Column("strategies", Kind.STRATEGIES, Text("Strategie", "Strategy"), Text("De strategie die hiermee meetbaar wordt, zoals S1.", "The strategy that this makes measurable, such as S1."), 12, _STRATEGY_WORDS),
        _owner(Text("Wie de meting aanlevert: precies één persoon, uit het blad Personen.", "Who delivers the measurement: exactly one person, from the People sheet."), required=True),
        _UNIT,
        Column("direction", Kind.DIRECTION, Text("Richting", "Direction"), Text("Moet de waarde omhoog, omlaag, of binnen een band blijven?", "Should the value go up, go down, or stay within a band?"), 17, ("gewenste richting", "direction", "trend")),
        _BASELINE,
        _TARGET,
        Column("upper", Kind.NUMBER, Text("Bovengrens", "Upper limit"), Text("Alleen bij een bandbreedte: de bovengrens.", "Only for a band: the upper limit."), 12, ("bovengrens band", "upper", "maximum")),
        _TARGET_DATE,
        _ACTUAL,
        Column("measured_on", Kind.DATE, Text("Gemeten op", "Measured on"), Text("De dag waarop de realisatie is gemeten.", "The day on which the actual was measured."), 12, ("meetdatum", "datum meting", "measured", "measurement date"), FilledBy.OWNER),
        _light(),
        _text("note", Text("Toelichting", "Note"), Text("Wat de lezer bij de waarde moet weten.", "What the reader should know about the value."), 40, _UPDATE_WORDS, FilledBy.OWNER),
        _excused(),
    ),
    ("dashboard", "kpi's", "kpis", "indicator"),
)  # fmt: skip

MEASUREMENTS = Table(
    "Measurements",
    Text("Metingen", "Measurements"),
    Measurement,
    "M",
    (
        _id("M1"),
        Column("item", Kind.ITEM, Text("Indicator", "Indicator"), Text("De indicator (of doelstelling) die is gemeten, zoals I4.", "The indicator (or goal) that was measured, such as I4."), 12, _INDICATOR_WORDS, required=True),
        Column("measured_on", Kind.DATE, Text("Gemeten op", "Measured on"), Text("De dag van de meting.", "The day of the measurement."), 12, ("datum", "meetdatum", "date", "measured"), required=True),
        Column("value", Kind.NUMBER, Text("Waarde", "Value"), Text("De gemeten waarde, in de eenheid van de indicator.", "The measured value, in the unit of the indicator."), 12, ("meting", "meetwaarde", "realisatie", "value", "actual"), required=True),
        _text("note", Text("Toelichting", "Note"), Text("Wat de lezer bij de waarde moet weten.", "What the reader should know about the value."), 50, _UPDATE_WORDS),
    ),
    ("meting", "measurement"),
)  # fmt: skip

ACTIONS = Table(
    "Actions",
    Text("Acties", "Actions"),
    Action,
    "A",
    (
        _id("A1"),
        Column("text", Kind.LONG_TEXT, Text("Actie", "Action"), Text("Het resultaat dat er komt, zo verwoord dat je ziet wanneer het af is. Geen dagelijks werk.", "The result that will be there, worded so that you can see when it is finished. No daily routine."), 46, _ACTION_WORDS, required=True),
        Column("strategies", Kind.STRATEGIES, Text("Strategie", "Strategy"), Text("De strategie die deze actie nodig heeft, zoals S1. Meer dan één mag: S1; S3.", "The strategy that needs this action, such as S1. More than one is fine: S1; S3."), 11, _STRATEGY_WORDS),
        _owner(Text("Precies één verantwoordelijke, uit het blad Personen.", "Exactly one responsible person, from the People sheet."), required=True),
        Column("involved", Kind.PEOPLE, Text("Betrokkenen", "Involved"), Text("Wie er nog meer meewerken, zonder eigenaar te zijn.", "Who else takes part, without owning it."), 18, ("betrokken", "team", "met wie", "with", "contributors")),
        Column("start", Kind.DATE, Text("Start", "Start"), Text("De dag waarop het werk begint.", "The day on which the work begins."), 12, ("startdatum", "begin", "begindatum", "vanaf", "aanvang", "start date", "from")),
        Column("deadline", Kind.DATE, Text("Deadline", "Deadline"), Text("De dag waarop het resultaat er is.", "The day on which the result is there."), 12, ("einddatum", "gereed", "klaar", "uiterlijk", "streefdatum", "wanneer", "planning", "due", "due date", "end", "end date", "target date", "finish", "when"), required=True),
        Column("status", Kind.STATUS, Text("Status", "Status"), Text("Nog te doen, Mee bezig, Afgerond, of Geparkeerd (bewust nu niet).", "To do, In progress, Done, or Parked (deliberately not now)."), 13, _STATUS_WORDS, FilledBy.OWNER, required=True),
        Column("progress", Kind.PERCENT, Text("Voortgang", "Progress"), Text("Hoeveel van het werk gedaan is: 0 % tot 100 %.", "How much of the work is done: 0% to 100%."), 12, _PROGRESS_WORDS, FilledBy.OWNER),
        _light(),
        _text("update", Text("Stand van zaken", "Update"), Text("Wat heb je gedaan, en hoe kom je tot het licht?", "What have you done, and why this light?"), 44, _UPDATE_WORDS + _DONE_WORDS, FilledBy.OWNER),
        _text("next", Text("Komende periode", "Next period"), Text("Wat ga je de komende periode doen?", "What will you do in the coming period?"), 32, _NEXT_WORDS, FilledBy.OWNER),
        _text("needed", Text("Nodig", "Needed"), Text("Wat heb je nodig van het team?", "What do you need from the team?"), 28, _NEEDED_WORDS, FilledBy.OWNER),
        _text("proposal", Text("Voorstel", "Proposal"), Text("Welke wijziging van de actie stel je voor (later, minder, anders)?", "Which change to the action do you propose (later, less, different)?"), 26, _PROPOSAL_WORDS, FilledBy.OWNER),
        _updated_on(),
        Column("done_on", Kind.DATE, Text("Afgerond op", "Done on"), Text("De dag waarop de actie is afgerond.", "The day on which the action was done."), 12, ("afgerond", "datum afgerond", "finished on", "completed on"), FilledBy.JOBS),
        Column("labels", Kind.TEXT, Text("Labels", "Labels"), Text("Eigen trefwoorden, gescheiden door puntkomma's.", "Your own keywords, separated by semicolons."), 16, ("label", "tags", "trefwoorden")),
        _excused(),
    ),
    ("actieplan", "actielijst", "actiepunten", "action plan", "action list", "action"),
    required=True,
)  # fmt: skip

PEOPLE = Table(
    "People",
    Text("Personen", "People"),
    Person,
    "",
    (
        Column("name", Kind.TEXT, Text("Naam", "Name"), Text("Zoals de naam in de andere bladen staat.", "As the name is written on the other sheets."), 24, ("persoon", "medewerker", "name", "person"), required=True),
        Column("mail", Kind.MAIL, Text("E-mail", "Email"), Text("Het adres waar uitnodigingen en herinneringen heen gaan.", "The address for invitations and reminders."), 34, ("email", "mail", "e-mail", "mailadres", "e-mailadres", "emailadres", "email address", "e-mail address", "mail address"), required=True),
        Column("roles", Kind.ROLES, Text("Rol", "Role"), Text("OGSM-eigenaar, proceseigenaar, manager of teamlid; meer dan één mag, met puntkomma.", "OGSM owner, process owner, manager or team member; more than one is fine, with a semicolon."), 28, ("rollen", "functie", "role", "roles")),
        Column("language", Kind.LANGUAGE, Text("Taal", "Language"), Text("In welke taal deze persoon mail krijgt: nl of en. Leeg: de taal van het plan.", "The language of this person's mail: nl or en. Blank: the language of the plan."), 10, ("taal", "language")),
        Column("deputy", Kind.PERSON, Text("Vervanger", "Deputy"), Text("Wie mag antwoorden namens deze persoon.", "Who may answer for this person."), 22, ("plaatsvervanger", "waarnemer", "deputy", "stand-in")),
        Column("absent_from", Kind.DATE, Text("Afwezig vanaf", "Absent from"), Text("Eerste dag van afwezigheid; de mail gaat dan naar de vervanger.", "First day of absence; mail then goes to the deputy."), 14, ("afwezig van", "absent from")),
        Column("absent_until", Kind.DATE, Text("Afwezig t/m", "Absent until"), Text("Laatste dag van afwezigheid.", "Last day of absence."), 14, ("afwezig tot", "afwezig tot en met", "afwezig", "absent", "absent until")),
        Column("left_on", Kind.DATE, Text("Vertrokken op", "Left on"), Text("Vanaf deze dag krijgt deze persoon geen mail meer.", "From this day on this person gets no mail."), 14, ("uit dienst", "vertrokken", "left", "left on")),
    ),
    ("mensen", "team", "contacten", "people", "person", "contacts", "owners", "eigenaren"),
    required=True,
)  # fmt: skip

SESSIONS = Table(
    "Sessions",
    Text("Sessies", "Sessions"),
    Session,
    "SES",
    (
        _id("SES1"),
        Column("kind", Kind.SESSION_KIND, Text("Soort", "Kind"), Text("Doensessie (maandelijks), bijstuursessie (per kwartaal) of plansessie (jaarlijks).", "Doing session (monthly), steering session (quarterly) or planning session (yearly)."), 18, ("sessie", "type", "soort sessie", "session", "kind"), required=True),
        Column("date", Kind.DATE, Text("Datum", "Date"), Text("De dag van de sessie.", "The day of the session."), 14, ("dag", "wanneer", "date", "when"), required=True),
        Column("time", Kind.TIME, Text("Tijd", "Time"), Text("Hoe laat de sessie begint, zoals 10:00.", "When the session begins, such as 10:00."), 9, ("tijdstip", "aanvang", "time", "start")),
        Column("minutes", Kind.MINUTES, Text("Minuten", "Minutes"), Text("Hoe lang de sessie duurt, in minuten.", "How long the session takes, in minutes."), 10, ("duur", "lengte", "length", "duration", "minutes")),
        Column("place", Kind.TEXT, Text("Plaats", "Place"), Text("Waar: zaal of link.", "Where: room or link."), 26, ("locatie", "zaal", "location", "room", "where")),
        Column("invitation", Kind.YES_NO, Text("Uitnodiging", "Invitation"), Text("Gaat er een uitnodiging uit? Leeg is ja.", "Does an invitation go out? Blank means yes."), 13, ("uitnodigen", "invite", "invitation")),
        Column("reminder", Kind.YES_NO, Text("Herinnering", "Reminder"), Text("Gaat er een herinnering uit? Leeg is ja.", "Does a reminder go out? Blank means yes."), 13, ("herinneren", "remind", "reminder")),
        Column("cancelled", Kind.YES_NO, Text("Vervallen", "Cancelled"), Text("Ja als de sessie niet doorgaat. Leeg is nee.", "Yes if the session does not take place. Blank means no."), 12, ("vervalt", "afgelast", "cancelled", "canceled")),
        _text("remarks", Text("Opmerkingen", "Remarks"), Text("Wat de deelnemers moeten weten.", "What the participants should know."), 40, ("opmerking", "toelichting", "remarks", "remark", "notes")),
    ),
    ("sessiekalender", "kalender", "agenda", "vergaderingen", "calendar", "session", "meetings"),
    required=True,
)  # fmt: skip

REPORTS = Table(
    "Reports",
    Text("Rapportages", "Reports"),
    Report,
    "R",
    (
        _id("R1"),
        Column("made_at", Kind.DATE_TIME, Text("Datum", "Date"), Text("Wanneer het verslag is gemaakt.", "When the report was made."), 16, ("rapportagedatum", "date", "made at"), FilledBy.JOBS, required=True),
        Column("session", Kind.SESSION, Text("Sessie", "Session"), Text("De sessie waarvoor het is gemaakt.", "The session that it was made for."), 9, ("sessie", "session"), FilledBy.JOBS),
        Column("kind", Kind.ITEM_KIND, Text("Soort", "Kind"), Text("Actie, indicator, strategie of ambitie.", "Action, indicator, strategy or objective."), 12, ("type", "kind"), FilledBy.JOBS),
        Column("item", Kind.ITEM, Text("Over", "Item"), Text("Waarover het gaat, zoals A12.", "What it is about, such as A12."), 8, ("onderdeel", "item", "item id", "actie"), FilledBy.JOBS, required=True),
        Column("by", Kind.PERSON, Text("Door", "By"), Text("Wie het verslag heeft gemaakt.", "Who made the report."), 18, ("van", "by", "from", "door wie"), FilledBy.JOBS),
        Column("status", Kind.STATUS, Text("Status", "Status"), Text("De status volgens dit verslag.", "The status according to this report."), 13, _STATUS_WORDS, FilledBy.JOBS),
        Column("progress", Kind.PERCENT, Text("Voortgang", "Progress"), Text("De voortgang volgens dit verslag.", "The progress according to this report."), 11, _PROGRESS_WORDS, FilledBy.JOBS),
        Column("light", Kind.LIGHT, Text("Verkeerslicht", "Traffic light"), _LIGHT_HELP, 13, _LIGHT_WORDS, FilledBy.JOBS),
        _text("done", Text("Gedaan", "Done"), Text("Wat er is gedaan; bij strategie en indicator de toelichting.", "What was done; for a strategy or indicator, the note."), 44, _DONE_WORDS + _UPDATE_WORDS, FilledBy.JOBS),
        _text("next", Text("Komende periode", "Next period"), Text("Wat er in de komende periode gebeurt.", "What happens in the coming period."), 32, _NEXT_WORDS, FilledBy.JOBS),
        _text("needed", Text("Nodig", "Needed"), Text("Wat er nodig is van het team.", "What is needed from the team."), 28, _NEEDED_WORDS, FilledBy.JOBS),
        _text("proposal", Text("Voorstel", "Proposal"), Text("De voorgestelde wijziging.", "The proposed change."), 26, _PROPOSAL_WORDS, FilledBy.JOBS),
        Column("value", Kind.NUMBER, Text("Waarde", "Value"), Text("De gemeten waarde (alleen bij een indicator).", "The measured value (indicators only)."), 10, ("meetwaarde", "value"), FilledBy.JOBS),
        Column("measured_on", Kind.DATE, Text("Gemeten op", "Measured on"), Text("De dag van de meting (alleen bij een indicator).", "The day of the measurement (indicators only)."), 12, ("meetdatum", "measured"), FilledBy.JOBS),
        Column("source", Kind.SOURCE, Text("Bron", "Source"), Text("Hoe het verslag binnenkwam.", "How the report came in."), 12, ("bron", "source"), FilledBy.JOBS),
    ),
    ("rapportage", "verslagen", "historie", "report", "history"),
    required=True,
)  # fmt: skip

DECISIONS = Table(
    "Decisions",
    Text("Besluiten", "Decisions"),
    Decision,
    "B",
    (
        _id("B1"),
        Column("decided_on", Kind.DATE, Text("Datum", "Date"), Text("De dag van het besluit.", "The day of the decision."), 12, ("date",)),
        Column("session", Kind.SESSION, Text("Sessie", "Session"), Text("De sessie die het besluit nam.", "The session that decided."), 9, ("session",)),
        Column("item", Kind.ITEM, Text("Over", "Item"), Text("Waarover het gaat, zoals A12; leeg voor een algemeen besluit.", "What it is about, such as A12; blank for a general decision."), 8, ("item", "onderdeel")),
        _text("text", Text("Besluit", "Decision"), Text("Wat er is besloten.", "What was decided."), 60, ("besluit", "decision")),
        _owner(Text("Wie het uitvoert.", "Who carries it out.")),
        Column("deadline", Kind.DATE, Text("Deadline", "Deadline"), Text("Wanneer het gedaan moet zijn.", "When it has to be done."), 12, ("uiterlijk", "due")),
    ),
    ("besluitenlijst", "decision"),
)  # fmt: skip

EVALUATIONS = Table(
    "Evaluations",
    Text("Evaluaties", "Evaluations"),
    Evaluation,
    "E",
    (
        _id("E1"),
        Column("quarter", Kind.TEXT, Text("Kwartaal", "Quarter"), Text("Zoals 2026-Q2.", "Such as 2026-Q2."), 11, ("quarter",)),
        Column("subject", Kind.SUBJECT, Text("Onderwerp", "Subject"), Text("Een van de vier onderwerpen van de kwartaalevaluatie.", "One of the four subjects of the quarter's evaluation."), 30, ("subject",)),
        _text("improve", Text("Verbeteren of beginnen", "Improve or start"), Text("Wat gaan we verbeteren of beginnen?", "What to improve or start?"), 40, ("verbeteren", "improve", "start")),
        _text("keep", Text("Behouden", "Keep"), Text("Wat houden we?", "What to keep?"), 40, ("houden", "keep")),
        _text("stop", Text("Stoppen", "Stop"), Text("Waar stoppen we mee?", "What to stop?"), 40, ("stop",)),
    ),
    ("evaluatie", "evaluation"),
)  # fmt: skip

FACTORS = Table(
    "Environment",
    Text("Omgeving", "Environment"),
    Factor,
    "F",
    (
        _id("F1"),
        Column("kind", Kind.FACTOR_KIND, Text("Soort", "Kind"), Text("Sterk punt, kwetsbaarheid, kans, risico, verandering of scenario.", "Strength, vulnerability, opportunity, risk, change or scenario."), 26, ("kind", "type")),
        _text("text", Text("Omschrijving", "Description"), Text("Wat zien we?", "What do we see?"), 50, ("description",)),
        _text("meaning", Text("Betekenis voor het plan", "Meaning for the plan"), Text("Wat betekent het voor onze keuzes?", "What does it mean for our choices?"), 50, ("betekenis", "meaning", "gevolg")),
        Column("likelihood", Kind.TEXT, Text("Kans", "Likelihood"), Text("Hoe waarschijnlijk: klein, middel, groot.", "How likely: small, medium, large."), 12, ("waarschijnlijkheid", "likelihood")),
        Column("noted_on", Kind.DATE, Text("Genoteerd op", "Noted on"), Text("De dag waarop het is genoteerd.", "The day on which it was noted."), 14, ("datum", "date", "noted")),
    ),
    ("environment", "swot", "omgevingsanalyse"),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    OBJECTIVE,
    GOALS,
    STRATEGIES,
    INDICATORS,
    MEASUREMENTS,
    ACTIONS,
    PEOPLE,
    SESSIONS,
    REPORTS,
    DECISIONS,
    EVALUATIONS,
    FACTORS,
)
"""Every table of the plan, in the order of the workbook's sheets."""


def table_of(record: type[Record]) -> Table:
    """The table whose rows are of this class."""
    return next(table for table in TABLES if table.record is record)
