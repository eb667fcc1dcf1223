"""How an action stood at an earlier moment, as far as its reports and dates tell."""

from __future__ import annotations

from datetime import datetime, time

from ogsm_xl.plan.model import Action, Plan, Report
from ogsm_xl.plan.words import Status, TrafficLight
from ogsm_xl.rhythm.reporting import reports_until


def done_moment(plan: Plan, action: Action, until: datetime | None = None) -> datetime | None:
    """When a done action was done, or None where neither its row nor a report up to `until` tells.

    The day that its row gives, else the first report that says so after which it stayed done. A day alone means the
    end of that day, unless a report of that day that says so gives the time.
    """
    first = _first_done_report(reports_until(plan, action, until))
    reported_at = first.made_at if first else None
    if action.done_on is None:
        return reported_at
    if reported_at is not None and reported_at.date() == action.done_on:
        return reported_at
    return datetime.combine(action.done_on, time.max)


def was_active(plan: Plan, action: Action, at: datetime) -> bool:
    """Whether this action was active at a moment; False where nothing tells that it was."""
    done_at = done_moment(plan, action) if action.status is Status.DONE else None
    if done_at is not None and done_at <= at:
        return False
    reported = _last_status(plan, action, at)
    if reported is Status.IN_PROGRESS:
        return True
    if reported in {Status.DONE, Status.PARKED} or action.start is None or action.start >= at.date():
        return False
    # Nobody reported its status by then: it counts unless its row says done or parked without saying since when.
    return action.status is not Status.PARKED and (action.status is not Status.DONE or done_at is not None)


def light_at(plan: Plan, action: Action, at: datetime) -> TrafficLight | None:
    """The last light reported up to a moment; a report that names no light leaves it as it was."""
    reports = reports_until(plan, action, at)
    return next((report.light for report in reversed(reports) if report.light is not None), None)


def _last_status(plan: Plan, action: Action, at: datetime) -> Status | None:
    reports = reports_until(plan, action, at)
    return next((report.status for report in reversed(reports) if report.status is not None), None)


def _first_done_report(reports: tuple[Report, ...]) -> Report | None:
    """The first report of the last unbroken run that says done."""
    first = None
    for report in reversed(reports):
        says = _says_done(report)
        if says is False:
            break
        if says:
            first = report
    return first


def _says_done(report: Report) -> bool | None:
    """Whether a report says that the action is done; None when it says neither that nor the contrary."""
    if report.status is not None:
        return report.status is Status.DONE
    return None if report.progress is None else report.progress >= 100
