"""The independent count: what it finds due, and that it finds whatever is spoiled."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.year import account
from tests.year.account import Arrived, DueMail, Edited, Entry, Ran, Rescheduled, Row, Said
from tests.year.excel_user import change
from tests.year.office import OurMail
from tests.year.organisation import Meeting, Organisation, Somebody, Thing, first_workbook, six_weeks

DAY = dt.timedelta(days=1)
SESSION = dt.date(2027, 2, 11)
ANNA = Somebody("Anna", "anna@example.org")
BRAM = Somebody("Bram", "bram@example.org", deputy="Anna")
PETRA = Somebody("Petra Proces", "petra@example.org", roles=frozenset({"process_owner"}))
ADDRESSES = frozenset({ANNA.mail, BRAM.mail, PETRA.mail})
ORGANISATION = Organisation(
    dt.date(2027, 2, 1),
    dt.date(2027, 2, 28),
    (ANNA, BRAM, PETRA),
    (
        Thing("S1", "strategy", "Bram", "Korter wachten"),
        Thing("A1", "action", "Anna", "Website vernieuwd", status="in_progress"),
        Thing("A2", "action", "Bram", "Balie open", start=dt.date(2027, 1, 4), status="to_do"),
        Thing("A3", "action", "Bram", "Balie dicht", start=dt.date(2027, 1, 4), status="parked"),
    ),
    (Meeting("SES1", "doing", SESSION), Meeting("SES2", "steering", SESSION + 28 * DAY)),
    {},
)
ANSWER = Said(
    "A1", "Anna", "Mail", dt.datetime(2027, 2, 5, 12, 30), progress=60, light="Oranje", text="Half af."
)
EDIT = Said("A2", "Bram", "Werkboek", dt.datetime(2027, 2, 9, 11, 15), light="Groen", text="Gevonden.")
REPLY = Arrived(ANSWER.written, "<1@example.org>", ANNA.mail, (ANSWER,))


def days(first: dt.date, last: dt.date, *happened: Entry, mail_up: bool = True) -> list[Entry]:
    """The diary of these days: all jobs at eight and replies again at six, and what happened before the latter."""
    diary: list[Entry] = []
    waiting = list(happened)
    day = first
    while day <= last:
        diary += [
            Ran(dt.datetime.combine(day, dt.time(8)), job, mail_up, plan_free=True)
            for job in ("collect_replies", "send_invites", "send_reminders", "share_status")
        ]
        diary += [entry for entry in waiting if moment(entry).date() == day]
        diary.append(Ran(dt.datetime.combine(day, dt.time(18)), "collect_replies", mail_up, plan_free=True))
        day += DAY
    return diary


def moment(entry: Entry) -> dt.datetime:
    return entry.said.written if isinstance(entry, Edited) else entry.at


def due_mails(diary: list[Entry], organisation: Organisation = ORGANISATION) -> list[DueMail]:
    return sorted(account.count(organisation, diary, ADDRESSES).mails.elements(), key=str)


def doing(on: dt.date, kind: str, to: Somebody, *items: str, day: dt.date = SESSION) -> DueMail:
    return DueMail(on, kind, to.mail, ("doing", day), frozenset(items))


def in_order(*mails: DueMail) -> list[DueMail]:
    return sorted(mails, key=str)


# What is due


def test_invitation_reminder_and_pre_read() -> None:
    """Seven days before, who owns something active; three days before, who still owes; the day before, everybody."""
    diary = days(dt.date(2027, 2, 1), dt.date(2027, 2, 12), REPLY)
    assert due_mails(diary) == in_order(
        doing(SESSION - 7 * DAY, "invitation", ANNA, "A1"),
        doing(SESSION - 7 * DAY, "invitation", BRAM, "A2"),
        doing(SESSION - 3 * DAY, "reminder", BRAM, "A2"),
        *(doing(SESSION - DAY, "pre-read", each) for each in (ANNA, BRAM, PETRA)),
    )


def test_a_late_run_sends_no_invitation_once_the_reminder_is_due() -> None:
    """The reminder then goes to everybody who owes."""
    diary = days(SESSION - 3 * DAY, SESSION - 3 * DAY)
    assert due_mails(diary) == in_order(
        doing(SESSION - 3 * DAY, "reminder", ANNA, "A1"), doing(SESSION - 3 * DAY, "reminder", BRAM, "A2")
    )


def test_nothing_while_the_mail_system_is_down() -> None:
    """It is due at the first run after that."""
    diary = [
        *days(SESSION - 7 * DAY, SESSION - 6 * DAY, mail_up=False),
        *days(SESSION - 5 * DAY, SESSION - 5 * DAY),
    ]
    assert {mail.on for mail in due_mails(diary)} == {SESSION - 5 * DAY}


def test_a_moved_and_a_cancelled_session_is_told_to_who_knew() -> None:
    """Once each, the day after; nobody who was told nothing hears of it."""
    new = SESSION + 14 * DAY
    at = dt.datetime.combine(SESSION - 6 * DAY, dt.time(12))
    off = dt.datetime.combine(SESSION - 4 * DAY, dt.time(12))
    diary = days(SESSION - 7 * DAY, SESSION, Rescheduled(at, "SES1", new), Rescheduled(off, "SES1", None))
    told = [mail for mail in due_mails(diary) if mail.kind != "invitation"]
    assert told == in_order(
        *(doing(SESSION - 5 * DAY, "moved", each, day=new) for each in (ANNA, BRAM)),
        *(doing(SESSION - 3 * DAY, "cancelled", each, day=new) for each in (ANNA, BRAM)),
    )


def test_mail_for_the_absent_goes_to_the_deputy() -> None:
    """And to nobody else."""
    absent = replace(BRAM, absent=(SESSION - 10 * DAY, SESSION - 5 * DAY))
    organisation = replace(ORGANISATION, people=(ANNA, absent, PETRA))
    invited = due_mails(days(SESSION - 7 * DAY, SESSION - 7 * DAY), organisation)
    assert invited == in_order(
        doing(SESSION - 7 * DAY, "invitation", ANNA, "A1"), doing(SESSION - 7 * DAY, "invitation", ANNA, "A2")
    )


# What is spoiled is found

DIARY = days(dt.date(2027, 2, 1), dt.date(2027, 2, 12), REPLY, Edited(EDIT))
DUE = account.count(ORGANISATION, DIARY, ADDRESSES)


def as_sent(due: DueMail) -> OurMail:
    """The mail that is due, as its addressee gets it."""
    written = dt.datetime.combine(due.on, dt.time(8))
    return OurMail(due.kind, due.to, due.session, written, "<m>", due.items, due.items, due.items, "", None)


def receipt(answers: str = "<1@example.org>", to: str = ANNA.mail) -> OurMail:
    items = frozenset({"A1"})
    at = dt.datetime(2027, 2, 5, 18)
    return OurMail("receipt", to, ("doing", SESSION), at, "<r>", items, items, frozenset(), answers, None)


SENT = [as_sent(mail) for mail in sorted(DUE.mails, key=str)]
ROWS = [
    Row("R1", ANSWER.written, "SES1", "A1", "Anna", "Mail", "", 60, "Oranje", None, "Half af."),
    Row(
        "R2", dt.datetime(2027, 2, 9, 18), "SES1", "A2", "Bram", "Werkboek", "", 0, "Groen", None, "Gevonden."
    ),
]


def wrong_mails(sent: list[OurMail]) -> list[str]:
    return account.wrong_mails(DUE, sent)


def wrong_history(rows: list[Row]) -> list[str]:
    return account.wrong_history(DUE, rows, 3 * DAY)


def test_nothing_is_wrong_where_nothing_is_spoiled() -> None:
    """All that was due was sent, and all that was said is in the history."""
    assert wrong_mails(SENT) == []
    assert wrong_history(ROWS) == []
    assert account.not_theirs(DUE, SENT) == []
    assert account.wrong_receipts(DUE, [receipt()]) == ([], [])


@pytest.mark.parametrize("number", range(len(SENT)))
def test_a_mail_that_was_never_sent_is_found(number: int) -> None:
    """Whichever it is."""
    missing = next(iter(wrong_mails([mail for mail in SENT if mail is not SENT[number]])))
    assert missing.startswith("never sent (1×)")
    assert SENT[number].to in missing


@pytest.mark.parametrize("number", range(len(SENT)))
def test_a_mail_that_was_sent_twice_is_found(number: int) -> None:
    """Whichever it is."""
    assert [wrong[:12] for wrong in wrong_mails([*SENT, SENT[number]])] == ["not due (1×)"]


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda mail: replace(mail, to="mary@example.org"),
        lambda mail: replace(mail, written=mail.written + DAY),
        lambda mail: replace(mail, items=mail.items | {"A3"}),
        lambda mail: replace(mail, session=("doing", SESSION + DAY)),
        lambda mail: replace(mail, kind="moved"),
    ],
    ids=["another address", "another day", "another item", "another session", "another kind"],
)
def test_a_mail_that_is_not_the_one_due_is_found(spoiled: Callable[[OurMail], OurMail]) -> None:
    """It is one that was never sent, and one that was not due."""
    assert [wrong.split(" (")[0] for wrong in wrong_mails([spoiled(SENT[0]), *SENT[1:]])] == [
        "never sent",
        "not due",
    ]


def test_a_mail_about_somebody_elses_item_is_found() -> None:
    """In its text, or in its form."""
    mail = next(each for each in SENT if each.kind == "invitation" and each.to == ANNA.mail)
    in_text = replace(mail, named=frozenset({"A1", "A2"}))
    in_form = replace(mail, in_form=frozenset({"A1", "A2"}))
    assert len(account.not_theirs(DUE, [in_text])) == 1
    assert len(account.not_theirs(DUE, [in_form])) == 1


def test_receipts_that_are_missing_doubled_or_somebody_elses_are_found() -> None:
    """A missing one is told apart: after a cut it may be."""
    assert account.wrong_receipts(DUE, []) == ([], ["no receipt for <1@example.org>"])
    assert len(account.wrong_receipts(DUE, [receipt(), receipt()])[0]) == 1
    assert len(account.wrong_receipts(DUE, [receipt(), receipt(to=BRAM.mail)])[0]) == 1
    assert len(account.wrong_receipts(DUE, [receipt(), receipt("<2@example.org>")])[0]) == 1


def test_overviews_that_are_missing_doubled_or_somebody_elses_are_found() -> None:
    """One a day on the days that have one due; none elsewhere."""
    overviews = [
        replace(receipt(to=PETRA.mail), kind="overview", written=dt.datetime.combine(day, dt.time(8)))
        for day in sorted(DUE.overview_days)
    ]
    far = replace(overviews[0], written=overviews[0].written - 3 * DAY)

    def wrong(sent: list[OurMail]) -> int:
        return len(account.wrong_overviews(DUE, sent, ORGANISATION))

    elsewhere = replace(overviews[0], to=ANNA.mail)
    found = [
        wrong(overviews),
        wrong(overviews[1:]),
        wrong([*overviews, overviews[0]]),
        wrong([*overviews, far]),
    ]
    assert found == [0, 1, 1, 1]
    assert wrong([elsewhere, *overviews[1:]]) == 1


def test_a_report_that_is_missing_doubled_or_invented_is_found() -> None:
    """Whichever it is."""
    assert [wrong[:18] for wrong in wrong_history(ROWS[:1])] == ["not in the history"]
    assert [wrong[:18] for wrong in wrong_history(ROWS[1:])] == ["not in the history"]
    doubled = wrong_history([*ROWS, replace(ROWS[0], id="R3")])
    assert [wrong[:11] for wrong in doubled] == ["nobody said"]
    assert wrong_history([ROWS[0], replace(ROWS[1], id="R1")]) == ["ID R1 stands 2 times"]


@pytest.mark.parametrize(
    "spoiled",
    [
        {"progress": 65},
        {"light": "Rood"},
        {"session": "SES2"},
        {"made": ANSWER.written + dt.timedelta(minutes=1)},
        {"made": None},
    ],
    ids=str,
)
def test_a_report_that_says_something_else_is_found(spoiled: dict[str, object]) -> None:
    """Light, progress, session and moment are compared."""
    row = replace(ROWS[0], **spoiled)  # type: ignore[arg-type]  # the values are those above
    assert len(wrong_history([row, ROWS[1]])) == 1


@pytest.mark.parametrize(
    "spoiled", [{"by": "Bram"}, {"item": "A2"}, {"way": "Formulier"}, {"text": "Af."}], ids=str
)
def test_a_report_of_somebody_else_is_found(spoiled: dict[str, str]) -> None:
    """It is one that is missing, and one that nobody said."""
    row = replace(ROWS[0], **spoiled)  # type: ignore[arg-type]  # the values are those above
    found = [wrong.split(":")[0] for wrong in wrong_history([row, ROWS[1]])]
    assert found == ["nobody said", "not in the history"]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the first day."""
    path = tmp_path_factory.mktemp("first") / "plan.xlsx"
    first_workbook(six_weeks(1), path)
    return path


