"""What makes the ambition and its goals something that can be reached, and seen to be reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.measures import reached
from ogsm_xl.plan.model import Goal, Plan, normalised_id
from ogsm_xl.plan.words import Role, Text, TrafficLight
from ogsm_xl.rules.history import target_changes
from ogsm_xl.rules.owners import several, suggestions, unknown
from ogsm_xl.rules.phrases import at, day, found_in, found_on, light_word, listed, number, quoted
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.rules.settings import Check, RuleSettings

OBJECTIVE_MISSING = Rule(
    "OX201", Severity.WARNING, Place.GOALS,
    Text("Plan zonder ambitie", "Plan without an objective"),
    Text("In dit plan staat geen ambitie.", "This plan states no objective."),
    Text("Zonder ambitie weet niemand waar de strategieën en acties toe moeten leiden.", "Without an objective nobody knows what the strategies and actions should lead to."),
    Text("Schrijf in één zin op waar je naartoe wilt, in het blad Ambitie.", "Write in one sentence where you want to be, on the Objective sheet."),
    Text("Ambitie: (leeg)", "Objective: (blank)"),
    Text("Ambitie: In 2028 woont iedereen binnen een half jaar naar wens", "Objective: By 2028 everybody finds a fitting home within half a year"),
)  # fmt: skip
OGSM_OWNER_MISSING = Rule(
    "OX202", Severity.WARNING, Place.GOALS,
    Text("Plan zonder OGSM-eigenaar", "Plan without an OGSM owner"),
    Text("Niemand is OGSM-eigenaar: er staat geen eigenaar bij de ambitie, en niemand heeft die rol.", "Nobody is OGSM owner: the objective has no owner, and nobody has that role."),
    Text("De OGSM-eigenaar is verantwoordelijk voor de inhoud van het plan en wordt voor de plansessie om verslag gevraagd.", "The OGSM owner answers for the content of the plan, and is asked to report for the planning session."),
    Text("Vul de eigenaar in bij de ambitie, of geef iemand bij Personen de rol OGSM-eigenaar.", "Fill in the owner of the objective, or give somebody on the People sheet the role of OGSM owner."),
    Text("Ambitie zonder eigenaar, niemand met de rol OGSM-eigenaar", "Objective without an owner, nobody with the role of OGSM owner"),
    Text("Ambitie met eigenaar Anna de Boer", "Objective owned by Anna de Boer"),
)  # fmt: skip
OBJECTIVE_OWNER_UNKNOWN = Rule(
    "OX203", Severity.ERROR, Place.GOALS,
    Text("Eigenaar van de ambitie is niet één bekende persoon", "Owner of the objective is not one known person"),
    Text("De eigenaar van de ambitie, {who}, is niet één persoon uit het blad Personen.{meant}", "The owner of the objective, {who}, is not one person on the People sheet.{meant}"),
    Text("Dan krijgt niemand voor de plansessie de vraag om verslag te doen.", "Then nobody is asked to report before the planning session."),
    Text("Kies precies één persoon uit het blad Personen.", "Choose exactly one person from the People sheet."),
    Text("Eigenaar: het MT", "Owner: the board"),
    Text("Eigenaar: Anna de Boer", "Owner: Anna de Boer"),
)  # fmt: skip
OBJECTIVE_LONG = Rule(
    "OX204", Severity.HINT, Place.GOALS,
    Text("Lange ambitie", "Long objective"),
    Text("De ambitie telt {count} woorden.", "The objective has {count} words."),
    Text("Een ambitie werkt als iedereen haar uit het hoofd kent; daar is één zin voor.", "An objective works when everybody knows it by heart; one sentence does that."),
    Text("Breng de ambitie terug tot één zin; de rest hoort bij de doelstellingen.", "Bring the objective back to one sentence; the rest belongs to the goals."),
    Text("Een ambitie van een halve pagina", "An objective of half a page"),
    Text("In 2028 woont iedereen binnen een half jaar naar wens", "By 2028 everybody finds a fitting home within half a year"),
)  # fmt: skip
NO_GOALS = Rule(
    "OX205", Severity.WARNING, Place.GOALS,
    Text("Plan zonder doelstellingen", "Plan without goals"),
    Text("In dit plan staan geen doelstellingen.", "This plan has no goals."),
    Text("Aan de doelstellingen zie je of de ambitie is bereikt; zonder blijft zij een wens.", "The goals show whether the objective was reached; without them it stays a wish."),
    Text("Schrijf in het blad Doelstellingen drie tot zes meetbare resultaten op.", "Write three to six measurable results on the Goals sheet."),
    Text("Wel een ambitie en strategieën, maar geen doelstellingen", "An objective and strategies, but no goals"),
    Text("D1: Wachttijd gehalveerd, van 40 naar 20 maanden, eind 2028", "D1: Waiting time halved, from 40 to 20 months, end of 2028"),
)  # fmt: skip
TEXT_MISSING = Rule(
    "OX206", Severity.WARNING, Place.GOALS,
    Text("Doelstelling zonder omschrijving", "Goal without a description"),
    Text("Bij {name} staat niet wat de doelstelling is.", "{name} does not say what the goal is."),
    Text("Cijfers zonder doel zeggen de lezer niets.", "Figures without a goal tell the reader nothing."),
    Text("Schrijf het resultaat op, of haal de regel weg.", "Write down the result, or remove the row."),
    Text("D2: (leeg)", "D2: (blank)"),
    Text("D2: Wachttijd gehalveerd", "D2: Waiting time halved"),
)  # fmt: skip
INDICATOR_MISSING = Rule(
    "OX207", Severity.HINT, Place.GOALS,
    Text("Doelstelling zonder indicator", "Goal without an indicator"),
    Text("Bij {name} staat niet waaraan je afmeet of het gelukt is.", "{name} does not say what shows that it was reached."),
    Text("Over een doelstelling zonder maat verschilt iedereen straks van mening.", "Without a measure everybody will hold another opinion afterwards."),
    Text("Vul bij Indicator in wat je meet, liefst een cijfer dat er al is.", "Fill in under Indicator what you measure, preferably a figure that already exists."),
    Text("D1: Tevreden klanten; indicator (leeg)", "D1: Satisfied customers; indicator (blank)"),
    Text("D1: Tevreden klanten; indicator: klantcijfer", "D1: Satisfied customers; indicator: customer rating"),
)  # fmt: skip
UNIT_MISSING = Rule(
    "OX208", Severity.HINT, Place.GOALS,
    Text("Doelstelling zonder eenheid", "Goal without a unit"),
    Text("{name} heeft een streefwaarde van {target}, maar geen eenheid.", "{name} has a target of {target}, but no unit."),
    Text("Twintig wat: maanden, procent, woningen?", "Twenty of what: months, percent, homes?"),
    Text("Vul de eenheid in, zoals %, dagen of €.", "Fill in the unit, such as %, days or €."),
    Text("Streefwaarde 20, eenheid (leeg)", "Target 20, unit (blank)"),
    Text("Streefwaarde 20, eenheid maanden", "Target 20, unit months"),
)  # fmt: skip
BASELINE_MISSING = Rule(
    "OX209", Severity.HINT, Place.GOALS,
    Text("Doelstelling zonder nulmeting", "Goal without a baseline"),
    Text("{name} heeft een streefwaarde van {target}, maar geen nulmeting.", "{name} has a target of {target}, but no baseline."),
    Text("Zonder nulmeting is niet te zien hoe ver je bent, en of het doel ver genoeg reikt.", "Without a baseline nobody can see how far you are, or whether the goal is worth the effort."),
    Text("Vul in waar je begon.", "Fill in where you started."),
    Text("Nulmeting (leeg), streefwaarde 20", "Baseline (blank), target 20"),
    Text("Nulmeting 40, streefwaarde 20", "Baseline 40, target 20"),
)  # fmt: skip
TARGET_MISSING = Rule(
    "OX210", Severity.WARNING, Place.GOALS,
    Text("Doelstelling zonder streefwaarde", "Goal without a target"),
    Text("{name} heeft geen streefwaarde.", "{name} has no target."),
    Text("Zonder streefwaarde is nooit te zeggen of de doelstelling is gehaald.", "Without a target nobody can ever say whether the goal was reached."),
    Text("Vul de waarde in die je wilt bereiken.", "Fill in the value that you want to reach."),
    Text("D1: Kortere wachttijd; streefwaarde (leeg)", "D1: Shorter waits; target (blank)"),
    Text("D1: Kortere wachttijd; streefwaarde 20 maanden", "D1: Shorter waits; target 20 months"),
)  # fmt: skip
TARGET_DATE_MISSING = Rule(
    "OX211", Severity.WARNING, Place.GOALS,
    Text("Doelstelling zonder streefdatum", "Goal without a target date"),
    Text("{name} heeft geen streefdatum.", "{name} has no target date."),
    Text("Een doel zonder datum is nooit te laat, en dus nooit dringend.", "A goal without a date is never late, and so never urgent."),
    Text("Vul in wanneer de streefwaarde bereikt moet zijn.", "Fill in when the target has to be reached."),
    Text("Streefwaarde 20, streefdatum (leeg)", "Target 20, target date (blank)"),
    Text("Streefwaarde 20, streefdatum 31-12-2028", "Target 20, target date 31-12-2028"),
)  # fmt: skip
TARGET_IS_BASELINE = Rule(
    "OX212", Severity.WARNING, Place.GOALS,
    Text("Doelstelling die niets verandert", "Goal that changes nothing"),
    Text("Bij {name} zijn nulmeting en streefwaarde allebei {target}.", "{name} has {target} as its baseline and as its target."),
    Text("Wat al zo is, hoeft niet bereikt te worden; waarschijnlijk staat er een waarde verkeerd.", "What is so already need not be reached; probably one of the values is wrong."),
    Text("Verbeter de nulmeting of de streefwaarde.", "Correct the baseline or the target."),
    Text("Nulmeting 20, streefwaarde 20", "Baseline 20, target 20"),
    Text("Nulmeting 40, streefwaarde 20", "Baseline 40, target 20"),
)  # fmt: skip
GREEN_MISSED = Rule(
    "OX213", Severity.WARNING, Place.GOALS,
    Text("Groen, maar de streefwaarde is niet gehaald", "Green, but the target was missed"),
    Text("{name} staat op groen, maar op {date} had {target} bereikt moeten zijn; het is {actual}.", "{name} is green, but {target} was to be reached on {date}; it is {actual}."),
    Text("Een groen licht op een gemist doel haalt het uit het zicht van de plansessie.", "A green light on a missed goal takes it out of the planning session's sight."),
    Text("Zet het licht op oranje of rood, of vul de nieuwste waarde in.", "Set the light to orange or red, or fill in the latest value."),
    Text("Streefdatum voorbij, 33 in plaats van 20, licht Groen", "Target date past, 33 instead of 20, light Green"),
    Text("Streefdatum voorbij, 33 in plaats van 20, licht Rood", "Target date past, 33 instead of 20, light Red"),
)  # fmt: skip
MISSED = Rule(
    "OX214", Severity.HINT, Place.GOALS,
    Text("Streefdatum voorbij", "Target date past"),
    Text("De streefdatum van {name} was {date}, en de streefwaarde is niet gehaald of niet gemeten.", "{name} had {date} as its target date, and the target was not reached or not measured."),
    Text("Een doel waarvan de datum voorbij is, stuurt niet meer.", "A goal whose date is past steers nothing any more."),
    Text("Vul de realisatie in, of kies in de plansessie een nieuwe datum of een nieuw doel.", "Fill in the actual value, or choose a new date or a new goal in the planning session."),
    Text("Streefdatum 31-12-2025, realisatie (leeg)", "Target date 31-12-2025, actual (blank)"),
    Text("Streefdatum 31-12-2028", "Target date 31-12-2028"),
)  # fmt: skip
NOT_GREEN_REACHED = Rule(
    "OX215", Severity.WARNING, Place.GOALS,
    Text("Oranje of rood, maar de streefwaarde is gehaald", "Orange or red, but the target was reached"),
    Text("{name} staat op {light}, maar de realisatie van {actual} haalt de streefwaarde van {target}.", "{name} is {light}, but its actual value of {actual} meets the target of {target}."),
    Text("De lezer weet niet of het licht of het cijfer klopt.", "The reader cannot tell whether the light or the figure is right."),
    Text("Zet het licht op Groen, of verbeter het cijfer.", "Set the light to Green, or correct the figure."),
    Text("Streefwaarde 20, realisatie 18 (lager is beter), licht Rood", "Target 20, actual 18 (lower is better), light Red"),
    Text("Streefwaarde 20, realisatie 18 (lager is beter), licht Groen", "Target 20, actual 18 (lower is better), light Green"),
)  # fmt: skip
NOT_SERVED = Rule(
    "OX216", Severity.WARNING, Place.GOALS,
    Text("Doelstelling waar geen strategie aan werkt", "Goal that no strategy serves"),
    Text("Geen enkele strategie dient {name}.", "{name} is served by no strategy."),
    Text("Een doel waar niemand voor kiest, wordt alleen bij toeval gehaald.", "A goal that nobody chose to work on is reached by chance only."),
    Text("Zet {name} bij de strategie die eraan bijdraagt, of laat het doel los.", "Add {name} to the strategy that contributes to it, or let the goal go."),
    Text("D3 staat bij geen enkele strategie", "D3 stands with no strategy"),
    Text("S2 dient D1; D3", "S2 serves D1; D3"),
)  # fmt: skip
TARGET_MOVED = Rule(
    "OX217", Severity.HINT, Place.GOALS,
    Text("Streefwaarde van een doelstelling steeds gewijzigd", "Target of a goal changed again and again"),
    Text("Volgens de besluiten ({decisions}) is de streefwaarde van {name} al {count} keer gewijzigd.", "{name} has had its target changed {count} times, according to the decisions ({decisions})."),
    Text("Een doel dat meebeweegt met het resultaat, wordt altijd gehaald en zegt niets meer.", "A goal that moves along with the result is always reached and tells nothing."),
    Text("Leg de streefwaarde vast tot de plansessie, en leg daar uit waarom zij verandert.", "Keep the target until the planning session, and explain there why it changes."),
    Text("Twee besluiten: “streefwaarde naar 25”, “streefwaarde naar 30”", "Two decisions: “target to 25”, “target to 30”"),
    Text("Eén besluit in de plansessie: “streefwaarde naar 25”", "One decision in the planning session: “target to 25”"),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    OBJECTIVE_MISSING,
    OGSM_OWNER_MISSING,
    OBJECTIVE_OWNER_UNKNOWN,
    OBJECTIVE_LONG,
    NO_GOALS,
    TEXT_MISSING,
    INDICATOR_MISSING,
    UNIT_MISSING,
    BASELINE_MISSING,
    TARGET_MISSING,
    TARGET_DATE_MISSING,
    TARGET_IS_BASELINE,
    GREEN_MISSED,
    MISSED,
    NOT_GREEN_REACHED,
    NOT_SERVED,
    TARGET_MOVED,
)


def objective_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """No ambition, or an empty one."""
    if plan.objective is None:
        yield OBJECTIVE_MISSING.found()
    elif not plan.objective.text.strip():
        yield OBJECTIVE_MISSING.found(at(plan.objective, "text"), item=plan.objective.id)


def ogsm_owner_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Nobody answers for the content of the plan."""
    if plan.people_with(Role.OGSM_OWNER):
        return
    if plan.objective is None:
        yield OGSM_OWNER_MISSING.found()
    elif not plan.objective.owner.strip():
        yield OGSM_OWNER_MISSING.found(at(plan.objective, "owner"), item=plan.objective.id)


