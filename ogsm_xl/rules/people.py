"""What makes people reachable, and their share of the plan something that they can carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Item, Person, Plan, normalised_name
from ogsm_xl.plan.words import Role, Status, Text
from ogsm_xl.rules.owners import has_left, is_open, open_actions, suggestions
from ogsm_xl.rules.phrases import at, day, listed, quoted
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.rules.settings import Check, RuleSettings

NO_PEOPLE = Rule(
    "OX601", Severity.ERROR, Place.PEOPLE,
    Text("Plan zonder personen", "Plan without people"),
    Text("In het blad Personen staat niemand.", "There is nobody on the People sheet."),
    Text("Zonder mailadressen kan er geen uitnodiging uit en geen verslag terugkomen.", "Without mail addresses no invitation can go out, and no report can come back."),
    Text("Zet iedere eigenaar in het blad Personen, met mailadres.", "Put every owner on the People sheet, with a mail address."),
    Text("Een leeg blad Personen", "An empty People sheet"),
    Text("Anna de Boer, anna@example.org, OGSM-eigenaar", "Anna de Boer, anna@example.org, OGSM owner"),
)  # fmt: skip
MAIL_MISSING = Rule(
    "OX602", Severity.ERROR, Place.PEOPLE,
    Text("Eigenaar zonder mailadres", "Owner without a mail address"),
    Text("{name} is eigenaar van {items}, maar heeft geen mailadres.", "{name} owns {items}, but has no mail address."),
    Text("Deze eigenaar krijgt geen uitnodiging en kan niet per mail antwoorden.", "This owner gets no invitation and cannot answer by mail."),
    Text("Vul het mailadres in.", "Fill in the mail address."),
    Text("Jan de Wit, e-mail (leeg), eigenaar van A3", "Jan de Wit, email (blank), owner of A3"),
    Text("Jan de Wit, jan@example.org", "Jan de Wit, jan@example.org"),
)  # fmt: skip
MAIL_WRONG = Rule(
    "OX603", Severity.ERROR, Place.PEOPLE,
    Text("Mailadres dat niet kan kloppen", "Mail address that cannot be right"),
    Text("Het mailadres van {name}, {mail}, kan niet kloppen.", "{name} has a mail address that cannot be right: {mail}."),
    Text("Mail naar dit adres komt nooit aan.", "Mail to this address never arrives."),
    Text("Vul één adres in, zoals naam@organisatie.nl.", "Fill in one address, such as name@organisation.org."),
    Text("jan.de.wit@", "jan.de.wit@"),
    Text("jan.de.wit@example.org", "jan.de.wit@example.org"),
)  # fmt: skip
MAIL_SHARED = Rule(
    "OX604", Severity.WARNING, Place.PEOPLE,
    Text("Twee personen met hetzelfde mailadres", "Two people with the same mail address"),
    Text("{name} en {other} hebben hetzelfde mailadres: {mail}.", "{name} and {other} have the same mail address: {mail}."),
    Text("Aan een antwoord is dan niet te zien van wie het komt.", "A reply then does not tell whom it is from."),
    Text("Geef ieder een eigen adres, of haal de dubbele regel weg.", "Give each an address of their own, or remove the duplicate row."),
    Text("Anna en Bram: mt@example.org", "Anna and Bram: board@example.org"),
    Text("Anna: anna@example.org; Bram: bram@example.org", "Anna: anna@example.org; Bram: bram@example.org"),
)  # fmt: skip
NAME_TWICE = Rule(
    "OX605", Severity.ERROR, Place.PEOPLE,
    Text("Dezelfde naam staat er twee keer", "The same name is there twice"),
    Text("{name} staat meer dan eens in het blad Personen.", "{name} is on the People sheet more than once."),
    Text("Bij een eigenaar met deze naam is niet te zeggen wie er bedoeld wordt; alleen de eerste telt.", "Nobody can tell which of them an owner's name means; only the first counts."),
    Text("Haal de dubbele regel weg, of maak de namen verschillend (Jan de Wit – Inkoop).", "Remove the duplicate row, or make the names differ (Jan de Wit – Purchasing)."),
    Text("Twee keer Jan de Wit, met verschillende adressen", "Jan de Wit twice, with different addresses"),
    Text("Jan de Wit – Inkoop; Jan de Wit – Zorg", "Jan de Wit – Purchasing; Jan de Wit – Care"),
)  # fmt: skip
LEFT_BUT_OWNS = Rule(
    "OX606", Severity.ERROR, Place.PEOPLE,
    Text("Vertrokken, maar nog eigenaar", "Left, but still owner"),
    Text("{name} is sinds {left} vertrokken en is nog eigenaar van {items}.", "{name} left on {left} and still owns {items}."),
    Text("Wie weg is, krijgt geen mail en doet geen verslag: deze regels liggen stil zonder dat iemand het merkt.", "Who has left gets no mail and makes no report: these rows stand still without anybody noticing."),
    Text("Kies voor {items} een nieuwe eigenaar.", "Choose a new owner for {items}."),
    Text("Vertrokken op 01-05-2026, eigenaar van A3", "Left on 01-05-2026, owner of A3"),
    Text("Vertrokken op 01-05-2026, A3 is van Bram", "Left on 01-05-2026, A3 belongs to Bram"),
)  # fmt: skip
LEAVES_SOON = Rule(
    "OX607", Severity.HINT, Place.PEOPLE,
    Text("Vertrekt binnenkort en is nog eigenaar", "Leaves soon and still owner"),
    Text("{name} vertrekt op {left} en is nog eigenaar van {items}.", "{name} leaves on {left} and still owns {items}."),
    Text("Nu kan het werk nog worden overgedragen.", "Now the work can still be handed over."),
    Text("Spreek af wie {items} overneemt.", "Agree who takes over {items}."),
    Text("Vertrekt over twee weken, eigenaar van A3", "Leaves in two weeks, owner of A3"),
    Text("Vertrekt over twee weken, A3 is overgedragen", "Leaves in two weeks, A3 was handed over"),
)  # fmt: skip
DEPUTY_UNKNOWN = Rule(
    "OX608", Severity.WARNING, Place.PEOPLE,
    Text("Vervanger staat niet bij Personen", "Deputy is not among the people"),
    Text("De vervanger van {name}, {deputy}, staat niet in het blad Personen.{meant}", "{name} has {deputy} as deputy, who is not on the People sheet.{meant}"),
    Text("Bij afwezigheid kan de mail dan nergens heen.", "During an absence mail then has nowhere to go."),
    Text("Schrijf de naam zoals bij Personen, of voeg de vervanger daar toe.", "Write the name as on the People sheet, or add the deputy there."),
    Text("Vervanger: secretariaat", "Deputy: the office"),
    Text("Vervanger: Bram Jansen", "Deputy: Bram Jansen"),
)  # fmt: skip
DEPUTY_IS_SELF = Rule(
    "OX609", Severity.WARNING, Place.PEOPLE,
    Text("Eigen vervanger", "Own deputy"),
    Text("{name} staat bij zichzelf als vervanger.", "{name} is their own deputy."),
    Text("Bij afwezigheid antwoordt dan niemand.", "During an absence nobody answers then."),
    Text("Kies iemand anders als vervanger.", "Choose somebody else as the deputy."),
    Text("Anna, vervanger Anna", "Anna, deputy Anna"),
    Text("Anna, vervanger Bram", "Anna, deputy Bram"),
)  # fmt: skip
DEPUTY_UNREACHABLE = Rule(
    "OX610", Severity.WARNING, Place.PEOPLE,
    Text("Vervanger is niet bereikbaar", "Deputy cannot be reached"),
    Text("De vervanger van {name}, {deputy}, {problem}.", "{name} has {deputy} as deputy, who {problem}."),
    Text("Bij afwezigheid kan de mail dan nergens heen.", "During an absence mail then has nowhere to go."),
    Text("Kies een andere vervanger, of vul het mailadres van de vervanger in.", "Choose another deputy, or fill in the deputy's mail address."),
    Text("Vervanger Piet is vertrokken", "Deputy Piet has left"),
    Text("Vervanger Bram, bram@example.org", "Deputy Bram, bram@example.org"),
)  # fmt: skip
ABSENT_WITHOUT_DEPUTY = Rule(
    "OX611", Severity.WARNING, Place.PEOPLE,
    Text("Lang afwezig zonder vervanger", "Absent for long without a deputy"),
    Text("{name} is afwezig {until} en heeft geen vervanger voor {items}.", "{name} is absent {until} and has no deputy for {items}."),
    Text("De mail blijft dan ongelezen en de regels blijven zonder verslag.", "Mail then stays unread, and the rows stay without a report."),
    Text("Vul een vervanger in, of geef de regels tijdelijk aan een ander.", "Fill in a deputy, or hand the rows to somebody else for a time."),
    Text("Afwezig 01-06 t/m 31-08, vervanger (leeg)", "Absent 01-06 to 31-08, deputy (blank)"),
    Text("Afwezig 01-06 t/m 31-08, vervanger Bram", "Absent 01-06 to 31-08, deputy Bram"),
)  # fmt: skip
ABSENCE_REVERSED = Rule(
    "OX612", Severity.WARNING, Place.PEOPLE,
    Text("Afwezigheid eindigt voor zij begint", "Absence ends before it begins"),
    Text("{name} is afwezig vanaf {start}, tot en met {end}: dat kan niet.", "{name} is absent from {start} until {end}: that cannot be."),
    Text("De mail gaat dan niet naar de vervanger.", "Mail then does not go to the deputy."),
    Text("Verbeter een van de twee datums; vaak is het jaar verkeerd.", "Correct one of the two dates; often it is the year."),
    Text("Afwezig vanaf 01-07-2026 t/m 15-06-2026", "Absent from 01-07-2026 until 15-06-2026"),
    Text("Afwezig vanaf 01-07-2026 t/m 15-07-2026", "Absent from 01-07-2026 until 15-07-2026"),
)  # fmt: skip
DEPUTY_ABSENT_TOO = Rule(
    "OX613", Severity.HINT, Place.PEOPLE,
    Text("Vervanger is tegelijk afwezig", "Deputy is absent at the same time"),
    Text("{name} en vervanger {deputy} zijn tegelijk afwezig, vanaf {start}.", "{name} and deputy {deputy} are absent at the same time, from {start} on."),
    Text("In die periode leest niemand de mail over deze regels.", "In that time nobody reads the mail about these rows."),
    Text("Kies voor deze periode een andere vervanger.", "Choose another deputy for that time."),
    Text("Anna en haar vervanger Bram: allebei weg in augustus", "Anna and her deputy Bram: both away in August"),
    Text("Anna weg in juli, vervanger Bram in augustus", "Anna away in July, deputy Bram in August"),
)  # fmt: skip
NO_PROCESS_OWNER = Rule(
    "OX614", Severity.WARNING, Place.PEOPLE,
    Text("Plan zonder proceseigenaar", "Plan without a process owner"),
    Text("Niemand in het blad Personen is proceseigenaar.", "Nobody on the People sheet is process owner."),
    Text("De proceseigenaar ziet wie verslag deed, en hoort het als een mail niet te lezen is.", "The process owner sees who reported, and hears when a mail cannot be read."),
    Text("Geef iemand de rol proceseigenaar, liefst iemand van buiten het team.", "Give somebody the role of process owner, preferably from outside the team."),
    Text("Geen enkele persoon met de rol proceseigenaar", "Not one person with the role of process owner"),
    Text("Carla: proceseigenaar", "Carla: process owner"),
)  # fmt: skip
TOO_MANY_ACTIONS = Rule(
    "OX615", Severity.HINT, Place.PEOPLE,
    Text("Te veel lopende acties voor één eigenaar", "Too many active actions for one owner"),
    Text("{name} heeft {count} lopende acties.", "{name} has {count} active actions."),
    Text("Wie zoveel tegelijk doet, maakt weinig af.", "Who does so much at once finishes little."),
    Text("Geef acties aan een ander, zet er enkele op Geparkeerd, of laat ze later beginnen.", "Hand some actions to others, park a few, or let them start later."),
    Text("Eén eigenaar met twintig lopende acties", "One owner with twenty active actions"),
    Text("Eén eigenaar met vijf lopende acties", "One owner with five active actions"),
)  # fmt: skip
WEEK_FULL = Rule(
    "OX616", Severity.HINT, Place.PEOPLE,
    Text("Te veel deadlines in één week voor één eigenaar", "Too many deadlines in one week for one owner"),
    Text("{name} heeft in de week van {week} {count} deadlines: {items}.", "{name} has {count} deadlines in the week of {week}: {items}."),
    Text("Als alles in één week af moet zijn, komt het meeste te laat.", "When everything is due in one week, most of it comes late."),
    Text("Spreid de deadlines, of geef een deel aan een ander.", "Spread the deadlines, or hand some to others."),
    Text("Acht deadlines in de week van 29 juni", "Eight deadlines in the week of 29 June"),
    Text("Twee deadlines in de week van 29 juni", "Two deadlines in the week of 29 June"),
)  # fmt: skip
TOO_MANY_STRATEGIES = Rule(
    "OX617", Severity.HINT, Place.PEOPLE,
    Text("Te veel strategieën voor één aanjager", "Too many strategies for one driver"),
    Text("{name} is aanjager van {count} strategieën: {items}.", "{name} drives {count} strategies: {items}."),
    Text("Aanjagen vraagt aandacht; wie alles aanjaagt, jaagt niets aan.", "Driving takes attention; who drives everything drives nothing."),
    Text("Geef strategieën aan andere leden van het team.", "Hand strategies to other members of the team."),
    Text("De directeur is aanjager van alle zeven strategieën", "The director drives all seven strategies"),
    Text("Zeven strategieën, vijf aanjagers", "Seven strategies, five drivers"),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    NO_PEOPLE,
    MAIL_MISSING,
    MAIL_WRONG,
    MAIL_SHARED,
    NAME_TWICE,
    LEFT_BUT_OWNS,
    LEAVES_SOON,
    DEPUTY_UNKNOWN,
    DEPUTY_IS_SELF,
    DEPUTY_UNREACHABLE,
    ABSENT_WITHOUT_DEPUTY,
    ABSENCE_REVERSED,
    DEPUTY_ABSENT_TOO,
    NO_PROCESS_OWNER,
    TOO_MANY_ACTIONS,
    WEEK_FULL,
    TOO_MANY_STRATEGIES,
)

_ADDRESS = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")


def no_people(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Nobody to write to; reported once instead of for every owner."""
    if not plan.people:
        yield NO_PEOPLE.found()


