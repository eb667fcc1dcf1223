"""Links to a cell of the plan workbook: in a browser, or as a file. Only from what the organisation configured."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from ogsm_xl.plan.cells import CellRef, quoted_sheet


def web_link(url: str, cell: CellRef) -> str:
    """The workbook's address with the cell, where Excel on the web understands that; else the address as it is."""
    if not urlsplit(url).path.lower().endswith("/doc.aspx"):
        return url
    sheet = "'" + cell.sheet.replace("'", "''") + "'"
    return f"{url}{'&' if '?' in url else '?'}activeCell={quote(f'{sheet}!{cell.address}', safe='')}"


def page_link(address: str, cell: CellRef) -> str:
    """The link of a page that is mailed or put on an intranet: to an address that is the same everywhere, else ""."""
    if is_web_address(address):
        return web_link(address, cell)
    return address if address.lower().startswith("file:///") else ""


def is_web_address(address: str) -> bool:
    """Whether this is an address for a browser, and no path."""
    return address.lower().startswith(("https://", "http://"))


def file_link(path: str, cell: CellRef) -> str:
    """A path with the cell, as XlsxWriter takes a link to another workbook."""
    return f"external:{path.translate(_ESCAPED)}#{quoted_sheet(cell.sheet)}!{cell.address}"


_ESCAPED = {ord(c): f"%{ord(c):02x}" for c in '%# "<>[]^`{}'}
"""What a link can't hold as it is. XlsxWriter escapes all of it but the `#`, and nothing where it sees a `%20`."""
