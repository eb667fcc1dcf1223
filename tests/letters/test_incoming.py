"""From the bytes of a mail to what it holds, whatever the bytes."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.incoming import LARGEST_MAIL, Delivery, IncomingMail, read_mail
from ogsm_xl.letters.mail import Attachment


def mail(lines: str, body: str | bytes = b"") -> IncomingMail:
    """A mail from its header lines and, below an empty line, its body; line breaks as on the wire."""
    raw = body if isinstance(body, bytes) else body.encode()
    return read_mail(
        "\r\n".join(lines.strip("\n").split("\n")).encode() + b"\r\n\r\n" + raw.replace(b"\n", b"\r\n")
    )


def test_headers_are_read() -> None:
    """Sender, subject, ids and moment come out decoded."""
    found = mail("""
From: =?utf-8?Q?Ann=C3=A9_de_Vries?= <Anne.de.Vries@Example.ORG>
Subject: =?iso-8859-15?Q?RE:_=A4_3=2E000?=
 =?utf-8?B?IHZvb3IgY2Fmw6k=?=
Date: Fri, 6 Nov 2026 14:30:00 +0100
Message-ID: <reply.1@mail.example.org>
In-Reply-To: <ogsm.1@example.org>
References: <ogsm.0@example.org>
\t<ogsm.1@example.org>
Auto-Submitted: no
""")
    assert (found.sender, found.sender_name) == ("anne.de.vries@example.org", "Anné de Vries")
    assert found.subject == "RE: € 3.000 voor café"
    assert found.date == datetime(2026, 11, 6, 14, 30, tzinfo=timezone(timedelta(hours=1)))
    assert found.message_id == "<reply.1@mail.example.org>"
    assert (found.in_reply_to, found.references) == (
        ("<ogsm.1@example.org>",),
        ("<ogsm.0@example.org>", "<ogsm.1@example.org>"),
    )
    assert found.headers["auto-submitted"] == ("no",)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        ("From: anna@example.org", "anna@example.org"),
        ('From: "Jansen, Anna (HR)" <anna@example.org>', "anna@example.org"),
        ('From: "boss@example.org" <mallory@evil.example>', "mallory@evil.example"),
        ("From: boss@example.org <mallory@evil.example>", ""),
        ("From: anna@example.org, mallory@evil.example", ""),
        ("From: anna@example.org\nFrom: mallory@evil.example", ""),
        ("From: =?utf-8?q?boss=40example=2Eorg?= <mallory@evil.example>", "mallory@evil.example"),
        ("From: Anna", ""),
        ("From: <>", ""),
        ("From: anna@", ""),
        ("From:", ""),
        ("Subject: x", ""),
    ],
)
def test_sender_is_the_one_author_or_nobody(header: str, sender: str) -> None:
    """An address in the name is no sender, and a mail with two senders has none."""
    found = mail(header)
    assert (found.sender, bool(found.problems)) == (sender, sender == "")


@pytest.mark.parametrize(
    "header",
    [
        "Message-ID: <>", "Message-ID: <[abc]@x>", "Message-ID: <a@[127.0.0.1]>", "Message-ID:", "Date: yesterday", "Date: Fri, 99 Foo 2026 99:99:99 +9999",
        "Date: Fri, 6 Nov 2026 14:30:00", "Subject: =?x-unknown?q?abc?=", "Subject: =?utf-8?b?###?=", "Subject: =?utf-8?q?=ZZ?=", "Content-Type: text/plain; charset=unknown-8bit",
        "Content-Type: ;;;", "Content-Type: text/plain; charset*=utf-8''%zz", "Content-Type: text/plain; name*0*=x''%ff; name*1=y", "Content-Type: multipart/mixed",
        "Content-Transfer-Encoding: x-made-up", 'Content-Type: text/plain; charset="\0"', "From: ((((((((((", 'From: "', "References: <<<<>>>>", "no colon here",
        "Content-Type: text/plain; charset=punycode", "Content-Type: text/plain; charset=unicode_escape",
    ],
)  # fmt: skip
def test_malformed_header_does_no_harm(header: str) -> None:
    """A header that can't be read is left out; the text is read all the same."""
    assert "A12 groen" in mail(f"{header}\nTo: x@example.org", "A12 groen\n").text or header in {
        "no colon here",
        "Content-Type: multipart/mixed",
    }


def test_date_without_zone_is_taken_as_utc() -> None:
    """-0000 means that the place is not known; the moment is."""
    assert mail("Date: Fri, 6 Nov 2026 14:30:00 -0000").date == datetime(2026, 11, 6, 14, 30, tzinfo=UTC)


TEXT = "A12 café: € 3 – “ja”\n"


