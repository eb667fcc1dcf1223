"""What one run costs that collects many replies: processor time a reply, writes of the plan, memory.

Run with `pytest tests/benchmarks/bench_collect.py -s`; not part of the test run. A thousand people own two actions each
and answer on both, every second one with the form. The run is a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from ogsm_xl.plan.model import Action, Objective, Person, Plan, Session, Strategy
from ogsm_xl.plan.words import SessionKind, Status, TrafficLight
from tests.support.forms import filled_in
from tests.support.workplace import SECRET, Workplace

REPLIES = 1_000
MOST_MILLISECONDS = 15.0
"""Of processor time, a reply on average, from the inbox into the plan."""

_RUN = """
import json, sys, time
from datetime import datetime
from pathlib import Path
from ogsm_xl.config import load_config
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.ledger import Ledger
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.usecases.collect_replies import collect_replies

def most_memory():
    try:
        line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    except OSError:
        return 0
    return int(line.split()[1]) // 1024

folder, receipts, secret = Path(sys.argv[1]), sys.argv[2] == "receipts", bytes.fromhex(sys.argv[3])
config = load_config(folder / "config.toml")
config = config.model_copy(update={"mail": config.mail.model_copy(update={"receipts": receipts})})
read_plan(config.workbook)
before = most_memory()
began = time.process_time()
with Ledger(config.ledger_file) as ledger:
    outcome = collect_replies(
        config=config, ledger=ledger, post=FolderMail(folder / "mail"), secret=secret, now=datetime(2026, 9, 4, 17),
        machine="here",
    )
spent = time.process_time() - began
print(json.dumps({"seconds": spent, "megabytes": most_memory() - before, **outcome.data}))
"""


def plan_with(owners: int) -> Plan:
    """Owners with two actions each."""
    return Plan(
        objective=Objective("O1", "Everybody a home", "Owner 0"),
        strategies=(Strategy("S1", "Shorter waits by building faster", "Owner 0"),),
        actions=tuple(
            Action(
                f"A{number}",
                f"Action number {number} is done and known to everybody",
                ("S1",),
                f"Owner {(number - 1) % owners}",
                start=date(2026, 1, 5),
                deadline=date(2026, 12, 18),
                status=Status.IN_PROGRESS,
                progress=30,
                light=TrafficLight.GREEN,
                update="Begun",
            )
            for number in range(1, 2 * owners + 1)
        ),
        people=tuple(Person(f"Owner {number}", f"owner{number}@example.org") for number in range(owners)),
        sessions=(Session("SES1", SessionKind.DOING, date(2026, 8, 13)), Session("SES2", SessionKind.DOING, date(2026, 9, 10))),
    )  # fmt: skip


def answered(folder: Path, replies: int) -> Workplace:
    """A workplace where everybody was invited and so many have answered."""
    place = Workplace(folder, plan_with(REPLIES))
    place.configure(mail={"confirm_above": 10_000, "most_per_day": 10_000})
    place.send(datetime(2026, 9, 3, 8))
    for number, mail in enumerate(place.sent()[:replies]):
        owner = int(mail["To"].addresses[0].username.removeprefix("owner"))
        first, second = f"A{owner + 1}", f"A{owner + 1 + REPLIES}"
        if number % 2:
            answers: dict[str, str | float] = {
                f"{first}_light": "Oranje",
                f"{second}_done": "Getest met huurders.",
            }
            place.deliver(place.answer(mail, "Zie bijlage.", form=filled_in(mail, **answers)))
        else:
            place.deliver(
                place.answer(mail, f"{first} oranje 60%\nGedaan: Getest met huurders.\n\n{second} groen")
            )
    return place


def collected(place: Workplace, receipts: str = "none") -> dict[str, float]:
    """What a run of its own says about itself."""
    command = [sys.executable, "-c", _RUN, str(place.folder), receipts, SECRET.hex()]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(shown.stdout)
    return found


@pytest.mark.parametrize("receipts", ["none", "receipts"])
def test_a_thousand_replies(tmp_path: Path, receipts: str) -> None:
    """One write of the plan in all; the bound holds for collecting, receipts are measured apart."""
    place = answered(tmp_path, REPLIES)
    found = collected(place, receipts)
    each = 1000 * found["seconds"] / REPLIES
    sys.stdout.write(f"\n{each:.1f} ms a reply, {found['megabytes']} MB above the plan, with {receipts}\n")
    assert (found["reports"], found["brought_in"]) == (2 * REPLIES, 2 * REPLIES)
    assert len(list((tmp_path / "backups").glob("*"))) == 1
    assert receipts != "none" or each <= MOST_MILLISECONDS


def test_memory_does_not_grow_with_the_mails(tmp_path: Path) -> None:
    """Ten times the replies take no more memory for the mails: what grows is one report a line."""
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    few, many = collected(answered(tmp_path / "few", 100)), collected(answered(tmp_path / "many", REPLIES))
    sys.stdout.write(f"\n{few['megabytes']} MB for 100 replies, {many['megabytes']} MB for {REPLIES}\n")
    assert many["megabytes"] - few["megabytes"] < 60
