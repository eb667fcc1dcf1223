"""Whatever anybody sends: refused with a reason or read, in bounded time and memory, and never in the way of the others."""

from __future__ import annotations

import io
import re
import tempfile
import tracemalloc
import zipfile
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogsm_xl.excel.reader import read_plan
from ogsm_xl.ledger import Ledger
from ogsm_xl.ledger import Outcome as MailOutcome
from ogsm_xl.letters.incoming import read_mail
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.reading_replies import Meaning, ReplyReader, Stored
from tests.support.forms import filled_in, form_of
from tests.support.plans import plan_of
from tests.support.workplace import SECRET, Workplace

NOW = datetime(2026, 9, 4, 17)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org
    strategy  S1 Anna "Shorter waits by building faster" green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange update="Half done"
    action    A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session   SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path, PLAN)
    place.send(datetime(2026, 9, 3, 8))
    return place


def collected(place: Workplace, *mails: EmailMessage | bytes) -> Outcome:
    """What comes of these mails, with a good one behind them that must get through."""
    place.deliver(*mails, place.answer(place.sent_to("bram@example.org"), "A2 oranje 40%"))
    outcome = place.collect(NOW)
    assert [(r.item, r.progress) for r in place.plan().reports if r.item == "A2"] == [("A2", 40)]
    assert place.inbox() == []
    return outcome


def with_form(place: Workplace, form: bytes, name: str = "form.xlsx") -> EmailMessage:
    reply = place.answer(place.sent_to("anna@example.org"), "Zie bijlage.")
    reply.add_attachment(form, maintype="application", subtype="octet-stream", filename=name)
    return reply


def changed(form: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A form with something else in one of its parts."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(form)) as package,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        assert part in package.namelist()
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            made.writestr(name, content)
    return result.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 12)
) + b"]>"  # fmt: skip


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"<worksheet", BOMB + b"<worksheet"),
        (SHEET, b"<sheetData>", b'<sheetData><row r="1"><c r="A99999999999"><v>1</v></c></row>'),
        (SHEET, b"<sheetData>", b"<sheetData>" + b"<row><c><v>1</v></c></row>" * 101_000),
        (SHEET, b"<sheetData>", b"<sheetData>" + b" " * 20_000_000),
        (SHEET, b"</sheetData>", b""),
        (STRINGS, b"<si>", b"<si><t>" + b"x" * 6_000_000 + b"</t></si><si>"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"../../../../etc/passwd"),
        ("xl/_rels/workbook.xml.rels", b'Target="worksheets/sheet1.xml"', b'TargetMode="External" Target="http://elsewhere.example/x"'),
        ("[Content_Types].xml", b"<Types", b"<Types><Types"),
    ],
    ids=["entities", "far cell", "cells", "size", "cut", "string", "path", "external", "types"],
)  # fmt: skip
def test_a_hostile_form_waits_with_a_reason(place: Workplace, part: str, old: bytes, new: bytes) -> None:
    """Its sender, who was asked, hears what to do; nothing of it reaches the plan but what stands in it plainly."""
    form = with_cells(form_of(place.sent_to("anna@example.org")), {"OGSM:A1:light": "Rood"})
    outcome = collected(place, with_form(place, changed(form, part, old, new)))
    assert outcome.code in {ExitCode.DONE, ExitCode.LOOK}
    assert len(place.receipts()) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.xlsx", b""),
        ("form.xlsx", b"PK\x03\x04" + b"\x00" * 2000),
        ("form.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000)),
        ("../../../plan.xlsx", b"no workbook"),
        ("form.xlsm\x00.exe", b"MZ"),
        ("form.ods", b"PK\x05\x06" + bytes(18)),
        ("x" * 5000 + ".xlsx", b"no workbook"),
        ("form.xlsx", bytes(3_000_000)),
    ],
)
def test_an_attachment_that_is_no_form_waits_with_a_reason(
    place: Workplace, name: str, content: bytes
) -> None:
    """Whatever it is called."""
    reply = place.answer(place.sent_to("anna@example.org"), "Zie bijlage.")
    reply.add_attachment(content, maintype="application", subtype="vnd.ms-excel")
    raw = reply.as_bytes().replace(
        b"Content-Disposition: attachment", b'Content-Disposition: attachment; filename="%s"' % name.encode()
    )
    outcome = collected(place, raw)
    assert outcome.data["reports"] == 1
    assert len(place.inbox("Review")) == 1


def test_the_largest_form_that_is_read_costs_little_memory(place: Workplace) -> None:
    """A part of almost five megabytes of one text."""
    form = form_of(place.sent_to("anna@example.org"))
    large = changed(form, STRINGS, b"<si>", b"<si><t>" + b"x" * 4_900_000 + b"</t></si><si>")
    tracemalloc.start()
    collected(place, with_form(place, large))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000


