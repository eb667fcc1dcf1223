"""What an incoming mail is: a reply that counts, no reply at all, or something for a person to look at.

A reply counts only when it is tied to a mail that went out, comes from the person whom that mail went to (or a
deputy), and the mail system vouches for its sender where it has been set up to. What can't be read, or can't be
trusted, is never guessed at: it becomes a `Review` with the reason.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from ogsm_xl.letters.answer_text import COLOURS
from ogsm_xl.letters.incoming import IncomingMail
from ogsm_xl.letters.mail import Attachment
from ogsm_xl.letters.other_files import files_not_read
from ogsm_xl.letters.quoting import Parts, begins_signature, is_banner, is_greeting, split_reply
from ogsm_xl.letters.reply_lines import (
    SECTION_END,
    Answer,
    LinesRead,
    filled_in,
    quoted,
    read_answers,
)
from ogsm_xl.letters.signed_text import SignedText
from ogsm_xl.letters.token import find_tokens, mail_id_of, token_is_valid
from ogsm_xl.letters.written_within import Said, Within
from ogsm_xl.plan.words import ItemKind, Text, Word

__all__ = (
    "Accepted", "Asked", "NotAReply", "Review", "Said", "TrustSettings", "Understood", "automatic", "is_untouched",
    "is_vouched_for", "is_workbook", "undelivered", "understand",
)  # fmt: skip

_LONGEST_EXCERPT = 600
_LOOKED_FOR_GREETING = 12  # lines below our first one


class NotAReply(Word):
    """What a mail is that nobody wrote as an answer."""

    OUT_OF_OFFICE = Text("Afwezigheidsbericht", "Out-of-office message")
    BOUNCE = Text("Niet bezorgd", "Not delivered")
    DELIVERY_NOTICE = Text("Bericht over de bezorging", "Delivery notice")
    MEETING_RESPONSE = Text("Bericht over een vergadering", "Meeting message")
    READ_RECEIPT = Text("Leesbevestiging", "Read receipt")
    BULK = Text("Nieuwsbrief of lijst", "Newsletter or list")
    OWN_MAIL = Text("Eigen mail", "Own mail")
    AUTOMATIC = Text("Automatisch bericht", "Automatic message")


@dataclass(frozen=True, slots=True)
class TrustSettings:
    """What the mail system must say about the sender of a reply. With nothing set, nothing is required.

    Attributes:
        authserv_ids: The names under which the organisation's own mail servers write `Authentication-Results`; "" stands
            for results without a name, as Exchange Online writes them.
        exchange_internal: Whether Exchange's mark for mail from inside the organisation is enough. Only to be set where
            the mailbox is on Exchange, which removes that mark from mail that comes from outside.
    """

    authserv_ids: tuple[str, ...] = ()
    exchange_internal: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a mail that went out.

    Attributes:
        mail_id: The first part of its token.
        person: The address that it went to.
        items: ID to kind of every item that it asked about.
        deputies: The addresses that may answer instead.
        sent: What the mail said. With it, answers that were written into the quoted mail are told apart from what stood there.
        titles: ID to the text of each item, as the plan has it.
    """

    mail_id: str
    person: str
    items: Mapping[str, ItemKind] = field(hash=False)
    deputies: tuple[str, ...] = ()
    sent: Said = field(default=Said(), repr=False)
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A reply that counts.

    Attributes:
        asked: The mail that it answers.
        by: The address of its sender: the person asked, or a deputy.
        answers: What its lines say, one an item.
        forms: The attached workbooks; whether they are forms of this person is for their reader to say.
        problems: What was not understood, and what to write instead.
        rest: Lines that belong to no item.
    """

    asked: Asked
    by: str
    answers: tuple[Answer, ...]
    forms: tuple[Attachment, ...] = ()
    problems: tuple[Text, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A mail for a person to look at.

    Attributes:
        reason: Why it does not count by itself.
        excerpt: The beginning of what it says.
        asked: The mail that it answers, only where sender and tie are beyond doubt: its sender may hear of it.
        problems: What was not understood besides, and what to write instead.
    """

    reason: Text
    sender: str
    excerpt: str
    asked: Asked | None = None
    problems: tuple[Text, ...] = ()


