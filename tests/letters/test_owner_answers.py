"""Answers as owners write them on a telephone or in a hurry: what each means, what stays text, and what is asked back.

Two rules hold for all of them: nothing is recorded that the owner did not say, and nothing that is not understood goes
unmentioned.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.reply_lines import LinesRead, read_answers
from ogsm_xl.plan.words import ItemKind, Status, TrafficLight

ITEMS = {
    "A1": ItemKind.ACTION,
    "A2": ItemKind.ACTION,
    "A3": ItemKind.ACTION,
    "A4": ItemKind.ACTION,
    "I4": ItemKind.INDICATOR,
    "S2": ItemKind.STRATEGY,
}
TODAY = date(2026, 11, 6)

GREEN, ORANGE, RED = ({"light": light} for light in TrafficLight)
TO_DO, BUSY, DONE, PARKED = ({"status": status} for status in Status)
UNCHANGED = {"no_change": True}


def at(progress: int) -> dict[str, Any]:
    return {"progress": progress}


def value(number: float) -> dict[str, Any]:
    return {"value": number}


def text(words: str) -> dict[str, Any]:
    return {"done": words}


def everything(values: dict[str, Any], but: str = "") -> dict[str, dict[str, Any]]:
    return {item: values for item in ITEMS if item != but}


def read(written: str) -> LinesRead:
    return read_answers(written, ITEMS, TODAY)


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


COPIED_QUESTIONS = """A1
Wat heb je gedaan? Gids gedrukt
Wat heb je nodig van het team? Niets
Hoe ver is het werk, in procenten? 60
Welke kleur geef je, en waarom?
Oranje, wacht op hout
Stel je een wijziging van de actie voor: later, minder of anders? Nee"""

CLEAR = [
    # figures and colours, however they are put down
    ("A1 oranje zestig procent", {"A1": ORANGE | at(60)}),
    ("A1 vijfenzestig procent", {"A1": at(65)}),
    ("A1 sixty-five percent", {"A1": at(65)}),
    ("A 1 oranje 60%", {"A1": ORANGE | at(60)}),
    ("actie 1 oranje 60", {"A1": ORANGE | at(60)}),
    ("a1: 60 %", {"A1": at(60)}),
    ("A1 60/100", {"A1": at(60)}),
    ("A1 ½", {"A1": at(50)}),
    ("A1 oranje60%", {"A1": ORANGE | at(60)}),
    ("A1 groen.60%", {"A1": GREEN | at(60)}),
    ("A1-groen", {"A1": GREEN}),
    ("A1 ORANJE!!!", {"A1": ORANGE}),
    ("A1 🟢", {"A1": GREEN}),
    ("A1 🔴 budget is op", {"A1": RED | text("budget is op")}),
    ("🟢 A1\n🔴 A2", {"A1": GREEN, "A2": RED}),
    ("A1 groen 👍", {"A1": GREEN}),
    ("A1 groen 👍🏻", {"A1": GREEN}),
    ("A1 🟩", {"A1": GREEN}),
    ("A1 🟧 60%", {"A1": ORANGE | at(60)}),
    ("A1 ▲ Oranje", {"A1": ORANGE}),
    ("A1 ● Groen 40%", {"A1": GREEN | at(40)}),
    ("A1\nLicht: ■ Rood", {"A1": RED}),
    ("A1 afgerond 🎉", {"A1": DONE}),
    ("A1 ongeveer 50%", {"A1": at(50)}),
    ("A1 zo'n 70% klaar", {"A1": at(70)}),
    ("A1 voor 70 procent klaar", {"A1": at(70)}),
    ("A1 60 procent denk ik", {"A1": at(60)}),
    ("A1 bijna af, 80%", {"A1": at(80) | text("bijna af")}),
    ("A1\nstatus: loopt\nlicht: groen\n%: 40", {"A1": BUSY | GREEN | at(40)}),
    ("A1 voortgang 60", {"A1": at(60)}),
    ("A1 oranje, progress is 60", {"A1": ORANGE | at(60)}),
    ("I4: 7,8 gemeten op 1 oktober 2026, groen", {"I4": value(7.8) | {"measured_on": date(2026, 10, 1)} | GREEN}),
    ("I4 7.1 green, measured on 1 October 2026", {"I4": value(7.1) | {"measured_on": date(2026, 10, 1)} | GREEN}),
    ("I4: 12 (gemeten op 30 september)", {"I4": value(12) | {"measured_on": date(2026, 9, 30)}}),
    ("I4 31, gemeten 13-8", {"I4": value(31) | {"measured_on": date(2026, 8, 13)}}),
    ("I4 31 measured 1 August, green", {"I4": value(31) | {"measured_on": date(2026, 8, 1)} | GREEN}),
    ("I4 23,5%", {"I4": value(23.5)}),
    ("I4 € 23.500", {"I4": value(23_500.0)}),
    ("I4 £23,500", {"I4": value(23_500.0)}),
    ("I4 1.234,5", {"I4": value(1_234.5)}),
    ("I4 ca. 23", {"I4": value(23.0)}),
    # a value, and a sentence behind it
    ("A1 rood 30% loopt vast op budget", {"A1": RED | at(30) | text("loopt vast op budget")}),
    ("A1 rood, klaar met deel 1", {"A1": RED | text("klaar met deel 1")}),
    ("A1 oranje 3 weken vertraging", {"A1": ORANGE | text("3 weken vertraging")}),
    ("A1 oranje de leverancier is failliet", {"A1": ORANGE | text("de leverancier is failliet")}),
    ("A1 green because the board said yes", {"A1": GREEN | text("because the board said yes")}),
    ("A1 afgerond. Evaluatie volgt in mei", {"A1": DONE | text("Evaluatie volgt in mei")}),
    ("A1 vorige keer oranje, nu groen", {"A1": GREEN | text("vorige keer oranje")}),
    ("A1 doel is 80% in mei, nu 60%", {"A1": at(60) | text("doel is 80% in mei")}),
    ("A1 groen door van groen naar oranje te gaan", {"A1": GREEN | text("door van groen naar oranje te gaan")}),
    ("A1 gereed 50%", {"A1": at(50)}),
    ("A1 de status is oranje, want er is vertraging", {"A1": ORANGE | text("want er is vertraging")}),
    ("A1 helaas weer rood", {"A1": RED}),
    ("A1 afgerond op 3 november", {"A1": DONE | text("op 3 november")}),
    ("A1 afgerond op 12 mei", {"A1": DONE | text("op 12 mei")}),
    ("A1 klaar, gisteren", {"A1": DONE | text("gisteren")}),
    ("A1 completed on time", {"A1": DONE | text("on time")}),
    ("A1 afgerond\nWe hebben 40 huurders gesproken.", {"A1": DONE | text("We hebben 40 huurders gesproken.")}),
    ("A1 groen 40% we liggen op schema", {"A1": GREEN | at(40) | text("we liggen op schema")}),
    ("A1 groen 40% nog geen budget", {"A1": GREEN | at(40) | text("nog geen budget")}),
    ("A1 oranje 60% (geschat)", {"A1": ORANGE | at(60) | text("geschat")}),
    ("A1 oranje 60% (was 40%)", {"A1": ORANGE | at(60) | text("was 40%")}),
    ("A1 gids gedrukt. Licht: groen", {"A1": GREEN | text("gids gedrukt")}),
    ("A1 groen. Gids gedrukt. 60%", {"A1": GREEN | at(60) | text("Gids gedrukt")}),
    ("A1 we lopen iets achter: oranje, 60%", {"A1": ORANGE | at(60) | text("we lopen iets achter")}),
    # words that begin a sentence are no values
    ("A1 loopt", {"A1": BUSY}),
    ("A1 loopt goed", {"A1": text("loopt goed")}),
    ("A1 loopt goed, groen", {"A1": GREEN | text("loopt goed")}),
    ("A1 klaar met deel 1", {"A1": text("klaar met deel 1")}),
    ("A1 done with part 1", {"A1": text("done with part 1")}),
    ("A1 open punten: nog 3", {"A1": text("open punten: nog 3")}),
    ("A1 wacht op de gemeente", {"A1": text("wacht op de gemeente")}),
    ("A1 started with the tender", {"A1": text("started with the tender")}),
    ("A1 in 2 van 4 wijken", {"A1": text("in 2 van 4 wijken")}),
    ("A1 3 mei klaar", {"A1": text("3 mei klaar")}),
    ("A1 12-3 klaar", {"A1": text("12-3 klaar")}),
    ("A1 op schema", {"A1": GREEN}),
    ("A1 loopt op schema, 40%", {"A1": GREEN | at(40)}),
    # what it is not, and what it is
    ("A1 niet groen maar rood", {"A1": RED}),
    ("A1 not green but orange", {"A1": ORANGE}),
    ("A1 no longer red, now orange", {"A1": ORANGE}),
    ("A1 geen 60% maar 50%", {"A1": at(50)}),
    ("A1 nog niet afgerond maar mee bezig", {"A1": BUSY}),
    ("A1 oranje i.p.v. groen", {"A1": ORANGE}),
    ("A1 was groen, nu rood", {"A1": RED}),
    ("A1 rood, nog niet afgerond", {"A1": RED | text("nog niet afgerond")}),
    ("A1 nog niet gestart", {"A1": TO_DO}),
    # labels and questions
    ("A1\nKleur:\nOranje\nStatus:\nMee bezig\nVoortgang:\n60", {"A1": ORANGE | BUSY | at(60)}),
    ("A1\nKleur:\nOranje\nStatus:\nAfgerond", {"A1": ORANGE | DONE}),
    ("A1\nStatus:\nWe wachten op hout", {"A1": text("We wachten op hout")}),
    ("I4\nWaarde:\n23\nGemeten op:\n1 november", {"I4": value(23) | {"measured_on": date(2026, 11, 1)}}),
    ("A1 oranje\n1) Gedaan: gids\n2) Nodig: geld", {"A1": ORANGE | text("gids") | {"needed": "geld"}}),
    (
        COPIED_QUESTIONS,
        {"A1": ORANGE | at(60) | text("Gids gedrukt\nwacht op hout") | {"needed": "Niets", "proposal": "Nee"}},
    ),
    ("S2\nHow does it stand? A few sentences will do.\nGoing well\nWhich colour do you give it? Green", {"S2": GREEN | text("Going well")}),
    ("A1 [kleur] [voortgang]%\nGedaan:\nNodig:", {}),
    ("A1 huidige status: oranje", {"A1": ORANGE}),
    ("I4 laatste meting: 23,5", {"I4": value(23.5)}),
    # a correction that names the item
    ("A1 oranje 60%\nCorrectie: A1 groen 70%", {"A1": GREEN | at(70)}),
    ("A1 oranje 60%\nsorry A1 groen", {"A1": GREEN | at(60)}),
    ("A1 groen\nA1 rood\nOeps, A1 oranje", {"A1": ORANGE}),
    ("A1 geen wijzigingen\nCorrectie A1 60%", {"A1": at(60)}),
    ("A1 oranje\nSorry, ik was ziek", {"A1": ORANGE | text("Sorry, ik was ziek")}),
    ("A1 rood 20%\nSorry A1 40%\nAlles groen", everything(GREEN) | {"A1": RED | at(40)}),
    # no change, and what did change
    ("A1 geen nieuws", {"A1": UNCHANGED}),
    ("A1 niks te melden", {"A1": UNCHANGED}),
    ("A1 zelfde als vorige keer", {"A1": UNCHANGED}),
    ("A1 zie vorige keer", {"A1": UNCHANGED}),
    ("A1 same as last month", {"A1": UNCHANGED}),
    ("A1 idem", {"A1": UNCHANGED}),
    ("A1 geen wijzigingen t.o.v. vorige maand", {"A1": UNCHANGED}),
    ("A1 geen wijzigingen, wacht op MT", {"A1": UNCHANGED | text("wacht op MT")}),
    ("A1 geen wijzigingen, behalve 50%", {"A1": at(50)}),
    ("A1 ongewijzigd, alleen nu oranje", {"A1": ORANGE}),
    ("A1 no change except orange", {"A1": ORANGE}),
    # several items
    ("A1 groen, A2 rood", {"A1": GREEN, "A2": RED}),
    ("a1 groen a2 rood a3 50 procent", {"A1": GREEN, "A2": RED, "A3": at(50)}),
    ("A1: groen; A2: oranje 40%", {"A1": GREEN, "A2": ORANGE | at(40)}),
    ("A1 groen, maar A2 is rood", {"A1": GREEN, "A2": RED}),
    ("A1 groen, A2 rood want geld op, A3 50%", {"A1": GREEN, "A2": RED | text("want geld op"), "A3": at(50)}),
    ("A1 groen. A2 loopt uit door ziekte.", {"A1": GREEN, "A2": text("loopt uit door ziekte.")}),
    ("Groen: A1, A2. Rood: A3", {"A1": GREEN, "A2": GREEN, "A3": RED}),
    ("A1 en A2 groen", {"A1": GREEN, "A2": GREEN}),
    ("A1 A2 groen", {"A1": GREEN, "A2": GREEN}),
    ("A1 en 2 groen", {"A1": GREEN, "A2": GREEN}),
    ("acties 1, 2 en 3 groen", {"A1": GREEN, "A2": GREEN, "A3": GREEN}),
    ("A1, A2 en A3: geen wijzigingen", {"A1": UNCHANGED, "A2": UNCHANGED, "A3": UNCHANGED}),
    ("A1 t/m A4 groen", {"A1": GREEN, "A2": GREEN, "A3": GREEN, "A4": GREEN}),
    ("A2-A4 groen", {"A2": GREEN, "A3": GREEN, "A4": GREEN}),
    ("A1 to A3 green, A4 red", {"A1": GREEN, "A2": GREEN, "A3": GREEN, "A4": RED}),
    ("A1 wacht op A2", {"A1": text("wacht op A2")}),
    ("A1 wacht tot A2 klaar is", {"A1": text("wacht tot A2 klaar is")}),
    ("A1 oranje want A2 is rood", {"A1": ORANGE | text("want A2 is rood")}),
    ("A1 wacht op A2, A3 en de gemeente", {"A1": text("wacht op A2, A3 en de gemeente")}),
    ("A1 groen (zie A2)", {"A1": GREEN | text("zie A2")}),
    ("A1 oranje, wacht op A2 en A3", {"A1": ORANGE | text("wacht op A2 en A3")}),
    ("No changes for A1, A2 is red", {"A1": UNCHANGED, "A2": RED}),
    ("A1 groen\n\nGroet, Piet\nPS: A2 is rood", {"A1": GREEN, "A2": RED}),
    # everything that was asked
    ("Geen wijzigingen", everything(UNCHANGED)),
    ("No changes from my side, thanks", everything(UNCHANGED)),
    ("Hoi Jan, geen wijzigingen. Groet, Anna", everything(UNCHANGED)),
    ("Ik heb niets te melden", everything(UNCHANGED)),
    ("Alles groen!", everything(GREEN)),
    ("all green", everything(GREEN)),
    ("Alles loopt op schema 👍", everything(GREEN)),
    ("Alles groen\nA2 rood", everything(GREEN) | {"A2": RED}),
    ("Alles groen, behalve A2: rood", everything(GREEN, but="A2") | {"A2": RED}),
    ("Geen wijzigingen, behalve A2: 60%", everything(UNCHANGED, but="A2") | {"A2": at(60)}),
    ("A1 rood 20%\nDe rest geen wijzigingen", {"A1": RED | at(20)} | everything(UNCHANGED, but="A1")),
    ("A1 rood, de rest groen", {"A1": RED} | everything(GREEN, but="A1")),
    ("A1 rood\nDe rest van de gids is gedrukt", {"A1": RED | text("De rest van de gids is gedrukt")}),
    ("A1 rood, overig ongewijzigd", {"A1": RED} | everything(UNCHANGED, but="A1")),
    ("A1 rood\nOverig: geen wijzigingen", {"A1": RED} | everything(UNCHANGED, but="A1")),
    ("A1 rood\nVoor het overige geen wijzigingen", {"A1": RED} | everything(UNCHANGED, but="A1")),
    ("A1 rood\nEn de rest is groen", {"A1": RED} | everything(GREEN, but="A1")),
    ("Geen wijzigingen. A1 60%", everything(UNCHANGED) | {"A1": at(60)}),
    ("Geen wijzigingen, A1 wel: oranje", everything(UNCHANGED) | {"A1": ORANGE}),
    ("No changes; A1 is done", everything(UNCHANGED) | {"A1": DONE}),
    ("Ongewijzigd - A1 oranje", everything(UNCHANGED) | {"A1": ORANGE}),
    ("Geen wijzigingen (A1: 60%)", everything(UNCHANGED) | {"A1": at(60)}),
    ("Geen wijzigingen, behalve: A1 60%", everything(UNCHANGED, but="A1") | {"A1": at(60)}),
    ("Geen wijzigingen: A1 en A2", {"A1": UNCHANGED, "A2": UNCHANGED}),
    ("Alles groen\nA1\nGedaan: gids gedrukt", everything(GREEN) | {"A1": GREEN | text("gids gedrukt")}),
    # courtesies
    ("Goedemorgen, A1 is groen. Fijn weekend!", {"A1": GREEN}),
    ("A1 groen mvg Piet", {"A1": GREEN}),
    ("Hoi,\n\nHierbij mijn update.\n\nA1 oranje 60%\nWachten op hout\n\nGroet,\nPiet\n06-12345678", {"A1": ORANGE | at(60) | text("Wachten op hout")}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CLEAR)
def test_clear_answer(written: str, expected: dict[str, dict[str, Any]]) -> None:
    """What an owner says is recorded, word for word where it is text, and there is nothing to ask back."""
    lines = read(written)
    assert (said(lines), lines.problems) == (expected, ())


UNCLEAR = [
    # a sentence that begins like an answer
    ("A1 groen licht gekregen van directie", {"A1": text("groen licht gekregen van directie")}, "A1: het is niet duidelijk of “groen licht” je antwoord is"),
    ("A1 60% groen dak gelegd", {"A1": text("60% groen dak gelegd")}, "A1: het is niet duidelijk of “60% groen” je antwoord is"),
    ("A1 rood staat de begroting", {"A1": text("rood staat de begroting")}, "A1: het is niet duidelijk of “rood” je antwoord is"),
    ("A1 50% van de woningen is geschouwd", {"A1": text("50% van de woningen is geschouwd")}, "A1: het is niet duidelijk of “50%” je antwoord is"),
    ("A1 oranje 50% van de woningen is geschouwd", {"A1": ORANGE | text("50% van de woningen is geschouwd")}, "A1: het is niet duidelijk of “50%” je antwoord is"),
    ("A1 loopt 60% achter", {"A1": text("loopt 60% achter")}, "A1: het is niet duidelijk of “loopt 60%” je antwoord is"),
    ("A1 oranje 20% duurder", {"A1": ORANGE | text("20% duurder")}, "A1: het is niet duidelijk of “20%” je antwoord is"),
    ("A1 on hold until May", {"A1": text("on hold until May")}, "A1: het is niet duidelijk of “on hold” je antwoord is"),
    ("A1 uitgesteld tot mei", {"A1": text("uitgesteld tot mei")}, "A1: het is niet duidelijk of “uitgesteld” je antwoord is"),
    ("A1 klaar: ontwerp en bestek", {"A1": text("klaar: ontwerp en bestek")}, "A1: het is niet duidelijk of “klaar” je antwoord is"),
    ("A1 afgerond, op de evaluatie na", {"A1": text("afgerond, op de evaluatie na")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 done, but the evaluation must still happen", {"A1": text("done, but the evaluation must still happen")}, "A1: het is niet duidelijk of “done” je antwoord is"),
    ("A1 afgerond (deels)", {"A1": text("afgerond (deels)")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 klaar - deels", {"A1": text("klaar - deels")}, "A1: het is niet duidelijk of “klaar” je antwoord is"),
    ("A1 afgerond! Nou ja, bijna", {"A1": text("afgerond! Nou ja, bijna")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 afgerond, behoudens oplevering", {"A1": text("afgerond, behoudens oplevering")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 afgerond, oplevering moet nog", {"A1": text("afgerond, oplevering moet nog")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 oranje, afgerond, evaluatie loopt nog", {"A1": ORANGE | text("afgerond, evaluatie loopt nog")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 klaar want getekend, evaluatie loopt nog", {"A1": text("klaar want getekend, evaluatie loopt nog")}, "A1: het is niet duidelijk of “klaar” je antwoord is"),
    ("A1 afgerond 100%, evaluatie moet nog", {"A1": text("afgerond 100%, evaluatie moet nog")}, "A1: het is niet duidelijk of “afgerond 100%” je antwoord is"),
    ("A1 klaar, kan starten", {"A1": text("klaar, kan starten")}, "A1: het is niet duidelijk of “klaar” je antwoord is"),
    ("A1 Afgerond.\nOp de evaluatie na.", {"A1": text("Afgerond.\nOp de evaluatie na.")}, "A1: je schrijft “Afgerond.”, en eronder “Op de evaluatie na.”"),
    ("A1 klaar\n\nEvaluatie moet nog", {"A1": text("klaar\nEvaluatie moet nog")}, "A1: je schrijft “klaar”, en eronder “Evaluatie moet nog”"),
    # done, on a day that is still to come
    ("A1 klaar op 1 december", {"A1": text("klaar op 1 december")}, "A1: het is niet duidelijk of “klaar” je antwoord is"),
    ("A1 afgerond op 31-12-2026", {"A1": text("afgerond op 31-12-2026")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 done on 12 November", {"A1": text("done on 12 November")}, "A1: het is niet duidelijk of “done” je antwoord is"),
    ("A1 afgerond, 20 november", {"A1": text("afgerond, 20 november")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 oranje, klaar 1 december", {"A1": ORANGE | text("klaar 1 december")}, "A1: het is niet duidelijk of “klaar” je antwoord is"),
    ("A1 overleg gehad; afgerond", {"A1": text("overleg gehad; afgerond")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 geen wijzigingen in de planning", {"A1": text("geen wijzigingen in de planning")}, "A1: het is niet duidelijk of “geen wijzigingen” je antwoord is"),
    ("A1 geen wijzigingen, behalve de planning", {"A1": text("geen wijzigingen, behalve de planning")}, "A1: het is niet duidelijk of “geen wijzigingen” je antwoord is"),
    ("I4 groen 23 nieuwe woningen", {"I4": GREEN | text("23 nieuwe woningen")}, "I4: het is niet duidelijk of “23” je antwoord is"),
    # an answer that stands at the end of a sentence, or in it
    ("A1 klaar voor 50%", {"A1": text("klaar voor 50%")}, "A1: “klaar voor 50%” is als tekst bewaard"),
    ("A1 rood, klaar voor 50%", {"A1": RED | text("klaar voor 50%")}, "A1: “klaar voor 50%” is als tekst bewaard"),
    ("A1 besparing gehaald: 20%", {"A1": text("besparing gehaald: 20%")}, "A1: het is niet duidelijk of “20%” je antwoord is"),
    ("A1 als de offerte komt: groen", {"A1": text("als de offerte komt: groen")}, "A1: het is niet duidelijk of “groen” je antwoord is"),
    ("A1 hopefully next month, green", {"A1": text("hopefully next month, green")}, "A1: het is niet duidelijk of “green” je antwoord is"),
    ("A1 we staan op groen", {"A1": text("we staan op groen")}, "A1: “we staan op groen” is als tekst bewaard"),
    ("A1 🟩 dak: 50%", {"A1": GREEN | text("dak: 50%")}, "A1: het is niet duidelijk of “50%” je antwoord is"),
    ("A1 bijna 50%", {"A1": text("bijna 50%")}, "A1: “bijna 50%” is als tekst bewaard"),
    ("I4 stond op 23 en nu op 25", {"I4": text("stond op 23 en nu op 25")}, "I4: “stond op 23 en nu op 25” is als tekst bewaard, niet als gemeten waarde"),
    # a value of something else
    ("A1 groen. Besparing: 20%.", {"A1": GREEN | text("Besparing: 20%.")}, "A1: het is niet duidelijk of “20%” je antwoord is"),
    ("A1 groen, tevredenheid, 80%", {"A1": GREEN | text("tevredenheid, 80%")}, "A1: het is niet duidelijk of “80%” je antwoord is"),
    ("A1 groen. Eind december: 100%.", {"A1": GREEN | text("Eind december: 100%.")}, "A1: het is niet duidelijk of “100%” je antwoord is"),
    ("A1 groen. Vorige keer: 40%", {"A1": GREEN | text("Vorige keer: 40%")}, "A1: het is niet duidelijk of “40%” je antwoord is"),
    ("A1 groen, vorige keer: oranje", {"A1": GREEN | text("vorige keer: oranje")}, "A1: het is niet duidelijk of “oranje” je antwoord is"),
    ("I4 groen, vorige keer: 24", {"I4": GREEN | text("vorige keer: 24")}, "I4: het is niet duidelijk of “24” je antwoord is"),
    ("I4 groen. Aantal: 12", {"I4": GREEN | text("Aantal: 12")}, "I4: het is niet duidelijk of “12” je antwoord is"),
    ("I4 norm: 20", {"I4": text("norm: 20")}, "I4: het is niet duidelijk of “20” je antwoord is"),
    ("A1 gids gedrukt. Eind december: groen.", {"A1": text("gids gedrukt. Eind december: groen.")}, "A1: het is niet duidelijk of “groen” je antwoord is"),
    ("A1 groen: planning. Rood: budget.", {"A1": text("groen: planning. Rood: budget.")}, "A1: het is niet duidelijk of “groen” je antwoord is"),
    ("A1 oranje (streven: 80%)", {"A1": ORANGE | text("streven: 80%")}, "A1: het is niet duidelijk of “80%” je antwoord is of een deel van de zin “streven: 80%”."),
    ("A1 | oranje | afgerond | moet nog worden opgeleverd", {"A1": ORANGE | text("afgerond\nmoet nog worden opgeleverd")}, "A1: het is niet duidelijk of “afgerond” je antwoord is"),
    ("A1 kleur van de muur: groen", {"A1": text("kleur van de muur: groen")}, "A1: het is niet duidelijk of “groen” je antwoord is"),
    ("A1 gids gedrukt; budget: rood", {"A1": text("gids gedrukt; budget: rood")}, "A1: het is niet duidelijk of “rood” je antwoord is"),
    ("A1 budget: rood, 30%", {"A1": text("budget: rood, 30%")}, "A1: het is niet duidelijk of “rood, 30%” je antwoord is"),
    ("A1 oranje 15% kostenoverschrijding", {"A1": ORANGE | text("15% kostenoverschrijding")}, "A1: het is niet duidelijk of “15%” je antwoord is"),
    ("A1 oranje 50% budget besteed", {"A1": ORANGE | text("50% budget besteed")}, "A1: het is niet duidelijk of “50%” je antwoord is"),
    ("A1 groen 80% respons op de enquête", {"A1": GREEN | text("80% respons op de enquête")}, "A1: het is niet duidelijk of “80%” je antwoord is"),
    ("A1 oranje 60% verwacht", {"A1": ORANGE | text("60% verwacht")}, "A1: het is niet duidelijk of “60%” je antwoord is"),
    ("A1 oranje 60% (budget)", {"A1": ORANGE | text("60% (budget)")}, "A1: het is niet duidelijk of “60%” je antwoord is"),
    ("A1 oranje 60 /100 huurders", {"A1": ORANGE | text("60 /100 huurders")}, "A1: het is niet duidelijk of “60%” je antwoord is"),
    ("A1 groen 40% wordt oranje 60%", {"A1": text("groen 40% wordt oranje 60%")}, "A1: het is niet duidelijk of “groen 40%” je antwoord is"),
    ("A1 groen 40% moet oranje 60% zijn", {"A1": text("groen 40% moet oranje 60% zijn")}, "A1: het is niet duidelijk of “groen 40%” je antwoord is"),
    ("A1 groen 40% verwacht 60%", {"A1": text("groen 40% verwacht 60%")}, "A1: het is niet duidelijk of “groen 40%” je antwoord is"),
    ("A1 oranje\nGedaan: 80%", {"A1": ORANGE | text("80%")}, "A1: “80%” is als tekst bewaard"),
    ("A1 oranje op 12 oktober 60%", {"A1": ORANGE | text("op 12 oktober 60%")}, "A1: “op 12 oktober 60%” is als tekst bewaard"),
    # what it is not
    ("A1 is nog niet afgerond", {"A1": text("is nog niet afgerond")}, "A1: “is nog niet afgerond” zegt wat het niet is"),
    ("A1 niet meer groen", {"A1": text("niet meer groen")}, "A1: “niet meer groen” zegt wat het niet is"),
    ("A1 not on track", {"A1": text("not on track")}, "A1: “not on track” zegt wat het niet is"),
    ("A1 status: niet afgerond", {"A1": text("niet afgerond")}, "A1: “niet afgerond” zegt wat het niet is"),
    ("A1 kleur: geen", {}, "A1: “geen” is geen kleur, status of percentage. Er is niets verwerkt"),
    ("A1 no longer green", {"A1": text("no longer green")}, "A1: “no longer green” zegt wat het niet is"),
    ("A1 groen niet", {"A1": text("groen niet")}, "A1: het is niet duidelijk of “groen” je antwoord is"),
    # what is left, or what is done
    ("A1 nog 20%", {"A1": text("nog 20%")}, "A1: “nog 20%” is als tekst bewaard"),
    ("A1 oranje, nog 20% te gaan", {"A1": ORANGE | text("nog 20% te gaan")}, "A1: “nog 20% te gaan” is als tekst bewaard"),
    ("A1 te doen: 20%", {}, "A1: je noemt zowel “Nog te doen” als “20%”"),
    ("A1 80%, afgerond", {}, "A1: je noemt zowel “Afgerond” als “80%”"),
    # what was said twice
    ("A1 planning: groen, budget: rood", {"A1": text("planning: groen, budget: rood")}, "A1: het is niet duidelijk of “rood” je antwoord is"),
    ("A1 groen, nee oranje", {}, "A1: je noemt zowel “Groen” als “Oranje”. Er is niets over A1 verwerkt"),
    ("A1 oranje 60%\nCorrectie: 70%", {}, "A1: je noemt zowel “60%” als “70%”"),
    ("A1 oranje 60%\nof nee, groen", {}, "A1: je noemt zowel “Oranje” als “Groen”"),
    ("A1 oranje 60%\nmoet zijn: groen", {}, "A1: je noemt zowel “Oranje” als “Groen”"),
    ("A1 groen\nOeps, oranje bedoel ik", {}, "A1: je noemt zowel “Groen” als “Oranje”"),
    ("A1 groen, moet zijn 80%", {"A1": GREEN | text("moet zijn 80%")}, "A1: het is niet duidelijk of “80%” je antwoord is"),
    ("A1 groen\nshould be 80%", {"A1": GREEN | text("should be 80%")}, "A1: het is niet duidelijk of “80%” je antwoord is"),
    ("A1 gids klaar: groen", {"A1": text("gids klaar: groen")}, "A1: het is niet duidelijk of “groen” je antwoord is"),
    ("A1 oranje\nSorry A1 groen, nee rood", {}, "A1: je noemt zowel “Groen” als “Rood”"),
    ("A1 60%\nCorrectie: A1 geen wijzigingen", {}, "A1: je noemt zowel “60%” als “geen wijzigingen”"),
    ("A1 afgerond\nSorry, A1 is nog niet afgerond", {"A1": text("is nog niet afgerond")}, "A1: “is nog niet afgerond” zegt wat het niet is"),
    # words and figures that are no answer
    ("A1 2/3 klaar", {}, "A1: “2/3” kan van alles betekenen"),
    ("A1 g", {"A1": text("g")}, "A1: “g” is als tekst bewaard"),
    ("A1 blauw", {}, "A1: “blauw” is geen kleur van het verkeerslicht"),
    ("A1 orajne 60%", {"A1": text("orajne 60%")}, "A1: “orajne 60%” is als tekst bewaard"),
    ("A1 groem", {"A1": text("groem")}, "A1: “groem” is als tekst bewaard"),
    ("A1 groen?", {"A1": text("groen?")}, "A1: “groen” is als tekst bewaard"),
    ("A1 👍", {"A1": text("👍")}, "A1: “👍” is als tekst bewaard"),
    ("A1 halfway", {}, "A1: “halfway” is geen percentage"),
    ("A1 voortgang 3", {}, "A1: “3” kan van alles betekenen"),
    ("A1 voortgang 60 van de 100", {"A1": text("voortgang 60 van de 100")}, "A1: “voortgang 60 van de 100” is als tekst bewaard"),
    ("A1 3/4", {}, "A1: “3/4” kan van alles betekenen"),
    ("A1 done?", {}, "A1: “done?” is geen kleur, status of percentage. Er is niets verwerkt"),
    ("A1 gr.", {}, "A1: “gr.” is geen kleur, status of percentage. Er is niets verwerkt"),
    ("A1 -", {}, "A1: “-” is geen kleur, status of percentage. Er is niets verwerkt"),
    ("A1 done - evaluation in May", {"A1": text("done - evaluation in May")}, "A1: het is niet duidelijk of “done” je antwoord is"),
    ("A1 gedaan - gids gedrukt", {"A1": text("gedaan - gids gedrukt")}, "A1: het is niet duidelijk of “gedaan” je antwoord is"),
    ("I4 23 okt", {}, "I4: de dag van de meting (23-10-2026) is niet verwerkt, want er staat geen gemeten waarde bij"),
    ("I4 groen gemeten 1-10-2026", {"I4": GREEN}, "I4: de dag van de meting (01-10-2026) is niet verwerkt"),
    ("I4 23\nGemeten op: oktober 2026", {"I4": value(23)}, "I4: “oktober 2026” is een periode"),
    ("A1 ?", {}, "A1: “?” is geen kleur, status of percentage. Er is niets verwerkt"),
    ("A1 geen", {}, "A1: “geen” is geen kleur, status of percentage. Er is niets verwerkt"),
    # several items
    ("a1 is afgerond! A2 is nog niet afgerond", {"A1": DONE, "A2": text("is nog niet afgerond")}, "A2: “is nog niet afgerond” zegt wat het niet is"),
    ("A1 groen, A2 nog niet afgerond", {"A1": GREEN, "A2": text("nog niet afgerond")}, "A2: “nog niet afgerond” zegt wat het niet is"),
    ("A1 groen. A2 moet eerst af.", {"A1": GREEN | text("A2 moet eerst af.")}, "A2 wordt genoemd in wat je over A1 schreef"),
    ("A1 groen, A2 niet", {"A1": GREEN | text("A2 niet")}, "A2 wordt genoemd in wat je over A1 schreef"),
    ("A1 groen\nA2 idem", {"A1": GREEN}, "A2: “idem” kan van het onderdeel erboven zijn"),
    ("A1, A2 en A9 groen", {"A1": GREEN, "A2": GREEN}, "A9 is niet aan jou gevraagd"),
    ("A9 rood, A1 groen", {"A1": GREEN}, "A9 is niet aan jou gevraagd"),
    ("A1 t/m A9 groen", {"A1": GREEN, "A2": GREEN, "A3": GREEN, "A4": GREEN}, "A9 is niet aan jou gevraagd"),
    ("A1 rood 30%\n\nVerder geen wijzigingen", {"A1": RED | at(30) | text("Verder geen wijzigingen")}, "A1: “Verder geen wijzigingen” staat als tekst bij A1"),
    ("A1 rood, verder geen wijzigingen", {"A1": RED | text("verder geen wijzigingen")}, "A1: “verder geen wijzigingen” staat als tekst bij A1"),
    ("A1 rood. Verder geen wijzigingen.", {"A1": RED | text("Verder geen wijzigingen")}, "A1: “Verder geen wijzigingen” staat als tekst bij A1"),
    ("A1 rood\nDe rest volgt morgen", {"A1": RED | text("De rest volgt morgen")}, "A1: “De rest volgt morgen” staat als tekst bij A1"),
    ("A1 rood\n\nAlles verder ongewijzigd", {"A1": RED | text("Alles verder ongewijzigd")}, "A1: “Alles verder ongewijzigd” staat als tekst bij A1"),
    ("Alles groen. A1 volgt nog", everything(GREEN, but="A1") | {"A1": text("volgt nog")}, "A1: wat je over A1 apart schreef, staat als tekst bij A1; “groen” over alles is bij A1 niet"),
    ("Alles groen, A1 weet ik nog niet", everything(GREEN, but="A1") | {"A1": text("weet ik nog niet")}, "A1: wat je over A1 apart schreef"),
    ("Geen wijzigingen. A1 volgt morgen.", everything(UNCHANGED, but="A1") | {"A1": text("volgt morgen.")}, "A1: wat je over A1 apart schreef"),
    # questions
    ("Alles groen? Nee.\nA1 rood", {"A1": RED}, "“Alles groen? Nee.” hoort bij geen onderdeel"),
    ("Geen wijzigingen? Ik dacht van wel.\nA1 rood", {"A1": RED}, "“Geen wijzigingen? Ik dacht van wel.” hoort bij geen onderdeel"),
    ("A1 I4 groen gemeten 1-10-2026", {"A1": text("I4 groen gemeten 1-10-2026")}, "I4 wordt genoemd in wat je over A1 schreef"),
    ("A1 groen, A2 wacht op hout", {"A1": GREEN | text("A2 wacht op hout")}, "A2 wordt genoemd in wat je over A1 schreef"),
    ("A1 groen, A2: wacht op hout", {"A1": GREEN | text("A2: wacht op hout")}, "A2 wordt genoemd in wat je over A1 schreef"),
    ("A1 is klaar, A2 bijna", {"A1": DONE | text("A2 bijna")}, "A2 wordt genoemd in wat je over A1 schreef"),
    ("A1 60% / A2 vertraagd", {"A1": at(60) | text("A2 vertraagd")}, "A2 wordt genoemd in wat je over A1 schreef"),
    ("A1 groen (A2 rood)", {"A1": GREEN | text("A2 rood")}, "A2 wordt genoemd in wat je over A1 schreef"),
    ("A1 groen - A2 vertraging", {"A1": GREEN | text("A2 vertraging")}, "A2 wordt genoemd in wat je over A1 schreef"),
    ("a1 groen a2 rood geen budget a3 zestig procent", {"A1": GREEN, "A2": RED | text("geen budget a3 zestig procent")}, "A3 wordt genoemd in wat je over A2 schreef"),
    ("A1 rood want geen budget a3 is afgerond", {"A1": RED | text("want geen budget a3 is afgerond")}, "A3 wordt genoemd in wat je over A1 schreef"),
    ("A1 60%. Als A2 klaar is, A3 100%.", {"A1": at(60) | text("Als A2 klaar is, A3 100%.")}, "A3 wordt genoemd in wat je over A1 schreef"),
    # everything that was asked
    ("groen", {}, "Het is niet duidelijk waar “groen” over gaat"),
    ("De rest groen", {}, "Je schrijft over de rest, maar noemt geen onderdeel"),
    ("Alles afgerond", {}, "Het is niet duidelijk waar “Alles afgerond” over gaat"),
    ("Alles groen, op A2 na.", everything(GREEN, but="A2"), "A2 is uitgezonderd, maar hoe het daarmee staat, is niet duidelijk"),
    # what belongs to no item
    ("We zijn druk met de verhuizing.\nA1 groen", {"A1": GREEN}, "“We zijn druk met de verhuizing.” hoort bij geen onderdeel"),
    ("Alles groen\nDe balie gaat op 1 mei open.", everything(GREEN), "“De balie gaat op 1 mei open.” hoort bij geen onderdeel"),
    ("A1 groen\n\nGroet, Piet\nPS het budget is bijna op", {"A1": GREEN}, "“het budget is bijna op” hoort bij geen onderdeel"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected", "remark"), UNCLEAR)
def test_unclear_answer_is_asked_about(
    written: str, expected: dict[str, dict[str, Any]], remark: str
) -> None:
    """Only what is beyond doubt is recorded, the rest is kept as text or left out, and its owner hears which and why."""
    lines = read(written)
    assert (said(lines), [problem.nl[: len(remark)] for problem in lines.problems]) == (expected, [remark])


def test_a_sentence_about_the_only_item_is_its_answer() -> None:
    """No ID is needed; a sentence above the answer is its text, and nobody hears that it was lost."""
    only = {"A1": ItemKind.ACTION}
    for written in ("We lopen iets achter: oranje, 60%.", "We lopen iets achter\n\nOranje 60%"):
        lines = read_answers(written, only, TODAY)
        assert said(lines) == {"A1": ORANGE | at(60) | text("We lopen iets achter")}
        assert lines.problems == ()


@pytest.mark.parametrize("line", ["Alles groen? Nee, A1 is rood", "Geen wijzigingen? Ik dacht van wel"])
def test_a_question_is_no_answer(line: str) -> None:
    """Nothing is recorded; the mail is for a person to read."""
    lines = read(line)
    assert (said(lines), lines.rest) == ({}, line)


def test_aspects_on_lines_of_their_own_are_text() -> None:
    """None of them is how the item stands, and each is asked about."""
    lines = read("A1\nPlanning: rood\nBudget: groen\nAl met al: oranje")
    assert said(lines) == {"A1": text("Planning: rood\nBudget: groen\nAl met al: oranje")}
    begin = "A1: het is niet duidelijk of"
    assert [problem.nl.split(" je antwoord")[0] for problem in lines.problems] == [
        f"{begin} “rood”",
        f"{begin} “groen”",
        f"{begin} “oranje”",
    ]


def test_remark_quotes_whole_words_and_says_what_to_write() -> None:
    """In both languages; a long sentence is cut off between words."""
    (remark,) = read(
        "A1 groen onderhoud aan de gevels van de hele buurt is uitbesteed aan vier aannemers"
    ).problems
    assert remark.nl == (
        "A1: het is niet duidelijk of “groen” je antwoord is of een deel van de zin “groen onderhoud aan de gevels van de hele "
        "buurt is…”. De zin is als tekst bewaard. Is het je antwoord, schrijf dan “A1 groen”, met wat je erover kwijt wilt op de "
        "regel eronder."
    )
    (remark,) = read("S2 not green").problems
    assert (
        remark.en
        == "S2: “not green” says what it is not. It was kept as text; write what it is, such as “S2 orange”."
    )


@pytest.mark.parametrize(
    "line",
    [
        "A1 1%, A2 2%, " * 5_000,
        "Groen: A1. Rood: A2. " * 3_000,
        "A1 iets. A2 moet. " * 3_000,
        "A1 en " * 20_000,
        "Geen wijzigingen. " * 3_000 + "A1 60%",
        "A1 als A2 klaar is, A3 groen " * 3_000,
    ],
)
def test_endless_line_is_read_in_bounded_depth(line: str) -> None:
    """However often a line goes on with another item."""
    assert set(said(read(line))) <= set(ITEMS)


NOTHING = ("geen", "nee", "-", "–", "n.v.t.", "none", "niets", "Niets nodig", "no", "nothing at the moment")


@pytest.mark.parametrize("word", NOTHING)
def test_nothing_behind_a_heading_is_an_answer(word: str) -> None:
    """Under each of the four headings; what it does to the row is for the row to say."""
    lines = read(f"A1\nGedaan: {word}\nKomende periode: {word}\nNodig: {word}\nVoorstel: {word}")
    assert said(lines) == {"A1": {"done": word, "next": word, "needed": word, "proposal": word}}
    assert lines.problems == ()


@pytest.mark.parametrize("blank", ["", " …", " ___", " [...]"])
def test_blank_behind_a_heading_is_no_answer(blank: str) -> None:
    """Our lines to copy, as they went out, say nothing."""
    assert said(read(f"A1 groen\nNodig:{blank}\nVoorstel:{blank}")) == {"A1": GREEN}


SPOKEN = {
    "light": ("groen", "oranje", "rood", "green", "red"),
    "status": ("afgerond", "klaar", "done"),
    "progress": ("60%", "80 %"),
}
VALUES = st.sampled_from([(name, word) for name, words in SPOKEN.items() for word in words])
NOT = st.sampled_from(
    ("niet", "nog niet", "geen", "niet meer", "not", "no longer", "is nog niet", "nog steeds niet")
)
NOUNS = st.sampled_from(
    ("onderhoud", "van de huurders", "met deel 1", "fase loopt", "staat de begroting", "licht gekregen")
)


@given(NOT, VALUES, st.sampled_from(("", ".", ", want er is geen geld", " sinds mei")))
@settings(max_examples=60, deadline=None)
def test_what_was_denied_is_never_recorded(negation: str, said_value: tuple[str, str], rest: str) -> None:
    """Whatever the word for "not", the value, and what follows."""
    name, word = said_value
    lines = read(f"A1 {negation} {word}{rest}")
    assert name not in said(lines)["A1"]


@given(VALUES, NOUNS)
@settings(max_examples=60, deadline=None)
def test_a_word_that_runs_on_into_a_sentence_is_never_recorded(
    said_value: tuple[str, str], rest: str
) -> None:
    """The sentence is kept word for word."""
    _, word = said_value
    lines = read(f"A1 {word} {rest}")
    assert said(lines) == {"A1": text(f"{word} {rest}")}


SHARES = st.sampled_from(
    ("is geschouwd", "heeft gereageerd", "van de huurders", "nog te gaan", "nog niet klaar", "vertraagd", "uitval", "budget besteed", "zodra het kan", "morgen", "verwacht", "(budget)")
)  # fmt: skip


@given(st.sampled_from(("groen", "oranje", "red")), st.integers(1, 99), SHARES)
@settings(max_examples=60, deadline=None)
def test_a_share_of_something_is_no_progress(light: str, percent: int, rest: str) -> None:
    """The light before it counts; the percentage and what follows it are text, and asked about."""
    lines = read(f"A1 {light} {percent}% {rest}")
    assert said(lines) == {"A1": said(read(f"A1 {light}"))["A1"] | text(f"{percent}% {rest}")}
    assert len(lines.problems) == 1


PLAIN = (
    "leverancier",
    "vloer",
    "gemeente",
    "wacht",
    "gelegd",
    "bewoners",
    "hout",
    "offerte",
    "contract",
    "tekent",
)
MIXED = st.lists(
    st.sampled_from((*PLAIN, *PLAIN, "groen", "rood", "60%", "klaar", "loopt", "niet", "van groen naar oranje", "zestig procent", "3", ",", ".", ":", "-", "(", ")", "A2")),
    max_size=12,
)  # fmt: skip


@given(MIXED)
@settings(max_examples=150, deadline=None)
def test_text_is_kept_word_for_word_and_none_is_lost(words: list[str]) -> None:
    """Every plain word is in the text of an item, or in a remark; of an item that contradicts itself nothing is kept."""
    written = " ".join(["A1", *words])
    lines = read(written)
    texts = [text for answer in lines.answers for text in answer.done.split("\n")]

    def without_ids(said: list[str]) -> str:  # "groen A2 hout" says "groen hout" about it
        return " ".join(word for word in said if word != "A2")

    assert all(text in written or without_ids(text.split(" ")) in without_ids(words) for text in texts)
    kept = " ".join((*texts, lines.rest, *(problem.nl for problem in lines.problems)))
    contradicted = "Er is niets over A" in kept
    assert contradicted or [word for word in words if word in PLAIN and word not in kept] == []