def test_only_so_many_forms_of_one_mail_are_read(place: Workplace) -> None:
    """A hundred attached workbooks cost no more than ten."""
    reply = place.answer(place.sent_to("anna@example.org"), "A1 groen")
    for _ in range(100):
        reply.add_attachment(b"PK\x03\x04", maintype="application", subtype="octet-stream", filename="a.xlsx")
    outcome = collected(place, reply)
    assert outcome.data["reports"] == 2
    assert any("10 werkboeken" in text.nl for text in outcome.look_at)


def test_a_form_with_items_that_were_not_asked_counts_for_the_others_only(place: Workplace) -> None:
    """Somebody wrote another ID into the hidden column."""
    form = form_of(place.sent_to("anna@example.org"))
    form = with_cells(form, {"OGSM:A1:light": "Rood", "OGSM:A1:progress": 0.7})
    tampered = changed(form, STRINGS, b"OGSM:A1:light", b"OGSM:A2:light")
    outcome = collected(place, with_form(place, tampered))
    assert any("A2 staat in het formulier" in text.nl for text in outcome.look_at)
    assert [(r.item, r.progress) for r in place.plan().reports if r.by == "Anna"] == [("A1", 70)]


def test_what_a_form_says_is_never_a_formula_or_a_link(place: Workplace) -> None:
    """It stands in the plan as the text that it is."""
    for text in ('=HYPERLINK("http://elsewhere.example")', "+1+1", "@SUM(A1)", "-2+3", "\tx", "'=1"):
        place.deliver(with_form(place, filled_in(place.sent_to("anna@example.org"), A1_done=text)))
    place.collect(NOW)
    with zipfile.ZipFile(place.workbook) as package:
        rows = package.read("xl/worksheets/sheet5.xml") + b"".join(
            package.read(name) for name in package.namelist() if name.endswith(".rels")
        )
    assert b"elsewhere.example" not in rows.replace(b"<t", b"").partition(b"<f>")[2]
    assert {report.done for report in place.plan().reports} >= {"+1+1", "@SUM(A1)", "-2+3"}


def mail_of(place: Workplace, body: bytes, *more: bytes) -> bytes:
    """A reply of Anna's to our mail, as bytes, with more header lines."""
    about = str(place.sent_to("anna@example.org")["Message-ID"]).encode()
    return b"\r\n".join([b"From: anna@example.org", b"In-Reply-To: " + about, *more, b"", body])


def test_a_mail_of_a_million_lines_is_read_to_where_it_makes_sense(place: Workplace) -> None:
    """Its beginning counts, and its sender hears so."""
    raw = mail_of(place, b"A1 rood\r\n" + b"lorem ipsum\r\n" * 1_000_000)
    outcome = collected(place, raw)
    assert outcome.data["reports"] == 2
    assert any("alleen het begin" in text.nl or "te lang" in text.nl for text in outcome.look_at)


@pytest.mark.parametrize(
    "body",
    [
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
        ),
        b"--b\r\n" * 500_000,
        b"--b\r\n\r\nx\r\n" * 100_000,
        b"> " * 200_000 + b"A1 rood",
        b"A1 " * 200_000,
        b"<div>" * 200_000,
        b"A1 rood " + b"60% " * 100_000,
        bytes(range(256)) * 4000,
    ],
    ids=["deep", "boundaries", "parts", "quotes", "heads", "divs", "values", "bytes"],
)
def test_a_mail_made_to_be_slow_is_not(place: Workplace, body: bytes) -> None:
    """It is read or refused; the next mail gets through."""
    collected(
        place,
        mail_of(place, body, b'Content-Type: multipart/mixed; boundary="b"'),
        mail_of(place, body, b"Content-Type: text/html"),
        mail_of(place, body),
    )


@pytest.mark.parametrize(
    "header",
    [
        b"From: anna@example.org, eve@elsewhere.example",
        b"From: =?utf-8?b?YW5uYUBleGFtcGxlLm9yZw==?=",
        b"Message-ID: <>",
        b"Message-ID: <[abc]@x>",
        b"Content-Type: text/plain; charset=\x00\xff",
        b"Content-Type: multipart/mixed; boundary=" + b"b" * 100_000,
        b"Content-Transfer-Encoding: base64",
        b"Date: Fri, 99 Foo 99999 99:99:99 +9999",
        b"Subject: =?utf-8?q?" + b"=00" * 5000 + b"?=",
        b"References: " + b"<a@b> " * 50_000,
        b"X: " + b"y" * 1_000_000,
        b"\xff\xfe: x",
        b": nothing",
    ],
)
def test_headers_that_are_none_harm_nobody(place: Workplace, header: bytes) -> None:
    """Invalid, doubled or endless ones."""
    collected(place, mail_of(place, b"A1 rood", header), header + b"\r\n\r\nA1 rood")


@pytest.fixture(scope="module")
def reader() -> tuple[ReplyReader, Workplace]:
    """Reads mails as a run does, without keeping what they mean."""
    place = Workplace(Path(tempfile.mkdtemp()), PLAN)
    place.send(datetime(2026, 9, 3, 8))
    ledger = Ledger(place.config.ledger_file)
    return ReplyReader(place.config, ledger, read_plan(place.workbook).plan, SECRET), place


