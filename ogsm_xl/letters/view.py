"""What the templates of a letter see: every value ready to be read, on one line, of bounded length.

These are the names that an organisation's own texts can use. Nothing here decides anything; it only says things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from urllib.parse import quote

from ogsm_xl.letters.attention import Attention
from ogsm_xl.letters.mail import one_line
from ogsm_xl.letters.plan_link import web_link
from ogsm_xl.letters.token import sentinel
from ogsm_xl.letters.wording import (
    KIND_NAMES,
    PURPOSES,
    counted,
    day_in_words,
    day_with_weekday,
    first_name,
    listed,
    number,
    overdue,
    session_hours,
    shortened,
    until_day,
    with_unit,
)
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.model import (
    Action,
    Indicator,
    Item,
    Objective,
    Person,
    Plan,
    Session,
    Strategy,
    kind_of,
    normalised_id,
)
from ogsm_xl.plan.words import ItemKind, Language, Text, TrafficLight
from ogsm_xl.rhythm.agenda import days_overdue
from ogsm_xl.rhythm.reporting import latest_report

LONGEST_TEXT = 220
LONGEST_NAME = 60
LONGEST_MAILTO = 1500  # some mail programs cut or refuse longer ones

_Words = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class LightView:
    """A traffic light: its word, the shape that goes with it, and its colours; `bar` is the strong one."""

    word: str
    mark: str
    fill: str
    ink: str
    bar: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known about an item, such as its deadline; `alarm` is what is wrong with it, or ""."""

    label: str
    value: str
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the validator says about an item, and how to mend it."""

    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item that its owner reports on.

    Attributes:
        kind: `action`, `strategy`, `indicator` or `objective`.
        facts: Status, progress, deadline, last report …, as far as this kind has them.
        place: Where it stands in the workbook, in words: `blad Acties, regel 12`; "" when unknown.
        link: A link to its row, or "".
        answer: Lines to copy into a reply, with what is known filled in.
        mailto: A link that begins a new mail with those lines, or "".
    """

    id: str
    kind: str
    text: str
    light: LightView
    facts: tuple[Fact, ...]
    findings: tuple[FindingView, ...]
    place: str
    link: str
    answer: tuple[str, ...]
    mailto: str


@dataclass(frozen=True, slots=True)
class AttentionView:
    """What needs mending besides the items: a title and findings, and a sentence on what is not told; all may be ""."""

    title: str
    findings: tuple[FindingView, ...]
    more: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """All items of one kind: `title` is such as "Acties", `one` such as "actie"."""

    kind: str
    title: str
    one: str
    questions: tuple[str, ...]
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class SessionView:
    """The session: `kind` stands within a sentence, `title` at its beginning; `hours` and `place` may be ""."""

    kind: str
    title: str
    day: str
    until: str
    hours: str
    place: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ExamplesView:
    """Short answers on items of this letter: nothing changed, done, a measurement; "" where none would fit."""

    unchanged: str
    done: str
    figure: str


_GREEN, _ORANGE, _RED = TrafficLight
_LOOKS: Mapping[TrafficLight | None, tuple[str, str, str, str]] = MappingProxyType(
    {
        # Pale grounds with dark ink: a mail program that darkens a mail turns both round and keeps them apart.
        _GREEN: ("●", "#CDEBD6", "#0B5134", "#2E9E5B"),
        _ORANGE: ("▲", "#FFE2B0", "#5C3A00", "#FF9F1C"),
        _RED: ("■", "#F9D3DC", "#7D0B2F", "#A4123F"),
        None: ("?", "#E4E8EC", "#1F2933", "#9AA5B1"),
    }
)
_UNKNOWN_LIGHT = Text("Onbekend", "Unknown")

