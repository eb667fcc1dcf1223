"""Writing to the plan workbook where others work with it: on a shared drive, open in Excel, synchronised, backed up.

A write either happens whole or not at all. The edit is decided on, and made in, a local copy; the plan is replaced in one
step, and only if nobody changed it meanwhile (then the edit is decided anew on the new version). Whatever a run that was
cut off left behind is recognised and cleaned by the next one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from filelock import FileLock, Timeout

from ogsm_xl.excel.drive.presence import conflict_copies, marker_files, opened_by, refuse_placeholder
from ogsm_xl.excel.drive.swap import prepare, recover, swap, sync_folder
from ogsm_xl.excel.editor import TEMPORARY, Edit, edited
from ogsm_xl.excel.ooxml.archive import missing
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.share import away, is_away
from ogsm_xl.plan.words import Text

__all__ = ["PlanBusy", "Step", "Written", "write_plan"]

_MOST_ROUNDS = 5
_LONGEST_PAUSE = 5.0
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BUSY = {errno.EBUSY, errno.ETXTBSY, errno.EAGAIN, errno.EDEADLK}
_WINDOWS_BUSY = {5, 32, 33, 1175, 1176, 1177}
_WINDOWS_FULL = {39, 112}
_LOCK = ".ogsm-lock"
_OLD = f".replaced{TEMPORARY}"


class PlanBusy(OutsideProblem):
    """Somebody has the plan open, or another run is writing it. Nothing was changed; trying again later helps.

    `who` is the name of the person, or "".
    """

    def __init__(self, text: Text, who: str = "") -> None:
        super().__init__(text)
        self.who = who


class Step(Enum):
    """Where a write is; named to whoever watches it, just before the step begins."""

    CLEAN = "clean up after a run that was cut off"
    COPY = "copy the plan to the local disk"
    DECIDE = "decide what to change"
    EDIT = "edit the copy and let it pass the gate"
    BACK_UP = "back up the plan"
    PLACE = "write the new version beside the plan"
    LOOK_AGAIN = "see whether the plan was changed meanwhile"
    SWAP = "put the new version in its place"
    LOOK_BACK = "see what was replaced"
    TIDY = "remove what is not needed any more"


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a write.

    Attributes:
        changed: Whether the plan was changed; False when there was nothing to change.
        backup: The copy of the version before, or None.
        warnings: What a person may want to look at.
    """

    changed: bool
    backup: Path | None = None
    warnings: tuple[Text, ...] = ()


def write_plan(
    path: Path,
    decide: Callable[[Path], Sequence[Edit]],
    *,
    now: datetime,
    backups: int = 10,
    backup_folder: Path | None = None,
    retry_for: float = 30.0,
    unlock_protected: bool = False,
    sleep: Callable[[float], None] = time.sleep,
    watch: Callable[[Step], None] = lambda _: None,
) -> Written:
    """Change the plan workbook.

    Args:
        path: The plan.
        decide: Is given a local copy of the plan as it is, and returns the edits for exactly that version; none: nothing is
            written. Called again when somebody changed the plan meanwhile, so it must look what is there already.
        now: For the backup's name.
        backups: How many backups to keep; 0 makes none.
        backup_folder: Where they go; the folder `backups` beside the plan unless given.
        retry_for: How many seconds to keep trying when the plan is briefly held by something else, such as a virus scanner.
        unlock_protected: Also write locked cells of protected sheets.
        sleep: Waits so many seconds.
        watch: Told about each step just before it begins.

    Raises:
        PlanBusy: Somebody has it open, or another run is writing it. Nothing was changed.
        InputProblem: The plan or the edit does not allow it. Nothing was changed.
        OutsideProblem: The disk or share failed or is full, or the plan kept changing. Nothing was changed.
    """
    plan = _Plan(path.resolve() if path.is_symlink() else path, now, backup_folder, backups)
    patience = _Patience(retry_for, sleep)
    with _sentences(plan.path), _our_turn(plan.path, retry_for):
        watch(Step.CLEAN)
        plan.clean_up()
        for _ in range(_MOST_ROUNDS):
            written = _one_round(plan, decide, patience, watch, unlock_protected=unlock_protected)
            if written is not None:
                return written
    raise OutsideProblem(
        Text(
            f"{path.name} wordt steeds gewijzigd terwijl er geschreven wordt. Probeer het later opnieuw.",
            f"{path.name} keeps being changed while it is being written. Try again later.",
        )
    )


