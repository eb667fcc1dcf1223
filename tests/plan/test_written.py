"""What people write, and what it is read as; what is unclear is said, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.plan.words import (
    Direction,
    EvaluationSubject,
    FactorKind,
    ItemKind,
    Language,
    ReportSource,
    Role,
    SessionKind,
    Status,
    StrategyKind,
    TrafficLight,
    Word,
    YesNo,
)
from ogsm_xl.plan.written import (
    DateOrder,
    Scale,
    Unclear,
    clean,
    date_order,
    decimal_mark,
    folded,
    letters_in,
    progress_scale,
    read_date,
    read_datetime,
    read_id,
    read_ids,
    read_language,
    read_light,
    read_mail,
    read_minutes,
    read_name,
    read_names,
    read_number,
    read_progress,
    read_roles,
    read_status,
    read_text,
    read_time,
    read_word,
    read_yes_no,
)

LISTS: tuple[type[Word], ...] = (
    Direction, EvaluationSubject, FactorKind, ItemKind, ReportSource, Role, SessionKind, Status, StrategyKind,
    TrafficLight, YesNo,
)  # fmt: skip
READERS: tuple[Callable[[object], object], ...] = (
    read_date, read_datetime, read_id, read_ids, read_language, read_light, read_mail, read_minutes, read_name, read_names,
    read_number, read_progress, read_roles, read_status, read_text, read_time, read_yes_no,
)  # fmt: skip


def reading(read: Callable[[object], object], value: object) -> object:
    """What is read, or `unclear` or `ambiguous`."""
    try:
        return read(value)
    except Unclear as unclear:
        return "ambiguous" if unclear.ambiguous else "unclear"


@pytest.mark.parametrize("words", LISTS)
def test_every_word_of_the_template_is_read(words: type[Word]) -> None:
    """The words that the dropdowns offer are read in both languages, whatever their case and blanks."""
    for member in words:
        for word in (
            *member.value,
            member.value.nl.upper(),
            f" {member.value.en}\xa0",
            f"{member.value.nl}:",
        ):
            assert read_word(words, word) is member


@pytest.mark.parametrize(
    ("written", "light"),
    [
        ("Groen", TrafficLight.GREEN),
        ("groen ", TrafficLight.GREEN),
        ("g", TrafficLight.GREEN),
        ("G", TrafficLight.GREEN),
        ("🟢", TrafficLight.GREEN),
        ("🟢 Groen", TrafficLight.GREEN),
        ("✔️", TrafficLight.GREEN),
        ("Groen (op schema)", TrafficLight.GREEN),
        ("1. Groen", TrafficLight.GREEN),
        ("oranje", TrafficLight.ORANGE),
        ("O", TrafficLight.ORANGE),
        ("amber", TrafficLight.ORANGE),
        ("A", TrafficLight.ORANGE),
        ("geel", TrafficLight.ORANGE),
        ("🟠", TrafficLight.ORANGE),
        ("🟡", TrafficLight.ORANGE),
        ("⚠️", TrafficLight.ORANGE),
        ("Rood!", TrafficLight.RED),
        ("red", TrafficLight.RED),
        ("🔴", TrafficLight.RED),
        ("❌ Rood", TrafficLight.RED),
        ("", None),
        ("-", None),
        ("?", None),
        ("n.v.t.", None),
        (None, None),
        ("R", "ambiguous"),
        ("r", "ambiguous"),
        (1.0, "ambiguous"),
        ("grijs", "ambiguous"),
        ("groen/oranje", "ambiguous"),
        ("🟢 Rood", "ambiguous"),
        ("groen maar kritisch", "unclear"),
        (True, "unclear"),
    ],
)
def test_lights(written: object, light: object) -> None:
    """A light is read from a word, a letter, a synonym or an emoji; "R" alone could be Rood or Ready."""
    assert reading(read_light, written) == light


@pytest.mark.parametrize(
    ("column", "light"),
    [
        (["G", "O", "R", "", None], TrafficLight.RED),
        (["G", "A", "R"], TrafficLight.RED),
        (["Groen", "O", "R"], "ambiguous"),
        (["G", "R"], "ambiguous"),
        (["R"], "ambiguous"),
    ],
)
def test_a_letter_is_clear_in_a_column_of_letters(column: list[object], light: object) -> None:
    """In a column filled with nothing but the letters of the lights, R is red."""
    letters = letters_in(TrafficLight, column)
    assert reading(lambda value: read_light(value, letters), "R") == light


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("nog te doen", Status.TO_DO),
        ("to-do", Status.TO_DO),
        ("niet gestart", Status.TO_DO),
        ("N", Status.TO_DO),
        ("Mee  bezig", Status.IN_PROGRESS),
        ("lopend", Status.IN_PROGRESS),
        ("WIP", Status.IN_PROGRESS),
        ("🚧", Status.IN_PROGRESS),
        ("Afgerond ✅", Status.DONE),
        ("gereed", Status.DONE),
        ("D", Status.DONE),
        ("✅", Status.DONE),
        ("on hold", Status.PARKED),
        ("ijskast", Status.PARKED),
        ("⏸️", Status.PARKED),
        ("tbd", None),
        ("R", "ambiguous"),
        ("A", "ambiguous"),
        ("Nog te doen / Mee bezig", "ambiguous"),
        ("100%", "unclear"),
    ],
)
def test_statuses(written: object, status: object) -> None:
    """A status is read from a word, a letter, a synonym or an emoji in both languages."""
    assert reading(read_status, written) == status


def test_initials_are_clear_in_a_column_of_initials() -> None:
    """In a column with nothing but N, M and A the A is Afgerond."""
    assert read_status("A", letters_in(Status, ["N", "M", "A"])) is Status.DONE


@pytest.mark.parametrize(
    ("written", "percent"),
    [
        (0.6, 60),
        (60, 60),
        (60.0, 60),
        ("60%", 60),
        ("60 %", 60),
        ("60\xa0%", 60),
        ("0,6", 60),
        ("60 procent", 60),
        ("ca. 50", 50),
        ("½", 50),
        (0, 0),
        (100, 100),
        ("1%", 1),
        ("n.v.t.", None),
        (1, "ambiguous"),
        ("1", "ambiguous"),
        (1.5, "ambiguous"),
        ("50-60", "unclear"),
        (101, "unclear"),
        (-1, "unclear"),
        ("bijna klaar", "unclear"),
        (True, "unclear"),
        (date(2026, 5, 10), "unclear"),
    ],
)
def test_progress(written: object, percent: object) -> None:
    """Progress is read from 0.6, 60, "60%" and "60 %"; a bare 1 could be 1 % or 100 %."""
    assert reading(read_progress, written) == percent


@pytest.mark.parametrize(
    ("column", "scale", "one"),
    [
        ([0.25, 0.5, 1, 0], Scale.FRACTION, 100),
        ([25, 60, 1], Scale.PERCENT, 1),
        ([0.25, 60, 1], Scale.MIXED, "ambiguous"),
        ([0, 1, "60%"], Scale.UNKNOWN, "ambiguous"),
    ],
)
def test_a_bare_one_depends_on_its_column(column: list[object], scale: Scale, one: object) -> None:
    """1 is 100 % in a column of fractions, 1 % in a column of percents, and unclear in a mixed one."""
    assert progress_scale(column) is scale
    assert reading(lambda value: read_progress(value, scale), 1) == one


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (5, 5.0),
        (0.95, 0.95),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1.234.567", 1234567.0),
        ("€ 80.000,-", 80000.0),
        ("1 000", 1000.0),
        ("95%", 95.0),
        ("−5", -5.0),
        ("0,125", 0.125),
        ("-", None),
        ("1.234", "ambiguous"),
        ("1,234", "ambiguous"),
        ("≥95%", "unclear"),
        ("<3", "unclear"),
        ("7,5–8", "unclear"),
        ("12 dagen", "unclear"),
        (True, "unclear"),
        (float("inf"), "unclear"),
        (date(2026, 1, 2), "unclear"),
    ],
)
def test_numbers(written: object, number: object) -> None:
    """Numbers are read in Dutch and English notation; "1.234" is ambiguous, a bound or a range is no number."""
    assert reading(read_number, written) == number


def test_other_numbers_of_the_column_settle_the_decimal_sign() -> None:
    """Beside "12,5" the text "1.234" is a thousand and more; beside "12.5" it is a good one."""
    assert read_number("1.234", decimal_mark(["1.234", "12,5"])) == 1234.0
    assert read_number("1.234", decimal_mark(["1.234", "12.5"])) == 1.234
    assert decimal_mark(["12,5", "12.5"]) is None
    assert decimal_mark([12.5, "7"]) is None


DAY = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (DAY, DAY),
        (datetime(2026, 4, 15, 10, 30), DAY),
        ("2026-04-15", DAY),
        ("2026/4/15", DAY),
        ("2026-04-15T10:00:00", DAY),
        ("15-04-2026", DAY),
        ("15/4/26", DAY),
        ("15.04.2026", DAY),
        ("04/15/2026", DAY),
        ("15 april 2026", DAY),
        ("15 apr. 2026", DAY),
        ("15-apr-2026", DAY),
        ("15 april '26", DAY),
        ("woensdag 15 april 2026", DAY),
        ("wo 15-04-2026", DAY),
        ("April 15th, 2026", DAY),
        ("Wed 15 Apr 2026", DAY),
        ("15 april 2026 10:00 uur", DAY),
        (46127.0, DAY),
        ("46127", DAY),
        (20260415.0, DAY),
        ("03-03-2026", date(2026, 3, 3)),
        ("1 maart 2026", date(2026, 3, 1)),
        ("5 May 2026", date(2026, 5, 5)),
        ("tbd", None),
        ("", None),
        ("03-04-2026", "ambiguous"),
        ("3/4/26", "ambiguous"),
        ("Q3 2026", "unclear"),
        ("eind mei", "unclear"),
        ("mei 2026", "unclear"),
        ("wk 23", "unclear"),
        ("doorlopend", "unclear"),
        ("31-02-2026", "unclear"),
        ("15-04-2206", "unclear"),
        ("15-04-2026 (verlengd)", "unclear"),
        (2026.0, "unclear"),
        (date(1900, 1, 15), "unclear"),
        (time(10, 0), "unclear"),
        (timedelta(days=1), "unclear"),
        (True, "unclear"),
        (float("nan"), "unclear"),
    ],
)
def test_dates(written: object, day: object) -> None:
    """A day is read from a date, a serial number or text; a period or an impossible day is no day."""
    assert reading(read_date, written) == day


def test_serial_numbers_count_from_1904_where_the_workbook_does() -> None:
    """The same number is another day in the other date system."""
    assert read_date(46127 - 1462, date1904=True) == DAY
    assert read_datetime(46127.5 - 1462, date1904=True) == datetime(2026, 4, 15, 12, 0)


@pytest.mark.parametrize(
    ("column", "order", "day"),
    [
        (["03-04-2026", "15-04-2026"], DateOrder.DAY_FIRST, date(2026, 4, 3)),
        (["03/04/2026", "04/15/2026"], DateOrder.MONTH_FIRST, date(2026, 3, 4)),
        (["15-04-2026", "04-15-2026"], None, "ambiguous"),
        (["03-04-2026", DAY, None], None, "ambiguous"),
    ],
)
def test_other_dates_of_the_column_settle_the_order(
    column: list[object], order: DateOrder | None, day: object
) -> None:
    """03-04-2026 is clear once another text in the column shows what comes first."""
    assert date_order(column) is order
    assert reading(lambda value: read_date(value, order), "03-04-2026") == day


def test_an_ambiguous_date_says_both_days() -> None:
    """The sentence names the two days, in words, and says how to write it."""
    with pytest.raises(Unclear) as caught:
        read_date("03-04-2026")
    assert caught.value.text.nl == (
        "“03-04-2026” staat er als tekst en kan 3 april 2026 of 4 maart 2026 zijn. "
        "Schrijf de maand voluit, zoals 3 april 2026, of vul een echte Excel-datum in."
    )


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        (datetime(2026, 4, 15, 10, 30), datetime(2026, 4, 15, 10, 30)),
        (DAY, datetime(2026, 4, 15)),
        ("2026-04-15 10:30", datetime(2026, 4, 15, 10, 30)),
        ("2026-04-15T10:30:15", datetime(2026, 4, 15, 10, 30, 15)),
        ("15 april 2026 om 10.30 uur", datetime(2026, 4, 15, 10, 30)),
        (46127.4375, datetime(2026, 4, 15, 10, 30)),
    ],
)
def test_dates_with_a_time(written: object, moment: datetime) -> None:
    """A moment keeps its time; a day alone is midnight."""
    assert read_datetime(written) == moment


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (time(10, 0), time(10, 0)),
        (0.4375, time(10, 30)),
        ("10:00", time(10, 0)),
        ("10.30 uur", time(10, 30)),
        ("10u30", time(10, 30)),
        ("10 uur", time(10, 0)),
        ("2 pm", time(14, 0)),
        ("2:30 p.m.", time(14, 30)),
        (timedelta(hours=9), time(9, 0)),
        ("n.v.t.", None),
        ("10", "unclear"),
        (10.0, "unclear"),
        ("10:00-11:00", "unclear"),
        ("25:00", "unclear"),
        ("13 pm", "unclear"),
    ],
)
def test_times(written: object, at: object) -> None:
    """A time of day is read from a cell or a text; a bare 10 could be anything."""
    assert reading(read_time, written) == at


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        (90, 90),
        ("90 min", 90),
        ("1,5 uur", 90),
        ("1u30", 90),
        ("1:30", 90),
        (time(1, 30), 90),
        (timedelta(hours=25), 1500),
        ("2 uur", 120),
        ("", None),
        (1.5, "unclear"),
        (0, "unclear"),
        (float("inf"), "unclear"),
        ("lang", "unclear"),
    ],
)
def test_lengths(written: object, minutes: object) -> None:
    """A length is read in whole minutes, whichever way it is written."""
    assert reading(read_minutes, written) == minutes


@pytest.mark.parametrize(
    ("written", "yes"),
    [("ja", True), ("Nee", False), ("x", True), ("✓", True), (True, True), (False, False), (0, False), (1.0, True),
     ("", None), ("misschien", "unclear")],
)  # fmt: skip
def test_yes_and_no(written: object, yes: object) -> None:
    """Yes and no are read from words, ticks, crosses, truth values and 1 or 0."""
    assert reading(read_yes_no, written) == yes


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("S1", ("S1",)),
        ("S1; S3", ("S1", "S3")),
        ("S1, S3", ("S1", "S3")),
        ("S1/S3", ("S1", "S3")),
        ("S1 en S3", ("S1", "S3")),
        ("s1 s3", ("S1", "S3")),
        ("S1\nS1", ("S1",)),
        ("S1. Korter wachten, minder kosten", ("S1",)),
        (1.0, ("1",)),
        ("", ()),
        ("Korter wachten", "unclear"),
    ],
)
def test_several_ids(written: object, ids: object) -> None:
    """IDs are read with any sign between them; a text is none, unless an ID stands in front of it."""
    assert reading(read_ids, written) == ids


@pytest.mark.parametrize(
    ("written", "found"),
    [("A12", "A12"), (" A12 ", "A12"), (12.0, "12"), ("A12. Website", "A12"), ("A12 – Website", "A12"), ("?", None),
     ("Website", "Website")],
)  # fmt: skip
def test_one_id(written: object, found: str | None) -> None:
    """An ID stays as it is written, but for blanks and the text behind it."""
    assert read_id(written) == found


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Jan / Piet", ("Jan", "Piet")),
        ("Jan & MT", ("Jan", "MT")),
        ("Jan en Piet", ("Jan", "Piet")),
        ("Jan\nPiet", ("Jan", "Piet")),
        ("Jan de Vries, Piet Smit", ("Jan de Vries", "Piet Smit")),
        ("Jan, Piet, Klaas", ("Jan", "Piet", "Klaas")),
        ("Vries, J. de", ("Vries, J. de",)),
        ("Berg, P.M. van den", ("Berg, P.M. van den",)),
        ("de Vries, Jan", ("de Vries, Jan",)),
        ("Jansen, Piet", ("Jansen, Piet",)),
        ("Jan <jan@example.org>", ("Jan",)),
        ("jan@example.org; piet@example.org", ("jan@example.org", "piet@example.org")),
        ("n.v.t.", ()),
    ],
)
def test_names(written: object, names: tuple[str, ...]) -> None:
    """Two owners in one cell are two; a surname with initials behind a comma is one."""
    assert read_names(written) == names


def test_known_people_settle_what_a_comma_means() -> None:
    """A comma separates two people of the plan, and is part of a name that somebody of the plan has."""
    assert read_names("Jan, Piet", known=["Jan", "Piet"]) == ("Jan", "Piet")
    assert read_names("Jansen, Piet / Jan", known=["Jansen, Piet"]) == ("Jansen, Piet", "Jan")
    assert read_names("Wie en Wat", known=["wie en wat"]) == ("Wie en Wat",)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Jan  de Vries", "Jan de Vries"),
        ("Jan <jan@x.nl>", "Jan"),
        ("<jan@x.nl>", "jan@x.nl"),
        ("-", ""),
        ("Na", "Na"),
    ],
)
def test_one_name(written: object, name: str) -> None:
    """A name is kept as written, without the address behind it."""
    assert read_name(written) == name


@pytest.mark.parametrize(
    ("written", "mail"),
    [
        ("jan@example.org", "jan@example.org"),
        ("Jan <jan@example.org>", "jan@example.org"),
        ("mailto:jan@example.org", "jan@example.org"),
        ("", None),
        ("jan", "unclear"),
        ("jan@example.org; piet@example.org", "unclear"),
        ("jan@example.org\nBcc: x@example.org", "unclear"),
    ],
)
def test_mail_addresses(written: object, mail: object) -> None:
    """One address is read, also behind a name; two, or none, are unclear."""
    assert reading(read_mail, written) == mail


def test_roles_and_languages() -> None:
    """Several roles stand in one cell; a language has a code and a name in both languages."""
    assert read_roles("OGSM-eigenaar; manager") == {Role.OGSM_OWNER, Role.MANAGER}
    assert reading(read_roles, "chef") == "unclear"
    assert [read_language(value) for value in ("nl", "Dutch", "Engels", "")] == [
        Language.NL, Language.NL, Language.EN, None,
    ]  # fmt: skip
    assert reading(read_language, "fr") == "unclear"


def test_text_is_kept_but_for_its_form() -> None:
    """Text is composed, without outer and odd blanks, its line breaks newlines; marks such as "-" stay."""
    assert clean(" Strategiee\u0308n\xa02026\r\nen verder\u200b ") == "Strategieën 2026\nen verder"
    assert read_text("-") == "-"
    assert read_text(2026.0) == "2026"
    assert folded(" Doelstelling(en):\xa0*") == "doelstelling(en"


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.from_regex(r"[0-9€., %-]{1,12}", fullmatch=True),
    st.from_regex(r"[0-9]{1,2}[-/. ][0-9a-z]{1,9}[-/. ][0-9]{2,4}", fullmatch=True),
)


def sentences(read: Callable[[object], object], value: object) -> list[str]:
    """The sentences about a value that is unclear; none when it is read."""
    try:
        read(value)
    except Unclear as unclear:
        return [*unclear.why, *unclear.write]
    return []


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_whatever_is_written_is_read_or_unclear(value: object) -> None:
    """No value makes a reader fail: it is read, blank, or unclear with both sentences in both languages."""
    for read in READERS:
        assert all(sentences(read, value))
    for words in LISTS:
        assert all(sentences(partial(read_word, words), value))
