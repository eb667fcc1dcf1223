"""What holds when the plan is written where others work with it."""

from __future__ import annotations

import datetime as dt
import os
import stat
import struct
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from ogsm_xl.excel.drive.presence import conflict_copies, is_placeholder, opened_by
from ogsm_xl.excel.editor import AppendRows, Edit, SetCell, edited
from ogsm_xl.excel.plan_file import PlanBusy, Step, Written, write_plan
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from tests.support.plan_writer import start
from tests.support.reading import keys_of
from tests.support.workbooks import TABLE, hand_made

NOW = dt.datetime(2026, 6, 1, 9, 30, 15)
OLD = ["A1", "A2", "A3"]
LINUX = pytest.mark.skipif(
    sys.platform == "win32", reason="kills with a signal and limits resources as POSIX does"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "gedeelde map"
    folder.mkdir()
    return hand_made(folder / "plan [2026].xlsx", table=TABLE)


def add(key: str) -> Callable[[Path], Sequence[Edit]]:
    """Adds a row with this key, unless it is there already."""
    return lambda copy: [] if key in keys_of(copy) else [AppendRows("Acties", 3, ({1: key},))]


def write(plan: Path, key: str = "A4", **more: object) -> Written:
    options: dict[str, object] = {"now": NOW, "retry_for": 0, **more}
    return write_plan(plan, add(key), **options)  # type: ignore[arg-type]


def beside(plan: Path) -> list[str]:
    """What stands in the plan's folder, our own lock left out."""
    return sorted(p.name for p in plan.parent.iterdir() if not p.name.endswith(".ogsm-lock"))


# The ordinary case


def test_a_write_changes_the_plan_and_keeps_a_backup(plan: Path) -> None:
    """The plan has the new row; a dated backup holds the version before; nothing else is left."""
    before = plan.read_bytes()
    written = write(plan)
    backup = plan.parent / "backups" / "plan [2026] 2026-06-01 093015.xlsx"
    assert written == Written(changed=True, backup=backup)
    assert (keys_of(plan), backup.read_bytes()) == ([*OLD, "A4"], before)
    assert beside(plan) == ["backups", "plan [2026].xlsx"]


def test_nothing_to_change_writes_nothing(plan: Path) -> None:
    """Without edits, or with edits that change nothing, the file, its time and the folder stay as they were."""
    before = plan.stat().st_mtime_ns
    assert write(plan, "A3") == Written(changed=False)
    same = write_plan(plan, lambda _: [SetCell(CellRef("Acties", 50, 50), None)], now=NOW)
    assert same == Written(changed=False)
    assert (plan.stat().st_mtime_ns, beside(plan)) == (before, ["plan [2026].xlsx"])


def test_a_write_is_done_once(plan: Path) -> None:
    """The same write again finds its row there and does nothing."""
    write(plan)
    assert write(plan) == Written(changed=False)
    assert keys_of(plan) == [*OLD, "A4"]


def test_backups_are_limited_in_number(plan: Path) -> None:
    """Only the newest backups stay, and files that are no backups of this plan are left alone."""
    folder = plan.parent / "kopieën"
    folder.mkdir()
    (folder / "plan [2026] oud.xlsx").write_text("van iemand", encoding="utf-8")
    for minute in range(4):
        write(plan, f"B{minute}", now=NOW.replace(minute=minute), backups=2, backup_folder=folder)
    assert sorted(p.name for p in folder.iterdir()) == [
        "plan [2026] 2026-06-01 090215.xlsx",
        "plan [2026] 2026-06-01 090315.xlsx",
        "plan [2026] oud.xlsx",
    ]


def test_backups_in_one_second_have_their_own_names(plan: Path) -> None:
    """A second write in the same second does not overwrite the first one's backup, and counts as newer."""
    names = [write(plan, key, backups=2).backup for key in ("A4", "A5", "A6", "A7")]
    assert [name.stem[-4:] for name in names if name] == ["3015", " (1)", " (2)", " (3)"]
    assert sorted(p.stem[-4:] for p in (plan.parent / "backups").iterdir()) == [" (2)", " (3)"]


def test_no_backups_when_none_are_wanted(plan: Path) -> None:
    """With `backups=0` no folder is made."""
    assert write(plan, backups=0) == Written(changed=True)
    assert beside(plan) == ["plan [2026].xlsx"]


@LINUX
def test_permissions_and_owner_stay(plan: Path) -> None:
    """The new version has the mode of the one that it replaces; a link to the plan stays a link."""
    plan.chmod(0o640)
    link = plan.with_name("snelkoppeling.xlsx")
    link.symlink_to(plan)
    owner = (plan.stat().st_uid, plan.stat().st_gid)
    write(link)
    assert link.is_symlink()
    assert (stat.S_IMODE(plan.stat().st_mode), (plan.stat().st_uid, plan.stat().st_gid)) == (0o640, owner)
    assert keys_of(plan) == [*OLD, "A4"]


def test_the_copy_to_decide_on_is_not_the_plan(plan: Path) -> None:
    """The decision is made on a copy elsewhere with the same name, so that messages name the right file."""
    seen: list[Path] = []

    def decide(copy: Path) -> list[Edit]:
        seen.append(copy)
        return []

    write_plan(plan, decide, now=NOW)
    assert (seen[0].name, seen[0].parent == plan.parent, seen[0].exists()) == (plan.name, False, False)


# Somebody else


def excel_owner_file(name: str) -> bytes:
    """What Excel writes beside a workbook that somebody has open: 165 bytes with the name twice."""
    ansi = name.encode("cp1252", "replace")
    narrow = bytes([len(ansi)]) + ansi.ljust(54)
    return (narrow + struct.pack("<H", len(name)) + name.ljust(54).encode("utf-16-le"))[:165]


@pytest.mark.parametrize(
    ("marker", "contents", "who"),
    [
        ("~${}", excel_owner_file("Piet van Dijk"), "Piet van Dijk"),
        ("~${}", excel_owner_file("Zoë Łukasz"), "Zoë Łukasz"),
        ("~${}", b"", ""),
        ("~${}", b"\xff" * 165, ""),
        (".~lock.{}#", b"Jan\\, de Boer,jan,PC-7,01.06.2026 09:00,file:///x;", "Jan, de Boer"),
        (".~lock.{}#", b",jdb,PC-7,01.06.2026 09:00,file:///x;", "jdb"),
        (".~lock.{}#", b"", ""),
    ],
)
def test_a_plan_that_somebody_has_open_is_left_alone(
    plan: Path, marker: str, contents: bytes, who: str
) -> None:
    """While Excel's or LibreOffice's owner file is there nothing is written, and the message names the person."""
    before = plan.read_bytes()
    file = plan.with_name(marker.format(plan.name))
    file.write_bytes(contents)
    with pytest.raises(PlanBusy) as caught:
        write(plan)
    assert caught.value.who == who
    assert (f"used by {who}" in caught.value.text.en) == bool(who)
    assert f"remove {file.name}" in caught.value.text.en
    assert plan.read_bytes() == before
    assert beside(plan) == sorted([plan.name, file.name])
    file.unlink()
    assert write(plan).changed


def test_somebody_who_opens_it_while_we_work(plan: Path) -> None:
    """Opened between our reading and our writing: nothing is written."""
    before = plan.read_bytes()

    def watch(step: Step) -> None:
        if step is Step.LOOK_AGAIN:
            plan.with_name(f"~${plan.name}").write_bytes(excel_owner_file("Piet"))

    with pytest.raises(PlanBusy, match="used by Piet"):
        write(plan, watch=watch)
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    "step", [Step.DECIDE, Step.EDIT, Step.BACK_UP, Step.PLACE, Step.LOOK_AGAIN, Step.SWAP]
)
@pytest.mark.parametrize("in_place", [True, False])
def test_somebody_who_saves_while_we_work(plan: Path, tmp_path: Path, step: Step, *, in_place: bool) -> None:
    """Whenever somebody saves between our reading and our swap, both changes are in the plan afterwards."""
    saved: list[Step] = []

    def watch(now: Step) -> None:
        if now is step and not saved:
            saved.append(now)
            theirs = tmp_path / "theirs.xlsx"
            edited(plan, theirs, [AppendRows("Acties", 3, ({1: "van Piet"},))])
            if in_place:
                plan.write_bytes(theirs.read_bytes())
            else:
                theirs.replace(plan)

    assert write(plan, watch=watch).changed
    assert keys_of(plan) == [*OLD, "van Piet", "A4"]
    assert beside(plan) == ["backups", plan.name]


