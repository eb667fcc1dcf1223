"""A workbook as a PDF."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from ogsm_xl.excel.pdf import write_pdf
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Language


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Doensessie"
    book.save(tmp_path / "a session.xlsx")
    return tmp_path / "a session.xlsx"


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_is_printed(workbook: Path) -> None:
    """A PDF, and nothing else, stands beside it."""
    pdf = workbook.with_suffix(".pdf")
    write_pdf(workbook, pdf)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert sorted(file.name for file in workbook.parent.iterdir()) == ["a session.pdf", "a session.xlsx"]


def test_an_existing_file_is_never_overwritten(workbook: Path) -> None:
    """It stays as it was."""
    pdf = workbook.with_suffix(".pdf")
    pdf.write_text("kept", encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        write_pdf(workbook, pdf, program=sys.executable)
    assert "bestaat al" in problem.value.sentence(Language.NL)
    assert pdf.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("program", [sys.executable, "no such program"])
def test_a_program_that_makes_nothing_is_a_sentence(workbook: Path, program: str) -> None:
    """It says what to do instead."""
    with pytest.raises(OutsideProblem) as problem:
        write_pdf(workbook, workbook.with_suffix(".pdf"), program=program)
    assert "als PDF" in problem.value.sentence(Language.NL)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_a_program_that_takes_too_long_is_ended_with_what_it_started(workbook: Path) -> None:
    """LibreOffice starts a second program, which does the work."""
    script, survived = workbook.parent / "slow", workbook.parent / "survived"
    script.write_text(f"#!/bin/sh\n(sleep 1; touch '{survived}') &\nsleep 60\n", encoding="utf-8")
    script.chmod(0o700)
    with pytest.raises(OutsideProblem):
        write_pdf(workbook, workbook.with_suffix(".pdf"), program=str(script), longest=0.3)
    time.sleep(1.2)
    assert not survived.exists()


def test_without_libreoffice_there_is_a_sentence(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that has none."""
    for name in ("PATH", "PROGRAMFILES", "PROGRAMFILES(X86)"):
        monkeypatch.setenv(name, str(workbook.parent))
    with pytest.raises(InputProblem) as problem:
        write_pdf(workbook, workbook.with_suffix(".pdf"))
    assert "LibreOffice staat niet op deze machine" in problem.value.sentence(Language.NL)
