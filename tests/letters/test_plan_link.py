"""Links to a cell of the plan workbook."""

from __future__ import annotations

import pytest

from ogsm_xl.letters.plan_link import file_link, is_web_address, web_link
from ogsm_xl.plan.cells import CellRef

CELL = CellRef("Acties 2026", 12, 3)


def test_excel_on_the_web_opens_at_the_cell() -> None:
    """The cell is added to an address that understands it; a quote in a sheet's name is doubled."""
    url = "https://example.sharepoint.com/_layouts/15/Doc.aspx?sourcedoc=1"
    assert web_link(url, CELL) == f"{url}&activeCell=%27Acties%202026%27%21C12"
    assert web_link(url, CellRef("A'b", 1, 1)).endswith("activeCell=%27A%27%27b%27%21A1")


def test_another_address_stays_as_it_is() -> None:
    """What a server would not understand is not added."""
    assert web_link("https://example.org/plan.xlsx", CELL) == "https://example.org/plan.xlsx"


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("../../plan.xlsx", "external:../../plan.xlsx#'Acties 2026'!C12"),
        (r"G:\OGSM\plan 1.xlsx", r"external:G:\OGSM\plan%201.xlsx#'Acties 2026'!C12"),
        ("a#b%/plan.xlsx", "external:a%23b%25/plan.xlsx#'Acties 2026'!C12"),
    ],
)
def test_a_path_with_its_cell(path: str, link: str) -> None:
    """The one # of a link is the one before the cell."""
    assert file_link(path, CELL) == link


@pytest.mark.parametrize(
    ("address", "web"),
    [("https://example.org", True), ("HTTP://example.org", True), ("file:///etc", False), ("", False)],
)
def test_only_a_browsers_addresses_are_web_addresses(address: str, web: bool) -> None:  # noqa: FBT001 - a table
    """A path or another scheme is none."""
    assert is_web_address(address) is web
