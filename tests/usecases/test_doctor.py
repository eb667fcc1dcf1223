"""The check-up: what is wrong around a plan is found, named, and comes with what to do."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

import pytest

from ogsm_xl.cli import run
from ogsm_xl.ledger import Ledger, MailState
from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.port import MailSystem, Memory, Received
from ogsm_xl.usecases.checkup import Verdict
from ogsm_xl.usecases.doctor import Surroundings, examine, versions
from ogsm_xl.usecases.doctor_files import Disks, file_system
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.run_scheduler import last_run_key
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

NOW = datetime(2026, 9, 1, 9)
SUMMER = timedelta(hours=2)  # Amsterdam in September

GOOD = """
    objective O1 Anna "Everybody a home" organisation=Linde
    person    Anna anna@example.org ogsm_owner process_owner
    session   SES1 doing 2026-09-10 10:00
    session   SES2 doing 2026-12-10 10:00
"""

PLENTY = Disks(free=lambda _: 10**12, is_remote=lambda _: False)


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """An organisation where everything is in order."""
    return organisation(tmp_path, GOOD)


def organisation(folder: Path, lines: str) -> Workplace:
    made = Workplace(folder, plan_of(lines))
    moment = datetime(2026, 8, 31, 12, tzinfo=UTC).timestamp()
    os.utime(made.workbook, (moment, moment))
    return made


def around(place: Workplace) -> Surroundings:
    """Everything beside the files, in order."""

    def mail_system(_memory: Memory) -> AbstractContextManager[MailSystem]:
        return nullcontext(place.post)

    return Surroundings(NOW, SUMMER, "here", mail_system, PLENTY)


def examined(place: Workplace, **others: object) -> Outcome:
    return examine(place.config, dataclasses.replace(around(place), **others))  # type: ignore[arg-type]  # the test names the fields


def found(outcome: Outcome, *verdicts: Verdict) -> list[str]:
    """What stands like this, in English."""
    wanted = {verdict.key for verdict in verdicts}
    checks = outcome.data["checks"]
    assert isinstance(checks, list)
    return [f"{c['about']['en']}: {c['said']['en']}" for c in checks if c["verdict"] in wanted]


def to_look_at(outcome: Outcome) -> list[str]:
    """What is not about the workbook's own findings: a plan without strategies has some."""
    lines = found(outcome, Verdict.LOOK, Verdict.LATER, Verdict.WRONG)
    return [line for line in lines if "warning" not in line]


def test_where_everything_is_in_order_it_says_so_of_each(place: Workplace) -> None:
    """Nothing but what is fine, and what the plan itself still needs."""
    outcome = examined(place)
    assert to_look_at(outcome) == []
    about = [line.partition(":")[0] for line in found(outcome, Verdict.FINE)]
    assert about == [
        "Configuration", "Folder of the plan", "People", "Calendar", "Ledger", "Ledger", "Jobs", "Log", "Clock",
        "Mail", "Disk space", "Versions",
    ]  # fmt: skip


def test_it_changes_nothing(place: Workplace) -> None:
    """No file is new, none is changed, no folder was touched."""

    def state() -> dict[Path, tuple[int, bytes]]:
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in (place.folder, *place.folder.rglob("*"))
        }  # fmt: skip

    before = state()
    examined(place)
    assert state().keys() == before.keys()
    if sys.platform == "linux":  # elsewhere the folder notices the file that shows that it can be written
        assert state() == before


def test_the_counts_of_the_findings_are_told(tmp_path: Path) -> None:
    """With the command that shows them."""
    place = organisation(tmp_path, GOOD + 'action A1 Anna S9 "Website" 2026-06-01..2026-01-01 in_progress')
    outcome = examined(place)
    [line] = [line for line in found(outcome, Verdict.LOOK) if "warnings" in line]
    assert "1 action; " in line
    assert any("ogsm-xl validate" in text.en for text in outcome.details)


# The share and the workbook


def test_a_share_that_is_gone_is_told_and_the_rest_is_looked_at(place: Workplace) -> None:
    """Trying again later may help; the mail system is checked all the same."""
    place.configure(plan={"workbook": Path("gone/plan.xlsx")})
    outcome = examined(place)
    assert any("gone can't be reached" in line for line in found(outcome, Verdict.LATER))
    assert any(line.startswith("Mail:") for line in found(outcome, Verdict.FINE))


