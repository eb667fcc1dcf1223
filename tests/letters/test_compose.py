"""What invitations and reminders say, to whom, and that nothing in a plan can break them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.compose import compose
from ogsm_xl.letters.mail import Address, Attachment, OutgoingMail, mime
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.letters.reply_lines import Answer, read_answers
from ogsm_xl.letters.texts import known_texts
from ogsm_xl.letters.token import find_tokens, new_token, sentinel
from ogsm_xl.plan.cells import RowRef, TablePlace
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Action, Indicator, Item, Person, Plan, kind_of
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, SessionKind, Text, TrafficLight
from ogsm_xl.rhythm.due import Due
from ogsm_xl.rhythm.mails import MailKind
from tests.support.plans import plan_of

PLAN = plan_of("""
    objective O1 Bram "Everybody a home" orange
    person    Bram bram@example.org
    strategy  S1 Bram "Shorter waits by building faster" red
    indicator I4 Bram S1 "Waiting time" lower unit=maanden target=20 actual=33.5 measured_on=2026-05-30 orange
    action    A12 Bram S1 "Website renewed" 2026-01-05..2026-06-01 in_progress 60% orange
    action    A15 Bram S1 "Contract signed" 2026-03-01..2026-09-30 in_progress 80% green
    action    A21 Bram S1 "Zoning plan final" to_do
    session   SES1 doing 2026-06-11 10:00 minutes=60 place=Hall
    session   SES2 steering 2026-06-11 10:00
    session   SES3 planning 2026-06-11
    report    A12 2026-05-08 Bram orange 60% done="Half done"
