"""Make plan workbooks: a new plan to start from, and the templates of this project."""

from __future__ import annotations

from pathlib import Path

from ogsm_xl.excel.template import ROWS_TO_BEGIN_WITH, write_plan_workbook, write_templates
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.usecases.outcome import ExitCode, Outcome


def new_plan(workbook: Path, language: Language, plan: Plan | None = None) -> Outcome:
    """Make a plan workbook to start from: empty, or with what is known already.

    Raises:
        InputProblem: There is a file with this name already, it is no .xlsx, or it can't be written.
    """
    if workbook.suffix.lower() != ".xlsx":
        raise InputProblem(
            Text(
                f"{workbook} is geen naam voor een werkboek. Noem een bestand dat eindigt op .xlsx.",
                f"{workbook} is no name for a workbook. Name a file that ends in .xlsx.",
            )
        )
    if workbook.exists():
        raise InputProblem(
            Text(
                f"{workbook} bestaat al en wordt niet overschreven. Noem een andere naam.",
                f"{workbook} exists already and is not overwritten. Choose another name.",
            )
        )
    write_plan_workbook(plan or Plan(language=language), workbook, language, blank_rows=ROWS_TO_BEGIN_WITH)
    return Outcome(
        ExitCode.DONE,
        Text(
            f"Gemaakt: {workbook}. Begin op het blad Leeswijzer; zet dan de namen en mailadressen op het blad Personen.",
            f"Made: {workbook}. Begin on the Guide sheet; then put names and mail addresses on the People sheet.",
        ),
        data={"workbook": str(workbook)},
    )


def build_templates(folder: Path) -> Outcome:
    """Build the templates: an empty plan and the filled example, in Dutch and in English.

    Raises:
        InputProblem: The folder can't be written.
    """
    files = [str(file) for file in write_templates(folder)]
    names = ", ".join(files)
    return Outcome(ExitCode.DONE, Text(f"Gemaakt: {names}.", f"Made: {names}."), data={"files": files})