def test_a_workbook_that_is_missing_has_to_be_mended(place: Workplace) -> None:
    """It is named."""
    place.workbook.unlink()
    outcome = examined(place)
    assert outcome.code is ExitCode.WRONG_INPUT
    assert any("plan.xlsx" in line for line in found(outcome, Verdict.WRONG))


def test_a_workbook_that_is_damaged_has_to_be_mended(place: Workplace) -> None:
    """With the sentence that every job would end with."""
    place.workbook.write_bytes(b"PK\x03\x04 half a zip")
    assert examined(place).code is ExitCode.WRONG_INPUT


def test_who_has_the_plan_open_is_named(place: Workplace) -> None:
    """With the file to remove if nobody has."""
    place.workbook.with_name("~$plan.xlsx").write_bytes(bytes([4]) + b"Bram" + bytes(160))
    outcome = examined(place)
    assert to_look_at(outcome) == ["Workbook: is open, used by Bram."]
    assert any("~$plan.xlsx" in text.en for text in outcome.details)


def test_a_second_copy_in_a_synchronised_folder_is_told(place: Workplace) -> None:
    """Somebody's changes may be in it."""
    (place.folder / "plan-DESKTOP-1234.xlsx").write_bytes(b"x")
    assert any("plan-DESKTOP-1234.xlsx" in line for line in to_look_at(examined(place)))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everything")
def test_a_plan_that_may_not_be_written_has_to_be_mended(place: Workplace) -> None:
    """Read-only, or without permission."""
    place.workbook.chmod(0o444)
    assert any("may not be written" in line for line in found(examined(place), Verdict.WRONG))


# People and calendar


def test_who_can_not_be_reached_is_named(tmp_path: Path) -> None:
    """Without an address; an owner whom the sheet does not know; roles that nobody has. Who left is left out."""
    place = organisation(
        tmp_path,
        """
        person   Anna
        person   Bram bram@example.org
        person   Carla left_on=2026-01-01
        strategy S1 Dirk "Shorter waits by building faster"
        session  SES1 doing 2026-12-10 10:00
        """,
    )
    assert to_look_at(examined(place)) == [
        "People: without a mail address: Anna.",
        "People: without an owner who is on the sheet People: S1.",
        "People: nobody is OGSM owner.",
        "People: nobody is Process owner.",
    ]


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ("", "there is no session ahead"),
        ("session SES1 doing 2026-08-10", "there is no session ahead"),
        ("session SES1 doing 2026-12-10 cancelled=yes", "there is no session ahead"),
        ("session SES1 doing 2026-09-10", "after 2026-09-10 there is nothing"),
    ],
)
def test_a_calendar_that_ends_is_told(tmp_path: Path, sessions: str, expected: str) -> None:
    """With the command that fills it."""
    place = organisation(tmp_path, f"person Anna anna@example.org ogsm_owner process_owner\n{sessions}")
    outcome = examined(place)
    assert [expected in line for line in to_look_at(outcome)] == [True]
    assert any("ogsm-xl calendar --year 2026" in text.en for text in outcome.details)


def test_the_next_sessions_are_named_with_the_first_invitation(place: Workplace) -> None:
    """So that a process owner sees at once that it is right."""
    [line] = [line for line in found(examined(place), Verdict.FINE) if line.startswith("Calendar")]
    assert line == (
        "Calendar: SES1 doing session 2026-09-10 10:00; SES2 doing session 2026-12-10 10:00."
        " The first invitation goes out on 2026-09-03."
    )


# The ledger and the jobs


def test_mail_in_doubt_is_counted(place: Workplace) -> None:
    """Sent or not: a person finds out."""
    with place.ledger() as ledger:
        place_mail(ledger, place)
    assert "Ledger: 1 uncertain whether they went out." in to_look_at(examined(place))


def place_mail(ledger: Ledger, place: Workplace) -> None:
    """A mail whose sending was cut off."""
    place.put(plan_of(GOOD + 'action A1 Anna S1 "Website" 2026-01-01..2026-12-01 in_progress'))
    ledger.close()
    place.send(datetime(2026, 9, 3, 8))
    with Ledger(place.config.ledger_file) as again:
        [row] = again.mails()
        again.set_mail_state(row.id, MailState.UNKNOWN, NOW)
    moment = datetime(2026, 8, 31, 12, tzinfo=UTC).timestamp()
    os.utime(place.workbook, (moment, moment))


