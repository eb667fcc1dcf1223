"""What a run that collects replies would write into the plan: for a dry run, to see before it happens.

It is decided by the same steps as in the real run (`ogsm_xl.usecases.bring_in`), on the plan as it is now; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ogsm_xl.excel.layout import Column, Kind, table_of
from ogsm_xl.letters.rows import Coming
from ogsm_xl.plan.model import Item, Plan
from ogsm_xl.plan.words import ReportSource, Status, Text, TrafficLight
from ogsm_xl.usecases.bring_in import Foreseen

_LONGEST = 60

_IN_ROW = Text("{head}: {changes}", "{head}: {changes}")
_CONFIRMED = Text(
    "{head}: de rij blijft zoals die is, er komt een verslag bij",
    "{head}: the row stays as it is, a report is added",
)
_OLDER = Text(
    "{head}: alleen in de rapportages, want in de rij staat al iets nieuwers",
    "{head}: in the reports only, as the row holds something newer already",
)
_NO_ROW = Text(
    "{head}: alleen in de rapportages, want er is niet precies één rij met dat ID",
    "{head}: in the reports only, as there is not exactly one row with that ID",
)
_BLANK = Text("leeg", "blank")
_BY = Text(" van {by}", " from {by}")
_WAYS: Mapping[ReportSource, Text] = {
    ReportSource.MAIL: Text("per mail", "by mail"),
    ReportSource.FORM: Text("per formulier", "by form"),
    ReportSource.ROW: Text("in de rij zelf", "in the row itself"),
    ReportSource.HAND: Text("met de hand", "by hand"),
}


@dataclass(frozen=True, slots=True)
class WouldWrite:
    """One report: as a sentence for people, and as plain values for programs."""

    text: Text
    data: Mapping[str, object]


def would_write(plan: Plan, foreseen: Foreseen) -> tuple[WouldWrite, ...]:
    """What each report would change, the oldest first."""
    return tuple(_one(key, coming, plan, foreseen) for key, coming in foreseen.coming.items())


def _one(key: str, coming: Coming, plan: Plan, foreseen: Foreseen) -> WouldWrite:
    report, item = coming.report, plan.item(coming.report.item)
    owner = _owner(plan, item)
    before, after = foreseen.rows.get(key, ({}, {}))
    changed = {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
    way = _WAYS[report.source or ReportSource.HAND]
    by = _BY.filled(by=report.by) if report.by != owner else Text("", "")
    head = Text(f"{report.item}, {owner}, {way.nl}{by.nl}", f"{report.item}, {owner}, {way.en}{by.en}")
    if key in foreseen.older:
        text = (_OLDER if item and key in foreseen.with_row else _NO_ROW).filled(head=head)
    elif item is not None and changed:
        text = _IN_ROW.filled(head=head, changes=_shown(item, changed))
    else:
        text = _CONFIRMED.filled(head=head)
    return WouldWrite(
        text,
        {
            "item": report.item,
            "owner": owner,
            "by": report.by,
            "way": report.source.key if report.source else "",
            "made_at": report.made_at.isoformat() if report.made_at else "",
            "in_row": key not in foreseen.older,
            "changes": {name: {"old": old, "new": new} for name, (old, new) in changed.items()},
        },
    )


def _owner(plan: Plan, item: Item | None) -> str:
    person = plan.owner_of(item) if item else None
    return person.name if person else item.owner if item else "?"


def _shown(item: Item, changed: Mapping[str, tuple[object, object]]) -> Text:
    """`light orange → green; progress 60% → 70%`, under the headings of the columns."""
    table = table_of(type(item))
    parts = []
    for name, (old, new) in changed.items():
        column = table.column(name)
        heading, was, now = column.heading, _value(column, old), _value(column, new)
        parts.append(
            Text(f"{heading.nl.lower()} {was.nl} → {now.nl}", f"{heading.en.lower()} {was.en} → {now.en}")
        )
    return Text("; ".join(part.nl for part in parts), "; ".join(part.en for part in parts))


def _value(column: Column, value: object) -> Text:
    """A value as the ledger keeps it, as people read it."""
    if value in {None, ""}:
        return _BLANK
    match column.kind:
        case Kind.STATUS:
            word = Status[str(value).upper()].value
            return Text(word.nl.lower(), word.en.lower())
        case Kind.LIGHT:
            word = TrafficLight[str(value).upper()].value
            return Text(word.nl.lower(), word.en.lower())
        case Kind.PERCENT:
            return Text(f"{value}%", f"{value}%")
        case Kind.DATE:
            day = date.fromisoformat(str(value))
            return Text(f"{day:%d-%m-%Y}", day.isoformat())
    if isinstance(value, float):
        return Text(f"{value:g}".replace(".", ","), f"{value:g}")
    line = " ".join(str(value).split())
    quoted = f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}”"
    return Text(quoted, quoted)
