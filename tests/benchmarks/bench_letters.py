"""What one mail costs, form included, beside a bare workbook written by the same library.

Run with `pytest tests/benchmarks/bench_letters.py`; not part of the test run, as a machine's speed is no property of
the code. The ratio is: it says what the texts, checks and formats add to what XlsxWriter needs anyway.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from pytest_benchmark.fixture import BenchmarkFixture
from xlsxwriter.workbook import Workbook

from ogsm_xl.excel.form import build_form, read_form
from ogsm_xl.letters.compose import compose
from ogsm_xl.letters.mail import Address, Attachment, mime
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.letters.token import new_token
from ogsm_xl.plan.model import Action, Person, Plan, Report, Session
from ogsm_xl.plan.words import ItemKind, Language, SessionKind, Status, TrafficLight
from ogsm_xl.rhythm.due import Due
from ogsm_xl.rhythm.mails import MailKind

NOW = datetime(2026, 6, 4, 8, tzinfo=UTC)
ITEMS = tuple(
    Action(
        f"A{number}",
        "A result that somebody is responsible for, worded in a sentence of the usual length",
        ("S1",),
        "Bram",
        deadline=date(2026, 5, 1) + timedelta(days=9 * number),
        status=Status.IN_PROGRESS,
        progress=10 * number,
        light=TrafficLight.ORANGE,
    )
    for number in range(1, 6)
)
BRAM = Person("Bram Jansen", "bram@example.org")
SESSION = Session("SES1", SessionKind.DOING, date(2026, 6, 11))
PLAN = Plan(
    actions=ITEMS,
    people=(BRAM,),
    sessions=(SESSION,),
    reports=tuple(
        Report(
            f"R{number}",
            datetime(2026, 5, 8),
            "",
            ItemKind.ACTION,
            item.id,
            "Bram",
            done="Half done, as planned",
        )
        for number, item in enumerate(ITEMS)
    ),
)
TOKEN = new_token(b"12345678", BRAM.mail, bytes(16))
SETTINGS = LetterSettings(
    Address("OGSM", "ogsm@example.org"), r"\\server\ogsm\plan.xlsx", "https://example.org/plan.xlsx"
)


def form() -> bytes:
    return build_form(ITEMS, PLAN, BRAM, SESSION, token=TOKEN, language=Language.NL, now=NOW)


def one_mail() -> bytes:
    attachment = Attachment(
        "form.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", form()
    )
    due = Due(MailKind.INVITATION, SESSION, BRAM, ITEMS, 7)
    return mime(
        compose(
            due, PLAN, SETTINGS, token=TOKEN, message_id="<a@example.org>", now=NOW, form=attachment, language=Language.NL
        )
    )  # fmt: skip


def bare_form() -> bytes:
    """The same number of cells, without formats, checks or texts."""
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    sheet = workbook.add_worksheet()
    for row in range(5 * 10):
        for column in range(4):
            sheet.write_string(row, column, f"{row} {column}")
    workbook.close()
    return content.getvalue()


def test_a_bare_workbook(benchmark: BenchmarkFixture) -> None:
    """What XlsxWriter needs for as many cells."""
    assert benchmark(bare_form)


def test_a_form(benchmark: BenchmarkFixture) -> None:
    """The form for five actions."""
    assert len(benchmark(form)) < 40_000


def test_a_mail_with_its_form(benchmark: BenchmarkFixture) -> None:
    """All that one owner costs: form, letter in HTML and text, and the mail as it goes over the wire."""
    assert benchmark(one_mail)


def test_a_form_that_came_back(benchmark: BenchmarkFixture) -> None:
    """Reading it."""
    content = form()
    assert benchmark(read_form, content).unchanged
