"""What an incoming mail means: the golden mails of real programs, and whose mail counts."""

from __future__ import annotations

import dataclasses
import textwrap
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.compose import compose
from ogsm_xl.letters.incoming import read_mail
from ogsm_xl.letters.mail import Address, OutgoingMail
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.letters.replies import (
    Accepted,
    Asked,
    NotAReply,
    Review,
    Said,
    TrustSettings,
    Understood,
    undelivered,
    understand,
)
from ogsm_xl.letters.reply_lines import Answer
from ogsm_xl.letters.token import mail_id_of, new_token, sentinel
from ogsm_xl.plan.model import kind_of
from ogsm_xl.plan.words import ItemKind, Language, Status, Text, TrafficLight
from ogsm_xl.rhythm.due import Due
from ogsm_xl.rhythm.mails import MailKind
from tests.golden.mails.build import CLIENTS, Quote
from tests.support.plans import plan_of

GOLDEN = Path(__file__).parent.parent / "golden" / "mails"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((GOLDEN / "expected.toml").read_text(encoding="utf-8"))

SECRET = b"a secret for golden mails only"
OWNER = "anna.jansen@example.org"
TOKEN = new_token(bytes(range(1, 9)), OWNER, SECRET)
ASKED = Asked(
    mail_id_of(TOKEN),
    OWNER,
    {"A12": ItemKind.ACTION, "A13": ItemKind.ACTION, "I4": ItemKind.INDICATOR},
    deputies=("Bram@example.org",),
)


NOTHING_REQUIRED = TrustSettings()


def understood(
    raw: bytes, asked: Asked = ASKED, trust: TrustSettings = NOTHING_REQUIRED, **more: Any
) -> Understood:
    return understand(
        read_mail(raw),
        {asked.mail_id: asked}.get,
        {"<ogsm.1@example.org>": asked}.get,
        secret=SECRET,
        own_addresses=("ogsm@example.org",),
        trust=trust,
        received=date(2026, 11, 6),
        **more,
    )


def answer_of(written: dict[str, Any]) -> Answer:
    values = dict(written)
    if "light" in values:
        values["light"] = TrafficLight[values["light"].upper()]
    if "status" in values:
        values["status"] = Status[values["status"].upper()]
    return Answer(**values)


@pytest.mark.parametrize("name", EXPECTED)
def test_golden_mail_means_what_is_written_beside_it(name: str) -> None:
    """A mail as a real program writes it comes to exactly the answers, or the refusal, written in expected.toml."""
    expected = EXPECTED[name]
    found = understood((GOLDEN / f"{name}.eml").read_bytes())
    match found:
        case Accepted():
            said: dict[str, Any] = {
                "outcome": "accepted",
                "answers": list(found.answers),
                "problems": len(found.problems),
            }
        case Review():
            said = {"outcome": "review", "answers": [], "problems": len(found.problems)}
            assert found.reason.nl.startswith(expected.get("reason", "?"))
        case _:
            said = {"outcome": found.key, "answers": [], "problems": 0}
    assert said == {
        "outcome": expected["outcome"],
        "answers": [answer_of(answer) for answer in expected.get("answers", ())],
        "problems": expected.get("problems", 0),
    }


def reply(text: str, headers: str = "", sender: str = OWNER) -> bytes:
    """A plain reply with our line below its text."""
    lines = [
        f"From: {sender}",
        *filter(None, headers.split("\n")),
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
        "",
        f"OGSM-REF: {TOKEN}",
    ]
    return "\r\n".join(lines).encode()


def reason(found: Understood) -> str:
    assert isinstance(found, Review)
    return found.reason.en


ANSWER = "A12 groen 80%"
WANTED = (Answer("A12", light=TrafficLight.GREEN, progress=80),)


def test_token_counts_wherever_it_stands() -> None:
    """In the subject, the text, the quote or an attached form."""
    bare = f"From: {OWNER}\r\nSubject: {{subject}}\r\n\r\n{ANSWER}\r\n{{below}}\r\n"
    for raw, forms in (
        (bare.format(subject=f"RE: [{TOKEN}]", below=""), ()),
        (bare.format(subject="x", below=f"kenmerk {TOKEN}"), ()),
        (bare.format(subject="x", below=f"\r\n> OGSM-REF: {TOKEN[:15]}\r\n> {TOKEN[15:]}"), ()),
        (bare.format(subject="x", below=""), (TOKEN,)),
    ):
        found = understood(raw.encode(), form_tokens=forms)
        assert isinstance(found, Accepted)
        assert (found.answers[0].progress, found.by, found.asked) == (80, OWNER, ASKED)


