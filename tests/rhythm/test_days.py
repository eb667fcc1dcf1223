"""How a day is written in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.days import spoken_day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 7, 3), Text("3 juli", "3 July")),
        (date(2026, 1, 31), Text("31 januari", "31 January")),
        (date(2025, 12, 1), Text("1 december 2025", "1 December 2025")),
        (date(2027, 3, 1), Text("1 maart 2027", "1 March 2027")),
    ],
)
def test_a_day_in_words(day: date, text: Text) -> None:
    """Without the year when it is this year's."""
    assert spoken_day(day, date(2026, 6, 10)) == text
