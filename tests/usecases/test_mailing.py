"""What every job that mails has in common: limits, the test address, dry runs, what is settled and what stays in doubt."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from ogsm_xl.ledger import MailState
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.send_mails import send_mails
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

NOW = datetime(2026, 9, 3, 8)
OWNERS = ["anna@example.org", "bram@example.org", "chris@example.org"]

PLAN = plan_of("""
    person   Anna anna@example.org
    person   Bram bram@example.org
    person   Chris chris@example.org
    action   A1 Anna "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    action   A2 Bram "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    action   A3 Chris "Rota agreed" 2026-02-02..2026-11-20 in_progress 30% green
    session  SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def send(place: Workplace, now: datetime = NOW, **more: Any) -> Outcome:
    with place.mailroom(now, **more) as room:
        return send_mails({MailKind.INVITATION, MailKind.REMINDER}, room)


def files(place: Workplace) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}


def test_between_two_mails_there_is_a_pause(place: Workplace) -> None:
    """Three mails have two pauses: no mail system is flooded, and nobody waits for nothing."""
    pauses: list[float] = []
    place.configure(mail={"pause_seconds": 1.5})
    send(place, pause=pauses.append)
    assert pauses == [1.5, 1.5]


def test_beyond_the_most_of_a_day_mails_wait_for_the_next(place: Workplace) -> None:
    """None is lost, and it is said."""
    place.configure(mail={"most_per_day": 2})
    outcome = send(place)
    assert (outcome.code, outcome.data["held_back"], len(place.sent())) == (ExitCode.LOOK, 1, 2)
    assert "most_per_day" in outcome.look_at[0].nl
    again = send(place, NOW.replace(hour=9))
    assert again.data["sent"] == []
    assert again.summary.en.startswith("Nothing was sent.")
    send(place, NOW.replace(day=4))
    assert place.recipients() == OWNERS


def test_many_mails_want_a_yes(place: Workplace) -> None:
    """A slip in the plan or the clock of the machine does not mail the whole organisation."""
    place.configure(mail={"confirm_above": 2})
    with pytest.raises(InputProblem, match=r"3 mails.*--yes") as refused:
        send(place)
    assert "3 mails" in refused.value.text.nl
    assert place.sent() == []
    assert send(place, confirmed=True).code is ExitCode.DONE
    assert place.recipients() == OWNERS


def test_everything_can_go_to_one_test_address(place: Workplace) -> None:
    """The subject says for whom it was; nobody counts as mailed by it, so that they are mailed afterwards."""
    place.configure(mail={"redirect_all_to": "test@example.org"})
    outcome = send(place)
    assert place.recipients() == ["test@example.org"] * 3
    subjects = sorted(str(mail["Subject"]).partition(":")[0] for mail in place.sent())
    assert subjects == [f"[{owner}] Uitnodiging" for owner in OWNERS]
    assert "test@example.org" in outcome.summary.nl
    assert send(place, NOW.replace(hour=9)).data["sent"] == []
    place.configure(mail={"redirect_all_to": ""})
    send(place, NOW.replace(hour=10))
    assert place.recipients() == [*OWNERS, *["test@example.org"] * 3]


def test_a_dry_run_writes_the_mails_to_look_at_and_changes_nothing_else(
    place: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As mail programs open them, and as a browser does; the real run then sends the same."""
    out = tmp_path_factory.mktemp("out") / "new folder"
    before = files(place)
    outcome = send(place, dry_run=True, out=out)
    assert files(place) == before
    assert str(out) in outcome.summary.nl
    mails = [
        message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(out.glob("*.eml"))
    ]
    assert [mail["To"].addresses[0].addr_spec for mail in mails] == OWNERS
    assert len(list(out.glob("*.html"))) == 3
    assert [mail["mail"] for mail in outcome.data["sent"]] == OWNERS  # type: ignore[attr-defined]  # a list
    send(place)
    assert sorted(str(mail["Subject"]) for mail in place.sent()) == sorted(
        str(mail["Subject"]) for mail in mails
    )


def test_a_dry_run_does_not_ask_to_confirm(place: Workplace) -> None:
    """It is how one sees whether so many are meant."""
    place.configure(mail={"confirm_above": 0})
    assert send(place, dry_run=True).code is ExitCode.DONE


def test_a_dry_run_into_a_folder_that_cannot_be_made_says_so(place: Workplace) -> None:
    """Each mail that could not be written is named with the folder."""
    outcome = send(place, dry_run=True, out=place.workbook / "below a file")
    assert (outcome.code, len(outcome.look_at)) == (ExitCode.OUTSIDE_FAILED, 3)
    assert "--out" in outcome.look_at[0].nl


@pytest.mark.parametrize("name", ["nl/invitation_subject.j2"])
def test_a_text_of_the_organisation_is_used(place: Workplace, name: str) -> None:
    """From the folder of the configuration."""
    text = place.folder / "texts" / name
    text.parent.mkdir(parents=True)
    text.write_text("Kom je ook, {{ name }}?", encoding="utf-8")
    place.configure(mail={"texts_folder": Path("texts")})
    send(place)
    assert [str(mail["Subject"]) for mail in place.sent()] == [
        "Kom je ook, Anna?",
        "Kom je ook, Bram?",
        "Kom je ook, Chris?",
    ]


def test_a_broken_text_stops_the_run_before_the_first_mail(place: Workplace) -> None:
    """Also where it would not be used today."""
    text = place.folder / "texts" / "en" / "cancelled_intro.j2"
    text.parent.mkdir(parents=True)
    text.write_text("{{ nme }}", encoding="utf-8")
    place.configure(mail={"texts_folder": Path("texts")})
    with pytest.raises(InputProblem, match=r"en/cancelled_intro\.j2"):
        send(place)
    assert place.sent() == []


def test_an_invalid_address_costs_nobody_else_their_mail(tmp_path: Path) -> None:
    """It is something to look at."""
    people = (dataclasses.replace(PLAN.people[0], mail="anna@"), *PLAN.people[1:])
    place = Workplace(tmp_path, dataclasses.replace(PLAN, people=people))
    outcome = send(place)
    assert (outcome.code, place.recipients()) == (ExitCode.LOOK, OWNERS[1:])


def test_a_draft_of_a_run_that_was_cut_off_is_thrown_away(place: Workplace) -> None:
    """It is written anew: what it said may be out of date."""
    send(place)
    with place.ledger() as ledger:
        row = ledger.mails()[0]
        ledger.set_mail_state(row.id, MailState.DRAFTED, NOW)
    (place.post.sent_file(row.message_id) or Path()).unlink()
    send(place, NOW.replace(hour=9))
    assert place.recipients() == OWNERS
