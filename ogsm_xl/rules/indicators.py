"""What makes an indicator measure something: figures that are there, recent, and agree with one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.measures import direction_of, direction_of_figures, reached, worse_than_baseline
from ogsm_xl.plan.model import Indicator, Measurement, Plan, normalised_id
from ogsm_xl.plan.words import Direction, SessionKind, Text, TrafficLight
from ogsm_xl.rules.history import target_changes
from ogsm_xl.rules.owners import with_several, with_unknown, without_owner
from ogsm_xl.rules.phrases import (
    at,
    called,
    day,
    days,
    found_in,
    found_on,
    found_unknown,
    light_word,
    listed,
    number,
    quoted,
    word,
)
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.rules.settings import Check, RuleSettings

TEXT_MISSING = Rule(
    "OX401", Severity.WARNING, Place.INDICATORS,
    Text("Indicator zonder omschrijving", "Indicator without a description"),
    Text("Bij {name} staat niet wat er wordt gemeten.", "{name} does not say what is measured."),
    Text("Een cijfer zonder naam zegt de lezer niets.", "A figure without a name tells the reader nothing."),
    Text("Schrijf op wat je meet, of haal de regel weg.", "Write down what you measure, or remove the row."),
    Text("I4: (leeg)", "I4: (blank)"),
    Text("I4: Wachttijd van woningzoekenden", "I4: Waiting time of home seekers"),
)  # fmt: skip
OWNER_MISSING = Rule(
    "OX402", Severity.ERROR, Place.INDICATORS,
    Text("Indicator zonder eigenaar", "Indicator without an owner"),
    Text("{name} heeft geen eigenaar.", "{name} has no owner."),
    Text("Zonder eigenaar vraagt niemand om de meting, en komt zij er niet.", "Without an owner nobody is asked for the measurement, and it does not come."),
    Text("Kies precies één persoon uit het blad Personen.", "Choose exactly one person from the People sheet."),
    Text("Eigenaar: (leeg)", "Owner: (blank)"),
    Text("Eigenaar: Bram Jansen", "Owner: Bram Jansen"),
)  # fmt: skip
OWNER_SEVERAL = Rule(
    "OX403", Severity.ERROR, Place.INDICATORS,
    Text("Indicator met meer dan één eigenaar", "Indicator with more than one owner"),
    Text("{name} heeft meer dan één eigenaar: {who}.", "{name} has more than one owner: {who}."),
    Text("Het is niet duidelijk wie de mail moet krijgen, en de een wacht op de ander.", "It is not clear who should get the mail, and one waits for the other."),
    Text("Laat één naam staan: wie de meting aanlevert.", "Keep one name: who delivers the measurement."),
    Text("Eigenaar: Jan / Piet", "Owner: Jan / Piet"),
    Text("Eigenaar: Jan", "Owner: Jan"),
)  # fmt: skip
OWNER_UNKNOWN = Rule(
    "OX404", Severity.ERROR, Place.INDICATORS,
    Text("Eigenaar van een indicator staat niet bij Personen", "Owner of an indicator is not among the people"),
    Text("De eigenaar van {name}, {who}, staat niet in het blad Personen.{meant}", "{name} is owned by {who}, who is not on the People sheet.{meant}"),
    Text("Zonder regel bij Personen is er geen mailadres, dus wordt er niet om de meting gevraagd.", "Without a row on the People sheet there is no mail address, so nobody asks for the measurement."),
    Text("Schrijf de naam zoals bij Personen, of voeg de persoon daar toe met mailadres.", "Write the name as on the People sheet, or add the person there with a mail address."),
    Text("Eigenaar: afdeling Control", "Owner: finance department"),
    Text("Eigenaar: Bram Jansen", "Owner: Bram Jansen"),
)  # fmt: skip
UNIT_MISSING = Rule(
    "OX405", Severity.WARNING, Place.INDICATORS,
    Text("Indicator zonder eenheid", "Indicator without a unit"),
    Text("{name} heeft geen eenheid.", "{name} has no unit."),
    Text("Twintig wat: dagen, procent, euro? Ieder leest er iets anders in.", "Twenty of what: days, percent, euros? Everybody reads something else in it."),
    Text("Vul de eenheid in, zoals %, dagen of €.", "Fill in the unit, such as %, days or €."),
    Text("Wachttijd: 20, eenheid (leeg)", "Waiting time: 20, unit (blank)"),
    Text("Wachttijd: 20, eenheid maanden", "Waiting time: 20, unit months"),
)  # fmt: skip
BASELINE_MISSING = Rule(
    "OX406", Severity.WARNING, Place.INDICATORS,
    Text("Indicator zonder nulmeting", "Indicator without a baseline"),
    Text("{name} heeft geen nulmeting.", "{name} has no baseline."),
    Text("Zonder nulmeting is niet te zien of het beter gaat dan aan het begin.", "Without a baseline nobody can see whether things are better than at the beginning."),
    Text("Vul in waar je begon; een schatting met toelichting is beter dan niets.", "Fill in where you started; an estimate with a note is better than nothing."),
    Text("Nulmeting (leeg), streefwaarde 20", "Baseline (blank), target 20"),
    Text("Nulmeting 40, streefwaarde 20", "Baseline 40, target 20"),
)  # fmt: skip
TARGET_MISSING = Rule(
    "OX407", Severity.WARNING, Place.INDICATORS,
    Text("Indicator zonder streefwaarde", "Indicator without a target"),
    Text("{name} heeft geen streefwaarde.", "{name} has no target."),
    Text("Zonder streefwaarde zegt een meting niet of het goed gaat.", "Without a target a measurement does not say whether things go well."),
    Text("Vul de waarde in die je wilt bereiken.", "Fill in the value that you want to reach."),
    Text("Nulmeting 40, streefwaarde (leeg)", "Baseline 40, target (blank)"),
    Text("Nulmeting 40, streefwaarde 20", "Baseline 40, target 20"),
)  # fmt: skip
TARGET_DATE_MISSING = Rule(
    "OX408", Severity.HINT, Place.INDICATORS,
    Text("Indicator zonder streefdatum", "Indicator without a target date"),
    Text("{name} moet {target} worden, maar er staat niet bij wanneer.", "{name} is to become {target}, but it does not say when."),
    Text("Zonder datum is niet te zien of de trend snel genoeg gaat.", "Without a date nobody can see whether the trend is fast enough."),
    Text("Vul in wanneer de streefwaarde bereikt moet zijn.", "Fill in when the target has to be reached."),
    Text("Streefwaarde 20, streefdatum (leeg)", "Target 20, target date (blank)"),
    Text("Streefwaarde 20, streefdatum 31-12-2026", "Target 20, target date 31-12-2026"),
)  # fmt: skip
DIRECTION_UNKNOWN = Rule(
    "OX409", Severity.WARNING, Place.INDICATORS,
    Text("Indicator zonder richting", "Indicator without a direction"),
    Text("Bij {name} zijn nulmeting en streefwaarde allebei {target}, en er staat geen richting bij.", "{name} has {target} as its baseline and as its target, and gives no direction."),
    Text("Is meer beter, of juist minder? Zonder richting zegt geen enkel licht iets.", "Is more better, or is less? Without a direction no light means anything."),
    Text("Vul bij Richting in of de waarde omhoog of omlaag moet, of verbeter een van de waarden.", "Fill in under Direction whether the value should go up or down, or correct one of the values."),
    Text("Nulmeting 95, streefwaarde 95, richting (leeg)", "Baseline 95, target 95, direction (blank)"),
    Text("Nulmeting 95, streefwaarde 95, richting Hoger is beter", "Baseline 95, target 95, direction Higher is better"),
)  # fmt: skip
DIRECTION_WRONG = Rule(
    "OX410", Severity.WARNING, Place.INDICATORS,
    Text("Richting en streefwaarde spreken elkaar tegen", "Direction and target contradict each other"),
    Text("{name} heeft als richting “{direction}”, maar gaat van {baseline} naar {target}.", "{name} has the direction “{direction}”, but goes from {baseline} to {target}."),
    Text("Elke grafiek en elk licht gaat dan de verkeerde kant op.", "Every chart and every light then points the wrong way."),
    Text("Verbeter de richting, de nulmeting of de streefwaarde.", "Correct the direction, the baseline or the target."),
    Text("Hoger is beter, nulmeting 40, streefwaarde 20", "Higher is better, baseline 40, target 20"),
    Text("Lager is beter, nulmeting 40, streefwaarde 20", "Lower is better, baseline 40, target 20"),
)  # fmt: skip
BAND_WITHOUT_UPPER = Rule(
    "OX411", Severity.WARNING, Place.INDICATORS,
    Text("Bandbreedte zonder bovengrens", "Band without an upper limit"),
    Text("{name} moet binnen een band blijven, maar heeft geen bovengrens.", "{name} should stay within a band, but has no upper limit."),
    Text("Zonder bovengrens is niet te zeggen wanneer de waarde te hoog is.", "Without an upper limit nobody can say when the value is too high."),
    Text("Vul de bovengrens in, of kies een andere richting.", "Fill in the upper limit, or choose another direction."),
    Text("Bandbreedte, streefwaarde 90, bovengrens (leeg)", "Within a band, target 90, upper limit (blank)"),
    Text("Bandbreedte, streefwaarde 90, bovengrens 110", "Within a band, target 90, upper limit 110"),
)  # fmt: skip
BAND_REVERSED = Rule(
    "OX412", Severity.WARNING, Place.INDICATORS,
    Text("Bovengrens ligt niet boven de ondergrens", "Upper limit is not above the lower one"),
    Text("Bij {name} is de bovengrens {upper} en de ondergrens {target}.", "{name} has {upper} as its upper limit, and {target} as its lower one."),
    Text("In die band past geen enkele waarde.", "No value fits in such a band."),
    Text("Verbeter de streefwaarde (de ondergrens) of de bovengrens.", "Correct the target (the lower limit) or the upper limit."),
    Text("Streefwaarde 110, bovengrens 90", "Target 110, upper limit 90"),
    Text("Streefwaarde 90, bovengrens 110", "Target 90, upper limit 110"),
)  # fmt: skip
UPPER_WITHOUT_BAND = Rule(
    "OX413", Severity.HINT, Place.INDICATORS,
    Text("Bovengrens bij een indicator zonder bandbreedte", "Upper limit without a band"),
    Text("{name} heeft een bovengrens van {upper}, maar de richting is geen bandbreedte.", "{name} has an upper limit of {upper}, but its direction is no band."),
    Text("De bovengrens telt dan niet mee bij het licht.", "The upper limit then does not count for the light."),
    Text("Kies de richting Bandbreedte, of maak de bovengrens leeg.", "Choose the direction Within a band, or clear the upper limit."),
    Text("Hoger is beter, bovengrens 110", "Higher is better, upper limit 110"),
    Text("Bandbreedte, streefwaarde 90, bovengrens 110", "Within a band, target 90, upper limit 110"),
)  # fmt: skip
NEVER_MEASURED = Rule(
    "OX414", Severity.WARNING, Place.INDICATORS,
    Text("Indicator die nooit is gemeten", "Indicator that was never measured"),
    Text("{name} is nog nooit gemeten, ook niet voor de bijstuursessie van {session}.", "{name} was never measured, not for the steering session of {session} either."),
    Text("Een indicator zonder metingen stuurt niets; de bijstuursessie vaart blind.", "An indicator without measurements steers nothing; the steering session flies blind."),
    Text("Vul de eerste meting in, of kies een cijfer dat er al is.", "Fill in the first measurement, or choose a figure that already exists."),
    Text("Realisatie (leeg), geen metingen, en al een bijstuursessie geweest", "Actual (blank), no measurements, and a steering session was held"),
    Text("Realisatie 33, gemeten op 01-04-2026", "Actual 33, measured on 01-04-2026"),
)  # fmt: skip
MEASURED_LONG_AGO = Rule(
    "OX415", Severity.WARNING, Place.INDICATORS,
    Text("Laatste meting is oud", "Latest measurement is old"),
    Text("{name} is het laatst gemeten op {measured}, {ago} geleden.", "{name} was measured last on {measured}, {ago} ago."),
    Text("Op een oud cijfer kun je niet bijsturen.", "Nobody can steer by an old figure."),
    Text("Vul de nieuwste waarde in met de datum van de meting.", "Fill in the latest value with the day of its measurement."),
    Text("Gemeten op 01-09-2025, nu juni 2026", "Measured on 01-09-2025, now June 2026"),
    Text("Gemeten op 31-03-2026, nu juni 2026", "Measured on 31-03-2026, now June 2026"),
)  # fmt: skip
ACTUAL_WITHOUT_DAY = Rule(
    "OX416", Severity.HINT, Place.INDICATORS,
    Text("Realisatie zonder datum", "Actual value without a day"),
    Text("{name} heeft een realisatie van {actual}, maar er staat niet bij wanneer die is gemeten.", "{name} has an actual value of {actual}, but does not say when it was measured."),
    Text("Zonder datum weet niemand of het cijfer van vorige maand of van vorig jaar is.", "Without a day nobody knows whether the figure is last month's or last year's."),
    Text("Vul bij Gemeten op de dag van de meting in.", "Fill in the day under Measured on."),
    Text("Realisatie 33, gemeten op (leeg)", "Actual 33, measured on (blank)"),
    Text("Realisatie 33, gemeten op 01-04-2026", "Actual 33, measured on 01-04-2026"),
)  # fmt: skip
MEASURED_LATER = Rule(
    "OX417", Severity.WARNING, Place.INDICATORS,
    Text("Gemeten op een dag die nog moet komen", "Measured on a day that is still to come"),
    Text("{name} is gemeten op {measured}, maar die dag moet nog komen.", "{name} was measured on {measured}, but that day is still to come."),
    Text("Met zo'n datum telt de waarde als de nieuwste, ook als er later nog wordt gemeten.", "With such a day the value counts as the latest, even when others are measured later."),
    Text("Verbeter de datum; vaak is het jaar verkeerd.", "Correct the day; often it is the year."),
    Text("Gemeten op 01-04-2062", "Measured on 01-04-2062"),
    Text("Gemeten op 01-04-2026", "Measured on 01-04-2026"),
)  # fmt: skip
GREEN_MISSED = Rule(
    "OX418", Severity.WARNING, Place.INDICATORS,
    Text("Groen, maar de streefwaarde is niet gehaald", "Green, but the target was missed"),
    Text("{name} staat op groen, maar op {date} had {target} bereikt moeten zijn; het is {actual}.", "{name} is green, but {target} was to be reached on {date}; it is {actual}."),
    Text("Een groen licht op een gemist doel haalt het van de agenda.", "A green light on a missed target takes it off the agenda."),
    Text("Zet het licht op oranje of rood, of vul de nieuwste waarde in.", "Set the light to orange or red, or fill in the latest value."),
    Text("Streefdatum voorbij, 33 in plaats van 20, licht Groen", "Target date past, 33 instead of 20, light Green"),
    Text("Streefdatum voorbij, 33 in plaats van 20, licht Rood", "Target date past, 33 instead of 20, light Red"),
)  # fmt: skip
MISSED = Rule(
    "OX419", Severity.HINT, Place.INDICATORS,
    Text("Streefdatum voorbij", "Target date past"),
    Text("De streefdatum van {name} was {date}, en de waarde is {actual} in plaats van {target}.", "{name} had {date} as its target date, and is {actual} instead of {target}."),
    Text("Een streefwaarde waarvan de datum voorbij is, stuurt niet meer.", "A target whose date is past steers nothing any more."),
    Text("Kies in de bijstuursessie een nieuwe streefdatum, of laat de indicator los.", "Choose a new target date in the steering session, or let the indicator go."),
    Text("Streefdatum 31-12-2025, licht Rood, geen nieuwe datum", "Target date 31-12-2025, light Red, no new date"),
    Text("Streefdatum 31-12-2026", "Target date 31-12-2026"),
)  # fmt: skip
GREEN_BUT_WORSE = Rule(
    "OX420", Severity.WARNING, Place.INDICATORS,
    Text("Groen, maar slechter dan de nulmeting", "Green, but worse than the baseline"),
    Text("{name} staat op groen, maar ging van {baseline} naar {actual}; het doel is {target}.", "{name} is green, but went from {baseline} to {actual}; the target is {target}."),
    Text("Het cijfer beweegt van het doel af; groen stelt de lezer ten onrechte gerust.", "The figure moves away from the target; green reassures the reader wrongly."),
    Text("Pas het licht aan, of leg bij Toelichting uit waarom dit volgens plan is.", "Change the light, or explain in the note why this is on plan."),
    Text("Nulmeting 40, realisatie 45, streefwaarde 20, licht Groen", "Baseline 40, actual 45, target 20, light Green"),
    Text("Nulmeting 40, realisatie 45, streefwaarde 20, licht Rood", "Baseline 40, actual 45, target 20, light Red"),
)  # fmt: skip
NOT_GREEN_REACHED = Rule(
    "OX421", Severity.WARNING, Place.INDICATORS,
    Text("Rood, maar de streefwaarde is gehaald", "Red, but the target was reached"),
    Text("{name} staat op rood, maar de realisatie van {actual} haalt de streefwaarde van {target}.", "{name} is red, but its actual value of {actual} meets the target of {target}."),
    Text("De lezer weet niet of het licht of het cijfer klopt.", "The reader cannot tell whether the light or the figure is right."),
    Text("Zet het licht op Groen, verbeter het cijfer, of leg het verschil uit bij Toelichting.", "Set the light to Green, correct the figure, or explain the difference in the note."),
    Text("Streefwaarde 20, realisatie 18 (lager is beter), licht Rood", "Target 20, actual 18 (lower is better), light Red"),
    Text("Streefwaarde 20, realisatie 18 (lager is beter), licht Groen", "Target 20, actual 18 (lower is better), light Green"),
)  # fmt: skip
BEHIND_MEASUREMENTS = Rule(
    "OX422", Severity.WARNING, Place.INDICATORS,
    Text("Realisatie is niet de laatste meting", "Actual value is not the latest measurement"),
    Text("{name} heeft een realisatie van {actual}, maar de laatste meting ({measured}) is {latest}.", "{name} has an actual value of {actual}, but the latest measurement ({measured}) is {latest}."),
    Text("Het overzicht toont de realisatie; de grafiek toont de metingen. Dan spreken ze elkaar tegen.", "The overview shows the actual value, the chart shows the measurements: they contradict each other."),
    Text("Neem de laatste meting over bij Realisatie, met de datum.", "Copy the latest measurement to Actual, with its day."),
    Text("Realisatie 33; laatste meting 30 op 01-05-2026", "Actual 33; latest measurement 30 on 01-05-2026"),
    Text("Realisatie 30, gemeten op 01-05-2026", "Actual 30, measured on 01-05-2026"),
)  # fmt: skip
STRATEGY_MISSING = Rule(
    "OX423", Severity.WARNING, Place.INDICATORS,
    Text("Indicator die bij geen strategie hoort", "Indicator that belongs to no strategy"),
    Text("{name} hoort bij geen enkele strategie.", "{name} belongs to no strategy."),
    Text("Een indicator maakt een strategie meetbaar; zonder strategie stuurt het cijfer niets.", "An indicator makes a strategy measurable; without a strategy the figure steers nothing."),
    Text("Vul in welke strategie hiermee meetbaar wordt, of haal de indicator weg.", "Fill in which strategy this makes measurable, or remove the indicator."),
    Text("Strategie: (leeg)", "Strategy: (blank)"),
    Text("Strategie: S2", "Strategy: S2"),
)  # fmt: skip
STRATEGY_UNKNOWN = Rule(
    "OX424", Severity.WARNING, Place.INDICATORS,
    Text("Indicator verwijst naar een strategie die er niet is", "Indicator refers to a strategy that is not there"),
    Text("{name} verwijst naar {ids}, en zo'n strategie is er niet in dit plan.", "{name} refers to {ids}, and this plan has no such strategy."),
    Text("De indicator komt dan bij geen strategie in beeld.", "The indicator then shows up under no strategy."),
    Text("Kies een strategie uit het blad Strategieën.", "Choose a strategy from the Strategies sheet."),
    Text("Strategie: S9 (het plan heeft S1 tot en met S5)", "Strategy: S9 (the plan has S1 to S5)"),
    Text("Strategie: S5", "Strategy: S5"),
)  # fmt: skip
NOT_GREEN_UNEXPLAINED = Rule(
    "OX425", Severity.WARNING, Place.INDICATORS,
    Text("Oranje of rode indicator zonder toelichting", "Orange or red indicator without a note"),
    Text("{name} staat op {light}, maar er staat niet bij waarom.", "{name} is {light}, but does not say why."),
    Text("Achter een cijfer dat tegenvalt, zit een oorzaak; die wil de sessie bespreken.", "Behind a disappointing figure is a cause; that is what the session wants to discuss."),
    Text("Schrijf bij Toelichting wat de waarde verklaart.", "Write in the note what explains the value."),
    Text("Licht Rood, toelichting (leeg)", "Light Red, note (blank)"),
    Text("Licht Rood, toelichting: 30 woningen te laat opgeleverd", "Light Red, note: 30 homes delivered late"),
)  # fmt: skip
MIXED_SCALE = Rule(
    "OX426", Severity.HINT, Place.INDICATORS,
    Text("Percentages op twee schalen", "Percentages on two scales"),
    Text("{name} is een percentage, maar {small} en {large} staan op verschillende schalen.", "{name} is a percentage, but {small} and {large} are on different scales."),
    Text("Excel toont 0,85 als 85 %; naast 95 lijkt de waarde dan honderd keer te klein.", "Excel shows 0.85 as 85%; next to 95 the value then looks a hundred times too small."),
    Text("Schrijf alle waarden als 85, met % als eenheid.", "Write all values as 85, with % as the unit."),
    Text("Eenheid %, streefwaarde 95, realisatie 0,85", "Unit %, target 95, actual 0.85"),
    Text("Eenheid %, streefwaarde 95, realisatie 85", "Unit %, target 95, actual 85"),
)  # fmt: skip
TARGET_MOVED = Rule(
    "OX427", Severity.HINT, Place.INDICATORS,
    Text("Streefwaarde van een indicator steeds gewijzigd", "Target of an indicator changed again and again"),
    Text("Volgens de besluiten ({decisions}) is de streefwaarde van {name} al {count} keer gewijzigd.", "{name} has had its target changed {count} times, according to the decisions ({decisions})."),
    Text("Een doel dat meebeweegt met het resultaat, wordt altijd gehaald en zegt niets meer.", "A target that moves along with the result is always reached and tells nothing."),
    Text("Leg de streefwaarde vast tot de plansessie, en leg daar uit waarom zij verandert.", "Keep the target until the planning session, and explain there why it changes."),
    Text("Twee besluiten: “streefwaarde naar 25”, “streefwaarde naar 30”", "Two decisions: “target to 25”, “target to 30”"),
    Text("Eén besluit in de plansessie: “streefwaarde naar 25”", "One decision in the planning session: “target to 25”"),
)  # fmt: skip
MEASURED_UNKNOWN = Rule(
    "OX428", Severity.WARNING, Place.INDICATORS,
    Text("Meting van iets dat er niet is", "Measurement of something that is not there"),
    Text("{name} is een meting van {ids}, en zo'n indicator of doelstelling is er niet in dit plan.", "{name} measures {ids}, which is no indicator or goal of this plan."),
    Text("De waarde komt in geen enkele grafiek terecht.", "The value ends up in no chart."),
    Text("Vul het ID van de indicator in.", "Fill in the ID of the indicator."),
    Text("Meting van I99 (het plan heeft I1 tot en met I15)", "Measurement of I99 (the plan has I1 to I15)"),
    Text("Meting van I9", "Measurement of I9"),
)  # fmt: skip
MEASURED_TWICE = Rule(
    "OX429", Severity.WARNING, Place.INDICATORS,
    Text("Twee waarden op één dag", "Two values on one day"),
    Text("{name} is volgens {first} op {measured} {one}, en volgens {second} {other}.", "{name} was {one} on {measured} according to {first}, and {other} according to {second}."),
    Text("De grafiek en het licht hangen af van welke van de twee klopt.", "Chart and light depend on which of the two is right."),
    Text("Haal de verkeerde meting weg, of verbeter haar datum.", "Remove the wrong measurement, or correct its day."),
    Text("M3 en M4: I4 op 01-05-2026 is 33, en 35", "M3 and M4: I4 on 01-05-2026 is 33, and 35"),
    Text("M3: I4 op 01-05-2026 is 33", "M3: I4 on 01-05-2026 is 33"),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    TEXT_MISSING,
    OWNER_MISSING,
    OWNER_SEVERAL,
    OWNER_UNKNOWN,
    UNIT_MISSING,
    BASELINE_MISSING,
    TARGET_MISSING,
    TARGET_DATE_MISSING,
    DIRECTION_UNKNOWN,
    DIRECTION_WRONG,
    BAND_WITHOUT_UPPER,
    BAND_REVERSED,
    UPPER_WITHOUT_BAND,
    NEVER_MEASURED,
    MEASURED_LONG_AGO,
    ACTUAL_WITHOUT_DAY,
    MEASURED_LATER,
    GREEN_MISSED,
    MISSED,
    GREEN_BUT_WORSE,
    NOT_GREEN_REACHED,
    BEHIND_MEASUREMENTS,
    STRATEGY_MISSING,
    STRATEGY_UNKNOWN,
    NOT_GREEN_UNEXPLAINED,
    MIXED_SCALE,
    TARGET_MOVED,
    MEASURED_UNKNOWN,
    MEASURED_TWICE,
)

_PERCENT_UNITS = {"%", "procent", "percentage", "percent", "pct"}


def text_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An indicator that says nothing."""
    for indicator in plan.indicators:
        if not indicator.text.strip():
            yield found_on(TEXT_MISSING, indicator, "text")