@pytest.mark.parametrize(
    ("content_type", "encoding", "body", "text"),
    [
        ("text/plain; charset=utf-8", "8bit", TEXT.encode(), TEXT),
        ("text/plain; charset=utf-8", "quoted-printable", quopri.encodestring(TEXT.encode()), TEXT),
        ("text/plain; charset=utf-8", "base64", base64.encodebytes(TEXT.encode()), TEXT),
        ("text/plain; charset=UTF-8", "BASE64", base64.b64encode(TEXT.encode()).rstrip(b"="), TEXT),
        ("text/plain; charset=windows-1252", "8bit", TEXT.encode("cp1252"), TEXT),
        ("text/plain; charset=us-ascii", "8bit", TEXT.encode(), TEXT),
        ("text/plain; charset=iso-8859-1", "8bit", TEXT.encode("cp1252"), TEXT),
        ("text/plain; charset=utf-8", "8bit", TEXT.encode("cp1252"), TEXT),
        ("text/plain; charset=x-user-defined", "8bit", TEXT.encode(), TEXT),
        ("text/plain", "8bit", TEXT.encode("cp1252"), TEXT),
        ("text/plain; charset=utf-16", "base64", base64.encodebytes(TEXT.encode("utf-16")), TEXT),
        ("text/plain; charset=utf-8", "base64", b"!!!not base64!!!", None),
        ("text/html", "8bit", b"<meta charset='iso-8859-15'><p>\xa4 3</p>", "€ 3"),
        (
            "text/html; charset=utf-8",
            "8bit",
            "<p>café</p><p>twee&nbsp;woorden</p>".encode(),
            "café\ntwee woorden",
        ),
        (
            "text/plain; charset=utf-8; format=flowed",
            "8bit",
            b"een lange \nregel\n> ook \n> zo\n-- \nnaam",
            "een lange regel\n> ook zo\n-- \nnaam",
        ),
        ("text/plain; charset=utf-8; format=flowed; delsp=yes", "8bit", b"ge \nsplitst", "gesplitst"),
    ],
)
def test_text_in_every_charset_and_encoding(
    content_type: str, encoding: str, body: bytes, text: str | None
) -> None:
    """The declared charset is used where it fits, what it most likely is where it does not."""
    found = mail(f"Content-Type: {content_type}\nContent-Transfer-Encoding: {encoding}", body)
    assert text is None or found.text == text.strip("\n")


def test_unseen_characters_are_removed() -> None:
    """Zero-width and direction characters vanish, odd blanks and line breaks become plain ones."""
    found = mail(
        "Content-Type: text/plain; charset=utf-8",
        "\ufeffA12\u00a0\u202foranje\u200b \u202e60%\u2028Ge\u00addaan:\ttest\x00\x07\n",
    )
    assert found.text == "A12 oranje 60%\nGedaan: test"


def test_links_are_shown_as_they_were() -> None:
    """What Safe Links made of an address is undone."""
    link = "https://eur05.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&data=05%7C02%7Canna&sdata=x%3D&reserved=0"
    assert mail("To: x", f"Zie {link} en verder\n").text == "Zie https://example.org/a?b=1 en verder"


TREE = b"""preamble
--outer
Content-Type: multipart/related; boundary="outer2"

--outer2
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain

plain
--inner
Content-Type: text/html

<p>html</p>
--inner--
--outer2
Content-Type: image/png; name="logo.png"
Content-ID: <logo>
Content-Transfer-Encoding: base64

iVBORw0=
--outer2--

--outer
Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
Content-Disposition: attachment;
\tfilename*=UTF-8''..%2F..%5Cformulier%20caf%C3%A9.xlsx
Content-Transfer-Encoding: base64

UEsDBA==
--outer
Content-Type: text/plain; name=notities.txt
Content-Disposition: attachment

A13 rood
--outer--
epilogue
--outer
"""


def test_parts_are_found_in_a_tree() -> None:
    """HTML is preferred, attachments keep name and content but no folder, an attached text is no part of the text."""
    found = mail('Content-Type: multipart/mixed; boundary="outer"', TREE)
    assert found.text == "html"
    assert found.attachments == (
        Attachment("logo.png", "image/png", b"\x89PNG\r"),
        Attachment(
            "formulier café.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK\x03\x04",
        ),
        Attachment("notities.txt", "text/plain", b"A13 rood"),
    )


@pytest.mark.parametrize("missing", [b"--outer--\nepilogue\n--outer\n", b"--inner--\n", b"--outer2--\n"])
def test_tree_that_was_cut_off(missing: bytes) -> None:
    """A missing closing line costs nothing but itself."""
    found = mail('Content-Type: multipart/mixed; boundary="outer"', TREE.replace(missing, b""))
    assert found.text.startswith("html")
    assert [file.name for file in found.attachments][-2:] == ["formulier café.xlsx", "notities.txt"]


def test_pieces_of_text_around_an_attachment_are_all_read() -> None:
    """Apple Mail writes text, file, text: both texts count."""
    parts = b"--b\nContent-Type: text/plain\n\neen\n--b\nContent-Type: image/png\n\nx\n--b\nContent-Type: text/html\n\n<p>twee</p>\n--b--\n"
    assert mail("Content-Type: multipart/mixed; boundary=b", parts).text == "een\ntwee"