def test_token_of_another_person_does_not_open_my_items() -> None:
    """A mail that carries my token and, first, that of a colleague counts for my items only."""
    colleague = new_token(bytes(range(9, 17)), "carla@example.org", SECRET)
    theirs = Asked(mail_id_of(colleague), "carla@example.org", {"A50": ItemKind.ACTION})
    known = {ASKED.mail_id: ASKED, theirs.mail_id: theirs}
    raw = f"From: {OWNER}\r\nSubject: {colleague}\r\n\r\n{ANSWER}\r\nA50 rood\r\n\r\nOGSM-REF: {TOKEN}\r\n"
    found = understand(
        read_mail(raw.encode()), known.get, lambda _: None,
        secret=SECRET, own_addresses=(), trust=TrustSettings(), received=date(2026, 11, 6),
    )  # fmt: skip
    assert isinstance(found, Accepted)
    assert (found.asked, found.answers) == (ASKED, WANTED)
    assert [problem.en for problem in found.problems] == [
        "A50 was not asked of you; what you wrote about it was not recorded."
    ]


def test_token_that_is_not_ours_is_named() -> None:
    """An unknown mail and a wrong seal are different reasons; In-Reply-To does not mend either."""
    other = new_token(bytes(8), OWNER, SECRET)
    forged = new_token(bytes(range(1, 9)), OWNER, b"another secret entirely")
    hint = "In-Reply-To: <ogsm.1@example.org>"
    assert (
        reason(understood(reply(ANSWER, hint).replace(TOKEN.encode(), other.encode())))
        == f"The reference {other} belongs to no mail that we sent."
    )
    assert reason(understood(reply(ANSWER, hint).replace(TOKEN.encode(), forged.encode()))).startswith(
        f"The reference {forged} is not right"
    )


def test_conversation_ties_a_mail_without_token() -> None:
    """In-Reply-To or References find the mail that is answered, but only for the person whom it went to."""
    for header in ("In-Reply-To: <ogsm.1@example.org>", "References: <x@y> <ogsm.1@example.org>"):
        raw = f"From: {OWNER}\r\n{header}\r\n\r\n{ANSWER}\r\n"
        assert isinstance(understood(raw.encode()), Accepted)
        assert reason(understood(raw.replace(OWNER, "carla@example.org").encode())).startswith(
            "The mail comes from carla@example.org"
        )
    assert reason(
        understood(f"From: {OWNER}\r\nIn-Reply-To: <other@x>\r\n\r\n{ANSWER}\r\n".encode())
    ).startswith("The mail can't be tied")


DMARC = "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.org; dkim=none (no; signature); dmarc=pass (p=reject) header.from=example.org"
ONE_SERVER = TrustSettings(authserv_ids=("mx.example.org",))


@pytest.mark.parametrize(
    ("headers", "trust", "counts"),
    [
        ("", TrustSettings(), True),
        ("", ONE_SERVER, False),
        (DMARC, ONE_SERVER, True),
        (DMARC.replace("mx.example.org;", "MX.example.org 1;"), ONE_SERVER, True),
        (DMARC.replace("mx.example.org;", "evil.example;"), ONE_SERVER, False),
        (DMARC.replace("dmarc=pass", "dmarc=fail"), ONE_SERVER, False),
        (DMARC.replace("header.from=example.org", "header.from=evil.example"), ONE_SERVER, False),
        ("Authentication-Results: mx.example.org; dkim=pass header.d=example.org", ONE_SERVER, True),
        (
            "Authentication-Results: mx.example.org; dkim=pass header.i=@example.org; dmarc=none",
            ONE_SERVER,
            True,
        ),
        ("Authentication-Results: mx.example.org; dkim=pass header.d=evil.example", ONE_SERVER, False),
        ("Authentication-Results: mx.example.org; dkim=pass header.d=ample.org", ONE_SERVER, False),
        ("Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.org", ONE_SERVER, False),
        ("Authentication-Results: mx.example.org; none", ONE_SERVER, False),
        ("Authentication-Results: mx.example.org; x=(dmarc=pass) y", ONE_SERVER, False),
        ("Authentication-Results: mx.example.org; dmarc=fail\n" + DMARC, ONE_SERVER, False),
        ("Authentication-Results: relay.example; dmarc=fail\n" + DMARC, ONE_SERVER, True),
        (
            "Authentication-Results: spf=pass smtp.mailfrom=x; dmarc=pass action=none header.from=example.org;compauth=pass",
            TrustSettings(("",)),
            True,
        ),
        ("X-MS-Exchange-Organization-AuthAs: Internal", TrustSettings(exchange_internal=True), True),
        ("X-MS-Exchange-Organization-AuthAs: Anonymous", TrustSettings(exchange_internal=True), False),
        ("X-MS-Exchange-Organization-AuthAs: Internal", ONE_SERVER, False),
        (
            "X-MS-Exchange-Organization-AuthAs: Anonymous\n" + DMARC,
            TrustSettings(("mx.example.org",), exchange_internal=True),
            True,
        ),
        ("Authentication-Results:\nAuthentication-Results: ;;;=", ONE_SERVER, False),
    ],
)
def test_mail_system_has_to_vouch_where_that_is_set(
    headers: str, trust: TrustSettings, *, counts: bool
) -> None:
    """DMARC or an aligned DKIM signature in the topmost results of a named server, or Exchange's own mark."""
    found = understood(reply(ANSWER, headers), trust=trust)
    if counts:
        assert isinstance(found, Accepted)
        assert found.answers == WANTED
    else:
        assert reason(found) == f"The mail system does not confirm that the mail really comes from {OWNER}."


