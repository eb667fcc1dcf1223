"""The material of a session as one page for mail or intranet: a single HTML file without scripts or anything from elsewhere.

Every text of the plan is escaped by the template; nothing of it becomes markup or a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final, assert_never

from jinja2 import Environment, StrictUndefined, Template

from ogsm_xl.letters.plan_link import page_link
from ogsm_xl.letters.trend_picture import HEIGHT, WIDTH, Picture, picture_of
from ogsm_xl.letters.wording import (
    FACTOR_NAMES,
    day_in_words,
    day_with_weekday,
    figure,
    finished_in_year,
    of_behind,
    of_reached,
    overdue,
    session_hours,
    with_unit,
)
from ogsm_xl.plan.model import Action, Factor, Goal, Item, Plan, Strategy, normalised_id
from ogsm_xl.plan.words import Language, Status, Text, TrafficLight
from ogsm_xl.rhythm.agenda import Agenda, AgendaLine, days_overdue
from ogsm_xl.rhythm.changes import WITHOUT_VALUES, PlanChanges, Was
from ogsm_xl.rhythm.planning import Behind, PlanningReview
from ogsm_xl.rhythm.process_status import ProcessStatus
from ogsm_xl.rhythm.reporting import is_active
from ogsm_xl.rhythm.reviews import Review
from ogsm_xl.rhythm.steering import SteeringReview, StrategyPage
from ogsm_xl.rhythm.trends import Trend

_LIGHTS: Final = (TrafficLight.RED, TrafficLight.ORANGE, None, TrafficLight.GREEN)
_MARKS: Final = {TrafficLight.RED: "■", TrafficLight.ORANGE: "▲", TrafficLight.GREEN: "●", None: "?"}
_SHORT_UNIT: Final = 6
"""Units of at most so many characters stand behind each figure, longer ones are said once."""
_UNKNOWN = Text("Onbekend", "Unknown")
_NO_STRATEGY = Text("Zonder strategie", "Without a strategy")
_NO_OWNER = Text("Geen eigenaar", "No owner")
_NO_TEXT = Text("(zonder tekst)", "(without text)")
_BLANK = Text("(leeg)", "(blank)")
_BY = Text("uiterlijk {day}", "by {day}")
_FINISHED = Text("afgerond op {day}", "done on {day}")
_NO_MEASUREMENTS = Text("Nog geen metingen.", "No measurements yet.")
_NOT_THIS_YEAR = Text("Dit jaar niet gemeten.", "Not measured this year.")
_WAS = Text("was {day}", "was {day}")
_WORDS: Final[Mapping[str, Text]] = {
    "to_discuss": Text("te bespreken", "to discuss"),
    "finished": Text("afgerond sinds vorige keer", "done since last time"),
    "well": Text("gaat goed", "going well"),
    "current": Text("actueel verslag", "current report"),
    "lights": Text("Verkeerslichten van de lopende acties", "Traffic lights of the active actions"),
    "before": Text("vorige keer", "last time"),
    "discuss": Text("Bespreken", "To discuss"),
    "why": Text("Waarom hier?", "Why here?"),
    "done": Text("Wat is er gedaan", "What was done"),
    "next": Text("Komende periode", "Coming period"),
    "needed": Text("Nodig van het team", "Needed from the team"),
    "proposal": Text("Voorgestelde wijziging", "Proposed change"),
    "nothing": Text("Er is niets te bespreken.", "There is nothing to discuss."),
    "done_since": Text("Afgerond sinds vorige keer", "Done since last time"),
    "going_well": Text("Dit gaat goed", "Going well"),
    "driver": Text("Aanjager", "Driver"),
    "strategies": Text("Strategieën", "Strategies"),
    "dashboard": Text("Dashboard", "Dashboard"),
    "results": Text("Resultaten van afgeronde acties", "Results of finished actions"),
    "behind": Text("Loopt achter", "Behind schedule"),
    "content": Text("Inhoud", "Content"),
    "time": Text("Tijd", "Time"),
    "now": Text("Nu", "Now"),
    "target": Text("Streefwaarde", "Target"),
    "baseline": Text("Nulmeting", "Baseline"),
    "measured": Text("gemeten", "measured"),
    "to_plan": Text("Naar de regel in het plan", "To the row in the plan"),
    "changes": Text("Wijzigingen in het plan sinds {day}", "Changes of the plan since {day}"),
    "was": Text("was", "was"),
    "who": Text("Wie heeft gerapporteerd", "Who reported"),
    "all_in": Text("√ alles binnen", "√ all in"),
    "made": Text("Gemaakt op {day}", "Made on {day}"),
    "actions": Text("Acties", "Actions"),
    "progress": Text("voortgang", "progress"),
    "made_after": Text(
        "Na de sessie: dit is het plan zoals het toen was.",
        "After the session: this is the plan as it was then.",
    ),
    "reads_before": Text(
        "Lees dit vooraf: dan gaat de sessie over besluiten.",
        "Read this beforehand: the session is then about decisions.",
    ),
}


@dataclass(frozen=True, slots=True)
class Light:
    """A light as it is shown: its class in the style sheet, and its shape with its word."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class _Card:
    id: str
    text: str
    light: Light
    owner: str
    deadline: str
    late: str
    was: str
    progress: int | None
    why: str
    earlier: Sequence[Light]
    told: Sequence[tuple[str, str]]
    link: str


