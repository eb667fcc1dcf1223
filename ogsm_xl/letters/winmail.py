"""What is in a `winmail.dat`: the format TNEF, in which Outlook and Exchange sometimes wrap a mail's attachments.

Only what a reply needs is read: the attached files, and the text. Nothing in the format is compressed but the text as RTF,
which is left alone: the mail beside it says the same. So the time and memory are bounded by the number of bytes, whatever
these are. The library for it (tnefparse) is not used: a file of forty bytes keeps it busy for hours.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = b"\x78\x9f\x3e\x22"
_MOST_ATTRIBUTES = 5_000
_MOST_PROPERTIES = 5_000
_MOST_FILES = 50


class _Of:
    """The attributes that are read, of the mail and of its files."""

    CODEPAGE = 0x9007
    TEXT = 0x800C
    PROPERTIES = 0x9003
    NEW_FILE = 0x9002
    FILE_NAME = 0x8010
    FILE_CONTENT = 0x800F
    FILE_PROPERTIES = 0x9005


_BODY, _BODY_HTML, _BODY_RTF, _BODY_CODEPAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_SHORT_NAME, _LONG_NAME, _MEDIA_TYPE = 0x3704, 0x3707, 0x370E

_OF_FIXED_LENGTH = {
    0x0002: 4, 0x000B: 4,  # of two bytes, filled up
    0x0003: 4, 0x0004: 4, 0x000A: 4,
    0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8,
    0x0048: 16,
}  # fmt: skip
_OBJECT, _STRING, _UNICODE, _BINARY = 0x000D, 0x001E, 0x001F, 0x0102
_SEVERAL = 0x1000
_NAMED = 0x8000


@dataclass(frozen=True, slots=True)
class WrappedFile:
    """An attached file; its name and media type as they stand there, or ""."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Winmail:
    """What a `winmail.dat` holds.

    Attributes:
        files: The attached files.
        text: The text of the mail, or "".
        html: The same as HTML, or "".
        has_rtf: Whether the text is there as RTF, which is not read.
    """

    files: tuple[WrappedFile, ...]
    text: str
    html: str
    has_rtf: bool


class NoWinmail(ValueError):
    """These bytes are no `winmail.dat`, or a damaged one."""


def read_winmail(content: bytes) -> Winmail:
    """What these bytes hold.

    Raises:
        NoWinmail: They are no TNEF, damaged, or have more parts than any mail.
    """
    try:
        return _read(content)
    except (struct.error, IndexError) as error:
        raise NoWinmail(str(error)) from None


@dataclass(slots=True)
class _File:
    """A file while its attributes are being read."""

    name: str = ""
    media_type: str = ""
    content: bytes | None = None


def _read(content: bytes) -> Winmail:
    codepage = 0
    files: list[_File] = []
    text, html, has_rtf = "", "", False
    for name, data in _attributes(content):
        match name:
            case _Of.CODEPAGE:
                codepage = struct.unpack_from("<I", data)[0]
            case _Of.TEXT:
                text = text or _decoded(data, codepage)
            case _Of.PROPERTIES:
                found = dict(_properties(data, codepage))
                in_body = found.get(_BODY_CODEPAGE)
                said = in_body if isinstance(in_body, int) else codepage
                text, html = _as_text(found.get(_BODY), said) or text, _as_text(found.get(_BODY_HTML), said)
                has_rtf = _BODY_RTF in found
            case _Of.NEW_FILE:
                if len(files) == _MOST_FILES:
                    raise NoWinmail("more files than are read")
                files.append(_File())
            case _Of.FILE_NAME:
                files[-1].name = files[-1].name or _decoded(data, codepage)
            case _Of.FILE_CONTENT:
                files[-1].content = data
            case _Of.FILE_PROPERTIES:
                _add_properties(files[-1], dict(_properties(data, codepage)), codepage)
    wrapped = (WrappedFile(f.name, f.media_type, f.content) for f in files if f.content is not None)
    return Winmail(tuple(wrapped), text, html, has_rtf)


def _add_properties(file: _File, found: dict[int, object], codepage: int) -> None:
    name = found.get(_LONG_NAME) or found.get(_SHORT_NAME)
    file.name = _as_text(name, codepage) or file.name
    file.media_type = _as_text(found.get(_MEDIA_TYPE), codepage)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and the data of each attribute of the mail and its files."""
    if content[:4] != _SIGNATURE:
        raise NoWinmail("it does not begin as one")
    at = 6
    for _ in range(_MOST_ATTRIBUTES):
        if at >= len(content):
            return
        name, length = struct.unpack_from("<xHxxI", content, at)
        data = content[at + 9 : at + 9 + length]
        if len(data) < length:
            raise NoWinmail("it was cut off")
        yield name, data
        at += 9 + length + 2  # and a checksum
    raise NoWinmail("more attributes than any mail has")


def _properties(data: bytes, codepage: int) -> Iterator[tuple[int, object]]:
    """The number and value of each property; of several values, the first."""
    at = 4
    for _ in range(min(struct.unpack_from("<I", data)[0], _MOST_PROPERTIES)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= _NAMED:
            at = _after_name(data, at)
        many, kind = bool(kind & _SEVERAL), kind & ~_SEVERAL
        if kind in _OF_FIXED_LENGTH:
            values = 1
            if many:
                values = struct.unpack_from("<I", data, at)[0]
                at += 4
            yield number, struct.unpack_from("<I", data, at)[0]
            at += values * _OF_FIXED_LENGTH[kind]
        elif kind in {_OBJECT, _STRING, _UNICODE, _BINARY}:
            values = struct.unpack_from("<I", data, at)[0]
            at += 4
            for place in range(values):
                length = struct.unpack_from("<I", data, at)[0]
                value = data[at + 4 : at + 4 + length]
                at += 4 + length + -length % 4
                if place == 0:
                    yield number, _of_kind(value, kind, codepage)
        else:
            raise NoWinmail(f"a property of the unknown kind {kind}")


def _after_name(data: bytes, at: int) -> int:
    """Where the name of a property ends: a GUID and a number, or a GUID and a text."""
    has_text, length = struct.unpack_from("<16xII", data, at)
    return int(at + 24 + (length + -length % 4 if has_text else 0))


def _of_kind(value: bytes, kind: int, codepage: int) -> str | bytes:
    if kind == _UNICODE:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return _decoded(value, codepage) if kind == _STRING else value


def _as_text(value: object, codepage: int) -> str:
    if isinstance(value, bytes):
        return _decoded(value, codepage)
    return value if isinstance(value, str) else ""


def _decoded(data: bytes, codepage: int) -> str:
    """Bytes as text: in the code page that is named, else UTF-8 if they are that, else Windows' own."""
    for name in ("utf-8" if codepage == 65001 else f"cp{codepage}", "utf-8"):
        try:
            return data.decode(name).rstrip("\0")
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace").rstrip("\0")
