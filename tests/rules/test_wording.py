"""Words that tell effort from result, routine, a how, a moved deadline, a changed target."""

from __future__ import annotations

import pytest

from ogsm_xl.rules import wording


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mogelijkheden voor samenwerking verkennen", ("verkennen",)),
        ("Aandacht voor werkplezier", ("aandacht",)),
        ("Aan de slag met wonen en zorg", ("aan de slag",)),
        ("Beleid verbeteren", ("verbeteren",)),
        ("Look into a customer portal", ("look into",)),
        ("Explore and discuss the options", ("explore", "discuss")),
    ],
)
def test_effort_is_found_with_its_words(text: str, words: tuple[str, ...]) -> None:
    """The hint shows the words that caused it."""
    assert wording.effort_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Besluit over het klantportaal genomen",
        "Alle 240 woningen in de Vogelbuurt geïsoleerd",
        "Ondersteunen van bewoners is vastgelegd in een werkwijze",
        "Wachttijd verbeteren van 40 naar 20 maanden",
        "Nieuwe website bouwen",
        "Onderzoek naar daklekkages afgerond",
        "Support desk opened in all three offices",
        "Explored: three options for the portal",
        "Contract signed with one supplier",
        "",
    ],
)
def test_a_result_is_left_alone(text: str) -> None:
    """A hint on a good row is worse than none."""
    assert wording.effort_words(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dagelijks de mailbox bijhouden", ("dagelijks", "bijhouden")),
        ("Lopende zaken", ("lopende zaken",)),
        ("Elke week overleg met de wijk", ("elke week",)),
        ("Day-to-day support", ("day-to-day",)),
        ("Wekelijkse nieuwsbrief ingevoerd", ()),
        ("Daily stand-up introduced in all teams", ()),
        ("Nieuwe website bouwen", ()),
    ],
)
def test_routine_is_found_with_its_words(text: str, words: tuple[str, ...]) -> None:
    """Routine is named by its words, unless the text tells what is finished."""
    assert wording.routine_words(text) == words


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Kortere wachttijden door sneller te bouwen", True),
        ("Lagere lasten dankzij isolatie", True),
        ("Shorter waits by building faster", True),
        ("Growth through partners", True),
        ("Kortere wachttijden", False),
        ("Doorstroming bevorderen", False),
        ("Bypass the market", False),
    ],
)
def test_a_strategy_says_how_by_a_word_of_its_own(text: str, how: bool) -> None:  # noqa: FBT001
    """A how is a word, not a part of one: "doorstroming" holds none."""
    assert wording.says_how(text) is how


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("Deadline naar 1 maart", True),
        ("Nieuwe einddatum: 1 september", True),
        ("Uitstel tot na de zomer", True),
        ("Postponed until June", True),
        ("Deadline extended by a month", True),
        ("Deadline blijft 1 maart", False),
        ("Later beginnen met communicatie", False),
        ("Twee extra mensen", False),
    ],
)
def test_a_move_of_the_deadline_is_told_from_other_decisions(text: str, moves: bool) -> None:  # noqa: FBT001
    """Only what speaks of the deadline, or of delay itself, counts as a move."""
    assert wording.moves_deadline(text) is moves


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Streefwaarde verlaagd naar 25", True),
        ("Target becomes 30", True),
        ("Streefwaarde blijft 20", False),
        ("Naar 25 woningen per jaar", False),
    ],
)
def test_a_change_of_the_target_is_told_from_other_decisions(text: str, changes: bool) -> None:  # noqa: FBT001
    """Only what speaks of the target counts as a change of it."""
    assert wording.changes_target(text) is changes


@pytest.mark.parametrize(
    ("text", "count"),
    [("1. plan 2. choice 3. start", 3), ("- a\n- b\n- c", 3), ("Fase 2 - uitrol", 1), ("Website renewed", 0)],
)
def test_entries_of_a_list_are_counted(text: str, count: int) -> None:
    """Dashes, bullets and numbers each begin an entry."""
    assert wording.entries(text) == count
