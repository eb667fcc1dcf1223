"""What one run costs that collects many replies: processor time a reply, writes of the plan, memory.

Run with `pytest tests/benchmarks/bench_collect.py -s`; not part of the test run. A thousand people own two actions each
and answer on both, every second one with the form. Each run is a process of its own, so that its memory is its own.

A machine's speed is no property of the code. So the same replies also go through a bare script, before each run and after
it, and the ratio is told: it reads every mail with the standard library and every form with openpyxl, understands nothing,
adds as many rows to the plan with openpyxl and saves that once. It loses what openpyxl loses, keeps nothing and answers nobody.
"""

from __future__ import annotations

import json
import mailbox
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from ogsm_xl.plan.model import Action, Objective, Person, Plan, Session, Strategy
from ogsm_xl.plan.words import SessionKind, Status, TrafficLight
from tests.support.forms import filled_in
from tests.support.workplace import SECRET, Workplace

OWNERS = 1_000
REPLIES = (100, 1_000, 3_000)
MOST_MILLISECONDS = 15.0
"""Of processor time, a reply on average, from the inbox into the plan."""
MOST_MEGABYTES_MORE = 10
"""For more replies than the fewest: the allocator's noise is half of it."""

_LOADED = """
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
"""

_RUN = f"""{_LOADED}
folder, receipts, secret = Path(sys.argv[1]), sys.argv[2] == "receipts", bytes.fromhex(sys.argv[3])
config = load_config(folder / "config.toml")
config = config.model_copy(update={{"mail": config.mail.model_copy(update={{"receipts": receipts}})}})
read_plan(config.workbook)
began = time.process_time()
with Ledger(config.ledger_file) as ledger:
    outcome = collect_replies(
        config=config, ledger=ledger, post=FolderMail(folder / "mail"), secret=secret, now=datetime(2026, 9, 4, 17),
        machine="here",
    )
spent = time.process_time() - began
print(json.dumps({{"seconds": spent, "megabytes": most_memory(), **outcome.data}}))
"""

_JUST_READ = f"""{_LOADED}
read_plan(load_config(Path(sys.argv[1]) / "config.toml").workbook)
print(json.dumps({{"megabytes": most_memory()}}))
"""

_BARE = """
import io, json, sys, time
from email import message_from_bytes, policy
from pathlib import Path
import openpyxl

folder = Path(sys.argv[1])
began = time.process_time()
plan = openpyxl.load_workbook(folder / "plan.xlsx")
for number, file in enumerate(sorted((folder / "mail" / "inbox" / "new").iterdir())):
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    said = [mail.get_body(("plain",)).get_content()]
    for attached in mail.iter_attachments():
        form = openpyxl.load_workbook(io.BytesIO(attached.get_content()), read_only=True)
        said += [str(value) for sheet in form for row in sheet.iter_rows(values_only=True) for value in row if value]
    for row in range(2):
        plan.worksheets[-1].append([number, row, *said[:9]])
plan.save(folder / "bare.xlsx")
print(json.dumps({"seconds": time.process_time() - began}))
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


@pytest.fixture(scope="module")
def invited(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A workplace where everybody was invited."""
    place = Workplace(tmp_path_factory.mktemp("invited"), plan_with(OWNERS))
    place.configure(mail={"confirm_above": 10_000, "most_per_day": 10_000})
    place.send(datetime(2026, 9, 3, 8))
    return place


@pytest.fixture(scope="module")
def answers(invited: Workplace) -> list[bytes]:
    """What everybody answers."""
    return [answer(invited, number, mail).as_bytes() for number, mail in enumerate(invited.sent())]


def answer(place: Workplace, number: int, mail: EmailMessage) -> EmailMessage:
    """What somebody answers on both actions, every second one with the form."""
    owner = int(mail["To"].addresses[0].username.removeprefix("owner"))
    first, second = f"A{owner + 1}", f"A{owner + 1 + OWNERS}"
    if number % 2:
        said: dict[str, str | float] = {f"{first}_light": "Oranje", f"{second}_done": "Getest met huurders."}
        return place.answer(mail, "Zie bijlage.", form=filled_in(mail, **said))
    return place.answer(mail, f"{first} oranje 60%\nGedaan: Getest met huurders.\n\n{second} groen")


def answered(invited: Workplace, folder: Path, answers: Sequence[bytes], replies: int) -> Path:
    """A copy of the workplace into which so many answers came; above a thousand, everybody answers again."""
    shutil.copytree(invited.folder, folder)
    inbox = mailbox.Maildir(folder / "mail" / "inbox", create=True)
    for number in range(replies):
        again, which = divmod(number, len(answers))
        inbox.add(answers[which].replace(b"<answer-", b"<answer-%d-" % again))
    return folder


def told_by(script: str, *arguments: object) -> dict[str, float]:
    """What a run of its own says about itself."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(shown.stdout)
    return found


@pytest.mark.parametrize("receipts", ["none", "receipts"])
def test_a_thousand_replies(tmp_path: Path, invited: Workplace, answers: list[bytes], receipts: str) -> None:
    """One write of the plan in all, and the bound holds, receipts included."""
    replies = len(answers)
    folder = answered(invited, tmp_path / "run", answers, replies)
    bare = answered(invited, tmp_path / "bare", answers, replies)
    before = told_by(_BARE, bare)["seconds"]
    found = told_by(_RUN, folder, receipts, SECRET.hex())
    plainly = (before + told_by(_BARE, bare)["seconds"]) / 2
    each = 1000 * found["seconds"] / replies
    sys.stdout.write(
        f"\nwith {receipts}: {each:.1f} ms a reply, {found['seconds'] / plainly:.2f} times a bare script"
        f" ({1000 * plainly / replies:.1f} ms)\n"
    )
    assert (found["reports"], found["brought_in"]) == (2 * replies, 2 * replies)
    assert len(list((folder / "backups").glob("*"))) == 1
    assert each <= MOST_MILLISECONDS


def test_memory(tmp_path: Path, invited: Workplace, answers: list[bytes]) -> None:
    """No mail is held: what a run takes above reading the plan that comes out of it does not depend on their number."""
    above = {}
    for replies in REPLIES:
        folder = answered(invited, tmp_path / str(replies), answers, replies)
        run = told_by(_RUN, folder, "none", SECRET.hex())["megabytes"]
        read = told_by(_JUST_READ, folder)["megabytes"]
        above[replies] = run - read
        sys.stdout.write(
            f"\n{replies} replies: {run} MB, {above[replies]} MB above reading the plan afterwards\n"
        )
    assert max(above.values()) - above[min(REPLIES)] <= MOST_MEGABYTES_MORE