def rewritten(plan: Path, target: Path, parts: Callable[[str, bytes], dict[str, bytes]]) -> Path:
    """The plan with each part replaced by what is given for it."""
    with zipfile.ZipFile(plan) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            for name, content in parts(info.filename, old.read(info)).items():
                new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    "part",
    ["xl/charts/chart90.xml", "xl/media/image90.png", "xl/comments90.xml", "customXml/item90.xml", "docMetadata/LabelInfo.xml",
     "xl/worksheets/sheet90.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"],
)  # fmt: skip
def test_a_part_that_changed_or_was_lost_is_found(plan: Path, tmp_path: Path, part: str) -> None:
    """Every part but the sheets that people and jobs write."""
    changed = rewritten(plan, tmp_path / "changed.xlsx", lambda n, c: {n: c + b" " if n == part else c})
    lost = rewritten(plan, tmp_path / "lost.xlsx", lambda n, c: {} if n == part else {n: c})
    added = rewritten(
        plan, tmp_path / "added.xlsx", lambda n, c: {n: c, **({"x.xml": c} if n == part else {})}
    )
    found = [account.changed_parts(plan, path) for path in (changed, lost, added, plan)]
    assert found == [[f"changed: {part}"], [f"lost: {part}"], ["added: x.xml"], []]


def test_a_cell_that_nobody_reports_in_is_compared(plan: Path, tmp_path: Path) -> None:
    """Owner and deadline of an action; what owners fill in may change."""
    copy = tmp_path / "plan.xlsx"
    copy.write_bytes(plan.read_bytes())
    change(copy, "Acties", "A2", {"Stand van zaken": "Half af.", "Voortgang": 0.5}, dt.datetime(2027, 2, 1))
    assert account.changed_cells(plan, copy) == []
    change(copy, "Acties", "A2", {"Eigenaar": "Iemand anders"}, dt.datetime(2027, 2, 1))
    assert len(account.changed_cells(plan, copy)) == 1
