"""What the history of reports and decisions tells: trends that ask for a choice, and reports that lead nowhere.

A report is never changed, so what is wrong with an old one cannot be mended: those are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Item, Objective, Plan, Report, kind_of, normalised_id
from ogsm_xl.plan.words import Status, Text, TrafficLight
from ogsm_xl.rules.history import last_per_period
from ogsm_xl.rules.owners import is_open, unknown
from ogsm_xl.rules.phrases import at, called, day, found_on, percent, quoted, word
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.rules.settings import Check, RuleSettings

ITEM_UNKNOWN = Rule(
    "OX801", Severity.WARNING, Place.REPORTS,
    Text("Verslag over iets wat er niet is", "Report on something that is not there"),
    Text("{name} gaat over {about}, maar dat staat niet in dit plan.", "{name} is about {about}, which is not in this plan."),
    Text("Wat hier verslagen is, komt in geen enkele sessie terecht.", "What was reported here reaches no session."),
    Text("Verbeter het ID, of zet de regel terug in het plan (als Afgerond of Geparkeerd).", "Correct the ID, or put the row back into the plan (as Done or Parked)."),
    Text("Verslag over A99 (het plan heeft A1 tot en met A30)", "Report on A99 (the plan has A1 to A30)"),
    Text("Verslag over A9", "Report on A9"),
)  # fmt: skip
DAY_MISSING = Rule(
    "OX802", Severity.WARNING, Place.REPORTS,
    Text("Verslag zonder datum", "Report without a date"),
    Text("{name} over {about} heeft geen datum.", "{name} on {about} has no date."),
    Text("Een verslag zonder datum telt niet mee: de eigenaar krijgt toch een herinnering.", "A report without a date does not count: its owner is reminded all the same."),
    Text("Vul in wanneer het verslag is gemaakt.", "Fill in when the report was made."),
    Text("Datum (leeg), over A3", "Date (blank), on A3"),
    Text("Datum 28-05-2026, over A3", "Date 28-05-2026, on A3"),
)  # fmt: skip
MADE_LATER = Rule(
    "OX803", Severity.WARNING, Place.REPORTS,
    Text("Verslag uit de toekomst", "Report from the future"),
    Text("{name} over {about} is van {made}, en die dag moet nog komen.", "{name} on {about} is of {made}, a day that is still to come."),
    Text("Tot die dag geldt dit verslag als het nieuwste, wat er ook binnenkomt.", "Until that day this report counts as the latest, whatever comes in."),
    Text("Verbeter de datum; vaak is het jaar verkeerd.", "Correct the date; often it is the year."),
    Text("Datum 28-05-2062", "Date 28-05-2062"),
    Text("Datum 28-05-2026", "Date 28-05-2026"),
)  # fmt: skip
SESSION_UNKNOWN = Rule(
    "OX804", Severity.HINT, Place.REPORTS,
    Text("Verslag voor een sessie die er niet is", "Report for a session that is not there"),
    Text("{name} over {about} is voor sessie {session}, maar die staat niet in de kalender.", "{name} on {about} is for session {session}, which is not in the calendar."),
    Text("Het verslag telt dan bij geen enkele sessie mee.", "The report then counts for no session."),
    Text("Zet de sessie terug in de kalender (desnoods als Vervallen), of verbeter het ID.", "Put the session back into the calendar (as Cancelled if need be), or correct the ID."),
    Text("Sessie SES99", "Session SES99"),
    Text("Sessie SES9", "Session SES9"),
)  # fmt: skip
BY_UNKNOWN = Rule(
    "OX805", Severity.HINT, Place.REPORTS,
    Text("Verslag van iemand die niet bij Personen staat", "Report by somebody who is not among the people"),
    Text("{name} over {about} is gemaakt door {who}, maar die staat niet in het blad Personen.", "{name} on {about} was made by {who}, who is not on the People sheet."),
    Text("Aan een onbekende naam is niets na te vragen.", "Nobody can be asked about a report by an unknown name."),
    Text("Schrijf de naam zoals bij Personen, of voeg de persoon daar toe.", "Write the name as on the People sheet, or add the person there."),
    Text("Door: stagiair", "By: trainee"),
    Text("Door: Bram Jansen", "By: Bram Jansen"),
)  # fmt: skip
KIND_WRONG = Rule(
    "OX806", Severity.HINT, Place.REPORTS,
    Text("Soort past niet bij waar het verslag over gaat", "Kind does not match what the report is about"),
    Text("{name} heeft als soort {kind}, maar {about} is een {real}.", "{name} has the kind {kind}, but {about} is an item of kind {real}."),
    Text("Overzichten per soort tellen dit verslag dan verkeerd.", "Overviews per kind then count this report wrongly."),
    Text("Verbeter de soort of het ID.", "Correct the kind or the ID."),
    Text("Soort Indicator, over A3", "Kind Indicator, on A3"),
    Text("Soort Actie, over A3", "Kind Action, on A3"),
)  # fmt: skip
ORANGE_AGAIN = Rule(
    "OX807", Severity.HINT, Place.REPORTS,
    Text("Steeds weer oranje", "Orange again and again"),
    Text("{name} staat voor de {count}e keer op rij op oranje, sinds {since}.", "{name} is orange {count} times in a row, since {since}."),
    Text("Oranje betekent: met de juiste ingreep komt het goed. Blijft het steeds oranje, dan werkt de ingreep niet.", "Orange means: the right intervention mends it. If it stays orange, the intervention does not work."),
    Text("Bespreek wat er echt aan de hand is: een andere ingreep, of rood en een keuze.", "Discuss what is really the matter: another intervention, or red and a choice."),
    Text("Oranje in maart, april en mei", "Orange in March, April and May"),
    Text("Oranje in maart en april, groen in mei", "Orange in March and April, green in May"),
)  # fmt: skip
RED_AGAIN = Rule(
    "OX808", Severity.HINT, Place.REPORTS,
    Text("Steeds weer rood", "Red again and again"),
    Text("{name} staat voor de {count}e keer op rij op rood, sinds {since}.", "{name} is red {count} times in a row, since {since}."),
    Text("Rood vraagt om een keuze; blijft het steeds rood, dan is die niet gemaakt.", "Red asks for a choice; if it stays red, none was made."),
    Text("Kies nu: later, minder, een lagere kwaliteit, of stoppen. Schrijf het bij Besluiten op.", "Choose now: later, less, lower quality, or stop. Write it down under Decisions."),
    Text("Rood in maart, april en mei, geen besluit", "Red in March, April and May, no decision"),
    Text("Rood in maart, besluit: alleen fase 1", "Red in March, decision: only phase 1"),
)  # fmt: skip
WENT_BACK = Rule(
    "OX809", Severity.HINT, Place.REPORTS,
    Text("Voortgang die terugliep", "Progress that went back"),
    Text("De voortgang van {name} ging terug van {before} naar {now}.", "{name} went back in progress, from {before} to {now}."),
    Text("Er kwam werk bij, of het ging eerder te vlot; de sessie wil weten welk van de twee.", "Work was added, or the earlier figure was too rosy; the session wants to know which."),
    Text("Leg het uit bij Stand van zaken, of verbeter het getal.", "Explain it under Update, or correct the figure."),
    Text("April 60 %, mei 40 %", "April 60%, May 40%"),
    Text("April 60 %, mei 70 %", "April 60%, May 70%"),
)  # fmt: skip
STANDSTILL = Rule(
    "OX810", Severity.HINT, Place.REPORTS,
    Text("Groen, maar de voortgang staat stil", "Green, but progress stands still"),
    Text("{name} staat op groen, maar de voortgang is al {count} verslagen {progress}.", "{name} is green, but its progress has been {progress} for {count} reports."),
    Text("Een actie die stilstaat, ligt niet op schema, of haar voortgang wordt niet bijgehouden.", "An action that stands still is not on schedule, or nobody updates its progress."),
    Text("Vul de echte voortgang in, of pas het licht aan.", "Fill in the real progress, or change the light."),
    Text("Maart, april en mei: Groen en 40 %", "March, April and May: Green and 40%"),
    Text("Maart 40 %, april 50 %, mei 65 %", "March 40%, April 50%, May 65%"),
)  # fmt: skip
ROW_BEHIND = Rule(
    "OX811", Severity.WARNING, Place.REPORTS,
    Text("Het laatste verslag staat niet in de regel", "The latest report is not in the row"),
    Text("{name}: {what} is {row} in het plan, maar {reported} in het verslag van {made}.", "{name}: {what} is {row} in the plan, but {reported} in the report of {made}."),
    Text("De sessie kijkt naar de regel in het plan; het verslag van de eigenaar telt dan niet.", "The session looks at the row of the plan, so what the owner reported does not count."),
    Text("Neem over wat er in het verslag staat, of maak een nieuw verslag.", "Copy what the report says, or make a new report."),
    Text("Regel: Groen, bijgewerkt 1 april; verslag van 28 mei: Rood", "Row: Green, updated 1 April; report of 28 May: Red"),
    Text("Regel: Rood, bijgewerkt 28 mei; verslag van 28 mei: Rood", "Row: Red, updated 28 May; report of 28 May: Red"),
)  # fmt: skip
MEASURED_AFTER = Rule(
    "OX812", Severity.WARNING, Place.REPORTS,
    Text("Gemeten na het verslag", "Measured after the report"),
    Text("{name} over {about} is van {made}, maar noemt een meting van {measured}.", "{name} on {about} is of {made}, but gives a measurement of {measured}."),
    Text("Een van de twee datums klopt niet; de trend in de grafiek dan ook niet.", "One of the two dates is wrong, and so is the trend in the chart."),
    Text("Verbeter de datum van de meting; vaak is het jaar verkeerd.", "Correct the day of the measurement; often it is the year."),
    Text("Verslag van 28-05-2026, gemeten op 31-05-2027", "Report of 28-05-2026, measured on 31-05-2027"),
    Text("Verslag van 28-05-2026, gemeten op 30-04-2026", "Report of 28-05-2026, measured on 30-04-2026"),
)  # fmt: skip
DECISION_UNKNOWN = Rule(
    "OX813", Severity.WARNING, Place.REPORTS,
    Text("Besluit over iets wat er niet is", "Decision on something that is not there"),
    Text("{name} gaat over {about}, maar dat staat niet in dit plan.", "{name} is about {about}, which is not in this plan."),
    Text("Wie de actie of strategie opzoekt, vindt het besluit niet.", "Whoever looks up the action or strategy does not find the decision."),
    Text("Verbeter het ID, of maak het leeg bij een algemeen besluit.", "Correct the ID, or clear it for a general decision."),
    Text("Besluit over A99", "Decision on A99"),
    Text("Besluit over A9", "Decision on A9"),
)  # fmt: skip
DECISION_OWNER_UNKNOWN = Rule(
    "OX814", Severity.WARNING, Place.REPORTS,
    Text("Uitvoerder van een besluit staat niet bij Personen", "Owner of a decision is not among the people"),
    Text("{name} wordt uitgevoerd door {who}, maar die staat niet in het blad Personen.", "{name} is to be carried out by {who}, who is not on the People sheet."),
    Text("Een besluit zonder bekende uitvoerder blijft liggen.", "A decision without somebody known to carry it out is left lying."),
    Text("Schrijf de naam zoals bij Personen.", "Write the name as on the People sheet."),
    Text("Eigenaar: iedereen", "Owner: everybody"),
    Text("Eigenaar: Bram Jansen", "Owner: Bram Jansen"),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    ITEM_UNKNOWN,
    DAY_MISSING,
    MADE_LATER,
    SESSION_UNKNOWN,
    BY_UNKNOWN,
    KIND_WRONG,
    ORANGE_AGAIN,
    RED_AGAIN,
    WENT_BACK,
    STANDSTILL,
    ROW_BEHIND,
    MEASURED_AFTER,
    DECISION_UNKNOWN,
    DECISION_OWNER_UNKNOWN,
)

_STEP_BACK = 10  # percentage points; less is rounding


def item_unknown(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A recent report on something that the plan does not have; once per item, at its latest report."""
    latest: dict[str, Report] = {}
    for report in _recent(plan, today, settings):
        if plan.item(report.item) is None:
            latest[normalised_id(report.item)] = report
    for report in latest.values():
        yield _on_report(ITEM_UNKNOWN, report, "item")


