"""The session in the owner's calendar: once, at the right time, and out again when it is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.letters.calendar import calendar_file, calendar_uid
from ogsm_xl.letters.mail import Address
from ogsm_xl.plan.model import Session
from ogsm_xl.plan.words import Language, SessionKind

SESSION = Session("SES1", SessionKind.DOING, date(2026, 6, 11), time(10), 90, "Hall; 2nd floor, left")
SENDER = Address("OGSM", "ogsm@example.org")


def entry(session: Session = SESSION, sequence: int = 0, name: str = "OGSM") -> bytes:
    return calendar_file(
        session,
        uid="ogsm-1@example.org",
        sequence=sequence,
        organiser=Address(name, "ogsm@example.org"),
        now=datetime(2026, 6, 4, 8, tzinfo=UTC),
        zone=ZoneInfo("Europe/Amsterdam"),
        language=Language.NL,
        organisation="Woonstad",
    ).content


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_the_entry_holds_what_a_calendar_needs() -> None:
    """In UTC: ten o'clock in Amsterdam in summer is eight."""
    assert unfolded(entry()) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ogsm-xl//NL",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:ogsm-1@example.org",
        "SEQUENCE:0",
        "DTSTAMP:20260604T080000Z",
        "DTSTART:20260611T080000Z",
        "DTEND:20260611T093000Z",
        "TRANSP:OPAQUE",
        "SUMMARY:Doensessie - Woonstad",
        "LOCATION:Hall\\; 2nd floor\\, left",
        "STATUS:CONFIRMED",
        'ORGANIZER;CN="OGSM":mailto:ogsm@example.org',
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_the_file_is_an_attachment_that_no_mail_system_takes_for_a_meeting() -> None:
    """Named after the session in the reader's language; not of the type that turns the whole mail into a request."""
    file = calendar_file(
        SESSION,
        uid="u@example.org",
        sequence=0,
        organiser=SENDER,
        now=datetime(2026, 6, 4, 8, tzinfo=UTC),
        zone=UTC,
        language=Language.EN,
    )
    assert (file.name, file.media_type) == ("Doing session 2026-06-11.ics", "application/ics")


def test_in_winter_the_same_clock_time_is_another_hour() -> None:
    """Summer time is the zone's business."""
    winter = replace(SESSION, date=date(2026, 12, 11))
    assert "DTSTART:20261211T090000Z" in unfolded(entry(winter))


def test_a_session_without_a_time_takes_the_whole_day_and_blocks_nothing() -> None:
    """The end is the next day, as calendars have it."""
    lines = unfolded(entry(replace(SESSION, time=None)))
    assert lines[8:11] == [
        "DTSTART;VALUE=DATE:20260611",
        "DTEND;VALUE=DATE:20260612",
        "TRANSP:TRANSPARENT",
    ]


def test_a_cancelled_session_goes_out_of_the_calendar() -> None:
    """With a higher sequence number, or the calendar ignores it."""
    lines = unfolded(entry(replace(SESSION, cancelled=True), sequence=2))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2"} <= set(lines)


def test_a_moved_session_keeps_its_uid() -> None:
    """And next year's plan, which has a SES1 too, has another one."""
    moved = replace(SESSION, id="ses 1", date=date(2026, 6, 18))
    uid = calendar_uid("plan 2026", SESSION, SENDER)
    assert calendar_uid("plan 2026", moved, SENDER) == uid
    assert calendar_uid("plan 2027", SESSION, SENDER) != uid
    assert uid.endswith("@example.org")


@given(st.text(alphabet=st.characters(), max_size=300))
@pytest.mark.parametrize("first", ["", "é" * 200, "a\r\nATTENDEE:mailto:x@example.org", '"; CN="x'])
def test_hostile_texts_make_no_line_of_their_own(first: str, text: str) -> None:
    """Lines stay short and of the kinds that we write; nobody else is invited."""
    spoiled = replace(SESSION, place=first + text, remarks=first + text)
    content = entry(spoiled, name=first + text)
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(content)]
    assert set(names) <= {
        "BEGIN", "VERSION", "PRODID", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "TRANSP",
        "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "ORGANIZER", "END", "",
    }  # fmt: skip
    assert names.count("ORGANIZER") == 1