def test_sender_hears_of_a_review_only_when_there_is_no_doubt_who_it_is() -> None:
    """The mail answered stands in the review only where tie, sender and vouching are in order."""
    unread = understood(reply("A12 120%"))
    assert isinstance(unread, Review)
    assert (unread.asked, unread.sender, unread.excerpt) == (ASKED, OWNER, "A12 120%")
    assert unread.problems[0].nl.startswith("A12: “120%”")
    for doubtful in (reply(ANSWER, sender="carla@example.org"), reply(ANSWER).replace(TOKEN.encode(), b"")):
        found = understood(doubtful)
        assert isinstance(found, Review)
        assert found.asked is None
    unvouched = understood(reply(ANSWER), trust=ONE_SERVER)
    assert isinstance(unvouched, Review)
    assert unvouched.asked is None


def test_excerpt_is_short() -> None:
    """The review shows the beginning of a long mail."""
    found = understood(reply("woord " * 500))
    assert isinstance(found, Review)
    assert (len(found.excerpt) <= 600, found.excerpt[-1]) == (True, "…")


SENT = f"""OGSM-REF: {TOKEN}
Beste Anna,
A12 - Website vernieuwd
    Licht: Groen
    Laatste verslag: 3 oktober 2026, door een heel lange naam die niet op één regel past
A13 - Balie verbouwd
    Licht: Onbekend
A12 groen 40%
Gedaan:
Kenmerk: {TOKEN}"""
QUOTE = "Van: OGSM\r\nVerzonden: donderdag\r\nAan: Anna\r\nOnderwerp: x\r\n\r\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "Licht: Groen",
            "Licht: Groen\nrood, 20%\ngeen budget",
            [Answer("A12", light=TrafficLight.RED, progress=20, done="geen budget")],
        ),
        ("A13 - Balie verbouwd", "A13 - Balie verbouwd: afgerond", [Answer("A13", status=Status.DONE)]),
        (
            "A12 groen 40%\nGedaan:",
            "A12 oranje 70%\nGedaan:",
            [Answer("A12", light=TrafficLight.ORANGE, progress=70)],
        ),
        ("Gedaan:", "Gedaan: site live", [Answer("A12", done="site live")]),
        ("Beste Anna,", "A12 geen wijzigingen\nBeste Anna,", [Answer("A12", no_change=True)]),
        ("heel lange naam die", "heel lange naam\ndie", None),
        ("", "", None),
    ],
)
def test_answers_written_into_our_mail_are_found_by_comparing(
    before: str, after: str, expected: list[Answer] | None
) -> None:
    """Where it is known what was sent, every line that differs from it is the owner's; rewrapped lines are not."""
    asked = Asked(
        ASKED.mail_id,
        OWNER,
        ASKED.items,
        sent=Said(SENT),
        titles={"A12": "Website vernieuwd", "A13": "Balie verbouwd"},
    )
    raw = f"From: {OWNER}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nZie hieronder.\r\n\r\n{QUOTE}{SENT.replace(before, after, 1)}\r\n"
    found = understood(raw.encode(), asked)
    if expected is None:
        assert reason(found).startswith("There is no answer above the line.")
    else:
        assert isinstance(found, Accepted)
        assert list(found.answers) == expected


def test_what_is_quoted_is_compared_with_the_mail_that_it_is() -> None:
    """A reply to the reminder with the form of the invitation: nothing that the reminder says is an answer."""
    reminder = new_token(bytes(8), OWNER, SECRET)
    text = SENT.replace(TOKEN, reminder)
    known = {
        mail_id_of(token): Asked(mail_id_of(token), OWNER, ASKED.items, sent=Said(said))
        for token, said in ((TOKEN, f"OGSM-REF: {TOKEN}\nBeste Anna,\nEen uitnodiging."), (reminder, text))
    }
    raw = f"From: {OWNER}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nZie bijlage.\r\n\r\n{QUOTE}{text}\r\n"
    found = understand(
        read_mail(raw.encode()),
        known.get,
        lambda _: None,
        secret=SECRET,
        own_addresses=(),
        trust=NOTHING_REQUIRED,
        received=date(2026, 11, 6),
        form_tokens=(TOKEN,),
    )
    assert isinstance(found, Review)
    assert found.asked is not None
    assert found.asked.mail_id == mail_id_of(TOKEN)


