"""What makes an action clear and its status, progress, light and dates agree.

Which pairs contradict one another is decided once, here, so that one slip brings one finding: progress against status
comes before the dates, and an overdue action is not also reported as started late.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Plan, normalised_id, normalised_name
from ogsm_xl.plan.words import Status, Text, TrafficLight
from ogsm_xl.rules import wording
from ogsm_xl.rules.history import deadline_moves, last_decisions
from ogsm_xl.rules.owners import (
    open_actions,
    with_several,
    with_unknown,
    without_owner,
)
from ogsm_xl.rules.phrases import (
    day,
    days,
    found_in,
    found_on,
    found_unknown,
    light_word,
    listed,
    month_of,
    percent,
    quoted,
    word,
)
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.rules.settings import Check, RuleSettings

_NOT_GREEN = {TrafficLight.ORANGE, TrafficLight.RED}

# --- what every action needs ------------------------------------------------------------------------------------

TEXT_MISSING = Rule(
    "OX501", Severity.WARNING, Place.ACTIONS,
    Text("Actie zonder omschrijving", "Action without a description"),
    Text("Bij {name} staat niet wat de actie is.", "{name} does not say what the action is."),
    Text("Niemand kan verslag doen van een actie die niet beschreven is.", "Nobody can report on an action that is not described."),
    Text("Schrijf het resultaat op dat er komt, of haal de regel weg.", "Write down the result that will be there, or remove the row."),
    Text("A12: (leeg)", "A12: (blank)"),
    Text("A12: Nieuwe website staat online", "A12: New website is online"),
)  # fmt: skip
OWNER_MISSING = Rule(
    "OX502", Severity.ERROR, Place.ACTIONS,
    Text("Actie zonder eigenaar", "Action without an owner"),
    Text("{name} heeft geen eigenaar.", "{name} has no owner."),
    Text("Zonder eigenaar krijgt niemand de vraag om verslag te doen, en is niemand verantwoordelijk voor het resultaat.", "Without an owner nobody is asked to report, and nobody answers for the result."),
    Text("Kies precies één persoon uit het blad Personen.", "Choose exactly one person from the People sheet."),
    Text("Eigenaar: (leeg)", "Owner: (blank)"),
    Text("Eigenaar: Jan de Wit", "Owner: Jan de Wit"),
)  # fmt: skip
OWNER_SEVERAL = Rule(
    "OX503", Severity.ERROR, Place.ACTIONS,
    Text("Actie met meer dan één eigenaar", "Action with more than one owner"),
    Text("{name} heeft meer dan één eigenaar: {who}.", "{name} has more than one owner: {who}."),
    Text("Als twee mensen verantwoordelijk zijn, is niemand het; en het is niet duidelijk wie de mail moet krijgen.", "When two people are responsible, nobody is; and it is not clear who should get the mail."),
    Text("Laat één naam als eigenaar staan en zet de anderen bij Betrokkenen.", "Keep one name as the owner and move the others to Involved."),
    Text("Eigenaar: Jan / Piet", "Owner: Jan / Piet"),
    Text("Eigenaar: Jan; Betrokkenen: Piet", "Owner: Jan; Involved: Piet"),
)  # fmt: skip
OWNER_UNKNOWN = Rule(
    "OX504", Severity.ERROR, Place.ACTIONS,
    Text("Eigenaar van een actie staat niet bij Personen", "Owner of an action is not among the people"),
    Text("De eigenaar van {name}, {who}, staat niet in het blad Personen.{meant}", "{name} is owned by {who}, who is not on the People sheet.{meant}"),
    Text("Zonder regel bij Personen is er geen mailadres, dus gaat er geen uitnodiging uit.", "Without a row on the People sheet there is no mail address, so no invitation goes out."),
    Text("Schrijf de naam zoals bij Personen, of voeg de persoon daar toe met mailadres.", "Write the name as on the People sheet, or add the person there with a mail address."),
    Text("Eigenaar: afdeling P&O", "Owner: HR department"),
    Text("Eigenaar: Jan de Wit", "Owner: Jan de Wit"),
)  # fmt: skip
DEADLINE_MISSING = Rule(
    "OX505", Severity.WARNING, Place.ACTIONS,
    Text("Actie zonder deadline", "Action without a deadline"),
    Text("{name} heeft geen deadline.", "{name} has no deadline."),
    Text("Zonder deadline is niet te zien of een actie op schema ligt, en schuift zij vanzelf door.", "Without a deadline nobody can see whether an action is on schedule, and it drifts."),
    Text("Spreek een dag af waarop het resultaat er is, of zet de actie op Geparkeerd.", "Agree on the day when the result will be there, or park the action."),
    Text("Deadline: doorlopend", "Deadline: ongoing"),
    Text("Deadline: 30-06-2026", "Deadline: 30-06-2026"),
)  # fmt: skip
DEADLINE_BEFORE_START = Rule(
    "OX506", Severity.WARNING, Place.ACTIONS,
    Text("Deadline vóór de start", "Deadline before the start"),
    Text("{name} moet klaar zijn op {deadline}, vóór de start op {start}.", "{name} is due on {deadline}, before it starts on {start}."),
    Text("Een van de twee datums klopt niet, en daarmee ook niet wat er op de agenda komt.", "One of the two dates is wrong, and so is what appears on the agenda."),
    Text("Verbeter de datum die niet klopt; vaak is het jaar verkeerd.", "Correct the date that is wrong; often it is the year."),
    Text("Start 01-09-2026, deadline 30-06-2026", "Start 01-09-2026, deadline 30-06-2026"),
    Text("Start 01-09-2026, deadline 30-06-2027", "Start 01-09-2026, deadline 30-06-2027"),
)  # fmt: skip
STRATEGY_MISSING = Rule(
    "OX507", Severity.WARNING, Place.ACTIONS,
    Text("Actie die bij geen strategie hoort", "Action that serves no strategy"),
    Text("{name} hoort bij geen enkele strategie.", "{name} serves no strategy."),
    Text("Een actie die geen strategie dient, kost tijd zonder dat de ambitie dichterbij komt.", "An action that serves no strategy takes time without bringing the ambition closer."),
    Text("Vul de strategie in die deze actie nodig heeft, of haal de actie uit het plan.", "Fill in the strategy that needs this action, or take the action out of the plan."),
    Text("Strategie: (leeg)", "Strategy: (blank)"),
    Text("Strategie: S2", "Strategy: S2"),
)  # fmt: skip
STRATEGY_UNKNOWN = Rule(
    "OX508", Severity.WARNING, Place.ACTIONS,
    Text("Actie verwijst naar een strategie die er niet is", "Action refers to a strategy that is not there"),
    Text("{name} verwijst naar {ids}, en zo'n strategie is er niet in dit plan.", "{name} refers to {ids}, and this plan has no such strategy."),
    Text("De actie komt dan bij geen strategie in beeld, ook niet in de sessie.", "The action then shows up under no strategy, not in the session either."),
    Text("Kies een strategie uit het blad Strategieën.", "Choose a strategy from the Strategies sheet."),
    Text("Strategie: S9 (het plan heeft S1 tot en met S5)", "Strategy: S9 (the plan has S1 to S5)"),
    Text("Strategie: S5", "Strategy: S5"),
)  # fmt: skip
STATUS_MISSING = Rule(
    "OX509", Severity.WARNING, Place.ACTIONS,
    Text("Actie zonder status", "Action without a status"),
    Text("{name} heeft geen status.", "{name} has no status."),
    Text("Aan de status is te zien of er verslag over wordt gevraagd.", "The status decides whether a report is asked for."),
    Text("Kies Nog te doen, Mee bezig, Afgerond of Geparkeerd.", "Choose To do, In progress, Done or Parked."),
    Text("Status: (leeg)", "Status: (blank)"),
    Text("Status: Mee bezig", "Status: In progress"),
)  # fmt: skip

# --- status, progress, light and dates that contradict one another ----------------------------------------------

COMPLETE_NOT_DONE = Rule(
    "OX510", Severity.WARNING, Place.ACTIONS,
    Text("100 % klaar, maar niet afgerond", "100% complete, but not done"),
    Text("{name} is 100 % klaar, maar de status is {status}.", "{name} is 100% complete, but its status is {status}."),
    Text("Zolang de status niet Afgerond is, wordt er elke maand naar gevraagd.", "As long as the status is not Done, it is asked about every month."),
    Text("Zet de status op Afgerond, of de voortgang op wat er echt klaar is.", "Set the status to Done, or the progress to what is really complete."),
    Text("Voortgang 100 %, status Mee bezig", "Progress 100%, status In progress"),
    Text("Voortgang 100 %, status Afgerond", "Progress 100%, status Done"),
)  # fmt: skip
DONE_NOT_COMPLETE = Rule(
    "OX511", Severity.WARNING, Place.ACTIONS,
    Text("Afgerond, maar niet 100 %", "Done, but not 100%"),
    Text("{name} staat op Afgerond, maar de voortgang is {progress}.", "{name} is Done, but its progress is {progress}."),
    Text("Is al het werk gedaan? Als er nog iets ligt, verdwijnt het zo uit beeld.", "Is all the work done? If something is left, this takes it out of sight."),
    Text("Zet de voortgang op 100 %, of de status terug op Mee bezig.", "Set the progress to 100%, or the status back to In progress."),
    Text("Status Afgerond, voortgang 80 %", "Status Done, progress 80%"),
    Text("Status Afgerond, voortgang 100 %", "Status Done, progress 100%"),
)  # fmt: skip
TO_DO_WITH_PROGRESS = Rule(
    "OX512", Severity.WARNING, Place.ACTIONS,
    Text("Nog te doen, maar er is al voortgang", "To do, but there is progress"),
    Text("{name} staat op Nog te doen, maar de voortgang is al {progress}.", "{name} is To do, but its progress is {progress} already."),
    Text("Wie aan de actie begonnen is, hoort verslag te doen; bij Nog te doen wordt dat pas na de startdatum gevraagd.", "Whoever has begun should report; with To do that is asked only after the start date."),
    Text("Zet de status op Mee bezig, of de voortgang op 0 %.", "Set the status to In progress, or the progress to 0%."),
    Text("Status Nog te doen, voortgang 30 %", "Status To do, progress 30%"),
    Text("Status Mee bezig, voortgang 30 %", "Status In progress, progress 30%"),
)  # fmt: skip
STALLED = Rule(
    "OX513", Severity.HINT, Place.ACTIONS,
    Text("Mee bezig, maar nog op 0 %", "In progress, but still at 0%"),
    Text("{name} staat op Mee bezig en begon {days} geleden, maar de voortgang is nog 0 %.", "{name} is In progress and began {days} ago, but its progress is still 0%."),
    Text("Een actie die niet op gang komt, valt zo pas op als de deadline voorbij is.", "An action that does not get going is noticed only when its deadline is past."),
    Text("Vul in hoeveel er klaar is, of zet de status terug op Nog te doen met een nieuwe startdatum.", "Fill in how much is complete, or set the status back to To do with a new start date."),
    Text("Mee bezig sinds januari, voortgang 0 %", "In progress since January, progress 0%"),
    Text("Mee bezig sinds januari, voortgang 20 %", "In progress since January, progress 20%"),
)  # fmt: skip
DONE_NOT_GREEN = Rule(
    "OX514", Severity.WARNING, Place.ACTIONS,
    Text("Afgerond, maar het licht is niet groen", "Done, but the light is not green"),
    Text("{name} staat op Afgerond, maar het verkeerslicht is {light}.", "{name} is Done, but its traffic light is {light}."),
    Text("Afgerond betekent dat de actie geen aandacht meer vraagt; oranje en rood vragen dat juist wel.", "Done means that the action needs no attention any more; orange and red ask for it."),
    Text("Zet het licht op Groen, of de status terug op Mee bezig als er nog iets moet gebeuren.", "Set the light to Green, or the status back to In progress if something is left to do."),
    Text("Status Afgerond, licht Rood", "Status Done, light Red"),
    Text("Status Afgerond, licht Groen", "Status Done, light Green"),
)  # fmt: skip
PARKED_NOT_GREEN = Rule(
    "OX515", Severity.HINT, Place.ACTIONS,
    Text("Geparkeerd, maar het licht staat op oranje of rood", "Parked, but the light is orange or red"),
    Text("{name} is Geparkeerd, maar het verkeerslicht is nog {light}.", "{name} is Parked, but its traffic light is still {light}."),
    Text("Een geparkeerde actie wordt niet besproken: het licht telt mee in de overzichten, maar niemand doet er iets mee.", "A parked action is not discussed: its light counts in the overviews, but nobody acts on it."),
    Text("Maak het licht leeg, of haal de actie uit de parkeerstand.", "Clear the light, or take the action out of the parked state."),
    Text("Status Geparkeerd, licht Rood", "Status Parked, light Red"),
    Text("Status Geparkeerd, licht leeg", "Status Parked, light blank"),
)  # fmt: skip
IN_PROGRESS_WITHOUT_START = Rule(
    "OX516", Severity.WARNING, Place.ACTIONS,
    Text("Mee bezig, maar zonder startdatum", "In progress, but without a start date"),
    Text("{name} staat op Mee bezig, maar heeft geen startdatum.", "{name} is In progress, but has no start date."),
    Text("Zonder startdatum is niet te zien of de voortgang past bij de tijd die voorbij is.", "Without a start date nobody can see whether progress matches the time that went by."),
    Text("Vul de dag in waarop het werk begon.", "Fill in the day on which the work began."),
    Text("Status Mee bezig, start (leeg)", "Status In progress, start (blank)"),
    Text("Status Mee bezig, start 01-03-2026", "Status In progress, start 01-03-2026"),
)  # fmt: skip
IN_PROGRESS_STARTS_LATER = Rule(
    "OX517", Severity.WARNING, Place.ACTIONS,
    Text("Mee bezig, maar de startdatum moet nog komen", "In progress, but the start date is still to come"),
    Text("{name} staat op Mee bezig, maar begint pas op {start}.", "{name} is In progress, but starts on {start}."),
    Text("Status en startdatum spreken elkaar tegen; de lezer weet niet of er al gewerkt wordt.", "Status and start date contradict each other; the reader cannot tell whether work has begun."),
    Text("Zet de startdatum op de dag waarop het werk echt begon, of de status op Nog te doen.", "Set the start date to the day on which work really began, or the status to To do."),
    Text("Status Mee bezig, start volgende maand", "Status In progress, start next month"),
    Text("Status Mee bezig, start vorige maand", "Status In progress, start last month"),
)  # fmt: skip
STARTED_LATE = Rule(
    "OX518", Severity.WARNING, Place.ACTIONS,
    Text("De start is voorbij, maar de actie is niet begonnen", "The start is past, but the action has not begun"),
    Text("{name} zou op {start} beginnen, maar staat nog op Nog te doen.", "{name} was to start on {start}, but is still To do."),
    Text("Wie te laat begint, is meestal te laat klaar; nu is er nog iets aan te doen.", "Who starts late usually ends late; now something can still be done about it."),
    Text("Begin en zet de status op Mee bezig, of spreek een nieuwe startdatum af.", "Begin and set the status to In progress, or agree on a new start date."),
    Text("Start vorige maand, status Nog te doen", "Start last month, status To do"),
    Text("Start vorige maand, status Mee bezig", "Start last month, status In progress"),
)  # fmt: skip
TO_DO_WITHOUT_START = Rule(
    "OX519", Severity.HINT, Place.ACTIONS,
    Text("Nog te doen, maar zonder startdatum", "To do, but without a start date"),
    Text("{name} staat op Nog te doen en heeft geen startdatum.", "{name} is To do and has no start date."),
    Text("Zonder startdatum wordt er nooit naar gevraagd, tot de deadline voorbij is.", "Without a start date it is never asked about, until the deadline is past."),
    Text("Vul de dag in waarop het werk moet beginnen, of zet de actie op Geparkeerd.", "Fill in the day on which the work should begin, or park the action."),
    Text("Status Nog te doen, start (leeg)", "Status To do, start (blank)"),
    Text("Status Nog te doen, start 01-09-2026", "Status To do, start 01-09-2026"),
)  # fmt: skip
GREEN_OVERDUE = Rule(
    "OX520", Severity.WARNING, Place.ACTIONS,
    Text("Groen, maar over de deadline", "Green, but overdue"),
    Text("{name} staat op groen, maar de deadline was {deadline} ({days} geleden).", "{name} is green, but its deadline was {deadline} ({days} ago)."),
    Text("Groen betekent: op tijd en goed. Een groene actie komt niet op de agenda, dus dit blijft liggen.", "Green means: in time and in content. A green action stays off the agenda, so this is left lying."),
    Text("Zet de status op Afgerond als het klaar is; maak het licht anders oranje of rood en stel een nieuwe deadline voor.", "Set the status to Done if it is finished; otherwise make the light orange or red and propose a new deadline."),
    Text("Deadline vorige maand, Mee bezig, licht Groen", "Deadline last month, In progress, light Green"),
    Text("Deadline vorige maand, Mee bezig, licht Rood, voorstel: deadline 1 september", "Deadline last month, In progress, light Red, proposal: deadline 1 September"),
)  # fmt: skip
OVERDUE = Rule(
    "OX521", Severity.HINT, Place.ACTIONS,
    Text("Over de deadline, zonder voorstel", "Overdue, without a proposal"),
    Text("De deadline van {name} was {deadline} ({days} geleden), en er staat geen voorstel bij.", "{name} was due on {deadline} ({days} ago), and proposes nothing."),
    Text("Een datum die voorbij is, stuurt niet meer: de sessie moet kiezen tussen later, minder of stoppen.", "A date that is past steers nothing: the session has to choose between later, less, or stop."),
    Text("Schrijf bij Voorstel wat je wilt: een nieuwe deadline, minder, of stoppen. Of zet de actie op Afgerond.", "Write under Proposal what you want: a new deadline, less, or stop. Or set the action to Done."),
    Text("Deadline vorige maand, licht Oranje, voorstel (leeg)", "Deadline last month, light Orange, proposal (blank)"),
    Text("Deadline vorige maand, licht Oranje, voorstel: 1 september", "Deadline last month, light Orange, proposal: 1 September"),
)  # fmt: skip
DONE_STARTS_LATER = Rule(
    "OX522", Severity.WARNING, Place.ACTIONS,
    Text("Afgerond, maar de startdatum moet nog komen", "Done, but the start date is still to come"),
    Text("{name} staat op Afgerond, maar begint pas op {start}.", "{name} is Done, but starts on {start}."),
    Text("De status of de datum klopt niet; wie terugkijkt, kan het resultaat niet plaatsen.", "The status or the date is wrong; whoever looks back cannot place the result."),
    Text("Verbeter de startdatum of de status.", "Correct the start date or the status."),
    Text("Status Afgerond, start volgende maand", "Status Done, start next month"),
    Text("Status Afgerond, start vorige maand", "Status Done, start last month"),
)  # fmt: skip
DONE_ON_NOT_DONE = Rule(
    "OX523", Severity.WARNING, Place.ACTIONS,
    Text("Een dag bij Afgerond op, maar niet afgerond", "A day under Done on, but not done"),
    Text("{name} is volgens Afgerond op klaar sinds {done_on}, maar de status is {status}.", "{name} is done since {done_on} according to Done on, but its status is {status}."),
    Text("De sessie bespreekt wat sinds de vorige keer is afgerond; dit valt tussen wal en schip.", "The session looks at what was done since the previous one; this falls in between."),
    Text("Zet de status op Afgerond, of maak Afgerond op leeg.", "Set the status to Done, or clear Done on."),
    Text("Afgerond op 12-05-2026, status Mee bezig", "Done on 12-05-2026, status In progress"),
    Text("Afgerond op 12-05-2026, status Afgerond", "Done on 12-05-2026, status Done"),
)  # fmt: skip
DONE_ON_IMPOSSIBLE = Rule(
    "OX524", Severity.WARNING, Place.ACTIONS,
    Text("Afgerond op een dag die niet kan", "Done on a day that cannot be"),
    Text("{name} is volgens Afgerond op klaar op {done_on}, {problem}.", "{name} is done on {done_on} according to Done on, {problem}."),
    Text("Met een verkeerde dag verschijnt de actie bij de verkeerde sessie als afgerond.", "With a wrong day the action appears as done at the wrong session."),
    Text("Verbeter de dag bij Afgerond op; vaak is het jaar verkeerd.", "Correct the day under Done on; often it is the year."),
    Text("Afgerond op 12-05-2062", "Done on 12-05-2062"),
    Text("Afgerond op 12-05-2026", "Done on 12-05-2026"),
)  # fmt: skip
GREEN_FAR_BEHIND = Rule(
    "OX525", Severity.HINT, Place.ACTIONS,
    Text("Groen, maar ver achter op de tijd", "Green, but far behind time"),
    Text("{name} staat op groen met {progress} voortgang, terwijl {used} van de tijd om is.", "{name} is green at {progress}, while {used} of its time has gone."),
    Text("Wie nu oranje zegt, kan nog bijsturen; wie groen blijft, wordt ineens rood.", "Who says orange now can still be helped; who stays green turns red all at once."),
    Text("Kijk of de deadline haalbaar is; maak het licht anders oranje en schrijf op wat je nodig hebt.", "See whether the deadline can be met; if not, make the light orange and write down what you need."),
    Text("Groen, voortgang 20 %, 90 % van de tijd om", "Green, progress 20%, 90% of the time gone"),
    Text("Groen, voortgang 80 %, 90 % van de tijd om", "Green, progress 80%, 90% of the time gone"),
)  # fmt: skip
NOT_GREEN_UNEXPLAINED = Rule(
    "OX526", Severity.WARNING, Place.ACTIONS,
    Text("Oranje of rood zonder toelichting", "Orange or red without an explanation"),
    Text("{name} staat op {light}, maar er staat niet bij waarom.", "{name} is {light}, but does not say why."),
    Text("De sessie kan alleen helpen als zij weet wat er speelt.", "The session can only help if it knows what is the matter."),
    Text("Schrijf bij Stand van zaken hoe je tot dit licht komt.", "Write under Update how you came to this light."),
    Text("Licht Oranje, stand van zaken (leeg)", "Light Orange, update (blank)"),
    Text("Licht Oranje, stand van zaken: leverancier is drie weken te laat", "Light Orange, update: supplier is three weeks late"),
)  # fmt: skip
RED_WITHOUT_CHOICE = Rule(
    "OX527", Severity.HINT, Place.ACTIONS,
    Text("Rood zonder voorstel", "Red without a proposal"),
    Text("{name} staat op rood, maar er staat geen voorstel of hulpvraag bij.", "{name} is red, but asks for nothing and proposes nothing."),
    Text("Rood vraagt om een keuze: later, minder, of een lagere kwaliteit. De eigenaar weet het best welke.", "Red asks for a choice: later, less, or lower quality. The owner knows best which."),
    Text("Schrijf bij Voorstel welke keuze je de sessie voorlegt, of bij Nodig wat je van het team vraagt.", "Write under Proposal which choice you put to the session, or under Needed what you ask from the team."),
    Text("Licht Rood, voorstel en nodig leeg", "Light Red, proposal and needed blank"),
    Text("Licht Rood, voorstel: alleen fase 1 dit jaar", "Light Red, proposal: only phase 1 this year"),
)  # fmt: skip

# --- dates that cannot be right, or ask too much ----------------------------------------------------------------

DATE_IMPLAUSIBLE = Rule(
    "OX528", Severity.WARNING, Place.ACTIONS,
    Text("Datum met een onwaarschijnlijk jaar", "Date in an unlikely year"),
    Text("{name} heeft de datum {day}: klopt het jaar?", "{name} has the date {day}: is the year right?"),
    Text("Door één verkeerd cijfer komt de actie nooit, of juist altijd, op de agenda.", "One wrong digit keeps the action off the agenda for ever, or on it."),
    Text("Verbeter het jaar.", "Correct the year."),
    Text("Deadline 30-06-2062", "Deadline 30-06-2062"),
    Text("Deadline 30-06-2026", "Deadline 30-06-2026"),
)  # fmt: skip
TOO_LONG = Rule(
    "OX529", Severity.HINT, Place.ACTIONS,
    Text("Actie die jaren duurt", "Action that takes years"),
    Text("{name} loopt van {start} tot {deadline}: dat is meer dan {most}.", "{name} runs from {start} to {deadline}: that is more than {most}."),
    Text("Van een actie die jaren duurt, is maand na maand geen voortgang te zien.", "An action that takes years shows no progress from month to month."),
    Text("Knip de actie in stappen die elk binnen een jaar een resultaat opleveren.", "Cut the action into steps that each bring a result within a year."),
    Text("Start 2026, deadline 2030", "Start 2026, deadline 2030"),
    Text("Start januari 2026, deadline december 2026: eerste fase opgeleverd", "Start January 2026, deadline December 2026: first phase delivered"),
)  # fmt: skip
AFTER_PERIOD = Rule(
    "OX530", Severity.HINT, Place.ACTIONS,
    Text("Deadline na de periode van het plan", "Deadline after the period of the plan"),
    Text("{name} is pas klaar op {deadline}, terwijl dit plan loopt tot en met {year}.", "{name} is due on {deadline}, while this plan runs until the end of {year}."),
    Text("Wat na de periode klaar is, draagt in dit plan niet meer bij.", "What is ready after the period no longer contributes to this plan."),
    Text("Haal het resultaat naar voren, of neem de actie mee naar het volgende plan.", "Bring the result forward, or move the action to the next plan."),
    Text("Periode 2026–2028, deadline 01-03-2029", "Period 2026–2028, deadline 01-03-2029"),
    Text("Periode 2026–2028, deadline 01-12-2028", "Period 2026–2028, deadline 01-12-2028"),
)  # fmt: skip

# --- wording ----------------------------------------------------------------------------------------------------

NO_RESULT = Rule(
    "OX531", Severity.HINT, Place.ACTIONS,
    Text("Actie zonder duidelijk resultaat", "Action without a clear result"),
    Text("{name} noemt een inspanning, geen resultaat ({words}).", "{name} names an effort, not a result ({words})."),
    Text("Bij een inspanning weet je nooit of zij af is; bij een resultaat wel.", "An effort is never finished; a result is."),
    Text("Schrijf op wat er is als de actie af is: een besluit, een document, een werkend systeem, een getal.", "Write what will be there when the action is finished: a decision, a document, a working system, a figure."),
    Text("Mogelijkheden voor een klantportaal onderzoeken", "Explore the options for a customer portal"),
    Text("Besluit over het klantportaal genomen op basis van drie offertes", "Decision on the customer portal taken, based on three quotations"),
)  # fmt: skip
ROUTINE = Rule(
    "OX532", Severity.HINT, Place.ACTIONS,
    Text("Actie die dagelijks werk lijkt", "Action that looks like daily routine"),
    Text("{name} lijkt dagelijks werk ({words}).", "{name} looks like daily routine ({words})."),
    Text("Dagelijks werk is nooit af. In het plan neemt het de plaats in van wat echt verandert.", "Daily routine is never finished. In the plan it takes the place of what really changes."),
    Text("Haal het uit het plan, of schrijf op wat er hierna anders is dan nu.", "Take it out of the plan, or write what will be different afterwards."),
    Text("Dagelijks de mailbox bijhouden", "Daily handling of the mailbox"),
    Text("Mailbox vervangen door een klantenservicesysteem", "Mailbox replaced by a customer service system"),
)  # fmt: skip
TOO_SHORT = Rule(
    "OX533", Severity.HINT, Place.ACTIONS,
    Text("Actie van één woord", "Action of one word"),
    Text("{name} heet alleen {text}: wat is er dan klaar?", "{name} is just called {text}: what will be finished?"),
    Text("Eén woord noemt een onderwerp, geen resultaat; ieder denkt er iets anders bij.", "One word names a subject, not a result; everybody reads something else in it."),
    Text("Schrijf op wat er is als de actie af is.", "Write what will be there when the action is finished."),
    Text("Website", "Website"),
    Text("Nieuwe website staat online", "New website is online"),
)  # fmt: skip
SEVERAL_IN_ONE = Rule(
    "OX534", Severity.HINT, Place.ACTIONS,
    Text("Meer acties in één cel", "Several actions in one cell"),
    Text("{name} somt {count} dingen op in één cel.", "{name} lists {count} things in one cell."),
    Text("Aan een lijstje is niet te zien wat er wel en niet af is, en er hoort één deadline bij.", "A list does not show which part is finished, and has only one deadline."),
    Text("Geef elk resultaat een eigen regel, of noem het ene resultaat waar de stappen toe leiden.", "Give each result a row of its own, or name the one result that the steps lead to."),
    Text("1. plan maken 2. leverancier kiezen 3. invoeren", "1. make a plan 2. choose a supplier 3. introduce"),
    Text("Nieuw planningssysteem is bij alle teams in gebruik", "New planning system is in use in all teams"),
)  # fmt: skip
TWICE = Rule(
    "OX535", Severity.HINT, Place.ACTIONS,
    Text("Dezelfde actie staat er twee keer", "The same action is there twice"),
    Text("{name} heeft dezelfde tekst en eigenaar als {first}.", "{name} has the same text and owner as {first}."),
    Text("Over twee regels wordt twee keer verslag gevraagd, en de lichten tellen dubbel.", "Two rows ask for two reports, and their lights count twice."),
    Text("Houd één regel en zet daar alle strategieën bij, zoals S1; S3.", "Keep one row and give it all the strategies, such as S1; S3."),
    Text("A4 (S1) en A9 (S3): Nieuwe website staat online", "A4 (S1) and A9 (S3): New website is online"),
    Text("A4 (S1; S3): Nieuwe website staat online", "A4 (S1; S3): New website is online"),
)  # fmt: skip

# --- feasible, and kept to --------------------------------------------------------------------------------------

MONTH_FULL = Rule(
    "OX536", Severity.HINT, Place.ACTIONS,
    Text("Te veel deadlines in één maand", "Too many deadlines in one month"),
    Text("In {month} vallen {count} van de {all} komende deadlines ({share}), te beginnen bij {name}.", "{name} is the first of {count} deadlines in {month}, out of {all} to come ({share})."),
    Text("Als alles tegelijk af moet zijn, komt het meeste te laat.", "When everything is due at once, most of it comes late."),
    Text("Kijk bij de bijstuursessie welke acties eerder of later kunnen.", "See at the steering session which actions can be earlier or later."),
    Text("20 van de 30 deadlines op 31 december", "20 of 30 deadlines on 31 December"),
    Text("30 deadlines, verspreid over het jaar", "30 deadlines, spread over the year"),
)  # fmt: skip
DEADLINE_MOVED = Rule(
    "OX537", Severity.HINT, Place.ACTIONS,
    Text("Deadline die steeds wordt verzet", "Deadline that is moved again and again"),
    Text("Volgens de besluiten ({decisions}) is de deadline van {name} al {count} keer verzet.", "{name} has had its deadline moved {count} times, according to the decisions ({decisions})."),
    Text("Wie steeds uitstelt, heeft een ander probleem dan tijd: te groot, niet nodig, of niemand die het kan.", "Moving it again and again points to something other than time: too big, not needed, or nobody who can do it."),
    Text("Bespreek of de actie kleiner kan, een andere eigenaar nodig heeft, of geparkeerd wordt.", "Discuss whether the action can be smaller, needs another owner, or is parked."),
    Text("Drie besluiten: “deadline naar 1 maart”, “… 1 juni”, “… 1 september”", "Three decisions: “deadline to 1 March”, “… 1 June”, “… 1 September”"),
    Text("Eén besluit: “deadline naar 1 maart”, daarna afgerond", "One decision: “deadline to 1 March”, then done"),
)  # fmt: skip
DELAY_ASKED_AGAIN = Rule(
    "OX538", Severity.HINT, Place.ACTIONS,
    Text("Steeds opnieuw uitstel voorgesteld", "Delay proposed again and again"),
    Text("In de rapportages over {name} is {count} keer uitstel voorgesteld, het laatst op {last}.", "{name} has had {count} proposals to delay it in its reports, the last on {last}."),
    Text("Zolang er geen besluit valt, werkt iedereen met een datum waarin niemand gelooft.", "As long as nothing is decided, everybody works with a date that nobody believes in."),
    Text("Neem in de volgende sessie een besluit en schrijf het bij Besluiten op.", "Decide in the next session, and write it down under Decisions."),
    Text("Drie rapportages met steeds een ander voorstel voor uitstel", "Three reports, each with another proposal to delay"),
    Text("Eén voorstel voor uitstel, en een besluit", "One proposal to delay, and a decision"),
)  # fmt: skip
PROPOSAL_WAITS = Rule(
    "OX539", Severity.HINT, Place.ACTIONS,
    Text("Voorstel dat op een besluit wacht", "Proposal that waits for a decision"),
    Text("{name} heeft een voorstel van {since} waarover na {count} sessies geen besluit is opgeschreven.", "{name} has a proposal of {since} on which no decision was written down in {count} sessions."),
    Text("Wie voorstelt en niets hoort, stelt niets meer voor.", "Who proposes and hears nothing, proposes nothing more."),
    Text("Schrijf het besluit op bij Besluiten en maak het voorstel leeg.", "Write the decision under Decisions and clear the proposal."),
    Text("Voorstel van maart, in juni nog geen besluit", "Proposal of March, in June still no decision"),
    Text("Voorstel van maart, besluit van maart", "Proposal of March, decision of March"),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    TEXT_MISSING,
    OWNER_MISSING,
    OWNER_SEVERAL,
    OWNER_UNKNOWN,
    DEADLINE_MISSING,
    DEADLINE_BEFORE_START,
    STRATEGY_MISSING,
    STRATEGY_UNKNOWN,
    STATUS_MISSING,
    COMPLETE_NOT_DONE,
    DONE_NOT_COMPLETE,
    TO_DO_WITH_PROGRESS,
    STALLED,
    DONE_NOT_GREEN,
    PARKED_NOT_GREEN,
    IN_PROGRESS_WITHOUT_START,
    IN_PROGRESS_STARTS_LATER,
    STARTED_LATE,
    TO_DO_WITHOUT_START,
    GREEN_OVERDUE,
    OVERDUE,
    DONE_STARTS_LATER,
    DONE_ON_NOT_DONE,
    DONE_ON_IMPOSSIBLE,
    GREEN_FAR_BEHIND,
    NOT_GREEN_UNEXPLAINED,
    RED_WITHOUT_CHOICE,
    DATE_IMPLAUSIBLE,
    TOO_LONG,
    AFTER_PERIOD,
    NO_RESULT,
    ROUTINE,
    TOO_SHORT,
    SEVERAL_IN_ONE,
    TWICE,
    MONTH_FULL,
    DEADLINE_MOVED,
    DELAY_ASKED_AGAIN,
    PROPOSAL_WAITS,
)


def text_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An action that says nothing."""
    for action in plan.actions:
        if not action.text.strip():
            yield found_on(TEXT_MISSING, action, "text")