@dataclass(frozen=True, slots=True)
class _Measure:
    id: str
    text: str
    light: Light
    unit: str
    note: str
    figures: Sequence[tuple[str, str]]
    picture: Picture | None
    no_picture: str
    link: str


@dataclass(frozen=True, slots=True)
class _Line:
    light: Light
    id: str
    text: str
    more: str
    link: str


@dataclass(frozen=True, slots=True)
class _Changed:
    id: str
    text: str
    kind: str
    how: str
    link: str


@dataclass(frozen=True, slots=True)
class _Section:
    """A strategy, or a heading of the dashboard, with what is under it."""

    id: str
    text: str
    light: Light | None
    driver: str
    update: str
    measures: Sequence[_Measure] = ()
    lines: Sequence[_Line] = ()
    content: Sequence[str] = ()
    time: Sequence[str] = ()
    cards: Sequence[_Card] = ()
    link: str = ""


@dataclass(frozen=True)
class _Page:
    """Turns the material into what is read."""

    plan: Plan
    agenda: Agenda
    status: ProcessStatus
    review: Review
    changes: PlanChanges
    language: Language
    now: datetime
    plan_address: str
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, text: Text) -> str:
        return text.in_(self.language)

    def day(self, day: date) -> str:
        return day_in_words(day, self.language)

    def light(self, light: TrafficLight | None) -> Light:
        word = light.word(self.language) if light else self.word(_UNKNOWN)
        return Light(light.key if light else "unknown", f"{_MARKS[light]} {word}")

    def owner(self, action: Action) -> str:
        return action.owner or self.word(_NO_OWNER)

    def link(self, item: Item | Goal | None) -> str:
        """The address of the item's row in the plan; "" where there is none that holds for every reader."""
        if item is None or item.row is None or not item.id:
            return ""
        return page_link(self.plan_address, item.row.cell("text"))

    def cards(self) -> list[_Section]:
        return [
            self._section(group.strategy, cards=[self._card(line) for line in group.lines])
            for group in self.agenda.discuss
        ]

    def _section(
        self,
        strategy: Strategy | None,
        *,
        measures: Sequence[_Measure] = (),
        lines: Sequence[_Line] = (),
        content: Sequence[str] = (),
        time: Sequence[str] = (),
        cards: Sequence[_Card] = (),
    ) -> _Section:
        if strategy is None:
            return _Section("", self.word(_NO_STRATEGY), None, "", "", measures, lines, content, time, cards)
        return _Section(
            strategy.id,
            strategy.text or self.word(_NO_TEXT),
            self.light(strategy.light),
            strategy.owner,
            strategy.update,
            measures,
            lines,
            content,
            time,
            cards,
            self.link(strategy),
        )

    def _card(self, line: AgendaLine) -> _Card:
        action, before = line.action, self.changes.moved_deadline(line.action.id)
        told = (action.update, action.next, action.needed, action.proposal)
        report = line.report
        if report and report.made_at and (not any(told) or _later(report.made_at, action.updated_on)):
            told = (report.done, report.next, report.needed, report.proposal)
        names = (self.words[name] for name in ("done", "next", "needed", "proposal"))
        return _Card(
            id=action.id,
            text=action.text or self.word(_NO_TEXT),
            light=self.light(action.light),
            owner=self.owner(action),
            deadline=self.word(_BY.filled(day=self.day(action.deadline))) if action.deadline else "",
            late=overdue(line.days_overdue, self.language),
            was=self.word(_WAS.filled(day=self.day(before))) if before else "",
            progress=None if action.progress is None else min(max(action.progress, 0), 100),
            why=" · ".join(self.word(why.text) for why in line.reasons),
            earlier=[self.light(light) for light in line.lights[1:]],
            told=[(name, text) for name, text in zip(names, told, strict=True) if text.strip()],
            link=self.link(action),
        )

    def measure(self, trend: Trend) -> _Measure:
        measure = trend.measure
        figures = [
            (name, self._figure(value, measure.unit))
            for name, value in (
                (self.words["now"], measure.actual),
                (self.words["target"], measure.target),
                (self.words["baseline"], measure.baseline),
            )
        ]
        if trend.upper is not None and measure.target is not None:
            band = f"{figure(measure.target, self.language)} – {figure(trend.upper, self.language)}"
            figures[1] = (self.words["target"], band)
        return _Measure(
            measure.id,
            measure.text or self.word(_NO_TEXT),
            self.light(measure.light),
            measure.unit if len(measure.unit) > _SHORT_UNIT else "",
            measure.note,
            figures,
            picture_of(trend, self.language),
            self.word(_NOT_THIS_YEAR if isinstance(self.review, PlanningReview) else _NO_MEASUREMENTS),
            self.link(measure),
        )

    def _figure(self, value: float | None, unit: str) -> str:
        """The value, with its unit where that is short."""
        if value is None:
            return "–"
        shown = unit if len(unit) <= _SHORT_UNIT else ""
        return with_unit(value, shown, self.language, grouped=True)

    def strategy(self, page: StrategyPage, trends: Mapping[str, Trend]) -> _Section:
        shown = [trends.get(trend.measure.id, trend) for trend in page.indicators]
        return self._section(
            page.strategy,
            measures=[self.measure(trend) for trend in shown],
            lines=[self.line(action) for action in page.actions],
        )

    def line(self, action: Action) -> _Line:
        status = action.status.word(self.language) if action.status else self.word(Status.TO_DO.value)
        light = self.light(action.light)
        if action.status is Status.DONE or (action.light is None and not is_active(action, self.now.date())):
            light = Light("none", status)
        more = " · ".join(filter(None, (self.owner(action), self._when(action))))
        return _Line(light, action.id, action.text or self.word(_NO_TEXT), more, self.link(action))

    def _when(self, action: Action) -> str:
        """When it was done; of what is not: the deadline, and how late it is."""
        if action.status is Status.DONE:
            return self.word(_FINISHED.filled(day=self.day(action.done_on))) if action.done_on else ""
        if action.deadline is None:
            return ""
        by = self.word(_BY.filled(day=self.day(action.deadline)))
        late = overdue(days_overdue(action, self.now.date()), self.language)
        return f"{by} (! {late})" if late else by

    def sections(self) -> tuple[str, list[_Section]]:
        """The strategies of a steering session, the dashboard of a planning session; a doing session has neither."""
        match self.review:
            case None:
                return "", []
            case SteeringReview():
                return self.words["strategies"], [self.strategy(page, {}) for page in self.review.strategies]
            case PlanningReview():
                trends = {trend.measure.id: trend for trend in self.review.indicators}
                goals = [self.measure(trend) for trend in self.review.goals]
                pages = [self.strategy(page, trends) for page in self.review.strategies]
                return self.words["dashboard"], [_Section("", "", None, "", "", goals), *pages]
            case _:
                assert_never(self.review)

    def behind(self) -> list[_Section]:
        found = self.review.behind if isinstance(self.review, PlanningReview) else ()
        return [self._section(b.page.strategy, content=self._content(b), time=self._time(b)) for b in found]

    def _content(self, behind: Behind) -> list[str]:
        return [
            f"{self.light(trend.measure.light).said} {trend.measure.id} {trend.measure.text}: "
            + self._figure(trend.measure.actual, trend.measure.unit)
            for trend in behind.indicators
        ]

    def _time(self, behind: Behind) -> list[str]:
        today, lines = self.now.date(), []
        for action in dict.fromkeys((*behind.overdue, *behind.red, *behind.not_started)):
            late = overdue(days_overdue(action, today), self.language)
            text = f"{self.light(action.light).said} {action.id} {action.text} ({self.owner(action)})"
            lines.append(f"! {text}: {late}" if late else text)
        return lines

    def factors(self) -> list[tuple[str, tuple[Factor, ...]]]:
        found = self.review.factors if isinstance(self.review, PlanningReview) else {}
        return [(self.word(FACTOR_NAMES[kind]), factors) for kind, factors in found.items() if factors]

    def counts(self) -> list[tuple[str, str]]:
        """The four tiles at the top: how many, and of what."""
        agenda, status, words = self.agenda, self.status, self.words
        share = f"{100 * status.current // status.asked_for}%" if status.asked_for else "–"
        if isinstance(self.review, PlanningReview):
            measures = (*self.review.goals, *self.review.indicators)
            reached = sum(trend.reached is True for trend in measures)
            done = sum(year.action.status is Status.DONE for year in self.review.actions)
            behind = len(self.review.behind)
            return [
                (str(reached), self.word(of_reached(len(measures)))),
                (str(behind), self.word(of_behind(behind, len(self.plan.strategies)))),
                (str(done), self.word(finished_in_year(done))),
                (share, words["current"]),
            ]
        return [
            (str(sum(len(group.lines) for group in agenda.discuss)), words["to_discuss"]),
            (str(len(_finished(agenda))), words["finished"]),
            (str(len(agenda.going_well)), words["well"]),
            (share, words["current"]),
        ]

    def results(self) -> list[_Line]:
        found = self.review.finished if isinstance(self.review, SteeringReview) else ()
        done = Light("none", Status.DONE.word(self.language))
        return [
            _Line(done, each.action.id, each.action.text, each.result, self.link(each.action))
            for each in found
        ]

    def changed(self) -> list[_Changed]:
        goals = {normalised_id(goal.id): goal for goal in self.plan.goals}
        return [
            _Changed(
                c.id,
                c.text,
                c.kind.word(self.language),
                "" if c.kind in WITHOUT_VALUES else f"{self._was(c.before)} → {self._was(c.after)}",
                self.link(self.plan.item(c.id) or goals.get(normalised_id(c.id))),
            )
            for c in self.changes.changes
        ]

    def _was(self, value: Was) -> str:
        match value:
            case None | "":
                return self.word(_BLANK)
            case TrafficLight():
                return self.light(value).said
            case Status():
                return value.word(self.language)
            case date():
                return self.day(value)
            case (lower, upper):
                return " – ".join("…" if v is None else figure(v, self.language) for v in (lower, upper))
            case str():
                return value
            case _:
                return figure(value, self.language)


