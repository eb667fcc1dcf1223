"""What the guide says: who does what in the workbook, what the signs mean, and where everything is.

`{Actions}` and the like stand for the sheet's name in the language of the workbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ogsm_xl.excel.layout import (
    ACTIONS,
    DECISIONS,
    EVALUATIONS,
    FACTORS,
    GOALS,
    INDICATORS,
    MEASUREMENTS,
    OBJECTIVE,
    PEOPLE,
    REPORTS,
    SESSIONS,
    STRATEGIES,
    TABLES,
    FilledBy,
)
from ogsm_xl.excel.templates.template_parts import LISTS, OVERVIEW
from ogsm_xl.plan.words import Status, Text, TrafficLight


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, or to know."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class RoleGuide:
    """The guide for one role.

    Attributes:
        who: Who it is for.
        gist: What it comes down to.
        steps: What to do, in order.
        sheets: The sheets that this role works with, most important first.
    """

    who: Text
    gist: Text
    steps: tuple[Step, ...]
    sheets: tuple[Text, ...]


def _text(nl: str, en: str) -> Text:
    """A text with the sheets' names filled in."""
    names = {table.name: table.sheet for table in TABLES}
    return Text(nl, en).filled(**names, Overview=OVERVIEW)


def _step(title: tuple[str, str], nl: str, en: str) -> Step:
    return Step(Text(*title), _text(nl, en))


TITLE: Final = Text("Zo werkt dit OGSM-werkboek", "How this OGSM workbook works")
SUBTITLE: Final = Text(
    "Het hele plan in één werkboek: wat we willen, hoe we het meten en wie wat doet.",
    "The whole plan in one workbook: what we want, how we measure it and who does what.",
)
WHO_ARE_YOU: Final = Text("Wie ben je?", "Who are you?")
WHERE_IS_WHAT: Final = Text("Waar vind je wat?", "Where is what?")
LEGEND: Final = Text("Wat betekent het?", "What does it mean?")
YOUR_SHEETS: Final = Text("Jouw bladen", "Your sheets")
TO_TOP: Final = Text("↑ naar boven", "↑ to the top")

