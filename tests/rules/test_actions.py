"""What makes an action clear, and its status, progress, light and dates agree: a bad and a good plan per rule."""

from __future__ import annotations

import pytest

from ogsm_xl.rules import actions
from tests.support.findings import Pair, cells

PEOPLE = """
    person Anna anna@example.org
    person Bram bram@example.org
    strategy S1 Anna "Shorter waits by building faster"
"""

PAIRS = (
    Pair("OX501", 'action A1 Bram S1 ""', "Acties!B2", 'action A1 Bram S1 "Website renewed"'),
    Pair("OX502", 'action A1 S1 "Website renewed"', "Acties!D2", 'action A1 Bram S1 "Website renewed"'),
    Pair("OX502", "action A1 in_progress", "Acties!D2", "action A1 done\naction A2 parked"),
    Pair("OX503", 'action A1 owner="Jan / Piet"', "Acties!D2", "action A1 Bram involved=Anna"),
    Pair("OX503", 'action A1 owner="Bram & MT"', "Acties!D2", 'action A1 owner="P&O"'),
    Pair("OX503", 'action A1 owner="Bram,Anna"', "Acties!D2", 'action A1 owner="Vries, J. de"'),
    Pair("OX504", "action A1 Carla", "Acties!D2", "action A1 Bram\naction A2 owner=bram@example.org"),
    Pair("OX504", 'action A1 owner="P&O"', "Acties!D2", 'action A1 owner="Jan / Piet"'),
    Pair("OX505", "action A1 in_progress", "Acties!G2", "action A1 2026-12-01\naction A2 done\naction A3 parked"),
    Pair("OX506", "action A1 2026-09-01..2026-06-30", "Acties!G2", "action A1 2026-09-01..2026-09-01"),
    Pair("OX507", "action A1 in_progress", "Acties!C2", "action A1 S1 in_progress\naction A2 parked"),
    Pair("OX508", "action A1 S1,S9", "Acties!C2", 'action A1 "Website renewed" strategies=s1'),
    Pair("OX509", "action A1 40%", "Acties!H2", "action A1 in_progress\naction A2 100%"),
    Pair("OX510", "action A1 in_progress 100%", "Acties!H2", "action A1 done 100%"),
    Pair("OX510", "action A1 to_do 100%\naction A2 parked 100%\naction A3 100%", "Acties!H2 Acties!H3 Acties!H4", "action A1 in_progress 99%"),
    Pair("OX511", "action A1 done 80%", "Acties!I2", "action A1 done 100%\naction A2 done"),
    Pair("OX512", "action A1 to_do 30%", "Acties!H2", "action A1 in_progress 30%\naction A2 to_do 0%\naction A3 to_do"),
    Pair("OX513", "action A1 2026-04-01..2026-12-01 in_progress 0%", "Acties!I2", "action A1 2026-05-15..2026-12-01 in_progress 0%\naction A2 2026-04-01.. in_progress 10%"),
    Pair("OX514", "action A1 done red\naction A2 done orange", "Acties!J2 Acties!J3", "action A1 done green\naction A2 done"),
    Pair("OX515", "action A1 parked red", "Acties!J2", "action A1 parked\naction A2 parked green"),
    Pair("OX516", "action A1 in_progress", "Acties!F2", "action A1 in_progress start=2026-03-01\naction A2 done"),
    Pair("OX517", "action A1 in_progress start=2026-07-01", "Acties!F2", "action A1 in_progress start=2026-06-01\naction A2 to_do start=2026-07-01"),
    Pair("OX518", "action A1 2026-05-01..2026-12-01 to_do", "Acties!F2", "action A1 2026-05-28..2026-12-01 to_do\naction A2 2026-05-01.. in_progress"),
    Pair("OX519", "action A1 2026-12-01 to_do", "Acties!F2", "action A1 2026-09-01..2026-12-01 to_do\naction A2 parked"),
    Pair("OX520", "action A1 2026-01-01..2026-05-31 in_progress green", "Acties!J2", "action A1 2026-01-01..2026-06-01 in_progress green\naction A2 ..2026-05-01 done green"),
    Pair("OX521", "action A1 2026-01-01..2026-05-01 in_progress orange", "Acties!G2", 'action A1 2026-01-01..2026-05-01 in_progress orange proposal="Deadline 1 September"\naction A2 ..2026-05-01 done'),
    Pair("OX522", "action A1 start=2026-07-01 done", "Acties!F2", "action A1 start=2026-05-01 done"),
    Pair("OX523", "action A1 in_progress 60% done_on=2026-05-12", "Acties!P2", "action A1 done done_on=2026-05-12"),
    Pair("OX524", "action A1 done done_on=2062-05-12\naction A2 done start=2026-05-01 done_on=2026-04-01", "Acties!P2 Acties!P3", "action A1 done start=2026-01-01 done_on=2026-05-12"),
    Pair("OX525", "action A1 2026-01-01..2026-07-01 in_progress green 20%", "Acties!J2", "action A1 2026-01-01..2026-07-01 in_progress green 70%\naction A2 2026-01-01..2026-07-01 in_progress orange 20%"),
    Pair("OX526", "action A1 in_progress orange", "Acties!K2", 'action A1 in_progress orange update="Supplier is late"\naction A2 in_progress red needed="A choice"\naction A3 green'),
    Pair("OX527", 'action A1 in_progress red update="Too late"', "Acties!N2", 'action A1 in_progress red proposal="Only phase 1"\naction A2 red needed="Money"\naction A3 orange'),
    Pair("OX528", "action A1 2026-01-01..2062-06-30\naction A2 1926-01-01..2026-06-30", "Acties!G2 Acties!F3", "action A1 2026-01-01..2030-06-30\naction A2 done"),
    Pair("OX529", "action A1 2026-01-01..2030-01-01", "Acties!G2", "action A1 2026-01-01..2027-12-01\naction A2 2026-01-01..2062-01-01"),
    Pair("OX530", "objective O1 Anna period=2026–2028\naction A1 ..2029-03-01", "Acties!G2", "objective O1 Anna period=2026–2028\naction A1 ..2028-12-31"),
    Pair("OX531", 'action A1 "Mogelijkheden voor een klantportaal onderzoeken"\naction A2 "Improve cooperation"', "Acties!B2 Acties!B3", 'action A1 "Besluit over het klantportaal genomen"\naction A2 "Explored: three options for the portal"\naction A3 "Improve satisfaction from 7 to 8"\naction A4 "Nieuwe website bouwen"'),
    Pair("OX532", 'action A1 "Dagelijks de mailbox bijhouden"\naction A2 "Ongoing support of members"', "Acties!B2 Acties!B3", 'action A1 "Dagelijkse stand-up ingevoerd in alle teams"\naction A2 "Weekly newsletter started"'),
    Pair("OX533", "action A1 text=Website", "Acties!B2", 'action A1 "Website vernieuwd"\naction A2 ""'),
    Pair("OX534", 'action A1 "1. plan maken 2. leverancier kiezen 3. invoeren"\naction A2 "• plan • choice • start"', "Acties!B2 Acties!B3", 'action A1 "Systeem in gebruik bij 3 teams - fase 2"'),
    Pair("OX535", 'action A1 Bram S1 "Website renewed"\naction A2 Bram S2 "website  renewed"', "Acties!B3", 'action A1 Bram S1 "Website renewed"\naction A2 Anna S2 "Website renewed"\naction A3 done Bram "Website renewed"'),
    Pair("OX536", "\n".join(f"action A{n} ..2026-12-{n:02}" for n in range(1, 9)), "Acties!G2", "\n".join(f"action A{n} ..2026-{n % 4 + 7:02}-01" for n in range(1, 13))),
    Pair("OX537", 'action A1 ..2026-09-01\ndecision 2026-01-08 A1 "Deadline naar 1 maart"\ndecision 2026-02-05 A1 "Deadline moved to 1 June"\ndecision 2026-05-07 A1 "Uitstel tot september"', "Acties!G2", 'action A1 ..2026-09-01\ndecision 2026-01-08 A1 "Deadline naar 1 maart"\ndecision 2026-02-05 A1 "Two more people"\ndecision 2026-05-07 A1 "Budget is approved"'),
    Pair("OX538", 'action A1\nreport A1 2026-03-01 proposal="Deadline naar 1 april"\nreport A1 2026-04-01 proposal="Deadline naar 1 mei"\nreport A1 2026-05-01 proposal="Deadline naar 1 juni"', "Acties!G2", 'action A1\nreport A1 2026-03-01 proposal="Deadline naar 1 april"\nreport A1 2026-04-01 proposal="Deadline naar 1 april"\nreport A1 2026-05-01 proposal="Deadline naar 1 april"'),
    Pair("OX539", 'action A1 updated_on=2026-03-01 proposal="Stop"\nsession SES1 doing 2026-03-05\nsession SES2 doing 2026-04-02', "Acties!N2", 'action A1 updated_on=2026-03-01 proposal="Stop"\nsession SES1 doing 2026-03-05\nsession SES2 doing 2026-04-02\ndecision 2026-03-05 A1 "Not yet"'),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_rule_finds_the_bad_action_in_its_cell_and_leaves_the_good_one_alone(pair: Pair) -> None:
    """Every rule about actions points at the cell that has to change, and is silent once it is mended."""
    assert (cells(pair.code, PEOPLE + pair.bad), cells(pair.code, PEOPLE + pair.good)) == (pair.cells, "")


def test_every_rule_about_actions_has_a_pair() -> None:
    """No rule about actions goes untested."""
    assert {pair.code for pair in PAIRS} == {rule.code for rule in actions.RULES}
