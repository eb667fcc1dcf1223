"""The zip file that a workbook is: opened with bounds, read member by member, copied without recompressing.

Nothing here knows about Excel. What is wrong with a file is raised as an `InputProblem` that names the file.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import BinaryIO, Self

from ogsm_xl.excel.ooxml.splice import Spliced
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.share import is_away
from ogsm_xl.plan.words import Text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How .xls files, and workbooks encrypted with a password or a rights label, begin."""
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")

_RATIO_FROM = 10_000_000  # below this unpacked size a high ratio is a sheet of repeated rows, not a bomb
_CHUNK = 1 << 20
_CENTRAL_ENTRY = 46  # bytes of a central directory entry without its name
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
_END_RECORD = struct.Struct("<4s4H2LH")
_ZIP64_EXTRA = 0x0001
_DESCRIPTOR_FLAG = 0x08
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    UnicodeError,
    ValueError,
    OverflowError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold before it is refused as unreadable or hostile.

    Attributes:
        file_bytes: Size of the file.
        members: Number of parts in the package.
        unpacked_bytes: All parts together, unpacked.
        ratio: Unpacked against packed size, for parts that unpack to more than 10 MB.
        part_bytes: One part, unpacked.
        cells: Cells in the area that a sheet uses.
    """

    file_bytes: int = 50_000_000
    members: int = 5_000
    unpacked_bytes: int = 500_000_000
    ratio: int = 200
    part_bytes: int = 200_000_000
    cells: int = 5_000_000


class Archive:
    """An open zip file. `members` are in the file's own order, under the names that the file gives them."""

    def __init__(self, source: Path | BinaryIO, limits: Limits, name: str = "") -> None:
        """Open and check the structure; contents are checked as they are read.

        Args:
            source: The file.
            limits: How much it may hold.
            name: What messages call it; its own name unless given.

        Raises:
            InputProblem: The file is missing, not a zip file, damaged, encrypted, or larger than the limits.
            OutsideProblem: The disk or share failed.
        """
        self.limits = limits
        self.path = source if isinstance(source, Path) else None
        self.name = name or (source.name if isinstance(source, Path) else _name_of(source))
        self.file = _opened(source) if isinstance(source, Path) else source
        self._ours = isinstance(source, Path)
        try:
            self._zip = self._structure()
        except BaseException:
            self.close()
            raise
        self.members: tuple[zipfile.ZipInfo, ...] = tuple(self._zip.infolist())
        self._by_name = {part_name(m.filename).lower(): m for m in self.members}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go; a file object that was passed in stays open."""
        if self._ours:
            self.file.close()

    def member(self, name: str) -> zipfile.ZipInfo | None:
        """The member that holds a part; part names compare without regard to case."""
        return self._by_name.get(part_name(name).lower())

    def read(self, member: zipfile.ZipInfo) -> bytes:
        """A member's contents, unpacked within the limits and compared with its checksum.

        Raises:
            InputProblem: It is damaged, or unpacks to more than it says or than the limits allow.
        """
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            return self._read_with_zipfile(member)
        packed = self.packed(member)
        if member.compress_type == zipfile.ZIP_STORED:
            contents = packed
        else:
            contents = self._unpacked(zlib.decompressobj(-15), packed, member)
        if len(contents) != member.file_size or zlib.crc32(contents) != member.CRC:
            raise self.damaged(member.filename)
        return contents

    def chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """A member's contents as `read` gives them, in pieces, so that they are never in memory as a whole.

        Raises:
            InputProblem: It is damaged; when only its checksum is wrong, this comes at the end.
        """
        if member.compress_type != zipfile.ZIP_DEFLATED:
            yield self.read(member)
            return
        unpacker = zlib.decompressobj(-15)
        rest, size, checksum = self.packed(member), 0, 0
        while not unpacker.eof and size <= member.file_size:
            chunk = self._unpacked(unpacker, rest, member, _CHUNK)
            if not chunk:
                break
            rest = unpacker.unconsumed_tail
            size += len(chunk)
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if size != member.file_size or checksum != member.CRC:
            raise self.damaged(member.filename)

    def _unpacked(
        self, unpacker: zlib._Decompress, packed: bytes, member: zipfile.ZipInfo, at_most: int = 0
    ) -> bytes:
        try:
            return unpacker.decompress(packed, at_most or member.file_size + 1)
        except zlib.error as error:
            raise self.damaged(member.filename) from error

    def head(self, member: zipfile.ZipInfo, size: int) -> bytes:
        """The first `size` bytes of a member's contents (fewer when it is shorter), without checking the rest."""
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            return self.read(member)[:size]
        packed = self.packed(member, size + 1024)
        if member.compress_type == zipfile.ZIP_STORED:
            return packed[:size]
        try:
            return zlib.decompressobj(-15).decompress(packed, size)
        except zlib.error as error:
            raise self.damaged(member.filename) from error

    def packed(self, member: zipfile.ZipInfo, at_most: int | None = None) -> bytes:
        """The bytes of a member as they are stored, still compressed; at most so many of them."""
        size = member.compress_size if at_most is None else min(member.compress_size, at_most)
        try:
            start, _ = self._local(member)
            self.file.seek(start)
            packed = self.file.read(size)
        except OSError as error:
            raise _unreachable(self.name, error) from error
        if len(packed) != size:
            raise self.damaged(member.filename)
        return packed

    def local_extra(self, member: zipfile.ZipInfo) -> bytes:
        """The extra field of a member's local header, without sizes for files over 4 GB."""
        _, extra = self._local(member)
        return _without_zip64(extra)

    @property
    def comment(self) -> bytes:
        """The comment at the end of the zip file."""
        return self._zip.comment

    def damaged(self, part: str) -> InputProblem:
        """What to raise when a part can't be read."""
        return InputProblem(
            Text(
                f"{self.name} is beschadigd: het onderdeel {part} is niet te lezen. Open het bestand in Excel en sla het "
                "opnieuw op, of zet een back-up terug.",
                f"{self.name} is damaged: its part {part} can't be read. Open the file in Excel and save it again, or "
                "restore a backup.",
            )
        )

    def _structure(self) -> zipfile.ZipFile:
        self._check_beginning()
        try:
            archive = zipfile.ZipFile(self.file)
        except _DAMAGE as error:
            raise _not_a_workbook(self.name) from error
        except OSError as error:
            raise _unreachable(self.name, error) from error
        self._check_members(archive.infolist())
        return archive

    def _check_beginning(self) -> None:
        try:
            size = self.file.seek(0, io.SEEK_END)
            self.file.seek(max(0, size - 65_557))
            tail = self.file.read()
            self.file.seek(0)
            beginning = self.file.read(8)
        except OSError as error:
            raise _unreachable(self.name, error) from error
        if size == 0:
            raise _empty(self.name)
        if beginning == OLE:
            raise self._refused_container(size)
        if size > self.limits.file_bytes:
            raise _too_large(self.name)
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < _END_RECORD.size:
            raise _not_a_workbook(self.name)
        directory_size = _END_RECORD.unpack_from(tail, at)[5]
        # Bounded before anything is built from it: the number of entries that the record states may be a lie.
        longest = self.limits.members * (_CENTRAL_ENTRY + 500)
        if directory_size != 0xFFFFFFFF and directory_size > longest:
            raise _too_large(self.name)

    def _refused_container(self, size: int) -> InputProblem:
        """Old workbooks and encrypted ones are containers of the same kind; only what is in it tells."""
        try:
            self.file.seek(0)
            contents = self.file.read(min(size, self.limits.file_bytes))
        except OSError as error:
            raise _unreachable(self.name, error) from error
        return _encrypted(self.name) if _ENCRYPTED_PART in contents else _old(self.name)

    def _check_members(self, members: Iterable[zipfile.ZipInfo]) -> None:
        seen: set[str] = set()
        total = 0
        for member in members:
            name = part_name(member.filename).lower()
            if name in seen:
                raise _odd_package(self.name, member.filename, Text("staat er dubbel in", "is in it twice"))
            seen.add(name)
            if ".." in name.split("/") or "\0" in name:
                raise _odd_package(
                    self.name, member.filename, Text("heeft een vreemde naam", "has a strange name")
                )
            if member.flag_bits & 0x1:
                raise _encrypted(self.name)
            total += member.file_size
            bomb = (
                member.file_size > _RATIO_FROM and member.file_size > self.limits.ratio * member.compress_size
            )
            if bomb or member.file_size > self.limits.part_bytes:
                raise _too_large(self.name)
        if len(seen) > self.limits.members or total > self.limits.unpacked_bytes:
            raise _too_large(self.name)
        self._check_overlap(members)

    def _check_overlap(self, members: Iterable[zipfile.ZipInfo]) -> None:
        end = -1
        for member in sorted(members, key=lambda m: m.header_offset):
            if member.header_offset < end:
                raise _odd_package(
                    self.name, member.filename, Text("overlapt een ander", "overlaps another one")
                )
            end = member.header_offset + 30 + member.compress_size

    def _read_with_zipfile(self, member: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(member) as stream:
                contents = stream.read(member.file_size + 1)
        except _DAMAGE as error:
            raise self.damaged(member.filename) from error
        except OSError as error:
            raise _unreachable(self.name, error) from error
        return contents

    def _local(self, member: zipfile.ZipInfo) -> tuple[int, bytes]:
        """Where a member's data starts, and the extra field of its local header."""
        self.file.seek(member.header_offset)
        header = self.file.read(_LOCAL_HEADER.size)
        if len(header) != _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise self.damaged(member.filename)
        name_length, extra_length = _LOCAL_HEADER.unpack(header)[9:11]
        rest = self.file.read(name_length + extra_length)
        return member.header_offset + len(header) + len(rest), rest[name_length:]


def written(
    source: Archive,
    changed: Mapping[str, Spliced],
    dropped: frozenset[str],
    added: Mapping[str, bytes] = MappingProxyType({}),
) -> Iterator[bytes]:
    """The bytes of a zip file with the same members in the same order, some with new contents, some left out.

    Members that are not named keep their compressed bytes, times and attributes. Sizes are written in front of each
    member's data (some programs write them behind it), and never in the form for files over 4 GB.

    Args:
        source: The archive to copy from.
        changed: Member name, as the archive gives it, to its new contents.
        dropped: Names of the members to leave out.
        added: Contents of members that come behind the others, by name (ASCII, and not in the archive yet).
    """
    offset = 0
    directory: list[bytes] = []
    for member in source.members:
        if member.filename in dropped:
            continue
        if member.filename in changed:
            packed, size, checksum = _compressed(changed[member.filename].pieces())
            kind = zipfile.ZIP_DEFLATED
        else:
            packed = source.packed(member)
            kind, size, checksum = member.compress_type, member.file_size, member.CRC
        extra = source.local_extra(member)
        local, central = _headers(member, extra, offset, (kind, checksum, len(packed), size))
        directory.append(central)
        offset += len(local) + len(packed)
        yield local
        yield packed
    for name, contents in added.items():
        packed, size, checksum = _compressed([memoryview(contents)])
        data = (zipfile.ZIP_DEFLATED, checksum, len(packed), size)
        local, central = _headers(zipfile.ZipInfo(name), b"", offset, data)
        directory.append(central)
        offset += len(local) + len(packed)
        yield local
        yield packed
    entries = b"".join(directory)
    yield entries
    yield (
        _END_RECORD.pack(
            b"PK\x05\x06",
            0,
            0,
            len(directory),
            len(directory),
            len(entries),
            offset,
            len(source.comment),
        )
        + source.comment
    )


COMPRESSION = 5
"""How hard changed members are compressed: a sheet becomes as small as with 6, the usual choice, in little over half the time."""


def _compressed(pieces: Iterable[memoryview]) -> tuple[bytes, int, int]:
    """The pieces compressed, with their length and checksum before."""
    packer = zlib.compressobj(COMPRESSION, zlib.DEFLATED, -15, 9)
    packed, size, checksum = [], 0, 0
    for piece in pieces:
        packed.append(packer.compress(piece))
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
    packed.append(packer.flush())
    return b"".join(packed), size, checksum


def part_name(name: str) -> str:
    r"""A part's name as relationships resolve to it: `/xl/a.xml` and `xl\a.xml` are `xl/a.xml`."""
    return name.replace("\\", "/").lstrip("/")


def _headers(
    member: zipfile.ZipInfo, extra: bytes, offset: int, data: tuple[int, int, int, int]
) -> tuple[bytes, bytes]:
    """The local header, with this extra field, and the directory entry of a member.

    `data` is (method, checksum, packed size, size).
    """
    kind, checksum, packed_size, size = data
    flags = member.flag_bits & ~_DESCRIPTOR_FLAG
    name = _raw_name(member)
    year, month, day, hour, minute, second = member.date_time
    date = (year - 1980) << 9 | month << 5 | day
    time = hour << 11 | minute << 5 | second // 2
    common = (flags, kind, time, date, checksum, packed_size, size)
    version = max(member.extract_version, 20) if kind == zipfile.ZIP_DEFLATED else member.extract_version
    local = _LOCAL_HEADER.pack(b"PK\x03\x04", version, *common, len(name), len(extra)) + name + extra
    central_extra = _without_zip64(member.extra)
    made_by = member.create_version | member.create_system << 8
    central = _CENTRAL_HEADER.pack(
        b"PK\x01\x02",
        made_by,
        version,
        *common,
        len(name),
        len(central_extra),
        len(member.comment),
        0,
        member.internal_attr,
        member.external_attr,
        offset,
    )
    return local, central + name + central_extra + member.comment


def _raw_name(member: zipfile.ZipInfo) -> bytes:
    return member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437")


def _without_zip64(extra: bytes) -> bytes:
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64_EXTRA:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept + extra[at:]


def _name_of(source: BinaryIO) -> str:
    name = getattr(source, "name", None)
    return Path(name).name if isinstance(name, str) and name else "workbook.xlsx"


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise InputProblem(
                Text(
                    f"{path} is een map, geen werkboek. Geef het bestand zelf op (.xlsx of .xlsm).",
                    f"{path} is a folder, not a workbook. Give the file itself (.xlsx or .xlsm).",
                )
            )
        return path.open("rb")
    except OSError as error:
        raise not_opened(path, error) from error


def not_opened(path: Path, error: OSError) -> InputProblem | OutsideProblem:
    """What to raise when a workbook can't be opened: a wrong name is the caller's mistake, a share that is away is not."""
    if isinstance(error, FileNotFoundError) and not is_away(error):
        return missing(path)
    if isinstance(error, PermissionError) and not is_away(error):
        return InputProblem(
            Text(
                f"Je mag {path} niet lezen. Vraag de beheerder van de map om leesrechten.",
                f"You are not allowed to read {path}. Ask whoever manages the folder for permission to read.",
            )
        )
    return _unreachable(path.name, error)


def missing(path: Path) -> InputProblem | OutsideProblem:
    """What to raise about a workbook that is not there: its folder not being there either may be the network's fault."""
    if not _is_folder(path.parent):
        return OutsideProblem(
            Text(
                f"De map {path.parent} is niet te bereiken. Controleer de netwerkverbinding en de map, en probeer het opnieuw.",
                f"The folder {path.parent} can't be reached. Check the network connection and the folder, and try again.",
            )
        )
    return InputProblem(
        Text(
            f"{path} bestaat niet. Controleer de map en de bestandsnaam.",
            f"{path} does not exist. Check the folder and the file's name.",
        )
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _unreachable(name: str, error: OSError) -> OutsideProblem:
    reason = error.strerror or str(error)
    return OutsideProblem(
        Text(
            f"{name} is nu niet te lezen ({reason}). Controleer of de schijf of netwerkmap bereikbaar is en probeer "
            "het opnieuw.",
            f"{name} can't be read now ({reason}). Check that the disk or network folder can be reached and try again.",
        )
    )


def _not_a_workbook(name: str) -> InputProblem:
    return InputProblem(
        Text(
            f"{name} is geen Excel-werkmap, of het bestand is beschadigd of niet compleet. Open het in Excel en sla het op "
            "als Excel-werkmap (.xlsx).",
            f"{name} is no Excel workbook, or the file is damaged or incomplete. Open it in Excel and save it as an Excel "
            "workbook (.xlsx).",
        )
    )


def _empty(name: str) -> InputProblem:
    return InputProblem(
        Text(
            f"{name} is leeg (0 bytes): er is iets misgegaan bij het opslaan of kopiëren. Zet een back-up of een eerdere versie "
            "terug.",
            f"{name} is empty (0 bytes): something went wrong while it was saved or copied. Put a backup or an earlier version "
            "back.",
        )
    )


def _encrypted(name: str) -> InputProblem:
    return InputProblem(
        Text(
            f"{name} is versleuteld, met een wachtwoord of een rechtenlabel, en is zo niet te lezen. Haal het wachtwoord eraf "
            "(Bestand > Info > Werkmap beveiligen > Versleutelen met wachtwoord) of kies een label zonder versleuteling.",
            f"{name} is encrypted, with a password or a rights label, and can't be read. Remove the password (File > Info > "
            "Protect Workbook > Encrypt with Password), or choose a label without encryption.",
        )
    )


def _old(name: str) -> InputProblem:
    return InputProblem(
        Text(
            f"{name} is een bestand van een oude Excel (.xls). Open het in Excel en sla het op als Excel-werkmap (.xlsx).",
            f"{name} is a file of an old Excel (.xls). Open it in Excel and save it as an Excel workbook (.xlsx).",
        )
    )


def _too_large(name: str) -> InputProblem:
    return InputProblem(
        Text(
            f"{name} is te groot om veilig te openen. Verwijder lege rijen met opmaak en grote afbeeldingen, en sla het "
            "bestand opnieuw op.",
            f"{name} is too large to open safely. Remove empty formatted rows and large pictures, and save the file again.",
        )
    )


def _odd_package(name: str, part: str, what: Text) -> InputProblem:
    return InputProblem(
        Text(
            f"{name} is niet goed opgebouwd: het onderdeel {part!r} {what.nl}. Open het bestand in Excel en sla het opnieuw op.",
            f"{name} is not well-formed: its part {part!r} {what.en}. Open the file in Excel and save it again.",
        )
    )
