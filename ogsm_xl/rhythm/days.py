"""How a day is written in a sentence."""

from __future__ import annotations

from datetime import date

from ogsm_xl.plan.day_words import MONTHS
from ogsm_xl.plan.words import Text


def spoken_day(day: date, today: date) -> Text:
    """A day as people say it: "3 juli", with the year where it is not this year's."""
    month = MONTHS[day.month - 1]
    year = "" if day.year == today.year else f" {day.year}"
    return Text(f"{day.day} {month.nl}{year}", f"{day.day} {month.en}{year}")
