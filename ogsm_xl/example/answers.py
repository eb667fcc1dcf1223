"""What the people of De Linde answer to their mails round the doing session of 10 September, for the demo to play.

One in each of the three ways: with the form, with lines in a reply, by editing the row; and one who needed a reminder.
Everybody else says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from ogsm_xl.example.content import FORM, GREEN, MAIL, NOTHING, ORANGE, ROW
from ogsm_xl.example.people import ANOUK, RACHID, RENEE, SASKIA
from ogsm_xl.plan.words import ReportSource, Status, Text, TrafficLight


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answers about one action; None or nothing where they leave it as it is."""

    item: str
    light: TrafficLight | None = None
    progress: int | None = None
    status: Status | None = None
    done: Text = NOTHING
    next: Text = NOTHING
    needed: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer: in which way, and whether only after the reminder."""

    person: str
    way: ReportSource
    said: tuple[Said, ...]
    after_reminder: bool = False


ANSWERS: tuple[Answer, ...] = (
    Answer(
        ANOUK,
        FORM,
        (
            Said(
                "A2",
                ORANGE,
                75,
                done=Text(
                    "Spoedreparaties komen nu goed door; 40 huurders hebben het portaal getest.",
                    "Urgent repairs now come through; 40 tenants have tested the portal.",
                ),
                next=Text(
                    "Handleiding drukken en de baliemedewerkers oefenen.",
                    "Print the guide and train the desk.",
                ),
                needed=Text(
                    "Een besluit voor 15 september: openen we zonder volgfunctie?",
                    "A decision before 15 September: do we open without tracking?",
                ),
            ),
            Said(
                "A6",
                GREEN,
                60,
                done=Text(
                    "Alle verzoeken van augustus zijn binnen twee dagen ingepland.",
                    "All requests of August were planned within two days.",
                ),
            ),
        ),
    ),
    Answer(
        RACHID,
        MAIL,
        (
            Said(
                "A4",
                ORANGE,
                80,
                done=Text(
                    "Het bestuur kiest voor één bedrijf. Het contract ligt klaar om te tekenen.",
                    "The board chose one contractor. The contract is ready to be signed.",
                ),
                next=Text(
                    "Tekenen op 18 september, start op 1 oktober.",
                    "Sign on 18 September, start on 1 October.",
                ),
            ),
            Said("A12", status=Status.DONE),
        ),
    ),
    Answer(
        SASKIA,
        ROW,
        (
            Said(
                "A23",
                ORANGE,
                85,
                done=Text(
                    "De derde huismeester is gekozen en begint op 5 oktober.",
                    "The third caretaker was chosen and starts on 5 October.",
                ),
                next=Text(
                    "Inwerken met de twee huismeesters die er al zijn.",
                    "Settle in with the two who are there.",
                ),
            ),
        ),
    ),
    Answer(
        RENEE,
        MAIL,
        (
            Said(
                "A28",
                GREEN,
                60,
                done=Text(
                    "Zes van de veertien coachgesprekken zijn gehouden.",
                    "Six of the fourteen coaching talks have been held.",
                ),
            ),
            Said(
                "A29",
                ORANGE,
                10,
                Status.IN_PROGRESS,
                done=Text(
                    "Begonnen met de inventarisatie; 20 november is krap.",
                    "Started on the inventory; 20 November is tight.",
                ),
                needed=Text(
                    "Van elke manager een halve dag in september.",
                    "Half a day in September from every manager.",
                ),
            ),
        ),
        after_reminder=True,
    ),
)
