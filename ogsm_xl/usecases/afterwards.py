"""A report that came in after the session that it was asked for: it is kept, and counts for the next one."""

from __future__ import annotations

from ogsm_xl.plan.model import Plan, Report, Session
from ogsm_xl.plan.words import Text
from ogsm_xl.usecases.bring_in import session_of

_AFTERWARDS = Text(
    "{item}: het antwoord van {by} kwam na de {asked} en telt voor {next}.",
    "{item}: the answer of {by} came after the {asked} and counts for {next}.",
)
_NEXT = Text("de {session}", "the {session}")
_SESSION = Text("{kind} {id} van {day}", "{kind} {id} of {day}")
_NONE_YET = Text(
    "de volgende sessie; die staat nog niet in het plan", "the next session, which is not in the plan yet"
)


def came_afterwards(report: Report, asked_for: str, plan: Plan) -> Text | None:
    """That a report came in after the session (ID) that it was asked for, and for which one it counts; else None."""
    asked = plan.session(asked_for) if asked_for else None
    if asked is None or report.made_at is None or report.made_at <= asked.reports_count_until:
        return None
    counts_for = session_of(plan, report)
    return _AFTERWARDS.filled(
        item=report.item,
        by=report.by,
        asked=_named(asked),
        next=_NEXT.filled(session=_named(counts_for)) if counts_for else _NONE_YET,
    )


def _named(session: Session) -> Text:
    kind = session.kind.value
    return _SESSION.filled(
        kind=Text(kind.nl.lower(), kind.en.lower()),
        id=session.id,
        day=Text(f"{session.date:%d-%m-%Y}", f"{session.date:%Y-%m-%d}"),
    )