def test_lines_written_right_below_our_line_count() -> None:
    """Between our first line and the greeting there is nothing of ours, so what stands there is an answer."""
    raw = f"From: {OWNER}\r\n\r\n{QUOTE}OGSM-REF: {TOKEN}\r\n\r\nA12 groen 80%\r\n\r\nBeste Anna,\r\n\r\nA13 - Balie\r\n"
    found = understood(raw.encode())
    assert isinstance(found, Accepted)
    assert found.answers == WANTED


def test_workbooks_come_along_and_other_files_are_named() -> None:
    """Any workbook is a form until its reader says otherwise; a file that can't be a form is named when it came alone."""
    parts = "--b\r\nContent-Type: text/plain\r\n\r\nzie bijlage\r\n\r\nOGSM-REF: {token}\r\n--b\r\nContent-Type: {kind}; name={name}\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n"
    raw = f"From: {OWNER}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts
    for kind, name in (
        ("application/octet-stream", "Formulier.XLSX"),
        ("application/vnd.oasis.opendocument.spreadsheet", "f"),
        ("text/csv", "oud.xls"),
    ):
        found = understood(raw.format(token=TOKEN, kind=kind, name=name).encode())
        assert isinstance(found, Accepted)
        assert ([form.name for form in found.forms], found.answers) == ([name], ())
    refused = understood(raw.format(token=TOKEN, kind="application/octet-stream", name="f.numbers").encode())
    assert reason(refused).startswith("“f.numbers” is a Numbers file")


def test_bounce_names_the_address() -> None:
    """A bounce says which addresses to mark; a delay marks none."""
    names = ("bounce-exchange", "bounce-exim", "delivery-notice-exchange")
    found = [undelivered(read_mail((GOLDEN / f"{name}.eml").read_bytes())) for name in names]
    assert found == [(OWNER,), (OWNER,), ()]


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Auto-Submitted: auto-generated", NotAReply.AUTOMATIC),
        ("Auto-Submitted: auto-replied; owner-email=x", NotAReply.OUT_OF_OFFICE),
        ("Auto-Submitted: no", None),
        ("X-Auto-Response-Suppress: All", None),
        ("Return-Path: <>", NotAReply.AUTOMATIC),
        ("Subject: Re: Automatisch antwoord: ik was weg", None),
        ("Subject: Afwezig bij de sessie", None),
        ("Subject: Automatic reply: Invitation", NotAReply.OUT_OF_OFFICE),
        ("X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", NotAReply.OUT_OF_OFFICE),
        ("X-OGSM-XL: 0102", NotAReply.OWN_MAIL),
    ],
)
def test_mail_that_nobody_wrote_never_counts(headers: str, kind: NotAReply | None) -> None:
    """Its headers say so, even when it quotes a valid token and holds what looks like an answer."""
    found = understood(reply(ANSWER, headers))
    assert (found if isinstance(found, NotAReply) else None) == kind
    if kind is None:
        assert isinstance(found, Accepted)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Precedence: junk", NotAReply.BULK),
        ("List-Id: <list.example.org>", NotAReply.BULK),
        ("Subject: Out of office\nIn-Reply-To: <x@y>", NotAReply.OUT_OF_OFFICE),
        ("Content-Class: urn:content-classes:calendarmessage", NotAReply.MEETING_RESPONSE),
    ],
)
def test_an_answer_in_what_looks_automatic_waits(headers: str, kind: NotAReply) -> None:
    """A list passed it on, or its author wrote of being absent: a person decides. Without an answer, nobody is bothered."""
    waits = understood(reply(ANSWER, headers))
    assert isinstance(waits, Review)
    assert kind.value.en in waits.reason.en
    assert waits.asked is None
    assert understood(reply("Tot ziens.", headers)) is kind


def test_days_are_those_of_the_author() -> None:
    """What was measured "yesterday" counts from the day on which the mail was written, or received where its date can't be right."""
    for headers, day in (
        ("Date: Mon, 2 Nov 2026 09:00:00 +0100", 1),
        ("Date: Mon, 2 Nov 2099 09:00:00 +0100", 5),
        ("", 5),
    ):
        found = understood(reply("I4 23\nGemeten op: gisteren", headers))
        assert isinstance(found, Accepted)
        assert found.answers[0].measured_on == date(2026, 11, day)


PLAN = plan_of("""
    person    Anna anna.jansen@example.org
    session   SES1 steering 2026-11-12 10:00
    strategy  S2 Anna "Shorter waits by building faster" green
    indicator I4 Anna S2 "Waiting time" unit=months lower baseline=40 target=20 actual=33
    action    A12 Anna S2 "Website renewed" 2026-01-05..2026-10-30 in_progress 40% green
    action    A13 Anna S2 "Desk rebuilt" 2026-01-05..2026-12-30 in_progress
""")
WAIT = (Answer("A12", light=TrafficLight.ORANGE, progress=60, done="wacht op hout"),)


