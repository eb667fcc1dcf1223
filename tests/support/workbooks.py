"""Workbooks of every kind, for the tests of reading and editing: built with XlsxWriter and openpyxl, and by hand.

Each has the same plan, so that one edit can be tried on all of them: on sheet `Acties` headings in row 3 (`A3:D3`: ID, Actie,
Datum, Voortgang), three actions in rows 4 to 6, nothing below. `B5` is text, `C5` a date, `D5` a number.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PLAN = (
    ("A1", "Website vernieuwen", dt.date(2026, 1, 5), 0.5),
    ("A2", "Klanten bellen", dt.date(2026, 2, 2), 0.25),
)
HEADINGS = ("ID", "Actie", "Datum", "Voortgang")


def png() -> bytes:
    """A picture of one red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


# Built with libraries


def xlsxwriter_rich(path: Path) -> None:
    """Charts, a picture, sparklines, lists, formats, comments, a table with totals elsewhere, macros, a dynamic array."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Acties")
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        percent = book.add_format({"num_format": "0%"})
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("A1", "Actie", bold, "plan", " 2026")
        for row, (key, text, when, share) in enumerate([*PLAN, ("A3", "Meten", dt.date(2026, 3, 3), 1.0)], 3):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, text)
            sheet.write_datetime(row, 2, dt.datetime.combine(when, dt.time()), day)
            sheet.write_number(row, 3, share, percent)
        columns = [{"header": heading} for heading in HEADINGS]
        sheet.add_table("A3:D6", {"name": "Acties", "columns": columns})
        sheet.data_validation(
            "D4:D6", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
        )
        sheet.conditional_format("D4:D6", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("D4:D6", {"type": "cell", "criteria": ">", "value": 0.9, "format": bold})
        sheet.write_comment("B5", "Wie doet dit?")
        sheet.insert_image("H2", "dot.png", {"image_data": io.BytesIO(png())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": "=Acties!$D$3", "values": "=Acties!$D$4:$D$6"})
        sheet.insert_chart("H10", chart)
        sheet.add_sparkline("F4", {"range": "Acties!D4:D6"})
        sheet.insert_textbox("H30", "Let op")
        sheet.insert_checkbox("F5", True)
        sheet.write_url("F6", "https://example.org/", string="uitleg")
        sheet.set_header("&CPlan")
        sheet.freeze_panes(3, 1)
        other = book.add_worksheet("Overzicht & meer")
        other.write_formula("A1", "=SUM(Acties!D4:D6)", None, 1.75)
        other.write_dynamic_array_formula("B1", "=SORT(Acties!D4:D6)", None, 0.25)
        other.write_array_formula("D1:D2", "{=Acties!D4:D5*2}", None, 1)
        other.add_table(
            "F1:G3", {"name": "Som", "total_row": True, "columns": [{"header": "x"}, {"header": "y"}]}
        )
        other.protect("geheim")
        book.define_name("Voortgang", "=Acties!$D$4:$D$6")
        book.set_custom_property("MSIP_Label_1_Enabled", "true")
        book.add_chartsheet("Grafiek").set_chart(_line_chart(book))


def _line_chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Acties!$D$4:$D$6"})
    return chart


def xlsxwriter_plain(path: Path) -> None:
    """A range without a table, with a filter on it, in a file written row by row."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Acties")
        day = book.add_format({"num_format": "d mmm"})
        for at, heading in enumerate(HEADINGS):
            sheet.write_string(2, at, heading)
        for row, (key, text, when, share) in enumerate([*PLAN, ("A3", "Meten", dt.date(2026, 3, 3), 1.0)], 3):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, text)
            sheet.write_datetime(row, 2, dt.datetime.combine(when, dt.time()), day)
            sheet.write_number(row, 3, share)
        sheet.autofilter("A3:D6")


def xlsxwriter_1904(path: Path) -> None:
    """Dates that count from 1904."""
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet("Acties")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, heading in enumerate(HEADINGS):
            sheet.write_string(2, at, heading)
        for row, (key, text, when, share) in enumerate([*PLAN, ("A3", "Meten", dt.date(2026, 3, 3), 1.0)], 3):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, text)
            sheet.write_datetime(row, 2, dt.datetime.combine(when, dt.time()), day)
            sheet.write_number(row, 3, share)