def test_somebody_who_saves_at_the_very_last_moment(plan: Path, tmp_path: Path) -> None:
    """A version that was saved in the instant of the swap is put back, and the edit is made on it."""
    theirs = tmp_path / "theirs.xlsx"
    edited(plan, theirs, [AppendRows("Acties", 3, ({1: "van Piet"},))])
    done: list[Step] = []

    def watch(now: Step) -> None:
        if now is Step.LOOK_BACK and not done:
            done.append(now)
            replaced = plan.with_name(f".{plan.name}.replaced.ogsm-tmp")
            replaced.write_bytes(theirs.read_bytes())

    assert write(plan, watch=watch).changed
    assert keys_of(plan) == [*OLD, "van Piet", "A4"]


def test_somebody_who_saves_right_after_the_swap(plan: Path, tmp_path: Path) -> None:
    """What they saved stays, and the job says that it must look again."""
    theirs = tmp_path / "theirs.xlsx"
    edited(plan, theirs, [AppendRows("Acties", 3, ({1: "van Piet"},))])

    def watch(now: Step) -> None:
        if now is Step.LOOK_BACK:
            plan.write_bytes(theirs.read_bytes())

    with pytest.raises(OutsideProblem, match="changed right after it was written"):
        write(plan, watch=watch)
    assert keys_of(plan) == [*OLD, "van Piet"]