def sent_mail(language: Language) -> OutgoingMail:
    """The invitation as it really goes out."""
    due = Due(MailKind.INVITATION, PLAN.sessions[0], PLAN.people[0], PLAN.items, 7)
    sender = LetterSettings(Address("OGSM", "ogsm@example.org"), "plan.xlsx")
    now = datetime(2026, 11, 5, 9, tzinfo=UTC)
    return compose(
        due,
        PLAN,
        sender,
        token=TOKEN,
        message_id="<ogsm.1@example.org>",
        now=now,
        form=None,
        language=language,
    )


def asked_in(mail: OutgoingMail, *, sent_is_known: bool) -> Asked:
    sent = Said(mail.text, mail.html) if sent_is_known else Said()
    titles = {item.id: item.text for item in PLAN.items}
    return Asked(
        ASKED.mail_id, OWNER, {item.id: kind_of(item) for item in PLAN.items}, sent=sent, titles=titles
    )


@pytest.mark.parametrize("sent_is_known", [False, True])
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("client", CLIENTS)
def test_both_halves_of_a_letter_agree(client: str, language: Language, *, sent_is_known: bool) -> None:
    """What really goes out, quoted by each program: answers above it and filled into it are found, and nothing else is."""
    mail = sent_mail(language)
    asked = asked_in(mail, sent_is_known=sent_is_known)
    ours = Quote(mail.text.split("\n"), body_of(mail.html))
    label = Text("Gedaan:", "Done:").in_(language)
    old, new = (
        Text("A12 groen 40%", "A12 green 40%").in_(language),
        Text("A12 oranje 60%", "A12 orange 60%").in_(language),
    )
    filled_text = mail.text.replace(old, new).replace(label, f"{label} wacht op hout", 1)
    filled_html = body_of(mail.html).replace(old, new).replace(label, f"{label} wacht op hout", 1)
    filled = Quote(filled_text.split("\n"), filled_html)
    for top, quote in (
        (["A12 oranje 60%", "wacht op hout", "", "Groet, Anna"], ours),
        (["Zie onder"], filled),
    ):
        found = understood(CLIENTS[client](top, language.value, quote), asked)
        assert isinstance(found, Accepted)
        assert (found.answers, found.problems) == (WAIT, ())
    for top in (["Bedankt, komt morgen."], ["Zie onder"], [""]):
        assert isinstance(understood(CLIENTS[client](top, language.value, ours), asked), Review)


@pytest.mark.parametrize("client", ["outlook-windows", "outlook-web", "outlook-new"])
def test_answer_between_the_rows_of_our_table(client: str) -> None:
    """Outlook marks no quoted lines; where it is known what was sent, an answer between the rows is still found."""
    mail = sent_mail(Language.NL)
    page = body_of(mail.html).replace(
        "Website renewed", "Website renewed<br><span style='color:red'>oranje 60%</span><br>wacht op hout", 1
    )
    raw = CLIENTS[client](["Zie onder in rood"], "nl", Quote(mail.text.split("\n"), page))
    found = understood(raw, asked_in(mail, sent_is_known=True))
    assert isinstance(found, Accepted)
    assert found.answers == WAIT
    assert isinstance(understood(raw, asked_in(mail, sent_is_known=False)), Review)


@pytest.mark.parametrize("top", ["", "Komt morgen.", "A12 oranje 60%\r\nwacht op hout"])
@pytest.mark.parametrize("width", [40, 50, 60, 68, 72, 76])
def test_our_mail_wrapped_without_marks_is_no_answer(width: int, top: str) -> None:
    """Outlook does so in plain text, and others wrap what they marked: the words that are left over are ours, too."""
    mail = sent_mail(Language.NL)
    for mark in ("", "> "):
        lines = [textwrap.fill(mark + line, width) for line in mail.text.split("\n")]
        quote = "\r\n".join(["Op 5 nov 2026 om 9:00 schreef OGSM:" if mark else QUOTE, *lines])
        raw = f"From: {OWNER}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{top}\r\n\r\n{quote}\r\n"
        found = understood(raw.encode(), asked_in(mail, sent_is_known=True))
        if not top.startswith("A12"):
            assert isinstance(found, Review)
        else:
            assert isinstance(found, Accepted)
            assert (found.answers, found.problems) == (WAIT, ())


@pytest.mark.parametrize(
    "client", ["outlook-windows", "outlook-web", "outlook-new", "thunderbird-html", "gmail-web"]
)
@pytest.mark.parametrize("behind", ["op schema, in inhoud en in tijd", "Kies wat jou het snelst afgaat."])
def test_a_remark_below_the_items_belongs_to_none(client: str, behind: str) -> None:
    """What was typed behind the meaning of a colour, or under how to answer, is no report on the last item."""
    mail = sent_mail(Language.NL)
    page = body_of(mail.html).replace(behind, f"{behind} (vind ik raar)", 1)
    lines = mail.text.replace(behind, f"{behind} (vind ik raar)", 1).split("\n")
    raw = CLIENTS[client]([""], "nl", Quote(lines, page))
    assert isinstance(understood(raw, asked_in(mail, sent_is_known=True)), Review)


