"""The demo plays the whole loop; nothing in it is canned."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogsm_xl.config import load_config
from ogsm_xl.example import EXAMPLE_SESSION
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.ledger import Ledger, MailState
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, ReportSource, Text
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.demo import play
from ogsm_xl.usecases.outcome import ExitCode


@pytest.fixture(scope="module", params=list(Language), ids=lambda language: language.value)
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Text]]:
    """The folder after two plays, and what the first one told."""
    folder = tmp_path_factory.mktemp("demo") / "folder"
    told: list[Text] = []
    assert play(folder, request.param, told.append).code is ExitCode.DONE
    assert play(folder, request.param).code is ExitCode.DONE
    return folder, told


def plan_in(folder: Path) -> Plan:
    return read_plan(load_config(folder / "config.toml").workbook).plan


def test_the_owners_answers_are_in_the_plan_once(played: tuple[Path, list[Text]]) -> None:
    """One in each of the three ways, and one after the reminder; also after a second play."""
    new = [report for report in plan_in(played[0]).reports if report.made_at and report.made_at.month == 9]
    assert [(report.item, report.by, report.source) for report in new] == [
        ("A2", "Anouk de Jong", ReportSource.FORM),
        ("A6", "Anouk de Jong", ReportSource.FORM),
        ("A4", "Rachid El Amrani", ReportSource.MAIL),
        ("A12", "Rachid El Amrani", ReportSource.MAIL),
        ("A23", "Saskia Brouwer", ReportSource.ROW),
        ("A28", "Renée Schouten", ReportSource.MAIL),
        ("A29", "Renée Schouten", ReportSource.MAIL),
    ]
    assert {report.session for report in new} == {EXAMPLE_SESSION}


def test_every_mail_went_out_once(played: tuple[Path, list[Text]]) -> None:
    """Invitations, reminders to the four who still owed, the pre-read to the team, overviews; the second play mailed nobody."""
    config = load_config(played[0] / "config.toml")
    with Ledger(config.ledger_file, read_only=True) as ledger:
        mails = ledger.mails()
    assert [row.state for row in mails] == [MailState.SENT] * 28
    assert sorted(row.person for row in mails if row.kind is MailKind.REMINDER) == [
        "Marieke van der Veen",
        "Pieter-Jan Kuipers",
        "Renée Schouten",
        "Özlem Yıldız",
    ]
    assert [row.person for row in mails if row.kind is MailKind.OVERVIEW] == ["Joost Hendriks"] * 3
    assert sum(row.kind is MailKind.STATUS for row in mails) == 11
    asked = [row for row in mails if row.kind is not MailKind.STATUS]
    assert {row.sent_to for row in asked if row.person == "Pieter-Jan Kuipers"} == {
        "rachid.elamrani@delinde.example"
    }
    sent = [
        next((played[0] / "mail" / "sent").glob(f"*_{row.message_id[1:].partition('@')[0]}.eml"))
        for row in mails
    ]
    assert len(set(sent)) == 28


def test_the_stranger_waits_for_a_person(played: tuple[Path, list[Text]]) -> None:
    """Who was never invited can't report."""
    config = load_config(played[0] / "config.toml")
    with Ledger(config.ledger_file, read_only=True) as ledger:
        assert [row.sender for row in ledger.for_review()] == ["wim@elders.example"]


def test_the_story_is_told_in_about_a_dozen_lines(played: tuple[Path, list[Text]]) -> None:
    """Each day one line."""
    assert 8 <= len(played[1]) <= 12


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    """The demo never writes among somebody's files."""
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(InputProblem):
        play(tmp_path, Language.NL)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


@pytest.mark.parametrize("added", ["", "# by hand\n"])
def test_a_configuration_of_somebody_is_left_alone(tmp_path: Path, added: str) -> None:
    """Its plan would be mailed about; also where it began as the demo's own."""
    file = tmp_path / "demo" / "config.toml"
    play(file.parent, Language.NL)
    mine = added + (file.read_text(encoding="utf-8") if added else '[plan]\nworkbook = "Plan.xlsx"\n')
    file.write_text(mine, encoding="utf-8")
    before = sorted(path.stat().st_mtime_ns for path in file.parent.rglob("*"))
    with pytest.raises(InputProblem) as problem:
        play(file.parent, Language.NL)
    assert "Noem een andere map" in problem.value.text.nl
    assert sorted(path.stat().st_mtime_ns for path in file.parent.rglob("*")) == before