ROLES: Final = (
    RoleGuide(
        Text("Eigenaar van een actie of indicator", "Owner of an action or indicator"),
        _text(
            "Vóór elke sessie vertel je in een paar minuten hoe het staat.",
            "Before every session you say in a few minutes how things stand.",
        ),
        (
            _step(
                ("Je krijgt een mail", "You get a mail"),
                "Een week voor de sessie, met precies jouw acties en indicatoren. Een herinnering krijg je alleen voor wat nog ontbreekt.",
                "A week before the session, with exactly your actions and indicators. You get a reminder only for what is still missing.",
            ),
            _step(
                ("Beantwoord de mail …", "Answer the mail …"),
                "Schrijf bovenaan, boven de regel met OGSM-REF: “A12 oranje 60%”, en daaronder je tekst achter Gedaan:, Komende periode: en Nodig:. Niets veranderd? “A12 geen wijzigingen”. Klaar? “A12 afgerond”.",
                "Write at the very top, above the line with OGSM-REF: “A12 orange 60%”, and below it your text after Done:, Next period: and Needed:. Nothing changed? “A12 no changes”. Finished? “A12 done”.",
            ),
            _step(
                ("… of vul het formulier in …", "… or fill in the form …"),
                "Open het Excel-bestand dat bij de mail zit, vul de lichtblauwe vakken in, sla het op en stuur het mee als antwoord op de mail.",
                "Open the Excel file that came with the mail, fill in the light blue fields, save it and attach it to your answer to the mail.",
            ),
            _step(
                ("… of werk hier je regel bij", "… or update your row here"),
                "Zoek je nummer (Ctrl+F) op {Actions} of {Indicators}, vul de blauwe kolommen in, sla op en sluit het werkboek.",
                "Find your number (Ctrl+F) on {Actions} or {Indicators}, fill in the blue columns, save, and close the workbook.",
            ),
            _step(
                ("Bij een actie", "For an action"),
                "Wat heb je gedaan, wat ga je doen, wat heb je nodig? Geef ook status, voortgang (0% tot 100%) en verkeerslicht. Moet de actie anders of later? Schrijf het bij Voorstel.",
                "What have you done, what will you do, what do you need? Give status, progress (0% to 100%) and traffic light as well. Should the action change or take longer? Write it under Proposal.",
            ),
            _step(
                ("Bij een indicator", "For an indicator"),
                "De gemeten waarde als getal, de dag van de meting, het verkeerslicht en wat de lezer moet weten. In een mail: “I4 7,6 groen”.",
                "The measured value as a number, the day of the measurement, the traffic light and what the reader should know. In a mail: “I4 7.6 green”.",
            ),
            _step(
                ("Kies een eerlijk licht", "Choose an honest light"),
                "Groen: volgens plan. Oranje: met hulp nog te halen. Rood: er is een keuze nodig; dat is geen onvoldoende, daar is de sessie voor. Weet je het niet? Laat het licht leeg: dan bespreken we het.",
                "Green: on plan. Orange: can still be reached with help. Red: a choice is needed; that is no bad mark, it is what the session is for. You don't know? Leave the light blank: then we discuss it.",
            ),
            _step(
                ("Klaar is klaar", "Done is done"),
                "Zet een actie op Afgerond als ze geen aandacht meer vraagt.",
                "Set an action to Done when it needs no attention any more.",
            ),
            _step(
                ("Je krijgt bericht terug", "You hear back"),
                "Op een mail of formulier volgt een ontvangstbevestiging: zo staat het nu in het plan. Klopt er iets niet? Antwoord daarop; je laatste antwoord telt.",
                "A mail or form is followed by a receipt: how it stands in the plan now. Something not right? Answer it; your last answer counts.",
            ),
            _step(
                ("Ben je er niet?", "Will you be away?"),
                "Laat op {People} je vervanger en de dagen van je afwezigheid invullen. De mail gaat dan naar je vervanger, die voor jou antwoordt.",
                "Have your deputy and the days of your absence filled in on {People}. Mail then goes to your deputy, who answers for you.",
            ),
            _step(
                ("Vragen?", "Questions?"),
                "Over sessies en mail: je proceseigenaar, zie {People}. Over de inhoud: de eigenaar van de strategie, zie {Strategies}.",
                "About sessions and mail: your process owner, see {People}. About the content: the owner of the strategy, see {Strategies}.",
            ),
        ),
        (ACTIONS.sheet, INDICATORS.sheet, SESSIONS.sheet, PEOPLE.sheet, OVERVIEW),
    ),
    RoleGuide(
        Text("Eigenaar van een strategie of van de OGSM", "Owner of a strategy or of the OGSM"),
        _text(
            "Je bent verantwoordelijk voor het resultaat van je keuze, en voor de acties die eronder hangen.",
            "You answer for the result of your choice, and for the actions below it.",
        ),
        (
            _step(
                ("Verwoord de keuze", "Word the choice"),
                "Eén zin op {Strategies}: DOEL door HOE, met precies één eigenaar. Ongeveer vijf inhoudelijke en twee randvoorwaardelijke strategieën is genoeg.",
                "One sentence on {Strategies}: GOAL by HOW, with exactly one owner. About five business and two enabling strategies are enough.",
            ),
            _step(
                ("Maak haar meetbaar", "Make it measurable"),
                "Geef haar op {Indicators} een paar indicatoren met eenheid, nulmeting, streefwaarde en datum. Liefst cijfers die er al zijn.",
                "Give it a few indicators on {Indicators}, with unit, baseline, target and date. Prefer figures that already exist.",
            ),
            _step(
                ("Zet er acties onder", "Put actions below it"),
                "Op {Actions}: een resultaat waarvan je ziet wanneer het af is, één eigenaar, een start en een deadline. Geen dagelijks werk.",
                "On {Actions}: a result that you can see is finished, one owner, a start and a deadline. No daily routine.",
            ),
            _step(
                ("Elk kwartaal", "Every quarter"),
                "Vul vóór de bijstuursessie op {Strategies} het verkeerslicht in en in een paar zinnen de stand van zaken.",
                "Before the steering session, fill in the traffic light and a few sentences on where it stands, on {Strategies}.",
            ),
            _step(
                ("Elk jaar", "Every year"),
                "De OGSM-eigenaar vult vóór de plansessie {Objective} in (licht, resultaten, voorstel) en loopt {Goals} en {Environment} na.",
                "Before the planning session the OGSM owner fills in {Objective} (light, results, proposal) and goes through {Goals} and {Environment}.",
            ),
        ),
        (STRATEGIES.sheet, INDICATORS.sheet, ACTIONS.sheet, GOALS.sheet, OBJECTIVE.sheet),
    ),
    RoleGuide(
        Text("Proceseigenaar", "Process owner"),
        _text(
            "Je zorgt dat de sessies er zijn en dat iedereen op tijd weet wat er wordt gevraagd.",
            "You see to it that there are sessions and that everybody knows in time what is asked.",
        ),
        (
            _step(
                ("Zet iedereen erin", "Put everybody in"),
                "Op {People}: naam, e-mail en rol. Is iemand weg? Vul de vervanger en de dagen van afwezigheid in, dan gaat de mail naar de vervanger.",
                "On {People}: name, email and role. Somebody away? Fill in the deputy and the days of absence, and mail goes to the deputy.",
            ),
            _step(
                ("Maak de kalender", "Make the calendar"),
                "Op {Sessions}: elke maand een doensessie, elk kwartaal een bijstuursessie, elk jaar een plansessie.",
                "On {Sessions}: a doing session every month, a steering session every quarter, a planning session every year.",
            ),
            _step(
                ("De kalender openen en sluiten", "Open and close the calendar"),
                "{Sessions} is beveiligd tegen per ongeluk wijzigen, zonder wachtwoord. Controleren › Beveiliging blad opheffen; daarna Controleren › Blad beveiligen, wachtwoord leeg laten. (LibreOffice: Extra › Blad beveiligen.)",
                "{Sessions} is protected against accidental changes, without a password. Review › Unprotect Sheet; afterwards Review › Protect Sheet, leaving the password blank. (LibreOffice: Tools › Protect Sheet.)",
            ),
            _step(
                ("De mails gaan vanzelf", "Mails go by themselves"),
                "Een uitnodiging zeven dagen vooraf, een herinnering drie dagen vooraf aan wie nog niets liet weten. Zet Uitnodiging of Herinnering op Nee als die mail niet nodig is.",
                "An invitation seven days ahead, a reminder three days ahead to whoever has not reported. Set Invitation or Reminder to No where that mail is not needed.",
            ),
            _step(
                ("Leg vast wat is besloten", "Keep what was decided"),
                "Op {Decisions}, en elk kwartaal de evaluatie op {Evaluations}. {Reports} vult zichzelf.",
                "On {Decisions}, and every quarter the evaluation on {Evaluations}. {Reports} fills itself.",
            ),
            _step(
                ("Wat mag, en wat niet", "What is fine, and what is not"),
                "Sorteren, filteren, kolommen toevoegen of verplaatsen mag. Laat de ID van een nieuwe regel leeg, en verander een ID nooit: er wordt naar verwezen.",
                "Sorting, filtering, adding or moving columns is fine. Leave the ID of a new row blank, and never change an ID: others refer to it.",
            ),
        ),
        (SESSIONS.sheet, PEOPLE.sheet, REPORTS.sheet, DECISIONS.sheet, EVALUATIONS.sheet),
    ),
    RoleGuide(
        Text("Lezer: manager of teamlid", "Reader: manager or team member"),
        _text(
            "Je ziet in één oogopslag hoe het plan ervoor staat en waarover de sessie gaat.",
            "You see at a glance how the plan stands and what the session is about.",
        ),
        (
            _step(
                ("Begin bij de OGSM", "Begin with the OGSM"),
                "Op {Overview} staat het hele plan op één pagina. Klik op een nummer, zoals A12, en je staat op die regel.",
                "{Overview} has the whole plan on one page. Click a number, such as A12, to go to that row.",
            ),
            _step(
                ("Kijk naar oranje en rood", "Look at orange and red"),
                "Daar gaat de sessie over, en over wat onbekend is. Groen en op tijd hoeft niet op de agenda.",
                "They are what the session is about, together with what is unknown. Green and in time need not be on the agenda.",
            ),
            _step(
                ("Lees hoe het komt", "Read why"),
                "Op {Actions} en {Indicators} staat de stand van zaken; op {Reports} elk verslag en op {Measurements} elke waarde door de tijd.",
                "{Actions} and {Indicators} tell how things stand; {Reports} has every report and {Measurements} every value over time.",
            ),
            _step(
                ("Weet wanneer", "Know when"),
                "Op {Sessions} staan de sessies; de eerstvolgende is gemarkeerd. Op {Decisions} staat wat is afgesproken.",
                "{Sessions} has the sessions; the next one is marked. {Decisions} has what was agreed.",
            ),
            _step(
                ("Projecteren en afdrukken", "Project and print"),
                "Elk blad is liggend af te drukken; {Overview} past op één A3.",
                "Every sheet prints in landscape; {Overview} fits on one A3.",
            ),
        ),
        (OVERVIEW, ACTIONS.sheet, INDICATORS.sheet, SESSIONS.sheet, DECISIONS.sheet),
    ),
)