Understood: TypeAlias = Accepted | NotAReply | Review
Find: TypeAlias = Callable[[str], Asked | None]

_NO_SENDER = Text("De mail noemt niet precies één afzender.", "The mail does not name exactly one sender.")
_NOT_TIED = Text(
    "De mail is niet te koppelen aan een mail die wij stuurden: het kenmerk (OGSM-REF) ontbreekt.",
    "The mail can't be tied to a mail that we sent: the reference (OGSM-REF) is missing.",
)
_UNKNOWN = Text(
    "Het kenmerk {token} hoort bij geen mail die wij stuurden.",
    "The reference {token} belongs to no mail that we sent.",
)
_NOT_VALID = Text(
    "Het kenmerk {token} klopt niet: het is veranderd of niet door ons gemaakt.",
    "The reference {token} is not right: it was changed, or not made by us.",
)
_OTHER_SENDER = Text(
    "De mail komt van {sender}, maar de vraag ging naar {person}, en {sender} vervangt {person} niet.",
    "The mail comes from {sender}, but the question went to {person}, and {sender} is no deputy of {person}.",
)
_NOT_VOUCHED = Text(
    "Het mailsysteem bevestigt niet dat de mail echt van {sender} komt.",
    "The mail system does not confirm that the mail really comes from {sender}.",
)
_CHANGED_BELOW = Text(
    "{id}: wat je hierover in de tekst van onze mail zelf schreef, is niet verwerkt, omdat je er ook boven antwoordde. Schrijf alles "
    "bovenaan.",
    "{id}: what you wrote about this within the text of our mail was not recorded, as you answered above it as well. Write everything "
    "at the top.",
)
_NOT_READ_BELOW = Text(
    "Wat je in de tekst van onze mail zelf schreef, is niet begrepen en niet verwerkt. Schrijf alles bovenaan.",
    "What you wrote within the text of our mail was not understood and not recorded. Write everything at the top.",
)
_IN_SUBJECT = Text(
    "“{line}” staat in het onderwerp van je mail. Alleen de tekst van de mail wordt gelezen; schrijf je antwoord daar.",
    "“{line}” stands in the subject of your mail. Only the text of a mail is read; write your answer there.",
)
_AS_IF_BY_NOBODY = Text(
    "De mail ziet eruit als automatisch verstuurd ({kind}), maar er staat een antwoord in van wie de vraag kreeg.",
    "The mail looks as if it was sent automatically ({kind}), but it holds an answer of who was asked.",
)
_NO_ANSWER = Text("Er is geen antwoord in de mail gevonden.", "No answer was found in the mail.")
_NOT_UNDERSTOOD = Text("Het antwoord is niet begrepen.", "The answer was not understood.")
_FORWARDED = Text(
    "De mail is doorgestuurd, zonder eigen antwoord erboven.",
    "The mail was forwarded, without an answer of its own above.",
)
_BETWEEN = Text(
    "Boven de regel staat geen antwoord. Misschien is er tussen de regels van onze mail geantwoord; dat is niet te onderscheiden.",
    "There is no answer above the line. It may have been given between the lines of our mail; that can't be told apart.",
)


def understand(
    mail: IncomingMail,
    find_asked: Find,
    by_message_id: Find,
    *,
    secret: bytes,
    own_addresses: Collection[str],
    trust: TrustSettings,
    received: date,
    form_tokens: Iterable[str] = (),
) -> Understood:
    """What a mail means.

    Args:
        mail: The mail.
        find_asked: Mail id (from a token) to the mail that went out, or None.
        by_message_id: Message id to the mail that went out, or None; asked only where the reply carries no token.
        secret: The secret that tokens are made with.
        own_addresses: The addresses that the jobs themselves send from.
        trust: What the mail system must say about the sender.
        received: The day on which the mail came in.
        form_tokens: The tokens that stand in attached workbooks.
    """
    kind = automatic(mail, own_addresses)
    if kind and not _may_be_written(mail, kind):
        return kind
    parts = split_reply(mail.text)
    excerpt = _excerpt(parts, mail)
    tie = _tie(mail, parts, tuple(form_tokens), find_asked, by_message_id, secret)
    if isinstance(tie, Text):
        return kind or Review(tie, mail.sender, excerpt)
    if not is_vouched_for(mail, trust):
        return kind or Review(_NOT_VOUCHED.filled(sender=mail.sender), mail.sender, excerpt)
    tie = dataclasses.replace(tie, sent=_quoted_sent(parts, tie, find_asked, secret))
    judged = _judged(mail, parts, tie, _day_written(mail, received), excerpt)
    if kind is None:
        return judged
    # Its sender is not told: where a program wrote it after all, that would go back and forth.
    return (
        Review(_AS_IF_BY_NOBODY.filled(kind=kind.value), mail.sender, excerpt)
        if isinstance(judged, Accepted)
        else kind
    )


