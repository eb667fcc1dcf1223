"""The top of a reply apart from what it quotes, and the text of its author apart from signature, banner and disclaimer.

What the author wrote is looked for in three places: above the quote; on unmarked lines between or below quoted lines
(`> `); and, filled in, below our own line in the quoted mail. `split_reply` tells the three apart; it decides nothing
about what the lines mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ogsm_xl.letters.html_text import QUOTE_RULE
from ogsm_xl.letters.reply_labels import is_blank_label
from ogsm_xl.letters.token import SENTINEL

_MARKS = re.compile(r"^(?:[ \t]*>)+ ?")

_FROM = r"From|Van|Von|De|Expéditeur|Afzender|Absender"
_WHEN = r"Sent|Date|Verzonden|Verstuurd|Datum|Gesendet|Envoyé|Envoyé le|Date d'envoi"
_OTHER = r"To|Aan|An|À|Cc|CC|Kopie|Subject|Onderwerp|Betreff|Objet|Reply-To|Beantwoorden|Antwort an|Antwoord aan|Répondre à|Importance|Belang"
_HEADER_LINE = re.compile(
    rf"[*_ ]{{0,4}}(?:(?P<from>{_FROM})|(?P<when>{_WHEN})|{_OTHER})[*_ ]{{0,4}}\s?:", re.IGNORECASE
)
_HEADERS_ON_ONE_LINE = re.compile(
    rf"\b(?:{_WHEN})\s?:.{{0,200}}\b(?:To|Aan|An|À|Subject|Onderwerp|Betreff|Objet)\s?:"
)
_HEADER_BLOCK = 8  # lines in which sender, moment and at least one more are named
_FEWEST_HEADERS = 3

_WROTE = re.compile(
    r"(?:schreef|heeft .{0,80}geschreven|wrote|schrieb|a écrit|écrit|escribió|ha scritto|skrev|napisał|escreveu)"
    r"[^\n]{0,160}?\s?:?\s*$",
    re.IGNORECASE,
)
_LONGEST_ATTRIBUTION = 3  # lines that one is wrapped over
_SENTENCE_ENDS = (".", "!", "?", ":", ";")
_ON_DAY = re.compile(r"(?:Op|On|Am|Le|El|Il|Den|Em|Dnia|W dniu)\b[^\n]{0,200}\d", re.IGNORECASE)
_ON_DAY_OR_MAIL = re.compile(r"\d{1,2}[:.]\d{2}|\d{4}|@|&lt;|<")
_ORIGINAL = re.compile(
    r"[-_—– ]{2,}\s*(?:Original Message|Oorspronkelijk bericht|Oorspronkelijke bericht|Origineel bericht|"
    r"Ursprüngliche Nachricht|Originalnachricht|Message d'origine|Message original|Forwarded message|"
    r"Doorgestuurd bericht|Weitergeleitete Nachricht|Message transféré|Mensaje original)\s*[-_—– ]{2,}\s*$"
    r"|(?:Begin forwarded message|Begin doorgestuurd bericht|Anfang der weitergeleiteten Nachricht|"
    r"Début du message (?:transféré|réexpédié))\s?:\s*$",
    re.IGNORECASE,
)
_GROUPWISE = re.compile(r">>> ?\S.{0,200}\d.{0,80} ?>>>")
_FORWARDED = re.compile(
    r"Forwarded message|Doorgestuurd bericht|Weitergeleitete Nachricht|Message transféré|Message réexpédié",
    re.IGNORECASE,
)
_LONGEST_CLOSING = 60
_LOOKED_AT = 400  # characters of a line: nobody's attribution or header is longer


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line below the beginning of the quote; `marked` when the mail program marked it as quoted."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """A reply, taken apart.

    Attributes:
        top: What stands above the quote.
        quoted: Everything from the beginning of the quote on, its marks removed.
        lines: The same, line by line.
        has_marks: Whether quoted lines are marked: unmarked ones among them are then the author's own.
        forwarded: Whether the quote is introduced as a forwarded message.
    """

    top: str
    quoted: str = ""
    lines: tuple[QuotedLine, ...] = ()
    has_marks: bool = False
    forwarded: bool = False

    @property
    def below_the_line(self) -> str:
        """The quoted mail of ours, from just below its first line; "" where that line is missing."""
        found = SENTINEL.search(self.quoted)
        if not found:
            return ""
        return self.quoted[found.end() :].partition("\n")[2]

    def lines_around_ours(self) -> tuple[tuple[QuotedLine, ...], tuple[QuotedLine, ...]]:
        """What is quoted above our own first line, and what from its end on; nothing where that line is missing."""
        found = SENTINEL.search(self.quoted)
        if not found:
            return (), ()
        begins = _line_of_sentinel(self.quoted) or 0
        return self.lines[:begins], self.lines[self.quoted.count("\n", 0, found.end()) :]


def split_reply(text: str) -> Parts:
    """Take a reply apart at our own line, a header block, an attribution ("On … wrote:") or where marked lines begin."""
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    sentinel = _line_of_sentinel(text)
    start, forwarded = _beginning(lines, sentinel)
    if start is None:
        return Parts(text.strip("\n"))
    quoted = tuple(QuotedLine(without_marks(line), is_marked(line)) for line in lines[start:])
    return Parts(
        top="\n".join(_without_rules(lines[:start])).strip("\n"),
        quoted="\n".join(line.text for line in quoted),
        lines=quoted,
        has_marks=_marks_the_quote(quoted) if sentinel is None else is_marked(lines[sentinel]),
        forwarded=forwarded,
    )


def _line_of_sentinel(text: str) -> int | None:
    """The line on which our own line begins."""
    found = SENTINEL.search(text)
    if not found:
        return None
    name = re.compile("OGSM", re.IGNORECASE).search(
        text, found.start()
    )  # blanks and marks may match before it
    return text.count("\n", 0, name.start() if name else found.start("token"))


def _beginning(lines: list[str], sentinel: int | None) -> tuple[int | None, bool]:
    """The first line of what is quoted, or None, and whether that is introduced as a forwarded message."""
    marked = None if sentinel is None else _first_marked(lines, sentinel)
    for number, line in enumerate(lines if sentinel is None else lines[:sentinel]):
        short = line[:_LOOKED_AT].strip()
        if not short:
            continue
        if _GROUPWISE.fullmatch(short):
            return number, False
        if is_marked(short):
            # What the author indented or quoted above an unmarked quote, or apart from a marked one, is their own.
            if sentinel is None or number == marked or (marked and _introduces_marked(lines, number)):
                return number, False
            continue
        if short == QUOTE_RULE:
            if _something_follows(lines, number):
                return number, _is_forward(lines[number : number + 6])
        elif _ORIGINAL.match(short):
            return number, bool(_FORWARDED.search(short))
        elif is_introduction(lines, number):
            return number, False
    return (None if sentinel is None else _introduced_at(lines, sentinel)), False


def _first_marked(lines: list[str], sentinel: int) -> int | None:
    """The first of the marked lines that our own line stands among; None where it is not marked."""
    if not is_marked(lines[sentinel]):
        return None
    first = sentinel
    for number in range(sentinel, -1, -1):
        if is_marked(lines[number]):
            first = number
        elif lines[number].strip():
            break
    return first


def _introduces_marked(lines: list[str], number: int) -> bool:
    """Whether a mail program marked, with the quote, what it wrote above it."""
    return is_introduction([without_marks(line) for line in lines[number : number + _HEADER_BLOCK]], 0)


def is_introduction(lines: Sequence[str], number: int) -> bool:
    """Whether what a mail program writes above a quote begins on this line: headers, an attribution, "Original message"."""
    return (
        bool(_ORIGINAL.match(lines[number][:_LOOKED_AT].strip()))
        or _header_block_begins(lines, number)
        or _attribution_begins(lines, number)
    )


def end_of_introduction(lines: Sequence[str]) -> int:
    """The number of lines at the beginning that a mail program wrote above a quote, with the blank ones around them."""
    number = 0
    while number < len(lines) and (not lines[number].strip() or _is_rule(lines[number])):
        number += 1
    if number < len(lines) and _ORIGINAL.match(lines[number].strip()):
        number += 1
    if number < len(lines) and _attribution_begins(lines, number):
        while not lines[number].strip().endswith(":"):
            number += 1
        return number + 1
    while (
        number < len(lines) and lines[number].strip()
    ):  # headers, up to the blank line that comes below them
        number += 1
    return number


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"[\s_\-—–*]*", line[:_LOOKED_AT]))


def _introduced_at(lines: list[str], sentinel: int) -> int:
    """The line above ours that introduces it in a language that is not known here, or our own line."""
    for number in range(sentinel - 1, max(-1, sentinel - 4), -1):
        line = lines[number][:_LOOKED_AT].strip()
        if line:
            introduces = line.endswith(":") and (len(line.split()) > 2 or "@" in line)
            return number if introduces else sentinel
    return sentinel


def _something_follows(lines: list[str], number: int) -> bool:
    return any(line.strip() for line in lines[number + 1 : number + 40])


def _is_forward(lines: list[str]) -> bool:
    return any(_ORIGINAL.match(line.strip()) and _FORWARDED.search(line) for line in lines)


def is_marked(line: str) -> bool:
    """Whether a line is marked as quoted."""
    return line.lstrip(" \t").startswith(">")


def without_marks(line: str) -> str:
    """The line without the marks that it is quoted with."""
    return _MARKS.sub("", line)


def _header_block_begins(lines: Sequence[str], number: int) -> bool:
    """Whether this line begins a block of headers as mail programs put above a quote: from, sent, and one more."""
    line = lines[number][:_LOOKED_AT].strip()
    first = _HEADER_LINE.match(line)
    if not first:
        return False
    if first["from"] and _HEADERS_ON_ONE_LINE.search(line, first.end()):
        return True
    if not (first["from"] or first["when"]):
        return False
    block = _header_block(lines[number : number + _HEADER_BLOCK])
    senders, moments = ([found[name] for found in block if found[name]] for name in ("from", "when"))
    # An owner's own "Datum: …" or "Van: 40%" may stand right above; with that, there are two of these.
    return len(senders) == 1 and len(moments) == 1 and len(block) >= _FEWEST_HEADERS


def _header_block(lines: Sequence[str]) -> list[re.Match[str]]:
    """The headers that stand on these lines without anything between them but the rest of a wrapped one."""
    block: list[re.Match[str]] = []
    for line in lines:
        short = line[:_LOOKED_AT].strip()
        if found := _HEADER_LINE.match(short):
            block.append(found)
        elif "@" not in short:
            break
    return block


def _attribution_begins(lines: Sequence[str], number: int) -> bool:
    """Whether a line such as "On Tuesday 3 November 2026 at 10:00 Jan wrote:" begins here, wrapped or not."""
    first = lines[number][:_LOOKED_AT].strip()
    if not (
        _ON_DAY.match(first) or "@" in first or re.match(r"\d", first) or re.match(r"(?:Op|On|Am|Le) ", first)
    ):
        return False
    written = ""
    for last in range(number, min(number + _LONGEST_ATTRIBUTION, len(lines))):
        line = lines[last][:_LOOKED_AT].strip()
        if last > number and is_blank_label(line):
            return False  # a sentence of the author, and below it a label of ours
        written = f"{written} {line}".strip()
        if not _WROTE.search(written):
            continue
        if written.endswith(":"):
            return bool(_ON_DAY_OR_MAIL.search(written))
        if written.endswith(_SENTENCE_ENDS):
            return False
    return False


def _marks_the_quote(lines: tuple[QuotedLine, ...]) -> bool:
    """Whether the program marks what it quotes: soon after the beginning a marked line comes."""
    filled = [line for line in lines if line.text.strip()]
    return any(line.marked for line in filled[:10])  # a block of headers may stand above it


def _without_rules(lines: list[str]) -> list[str]:
    """The lines without the rule that a mail program draws above a quote."""
    end = len(lines)
    while end and _is_rule(lines[end - 1]):
        end -= 1
    return lines[:end]


# --- What is no part of what the author says

_GREETING = re.compile(
    r"(?:hoi|hallo|hey|hi|hello|dag|beste|geachte|dear|goede(?:morgen|middag|navond|ndag)|good (?:morning|afternoon|day)|"
    r"l\.?s\.?|lieve|guten (?:tag|morgen)|sehr geehrte\w*|bonjour|all|allen)\b(?:[^:;.?\d]{0,50}[,!]|[^:;.,?\d\s]*(?:\s[^:;.,?\d\s]+){0,2})",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:(?:met|mit|avec)\s+)?(?:(?:heel\s+)?(?:vriendelijke|hartelijke|collegiale|zonnige|warme|fijne|vele|veel|lieve|"
    r"freundlichen|freundliche|besten|beste|herzlichen|viele|liebe)\s+)?(?:groet(?:en|jes)?|gr(?:tjes|tz)?\.?|grüßen?|grüssen?|gruß)"
    r"|m\.?v\.?g\.?|vr(?:iendelijke)?\.?\s?gr(?:oet)?\.?|mfg|hoogachtend"
    r"|(?:(?:with|many)\s+)?(?:(?:kind|best|warm|kindest|warmest)\s+)?(?:regards|wishes)|yours (?:sincerely|faithfully|truly)|sincerely"
    r"|(?:bien )?cordialement|salutations(?: distinguées)?|bien à (?:vous|toi))(?!\w)",
    re.IGNORECASE,
)
_WEAK_CLOSING = re.compile(
    r"cheers|best|(?:many )?thanks(?: in advance)?|thank you|(?:alvast |hartelijk )?(?:bedankt|dank)(?: je| u)?(?: wel)?|thx"
    r"|fijne (?:dag|avond|middag|week|weekend)(?: nog| verder)?|fijn weekend",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Ý][\w.'’-]{0,20}"
_AFTER_CLOSING = re.compile(
    rf"(?!\w)[\s,.!;]*(?:(?:van|uit|namens|from)\s+)?(?:{_NAME}[\s,.!]*){{0,4}}|(?!\w)[\s,.!]*[a-z]{{2,12}}[.!]?"
)
_AFTER_WEAK_CLOSING = re.compile(rf"(?!\w)[\s,.!;]*(?:{_NAME}[\s,.!]*){{0,3}}")
_LINE_ABOVE_SIGNATURE = re.compile(r"-- ?|—|_{5,}|-{5,}")
_SENT_FROM = re.compile(
    r"(?!.{0,60}:\s)(?:(?:Sent|Verzonden|Verstuurd|Gesendet|Envoyé|Enviado)\s+(?:from|via|vanaf|vanuit|met|with|von|mit|de|depuis|desde|à partir)\b"
    r"|(?:Get|Download|Obtenir|Télécharger|Obtener)\s+(?:Outlook|Gmail|BlueMail|Yahoo)\b|Holen Sie sich Outlook"
    r"|Outlook\s+(?:voor|for|für|pour)\s.{0,10}(?:iOS|Android|Mac|Windows)|Von mein\w+ .{0,40}gesendet).{0,80}",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\W{0,4}(?:disclaimer\b"
    r"|(?:(?:deze|dit|this|diese|ce) (?:e-?mail(?:bericht)?|bericht|message|mail|nachricht|communication)"
    r"|(?:de|the) (?:informatie|information|inhoud|contents?)\b.{0,60}\b(?:e-?mail(?:bericht)?|bericht|message|mail))\b.{0,100}"
    r"\b(?:vertrouwelijk|confidential|uitsluitend|bestemd|intended|privileged|rechten|vertraulich|confidentiel|virus\w*)"
    r"|aan (?:dit|deze|de inhoud van).{0,60}rechten worden ontleend|if you (?:are not|have received) th"
    r"|indien u niet de (?:geadresseerde|beoogde)|denk aan het milieu|please consider the environment|think before you print)",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\W{0,6}(?:\[?\s*(?:extern(?:e|al)?|external)(?: (?:e-?mail|sender|afzender|bericht|mail|message))?\s*\]?\W{0,4}$"
    r"|this message needs your attention\W*$|mark safe\s+report\W*$|(?:-\s)?this is a personal e-?mail address\W*$"
    r"|(?=.{0,120}\b(?:extern\w*|external|buiten|outside|außerhalb|ausserhalb)\b)(?:let op|caution|pas op|waarschuwing|warning|attention|achtung|externe?|external)\b"
    r".{0,120}\b(?:e-?mails?|afzender|sender|absender|bericht|nachricht|message|organi[sz]ati(?:e|on))\b"
    r"|(?:this|deze|dit) (?:e-?mail|message|bericht|mail)\b.{0,40}\b(?:originated|came|is afkomstig|komt|is verzonden|was sent)\b.{0,40}"
    r"\b(?:outside|external|extern\w*|buiten)\b"
    r"|(?:you don['’]t often get e-?mail from|u ontvangt niet vaak e-?mail van|sommige (?:mensen|personen) die dit bericht|"
    r"some people who received this message|je ontvangt niet vaak e-?mail van|learn why this is important|meer informatie over waarom)"
    r"|(?:do not click|klik niet op|open geen)\b.{0,80}\b(?:links?|attachments|bijlagen)\b)",
    re.IGNORECASE,
)


def is_greeting(line: str) -> bool:
    """Whether a line is no more than "Hoi Jan," or "Dear all,"."""
    return len(line) <= 60 and bool(_GREETING.fullmatch(line.strip()))


def is_rule_above_signature(line: str) -> bool:
    """Whether a line is a rule, or the dashes that a signature begins with."""
    return bool(_LINE_ABOVE_SIGNATURE.fullmatch(line[:_LOOKED_AT].strip()))


def is_phone_signature(line: str) -> bool:
    """Whether a line is what a telephone or a program adds: "Sent from my iPhone"."""
    return bool(_SENT_FROM.match(line[:_LOOKED_AT].strip()))


def begins_signature(line: str) -> bool:
    """Whether from this line on comes no more than a closing, a name, a telephone number, a disclaimer."""
    short = line[:_LOOKED_AT].strip()
    if is_rule_above_signature(short) or is_phone_signature(short) or _DISCLAIMER.match(short):
        return True
    if len(short) > _LONGEST_CLOSING:
        return False
    for words, rest in ((_CLOSING, _AFTER_CLOSING), (_WEAK_CLOSING, _AFTER_WEAK_CLOSING)):
        closing = words.match(short)
        if closing and rest.fullmatch(short, closing.end()):
            return True
    return False


def is_banner(line: str) -> bool:
    """Whether a mail system put this line into the mail: "[EXTERN]", "You don't often get email from …"."""
    return bool(_BANNER.match(line[:_LOOKED_AT].strip()))
