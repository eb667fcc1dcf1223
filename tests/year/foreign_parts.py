"""Parts that an organisation put into its plan itself, and that no job may touch.

A sheet of their own with a chart, a picture, comments and a sparkline; custom XML; a sensitivity label. They are taken
from a workbook that XlsxWriter makes, and put into the plan's package by hand: no library of the product is involved.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import xlsxwriter

from tests.support.workbooks import png

_SHEET = "Eigen cijfers"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "xl/worksheets/sheet90.xml": f"{_OPEN_XML}.spreadsheetml.worksheet+xml",
    "xl/drawings/drawing90.xml": f"{_OPEN_XML}.drawing+xml",
    "xl/charts/chart90.xml": f"{_OPEN_XML}.drawingml.chart+xml",
    "xl/comments90.xml": f"{_OPEN_XML}.spreadsheetml.comments+xml",
    "customXml/itemProps90.xml": f"{_OPEN_XML}.customXmlProperties+xml",
    "docMetadata/LabelInfo.xml": "application/vnd.ms-office.classificationlabels+xml",
}
_ADDED = {
    "customXml/item90.xml": b'<?xml version="1.0"?><dossier xmlns="urn:example:archive"><number>2027-14</number></dossier>',
    "customXml/itemProps90.xml": b'<?xml version="1.0"?><ds:datastoreItem ds:itemID="{0A1B2C3D-0000-4000-8000-000000000090}" '
    b'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
    "customXml/_rels/item90.xml.rels": (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/customXmlProps" Target="itemProps90.xml"/></Relationships>'
    ).encode(),
    "docMetadata/LabelInfo.xml": b'<?xml version="1.0"?><clbl:labelList xmlns:clbl='
    b'"http://schemas.microsoft.com/office/2020/mipLabelMetadata"><clbl:label id="{11111111-2222-4333-8444-555555555555}" '
    b'enabled="1" method="Privileged" siteId="{66666666-7777-4888-8999-aaaaaaaaaaaa}"/></clbl:labelList>',
}


def with_foreign_parts(package: bytes, day: dt.date) -> bytes:
    """The plan's package with those parts in it."""
    with zipfile.ZipFile(io.BytesIO(package)) as plan:
        parts = {info.filename: plan.read(info) for info in plan.infolist()}
    parts |= _sheet_of_their_own() | _ADDED
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    types += '<Default Extension="png" ContentType="image/png"/>'
    types += f'<Default Extension="vml" ContentType="{_OPEN_XML}.vmlDrawing"/>'
    _insert(parts, "[Content_Types].xml", "</Types>", types)
    _insert(parts, "xl/workbook.xml", "</sheets>", f'<sheet name="{_SHEET}" sheetId="90" r:id="rId9001"/>')
    relations = f'<Relationship Id="rId9001" Type="{_OFFICE}/worksheet" Target="worksheets/sheet90.xml"/>'
    relations += f'<Relationship Id="rId9002" Type="{_OFFICE}/customXml" Target="../customXml/item90.xml"/>'
    _insert(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", relations)
    label = '<Relationship Id="rId9003" Type="http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels" '
    _insert(parts, "_rels/.rels", "</Relationships>", f'{label}Target="docMetadata/LabelInfo.xml"/>')
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(
                zipfile.ZipInfo(name, (day.year, day.month, day.day, 9, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


def _insert(parts: dict[str, bytes], name: str, before: str, text: str) -> None:
    assert before.encode() in parts[name], name
    parts[name] = parts[name].replace(before.encode(), (text + before).encode())


def _sheet_of_their_own() -> dict[str, bytes]:
    """Its parts under names that the plan does not use, without shared texts or formats."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_SHEET)
        for row in range(12):
            sheet.write_number(row, 0, row + 1)
            sheet.write_number(row, 1, 100 - row * 3)
        sheet.write_formula("B14", "=SUM(B1:B12)", None, 1002)
        sheet.write_comment("B3", "Waarom zo laag? Navragen bij de afdeling.")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"categories": f"='{_SHEET}'!$A$1:$A$12", "values": f"='{_SHEET}'!$B$1:$B$12"})
        sheet.insert_chart("D2", chart)
        sheet.insert_image("D20", "logo.png", {"image_data": io.BytesIO(png())})
        sheet.add_sparkline("C1", {"range": f"'{_SHEET}'!B1:B12"})
    wanted = re.compile(r"xl/(worksheets|drawings|charts|media)/|xl/comments")
    numbered = re.compile(rb"(sheet|drawing|chart|image|comments|vmlDrawing)1\.(xml|png|vml)")
    found = {}
    with zipfile.ZipFile(made) as package:
        for name in filter(wanted.match, package.namelist()):
            renamed = numbered.sub(rb"\g<1>90.\2", name.encode()).decode()
            content = package.read(name)
            found[renamed] = numbered.sub(rb"\g<1>90.\2", content) if name.endswith(".rels") else content
    return found
