"""What the reader could not read, or read with a doubt: the rules about the workbook itself.

The reader reports these; they need no plan. `{heading}` is the column's heading as the workbook writes it.
"""

from __future__ import annotations

from ogsm_xl.plan.finding import Severity
from ogsm_xl.plan.words import Text
from ogsm_xl.rules.rule import Place, Rule

UNREADABLE = Rule(
    "OX101",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Waarde is niet te lezen", "Value can't be read"),
    Text("{heading}: {why}", "{heading}: {why}"),
    Text(
        "Het veld telt als leeg: de actie komt misschien op de lijst zonder dat het nodig is, of krijgt geen mail.",
        "The field counts as blank: the action may be listed without need, or get no mail.",
    ),
    Text("{write}", "{write}"),
    Text("Deadline: “eind mei”", "Deadline: “end of May”"),
    Text("Deadline: 31-05-2026", "Deadline: 31-05-2026"),
)

AMBIGUOUS = Rule(
    "OX102",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Waarde kan meer dan één ding betekenen", "Value could mean more than one thing"),
    Text("{heading}: {why}", "{heading}: {why}"),
    Text(
        "Er wordt nooit geraden: een verkeerd gelezen datum of licht is erger dan een leeg veld.",
        "Nothing is ever guessed: a date or light that is read wrong is worse than a blank.",
    ),
    Text("{write}", "{write}"),
    Text("Verkeerslicht: “R” (rood, of ready?)", "Traffic light: “R” (red, or ready?)"),
    Text("Verkeerslicht: Rood", "Traffic light: Red"),
)

ERROR_VALUE = Rule(
    "OX103",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Foutwaarde van Excel", "Error value of Excel"),
    Text(
        "{heading}: de cel bevat de foutwaarde {error}.", "{heading}: the cell holds the error value {error}."
    ),
    Text(
        "De formule in de cel vindt de waarde niet; het veld telt als leeg.",
        "The formula in the cell can't find its value; the field counts as blank.",
    ),
    Text("Herstel de formule, of vul de waarde zelf in.", "Mend the formula, or enter the value itself."),
    Text("Deadline: #VERW!", "Deadline: #REF!"),
    Text("Deadline: 31-05-2026", "Deadline: 31-05-2026"),
)

NO_RESULT = Rule(
    "OX104",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Formule zonder uitkomst", "Formula without a result"),
    Text(
        "{heading}: de cel bevat een formule waarvan de uitkomst niet in het bestand staat.",
        "{heading}: the cell holds a formula whose result is not in the file.",
    ),
    Text(
        "Een ander programma heeft het bestand opgeslagen zonder te rekenen; het veld telt als leeg.",
        "Another program saved the file without calculating; the field counts as blank.",
    ),
    Text(
        "Open het werkboek in Excel en sla het op, of vul de waarde zelf in.",
        "Open the workbook in Excel and save it, or enter the value itself.",
    ),
    Text("Voortgang: =B3/C3, nooit uitgerekend", "Progress: =B3/C3, never calculated"),
    Text("Voortgang: 60%", "Progress: 60%"),
)

ROW_LEFT_OUT = Rule(
    "OX105",
    Severity.ERROR,
    Place.STRUCTURE,
    Text("Regel niet gelezen", "Row not read"),
    Text(
        "De regel is niet gelezen: {heading} ontbreekt of is niet te lezen.",
        "The row was not read: {heading} is missing or can't be read.",
    ),
    Text("Zonder deze waarde kan de regel niet meedoen.", "Without this value the row can't take part."),
    Text("Vul {heading} in, of maak de hele regel leeg.", "Fill in {heading}, or clear the whole row."),
    Text("Een sessie zonder datum", "A session without a date"),
    Text("Een sessie op 11-06-2026", "A session on 11-06-2026"),
)