def openpyxl_rich(path: Path) -> None:
    """What openpyxl writes: a table, a picture, comments, lists, formats, merged titles, print titles."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Acties"
    sheet["A1"] = "Actieplan"
    sheet.merge_cells("A1:D1")
    for at, heading in enumerate(HEADINGS, 1):
        sheet.cell(3, at, heading)
    for row, action in enumerate([*PLAN, ("A3", "Meten", dt.date(2026, 3, 3), 1.0)], 4):
        sheet.cell(row, 1, action[0])
        sheet.cell(row, 2, action[1])
        sheet.cell(row, 3, action[2])
        sheet.cell(row, 4, action[3])
    sheet["B5"].comment = Comment("Wie doet dit?", "Jan")
    sheet.add_table(Table(displayName="Acties", ref="A3:D6"))
    choice = DataValidation(type="list", formula1='"A1,A2,A3,A4"', allow_blank=True, showErrorMessage=True)
    choice.add("A4:A6")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add("D4:D6", _less_than_half())
    sheet.add_image(Image(io.BytesIO(png())), "H2")
    sheet.print_title_rows = "1:3"
    sheet.print_area = "A1:D6"
    book.create_sheet("Leeg")
    book.save(path)


def _less_than_half() -> Rule:
    return Rule(type="cellIs", operator="lessThan", formula=["0.5"])


# Built by hand

HEAD = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
ROWS = (
    '<row r="3"><c r="A3" t="inlineStr"><is><t>ID</t></is></c><c r="B3" t="inlineStr"><is><t>Actie</t></is></c>'
    '<c r="C3" t="inlineStr"><is><t>Datum</t></is></c><c r="D3" t="inlineStr"><is><t>Voortgang</t></is></c></row>'
    '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" t="s"><v>1</v></c><c r="C4" s="1"><v>46027</v></c><c r="D4" s="2"><v>0.5</v></c></row>'
    '<row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5" t="s"><v>3</v></c><c r="C5" s="1"><v>46055</v></c><c r="D5" s="2"><v>0.25</v></c></row>'
    '<row r="6"><c r="A6" t="s"><v>4</v></c><c r="B6" t="s"><v>5</v></c><c r="C6" s="1"><v>46084</v></c><c r="D6" s="2"><v>1</v></c></row>'
)
STRINGS = ("A1", "Website vernieuwen", "A2", "Klanten bellen", "A3", "Meten")
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyProtection="1"><protection locked="0"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
TABLE = (
    f'{DECLARATION}<table xmlns="{MAIN}" id="1" name="Acties" displayName="Acties" ref="A3:D6" totalsRowShown="0">'
    '<autoFilter ref="A3:D6"/><tableColumns count="4"><tableColumn id="1" name="ID"/><tableColumn id="2" name="Actie"/>'
    '<tableColumn id="3" name="Datum"/><tableColumn id="4" name="Voortgang"/></tableColumns></table>'
)
TABLE_RELATION = ("xl/worksheets/_rels/sheet1.xml.rels", "table", "../tables/table1.xml")


def sheet_xml(
    rows: str = ROWS, before: str = '<dimension ref="A3:D6"/>', after: str = "", head: str = HEAD
) -> str:
    """A sheet's XML around these rows."""
    return f"{DECLARATION}{head}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def parts_of(
    sheet: str | bytes | None = None,
    *,
    table: str = "",
    workbook: str = "",
    strings: str = "",
    styles: str = STYLES,
    more: Mapping[str, str | bytes] | None = None,
    relations: tuple[tuple[str, str, str], ...] = (),
) -> dict[str, bytes]:
    """The parts of a workbook with one sheet.

    Args:
        sheet: The XML of sheet `Acties`; the usual plan unless given.
        table: The XML of a table on it, if any.
        workbook: What stands behind the list of sheets.
        strings: The shared strings; the usual ones unless given.
        styles: The styles.
        more: Further parts.
        relations: Further relationships: the part that holds them, their kind (or full type), their target.
    """
    body = sheet_xml() if sheet is None else sheet
    items = "".join(f"<si><t>{text}</t></si>" for text in STRINGS)
    if table:
        relations = (*relations, TABLE_RELATION)
        more = {"xl/tables/table1.xml": table, **(more or {})}
        if isinstance(body, str) and "tableParts" not in body:
            end = "<extLst>" if "<extLst>" in body else "</worksheet>"
            body = body.replace(end, '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>' + end)
    namespace = STRICT if isinstance(body, str) and STRICT in body else MAIN
    book = (
        f'{DECLARATION}<workbook xmlns="{namespace}" xmlns:r="{RELATIONS}"><sheets><sheet name="Acties" sheetId="1" r:id="rId1"/>'
        f"</sheets>{workbook}</workbook>"
    )
    texts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(more or {}),
        "xl/workbook.xml": book,
        "xl/worksheets/sheet1.xml": body,
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": strings
        or f'{DECLARATION}<sst xmlns="{MAIN}" count="6" uniqueCount="6">{items}</sst>',
        **(more or {}),
    }
    all_relations: list[tuple[str, str, str]] = [
        ("_rels/.rels", "officeDocument", "xl/workbook.xml"),
        ("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet1.xml"),
        ("xl/_rels/workbook.xml.rels", "styles", "styles.xml"),
        ("xl/_rels/workbook.xml.rels", "sharedStrings", "sharedStrings.xml"),
        *relations,
    ]
    texts.update(_relationship_parts(all_relations))
    return {name: text.encode() if isinstance(text, str) else text for name, text in texts.items()}


