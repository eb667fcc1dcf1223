"""Validate the workbook: is it sound, is the plan good? For everybody, or for one owner; on paper, in a copy, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from ogsm_xl.config import Config
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Plan, normalised_name
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.plan.written import read_names
from ogsm_xl.rules.catalogue import rule
from ogsm_xl.rules.check import Checked, check_plan
from ogsm_xl.rules.settings import RuleSettings
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, joined, listed

MARKS = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.HINT: "○"}
"""The shape before the word of a severity, so that colour is never the only carrier."""


@dataclass(frozen=True, slots=True)
class Validation(Outcome):
    """How validating ended.

    Attributes:
        findings: What is to be shown, in the order of the workbook.
    """

    findings: tuple[Finding, ...] = ()


def validate(
    *,
    config: Config,
    today: date,
    fail_on: Severity = Severity.WARNING,
    owner: str = "",
    annotate: Path | None = None,
    dry_run: bool = False,
) -> Validation:
    """Check the workbook and its plan.

    Args:
        config: Which workbook, and which rules.
        today: The day to judge by.
        fail_on: From which severity on the exit code says that there is something to look at.
        owner: Show only what concerns the rows of this person: a name, a part of it, or a mail address; "" for everybody.
        annotate: Where to write a copy of the workbook with the findings in it.
        dry_run: Write no copy.

    Raises:
        InputProblem: The workbook can't be used at all, the owner is nobody or several, or the copy may not be written there.
        OutsideProblem: The copy can't be written now.
    """
    if annotate is not None:
        _refuse_target(config, annotate)
    read = read_plan(config.workbook)
    checked = _checked(read, config, today)
    if owner:
        owner = _whose(owner, read.plan, (*checked.findings, *checked.excused))
    findings = _of(owner, checked.findings, read.plan)
    excused = _of(owner, checked.excused, read.plan)
    copied = Text("", "")
    if annotate is not None:
        if not dry_run:
            _write_copy(config, annotate, findings, len(excused), today, read.plan, owner)
        copied = Text(f"De kopie met bevindingen: {annotate}.", f"The annotated copy: {annotate}.")
    worst = max((finding.severity for finding in findings), default=None)
    return Validation(
        ExitCode.LOOK if worst is not None and worst >= fail_on else ExitCode.DONE,
        joined(_counted(config, findings, owner), _also_excused(excused), _advice(worst), copied),
        (),
        _per_sheet(findings),
        {
            "workbook": str(config.workbook),
            "owner": owner or None,
            "counts": {level.name.lower(): _numbers(findings)[level] for level in MARKS},
            "findings": [_plain(finding) for finding in findings],
            "excused": [_plain(finding) for finding in excused],
            "copy": str(annotate) if annotate is not None and not dry_run else None,
        },
        findings,
    )


def _refuse_target(config: Config, annotate: Path) -> None:
    from ogsm_xl.excel.annotated_copy import refuse_target  # noqa: PLC0415 - with XlsxWriter, for who wants the copy

    refuse_target(config.workbook, annotate)


def _write_copy(
    config: Config,
    annotate: Path,
    findings: tuple[Finding, ...],
    excused: int,
    today: date,
    plan: Plan,
    owner: str,
) -> None:
    from ogsm_xl.excel.annotated_copy import Annotations, write_annotated_copy  # noqa: PLC0415 - see above

    said = Annotations(findings, excused, today, plan.language, owner)
    write_annotated_copy(config.workbook, annotate, said)


def findings_of(read: ReadPlan, config: Config, today: date) -> tuple[Finding, ...]:
    """What the reader and the rules find, with the configured rules left out and severities changed."""
    return _checked(read, config, today).findings


def _checked(read: ReadPlan, config: Config, today: date) -> Checked:
    return check_plan(read.plan, today, rule_settings(config), read.findings)


def rule_settings(config: Config) -> RuleSettings:
    """The configured rules.

    Raises:
        InputProblem: The configuration names a rule that does not exist.
    """
    unknown = sorted(code for code in {*config.rules.off, *config.rules.severity} if not _exists(code))
    if unknown:
        codes = ", ".join(unknown)
        raise InputProblem(
            Text(
                f"In {config.file} onder [rules] staat {codes}, maar die controle bestaat niet. De codes staan in ogsm-xl rules.",
                f"In {config.file}, [rules] names {codes}, but there is no such rule. The codes are in ogsm-xl rules.",
            )
        )
    return RuleSettings(
        off={rule(code).code: reason for code, reason in config.rules.off.items()},
        severities={rule(code).code: Severity[word.upper()] for code, word in config.rules.severity.items()},
        invitation_days=config.rhythm.invitation_days,
        holiday_country=config.rules.holiday_country,
        **config.rules.thresholds.model_dump(),
    )


def _exists(code: str) -> bool:
    try:
        rule(code)
    except KeyError:
        return False
    return True


def _whose(owner: str, plan: Plan, findings: Iterable[Finding]) -> str:
    """The full name of the one person who is meant by a name, a part of a name, or a mail address.

    Raises:
        InputProblem: Neither the people nor the owners of rows have such a name, or several do.
    """
    person = plan.person(owner)
    if person:
        return person.name
    owners = [each.owner for each in plan.items] + [finding.owner for finding in findings]
    written = [name for text in owners for name in read_names(text, _known(plan))]
    names = {normalised_name(name): name for name in (*written, *_known(plan)) if name.strip()}
    wanted = normalised_name(owner)
    meant = [name for key, name in names.items() if f" {wanted} " in f" {key} "]
    if wanted in names or len(meant) == 1:
        return names.get(wanted) or meant[0]
    listed_names = ", ".join(sorted(meant or names.values(), key=normalised_name))
    if meant:
        raise InputProblem(
            Text(
                f"Met {owner!r} kunnen meer mensen bedoeld zijn: {listed_names}. Schrijf de hele naam.",
                f"{owner!r} could be more than one person: {listed_names}. Write the full name.",
            )
        )
    raise InputProblem(
        Text(
            f"Niemand in het plan heet {owner!r}. Bekend zijn: {listed_names}.",
            f"Nobody in the plan is called {owner!r}. Known are: {listed_names}.",
        )
    )


def _of(owner: str, findings: Sequence[Finding], plan: Plan) -> tuple[Finding, ...]:
    """The findings on the rows of this person, alone or with others; all of them when nobody is named."""
    if not owner:
        return tuple(findings)
    person = plan.person(owner)
    ways = {normalised_name(way) for way in (owner, person.mail if person else "") if way}
    return tuple(
        finding
        for finding in findings
        if any(
            normalised_name(name) in ways
            for name in (finding.owner, *read_names(finding.owner, _known(plan)))
        )
    )


def _known(plan: Plan) -> list[str]:
    return [person.name for person in plan.people]


def _numbers(findings: Iterable[Finding]) -> Counter[Severity]:
    return Counter(finding.severity for finding in findings)


def _counted(config: Config, findings: Sequence[Finding], owner: str) -> Text:
    name = Text(config.workbook.name, config.workbook.name)
    if owner:
        name = Text(
            f"{config.workbook.name}, de regels van {owner}", f"{config.workbook.name}, the rows of {owner}"
        )
    if not findings:
        return Text(f"{name.nl}: in orde.", f"{name.en}: in good order.")
    nouns = {
        Severity.ERROR: (Text("fout", "error"), Text("fouten", "errors")),
        Severity.WARNING: (Text("waarschuwing", "warning"), Text("waarschuwingen", "warnings")),
        Severity.HINT: (Text("tip", "hint"), Text("tips", "hints")),
    }
    numbers = _numbers(findings)
    counted = listed([count(numbers[level], *nouns[level]) for level in nouns if numbers[level]])
    return Text(f"{name.nl}: {counted.nl}.", f"{name.en}: {counted.en}.")


def _also_excused(excused: Sequence[Finding]) -> Text:
    if not excused:
        return Text("", "")
    number = len(excused)
    return Text(
        f"In het plan {'is' if number == 1 else 'zijn'} {number} {'bevinding' if number == 1 else 'bevindingen'} uitgezonderd.",
        f"{number} {'finding is' if number == 1 else 'findings are'} excused in the plan.",
    )


def _advice(worst: Severity | None) -> Text:
    if worst is Severity.ERROR:
        return Text(
            "Herstel eerst de fouten: die regels kunnen de taken niet gebruiken.",
            "Mend the errors first: the jobs can't use those rows.",
        )
    return Text("", "")


def _per_sheet(findings: Sequence[Finding]) -> list[Text]:
    """The findings as plain lines, for a log or a file: one a line, below the name of their sheet."""
    lines = []
    for sheet, found in groupby(findings, key=sheet_of):
        lines.append(sheet)
        lines.extend(_line(finding) for finding in found)
    return lines


def sheet_of(finding: Finding) -> Text:
    """The sheet that a finding is filed under."""
    return Text(finding.where.sheet, finding.where.sheet) if finding.where else Text("Werkboek", "Workbook")


def _line(finding: Finding) -> Text:
    cell = finding.where.address if finding.where else "-"
    mark, level = MARKS[finding.severity], finding.severity.word
    said = Text(f"{finding.message.nl} {finding.fix.nl}", f"{finding.message.en} {finding.fix.en}")
    whose = f" ({finding.owner})" if finding.owner else ""
    return Text(
        printable(f"  {cell:6} {finding.code} {mark} {level.nl}{whose}: {said.nl}"),
        printable(f"  {cell:6} {finding.code} {mark} {level.en}{whose}: {said.en}"),
    )


def printable(text: str) -> str:
    """A text on one line, without the characters that steer a terminal: cells can hold anything."""
    return "".join(c if c.isprintable() else " " for c in text)


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
