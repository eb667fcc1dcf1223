"""A workbook as a PDF, made by LibreOffice where that is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text

_LONGEST: Final = 300  # seconds
_WINDOWS: Final = ("PROGRAMFILES", "PROGRAMFILES(X86)")


def write_pdf(workbook: Path, pdf: Path, *, program: str | None = None, longest: float = _LONGEST) -> None:
    """Print a workbook to a new file.

    Args:
        workbook: The workbook; it is only read.
        pdf: The file to make.
        program: LibreOffice; looked for in its usual places where left out.
        longest: How many seconds it may take.

    Raises:
        InputProblem: LibreOffice is not installed, or there is such a file already.
        OutsideProblem: LibreOffice made nothing of it.
    """
    office = program or _office()
    if office is None:
        raise InputProblem(
            Text(
                "Er is geen PDF gemaakt: LibreOffice staat niet op deze machine. Installeer het, of sla het werkboek in Excel op als PDF.",
                "No PDF was made: LibreOffice is not installed on this machine. Install it, or save the workbook as PDF in Excel.",
            )
        )
    if pdf.exists():
        raise InputProblem(
            Text(f"{pdf} bestaat al en blijft zoals het is.", f"{pdf} exists already and stays as it is.")
        )
    with TemporaryDirectory(prefix="ogsm-xl-", ignore_cleanup_errors=True) as folder:
        made = _converted(office, workbook, Path(folder), longest)
        if made is None:
            raise OutsideProblem(
                Text(
                    f"LibreOffice kon geen PDF maken van {workbook.name}. Sla het werkboek in Excel op als PDF, of probeer het later nog eens.",
                    f"LibreOffice could not make a PDF of {workbook.name}. Save the workbook as PDF in Excel, or try again later.",
                )
            )
        shutil.copyfile(made, pdf)


def _converted(office: str, workbook: Path, folder: Path, longest: float) -> Path | None:
    """The PDF in the folder; a profile of its own, so that an open LibreOffice is left alone."""
    copy = folder / "session.xlsx"
    shutil.copyfile(workbook, copy)
    call = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(copy),
    ]
    made = folder / "session.pdf"
    return made if _is_run(call, longest) and made.exists() else None


def _is_run(call: Sequence[str], longest: float) -> bool:
    """Whether a program ended well in time. LibreOffice's starts another one: both are ended with it."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(call, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 - our own program and file
    except OSError:
        return False
    try:
        return process.wait(longest) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _end_all(process)


def _end_all(process: subprocess.Popen[bytes]) -> None:
    """End a program and those that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603, S607 - Windows' own program
    else:
        with suppress(ProcessLookupError):  # it ended just now
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _office() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return found
    folders = [Path(os.environ[name]) for name in _WINDOWS if name in os.environ]
    places = [folder / "LibreOffice" / "program" / "soffice.exe" for folder in folders]
    return next((str(place) for place in places if place.exists()), None)
