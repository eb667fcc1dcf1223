"""Who has a workbook open, and what a synchronised folder says about it: read from the small files beside it."""

from __future__ import annotations

import re
import struct
import sys
from pathlib import Path

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

_LONGEST_NAME = 52
_UNICODE_AT = 55  # in Excel's owner file: length as a 16-bit number, then the name in UTF-16
_OWNER_BYTES = 400
_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_ACCESS = 0x1000, 0x40000, 0x400000
_CONFLICT = re.compile(
    r"(?: \(.*(?:conflicted copy|conflict|in conflict).*\)|\.sync-conflict-.*|-(?:DESKTOP|LAPTOP|PC)-?\w*|"
    r" \([^)]*conflicterende kopie[^)]*\))",
    re.IGNORECASE,
)


def opened_by(path: Path) -> str | None:
    """The name of whoever has the workbook open in Excel or LibreOffice, "" when that is not known, None when nobody.

    The files that say so may have stayed behind after a crash, and not every program makes one: None proves nothing.

    Raises:
        OSError: The folder can't be read.
    """
    office = path.with_name(f"~${path.name}")
    libre = path.with_name(f".~lock.{path.name}#")
    if libre.exists():
        return _libreoffice_name(libre)
    if office.exists() and not _is_abandoned(office):
        return _excel_name(office)
    return None


def marker_files(path: Path) -> list[str]:
    """The names of the files that say that somebody has the workbook open."""
    names = (f"~${path.name}", f".~lock.{path.name}#")
    return [name for name in names if path.with_name(name).exists()]


def refuse_placeholder(path: Path) -> None:
    """Refuse a file that a synchronised folder shows but has not fetched.

    Raises:
        InputProblem: It is such a file.
    """
    attributes = getattr(path.stat(), "st_file_attributes", 0)
    if is_placeholder(attributes):
        raise InputProblem(
            Text(
                f"{path.name} staat alleen online (OneDrive of SharePoint). Kies in de Verkenner 'Altijd behouden op dit "
                "apparaat' en probeer het opnieuw.",
                f"{path.name} is online only (OneDrive or SharePoint). Choose 'Always keep on this device' in the Explorer "
                "and try again.",
            )
        )


def is_placeholder(attributes: int) -> bool:
    """Whether Windows' file attributes say that the contents are elsewhere."""
    return bool(attributes & (_OFFLINE | _RECALL_ON_OPEN | _RECALL_ON_ACCESS))


def conflict_copies(path: Path) -> list[str]:
    """Names of copies beside the workbook that a synchronised folder made because two people saved at once."""
    return sorted(
        other.name
        for other in path.parent.iterdir()
        if other.suffix.lower() == path.suffix.lower()
        and other.stem.startswith(path.stem)
        and _CONFLICT.fullmatch(other.stem.removeprefix(path.stem))
    )


def _is_abandoned(owner_file: Path) -> bool:
    """Whether Excel left it behind: while Excel is running, Windows does not let others write to it."""
    if sys.platform != "win32":
        return False
    try:
        with owner_file.open("r+b"):
            return True
    except OSError:
        return False


def _excel_name(owner_file: Path) -> str:
    try:
        contents = owner_file.read_bytes()[:_OWNER_BYTES]
    except OSError:
        return ""
    if len(contents) >= _UNICODE_AT + 2:
        (length,) = struct.unpack_from("<H", contents, _UNICODE_AT)
        name = contents[_UNICODE_AT + 2 : _UNICODE_AT + 2 + 2 * length]
        if 0 < length <= _LONGEST_NAME and len(name) == 2 * length:
            return _shown(name.decode("utf-16-le", "replace"))
    if contents and 0 < contents[0] <= _LONGEST_NAME:
        return _shown(contents[1 : 1 + contents[0]].decode("cp1252", "replace"))
    return ""


def _libreoffice_name(lock_file: Path) -> str:
    try:
        text = lock_file.read_bytes()[:_OWNER_BYTES].decode("utf-8", "replace")
    except OSError:
        return ""
    fields = [re.sub(r"\\(.)", r"\1", f) for f in re.split(r"(?<!\\),", text)]
    named = next((field for field in fields[:2] if field.strip()), "")
    return _shown(named)


def _shown(name: str) -> str:
    """A name that is fit for a sentence."""
    return " ".join("".join(c for c in name if c.isprintable()).split())
