"""Puts a file in the place of another in one step, and keeps the other for a moment to see what was replaced."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

_NOT_SUPPORTED = {1, 50}  # Windows: this file system can't


def prepare(new: Path, target: Path) -> None:
    """Give a new file the permissions, owner and extended attributes of the one whose place it will take."""
    if sys.platform == "win32":
        return  # done by the swap itself
    before = target.stat()
    with contextlib.suppress(OSError):  # only the superuser may give a file away
        os.chown(new, before.st_uid, before.st_gid)
    with contextlib.suppress(OSError):  # a share may not keep all of them
        shutil.copystat(target, new)
    new.chmod(before.st_mode & 0o7777)
    os.utime(new)


def swap(new: Path, target: Path, old: Path) -> None:
    """Put `new` in the place of `target` in one step; what was there is then at `old`, where the disk allows it.

    Raises:
        OSError: It was not possible; the target is what it was.
    """
    if sys.platform == "win32":
        _replace_file(new, target, old)
        return
    old.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # a disk without hard links: nothing to look back at
        os.link(target, old)
    new.replace(target)
    sync_folder(target.parent)


def recover(target: Path, old: Path) -> None:
    """Put back what a swap that broke off halfway took away (Windows can leave it under the other name)."""
    if old.exists() and not target.exists():
        old.replace(target)


def sync_folder(folder: Path) -> None:
    """Let the disk write down which files a folder holds, where the system can."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _IGNORE_MERGE_ERRORS = 2
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.ReplaceFileW.restype = wintypes.BOOL
    _kernel.ReplaceFileW.argtypes = [
        wintypes.LPCWSTR,
        wintypes.LPCWSTR,
        wintypes.LPCWSTR,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.LPVOID,
    ]

    def _replace_file(new: Path, target: Path, old: Path) -> None:
        """Replace the file and keep its attributes, permissions and creation time, which a rename would lose."""
        old.unlink(missing_ok=True)
        arguments = (str(target), str(new), str(old), _IGNORE_MERGE_ERRORS, None, None)
        if _kernel.ReplaceFileW(*arguments):
            return
        error = ctypes.WinError(ctypes.get_last_error())
        recover(target, old)
        if error.winerror not in _NOT_SUPPORTED:
            raise error
        new.replace(target)