""")
ANNA = Person("Anna", "anna@example.org")
NOW = datetime(2026, 6, 4, 8, tzinfo=UTC)
TOKEN = new_token(b"12345678", "bram@example.org", bytes(16))
FORM = Attachment("form.xlsx", "application/octet-stream", b"form")
SETTINGS = LetterSettings(
    Address("OGSM Woonstad", "ogsm@example.org"),
    r"\\server\ogsm\plan.xlsx",
    "https://example.org/plan.xlsx",
    "Woonstad",
)
FINDING = Finding(
    "OX201", Severity.WARNING, Text("De deadline is voorbij.", "The deadline is past."), Text("Kies.", "Choose."), item="a12"
)  # fmt: skip


def item(item_id: str) -> Item:
    found = PLAN.item(item_id)
    assert found is not None
    return found


def person() -> Person:
    return PLAN.people[0]


def letter(
    *ids: str,
    kind: MailKind = MailKind.INVITATION,
    session: str = "SES1",
    first_notice: bool = False,
    language: Language = Language.NL,
    settings: LetterSettings = SETTINGS,
    form: Attachment | None = FORM,
    findings: tuple[Finding, ...] = (),
    items: tuple[Item, ...] = (),
    to: Person | None = None,
    deputy: Person | None = None,
    calendar: Attachment | None = None,
) -> OutgoingMail:
    found = PLAN.session(session)
    assert found is not None
    due = Due(
        kind,
        found,
        to or person(),
        items or tuple(item(each) for each in ids),
        7,
        first_notice,
        deputy=deputy,
    )
    return compose(
        due, PLAN, settings, token=TOKEN, message_id="<a@example.org>", now=NOW, form=form, findings=findings, language=language,
        calendar=calendar,
    )  # fmt: skip


class Page(HTMLParser):
    """The text and the links of a page, and whether every table closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        self.tags.append(tag)
        if tag not in {"br", "meta"}:
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        """A tag ends: the one that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self.open and self.open[-1] != "title":
            self.text.append(data)

    @property
    def words(self) -> str:
        """The text as a reader sees it, on one line."""
        return " ".join(" ".join(self.text).split())


def words(text: str) -> str:
    return " ".join(text.split())


EVERY_LETTER = list(product(SessionKind, (MailKind.INVITATION, MailKind.REMINDER), (False, True), Language))
SESSIONS: Mapping[SessionKind, str] = {
    SessionKind.DOING: "SES1",
    SessionKind.STEERING: "SES2",
    SessionKind.PLANNING: "SES3",
}
ASKED: Mapping[SessionKind, tuple[str, ...]] = {
    SessionKind.DOING: ("A12", "A15", "A21"),
    SessionKind.STEERING: ("S1", "I4", "A12"),
    SessionKind.PLANNING: ("O1", "S1", "I4", "A12"),
}


@pytest.mark.parametrize(("session", "kind", "first_notice", "language"), EVERY_LETTER)
def test_every_letter_says_the_same_in_html_and_in_plain_text(
    session: SessionKind,
    kind: MailKind,
    first_notice: bool,  # noqa: FBT001 - parametrised
    language: Language,
) -> None:
    """Whoever reads only one of the two misses nothing: items, lights, ways to answer, and nothing left unfilled."""
    mail = letter(
        *ASKED[session], session=SESSIONS[session], kind=kind, first_notice=first_notice, language=language, findings=(FINDING,)
    )  # fmt: skip
    page = Page(mail.html)
    assert page.open == []
    for each in ASKED[session]:
        light = item(each).light
        light_word = (
            light.word(language) if light else {Language.NL: "Onbekend", Language.EN: "Unknown"}[language]
        )
        for said in (each, item(each).text, light_word):
            assert said in page.words
            assert said in words(mail.text)
    for said in (
        sentinel(TOKEN),
        FINDING.message.in_(language),
        "form.xlsx",
        SETTINGS.workbook_path,
        session.word(language),
        "Bram",
        "Woonstad",
    ):
        assert said in page.words
        assert said in words(mail.text)
    for unfilled in ("{{", "{%", "None", "Undefined", "object at", "built-in"):
        assert unfilled not in mail.html + mail.text + mail.subject


def test_the_line_for_answers_stands_on_top_of_both_texts() -> None:
    """An answer is what is written above it, so nothing of ours may stand there."""
    mail = letter("A12")
    assert mail.text.startswith(sentinel(TOKEN) + "\n")
    assert Page(mail.html).words.startswith(sentinel(TOKEN))
    assert find_tokens(mail.text) == (TOKEN,)


@pytest.mark.parametrize(
    ("kind", "language", "expected"),
    [
        (MailKind.INVITATION, Language.NL, "Uitnodiging: doensessie op donderdag 11 juni 2026, graag je voortgang"),
        (MailKind.INVITATION, Language.EN, "Invitation: doing session on Thursday 11 June 2026, please report your progress"),
        (MailKind.REMINDER, Language.NL, "Herinnering: doensessie op donderdag 11 juni 2026, nog 2 punten"),
        (MailKind.REMINDER, Language.EN, "Reminder: doing session on Thursday 11 June 2026, 2 items to go"),
    ],
)  # fmt: skip
def test_the_subject_tells_kind_session_and_day(kind: MailKind, language: Language, expected: str) -> None:
    """So that it is found again in a full inbox."""
    assert letter("A12", "A15", kind=kind, language=language).subject == expected


def test_an_item_is_shown_with_what_is_known() -> None:
    """Light, status, progress, deadline with the days it is overdue, and the last report."""
    assert (
        "A12 - Website renewed Licht: Oranje Status: Mee bezig Voortgang: 60% "
        "Deadline: 1 juni 2026 (! 3 dagen te laat) Laatste verslag: 8 mei 2026"
    ) in words(letter("A12").text)


def test_what_is_not_known_is_said() -> None:
    """A blank is not skipped: it is what the owner is asked for."""
    assert (
        "A21 - Zoning plan final Light: Unknown Status: To do Progress: unknown Deadline: none Last report: none yet"
    ) in words(letter("A21", language=Language.EN).text)


def test_a_figure_is_shown_with_its_unit_and_day() -> None:
    """In Dutch with a comma, in English with a point."""
    assert "Laatste waarde: 33,5 maanden (30 mei 2026) Streefwaarde: 20 maanden" in words(letter("I4").text)
    assert "Latest value: 33.5 maanden (30 May 2026)" in words(letter("I4", language=Language.EN).text)


@pytest.mark.parametrize(
    ("ids", "language", "expected"),
    [
        (("A12",), Language.NL, ["A12 oranje 60%", "Gedaan:", "Komende periode:", "Nodig:", "Voorstel:"]),
        (("A12",), Language.EN, ["A12 orange 60%", "Done:", "Next:", "Needed:", "Proposal:"]),
        (("A21",), Language.NL, ["A21 [kleur] [voortgang]%"]),
        (("S1",), Language.NL, ["S1 rood", "Toelichting:"]),
        (("I4",), Language.NL, ["I4 [waarde] oranje", "Gemeten op:", "Toelichting:"]),
        (("O1",), Language.EN, ["O1 orange", "Results:", "Proposal:"]),
    ],
)
def test_lines_to_copy_hold_what_is_known(
    ids: tuple[str, ...], language: Language, expected: list[str]
) -> None:
    """What is not known stands in square brackets, so that a line sent back unread is never taken for an answer."""
    mail = letter(*ids, language=language, session="SES3")
    lines = [line.strip() for line in mail.text.splitlines()]
    assert [line for line in lines if line in expected] == expected
    assert all(line in Page(mail.html).words for line in expected)


@pytest.mark.parametrize("language", Language)
def test_what_is_offered_to_copy_is_understood_when_it_comes_back(language: Language) -> None:
    """The lines as they are confirm what is known; what stands in brackets says nothing; texts end up in their field."""
    ids = ASKED[SessionKind.PLANNING]
    asked = {each: kind_of(item(each)) for each in (*ids, "A21")}
    text = letter(*asked, session="SES3", language=language).text
    block = text[text.index("   O1 ") : text.index("2. ")]
    confirmed = read_answers(block, asked, NOW.date())
    assert {answer.item: answer.light for answer in confirmed.answers} == {
        each: item(each).light for each in ids
    }
    assert confirmed.problems == ()

    filled_in = re.sub(r"(?m)^( +[A-Z][a-z ]+:) *$", r"\1 some text", block)
    filled_in = re.sub(r"(op|on): some text", r"\1: 2026-06-01", filled_in)
    figures = {
        "waarde": "30",
        "value": "30",
        "kleur": "rood",
        "colour": "red",
        "voortgang": "40",
        "progress": "40",
    }
    filled_in = re.sub(r"\[(\w+)\]", lambda found: figures[found[1]], filled_in)
    answers = {answer.item: answer for answer in read_answers(filled_in, asked, NOW.date()).answers}
    assert answers["I4"] == Answer(
        "I4", light=item("I4").light, value=30, measured_on=date(2026, 6, 1), done="some text"
    )
    assert answers["A21"] == Answer(
        "A21", light=TrafficLight.RED, progress=40, done="some text", next="some text", needed="some text", proposal="some text"
    )  # fmt: skip


def test_short_answers_are_offered_for_what_is_in_the_letter() -> None:
    """Nothing changed, done, a figure: with an ID that this person really owns."""
    assert "“A12 geen wijzigingen”" in letter("A12").text
    assert "“A12 afgerond”" in letter("A12").text
    assert "“I4 33,5 groen”" in letter("I4").text
    assert "afgerond" not in letter("I4").text


def test_a_new_mail_can_be_begun_from_a_link_and_carries_the_token() -> None:
    """On a phone that is quicker than copying; the token goes along twice, as such a mail is no reply."""
    link = next(each for each in Page(letter("A12").html).links if each.startswith("mailto:"))
    query = parse_qs(urlsplit(link).query)
    assert urlsplit(link).path == "ogsm@example.org"
    assert find_tokens(query["subject"][0]) == (TOKEN,)
    assert query["body"][0].startswith("A12 oranje 60%\r\nGedaan: \r\n")
    assert find_tokens(query["body"][0]) == (TOKEN,)
    assert len(link) <= 1500


def test_a_reminder_lists_what_is_owed_and_refers_to_the_invitation() -> None:
    """It does not introduce the session once more."""
    text = letter("A15", kind=MailKind.REMINDER).text
    assert "Je kreeg hiervoor al een uitnodiging." in text
    assert "doen we de dingen goed?" not in text
    assert "A12" not in text


def test_a_reminder_that_is_the_first_notice_introduces_the_session() -> None:
    """Who was never invited hears what the session is for, and no word of an invitation."""
    text = letter("A15", kind=MailKind.REMINDER, first_notice=True).text
    assert "doen we de dingen goed?" in text
    assert "uitnodiging" not in text


def test_the_workbook_is_there_as_a_path_and_as_a_link_at_the_row() -> None:
    """Links to shares are often blocked, and rows move: so the path as text, and what to search for."""
    url = "https://example.sharepoint.com/_layouts/15/Doc.aspx?sourcedoc=%7B1%7D"
    place = TablePlace("Acties 'A'", 3, {"id": 1, "light": 8})
    mail = letter(
        items=(replace(item("A12"), row=RowRef(place, 12)),), settings=replace(SETTINGS, workbook_url=url)
    )
    assert f"{url}&activeCell=%27Acties%20%27%27A%27%27%27%21H12" in Page(mail.html).links
    assert "blad Acties 'A', regel 12 (zoek A12)" in words(mail.text)
    assert r"\\server\ogsm\plan.xlsx" in mail.text


def test_without_a_link_the_path_is_left() -> None:
    """The only links are those that begin a mail."""
    mail = letter("A12", settings=replace(SETTINGS, workbook_url=""))
    assert {urlsplit(link).scheme for link in Page(mail.html).links} == {"mailto"}
    assert r"\\server\ogsm\plan.xlsx" in mail.text


def test_without_a_form_only_two_ways_are_offered() -> None:
    """Nothing is said about an attachment that is not there."""
    mail = letter("A12", form=None)
    assert mail.attachments == ()
    assert "formulier" not in mail.text
    assert "2. Werk je regel bij" in mail.text


def found(item_id: str, severity: Severity, message: str, owner: str = "Bram") -> Finding:
    return Finding("OX300", severity, Text(message, message), Text("Doe.", "Do."), None, item_id, owner)


def test_of_the_findings_three_are_told_the_worst_first_and_no_hints() -> None:
    """A mail is no validation report: what could be better is not told, the rest is a number."""
    findings = (
        found("A12", Severity.HINT, "Kan beter."),
        found("A12", Severity.WARNING, "Eerste."),
        found("A12", Severity.WARNING, "Tweede."),
        found("A12", Severity.WARNING, "Derde."),
        found("A12", Severity.ERROR, "Fout."),
    )
    text = letter("A12", findings=findings).text
    assert [line.strip() for line in text.splitlines() if "Let op:" in line] == [
        "Let op: Fout. Doe.",
        "Let op: Eerste. Doe.",
        "Let op: Tweede. Doe.",
    ]
    assert "En nog één opmerking over jouw regels; de proceseigenaar heeft de hele lijst." in text
    assert "Kan beter." not in text


def test_an_invitation_tells_of_other_rows_of_the_same_owner_below_the_items() -> None:
    """What is not asked about would otherwise never be heard; other people's rows are their business."""
    findings = (
        found("A15", Severity.WARNING, "A15 heeft geen deadline.", "bram@example.org"),
        found("A21", Severity.WARNING, "A21 is over de deadline."),
        found("A99", Severity.ERROR, "Van een ander.", "Anna"),
    )
    mail = letter("A12", findings=findings)
    for said in (words(mail.text), Page(mail.html).words):
        assert "A15 heeft geen deadline. Doe." in said
        assert said.index("A15 heeft geen deadline.") > said.index("Website renewed")
        assert "Van een ander." not in said
    assert "OOK TWEE ANDERE REGELS VAN JOU VRAGEN AANDACHT" in mail.text
    assert (
        "One other row of yours needs attention"
        in Page(letter("A12", findings=findings[:1], language=Language.EN).html).words
    )


