"""The commands round mailing: what they print, where a dry run writes, what they refuse."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from ogsm_xl.cli import run
from ogsm_xl.ledger import Ledger, MailState
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

PLAN = plan_of("""
    person   Anna anna@example.org
    person   Bram bram@example.org
    action   A1 Anna "Website renewed" 2026-01-05..2026-12-18 in_progress 60% red
    action   A2 Bram "Rota agreed" 2026-01-05..2026-12-18 in_progress 60% red
    session  SES1 doing 2026-09-10 10:00
""")
MAILING = ["send-invites", "send-reminders", "share-status"]


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    (tmp_path / "place").mkdir()
    place = Workplace(tmp_path / "place", PLAN)
    config = place.folder / "config.toml"
    written = config.read_text(encoding="utf-8")
    config.write_text(written.replace("[mail]", "[mail]\npause_seconds = 0"), encoding="utf-8")
    return place


def call(place: Workplace, command: str, *arguments: str, day: str = "2026-09-03") -> int:
    return run([command, "--config", str(place.folder / "config.toml"), "--as-of", day, *arguments])


def test_a_dry_run_names_the_folder_with_the_mails(
    place: Workplace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which can be opened in a mail program or a browser."""
    out = tmp_path / "look at these"
    assert call(place, "send-invites", "--dry-run", "--out", str(out)) == 0
    assert str(out) in capsys.readouterr().out
    assert sorted(file.suffix for file in out.iterdir()) == [".eml", ".eml", ".html", ".html"]


def test_a_dry_run_without_a_folder_makes_one_where_there_is_something_to_see(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """None is left behind on a day without mail."""
    call(place, "send-invites", "--dry-run", "--json")
    folder = Path(json.loads(capsys.readouterr().out)["folder"])
    assert len(list(folder.glob("*.eml"))) == 2
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    call(place, "send-invites", "--dry-run", "--json", day="2026-08-01")
    assert not Path(json.loads(capsys.readouterr().out)["folder"]).exists()


@pytest.mark.parametrize("command", MAILING)
def test_many_mails_are_refused_without_a_yes(
    place: Workplace, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and one sentence; with --yes they go."""
    config = place.folder / "config.toml"
    written = config.read_text(encoding="utf-8")
    config.write_text(written.replace("[mail]", "[mail]\nconfirm_above = 1"), encoding="utf-8")
    day = {"send-invites": "2026-09-03", "send-reminders": "2026-09-07", "share-status": "2026-09-09"}[
        command
    ]
    assert call(place, command, day=day) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert "--yes" in shown.err
    assert call(place, command, "--yes", day=day) == 0
    assert len(place.sent()) == 2


def test_sent_shows_the_mails_and_settles_doubt(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1 while something is uncertain, 0 afterwards; the ID may be typed in small letters."""
    assert call(place, "sent") == 0
    call(place, "send-invites")
    with Ledger(place.config.ledger_file) as ledger:
        mail_id = ledger.mails()[0].id
        ledger.set_mail_state(mail_id, MailState.UNKNOWN, datetime(2026, 9, 3, 8))
    capsys.readouterr()
    assert call(place, "sent", "--session", "SES1") == 1
    assert mail_id in capsys.readouterr().out
    assert call(place, "sent", "--resolve", mail_id.lower(), "maybe") == 2
    assert call(place, "sent", "--resolve", mail_id.lower(), "sent") == 0
    assert call(place, "sent") == 0


def test_plan_mails_looks_ahead(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """So many days, without a mail or a ledger."""
    assert call(place, "plan-mails", "--days", "30", day="2026-09-01") == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line[:10] for line in printed[:-1]] == ["2026-09-03"] * 2 + ["2026-09-07"] * 2 + [
        "2026-09-09"
    ] * 2
    assert (place.sent(), place.config.ledger_file.exists()) == ([], False)
    assert call(place, "plan-mails", "--days", "0") == 2


def test_take_over_says_when_there_is_nothing_to_take_over(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """This machine mails already."""
    call(place, "send-invites")
    capsys.readouterr()
    assert call(place, "take-over") == 0
    assert "al." in capsys.readouterr().out


def test_take_over_from_another_machine_asks_for_its_ledger(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2; --yes goes on without it."""
    call(place, "send-invites")
    marker = place.folder / "plan.xlsx.ogsm-xl.json"
    found = json.loads(marker.read_text(encoding="utf-8"))
    marker.write_text(json.dumps({**found, "machine": "elsewhere", "ledger": "other"}), encoding="utf-8")
    assert call(place, "send-reminders", day="2026-09-07") == 2
    assert "elsewhere" in capsys.readouterr().err
    assert call(place, "take-over") == 2
    assert "--yes" in capsys.readouterr().err
    assert call(place, "take-over", "--yes") == 0
    assert call(place, "send-reminders", day="2026-09-07") == 0


@pytest.mark.parametrize("command", [*MAILING, "sent", "plan-mails", "take-over"])
def test_every_command_speaks_json_and_its_language(
    place: Workplace, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program can read the outcome; Dutch and English organisations read other words."""
    summaries = []
    for language in ("nl", "en"):
        config = place.folder / "config.toml"
        written = config.read_text(encoding="utf-8")
        config.write_text(written.replace('"nl"', f'"{language}"'), encoding="utf-8")
        code = call(place, command, "--json", day="2026-08-01")
        shown = json.loads(capsys.readouterr().out)
        assert shown["exit_code"] == code
        summaries.append(shown["summary"])
    assert summaries[0] != summaries[1]
