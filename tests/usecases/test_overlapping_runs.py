"""Real processes: several at once, and one that is killed while it mails."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.plans import plan_of
from tests.support.workplace import Workplace

ROOT = Path(__file__).parents[2]
NAMES = ["Anna", "Bram", "Chris", "Dora", "Eva", "Finn"]
OWNERS = [f"{name.lower()}@example.org" for name in NAMES]
PLAN = plan_of("\n".join([
    *(f"person {name} {mail}" for name, mail in zip(NAMES, OWNERS, strict=True)),
    *(f'action A{n} {name} "Result reached" 2026-01-05..2026-12-18 in_progress' for n, name in enumerate(NAMES, 1)),
    "session SES1 doing 2026-09-10 10:00",
]))  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def started(place: Workplace, pause: float, number: int = 1) -> list[subprocess.Popen[bytes]]:
    """So many runs of the job, begun at the same moment."""
    config = place.folder / f"{pause}.toml"
    written = (place.folder / "config.toml").read_text(encoding="utf-8")
    config.write_text(written.replace("[mail]", f"[mail]\npause_seconds = {pause}"), encoding="utf-8")
    job = str(ROOT / "jobs" / "send_invites.py")
    command = [sys.executable, job, "--config", str(config), "--as-of", "2026-09-03"]
    return [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        for _ in range(number)
    ]


def waited(seconds: float) -> Iterator[None]:
    """Looks again every now and then, for so many seconds at most."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.02)


def test_of_several_runs_at_once_one_mails_and_the_others_say_so(place: Workplace) -> None:
    """Everybody has one mail, whichever run was first."""
    runs = started(place, 0.05, number=3)
    said = [run.communicate(timeout=60)[1].decode() for run in runs]
    codes = [run.returncode for run in runs]
    assert place.recipients() == OWNERS
    assert 0 in codes
    assert set(codes) <= {0, 3}, said
    assert all("plan.xlsx" in text for text, code in zip(said, codes, strict=True) if code == 3)


def test_a_run_that_is_killed_is_finished_by_the_next(place: Workplace) -> None:
    """Everybody has one mail; the lock of the killed process stops nobody."""
    (run,) = started(place, 0.3)
    for _ in waited(60):
        if len(place.recipients()) >= 2:
            break
    run.kill()
    run.communicate()
    assert 2 <= len(place.recipients()) < len(OWNERS)
    (again,) = started(place, 0)
    assert again.wait(timeout=60) == 0
    again.communicate()
    assert place.recipients() == OWNERS
