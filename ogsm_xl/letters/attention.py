"""Which of the validator's findings a mail tells their owner: few, and only what has to be mended.

A mail asks for a report; it is no validation report. So hints stay out, three findings at most are told, the worst
first, and the rest is a number. What concerns an item of the mail stands with that item; what concerns another row
of the same owner stands below them, in an invitation only: a reminder is about what is still owed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.model import Item, Person, normalised_id, normalised_name

MOST_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class Attention:
    """What a mail tells about rows that need mending.

    Attributes:
        on_items: Findings on the items of the mail.
        elsewhere: Findings on other rows of the same person.
        rows: How many other rows of this person need mending, told or not.
        untold: How many findings are not told.
    """

    on_items: tuple[Finding, ...] = ()
    elsewhere: tuple[Finding, ...] = ()
    rows: int = 0
    untold: int = 0


def attention_for(
    person: Person, items: Sequence[Item], findings: Sequence[Finding], *, other_rows: bool
) -> Attention:
    """What to tell a person.

    Args:
        person: The owner of the items.
        items: The items of the mail.
        findings: Everything that the validator found.
        other_rows: Whether rows that the mail does not ask about are told, too.
    """
    asked = {normalised_id(item.id) for item in items if item.id.strip()}
    names = {normalised_name(name) for name in (person.name, person.mail) if name.strip()}
    to_mend = [finding for finding in findings if finding.severity >= Severity.WARNING]
    on_items = [finding for finding in to_mend if _is_on(finding, asked)]
    others = [
        finding
        for finding in to_mend
        if other_rows and not _is_on(finding, asked) and normalised_name(finding.owner) in names
    ]
    # Sorting keeps the order of equals: the items of the mail come before other rows.
    told = sorted((*on_items, *others), key=lambda finding: -finding.severity)[:MOST_FINDINGS]
    return Attention(
        tuple(finding for finding in told if _is_on(finding, asked)),
        tuple(finding for finding in told if not _is_on(finding, asked)),
        len({(normalised_id(finding.item), finding.where and finding.where[:2]) for finding in others}),
        len(on_items) + len(others) - len(told),
    )


def _is_on(finding: Finding, ids: Collection[str]) -> bool:
    return bool(finding.item) and normalised_id(finding.item) in ids
