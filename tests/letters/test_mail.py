"""A mail on the wire: what other programs read in it is what was meant, whatever names and texts hold."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.letters.mail import (
    LONGEST_ID,
    Address,
    Attachment,
    OutgoingMail,
    checked_address,
    message_id_for,
    mime,
    one_line,
)
from ogsm_xl.plan.problem import InputProblem

MAIL = OutgoingMail(
    message_id="<ogsm.7q3k@example.org>",
    date=datetime(2026, 6, 4, 9, 30, tzinfo=timezone(timedelta(hours=2))),
    sender=Address("Process owner", "ogsm@example.org"),
    to=(Address("Bram", "bram@example.org"),),
    subject="Invitation",
    text="Hello\n",
    html="<p>Hello</p>\n",
)
FORM = Attachment("form.xlsx", "application/octet-stream", bytes(range(256)) * 5)

hostile_text = st.text(alphabet=st.characters(), max_size=120) | st.sampled_from(
    [
        "Bram\r\nBcc: everybody@example.org",
        "a\n\n<html>",
        '"; <script>',
        "=?utf-8?q?Bcc=3A?=",
        "=?x?y?z?=" * 20,
        "é" * 5000,
        "👩‍👩‍👧‍👦" * 100,
        "\u202egnirts\u202c",
        "שלום עולם",
        "a" * 5000,
        "Vries, J. de (Jan) <jan>",
        "\x00\x08\x7f\x85\u2028",
    ]
)


def read(mail: OutgoingMail) -> Message:
    return email.message_from_bytes(mime(mail))


def decoded(message: Message, name: str) -> str:
    return str(make_header(decode_header(re.sub(r"\r\n", "", str(message[name])))))


def test_a_mail_reads_as_it_was_meant() -> None:
    """Plain text, HTML and the attachment, with their headers."""
    mail = replace(
        MAIL,
        attachments=(FORM,),
        reply_to=Address("", "answers@example.org"),
        in_reply_to="<old@example.org>",
    )
    message = read(mail)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/octet-stream",
    ]
    assert {name: message[name] for name in message.keys() if not name.startswith("Content")} == {  # noqa: SIM118
        "MIME-Version": "1.0",
        "From": "Process owner <ogsm@example.org>",
        "To": "Bram <bram@example.org>",
        "Subject": "Invitation",
        "Date": "Thu, 04 Jun 2026 09:30:00 +0200",
        "Message-ID": "<ogsm.7q3k@example.org>",
        "Reply-To": "answers@example.org",
        "In-Reply-To": "<old@example.org>",
        "References": "<old@example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    parts = list(message.walk())
    assert parts[2].get_payload(decode=True) == b"Hello\r\n"
    assert parts[4].get_filename() == "form.xlsx"
    assert parts[4].get_payload(decode=True) == FORM.content


def test_a_mail_without_attachments_is_text_and_html_alone() -> None:
    """No envelope around nothing."""
    assert [part.get_content_type() for part in read(MAIL).walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@given(hostile_text, hostile_text, hostile_text, hostile_text)
def test_hostile_names_and_texts_break_no_header_and_no_part(
    name: str, subject: str, text: str, value: str
) -> None:
    """One recipient, one subject, the two texts, CRLF everywhere, no line too long, nothing beyond ASCII."""
    mail = replace(
        MAIL,
        sender=Address(name, "ogsm@example.org"),
        to=(Address(name, "bram@example.org"), Address(subject, "anna@example.org")),
        subject=subject,
        text=text,
        html=text,
        attachments=(Attachment(name, "application/octet-stream", text.encode("utf-8", "replace")),),
        headers={"X-OGSM-XL": value},
    )
    wire = mime(mail)
    message = email.message_from_bytes(wire)
    assert wire.isascii()
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert b"\r" not in wire.replace(b"\r\n", b"")
    assert max(map(len, wire.split(b"\r\n"))) <= 998
    assert set(message.keys()) == {
        "Content-Type", "MIME-Version", "From", "To", "Subject", "Date", "Message-ID",
        "Auto-Submitted", "X-Auto-Response-Suppress", "X-OGSM-XL",
    }  # fmt: skip
    mails = [address for _, address in getaddresses([str(message["To"]).replace("\r\n", "")])]
    assert mails == ["bram@example.org", "anna@example.org"]
    assert decoded(message, "Subject") == one_line(subject, 200)
    assert [part.get_content_type() for part in message.walk()][1:] == [
        "multipart/alternative", "text/plain", "text/html", "application/octet-stream",
    ]  # fmt: skip
    plain = list(message.walk())[2].get_payload(decode=True)
    assert isinstance(plain, bytes)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert plain.decode().split("\r\n") == [line.encode("utf-8", "replace").decode() for line in lines]


@given(hostile_text)
def test_a_name_is_read_back_as_it_was_given_on_one_line(name: str) -> None:
    """Quotes, commas and brackets in a name stay a name."""
    message = read(replace(MAIL, to=(Address(name, "bram@example.org"),)))
    header = decoded(message, "To") if "=?" in str(message["To"]) else str(message["To"])
    written = one_line(name, 80)
    if "=?" in str(message["To"]):
        assert header.removesuffix("<bram@example.org>").strip() == written
    else:
        assert getaddresses([header.replace("\r\n", "")]) == [(" ".join(written.split()), "bram@example.org")]


@pytest.mark.parametrize(
    "mail",
    [
        "",
        "bram",
        "bram@",
        "@example.org",
        "bram@example.org, anna@example.org",
        "bram@example.org\r\nBcc: anna@example.org",
        "Bram <bram@example.org>",
        "bram jansen@example.org",
        "bram..jansen@example.org",
        "zoë@example.org",
        "bram@exa mple.org",
        "bram@-.org",
        "bram@" + "a" * 70 + ".org",
        "a" * 300 + "@example.org",
    ],
)
def test_an_address_that_is_none_is_a_problem_that_names_the_person(mail: str) -> None:
    """Somebody has to mend it on the sheet People; the sentence says whose it is."""
    with pytest.raises(InputProblem, match="Bram") as problem:
        mime(replace(MAIL, to=(Address("Bram", mail),)))
    assert "Personen" in problem.value.text.nl


def test_a_domain_with_accents_is_written_in_ascii() -> None:
    """Every mail system takes it."""
    assert checked_address(Address("Bram", " bram@exämple.org ")) == "bram@xn--exmple-cua.org"


@pytest.mark.parametrize(
    "message_id",
    ["", "x", "<>", "<a@b> ", "<a b@c>", "<a@b>\r\nBcc: x@example.org", "<" + "a" * 60 + "@b>"],
)
def test_a_message_id_that_would_not_come_back_is_refused(message_id: str) -> None:
    """Replies refer to it."""
    with pytest.raises(ValueError, match="message id"):
        mime(replace(MAIL, message_id=message_id))


def test_a_header_without_a_proper_name_is_refused() -> None:
    """A name from elsewhere can't smuggle in a second header."""
    with pytest.raises(ValueError, match="header"):
        mime(replace(MAIL, headers={"X-A: b\r\nBcc": "x"}))


