"""What is wrong in the example on purpose, so that checking the plan has something to find."""

from __future__ import annotations

from ogsm_xl.plan.words import Text

FAULTS: tuple[tuple[str, Text], ...] = (
    (
        "S4",
        Text(
            "De strategie zegt niet door wat: het HOE ontbreekt",
            "The strategy does not say by what: the HOW is missing",
        ),
    ),
    ("I12", Text("De indicator heeft geen streefwaarde", "The indicator has no target")),
    ("A6", Text("Dagelijks werk, geen actie", "Daily routine, not an action")),
    ("A12", Text("Groen, maar de deadline is verstreken", "Green, though the deadline has passed")),
    ("A13", Text("100 %, maar nog niet afgerond", "100%, but not done")),
    ("A16", Text("Afgerond, maar de voortgang is 90 %", "Done, but progress is 90%")),
    ("A17", Text("Geen eigenaar", "No owner")),
    ("A21", Text("De eigenaar staat niet bij de personen", "The owner is not among the people")),
    ("A22", Text("De deadline ligt voor de start", "The deadline is before the start")),
    ("A27", Text("Mee bezig, maar zonder startdatum", "In progress, but without a start date")),
    (
        "A29",
        Text(
            "De startdatum is voorbij, maar er is niet begonnen",
            "The start date has passed, but nothing was started",
        ),
    ),
)
"""Item ID and what is wrong with it, as the plan stands on 1 September 2026.

Lateness that is told honestly (A4 is red and past its deadline) is no fault, but the business of a session.
"""
