"""Writes the golden mails beside this file: replies in the formats of real mail programs, and what must come of them.

    python tests/golden/mails/build.py

Each case says how the mail is written and what is expected; the mails go to `*.eml`, the expectations to
`expected.toml`. The formats follow mails as those programs send them: their HTML, their headers above a quote, their
encodings. The addresses are made up.
"""

from __future__ import annotations

import base64
import html
import quopri
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ogsm_xl.letters.token import new_token, sentinel

SECRET = b"a secret for golden mails only"
OWNER = "anna.jansen@example.org"
DEPUTY = "bram@example.org"
TOKEN = new_token(bytes(range(1, 9)), OWNER, SECRET)
LANGUAGES = ("nl", "en", "de", "fr")

QUOTED_LINES = f"""{sentinel(TOKEN)}

Beste Anna,

Op donderdag 12 november 2026 is de doensessie. Laat je vóór de sessie even weten hoe het ervoor staat?

ACTIES (2)

Wat we graag van je weten, per actie:
- Wat heb je gedaan?
- Wat ga je de komende periode doen?
- Welke kleur geef je, en waarom?

A12 - Website vernieuwd
    Licht: Groen
    Status: Mee bezig
    Voortgang: 40%
    Laatste verslag: 3 oktober 2026

A13 - Balie verbouwd
    Licht: Onbekend
    Status: Mee bezig
    Voortgang: onbekend
    Laatste verslag: nog geen

INDICATOREN (1)

I4 - Wachttijd
    Licht: Onbekend
    Laatste waarde: 33 maanden
    Streefwaarde: 20 maanden

ZO ANTWOORD JE

   Niets veranderd? Dan is “A12 geen wijzigingen” genoeg. Helemaal klaar? Schrijf “A12 afgerond”.

   A12 groen 40%
   Gedaan:
   Komende periode:
   Nodig:
   Voorstel:

   A13 [kleur] [voortgang]%
   Gedaan:
   Komende periode:
   Nodig:
   Voorstel:

   I4 [waarde] [kleur]
   Gemeten op:
   Toelichting:

2. Werk je regel bij in het werkboek
   Het werkboek staat hier: \\\\server\\plannen\\plan.xlsx

Bedankt voor je tijd!
OGSM

Kenmerk: {TOKEN}""".split("\n")

TOP = [
    "A12 oranje 60%",
    "Wachten op de leverancier: café is klaar, balie volgt.",
    "",
    "A13 afgerond",
    "I4 23,5 groen",
]
EXPECTED_TOP: list[dict[str, object]] = [
    {
        "item": "A12",
        "light": "orange",
        "progress": 60,
        "done": "Wachten op de leverancier: café is klaar, balie volgt.",
    },
    {"item": "A13", "status": "done"},
    {"item": "I4", "light": "green", "value": 23.5},
]
SIGNATURE = ["", "Met vriendelijke groet,", "", "Anna Jansen", "Teamleider | T 010-123 45 67"]


@dataclass(frozen=True)
class Case:
    """One golden mail: its file, its bytes, what must come of it."""

    name: str
    raw: bytes
    outcome: str = "accepted"
    answers: Sequence[Mapping[str, object]] = ()
    problems: int = 0
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Quote:
    """Our mail as a reply quotes it: the lines of its text, and the body of its HTML."""

    lines: Sequence[str]
    html: str


# --- What mail programs write above a quote

HEADERS = {
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp", "donderdag 5 november 2026 09:00"),
    "en": ("From", "Sent", "To", "Subject", "Thursday, November 5, 2026 9:00 AM"),
    "de": ("Von", "Gesendet", "An", "Betreff", "Donnerstag, 5. November 2026 09:00"),
    "fr": ("De", "Envoyé", "À", "Objet", "jeudi 5 novembre 2026 09:00"),
}
SUBJECT = "Uitnodiging: doensessie op donderdag 12 november 2026"
GMAIL = {
    "nl": "Op do 5 nov 2026 om 09:00 schreef OGSM <ogsm@example.org>:",
    "en": "On Thu, Nov 5, 2026 at 9:00 AM OGSM <ogsm@example.org> wrote:",
    "de": "Am Do., 5. Nov. 2026 um 09:00 Uhr schrieb OGSM <ogsm@example.org>:",
    "fr": "Le jeu. 5 nov. 2026 à 09:00, OGSM <ogsm@example.org> a écrit :",
}
APPLE = {
    "nl": "Op 5 nov 2026, om 09:00 heeft OGSM <ogsm@example.org> het volgende geschreven:",
    "en": "On 5 Nov 2026, at 09:00, OGSM <ogsm@example.org> wrote:",
    "de": "Am 05.11.2026 um 09:00 schrieb OGSM <ogsm@example.org>:",
    "fr": "Le 5 nov. 2026 à 09:00, OGSM <ogsm@example.org> a écrit :",
}
THUNDERBIRD = {
    "nl": "Op 5-11-2026 om 09:00 schreef OGSM:",
    "en": "On 05/11/2026 09:00, OGSM wrote:",
    "de": "Am 05.11.26 um 09:00 schrieb OGSM:",
    "fr": "Le 05/11/2026 à 09:00, OGSM a écrit :",
}
IPHONE = {
    "nl": "Verstuurd vanaf mijn iPhone", "en": "Sent from my iPhone", "de": "Von meinem iPhone gesendet", "fr": "Envoyé de mon iPhone",
}  # fmt: skip
OUTLOOK_PHONE = {
    "nl": "Outlook voor iOS downloaden", "en": "Get Outlook for iOS", "de": "Outlook für iOS herunterladen",
    "fr": "Télécharger Outlook pour iOS",
}  # fmt: skip
REPLY_PREFIX = {"nl": "Antw: ", "en": "RE: ", "de": "AW: ", "fr": "TR: "}
GMAIL_FORWARD = "---------- Forwarded message ---------"