def test_an_answered_id_that_is_none_is_left_out() -> None:
    """It comes from a mail that anybody may have sent."""
    message = read(replace(MAIL, in_reply_to="<a@b>\r\nBcc: anna@example.org"))
    assert message["In-Reply-To"] is None
    assert message["Bcc"] is None


def test_a_long_id_stays_on_one_line() -> None:
    """A folded or encoded id does not match any more."""
    answered = "<" + "a" * 300 + "@example.org>"
    assert f"In-Reply-To: {answered}\r\n".encode() in mime(replace(MAIL, in_reply_to=answered))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("form.xlsx", "form.xlsx"),
        ("formulier Zoë.xlsx", "formulier Zoë.xlsx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"; filename="b.exe', "a_; filename=_b.exe"),
        ("a\r\nX: b.xlsx", "a X_ b.xlsx"),
        ("", "bijlage"),
    ],
)
def test_a_file_name_is_a_name_and_nothing_else(name: str, expected: str) -> None:
    """No path, no second parameter, no header."""
    message = read(replace(MAIL, attachments=(replace(FORM, name=name),)))
    assert list(message.walk())[-1].get_filename() == expected


@given(st.from_regex(r"[a-z]{1,20}(\.[a-z]{1,20}){1,8}", fullmatch=True))
def test_a_message_id_is_short_in_every_domain_and_the_same_every_time(domain: str) -> None:
    """A second run makes the same id for the same mail."""
    sender = Address("", f"ogsm@{domain}")
    made = message_id_for("7Q3K9V2MXD4T", sender)
    assert made == message_id_for("7Q3K9V2MXD4T", sender)
    assert len(made) <= LONGEST_ID
    assert re.fullmatch(r"<ogsm\.7q3k9v2mxd4t@[a-z.]+>", made)


def test_the_same_mail_is_the_same_bytes() -> None:
    """What was written down before sending is what is sent."""
    assert mime(MAIL) == mime(replace(MAIL))


def test_other_programs_read_it_without_a_defect() -> None:
    """The standard library's strict parser finds nothing to complain about."""
    mail = replace(MAIL, subject="Zoë – “10%”", attachments=(FORM,), date=datetime(2026, 6, 4, tzinfo=UTC))
    message = email.message_from_bytes(mime(mail), policy=email.policy.default)
    assert [part.defects for part in message.walk()] == [[]] * 5
    assert message["Subject"] == "Zoë – “10%”"
