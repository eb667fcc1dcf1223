"""A table of the plan for any choice, as a workbook, a page, a CSV file or a pandas frame."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ogsm_xl.config import Config, load_config
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.excel.report_workbook import not_written, write_report_workbook
from ogsm_xl.ledger import Ledger
from ogsm_xl.letters.report_page import report_page
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.rhythm.report import About, Choice, Shape, Table, report_table
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count
from ogsm_xl.usecases.plan_now import read_plan_now

if TYPE_CHECKING:
    import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_TITLES = {
    About.ACTIONS: Text("Acties", "Actions"),
    About.STRATEGIES: Text("Strategieën", "Strategies"),
    About.INDICATORS: Text("Indicatoren", "Indicators"),
    About.REPORTS: Text("Verslagen", "Reports"),
}


def write_report(config: Config, ledger: Ledger, file: Path, choice: Choice, *, now: datetime) -> Outcome:
    """Write the table of the plan to a new file; its name says how: .xlsx, .html or .csv.

    Reports that have not reached the workbook yet are in it, as they are in the process status.

    Raises:
        InputProblem: The plan can't be used, the choice names what does not exist, or the file is there already, can't be
            written, or has another ending.
    """
    plan = read_plan_now(config, ledger).plan
    table, language = report_table(plan, choice), plan.language
    title = f"{_TITLES[choice.about].in_(language)} ({now:%d-%m-%Y})"
    write_table(file, table, title=title, language=language, now=now)
    rows = len(table.rows)
    counted = count(rows, Text("regel", "row"), Text("regels", "rows"))
    return Outcome(
        ExitCode.DONE,
        Text(f"Gemaakt: {file}, met {counted.nl}.", f"Made: {file}, with {counted.en}."),
        data={"file": str(file), "rows": rows, "columns": [column.name for column in table.columns]},
    )


def write_table(file: Path, table: Table, *, title: str, language: Language, now: datetime) -> None:
    """Write a table to a new file; its name says how: .xlsx, .html or .csv.

    Raises:
        InputProblem: The file is there already, can't be written, or has another ending.
    """
    match file.suffix.lower():
        case ".xlsx":
            write_report_workbook(file, table, title=title, language=language, now=now)
        case ".html":
            _write_text(file, report_page(table, title=title, language=language))
        case ".csv":
            _write_csv(file, table, language)
        case other:
            raise InputProblem(
                Text(
                    f"{file.name} eindigt op {other or 'niets'}. Kies een naam die eindigt op .xlsx, .html of .csv.",
                    f"{file.name} ends in {other or 'nothing'}. Choose a name that ends in .xlsx, .html or .csv.",
                )
            )


def frame(source: Path | str, choice: Choice | None = None) -> pd.DataFrame:
    """The table of a plan as a pandas frame.

    Its columns are the names in `ogsm_xl.rhythm.report.COLUMNS`; days are datetime64, progress is a fraction of 1, lights and
    statuses are words in the plan's language.

    Args:
        source: The plan workbook; or the configuration (.toml), to have the reports too that wait in the ledger.
        choice: What to take; all actions where left out.

    Raises:
        InputProblem: The plan can't be used, or the choice names what does not exist.
    """
    import pandas as pd  # noqa: PLC0415 - takes half a second, and only this needs it

    plan = _plan_of(Path(source))
    table = report_table(plan, choice or Choice())
    found = pd.DataFrame(table.words(plan.language), columns=[column.name for column in table.columns])
    for column in table.columns:
        if column.shape in {Shape.DAY, Shape.MOMENT}:
            found[column.name] = pd.to_datetime(found[column.name], errors="coerce")
        elif column.shape in {Shape.NUMBER, Shape.SHARE}:
            found[column.name] = pd.to_numeric(found[column.name])
    return found


def _plan_of(source: Path) -> Plan:
    if source.suffix.lower() != ".toml":
        return read_plan(source).plan
    config = load_config(source)
    with Ledger(config.ledger_file, read_only=True) as ledger:
        return read_plan_now(config, ledger).plan


def _write_csv(file: Path, table: Table, language: Language) -> None:
    """As Excel reads it on a double click: with a mark for UTF-8, and a semicolon where a comma is for decimals."""
    try:
        with file.open("x", encoding="utf-8-sig", errors="replace", newline="") as opened:
            writer = csv.writer(opened, delimiter=";" if language is Language.NL else ",")
            writer.writerow([column.heading.in_(language) for column in table.columns])
            for row in table.words(language):
                writer.writerow([_plain(value, language) for value in row])
    except OSError as error:
        raise not_written(file, error) from None


def _plain(value: str | float | date | datetime | None, language: Language) -> str:
    """The value as text; one that a spreadsheet would take for a formula is made harmless with an apostrophe."""
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case _:
            return str(value).replace(".", ",") if language is Language.NL else str(value)


def _write_text(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.write(text)
    except OSError as error:
        raise not_written(file, error) from None