def _one_round(
    plan: _Plan,
    decide: Callable[[Path], Sequence[Edit]],
    patience: _Patience,
    watch: Callable[[Step], None],
    *,
    unlock_protected: bool,
) -> Written | None:
    """Try once; None when the plan was changed meanwhile."""
    with tempfile.TemporaryDirectory(prefix=plan.scratch, ignore_cleanup_errors=True) as folder:
        before, after = Path(folder, "before", plan.path.name), Path(folder, "after", plan.path.name)
        before.parent.mkdir()
        after.parent.mkdir()
        watch(Step.COPY)
        plan.refuse_unwritable(patience)
        fingerprint = _copied(plan.path, before)
        watch(Step.DECIDE)
        edits = decide(before)
        warnings = plan.conflicts()
        if not edits:
            return Written(changed=False, warnings=warnings)
        watch(Step.EDIT)
        outcome = edited(before, after, edits, unlock_protected=unlock_protected)
        new_fingerprint = _fingerprint(after)
        if new_fingerprint == fingerprint:
            return Written(changed=False, warnings=warnings)
        watch(Step.BACK_UP)
        backup = plan.back_up(before, fingerprint)
        watch(Step.PLACE)
        plan.place(after, new_fingerprint)
    watch(Step.LOOK_AGAIN)
    plan.refuse_unwritable(patience)
    if _fingerprint(plan.path) != fingerprint:
        plan.tidy()
        return None
    watch(Step.SWAP)
    patience.until_free(plan.swap)
    watch(Step.LOOK_BACK)
    if plan.put_back_unless(fingerprint, new_fingerprint):
        return None
    plan.refuse_unless(new_fingerprint)
    watch(Step.TIDY)
    plan.tidy(keep=backup)
    return Written(changed=True, backup=backup, warnings=(*outcome.warnings, *warnings))