def _judged(mail: IncomingMail, parts: Parts, asked: Asked, day: date, excerpt: str) -> Accepted | Review:
    """The answers in a mail that is tied to the person who sent it."""
    lines = _lines_of(parts, asked, day)
    forms = tuple(file for file in mail.attachments if is_workbook(file))
    answered = bool(lines.answers or forms)
    problems = (
        *lines.problems,
        *_said_in_subject(mail.subject, lines, asked, day),
        *mail.problems,
        *files_not_read(mail.attachments, answered=answered),
    )
    if answered:
        return Accepted(asked, mail.sender, lines.answers, forms, problems, lines.rest)
    reason = _why_nothing(mail, parts, lines, problems)
    others = tuple(problem for problem in problems if problem != reason)
    return Review(reason, mail.sender, excerpt, asked, others)


def _said_in_subject(subject: str, lines: LinesRead, asked: Asked, day: date) -> Iterator[Text]:
    """What somebody hears who answered in the subject: only the text of a mail is read."""
    said = {answer.item: answer for answer in lines.answers}
    for piece in _REPLY_PREFIX.split(_REFERENCE.sub("", subject)):
        if not (_LIKE_AN_ANSWER.search(piece) or any(item in piece.upper() for item in asked.items)):
            continue  # mostly it is the subject that we wrote
        found = read_answers(piece.strip(" ,;.-–"), asked.items, day, asked.titles).answers
        if any(
            _has_values(each) and not (each.item in said and _holds(said[each.item], each)) for each in found
        ):
            yield _IN_SUBJECT.filled(line=quoted(piece.strip(" ,;.-–")))


def _has_values(answer: Answer) -> bool:
    values = (answer.light, answer.status, answer.progress, answer.value)
    return answer.no_change or any(value is not None for value in values)


def _why_nothing(mail: IncomingMail, parts: Parts, lines: LinesRead, problems: tuple[Text, ...]) -> Text:
    if lines.problems:
        return _NOT_UNDERSTOOD
    if problems:
        return problems[0]
    if parts.forwarded and not _own_words(parts.top):
        return _FORWARDED
    return (
        _BETWEEN if parts.below_the_line and _points_below(parts.top) and not mail.attachments else _NO_ANSWER
    )


_REPLY_PREFIX = re.compile(
    r"(?:^|(?<=[\s,;.|–-]))(?:re|aw|antw|antwoord|wg|fwd?|tr|sv|doorst)\s?:\s", re.IGNORECASE
)
_LIKE_AN_ANSWER = re.compile(
    rf"\d\s?%|\b(?:{COLOURS}|\w*wijzig\w*|\w*chang\w*|afgerond|klaar|gereed|voltooid|done|finished|completed)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\[?OGSM-REF:\s*[0-9A-Za-z-]+\]?", re.IGNORECASE)

# --- Nobody wrote it

_AUTOMATIC_SUBJECT = re.compile(
    r"(?:automatisch antwoord|automatic reply|auto[- ]?reply|automatische antwort|abwesenheitsnotiz|réponse automatique)\b",
    re.IGNORECASE,
)
_ABSENT_SUBJECT = re.compile(
    r"(?:out of (?:the )?office|afwezig|niet aanwezig|abwesend|absence|ik ben (?:er )?(?:niet|afwezig))\b",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"(?:undeliver(?:able|ed)|onbestelbaar|niet bestelbaar|unzustellbar|non remis|delivery (?:status|failure|has failed)|mail delivery "
    r"(?:failed|subsystem)|returned mail|failure notice|mail could not be delivered)",
    re.IGNORECASE,
)
_MAIL_SYSTEM = re.compile(r"(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]{8,})@", re.IGNORECASE)
_MEETING_METHODS = frozenset({"REQUEST", "REPLY", "COUNTER", "CANCEL", "REFRESH", "DECLINECOUNTER"})


