"""Validate the workbook: is it sound, is the plan good?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from ogsm_xl.config import Config
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.rules.catalogue import CATALOGUE
from ogsm_xl.rules.check import check_plan
from ogsm_xl.rules.settings import RuleSettings
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined, listed


def validate(*, config: Config, today: date) -> Outcome:
    """Check the workbook and its plan.

    Raises:
        InputProblem: The workbook can't be used at all.
    """
    findings = findings_of(read_plan(config.workbook), config, today)
    to_mend = [finding for finding in findings if finding.severity >= Severity.WARNING]
    return Outcome(
        ExitCode.LOOK if to_mend else ExitCode.DONE,
        joined(_counted(config, findings), _advice(to_mend)),
        (),
        _per_sheet(findings),
        {"workbook": str(config.workbook), "findings": [_plain(finding) for finding in findings]},
    )


def findings_of(read: ReadPlan, config: Config, today: date) -> tuple[Finding, ...]:
    """What the reader and the rules find, with the configured rules left out and severities changed."""
    return check_plan(read.plan, today, rule_settings(config), read.findings).findings


def rule_settings(config: Config) -> RuleSettings:
    """The configured rules.

    Raises:
        InputProblem: The configuration names a rule that does not exist.
    """
    known = {rule.code for rule in CATALOGUE}
    unknown = sorted({*config.rules.off, *config.rules.severity} - known)
    if unknown:
        codes = ", ".join(unknown)
        raise InputProblem(
            Text(
                f"In {config.file} onder [rules] staat {codes}, maar die controle bestaat niet. Kijk de code na in een melding van validate.",
                f"In {config.file}, [rules] names {codes}, but there is no such rule. Look the code up in a finding of validate.",
            )
        )
    return RuleSettings(
        off=config.rules.off,
        severities={code: Severity[word.upper()] for code, word in config.rules.severity.items()},
        invitation_days=config.rhythm.invitation_days,
        holiday_country=config.rules.holiday_country,
        **config.rules.thresholds.model_dump(),
    )


def _counted(config: Config, findings: Sequence[Finding]) -> Text:
    name = config.workbook.name
    if not findings:
        return Text(f"{name} is in orde.", f"{name} is in good order.")
    nouns = {
        Severity.ERROR: (Text("fout", "error"), Text("fouten", "errors")),
        Severity.WARNING: (Text("waarschuwing", "warning"), Text("waarschuwingen", "warnings")),
        Severity.HINT: (Text("tip", "hint"), Text("tips", "hints")),
    }
    numbers = Counter(finding.severity for finding in findings)
    counted = listed([count(numbers[level], *nouns[level]) for level in nouns if numbers[level]])
    return Text(f"{name}: {counted.nl}.", f"{name}: {counted.en}.")


def _advice(to_mend: Sequence[Finding]) -> Text:
    if any(finding.severity is Severity.ERROR for finding in to_mend):
        return Text(
            "Herstel eerst de fouten: die regels kunnen de taken niet gebruiken.",
            "Mend the errors first: the jobs can't use those rows.",
        )
    return Text("", "")


def _per_sheet(findings: Sequence[Finding]) -> list[Text]:
    lines = []
    for sheet, found in groupby(findings, key=lambda finding: finding.where.sheet if finding.where else ""):
        lines.append(Text(sheet or "Werkboek", sheet or "Workbook"))
        lines.extend(_line(finding) for finding in found)
    return lines


def _line(finding: Finding) -> Text:
    cell = finding.where.address if finding.where else ""
    level, message, fix = finding.severity.word, finding.message, finding.fix
    return Text(
        f"  {cell:6} {finding.code} {level.nl}: {message.nl} {fix.nl}",
        f"  {cell:6} {finding.code} {level.en}: {message.en} {fix.en}",
    )


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "cell": str(finding.where) if finding.where else None,
        "item": finding.item,
        "owner": finding.owner,
        "message": finding.message._asdict(),
        "fix": finding.fix._asdict(),
    }
