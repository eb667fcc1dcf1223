"""Writes a `winmail.dat` (TNEF) as Outlook does, for the tests: a mail with a text and attached files."""

from __future__ import annotations

import struct
from collections.abc import Sequence

STRING, UNICODE, BINARY, LONG, SHORT = 0x001E, 0x001F, 0x0102, 0x0003, 0x0002


def attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    """One attribute, with its checksum."""
    return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def properties(*given: tuple[int, int, bytes | int]) -> bytes:
    """MAPI properties, each a kind, a number and a value."""
    return struct.pack("<I", len(given)) + b"".join(_property(*each) for each in given)


def _property(kind: int, number: int, value: bytes | int) -> bytes:
    written = struct.pack("<HH", kind, number)
    if number >= 0x8000:
        written += bytes(16) + struct.pack("<II", 0, number)
    if isinstance(value, int):
        return written + struct.pack("<I", value)
    return written + struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)


def winmail(
    files: Sequence[tuple[str, bytes]] = (),
    *,
    text: str = "",
    html: str = "",
    rtf: bool = False,
) -> bytes:
    """The whole file; names and texts as UTF-16, as today's Outlook writes them."""
    said: list[tuple[int, int, bytes | int]] = [(SHORT, 0x0017, 1), (LONG, 0x8005, 7), (LONG, 0x3FDE, 65001)]
    if text:
        said.append((UNICODE, 0x1000, text.encode("utf-16-le") + b"\0\0"))
    if html:
        said.append((BINARY, 0x1013, html.encode()))
    if rtf:
        said.append((BINARY, 0x1009, b"compressed"))
    content = b"\x78\x9f\x3e\x22" + struct.pack("<H", 1)
    content += attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    content += attribute(1, 0x9007, 6, struct.pack("<II", 1252, 0))
    content += attribute(1, 0x9003, 6, properties(*said))
    for name, data in files:
        content += attribute(2, 0x9002, 6, bytes(14))
        content += attribute(2, 0x800F, 6, data)
        content += attribute(2, 0x8010, 1, name.encode("cp1252", "replace")[:8] + b"\0")
        long_name = (UNICODE, 0x3707, name.encode("utf-16-le") + b"\0\0")
        content += attribute(2, 0x9005, 6, properties((LONG, 0x3705, 1), long_name))
    return content