def test_a_reminder_keeps_to_what_is_owed() -> None:
    """Other rows were told of in the invitation."""
    findings = (found("A15", Severity.ERROR, "A15 heeft geen eigenaar."), FINDING)
    text = letter("A12", kind=MailKind.REMINDER, findings=findings).text
    assert "De deadline is voorbij." in text
    assert "A15" not in text


def test_without_findings_nothing_asks_for_attention() -> None:
    """A plan in order gets no box."""
    hint = found("A12", Severity.HINT, "Kan beter.")
    mail, plain = letter("A12", findings=(hint,)), letter("A12")
    assert (mail.text, mail.html) == (plain.text, plain.html)
    assert "opmerking" not in plain.text


def test_the_mail_goes_to_the_owner_and_answers_to_the_sender() -> None:
    """With the form, and a header by which our own mail is known when it comes back."""
    mail = letter("A12")
    assert mail.to == (Address("Bram", "bram@example.org"),)
    assert mail.reply_to == SETTINGS.sender
    assert mail.attachments == (FORM,)
    assert mail.headers == {"X-OGSM-XL": TOKEN.replace("-", "")[:12]}


def test_an_owner_without_a_proper_address_is_a_problem() -> None:
    """The others' mail still goes: it is raised for this mail alone."""
    with pytest.raises(InputProblem, match="Bram"):
        letter("A12", to=replace(person(), mail="bram at example"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "example.org", "https://a\r\nb"])
