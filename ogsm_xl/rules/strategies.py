"""What makes a strategy a choice that somebody drives, that can be measured, and that is worked on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Indicator, Plan, Strategy, normalised_id
from ogsm_xl.plan.words import Status, StrategyKind, Text, TrafficLight
from ogsm_xl.rules import wording
from ogsm_xl.rules.owners import (
    is_open,
    with_several,
    with_unknown,
    without_owner,
)
from ogsm_xl.rules.phrases import found_in, found_on, found_unknown, light_word, listed, quoted
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.rules.settings import Check, RuleSettings

TEXT_MISSING = Rule(
    "OX301", Severity.WARNING, Place.STRATEGIES,
    Text("Strategie zonder omschrijving", "Strategy without a description"),
    Text("Bij {name} staat niet wat de strategie is.", "{name} does not say what the strategy is."),
    Text("Een keuze die niet is opgeschreven, kiest ieder voor zich.", "A choice that is not written down is made by everybody for themselves."),
    Text("Schrijf de keuze op als DOEL door HOE, of haal de regel weg.", "Write down the choice as GOAL by HOW, or remove the row."),
    Text("S2: (leeg)", "S2: (blank)"),
    Text("S2: Kortere wachttijd door sneller te bouwen", "S2: Shorter waits by building faster"),
)  # fmt: skip
OWNER_MISSING = Rule(
    "OX302", Severity.ERROR, Place.STRATEGIES,
    Text("Strategie zonder aanjager", "Strategy without a driver"),
    Text("{name} heeft geen eigenaar.", "{name} has no owner."),
    Text("De aanjager is verantwoordelijk voor het resultaat en voor de actielijst; zonder aanjager is niemand dat.", "The driver answers for the result and for the action list; without one nobody does."),
    Text("Kies precies één persoon uit het blad Personen.", "Choose exactly one person from the People sheet."),
    Text("Eigenaar: (leeg)", "Owner: (blank)"),
    Text("Eigenaar: Anna de Boer", "Owner: Anna de Boer"),
)  # fmt: skip
OWNER_SEVERAL = Rule(
    "OX303", Severity.ERROR, Place.STRATEGIES,
    Text("Strategie met meer dan één aanjager", "Strategy with more than one driver"),
    Text("{name} heeft meer dan één eigenaar: {who}.", "{name} has more than one owner: {who}."),
    Text("Als twee mensen aanjagen, wachten ze op elkaar; en het is niet duidelijk wie de mail moet krijgen.", "When two people drive, they wait for each other; and it is not clear who should get the mail."),
    Text("Laat één naam staan. De ander kan eigenaar zijn van een actie.", "Keep one name. The other can own an action."),
    Text("Eigenaar: Anna en Bram", "Owner: Anna and Bram"),
    Text("Eigenaar: Anna", "Owner: Anna"),
)  # fmt: skip
OWNER_UNKNOWN = Rule(
    "OX304", Severity.ERROR, Place.STRATEGIES,
    Text("Aanjager van een strategie staat niet bij Personen", "Driver of a strategy is not among the people"),
    Text("De eigenaar van {name}, {who}, staat niet in het blad Personen.{meant}", "{name} is owned by {who}, who is not on the People sheet.{meant}"),
    Text("Zonder regel bij Personen is er geen mailadres, dus gaat er geen uitnodiging uit.", "Without a row on the People sheet there is no mail address, so no invitation goes out."),
    Text("Schrijf de naam zoals bij Personen, of voeg de persoon daar toe met mailadres.", "Write the name as on the People sheet, or add the person there with a mail address."),
    Text("Eigenaar: het MT", "Owner: the board"),
    Text("Eigenaar: Anna de Boer", "Owner: Anna de Boer"),
)  # fmt: skip
WITHOUT_INDICATORS = Rule(
    "OX305", Severity.WARNING, Place.STRATEGIES,
    Text("Strategie zonder indicatoren", "Strategy without indicators"),
    Text("{name} heeft geen enkele indicator.", "{name} has no indicator at all."),
    Text("Zonder indicator zie je wel dat er gewerkt wordt, maar niet of het helpt.", "Without an indicator you see that work is done, but not that it helps."),
    Text("Zet in het blad Indicatoren minstens één cijfer bij {name}, liefst een dat er al is.", "Add at least one figure for {name} on the Indicators sheet, preferably one that already exists."),
    Text("S2 heeft vijf acties en geen indicator", "S2 has five actions and no indicator"),
    Text("S2 heeft vijf acties en twee indicatoren", "S2 has five actions and two indicators"),
)  # fmt: skip
WITHOUT_ACTIONS = Rule(
    "OX306", Severity.WARNING, Place.STRATEGIES,
    Text("Strategie zonder acties", "Strategy without actions"),
    Text("{name} heeft geen enkele actie die niet geparkeerd is.", "{name} has no action at all that is not parked."),
    Text("Een keuze waar niemand iets voor doet, blijft een voornemen.", "A choice that nobody works on stays an intention."),
    Text("Spreek af welke actie als eerste nodig is, of laat de strategie los.", "Agree which action is needed first, or let the strategy go."),
    Text("S3 heeft alleen een naam en een eigenaar", "S3 has just a name and an owner"),
    Text("S3 heeft drie acties met eigenaar en deadline", "S3 has three actions with owner and deadline"),
)  # fmt: skip
ALL_DONE = Rule(
    "OX307", Severity.HINT, Place.STRATEGIES,
    Text("Strategie waarvan alle acties klaar zijn", "Strategy whose actions are all done"),
    Text("Alle acties van {name} zijn afgerond.", "{name} has only actions that are done."),
    Text("Is de strategie geslaagd, of is de volgende stap nog niet bedacht?", "Did the strategy succeed, or has nobody thought of the next step?"),
    Text("Voeg de volgende acties toe, of sluit de strategie af in de bijstuursessie.", "Add the next actions, or close the strategy in the steering session."),
    Text("S1: vier acties, alle vier Afgerond", "S1: four actions, all four Done"),
    Text("S1: vier acties Afgerond, twee Nog te doen", "S1: four actions Done, two To do"),
)  # fmt: skip
NOT_GOAL_BY_HOW = Rule(
    "OX308", Severity.HINT, Place.STRATEGIES,
    Text("Strategie zegt niet hoe", "Strategy does not say how"),
    Text("{name} zegt niet hóé het doel wordt bereikt: {text}.", "{name} does not say how its goal is to be reached: {text}."),
    Text("Zonder HOE is het een wens; de keuze zit juist in de weg ernaartoe.", "Without the HOW it is a wish; the choice lies in the way towards it."),
    Text("Schrijf de strategie als DOEL door HOE.", "Write the strategy as GOAL by HOW."),
    Text("Kortere wachttijden", "Shorter waits"),
    Text("Kortere wachttijden door sneller te bouwen", "Shorter waits by building faster"),
)  # fmt: skip
GOAL_UNKNOWN = Rule(
    "OX309", Severity.WARNING, Place.STRATEGIES,
    Text("Strategie verwijst naar een doelstelling die er niet is", "Strategy refers to a goal that is not there"),
    Text("{name} verwijst naar {ids}, en zo'n doelstelling is er niet in dit plan.", "{name} refers to {ids}, and this plan has no such goal."),
    Text("Dan is niet te zien aan welk doel de strategie bijdraagt.", "Then nobody can see which goal the strategy contributes to."),
    Text("Kies een doelstelling uit het blad Doelstellingen.", "Choose a goal from the Goals sheet."),
    Text("Doelstellingen: D9 (het plan heeft D1 tot en met D4)", "Goals: D9 (the plan has D1 to D4)"),
    Text("Doelstellingen: D4", "Goals: D4"),
)  # fmt: skip
WITHOUT_GOAL = Rule(
    "OX310", Severity.HINT, Place.STRATEGIES,
    Text("Strategie die bij geen doelstelling hoort", "Strategy that serves no goal"),
    Text("{name} hoort bij geen enkele doelstelling.", "{name} serves no goal."),
    Text("Dan is niet te zien hoe deze keuze de ambitie dichterbij brengt.", "Then nobody can see how this choice brings the objective closer."),
    Text("Vul in welke doelstellingen deze strategie dient, of laat haar los.", "Fill in which goals this strategy serves, or let it go."),
    Text("Doelstellingen: (leeg)", "Goals: (blank)"),
    Text("Doelstellingen: D1; D3", "Goals: D1; D3"),
)  # fmt: skip
NOT_GREEN_UNEXPLAINED = Rule(
    "OX311", Severity.WARNING, Place.STRATEGIES,
    Text("Oranje of rode strategie zonder toelichting", "Orange or red strategy without an explanation"),
    Text("{name} staat op {light}, maar er staat niet bij waarom.", "{name} is {light}, but does not say why."),
    Text("De bijstuursessie kan alleen bijsturen als zij weet wat er speelt.", "The steering session can only steer if it knows what is the matter."),
    Text("Schrijf bij Stand van zaken hoe je tot dit licht komt.", "Write under Update how you came to this light."),
    Text("Licht Rood, stand van zaken (leeg)", "Light Red, update (blank)"),
    Text("Licht Rood, stand van zaken: bouw ligt stil, vergunning pas in mei", "Light Red, update: building has stopped, permit in May only"),
)  # fmt: skip
GREEN_OVER_RED = Rule(
    "OX312", Severity.HINT, Place.STRATEGIES,
    Text("Groene strategie met vooral rode acties", "Green strategy with mostly red actions"),
    Text("{name} staat op groen, terwijl {actions} op rood {verb}.", "{name} is green, while {actions} {verb} red."),
    Text("De strategie en haar acties vertellen een ander verhaal; de sessie moet weten welk klopt.", "The strategy and its actions tell different stories; the session needs to know which is right."),
    Text("Leg bij Stand van zaken uit waarom de strategie toch op koers ligt, of pas het licht aan.", "Explain under Update why the strategy is on course all the same, or change the light."),
    Text("S1 Groen; A1 en A2 Rood, A3 Groen", "S1 Green; A1 and A2 Red, A3 Green"),
    Text("S1 Oranje; A1 en A2 Rood, A3 Groen", "S1 Orange; A1 and A2 Red, A3 Green"),
)  # fmt: skip
RED_OVER_GREEN = Rule(
    "OX313", Severity.HINT, Place.STRATEGIES,
    Text("Rode strategie waaronder alles groen is", "Red strategy with everything green below it"),
    Text("{name} staat op rood, terwijl al haar lopende acties en indicatoren groen zijn.", "{name} is red, while all its open actions and indicators are green."),
    Text("Gaat alles goed en het geheel niet, dan ontbreekt er een actie of meet je het verkeerde.", "If all is well and the whole is not, an action is missing or you measure the wrong thing."),
    Text("Voeg de actie toe die ontbreekt, of pas het licht aan.", "Add the action that is missing, or change the light."),
    Text("S1 Rood; alle acties en indicatoren Groen", "S1 Red; all actions and indicators Green"),
    Text("S1 Rood; I2 Rood, want de wachttijd stijgt", "S1 Red; I2 Red, because waits grow"),
)  # fmt: skip
TOO_MANY_BUSINESS = Rule(
    "OX314", Severity.HINT, Place.STRATEGIES,
    Text("Veel inhoudelijke strategieën", "Many business strategies"),
    Text("{name} is er een te veel: het plan heeft {count} inhoudelijke strategieën, en er passen er ongeveer {most} op een pagina.", "{name} is one too many: the plan has {count} business strategies, and about {most} fit on a page."),
    Text("Wie alles kiest, kiest niets.", "Who chooses everything chooses nothing."),
    Text("Voeg strategieën samen, of stel er een uit tot het volgende plan.", "Merge strategies, or put one off until the next plan."),
    Text("Acht inhoudelijke strategieën", "Eight business strategies"),
    Text("Vijf inhoudelijke strategieën", "Five business strategies"),
)  # fmt: skip
TOO_MANY_ENABLING = Rule(
    "OX315", Severity.HINT, Place.STRATEGIES,
    Text("Veel randvoorwaardelijke strategieën", "Many enabling strategies"),
    Text("{name} is er een te veel: het plan heeft {count} randvoorwaardelijke strategieën, en er passen er ongeveer {most} op een pagina.", "{name} is one too many: the plan has {count} enabling strategies, and about {most} fit on a page."),
    Text("Als de organisatie vooral aan zichzelf werkt, merkt de klant er weinig van.", "When the organisation mostly works on itself, its customers notice little."),
    Text("Voeg strategieën samen, of breng ze onder bij de inhoudelijke strategie die ze nodig heeft.", "Merge strategies, or move them under the business strategy that needs them."),
    Text("Vier randvoorwaardelijke strategieën", "Four enabling strategies"),
    Text("Twee randvoorwaardelijke strategieën", "Two enabling strategies"),
)  # fmt: skip
TOO_MANY = Rule(
    "OX316", Severity.HINT, Place.STRATEGIES,
    Text("Veel strategieën", "Many strategies"),
    Text("{name} is er een te veel: het plan heeft {count} strategieën, en er passen er ongeveer {most} op een pagina.", "{name} is one too many: the plan has {count} strategies, and about {most} fit on a page."),
    Text("Wie alles kiest, kiest niets.", "Who chooses everything chooses nothing."),
    Text("Voeg strategieën samen, of stel er een uit. Vul bij Soort in welke inhoudelijk en welke randvoorwaardelijk zijn.", "Merge strategies, or put one off. Fill in under Kind which are business and which enabling."),
    Text("Tien strategieën", "Ten strategies"),
    Text("Vijf inhoudelijke en twee randvoorwaardelijke strategieën", "Five business and two enabling strategies"),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    TEXT_MISSING,
    OWNER_MISSING,
    OWNER_SEVERAL,
    OWNER_UNKNOWN,
    WITHOUT_INDICATORS,
    WITHOUT_ACTIONS,
    ALL_DONE,
    NOT_GOAL_BY_HOW,
    GOAL_UNKNOWN,
    WITHOUT_GOAL,
    NOT_GREEN_UNEXPLAINED,
    GREEN_OVER_RED,
    RED_OVER_GREEN,
    TOO_MANY_BUSINESS,
    TOO_MANY_ENABLING,
    TOO_MANY,
)


def text_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy that says nothing."""
    for strategy in plan.strategies:
        if not strategy.text.strip():
            yield found_on(TEXT_MISSING, strategy, "text")