def test_html_that_says_nothing_leaves_the_plain_text() -> None:
    """An empty HTML alternative does not hide the plain one."""
    parts = b"--b\nContent-Type: text/plain\n\nA12 groen\n--b\nContent-Type: text/html\n\n<html><body><img src=x></body></html>\n--b--\n"
    assert mail("Content-Type: multipart/alternative; boundary=b", parts).text == "A12 groen"


def test_forwarded_mail_as_attachment_is_not_the_text() -> None:
    """What stands in an attached mail was said by somebody else, some other time."""
    parts = b"--b\nContent-Type: text/plain\n\nTer info\n--b\nContent-Type: message/rfc822\n\nFrom: x@example.org\n\nA12 rood\n--b--\n"
    found = mail("Content-Type: multipart/mixed; boundary=b", parts)
    assert (found.text, [file.media_type for file in found.attachments]) == ("Ter info", ["message/rfc822"])


def test_delivery_report_names_the_addresses() -> None:
    """What a delivery report says of each address comes out."""
    parts = b"""--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Original-Recipient: rfc822;Anna@Example.org
Final-Recipient: rfc822; anna@example.org
Action: failed
Status: 5.1.1

Final-Recipient: RFC822; <bram@example.org>
Action: Delayed
--b--
"""
    found = mail("Content-Type: multipart/report; report-type=delivery-status; boundary=b", parts)
    assert found.report_type == "delivery-status"
    assert found.deliveries == (
        Delivery("anna@example.org", "failed"),
        Delivery("bram@example.org", "delayed"),
    )


def test_mail_that_is_too_large_is_not_read() -> None:
    """Of a mail beyond any sense only the headers are read."""
    found = read_mail(b"From: anna@example.org\r\n\r\n" + b"x" * LARGEST_MAIL)
    assert (found.sender, found.text) == ("anna@example.org", "")
    assert found.problems[0].en == "The mail is too large to read (over 50 MB)."


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(500)),
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' * 500,
        b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 5_000,
        b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--bx\n" * 20_000,
    ],
)
def test_too_many_parts_are_named(body: bytes) -> None:
    """Deep nesting and endless parts end early, with a problem that says so."""
    found = read_mail(b"From: anna@example.org\n" + body)
    assert "De mail bestaat uit te veel onderdelen; niet alles is gelezen." in [
        problem.nl for problem in found.problems
    ]


@pytest.mark.parametrize(
    "line", [b"A12 groen\n", b"> x\n", b"\n", b"<div>", b"<blockquote>x", b"<table><tr><td>x", b"&", b"<"]
)
def test_endless_text_is_cut_off(line: bytes) -> None:
    """A million lines, or tags without end, are read only as far as makes sense."""
    kind = b"html" if line.startswith((b"<", b"&")) else b"plain"
    found = read_mail(b"From: anna@example.org\nContent-Type: text/" + kind + b"\n\n" + line * 20_000)
    assert len(found.text) <= 400_000


HEADER_LINES = st.sampled_from(
    [
        b"From: Anna <anna@example.org>", b"Content-Type: multipart/mixed; boundary=b", b'Content-Type: multipart/alternative; boundary="c c"',
        b"Content-Type: text/html; charset=cp1252", b"Content-Type: text/plain; format=flowed", b"Content-Type: message/rfc822", b"Content-Type: message/delivery-status",
        b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable", b"Content-Disposition: attachment; filename=x.xlsx", b"Subject: =?utf-8?q?=C3",
        b"Content-Type: text/calendar; method=REPLY", b"Date: Fri, 6 Nov 2026 14:30:00 +0100", b"Message-ID: <[", b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    ]
)  # fmt: skip
PIECES = st.one_of(
    HEADER_LINES,
    st.sampled_from(
        [
            b"",
            b"",
            b"--b",
            b"--b--",
            b"--c c",
            b"<p>x<br>",
            b"</table>",
            b"A12 groen",
            b"> x",
            b"=3D=",
            b"QUJD",
        ]
    ),
    st.binary(max_size=12),
)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(PIECES, max_size=30).map(b"\r\n".join),
        st.lists(PIECES, max_size=30).map(b"\n".join),
    )
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_without_an_exception(raw: bytes) -> None:
    """Whatever comes in, a mail comes out, and its text holds nothing that can't be seen."""
    found = read_mail(raw)
    assert "\r" not in found.text
    assert all(
        character >= " " or character in "\n\t" for character in found.text + found.subject + found.sender
    )


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\u202e", "\u200b"])
def test_what_cannot_be_seen_stands_in_no_address_id_or_type(sign: str) -> None:
    """People read these on a terminal, and decide by them: a sender who hides something is none."""
    found = read_mail(
        f"From: Anna <a{sign}nna@example.org>\r\nMessage-ID: <a{sign}@example.org>\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: x/{sign}y\r\n\r\nx\r\n--b--\r\n".encode()
    )
    assert (found.sender, found.message_id) == ("", "")
    assert [file.media_type for file in found.attachments] == ["application/octet-stream"]