def mail_missing(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An owner without an address; who has left needs none."""
    owned = _owned(plan)
    for person in _present(plan, today):
        if not person.mail.strip() and person.name in owned:
            yield _on(MAIL_MISSING, person, "mail", items=_ids(owned[person.name]))


def mail_wrong(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Something that is no address."""
    for person in _present(plan, today):
        if person.mail.strip() and not _ADDRESS.fullmatch(person.mail.strip()):
            yield _on(MAIL_WRONG, person, "mail", mail=quoted(person.mail))


def mail_shared(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """One address for two names; the same name twice is a finding of its own."""
    seen: dict[str, Person] = {}
    for person in _present(plan, today):
        if not person.mail.strip():
            continue
        first = seen.setdefault(normalised_name(person.mail), person)
        if normalised_name(first.name) != normalised_name(person.name):
            yield _on(MAIL_SHARED, person, "mail", other=first.name, mail=person.mail)


def name_twice(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """One name for two rows."""
    seen: set[str] = set()
    for person in plan.people:
        name = normalised_name(person.name)
        if name and name in seen:
            yield _on(NAME_TWICE, person, "name")
        seen.add(name)


def left_but_owns(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Gone, but still the owner of something that is asked about."""
    owned = _owned(plan)
    for person in plan.people:
        if has_left(person, today) and person.left_on and person.name in owned:
            yield _on(
                LEFT_BUT_OWNS, person, "left_on", left=day(person.left_on), items=_ids(owned[person.name])
            )


def leaves_soon(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """About to go, and nothing handed over."""
    owned = _owned(plan)
    for person in plan.people:
        if not person.left_on or person.name not in owned:
            continue
        if 0 < (person.left_on - today).days <= settings.leaving_days:
            left, items = day(person.left_on), _ids(owned[person.name])
            yield _on(LEAVES_SOON, person, "left_on", left=left, items=items)


def deputy_unknown(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A deputy who is nobody here."""
    suggestion = suggestions(plan)
    for person in _present(plan, today):
        if person.deputy.strip() and not plan.person(person.deputy):
            deputy, meant = quoted(person.deputy), suggestion(person.deputy)
            yield _on(DEPUTY_UNKNOWN, person, "deputy", deputy=deputy, meant=meant)


def deputy_is_self(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Somebody who stands in for themselves."""
    for person in _present(plan, today):
        if person.deputy.strip() and plan.person(person.deputy) is person:
            yield _on(DEPUTY_IS_SELF, person, "deputy")


def deputy_unreachable(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A deputy who has left, or has no address."""
    for person, deputy in _deputies(plan, today):
        if has_left(deputy, today):
            problem = Text("is vertrokken", "has left")
        elif not deputy.mail.strip():
            problem = Text("heeft geen mailadres", "has no mail address")
        else:
            continue
        yield _on(DEPUTY_UNREACHABLE, person, "deputy", deputy=deputy.name, problem=problem)


def absent_without_deputy(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """Away for weeks, now or soon, with nobody to answer for what this person owns."""
    owned = _owned(plan)
    for person in _present(plan, today):
        away = _absence(person)
        if person.deputy.strip() or not away or person.name not in owned:
            continue
        first, last = away
        soon = (first - today).days <= settings.absence_days and last >= today
        if soon and (last - first).days + 1 >= settings.absence_days:
            yield _on(
                ABSENT_WITHOUT_DEPUTY,
                person,
                "deputy",
                until=_until(person.absent_until),
                items=_ids(owned[person.name]),
            )


def absence_reversed(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """An absence that ends before it begins."""
    for person in plan.people:
        start, end = person.absent_from, person.absent_until
        if start and end and end < start:
            yield _on(ABSENCE_REVERSED, person, "absent_until", start=day(start), end=day(end))


def deputy_absent_too(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Somebody and their deputy are away together, now or later."""
    for person, deputy in _deputies(plan, today):
        mine, theirs = _absence(person), _absence(deputy)
        if not mine or not theirs:
            continue
        first, last = max(mine[0], theirs[0]), min(mine[1], theirs[1])
        if first <= last and last >= today:
            start = day(max(first, today))
            yield _on(DEPUTY_ABSENT_TOO, person, "deputy", deputy=deputy.name, start=start)


def no_process_owner(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Nobody runs the process; where there are no people at all, that is the finding."""
    if plan.people and not any(Role.PROCESS_OWNER in person.roles for person in _present(plan, today)):
        yield NO_PROCESS_OWNER.found()


def too_many_actions(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """More active actions than one person can carry."""
    for person, actions in _actions_by_person(plan).items():
        count = sum(_is_active(action, today) for action in actions)
        if count > settings.most_active_actions:
            yield _on(TOO_MANY_ACTIONS, person, "name", count=count)


def week_full(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """More deadlines in one week, still to come, than one person can meet."""
    for person, actions in _actions_by_person(plan).items():
        weeks: dict[tuple[int, int], list[Action]] = {}
        for action in actions:
            if action.deadline and action.deadline >= today:
                year, week, _ = action.deadline.isocalendar()
                weeks.setdefault((year, week), []).append(action)
        for _, due in sorted(weeks.items()):
            if len(due) > settings.most_due_in_week:
                first = min(action.deadline for action in due if action.deadline)
                yield _on(WEEK_FULL, person, "name", week=day(first), count=len(due), items=_ids(due))


def too_many_strategies(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """More strategies than one person can drive."""
    driven: dict[str, list[Item]] = {}
    for strategy in plan.strategies:
        person = plan.owner_of(strategy)
        if person:
            driven.setdefault(person.name, []).append(strategy)
    for person in plan.people:
        strategies = driven.pop(person.name, [])
        if len(strategies) > settings.most_strategies_per_owner:
            yield _on(TOO_MANY_STRATEGIES, person, "name", count=len(strategies), items=_ids(strategies))


CHECKS: tuple[Check, ...] = (
    no_people,
    mail_missing,
    mail_wrong,
    mail_shared,
    name_twice,
    left_but_owns,
    leaves_soon,
    deputy_unknown,
    deputy_is_self,
    deputy_unreachable,
    absent_without_deputy,
    absence_reversed,
    deputy_absent_too,
    no_process_owner,
    too_many_actions,
    week_full,
    too_many_strategies,
)


def _on(rule: Rule, person: Person, field: str, **values: object) -> Finding:
    """A finding about a person, who is also the one to show it to."""
    name = person.name or person.mail
    return rule.found(at(person, field), item="", owner=person.name, name=name, **values)


def _present(plan: Plan, today: date) -> Sequence[Person]:
    return [person for person in plan.people if not has_left(person, today)]


def _owned(plan: Plan) -> Mapping[str, Sequence[Item]]:
    """Name of a person to what this person owns and is asked about."""
    owned: dict[str, list[Item]] = {}
    for item in plan.items:
        person = plan.owner_of(item) if is_open(item) else None
        if person:
            owned.setdefault(person.name, []).append(item)
    return owned


def _actions_by_person(plan: Plan) -> Mapping[Person, Sequence[Action]]:
    found: dict[Person, list[Action]] = {}
    for action in open_actions(plan):
        person = plan.owner_of(action)
        if person:
            found.setdefault(person, []).append(action)
    return found


def _ids(items: Sequence[Item]) -> Text:
    return listed([item.id or quoted(item.text) for item in items])


def _is_active(action: Action, today: date) -> bool:
    """In progress, or to be: the start date is past."""
    return action.status is Status.IN_PROGRESS or (action.start is not None and action.start <= today)


def _deputies(plan: Plan, today: date) -> Iterator[tuple[Person, Person]]:
    """Everybody here who has a deputy that is known, with that deputy."""
    for person in _present(plan, today):
        deputy = plan.person(person.deputy) if person.deputy.strip() else None
        if deputy and deputy is not person:
            yield person, deputy


def _absence(person: Person) -> tuple[date, date] | None:
    """First and last day of an absence; without a first day it has begun, without a last it goes on."""
    if person.absent_from is None and person.absent_until is None:
        return None
    return person.absent_from or date.min, person.absent_until or date.max


def _until(last: date | None) -> Text:
    if last is None:
        return Text("tot nader order", "until further notice")
    when = day(last)
    return Text(f"tot en met {when.nl}", f"until {when.en}")