_W: _Words = MappingProxyType(
    {
        "status": Text("Status", "Status"),
        "progress": Text("Voortgang", "Progress"),
        "deadline": Text("Deadline", "Deadline"),
        "last_report": Text("Laatste verslag", "Last report"),
        "none_yet": Text("nog geen", "none yet"),
        "none": Text("geen", "none"),
        "unknown": Text("onbekend", "unknown"),
        "value": Text("Laatste waarde", "Latest value"),
        "target": Text("Streefwaarde", "Target"),
        "place": Text("blad {sheet}, regel {row}", "sheet {sheet}, row {row}"),
        "light_blank": Text("[kleur]", "[colour]"),
        "progress_blank": Text("[voortgang]%", "[progress]%"),
        "value_blank": Text("[waarde]", "[value]"),
        "done": Text("Gedaan:", "Done:"),
        "next": Text("Komende periode:", "Next:"),
        "needed": Text("Nodig:", "Needed:"),
        "proposal": Text("Voorstel:", "Proposal:"),
        "update": Text("Toelichting:", "Update:"),
        "results": Text("Resultaten:", "Results:"),
        "measured_on": Text("Gemeten op:", "Measured on:"),
        "unchanged": Text("geen wijzigingen", "no change"),
        "finished": Text("afgerond", "done"),
        "green": Text("groen", "green"),
    }
)
_LAYOUT_WORDS: _Words = MappingProxyType(
    {
        "light": Text("Licht", "Light"),
        "questions": Text(
            "Wat we graag van je weten, per {one}:", "What we would like to know, for each {one}:"
        ),
        "colours": Text("De kleuren", "The colours"),
        "look": Text("Let op", "Please check"),
        "by_mail": Text("Antwoord over {id} in een nieuwe mail", "Answer about {id} in a new mail"),
        "open": Text("Open het werkboek", "Open the workbook"),
        "search": Text("zoek {id}", "search for {id}"),
        "how": Text("Zo antwoord je", "How to answer"),
        "how_more": Text("Kies wat jou het snelst afgaat.", "Choose whatever is quickest for you."),
        "to_copy": Text("Om te kopiëren:", "To copy:"),
        "path": Text("Het werkboek staat hier:", "The workbook is here:"),
        "reference": Text("Kenmerk", "Reference"),
        "session": Text("Sessie", "Session"),
    }
)
_MEANINGS: Mapping[TrafficLight, Text] = MappingProxyType(
    {
        _GREEN: Text("op schema, in inhoud en in tijd", "on plan, in content and in time"),
        _ORANGE: Text(
            "niet op schema, maar met de juiste hulp komt het goed",
            "not on plan, but with the right help it can still turn out well",
        ),
        _RED: Text(
            "niet op schema en (bijna) niet meer haalbaar: er moet een keuze komen",
            "not on plan and (almost) out of reach: a choice is needed",
        ),
    }
)
BELOW_THE_ITEMS = (*_MEANINGS.values(), _LAYOUT_WORDS["how"], _LAYOUT_WORDS["how_more"])
"""What a letter says below its last item: the meaning of the colours, and how to answer."""
_TITLES: Mapping[ItemKind, Text] = MappingProxyType(
    {
        ItemKind.OBJECTIVE: Text("Ambitie", "Objective"),
        ItemKind.STRATEGY: Text("Strategieën", "Strategies"),
        ItemKind.INDICATOR: Text("Indicatoren", "Indicators"),
        ItemKind.ACTION: Text("Acties", "Actions"),
    }
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Makes views in one language, on one day."""

    plan: Plan
    language: Language
    now: datetime
    token: str
    reply_to: str
    workbook_url: str

    @property
    def today(self) -> date:
        """The day on which the letter is written."""
        return self.now.date()

    def word(self, name: str) -> str:
        """A small word in the letter's language."""
        return _W[name].in_(self.language)

    def session(self, session: Session) -> SessionView:
        """A session, ready to be read."""
        title = session.kind.word(self.language)
        return SessionView(
            kind=title.lower() if self.language is Language.NL else title[0].lower() + title[1:],
            title=title,
            day=day_with_weekday(session.date, self.language),
            until=until_day(session.date, self.today, self.language),
            hours=session_hours(session, self.language),
            place=shortened(session.place, 120),
            purpose=PURPOSES[session.kind].in_(self.language),
        )

    def item(self, item: Item, findings: Sequence[Finding]) -> ItemView:
        """An item, ready to be read and answered, with those of the findings that concern it."""
        own = [f for f in findings if f.item and normalised_id(f.item) == normalised_id(item.id)]
        answer = self._answer(item)
        return ItemView(
            id=one_line(item.id, 20),
            kind=kind_of(item).key,
            text=shortened(item.text, LONGEST_TEXT),
            light=self._light(item.light),
            facts=self.facts(item),
            findings=tuple(self._finding(finding) for finding in own),
            place=self._place(item),
            link=self._link(item),
            answer=answer,
            mailto=self._mailto(item, answer),
        )

    def attention(self, attention: Attention) -> AttentionView:
        """What needs mending besides the items."""
        row = Text("andere regel", "other row"), Text("andere regels", "other rows")
        rows = counted(attention.rows, *row, self.language)
        verb = Text("vraagt", "needs") if attention.rows == 1 else Text("vragen", "need")
        title = Text("Ook {rows} van jou {verb} aandacht", "{rows} of yours {verb} attention")
        remark = Text("opmerking", "remark"), Text("opmerkingen", "remarks")
        more = Text(
            "En nog {remarks} over jouw regels; de proceseigenaar heeft de hele lijst.",
            "And {remarks} more about your rows; the process owner has the whole list.",
        )
        remarks = counted(attention.untold, *remark, self.language)
        said = title.filled(rows=rows, verb=verb).in_(self.language)
        return AttentionView(
            said[0].upper() + said[1:] if attention.elsewhere else "",
            tuple(self._finding(finding) for finding in attention.elsewhere),
            more.filled(remarks=remarks).in_(self.language) if attention.untold else "",
        )

    def group(self, kind: ItemKind, items: Sequence[ItemView], questions: Sequence[str]) -> GroupView:
        """The items of one kind under a heading."""
        return GroupView(
            kind=kind.key,
            title=_TITLES[kind].in_(self.language),
            one=KIND_NAMES[kind][0].in_(self.language),
            questions=tuple(questions),
            items=tuple(items),
        )

    def counted_items(self, items: Sequence[Item]) -> str:
        """How many of what: `één strategie en drie acties`."""
        kinds = [kind_of(item) for item in items]
        return listed(
            [
                counted(kinds.count(kind), *KIND_NAMES[kind], self.language)
                for kind in ItemKind
                if kind in kinds
            ],
            self.language,
        )

    def legend(self) -> tuple[Fact, ...]:
        """What the colours mean."""
        return tuple(
            Fact(f"{_LOOKS[light][0]} {light.word(self.language)}", meaning.in_(self.language))
            for light, meaning in _MEANINGS.items()
        )

    def words(self) -> Mapping[str, str]:
        """The labels of the layout."""
        return {name: text.in_(self.language) for name, text in _LAYOUT_WORDS.items()}

    def examples(self, items: Sequence[Item]) -> ExamplesView:
        """Short answers on items of this letter."""
        actions = [one_line(item.id, 20) for item in items if isinstance(item, Action)]
        figures = [
            f"{one_line(item.id, 20)} {number(23.5 if item.actual is None else item.actual, self.language)} {self.word('green')}"
            for item in items
            if isinstance(item, Indicator)
        ]
        return ExamplesView(
            unchanged=f"{one_line(items[0].id, 20)} {self.word('unchanged')}",
            done=f"{actions[0]} {self.word('finished')}" if actions else "",
            figure=figures[0] if figures else "",
        )

    def _light(self, light: TrafficLight | None) -> LightView:
        word = light.word(self.language) if light else _UNKNOWN_LIGHT.in_(self.language)
        return LightView(word, *_LOOKS[light])

    def facts(self, item: Item) -> tuple[Fact, ...]:
        """What is known about an item besides its text and light."""
        facts: list[Fact] = []
        if isinstance(item, Action):
            status = item.status.word(self.language) if item.status else self.word("unknown")
            progress = f"{item.progress}%" if item.progress is not None else self.word("unknown")
            deadline = day_in_words(item.deadline, self.language) if item.deadline else self.word("none")
            facts = [
                Fact(self.word("status"), status),
                Fact(self.word("progress"), progress),
                Fact(self.word("deadline"), deadline, overdue(days_overdue(item, self.today), self.language)),
            ]
        elif isinstance(item, Indicator):
            facts = [
                Fact(self.word("value"), self._measured(item.actual, item.unit, item.measured_on)),
                Fact(self.word("target"), self._measured(item.target, item.unit, item.target_date)),
            ]
        return (*facts, Fact(self.word("last_report"), self._last_report(item)))

    def _measured(self, value: float | None, unit: str, day: date | None) -> str:
        if value is None:
            return self.word("unknown")
        written = with_unit(value, unit, self.language)
        return f"{written} ({day_in_words(day, self.language)})" if day else written

    def _last_report(self, item: Item) -> str:
        report = latest_report(self.plan, item, self.now)
        made = report.made_at.date() if report and report.made_at else None
        in_row = item.measured_on if isinstance(item, Indicator) else item.updated_on
        days = [day for day in (made, in_row) if day and day <= self.today]
        return day_in_words(max(days), self.language) if days else self.word("none_yet")

    def _finding(self, finding: Finding) -> FindingView:
        return FindingView(
            shortened(finding.message.in_(self.language), 300), shortened(finding.fix.in_(self.language), 300)
        )

    def _place(self, item: Item) -> str:
        if item.row is None:
            return ""
        return self.word("place").format(sheet=one_line(item.row.place.sheet, 40), row=item.row.row)

    def _link(self, item: Item) -> str:
        """The link to the workbook, at the item's row where Excel on the web understands that."""
        return web_link(self.workbook_url, item.row.cell("light")) if item.row else self.workbook_url

    def _answer(self, item: Item) -> tuple[str, ...]:
        """Lines to copy. What is not known stands in square brackets, which no reader takes for an answer."""
        light = item.light.word(self.language).lower() if item.light else self.word("light_blank")
        head = one_line(item.id, 20)
        match item:
            case Action():
                progress = f"{item.progress}%" if item.progress is not None else self.word("progress_blank")
                return (
                    f"{head} {light} {progress}",
                    *(self.word(name) + " " for name in ("done", "next", "needed", "proposal")),
                )
            case Strategy():
                return (f"{head} {light}", self.word("update") + " ")
            case Indicator():
                return (
                    f"{head} {self.word('value_blank')} {light}",
                    *(self.word(name) + " " for name in ("measured_on", "update")),
                )
            case Objective():
                return (f"{head} {light}", *(self.word(name) + " " for name in ("results", "proposal")))

    def _mailto(self, item: Item, answer: Sequence[str]) -> str:
        """A new mail with the lines to fill in; the token goes along in subject and body, as it is no reply."""
        if not self.reply_to:
            return ""
        subject = f"OGSM-REF: {self.token} {one_line(item.id, 20)}"
        body = "\r\n".join([*answer, "", "", sentinel(self.token)])
        link = f"mailto:{quote(self.reply_to, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
        return link if len(link) <= LONGEST_MAILTO else ""


def name_to_greet(person: Person) -> str:
    """What to call the person in a greeting."""
    return first_name(one_line(person.name, LONGEST_NAME))