def day_missing(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A report that counts for nothing."""
    for report in plan.reports:
        if report.made_at is None:
            yield _on_report(DAY_MISSING, report, "made_at")


def made_later(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A report of a day that is still to come."""
    for report in plan.reports:
        if report.made_at is not None and report.made_at.date() > today:
            yield _on_report(MADE_LATER, report, "made_at", made=day(report.made_at))


def session_unknown(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A recent report for a session that the calendar does not have."""
    known = {normalised_id(session.id) for session in plan.sessions}
    for report in _recent(plan, today, settings):
        if report.session.strip() and normalised_id(report.session) not in known:
            yield _on_report(SESSION_UNKNOWN, report, "session", session=quoted(report.session))


def by_unknown(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A recent report by nobody who is known."""
    if not plan.people:
        return
    recent = list(_recent(plan, today, settings))
    nobody = {by for by in {report.by for report in recent} if by.strip() and not plan.person(by)}
    for report in recent:
        if report.by in nobody:
            yield _on_report(BY_UNKNOWN, report, "by", who=quoted(report.by))


def kind_wrong(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A recent report that calls an action an indicator."""
    for report in _recent(plan, today, settings):
        item = plan.item(report.item) if report.kind else None
        if item and report.kind is not kind_of(item):
            kind, real = word(report.kind), word(kind_of(item))
            yield _on_report(KIND_WRONG, report, "kind", kind=kind, real=Text(real.nl.lower(), real.en))


def orange_again(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Orange for several periods in a row, and still."""
    yield from _same_light(plan, TrafficLight.ORANGE, ORANGE_AGAIN, settings)


def red_again(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Red for several periods in a row, and still."""
    yield from _same_light(plan, TrafficLight.RED, RED_AGAIN, settings)


def went_back(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Less done than in the period before, according to a recent report that does not say why."""
    for action in plan.actions:
        if not is_open(action):
            continue
        told = [report for report in islice(last_per_period(plan, action), 2) if report.progress is not None]
        if len(told) < 2 or not _is_recent(told[0], today, settings):
            continue
        now, before = told[0].progress, told[1].progress
        if now is None or before is None or before - now < _STEP_BACK or told[0].proposal.strip():
            continue
        if action.progress == now:
            yield found_on(WENT_BACK, action, "progress", before=percent(before), now=percent(now))


def standstill(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Green in several periods in a row, at the same progress, and still; the first steps and the last may take long."""
    count = settings.standstill_reports
    for action in plan.actions:
        if action.light is not TrafficLight.GREEN or action.status is not Status.IN_PROGRESS:
            continue
        progress = action.progress
        if progress is None or not 0 < progress < 100:
            continue
        told = list(islice(last_per_period(plan, action), count))
        same = [r for r in told if r.progress == progress and r.light is TrafficLight.GREEN]
        if count > 1 and len(same) == count:
            yield found_on(STANDSTILL, action, "progress", count=count, progress=percent(progress))


def row_behind(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """The row was updated before its latest report, and says something else; one finding per row, status first."""
    for item in plan.items:
        last = next(reversed(plan.reports_on(item)), None)
        if isinstance(item, Objective) or last is None or last.made_at is None or last.made_at.date() > today:
            continue
        updated_on = getattr(item, "updated_on", None) or getattr(item, "measured_on", None)
        if updated_on is None or updated_on >= last.made_at.date():
            continue
        yield from islice(_differences(item, last), 1)


def measured_after(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A recent report with a value that was measured after it was made."""
    for report in _recent(plan, today, settings):
        if report.made_at and report.measured_on and report.measured_on > report.made_at.date():
            made, measured = day(report.made_at), day(report.measured_on)
            yield _on_report(MEASURED_AFTER, report, "measured_on", made=made, measured=measured)


def decision_unknown(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A recent decision on something that the plan does not have."""
    goals = {normalised_id(goal.id) for goal in plan.goals}
    for decision in plan.decisions:
        recent = decision.decided_on is None or (today - decision.decided_on).days <= settings.recent_days
        item = normalised_id(decision.item)
        if recent and item and item not in goals and plan.item(item) is None:
            about = quoted(decision.item)
            yield DECISION_UNKNOWN.found(
                at(decision, "item"), item=decision.id, name=called(decision), about=about
            )


def decision_owner_unknown(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A recent decision that nobody known carries out; several may."""
    for decision in plan.decisions:
        recent = decision.decided_on is None or (today - decision.decided_on).days <= settings.recent_days
        if recent and unknown(plan, decision.owner):
            yield found_on(DECISION_OWNER_UNKNOWN, decision, "owner", who=quoted(decision.owner))


CHECKS: tuple[Check, ...] = (
    item_unknown,
    day_missing,
    made_later,
    session_unknown,
    by_unknown,
    kind_wrong,
    orange_again,
    red_again,
    went_back,
    standstill,
    row_behind,
    measured_after,
    decision_unknown,
    decision_owner_unknown,
)


def _on_report(rule: Rule, report: Report, field: str, **values: object) -> Finding:
    """A finding about a report; it concerns the item that the report is about."""
    return rule.found(
        at(report, field),
        item=report.item,
        owner="",
        name=called(report),
        about=quoted(report.item),
        **values,
    )


def _is_recent(report: Report, today: date, settings: RuleSettings) -> bool:
    """Whether a report can still be mended: it is not history yet."""
    return report.made_at is not None and (today - report.made_at.date()).days <= settings.recent_days


def _recent(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Report]:
    return (report for report in plan.reports if _is_recent(report, today, settings))


def _same_light(plan: Plan, light: TrafficLight, rule: Rule, settings: RuleSettings) -> Iterator[Finding]:
    """The items whose row and last periods all show this light; reports without a light say nothing."""
    for item in plan.items:
        if item.light is not light or not is_open(item):
            continue
        count, since = 0, None
        for report in last_per_period(plan, item):
            if report.light is light:
                count, since = count + 1, report.made_at
            elif report.light is not None:
                break
        if since and count >= settings.same_light_reports:
            yield found_on(rule, item, "light", count=count, since=day(since))


def _differences(item: Item, last: Report) -> Iterator[Finding]:
    """What a report says differently from the row; what it leaves open is no difference."""
    made = day(last.made_at) if last.made_at else Text("", "")
    if isinstance(item, Action):
        if last.status and last.status is not item.status:
            what, row, reported = Text("de status", "the status"), word(item.status), word(last.status)
            yield found_on(ROW_BEHIND, item, "status", what=what, row=row, reported=reported, made=made)
        if last.progress is not None and last.progress != item.progress:
            what, reported = Text("de voortgang", "the progress"), percent(last.progress)
            row = percent(item.progress) if item.progress is not None else word(None)
            yield found_on(ROW_BEHIND, item, "progress", what=what, row=row, reported=reported, made=made)
    if last.light and last.light is not item.light:
        what, row, reported = Text("het licht", "the light"), word(item.light), word(last.light)
        yield found_on(ROW_BEHIND, item, "light", what=what, row=row, reported=reported, made=made)