HEADINGS_MISSING = Rule(
    "OX106",
    Severity.HINT,
    Place.STRUCTURE,
    Text("Kolommen ontbreken", "Columns are missing"),
    Text(
        "Het blad {sheet} heeft geen kolom voor: {headings}.", "Sheet {sheet} has no column for: {headings}."
    ),
    Text(
        "Wat daar hoort te staan, wordt niet gelezen en niet bijgewerkt.",
        "What belongs there is not read and not updated.",
    ),
    Text(
        "Voeg de kolommen toe die je wilt gebruiken, met precies deze koppen.",
        "Add the columns that you want to use, with exactly these headings.",
    ),
    Text(
        "Het blad Acties zonder de kolom Verkeerslicht", "The Actions sheet without the column Traffic light"
    ),
    Text(
        "Het blad Acties met alle kolommen van het sjabloon",
        "The Actions sheet with all columns of the template",
    ),
)

ID_COLUMN_MISSING = Rule(
    "OX107",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Geen kolom voor het ID", "No column for the ID"),
    Text("Het blad {sheet} heeft geen kolom ID.", "Sheet {sheet} has no column ID."),
    Text(
        "Zonder vast ID weet een verslag na sorteren of invoegen niet meer bij welke regel het hoort.",
        "Without a fixed ID a report can't tell, after sorting or inserting, which row it belongs to.",
    ),
    Text(
        "Voeg een kolom met de kop ID toe; de nummers worden vanzelf ingevuld.",
        "Add a column with the heading ID; the numbers are filled in for you.",
    ),
    Text("Acties zonder nummers", "Actions without numbers"),
    Text("Acties met A1, A2, A3 …", "Actions with A1, A2, A3 …"),
)

SECOND_COLUMN = Rule(
    "OX108",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Twee kolommen voor hetzelfde", "Two columns for the same"),
    Text(
        "De kolom “{heading}” is niet gelezen: {field} staat al in kolom {column}.",
        "The column “{heading}” was not read: {field} already stands in column {column}.",
    ),
    Text("Wat in de tweede kolom staat, doet niet mee.", "What the second column holds takes no part."),
    Text(
        "Voeg de twee kolommen samen, of geef de tweede een andere kop.",
        "Merge the two columns, or give the second one another heading.",
    ),
    Text("Twee kolommen met de kop Deadline", "Two columns with the heading Deadline"),
    Text("Deadline en Oorspronkelijke datum", "Deadline and Original date"),
)

ID_MISSING = Rule(
    "OX109",
    Severity.HINT,
    Place.STRUCTURE,
    Text("Regel zonder ID", "Row without an ID"),
    Text(
        "De regel heeft nog geen ID; {proposed} wordt ingevuld bij de volgende keer bijwerken.",
        "The row has no ID yet; {proposed} is filled in at the next update.",
    ),
    Text("Verslagen en mails verwijzen naar het ID.", "Reports and mails refer to the ID."),
    Text("Niets te doen, of vul zelf een vrij ID in.", "Nothing to do, or enter a free ID yourself."),
    Text("Een nieuwe actie zonder ID", "A new action without an ID"),
    Text("Een nieuwe actie met A12", "A new action with A12"),
)

DUPLICATE_ID = Rule(
    "OX110",
    Severity.ERROR,
    Place.STRUCTURE,
    Text("ID komt twee keer voor", "ID is used twice"),
    Text(
        "Het ID {id} staat ook in {other}: welke van de twee regels bedoeld is, valt niet te zeggen.",
        "The ID {id} is also in {other}: which of the two rows is meant can't be told.",
    ),
    Text(
        "Zolang dat zo is, krijgt niemand een vraag over deze regels; een verslag erover komt alleen in de geschiedenis.",
        "As long as that is so, nobody is asked about these rows; a report on them reaches the history alone.",
    ),
    Text(
        "Geef een van de twee regels een eigen ID, of maak de cel leeg: dan wordt een vrij nummer ingevuld. Verslagen die "
        "er al zijn, blijven bij {id}.",
        "Give one of the two rows an ID of its own, or clear its cell: a free number is then filled in. Reports that are "
        "there already stay with {id}.",
    ),
    Text("Twee acties A7", "Two actions A7"),
    Text("Actie A7 en actie A23", "Action A7 and action A23"),
)