def test_a_plan_that_keeps_changing(plan: Path) -> None:
    """When somebody saves again and again, the write gives up without having changed anything."""
    count = iter(range(100))

    def watch(step: Step) -> None:
        if step is Step.LOOK_AGAIN:
            hand_made(
                plan, table=TABLE.replace("Light9", f"Light{next(count)}"), workbook=f"<!-- {next(count)} -->"
            )

    with pytest.raises(OutsideProblem, match="keeps being changed"):
        write(plan, watch=watch)
    assert keys_of(plan) == OLD


def test_another_run_of_ours(plan: Path) -> None:
    """While another run holds the lock, this one waits, and then says so."""
    with FileLock(plan.with_name(f".{plan.name}.ogsm-lock")), pytest.raises(PlanBusy, match="Another job"):
        write(plan)


@LINUX
def test_two_runs_at_once_lose_nothing(plan: Path) -> None:
    """Several processes that write at the same time all get their row in, each once."""
    keys = [f"P{n}" for n in range(4)]
    writers = [start(plan, key) for key in keys]
    assert [writer.end() for writer in writers] == [(0, "")] * len(keys)
    assert sorted(keys_of(plan)) == sorted([*OLD, *keys])


# Cut off


@LINUX
def test_a_run_that_is_killed_at_any_step(plan: Path, tmp_path: Path) -> None:
    """Killed just before any step, the plan is the old or the new one, whole; the next run ends with the wanted content."""
    copies = {step: tmp_path / step.name / plan.name for step in Step}
    for copy in copies.values():
        copy.parent.mkdir()
        copy.write_bytes(plan.read_bytes())
    writers = {step: start(copy, "A4", killed_at=step) for step, copy in copies.items()}
    assert {step: writer.end()[0] for step, writer in writers.items()} == dict.fromkeys(Step, -9)
    swapped = {Step.LOOK_BACK, Step.TIDY}
    found = {step: keys_of(copy) for step, copy in copies.items()}
    assert found == {step: [*OLD, "A4"] if step in swapped else OLD for step in Step}
    for copy in copies.values():
        write(copy)
        write(copy, "A5")
    assert [keys_of(copy) for copy in copies.values()] == [[*OLD, "A4", "A5"]] * len(copies)
    assert [beside(copy) for copy in copies.values()] == [["backups", plan.name]] * len(copies)


@LINUX
@pytest.mark.parametrize("step", [Step.COPY, Step.EDIT, Step.BACK_UP, Step.PLACE])
def test_a_full_disk(plan: Path, step: Step) -> None:
    """When the disk is full, the plan stays as it was, nothing is left behind, and a later run succeeds."""
    before = plan.read_bytes()
    code, said = start(plan, "A4", full_at=step).end()
    assert (code, plan.read_bytes()) == (3, before)
    assert "room" in said or "disk space" in said
    assert write(plan).changed
    assert beside(plan) == ["backups", plan.name]