@pytest.mark.parametrize("client", ["outlook-windows", "outlook-web", "outlook-new"])
def test_who_answers_above_and_within_our_mail_hears_what_did_not_count(client: str) -> None:
    """What stands above counts; what was typed over another item in our table is named, not lost in silence."""
    mail = sent_mail(Language.NL)
    page = body_of(mail.html).replace("Desk rebuilt", "Desk rebuilt<br>afgerond", 1)
    raw = CLIENTS[client](["A12 oranje 60%", "wacht op hout"], "nl", Quote(mail.text.split("\n"), page))
    found = understood(raw, asked_in(mail, sent_is_known=True))
    assert isinstance(found, Accepted)
    assert (found.answers, [problem.nl[:28] for problem in found.problems]) == (
        WAIT,
        ["A13: wat je hierover in de t"],
    )


def typed_over(text: str, begins: str, *changes: tuple[str, str]) -> str:
    """A mail of ours with changes, each the first of its kind behind `begins`."""
    start = text.index(begins)
    for old, new in changes:
        at = text.index(old, start)
        text = text[:at] + new + text[at + len(old) :]
    return text


def changed(client: str, top: list[str], *changes: tuple[str, str], begins: str) -> Understood:
    """A reply of this program with changes in our mail that it quotes."""
    mail = sent_mail(Language.NL)
    page = typed_over(body_of(mail.html), begins, *changes)
    raw = CLIENTS[client](top, "nl", Quote(mail.text.split("\n"), page))
    return understood(raw, asked_in(mail, sent_is_known=True))


EDITORS = ["outlook-windows", "outlook-web", "outlook-new", "gmail-web", "apple-mac"]
HEAD_OF_A13 = '">A13</td>'
BADGE, PROGRESS, STATUS, REPORT = "?&nbsp;Onbekend", "<b>onbekend</b>", "<b>Mee bezig</b>", "<b>nog geen</b>"
RED = (BADGE, "Rood")


@pytest.mark.parametrize("client", EDITORS)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([RED, (PROGRESS, "<b>30%</b>")], Answer("A13", light=TrafficLight.RED, progress=30)),
        ([RED, (STATUS, "<b>Afgerond</b>")], Answer("A13", light=TrafficLight.RED, status=Status.DONE)),
        (
            [RED, (REPORT, "<b>vloer kapot</b>")],
            Answer("A13", light=TrafficLight.RED, done="Laatste verslag | vloer kapot"),
        ),
        (
            [RED, ("Desk rebuilt", "Desk rebuilt</p><p>20%, vloer kapot")],
            Answer("A13", light=TrafficLight.RED, progress=20, done="vloer kapot"),
        ),
    ],
)
def test_who_changes_the_head_of_a_card_changes_that_card(
    client: str, changes: list[tuple[str, str]], expected: Answer
) -> None:
    """A line written over the one with the ID is the author's; what is changed below it belongs to the same item."""
    found = changed(client, ["Zie onder"], *changes, begins=HEAD_OF_A13)
    assert isinstance(found, Accepted)
    assert (found.answers, found.problems) == ((expected,), ())


COPY_OF_A13 = "A13 [kleur] [voortgang]%"


@pytest.mark.parametrize("client", EDITORS)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [(COPY_OF_A13, "A13 rood 20%"), ("Komende periode: ", "Komende periode: vloer leggen")],
            Answer("A13", light=TrafficLight.RED, progress=20, next="vloer leggen"),
        ),
        (
            [(COPY_OF_A13, "rood 20%"), ("Gedaan: ", "Gedaan: vloer kapot")],
            Answer("A13", light=TrafficLight.RED, progress=20, done="vloer kapot"),
        ),
        (
            [(COPY_OF_A13, "A13 rood"), ("Gedaan: ", "Gedaan: gezaagd<br>en geveegd"), ("Nodig: ", "hout")],
            Answer("A13", light=TrafficLight.RED, done="gezaagd\nen geveegd", needed="hout"),
        ),
    ],
)
def test_who_fills_in_the_lines_to_copy_where_they_stand_is_understood(
    client: str, changes: list[tuple[str, str]], expected: Answer
) -> None:
    """Over the line with the ID, with or without it, behind a label, or over one: each belongs where our line stood."""
    found = changed(client, [""], *changes, begins=COPY_OF_A13)
    assert isinstance(found, Accepted)
    assert (found.answers, found.problems) == ((expected,), ())


