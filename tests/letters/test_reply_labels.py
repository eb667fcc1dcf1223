"""Labels and questions in an answer: what announces which field."""

from __future__ import annotations

from importlib.resources import files

import pytest

from ogsm_xl.letters.reply_labels import Label, is_blank, is_blank_label, labelled

OURS = [
    line
    for language in ("nl", "en")
    for kind in ("action", "strategy", "indicator", "objective")
    for line in (files("ogsm_xl.letters.texts") / language / f"questions_{kind}.j2")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("question", dict.fromkeys(OURS))
def test_each_question_of_our_mails_is_a_label(question: str) -> None:
    """People copy it and answer behind it, so that it must not become a part of their answer."""
    found = labelled(question)
    assert found is not None
    assert is_blank(found.rest)
    assert is_blank_label(question)
    behind = labelled(f"{question} Oranje, wacht op hout")
    assert behind is not None
    assert (behind.label, behind.rest) == (found.label, "Oranje, wacht op hout")


@pytest.mark.parametrize(
    ("line", "label", "rest", "is_progress"),
    [
        ("Gedaan: gids gedrukt", Label.DONE, "gids gedrukt", False),
        ("Wat heb je nodig van het team? Niets", Label.NEEDED, "Niets", False),
        ("Hoe ver is het werk, in procenten? 60", Label.STATE, "60", True),
        ("How much of the work is done, in percent? 60", Label.STATE, "60", True),
        ("Welke kleur geef je, en waarom? Oranje", Label.STATE, "Oranje", False),
        ("Op welke dag is die gemeten? 1 november", Label.MEASURED_ON, "1 november", False),
        (
            "Stel je een wijziging van de actie voor: later, minder of anders? Nee",
            Label.PROPOSAL,
            "Nee",
            False,
        ),
        ("Do you propose a change to the action: later graag", Label.PROPOSAL, "later graag", False),
        ("Hoe staat het ermee? Een paar zinnen zijn genoeg.", Label.DONE, "", False),
    ],
)
def test_label_and_what_stands_behind_it(line: str, label: Label, rest: str, is_progress: object) -> None:
    """The questions of our mails go to the same fields as the labels of our lines."""
    found = labelled(line)
    assert found is not None
    assert (found.label, found.rest, found.is_progress) == (label, rest, is_progress)


@pytest.mark.parametrize("line", ["De gids is gedrukt: 40 stuks", "Nodige spullen gekocht", "Statusoverleg"])
def test_other_words_are_no_label(line: str) -> None:
    """A word that begins like one is no label."""
    assert labelled(line) is None