SHEETS: Final = (
    (OVERVIEW, Text("Het hele plan op één pagina; vult zichzelf.", "The whole plan on one page; fills itself.")),
    (OBJECTIVE.sheet, Text("Waar we naartoe willen, in één zin.", "Where we want to be, in one sentence.")),
    (GOALS.sheet, Text("Waaraan we zien dat de ambitie is bereikt.", "What shows that the objective was reached.")),
    (STRATEGIES.sheet, Text("De keuzes die ons daar brengen.", "The choices that get us there.")),
    (INDICATORS.sheet, Text("Waaraan we zien of een strategie werkt.", "What shows whether a strategy works.")),
    (MEASUREMENTS.sheet, Text("Elke gemeten waarde, door de tijd.", "Every measured value, over time.")),
    (ACTIONS.sheet, Text("Wie doet wat, en wanneer is het af?", "Who does what, and when is it finished?")),
    (PEOPLE.sheet, Text("Iedereen die meedoet, met e-mail en rol.", "Everybody who takes part, with email and role.")),
    (SESSIONS.sheet, Text("Wanneer we bij elkaar komen.", "When we meet.")),
    (REPORTS.sheet, Text("Elk verslag dat ooit is gemaakt.", "Every report ever made.")),
    (DECISIONS.sheet, Text("Wat we hebben besloten.", "What we decided.")),
    (EVALUATIONS.sheet, Text("Wat we elk kwartaal leren over onze samenwerking.", "What every quarter teaches us about how we work.")),
    (FACTORS.sheet, Text("Sterke punten, kwetsbaarheden, kansen en risico's.", "Strengths, vulnerabilities, opportunities and risks.")),
    (LISTS, Text("De woorden in de keuzelijsten.", "The words in the dropdowns.")),
)  # fmt: skip

