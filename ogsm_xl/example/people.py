"""Who works with the plan of De Linde, and when they meet in 2026."""

from __future__ import annotations

from datetime import date, time

from ogsm_xl.example.content import NOTHING, day
from ogsm_xl.plan.model import Person, Session
from ogsm_xl.plan.words import Language, Role, SessionKind, Text

MARIEKE = "Marieke van der Veen"  # director
JOOST = "Joost Hendriks"  # corporate secretary: runs the process, owns nothing in the plan
SASKIA = "Saskia Brouwer"  # manager, housing services
RACHID = "Rachid El Amrani"  # manager, property
BAS = "Bas Vermeulen"  # manager, finance and operations
ANOUK = "Anouk de Jong"  # team leader, contact centre
PIETER_JAN = "Pieter-Jan Kuipers"  # project leader, renovation
OZLEM = "Özlem Yıldız"  # project developer
INEKE = "Ineke 't Hart"  # team leader, neighbourhoods
RENEE = "Renée Schouten"  # HR adviser
TOM = "Tom Whitaker"  # data engineer; reads English
FRITS = "Frits Dekker"  # land buyer; left on 1 July, his action was never handed over


def _person(
    name: str,
    mail: str,
    *roles: Role,
    language: Language | None = None,
    deputy: str = "",
    absent: tuple[date, date] | None = None,
    left_on: date | None = None,
) -> Person:
    return Person(
        name=name,
        mail=f"{mail}@delinde.example",
        roles=frozenset(roles),
        language=language,
        deputy=deputy,
        absent_from=absent[0] if absent else None,
        absent_until=absent[1] if absent else None,
        left_on=left_on,
    )


PEOPLE = (
    _person(MARIEKE, "marieke.vanderveen", Role.OGSM_OWNER, Role.MANAGER),
    _person(JOOST, "joost.hendriks", Role.PROCESS_OWNER),
    _person(SASKIA, "saskia.brouwer", Role.MANAGER, deputy=ANOUK),
    _person(RACHID, "rachid.elamrani", Role.MANAGER),
    _person(BAS, "bas.vermeulen", Role.MANAGER),
    _person(ANOUK, "anouk.dejong", Role.MEMBER),
    _person(
        PIETER_JAN,
        "pieterjan.kuipers",
        Role.MEMBER,
        deputy=RACHID,
        absent=(day("2026-08-31"), day("2026-09-11")),
    ),
    _person(OZLEM, "ozlem.yildiz", Role.MEMBER),
    _person(INEKE, "ineke.thart", Role.MEMBER),
    _person(RENEE, "renee.schouten", Role.MEMBER),
    _person(TOM, "tom.whitaker", Role.MEMBER, language=Language.EN),
    _person(FRITS, "frits.dekker", Role.MEMBER, left_on=day("2026-07-01")),
)

_DOING, _STEERING, _PLANNING = SessionKind.DOING, SessionKind.STEERING, SessionKind.PLANNING

_OFFICE = Text("Kantoor De Linde, zaal Beuk", "De Linde office, Beech room")
_CANTEEN = Text("Kantoor De Linde, bedrijfsrestaurant", "De Linde office, staff restaurant")
_ONLINE = Text("Online, via de link in de agenda", "Online, by the link in the calendar")
_AWAY = Text("Buurthuis De Schakel, grote zaal", "De Schakel community centre, main hall")

# Kind, day, time, minutes, place, remarks. A steering session takes the place of that month's doing session.
_CALENDAR: tuple[tuple[SessionKind, str, str, int, Text, Text], ...] = (
    (
        _DOING,
        "2026-01-15",
        "10:00",
        60,
        _OFFICE,
        Text("Eerste sessie over het nieuwe plan.", "First session on the new plan."),
    ),
    (_DOING, "2026-02-12", "10:00", 60, _OFFICE, NOTHING),
    (_DOING, "2026-03-12", "10:00", 60, _OFFICE, NOTHING),
    (
        _STEERING,
        "2026-04-09",
        "09:30",
        120,
        _CANTEEN,
        Text("Met de evaluatie van het eerste kwartaal.", "Includes the evaluation of the first quarter."),
    ),
    (
        _DOING,
        "2026-05-21",
        "10:00",
        60,
        _OFFICE,
        Text("Een week later vanwege Hemelvaartsdag.", "A week later because of Ascension Day."),
    ),
    (_DOING, "2026-06-11", "10:00", 60, _OFFICE, NOTHING),
    (
        _STEERING,
        "2026-07-09",
        "09:30",
        120,
        _CANTEEN,
        Text("Met de evaluatie van het tweede kwartaal.", "Includes the evaluation of the second quarter."),
    ),
    (_DOING, "2026-08-13", "10:00", 45, _ONLINE, Text("Korte zomersessie.", "Short summer session.")),
    (_DOING, "2026-09-10", "10:00", 60, _OFFICE, NOTHING),
    (
        _STEERING,
        "2026-10-08",
        "09:30",
        120,
        _CANTEEN,
        Text("Met de evaluatie van het derde kwartaal.", "Includes the evaluation of the third quarter."),
    ),
    (_DOING, "2026-11-12", "10:00", 60, _OFFICE, NOTHING),
    (
        _PLANNING,
        "2026-11-24",
        "09:00",
        240,
        _AWAY,
        Text(
            "Eerste dagdeel; het tweede is op 25 november, zelfde tijd en plaats.",
            "First half-day; the second is on 25 November, same time and place.",
        ),
    ),
    (_DOING, "2026-12-10", "10:00", 60, _OFFICE, NOTHING),
)

EXAMPLE_SESSION = "SES9"


def sessions(language: Language) -> tuple[Session, ...]:
    """The year of sessions, SES1 and on."""
    return tuple(
        Session(
            id=f"SES{number}",
            kind=kind,
            date=day(on),
            time=time.fromisoformat(at),
            minutes=minutes,
            place=place.in_(language),
            remarks=remarks.in_(language),
        )
        for number, (kind, on, at, minutes, place, remarks) in enumerate(_CALENDAR, start=1)
    )
