"""The check-up of files, folders and disks: is everything there, writable, free, and where it belongs?"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from ogsm_xl.config import Config
from ogsm_xl.excel.drive.presence import conflict_copies, marker_files, opened_by, refuse_placeholder
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.usecases.checkup import Check, Verdict, fine, look

_FOLDER = Text("Map van het plan", "Folder of the plan")
_WORKBOOK = Text("Werkboek", "Workbook")
_LEDGER = Text("Logboek", "Ledger")
_SPACE = Text("Schijfruimte", "Disk space")

_LEAST_FREE = 200_000_000  # bytes
_COPIES = 20  # of the workbook: backups, the copy that is edited, session workbooks
_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "sharepoint", "nextcloud")
_NETWORK_TYPES = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afpfs", "9p", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2",
}  # fmt: skip
_REMOTE_DRIVE = 4  # as Windows numbers the kinds of drives


@dataclass(frozen=True, slots=True)
class Disks:
    """How to look at the disks.

    Attributes:
        free: The free bytes where a folder is.
        is_remote: Whether a folder is on a network share.
    """

    free: Callable[[Path], int]
    is_remote: Callable[[Path], bool]


def free_bytes(folder: Path) -> int:
    """The free bytes where a folder is.

    Raises:
        OSError: It can't be looked at.
    """
    return shutil.disk_usage(folder).free


def plan_folder(config: Config) -> Iterator[Check]:
    """Can the folder be reached and written? And the folders for backups and session workbooks, where they are there?"""
    folder = config.workbook.parent
    if not folder.is_dir():
        raise OutsideProblem(
            Text(
                f"{folder} is niet te bereiken. Controleer de netwerkverbinding, en [plan] workbook in de configuratie.",
                f"{folder} can't be reached. Check the network connection, and [plan] workbook in the configuration.",
            )
        )
    others = [config.path(config.sessions.folder)]
    if config.plan.backup_folder:
        others.append(config.path(config.plan.backup_folder))
    for each in (folder, *(other for other in others if other.is_dir())):
        if reason := unwritable(each):
            raise InputProblem(
                Text(
                    f"In {each} mag deze gebruiker niet schrijven ({reason}). Vraag de beheerder om schrijfrechten.",
                    f"This user may not write to {each} ({reason}). Ask its manager for permission to write.",
                )
            )
    yield fine(
        _FOLDER, Text(f"{folder} is te bereiken en te schrijven.", f"{folder} can be reached and written.")
    )


def unwritable(folder: Path) -> str:
    """Why a folder can't be written, or "": the only sure way is to try, with a file that is gone at once."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".ogsm-xl-"):
            return ""
    except OSError as error:
        return error.strerror or type(error).__name__


def plan_in_use(config: Config) -> Iterator[Check]:
    """Does somebody have the plan open, is it read-only, only online, or there twice?"""
    plan = config.workbook
    if not plan.is_file():
        return  # reading it says so
    refuse_placeholder(plan)
    who = opened_by(plan)
    if who is not None:
        markers = ", ".join(marker_files(plan))
        yield look(
            _WORKBOOK,
            Text(f"is geopend door {who or 'iemand'}.", f"is open, used by {who or 'somebody'}."),
            Text(
                f"Verslagen wachten tot het dicht is. Heeft niemand het open? Verwijder dan {markers}.",
                f"Reports wait until it is closed. If nobody has it open, remove {markers}.",
            ),
        )
    if copies := conflict_copies(plan):
        names = ", ".join(copies)
        yield look(
            _WORKBOOK,
            Text(
                f"ernaast staat een kopie met mogelijk andere wijzigingen: {names}.",
                f"beside it is a copy that may hold other changes: {names}.",
            ),
            Text(
                "Neem over wat nodig is en verwijder de kopie.",
                "Take over what is needed and remove the copy.",
            ),
        )
    try:
        with plan.open("r+b"):
            pass
    except PermissionError:
        if who is None:
            raise InputProblem(
                Text(
                    f"{plan.name} mag niet geschreven worden. Haal 'alleen-lezen' eraf, of vraag om schrijfrechten.",
                    f"{plan.name} may not be written to. Remove 'read-only', or ask for permission to write.",
                )
            ) from None