def header_block(language: str) -> list[str]:
    """The headers that Outlook puts above a quote, as text."""
    who, when, to, subject, moment = HEADERS[language]
    colon = " :" if language == "fr" else ":"
    return [
        f"{who}{colon} OGSM <ogsm@example.org>",
        f"{when}{colon} {moment}",
        f"{to}{colon} Anna Jansen <{OWNER}>",
        f"{subject}{colon} {SUBJECT}",
    ]


def header_block_html(language: str) -> str:
    """The same, as Outlook's HTML."""
    lines = [html.escape(line) for line in header_block(language)]
    return "<br>".join(f"<b>{line.partition(':')[0]}:</b>{line.partition(':')[2]}" for line in lines)


def quoted_html() -> str:
    """Our mail as a client quotes its HTML: tables, styles rewritten."""
    rows = []
    for line in QUOTED_LINES:
        label, colon, value = line.strip().partition(": ")
        if line.startswith("    ") and colon:
            rows.append(
                f"<tr><td style='padding:2px'>{html.escape(label)}</td><td>{html.escape(value)}</td></tr>"
            )
        elif line.strip():
            rows.append(f"<tr><td colspan=2><p style='margin:0'>{html.escape(line.strip())}</p></td></tr>")
    return (
        "<table border=0 cellspacing=0 cellpadding=0 width='100%'><tbody>\r\n"
        + "\r\n".join(rows)
        + "\r\n</tbody></table>"
    )


# --- Wire forms


def head(
    language: str = "en", *, sender: str = f"Anna Jansen <{OWNER}>", subject: str | None = None, **more: str
) -> list[str]:
    """The headers of a reply."""
    fields = {
        "Return-Path": f"<{OWNER}>",
        "From": sender,
        "To": "OGSM <ogsm@example.org>",
        "Subject": REPLY_PREFIX[language] + SUBJECT if subject is None else subject,
        "Date": "Fri, 6 Nov 2026 14:30:00 +0100",
        "Message-ID": "<reply.1@mail.example.org>",
        "In-Reply-To": "<ogsm.1@example.org>",
        "References": "<ogsm.1@example.org>",
        "MIME-Version": "1.0",
    }
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    return [f"{name}: {value}" for name, value in fields.items() if value]


def part(
    content: str, media_type: str, charset: str = "utf-8", encoding: str = "quoted-printable", extra: str = ""
) -> bytes:
    """One text part."""
    body = content.replace("\r\n", "\n").replace("\n", "\r\n").encode(charset, "replace")
    if encoding == "quoted-printable":
        body = quopri.encodestring(body.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    elif encoding == "base64":
        body = base64.encodebytes(body).replace(b"\n", b"\r\n")
    return (
        f'Content-Type: {media_type}; charset="{charset}"{extra}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'.encode()
        + body
    )


def attached(content: bytes, media_type: str, name: str) -> bytes:
    """One attached file."""
    lines = f'Content-Type: {media_type}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return lines.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")


def multipart(subtype: str, *parts: bytes, extra: str = "", boundary: str = "") -> bytes:
    """Parts put together."""
    boundary = boundary or f"_{subtype}_000_AM9PR07MB7890"
    lines = [f'Content-Type: multipart/{subtype}; boundary="{boundary}"{extra}\r\n\r\n'.encode()]
    lines += [b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in parts]
    return b"".join(lines) + b"--" + boundary.encode() + b"--\r\n"


def mail(headers: list[str], content: bytes) -> bytes:
    """A whole mail."""
    return "\r\n".join(headers).encode() + b"\r\n" + content


def text_reply(top: list[str], *below: str) -> str:
    """A plain-text reply."""
    return "\n".join([*top, "", *below])


def quoted(lines: Sequence[str]) -> list[str]:
    """Lines with a quote mark."""
    return [f"> {line}".rstrip() for line in lines]


# --- Mail programs: (top, language, what they quote) -> a whole mail


def outlook_windows(top: list[str], language: str, quote: Quote) -> bytes:
    """Outlook for Windows: Word's HTML, Latin-1, a border above the header block."""
    paragraphs = "\r\n".join(
        f"<p class=MsoNormal><span style='mso-fareast-language:EN-US'>{html.escape(line) or '&nbsp;'}<o:p></o:p></span></p>"
        for line in top
    )
    page = f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=iso-8859-1"><meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--
/* Font Definitions */
@font-face {{font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}}
p.MsoNormal, li.MsoNormal, div.MsoNormal {{margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}}
--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--></head><body lang=NL link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div class=WordSection1>{paragraphs}
<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>{header_block_html(language)}<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>{quote.html}</div></body></html>"""
    plain = text_reply(top, *header_block(language), "", *quote.lines)
    return mail(
        head(language, X_Mailer="Microsoft Outlook 16.0", Thread_Index="AQHcTnYhQ2Q0", Content_Language="nl"),
        multipart("alternative", part(plain, "text/plain", "cp1252"), part(page, "text/html", "iso-8859-1")),
    )


def owa(top: list[str], language: str, quote: Quote) -> bytes:
    """Outlook on the web: one div a line, appendonsend, a rule, divRplyFwdMsg."""
    divs = "".join(
        f'<div class="elementToProof" style="font-family: Aptos, Calibri, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);">{html.escape(line) or "<br>"}</div>'
        for line in top
    )
    page = f"""<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style type="text/css" style="display:none;"> P {{margin-top:0;margin-bottom:0;}} </style>
</head><body dir="ltr">{divs}
<div id="appendonsend"></div>
<hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">{header_block_html(language)}</font>
<div>&nbsp;</div></div>
<div>{quote.html}</div></body></html>"""
    plain = text_reply(top, "_" * 32, *header_block(language), "", *quote.lines)
    return mail(
        head(language, X_MS_Has_Attach="", Accept_Language="nl-NL, en-US"),
        multipart(
            "alternative",
            part(plain, "text/plain", encoding="base64"),
            part(page, "text/html", encoding="base64"),
        ),
    )


def new_outlook(top: list[str], language: str, quote: Quote) -> bytes:
    """The new Outlook: no classes at all, the quote in a container."""
    divs = "".join(
        f'<div style="font-family: Aptos, sans-serif;">{html.escape(line) or "<br>"}</div>' for line in top
    )
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>{divs}
<div id="mail-editor-reference-message-container"><div><hr style="display: inline-block; width: 98%;"></div>
<div dir="ltr">{header_block_html(language)}</div><div><br></div>{quote.html}</div></body></html>"""
    return mail(head(language), part(page, "text/html"))


def outlook_phone(top: list[str], language: str, quote: Quote) -> bytes:
    """Outlook on a phone, with its own signature."""
    divs = "".join(f'<div dir="ltr">{html.escape(line) or "<br>"}</div>' for line in top)
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>{divs}
<div id="ms-outlook-mobile-body-separator-line" dir="ltr"><br></div>
<div id="ms-outlook-mobile-signature" dir="ltr"><a href="https://aka.ms/o0ukef">{OUTLOOK_PHONE[language]}</a></div>
<div id="mail-editor-reference-message-container" dir="ltr"><hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">{header_block_html(language)}</font></div>{quote.html}</div></body></html>"""
    return mail(
        head(language),
        multipart(
            "alternative",
            part(text_reply(top, "_" * 32, *header_block(language)), "text/plain"),
            part(page, "text/html"),
        ),
    )


def gmail(top: list[str], language: str, quote: Quote) -> bytes:
    """Gmail on the web."""
    divs = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in top[1:])
    attribution = html.escape(GMAIL[language]).replace(
        "ogsm@example.org", '<a href="mailto:ogsm@example.org">ogsm@example.org</a>'
    )
    page = f"""<div dir="ltr">{html.escape(top[0])}{divs}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{attribution}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">{quote.html}</blockquote></div>"""
    plain = text_reply(top, GMAIL[language], "", *quoted(quote.lines))
    return mail(
        head(language),
        multipart(
            "alternative",
            part(plain, "text/plain"),
            part(page, "text/html"),
            boundary="000000000000a1b2c306423d5e7f",
        ),
    )


