"""What lines mean: forgiving in form, strict in meaning."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.reply_heads import Heads
from ogsm_xl.letters.reply_lines import SECTION_END, LinesRead, filled_in, read_answers
from ogsm_xl.plan.words import ItemKind, Status, TrafficLight

ITEMS = {
    "A12": ItemKind.ACTION,
    "A13": ItemKind.ACTION,
    "I4": ItemKind.INDICATOR,
    "S2": ItemKind.STRATEGY,
    "O1": ItemKind.OBJECTIVE,
}
TODAY = date(2026, 11, 6)
GREEN, ORANGE, RED = TrafficLight


def read(text: str, items: dict[str, ItemKind] = ITEMS, titles: dict[str, str] | None = None) -> LinesRead:
    return read_answers(text, items, TODAY, titles)


def said(lines: LinesRead) -> dict[str, dict[str, Any]]:
    """Item to what was said about it, without what was not mentioned."""
    return {
        answer.item: {
            name: value
            for name, value in asdict(answer).items()
            if name != "item" and value is not None and value is not False and value != ""
        }
        for answer in lines.answers
    }


ORANGE_60 = {"A12": {"light": ORANGE, "progress": 60}}


@pytest.mark.parametrize(
    "line",
    [
        "A12 oranje 60%",
        "a12 Oranje 60 %",
        "A12: ORANJE, 60%",
        "A12 - oranje - 60%",
        "A12 – oranje; 60%.",
        "A12 60% oranje",
        "A12 oranje/60%",
        "A12: oranje / 60%",
        "A12 | oranje | 60%",
        "A12 (oranje, 60%)",
        "A12 oranje (60%)",
        "A12 = oranje = 60%",
        "A12 → oranje, ca. 60%",
        "A 12 oranje 60%",
        "A-12 oranje 60%",
        "Actie A12: oranje 60%",
        "Actie 12: oranje, 60 procent",
        "Action 12 - amber - 60 percent",
        "- A12 oranje 60%",
        "• A12: oranje, 60%",
        "1. A12 oranje 60%",
        "o A12 oranje 60%",
        "* *A12* oranje *60%*",
        "**A12** orange 60%",
        "> A12 oranje 60%",
        "“A12” oranje 60%",
        "A12 🟠 60%",
        "A12 🟠 oranje 60%",
        "A12 is oranje, voortgang 60%",
        "A12: status oranje, 60% gereed",
        "A12 staat nog steeds op oranje (60% klaar)",
        "A12: verkeerslicht: oranje, voortgang: 60%",
        "A12 van groen naar oranje, van 40% naar 60%",
        "A12 40% -> 60%, groen -> oranje",
        "A12 oranje 60",
        "oranje 60% A12",
        "Oranje: A12 (60%)",
        "Hoi Jan, A12 is oranje, 60%.",
        "Wat betreft A12: oranje, 60%",
        "A12 oranje 60% \N{NO-BREAK SPACE}",
        "A12 oranje 60%, groet, Anna",
        "A12\noranje\n60%",
        "A12\nStatus: oranje\nVoortgang: 60",
        "A12\nVerkeerslicht: oranje\nVoortgang: 60%",
        "A12\nLight: orange\nProgress: 60 %",
        "A12\n- Kleur: oranje\n- Voortgang = 60%",
        "Voortgang A12: 60%\nStatus A12: oranje",
        "A12 oranje\nA12 60%",
        "A12 oranje 60%\nGedaan:\nKomende periode:\nNodig: …\nVoorstel: ___",
        "Bedankt!\nA12 oranje 60%",
        "[EXTERN]\nBeste allemaal,\n\nA12 oranje 60%\n\nMet vriendelijke groet,\n\nAnna Jansen\nA4 Advies",
        "A12 oranje 60%\n-- \nAnna\nT 010-1234567 | 100% biologisch",
        "A12 oranje 60%\nmvg Anna",
        "A12 oranje 60%\nVerzonden vanaf mijn iPhone",
        "A12 oranje 60%\nSent from Outlook for iOS",
        "A12 oranje 60%\nOutlook voor Android downloaden",
    ],
)
def test_light_and_progress_are_read_in_whatever_form(line: str) -> None:
    """Order, capitals, punctuation, bullets, language, labels and the courtesies around them make no difference."""
    assert (said(read(line)), read(line).problems) == (ORANGE_60, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A12 afgerond", {"A12": {"status": Status.DONE}}),
        ("A12 done", {"A12": {"status": Status.DONE}}),
        ("A12 is klaar.", {"A12": {"status": Status.DONE}}),
        ("A12 mee bezig 30%", {"A12": {"status": Status.IN_PROGRESS, "progress": 30}}),
        ("A12 on hold", {"A12": {"status": Status.PARKED}}),
        ("A12: 100% afgerond", {"A12": {"status": Status.DONE, "progress": 100}}),
        ("A12: 80% afgerond", {"A12": {"progress": 80}}),
        ("A12 0%", {"A12": {"progress": 0}}),
        ("A12 geen wijzigingen", {"A12": {"no_change": True}}),
        ("A12: No changes!", {"A12": {"no_change": True}}),
        ("A12 er is niets veranderd", {"A12": {"no_change": True}}),
        ("A12 ongewijzigd, wacht op MT", {"A12": {"no_change": True, "done": "wacht op MT"}}),
        ("A12 geen wijzigingen, 70%", {"A12": {"progress": 70}}),
        ("A12, A13: groen", {"A12": {"light": GREEN}, "A13": {"light": GREEN}}),
        ("A12 en A13 geen wijzigingen", {"A12": {"no_change": True}, "A13": {"no_change": True}}),
        ("Groen: A12 & A13", {"A12": {"light": GREEN}, "A13": {"light": GREEN}}),
        ("A12 60%, A13 80%", {"A12": {"progress": 60}, "A13": {"progress": 80}}),
        ("A12: 60% / A13: 80%", {"A12": {"progress": 60}, "A13": {"progress": 80}}),
        (
            "A12 groen en A13 is rood. I4 23,5",
            {"A12": {"light": GREEN}, "A13": {"light": RED}, "I4": {"value": 23.5}},
        ),
        ("A12 [oranje] [60]%", ORANGE_60),
        ("A12 [oranje] [voortgang]%", {"A12": {"light": ORANGE}}),
        (
            "A12 | Website | oranje | 60% | hout",
            {"A12": {"light": ORANGE, "progress": 60, "done": "Website\nhout"}},
        ),
        ("A12 afgerond op 3 november", {"A12": {"status": Status.DONE, "done": "op 3 november"}}),
        ("A12 groen (was oranje)", {"A12": {"light": GREEN, "done": "was oranje"}}),
        ("A12 groen, ...", {"A12": {"light": GREEN}}),
        ("Alle acties groen", {"A12": {"light": GREEN}, "A13": {"light": GREEN}}),
        ("Everything unchanged", {item: {"no_change": True} for item in ITEMS}),
        ("I4 23,5 groen", {"I4": {"value": 23.5, "light": GREEN}}),
        ("I4: 85%", {"I4": {"value": 85.0}}),
        ("I4 € 80.000,- oranje", {"I4": {"value": 80_000.0, "light": ORANGE}}),
        ("I4 23,5 maanden", {"I4": {"value": 23.5}}),
        ("I4 -2,5 rood", {"I4": {"value": -2.5, "light": RED}}),
        ("I4 33 -> 30 groen", {"I4": {"value": 30.0, "light": GREEN}}),
        ("I4 23 per 1 november", {"I4": {"value": 23.0, "measured_on": date(2026, 11, 1)}}),
        (
            "I4 23 groen, gemeten op 31-12",
            {"I4": {"value": 23.0, "light": GREEN, "measured_on": date(2025, 12, 31)}},
        ),
        ("I4 23\nGemeten op: gisteren", {"I4": {"value": 23.0, "measured_on": date(2026, 11, 5)}}),
        ("I4 23\nMeasured on: 3 October 2026", {"I4": {"value": 23.0, "measured_on": date(2026, 10, 3)}}),
        ("I4 groen\nGemeten op: 06-11-2026", {"I4": {"light": GREEN}}),
        ("I4\nWaarde: 23,5\nToelichting: raming", {"I4": {"value": 23.5, "done": "raming"}}),
        ("S2 groen. Loopt lekker.", {"S2": {"light": GREEN, "done": "Loopt lekker."}}),
        (
            "O1 oranje\nResultaten: half\nVoorstel: later",
            {"O1": {"light": ORANGE, "done": "half", "proposal": "later"}},
        ),
    ],
)
def test_other_answers(text: str, expected: dict[str, dict[str, Any]]) -> None:
    """Statuses, no change, several items at once, measured values and their day."""
    assert (said(read(text)), read(text).problems) == (expected, ())


FULL = {
    "A12": {
        "light": GREEN,
        "progress": 80,
        "done": "site live",
        "next": "afronden",
        "needed": "akkoord MT",
        "proposal": "1 mei",
    }
}


@pytest.mark.parametrize(
    "text",
    [
        "A12 groen 80%\nGedaan: site live\nKomende periode: afronden\nNodig: akkoord MT\nVoorstel: 1 mei",
        "A12 green 80%\nDone: site live\nNext: afronden\nNeeded: akkoord MT\nProposal: 1 mei",
        "A12 groen 80%\n\nGEDAAN - site live\n\nvolgende stappen: afronden\nhulpvraag: akkoord MT\nproposed change: 1 mei",
        "A12 groen 80% Gedaan: site live Komende periode: afronden Nodig: akkoord MT Voorstel: 1 mei",
        "A12 groen 80%; gedaan: site live; komende periode: afronden; nodig: akkoord MT; voorstel: 1 mei",
        "A12\nWat heb je gedaan? site live\nWat ga je de komende periode doen?\nafronden\nWat heb je nodig van het team?\nakkoord MT\nVoorstel\n1 mei\nVoortgang: 80%\nStatus: groen",
        "A12 groen 80%\n* Gedaan: site live\n* Komende periode: afronden\n* Nodig: akkoord MT\n* Voorstel: 1 mei",
        "A12 groen 80%\n*Gedaan:* site live\n*Komende periode:* afronden\n*Nodig:* akkoord MT\n*Voorstel:* 1 mei",
    ],
)
def test_labelled_lines_go_to_their_fields(text: str) -> None:
    """Labels are known in both languages, with any mark, on lines of their own or one after the other."""
    assert (said(read(text)), read(text).problems) == (FULL, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "groen licht gekregen van de gemeente",
        "groen onderhoud is uitbesteed",
        "red tape slows us down",
        "80% van de bewoners heeft gereageerd",
    ],
)
def test_a_sentence_that_begins_like_a_value_stays_a_sentence(sentence: str) -> None:
    """A colour or a percentage that runs on into a sentence is no answer; it is kept as text, and asked about."""
    lines = read(f"A12 {sentence}")
    assert said(lines) == {"A12": {"done": sentence}}
    assert [problem.nl.startswith("A12: het is niet duidelijk") for problem in lines.problems] == [True]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("A12 is bijna klaar", "is bijna klaar"),
        ("A12 klaar voor de start", "klaar voor de start"),
        ("A12 ⚠ let op", "⚠ let op"),
        ("A12 loopt goed\nA4 posters zijn geprint", "loopt goed\nA4 posters zijn geprint"),
        ("A12 loopt goed\nDe balie gaat op 1 mei open.", "loopt goed\nDe balie gaat op 1 mei open."),
        ("A12 loopt\nNodig: niets\nGedaan: groen", "groen"),
        ("A12 oranje 60%\nEerste alinea.\n\n\n\nTweede alinea.", "Eerste alinea.\n\nTweede alinea."),
        ("A12 oranje want leverancier failliet", "want leverancier failliet"),
        ("A12 oranje 60% wachten op hout", "wachten op hout"),
        ("A12: groen, 80%, gisteren opgeleverd", "gisteren opgeleverd"),
        ("A12: gisteren opgeleverd, groen, 80%", "gisteren opgeleverd"),
        (
            "A12 60% oranje\nBedankt voor de herinnering; alles loopt.",
            "Bedankt voor de herinnering; alles loopt.",
        ),
        ('A12 80%\n=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
    ],
)
def test_free_text_is_kept_as_written(text: str, done: str) -> None:
    """What is no value is the text of the item, word for word; nothing in it is taken for a light or a status."""
    lines = read(text)
    assert (said(lines)["A12"]["done"], lines.problems) == (done, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("A12 120%", "A12: “120%” ligt niet tussen 0"),
        ("A12 oranje 60-70%", "A12: “60-70%” is geen voortgang"),
        ("A12 -5%", "A12: “-5%”"),
        ("A12 60", "A12: “60” kan van alles betekenen"),
        ("A12 R 40%", "A12: “R” kan meer dan één"),
        ("A12 ✅", "A12: “✅” kan Groen en Afgerond"),
        ("A12 groen/oranje", "A12: “groen/oranje” noemt er meer"),
        ("A12\nVoortgang: goed", "A12: “goed” is geen kleur, status of percentage"),
        ("A12\nVoortgang: 1", "A12: “1” kan 1 % of 100 %"),
        ("A12 afgerond is de inventarisatie", "A12: het is niet duidelijk of “afgerond” je antwoord is"),
        ("A12\nDone", "A12: “Done” staat er zonder tekst"),
        ("A14 groen", "A14 is niet aan jou gevraagd"),
        ("Actie A14: loopt goed", "A14 is niet aan jou gevraagd"),
        ("S2 60%", "S2: “60%” kan niet bij dit soort onderdeel (strategie)"),
        ("S2 afgerond", "S2: “Afgerond” kan niet bij"),
        ("I4 23.500", "I4: “23.500” kan een duizendtal"),
        ("I4 23,5 mln", "I4: “23,5 mln” is een afkorting"),
        ("I4 12k", "I4: “12k” is als tekst bewaard"),
        ("I4 23\nGemeten op: binnenkort", "I4: “binnenkort” is geen datum"),
        ("I4 23 per 1-12-2027", "I4: “1-12-2027” moet nog komen"),
        ("I4 23\nMeasured on: 03/04/2026", "I4: “03/04/2026” staat er als tekst"),
        ("oranje 60%", "Het is niet duidelijk waar “oranje 60%” over gaat"),
        ("Gedaan: site live", "Het is niet duidelijk waar “Gedaan: site live” over gaat"),
    ],
)
def test_what_can_not_be_right_is_named(text: str, problem: str) -> None:
    """A figure out of range, a word with two meanings, an item of somebody else: a problem that quotes it, no guess."""
    assert [found.nl[: len(problem)] for found in read(text).problems] == [problem]


@pytest.mark.parametrize(
    ("text", "colour", "expected"),
    [
        ("A12 paars 70%", "paars", {"progress": 70}),
        ("A12 | Grün | 45%", "Grün", {"progress": 45}),
        ("A12 70%, grijs", "grijs", {"progress": 70}),
        ("A12 blauw: dak gelegd", "blauw", {"done": "dak gelegd"}),
        ("A12 gelb", "gelb", None),
    ],
)
def test_a_colour_that_is_no_light_is_named_and_what_stands_beside_it_counts(
    text: str, colour: str, expected: dict[str, Any] | None
) -> None:
    """The owner hears which word was not understood; the percentage beside it is recorded."""
    lines = read(text)
    assert said(lines) == ({"A12": expected} if expected else {})
    assert [problem.nl for problem in lines.problems] == [
        f"A12: “{colour}” is geen kleur van het verkeerslicht. Schrijf groen, oranje of rood."
    ]


@pytest.mark.parametrize(
    "text", ["blauw netwerk gelegd", "groen blauw netwerk gelegd", "de blauwe zone is af, 3 van 4"]
)
def test_another_colour_in_a_sentence_is_text(text: str) -> None:
    """It is no light there, and takes nothing of the sentence away."""
    assert said(read(f"A12 {text}")) == {"A12": {"done": text}}


@pytest.mark.parametrize(
    "text", ["Sorry, A12 70%", "Oeps: A12 70%", "Hoi Joost, sorry A12 70%", "Correctie A12 70%"]
)
def test_a_word_of_regret_before_an_answer_is_no_part_of_it(text: str) -> None:
    """As people begin a correction."""
    assert (said(read(text)), read(text).problems) == ({"A12": {"progress": 70}}, ())


@pytest.mark.parametrize("word", ["wel", "maar", "maar wel", "behalve", "wel bij"])
def test_no_change_but_for_one_item_is_about_all_others(word: str) -> None:
    """The one that is named says something else; nothing about it is taken for unchanged, and no other is lost."""
    found = said(read(f"Geen wijzigingen, {word} A12 rood"))
    assert found.pop("A12") == {"light": RED}
    assert {item: answer for item, answer in found.items() if answer != {"no_change": True}} == {}
    assert set(found) == {*ITEMS} - {"A12"}


@pytest.mark.parametrize("text", ["A12 geen wijzigingen, wel rood", "A12 idem. Wel rood."])
def test_no_change_but_for_a_value_is_that_value(text: str) -> None:
    """It is not unchanged."""
    assert said(read(text)) == {"A12": {"light": RED}}


def test_the_same_of_another_item_behind_a_comma_counts_for_that_item() -> None:
    """`ook` is a word around the value, and no part of a text about the first one."""
    assert said(read("A12 rood, A13 ook rood")) == {"A12": {"light": RED}, "A13": {"light": RED}}
    assert said(read("A12 ook 60%")) == {"A12": {"progress": 60}}


def test_contradiction_about_an_item_records_nothing_about_it() -> None:
    """Two lights for one item in one mail: neither counts, and the other items do."""
    lines = read("A12 groen\nGedaan: alles\nA13 afgerond\nA12 rood")
    assert said(lines) == {"A13": {"status": Status.DONE}}
    assert lines.problems[0].en == (
        "A12: you name both “Green” and “Red”. Nothing was recorded for A12; send again what it should be."
    )


def test_the_same_said_twice_is_no_contradiction() -> None:
    """An item may be mentioned again with the same light and more text."""
    assert said(read("A12 groen\neerst dit\nA13 rood\nA12 groen 80%\ndan dat")) == {
        "A12": {"light": GREEN, "progress": 80, "done": "eerst dit\ndan dat"},
        "A13": {"light": RED},
    }


def test_text_about_somebody_elses_item_does_not_reach_mine() -> None:
    """Lines below an ID that was not asked belong to it, and stay out of the item above."""
    lines = read("A12 groen\nmijn tekst\nA99: rood\nzijn tekst\nA13 groen")
    assert said(lines) == {"A12": {"light": GREEN, "done": "mijn tekst"}, "A13": {"light": GREEN}}
    assert lines.rest == "rood\nzijn tekst"


@pytest.mark.parametrize(
    "text",
    [
        "oranje 60%\nWe wachten op hout.",
        "Oranje, 60%. We wachten op hout.",
        "Hoi Jan,\n\nHierbij mijn voortgang:\n\n60% klaar, oranje\nGedaan: We wachten op hout.\n\nGroetjes Anna",
        "We wachten op hout.\n\nOranje 60%",
        "A12 oranje 60%: We wachten op hout.",
    ],
)
def test_one_item_needs_no_id(text: str) -> None:
    """Who was asked about exactly one item may leave its ID out, as long as there is a value or a label."""
    lines = read(text, {"A12": ItemKind.ACTION})
    assert said(lines) == {"A12": {"light": ORANGE, "progress": 60, "done": "We wachten op hout."}}


@pytest.mark.parametrize(
    "text", ["Bedankt, ik kijk er morgen naar.", "groen licht gekregen", "Dank!\n\nAnna", ""]
)
def test_words_alone_are_no_answer(text: str) -> None:
    """Without ID, value or label nothing counts, even where there is one item only."""
    assert read(text, {"A12": ItemKind.ACTION}).answers == ()


def test_title_copied_along_is_no_answer() -> None:
    """The item's own text behind its ID is left out of what was done."""
    titles = {"A12": "Website vernieuwd: fase 2"}
    for line in (
        "A12 - Website vernieuwd: fase 2: oranje 60%",
        "A12 (website vernieuwd, fase 2) | oranje | 60%",
    ):
        assert said(read(line, titles=titles)) == ORANGE_60


