"""The token that ties a mail to the person it went to, and the visible line that carries it.

A token is a short random mail id followed by a truncated HMAC over that id and the recipient's address. It proves
which mail is answered, not who answers: a forwarded mail carries it too, so the sender has to be checked as well.
It is written in an alphabet without look-alikes, because people copy it, wrap it and read it out over the phone.
"""

from __future__ import annotations

import hashlib
import hmac
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: without I, L, O and U."""

_ID_LENGTH = 12  # 60 random bits: no two alike in a hundred thousand mails (chance below 1 in 10^8)
_SEAL_LENGTH = 16  # 80 bits
_LENGTH = _ID_LENGTH + _SEAL_LENGTH
_GROUP = 4
_BITS = 5
_SHORTEST_RANDOM = 8
_SHORTEST_SECRET = 16

_AS_READ = str.maketrans("ILO", "110")
_DASHES = r"\-‐‑‒–—−"
# What clients put inside a line that they wrap or quote: blanks, line breaks, hyphens, quote marks.
_BETWEEN = rf"[\s{_DASHES}>|]{{0,12}}"
_LETTER = "[0-9A-TV-Za-tv-z]"
_LOOSE = rf"{_LETTER}(?:{_BETWEEN}{_LETTER}){{{_LENGTH - 1}}}(?![0-9A-Za-z])"
_GROUPED = rf"{_LETTER}{{{_GROUP}}}(?:[{_DASHES}]\s{{0,3}}{_LETTER}{{{_GROUP}}}){{{_LENGTH // _GROUP - 1}}}"
_UNGROUPED = rf"{_LETTER}{{{_LENGTH}}}"

SENTINEL = re.compile(
    rf"(?:^[^\w\n]{{0,40}})?\#{{0,6}}{_BETWEEN}OGSM{_BETWEEN}REF\s{{0,3}}:{_BETWEEN}(?P<token>{_LOOSE})",
    re.IGNORECASE | re.MULTILINE,
)
"""The sentinel line, even when a client quoted it, wrapped it or dropped the hashes: everything from the match's
start on is what we wrote; what the owner wrote stands before it. The group `token` is read with `find_tokens`."""

_BARE = re.compile(rf"(?<![0-9A-Za-z])(?:{_GROUPED}|{_UNGROUPED})(?![0-9A-Za-z])")


def new_token(random: bytes, recipient: str, secret: bytes) -> str:
    """A token for one mail to one recipient, such as `7Q3K-9V2M-XD4T-8RNB-C0GH-5WPA-1JZE`.

    Args:
        random: At least eight bytes from a cryptographic source; the first 60 bits become the mail id.
        recipient: The mail address that it goes to.
        secret: The organisation's secret, at least sixteen bytes.

    Raises:
        ValueError: The random bytes or the secret are too short.
    """
    if len(random) < _SHORTEST_RANDOM:
        raise ValueError(f"a token needs at least {_SHORTEST_RANDOM} random bytes")
    mail_id = _base32(random, _ID_LENGTH)
    return _grouped(mail_id + _seal(mail_id, recipient, secret))


def find_tokens(text: str) -> tuple[str, ...]:
    """Every token in a text (subject, body, address), as `new_token` writes them, each once, in order.

    Behind `OGSM-REF:` blanks, hyphens, quote marks and line breaks inside the token are ignored; elsewhere a token
    must stand in one piece, so that ordinary words are not taken for one.
    """
    found = [(m.start("token"), m["token"]) for m in SENTINEL.finditer(text)]
    found += [(m.start(), m[0]) for m in _BARE.finditer(text)]
    tokens = (_canonical(written) for _, written in sorted(found))
    return tuple(dict.fromkeys(token for token in tokens if token))


def token_is_valid(token: str, recipient: str, secret: bytes) -> bool:
    """Whether this token was made with this secret for a mail to this recipient."""
    plain = _plain(token)
    if plain is None:
        return False
    expected = _seal(plain[:_ID_LENGTH], recipient, secret)
    return hmac.compare_digest(plain[_ID_LENGTH:].encode("ascii"), expected.encode("ascii"))


def mail_id_of(token: str) -> str:
    """The mail id inside a token, twelve letters and digits; ValueError if this is no token."""
    plain = _plain(token)
    if plain is None:
        raise ValueError("not a token")
    return plain[:_ID_LENGTH]


def sentinel(token: str) -> str:
    """The visible line on top of a mail: what stands above it in a reply is the owner's answer."""
    return f"### OGSM-REF: {token} — antwoord boven deze regel / reply above this line ###"


def _seal(mail_id: str, recipient: str, secret: bytes) -> str:
    if len(secret) < _SHORTEST_SECRET:
        raise ValueError(f"the secret needs at least {_SHORTEST_SECRET} bytes")
    message = f"ogsm-xl mail\0{mail_id}\0{recipient.strip().casefold()}"
    return _base32(
        hmac.digest(secret, message.encode("utf-8", "surrogatepass"), hashlib.sha256), _SEAL_LENGTH
    )


def _base32(value: bytes, length: int) -> str:
    """The first `length` times five bits, in our alphabet."""
    number = int.from_bytes(value, "big") >> (len(value) * 8 - length * _BITS)
    return "".join(ALPHABET[number >> (_BITS * place) & 31] for place in reversed(range(length)))


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def _plain(written: str) -> str | None:
    """The letters of a token without anything between them, or None when it is none."""
    plain = re.sub(rf"[\s{_DASHES}>|]", "", written).upper().translate(_AS_READ)
    return plain if len(plain) == _LENGTH and set(plain) <= set(ALPHABET) else None


def _canonical(written: str) -> str | None:
    plain = _plain(written)
    return _grouped(plain) if plain else None
