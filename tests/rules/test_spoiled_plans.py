"""Three plans, each spoiled in twenty ways by typing in its workbook: every slip is found, in its cell, and nothing else.

What is found of how many, and how many false alarms there are, is the test itself: each slip has its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from ogsm_xl.example import FAULTS, example_plan
from ogsm_xl.plan.finding import Severity
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.words import Language
from tests.support.plans import plan_of
from tests.support.spoiling import Slip, Spoiled, serious, spoiled

HOSPITAL = plan_of(
    """
        objective O1 "By 2028 everybody in the region gets the care they need within a week" green period=2026-2028 organisation="Westmere Hospital" owner="Ruth Alder"
        person    name="Ruth Alder" mail=ruth.alder@westmere.example ogsm_owner manager
        person    name="Colin Hurst" mail=colin.hurst@westmere.example process_owner
        person    name="Priya Nair" mail=priya.nair@westmere.example manager deputy="Dan Okoro"
        person    name="Dan Okoro" mail=dan.okoro@westmere.example member
        person    name="Mei Lin" mail=mei.lin@westmere.example manager
        person    name="Tomas Reyes" mail=tomas.reyes@westmere.example member
        goal      D1 "Patients are seen within a week" indicator="Waiting time" unit=days baseline=19 target=7 target_date=2028-12-31 actual=16 green
        goal      D2 "Staff stay and recommend us" indicator="Staff who would recommend us" unit=% baseline=61 target=80 target_date=2028-12-31 actual=64 green
        strategy  S1 "Shorter waits by planning all clinics from one desk" D1 business green owner="Priya Nair" update="The desk works for two clinics" updated_on=2026-05-12
        strategy  S2 "Fewer visits by treating at home what can be treated at home" D1 business orange owner="Mei Lin" update="Contract with the district nurses is late" updated_on=2026-05-12
        strategy  S3 "Staff who stay by rosters that teams make themselves" D2 enabling green owner="Ruth Alder" update="Three wards roster themselves" updated_on=2026-05-12
        indicator I1 S1 "Waiting time for a first visit" lower unit=days baseline=19 target=7 target_date=2028-12-31 actual=16 measured_on=2026-05-04 green owner="Dan Okoro"
        indicator I2 S2 "Treatments given at home" higher unit=treatments baseline=120 target=900 target_date=2028-12-31 actual=210 measured_on=2026-05-04 orange note="Starts with the contract" owner="Tomas Reyes"
        indicator I3 S3 "Staff turnover" lower unit=% baseline=14 target=9 target_date=2028-12-31 actual=12.5 measured_on=2026-04-30 green owner="Tomas Reyes"
        indicator I4 S1 "Occupancy of clinics" band unit=% baseline=71 target=80 upper=90 target_date=2027-12-31 actual=83 measured_on=2026-05-04 green owner="Dan Okoro"
        measurement M1 I1 2026-02-02 value=18
        measurement M2 I1 2026-05-04 value=16
        measurement M3 I2 2026-05-04 value=210
        action    A1 S1 "One desk plans the clinics of eye care and cardiology" 2026-01-12..2026-06-26 in_progress 80% green owner="Priya Nair" update="Both clinics have moved" updated_on=2026-05-26
        action    A2 S1 "Patients choose their time themselves on the website" 2026-03-02..2026-09-25 in_progress 40% green owner="Dan Okoro" update="Tested with 20 patients" updated_on=2026-05-27
        action    A3 S1 "All specialties have moved to the one desk" 2026-09-07..2027-06-25 to_do owner="Priya Nair"
        action    A4 S2 "Contract with the district nurses is signed" 2026-01-19..2026-06-12 in_progress 60% orange owner="Mei Lin" update="The price is still open" proposal="Two weeks later" updated_on=2026-05-28
        action    A5 S2 "Thirty nurses can give infusions at home" 2026-04-06..2026-11-27 in_progress 20% green owner="Tomas Reyes" update="First group has started" updated_on=2026-05-26
        action    A6 S2 "Blood tests are taken at home in three districts" 2026-02-02..2026-05-15 done 100% green owner="Mei Lin" update="Runs in three districts" updated_on=2026-05-13 done_on=2026-05-13
        action    A7 S3 "Six wards make their own rosters" 2026-02-16..2026-10-30 in_progress 50% green owner="Ruth Alder" update="Three wards do" updated_on=2026-05-25
        action    A8 S3 "Rostering software is chosen and paid for" 2026-01-05..2026-07-31 in_progress 70% green owner="Tomas Reyes" update="Two suppliers left" updated_on=2026-05-26
        action    A9 S3 "Exit interviews of 2025 are analysed and discussed" 2026-03-09..2026-04-30 done 100% green owner="Ruth Alder" update="Discussed by the board" updated_on=2026-04-28 done_on=2026-04-28
        action    A10 S1,S3 "Outpatient floor is rebuilt" 2026-04-01..2028-03-31 parked 0% owner="Priya Nair" update="Parked until the budget of 2027" updated_on=2026-04-14
        session   SES1 doing 2026-03-12 10:00 minutes=45 place="Board room"
        session   SES2 steering 2026-04-16 09:30 minutes=120 place="Board room"
        session   SES3 doing 2026-05-14 10:00 minutes=45 place="Board room"
        session   SES4 doing 2026-06-11 10:00 minutes=45 place="Board room"
        session   SES5 steering 2026-07-09 09:30 minutes=120 place="Board room"
        session   SES6 doing 2026-08-13 10:00 minutes=45 place="Board room"
        session   SES7 doing 2026-09-10 10:00 minutes=45 place="Board room"
        session   SES8 steering 2026-10-15 09:30 minutes=120 place="Board room"
        session   SES9 planning 2026-11-19 09:00 minutes=480 place="Mill House"
        report    R1 A4 SES3 2026-05-12T09:00 orange 50% in_progress by="Mei Lin" done="Draft is there"
        report    R2 A4 SES4 2026-05-28T09:00 orange 60% in_progress by="Mei Lin" done="The price is still open" proposal="Two weeks later"
        report    R3 A2 SES4 2026-05-27T11:00 green 40% in_progress by="Dan Okoro" done="Tested with 20 patients"
        decision  B1 2026-05-14 SES3 A10 text="Parked until the budget of 2027" owner="Ruth Alder"
    """,
    Language.EN,
)
BAKERY = plan_of("""
    objective O1 "In 2028 levert Bakkerij Van Dam elke ochtend vers, binnen een dag besteld" green period=2026-2028 organisation="Bakkerij Van Dam" owner="Joke van Dam"
    person    name="Joke van Dam" mail=joke@vandam.example ogsm_owner manager
    person    name="Peter Smit" mail=peter@vandam.example process_owner member
    person    name="Fatima Aziz" mail=fatima@vandam.example manager
    person    name="Gerrit Bos" mail=gerrit@vandam.example member
    goal      D1 "Winkels krijgen elke ochtend hun hele bestelling" indicator="Complete leveringen" unit=% baseline=88 target=98 target_date=2027-12-31 actual=91 green
    goal      D2 "Minder brood gaat terug" indicator=Retouren unit=% baseline=11 target=5 target_date=2027-12-31 actual=9 green
    strategy  S1 "Complete leveringen door één bestelsysteem voor alle winkels" D1 business green owner="Fatima Aziz" update="Tien winkels bestellen in het nieuwe systeem" updated_on=2026-05-20
    strategy  S2 "Minder retouren door te bakken op bestelling" D2 business red owner="Joke van Dam" update="De oven staat stil, levering duurt tot de herfst" updated_on=2026-05-20
    indicator I1 S1 "Complete leveringen" higher unit=% baseline=88 target=98 target_date=2027-12-31 actual=91 measured_on=2026-05-18 green owner="Peter Smit"
    indicator I2 S2 "Brood dat terugkomt" lower unit=% baseline=11 target=5 target_date=2027-12-31 actual=9 measured_on=2026-05-18 green owner="Gerrit Bos"
    action    A1 S1 "Alle 24 winkels bestellen in het nieuwe systeem" 2026-01-12..2026-09-30 in_progress 45% green owner="Fatima Aziz" update="Tien winkels zijn over" updated_on=2026-05-25
    action    A2 S1 "Bestelfouten van 2025 zijn verklaard en besproken" 2026-02-02..2026-04-30 done 100% green owner="Peter Smit" update="Drie oorzaken gevonden" updated_on=2026-04-29 done_on=2026-04-29
    action    A3 S1 "Contract met de softwareleverancier is verlengd" 2026-05-04..2026-07-31 in_progress 30% green owner="Fatima Aziz" update="Offerte ligt er" updated_on=2026-05-25
    action    A4 S2 "De tweede steenoven draait in ploegendienst" 2026-01-05..2026-06-30 in_progress 50% red owner="Gerrit Bos" update="Onderdelen komen pas in september" proposal="Deadline naar 30 oktober" updated_on=2026-05-26
    action    A5 S2 "Winkels bestellen voor 16 uur voor de volgende dag" 2026-03-02..2026-10-30 in_progress 35% orange owner="Joke van Dam" update="Vijf winkels lukt het nog niet" updated_on=2026-05-22
    action    A6 S2 "Recepten van de twintig best verkochte broden staan vast" 2026-08-31..2026-12-18 to_do owner="Gerrit Bos"
    session   SES1 doing 2026-04-15 08:30 minutes=45 place=Kantine
    session   SES2 steering 2026-05-20 08:30 minutes=120 place=Kantine
    session   SES3 doing 2026-06-17 08:30 minutes=45 place=Kantine
    session   SES4 doing 2026-07-15 08:30 minutes=45 place=Kantine
    session   SES5 steering 2026-08-26 08:30 minutes=120 place=Kantine
    session   SES6 doing 2026-09-30 08:30 minutes=45 place=Kantine
    session   SES7 planning 2026-11-11 08:30 minutes=300 place="De Molen"
    report    R1 A4 SES3 2026-05-26T08:00 red 50% in_progress by="Gerrit Bos" done="Onderdelen komen pas in september" proposal="Deadline naar 30 oktober"
    report    R2 A1 SES3 2026-05-25T08:00 green 45% in_progress by="Fatima Aziz" done="Tien winkels zijn over"
