"""Numbers as they are read."""

from __future__ import annotations

import pytest

from ogsm_xl.letters.wording import figure, with_unit
from ogsm_xl.plan.words import Language


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (0.5, "0,5", "0.5"),
        (9999, "9999", "9999"),
        (10_000, "10.000", "10,000"),
        (-1_234_567.89, "-1.234.567,89", "-1,234,567.89"),
        (1e20, "1e+20", "1e+20"),
        (float("inf"), "inf", "inf"),
    ],
)
def test_a_figure_has_its_thousands_apart(value: float, dutch: str, english: str) -> None:
    """From 10,000 on, with the marks of the language; what is beyond counting stays as it is."""
    assert (figure(value, Language.NL), figure(value, Language.EN)) == (dutch, english)


def test_with_its_unit() -> None:
    """Grouped where it is read, plain where it is typed."""
    assert with_unit(35200, "€", Language.NL, grouped=True) == "€ 35.200"
    assert with_unit(35200, "€", Language.NL) == "€ 35200"