def session_page(
    plan: Plan,
    agenda: Agenda,
    status: ProcessStatus,
    *,
    language: Language,
    now: datetime,
    review: Review = None,
    changes: PlanChanges | None = None,
    plan_address: str = "",
) -> str:
    """The page of a session, as the text of an HTML file.

    What it shows is what the session's workbook shows: a planning session looks at the year, not at the action list.
    `plan_address` is the plan's web address; the numbers then lead to their rows.
    """
    words = {name: text.in_(language) for name, text in _WORDS.items()}
    page = _Page(plan, agenda, status, review, changes or PlanChanges(), language, now, plan_address, words)
    session, objective = agenda.session, plan.objective
    heading, sections = page.sections()
    when = (day_with_weekday(session.date, language), session_hours(session, language), session.place)
    since, yearly = page.changes.since, isinstance(review, PlanningReview)
    return _template().render(
        words=words,
        language=language.value,
        title=session.kind.word(language),
        when=" · ".join(filter(None, when)),
        ambition=": ".join(filter(None, (objective.organisation, objective.text))) if objective else "",
        counts=page.counts(),
        lights=[
            (page.light(light), status.lights.get(light, 0), status.previous_lights.get(light, 0))
            for light in _LIGHTS
        ],
        compared=bool(status.previous_lights),
        heading=heading,
        sections=sections,
        behind=page.behind(),
        factors=page.factors(),
        results=page.results(),
        discusses=not yearly,
        groups=[] if yearly else page.cards(),
        done=[] if yearly else [page.line(action) for action in _finished(agenda)],
        well=[] if yearly else [page.line(action) for action in agenda.going_well],
        changes=page.changed(),
        changes_since=_WORDS["changes"].filled(day=page.day(since)).in_(language) if since else "",
        owners=status.owners,
        afterwards=now > session.reports_count_until,
        made=_WORDS["made"].filled(day=page.day(now.date())).in_(language),
        width=WIDTH,
        height=HEIGHT,
    )


def _finished(agenda: Agenda) -> tuple[Action, ...]:
    return (*(line.action for line in agenda.done_since), *agenda.done_without_date)


def _later(made_at: datetime, updated_on: date | None) -> bool:
    return updated_on is None or made_at.date() > updated_on


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(
        files("ogsm_xl.letters.pages").joinpath("session.html.j2").read_text("utf-8")
    )
