"""The plan as it is now: the workbook, plus the reports that were received but have not reached it yet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from ogsm_xl.config import Config
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.model import Action, Indicator, Plan, Session, Strategy, normalised_id
from ogsm_xl.rhythm.changes import PlanChanges, changes_between, snapshot_of
from ogsm_xl.rhythm.reporting import previous_session
from ogsm_xl.rhythm.settings import RhythmSettings

_Item = TypeVar("_Item", Strategy, Indicator, Action)


def read_plan_now(config: Config, ledger: Ledger) -> ReadPlan:
    """Read the workbook and add the reports that wait for it, so that nobody is asked for what they sent.

    Raises:
        InputProblem: The workbook can't be used.
    """
    read = read_plan(config.workbook)
    return dataclasses.replace(read, plan=with_waiting(read.plan, ledger))


def with_waiting(plan: Plan, ledger: Ledger) -> Plan:
    """The plan with the reports that wait for it in its history."""
    present = {normalised_id(report.id) for report in plan.reports}
    waiting = [
        report
        for report in ledger.waiting_reports().values()
        if not report.id or normalised_id(report.id) not in present
    ]
    return dataclasses.replace(plan, reports=(*plan.reports, *waiting))


def with_settled_ids(plan: Plan, read: ReadPlan, *, proposed_too: bool) -> Plan:
    """The plan with only those items that somebody may be asked about: whose ID tells for sure which row is meant.

    Args:
        plan: The plan of that workbook.
        read: The workbook.
        proposed_too: Count the IDs that are only proposed: for telling what a run would do that writes them first.
    """
    proposed = {normalised_id(item) for item in read.proposed_ids.values()} if proposed_too else set()
    unsettled = read.unsettled_ids - proposed

    def sure(items: Iterable[_Item]) -> tuple[_Item, ...]:
        return tuple(item for item in items if normalised_id(item.id) not in unsettled)

    if not unsettled:
        return plan
    return dataclasses.replace(
        plan,
        strategies=sure(plan.strategies),
        indicators=sure(plan.indicators),
        actions=sure(plan.actions),
    )


def remember_plan(plan: Plan, ledger: Ledger, now: datetime, *, again: bool = False) -> None:
    """Keep the plan as it is, once a day or `again`, so that a later session shows what changed.

    A ledger that is only read stays as it is.
    """
    if not ledger.read_only:
        ledger.remember_plan(snapshot_of(plan), now, again=again)


def changes_since(plan: Plan, ledger: Ledger, session: Session, now: datetime) -> PlanChanges:
    """What changed in the plan since the session before this one; where it was first seen later, since then."""
    before = previous_session(plan, min(now, session.begins))
    seen = ledger.plan_at(before.reports_count_until if before else datetime.min)
    if seen is None:
        return PlanChanges()
    seen_at, items = seen
    since = before.date if before and seen_at <= before.reports_count_until else seen_at.date()
    return PlanChanges(since, changes_between(items, snapshot_of(plan)))


def rhythm_settings(config: Config) -> RhythmSettings:
    """The configured rhythm."""
    section = config.rhythm
    return RhythmSettings(
        invitation_days=section.invitation_days,
        reminder_days=section.reminder_days,
        share_days=config.sessions.share_days,
        action_current_days=section.action_current_days,
        strategy_current_days=section.strategy_current_days,
        working_days=section.count == "working days",
        holiday_country=config.rules.holiday_country,
    )