def meaning_of(reader: ReplyReader, raw: bytes) -> Meaning:
    return reader.meaning(Stored("0" * 64, NOW, read_mail(raw)))


_PIECES = st.sampled_from([
    "A1", "A2", "a1:", "groen", "60%", "1e999%", "NaN", "Gedaan:", "Nodig: geen", "=1+1", "> ", "-- ", "\u202e", "\0", "{0}", "%s", "[",
    "OGSM-REF:", "On Monday Anna wrote:", "From: a\nSent: b\nTo: c", "<b>", "&#0;", "😀", "\ud800", "9" * 400, "31-02-2026",
])  # fmt: skip


@given(
    top=st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=25),
    glue=st.sampled_from([" ", "\n", "\n> ", ""]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_comes_to_something(
    reader: tuple[ReplyReader, Workplace], top: list[str], glue: str
) -> None:
    """Reports, a reason, or nothing; never an exception."""
    read, place = reader
    about = place.sent_to("anna@example.org")["Message-ID"]
    body = glue.join(top).encode("utf-8", "surrogatepass")
    raw = f"From: anna@example.org\r\nIn-Reply-To: {about}\r\n\r\n".encode() + body
    found = meaning_of(read, raw)
    assert found.outcome in {MailOutcome.ACCEPTED, MailOutcome.REVIEW}
    assert bool(found.reports) == (found.outcome is MailOutcome.ACCEPTED)


@pytest.fixture(scope="module")
def whole(reader: tuple[ReplyReader, Workplace]) -> bytes:
    """A good reply with a form, the same bytes for every example."""
    _, place = reader
    mail = place.sent_to("anna@example.org")
    return place.answer(mail, "A1 rood 50%", form=form_of(mail)).as_bytes()


_DAMAGE = st.tuples(
    st.floats(0, 1),
    st.integers(0, 40),
    st.one_of(st.binary(max_size=6), st.sampled_from([b"--", b"\r\n\r\n", b"=?", b"Content-Type: "])),
)


@given(damage=st.lists(_DAMAGE, min_size=1, max_size=12))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_damage_to_a_mail_comes_to_something(
    reader: tuple[ReplyReader, Workplace], whole: bytes, damage: list[tuple[float, int, bytes]]
) -> None:
    """Bytes changed, cut out or put in anywhere: MIME structure, encodings, the form in it."""
    raw = bytearray(whole)
    for where, length, new in damage:
        at = int(where * len(raw))
        raw[at : at + length] = new
    meaning_of(reader[0], bytes(raw))


_CELLS = st.one_of(
    st.text(max_size=30),
    st.floats(),
    st.integers(),
    st.sampled_from(
        [
            "Rood",
            "rood ",
            "R",
            "60%",
            0.6,
            60,
            1e308,
            -1,
            "#REF!",
            "=1/0",
            "Ja",
            "31-02-2026",
            46000.5,
            True,
            "\x00",
        ]
    ),
)


@given(
    cells=st.dictionaries(
        st.sampled_from(["light", "status", "progress", "done", "next", "needed", "proposal", "no_change"]),
        _CELLS,
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_anything_in_the_cells_of_a_form_comes_to_something(
    reader: tuple[ReplyReader, Workplace], cells: dict[str, object]
) -> None:
    """Read, or refused with the cell that it stands in."""
    read, place = reader
    mail = place.sent_to("anna@example.org")
    form = with_cells(form_of(mail), {f"OGSM:A1:{name}": value for name, value in cells.items()})
    found = meaning_of(read, place.answer(mail, "Zie bijlage.", form=form).as_bytes())
    assert "beschadigd" not in found.reason.nl
    assert found.outcome in {MailOutcome.ACCEPTED, MailOutcome.REVIEW}
    for coming in found.reports.values():
        assert coming.report.progress is None or 0 <= coming.report.progress <= 100


def with_cells(form: bytes, values: dict[str, object]) -> bytes:
    """The form with these values in the answer cells of these keys, written as they are, valid or not."""
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        strings = package.read(STRINGS).decode()
        sheet = package.read(SHEET).decode()
    keys = [re.sub("<[^>]*>", "", entry) for entry in re.findall("<si>(.*?)</si>", strings, re.DOTALL)]
    for key, value in values.items():
        assert key in keys
        at = sheet.find(f't="s"><v>{keys.index(key)}</v></c>')
        row = sheet.rfind("<row ", 0, at)
        number = sheet[row:].partition('r="')[2].partition('"')[0]
        cell = sheet.find(f'<c r="B{number}"', row)
        end = sheet.find(">", cell)
        stop = end + 1 if sheet[end - 1] == "/" else sheet.find("</c>", cell) + 4
        sheet = sheet[:cell] + _cell(f"B{number}", value) + sheet[stop:]
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as package, zipfile.ZipFile(result, "w") as made:
        for name in package.namelist():
            made.writestr(name, sheet.encode("utf-8", "replace") if name == SHEET else package.read(name))
    return result.getvalue()


def _cell(place: str, value: object) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", str(value))
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
