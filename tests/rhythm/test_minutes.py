"""The minutes of a session: what was typed, and what of it changes the plan."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from ogsm_xl.plan.cells import CellRef, RowRef, TablePlace
from ogsm_xl.plan.model import Action, Decision, Evaluation, Plan
from ogsm_xl.plan.words import EvaluationSubject, Language, Status
from ogsm_xl.rhythm.minutes import Line, Part, Typed, is_in, minutes_of, minutes_table
from tests.support.plans import plan_of

WHERE = CellRef("Bespreken", 9, 3)
COLUMNS = {"id": 1, "text": 2, "deadline": 3, "status": 4, "done_on": 5}


def plan() -> Plan:
    """Three actions from row 5 on."""
    made = plan_of("""
        person    Anna anna@example.org
        strategy  S1 Anna "Korter wachten"
        action    A1 Anna S1 "Website vernieuwd" 2026-01-05..2026-06-30 in_progress red
        action    A2 Anna S1 "Buurtfeest gehouden" 2026-01-05..2026-05-31 done done_on=2026-05-20
        action    A3 Anna S1 "Enquête gehouden" 2026-09-01..2026-12-01 to_do
        session   SES1 steering 2026-07-09 10:00
        decision  A1 2026-07-09 SES1 Anna text="Anna belt"
    """)
    place = TablePlace("Acties", 4, COLUMNS)
    rows = [dataclasses.replace(each, row=RowRef(place, 5 + n)) for n, each in enumerate(made.actions)]
    return dataclasses.replace(made, actions=tuple(rows))


def line(typed: Typed) -> Line:
    """The one line of the minutes."""
    found = plan()
    return minutes_of(found, found.sessions[0], [typed], Language.NL)[0]


@pytest.mark.parametrize(
    ("typed", "cells", "decided"),
    [
        (
            Typed(Part.DISCUSSED, WHERE, "A1", text="Halveren", cause="Te duur", who="anna@example.org", deadline=date(2026, 9, 1)),
            {"C5": (date(2026, 6, 30), date(2026, 9, 1))},
            "Halveren (oorzaak: Te duur)",
        ),
        (Typed(Part.DISCUSSED, WHERE, "A1", deadline=date(2026, 6, 30)), {}, "Nieuwe deadline"),
        (Typed(Part.DISCUSSED, WHERE, "A1", cause="{duur}"), {}, "Oorzaak: {duur}"),
        (Typed(Part.DISCUSSED, WHERE, "A1", who="Anna"), {}, "Wie: Anna"),
        (Typed(Part.CHECKED, WHERE, "A2", answer=True), {}, None),
        (
            Typed(Part.CHECKED, WHERE, "A2", answer=False, text="Opruimen"),
            {"D6": (Status.DONE, Status.IN_PROGRESS), "E6": (date(2026, 5, 20), None)},
            "Nog niet afgerond: Opruimen",
        ),
        (Typed(Part.PRIORITY, WHERE, "A3", answer=True), {"D7": (Status.TO_DO, Status.IN_PROGRESS)}, "Prioriteit, begint nu"),
        (Typed(Part.PRIORITY, WHERE, "A3", answer=False), {}, None),
        (Typed(Part.CONCLUDED, WHERE, "S1", text="Stoppen"), {}, "Stoppen"),
    ],
)  # fmt: skip
def test_what_changes_in_the_plan(
    typed: Typed, cells: dict[str, tuple[object, object]], decided: str | None
) -> None:
    """New deadlines and statuses; and what was decided about an item, for the list of decisions."""
    found = line(typed)
    assert {c.cell.address: (c.before, c.after) for c in found.changes} == cells
    assert (found.row.text if isinstance(found.row, Decision) else None) == decided


def test_a_decision_says_who_when_and_of_which_session() -> None:
    """By the name that the plan has for a person."""
    typed = Typed(
        Part.DISCUSSED, WHERE, "a1", text="Bellen", who="anna@example.org", deadline=date(2026, 9, 1)
    )
    decision = line(typed).row
    assert isinstance(decision, Decision)
    assert (decision.session, decision.decided_on, decision.item) == ("SES1", date(2026, 7, 9), "A1")
    assert (decision.owner, decision.deadline) == ("Anna", date(2026, 9, 1))


def test_what_is_not_in_the_plan_changes_nothing() -> None:
    """It is told; so is a name that nobody has."""
    found = line(Typed(Part.DISCUSSED, WHERE, "A9", text="Bellen", who="Zoë"))
    assert (found.changes, found.row) == ((), None)
    assert [note.nl for note in found.notes] == [
        "A9 staat niet (meer) in het plan: er wordt niets gewijzigd.",
        "A9: Zoë staat niet bij de personen van het plan.",
    ]


def test_a_new_action_is_a_row_of_its_own() -> None:
    """Not started yet, under the strategy that was chosen; one that the plan does not have is told."""
    typed = Typed(
        Part.NEW_ACTION, WHERE, about="Huurdersraad ingericht", strategy="S1 Korter…", who="Anna", deadline=date(2026, 12, 1)
    )  # fmt: skip
    assert line(typed).row == Action(
        "", "Huurdersraad ingericht", ("S1",), "Anna", deadline=date(2026, 12, 1), status=Status.TO_DO
    )
    unknown = line(dataclasses.replace(typed, strategy="Goede buurten"))
    assert isinstance(unknown.row, Action)
    assert unknown.row.strategies == ()
    assert "Goede buurten" in unknown.notes[0].nl
    unnamed = line(Typed(Part.NEW_ACTION, WHERE, who="Anna"))
    assert (unnamed.row, ["ontbreekt de actie zelf" in note.nl for note in unnamed.notes]) == (None, [True])


def test_a_deadline_before_the_session_is_asked_about() -> None:
    """A slip of the year, most often; it is written as it was typed all the same."""
    found = line(Typed(Part.DISCUSSED, WHERE, "A1", deadline=date(2025, 9, 1)))
    assert [note.nl for note in found.notes] == [
        "A1: de deadline, 1 september 2025, ligt voor de sessie. Klopt dat?"
    ]
    assert len(found.changes) == 1
    assert line(Typed(Part.DISCUSSED, WHERE, "A1", deadline=date(2026, 6, 30))).notes == ()


def test_an_evaluation_is_of_the_quarter_before_the_session() -> None:
    """One row for each subject."""
    typed = Typed(Part.EVALUATED, WHERE, about="Het proces", text="…", evaluated=("Korter", "", "Mailen"))
    assert line(typed).row == Evaluation(
        "", "2026-Q2", EvaluationSubject.PROCESS, improve="Korter", stop="Mailen"
    )


def test_next_years_plan_is_for_people() -> None:
    """The minutes say so."""
    found = line(Typed(Part.UPDATED, WHERE, "A1", about="Website vernieuwd", text="Vervalt"))
    assert found.by_hand is not None
    assert (found.changes, found.row) == ((), None)


def test_a_decision_that_the_list_has() -> None:
    """Whatever its capitals and blanks."""
    same = line(Typed(Part.DISCUSSED, WHERE, "A1", text="anna  BELT")).row
    other = line(Typed(Part.DISCUSSED, WHERE, "A1", text="Anna schrijft")).row
    assert same is not None
    assert other is not None
    assert is_in(same, plan())
    assert not is_in(other, plan())


def test_the_minutes_as_a_table() -> None:
    """A row for each line: what was said, and what it does to the plan."""
    found = line(Typed(Part.CHECKED, WHERE, "A2", answer=False, text="Opruimen"))
    table = minutes_table([found], ["Acties!D6"], Language.NL)
    assert table.rows == (
        ("Alles gedaan?", "A2", "Buurtfeest gehouden", "", "Nee. Opruimen", "", None, "Acties!D6"),
    )
