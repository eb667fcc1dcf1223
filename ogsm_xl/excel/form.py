"""The form: a small workbook with one person's items to report on, built for a mail.

Only the input cells are unlocked; there is no password. Every answer stands in the row of its key and of what was filled
in beforehand, in hidden columns, so that `ogsm_xl.excel.forms.form_reading` finds it again whatever the form was saved
with: some programs drop hidden sheets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from types import MappingProxyType
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ogsm_xl.excel.forms.form_questions import (
    ANSWER,
    HEADINGS,
    KEY,
    KEY_COLUMN,
    LABEL,
    LAST,
    PREFILLED_KINDS,
    QUESTIONS,
    WAS,
    WAS_COLUMN,
    Question,
    answer_key,
    kept_value,
)
from ogsm_xl.excel.forms.form_reading import FormAnswer, FormReading, NoForm, read_form
from ogsm_xl.excel.house_style import BLUE, PALE_BLUE, PALE_GREY, RULE, SOFT_INK, Styles, number_format
from ogsm_xl.excel.layout import Kind
from ogsm_xl.letters.mail import one_line
from ogsm_xl.letters.view import Speaker
from ogsm_xl.letters.wording import day_in_words, day_with_weekday, shortened, with_unit
from ogsm_xl.plan.model import Indicator, Item, Person, Plan, Report, Session, kind_of
from ogsm_xl.plan.words import ItemKind, Language, Status, Text, TrafficLight, Word, YesNo
from ogsm_xl.rhythm.reporting import latest_report

__all__ = ["FormAnswer", "FormReading", "NoForm", "build_form", "form_file_name", "read_form"]

_WIDTHS = (26, 44, 38, 16, 16)
_STEPS = Text(
    "1. Vul de lichtblauwe vakken in.   2. Sla het bestand op.   3. Stuur het mee als antwoord op de mail.\n"
    "Wat je leeg laat of niet verandert, telt niet mee. Wat al is ingevuld, is de stand in het plan.",
    "1. Fill in the light blue cells.   2. Save the file.   3. Send it along when you reply to the mail.\n"
    "What you leave blank or do not change does not count. What is filled in already is how the plan has it.",
)


def form_file_name(person: Person, session: Session, language: Language) -> str:
    """The name of the form as an attachment: `OGSM-formulier Bram Jansen 2026-06-11.xlsx`."""
    name = "".join(c for c in shortened(person.name, 40) if c.isalnum() or c in " -'").strip()
    start = Text("OGSM-formulier", "OGSM form").in_(language)
    return " ".join(part for part in (start, name, f"{session.date:%Y-%m-%d}") if part) + ".xlsx"


def build_form(
    due_items: Sequence[Item],
    plan: Plan,
    person: Person,
    session: Session,
    *,
    token: str,
    language: Language,
    now: datetime,
) -> bytes:
    """The form as an .xlsx file, the same bytes for the same arguments.

    Args:
        due_items: What the person reports on; nothing else of the plan goes into the form.
        plan: For the last reports.
        person: Who fills it in.
        session: For which session.
        token: The token of the mail that it goes along with.
        language: The language of the reader.
        now: When it is made; deadlines are judged by its day.
    """
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": now.replace(tzinfo=None), "title": "OGSM", "author": "ogsm-xl"})
    _Builder(workbook, plan, language, now.replace(tzinfo=None), token).build(due_items, person, session)
    workbook.close()
    return content.getvalue()


class _Builder:
    """Writes one form from top to bottom."""

    def __init__(self, workbook: Workbook, plan: Plan, language: Language, now: datetime, token: str) -> None:
        self._workbook = workbook
        self._plan = plan
        self._language = language
        self._now = now
        self._token = token
        self._speaker = Speaker(plan, language, now, token, "", "")
        self._styles = Styles(workbook, language)
        self._sheet: Worksheet = workbook.add_worksheet(Text("Formulier", "Form").in_(language))
        self._row = 0
        self._lights: list[int] = []

    def build(self, items: Sequence[Item], person: Person, session: Session) -> None:
        self._set_up()
        self._head(person, session)
        for item in items:
            self._item(item)
        if self._lights:
            # One rule for all answers: a rule an item would cost a fifth of the form.
            self._styles.colour_lights(self._sheet, (self._lights[0], ANSWER, self._lights[-1], ANSWER))
        self._sheet.write_string(self._row, LABEL, f"OGSM-REF: {self._token}", self._styles.intro())
        self._sheet.print_area(0, 0, self._row, LAST)

    def _set_up(self) -> None:
        sheet = self._sheet
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, None, {"hidden": column >= KEY_COLUMN})
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _head(self, person: Person, session: Session) -> None:
        styles, sheet, language = self._styles, self._sheet, self._language
        title = Text("{kind} op {day}", "{kind} on {day}").filled(
            kind=session.kind.word(language), day=day_with_weekday(session.date, language)
        )
        self._across(title.in_(language), styles.title(font_size=16), 30)
        whose = Text("Formulier van {name}", "Form of {name}").filled(name=shortened(person.name, 60))
        self._across(whose.in_(language), styles.intro(font_size=12), 20)
        self._across(_STEPS.in_(language), styles.format(text_wrap=True, font_size=11, valign="vcenter"), 48)
        for column, heading in enumerate(HEADINGS):
            look = styles.format(bold=True, font_color=SOFT_INK, bottom=1, bottom_color=RULE, indent=1)
            sheet.write_string(self._row, column, heading.in_(language), look)
        sheet.repeat_rows(self._row)
        sheet.set_selection(self._row + 4, ANSWER, self._row + 4, ANSWER)  # the first cell to fill in
        self._row += 1

    def _item(self, item: Item) -> None:
        kind = kind_of(item)
        report = latest_report(self._plan, item, self._now)
        heading = f"{kind.word(self._language)} {one_line(item.id, 20)}: {shortened(item.text, 220)}"
        self._sheet.set_row(self._row, 8)
        self._row += 1
        self._across(heading, self._styles.header(font_size=12, indent=1), 17 * ceil(len(heading) / 80) + 7)
        asked_below = {asked.label.in_(self._language) for asked in QUESTIONS[kind]}
        facts = "   ".join(
            f"{fact.label}: {fact.value}" + (f" (! {fact.alarm})" if fact.alarm else "")
            for fact in self._speaker.facts(item)
            if fact.label not in asked_below
        )
        look = self._styles.format(
            font_color=SOFT_INK, bg_color=PALE_GREY, text_wrap=True, valign="vcenter", indent=1
        )
        self._across(facts, look, 15 * ceil(len(facts) / 120) + 4)
        for asked in QUESTIONS[kind]:
            self._field(asked, item, report)

    def _field(self, asked: Question, item: Item, report: Report | None) -> None:
        sheet, styles, row = self._sheet, self._styles, self._row
        bold = styles.format(bold=True, font_size=11)
        soft = styles.format(font_size=9, font_color=SOFT_INK)
        long = asked.kind is Kind.LONG_TEXT
        under = {"text_wrap": True, "bottom": 1, "bottom_color": RULE, "align": "left", "indent": 1}
        beside = styles.format(font_color=SOFT_INK, valign="vcenter", **under)
        around = styles.format(valign="vcenter", **under)
        label = asked.label.in_(self._language)
        if asked.name == "value" and isinstance(item, Indicator) and item.unit.strip():
            label += f" ({one_line(item.unit, 20)})"
        sheet.write_rich_string(
            row, LABEL, bold, label, soft, "\n" + asked.question.in_(self._language), around
        )
        self._input(asked, item)
        last = shortened(self._last(asked, item, report), 400)
        sheet.write_string(row, LAST, last, beside)
        small = styles.format(font_color=SOFT_INK, font_size=8)
        sheet.write_string(row, KEY_COLUMN, KEY + answer_key(item, asked), small)
        if asked.kind in PREFILLED_KINDS:
            sheet.write_string(row, WAS_COLUMN, WAS + kept_value(getattr(item, asked.name, None)), small)
        least = 52 if long else 33
        sheet.set_row(row, max(least, 14 * ceil(len(last) / 40) + 4))
        self._row += 1

    def _input(self, asked: Question, item: Item) -> None:
        sheet, cell = self._sheet, (self._row, ANSWER)
        look = self._styles.format(**self._input_look(asked, item))
        known = getattr(item, asked.name, None) if asked.kind in PREFILLED_KINDS else None
        if known is None:
            sheet.write_blank(*cell, None, look)
        else:
            value = known / 100 if asked.kind is Kind.PERCENT else known.word(self._language)
            write = sheet.write_number if asked.kind is Kind.PERCENT else sheet.write_string
            write(*cell, value, look)
        if asked.kind is not Kind.LONG_TEXT:
            sheet.data_validation(*cell, *cell, _allowed(asked, self._language))
        if asked.kind is Kind.LIGHT:
            self._lights.append(self._row)

    def _input_look(self, asked: Question, item: Item) -> dict[str, Any]:
        long = asked.kind is Kind.LONG_TEXT
        look: dict[str, Any] = {
            "locked": False,
            "bg_color": PALE_BLUE,
            "border": 1,
            "border_color": BLUE,
            "font_size": 12,
            "text_wrap": True,
            "align": "left",
            "indent": 1,
            "valign": "top" if long else "vcenter",
            "num_format": number_format(asked.kind, self._language),
        }
        if asked.name == "value" and isinstance(item, Indicator) and item.unit.strip() == "%":
            look["num_format"] = '0.###" %"'  # 95 shows as 95 %, and a typed 95% as 0.95 %, which is seen
        return look

    def _last(self, asked: Question, item: Item, report: Report | None) -> str:
        """The last answer to this question, from the last report or else from the plan."""
        if asked.name == "value" and isinstance(item, Indicator):
            return "" if item.actual is None else with_unit(item.actual, item.unit, self._language)
        said = getattr(report, "done" if asked.name == "update" else asked.name, None)
        known = (
            said
            if said not in {None, ""}
            else getattr(item, _IN_PLAN.get((kind_of(item), asked.name), asked.name), None)
        )
        if known is None:
            return ""
        if isinstance(known, date):
            return day_in_words(known, self._language)
        if isinstance(known, Word):
            return known.word(self._language)
        return f"{known}%" if isinstance(known, int) else str(known)

    def _across(self, text: str, look: Format, height: float) -> None:
        """A line over all columns that are shown."""
        self._sheet.merge_range(self._row, LABEL, self._row, LAST, "", look)
        self._sheet.write_string(self._row, LABEL, text, look)
        self._sheet.set_row(self._row, height)
        self._row += 1


_IN_PLAN: Mapping[tuple[ItemKind, str], str] = MappingProxyType(
    {
        (ItemKind.ACTION, "done"): "update",
        (ItemKind.OBJECTIVE, "done"): "update",
        (ItemKind.INDICATOR, "update"): "note",
    }
)
"""Where the plan keeps an answer under another name than the report does."""

_CHOOSE = Text(
    "Kies een woord uit de lijst, of maak de cel leeg.", "Choose a word from the list, or clear the cell."
)
_WRITE: Mapping[Kind, Text] = MappingProxyType(
    {
        Kind.PERCENT: Text("Typ een percentage van 0% tot en met 100%, zoals 60%.", "Type a percentage from 0% to 100%, such as 60%."),
        Kind.NUMBER: Text("Typ alleen het getal, zonder eenheid.", "Type the number alone, without a unit."),
        Kind.DATE: Text("Typ een datum, zoals 31-12-2026.", "Type a date, such as 31 Dec 2026."),
    }
)  # fmt: skip


def _allowed(asked: Question, language: Language) -> dict[str, Any]:
    """What may be typed in a cell, as XlsxWriter has it."""
    words: dict[Kind, Sequence[Word]] = {
        Kind.LIGHT: list(TrafficLight),
        Kind.STATUS: list(Status),
        Kind.YES_NO: [YesNo.YES],
    }
    if asked.kind in words:
        source = [word.word(language) for word in words[asked.kind]]
        return {"validate": "list", "source": source, "error_message": _CHOOSE.in_(language)}
    limits: dict[Kind, tuple[str, Any, Any]] = {
        Kind.PERCENT: ("decimal", 0, 1),
        Kind.NUMBER: ("decimal", -1e15, 1e15),
        Kind.DATE: ("date", date(2000, 1, 1), date(2100, 12, 31)),
    }
    validate, least, most = limits[asked.kind]
    return {
        "validate": validate,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_message": _WRITE[asked.kind].in_(language),
    }