def test_a_ledger_on_a_share_has_to_be_moved(place: Workplace) -> None:
    """There it can be damaged."""
    outcome = examined(place, disks=Disks(free=PLENTY.free, is_remote=lambda _: True))
    assert any("network share" in line for line in found(outcome, Verdict.WRONG))


def test_a_ledger_in_a_synchronised_folder_is_told(place: Workplace) -> None:
    """An older version can come back."""
    place.configure(ledger={"file": Path("OneDrive - Linde/ledger.sqlite")})
    assert any("synchronised" in line for line in to_look_at(examined(place)))


def test_a_ledger_that_is_damaged_has_to_be_mended(place: Workplace) -> None:
    """Also where the damage is in rows that no job has read yet."""
    with place.ledger():
        pass
    file = place.config.ledger_file
    content = bytearray(file.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    file.write_bytes(bytes(content))
    (line,) = found(examined(place), Verdict.WRONG)
    assert line.startswith(f"Ledger: {file} is damaged (")


def test_one_of_anything_is_told_in_the_singular(tmp_path: Path) -> None:
    """1 strategy, 1 indicator, 1 action, 1 person."""
    place = organisation(
        tmp_path,
        """
        person    Anna anna@example.org ogsm_owner process_owner
        strategy  S1 Anna "Shorter waits by building faster" green
        indicator I1 Anna S1 "Weeks of waiting" 12..8 actual=9 green
        action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% red
        session   SES1 doing 2026-09-10 10:00
        """,
    )
    lines = found(examined(place), *Verdict)
    assert any("1 strategy, 1 indicator, 1 action" in line for line in lines)
    assert "People: 1 person, with a mail address." in lines


def test_a_file_that_is_no_ledger_has_to_be_mended(place: Workplace) -> None:
    """With the sentence that every job would end with."""
    place.config.ledger_file.write_bytes(b"something else" * 100)
    assert any("ledger.sqlite" in line for line in found(examined(place), Verdict.WRONG))


def test_a_scheduler_that_stopped_is_noticed(place: Workplace) -> None:
    """The jobs last ran a week ago; a weekend is no reason."""
    for days, expected in ((3, Verdict.FINE), (7, Verdict.LOOK)):
        with place.ledger() as ledger:
            ledger.set_meta(last_run_key("collect-replies"), (NOW - timedelta(days=days)).isoformat())
        [line] = [line for line in found(examined(place), expected) if line.startswith("Jobs:")]
        assert "collect-replies" in line


def test_a_log_that_cannot_be_written_is_told(place: Workplace) -> None:
    """Its name is a folder's."""
    place.config.log_file.mkdir()
    assert any(line.startswith("Log:") for line in to_look_at(examined(place)))


# The machine


def test_a_clock_that_is_slow_is_noticed(place: Workplace) -> None:
    """The plan was saved later than it is here."""
    moment = datetime(2026, 9, 1, 12, tzinfo=UTC).timestamp()
    os.utime(place.workbook, (moment, moment))
    assert any("saved at 2026-09-01 14:00" in line for line in to_look_at(examined(place)))


def test_a_machine_in_another_zone_is_told(place: Workplace) -> None:
    """A scheduler goes by the machine, the jobs by the configuration."""
    outcome = examined(place, utc_offset=timedelta())
    assert any("is 2 hours behind that" in line for line in to_look_at(outcome))


def test_a_full_disk_is_told(place: Workplace) -> None:
    """With how much is needed."""
    outcome = examined(place, disks=Disks(free=lambda _: 5_000_000, is_remote=lambda _: False))
    assert any("5 MB free" in line and "200 MB is needed" in line for line in to_look_at(outcome))


def test_what_is_not_installed_is_told() -> None:
    """How to install it stands with it."""
    [check] = versions("ogsm-xl-of-another-world")
    assert (check.verdict, "pip install" in check.todo.en) == (Verdict.LOOK, True)


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/plan\\040share cifs rw 0 0
tmpfs /mnt/plan tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/anna", "ext4"),
        ("/mnt/plan share/ogsm", "cifs"),
        ("/mnt/plan", "tmpfs"),
        ("/mnt/planet", "ext4"),
    ],
)
def test_a_share_is_known_by_where_it_is_mounted(folder: str, kind: str) -> None:
    """The nearest mount above a folder counts."""
    assert file_system(PurePosixPath(folder), MOUNTS) == kind


