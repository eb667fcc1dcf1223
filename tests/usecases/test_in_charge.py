"""One machine mails for a plan; another one finds out before it mails the same people."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.in_charge import marker_of, take_over
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.send_mails import send_mails
from tests.support.plans import plan_of
from tests.support.workplace import Workplace, counting_bytes

NOW = datetime(2026, 9, 3, 8)
PLAN = plan_of("""
    person   Anna anna@example.org
    action   A1 Anna "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    session  SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def other_ledger(place: Workplace) -> None:
    """From here on the jobs run with another machine's ledger."""
    place.configure(ledger={"file": Path("other.sqlite")})


def send(place: Workplace, machine: str = "one", now: datetime = NOW, **more: Any) -> Outcome:
    with place.mailroom(now, machine=machine, **more) as room:
        return send_mails({MailKind.INVITATION}, room)


def hand_over(place: Workplace, machine: str = "two", **more: Any) -> Outcome:
    with Ledger(place.config.ledger_file) as ledger:
        return take_over(
            config=place.config, ledger=ledger, machine=machine, now=NOW, random=counting_bytes(), **more
        )


def test_the_first_machine_that_mails_is_in_charge(place: Workplace) -> None:
    """The file beside the plan says which, for people to read."""
    send(place)
    found = json.loads(marker_of(place.config).read_text(encoding="utf-8"))
    assert (found["machine"], found["since"]) == ("one", "2026-09-03T08:00:00")
    assert send(place, now=NOW.replace(hour=9)).code is ExitCode.DONE


def test_a_second_machine_mails_nobody(place: Workplace) -> None:
    """It names the first one, and what to do."""
    send(place)
    other_ledger(place)
    with pytest.raises(InputProblem, match=r"sent by one.*take-over") as refused:
        send(place, "two")
    assert "verstuurd door one" in refused.value.text.nl
    assert len(place.sent()) == 1


def test_the_same_machine_with_another_ledger_mails_nobody_either(place: Workplace) -> None:
    """Another user, or another configuration: its ledger knows nothing."""
    send(place)
    other_ledger(place)
    with pytest.raises(InputProblem):
        send(place)


def test_a_copied_ledger_on_a_second_machine_mails_nobody(place: Workplace) -> None:
    """From the moment of copying on the two know different things."""
    send(place)
    with pytest.raises(InputProblem):
        send(place, "two")


def test_a_test_address_and_a_dry_run_need_no_charge(place: Workplace) -> None:
    """Trying things out on a laptop disturbs nobody; a dry run says that the real one would mail nobody here."""
    send(place)
    other_ledger(place)
    tried = send(place, "two", dry_run=True)
    assert (tried.code, "take-over" in tried.look_at[0].nl) == (ExitCode.LOOK, True)
    place.configure(mail={"redirect_all_to": "test@example.org"})
    assert send(place, "two").code is ExitCode.DONE
    assert json.loads(marker_of(place.config).read_text(encoding="utf-8"))["machine"] == "one"


def test_with_the_ledger_copied_the_plan_is_handed_over(place: Workplace) -> None:
    """The new machine knows what was sent; the old one mails no more."""
    send(place)
    first = place.config
    shutil.copy(first.ledger_file, place.folder / "other.sqlite")
    other_ledger(place)
    outcome = hand_over(place)
    assert (outcome.code, outcome.look_at) == (ExitCode.DONE, [])
    assert "two" in outcome.summary.nl
    assert send(place, "two", NOW.replace(hour=9)).data["sent"] == []
    place.config = first
    with pytest.raises(InputProblem):
        send(place, "one")


def test_without_the_ledger_it_has_to_be_confirmed(place: Workplace) -> None:
    """The sentence says which file to copy; --yes goes on without, and says what that means."""
    send(place)
    other_ledger(place)
    with pytest.raises(InputProblem, match=r"ledger\.sqlite.*--yes"):
        hand_over(place)
    outcome = hand_over(place, confirmed=True)
    assert "--dry-run" in outcome.look_at[0].nl
    assert send(place, "two").code is ExitCode.DONE


def test_taking_over_what_one_has_changes_nothing(place: Workplace) -> None:
    """It can be run any number of times."""
    send(place)
    before = marker_of(place.config).read_bytes()
    assert hand_over(place, "one").code is ExitCode.DONE
    assert marker_of(place.config).read_bytes() == before


def test_a_dry_run_of_taking_over_changes_nothing(place: Workplace) -> None:
    """It tells."""
    send(place)
    before = marker_of(place.config).read_bytes()
    assert "Would take over" in hand_over(place, dry_run=True).summary.en
    assert marker_of(place.config).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b'{"machine": "one"}', b"\xff\xfe"])
def test_a_file_that_cannot_be_understood_stops_mail_and_can_be_made_anew(
    place: Workplace, content: bytes
) -> None:
    """Half written, or edited by hand: nobody mails until a person says who."""
    marker_of(place.config).write_bytes(content)
    with pytest.raises(InputProblem, match="take-over"):
        send(place)
    assert hand_over(place, "one").code is ExitCode.DONE
    assert send(place).code is ExitCode.DONE


def test_a_second_machine_collects_nothing(place: Workplace) -> None:
    """It would write beside the first one, and take that one's mail out of the inbox; a dry run says so, too."""
    send(place)
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 80%"))
    other_ledger(place)
    with pytest.raises(InputProblem, match=r"sent by one.*take-over.*nothing collected"):
        place.collect(NOW.replace(hour=9), machine="two")
    tried = place.collect(NOW.replace(hour=9), machine="two", dry_run=True)
    assert (tried.code, "take-over" in tried.look_at[0].nl) == (ExitCode.LOOK, True)
    assert (len(place.inbox()), place.plan().reports) == (1, ())


def test_a_test_address_lets_no_second_machine_collect(place: Workplace) -> None:
    """Mail to a test address disturbs nobody; collecting writes into the plan all the same."""
    send(place)
    other_ledger(place)
    place.configure(mail={"redirect_all_to": "test@example.org"})
    with pytest.raises(InputProblem):
        place.collect(NOW.replace(hour=9), machine="two")


def test_the_machine_that_mails_collects(place: Workplace) -> None:
    """So does any machine while none has mailed yet: rows may be edited before the first invitation."""
    assert place.collect(NOW, machine="two").code is ExitCode.DONE
    send(place)
    place.deliver(place.answer(place.sent_to("anna@example.org"), "A1 groen 80%"))
    place.collect(NOW.replace(hour=9), machine="one")
    assert [report.item for report in place.plan().reports] == ["A1"]