def objective_owner_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """The ambition's owner is nobody, or several."""
    suggestion = suggestions(plan)
    objective = plan.objective
    if objective and (unknown(plan, objective.owner) or several(plan, objective.owner)):
        who, meant = quoted(objective.owner), suggestion(objective.owner)
        yield found_on(OBJECTIVE_OWNER_UNKNOWN, objective, "owner", who=who, meant=meant)


def objective_long(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """An ambition that nobody can remember."""
    if plan.objective:
        count = len(plan.objective.text.split())
        if count > settings.longest_objective_words:
            yield found_on(OBJECTIVE_LONG, plan.objective, "text", count=count)


def no_goals(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Not a single goal."""
    if not plan.goals:
        yield NO_GOALS.found()


def text_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A goal that says nothing."""
    for goal in plan.goals:
        if not goal.text.strip():
            yield found_in(TEXT_MISSING, goal, "text")


def indicator_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A goal that does not say what is measured."""
    for goal in plan.goals:
        if not goal.indicator.strip():
            yield found_in(INDICATOR_MISSING, goal, "indicator")


def unit_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A target without a unit."""
    for goal in plan.goals:
        if goal.target is not None and not goal.unit.strip():
            yield found_in(UNIT_MISSING, goal, "unit", target=number(goal.target))


def baseline_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A target without a baseline."""
    for goal in plan.goals:
        if goal.target is not None and goal.baseline is None:
            yield found_in(BASELINE_MISSING, goal, "baseline", target=number(goal.target))


def target_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A goal without a target."""
    for goal in plan.goals:
        if goal.target is None:
            yield found_in(TARGET_MISSING, goal, "target")


def target_date_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A goal without a date."""
    for goal in plan.goals:
        if goal.target_date is None:
            yield found_in(TARGET_DATE_MISSING, goal, "target_date")


def target_is_baseline(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A goal that is where it started."""
    for goal in plan.goals:
        if goal.target is not None and goal.target == goal.baseline:
            yield found_in(TARGET_IS_BASELINE, goal, "target", target=number(goal.target))


def green_missed(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Green, though the date is past and the target was not reached."""
    for goal, target_date in _past(plan, today):
        if goal.light is not TrafficLight.GREEN or reached(goal) is not False:
            continue
        if goal.actual is not None and goal.target is not None:
            target, actual = number(goal.target), number(goal.actual)
            yield found_in(GREEN_MISSED, goal, "light", date=day(target_date), target=target, actual=actual)


def missed(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """The date is past and the target not reached, or nobody knows; where it is green, that is the finding."""
    for goal, target_date in _past(plan, today):
        known_missed = reached(goal) is False and goal.light is not TrafficLight.GREEN
        if known_missed or goal.actual is None:
            yield found_in(MISSED, goal, "target_date", date=day(target_date))


def not_green_reached(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Orange or red, though the target was reached."""
    for goal in plan.goals:
        if goal.light not in {TrafficLight.ORANGE, TrafficLight.RED} or not reached(goal):
            continue
        if goal.actual is not None and goal.target is not None:
            yield found_in(
                NOT_GREEN_REACHED,
                goal,
                "light",
                light=light_word(goal.light),
                actual=number(goal.actual),
                target=number(goal.target),
            )


def not_served(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A goal that no strategy names, in a plan whose strategies do name goals."""
    served = {normalised_id(goal) for strategy in plan.strategies for goal in strategy.goals}
    for goal in plan.goals:
        if served and normalised_id(goal.id) not in served:
            yield found_in(NOT_SERVED, goal, "id")


def target_moved(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A target that the decisions changed again and again; the plan keeps no other trace of earlier targets."""
    changes = target_changes(plan)
    for goal in plan.goals:
        made = changes.get(normalised_id(goal.id), ())
        if len(made) >= settings.target_moves:
            decisions = listed([decision.id for decision in made])
            yield found_in(TARGET_MOVED, goal, "target", count=len(made), decisions=decisions)


CHECKS: tuple[Check, ...] = (
    objective_missing,
    ogsm_owner_missing,
    objective_owner_unknown,
    objective_long,
    no_goals,
    text_missing,
    indicator_missing,
    unit_missing,
    baseline_missing,
    target_missing,
    target_date_missing,
    target_is_baseline,
    green_missed,
    missed,
    not_green_reached,
    not_served,
    target_moved,
)


def _past(plan: Plan, today: date) -> Iterator[tuple[Goal, date]]:
    """The goals whose target date is past, with that date."""
    for goal in plan.goals:
        if goal.target_date and goal.target_date < today:
            yield goal, goal.target_date
