"""The numbers of the rhythm that an organisation can set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RhythmSettings:
    """When mails go out and how long a report stays current, all in whole days.

    Attributes:
        invitation_days: How long before the session the invitation goes out.
        reminder_days: How long before the session each reminder goes out; empty for no reminders.
        share_days: How long before the session its status is shared with the team.
        action_current_days: A report on an action younger than this is current.
        strategy_current_days: A report on a strategy, an indicator or the objective younger than this is current.
        working_days: The days before the session are counted in working days: Monday to Friday, without holidays.
        holiday_country: ISO code of the country whose public holidays are no working days; "" for none.
    """

    invitation_days: int = 7
    reminder_days: tuple[int, ...] = (3,)
    share_days: int = 1
    action_current_days: int = 30
    strategy_current_days: int = 90
    working_days: bool = False
    holiday_country: str = ""