def owner_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An indicator that nobody measures."""
    yield from without_owner(OWNER_MISSING, plan.indicators)


def owner_several(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An indicator with several names in its owner cell."""
    yield from with_several(OWNER_SEVERAL, plan, plan.indicators)


def owner_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An indicator whose owner is not among the people."""
    yield from with_unknown(OWNER_UNKNOWN, plan, plan.indicators)


def unit_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Figures of nobody knows what."""
    for indicator in plan.indicators:
        if not indicator.unit.strip():
            yield found_on(UNIT_MISSING, indicator, "unit")


def baseline_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Nothing to compare with; a band is its own comparison."""
    for indicator in plan.indicators:
        if indicator.baseline is None and indicator.direction is not Direction.BAND:
            yield found_on(BASELINE_MISSING, indicator, "baseline")


def target_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Nothing to reach."""
    for indicator in plan.indicators:
        if indicator.target is None:
            yield found_on(TARGET_MISSING, indicator, "target")


def target_date_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A target to be reached nobody knows when; what should stay within a band or as it is needs no date."""
    for indicator in plan.indicators:
        moves = direction_of_figures(indicator) and indicator.direction is not Direction.BAND
        if moves and indicator.target is not None and indicator.target_date is None:
            yield found_on(TARGET_DATE_MISSING, indicator, "target_date", target=number(indicator.target))


def direction_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Neither given nor to be seen from baseline and target, because they are the same."""
    for indicator in plan.indicators:
        same = indicator.target is not None and indicator.target == indicator.baseline
        if same and indicator.target is not None and indicator.direction is None:
            yield found_on(DIRECTION_UNKNOWN, indicator, "direction", target=number(indicator.target))