def _content_types(more: Mapping[str, str | bytes]) -> str:
    overrides = {
        "xl/workbook.xml": f"{TYPE}.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{TYPE}.worksheet+xml",
        "xl/styles.xml": f"{TYPE}.styles+xml",
        "xl/sharedStrings.xml": f"{TYPE}.sharedStrings+xml",
    }
    kinds = {
        "tables/": "table",
        "calcChain": "calcChain",
        "externalLink": "externalLink",
        "pivotCache": "pivotCacheDefinition",
    }
    for name in more:
        for word, kind in kinds.items():
            if word in name and name.endswith(".xml"):
                overrides[name] = f"{TYPE}.{kind}+xml"
    items = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/><Default Extension="png" ContentType="image/png"/>'
        f"{items}</Types>"
    )


def _relationship_parts(relations: list[tuple[str, str, str]]) -> dict[str, str]:
    by_part: dict[str, list[tuple[str, str]]] = {}
    for part, kind, target in relations:
        by_part.setdefault(part, []).append((kind, target))
    found = {}
    for part, ones in by_part.items():
        items = "".join(_relationship(at, kind, target) for at, (kind, target) in enumerate(ones, 1))
        found[part] = f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'
    return found


def _relationship(number: int, kind: str, target: str) -> str:
    full = kind if "//" in kind else f"{RELATIONS}/{kind}"
    mode = ' TargetMode="External"' if "://" in target else ""
    return f'<Relationship Id="rId{number}" Type="{full}" Target="{target}"{mode}/>'


def write(path: Path, parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """A workbook of these parts, in this order."""
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, contents in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 30, 0)), contents, compression)
    return path


def hand_made(path: Path, sheet: str | bytes | None = None, *, table: str = "", workbook: str = "") -> Path:
    """A workbook with this sheet, and perhaps a table on it."""
    return write(path, parts_of(sheet, table=table, workbook=workbook))


