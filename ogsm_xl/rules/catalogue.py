"""Every rule in one list, filed by the part of the plan that it is about, and every check that looks for them."""

from __future__ import annotations

from ogsm_xl.rules import actions, excuses
from ogsm_xl.rules.rule import Rule
from ogsm_xl.rules.settings import Check

CATALOGUE: tuple[Rule, ...] = (
    *excuses.RULES,
    *actions.RULES,
)
"""All rules, by ascending code."""

CHECKS: tuple[Check, ...] = (*actions.CHECKS,)
"""All checks of the plan; the reader finds what concerns the structure of the workbook itself."""

_BY_CODE = {rule.code: rule for rule in CATALOGUE}


def rule(code: str) -> Rule:
    """The rule with this code, whatever its case and blanks; KeyError if there is none."""
    return _BY_CODE["".join(code.split()).upper()]