LIGHTS: Final = {
    TrafficLight.GREEN: Text("Volgens plan, in inhoud en in tijd.", "On plan, in content and in time."),
    TrafficLight.ORANGE: Text(
        "Niet volgens plan; met de juiste ingreep nog te halen.",
        "Not on plan; the right intervention can still mend it.",
    ),
    TrafficLight.RED: Text(
        "(Vrijwel) niet meer te halen: er is een keuze nodig.", "(Almost) out of reach: a choice is needed."
    ),
}
UNKNOWN: Final = (
    Text("Onbekend", "Unknown"),
    Text("Nog geen licht: te bespreken.", "No light yet: to be discussed."),
)
STATUSES: Final = {
    Status.TO_DO: Text("Nog niet begonnen.", "Not started yet."),
    Status.IN_PROGRESS: Text("Er wordt aan gewerkt; de eigenaar rapporteert.", "Being worked on; the owner reports."),
    Status.DONE: Text("Vraagt geen aandacht meer.", "Needs no attention any more."),
    Status.PARKED: Text("Bewust nu niet; niemand vraagt ernaar.", "Deliberately not now; nobody asks about it."),
}  # fmt: skip
OVERDUE: Final = (
    Text("30-06-2026", "30 Jun 2026"),
    Text("Deadline voorbij, of start voorbij en nog niet begonnen.", "Past its deadline, or past its start and not begun."),
)  # fmt: skip
COLUMNS: Final = {
    FilledBy.PLAN: (
        Text("Plan", "Plan"),
        Text("Vult in wie het plan schrijft.", "For whoever writes the plan."),
    ),
    FilledBy.OWNER: (
        Text("✎ Eigenaar", "✎ Owner"),
        Text("Vul jij in als eigenaar van de regel.", "For you, as the owner of the row."),
    ),
    FilledBy.JOBS: (
        Text("Vanzelf", "Auto"),
        Text("Wordt voor je ingevuld; zelf niets wijzigen.", "Filled in for you; change nothing here."),
    ),
}