def direction_wrong(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Higher is better, but the target is lower; or the other way round."""
    for indicator in plan.indicators:
        figures = direction_of_figures(indicator)
        given = indicator.direction
        if given in {Direction.HIGHER, Direction.LOWER} and figures not in {None, given}:
            yield found_on(
                DIRECTION_WRONG,
                indicator,
                "direction",
                direction=word(given),
                baseline=number(indicator.baseline or 0),
                target=number(indicator.target or 0),
            )


def band_without_upper(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A band with one side only."""
    for indicator in plan.indicators:
        if indicator.direction is Direction.BAND and indicator.upper is None:
            yield found_on(BAND_WITHOUT_UPPER, indicator, "upper")


def band_reversed(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A band that nothing fits in."""
    for indicator in plan.indicators:
        if indicator.direction is not Direction.BAND or indicator.upper is None or indicator.target is None:
            continue
        if indicator.upper <= indicator.target:
            upper, target = number(indicator.upper), number(indicator.target)
            yield found_on(BAND_REVERSED, indicator, "upper", upper=upper, target=target)


def upper_without_band(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An upper limit that nothing uses."""
    for indicator in plan.indicators:
        if indicator.upper is not None and indicator.direction is not Direction.BAND:
            yield found_on(UPPER_WITHOUT_BAND, indicator, "upper", upper=number(indicator.upper))


def never_measured(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """No value at all, though a steering session was held that should have seen one."""
    held = [
        session.date
        for session in plan.sessions
        if session.kind is SessionKind.STEERING and not session.cancelled and session.date < today
    ]
    if not held:
        return
    measured = _last_measured(plan)
    for indicator in plan.indicators:
        if indicator.actual is None and normalised_id(indicator.id) not in measured:
            yield found_on(NEVER_MEASURED, indicator, "actual", session=day(max(held)))


def measured_long_ago(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """The latest value, wherever it stands, is older than a quarter."""
    measured = _last_measured(plan)
    for indicator in plan.indicators:
        last = measured.get(normalised_id(indicator.id))
        if last and (today - last).days > settings.measurement_days:
            ago = days((today - last).days)
            yield found_on(MEASURED_LONG_AGO, indicator, "measured_on", measured=day(last), ago=ago)


def actual_without_day(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A value from nobody knows when."""
    for indicator in plan.indicators:
        if indicator.actual is not None and indicator.measured_on is None:
            yield found_on(ACTUAL_WITHOUT_DAY, indicator, "measured_on", actual=number(indicator.actual))


def measured_later(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A value, or a measurement, from the future."""
    for indicator in plan.indicators:
        if indicator.measured_on and indicator.measured_on > today:
            yield found_on(MEASURED_LATER, indicator, "measured_on", measured=day(indicator.measured_on))
    for measurement in plan.measurements:
        if measurement.measured_on and measurement.measured_on > today:
            yield found_in(MEASURED_LATER, measurement, "measured_on", measured=day(measurement.measured_on))


def green_missed(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Green, though the date is past and the target was not reached."""
    for indicator, figures in _missed(plan, today):
        if indicator.light is TrafficLight.GREEN:
            yield found_on(GREEN_MISSED, indicator, "light", **figures)


def missed(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """The date is past and the target was not reached; where it is green, that is the finding."""
    for indicator, figures in _missed(plan, today):
        if indicator.light is not TrafficLight.GREEN:
            yield found_on(MISSED, indicator, "target_date", **figures)


def green_but_worse(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Green, though it moved the wrong way and missed the target; past the target date that is the finding."""
    for indicator in plan.indicators:
        past = indicator.target_date is not None and indicator.target_date < today
        if indicator.light is not TrafficLight.GREEN or past or reached(indicator) is not False:
            continue
        if worse_than_baseline(indicator) and not indicator.note.strip():
            yield found_on(
                GREEN_BUT_WORSE,
                indicator,
                "light",
                baseline=number(indicator.baseline or 0),
                actual=number(indicator.actual or 0),
                target=number(indicator.target or 0),
            )


def not_green_reached(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Red, though the target was reached; orange may be worry about the next measurement, and a note explains."""
    for indicator in plan.indicators:
        if indicator.light is not TrafficLight.RED or not reached(indicator) or indicator.note.strip():
            continue
        actual, target = number(indicator.actual or 0), number(indicator.target or 0)
        yield found_on(NOT_GREEN_REACHED, indicator, "light", actual=actual, target=target)


def behind_measurements(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """The row shows another value than the latest measurement on the sheet of measurements."""
    latest: dict[str, Measurement] = {}
    for measurement in plan.measurements:
        if measurement.measured_on is None or measurement.value is None or measurement.measured_on > today:
            continue
        before = latest.get(normalised_id(measurement.item))
        if before is None or (before.measured_on or date.min) <= measurement.measured_on:
            latest[normalised_id(measurement.item)] = measurement
    for indicator in plan.indicators:
        last = latest.get(normalised_id(indicator.id))
        if not last or last.measured_on is None or last.value is None or indicator.actual is None:
            continue
        newer = indicator.measured_on is None or indicator.measured_on <= last.measured_on
        if newer and indicator.actual != last.value:
            yield found_on(
                BEHIND_MEASUREMENTS,
                indicator,
                "actual",
                actual=number(indicator.actual),
                measured=day(last.measured_on),
                latest=number(last.value),
            )


def strategy_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An indicator that makes no strategy measurable."""
    for indicator in plan.indicators:
        if not indicator.strategies:
            yield found_on(STRATEGY_MISSING, indicator, "strategies")


def strategy_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An indicator that names a strategy which the plan does not have."""
    yield from found_unknown(
        STRATEGY_UNKNOWN, plan.indicators, "strategies", (strategy.id for strategy in plan.strategies)
    )


def not_green_unexplained(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Orange or red, and nothing is written about it."""
    for indicator in plan.indicators:
        if indicator.light in {TrafficLight.ORANGE, TrafficLight.RED} and not indicator.note.strip():
            yield found_on(NOT_GREEN_UNEXPLAINED, indicator, "note", light=light_word(indicator.light))


def mixed_scale(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Percentages of which some are fractions: 0.85 next to 95; 0.5 next to 2 can both be percents."""
    for indicator in plan.indicators:
        if indicator.unit.strip().casefold() not in _PERCENT_UNITS:
            continue
        fields = ("actual", "target", "baseline", "upper")
        given = [(field, getattr(indicator, field)) for field in fields]
        small = [(field, value) for field, value in given if value is not None and 0 < value <= 1]
        large = [value for _field, value in given if value is not None and value > 20]
        if small and large:
            field, value = small[0]
            yield found_on(MIXED_SCALE, indicator, field, small=number(value), large=number(large[0]))


def target_moved(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A target that the decisions changed again and again; the plan keeps no other trace of earlier targets."""
    changes = target_changes(plan)
    for indicator in plan.indicators:
        made = changes.get(normalised_id(indicator.id), ())
        if len(made) >= settings.target_moves:
            decisions = listed([decision.id for decision in made])
            yield found_on(TARGET_MOVED, indicator, "target", count=len(made), decisions=decisions)


def measured_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A measurement of something that the plan does not have."""
    known = {normalised_id(indicator.id) for indicator in plan.indicators}
    known |= {normalised_id(goal.id) for goal in plan.goals}
    for measurement in plan.measurements:
        if normalised_id(measurement.item) not in known:
            yield found_in(MEASURED_UNKNOWN, measurement, "item", ids=quoted(measurement.item))


def measured_twice(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Two different values of one indicator on one day."""
    seen: dict[tuple[str, date], Measurement] = {}
    for measurement in plan.measurements:
        if measurement.measured_on is None or measurement.value is None:
            continue
        key = (normalised_id(measurement.item), measurement.measured_on)
        first = seen.setdefault(key, measurement)
        if first.value is not None and first.value != measurement.value:
            yield MEASURED_TWICE.found(
                at(measurement, "value"),
                item=measurement.item,
                name=measurement.item,
                measured=day(measurement.measured_on),
                first=called(first),
                one=number(first.value),
                second=called(measurement),
                other=number(measurement.value),
            )


CHECKS: tuple[Check, ...] = (
    text_missing,
    owner_missing,
    owner_several,
    owner_unknown,
    unit_missing,
    baseline_missing,
    target_missing,
    target_date_missing,
    direction_unknown,
    direction_wrong,
    band_without_upper,
    band_reversed,
    upper_without_band,
    never_measured,
    measured_long_ago,
    actual_without_day,
    measured_later,
    green_missed,
    missed,
    green_but_worse,
    not_green_reached,
    behind_measurements,
    strategy_missing,
    strategy_unknown,
    not_green_unexplained,
    mixed_scale,
    target_moved,
    measured_unknown,
    measured_twice,
)


def _last_measured(plan: Plan) -> dict[str, date]:
    """Item ID (normalised) to the day of its latest value: in its row, its measurements or its reports."""
    found: dict[str, date] = {}
    days_of = [(indicator.id, indicator.measured_on) for indicator in plan.indicators]
    days_of += [(m.item, m.measured_on) for m in plan.measurements if m.value is not None]
    days_of += [(report.item, report.measured_on) for report in plan.reports if report.value is not None]
    for written, measured_on in days_of:
        if measured_on:
            item = normalised_id(written)
            found[item] = max(found.get(item, date.min), measured_on)
    return found


def _missed(plan: Plan, today: date) -> Iterator[tuple[Indicator, dict[str, Text]]]:
    """The indicators whose target was not reached on its date, with the figures that say so; a band has no end."""
    for indicator in plan.indicators:
        past = indicator.target_date is not None and indicator.target_date < today
        if not past or reached(indicator) is not False or direction_of(indicator) is Direction.BAND:
            continue
        if indicator.target_date and indicator.target is not None and indicator.actual is not None:
            yield (
                indicator,
                {
                    "date": day(indicator.target_date),
                    "target": number(indicator.target),
                    "actual": number(indicator.actual),
                },
            )