def gmail_phone(top: list[str], language: str, quote: Quote) -> bytes:
    """Gmail on a phone."""
    divs = "".join(f'<div dir="auto">{html.escape(line) or "<br>"}</div>' for line in top)
    page = f"""<div dir="auto">{divs}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{html.escape(GMAIL[language])}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">{quote.html}</blockquote></div>"""
    return mail(
        head(language),
        multipart(
            "alternative",
            part(text_reply(top, GMAIL[language], "", *quoted(quote.lines)), "text/plain", encoding="base64"),
            part(page, "text/html", encoding="base64"),
        ),
    )


def apple_mac(top: list[str], language: str, quote: Quote) -> bytes:
    """Apple Mail on a Mac."""
    divs = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in top)
    page = f"""<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">{divs}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>{html.escape(APPLE[language])}</div><br class="Apple-interchange-newline"><div>{quote.html}</div></blockquote></div><br></body></html>"""
    plain = text_reply(top, "", *quoted([APPLE[language], "", *quote.lines]))
    return mail(
        head(language, X_Mailer="Apple Mail (2.3826.200.121)"),
        multipart(
            "alternative",
            part(plain, "text/plain"),
            part(page, "text/html"),
            boundary="Apple-Mail=_7D1F0B2E-1111-4A4B-9C0D-3F2A1B0C9D8E",
        ),
    )


def apple_iphone(top: list[str], language: str, quote: Quote) -> bytes:
    """Mail on an iPhone."""
    page = f"""<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">{"<br>".join(map(html.escape, top))}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{IPHONE[language]}</div><div dir="ltr"><br><blockquote type="cite">{html.escape(APPLE[language])}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">{quote.html}</div></blockquote></body></html>"""
    return mail(
        head(language, X_Mailer="iPhone Mail (22B91)", References=""),
        multipart(
            "alternative",
            part(
                text_reply([*top, IPHONE[language]], *quoted([APPLE[language], "", *quote.lines])),
                "text/plain",
            ),
            part(page, "text/html"),
            boundary="Apple-Mail-5A1B",
        ),
    )


def thunderbird_text(top: list[str], language: str, quote: Quote) -> bytes:
    """Thunderbird, plain text, format=flowed."""
    flowed = [f"{line[:40]}\r\n{line[40:]}" if len(line) > 44 and line[39] == " " else line for line in top]
    plain = text_reply(flowed, THUNDERBIRD[language], *quoted(quote.lines))
    return mail(
        head(language, User_Agent="Mozilla Thunderbird"),
        part(plain, "text/plain", encoding="8bit", extra="; format=flowed"),
    )