class _Plan:
    """The plan's file, its backups, and the unfinished files beside it."""

    def __init__(self, path: Path, now: datetime, backup_folder: Path | None, backups: int) -> None:
        self.path = path
        self._now = now
        self._backup_folder = backup_folder or path.parent / "backups"
        self._backups = backups
        self._new = path.with_name(f".{path.name}.new{TEMPORARY}")
        self._old = path.with_name(f".{path.name}{_OLD}")
        self.scratch = f"ogsm-xl-{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:16]}-"

    def clean_up(self) -> None:
        """Remove, or put back, what a run that was cut off left behind. Only under the lock, so none of it is in use."""
        recover(self.path, self._old)
        if self._old.exists():
            # The version that was replaced. Normally there is a backup of it; if not, somebody saved at the last moment.
            fingerprint = _fingerprint(self._old)
            if not any(_fingerprint(kept) == fingerprint for kept in (self.path, *self._all_backups())):
                self.back_up(self._old, fingerprint, at_least=1)
        self.tidy()
        for folder in (self.path.parent, self._backup_folder):
            for leftover in folder.glob(f".{_literal(self.path.name)}.*{TEMPORARY}"):
                leftover.unlink(missing_ok=True)
        for folder in Path(tempfile.gettempdir()).glob(f"{self.scratch}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def refuse_unwritable(self, patience: _Patience) -> None:
        """Make sure that the plan can be written now."""
        if not self.path.exists():
            patience.until(self.path.exists)  # Excel saves by removing the file and renaming another
        if not self.path.exists():
            raise missing(self.path)
        refuse_placeholder(self.path)
        if not self.path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise _read_only(self.path)
        who = opened_by(self.path)
        if who is not None:
            raise _busy(self.path, who)
        patience.until_free(self._probe)

    def conflicts(self) -> tuple[Text, ...]:
        """A sentence for copies that a synchronised folder made because two people saved at once."""
        names = conflict_copies(self.path)
        if not names:
            return ()
        shown = ", ".join(names)
        return (
            Text(
                f"Naast {self.path.name} staat een kopie met mogelijk andere wijzigingen: {shown}. Neem over wat nodig is "
                "en verwijder de kopie.",
                f"Beside {self.path.name} there is a copy that may hold other changes: {shown}. Take over what is needed "
                "and remove the copy.",
            ),
        )

    def back_up(self, version: Path, fingerprint: str, *, at_least: int = 0) -> Path | None:
        """Keep a copy of a version, compared with the original; None when no backups are wanted."""
        if max(self._backups, at_least) == 0:
            return None
        self._backup_folder.mkdir(parents=True, exist_ok=True)
        target = self._backup_folder / self._next_backup()
        unfinished = self._backup_folder / f".{self.path.name}.backup{TEMPORARY}"
        _write_through(version, unfinished)
        _refuse_different(unfinished, fingerprint)
        unfinished.replace(target)
        sync_folder(self._backup_folder)
        return target

    def place(self, version: Path, fingerprint: str) -> None:
        """Write the new version beside the plan, with the plan's permissions, and compare it."""
        _write_through(version, self._new)
        prepare(self._new, self.path)
        _refuse_different(self._new, fingerprint)

    def swap(self) -> None:
        """Put the new version in the plan's place."""
        swap(self._new, self.path, self._old)

    def put_back_unless(self, fingerprint: str, new_fingerprint: str) -> bool:
        """Whether another version than this one was replaced: somebody saved at the last moment. Then that is put back."""
        if not self._old.exists() or (replaced := _fingerprint(self._old)) == fingerprint:
            return False
        if _fingerprint(self.path) == new_fingerprint:
            self._old.replace(self.path)
        else:  # and then saved once more: the newest stays, the one between becomes a backup
            self.back_up(self._old, replaced, at_least=1)
        return True

    def refuse_unless(self, fingerprint: str) -> None:
        """Make sure that the plan is now the new version."""
        if _fingerprint(self.path) != fingerprint:
            raise OutsideProblem(
                Text(
                    f"{self.path.name} is meteen na het schrijven veranderd: iemand heeft het opgeslagen. Draai de taak "
                    "opnieuw; die kijkt wat er nu staat en vult aan wat ontbreekt.",
                    f"{self.path.name} was changed right after it was written: somebody saved it. Run the job again; it "
                    "looks at what is there now and adds what is missing.",
                )
            )

    def tidy(self, keep: Path | None = None) -> None:
        """Remove unfinished files, and backups beyond the number to keep."""
        self._new.unlink(missing_ok=True)
        self._old.unlink(missing_ok=True)
        if self._backups:
            for backup in self._all_backups()[: -self._backups]:
                if backup != keep:
                    backup.unlink(missing_ok=True)

    def _probe(self) -> None:
        with self.path.open("r+b"):
            pass

    def _next_backup(self) -> str:
        """A name that sorts behind those of the same second, also when the first of them are gone."""
        stem = f"{self.path.stem} {self._now:%Y-%m-%d %H%M%S}"
        taken = [
            number for name, number in map(_age_of, (b.stem for b in self._all_backups())) if name == stem
        ]
        number = f" ({max(taken) + 1})" if taken else ""
        return f"{stem}{number}{self.path.suffix}"

    def _all_backups(self) -> list[Path]:
        """The backups of this plan, the oldest first; other files in the folder are none."""
        name = re.compile(
            re.escape(self.path.stem) + r" \d{4}-\d\d-\d\d \d{6}(?: \(\d+\))?" + re.escape(self.path.suffix)
        )
        if not self._backup_folder.is_dir():
            return []
        found = [f for f in self._backup_folder.iterdir() if name.fullmatch(f.name)]
        return sorted(found, key=lambda f: _age_of(f.stem))


class _Patience:
    """Keeps trying for a while, with growing pauses."""

    def __init__(self, seconds: float, sleep: Callable[[float], None]) -> None:
        self._left = seconds
        self._sleep = sleep

    def until_free(self, action: Callable[[], None]) -> None:
        """Do something until no other program is in the way; its last error when time is up."""
        pause = 0.2
        while True:
            try:
                action()
            except OSError as error:
                if not _is_busy(error) or not self._wait(pause):
                    raise
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                return

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something, or until time is up."""
        pause = 0.2
        while not condition() and self._wait(pause):
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _wait(self, pause: float) -> bool:
        if self._left <= 0:
            return False
        self._left -= pause
        self._sleep(pause)
        return True


@contextlib.contextmanager
def _our_turn(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock that keeps our own runs apart; other programs do not look at it."""
    if not path.exists() and not path.with_name(f".{path.name}{_OLD}").exists():
        raise missing(path)
    lock = FileLock(path.with_name(f".{path.name}{_LOCK}"), timeout=max(patience, 0))
    try:
        lock.acquire()
    except Timeout as error:
        raise PlanBusy(
            Text(
                f"Een andere taak schrijft nu in {path.name}. Probeer het straks opnieuw.",
                f"Another job is writing to {path.name} now. Try again later.",
            )
        ) from error
    except PermissionError as error:
        raise away(path.parent, error) if is_away(error) else _read_only(path.parent) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn what the system says into a sentence."""
    try:
        yield
    except OSError as error:
        code, windows = error.errno, getattr(error, "winerror", None)
        if code in _FULL or windows in _WINDOWS_FULL:
            raise OutsideProblem(
                Text(
                    f"Er is geen ruimte om {path.name} te schrijven; het bestand is niet veranderd. Maak schijfruimte vrij.",
                    f"There is no room to write {path.name}; the file was not changed. Free some disk space.",
                )
            ) from error
        if _is_busy(error):
            raise _busy(path, opened_by(path) or "") from error
        if is_away(error):
            raise away(path, error) from error
        if isinstance(error, PermissionError) or code == errno.EROFS:
            raise _read_only(path) from error
        reason = error.strerror or str(error)
        raise OutsideProblem(
            Text(
                f"{path.name} is nu niet te schrijven ({reason}). Controleer de schijf of netwerkmap en probeer het opnieuw.",
                f"{path.name} can't be written now ({reason}). Check the disk or network folder and try again.",
            )
        ) from error


def _is_busy(error: OSError) -> bool:
    """Whether another program is in the way. Windows says "not permitted" of a file that somebody has open, too."""
    windows = getattr(error, "winerror", None)
    if windows is not None:
        return windows in _WINDOWS_BUSY
    return error.errno in _BUSY or (sys.platform == "win32" and error.errno == errno.EACCES)


def _copied(source: Path, target: Path) -> str:
    """Copy a file and give its fingerprint; what is copied is what is fingerprinted."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(1 << 20):
            digest.update(block)
            writing.write(block)
    return digest.hexdigest()


def _write_through(source: Path, target: Path) -> None:
    """Copy a file, down to the disk."""
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(1 << 20):
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())


