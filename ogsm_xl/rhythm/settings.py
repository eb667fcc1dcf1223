"""The numbers of the rhythm that an organisation can set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RhythmSettings:
    """When mails go out and how long a report stays current, all in whole days.

    Attributes:
        invitation_days: How long before the session the invitation goes out.
        reminder_days: How long before the session each reminder goes out; empty for no reminders.
        action_current_days: A report on an action younger than this is current.
        strategy_current_days: A report on a strategy, an indicator or the objective younger than this is current.
    """

    invitation_days: int = 7
    reminder_days: tuple[int, ...] = (3,)
    action_current_days: int = 30
    strategy_current_days: int = 90