def automatic(mail: IncomingMail, own_addresses: Collection[str]) -> NotAReply | None:
    """What a mail is that was not written as an answer by anybody; None for what a person may have written."""
    if mail.report_type == "delivery-status" or mail.deliveries or _header(mail, "x-failed-recipients"):
        return NotAReply.DELIVERY_NOTICE if mail.deliveries and not undelivered(mail) else NotAReply.BOUNCE
    if mail.report_type == "disposition-notification" or any(
        file.media_type == "message/disposition-notification" for file in mail.attachments
    ):
        return NotAReply.READ_RECEIPT
    if _MAIL_SYSTEM.match(mail.sender) and (_BOUNCE_SUBJECT.search(mail.subject) or _is_from_nobody(mail)):
        return NotAReply.BOUNCE
    if mail.sender in {address.strip().lower() for address in own_addresses} or "x-ogsm-xl" in mail.headers:
        return NotAReply.OWN_MAIL
    if mail.calendar_method in _MEETING_METHODS or "calendarmessage" in _header(mail, "content-class"):
        return NotAReply.MEETING_RESPONSE
    return _automatic_by_header(mail)


def _may_be_written(mail: IncomingMail, kind: NotAReply) -> bool:
    """Whether a person may have written a mail all the same.

    The mailbox may stand behind a mailing list, which marks every mail; a file for the calendar may be attached to an
    answer; and somebody may have written about their absence in the subject.
    """
    if kind is NotAReply.OUT_OF_OFFICE:
        other = dataclasses.replace(mail, subject="")
        return not _AUTOMATIC_SUBJECT.match(mail.subject) and _automatic_by_header(other) is None
    return kind in {NotAReply.BULK, NotAReply.MEETING_RESPONSE}


def _automatic_by_header(mail: IncomingMail) -> NotAReply | None:
    submitted = _header(mail, "auto-submitted").partition(";")[0].strip()
    precedence = _header(mail, "precedence")
    if (
        submitted == "auto-replied"
        or precedence == "auto_reply"
        or any(
            name in mail.headers
            for name in ("x-autoreply", "x-autorespond", "x-ms-exchange-generated-message-source")
        )
        or _AUTOMATIC_SUBJECT.match(mail.subject)
        # A person who writes about being absent begins a mail of their own; a program answers ours.
        or (_ABSENT_SUBJECT.match(mail.subject) and (mail.in_reply_to or mail.references))
    ):
        return NotAReply.OUT_OF_OFFICE
    if (
        precedence in {"bulk", "junk", "list"}
        or "list-unsubscribe" in mail.headers
        or "list-id" in mail.headers
    ):
        return NotAReply.BULK
    if submitted not in {"", "no"} or _is_from_nobody(mail):
        return NotAReply.AUTOMATIC
    return None


def undelivered(mail: IncomingMail) -> tuple[str, ...]:
    """The addresses that a bounce says could not be reached."""
    reported = [delivery.address for delivery in mail.deliveries if delivery.action in {"failed", ""}]
    named = re.findall(r"[^\s<>,;]+@[^\s<>,;]+", _header(mail, "x-failed-recipients"))
    return tuple(dict.fromkeys([*reported, *(address.lower() for address in named)]))


def _header(mail: IncomingMail, name: str) -> str:
    return mail.headers.get(name, ("",))[0].strip().lower()


def _is_from_nobody(mail: IncomingMail) -> bool:
    return _header(mail, "return-path") == "<>"


# --- Whose reply it is, and to what


