"""Which day is so many days before a session, in calendar days or in working days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.rhythm.settings import RhythmSettings

_DAY = timedelta(days=1)
_SATURDAY = 5


def lead_day(day: date, lead: int, settings: RhythmSettings) -> date:
    """The day on which something is due that comes `lead` days before a day; that day itself for 0.

    In working days, it is always a working day where `lead` is not 0: one working day before a Monday is the Friday.

    Raises:
        InputProblem: The holidays of the country that is set are not known.
    """
    if not settings.working_days:
        return day - lead * _DAY
    for _ in range(lead):
        day -= _DAY
        while not is_working_day(day, settings.holiday_country):
            day -= _DAY
    return day


def is_working_day(day: date, holiday_country: str) -> bool:
    """Monday to Friday, and no public holiday of the country ("" for none).

    Raises:
        InputProblem: The holidays of this country are not known.
    """
    return day.weekday() < _SATURDAY and day not in _holidays(holiday_country, day.year)


@lru_cache(maxsize=16)
def _holidays(country: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    # Imported here: a tenth of a second that only plans that count in working days need.
    import holidays  # noqa: PLC0415

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        raise InputProblem(
            Text(
                f"Van het land {country!r} zijn de feestdagen niet bekend, dus kan er niet in werkdagen worden geteld. Zet bij [rules] holiday_country een landcode zoals 'NL' of 'BE', of '' voor geen.",
                f"The holidays of the country {country!r} are not known, so nothing can be counted in working days. Set [rules] holiday_country to a code such as 'NL' or 'BE', or '' for none.",
            )
        ) from None
