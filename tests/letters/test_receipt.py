"""What a receipt says, in HTML as in plain text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ogsm_xl.letters.html_text import text_of_html
from ogsm_xl.letters.mail import Address, OutgoingMail, mime
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.letters.receipt import Receipt, compose_receipt
from ogsm_xl.letters.reply_lines import filled_in, read_answers
from ogsm_xl.letters.token import new_token
from ogsm_xl.plan.model import Item, kind_of
from ogsm_xl.plan.words import Language, Text
from tests.support.plans import plan_of

PLAN = plan_of("""
    person    Anna anna@example.org
    strategy  S1 Anna "Shorter waits by building faster" green update="On its way"
    indicator I1 Anna S1 "Waiting time" lower unit=months baseline=40 target=20 actual=33 green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-08-18 in_progress 60% orange update="Builder is bankrupt" needed="Another <builder>"
    action    A2 Anna S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30%
    action    A3 Anna S1 "Contract ended" 2026-02-02..2026-08-18 done 100%
    session   SES1 doing 2026-09-10 10:00
""")
SETTINGS = LetterSettings(Address("OGSM", "ogsm@example.org"), "plan.xlsx", "", "De Linde")
TOKEN = new_token(bytes(range(10)), "anna@example.org", b"a secret of the tests")
PROBLEM = Text("A2: “paars” is geen kleur.", "A2: “purple” is no colour.")


def item(item_id: str) -> Item:
    found = PLAN.item(item_id)
    assert found is not None
    return found


def receipt(*items: str, language: Language = Language.EN, **more: object) -> OutgoingMail:
    values: dict[str, object] = {
        "person": PLAN.people[0],
        "session": PLAN.sessions[0],
        "token": TOKEN,
        "message_id": "<ogsm.r@example.org>",
        "answers": "<answer@example.org>",
        "items": tuple(map(item, items)),
        "notes": {},
        "problems": (),
        "to_answer": (),
        **more,
    }
    made = Receipt(**values)  # type: ignore[arg-type]  # named after their fields
    now = datetime(2026, 9, 4, 17, tzinfo=UTC)
    return compose_receipt(made, PLAN, SETTINGS, now=now, language=language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("items", "problems"), [(("S1", "I1", "A1", "A2"), ()), (("A1",), (PROBLEM,)), ((), (PROBLEM,))]
)
def test_html_and_text_say_the_same(
    items: tuple[str, ...], problems: tuple[Text, ...], language: Language
) -> None:
    """Every line of the plain text stands in the HTML, too."""
    mail = receipt(*items, problems=problems, to_answer=(item("A2"),), language=language)
    shown = " ".join(text_of_html(mail.html).replace("|", " ").split()).casefold()
    for line in mail.text.splitlines():
        plain = " ".join(line.replace("|", " ").strip(" -").split()).casefold()
        missing = [
            word
            for word in plain.split()
            if word not in {"licht", "light"} and word.strip("(!)") not in shown
        ]
        assert missing == [], line


@pytest.mark.parametrize(
    ("items", "problems", "subject"),
    [
        (("A1",), (), "Received: your progress for the doing session on Thursday 10 September 2026"),
        (("A1",), (PROBLEM,), "Received in part: your progress for the doing session on Thursday 10 September 2026"),
        ((), (PROBLEM,), "Not understood: your answer for the doing session on Thursday 10 September 2026"),
    ],
)  # fmt: skip
def test_the_subject_says_whether_something_is_left_to_do(
    items: tuple[str, ...], problems: tuple[Text, ...], subject: str
) -> None:
    """Somebody who reads no further knows enough."""
    assert receipt(*items, problems=problems).subject == subject


def test_a_session_that_is_gone_from_the_plan_is_not_named() -> None:
    """The receipt holds without it."""
    mail = receipt("A1", session=None)
    assert mail.subject == "Received: your progress"
    assert "1900" not in mail.text


def test_a_note_stands_with_its_item() -> None:
    """Such as that the answer came after the session."""
    mail = receipt("A1", notes={"A1": [Text("Te laat.", "Too late.")]})
    assert "(Too late.)" in mail.text
    assert "Too late." in mail.html


def test_what_is_done_is_not_overdue() -> None:
    """Its deadline passed; that is over."""
    text = " ".join(receipt("A1", "A3").text.split())
    assert "Deadline | 18 August 2026 (! 17 days overdue)" in text
    assert text.count("overdue") == 1


def test_a_hundred_problems_do_not_make_a_hundred_lines() -> None:
    """The first dozen, and how many more."""
    problems = tuple(Text(f"Probleem {number}", f"Problem {number}") for number in range(100))
    text = receipt(problems=problems).text
    assert "Problem 11" in text
    assert "Problem 12" not in text
    assert "and 88 more remarks like these" in text


def test_text_from_outside_is_text() -> None:
    """What an owner wrote becomes no markup."""
    assert "<builder>" not in receipt("A1").html
    assert "&lt;builder&gt;" in receipt("A1").html


@pytest.mark.parametrize("language", Language)
def test_no_line_of_a_receipt_is_an_answer(language: Language) -> None:
    """Whatever a mail program does to it, quoted it says nothing anew."""
    mail = receipt("S1", "I1", "A1", "A2", problems=(PROBLEM,), to_answer=(item("A2"),), language=language)
    items = {each.id: kind_of(each) for each in PLAN.items}
    for text in (mail.text, text_of_html(mail.html)):
        said = filled_in(text, items, datetime(2026, 9, 4).date())
        assert said.answers == ()


def test_it_says_that_a_program_wrote_it() -> None:
    """So that no other program answers (RFC 3834)."""
    raw = mime(receipt("A1"))
    assert b"\r\nAuto-Submitted: auto-replied\r\n" in raw
    assert b"\r\nX-Auto-Response-Suppress: All\r\n" in raw
    assert b"\r\nIn-Reply-To: <answer@example.org>\r\n" in raw


def test_the_example_is_an_answer_that_would_be_understood() -> None:
    """What is shown as an example works when it is copied."""
    for item_id in ("S1", "I1", "A1"):
        text = receipt(item_id).text
        example = text.partition("such as “")[2].partition("”")[0]
        items = {each.id: kind_of(each) for each in PLAN.items}
        read = read_answers(example, items, datetime(2026, 9, 4).date())
        assert ([answer.item for answer in read.answers], read.problems) == ([item_id], ())