def _fingerprint(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _refuse_different(path: Path, fingerprint: str) -> None:
    if _fingerprint(path) != fingerprint:
        raise OutsideProblem(
            Text(
                f"{path.name} is anders dan wat er geschreven is. Controleer de schijf of netwerkmap en probeer het opnieuw.",
                f"{path.name} is not what was written. Check the disk or network folder and try again.",
            )
        )


def _age_of(stem: str) -> tuple[str, int]:
    number = re.search(r" \((\d+)\)$", stem)
    return (stem[: number.start()], int(number[1])) if number else (stem, 0)


def _literal(name: str) -> str:
    """A name in a pattern for files, its brackets taken literally."""
    return re.sub(r"([*?\[])", r"[\1]", name)


def _busy(path: Path, who: str) -> PlanBusy:
    markers = ", ".join(marker_files(path))
    if who or markers:
        what = Text(f"geopend door {who}" if who else "geopend", f"open, used by {who}" if who else "open")
    else:
        what = Text("in gebruik, of je mag er niet in schrijven", "in use, or you may not write to it")
    stale = Text("", "")
    if markers:
        stale = Text(
            f" Heeft niemand het open? Verwijder dan {markers}.", f" If nobody has it open, remove {markers}."
        )
    return PlanBusy(
        Text(
            f"{path.name} is {what.nl}, dus er is niets in geschreven. Sluit het en probeer het later opnieuw.{stale.nl}",
            f"{path.name} is {what.en}, so nothing was written to it. Close it and try again later.{stale.en}",
        ),
        who,
    )


def _read_only(path: Path) -> InputProblem:
    return InputProblem(
        Text(
            f"In {path} mag niet geschreven worden. Haal 'alleen-lezen' eraf, of vraag de beheerder om schrijfrechten.",
            f"{path} may not be written to. Remove 'read-only', or ask its manager for permission to write.",
        )
    )