def test_beginning_of_a_title_copied_along_is_no_answer() -> None:
    """People shorten it; a word of it that is a colour by itself is an answer."""
    titles = {"A12": "Oranje huisstijl voor de website", "A13": "Balie verbouwd"}
    lines = read("A12 (Oranje huisstijl): groen\nA13 Balie: rood", titles=titles)
    assert said(lines) == {"A12": {"light": GREEN}, "A13": {"light": RED}}
    assert said(read("A12 oranje: nog geen offerte", titles=titles)) == {
        "A12": {"light": ORANGE, "done": "nog geen offerte"}
    }


def test_words_of_a_title_copied_along_are_no_answer() -> None:
    """People call an item by a word of its title; any other word before a colon may be what the colour is about."""
    titles = {"A12": "Huurders bevraagd over het portaal"}
    assert said(read("A12 portaal: oranje 60%", titles=titles)) == ORANGE_60
    assert said(read("A12 het portaal: groen", titles=titles)) == {"A12": {"light": GREEN}}
    assert said(read("A12 budget: groen", titles=titles)) == {"A12": {"done": "budget: groen"}}


def test_items_with_numbers_for_ids() -> None:
    """A line that begins with a number is about that item only where an answer follows, not where a sentence goes on."""
    items = {"2": ItemKind.ACTION, "3": ItemKind.ACTION}
    assert said(read("2: groen\n3 rood 20%\n2 weken vertraging", items)) == {
        "2": {"light": GREEN},
        "3": {"light": RED, "progress": 20, "done": "2 weken vertraging"},
    }


