"""What makes people reachable and their share of the plan bearable: a bad and a good plan per rule."""

from __future__ import annotations

import pytest

from ogsm_xl.rules import people
from tests.support.findings import Pair, cells


def actions(count: int, rest: str) -> str:
    """A plan in which Bram owns this many actions."""
    owned = [f"action A{number} Bram {rest}" for number in range(1, count + 1)]
    return "\n".join(["person Bram bram@example.org", *owned])


def driven(count: int) -> str:
    """A plan in which Anna drives this many strategies."""
    return "\n".join(["person Anna", *(f"strategy S{number} Anna" for number in range(1, count + 1))])


PAIRS = (
    Pair("OX601", "action A1 Bram", "-", "person Bram\naction A1 Bram"),
    Pair("OX602", "person Bram\naction A1 Bram", "Personen!B2", "person Bram\naction A1 Bram done\nperson Anna anna@example.org\naction A2 Anna"),
    Pair("OX603", "person Bram bram@\nperson Anna mail='anna@example.org; bram@example.org'", "Personen!B2 Personen!B3", "person Bram bram.jansen@mail.example.org\nperson Anna"),
    Pair("OX604", "person Anna mt@example.org\nperson Bram MT@example.org", "Personen!B3", "person Anna anna@example.org\nperson Bram bram@example.org\nperson Carla anna@example.org left_on=2026-05-01"),
    Pair("OX605", "person Anna a@example.org\nperson name=anna b@example.org", "Personen!A3", "person Anna a@example.org\nperson name='Anna B' b@example.org"),
    Pair("OX606", "person Bram left_on=2026-05-01\naction A1 Bram\nstrategy S1 Bram", "Personen!H2", "person Bram left_on=2026-05-01\naction A1 Bram done\nperson Anna left_on=2026-09-01\naction A2 Anna"),
    Pair("OX607", "person Bram left_on=2026-06-15\naction A1 Bram", "Personen!H2", "person Bram left_on=2026-09-15\naction A1 Bram\nperson Anna left_on=2026-06-15"),
    Pair("OX608", "person Anna deputy=secretariaat", "Personen!E2", "person Anna deputy=Bram\nperson Bram"),
    Pair("OX609", "person Anna deputy=anna", "Personen!E2", "person Anna deputy=Bram\nperson Bram"),
    Pair("OX610", "person Anna deputy=Bram\nperson Bram b@example.org left_on=2026-05-01\nperson Carla deputy=Dirk\nperson Dirk", "Personen!E2 Personen!E4", "person Anna deputy=Bram\nperson Bram b@example.org"),
    Pair("OX611", "person Anna absent_from=2026-05-20 absent_until=2026-08-31\naction A1 Anna\nperson Bram absent_from=2026-06-10\naction A2 Bram", "Personen!E2 Personen!E3", "person Anna absent_from=2026-05-20 absent_until=2026-08-31 deputy=Bram\naction A1 Anna\nperson Bram absent_from=2026-06-01 absent_until=2026-06-10\naction A2 Bram\nperson Carla absent_until=2026-05-01\naction A3 Carla"),
    Pair("OX612", "person Anna absent_from=2026-07-01 absent_until=2026-06-15", "Personen!G2", "person Anna absent_from=2026-07-01 absent_until=2026-07-01"),
    Pair("OX613", "person Anna deputy=Bram absent_from=2026-08-01 absent_until=2026-08-14\nperson Bram absent_from=2026-08-10", "Personen!E2", "person Anna deputy=Bram absent_from=2026-07-01 absent_until=2026-07-14\nperson Bram absent_from=2026-08-01"),
    Pair("OX614", "person Anna ogsm_owner\nperson Carla process_owner left_on=2026-05-01", "-", "person Carla process_owner"),
    Pair("OX615", actions(11, "in_progress"), "Personen!A2", actions(11, "to_do start=2026-09-01") + "\n" + actions(10, "start=2026-05-01")),
    Pair("OX616", actions(6, "2026-06-30"), "Personen!A2", actions(5, "2026-06-30") + "\n" + actions(6, "2026-05-12")),
    Pair("OX617", driven(4), "Personen!A2", driven(3)),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_a_rule_finds_the_bad_person_in_its_cell_and_leaves_the_good_one_alone(pair: Pair) -> None:
    """Every rule about people points at the cell that has to change, and is silent once it is mended."""
    assert (cells(pair.code, pair.bad), cells(pair.code, pair.good)) == (pair.cells, "")


def test_every_rule_about_people_has_a_pair() -> None:
    """No rule about people goes untested."""
    assert {pair.code for pair in PAIRS} == {rule.code for rule in people.RULES}
