"""How strict the checks are: thresholds, rules switched off, severities of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

_COUNTS = {
    "deadline_moves",
    "target_moves",
    "same_light_reports",
    "standstill_reports",
    "proposal_sessions",
    "month_minimum",
}


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What an organisation may set about the rules.

    Attributes:
        off: Code of a rule that is switched off, and the reason why.
        severities: Code of a rule, and the severity that it has here instead of its own.
        start_grace_days: Days after the start date before "not started" is reported; owners report monthly.
        stalled_days: Days after the start date before "in progress at 0%" is reported.
        behind_points: How many percentage points progress may lag behind the time used while the light is green.
        deadline_moves: From how many moves of one deadline on it is reported.
        target_moves: From how many changes of one target on it is reported.
        same_light_reports: How many periods with the same orange or red light in a row are reported.
        standstill_reports: How many periods at the same progress, with a green light, are reported.
        proposal_sessions: After how many sessions an undecided proposal is reported.
        recent_days: Age in days up to which a finding on a report or decision can still be mended; older ones are history.
        longest_action_days: Days between start and deadline above which an action should be cut into stages.
        plausible_years: Years before or after today beyond which a date must be a typing error.
        most_active_actions: The most active actions that one owner can carry.
        most_due_in_week: The most deadlines that one owner can meet in one week.
        month_share: Percentage of all coming deadlines that may fall in one month.
        month_minimum: Number of deadlines in a month below which the share says nothing.
        most_business_strategies: The most business strategies that fit on a page.
        most_enabling_strategies: The most enabling strategies that fit on a page.
        most_strategies_per_owner: The most strategies that one person can drive.
        red_share: Percentage of a strategy's active actions that may be red while the strategy is green.
        longest_objective_words: The most words in which an ambition can be remembered.
        measurement_days: Days after which an indicator's value is old: a quarter and a little.
        doing_gap_days: Days that may lie between two sessions: a month and a half.
        steering_gap_days: Days that may lie between two steering (or planning) sessions: four months.
        planning_gap_days: Days that may lie between two planning sessions: a year and a month.
        invitation_days: Days before a session at which its invitation goes out.
        ready_days: Days before a session at which its time and place should be known: a week before the invitation.
        absence_days: Days of absence from which a deputy is needed.
        leaving_days: Days before somebody leaves from which the items that this person owns are reported.
        holiday_country: ISO code of the country whose public holidays count; "" for none.

    Raises:
        InputProblem: A threshold is negative, or a count is 0.
    """

    off: Mapping[str, str] = field(default_factory=dict, hash=False)
    severities: Mapping[str, Severity] = field(default_factory=dict, hash=False)
    start_grace_days: int = 7
    stalled_days: int = 30
    behind_points: int = 50
    deadline_moves: int = 3
    target_moves: int = 2
    same_light_reports: int = 3
    standstill_reports: int = 3
    proposal_sessions: int = 2
    recent_days: int = 60
    longest_action_days: int = 730
    plausible_years: int = 10
    most_active_actions: int = 10
    most_due_in_week: int = 5
    month_share: int = 40
    month_minimum: int = 8
    most_business_strategies: int = 5
    most_enabling_strategies: int = 2
    most_strategies_per_owner: int = 3
    red_share: int = 50
    longest_objective_words: int = 50
    measurement_days: int = 100
    doing_gap_days: int = 45
    steering_gap_days: int = 120
    planning_gap_days: int = 400
    invitation_days: int = 7
    ready_days: int = 14
    absence_days: int = 14
    leaving_days: int = 30
    holiday_country: str = "NL"

    def __post_init__(self) -> None:
        """Refuse a threshold that makes no sense: InputProblem names it."""
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            least = 1 if name in _COUNTS else 0
            if isinstance(value, int) and value < least:
                raise InputProblem(
                    Text(
                        "De instelling {name} van de controles is {value}; zij moet minstens {least} zijn.",
                        "The rules' setting {name} is {value}; it must be at least {least}.",
                    ).filled(name=name, value=value, least=least)
                )


Check: TypeAlias = Callable[[Plan, date, RuleSettings], Iterator[Finding]]
"""Looks for one thing in a plan on a day: yields a finding for every place where it is."""