def test_section_end_closes_an_item() -> None:
    """What follows a quoted line does not run on into the item above it."""
    lines = read(f"A12\ngroen\n{SECTION_END}\nheel iets anders")
    assert (said(lines), lines.rest) == ({"A12": {"light": GREEN}}, "heel iets anders")


def test_very_long_text_is_cut_and_said_to_be() -> None:
    """A text beyond what a cell can use is cut off, with a problem that says so."""
    lines = read("A12 groen\n" + "woord " * 5_000)
    assert len(lines.answers[0].done) == 8_000
    assert [problem.en for problem in lines.problems] == [
        "A12: the text is too long; only its beginning was kept."
    ]


OUR_COPY = """Beste Anna,
A12 - Website vernieuwd
Licht: Groen
A12 groen 40%
Gedaan: {done}
Komende periode:
Nodig:
Voorstel:

A13 [kleur] [voortgang]%
Gedaan:
Komende periode:
Nodig:
Voorstel: {proposal}
2
Werk je regel bij in het werkboek
"""


def test_filled_in_copy_of_our_lines() -> None:
    """Only items with text behind a label count; the light beside them is what stands in their line."""
    lines = filled_in(OUR_COPY.format(done="site live\nen getest", proposal=""), ITEMS, TODAY)
    assert said(lines) == {"A12": {"light": GREEN, "progress": 40, "done": "site live\nen getest"}}
    lines = filled_in(OUR_COPY.format(done="", proposal="een maand later"), ITEMS, TODAY)
    assert said(lines) == {"A13": {"proposal": "een maand later"}}