# Mail


def test_a_mail_system_that_is_down_is_told(place: Workplace) -> None:
    """Trying again later may help."""

    class Down:
        def received(self) -> Iterator[Received]:
            raise OutsideProblem(Text("imap.example.org is weg.", "imap.example.org is gone."))
            yield

    outcome = examined(place, mail_system=lambda _memory: nullcontext(Down()))
    assert found(outcome, Verdict.LATER) == ["Mail: imap.example.org is gone."]
    assert outcome.code is ExitCode.OUTSIDE_FAILED


def test_whatever_a_check_comes_across_the_others_are_made(place: Workplace) -> None:
    """Even what nobody expected is a line among the others."""

    def broken(_memory: Memory) -> AbstractContextManager[MailSystem]:
        raise ZeroDivisionError

    outcome = examined(place, mail_system=broken)
    assert found(outcome, Verdict.LATER) == ["Mail: could not be looked at (ZeroDivisionError)."]
    assert any(line.startswith("Versions:") for line in found(outcome, Verdict.FINE))


def test_no_mail_is_moved_and_nothing_is_remembered(place: Workplace) -> None:
    """The memory that a mail system gets forgets, and one mail is looked at."""
    place.post.folder.mkdir()
    place.deliver(b"From: a@example.org\n\nhello")
    remembered: list[str] = []

    @contextmanager
    def mail_system(memory: Memory) -> Iterator[MailSystem]:
        memory.set_meta("up to where", "1")
        remembered.append(memory.meta("up to where") or "")
        yield place.post

    lines = found(examined(place, mail_system=mail_system), Verdict.FINE)
    assert any("there is mail in it" in line for line in lines)
    assert (remembered, len(place.inbox())) == ([""], 1)


def test_mail_that_is_redirected_is_told(place: Workplace) -> None:
    """A trial that goes on by accident would keep everybody without mail."""
    place.configure(mail={"redirect_all_to": "test@example.org"})
    assert "Mail: all mail goes to test@example.org." in to_look_at(examined(place))


def test_what_has_to_be_mended_weighs_more_than_what_may_pass(place: Workplace) -> None:
    """Exit code 2 comes before 3: waiting would not help."""
    place.workbook.unlink()

    def down(_memory: Memory) -> AbstractContextManager[MailSystem]:
        raise OutsideProblem(Text("weg", "gone"))

    assert examined(place, mail_system=down).code is ExitCode.WRONG_INPUT


# As a command


def test_the_command_shows_each_check_on_a_line(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """A mark and a word before each; the sum at the end. It leaves no log."""
    config = str(place.folder / "config.toml")
    code = run(["doctor", "--config", config, "--as-of", "2026-09-01"])
    lines = capsys.readouterr().out.splitlines()
    assert code in {0, 1}
    assert lines[0].startswith("✓ goed          Configuratie: ")
    assert "in orde" in lines[-1]
    assert not place.config.log_file.exists()


def test_a_program_reads_the_checks(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its verdict."""
    run(["doctor", "--config", str(place.folder / "config.toml"), "--json"])
    shown = json.loads(capsys.readouterr().out)
    assert {check["verdict"] for check in shown["checks"]} <= {"fine", "look", "later", "wrong"}


def test_a_configuration_that_cannot_be_used_is_the_first_thing_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What can be looked at without it is."""
    assert run(["doctor", "--config", str(tmp_path / "config.toml"), "--json"]) == 2
    shown = json.loads(capsys.readouterr().out)
    assert [(c["about"]["en"], c["verdict"]) for c in shown["checks"]] == [
        ("Configuration", "wrong"),
        ("Versions", "fine"),
    ]
    assert "ogsm-xl init" in shown["checks"][0]["todo"]["en"]


def test_a_mail_folder_that_nobody_can_write_is_wrong(place: Workplace) -> None:
    """Here a file has its name."""
    (place.folder / "mail").write_text("no folder", encoding="utf-8")
    mail = [line for line in found(examined(place), Verdict.WRONG) if line.startswith("Mail")]
    assert len(mail) == 1
    assert "[mail] folder" in mail[0]


def test_a_workbook_that_is_gone_says_nothing_about_the_clock(place: Workplace) -> None:
    """One thing is wrong, and one line says so."""
    place.workbook.unlink()
    lines = to_look_at(examined(place))
    assert [line.partition(":")[0] for line in lines] == ["Workbook"]
