"""Who got what when, and a person's word on what is uncertain."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ogsm_xl.ledger import Ledger, MailState
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.usecases.outcome import ExitCode
from ogsm_xl.usecases.preview_mails import preview_mails
from ogsm_xl.usecases.sent_mails import resolve_mail, sent_mails
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

NOW = datetime(2026, 9, 3, 8)
PLAN = plan_of("""
    person   Anna anna@example.org deputy=Bram absent_until=2026-09-05
    person   Bram bram@example.org
    action   A1 Anna "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    action   A2 Bram "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session  SES1 doing 2026-09-10 10:00
    session  SES2 doing 2026-10-08 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path, PLAN)
    place.send(NOW)
    return place


def make_uncertain(ledger: Ledger) -> str:
    row = ledger.mails()[0]
    ledger.set_mail_state(row.id, MailState.UNKNOWN, NOW)
    return row.id


def test_each_mail_is_shown_with_what_became_of_it(place: Workplace) -> None:
    """When, what, about which session, for whom; and to whom it went, where that is somebody else."""
    with place.ledger() as ledger:
        outcome = sent_mails(ledger=ledger)
        ids = [row.id for row in ledger.mails()]
    assert outcome.code is ExitCode.DONE
    assert [line.nl for line in outcome.details] == [
        f"2026-09-03 08:00  {ids[0]}  verstuurd    SES1    Uitnodiging     Anna <anna@example.org> → bram@example.org",
        f"2026-09-03 08:00  {ids[1]}  verstuurd    SES1    Uitnodiging     Bram <bram@example.org>",
    ]
    assert outcome.summary.en == "2 mails: 2 sent."


def test_only_one_session(place: Workplace) -> None:
    """However its ID is written."""
    with place.ledger() as ledger:
        assert len(sent_mails(ledger=ledger, session_id=" ses1").details) == 2
        assert sent_mails(ledger=ledger, session_id="SES2").details == []


def test_an_uncertain_mail_is_something_to_look_at(place: Workplace) -> None:
    """With the command that settles it."""
    with place.ledger() as ledger:
        mail_id = make_uncertain(ledger)
        outcome = sent_mails(ledger=ledger)
    assert outcome.code is ExitCode.LOOK
    assert f"--resolve {mail_id} sent" in outcome.look_at[0].nl


def test_a_mail_that_went_out_is_settled(place: Workplace) -> None:
    """And never goes again."""
    with place.ledger() as ledger:
        mail_id = make_uncertain(ledger)
        assert (
            resolve_mail(ledger=ledger, mail_id=mail_id.lower(), became="sent", now=NOW).code is ExitCode.DONE
        )
        assert ledger.mails(MailState.UNKNOWN) == ()
    assert place.send(NOW.replace(hour=9)).data["sent"] == []


def test_a_mail_that_did_not_go_out_goes_at_the_next_run(place: Workplace) -> None:
    """It is still due."""
    with place.ledger() as ledger:
        mail_id = make_uncertain(ledger)
        outcome = resolve_mail(ledger=ledger, mail_id=mail_id, became="not-sent", now=NOW)
    assert "did not go out" in outcome.summary.en
    again = place.send(NOW.replace(hour=9))
    assert [mail["person"] for mail in again.data["sent"]] == ["Anna"]  # type: ignore[attr-defined]  # a list


@pytest.mark.parametrize(("mail_id", "became", "said"), [("NOPE", "sent", "NOPE"), ("", "lost", "not-sent")])
def test_what_cannot_be_settled_is_refused(place: Workplace, mail_id: str, became: str, said: str) -> None:
    """A typing error changes nothing; the sentence lists what is uncertain."""
    with place.ledger() as ledger:
        uncertain = make_uncertain(ledger)
        with pytest.raises(InputProblem, match=said):
            resolve_mail(ledger=ledger, mail_id=mail_id or uncertain, became=became, now=NOW)
        assert [row.id for row in ledger.mails(MailState.UNKNOWN)] == [uncertain]


def test_a_mail_that_is_not_uncertain_cannot_be_settled(place: Workplace) -> None:
    """What is known stays known."""
    with place.ledger() as ledger, pytest.raises(InputProblem, match="not uncertain"):
        resolve_mail(ledger=ledger, mail_id=ledger.mails()[0].id, became="not-sent", now=NOW)


def test_the_preview_goes_through_the_days(place: Workplace) -> None:
    """What was sent already is left out; nobody is assumed to report; a deputy is shown while somebody is absent."""
    with Ledger(place.config.ledger_file, read_only=True) as ledger:
        outcome = preview_mails(config=place.config, ledger=ledger, now=NOW, days=30)
    assert [line.en for line in outcome.details] == [
        "2026-09-07  SES1    Reminder        Anna <anna@example.org>: A1",
        "2026-09-07  SES1    Reminder        Bram <bram@example.org>: A2",
        "2026-09-09  SES1    Pre-read        Anna <anna@example.org>",
        "2026-09-09  SES1    Pre-read        Bram <bram@example.org>",
        "2026-10-01  SES2    Invitation      Anna <anna@example.org>: A1",
        "2026-10-01  SES2    Invitation      Bram <bram@example.org>: A2",
    ]


def test_the_preview_is_what_then_happens(tmp_path: Path) -> None:
    """Day by day, if nobody reports."""
    place = Workplace(tmp_path, PLAN)
    with Ledger(place.config.ledger_file, read_only=True) as ledger:
        expected = preview_mails(config=place.config, ledger=ledger, now=NOW, days=10).data["mails"]
    assert isinstance(expected, list)
    sent: list[tuple[str, str, str]] = []
    for day in range(3, 14):
        outcome = place.send(datetime(2026, 9, day, 8))
        sent += [(f"2026-09-{day:02}", each["kind"], each["mail"]) for each in outcome.data["sent"]]  # type: ignore[attr-defined]  # a list
    assert sent == [
        (each["day"], each["kind"], each["mail"]) for each in expected if each["kind"] != "status"
    ]