def test_a_link_that_is_none_is_refused(url: str) -> None:
    """Only pages and files are opened."""
    with pytest.raises(InputProblem, match="link"):
        letter("A12", settings=replace(SETTINGS, workbook_url=url))


def spoiled(each: Item, text: str) -> Item:
    return replace(each, text=text, unit=text) if isinstance(each, Indicator) else replace(each, text=text)


HOSTILE = [
    '<script>alert("x")</script>',
    '" onclick="x',
    "a\r\nb\n\nc",
    "{{ 7*7 }}{% raw %}",
    "### OGSM-REF: A12 ###",
    "👩‍👩‍👧‍👦" * 200,
    "\u202egnirts\u202c שלום",
    "x" * 5000,
    "\x00\x1b[31m",
    "\ud800",
    "<!--[if mso]>",
    "]]>&amp;&#0;",
]


@settings(max_examples=40)
@given(
    st.text(alphabet=st.characters(), max_size=400) | st.sampled_from(HOSTILE), st.sampled_from(EVERY_LETTER)
)
def test_hostile_names_and_texts_break_nothing(
    text: str, which: tuple[SessionKind, MailKind, bool, Language]
) -> None:
    """No tag, no link, no line and no header comes from a plan; tables close; the mail stays of a bounded size."""
    session_kind, kind, first_notice, language = which
    plain = letter(
        *ASKED[session_kind], kind=kind, first_notice=first_notice, language=language, session=SESSIONS[session_kind]
    )  # fmt: skip
    items = tuple(spoiled(item(each), text) for each in ASKED[session_kind])
    found = PLAN.session(SESSIONS[session_kind])
    assert found is not None
    due = Due(kind, replace(found, place=text), replace(person(), name=text), items, 7, first_notice)
    mail = compose(
        due,
        PLAN,
        replace(SETTINGS, organisation=text, workbook_path=text, sender=Address(text, "ogsm@example.org")),
        token=TOKEN,
        message_id="<a@example.org>",
        now=NOW,
        form=replace(FORM, name=text),
        language=language,
    )
    page, plain_page = Page(mail.html), Page(plain.html)
    assert page.open == []
    assert set(page.tags) <= set(plain_page.tags)
    assert page.links == plain_page.links
    assert "\n" not in mail.subject
    assert re.search("[\u202a-\u202e\u2066-\u2069\x00\ud800-\udfff]", mail.html + mail.text) is None
    assert len(mail.html) < 100_000
    assert mail.text.startswith(sentinel(TOKEN))
    assert mime(mail).isascii()


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Jan de Vries", "Beste Jan,"),
        ("Vries, Jan de", "Beste Jan,"),
        ("J. de Vries", "Beste J. de Vries,"),
        ("Vries, J. de", "Beste J. de Vries,"),
        ("Jan-Willem Bos", "Beste Jan-Willem,"),
        ("Bram", "Beste Bram,"),
        ("Vries,", "Beste Vries,"),
    ],
)
def test_the_greeting_uses_the_first_name(name: str, greeting: str) -> None:
    """And the whole name where only initials are known."""
    assert greeting in letter("A12", to=replace(person(), name=name)).text