TOTAL_LEFT_OUT = Rule(
    "OX111",
    Severity.HINT,
    Place.STRUCTURE,
    Text("Totaalregel niet gelezen", "Total row not read"),
    Text("“{text}” is als totaalregel overgeslagen.", "“{text}” was skipped as a total row."),
    Text("Een totaal is geen regel van het plan.", "A total is no row of the plan."),
    Text(
        "Hoort de regel wel bij het plan? Geef hem dan een ID.",
        "Does the row belong to the plan after all? Then give it an ID.",
    ),
    Text("“Totaal” in de kolom Actie", "“Total” in the column Action"),
    Text("Een totaalrij van de tabel zelf", "A total row of the table itself"),
)

NOTE_LEFT_OUT = Rule(
    "OX112",
    Severity.HINT,
    Place.STRUCTURE,
    Text("Notitie niet gelezen", "Note not read"),
    Text("“{text}” is als notitie of legenda overgeslagen.", "“{text}” was skipped as a note or legend."),
    Text(
        "Wat onder de tabel staat, hoort meestal niet bij het plan.",
        "What stands below the table usually is no part of the plan.",
    ),
    Text(
        "Hoort de regel wel bij het plan? Zet hem dan direct onder de tabel en geef hem een ID.",
        "Does the row belong to the plan after all? Then move it right below the table and give it an ID.",
    ),
    Text("“Legenda: G = groen” onder de acties", "“Legend: G = green” below the actions"),
    Text("De legenda op een eigen blad", "The legend on a sheet of its own"),
)

TITLE_LEFT_OUT = Rule(
    "OX113",
    Severity.HINT,
    Place.STRUCTURE,
    Text("Tussenkop niet gelezen", "Section title not read"),
    Text(
        "“{text}” is als tussenkop overgeslagen: het is geen strategie van dit plan.",
        "“{text}” was skipped as a section title: it is no strategy of this plan.",
    ),
    Text(
        "Een tussenkop met het ID of de tekst van een strategie geldt voor de acties eronder; een andere niet.",
        "A section title with the ID or text of a strategy counts for the actions below it; another one does not.",
    ),
    Text(
        "Vul bij de acties de kolom Strategie in, of begin de tussenkop met het ID van de strategie.",
        "Fill in the column Strategy at the actions, or begin the title with the strategy's ID.",
    ),
    Text("De tussenkop “Overige zaken”", "The section title “Other business”"),
    Text("De tussenkop “S2. Sneller bouwen”", "The section title “S2. Building faster”"),
)

HEADINGS_REPEATED = Rule(
    "OX114",
    Severity.HINT,
    Place.STRUCTURE,
    Text("Koppen staan er nog eens", "Headings repeated"),
    Text("De regel herhaalt de koppen en is overgeslagen.", "The row repeats the headings and was skipped."),
    Text("Bij geplakte regels komen de koppen vaak mee.", "Pasted rows often bring their headings along."),
    Text("Verwijder de regel.", "Delete the row."),
    Text(
        "Halverwege de acties weer “ID, Actie, Eigenaar”",
        "Half-way down the actions again “ID, Action, Owner”",
    ),
    Text("Eén rij koppen bovenaan", "One row of headings at the top"),
)

SHEET_LEFT_OUT = Rule(
    "OX115",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Tweede blad niet gelezen", "Second sheet not read"),
    Text(
        "Het blad {sheet} lijkt ook op {table}, maar alleen {chosen} is gelezen.",
        "Sheet {sheet} looks like {table}, too, but only {chosen} was read.",
    ),
    Text("Wat op het tweede blad staat, doet niet mee.", "What the second sheet holds takes no part."),
    Text(
        "Zet alle regels op één blad, of geef het tweede blad een naam die er niet op lijkt.",
        "Put all rows on one sheet, or give the second sheet a name that is unlike it.",
    ),
    Text("De bladen Acties en Acties (2)", "The sheets Actions and Actions (2)"),
    Text("Eén blad Acties", "One sheet Actions"),
)

SECOND_OBJECTIVE = Rule(
    "OX116",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Meer dan één ambitie", "More than one objective"),
    Text(
        "Een OGSM heeft één ambitie; deze regel is niet gelezen.",
        "An OGSM has one objective; this row was not read.",
    ),
    Text(
        "De ambitie is het ene doel waar alles op uitkomt.",
        "The objective is the one aim that everything leads to.",
    ),
    Text(
        "Voeg de ambities samen tot één zin, of maak van de tweede een doelstelling.",
        "Merge the objectives into one sentence, or make the second one a goal.",
    ),
    Text("Twee regels op het blad Ambitie", "Two rows on the sheet Objective"),
    Text("Eén regel op het blad Ambitie", "One row on the sheet Objective"),
)

