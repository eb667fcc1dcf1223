"""Trying out the mailbox."""

from __future__ import annotations

from pathlib import Path

from ogsm_xl.cli import run
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

PLAN = plan_of("""
    person   Anna anna@example.org ogsm_owner
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% red
    session  SES1 doing 2026-09-10 10:00
""")


def test_a_mail_folder_works_and_keeps_nothing_of_the_trial(tmp_path: Path) -> None:
    """One mail is sent and found again, and then it is gone."""
    place = Workplace(tmp_path, PLAN)
    assert run(["check-mail", "--config", str(tmp_path / "config.toml")]) == 0
    assert place.sent() == []


def test_a_mailbox_that_cannot_be_used_says_what_to_do(tmp_path: Path) -> None:
    """The sentence of the mail system, and the exit code of something outside."""
    Workplace(tmp_path, PLAN)
    (tmp_path / "mail").write_text("a file where the folder should be", encoding="utf-8")
    assert run(["check-mail", "--config", str(tmp_path / "config.toml")]) == 3