def test_a_long_text_is_cut_off_visibly() -> None:
    """At a word, with an ellipsis."""
    long = replace(item("A12"), text="word " * 300)
    assert re.search(r"A12 - (word )+word…\n", letter(items=(long,)).text)


def test_an_organisation_can_replace_a_single_text() -> None:
    """The rest stays as it is, and values are still escaped in HTML."""
    own = {"nl/invitation_intro.j2": "Hallo {{ name }},\n\nHet is <b>weer</b> zover: {{ counted_items }}!"}
    mail = letter("A12", "A15", settings=replace(SETTINGS, overrides=own))
    assert "Hallo Bram,\n\nHet is <b>weer</b> zover: twee acties!\n" in mail.text
    assert "Het is &lt;b&gt;weer&lt;/b&gt; zover" in mail.html
    assert mail.subject.startswith("Uitnodiging: doensessie")


def test_every_text_exists_in_both_languages() -> None:
    """Nobody gets half a letter."""
    of = {lang: {name[3:] for name in known_texts() if name.startswith(f"{lang}/")} for lang in ("nl", "en")}
    assert of["nl"] == of["en"]
    assert len(of["nl"]) >= 12


def test_the_same_letter_is_the_same_bytes() -> None:
    """A run that is repeated writes the same mail."""
    assert mime(letter("A12")) == mime(letter("A12"))