def thunderbird_html(top: list[str], language: str, quote: Quote) -> bytes:
    """Thunderbird, HTML."""
    page = f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>
    <p>{"<br>".join(map(html.escape, top))}</p><p><br></p>
    <div class="moz-cite-prefix">{html.escape(THUNDERBIRD[language])}<br></div>
    <blockquote type="cite" cite="mid:ogsm.1@example.org"><meta http-equiv="content-type" content="text/html; charset=UTF-8">{quote.html}</blockquote></body></html>"""
    return mail(head(language, User_Agent="Mozilla Thunderbird"), part(page, "text/html", encoding="8bit"))


CLIENTS: dict[str, Callable[[list[str], str, Quote], bytes]] = {
    "outlook-windows": outlook_windows,
    "outlook-web": owa,
    "outlook-new": new_outlook,
    "outlook-phone": outlook_phone,
    "gmail-web": gmail,
    "gmail-phone": gmail_phone,
    "apple-mac": apple_mac,
    "apple-iphone": apple_iphone,
    "thunderbird-text": thunderbird_text,
    "thunderbird-html": thunderbird_html,
}


# --- The cases


def top_posted() -> Iterator[Case]:
    """Answered above the quote, by every program in every language."""
    for client, reply in CLIENTS.items():
        for language in LANGUAGES:
            signature = SIGNATURE if language == "nl" else []
            yield Case(
                f"{client}-{language}-top",
                reply([*TOP, *signature], language, Quote(QUOTED_LINES, quoted_html())),
                answers=EXPECTED_TOP,
            )


def elsewhere() -> Iterator[Case]:
    """Answered below the quote, between its lines, or filled in."""
    at_end = [*quoted(QUOTED_LINES), "", *TOP, *SIGNATURE]
    yield Case(
        "thunderbird-nl-bottom",
        mail(head(), part("\n".join([THUNDERBIRD["nl"], *at_end]), "text/plain")),
        answers=EXPECTED_TOP,
    )
    yield Case(
        "gmail-en-bottom",
        mail(head(), part("\n".join([GMAIL["en"], "", *at_end]), "text/plain")),
        answers=EXPECTED_TOP,
    )
    block = html.escape("\n".join(TOP)).replace("\n", "<br>")
    page = f'<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{html.escape(GMAIL["nl"])}</div><blockquote class="gmail_quote" style="border-left:1px solid #ccc">{quoted_html()}</blockquote></div><div>{block}</div></div>'
    yield Case("gmail-nl-bottom-html", mail(head(), part(page, "text/html")), answers=EXPECTED_TOP)

    between: list[str] = []
    for line in QUOTED_LINES:
        between.append(f"> {line}".rstrip())
        if line.startswith("A12 - "):
            between += ["", "oranje 60%, wachten op de leverancier", ""]
        if line.startswith("    Laatste verslag: nog geen"):
            between += ["", "afgerond"]
    expected: list[dict[str, object]] = [
        {"item": "A12", "light": "orange", "progress": 60, "done": "wachten op de leverancier"},
        {"item": "A13", "status": "done"},
    ]
    yield Case(
        "thunderbird-nl-between",
        mail(head(), part("\n".join([THUNDERBIRD["nl"], *between]), "text/plain")),
        answers=expected,
    )
    pieces = quoted_html().partition("<tr><td colspan=2><p style='margin:0'>A13")
    page = f'<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">{html.escape(GMAIL["fr"])}</div><blockquote class="gmail_quote" style="border-left:1px solid #ccc">{pieces[0]}</table></blockquote><div>rood 20%, geen budget</div><blockquote class="gmail_quote" style="border-left:1px solid #ccc"><table>{pieces[1]}{pieces[2]}</blockquote></div></div>'
    yield Case(
        "gmail-fr-between-html",
        mail(head(), part(page, "text/html")),
        answers=[{"item": "A12", "light": "red", "progress": 20, "done": "geen budget"}],
    )

    filled = "\n".join(QUOTED_LINES).replace(
        "A12 groen 40%\n   Gedaan:", "A12 oranje 60%\n   Gedaan: café klaar"
    )
    filled_in: list[dict[str, object]] = [
        {"item": "A12", "light": "orange", "progress": 60, "done": "café klaar"}
    ]
    outlook = "\n".join(["Zie hieronder.", "", *header_block("nl"), "", filled])
    yield Case(
        "outlook-windows-nl-filled-in", mail(head("nl"), part(outlook, "text/plain")), answers=filled_in
    )
    apple = "\n".join(quoted([APPLE["nl"], "", *filled.split("\n")]))
    yield Case("apple-iphone-nl-filled-in", mail(head("nl"), part(apple, "text/plain")), answers=filled_in)

    coloured = "\n".join(["Zie onder in rood.", "", *header_block("nl"), "", *QUOTED_LINES]).replace(
        "A12 - Website vernieuwd", "A12 - Website vernieuwd: oranje 60%"
    )
    yield Case(
        "outlook-windows-nl-between",
        mail(head("nl"), part(coloured, "text/plain")),
        "review",
        reason="Boven de regel staat geen antwoord",
        note="what we sent is not known here, so what was written into it can't be told apart",
    )


def forms_of_text() -> Iterator[Case]:
    """Charsets, encodings, wrappers."""
    euro = ["A12 oranje 60%", "Kosten: € 3.000 – café “De Brug” naïef geschat"]
    expected: list[dict[str, object]] = [{"item": "A12", "light": "orange", "progress": 60, "done": euro[1]}]
    below = [*header_block("nl"), "", *QUOTED_LINES[:1]]
    for charset, encoding in (
        ("utf-8", "8bit"),
        ("utf-8", "base64"),
        ("cp1252", "quoted-printable"),
        ("utf-16", "base64"),
    ):
        yield Case(
            f"charset-{charset}-{encoding}",
            mail(head(), part(text_reply(euro, *below), "text/plain", charset, encoding)),
            answers=expected,
        )
    plain = ["A12 oranje 60%", "Kosten: € 3.000, café naïef geschat"]
    latin: list[dict[str, object]] = [{"item": "A12", "light": "orange", "progress": 60, "done": plain[1]}]
    yield Case(
        "charset-iso-8859-15",
        mail(head(), part(text_reply(plain, *below).replace("—", "-"), "text/plain", "iso-8859-15")),
        answers=latin,
    )
    utf8 = part(text_reply(plain, *below), "text/plain", encoding="8bit")
    yield Case(
        "charset-unknown", mail(head(), utf8.replace(b'"utf-8"', b'"x-user-defined-7"')), answers=latin
    )
    cp1252 = part(text_reply(plain, *below).replace("—", "-"), "text/plain", "cp1252", "8bit")
    yield Case(
        "charset-declared-wrongly", mail(head(), cp1252.replace(b'"cp1252"', b'"utf-8"')), answers=latin
    )
    yield Case(
        "charset-none-declared",
        mail(head(), utf8.partition(b"\r\n\r\n")[2].join((b"\r\n", b""))),
        answers=latin,
    )
    signed = multipart(
        "signed", part(text_reply(TOP, *below), "text/plain"), attached(b"0\x82\x0f\x00", "application/pkcs7-signature", "smime.p7s"),
        extra='; protocol="application/pkcs7-signature"; micalg=sha-256',
    )  # fmt: skip
    yield Case("signed", mail(head(), signed), answers=EXPECTED_TOP)
    sealed = attached(b"0\x82\x0f\x00" * 40, "application/pkcs7-mime", "smime.p7m")
    yield Case(
        "encrypted",
        mail(head(subject=f"RE: {TOKEN}"), sealed),
        "review",
        reason="De mail is versleuteld",
    )
    tnef = attached(b"\x78\x9f\x3e\x22" * 40, "application/ms-tnef", "winmail.dat")
    both = multipart("mixed", part(text_reply(TOP, *below), "text/plain"), tnef)
    yield Case("winmail-with-text", mail(head(), both), answers=EXPECTED_TOP, problems=1)
    empty = multipart("mixed", part("\n", "text/plain"), tnef)
    yield Case(
        "winmail-alone",
        mail(head(subject=f"RE: {TOKEN}"), empty),
        "review",
        reason="De bijlagen zitten in een winmail.dat",
    )
    form = attached(
        b"PK\x03\x04 not read here",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "formulier.xlsx",
    )
    with_form = multipart("mixed", part(text_reply(["Hierbij het formulier."], *below), "text/plain"), form)
    yield Case("form-attached", mail(head(), with_form), note="forms: formulier.xlsx")
    safe = f"https://eur05.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fplan&data=05%7C02%7C{OWNER}&sdata=x&reserved=0"
    yield Case(
        "safe-link",
        mail(head(), part(text_reply(["A12 groen 70%", f"Zie {safe}"], *below), "text/plain")),
        answers=[{"item": "A12", "light": "green", "progress": 70, "done": "Zie https://example.org/plan"}],
    )
    banner = [
        "[EXTERN] Let op: deze e-mail komt van buiten de organisatie. Klik niet op links van onbekende afzenders.",
        "",
        *TOP,
    ]
    disclaimer = [
        "",
        "De informatie in dit e-mailbericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.",
    ]
    yield Case(
        "banner-and-disclaimer",
        mail(head(), part(text_reply([*banner, *disclaimer], *below), "text/plain")),
        answers=EXPECTED_TOP,
    )
    wrapped = text_reply(
        TOP,
        "Am Freitag schrieb wer:",
        "### OGSM-REF:",
        f"{TOKEN[:17]}",
        f"{TOKEN[17:]} — antwoord boven",
        "deze regel ###",
    )
    yield Case("sentinel-wrapped", mail(head(), part(wrapped, "text/plain")), answers=EXPECTED_TOP)
    body = "\n".join(["A12 groen 70%", "Gedaan: formulier ingevuld", "", "", sentinel(TOKEN)])
    started = head(subject=f"OGSM-REF: {TOKEN} A12", In_Reply_To="", References="")
    yield Case(
        "from-our-link",
        mail(started, part(body, "text/plain")),
        answers=[{"item": "A12", "light": "green", "progress": 70, "done": "formulier ingevuld"}],
    )


def in_a_hurry() -> Iterator[Case]:
    """Short answers: about everything that was asked, several on a line, what is not so, and what may be one."""
    below = [*header_block("nl"), "", *QUOTED_LINES]

    def said(name: str, lines: Sequence[str], *answers: Mapping[str, object], problems: int = 0) -> Case:
        raw = mail(head(), part(text_reply([*lines], *below), "text/plain"))
        return Case(name, raw, answers=answers, problems=problems)

    yield said(
        "no-change-without-id",
        ["Geen wijzigingen.", "", "Groet, Anna"],
        *({"item": item, "no_change": True} for item in ("A12", "A13", "I4")),
    )
    yield said(
        "several-on-a-line",
        ["A12 groen 70%, A13 rood want de vloer is kapot. I4 23,5"],
        {"item": "A12", "light": "green", "progress": 70},
        {"item": "A13", "light": "red", "done": "want de vloer is kapot"},
        {"item": "I4", "value": 23.5},
    )
    yield said(
        "denied-and-excepted",
        ["A12 niet groen maar oranje", "A13 geen wijzigingen, behalve 50%"],
        {"item": "A12", "light": "orange"},
        {"item": "A13", "progress": 50},
    )
    yield said(
        "nothing-behind-headings",
        ["A12 groen", "Nodig: -", "Voorstel: geen"],
        {"item": "A12", "light": "green", "needed": "-", "proposal": "geen"},
    )
    yield said(
        "sentence-like-an-answer",
        ["A12 klaar: het ontwerp"],
        {"item": "A12", "done": "klaar: het ontwerp"},
        problems=1,
    )


def own_marks() -> Iterator[Case]:
    """What the author indented, quoted or wrote like a mail program does, above our quoted mail."""
    below = [*header_block("nl"), "", *QUOTED_LINES]

    def answered(done: str = "", **more: str) -> dict[str, object]:
        return {"item": "A13", "status": "done", **({"done": done} if done else {}), **more}

    def said(name: str, lines: Sequence[str], *answers: Mapping[str, object], problems: int = 0) -> Case:
        raw = mail(head(), part(text_reply([*lines], *below), "text/plain"))
        return Case(name, raw, answers=answers, problems=problems)

    indented = ["A13 afgerond", "> hout komt vrijdag", "Nodig: geld"]
    yield said("mark-above-outlook", indented, answered("hout komt vrijdag", needed="geld"))
    groupwise = [">>> OGSM <ogsm@example.org> 05-11-26 09:00 >>>", *QUOTED_LINES]
    yield Case(
        "groupwise-top",
        mail(head(), part(text_reply(["A13 afgerond"], *groupwise), "text/plain")),
        answers=[answered()],
    )
    yield Case(
        "groupwise-nothing",
        mail(head(), part(text_reply(["Volgt morgen."], *groupwise), "text/plain")),
        "review",
        reason="Er is geen antwoord",
    )
    marked = [GMAIL["nl"], "", *quoted(QUOTED_LINES)]
    yield Case(
        "mark-above-gmail",
        mail(head(), part(text_reply(indented, *marked), "text/plain")),
        answers=[answered("hout komt vrijdag", needed="geld")],
    )
    for name, wrapped in {
        "nl": "Op do 5 nov 2026 om 09:00 schreef OGSM Woningstichting Thuis in de Stad <\nogsm@example.org>:",
        "nl-name": "Op 5-11-2026 om 09:00 schreef OGSM Woningstichting Thuis in de Stad via\nde planmailbox:",
        "de": "Am Do., 5. Nov. 2026 um 09:00 Uhr schrieb OGSM Woningstichting Thuis <\nogsm@example.org>:",
    }.items():
        text = text_reply(["A13 afgerond"], wrapped, "", *quoted(QUOTED_LINES))
        yield Case(
            f"attribution-wrapped-{name}", mail(head(), part(text, "text/plain")), answers=[answered()]
        )

    def page(name: str, html_page: str, *answers: Mapping[str, object]) -> Case:
        return Case(name, mail(head(), part(html_page, "text/html")), answers=answers)

    def indent(attributes: str = "") -> str:
        return f"<div>A13 afgerond</div><blockquote {attributes}><div>balie is open</div></blockquote><div>Nodig: geld</div>"

    expected = answered("balie is open", needed="geld")
    outlook_quote = f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{header_block_html("nl")}<div>&nbsp;</div></div>{quoted_html()}'
    yield page(
        "outlook-web-indented",
        f"<html><body>{indent('style=margin-top:0;margin-bottom:0')}{outlook_quote}</body></html>",
        expected,
    )
    rule = "border:none;border-top:solid #E1E1E1 1.0pt"
    word_quote = f"<div><div style='{rule}'><p class=MsoNormal>{header_block_html('nl')}</p></div></div><p>&nbsp;</p>{quoted_html()}"
    yield page(
        "outlook-windows-indented",
        f"<html><body>{indent('style=margin-top:5.0pt;margin-bottom:5.0pt')}{word_quote}</body></html>",
        expected,
    )
    yield page(
        "thunderbird-indented",
        f'<html><body>{indent()}<div class="moz-cite-prefix">{html.escape(THUNDERBIRD["nl"])}<br></div><blockquote type="cite">{quoted_html()}</blockquote></body></html>',
        expected,
    )
    gmail_block = 'class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex"'
    yield page(
        "gmail-quoted-a-colleague",
        f'<div dir="ltr">{indent(gmail_block)}</div><br><div class="gmail_quote"><div class="gmail_attr">{html.escape(GMAIL["nl"])}<br></div><blockquote {gmail_block}>{quoted_html()}</blockquote></div>',
        expected,
    )
    samsung = "<div>-------- Oorspronkelijk bericht --------</div><div>Van: OGSM &lt;ogsm@example.org&gt;</div><div>Datum: 05-11-2026 09:00</div><div>Aan: Anna</div><div><br></div>"
    yield page(
        "samsung-quoted-a-colleague",
        f"<html><body>{indent('type=cite')}{samsung}{quoted_html()}</body></html>",
        expected,
    )
    yield said(
        "lines-like-headers",
        ["A13 afgerond", "Aan: Piet overgedragen", "Belang: hoog", "Nodig: geld"],
        answered("Aan: Piet overgedragen\nBelang: hoog", needed="geld"),
    )
    yield said(
        "progress-from-and-to",
        ["A13 afgerond", "Van: 40%", "Naar: 60%", "Nodig: geld"],
        answered("Van: 40%\nNaar: 60%", needed="geld"),
    )
    cell = "<td style='border:none;border-top:solid #4472C4 1.0pt'><p class=MsoNormal>{}</p></td>"
    table = f"<table><tr>{cell.format('A12')}{cell.format('oranje 60%')}</tr><tr>{cell.format('A13')}{cell.format('afgerond')}</tr></table>"
    yield page(
        "table-with-lines",
        f"<html><body>{table}{word_quote}</body></html>",
        {"item": "A12", "light": "orange", "progress": 60},
        answered(),
    )


def signatures() -> Iterator[Case]:
    """What stands below what looks like a signature, and what looks like an answer in one."""
    below = [*header_block("nl"), "", *QUOTED_LINES]
    orange: dict[str, object] = {"item": "A12", "light": "orange", "progress": 60}

    def said(name: str, lines: Sequence[str], *answers: Mapping[str, object], problems: int = 0) -> Case:
        raw = mail(head(), part(text_reply(["A12 oranje 60%", *lines], *below), "text/plain"))
        return Case(name, raw, answers=answers, problems=problems)

    texts = {"done": "gids", "needed": "geld"}
    for name, line in {"dashes": "------------", "underscores": "_________", "dash": "—"}.items():
        yield said(f"rule-of-{name}-in-answer", [line, "Gedaan: gids", "Nodig: geld"], {**orange, **texts})
    yield said(
        "sent-with-is-an-answer",
        ["Verzonden met PostNL: 40 gidsen", "Nodig: geld"],
        {**orange, "done": "Verzonden met PostNL: 40 gidsen", "needed": "geld"},
    )
    yield said("label-below-closing", ["", "Groet, Anna", "", "Nodig: budget van het MT"], orange, problems=1)
    yield said("room-in-signature", [*SIGNATURE, "A13 | Kamer 4.12", "Stationsplein 1"], orange, problems=1)
    yield said("motorway-in-signature", [*SIGNATURE, "A13 afslag 9"], orange, problems=1)
    yield said("company-in-disclaimer", ["Groet", "Anna", "A13 B.V. is ingeschreven"], orange, problems=1)
    yield said(
        "values-below-closing", ["", "Groet, Anna", "A13 afgerond"], orange, {"item": "A13", "status": "done"}
    )
    phone = f"""<html><body><div>A12 oranje 60%</div><div id="ms-outlook-mobile-signature">{OUTLOOK_PHONE["nl"]}</div><div>Portaal getest</div><div>Nodig: geld</div><div>A13 afgerond</div><hr><div id="divRplyFwdMsg">{header_block_html("nl")}</div>{quoted_html()}</body></html>"""
    yield Case(
        "answer-below-phone-signature",
        mail(head(), part(phone, "text/html")),
        answers=[{**orange, "done": "Portaal getest", "needed": "geld"}, {"item": "A13", "status": "done"}],
    )
    anchored = f"""<html><body><p class=MsoNormal>A12 oranje 60%</p><p class=MsoNormal><a name="_MailAutoSig">Anna Jansen</a></p><p class=MsoNormal>Teamleider</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>{header_block_html("nl")}</p></div></div>{quoted_html()}</body></html>"""
    yield Case("outlook-signature-anchor", mail(head(), part(anchored, "text/html")), answers=[orange])
    yield said("picture-in-signature", ["", "[cid:image001.png@01DC4E76.2A7B1C40]"], orange)
    for name, banner in {
        "german": "ACHTUNG: Diese E-Mail stammt von außerhalb der Organisation.",
        "attention": "This message needs your attention",
    }.items():
        text = text_reply([banner, "", "A12 oranje 60%"], *below)
        yield Case(f"banner-{name}", mail(head(), part(text, "text/plain")), answers=[orange])


def in_the_subject() -> Iterator[Case]:
    """Answered in the subject: its author hears of it."""
    below = [*header_block("nl"), "", *QUOTED_LINES]
    yield Case(
        "subject-alone",
        mail(head(subject="A12 oranje 60%"), part(text_reply([""], *below), "text/plain")),
        "review",
        reason="“A12 oranje 60%” staat in het onderwerp",
    )
    yield Case(
        "subject-and-text",
        mail(
            head(subject=f"A12 oranje 60%, RE: {SUBJECT}"),
            part(text_reply(["A13 afgerond"], *below), "text/plain"),
        ),
        answers=[{"item": "A13", "status": "done"}],
        problems=1,
    )


def whose() -> Iterator[Case]:
    """Who answers."""
    below = [*header_block("nl"), "", *QUOTED_LINES]
    yield Case(
        "from-deputy",
        mail(head(sender=f"Bram <{DEPUTY}>"), part(text_reply(TOP, *below), "text/plain")),
        answers=EXPECTED_TOP,
    )
    yield Case(
        "from-somebody-else",
        mail(head(sender="Carla <carla@example.org>"), part(text_reply(TOP, *below), "text/plain")),
        "review",
        reason="De mail komt van carla@example.org",
    )
    begin = [
        "Ter info",
        "",
        GMAIL_FORWARD,
        "Van: Anna Jansen <anna.jansen@example.org>",
        "Date: vr 6 nov 2026 14:30",
        "Subject: Re: Uitnodiging",
        "To: Bram",
        "",
    ]
    forwarded = "\n".join([*begin, *TOP, "", *quoted(QUOTED_LINES)])
    yield Case(
        "forwarded-by-somebody-else",
        mail(head(sender="Carla <carla@example.org>"), part(forwarded, "text/plain")),
        "review",
        reason="De mail komt van carla@example.org",
    )
    forwarded = "\n".join([*begin[2:], *TOP, "", *quoted(QUOTED_LINES)])
    yield Case(
        "forwarded-by-deputy",
        mail(head(sender=f"Bram <{DEPUTY}>"), part(forwarded, "text/plain")),
        "review",
        reason="De mail is doorgestuurd",
    )
    yield Case(
        "no-token-but-answers-ours",
        mail(head(), part("\n".join(TOP), "text/plain")),
        answers=EXPECTED_TOP,
        note="tied by In-Reply-To",
    )
    loose = head(In_Reply_To="", References="")
    yield Case(
        "no-token-at-all",
        mail(loose, part("\n".join(TOP), "text/plain")),
        "review",
        reason="De mail is niet te koppelen",
    )
    changed = "\n".join([*TOP, "", *QUOTED_LINES]).replace(
        TOKEN, TOKEN[:-1] + ("0" if TOKEN[-1] != "0" else "1")
    )
    yield Case("token-changed", mail(head(), part(changed, "text/plain")), "review", reason="Het kenmerk")
    strangers = mail(
        head(sender=f'"{OWNER}" <mallory@evil.example>'), part(text_reply(TOP, *below), "text/plain")
    )
    yield Case("sender-in-the-name", strangers, "review", reason="De mail komt van mallory@evil.example")
    twice = [*head(), "From: Mallory <mallory@evil.example>"]
    yield Case(
        "two-senders",
        mail(twice, part(text_reply(TOP, *below), "text/plain")),
        "review",
        reason="De mail noemt niet precies één afzender",
    )
    yield Case(
        "not-asked",
        mail(head(), part(text_reply(["A12 groen", "A99 rood"], *below), "text/plain")),
        answers=[{"item": "A12", "light": "green"}],
        problems=1,
    )
    yield Case(
        "contradiction",
        mail(head(), part(text_reply(["A12 groen", "A12 rood", "A13 afgerond"], *below), "text/plain")),
        answers=[{"item": "A13", "status": "done"}],
        problems=1,
    )
    yield Case(
        "thanks-only",
        mail(
            head(),
            part(text_reply(["Dank, ik kijk er morgen naar.", "", "Groet, Anna"], *below), "text/plain"),
        ),
        "review",
        reason="Er is geen antwoord",
    )


def nobody_wrote() -> Iterator[Case]:
    """Mail that is no answer."""
    below = text_reply(["Ik ben er niet tot 16 november.", ""], *quoted(QUOTED_LINES[:1]))
    yield Case(
        "out-of-office-exchange",
        mail(
            head(
                subject="Automatisch antwoord: Uitnodiging",
                Auto_Submitted="auto-replied",
                X_Auto_Response_Suppress="All",
            ),
            part(below, "text/plain"),
        ),
        "out_of_office",
    )
    yield Case(
        "out-of-office-gmail",
        mail(
            head(subject="Afwezig tot 16 november Re: Uitnodiging", Precedence="bulk", X_Autoreply="yes"),
            part(below, "text/plain"),
        ),
        "out_of_office",
    )
    yield Case(
        "out-of-office-german",
        mail(head(subject="Automatische Antwort: Uitnodiging"), part(below, "text/plain")),
        "out_of_office",
    )
    notice = part("Delivery has failed to these recipients:\n\nanna.jansen@example.org", "text/plain")
    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;AM9PR07MB7890.eurprd07.prod.outlook.com\r\n\r\nFinal-Recipient: rfc822;anna.jansen@example.org\r\nAction: %b\r\nStatus: 5.1.10\r\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound\r\n"
    original = (
        b"Content-Type: message/rfc822\r\n\r\nFrom: ogsm@example.org\r\nSubject: Uitnodiging\r\n\r\n"
        + "\r\n".join(QUOTED_LINES).encode()
    )
    system = "postmaster@example.org"
    for action, outcome in ((b"failed", "bounce"), (b"delayed", "delivery_notice")):
        report = multipart("report", notice, status % action, original, extra="; report-type=delivery-status")
        yield Case(
            f"{outcome.replace('_', '-')}-exchange",
            mail(head(sender=system, subject="Onbestelbaar: Uitnodiging", Return_Path="<>"), report),
            outcome,
        )
    plain = part(
        "This message was created automatically by mail delivery software.\n\n  anna.jansen@example.org\n",
        "text/plain",
    )
    yield Case(
        "bounce-exim",
        mail(
            head(
                sender="Mail Delivery System <Mailer-Daemon@mx.example.org>",
                subject="Mail delivery failed: returning message to sender",
                X_Failed_Recipients=OWNER,
                Auto_Submitted="auto-replied",
            ),
            plain,
        ),
        "bounce",
    )
    qmail = part(
        "Hi. This is the qmail-send program at example.org.\n<anna.jansen@example.org>:\nSorry, no mailbox here by that name.\n",
        "text/plain",
    )
    yield Case(
        "bounce-qmail",
        mail(head(sender="MAILER-DAEMON@example.org", subject="failure notice", Return_Path="<>"), qmail),
        "bounce",
    )
    calendar = b"Content-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:anna.jansen@example.org\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    yield Case(
        "meeting-accepted",
        mail(
            head(subject="Geaccepteerd: Doensessie"),
            multipart("alternative", part("\n", "text/plain"), calendar),
        ),
        "meeting_response",
    )
    receipt = multipart(
        "report",
        part("Your message was read on Friday.", "text/plain"),
        b"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;anna.jansen@example.org\r\nDisposition: automatic-action/MDN-sent-automatically; displayed\r\n",
        extra="; report-type=disposition-notification",
    )
    yield Case("read-receipt", mail(head(subject="Gelezen: Uitnodiging"), receipt), "read_receipt")
    yield Case(
        "newsletter",
        mail(
            head(
                sender="Nieuws <nieuws@example.net>",
                subject="Nieuwsbrief",
                List_Unsubscribe="<https://example.net/u>",
                Precedence="bulk",
            ),
            part("Lees meer: A12 oranje 60%", "text/plain"),
        ),
        "bulk",
    )
    yield Case(
        "own-mail",
        mail(
            head(sender="OGSM <ogsm@example.org>", subject=SUBJECT, X_OGSM_XL="0102"),
            part("\n".join(QUOTED_LINES), "text/plain"),
        ),
        "own_mail",
    )


def every_case() -> list[Case]:
    """All of them."""
    return [
        *top_posted(),
        *elsewhere(),
        *forms_of_text(),
        *in_a_hurry(),
        *own_marks(),
        *signatures(),
        *in_the_subject(),
        *whose(),
        *nobody_wrote(),
    ]


def _toml(case: Case) -> str:
    lines = [f'["{case.name}"]', f'outcome = "{case.outcome}"']
    if case.note:
        lines.append(f'note = "{case.note}"')
    if case.reason:
        lines.append(f'reason = "{case.reason}"')
    if case.problems:
        lines.append(f"problems = {case.problems}")
    if case.answers:
        lines.append("answers = [")
        for answer in case.answers:
            written = ", ".join(f"{name} = {_value(value)}" for name, value in answer.items())
            lines.append(f"    {{ {written} }},")
        lines.append("]")
    return "\n".join(lines)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return (
        '"' + str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        if isinstance(value, str)
        else str(value)
    )


def main() -> None:
    """Write the mails and the expectations."""
    here = Path(__file__).parent
    for old in here.glob("*.eml"):
        old.unlink()
    cases = every_case()
    for case in cases:
        (here / f"{case.name}.eml").write_bytes(case.raw)
    head_line = "# What must come of each golden mail. Written by build.py; read it beside the mail.\n\n"
    (here / "expected.toml").write_text(
        head_line + "\n\n".join(map(_toml, cases)) + "\n", encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
