"""Every golden mail through the whole job: from the inbox to the plan, the review list, or nowhere."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ogsm_xl.ledger import Ledger, MailRow, MailState
from ogsm_xl.letters.token import mail_id_of, new_token
from ogsm_xl.plan.model import Report
from ogsm_xl.plan.words import ItemKind, TrafficLight
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.collect_replies import collect_replies
from ogsm_xl.usecases.outcome import Outcome
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

GOLDEN = Path(__file__).parent.parent / "golden" / "mails"
EXPECTED: Mapping[str, dict[str, Any]] = tomllib.loads((GOLDEN / "expected.toml").read_text(encoding="utf-8"))
SECRET = b"a secret for golden mails only"
OWNER = "anna.jansen@example.org"
TOKEN = new_token(bytes(range(1, 9)), OWNER, SECRET)
SENT = datetime(2026, 11, 5, 9)
NOW = datetime(2026, 11, 6, 17)

PLAN = plan_of("""
    objective O1 Joost "Iedereen een thuis"
    person    Joost joost@example.org ogsm_owner
    person    Anna anna.jansen@example.org deputy=Bram
    person    Bram Bram@example.org
    strategy  S1 Anna "Kortere wachttijd door sneller bouwen" green
    indicator I4 Anna S1 "Wachttijd" lower unit=maanden baseline=40 target=20 actual=33
    action    A12 Anna S1 "Website vernieuwd" 2026-01-05..2026-12-18 in_progress 40% green
    action    A13 Anna S1 "Balie verbouwd" 2026-02-02..2026-11-20 in_progress
    session   SES1 steering 2026-11-12 10:00
""")
VALUES = ("light", "status", "progress", "value", "done", "next", "needed", "proposal", "measured_on")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """Where the mail that the golden mails answer went out."""
    place = Workplace(tmp_path, PLAN)
    row = MailRow(
        id=mail_id_of(TOKEN),
        session="SES1",
        kind=MailKind.INVITATION,
        lead_days=7,
        recipient=OWNER,
        person="Anna",
        items={"A12": ItemKind.ACTION, "A13": ItemKind.ACTION, "I4": ItemKind.INDICATOR},
        token=TOKEN,
        message_id="<ogsm.1@example.org>",
        state=MailState.SENT,
        planned_at=SENT,
    )
    with place.ledger() as ledger:
        ledger.plan_mail(row)
    return place


def collect(place: Workplace) -> Outcome:
    with Ledger(place.config.ledger_file) as ledger:
        return collect_replies(
            config=place.config, ledger=ledger, post=place.post, secret=SECRET, now=NOW, machine="here"
        )


def said(report: Report) -> dict[str, object]:
    """What a report in the history says, in the words of expected.toml."""
    found: dict[str, object] = {"item": report.item}
    for name in VALUES:
        value = getattr(report, name)
        if value not in {None, ""}:
            found[name] = getattr(value, "key", value)
    return found


def expected_history(answer: dict[str, Any]) -> dict[str, object]:
    """An answer with what its row said before: light, status and progress are confirmed by it."""
    item = PLAN.item(answer["item"])
    history = {name: answer[name] for name in ("item", *VALUES) if name in answer}
    if answer.get("status") == "done":
        history.setdefault("progress", 100)
    unsaid = ("light", "status", "progress") if answer["item"].startswith("A") else ("light",)
    for name in unsaid:
        before = getattr(item, name)
        if name not in history and before is not None:
            history[name] = getattr(before, "key", before)
    return history


@pytest.mark.parametrize("name", EXPECTED)
def test_golden_mail_through_the_whole_job(place: Workplace, name: str) -> None:
    """Its answers stand in the history, and the newest in the rows; or it waits with its reason; or it is filed away."""
    expected = EXPECTED[name]
    place.deliver((GOLDEN / f"{name}.eml").read_bytes())
    outcome = collect(place)
    answers = expected.get("answers", [])
    accepted = expected["outcome"] == "accepted" and answers
    history = [said(report) for report in place.plan().reports]
    assert sorted(history, key=str) == sorted(map(expected_history, answers if accepted else []), key=str)
    waits = expected["outcome"] == "review" or (expected["outcome"] == "accepted" and not answers)
    trays = (len(place.inbox()), len(place.inbox("Processed")), len(place.inbox("Review")))
    assert trays == (0, int(not waits), int(waits))
    assert len(outcome.data["problems"]) == (expected.get("problems", 0) if accepted else 0)  # type: ignore[arg-type]  # a list
    if accepted:
        assert len(place.receipts()) == 1
    for answer in answers if accepted else []:
        if "light" in answer:
            item = place.plan().item(answer["item"])
            assert item is not None
            assert item.light is TrafficLight[answer["light"].upper()]


_CLIENTS = ("outlook-windows", "outlook-web", "outlook-new", "outlook-phone", "gmail-web", "gmail-phone", "apple-mac", "apple-iphone", "thunderbird-text", "thunderbird-html")  # fmt: skip


def test_every_client_is_tried_in_every_language() -> None:
    """Dutch, English, German and French headers above the quote of each mail program."""
    tried = Counter(
        (client, found[1])
        for name in EXPECTED
        for client in _CLIENTS
        if (found := re.match(rf"{client}-(nl|en|de|fr)-top", name))
    )
    assert set(tried) == {(client, language) for client in _CLIENTS for language in ("nl", "en", "de", "fr")}


def test_all_golden_mails_in_one_run(place: Workplace) -> None:
    """None stands in the way of another; every answer is in the history once, the plan is written once."""
    for number, name in enumerate(EXPECTED):
        raw = (
            GOLDEN / f"{name}.eml"
        ).read_bytes()  # many have the same Message-ID and date, as no two real mails do
        raw = re.sub(
            rb"(?im)^Message-ID: *<reply[^\r\n]*", b"Message-ID: <%s@example.org>" % name.encode(), raw
        )
        second = b"\\1:%02d:%02d" % divmod(number, 60)
        place.deliver(re.sub(rb"(?im)^(Date: [^\r\n]*? \d\d):\d\d:\d\d", second, raw))
    outcome = collect(place)
    answers = sum(len(each.get("answers", ())) for each in EXPECTED.values() if each["outcome"] == "accepted")
    assert outcome.data["reports"] == answers
    assert len(place.plan().reports) == answers
    assert place.inbox() == []
    assert len(list((place.folder / "backups").glob("*"))) == 1