def _tie(
    mail: IncomingMail,
    parts: Parts,
    form_tokens: tuple[str, ...],
    find_asked: Find,
    by_message_id: Find,
    secret: bytes,
) -> Asked | Text:
    """The mail that is answered, by the person whom it went to; or why there is none."""
    if not mail.sender:
        return _NO_SENDER
    tokens = dict.fromkeys(
        (*find_tokens(mail.subject), *find_tokens(parts.top), *form_tokens, *find_tokens(parts.quoted))
    )
    found = [_asked_with(token, find_asked, secret) for token in tokens]
    if not found:
        found = [asked for id_ in _answered_ids(mail) if (asked := by_message_id(id_))] or [_NOT_TIED]
    asked_ones = [asked for asked in found if isinstance(asked, Asked)]
    for asked in asked_ones:
        if mail.sender in {address.strip().lower() for address in (asked.person, *asked.deputies)}:
            return asked
    if asked_ones:
        return _OTHER_SENDER.filled(sender=mail.sender, person=asked_ones[0].person)
    return next(reason for reason in found if isinstance(reason, Text))


def _quoted_sent(parts: Parts, tie: Asked, find_asked: Find, secret: bytes) -> Said:
    """What the mails of ours said that are quoted: a form may have come with another one, such as the invitation before."""
    quoted = (_asked_with(token, find_asked, secret) for token in find_tokens(parts.quoted))
    sent = [asked.sent for asked in quoted if isinstance(asked, Asked)] or [tie.sent]
    return sent[0]._replace(others=tuple((each.text, each.html) for each in sent[1:]))


def _asked_with(token: str, find_asked: Find, secret: bytes) -> Asked | Text:
    try:
        asked = find_asked(mail_id_of(token))
    except ValueError:
        return _NOT_VALID.filled(token=token)
    if asked is None:
        return _UNKNOWN.filled(token=token)
    return asked if token_is_valid(token, asked.person, secret) else _NOT_VALID.filled(token=token)


def _answered_ids(mail: IncomingMail) -> Iterator[str]:
    """The message ids that a mail says it answers, the nearest first."""
    yield from dict.fromkeys((*mail.in_reply_to, *reversed(mail.references)))


def is_vouched_for(mail: IncomingMail, trust: TrustSettings) -> bool:
    """Whether the mail system says about the sender what it must say."""
    if not trust.authserv_ids and not trust.exchange_internal:
        return True
    if trust.exchange_internal and _header(mail, "x-ms-exchange-organization-authas") == "internal":
        return True
    known = {name.strip().lower() for name in trust.authserv_ids}
    for results in mail.headers.get("authentication-results", ()):
        server, verdicts = _results(results)
        if server in known:
            # The topmost one is ours; anything below it may have been written by whoever sent the mail.
            return _verdicts_vouch(verdicts, mail.sender.rpartition("@")[2])
    return False


def _results(value: str) -> tuple[str, list[str]]:
    """The server's name and its verdicts, in small letters without comments (RFC 8601)."""
    plain = " ".join(re.sub(r"\([^()]*\)", " ", value).lower().split())
    first, *others = [part.strip() for part in plain.split(";")]
    if "=" in first:
        return "", [first, *others]
    return first.partition(" ")[0], others


def _verdicts_vouch(verdicts: list[str], domain: str) -> bool:
    """DMARC passed for the sender's domain, or a DKIM signature of that domain did."""
    for verdict in verdicts:
        named = dict(re.findall(r"([a-z.-]+)=([^\s;]+)", verdict))
        if named.get("dmarc") == "pass" and named.get("header.from", domain) == domain:
            return True
        signer = named.get("header.d") or named.get("header.i", "").rpartition("@")[2]
        if named.get("dkim") == "pass" and signer and (domain == signer or domain.endswith("." + signer)):
            return True
    return False


# --- What it says


def is_workbook(file: Attachment) -> bool:
    """Whether an attached file is a workbook of a kind that forms come back as."""
    return file.name.lower().endswith(
        (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
    ) or file.media_type.startswith(
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml",
            "application/vnd.ms-excel",
            "application/vnd.oasis.opendocument.spreadsheet",
        )
    )


