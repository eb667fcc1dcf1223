"""The top of a reply apart from what it quotes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.quoting import (
    begins_signature,
    end_of_introduction,
    is_banner,
    is_greeting,
    split_reply,
)
from ogsm_xl.letters.token import new_token, sentinel

LINE = sentinel(new_token(bytes(8), "anna@example.org", bytes(16)))
TOP = "A12 oranje 60%\nVoortgang: 60%"


@pytest.mark.parametrize(
    "introduction",
    [
        "Van: OGSM <ogsm@example.org>\nVerzonden: donderdag 5 november 2026 09:00\nAan: Anna\nOnderwerp: Uitnodiging",
        "Van: OGSM\nDatum: donderdag, 5 november 2026 om 09:00\nAan: Anna\nOnderwerp: Uitnodiging",
        "From: OGSM <ogsm@example.org>\nSent: Thursday, November 5, 2026 9:00 AM\nTo: Anna\nCc: Bram\nSubject: Invitation",
        "*From:* OGSM\n*Date:* Thursday\n*To:* Anna\n*Subject:* Invitation",
        "**Van:** OGSM\n**Verzonden:** donderdag\n**Aan:** Anna\n**Onderwerp:** x",
        "Von: OGSM\nGesendet: Donnerstag, 5. November 2026 09:00\nAn: Anna\nBetreff: Einladung",
        "De : OGSM\nEnvoyé : jeudi 5 novembre 2026 09:00\nÀ : Anna\nObjet : Invitation",
        "De: OGSM\nEnvoyé: jeudi 5 novembre 2026 09:00\nÀ: Anna\nObjet: Invitation",
        "________________________________\nVan: OGSM\nVerzonden: donderdag\nAan: Anna\nOnderwerp: x",
        "________________________________",
        "Van: OGSM Verzonden: donderdag 5 november 2026 09:00 Aan: Anna Onderwerp: x",
        "-----Oorspronkelijk bericht-----\nVan: OGSM",
        "-----Original Message-----\nFrom: OGSM",
        "-------- Oorspronkelijk bericht --------\nVan: OGSM",
        "-----Ursprüngliche Nachricht-----",
        "-----Message d'origine-----",
        "------- Original Message -------\nOn Thursday, November 5th, 2026 at 9:00 AM, OGSM wrote:",
        "Op do 5 nov 2026 om 09:00 schreef OGSM <ogsm@example.org>:",
        "Op donderdag 5 november 2026 om 09:00:00 CET schreef OGSM <ogsm@example.org>: ",
        "Op 5 nov 2026, om 09:00 heeft OGSM <ogsm@example.org> het volgende geschreven:",
        "Op 5-11-2026 om 09:00 schreef OGSM:",
        "On Thu, Nov 5, 2026 at 9:00 AM OGSM <ogsm@example.org> wrote:",
        "On Thu, Nov 5, 2026 at 9:00 AM OGSM <ogsm-of-a-long-name@some.example.org>\nwrote:",
        "On 5 Nov 2026, at 09:00, OGSM\n<ogsm@example.org>\nwrote:",
        "Am Do., 5. Nov. 2026 um 09:00 Uhr schrieb OGSM <ogsm@example.org>:",
        "Am 05.11.26 um 09:00 schrieb OGSM:",
        "Le jeu. 5 nov. 2026 à 09:00, OGSM <ogsm@example.org> a écrit :",
        "El jue, 5 nov 2026 a las 9:00, OGSM (<ogsm@example.org>) escribió:",
        "2026-11-05 9:00 GMT+01:00 OGSM <ogsm@example.org> schreef:",
        "OGSM <ogsm@example.org> schreef op do 5 nov. 2026 09:00:",
        "Op do 5 nov 2026 om 09:00 schreef OGSM Woningstichting Thuis in de Stad <\nogsm@example.org>:",
        "Am Do., 5. Nov. 2026 um 09:00 Uhr schrieb OGSM Woningstichting Thuis <\nogsm@example.org>:",
        ">>> OGSM <ogsm@example.org> 05-11-26 09:00 >>>",
        "Van: OGSM <ogsm@example.org>\nVerzonden: donderdag\nAan: Anna <a@example.org>;\nBram <b@example.org>\nOnderwerp: x",
        "W dniu 5.11.2026 o 09:00, OGSM pisze:",  # known by our own line below it
        "2026년 11월 5일 (목) 오전 9:00, OGSM <ogsm@example.org>님이 작성:",
    ],
)
@pytest.mark.parametrize("marks", ["", "> "])
def test_what_programs_write_above_a_quote(introduction: str, marks: str) -> None:
    """Headers and attributions end the top, in four languages and more; a labelled line right above them stays in it."""
    ours = "\n".join(f"{marks}{line}".rstrip() for line in (LINE, "", "Beste Anna,", "A12 groen 10%"))
    parts = split_reply(f"{TOP}\n\n{introduction}\n\n{ours}")
    assert parts.top == TOP
    assert parts.quoted.startswith(introduction.split("\n", maxsplit=1)[0].lstrip("> ").rstrip())
    assert (parts.has_marks, parts.below_the_line.strip()) == (bool(marks), "Beste Anna,\nA12 groen 10%")


@pytest.mark.parametrize(
    "line",
    [LINE, f"> {LINE}", LINE.strip("# "), LINE.replace(" — ", "\n— "), LINE.replace("REF: ", "REF:\n")],
)
def test_our_own_line_alone_ends_the_top(line: str) -> None:
    """Without any introduction our line is enough, quoted, wrapped or without its hashes."""
    assert split_reply(f"{TOP}\n\n{line}\n\nBeste Anna,").top == TOP


@pytest.mark.parametrize(
    "text",
    [
        "A12 groen\nVan: de leverancier kwam niets\nNodig: akkoord",
        "A12 groen\nOp 5 november schreef de wethouder een brief.",
        "A12 groen\nStatus: klaar\nTo do: niets",
        "A12 groen\n____\nA13 rood",
        "A12 groen\n- streep\n--- nog een",
        "A12 groen\nOp 5 november 2026 schreef de wethouder een brief\nNodig:\ngeld",
        "A12 groen\nOp 5 november 2026 schreef de wethouder een brief.\nGevolg voor 2027:",
        "A12 groen\nVan: 40%\nNaar: 60%\nAan: Piet overgedragen",
    ],
)
def test_an_answer_that_looks_a_bit_like_a_quote_stays_whole(text: str) -> None:
    """A sentence with "schreef" in it, or a single "Van:", is the author's own."""
    assert split_reply(text).top == text


