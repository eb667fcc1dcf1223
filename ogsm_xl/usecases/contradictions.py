"""Where a reply and an edit of the same row say different things, and neither can have seen the other.

Both were made since the invitation went out: the edit was found while the reply was still on its way, or the reply came
in later but was written before the edit. A reply to a row that its writer could see, or an edit of a row that held the
reply already, is a later word and no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from ogsm_xl.ledger import Contradiction
from ogsm_xl.letters.rows import REPORTING_FIELDS, TEXT_FIELDS, Coming
from ogsm_xl.plan.model import Item, Plan, Report, kind_of, normalised_id
from ogsm_xl.plan.words import ReportSource, Text, Word

_DISAGREE = Text(
    "{item}: {by} antwoordde {field} {answer} (geschreven op {when}), maar in het plan is die rij zelf bewerkt: {row}. In de "
    "rij staat het nieuwste, {now}; in de rapportages staan ze allebei. Klopt het niet, verbeter dan de rij.",
    "{item}: {by} answered {field} {answer} (written on {when}), but that row was edited in the plan itself: {row}. The row "
    "holds the newest, {now}; the reports hold both. If it is not right, mend the row.",
)
_YOU_DISAGREE = Text(
    "{whose} in het plan zegt {field} {row}, {said} zegt {answer}. Het nieuwste staat nu in het plan: {now}. Klopt dat niet, "
    "antwoord dan met wat het moet zijn.",
    "{whose} in the plan says {field} {row}, {said} says {answer}. The plan holds the newest now: {now}. If that is not right, "
    "answer with what it should be.",
)
_YOUR_ROW, _THE_ROW = Text("Je rij", "Your row"), Text("De rij", "The row")
_SAID_IN = {
    ReportSource.MAIL: Text("je mail", "your mail"),
    ReportSource.FORM: Text("je formulier", "your form"),
}
_FIELDS: Mapping[str, Text] = {
    "status": Text("status", "status"),
    "progress": Text("voortgang", "progress"),
    "light": Text("licht", "light"),
    "value": Text("waarde", "value"),
    "measured_on": Text("gemeten op", "measured on"),
    "done": Text("gedaan", "done"),
    "next": Text("komende periode", "next period"),
    "needed": Text("nodig", "needed"),
    "proposal": Text("voorstel", "proposal"),
}
_BLANK = Text("leeg", "blank")
_LONGEST = 40


def contradictions(
    plan: Plan, waiting: Mapping[str, Coming], rows: Mapping[str, Item]
) -> tuple[Contradiction, ...]:
    """The contradictions between reports that are on their way, and with edits that are in the plan already.

    Args:
        plan: The plan before the reports are brought in.
        waiting: The reports, by key.
        rows: Item ID (normalised) to the item as it will be, for those that change.
    """
    found = []
    edits = _edits(waiting.values())
    for key, coming in waiting.items():
        report = coming.report
        item = rows.get(normalised_id(report.item)) or plan.item(report.item)
        if item is None or report.source not in {ReportSource.MAIL, ReportSource.FORM}:
            continue
        for edit in (*edits.get(normalised_id(report.item), ()), *_later_edits(plan, item, report)):
            if name := _field_that_differs(coming, edit):
                said = _said(report, edit.report, name, item)
                found.append(
                    Contradiction(key, item.id, _DISAGREE.filled(**said), _YOU_DISAGREE.filled(**said))
                )
                break
    return tuple(found)


def _edits(waiting: Iterable[Coming]) -> Mapping[str, list[Coming]]:
    """Item ID (normalised) to the edits of its row that are on their way, too."""
    found: dict[str, list[Coming]] = {}
    for coming in waiting:
        if coming.report.source is ReportSource.ROW:
            found.setdefault(normalised_id(coming.report.item), []).append(coming)
    return found


def _later_edits(plan: Plan, item: Item, report: Report) -> Iterator[Coming]:
    """The edits of its row that are in the history, and were made after this report."""
    made = report.made_at or datetime.max
    for other in reversed(plan.reports_on(item)):
        if (other.made_at or datetime.min) <= made:
            return
        if other.source is ReportSource.ROW:
            yield Coming(other)


def _field_that_differs(reply: Coming, edit: Coming) -> str:
    """The first field that both speak about and say differently, or ""."""
    for name in _FIELDS:
        said, other = getattr(reply.report, name), getattr(edit.report, name)
        edited = other not in {None, ""} or name in edit.cleared
        answered = said not in {None, ""} and name not in reply.cleared
        if answered and edited and said != other:
            return name
    return ""


def _said(report: Report, edit: Report, name: str, item: Item) -> dict[str, Text | str]:
    """What both sentences name. A row speaks for its owner; to a deputy it is "the row"."""
    row_field = next(field for field, source in REPORTING_FIELDS[kind_of(item)].items() if source == name)
    made = report.made_at
    when = Text(f"{made:%d-%m-%Y %H:%M}", f"{made:%Y-%m-%d %H:%M}") if made else _BLANK
    return {
        "item": item.id,
        "by": report.by,
        "field": _FIELDS[name],
        "answer": _shown(name, getattr(report, name)),
        "when": when,
        "row": _shown(name, getattr(edit, name)),
        "now": _shown(name, getattr(item, row_field)),
        "whose": _YOUR_ROW if report.by == edit.by else _THE_ROW,
        "said": _SAID_IN[report.source or ReportSource.MAIL],
    }


def _shown(name: str, value: object) -> Text:
    if value in {None, ""}:
        return _BLANK
    if isinstance(value, Word):
        return Text(value.value.nl.lower(), value.value.en.lower())
    if isinstance(value, date):
        return Text(f"{value:%d-%m-%Y}", f"{value:%Y-%m-%d}")
    if isinstance(value, float):
        return Text(f"{value:g}".replace(".", ","), f"{value:g}")
    written = f"{value}%" if name == "progress" else str(value)
    if name in TEXT_FIELDS:
        line = " ".join(written.split())
        written = f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}”"
    return Text(written, written)