def test_a_swap_that_broke_off_halfway(plan: Path) -> None:
    """Where the plan itself is gone and the replaced version is left under another name, it is put back first."""
    plan.rename(plan.with_name(f".{plan.name}.replaced.ogsm-tmp"))
    assert write(plan).changed
    assert keys_of(plan) == [*OLD, "A4"]


def test_a_replaced_version_without_a_backup_is_kept(plan: Path, tmp_path: Path) -> None:
    """What a run that was cut off had replaced is not thrown away when no backup holds it."""
    theirs = tmp_path / "theirs.xlsx"
    edited(plan, theirs, [AppendRows("Acties", 3, ({1: "van Piet"},))])
    theirs.replace(plan.with_name(f".{plan.name}.replaced.ogsm-tmp"))
    write(plan, "A3")
    (backup,) = (plan.parent / "backups").iterdir()
    assert keys_of(backup) == [*OLD, "van Piet"]


# What stands in the way


def test_a_read_only_plan(plan: Path) -> None:
    """A file marked read-only is refused in a sentence."""
    plan.chmod(stat.S_IREAD)
    with pytest.raises(InputProblem, match="may not be written to"):
        write(plan)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write anywhere"
)
def test_a_read_only_folder(plan: Path) -> None:
    """A folder that may not be written to is refused in a sentence."""
    plan.parent.chmod(0o500)
    try:
        with pytest.raises(InputProblem, match="may not be written to"):
            write(plan)
    finally:
        plan.parent.chmod(0o700)


def test_a_missing_plan(plan: Path) -> None:
    """A plan that is not there is the caller's mistake; a folder that is not there may be the network's."""
    plan.unlink()
    with pytest.raises(InputProblem, match="does not exist"):
        write(plan)
    with pytest.raises(OutsideProblem, match="can't be reached"):
        write(plan.parent / "weg" / "plan.xlsx")


def test_the_share_goes_away(plan: Path, tmp_path: Path) -> None:
    """When the folder disappears while we work, that is a sentence, and the plan is whole when it comes back."""
    away = tmp_path / "weg"

    def watch(step: Step) -> None:
        if step is Step.PLACE:
            plan.parent.rename(away)

    with pytest.raises(OutsideProblem, match="can't be written now"):
        write(plan, watch=watch)
    away.rename(plan.parent)
    assert keys_of(plan) == OLD
    assert write(plan).changed


def test_an_edit_that_is_refused(plan: Path) -> None:
    """When the edit itself is refused, nothing is written and nothing is left behind."""
    with pytest.raises(InputProblem, match="heading or total"):
        write_plan(plan, lambda _: [SetCell(CellRef("Acties", 3, 1), "x")], now=NOW)
    assert beside(plan) == [plan.name]


def test_conflict_copies_are_reported(plan: Path) -> None:
    """Copies that a synchronised folder made are named; other versions that people keep are not."""
    stem = plan.stem
    copies = [
        f"{stem} (Piet's conflicted copy 2026-05-30).xlsx",
        f"{stem}-DESKTOP-AB12CD3.xlsx",
        f"{stem}.sync-conflict-20260530-101112-ABC.xlsx",
    ]
    for name in [
        *copies,
        f"{stem} oud.xlsx",
        f"{stem}-2025.xlsx",
        f"{stem} (1).xlsx",
        "ander-DESKTOP-1.xlsx",
    ]:
        (plan.parent / name).touch()
    assert conflict_copies(plan) == sorted(copies)
    (warning,) = write(plan).warnings
    assert copies[0] in warning.en


@pytest.mark.parametrize(
    ("attributes", "expected"), [(0x20, False), (0x1000, True), (0x400020, True), (0x40000, True)]
)
def test_files_that_are_online_only(attributes: int, *, expected: bool) -> None:
    """Windows' file attributes say whether OneDrive has the contents elsewhere."""
    assert is_placeholder(attributes) == expected


def test_nobody_has_it_open(plan: Path) -> None:
    """Without an owner file nobody is known to have it open."""
    assert opened_by(plan) is None


def test_something_else_holds_it_for_a_moment(plan: Path) -> None:
    """A plan that is briefly not there, as while Excel saves it, is waited for."""
    parked = plan.with_name("even weg")
    pauses: list[float] = []

    def watch(step: Step) -> None:
        if step is Step.COPY:
            plan.rename(parked)

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            parked.rename(plan)

    assert write(plan, watch=watch, sleep=sleep, retry_for=10).changed
    assert pauses == [0.2, 0.4, 0.8]