def test_a_plan_without_history_makes_a_letter() -> None:
    """The first session of all."""
    due = Due(MailKind.INVITATION, PLAN.sessions[0], person(), (Action("A1", "First"),), 7)
    mail = compose(
        due,
        Plan(),
        SETTINGS,
        token=TOKEN,
        message_id="<a@example.org>",
        now=NOW,
        form=None,
        language=Language.NL,
    )
    assert "A1 - First" in mail.text


def test_the_session_goes_along_for_the_calendar_when_it_is_given() -> None:
    """Behind the form, and the letter says what it is for; without it, it says nothing of a calendar."""
    file = Attachment("Doensessie.ics", "application/ics", b"x")
    mail = letter("A12", calendar=file)
    assert mail.attachments == (FORM, file)
    assert "Open de bijlage Doensessie.ics om de sessie in je agenda te zetten." in mail.text
    assert "agenda" not in letter("A12").text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("kind", "first_notice"),
    [(MailKind.INVITATION, False), (MailKind.REMINDER, False), (MailKind.REMINDER, True)],
)
def test_a_deputy_gets_the_letter_and_reads_for_whom(
    kind: MailKind,
    first_notice: bool,  # noqa: FBT001 - parametrised
    language: Language,
) -> None:
    """The greeting is the deputy's; the items are the absent owner's."""
    mail = letter("A12", kind=kind, first_notice=first_notice, language=language, deputy=ANNA)
    said = {Language.NL: "omdat je Bram vervangt", Language.EN: "because you stand in for Bram"}
    assert mail.to == (Address("Anna", "anna@example.org"),)
    for text in (words(mail.text), Page(mail.html).words):
        assert said[language] in text
        assert {Language.NL: "Beste Anna", Language.EN: "Dear Anna"}[language] in text