def _lines_of(parts: Parts, asked: Asked, day: date) -> LinesRead:
    """The answers above the quote and between its marked lines; where there are none, those written into our mail."""
    within = Within(parts, asked.sent, asked.items)
    text = f"{within.top()}\n{SECTION_END}\n{within.typed()}"
    text, below_signature = SignedText(asked.items, day, asked.titles).parted(text)
    lines = _read(text, asked, day)
    if parts.below_the_line and (lines.answers or not lines.problems):
        if any(asked.sent):
            lines = _with_changes(lines, _read(within.written(), asked, day))
        elif not lines.answers and _points_below(parts.top):
            lines = _filled_in_below(parts.below_the_line, asked, day) or lines
    return dataclasses.replace(lines, problems=(*lines.problems, *below_signature))


def _read(text: str, asked: Asked, day: date) -> LinesRead:
    return read_answers(text, asked.items, day, asked.titles) if text.strip() else LinesRead()


def _filled_in_below(below_the_line: str, asked: Asked, day: date) -> LinesRead | None:
    """What was filled in below our first line, where it is not known what we sent."""
    found = (
        _read(_above_the_greeting(below_the_line), asked, day),
        filled_in(below_the_line, asked.items, day),
    )
    return next((below for below in found if below.answers), None)


def _with_changes(above: LinesRead, below: LinesRead) -> LinesRead:
    """What a reply comes to with what was written into our mail: that counts where nothing was answered above it.

    Where they said above that nothing changed, and below what did, that counts, too; of anything else they hear.
    """
    if not above.answers:
        return below if below.answers or below.problems else above
    said = {answer.item: answer for answer in above.answers}
    changed = {answer.item: answer for answer in below.answers}
    answers = [
        changed[item] if _says_no_change(answer) and item in changed else answer
        for item, answer in said.items()
    ]
    told = [
        _CHANGED_BELOW.filled(id=item)
        for item, answer in changed.items()
        if answer not in answers and not (item in said and _holds(said[item], answer))
    ]
    if not told and set(below.problems) - set(above.problems):
        told = [_NOT_READ_BELOW]
    return dataclasses.replace(above, answers=tuple(answers), problems=(*above.problems, *told))


def _says_no_change(answer: Answer) -> bool:
    return answer == Answer(answer.item, no_change=True)


def _holds(said: Answer, answer: Answer) -> bool:
    """Whether an answer says everything that another one does."""
    for each in dataclasses.fields(Answer):
        one, other = getattr(said, each.name), getattr(answer, each.name)
        if isinstance(other, str) and isinstance(one, str):
            if other not in one:
                return False
        elif other not in {None, False, one}:
            return False
    return True


def _above_the_greeting(text: str) -> str:
    """What stands between our first line and the greeting below it: people write there, too."""
    lines = text.split("\n")[:_LOOKED_FOR_GREETING]
    greeting = next((number for number, line in enumerate(lines) if is_greeting(line)), 0)
    return "\n".join(lines[:greeting])


def is_untouched(parts: Parts, sent: Said) -> bool:
    """Whether the quoted mail came back as it went out: nothing was written between its lines."""
    return Within(parts, sent, {}).is_untouched()


def _own_words(top: str) -> str:
    """What its author says above the quote, without greeting, banner and signature."""
    words: list[str] = []
    for line in top.split("\n"):
        if begins_signature(line):
            break
        if line.strip() and not is_greeting(line) and not is_banner(line):
            words.append(line.strip())
    return " ".join(words)


_POINTER = re.compile(
    r"(?:zie|see|siehe|voir|ingevuld|filled in|antwoorden?|answers?|mijn|my|hierbij|bij deze|here|reactie)\b[^\d]{0,80}",
    re.IGNORECASE,
)


def _points_below(top: str) -> bool:
    """Whether the top says nothing, or no more than that the answer stands below."""
    words = _own_words(top)
    return not words or bool(
        _POINTER.fullmatch(words)
        and re.search(
            r"onder|below|unten|dessous|tussen|between|inline|rood|blauw|ingevuld|filled",
            words,
            re.IGNORECASE,
        )
    )


def _day_written(mail: IncomingMail, received: date) -> date:
    """The day on which the author wrote; the day on which it came in where the mail says none that can be right."""
    written = mail.date.date() if mail.date else received
    return min(written, received)


def _excerpt(parts: Parts, mail: IncomingMail) -> str:
    text = (parts.top.strip() or parts.quoted.strip() or mail.text.strip()).strip()
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1].rstrip() + "…"