@pytest.mark.parametrize("client", ["outlook-windows", "thunderbird-text"])
def test_a_changed_title_in_plain_text_begins_its_own_card(client: str) -> None:
    """`A13 - Balie verbouwd: rood`, and below it another percentage."""
    mail = sent_mail(Language.NL)
    text = typed_over(
        mail.text, "A13 - ", ("Desk rebuilt", "Desk rebuilt: rood"), ("Voortgang: onbekend", "Voortgang: 30%")
    )
    mark = "> " if client == "thunderbird-text" else ""
    above = "Op 5 nov 2026 om 9:00 schreef OGSM:\r\n" if mark else QUOTE
    quote = above + "\r\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))
    raw = f"From: {OWNER}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nZie onder\r\n\r\n{quote}\r\n"
    found = understood(raw.encode(), asked_in(mail, sent_is_known=True))
    assert isinstance(found, Accepted)
    assert found.answers == (Answer("A13", light=TrafficLight.RED, progress=30),)


@pytest.mark.parametrize("client", EDITORS)
def test_nobody_can_say_which_card_a_line_between_two_heads_belongs_to(client: str) -> None:
    """With several of our lines gone, and the head among them, it is asked instead of guessed."""
    found = changed(
        client, [""], ("Nodig: <br>Voorstel: <br><br>\n" + COPY_OF_A13, "rood 20%"), begins="A12 groen 40%"
    )
    assert isinstance(found, Review)
    assert [problem.nl[:36] for problem in found.problems] == ["Het is niet duidelijk waar “rood 20%"]


@pytest.mark.parametrize("client", EDITORS)
@pytest.mark.parametrize(
    ("top", "said"),
    [
        ("A12 oranje", [Answer("A12", light=TrafficLight.ORANGE)]),
        ("A12 geen wijzigingen", [Answer("A12", progress=60)]),
        (
            "Verder geen wijzigingen.",
            [
                Answer(item, no_change=True) if item != "A12" else Answer(item, progress=60)
                for item in ("S2", "I4", "A12", "A13")
            ],
        ),
    ],
)
def test_above_and_below_about_the_same_item(client: str, top: str, said: list[Answer]) -> None:
    """A value below is not lost in silence; where nothing had changed but that, it counts."""
    found = changed(client, [top], ("<b>40%</b>", "<b>60%</b>"), begins='">A12</td>')
    assert isinstance(found, Accepted)
    remarks = ["A12: wat je hierover in de t"] if top == "A12 oranje" else []
    assert (sorted(found.answers, key=str), [problem.nl[:28] for problem in found.problems]) == (
        sorted(said, key=str),
        remarks,
    )


@pytest.mark.parametrize("client", EDITORS)
def test_what_belongs_to_no_item_below_is_mentioned_beside_an_answer_above(client: str) -> None:
    """A value between our questions: nobody can say what it is about."""
    found = changed(
        client,
        ["A12 oranje 60%"],
        ("Wat heb je gedaan?", "Wat heb je gedaan?<br>rood 20%"),
        begins="Acties (2)",
    )
    assert isinstance(found, Accepted)
    assert (found.answers, [problem.nl[:43] for problem in found.problems]) == (
        (Answer("A12", light=TrafficLight.ORANGE, progress=60),),
        ["Wat je in de tekst van onze mail zelf schre"],
    )


@pytest.mark.parametrize("client", EDITORS)
def test_who_says_the_same_above_and_below_hears_nothing(client: str) -> None:
    """Copied and filled in twice: there is nothing that did not count."""
    found = changed(client, ["A12 oranje 60%"], ("<b>40%</b>", "<b>60%</b>"), begins='">A12</td>')
    assert isinstance(found, Accepted)
    assert (found.answers, found.problems) == ((Answer("A12", light=TrafficLight.ORANGE, progress=60),), ())


@pytest.mark.parametrize("client", EDITORS)
def test_answers_between_the_headers_and_our_first_line_count(client: str) -> None:
    """Some take "above this line" literally: below what their program wrote, above what we did."""
    mail = sent_mail(Language.NL)
    page = body_of(mail.html).replace("### OGSM-REF", "A12 oranje 60%<br>wacht op hout<br>### OGSM-REF", 1)
    raw = CLIENTS[client]([""], "nl", Quote(mail.text.split("\n"), page))
    found = understood(raw, asked_in(mail, sent_is_known=True))
    assert isinstance(found, Accepted)
    assert (found.answers, found.problems) == (WAIT, ())


def test_an_earlier_answer_that_is_quoted_between_is_not_read_again() -> None:
    """Between the first header block and ours stands what the same owner answered before."""
    mail = sent_mail(Language.NL)
    earlier = QUOTE.replace("OGSM", "Anna") + "A12 oranje 60%\r\n\r\n"
    text = mail.text.replace("\n", "\r\n")
    raw = f"From: {OWNER}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nA13 afgerond\r\n\r\n{earlier}{QUOTE}{text}\r\n"
    found = understood(raw.encode(), asked_in(mail, sent_is_known=True))
    assert isinstance(found, Accepted)
    assert (found.answers, found.problems) == ((Answer("A13", status=Status.DONE),), ())


