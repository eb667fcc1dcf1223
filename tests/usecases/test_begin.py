"""Beginning: configuration, plan and first calendar from a few answers."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from ogsm_xl.cli import run
from ogsm_xl.config import load_config
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.letters.mail import Address
from ogsm_xl.plan.model import Person
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Role, SessionKind
from ogsm_xl.rhythm.year_calendar import CalendarWishes
from ogsm_xl.usecases.begin import MAIL_KEYS, Beginning, begin, mail_systems
from ogsm_xl.usecases.fill_calendar import fill_calendar
from ogsm_xl.usecases.validate import validate

TODAY = date(2026, 2, 2)

ANNA = Address("Anna de Vries", "anna@delinde.example")
BRAM = Address("Bram Jansen", "bram@delinde.example")


def answers(folder: Path, **others: object) -> Beginning:
    """What somebody of De Linde answers."""
    given = Beginning(folder, Language.NL, "De Linde", ANNA, BRAM, "ogsm@delinde.example")
    return dataclasses.replace(given, **others)  # type: ignore[arg-type]  # the test names the fields


@pytest.mark.parametrize("language", list(Language), ids=lambda language: language.value)
def test_everything_is_there_to_start(tmp_path: Path, language: Language) -> None:
    """The configuration can be used, the plan knows who runs it, and nothing in it is unreadable."""
    begin(answers(tmp_path / "ogsm", language=language), TODAY)
    config = load_config(tmp_path / "ogsm" / "config.toml")
    read = read_plan(config.workbook)
    assert (config.language, read.plan.language, read.findings) == (language, language, ())
    assert config.workbook.name == "OGSM De Linde.xlsx"
    assert (config.mail.sender_name, config.mail.sender_address) == ("OGSM De Linde", "ogsm@delinde.example")
    assert read.plan.people == (
        Person("Anna de Vries", "anna@delinde.example", frozenset({Role.OGSM_OWNER})),
        Person("Bram Jansen", "bram@delinde.example", frozenset({Role.PROCESS_OWNER})),
    )
    assert read.plan.objective is not None
    assert (read.plan.objective.owner, read.plan.objective.organisation) == ("Anna de Vries", "De Linde")


def test_the_first_calendar_leaves_time_to_fill_in_the_plan(tmp_path: Path) -> None:
    """Two weeks; from the summer on next year is there as well, numbered on."""
    begin(answers(tmp_path / "winter"), TODAY)
    winter = read_plan(tmp_path / "winter" / "OGSM De Linde.xlsx").plan.sessions
    assert (winter[0].id, winter[0].date) == ("SES1", date(2026, 3, 12))
    assert {session.date.year for session in winter} == {2026}
    begin(answers(tmp_path / "summer"), date(2026, 8, 1))
    summer = read_plan(tmp_path / "summer" / "OGSM De Linde.xlsx").plan.sessions
    assert [session.id for session in summer] == [f"SES{n + 1}" for n in range(len(summer))]
    assert sum(session.kind is SessionKind.PLANNING for session in summer) == 2


def test_the_next_year_can_be_added_later(tmp_path: Path) -> None:
    """The calendar goes on where it was begun."""
    begin(answers(tmp_path), TODAY)
    config = load_config(tmp_path / "config.toml")
    fill_calendar(config=config, year=2027, wishes=CalendarWishes(), now=datetime(2026, 11, 1))
    plan = read_plan(config.workbook).plan
    assert len({session.id for session in plan.sessions}) == len(plan.sessions)
    assert sum(session.date.year == 2027 for session in plan.sessions) == 13


def test_the_checks_can_be_run_at_once(tmp_path: Path) -> None:
    """They find what is still missing in the plan, and nothing in the calendar."""
    begin(answers(tmp_path), TODAY)
    found = validate(config=load_config(tmp_path / "config.toml"), today=TODAY).findings
    assert [f.code for f in found if f.code.startswith("OX7")] == []


def test_one_person_can_be_both(tmp_path: Path) -> None:
    """They are one row, with both roles."""
    begin(answers(tmp_path, process_owner=Address("Anna", "ANNA@delinde.example")), TODAY)
    [person] = read_plan(tmp_path / "OGSM De Linde.xlsx").plan.people
    assert (person.name, person.roles) == (
        "Anna de Vries",
        frozenset({Role.OGSM_OWNER, Role.PROCESS_OWNER}),
    )


@pytest.mark.parametrize("system", mail_systems())
def test_every_mail_system_can_be_chosen(tmp_path: Path, system: str) -> None:
    """With what it needs, and nothing else, the configuration can be used."""
    keys = dict.fromkeys(MAIL_KEYS.get(system, ()), "mail.delinde.example")
    begin(answers(tmp_path, system=system, mail_keys=keys), TODAY)
    assert load_config(tmp_path / "config.toml").mail.system == system


@pytest.mark.parametrize(
    ("there", "advice"), [("config.toml", "doctor"), ("OGSM De Linde.xlsx", "broken off")]
)
def test_nothing_is_ever_overwritten(tmp_path: Path, there: str, advice: str) -> None:
    """Not the configuration, not the plan; and nothing is added beside it."""
    (tmp_path / there).write_bytes(b"a year of work")
    with pytest.raises(InputProblem, match=advice):
        begin(answers(tmp_path), TODAY)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(there, b"a year of work")]


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    """Not even the folder."""
    outcome = begin(answers(tmp_path / "ogsm"), TODAY, dry_run=True)
    assert (outcome.data["dry_run"], list(tmp_path.iterdir())) == (True, [])


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"owner": Address("Anna", "anna")}, "anna"),
        ({"owner": Address("", "anna@delinde.example")}, "anna@delinde"),
        ({"process_owner": Address("anna DE vries", "other@delinde.example")}, "Anna de Vries"),
        ({"sender_address": "ogsm"}, "sender_address"),
        ({"system": "post"}, "folder"),
        ({"system": "smtp_imap", "mail_keys": {"smtp_host": "x", "imap_host": "y", "port": "1"}}, "port"),
        ({"country": "Holland"}, "Holland"),
    ],
)
def test_a_wrong_answer_is_a_sentence(tmp_path: Path, wrong: dict[str, object], named: str) -> None:
    """It names what is wrong; nothing was made."""
    with pytest.raises(InputProblem, match=named):
        begin(answers(tmp_path, **wrong), TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("organisation", "file"),
    [
        ("", "OGSM.xlsx"),
        ('Zorg & Co: "Noord/Zuid" \\ *', "OGSM Zorg Co Noord Zuid.xlsx"),
        ("a\nb = 'c' [d] \x1b", "OGSM a b = 'c' [d].xlsx"),
        ("Très Élevé B.V.", "OGSM Très Élevé B.V.xlsx"),
    ],
)
def test_any_name_of_an_organisation_makes_a_file(tmp_path: Path, organisation: str, file: str) -> None:
    """The file's name suits every system; in the configuration the name stays text."""
    begin(answers(tmp_path, organisation=organisation), TODAY)
    config = load_config(tmp_path / "config.toml")
    assert (config.workbook.name, config.workbook.exists()) == (file, True)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    """Its name is a file's."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputProblem, match="file"):
        begin(answers(tmp_path / "file" / "ogsm"), TODAY)


# As a command

OPTIONS = [
    "--language", "en", "--organisation", "De Linde", "--owner-name", "Anna", "--owner-mail", "a@delinde.example",
    "--process-owner-name", "Bram", "--process-owner-mail", "b@delinde.example", "--mail-system", "folder",
    "--sender-address", "ogsm@delinde.example",
]  # fmt: skip


def test_every_question_can_be_answered_by_an_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For scripts; it ends with what to do next, and a program can read it."""
    assert run(["init", "--folder", str(tmp_path / "one"), *OPTIONS]) == 0
    shown = capsys.readouterr().out
    assert all(step in shown for step in ("ogsm-xl doctor", "ogsm-xl demo", "ogsm-xl run"))
    assert run(["init", "--folder", str(tmp_path / "two"), *OPTIONS, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["config"] == str(tmp_path / "two" / "config.toml")


def ask(folder: Path, typed: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run it with somebody at the keyboard."""
    return subprocess.run(
        [sys.executable, "-m", "ogsm_xl.cli", "init", "--folder", folder, *options],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_it_asks_for_what_it_does_not_know(tmp_path: Path) -> None:
    """In the language that was chosen first; what can be guessed is offered."""
    typed = ["nl", "De Linde", "Anna", "a@delinde.example", "Bram", "b@delinde.example", "smtp_imap", ""]
    shown = ask(tmp_path, "\n".join([*typed, "smtp.delinde.example", "imap.delinde.example", ""]))
    assert shown.returncode == 0, shown.stderr
    assert "OGSM-eigenaar" in shown.stderr
    config = load_config(tmp_path / "config.toml")
    assert config.mail.sender_address == "ogsm@delinde.example"
    assert config.mail.smtp_imap is not None
    assert config.mail.smtp_imap.imap_host == "imap.delinde.example"


def test_an_answer_that_does_not_fit_is_asked_again(tmp_path: Path) -> None:
    """At once, not after the last question: nobody types everything twice."""
    people = ["De Linde", "Anna", "anna", "a@delinde.example", "Bram", "b@delinde.example"]
    typed = [*people, "gmail", "exchange", "ogsm", "ogsm@delinde.example", "", ""]
    shown = ask(tmp_path, "\n".join(typed), "--language", "nl")
    assert shown.returncode == 0, shown.stderr
    assert [
        word
        for word in ("'anna' is geen mailadres", "'gmail' is geen mailsysteem", "'ogsm' is geen")
        if word not in shown.stderr
    ] == []
    config = load_config(tmp_path / "config.toml")
    assert config.mail.system == "exchange"
    assert config.mail.exchange is not None
    assert config.mail.exchange.server == ""


def test_where_nobody_answers_the_option_is_named(tmp_path: Path) -> None:
    """A script that forgot one knows which."""
    shown = ask(tmp_path, "", *OPTIONS[:-2])
    assert shown.returncode == 2
    assert "--sender-address" in shown.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_incomplete_key_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows how to write one."""
    assert run(["init", "--folder", str(tmp_path), *OPTIONS, "--mail-key", "smtp_host"]) == 2
    assert "smtp_host=smtp.example.org" in capsys.readouterr().err
