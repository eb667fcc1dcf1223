"""What makes the calendar a rhythm: sessions that are there, near enough to one another, on days when people work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import pairwise

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Plan, Session
from ogsm_xl.plan.words import SessionKind, Text
from ogsm_xl.rules.phrases import NOTHING, day, days, found_in, weekday, word
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.rules.settings import Check, RuleSettings

NOTHING_AHEAD = Rule(
    "OX701", Severity.WARNING, Place.SESSIONS,
    Text("Geen sessie meer in de kalender", "No session left in the calendar"),
    Text("Na vandaag staat er geen sessie meer in de kalender.", "There is no session in the calendar after today."),
    Text("Zonder sessie gaan er geen uitnodigingen uit en komen er geen verslagen binnen: het plan valt stil.", "Without a session no invitations go out and no reports come in: the plan comes to a halt."),
    Text("Zet de sessies van het komende jaar in het blad Sessies.", "Put the sessions of the coming year on the Sessions sheet."),
    Text("De laatste sessie was in december", "The last session was in December"),
    Text("Elke maand een sessie, het hele jaar", "A session every month, all year"),
)  # fmt: skip
TOO_FAR_APART = Rule(
    "OX702", Severity.HINT, Place.SESSIONS,
    Text("Sessies liggen ver uit elkaar", "Sessions are far apart"),
    Text("{name} op {date} is de eerste sessie in {gap} (na {before}).", "{name} on {date} is the first session in {gap} (after {before})."),
    Text("Tussen twee sessies door wordt er nergens over besloten; een oranje actie is dan rood.", "Between two sessions nothing is decided; by then an orange action is red."),
    Text("Plan een doensessie ertussen, of vervroeg deze.", "Put a doing session in between, or bring this one forward."),
    Text("Doensessies op 5 maart en 4 juni", "Doing sessions on 5 March and 4 June"),
    Text("Doensessies op 5 maart, 2 april, 7 mei en 4 juni", "Doing sessions on 5 March, 2 April, 7 May and 4 June"),
)  # fmt: skip
STEERING_TOO_FAR = Rule(
    "OX703", Severity.HINT, Place.SESSIONS,
    Text("Bijstuursessies liggen ver uit elkaar", "Steering sessions are far apart"),
    Text("{name} op {date} is de eerste bijstuur- of plansessie in {gap} (na {before}).", "{name} on {date} is the first steering or planning session in {gap} (after {before})."),
    Text("Elk kwartaal hoort de vraag op tafel: doen we de goede dingen?", "Every quarter the question belongs on the table: do we do the right things?"),
    Text("Plan elk kwartaal een bijstuursessie.", "Plan a steering session every quarter."),
    Text("Bijstuursessies in maart en november", "Steering sessions in March and November"),
    Text("Bijstuursessies in maart, juni en september", "Steering sessions in March, June and September"),
)  # fmt: skip
PLANNING_TOO_FAR = Rule(
    "OX704", Severity.HINT, Place.SESSIONS,
    Text("Geen plansessie binnen een jaar", "No planning session within a year"),
    Text("Tot en met {name} ({date}) staat er geen plansessie in de kalender{since}.", "Up to {name} ({date}) there is no planning session in the calendar{since}."),
    Text("Eens per jaar hoort het plan zelf op tafel: waar staan we, wat is het plan voor volgend jaar?", "Once a year the plan itself belongs on the table: where do we stand, what is next year's plan?"),
    Text("Plan een plansessie van enkele dagdelen.", "Plan a planning session of a few half days."),
    Text("Twaalf doensessies en vier bijstuursessies", "Twelve doing sessions and four steering sessions"),
    Text("Daarnaast een plansessie in november", "And a planning session in November"),
)  # fmt: skip
WEEKEND = Rule(
    "OX705", Severity.HINT, Place.SESSIONS,
    Text("Sessie in het weekend", "Session at the weekend"),
    Text("{name} op {date} valt op een {weekday}.", "{name} on {date} falls on a {weekday}."),
    Text("Vaak is dat een verkeerd ingevulde datum.", "Often such a date is a slip."),
    Text("Kies een werkdag, of zet de controle uit als jullie in het weekend bijeenkomen.", "Choose a working day, or switch this check off if you do meet at weekends."),
    Text("Doensessie op zaterdag 6 juni 2026", "Doing session on Saturday 6 June 2026"),
    Text("Doensessie op donderdag 4 juni 2026", "Doing session on Thursday 4 June 2026"),
)  # fmt: skip
HOLIDAY = Rule(
    "OX706", Severity.HINT, Place.SESSIONS,
    Text("Sessie op een feestdag", "Session on a public holiday"),
    Text("{name} op {date} valt op een feestdag: {holiday}.", "{name} on {date} falls on a public holiday: {holiday}."),
    Text("Dan is de helft van het team vrij.", "Half of the team is off then."),
    Text("Kies een andere dag.", "Choose another day."),
    Text("Doensessie op 27 april (Koningsdag)", "Doing session on 27 April (King's Day)"),
    Text("Doensessie op 28 april", "Doing session on 28 April"),
)  # fmt: skip
SAME_DAY = Rule(
    "OX707", Severity.WARNING, Place.SESSIONS,
    Text("Twee sessies op één dag", "Two sessions on one day"),
    Text("{name} is op {date}, net als {first}.", "{name} is on {date}, and so is {first}."),
    Text("Iedere eigenaar krijgt dan twee uitnodigingen voor dezelfde dag.", "Every owner then gets two invitations for the same day."),
    Text("Houd één sessie; een bijstuursessie behandelt de acties ook.", "Keep one session; a steering session treats the actions, too."),
    Text("Doensessie en bijstuursessie op 4 juni", "Doing session and steering session on 4 June"),
    Text("Bijstuursessie op 4 juni", "Steering session on 4 June"),
)  # fmt: skip
NO_ROOM_FOR_INVITATION = Rule(
    "OX708", Severity.HINT, Place.SESSIONS,
    Text("Geen ruimte voor de uitnodiging", "No room for the invitation"),
    Text("{name} op {date} is maar {gap} na {before}; de uitnodiging gaat {lead} van tevoren uit.", "{name} on {date} is only {gap} after {before}; its invitation goes out {lead} before."),
    Text("De uitnodiging komt dan al vóór de vorige sessie, en de verslagen lopen door elkaar.", "The invitation then comes before the previous session, and the reports get mixed up."),
    Text("Verzet een van de twee sessies, of zet bij deze Uitnodiging op Nee.", "Move one of the two sessions, or set Invitation to No for this one."),
    Text("Doensessie op 4 juni, bijstuursessie op 9 juni", "Doing session on 4 June, steering session on 9 June"),
    Text("Doensessie op 4 juni, bijstuursessie op 25 juni", "Doing session on 4 June, steering session on 25 June"),
)  # fmt: skip
TIME_MISSING = Rule(
    "OX709", Severity.HINT, Place.SESSIONS,
    Text("Sessie binnenkort zonder tijd", "Session soon without a time"),
    Text("{name} is over {ahead}, maar er staat nog geen tijd bij.", "{name} is in {ahead}, but has no time yet."),
    Text("De uitnodiging noemt dan alleen de dag.", "The invitation then gives the day only."),
    Text("Vul de begintijd in, zoals 10:00.", "Fill in when it begins, such as 10:00."),
    Text("Sessie over een week, tijd (leeg)", "Session in a week, time (blank)"),
    Text("Sessie over een week, 10:00", "Session in a week, 10:00"),
)  # fmt: skip
PLACE_MISSING = Rule(
    "OX710", Severity.HINT, Place.SESSIONS,
    Text("Sessie binnenkort zonder plaats", "Session soon without a place"),
    Text("{name} is over {ahead}, maar er staat nog geen plaats bij.", "{name} is in {ahead}, but has no place yet."),
    Text("In de uitnodiging staat dan niet waar iedereen moet zijn.", "The invitation then does not say where to go."),
    Text("Vul de zaal of de link in.", "Fill in the room or the link."),
    Text("Sessie over een week, plaats (leeg)", "Session in a week, place (blank)"),
    Text("Sessie over een week, zaal Beuk", "Session in a week, Beech room"),
)  # fmt: skip
ODD_HOUR = Rule(
    "OX711", Severity.HINT, Place.SESSIONS,
    Text("Sessie op een vreemd uur", "Session at an odd hour"),
    Text("{name} op {date} begint om {time}: klopt dat?", "{name} on {date} begins at {time}: is that right?"),
    Text("Vaak is het 15:00 en staat er 03:00; de mail noemt dan de verkeerde tijd.", "Often 15:00 is meant and 03:00 is written; mail then gives the wrong time."),
    Text("Verbeter de tijd.", "Correct the time."),
    Text("Doensessie om 03:00", "Doing session at 03:00"),
    Text("Doensessie om 15:00", "Doing session at 15:00"),
)  # fmt: skip
ODD_LENGTH = Rule(
    "OX712", Severity.HINT, Place.SESSIONS,
    Text("Sessie die te kort of te lang is", "Session that is too short or too long"),
    Text("{name} duurt {minutes} minuten; voor een {kind} is {least} tot {most} minuten gebruikelijk.", "{name} takes {minutes} minutes; for a {kind}, {least} to {most} minutes are usual."),
    Text("Te kort wordt voorlezen, te lang wordt vergaderen.", "Too short turns into reading out, too long into just another meeting."),
    Text("Pas de lengte aan, of kies een andere soort sessie.", "Change the length, or choose another kind of session."),
    Text("Doensessie van 180 minuten", "Doing session of 180 minutes"),
    Text("Doensessie van 60 minuten", "Doing session of 60 minutes"),
)  # fmt: skip
COUNTRY_UNKNOWN = Rule(
    "OX713", Severity.WARNING, Place.SESSIONS,
    Text("Feestdagen van dit land zijn niet bekend", "Holidays of this country are not known"),
    Text("De feestdagen van {country} zijn niet bekend; sessies op een feestdag worden niet gemeld.", "The holidays of {country} are not known; sessions on a holiday are not reported."),
    Text("Dan valt een sessie op een feestdag pas op als niemand komt.", "Then a session on a holiday is noticed only when nobody turns up."),
    Text("Vul in de instellingen de landcode in, zoals NL of BE, of niets.", "Set the country's code in the configuration, such as NL or BE, or nothing."),
    Text("Land: Holland", "Country: Holland"),
    Text("Land: NL", "Country: NL"),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    NOTHING_AHEAD,
    TOO_FAR_APART,
    STEERING_TOO_FAR,
    PLANNING_TOO_FAR,
    WEEKEND,
    HOLIDAY,
    SAME_DAY,
    NO_ROOM_FOR_INVITATION,
    TIME_MISSING,
    PLACE_MISSING,
    ODD_HOUR,
    ODD_LENGTH,
    COUNTRY_UNKNOWN,
)

_STEERS = {SessionKind.STEERING, SessionKind.PLANNING}
_USUAL_MINUTES = {SessionKind.DOING: (20, 90), SessionKind.STEERING: (60, 240)}
_DAYTIME = (time(7), time(21))
_SATURDAY = 5
_NEARLY_A_YEAR = 300  # days that a calendar spans before a planning session is missed in it
_YEARS_AHEAD = 5  # the farthest calendar that is checked against holidays


def nothing_ahead(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A calendar that has come to its end, or was never filled in."""
    held = _held(plan)
    if held and held[-1].date >= today:
        return
    if held:
        yield found_in(NOTHING_AHEAD, held[-1], "date")
    else:
        yield NOTHING_AHEAD.found()