@pytest.mark.parametrize("marks", ["", "> "])
@pytest.mark.parametrize(
    "own",
    [
        "A13 afgerond\n> hout komt vrijdag\nNodig: geld",
        "> Wat heb je nodig?\nGeld",
        "A13 afgerond\nAan: Piet overgedragen\nBelang: hoog",
        "A13 afgerond\nVan: 40%\nDatum: 5 november",
    ],
)
def test_what_the_author_marked_or_labelled_stays_above_the_quote(own: str, marks: str) -> None:
    """The quote begins where the mail program introduces it, or where the marks around our own line begin."""
    headers = "Van: OGSM <ogsm@example.org>\nVerzonden: donderdag\nAan: Anna\nOnderwerp: x"
    ours = "\n".join(f"{marks}{line}".rstrip() for line in (LINE, "", "Beste Anna,"))
    for introduction in (headers, "Op 5-11-2026 om 09:00 schreef OGSM:"):
        parts = split_reply(f"{own}\n\n{introduction}\n\n{ours}")
        assert (parts.top, parts.has_marks) == (own, bool(marks))


def test_a_marked_introduction_begins_the_quote_even_where_somebody_wrote_below_it() -> None:
    """Apple Mail marks its attribution, too."""
    text = f"Zie onder\n\n> Op 5 nov 2026, om 09:00 heeft OGSM <o@example.org> het volgende geschreven:\n\nA12 groen\n\n> {LINE}"
    assert split_reply(text).top == "Zie onder"


def test_what_stands_around_our_own_line() -> None:
    """Above it the headers and what was typed below them, below it our mail; nothing where it is missing."""
    headers = "Van: OGSM <ogsm@example.org>\nVerzonden: donderdag\nAan: Anna\nOnderwerp: x"
    parts = split_reply(f"Zie onder\n\n{headers}\n\nA12 groen\n{LINE}\n\nBeste Anna,")
    above, below = ([line.text for line in lines] for lines in parts.lines_around_ours())
    assert (above[end_of_introduction(above) :], below) == (["", "A12 groen"], [LINE, "", "Beste Anna,"])
    assert split_reply("A12 groen").lines_around_ours() == ((), ())


def test_forwarded_mail_is_known_as_such() -> None:
    """What comes below "Doorgestuurd bericht" is somebody else's."""
    parts = split_reply(
        "Ter info\n\n---------- Forwarded message ---------\nVan: Anna\nDate: vr 6 nov 2026\n\nA12 groen"
    )
    assert (parts.top, parts.forwarded) == ("Ter info", True)
    assert split_reply("Begin doorgestuurd bericht:\n\nVan: Anna").forwarded


def test_marked_and_unmarked_lines_are_told_apart() -> None:
    """Below the beginning of the quote, lines without a mark are the author's."""
    parts = split_reply(
        "Op 5-11-2026 om 09:00 schreef OGSM:\n> A12 Website\n> > ouder\n\ngroen\n\n> A13 Balie"
    )
    assert (parts.top, parts.has_marks) == ("", True)
    assert [line.text for line in parts.lines if line.text and not line.marked][1:] == ["groen"]
    assert [line.text for line in parts.lines if line.marked] == ["A12 Website", "ouder", "A13 Balie"]


