"""The page of a session: one HTML file with the material of the workbook."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest
from lxml import html

from ogsm_xl.letters.session_page import session_page
from ogsm_xl.letters.wording import of_behind
from ogsm_xl.plan.cells import RowRef, TablePlace
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.changes import PlanChanges, changes_between, snapshot_of
from ogsm_xl.rhythm.planning import planning_review
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.reviews import Review
from ogsm_xl.rhythm.settings import RhythmSettings
from ogsm_xl.rhythm.steering import steering_review
from tests.support.plans import plan_of

NOW = datetime(2026, 7, 7, 8)
PLAN = """
    objective O1 Anna "Iedereen een huis" organisation=Woonfonds
    person    Anna anna@example.org
    goal      D1 "Wachttijd gehalveerd" unit=maanden baseline=40 target=20 actual=33
    strategy  S1 Anna "Korter wachten" orange update="De bouw loopt uit."
    indicator I1 Anna S1 "De wachttijd" lower unit=maanden baseline=40 target=20 actual=33 measured_on=2026-06-30 orange
    action    A1 Anna S1 "Website vernieuwd" 2026-01-05..2026-06-30 in_progress 60% red update="Half klaar"
    action    A2 Anna S1 "Grond gekocht" 2026-01-05..2026-12-31 in_progress 60% green
    action    A3 Anna S1 "Buurtfeest gehouden" 2026-01-05..2026-06-20 done update="120 bewoners" done_on=2026-06-21
    factor    F1 risk "Rente stijgt"
    session   SES1 steering 2026-04-09 10:00
    session   SES2 doing 2026-07-09 10:00 place="Zaal Beuk"
    report    A2 2026-07-01 Anna green
"""


def page(plan: Plan, review: Review = None, changes: PlanChanges | None = None, address: str = "") -> str:
    """The page of the plan's last session."""
    session = plan.sessions[-1]
    return session_page(
        plan,
        doing_agenda(plan, session, NOW, RhythmSettings()),
        process_status(plan, session, NOW, RhythmSettings()),
        language=plan.language,
        now=NOW,
        review=review,
        changes=changes,
        plan_address=address,
    )


def with_rows(plan: Plan) -> Plan:
    """The plan as if its actions stood from row 5 on of the sheet "Acties"."""
    place = TablePlace("Acties", 4, {"id": 1, "text": 2})
    rows = [dataclasses.replace(a, row=RowRef(place, 5 + n)) for n, a in enumerate(plan.actions)]
    return dataclasses.replace(plan, actions=tuple(rows))


def read(text: str) -> str:
    """What a reader sees, on one line."""
    body = html.fromstring(text.split("</head>")[1])
    return " ".join(" ".join(str(part) for part in body.itertext()).split())


def test_the_page_says_what_the_cards_say() -> None:
    """Session, counts, and each line with why it is there."""
    seen = read(page(plan_of(PLAN)))
    for said in (
        "Doensessie donderdag 9 juli 2026 · 10:00 uur · Zaal Beuk",
        "Woonfonds: Iedereen een huis",
        "1 te bespreken",
        "■ Rood A1 Website vernieuwd Anna uiterlijk 30 juni 2026 ! 7 dagen te laat 60%",
        "Waarom hier? Rood: keuze nodig · Nog geen verslag",
        "Wat is er gedaan Half klaar",
        "Dit gaat goed ● Groen A2 Grond gekocht",
        "Anna 1 / 2 A1",
    ):
        assert said in seen


def test_a_steering_session_shows_strategies_and_results() -> None:
    """With a picture of each indicator."""
    plan = plan_of(PLAN)
    text = page(plan, steering_review(plan, plan.sessions[-1], NOW))
    seen = read(text)
    assert "▲ Oranje S1 Korter wachten Aanjager: Anna De bouw loopt uit." in seen
    assert "Resultaten van afgeronde acties Afgerond A3 Buurtfeest gehouden 120 bewoners" in seen
    assert text.count("<svg") == 1


def test_a_planning_session_shows_the_dashboard_and_who_is_behind() -> None:
    """Goals, indicators, strategies behind schedule, and what goes on around."""
    plan = plan_of(PLAN, Language.EN)
    seen = read(page(plan, planning_review(plan, plan.sessions[-1], NOW)))
    assert "Dashboard ? Unknown D1 Wachttijd gehalveerd maanden Now 33 Target 20 Baseline 40" in seen
    assert "Behind schedule ▲ Orange S1 Korter wachten" in seen
    assert "Risks Rente stijgt" in seen


def test_changes_of_the_plan_are_listed() -> None:
    """And a card says what its deadline was."""
    plan = plan_of(PLAN)
    before = snapshot_of(plan_of(PLAN.replace("2026-06-30 in", "2026-05-31 in")))
    seen = read(page(plan, changes=PlanChanges(date(2026, 6, 1), changes_between(before, snapshot_of(plan)))))
    assert "Wijzigingen in het plan sinds 1 juni 2026 A1 Website vernieuwd Datum verschoven 31 mei 2026 → 30 juni 2026" in seen  # fmt: skip
    assert "(was 31 mei 2026)" in seen