def _everything(path: Path) -> None:
    """Labels, custom XML, threaded comments, macros, links, connections, pivots, slicers, controls, printer settings."""
    office = "http://schemas.microsoft.com/office"
    more: dict[str, str | bytes] = {
        "docMetadata/LabelInfo.xml": f'<clbl:labelList xmlns:clbl="{office}/2020/mipLabelMetadata"><clbl:label id="{{1}}"/></clbl:labelList>',
        "customXml/item1.xml": "<root xmlns='urn:x'>  <a b='1'/>\r\n</root>",
        "customXml/itemProps1.xml": '<ds:datastoreItem xmlns:ds="urn:ds" ds:itemID="{1}"/>',
        "xl/persons/person.xml": f'<personList xmlns="{office}/spreadsheetml/2018/threadedcomments"/>',
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{office}/spreadsheetml/2018/threadedcomments"/>',
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>J</author></authors><commentList/></comments>',
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 20,
        "xl/printerSettings/printerSettings1.bin": bytes(900),
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>',
        "xl/connections.xml": f'<connections xmlns="{MAIN}"/>',
        "xl/model/item.data": bytes(5000),
        "xl/metadata.xml": f'<metadata xmlns="{MAIN}"/>',
        "xl/slicers/slicer1.xml": f'<slicers xmlns="{office}/spreadsheetml/2009/9/main"/>',
        "xl/slicerCaches/slicerCache1.xml": f'<slicerCacheDefinition xmlns="{office}/spreadsheetml/2009/9/main"/>',
        "xl/ctrlProps/ctrlProp1.xml": f'<formControlPr xmlns="{office}/spreadsheetml/2009/9/main" objectType="CheckBox"/>',
        "xl/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="a"/></xml>',
        "xl/drawings/drawing1.xml": "<xdr:wsDr xmlns:xdr='urn:d'/>",
        "xl/media/image1.png": png(),
        "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A3:D6" sheet="Acties"/></cacheSource></pivotCacheDefinition>',
        "xl/featurePropertyBag/featurePropertyBag.xml": "<FeaturePropertyBags xmlns='urn:f'/>",
        "docProps/custom.xml": "<Properties><property name='MSIP_Label_x_Enabled'/></Properties>",
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="F4" i="1"/></calcChain>',
        "[trash]/0000.dat": b"\xff" * 40,
    }
    rows = ROWS.replace(
        "<v>0.5</v></c></row>", '<v>0.5</v></c><c r="F4"><f>SUM(D4:D6)</f><v>1.75</v></c></row>'
    )
    control = (
        '<legacyDrawing r:id="rId3"/><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x14"><controls><control shapeId="1025" r:id="rId4" name="Vinkje"/></controls></mc:Choice></mc:AlternateContent>'
    )
    relations = (
        ("_rels/.rels", f"{office}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"),
        ("_rels/.rels", "custom-properties", "docProps/custom.xml"),
        ("xl/_rels/workbook.xml.rels", "customXml", "../customXml/item1.xml"),
        ("xl/_rels/workbook.xml.rels", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
        ("xl/_rels/workbook.xml.rels", f"{office}/2006/relationships/vbaProject", "vbaProject.bin"),
        ("xl/_rels/workbook.xml.rels", "calcChain", "calcChain.xml"),
        ("xl/_rels/workbook.xml.rels", "externalLink", "externalLinks/externalLink1.xml"),
        ("xl/worksheets/_rels/sheet1.xml.rels", "drawing", "../drawings/drawing1.xml"),
        ("xl/worksheets/_rels/sheet1.xml.rels", "hyperlink", "https://example.org/"),
        ("xl/worksheets/_rels/sheet1.xml.rels", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ("xl/worksheets/_rels/sheet1.xml.rels", "ctrlProp", "../ctrlProps/ctrlProp1.xml"),
    )
    write(path, parts_of(sheet_xml(rows, after=control), more=more, relations=relations, workbook=_NAMES))


_NAMES = (
    '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Acties!$A$3:$D$6</definedName></definedNames>'
    '<calcPr calcId="191029"/><extLst><ext uri="{1}"><x15:a xmlns:x15="urn:x15"/></ext></extLst>'
)

_COVERING = (
    '<conditionalFormatting sqref="D4:D6"><cfRule type="expression" priority="1"><formula>D4&gt;0.9</formula></cfRule></conditionalFormatting>'
    '<dataValidations count="2"><dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="A4:A6"><formula1>"A1,A2,A3,A4"</formula1>'
    '</dataValidation><dataValidation type="decimal" sqref="D4 D5:D6"><formula1>0</formula1><formula2>1</formula2></dataValidation></dataValidations>'
)
_X14 = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:cfRule type="iconSet" id="{1}"/><xm:sqref>D4:D6</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>'
    '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>Acties!$A$4:$A$6</xm:f></x14:formula1><xm:sqref>B4:B6</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def _prefixed(xml: str) -> str:
    """The same XML with the prefix `x:` on every element of the main namespace."""
    prefixed = xml.replace("</", "\1").replace("<", "<x:").replace("\1", "</x:").replace("<x:?", "<?")
    return prefixed.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


def _without_places(rows: str) -> str:
    """The same rows, with rows and cells that do not say where they are."""
    for number in range(3, 7):
        for letter in "ABCD":
            rows = rows.replace(f' r="{letter}{number}"', "")
    return "<row/><row></row>" + rows.replace(' r="3"', "").replace(' r="4"', "").replace(
        ' r="5"', ""
    ).replace(' r="6"', "")


def _with(sheet: str, *, table: str = TABLE) -> Callable[[Path], object]:
    return lambda path: write(path, parts_of(sheet, table=table))


def _streamed(path: Path) -> None:
    """Sizes behind the data of each part, as programs write them that do not look back."""

    class Unseekable(io.BufferedWriter):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError("unseekable")

    with (
        Unseekable(io.FileIO(path, "w")) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name, contents in parts_of(table=TABLE).items():
            package.writestr(name, contents)


def _zip64(path: Path) -> None:
    """Every part written in the form for files over 4 GB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, contents in parts_of(table=TABLE).items():
            with package.open(name, "w", force_zip64=True) as member:
                member.write(contents)


def _odd_zip(path: Path) -> None:
    """Stored parts, folders, a comment, unusual attributes, backslashes and other case in names."""
    parts = parts_of(table=TABLE)
    with zipfile.ZipFile(path, "w") as package:
        package.comment = "café".encode()
        package.writestr("xl/", b"")
        for name, contents in parts.items():
            info = zipfile.ZipInfo(
                name.replace("xl/styles.xml", "xl\\styles.xml").replace("sharedS", "SHAREDs"),
                (1980, 1, 1, 0, 0, 0),
            )
            info.external_attr = 0o600 << 16
            info.extra = struct.pack("<HH4s", 0x9999, 4, b"abcd")
            info.comment = b"part"
            package.writestr(info, contents)


_DATES_1904 = '<workbookPr date1904="1"/>'

CORPUS: dict[str, Callable[[Path], object]] = {
    "xlsxwriter-rich": xlsxwriter_rich,
    "xlsxwriter-plain": xlsxwriter_plain,
    "xlsxwriter-1904": xlsxwriter_1904,
    "openpyxl-rich": openpyxl_rich,
    "everything": _everything,
    "table": _with(sheet_xml()),
    "no-table": _with(sheet_xml(), table=""),
    "covering": _with(sheet_xml(after=_COVERING + _X14)),
    "covering-no-table": _with(sheet_xml(after=_COVERING + _X14), table=""),
    "prefixed": lambda path: write(path, parts_of(_prefixed(sheet_xml()), styles=_prefixed(STYLES))),
    "strict": _with(sheet_xml(head=HEAD.replace(MAIN, STRICT))),
    "no-places": _with(sheet_xml(_without_places(ROWS))),
    "no-places-no-table": _with(sheet_xml(_without_places(ROWS)), table=""),
    "indented": _with(sheet_xml(ROWS.replace("<row", "\r\n  <row").replace("<c", "\r\n    <c") + "\r\n")),
    "comments-in-xml": _with(
        sheet_xml(
            "<!-- <row r='1'> --><?pi <c ?>" + ROWS.replace("<v>0.25</v>", "<v><!-- half -->0.25</v>"),
            "<!-- <sheetData> -->",
        )
    ),
    "cdata": _with(
        sheet_xml(ROWS.replace('t="s"><v>3</v>', 't="inlineStr"><is><t><![CDATA[a <b> & "c"]]></t></is>'))
    ),
    "single-quotes": _with(sheet_xml(ROWS.replace('"', "'"), "<dimension ref = 'A3:D6' />")),
    "spaced-attributes": _with(sheet_xml(ROWS.replace(' r="', '\n  r = "'))),
    "byte-order-mark": lambda path: write(path, parts_of(b"\xef\xbb\xbf" + sheet_xml().encode())),
    "no-dimension": _with(sheet_xml(before="")),
    "dimension-one-cell": _with(sheet_xml(before='<dimension ref="A1"/>')),
    "dimension-odd": _with(sheet_xml(before='<dimension ref=""/>')),
    "spans": _with(sheet_xml(ROWS.replace("<row ", '<row spans="1:4" '))),
    "column-styles": _with(
        sheet_xml(before='<cols><col min="1" max="3" width="9" style="1"/></cols>'), table=""
    ),
    "greater-than-in-formula": _with(
        sheet_xml(ROWS.replace("<v>0.5</v></c>", '<v>0.5</v></c><c r="H4" t="b"><f>D4>0.1</f><v>1</v></c>'))
    ),
    "rich-values": _with(sheet_xml(ROWS.replace('<c r="B5" t="s"', '<c r="B5" cm="1" vm="1" ph="1" t="s"'))),
    "unknown-extensions": _with(
        sheet_xml(
            ROWS.replace('<row r="5">', '<row r="5" x14ac:dyDescent="0.25" ht="30" customHeight="1">'),
            head=HEAD.replace(
                ">",
                ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr"'
                ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
                ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{0}">',
            ),
        )
    ),
    "streamed": _streamed,
    "zip64": _zip64,
    "odd-zip": _odd_zip,
}
"""The workbooks by name."""