""")


class Case(NamedTuple):
    """A plan, the day that it is judged by, the slips, and what is found as a consequence of a slip elsewhere.

    `consequences` are code and cell of errors and warnings that a slip brings about in another row, each with good reason.
    """

    plan: Plan
    today: date
    slips: Sequence[Slip]
    consequences: frozenset[tuple[str, str]] = frozenset()


CASES = {
    "hospital": Case(
        HOSPITAL,
        date(2026, 6, 1),
        (
            Slip("A1", "owner", "Priya Nair / Dan Okoro", "OX503"),
            Slip("A2", "owner", None, "OX502"),
            Slip("A3", "owner", "Outpatient team", "OX504"),
            Slip("A4", "update", None, "OX526"),
            Slip("A5", "deadline", "end of November", "OX101"),
            Slip("A6", "progress", 0.8, "OX511"),
            Slip("A7", "deadline", date(2062, 10, 30), "OX528"),
            Slip("A8", "start", None, "OX516"),
            Slip("A9", "light", "Red", "OX514"),
            Slip("S1", "owner", None, "OX302"),
            Slip("S2", "goals", "D9", "OX309"),
            Slip("I1", "baseline", None, "OX406"),
            Slip("I2", "unit", None, "OX405"),
            Slip("I3", "measured_on", date(2025, 1, 15), "OX415"),
            Slip("I4", "upper", 70, "OX412"),
            Slip("D2", "target", None, "OX210"),
            Slip("Tomas Reyes", "mail", "tomas.reyes@", "OX101"),
            Slip("Dan Okoro", "left_on", date(2026, 4, 1), "OX606"),
            Slip("SES6", "date", date(2026, 7, 9), "OX707"),
            Slip("R3", "item", "A99", "OX801"),
        ),
        # Dan Okoro, who left, is the deputy of Priya Nair.
        frozenset({("OX610", "People!E7")}),
    ),
    "bakery": Case(
        BAKERY,
        date(2026, 6, 1),
        (
            Slip("O1", "owner", "het MT", "OX203"),
            Slip("D1", "target_date", None, "OX211"),
            Slip("S1", "owner", "Fatima Aziz en Gerrit Bos", "OX303"),
            Slip("S2", "update", None, "OX311"),
            Slip("I1", "target", None, "OX407"),
            Slip("I1", "owner", "afdeling ICT", "OX404"),
            Slip("I2", "direction", "Hoger is beter", "OX410"),
            Slip("A1", "status", "Afgerond", "OX511", "progress"),
            Slip("A2", "done_on", date(2062, 4, 29), "OX524"),
            Slip("A3", "strategies", "S7", "OX508"),
            Slip("A3", "deadline", date(2026, 4, 1), "OX506"),
            Slip("A4", "deadline", "30 juni 206", "OX101"),
            Slip("A5", "progress", "bijna klaar", "OX101"),
            Slip("A5", "light", "R", "OX102"),
            Slip("A6", "start", date(2026, 3, 2), "OX518"),
            Slip("Fatima Aziz", "mail", None, "OX602"),
            Slip("Gerrit Bos", "deputy", "Gerrit Bos", "OX609"),
            Slip("SES4", "date", None, "OX105"),
            Slip("SES6", "id", "SES5", "OX110"),
            Slip("R1", "made_at", date(2062, 5, 26), "OX803"),
        ),
    ),
    "example": Case(
        example_plan(Language.NL),
        date(2026, 9, 1),
        (
            Slip("D3", "target", None, "OX210"),
            Slip("S2", "owner", "directie", "OX304"),
            Slip("I1", "strategies", None, "OX423"),
            Slip("I4", "measured_on", date(2027, 6, 30), "OX417"),
            Slip("I8", "note", None, "OX425"),
            Slip("I10", "owner", None, "OX402"),
            Slip("A2", "owner", "Anouk de Jong & Tom Whitaker", "OX503"),
            Slip("A3", "deadline", "Q4 2026", "OX101"),
            Slip("A5", "light", "Oranje", "OX514"),
            Slip("A7", "progress", 0.2, "OX512", "status"),
            Slip("A8", "strategies", None, "OX507"),
            Slip("A9", "deadline", None, "OX505"),
            Slip("A10", "done_on", date(2027, 5, 20), "OX524"),
            Slip("A11", "status", None, "OX509"),
            Slip("A18", "start", date(2026, 10, 1), "OX517"),
            Slip("A23", "deadline", date(2026, 3, 2), "OX506"),
            Slip("A24", "text", None, "OX501"),
            Slip("A25", "strategies", "S8", "OX508"),
            Slip(
                "Marieke van der Veen",
                "mail",
                "joost.hendriks@delinde.example",
                "OX604",
                "Joost Hendriks.mail",
            ),
            Slip("SES11", "date", date(2026, 11, 24), "OX707", "SES12.date"),
        ),
    ),
}
EVERY_SLIP = [(name, number) for name, case in CASES.items() for number in range(len(case.slips))]


@cache
def outcome(name: str) -> Spoiled:
    """What is found in one of the plans, with all its slips made at once."""
    case = CASES[name]
    with TemporaryDirectory() as folder:
        return spoiled(case.plan, case.slips, case.today, Path(folder))


@pytest.mark.parametrize("name", CASES)
def test_each_plan_is_spoiled_in_twenty_ways(name: str) -> None:
    """No cell twice."""
    assert len({(slip.row, slip.field) for slip in CASES[name].slips}) == 20


@pytest.mark.parametrize("name", ["hospital", "bakery"])
def test_a_sound_plan_raises_no_alarm(name: str) -> None:
    """Before it is spoiled, nothing is found in it: not even a hint."""
    assert outcome(name).before == ()


def test_in_the_example_only_its_faults_are_found() -> None:
    """Each error and warning is one that was put there on purpose."""
    found = {f.item for f in outcome("example").before if f.severity >= Severity.WARNING}
    assert found <= {item for item, _ in FAULTS}


@pytest.mark.parametrize(
    ("name", "number"), EVERY_SLIP, ids=lambda part: part if isinstance(part, str) else str(part)
)
def test_every_slip_is_found_in_its_cell(name: str, number: int) -> None:
    """The code that explains it, at the cell where it is mended."""
    slip, place = CASES[name].slips[number], outcome(name).places[number]
    found = {finding.code for finding in outcome(name).after if finding.where == place}
    assert slip.code in found, slip


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_found_but_the_slips_and_what_follows_from_them(name: str) -> None:
    """No false alarms: every further error or warning was there before, or has a reason that is written down."""
    case, found = CASES[name], outcome(name)
    explained = {(slip.code, str(place)) for slip, place in zip(case.slips, found.places, strict=True)}
    assert set(serious(found.after)) - explained - set(serious(found.before)) == case.consequences