def too_far_apart(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A coming session that is more than a month and a half after the one before, of whatever kind."""
    yield from _gaps(TOO_FAR_APART, _held(plan), today, settings.doing_gap_days)


def steering_too_far(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A coming steering session that is more than four months after the one before; a planning session steers, too."""
    steering = [session for session in _held(plan) if session.kind in _STEERS]
    yield from _gaps(STEERING_TOO_FAR, steering, today, settings.steering_gap_days)


def planning_too_far(plan: Plan, _today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A calendar that goes on for a year after the last planning session, or holds a year without any."""
    held = _held(plan)
    planning = [session for session in held if session.kind is SessionKind.PLANNING]
    if not held:
        return
    first, last = planning[-1] if planning else held[0], held[-1]
    if (last.date - first.date).days <= (settings.planning_gap_days if planning else _NEARLY_A_YEAR):
        return
    since = NOTHING
    if planning:
        when = day(first.date)
        since = Text(f" na die van {when.nl}", f" after the one of {when.en}")
    yield found_in(PLANNING_TOO_FAR, last, "date", date=day(last.date), since=since)


def weekend(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A coming session on a Saturday or Sunday."""
    for session in _coming(plan, today):
        if session.date.weekday() >= _SATURDAY:
            when, name = day(session.date), weekday(session.date)
            yield found_in(WEEKEND, session, "date", date=when, weekday=name)


def holiday(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A coming session on a public holiday of the country that is set."""
    coming = [session for session in _coming(plan, today) if session.date.year - today.year <= _YEARS_AHEAD]
    if not coming or not settings.holiday_country:
        return
    names = _holidays(settings.holiday_country, sorted({session.date.year for session in coming}))
    if names is None:
        yield COUNTRY_UNKNOWN.found(country=settings.holiday_country)
        return
    for session in coming:
        if session.date in names:
            when = day(session.date)
            yield found_in(HOLIDAY, session, "date", date=when, holiday=names[session.date])


def same_day(plan: Plan, _today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """Two sessions of which one must be a slip."""
    for before, session in pairwise(_held(plan)):
        if before.date == session.date:
            yield found_in(SAME_DAY, session, "date", date=day(session.date), first=_named(before))


def no_room_for_invitation(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A coming session whose invitation would go out before the previous session was held."""
    for before, session in pairwise(_held(plan)):
        gap = (session.date - before.date).days
        if session.invitation and session.date >= today and 0 < gap < settings.invitation_days:
            yield found_in(
                NO_ROOM_FOR_INVITATION,
                session,
                "date",
                date=day(session.date),
                gap=days(gap),
                before=_named(before),
                lead=days(settings.invitation_days),
            )


def time_missing(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A session that is near, and nobody knows when it begins."""
    for session in _coming(plan, today):
        ahead = (session.date - today).days
        if session.time is None and 0 < ahead <= settings.ready_days:
            yield found_in(TIME_MISSING, session, "time", ahead=days(ahead))


def place_missing(plan: Plan, today: date, settings: RuleSettings) -> Iterator[Finding]:
    """A session that is near, and nobody knows where it is."""
    for session in _coming(plan, today):
        ahead = (session.date - today).days
        if not session.place.strip() and 0 < ahead <= settings.ready_days:
            yield found_in(PLACE_MISSING, session, "place", ahead=days(ahead))


def odd_hour(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A coming session at night."""
    first, last = _DAYTIME
    for session in _coming(plan, today):
        if session.time and not first <= session.time <= last:
            clock = f"{session.time:%H:%M}"
            yield found_in(ODD_HOUR, session, "time", date=day(session.date), time=clock)


def odd_length(plan: Plan, today: date, _settings: RuleSettings) -> Iterator[Finding]:
    """A coming doing or steering session of a length that does not suit it."""
    for session in _coming(plan, today):
        if session.minutes is None or session.kind not in _USUAL_MINUTES:
            continue
        least, most = _USUAL_MINUTES[session.kind]
        if not least <= session.minutes <= most:
            kind = word(session.kind)
            yield found_in(
                ODD_LENGTH,
                session,
                "minutes",
                minutes=session.minutes,
                kind=Text(kind.nl.lower(), kind.en.lower()),
                least=least,
                most=most,
            )


CHECKS: tuple[Check, ...] = (
    nothing_ahead,
    too_far_apart,
    steering_too_far,
    planning_too_far,
    weekend,
    holiday,
    same_day,
    no_room_for_invitation,
    time_missing,
    place_missing,
    odd_hour,
    odd_length,
)


def _held(plan: Plan) -> Sequence[Session]:
    """The sessions that take place or took place, by date."""
    return sorted(
        (session for session in plan.sessions if not session.cancelled), key=lambda session: session.date
    )


def _coming(plan: Plan, today: date) -> Sequence[Session]:
    return [session for session in _held(plan) if session.date >= today]


def _gaps(rule: Rule, sessions: Sequence[Session], today: date, most: int) -> Iterator[Finding]:
    """The coming sessions that are more days after the previous one than they should be."""
    for before, session in pairwise(sessions):
        gap = (session.date - before.date).days
        if gap > most and session.date >= today:
            when, since = day(session.date), day(before.date)
            yield found_in(rule, session, "date", date=when, gap=days(gap), before=since)


def _named(session: Session) -> Text:
    """A session within a sentence: SES4 (4 juni 2026)."""
    when = day(session.date)
    return Text(f"{session.id} ({when.nl})", f"{session.id} ({when.en})") if session.id.strip() else when


def _holidays(country: str, years: Sequence[int]) -> dict[date, Text] | None:
    """Public holidays with their names; None where the country is not known."""
    # Imported here: a tenth of a second that only plans with coming sessions need.
    import holidays  # noqa: PLC0415

    names: list[dict[date, str]] = []
    for language in ("nl", "en_US"):
        try:
            found = holidays.country_holidays(country, years=years, language=language)
        except NotImplementedError:
            return None
        names.append(dict(found.items()))
    dutch, english = names
    return {when: Text(name, english.get(when, name)) for when, name in dutch.items()}
