"""A year of sessions with real jobs, real mail servers, people who answer in all ways, and jobs killed at any step.

In the default run, six weeks of it; `pytest tests/year --whole-year` plays the year, `--seed N` another one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.servers.dovecot import find_dovecot
from tests.year import account
from tests.year.conftest import FIGURES
from tests.year.office import Office, opened_office
from tests.year.organisation import six_weeks, whole_year
from tests.year.year import Year

LONGEST_WAIT = dt.timedelta(days=5)  # from Friday evening, over a weekend and a mail system that is down
FEWEST_KILLS = {"six weeks": 10, "whole year": 200}


def test_every_mail_once_and_every_report_once(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Whatever happens: who is due a mail gets it once, what was said stands in the history once, nothing else changes."""
    whole = bool(request.config.getoption("--whole-year", default=False))
    seed = int(request.config.getoption("--seed", default=1))
    organisation = whole_year(seed) if whole else six_weeks(seed)
    with opened_office(use_dovecot=whole and find_dovecot() is not None) as office:
        year = Year(organisation, office, tmp_path, seed)
        year.play(working_days=not whole)
        left = office.left_in_inbox()
    due = account.count(organisation, year.diary, year.addresses)
    rows = account.history(year.workbook)
    surplus, missing = account.wrong_receipts(due, office.sent)
    mismatches = {
        "mails": account.wrong_mails(due, office.sent),
        "overviews": account.wrong_overviews(due, office.sent, organisation),
        "receipts": surplus,
        "somebody else's": account.not_theirs(due, office.sent),
        "history": account.wrong_history(due, rows, LONGEST_WAIT),
        "parts of the plan": account.changed_parts(year.first, year.workbook),
        "cells of the plan": account.changed_cells(year.first, year.workbook),
        "runs": year.surprises,
    }
    request.config.stash[FIGURES] = [
        f"seed {seed}",
        *_figures(year, office, len(rows), missing),
        f"mismatches: {sum(map(len, mismatches.values()))}",
    ]
    told = [f"{name}: {what}" for name, wrong in mismatches.items() for what in wrong]
    assert not told, "\n".join(told)
    assert len(missing) <= year.doubtful_receipts
    assert left == 0
    assert sum(year.figures.kills.values()) >= FEWEST_KILLS["whole year" if whole else "six weeks"]


def _figures(year: Year, office: Office, reports: int, missing: list[str]) -> list[str]:
    figures = year.figures
    kinds = Counter(mail.kind for mail in office.sent)
    return [
        f"days: {figures.days}, of them the plan open in Excel on {figures.waiting_days}, the mail system down on {figures.down_days}",
        f"runs: {sum(figures.runs.values())} ({_counted(figures.runs)})",
        f"killed: {sum(figures.kills.values())} ({_counted(figures.kills)}), {figures.killed_from_outside} of them by a timer from outside",
        f"mails taken by the server: {kinds.total()} ({_counted(kinds)})",
        f"what people sent or saved: {_counted(figures.answers)}",
        f"rows saved while a job ran: {figures.saved_meanwhile}",
        f"connections lost after a mail was taken: {figures.lost_connections}",
        f"mails in doubt, settled by the process owner: {_counted(figures.resolved) or 'none'}",
        f"replies that waited for the process owner: {_counted(figures.reviewed) or 'none'}",
        f"reports in the history: {reports}",
        f"receipts that never came after a run was cut off: {len(missing)}",
        f"exit codes: {_counted(figures.codes)}",
    ]


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(numbers.items()))