def test_untouched_copy_of_our_lines_says_nothing() -> None:
    """What we sent ourselves is never taken for an answer."""
    assert filled_in(OUR_COPY.format(done="", proposal=""), ITEMS, TODAY) == LinesRead()


def test_item_named_first() -> None:
    """The ID that a quoted line begins with, if it is one of these and only one."""
    lines = ["A12 | ▲ Oranje", "A12, A13: x", "A99 groen", "Website A12", "- a12 Website"]
    heads = Heads(ITEMS, TODAY)
    assert [heads.named_first(line) for line in lines] == ["A12", "", "", "", "A12"]


WORDS = st.sampled_from(
    (
        "A12 A13 I4 S2 A99 groen oranje R 60% 120% 60-70% 23,5 1.234 afgerond Gedaan: Nodig: Status: Voortgang: alles geen wijzigingen per "
        "1-11 3 november van naar -> [kleur] ½ ✅ 🟠 > - * • ( ) , ; : . | / mln € ,- Groet, Jan -- Beste NBSP FF LF LF LF"
    )
    .replace("NBSP", "\xa0")
    .replace("FF", "\f")
    .replace("LF", "\n")
    .split(" ")
)


@given(
    st.lists(WORDS | st.text(max_size=6), max_size=40), st.sampled_from([ITEMS, {"A12": ItemKind.ACTION}, {}])
)
@settings(max_examples=75, deadline=None)
def test_any_text_is_read_without_an_exception(words: list[str], items: dict[str, ItemKind]) -> None:
    """Whatever is written: answers are about asked items only, each once, and progress lies between 0 and 100."""
    lines = read(" ".join(words), items)
    named = [answer.item for answer in lines.answers]
    assert len(named) == len(set(named))
    assert set(named) <= set(items)
    assert all(answer.progress is None or 0 <= answer.progress <= 100 for answer in lines.answers)