SHEET_UNUSABLE = Rule(
    "OX117",
    Severity.ERROR,
    Place.STRUCTURE,
    Text("Blad niet gelezen", "Sheet not read"),
    Text(
        "Het blad {sheet} is niet gelezen: er is geen kolom voor {missing}.",
        "Sheet {sheet} was not read: it has no column for {missing}.",
    ),
    Text(
        "Zonder deze kolom is met het hele blad niets te beginnen; de rest van het plan doet wel mee.",
        "Without this column the whole sheet is of no use; the rest of the plan does take part.",
    ),
    Text("Geef de juiste kolom deze kop, of voeg hem toe.", "Give the right column this heading, or add it."),
    Text("Het blad Indicatoren zonder de kolom Eigenaar", "The sheet Indicators without the column Owner"),
    Text("Het blad Indicatoren met de kolom Eigenaar", "The sheet Indicators with the column Owner"),
)

HEADING_ALIKE = Rule(
    "OX118",
    Severity.HINT,
    Place.STRUCTURE,
    Text("Een kop die op een andere lijkt", "A heading that looks like another"),
    Text(
        "De kop “{heading}” is niet bekend, en een kolom {missing} ontbreekt: misschien is dit die kolom.",
        "The heading “{heading}” is not known, and a column {missing} is missing: this may be that column.",
    ),
    Text(
        "Zoals de kop nu luidt, wordt de kolom niet gelezen en niet bijgewerkt.",
        "As its heading reads now, the column is not read and not updated.",
    ),
    Text(
        "Geef de kolom de kop {missing} als dat erin staat; anders kan hij blijven zoals hij is.",
        "Give the column the heading {missing} if that is what it holds; otherwise it can stay as it is.",
    ),
    Text("Het blad Acties met de kop Verkeerslichtje", "The Actions sheet with the heading Traffic lihgt"),
    Text("Het blad Acties met de kop Verkeerslicht", "The Actions sheet with the heading Traffic light"),
)

ID_MISSING_BUT_NAMED = Rule(
    "OX119",
    Severity.WARNING,
    Place.STRUCTURE,
    Text("Regel zonder ID, terwijl er een genoemd wordt", "Row without an ID, while one is named"),
    Text(
        "De regel heeft nog geen ID. Elders wordt {ids} genoemd, en dat heeft geen enkele regel: misschien hoort het hier.",
        "The row has no ID yet. Elsewhere {ids} is named, which no row has: it may belong here.",
    ),
    Text(
        "Wat naar dat ID verwijst, hoort nu nergens bij.",
        "What refers to that ID belongs nowhere as it is.",
    ),
    Text(
        "Vul zelf het ID in dat bij deze regel hoort; anders wordt {proposed} ingevuld bij de volgende keer bijwerken.",
        "Enter the ID that belongs to this row yourself; otherwise {proposed} is filled in at the next update.",
    ),
    Text(
        "Een strategie zonder ID onder S1, en acties bij S2",
        "A strategy without an ID below S1, and actions that serve S2",
    ),
    Text("Die strategie met ID S2", "That strategy with ID S2"),
)

RULES: tuple[Rule, ...] = (
    UNREADABLE,
    AMBIGUOUS,
    ERROR_VALUE,
    NO_RESULT,
    ROW_LEFT_OUT,
    HEADINGS_MISSING,
    ID_COLUMN_MISSING,
    SECOND_COLUMN,
    ID_MISSING,
    DUPLICATE_ID,
    TOTAL_LEFT_OUT,
    NOTE_LEFT_OUT,
    TITLE_LEFT_OUT,
    HEADINGS_REPEATED,
    SHEET_LEFT_OUT,
    SECOND_OBJECTIVE,
    SHEET_UNUSABLE,
    HEADING_ALIKE,
    ID_MISSING_BUT_NAMED,
)
"""All rules of this module, by ascending code."""