def ledger_place(config: Config, disks: Disks) -> Iterator[Check]:
    """Is the ledger on a disk of this machine, where it can be written?"""
    file = config.ledger_file
    folder = existing(file.parent)
    move = Text(
        "Kies met [ledger] file een map op een schijf van deze machine; verplaats het bestand mee.",
        "Choose with [ledger] file a folder on a disk of this machine, and move the file there.",
    )
    if disks.is_remote(folder):
        said = Text(
            f"{file} staat op een netwerkschijf; daar kan het beschadigd raken.",
            f"{file} is on a network share, where it can be damaged.",
        )
        yield Check(_LEDGER, Verdict.WRONG, said, move)
        return
    if any(name in part.lower() for part in file.parts for name in _SYNCHRONISED):
        said = Text(
            f"{file} staat in een gesynchroniseerde map; een oudere versie kan terugkomen.",
            f"{file} is in a synchronised folder, where an older version can come back.",
        )
        yield look(_LEDGER, said, move)
        return
    if reason := unwritable(folder):
        said = Text(
            f"in {folder} mag deze gebruiker niet schrijven ({reason}).",
            f"this user may not write to {folder} ({reason}).",
        )
        yield Check(_LEDGER, Verdict.WRONG, said, move)
        return
    there = (
        Text("", "")
        if file.exists()
        else Text(" Het wordt bij de eerste taak gemaakt.", " The first job makes it.")
    )
    yield fine(
        _LEDGER,
        Text(
            f"{file}, op een schijf van deze machine.{there.nl}",
            f"{file}, on a disk of this machine.{there.en}",
        ),
    )


def log_place(config: Config) -> Iterator[Check]:
    """Can the log be written?"""
    about, file = Text("Logbestand", "Log"), config.log_file
    try:
        if file.exists():
            with file.open("ab"):
                pass
        reason = "" if file.exists() else unwritable(existing(file.parent))
    except OSError as error:
        reason = error.strerror or type(error).__name__
    if reason:
        yield look(
            about,
            Text(f"in {file} kan niet worden geschreven ({reason}).", f"{file} can't be written ({reason})."),
            Text("Kies met [log] file een ander bestand.", "Choose another file with [log] file."),
        )
    else:
        yield fine(about, Text(f"{file}.", f"{file}."))


def disk_space(config: Config, disks: Disks) -> Iterator[Check]:
    """Is there room for the plan and its copies, the ledger, and what is edited in between?"""
    size = config.workbook.stat().st_size if config.workbook.exists() else 0
    needed = max(_LEAST_FREE, _COPIES * size)
    folders = {config.workbook.parent, existing(config.ledger_file.parent), Path(tempfile.gettempdir())}
    free = {folder: disks.free(folder) for folder in sorted(folders) if folder.is_dir()}
    tight = {folder: room for folder, room in free.items() if room < needed}
    for folder, room in tight.items():
        yield look(
            _SPACE,
            Text(
                f"nog {_megabytes(room)} MB vrij in {folder}; nodig is {_megabytes(needed)} MB.",
                f"{_megabytes(room)} MB free in {folder}; {_megabytes(needed)} MB is needed.",
            ),
            Text("Maak ruimte vrij.", "Free some space."),
        )
    if free and not tight:
        least = _megabytes(min(free.values()))
        yield fine(_SPACE, Text(f"overal minstens {least} MB vrij.", f"at least {least} MB free everywhere."))


def is_on_network(folder: Path) -> bool:
    """Whether a folder is on a network share, as far as the system tells."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        drive = folder.resolve().drive
        remote = ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE
        return drive.startswith("\\\\") or remote
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False  # not Linux: nothing is known
    return file_system(folder.resolve(), mounts) in _NETWORK_TYPES


def file_system(folder: PurePath, mounts: str) -> str:
    """The type of the file system that a folder is on, out of the list of what is mounted where."""
    found, kind = -1, ""
    for line in mounts.splitlines():
        _device, place, type_name, *_ = [*line.split(" "), "", "", ""]
        mounted = PurePath(place.replace("\\040", " "))
        if place and (folder == mounted or mounted in folder.parents) and len(mounted.parts) >= found:
            found, kind = len(mounted.parts), type_name
    return kind


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), folder)


def _megabytes(size: int) -> int:
    return size // 1_000_000