@pytest.mark.parametrize(
    "text", ["<script>x</script>", '"><img src=x>', "{{ 1 + 1 }}", "https://example.org"]
)
def test_text_stays_text(text: str) -> None:
    """It never becomes markup, a link or a template."""
    plan = plan_of(PLAN)
    odd = dataclasses.replace(
        plan,
        strategies=tuple(dataclasses.replace(s, text=text, update=text, owner=text) for s in plan.strategies),
        indicators=tuple(dataclasses.replace(i, text=text, unit=text, note=text) for i in plan.indicators),
        actions=tuple(dataclasses.replace(a, text=text, update=text, owner=text) for a in plan.actions),
        factors=tuple(dataclasses.replace(f, text=text, meaning=text) for f in plan.factors),
    )
    for review in (
        steering_review(odd, odd.sessions[-1], NOW),
        planning_review(odd, odd.sessions[-1], NOW),
    ):
        written = page(odd, review)
        assert text in read(written)
        tags = {str(element.tag) for element in html.fromstring(written).iter()}
        assert not tags & {"script", "img", "a", "link", "iframe"}


def test_numbers_lead_to_the_plan_where_its_address_holds_for_everybody() -> None:
    """A web address, or a file's; a path on this machine is none, and neither is anything in the plan."""
    plan = with_rows(plan_of(PLAN))

    def links(address: str, review: Review = None) -> set[tuple[str, str]]:
        found = html.fromstring(page(plan, review, address=address)).iter("a")
        return {(str(a.text), str(a.get("href"))) for a in found}

    web = "https://example.sharepoint.com/:x:/r/_layouts/15/Doc.aspx?sourcedoc=1"
    assert links(web) == {
        (number, f"{web}&activeCell=%27Acties%27%21B{row}")
        for number, row in (("A1", 5), ("A2", 6), ("A3", 7))
    }
    assert links("file:///S:/plan.xlsx") == {
        (number, "file:///S:/plan.xlsx") for number in ("A1", "A2", "A3")
    }
    assert links("../plan.xlsx") == links("javascript:alert(1)") == links("") == set()


def test_a_planning_session_looks_at_the_year_not_at_the_action_list() -> None:
    """As its workbook does: tiles of the year, and nothing to discuss line by line."""
    plan = plan_of(PLAN)
    seen = read(page(plan, planning_review(plan, plan.sessions[-1], NOW)))
    assert "van 1 strategie loopt achter" in seen
    assert "Bespreken" not in seen
    assert "Waarom hier?" not in seen


def test_large_figures_have_their_thousands_apart() -> None:
    """In figures and pictures: they are read, not typed."""
    plan = plan_of("""
        strategy  S1 Anna "Goedkoper"
        indicator I1 Anna S1 "De kosten" band unit=€ target=35200 upper=38000 actual=34569.4 measured_on=2026-06-01
        session   SES1 steering 2026-07-09
    """)
    seen = read(page(plan, steering_review(plan, plan.sessions[-1], NOW)))
    assert "Nu € 34.569,4 Streefwaarde 35.200 – 38.000" in seen


def test_a_page_made_after_the_session_says_so() -> None:
    """It shows the plan as it was then, not what the session had before it."""
    assert "Lees dit vooraf" in read(page(plan_of(PLAN)))
    earlier = plan_of(PLAN.replace("SES2 doing 2026-07-09", "SES2 doing 2026-06-09"))
    seen = read(page(earlier))
    assert "Na de sessie: dit is het plan zoals het toen was." in seen
    assert "Lees dit vooraf" not in seen


def test_nothing_comes_from_elsewhere() -> None:
    """One file, which says itself that it may load nothing."""
    text = page(plan_of(PLAN))
    assert "default-src 'none'" in text
    assert "http://" not in text
    assert "https://" not in text


def test_an_empty_plan_gives_a_page() -> None:
    """It says that there is nothing to discuss."""
    assert "Er is niets te bespreken." in read(page(plan_of("session SES1 doing 2026-07-09")))


@pytest.mark.parametrize(
    ("behind", "strategies", "said"),
    [
        (0, 1, Text("van 1 strategie loopt achter", "of 1 strategy behind schedule")),
        (1, 5, Text("van de 5 strategieën loopt achter", "of 5 strategies behind schedule")),
        (2, 5, Text("van de 5 strategieën lopen achter", "of 5 strategies behind schedule")),
    ],
)
def test_one_is_no_plural(behind: int, strategies: int, said: Text) -> None:
    """A plan may have a single strategy, and a single one may be behind."""
    assert of_behind(behind, strategies) == said