@pytest.mark.parametrize(
    "line",
    [
        "-- ", "--", "Met vriendelijke groet,", "Met vriendelijke groeten", "met hartelijke groet, Anna Jansen", "Vriendelijke groet,",
        "Groet, Anna", "Groetjes Anna", "groetjes anna", "Gr. Anna", "gr", "Mvg,", "m.v.g. Anna", "Vr. gr. Anna", "Hartelijke groet,", "Hoogachtend,",
        "Kind regards,", "Best regards", "Regards, Anna", "Best,", "Cheers, Anna", "Thanks!", "Many thanks", "Dank je wel!", "Alvast bedankt, Anna",
        "Mit freundlichen Grüßen", "Viele Grüße, Anna", "Cordialement,", "Bien à vous,", "Fijn weekend!",
        "Verzonden vanaf mijn iPhone", "Verstuurd vanaf mijn Samsung-apparaat", "Sent from my iPhone", "Sent from Outlook for Android",
        "Outlook voor iOS downloaden", "Get Outlook for iOS", "Verzonden vanuit Mail voor Windows", "Von meinem iPhone gesendet", "Envoyé de mon iPhone",
        "Download Outlook voor Android<https://aka.ms/x>", "Disclaimer: dit bericht is vertrouwelijk",
        "De informatie in dit e-mailbericht is uitsluitend bestemd voor de geadresseerde.",
        "This e-mail and any attachments are confidential and intended solely for the addressee.",
        "Aan dit bericht kunnen geen rechten worden ontleend.", "Please consider the environment before printing this mail.",
    ],
)  # fmt: skip
def test_signatures_and_disclaimers(line: str) -> None:
    """From these lines on nothing is part of an answer."""
    assert begins_signature(line)


@pytest.mark.parametrize(
    "line",
    [
        "Groen", "Groen is mooi", "Groep 8 is klaar", "Grond aangekocht", "Best lastig", "Bestek is klaar", "Dankzij de gemeente is het gelukt", "Bedankt voor de herinnering",
        "Verzonden naar de drukker, mail volgt", "Sent the mailing to all owners", "Thanks to the team we are done", "- punt", "-", "Dit bericht is geplaatst op intranet",
        "Verzonden met PostNL: 40 gidsen", "Verstuurd via de post: de brief", "Sent from the vendor: 3 doors",
        "De informatie staat op de site", "Fijne samenwerking met de gemeente", "Get approval from the board",
    ],
)  # fmt: skip
def test_ordinary_sentences_are_no_signature(line: str) -> None:
    """Words that a closing begins with may begin a sentence, too."""
    assert not begins_signature(line)


@pytest.mark.parametrize(
    "line",
    [
        "[EXTERN]", "[EXTERNAL]", "EXTERNAL EMAIL", "*** EXTERNE E-MAIL ***", "Let op: deze e-mail is afkomstig van buiten de organisatie.",
        "CAUTION: This email originated from outside of the organization. Do not click links.", "This message came from an external sender.",
        "You don't often get email from anna@example.org. Learn why this is important", "U ontvangt niet vaak e-mail van anna@example.org.",
        "Sommige personen die dit bericht hebben ontvangen, ontvangen niet vaak e-mail van anna@example.org.",
        "Klik niet op links en open geen bijlagen van onbekende afzenders.",
        "ACHTUNG: Diese E-Mail stammt von außerhalb der Organisation.", "| Achtung: externe Nachricht von außerhalb!",
        "This message needs your attention", "Mark Safe Report",
    ],
)  # fmt: skip
def test_banners(line: str) -> None:
    """What mail systems write above a mail from outside is known as theirs."""
    assert is_banner(line)


@pytest.mark.parametrize(
    "line",
    [
        "Let op: de externe leverancier levert later",
        "Extern bureau ingehuurd",
        "This message needs your attention before May",
        "Important: external audit in May",
    ],
)
def test_ordinary_sentences_are_no_banner(line: str) -> None:
    """A sentence about something external is an answer."""
    assert not is_banner(line)


def test_greetings() -> None:
    """A line that only greets is no part of an answer; one that goes on is."""
    assert [
        is_greeting(line)
        for line in ("Hoi Jan,", "Beste collega's,", "Dear all", "Goedemorgen!", "Dag allemaal,")
    ] == [True] * 5
    assert [
        is_greeting(line) for line in ("Hallo, A12 is groen", "Beste optie is uitstel.", "Dag 1: start")
    ] == [False] * 3


@given(
    st.lists(
        st.sampled_from(
            [
                "> x",
                "Van: a",
                "Verzonden: b",
                "Aan: c",
                LINE,
                "",
                "A12 groen",
                "_" * 32,
                "Op 5-11-2026 schreef X:",
                "text",
            ]
        )
        | st.text(max_size=20),
        max_size=25,
    )
)
@settings(max_examples=50, deadline=None)
def test_no_line_is_lost(lines: list[str]) -> None:
    """Whatever the text: every word of it is in the top or in the quote."""
    text = "\n".join(lines)
    parts = split_reply(text)
    words = "".join(text.replace(">", "").replace("_", "").split())
    found = "".join((parts.top + parts.quoted).replace(">", "").replace("_", "").split())
    assert sorted(words.strip("-–—*")) == sorted(found.strip("-–—*")) or set("-–—*") & set(words)
