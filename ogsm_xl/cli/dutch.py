"""The help of the commands in Dutch, for machines that speak it. In English it stands beside the commands themselves.

What the command line library says of its own accord (Usage, Options …) is replaced in the finished page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

HELP: Final[Mapping[str, str]] = {
    "Runs an OGSM that lives in an Excel workbook. Start with: ogsm-xl demo": "Draait een OGSM die in een Excel-bestand staat. Begin met: ogsm-xl demo",
    "Show what is logged, and more, on the terminal.": "Toon op de terminal wat in het logbestand komt, en meer.",
    # What many commands have
    "The configuration file.": "Het configuratiebestand.",
    "Show what would be done; change nothing.": "Toon wat er zou gebeuren; verander niets.",
    "Run as if it were this day (08:00) or moment: 2026-09-03 or 2026-09-03T14:30.": "Doe alsof het deze dag (08:00) of dit moment is: 2026-09-03 of 2026-09-03T14:30.",
    "Print the outcome as JSON.": "Geef de uitkomst als JSON.",
    "The session's ID, such as SES9; the next session where left out.": "Het ID van de sessie, zoals SES9; anders de eerstvolgende.",
    "With --dry-run: the folder to write the mails into; a new one where left out.": "Bij --dry-run: de map waar de mails in komen; anders een nieuwe.",
    "Yes, so many mails are meant ([mail] confirm_above).": "Ja, zoveel mails is de bedoeling ([mail] confirm_above).",
    # calendar
    "Fill a year of sessions: monthly, quarterly, yearly; on working days, and none twice.": "Vul een jaar met sessies: per maand, kwartaal en jaar; op werkdagen, en geen enkele dubbel.",
    "Which year to fill.": "Het jaar dat gevuld wordt.",
    "On which day of the week.": "Op welke dag van de week.",
    "Which such day of the month: 1 to 4, or 5 for the last.": "De hoeveelste van de maand: 1 tot en met 4, of 5 voor de laatste.",
    "When sessions begin, such as 10:00.": "Wanneer sessies beginnen, zoals 10:00.",
    "Length of a doing session.": "Lengte van een doensessie.",
    "Length of a steering session.": "Lengte van een bijstuursessie.",
    "Length of the planning session.": "Lengte van de plansessie.",
    "Which month of each quarter has the steering session.": "De hoeveelste maand van elk kwartaal de bijstuursessie heeft.",
    "Month of the planning session.": "De maand van de plansessie.",
    "Room or link.": "Zaal of link.",
    "Whose holidays to avoid, such as NL; those of the configuration where left out.": "Van welk land de feestdagen gelden, zoals NL; anders die van de configuratie.",
    # validate, rules
    "Check the plan workbook, cell by cell: is it sound, is the plan good?": "Controleer het plan, cel voor cel: klopt het, en is het een goed plan?",
    "Only the rows of this person: a name, a part of it, or a mail address.": "Alleen de regels van deze persoon: een naam, een deel ervan, of een mailadres.",
    "Write a copy of the workbook with the findings in it to this file.": "Schrijf een kopie van het werkboek, met de bevindingen erin, naar dit bestand.",
    "From which severity on the exit code is 1.": "Vanaf welke ernst de afsluitcode 1 is.",
    "List the rules that a plan is checked by, or explain one: why, how to mend it, a bad and a good example.": "Toon de regels waarmee een plan wordt gecontroleerd, of leg er een uit: waarom, hoe te herstellen, een slecht en een goed voorbeeld.",
    "The code of one rule to explain, such as OX502.": "De code van de regel om uit te leggen, zoals OX502.",
    "The language; that of the configuration where left out.": "De taal; anders die van de configuratie.",
    "For developers: renew the rules in README.md and docs/ of this folder.": "Voor ontwikkelaars: vernieuw de regels in README.md en docs/ van deze map.",
    # demo, doctor, init, new, template
    "Play the weeks round one doing session on an example plan, with mail in a folder.": "Speel de weken rond een doensessie op een voorbeeldplan, met de mail in een map.",
    "The folder to play in; made where it is missing.": "De map om in te spelen; wordt gemaakt als hij er niet is.",
    "The language of the plan, the mails and the story.": "De taal van het plan, de mails en het verhaal.",
    "Check everything that can be wrong around a plan, and say what to do. Changes and sends nothing.": "Kijk alles na wat er rond een plan mis kan zijn, en zeg wat te doen. Verandert en verstuurt niets.",
    "Begin: ask a few questions, and make the configuration, the plan and the first calendar.": "Begin: stelt een paar vragen, en maakt de configuratie, het plan en de eerste kalender.",
    "Where the plan goes; made where it is missing.": "Waar het plan komt; de map wordt gemaakt als hij er niet is.",
    "The language of the plan and of the questions.": "De taal van het plan en van de vragen.",
    "The organisation's name.": "De naam van de organisatie.",
    "The OGSM owner.": "De OGSM-eigenaar.",
    "The OGSM owner's address.": "Het mailadres van de OGSM-eigenaar.",
    "The process owner: who runs the jobs.": "De proceseigenaar: wie de taken draait.",
    "The process owner's address.": "Het mailadres van de proceseigenaar.",
    "folder, smtp_imap, exchange … as in config.example.toml.": "folder, smtp_imap, exchange … zoals in config.example.toml.",
    "The address that mails come from.": "Het adres waar de mails vandaan komen.",
    "What the mail system needs, such as smtp_host=smtp.example.org.": "Wat het mailsysteem nodig heeft, zoals smtp_host=smtp.example.org.",
    "Whose holidays count; '' for none.": "Van welk land de feestdagen tellen; '' voor geen.",
    "Start a plan: an empty workbook with every sheet, list and check.": "Begin een plan: een leeg werkboek met elk blad, elke keuzelijst en elke controle.",
    "The plan workbook to make, such as plan.xlsx.": "Het werkboek om te maken, zoals plan.xlsx.",
    "The language of the workbook.": "De taal van het werkboek.",
    "The workbooks in workbook_templates/.": "De werkboeken in workbook_templates/.",
    "Build the workbook templates from the layout: empty and filled, Dutch and English.": "Maak de sjablonen opnieuw: leeg en gevuld, Nederlands en Engels.",
    "Where to put them.": "Waar ze komen.",
    "The language of what is told.": "De taal van wat er verteld wordt.",
    # the jobs
    "Bring what owners reported, by mail or in their rows, into the plan and its report sheet.": "Breng wat eigenaren rapporteerden, per mail of in hun regels, in het plan en op het blad Rapportages.",
    "Where an older copy of the plan was put back: what becomes of the reports that are not in it.": "Als een oudere kopie van het plan is teruggezet: wat er gebeurt met de verslagen die er niet in staan.",
    "Build the workbook of the next session: what is discussed, and why.": "Maak het werkboek van de volgende sessie: wat er besproken wordt, en waarom.",
    "Make a page for mail or intranet beside it, in one file.": "Maak er een pagina voor mail of intranet naast, in één bestand.",
    "Make a PDF beside it, with LibreOffice.": "Maak er een PDF naast, met LibreOffice.",
    "Show who has reported for the next session and who has not.": "Toon wie voor de volgende sessie heeft gerapporteerd en wie niet.",
    "Invite the owners of everything that is asked at a session, a week before it.": "Nodig de eigenaren uit van alles wat in een sessie gevraagd wordt, een week ervoor.",
    "Remind the owners who still owe a report, three days before a session.": "Herinner de eigenaren die nog niet hebben gerapporteerd, drie dagen voor een sessie.",
    "Send the team the workbook of the session, a day before it.": "Stuur het team het werkboek van de sessie, een dag ervoor.",
    "Run all jobs at the times of [schedule], until stopped; what was missed is run once.": "Draai alle taken op de tijden van [schedule], tot je stopt; wat gemist is, draait één keer.",
    "Run what is due now, then end.": "Draai wat nu aan de beurt is, en stop dan.",
    # mail
    "Show who got which mail when; settle a mail of which it is uncertain whether it went out.": "Toon wie wanneer welke mail kreeg; leg vast of een mail waarover twijfel is, is verstuurd.",
    "Only the mails about this session, such as SES9.": "Alleen de mails over deze sessie, zoals SES9.",
    "Settle an uncertain mail: its ID, and sent or not-sent.": "Leg een onzekere mail vast: het ID, en sent of not-sent.",
    "Preview day by day who would get which mail, if nobody reported meanwhile.": "Laat dag voor dag zien wie welke mail zou krijgen als intussen niemand rapporteert.",
    "How many days to look ahead.": "Hoeveel dagen vooruit.",
    "Make this machine the one that mails for the plan.": "Laat deze machine voortaan de mail voor het plan versturen.",
    "Go on without the other machine's ledger.": "Ga door zonder het logboek van de andere machine.",
    "Try out the mailbox: one mail to itself, found, read back, moved and deleted. Nothing else is touched.": "Probeer de mailbox uit: één mail aan zichzelf, gevonden, gelezen, verplaatst en verwijderd. De rest blijft zoals het is.",
    "List the replies that wait for a person, or all that came in; look at one; accept, assign or discard it.": "Toon de antwoorden die op een mens wachten, of alles wat binnenkwam; bekijk er een; neem het over, wijs het toe of leg het weg.",
    "The number of a mail; without it, all that waits is listed.": "Het nummer van een mail; zonder nummer verschijnt alles wat wacht.",
    "List every mail that came in, and what became of it.": "Toon elke mail die binnenkwam, en wat ermee gebeurde.",
    "Accept it: it is the answer of whoever our mail went to.": "Neem het over: het is het antwoord van wie onze mail kreeg.",
    "Accept it as a report on this item, such as A12.": "Neem het over als verslag over dit onderdeel, zoals A12.",
    "Whose answer it is: a name or mail address from the list of people.": "Van wie het antwoord is: een naam of mailadres van het blad Personen.",
    "Put it away: it is no answer, for this reason.": "Leg het weg: het is geen antwoord, om deze reden.",
    # minutes
    "Read what a session typed into its workbook: what was decided, and what of it changes the plan.": "Lees wat in het werkboek van de sessie is getypt: wat er is besloten, en wat daarvan het plan verandert.",
    "The session workbook, as the session filled it in.": "Het werkboek van de sessie, zoals het daar is ingevuld.",
    "Make the minutes as a file too: .html (to mail), .csv or .xlsx.": "Maak het verslag ook als bestand: .html (om te mailen), .csv of .xlsx.",
    "Which session it is of, where the workbook does not say it.": "Van welke sessie het is, als het werkboek dat niet zegt.",
    "Write decisions, new deadlines and statuses into the plan.": "Zet besluiten, nieuwe deadlines en statussen in het plan.",
    "Write without asking first.": "Schrijf zonder eerst te vragen.",
    # report
    "Make a table of the plan for any choice of strategies, owners, lights, labels, period and columns.": "Maak een tabel van het plan voor een keuze van strategieën, eigenaren, lichten, labels, periode en kolommen.",
    "The file to make: .xlsx, .html or .csv.": "Het bestand om te maken: .xlsx, .html of .csv.",
    "What the rows are.": "Waar de regels over gaan.",
    "Only of this strategy (S1); repeatable.": "Alleen van deze strategie (S1); mag vaker.",
    "Only of this owner; repeatable.": "Alleen van deze eigenaar; mag vaker.",
    "Only with this light (green, orange, red, unknown); repeatable.": "Alleen met dit licht (green, orange, red, unknown); mag vaker.",
    "Only with this label; repeatable.": "Alleen met dit label; mag vaker.",
    "From this day on: 2026-01-31.": "Vanaf deze dag: 2026-01-31.",
    "Up to this day: 2026-12-31.": "Tot en met deze dag: 2026-12-31.",
    "Only this column; repeatable, in this order.": "Alleen deze kolom; mag vaker, in deze volgorde.",
    # schedule
    "The jobs in a scheduler of your own.": "De taken in een taakplanner van jezelf.",
    "Print what Task Scheduler, cron or systemd needs to run the jobs, with the paths of this machine.": "Geef wat Taakplanner, cron of systemd nodig heeft om de taken te draaien, met de paden van deze machine.",
    "Which scheduler.": "Welke taakplanner.",
    "The folder to write the files to; shown where left out.": "De map om de bestanden in te zetten; anders verschijnen ze op het scherm.",
    "For Windows: the account that runs the jobs.": "Voor Windows: de gebruiker die de taken draait.",
}  # fmt: skip

_PAGE: Final = (
    (r"^Usage:", "Gebruik:"),
    (r"\[OPTIONS\]", "[OPTIES]"),
    (r"COMMAND \[ARGS\]\.\.\.", "OPDRACHT ..."),
    (r"^Options:", "Opties:"),
    (r"^Commands:", "Opdrachten:"),
    (r"^Arguments:", "Wat erbij hoort:"),
    (r"\[default:", "[standaard:"),
    (r"(\[|; )required\]", r"\1verplicht]"),
    (r"Show\s+this\s+message\s+and\s+exit\.", "Toon deze uitleg."),
)


def helps_of(command: Any) -> Iterator[Any]:
    """The command and its options, and those of the commands below it: whatever has a help text."""
    yield command
    yield from (each for each in command.params if getattr(each, "help", None))
    for below in getattr(command, "commands", {}).values():
        yield from helps_of(below)


def translate(command: Any) -> None:
    """Give a command and all below it their Dutch help; what has none keeps the English."""
    for each in helps_of(command):
        each.help = HELP.get(each.help, each.help)


def page_in_dutch(page: str) -> str:
    """A finished page of help with the library's own words in Dutch."""
    for english, dutch in _PAGE:
        page = re.sub(english, dutch, page, flags=re.MULTILINE)
    return page