@pytest.mark.parametrize("top", ["", "A12 oranje 60%\r\nwacht op hout"])
@pytest.mark.parametrize("mark", ["", "> "])
def test_every_mail_of_ours_that_is_quoted_is_compared(top: str, mark: str) -> None:
    """A reminder with the invitation quoted below it: nothing that either of them says is an answer."""
    invitation = sent_mail(Language.NL)
    token = new_token(bytes(8), OWNER, SECRET)
    text = invitation.text.replace(TOKEN, token).replace("Beste Anna", "Een herinnering, Anna")
    reminder = dataclasses.replace(asked_in(invitation, sent_is_known=True), mail_id=mail_id_of(token))
    known = {
        ASKED.mail_id: asked_in(invitation, sent_is_known=True),
        reminder.mail_id: dataclasses.replace(reminder, sent=Said(text)),
    }
    lines = f"{text}\r\n\r\n{QUOTE}{invitation.text}".replace("\r\n", "\n").split("\n")
    quote = "\r\n".join(f"{mark}{line}".rstrip() for line in lines)
    raw = f"From: {OWNER}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{top}\r\n\r\n{QUOTE}{quote}\r\n"
    found = understand(
        read_mail(raw.encode()), known.get, lambda _: None,
        secret=SECRET, own_addresses=(), trust=NOTHING_REQUIRED, received=date(2026, 11, 6),
    )  # fmt: skip
    if top:
        assert isinstance(found, Accepted)
        assert (found.answers, found.problems) == (WAIT, ())
    else:
        assert isinstance(found, Review)


def test_what_was_typed_below_a_prefilled_answer_is_mentioned() -> None:
    """Our link begins a mail with the lines to copy; who answers below our line instead hears that it did not count."""
    mail = sent_mail(Language.NL)
    prefilled = f"A12 groen 40%\r\nGedaan: \r\n\r\n{sentinel(TOKEN)}\r\nA12 oranje 60%\r\nGedaan: hout"
    raw = f"From: {OWNER}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{prefilled}\r\n"
    found = understood(raw.encode(), asked_in(mail, sent_is_known=True))
    assert isinstance(found, Accepted)
    assert [problem.nl[:28] for problem in found.problems] == ["A12: wat je hierover in de t"]


@pytest.mark.parametrize("mark", ["", "> "])
def test_lines_of_ours_that_were_answered_one_by_one_above_the_quote(mark: str) -> None:
    """Who copies our lines with marks and answers below each: the ID and the label count, not what else we said."""
    mail = sent_mail(Language.NL)
    top = [
        "> A12 - Website renewed", ">     Voortgang: 40%", "60%", "> Wat heb je gedaan?", "Gids gedrukt", "",
    ]  # fmt: skip
    quote = [f"{mark}{line}".rstrip() for line in mail.text.split("\n")]
    raw = "\r\n".join([f"From: {OWNER}", "Content-Type: text/plain; charset=utf-8", "", *top, QUOTE, *quote])
    found = understood(raw.encode(), asked_in(mail, sent_is_known=True))
    assert isinstance(found, Accepted)
    assert (found.answers, found.problems) == ((Answer("A12", progress=60, done="Gids gedrukt"),), ())


def test_the_value_in_the_card_of_an_indicator_can_be_typed_over() -> None:
    """Its label stands in the cell before it."""
    found = changed("outlook-windows", [""], ("33 months", "31 months"), begins='">I4</td>')
    assert isinstance(found, Accepted)
    assert (found.answers, found.problems) == ((Answer("I4", value=31),), ())


def body_of(page: str) -> str:
    return page.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]


PARTS = st.sampled_from(
    [
        "A12 groen", "> A12", "> x", "oranje 60%", "", f"OGSM-REF: {TOKEN}", TOKEN, "Van: a\nVerzonden: b\nAan: c", "Gedaan: x", "Op 5-11-2026 schreef X:", "-- ", "Kenmerk",
        "Beste Anna,", "zie onder", "A99 rood", "Automatisch",
    ]
)  # fmt: skip


@given(
    st.lists(PARTS | st.text(max_size=8), max_size=25).map("\r\n".join),
    st.sampled_from([ASKED, Asked(ASKED.mail_id, OWNER, ASKED.items, sent=Said(SENT))]),
)
@settings(max_examples=80, deadline=None)
def test_any_reply_is_judged_without_an_exception(text: str, asked: Asked) -> None:
    """Whatever a mail of the owner says, it counts, is no reply, or waits for a person with a reason."""
    found = understood(
        f"From: {OWNER}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode("utf-8", "replace"),
        asked,
    )
    if isinstance(found, Accepted):
        assert {answer.item for answer in found.answers} <= set(asked.items)
    elif isinstance(found, Review):
        assert found.reason.nl
