"""Every rule in one list, filed by the part of the plan that it is about, and every check that looks for them."""

from __future__ import annotations

from ogsm_xl.rules import (
    actions,
    excuses,
    goals,
    indicators,
    people,
    reports,
    sessions,
    strategies,
    structure,
)
from ogsm_xl.rules.rule import Rule
from ogsm_xl.rules.settings import Check

CATALOGUE: tuple[Rule, ...] = (
    *structure.RULES,
    *excuses.RULES,
    *goals.RULES,
    *strategies.RULES,
    *indicators.RULES,
    *actions.RULES,
    *people.RULES,
    *sessions.RULES,
    *reports.RULES,
)
"""All rules, by ascending code."""

CHECKS: tuple[Check, ...] = (
    *goals.CHECKS,
    *strategies.CHECKS,
    *indicators.CHECKS,
    *actions.CHECKS,
    *people.CHECKS,
    *sessions.CHECKS,
    *reports.CHECKS,
)
"""All checks of the plan; the reader finds what concerns the structure of the workbook itself."""

_BY_CODE = {rule.code: rule for rule in CATALOGUE}


def rule(code: str) -> Rule:
    """The rule with this code, whatever its case and blanks; KeyError if there is none."""
    return _BY_CODE["".join(code.split()).upper()]