def owner_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An open action that nobody owns."""
    yield from without_owner(OWNER_MISSING, open_actions(plan))


def owner_several(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An open action with several names in its owner cell."""
    yield from with_several(OWNER_SEVERAL, plan, open_actions(plan))


def owner_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An open action whose owner is not among the people."""
    yield from with_unknown(OWNER_UNKNOWN, plan, open_actions(plan))


def deadline_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An open action without a deadline."""
    for action in open_actions(plan):
        if action.deadline is None:
            yield found_on(DEADLINE_MISSING, action, "deadline")


def deadline_before_start(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An action that is due before it starts."""
    for action in plan.actions:
        if action.start and action.deadline and action.deadline < action.start:
            start, deadline = day(action.start), day(action.deadline)
            yield found_on(DEADLINE_BEFORE_START, action, "deadline", start=start, deadline=deadline)


def strategy_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An action that serves no strategy; a parked one may still have to find its place."""
    for action in plan.actions:
        if not action.strategies and action.status is not Status.PARKED:
            yield found_on(STRATEGY_MISSING, action, "strategies")


def strategy_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An action that names a strategy which the plan does not have."""
    yield from found_unknown(
        STRATEGY_UNKNOWN, plan.actions, "strategies", (strategy.id for strategy in plan.strategies)
    )


def status_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An action without a status; at 100% the finding about its progress asks for the status, too."""
    for action in plan.actions:
        if action.status is None and not _complete(action):
            yield found_on(STATUS_MISSING, action, "status")


def complete_not_done(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """All the work is done, but the action is not Done."""
    for action in plan.actions:
        if _complete(action) and action.status is not Status.DONE:
            yield found_on(COMPLETE_NOT_DONE, action, "status", status=word(action.status))


def done_not_complete(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Done, but a progress below 100% was filled in; a blank one says nothing."""
    for action in plan.actions:
        if action.status is Status.DONE and action.progress is not None and action.progress < 100:
            yield found_on(DONE_NOT_COMPLETE, action, "progress", progress=percent(action.progress))


def to_do_with_progress(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """To do, though some of the work is done."""
    for action in plan.actions:
        if action.status is Status.TO_DO and action.progress and 0 < action.progress < 100:
            yield found_on(TO_DO_WITH_PROGRESS, action, "status", progress=percent(action.progress))


def stalled(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """In progress for weeks, and still at 0%."""
    for action in plan.actions:
        if action.status is Status.IN_PROGRESS and action.progress == 0 and action.start:
            ago = (today - action.start).days
            if ago > settings.stalled_days and _plausible(action.start, today, settings):
                yield found_on(STALLED, action, "progress", days=days(ago))


def done_not_green(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Done, but orange or red."""
    for action in plan.actions:
        if action.status is Status.DONE and action.light in _NOT_GREEN:
            yield found_on(DONE_NOT_GREEN, action, "light", light=light_word(action.light))


def parked_not_green(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Parked, but orange or red."""
    for action in plan.actions:
        if action.status is Status.PARKED and action.light in _NOT_GREEN:
            yield found_on(PARKED_NOT_GREEN, action, "light", light=light_word(action.light))


def in_progress_without_start(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """In progress since nobody knows when."""
    for action in plan.actions:
        if action.status is Status.IN_PROGRESS and action.start is None:
            yield found_on(IN_PROGRESS_WITHOUT_START, action, "start")


def in_progress_starts_later(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """In progress before its start."""
    for action in plan.actions:
        if action.status is Status.IN_PROGRESS and action.start and action.start > today:
            yield found_on(IN_PROGRESS_STARTS_LATER, action, "start", start=day(action.start))


def started_late(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Should have begun, but is to do; where work is done already or the deadline is past, that is the finding."""
    for action in plan.actions:
        if action.status is not Status.TO_DO or action.progress or not action.start:
            continue
        late = (today - action.start).days > settings.start_grace_days
        sure = _plausible(action.start, today, settings) and not _overdue_since(action, today, settings)
        if late and sure:
            yield found_on(STARTED_LATE, action, "start", start=day(action.start))


def to_do_without_start(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """To do, but never asked about for want of a start date."""
    for action in plan.actions:
        without = action.status is Status.TO_DO and action.start is None
        if without and not _overdue_since(action, today, settings):
            yield found_on(TO_DO_WITHOUT_START, action, "start")


def green_overdue(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Green, though the deadline is past."""
    for action in open_actions(plan):
        late = _overdue_since(action, today, settings)
        if late and action.deadline and action.light is TrafficLight.GREEN:
            deadline = day(action.deadline)
            yield found_on(GREEN_OVERDUE, action, "light", deadline=deadline, days=days(late))


def overdue(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """The deadline is past, and the owner proposes nothing."""
    for action in open_actions(plan):
        late = _overdue_since(action, today, settings)
        if (
            late
            and action.deadline
            and action.light is not TrafficLight.GREEN
            and not action.proposal.strip()
        ):
            yield found_on(OVERDUE, action, "deadline", deadline=day(action.deadline), days=days(late))


def done_starts_later(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Done before its start."""
    for action in plan.actions:
        if action.status is Status.DONE and action.start and action.start > today:
            yield found_on(DONE_STARTS_LATER, action, "start", start=day(action.start))


def done_on_not_done(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A day on which it was done, but not Done; at 100% the finding about its progress says so already."""
    for action in plan.actions:
        if action.done_on and action.status is not Status.DONE and not _complete(action):
            done_on, status = day(action.done_on), word(action.status)
            yield found_on(DONE_ON_NOT_DONE, action, "done_on", done_on=done_on, status=status)


def done_on_impossible(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Done in the future, or before its start."""
    for action in plan.actions:
        if action.done_on is None:
            continue
        if action.done_on > today:
            problem = Text("een dag die nog moet komen", "a day that is still to come")
        elif action.start and action.done_on < action.start <= today:
            start = day(action.start)
            problem = Text(f"vóór de start op {start.nl}", f"before it started on {start.en}")
        else:
            continue
        yield found_on(DONE_ON_IMPOSSIBLE, action, "done_on", done_on=day(action.done_on), problem=problem)


def green_far_behind(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Green, though much more of the time has gone than of the work is done."""
    for action in plan.actions:
        if action.light is not TrafficLight.GREEN or action.status is not Status.IN_PROGRESS:
            continue
        if action.progress is None or not action.start or not action.deadline:
            continue
        if not action.start < today <= action.deadline:
            continue
        used = 100 * (today - action.start).days // (action.deadline - action.start).days
        if used - action.progress > settings.behind_points:
            progress = percent(action.progress)
            yield found_on(GREEN_FAR_BEHIND, action, "light", progress=progress, used=percent(used))


def not_green_unexplained(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Orange or red, and nothing is written about it."""
    for action in open_actions(plan):
        if action.light in _NOT_GREEN and not (action.update.strip() or action.needed.strip()):
            yield found_on(NOT_GREEN_UNEXPLAINED, action, "update", light=light_word(action.light))


def red_without_choice(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Red, and nothing is proposed or asked; where it is overdue, that finding asks for the proposal."""
    for action in open_actions(plan):
        if action.light is not TrafficLight.RED or action.proposal.strip() or action.needed.strip():
            continue
        if not _overdue_since(action, today, settings):
            yield found_on(RED_WITHOUT_CHOICE, action, "proposal")


def date_implausible(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A start or deadline so far away that the year must be a typing error."""
    for action in plan.actions:
        for field, when in (("start", action.start), ("deadline", action.deadline)):
            if when and not _plausible(when, today, settings):
                yield found_on(DATE_IMPLAUSIBLE, action, field, day=day(when))


def too_long(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """More time between start and deadline than an action should take."""
    for action in open_actions(plan):
        start, deadline = action.start, action.deadline
        if not start or not deadline or not _plausible(deadline, today, settings):
            continue
        if (deadline - start).days > settings.longest_action_days and _plausible(start, today, settings):
            most = days(settings.longest_action_days)
            yield found_on(TOO_LONG, action, "deadline", start=day(start), deadline=day(deadline), most=most)


def after_period(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Due after the last year that the plan names as its period."""
    years = re.findall(r"\b20\d\d\b", plan.objective.period) if plan.objective else []
    if not years:
        return
    last = int(max(years))
    for action in open_actions(plan):
        deadline = action.deadline
        if deadline and deadline.year > last and _plausible(deadline, today, settings):
            yield found_on(AFTER_PERIOD, action, "deadline", deadline=day(deadline), year=last)


def no_result(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Words of effort, and none that names a result; routine is reported as such."""
    for action in open_actions(plan):
        words = wording.effort_words(action.text)
        if words and not wording.routine_words(action.text):
            yield found_on(NO_RESULT, action, "text", words=listed([f"“{found}”" for found in words]))


def routine(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Words of daily routine, and none that names a result."""
    for action in open_actions(plan):
        words = wording.routine_words(action.text)
        if words:
            yield found_on(ROUTINE, action, "text", words=listed([f"“{found}”" for found in words]))


def too_short(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An action of a single word."""
    for action in open_actions(plan):
        if len(action.text.split()) == 1:
            yield found_on(TOO_SHORT, action, "text", text=quoted(action.text))


def several_in_one(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A list of three or more entries in one cell."""
    for action in open_actions(plan):
        count = wording.entries(action.text)
        if count > 2:
            yield found_on(SEVERAL_IN_ONE, action, "text", count=count)


def twice(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An open action with the text and the owner of an earlier one."""
    seen: dict[tuple[str, str], Action] = {}
    for action in open_actions(plan):
        if not action.text.strip():
            continue
        first = seen.setdefault((normalised_name(action.text), normalised_name(action.owner)), action)
        if first is not action:
            yield found_on(TWICE, action, "text", first=first.id or quoted(first.text))


def month_full(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A month that holds too large a share of the deadlines to come; reported once, at its first action."""
    coming = [action for action in open_actions(plan) if action.deadline and action.deadline >= today]
    months = Counter((action.deadline.year, action.deadline.month) for action in coming if action.deadline)
    reported = {
        month
        for month, count in months.items()
        if count >= settings.month_minimum and 100 * count > settings.month_share * len(coming)
    }
    for action in coming:
        month = (action.deadline.year, action.deadline.month) if action.deadline else None
        if action.deadline and month in reported:
            reported.remove(month)
            count = months[month]
            yield found_in(
                MONTH_FULL,
                action,
                "deadline",
                month=month_of(action.deadline),
                count=count,
                all=len(coming),
                share=percent(100 * count // len(coming)),
            )


def deadline_moved(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A deadline that the decisions moved again and again; the plan keeps no other trace of earlier deadlines."""
    moves = deadline_moves(plan)
    for action in open_actions(plan):
        made = moves.get(normalised_id(action.id), ())
        if len(made) >= settings.deadline_moves:
            decisions = listed([decision.id for decision in made])
            yield found_on(DEADLINE_MOVED, action, "deadline", count=len(made), decisions=decisions)


def delay_asked_again(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Different proposals to delay, again and again, of which the decisions tell nothing."""
    moves = deadline_moves(plan)
    for action in open_actions(plan):
        if moves.get(normalised_id(action.id)):
            continue
        proposed = {
            normalised_name(report.proposal): report.made_at
            for report in plan.reports_on(action)
            if report.made_at and report.proposal
        }
        if len(proposed) < settings.deadline_moves:
            continue
        asked = [made_at for proposal, made_at in proposed.items() if wording.moves_deadline(proposal)]
        if len(asked) >= settings.deadline_moves:
            last = day(max(asked))
            yield found_on(DELAY_ASKED_AGAIN, action, "deadline", count=len(asked), last=last)


def proposal_waits(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A proposal that outlasted several sessions, with no decision on the action since."""
    held = [session.date for session in plan.sessions if not session.cancelled and session.date < today]
    decided = last_decisions(plan)
    for action in open_actions(plan):
        since = action.updated_on
        if not since or not action.proposal.strip():
            continue
        sessions = sum(1 for when in held if when >= since)
        if sessions >= settings.proposal_sessions and decided.get(normalised_id(action.id), date.min) < since:
            yield found_on(PROPOSAL_WAITS, action, "proposal", since=day(since), count=sessions)


CHECKS: tuple[Check, ...] = (
    text_missing,
    owner_missing,
    owner_several,
    owner_unknown,
    deadline_missing,
    deadline_before_start,
    strategy_missing,
    strategy_unknown,
    status_missing,
    complete_not_done,
    done_not_complete,
    to_do_with_progress,
    stalled,
    done_not_green,
    parked_not_green,
    in_progress_without_start,
    in_progress_starts_later,
    started_late,
    to_do_without_start,
    green_overdue,
    overdue,
    done_starts_later,
    done_on_not_done,
    done_on_impossible,
    green_far_behind,
    not_green_unexplained,
    red_without_choice,
    date_implausible,
    too_long,
    after_period,
    no_result,
    routine,
    too_short,
    several_in_one,
    twice,
    month_full,
    deadline_moved,
    delay_asked_again,
    proposal_waits,
)


def _complete(action: Action) -> bool:
    return action.progress is not None and action.progress >= 100


def _plausible(when: date, today: date, settings: RuleSettings) -> bool:
    return abs((when - today).days) <= settings.plausible_years * 366


def _overdue_since(action: Action, today: date, settings: RuleSettings) -> int:
    """How many days an open action is over its deadline, else 0.

    A complete one is not late; of a wrong year, or a deadline before the start, the date itself is the finding.
    """
    if action.deadline is None or _complete(action) or not _plausible(action.deadline, today, settings):
        return 0
    if action.start and action.deadline < action.start:
        return 0
    return max(0, (today - action.deadline).days)
