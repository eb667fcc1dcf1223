"""What is in a winmail.dat; and whatever else the bytes are, it comes to something in bounded time."""

from __future__ import annotations

import struct
from datetime import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.letters.incoming import read_mail
from ogsm_xl.letters.winmail import NoWinmail, Winmail, WrappedFile, read_winmail
from tests.support.tnef import STRING, attribute, properties, winmail

BEGIN = b"\x78\x9f\x3e\x22\x01\x00"
FILE = attribute(2, 0x9002, 6, bytes(14))


def test_files_come_out_under_their_long_names() -> None:
    """Byte for byte; beside it stands the short name of old times."""
    files = [("Formulier Zoë Ångström 2026-09-10.xlsx", bytes(range(256))), ("leeg.txt", b"")]
    assert [(file.name, file.content) for file in read_winmail(winmail(files)).files] == files


def test_a_file_of_an_old_outlook_has_its_name_in_the_code_page() -> None:
    """Without properties, and with the code page told before."""
    codepage = attribute(1, 0x9007, 6, struct.pack("<II", 1250, 0))
    title = attribute(2, 0x8010, 1, "žádost.xlsx".encode("cp1250") + b"\0")
    content = BEGIN + codepage + FILE + title + attribute(2, 0x800F, 6, b"PK")
    assert read_winmail(content).files == (WrappedFile("žádost.xlsx", "", b"PK"),)


def test_one_without_anything_holds_nothing() -> None:
    """It is no damage."""
    assert read_winmail(BEGIN) == Winmail((), "", "", has_rtf=False)


def test_the_text_comes_out_plain_and_as_html() -> None:
    """The HTML in the code page that it names."""
    found = read_winmail(winmail(text="A1 groen – 60%", html="<p>A1 groen – 60%</p>"))
    assert (found.text, found.html, found.has_rtf) == ("A1 groen – 60%", "<p>A1 groen – 60%</p>", False)


def test_the_text_of_an_old_outlook_is_an_attribute() -> None:
    """In the code page of the whole."""
    assert read_winmail(BEGIN + attribute(1, 0x800C, 2, b"A1 groen \x80 5\0")).text == "A1 groen € 5"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04" * 10,
        winmail([("form.xlsx", b"PK" * 100)])[:-30],
        BEGIN + attribute(2, 0x800F, 6, b"no file was begun"),
        BEGIN + attribute(1, 0x9003, 6, struct.pack("<IHH", 1, 0x0999, 0x1000)),
        BEGIN + attribute(1, 0x9003, 6, b"\1"),
        BEGIN + FILE * 51,
        BEGIN + attribute(1, 0x8008, 1, b"") * 5_001,
    ],
)
def test_what_is_damaged_or_has_no_end_is_refused(content: bytes) -> None:
    """By one exception, whatever is wrong."""
    with pytest.raises(NoWinmail):
        read_winmail(content)


@pytest.mark.parametrize("kind", [STRING, 0x1003, 0x101E, 0x000B])
def test_numbers_that_promise_billions_cost_nothing(kind: int) -> None:
    """So many properties, values or characters as four bytes can say, in a file of a few."""
    huge = b"\xff\xff\xff\xff"
    for data in (huge, huge + struct.pack("<HH", kind, 0x1000) + huge * 8):
        with pytest.raises(NoWinmail):
            read_winmail(BEGIN + attribute(1, 0x9003, 6, data))


@given(st.binary(max_size=300), st.integers(0, 400), st.booleans())
def test_any_damage_comes_to_something(noise: bytes, at: int, cut: bool) -> None:  # noqa: FBT001 - drawn by the test
    """Never another exception."""
    whole = winmail([("form.xlsx", b"PK" * 20)], text="A1 groen", rtf=True)
    content = whole[:at] + noise + (b"" if cut else whole[at + len(noise) :])
    try:
        read_winmail(content)
    except NoWinmail:
        return


@given(
    st.lists(
        st.tuples(st.sampled_from([0x9003, 0x9005, 0x9002, 0x800C, 0x8010, 0x9007]), st.binary(max_size=60))
    )
)
def test_any_attributes_come_to_something(given_: list[tuple[int, bytes]]) -> None:
    """In any order, with anything in them."""
    content = BEGIN + b"".join(attribute(1, name, 6, data) for name, data in given_)
    try:
        read_winmail(content)
    except NoWinmail:
        return


def mail_with(content: bytes, text: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"] = "anna@example.org", "ogsm@example.org", datetime(2026, 9, 4)
    mail.set_content(text)
    mail.add_attachment(content, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return mail


def test_a_mail_has_the_files_of_its_winmail_dat() -> None:
    """In its place, with names that hold no folder."""
    wrapped = winmail([("..\\..\\C:\\form\u202e.xlsx", b"PK")], text="not this one", rtf=True)
    found = read_mail(mail_with(wrapped, "Zie bijlage.").as_bytes())
    assert [(file.name, file.content) for file in found.attachments] == [("form.xlsx", b"PK")]
    assert (found.text, found.problems) == ("Zie bijlage.", ())


@pytest.mark.parametrize("wrapped", [winmail(text="A1 groen 60%"), winmail(html="<p>A1 groen 60%</p>")])
def test_a_mail_without_another_text_says_what_its_winmail_dat_says(wrapped: bytes) -> None:
    """Plain or as HTML."""
    found = read_mail(mail_with(wrapped).as_bytes())
    assert (found.text, found.problems) == ("A1 groen 60%", ())


@pytest.mark.parametrize("wrapped", [b"\x78\x9f\x3e\x22\x01\x00\x01", winmail(rtf=True)])
def test_what_cannot_be_read_is_told_with_what_to_do(wrapped: bytes) -> None:
    """Damaged, or a text in nothing but RTF: winmail.dat is named, and where Outlook has the setting."""
    (problem,) = read_mail(mail_with(wrapped).as_bytes()).problems
    assert ("winmail.dat" in problem.nl, "Tekst opmaken" in problem.nl, "Format Text" in problem.en) == (
        True,
        True,
        True,
    )


def test_properties_of_several_values_and_with_names_are_passed_over() -> None:
    """What comes behind them is read."""
    named = struct.pack("<HH", STRING, 0x8001) + bytes(16) + struct.pack("<II", 1, 6) + b"n\0a\0m\0\0\0"
    named += struct.pack("<II", 1, 2) + b"xy\0\0"
    first = struct.pack("<HHI", 0x101E, 0x1234, 2) + (struct.pack("<I", 3) + b"abc\0") * 2
    body = properties((STRING, 0x1000, b"A1 groen"))[4:]
    data = struct.pack("<I", 3) + first + named + body
    assert read_winmail(BEGIN + attribute(1, 0x9003, 6, data)).text == "A1 groen"