def owner_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy that nobody drives."""
    yield from without_owner(OWNER_MISSING, plan.strategies)


def owner_several(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy with several names in its owner cell."""
    yield from with_several(OWNER_SEVERAL, plan, plan.strategies)


def owner_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy whose driver is not among the people."""
    yield from with_unknown(OWNER_UNKNOWN, plan, plan.strategies)


def without_indicators(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy that nothing measures."""
    measured = {normalised_id(written) for indicator in plan.indicators for written in indicator.strategies}
    for strategy in plan.strategies:
        if normalised_id(strategy.id) not in measured:
            yield found_on(WITHOUT_INDICATORS, strategy, "id")


def without_actions(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy that nobody does anything for; parked actions are not being done."""
    for strategy, actions in _with_actions(plan):
        if all(action.status is Status.PARKED for action in actions):
            yield found_on(WITHOUT_ACTIONS, strategy, "id")


def all_done(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy for which everything is done."""
    for strategy, actions in _with_actions(plan):
        done = [action for action in actions if action.status is Status.DONE]
        if done and not any(is_open(action) for action in actions):
            yield found_on(ALL_DONE, strategy, "id")


def not_goal_by_how(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy that is a wish: no word in it leads to a how."""
    for strategy in plan.strategies:
        if strategy.text.strip() and not wording.says_how(strategy.text):
            yield found_on(NOT_GOAL_BY_HOW, strategy, "text", text=quoted(strategy.text))


def goal_unknown(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy that names a goal which the plan does not have."""
    yield from found_unknown(GOAL_UNKNOWN, plan.strategies, "goals", (goal.id for goal in plan.goals))


def without_goal(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A strategy that names no goal, in a plan where others do."""
    if not any(strategy.goals for strategy in plan.strategies):
        return
    for strategy in plan.strategies:
        if not strategy.goals:
            yield found_on(WITHOUT_GOAL, strategy, "goals")


def not_green_unexplained(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Orange or red, and nothing is written about it."""
    for strategy in plan.strategies:
        if strategy.light in {TrafficLight.ORANGE, TrafficLight.RED} and not strategy.update.strip():
            yield found_on(NOT_GREEN_UNEXPLAINED, strategy, "update", light=light_word(strategy.light))


def green_over_red(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Green, though most of its open actions are red."""
    for strategy, actions in _with_actions(plan):
        if strategy.light is not TrafficLight.GREEN:
            continue
        lit = [action for action in actions if is_open(action) and action.light]
        red = [action.id for action in lit if action.light is TrafficLight.RED]
        if red and 100 * len(red) > settings.red_share * len(lit):
            verb = Text("staat", "is") if len(red) == 1 else Text("staan", "are")
            yield found_on(GREEN_OVER_RED, strategy, "light", actions=listed(red), verb=verb)


def red_over_green(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Red, though everything below it is green."""
    indicators: dict[str, list[Indicator]] = {}
    for indicator in plan.indicators:
        for written in indicator.strategies:
            indicators.setdefault(normalised_id(written), []).append(indicator)
    for strategy, actions in _with_actions(plan):
        if strategy.light is not TrafficLight.RED:
            continue
        lights = [action.light for action in actions if is_open(action)]
        lights += [indicator.light for indicator in indicators.get(normalised_id(strategy.id), ())]
        if lights and all(light is TrafficLight.GREEN for light in lights):
            yield found_on(RED_OVER_GREEN, strategy, "light")


def too_many_business(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """More business strategies than fit on a page."""
    business = [strategy for strategy in plan.strategies if strategy.kind is StrategyKind.BUSINESS]
    yield from _above(TOO_MANY_BUSINESS, business, settings.most_business_strategies)


def too_many_enabling(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """More enabling strategies than fit on a page."""
    enabling = [strategy for strategy in plan.strategies if strategy.kind is StrategyKind.ENABLING]
    yield from _above(TOO_MANY_ENABLING, enabling, settings.most_enabling_strategies)


def too_many(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """More strategies than fit on a page, where the plan does not say which kind they are."""
    if any(strategy.kind is None for strategy in plan.strategies):
        most = settings.most_business_strategies + settings.most_enabling_strategies
        yield from _above(TOO_MANY, plan.strategies, most)


CHECKS: tuple[Check, ...] = (
    text_missing,
    owner_missing,
    owner_several,
    owner_unknown,
    without_indicators,
    without_actions,
    all_done,
    not_goal_by_how,
    goal_unknown,
    without_goal,
    not_green_unexplained,
    green_over_red,
    red_over_green,
    too_many_business,
    too_many_enabling,
    too_many,
)


def _with_actions(plan: Plan) -> Iterator[tuple[Strategy, Sequence[Action]]]:
    """Every strategy with the actions that serve it."""
    serving: dict[str, list[Action]] = {}
    for action in plan.actions:
        for written in action.strategies:
            serving.setdefault(normalised_id(written), []).append(action)
    for strategy in plan.strategies:
        yield strategy, serving.get(normalised_id(strategy.id), ())


def _above(rule: Rule, strategies: Sequence[Strategy], most: int) -> Iterator[Finding]:
    """A finding at the first strategy that is one too many."""
    if len(strategies) > most:
        yield found_in(rule, strategies[most], "kind", most=most, count=len(strategies))
