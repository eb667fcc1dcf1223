"""An annotated copy of a plan workbook: the findings as notes and borders on their cells, and a first sheet that lists them.

Made by splicing, with the machinery of the editor: every cell, formula result, chart, list, colour and note of the
plan is in the copy, because only what is added is added. Loading and saving it with a library would lose parts of
rich workbooks and every formula's result (which previewers show); a fresh workbook would not look like the one that
people know. The plan itself is only read. A copy replaces nothing but an earlier copy, known by the table on its
first sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from ogsm_xl.excel.annotated.grid import Grid
from ogsm_xl.excel.annotated.list_sheet import (
    HEADER_ROW,
    SHEET,
    TABLE,
    Annotations,
    Schema,
    sheet_xml,
    table_xml,
)
from ogsm_xl.excel.annotated.looks import AddedStyles
from ogsm_xl.excel.annotated.notes import (
    Place,
    blocks_in,
    boxes_with,
    comments_with,
    height_of,
    note_lines,
    threaded_in,
)
from ogsm_xl.excel.editor import TEMPORARY
from ogsm_xl.excel.ooxml.archive import Limits, written
from ogsm_xl.excel.ooxml.package import Package, Relation, SheetPart, open_package
from ogsm_xl.excel.ooxml.refusal import Unusual, refusal
from ogsm_xl.excel.ooxml.sheet_xml import SheetXml
from ogsm_xl.excel.ooxml.small_parts import SmallPart, relations_part
from ogsm_xl.excel.ooxml.splice import Spliced, Tag, escaped, scan_view, tags
from ogsm_xl.plan.cells import column_letters
from ogsm_xl.plan.finding import Finding
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text

__all__ = ["Annotations", "refuse_target", "write_annotated_copy"]

_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = b"http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NAMESPACE: Final = re.compile(rb"http://(schemas\.openxmlformats|purl\.oclc)\.org/")
_TRANSITIONAL: Final = Schema(
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
_STRICT: Final = Schema(
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_BEFORE_BOXES: Final = frozenset(
    b"sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
    b"mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup "
    b"headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing".split()
)
_BEFORE_NAMES: Final = frozenset(
    b"fileVersion fileSharing workbookPr AlternateContent revisionPtr workbookProtection bookViews sheets "
    b"functionGroups externalReferences".split()
)


def write_annotated_copy(source: Path, target: Path, said: Annotations, *, limits: Limits = Limits()) -> None:
    """Write a copy of `source` with these findings to `target`.

    Raises:
        InputProblem: The target is the plan or somebody else's file, or the workbook can't be annotated.
        OutsideProblem: The disk failed or is full, or the earlier copy is open in Excel.
    """
    refuse_target(source, target)
    with open_package(source, limits) as package:
        try:
            _refuse_what_cannot_be_copied(package)
            copy = _Copy(package, said)
            copy.annotate()
        except Unusual as unusual:
            raise refusal(package.name, "", unusual.text) from unusual
        changed = copy.checked()
        _write(target, written(package.archive, changed, frozenset(), copy.added))


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside the target, which then takes its place in one step."""
    temporary = target.with_name(f".{target.name}{TEMPORARY}")
    try:
        try:
            with temporary.open("wb") as stream:
                stream.writelines(pieces)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutsideProblem(
            Text(
                f"{target} is nu niet te schrijven ({reason}). Sluit de kopie als die openstaat in Excel, of kies een andere plaats.",
                f"{target} can't be written now ({reason}). Close the copy if it is open in Excel, or choose another place.",
            )
        ) from error


def refuse_target(source: Path, target: Path) -> None:
    """Refuse a place where no copy may be written.

    Raises:
        InputProblem: The target is the plan, or a file that is no earlier annotated copy, or its folder is not there,
            or its suffix is not the plan's.
    """
    if target.suffix.lower() != source.suffix.lower():
        raise InputProblem(
            Text(
                f"De kopie van {source.name} moet ook op {source.suffix} eindigen, en {target.name} doet dat niet. Kies een andere naam.",
                f"The copy of {source.name} must end in {source.suffix} as well, and {target.name} does not. Choose another name.",
            )
        )
    if not target.parent.is_dir():
        raise InputProblem(
            Text(
                f"De map {target.parent} bestaat niet. Maak de map, of kies een andere plaats voor de kopie.",
                f"The folder {target.parent} does not exist. Make it, or choose another place for the copy.",
            )
        )
    if not target.exists():
        return
    if target.is_dir() or target.samefile(source) or not _is_annotated_copy(target):
        raise InputProblem(
            Text(
                f"{target} bestaat al en is geen eerdere kopie met bevindingen, dus die wordt niet overschreven. Kies een andere naam.",
                f"{target} exists already and is no earlier annotated copy, so it is not overwritten. Choose another name.",
            )
        )


def _is_annotated_copy(path: Path) -> bool:
    try:
        with open_package(path) as package:
            return any(table.name == TABLE for sheet in package.sheets for table in sheet.tables)
    except InputProblem:
        return False


def _refuse_what_cannot_be_copied(package: Package) -> None:
    if any(table.name == TABLE for sheet in package.sheets for table in sheet.tables):
        raise refusal(
            package.name,
            "",
            Text(
                "dit is zelf een kopie met bevindingen. Noem in de configuratie het plan zelf.",
                "this is an annotated copy itself. Name the plan itself in the configuration.",
            ),
        )
    kinds = {relation.kind for relation in package.relations("")}
    if "origin" in kinds or any(member.startswith("_xmlsignatures/") for member in package.members):
        raise refusal(
            package.name,
            "",
            Text(
                "het werkboek is digitaal ondertekend, en in een kopie zou die handtekening ongeldig zijn. Bekijk de bevindingen zonder --annotate.",
                "the workbook is digitally signed, and in a copy that signature would be invalid. Look at the findings without --annotate.",
            ),
        )


@dataclass
class _Copy:
    """A copy that is being made.

    Attributes:
        package: The plan.
        said: What the copy says.
        changed: The parts that change, by part name.
        added: The contents of new parts, by name.
        overrides: The content types of the new parts.
    """

    package: Package
    said: Annotations
    changed: dict[str, Spliced] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)
    overrides: list[tuple[str, str]] = field(default_factory=list)
    _schema: Schema = _TRANSITIONAL
    _free_block: int = 1
    _styles: AddedStyles = field(init=False)

    def annotate(self) -> None:
        """Put the findings on their cells and in the list.

        Raises:
            Unusual: A part is written in a way that nothing can be added to safely.
        """
        package = self.package
        workbook = package.read(package.workbook_part)
        found = _NAMESPACE.search(workbook, workbook.find(b"workbook"))
        if found and found[1] == b"purl.oclc":
            self._schema = _STRICT
        styles_part = next(
            (r.target for r in self._relations(package.workbook_part) if r.kind == "styles"), ""
        )
        if not package.has(styles_part):
            raise Unusual("het werkboek heeft geen opmaak", "the workbook has no cell formats")
        self._styles = AddedStyles(package.read(styles_part))
        self._free_block = 1 + max(
            (
                block
                for name in package.members
                if name.endswith(".vml")
                for block in blocks_in(package.read(name))
            ),
            default=0,
        )
        per_sheet = _by_sheet(self.said.findings, package.sheets)
        for number, sheet in enumerate(package.sheets, 1):
            self._annotate_sheet(sheet, per_sheet.get(sheet.name, ()), number)
        self._unselect_other_tabs()
        self._add_list(workbook)
        self._keep(styles_part, self._styles.finish())
        self._add_content_types()

    def checked(self) -> Mapping[str, Spliced]:
        """The changed parts by member name, each well-formed if it was before.

        Raises:
            InputProblem: One is not.
        """
        by_member = {}
        for part, spliced in self.changed.items():
            if not _is_well_formed(spliced.contents()) and _is_well_formed(spliced.original):
                raise self.package.archive.damaged(part)
            member = self.package.archive.member(part)
            if member is None:
                raise self.package.archive.damaged(part)
            by_member[member.filename] = spliced
        for part, contents in self.added.items():
            if not _is_well_formed(contents):
                raise self.package.archive.damaged(part)
        return by_member

    # One sheet

    def _annotate_sheet(self, sheet: SheetPart, findings: Sequence[Finding], number: int) -> None:
        if not findings:
            return
        xml = SheetXml(self.package.read(sheet.part))
        cells: dict[Place, list[Finding]] = {}
        ends: dict[Place, Place] = {}
        for finding in findings:
            if finding.where:
                place, end = _whole_cell(xml, (finding.where.row, finding.where.column))
                cells.setdefault(place, []).append(finding)
                ends[place] = end
        self._write_notes(sheet, xml, cells, ends, number)
        for (row, column), found in cells.items():
            style = self._styles.marked(xml.style(row, column), max(f.severity for f in found))
            xml.restyle(row, column, style)
        self._keep(sheet.part, xml.finish())

    def _write_notes(
        self,
        sheet: SheetPart,
        xml: SheetXml,
        cells: Mapping[Place, Sequence[Finding]],
        ends: Mapping[Place, Place],
        number: int,
    ) -> None:
        """Give the cells their notes, those with a thread left out."""
        relations = self._relations(sheet.part)
        threads = {
            reference
            for relation in relations
            if relation.kind == "threadedComment" and self.package.has(relation.target)
            for reference in threaded_in(self.package.read(relation.target))
        }
        lines = {
            place: note_lines(found, self.said.language)
            for place, found in sorted(cells.items())
            if _address(place) not in threads
        }
        if not lines:
            return
        new: list[tuple[str, str]] = []
        comments_part = self._target_of(relations, "comments")
        spliced, old = comments_with(
            self.package.read(comments_part) if comments_part else None,
            list(lines.items()),
            self._schema.main,
        )
        if comments_part:
            self._keep(comments_part, spliced)
        else:
            name = self._free_name(f"xl/ogsm_comments{number}.xml")
            self._add(name, spliced.contents(), f"{_SHEET_TYPE}.comments+xml")
            new.append(("comments", name))
        boxes = [
            (place, ends[place], max(f.severity for f in cells[place]), height_of(note))
            for place, note in lines.items()
            if place not in old
        ]
        continued = [(place, height_of(lines[place])) for place in sorted(old)]
        boxes_part = self._boxes_part(xml, relations)
        drawing, self._free_block = boxes_with(
            self.package.read(boxes_part) if boxes_part else None,
            boxes,
            continued,
            Grid(xml),
            self._free_block,
        )
        if boxes_part:
            self._keep(boxes_part, drawing)
        else:
            name = self._free_name(f"xl/drawings/ogsm_notes{number}.vml")
            self.added[name] = drawing.contents()
            new.append(("vmlDrawing", name))
        ids = self._add_relations(sheet.part, new)
        if not boxes_part:
            self._point_to_boxes(xml, ids[-1])

    def _boxes_part(self, xml: SheetXml, relations: Sequence[Relation]) -> str:
        """The drawing that holds the boxes of this sheet's notes, or ""."""
        tag = xml.top(b"legacyDrawing")
        if tag is None:
            return ""
        found = next((r.target for r in relations if r.id and r.id == _relation_id(tag)), "")
        if not self.package.has(found):
            raise Unusual(
                "de opmerkingen van een blad zijn beschadigd", "the comments of a sheet are damaged"
            )
        return found

    def _point_to_boxes(self, xml: SheetXml, relation: str) -> None:
        at = xml.end_of(_BEFORE_BOXES)
        element = b'<%blegacyDrawing xmlns:r="%b" r:id="%b"/>'
        xml.spliced.replace(at, at, element % (xml.prefix, self._schema.relations, relation.encode()))

    # The list

    def _add_list(self, workbook: bytes) -> None:
        """Put the sheet that lists the findings in front of all others."""
        name = _free_sheet_name(workbook, SHEET.in_(self.said.language))
        table_id = 1 + max(
            (_id_of(self.package.read(t.part)) for s in self.package.sheets for t in s.tables), default=0
        )
        sheet_part = self._free_name("xl/worksheets/ogsm_findings.xml")
        table_part = self._free_name("xl/tables/ogsm_findings.xml")
        sheets = frozenset(sheet.name for sheet in self.package.sheets)
        contents = sheet_xml(self.said, self.package.name, self._styles.of_the_list(), sheets, self._schema)
        self._add(sheet_part, contents, f"{_SHEET_TYPE}.worksheet+xml")
        self._add(table_part, table_xml(self.said, table_id, self._schema), f"{_SHEET_TYPE}.table+xml")
        self._add_relations(sheet_part, [("table", table_part)])
        (relation,) = self._add_relations(self.package.workbook_part, [("worksheet", sheet_part)])
        self._keep(self.package.workbook_part, self._with_first_sheet(workbook, name, relation))

    def _with_first_sheet(self, workbook: bytes, name: str, relation: str) -> Spliced:
        """The workbook with the list as its first sheet; what counts sheets by position is moved up by one."""
        small = SmallPart(workbook)
        prefix = small.root.tag.name[: -len(small.root.tag.local)]
        children = small.children()
        sheets = next(e for e in children if e.tag.local == b"sheets")
        ids = [e.tag.get(b"sheetId") or "" for e in small.elements if e.parent == sheets.tag]
        number = 1 + max((int(i) for i in ids if i.isdigit()), default=0)
        element = b'<%bsheet name="%b" sheetId="%d" xmlns:r="%b" r:id="%b"/>' % (
            prefix, escaped(name), number, self._schema.relations, relation.encode(),
        )  # fmt: skip
        small.spliced.replace(sheets.content_start, sheets.content_start, element)
        for e in small.elements:
            position = e.tag.get(b"localSheetId") if e.tag.local == b"definedName" else None
            if position is not None and position.isdigit():
                small.spliced.set_attribute(e.tag, b"localSheetId", str(int(position) + 1))
            if e.tag.local == b"workbookView":
                small.spliced.set_attribute(e.tag, b"activeTab", "0")
                small.spliced.set_attribute(e.tag, b"firstSheet", "0")
        title = b'<%bdefinedName name="_xlnm.Print_Titles" localSheetId="0">%b</%bdefinedName>' % (
            prefix, escaped(f"{_quoted(name)}!${HEADER_ROW}:${HEADER_ROW}"), prefix,
        )  # fmt: skip
        names = next((e for e in children if e.tag.local == b"definedNames" and not e.tag.empty), None)
        if names:
            small.spliced.replace(names.content_start, names.content_start, title)
        elif not any(e.tag.local == b"definedNames" for e in children):
            at = max(e.end for e in children if e.tag.local in _BEFORE_NAMES)
            wrapped = b"<%bdefinedNames>%b</%bdefinedNames>" % (prefix, title, prefix)
            small.spliced.replace(at, at, wrapped)
        return small.spliced

    def _unselect_other_tabs(self) -> None:
        """Let no other sheet be selected: typing would go into both."""
        kinds = {"worksheet", "chartsheet", "dialogsheet"}
        for relation in self._relations(self.package.workbook_part):
            if relation.kind not in kinds or not self.package.has(relation.target):
                continue
            spliced = self.changed.get(relation.target) or Spliced(self.package.read(relation.target))
            part = spliced.original
            rows = part.find(b"sheetData")
            for tag in tags(scan_view(part[: rows if rows >= 0 else len(part)])):
                if tag.local == b"sheetView" and (tag.get(b"tabSelected") or "0") not in {"0", "false"}:
                    spliced.set_attribute(tag, b"tabSelected", "0")
            self._keep(relation.target, spliced)

    # The package

    def _relations(self, part: str) -> list[Relation]:
        return [relation for relation in self.package.relations(part) if not relation.external]

    def _target_of(self, relations: Iterable[Relation], kind: str) -> str:
        """The part that a relationship of this kind leads to, or ""."""
        return next((r.target for r in relations if r.kind == kind and self.package.has(r.target)), "")

    def _keep(self, part: str, spliced: Spliced | None) -> None:
        if spliced and spliced.splices:
            self.changed[part] = spliced

    def _add(self, name: str, contents: bytes, content_type: str) -> None:
        self.added[name] = contents
        self.overrides.append((name, content_type))

    def _free_name(self, name: str) -> str:
        """The name, with a number where the package has such a part."""
        stem, dot, suffix = name.rpartition(".")
        number = 1
        while self.package.has(name):
            number += 1
            name = f"{stem}_{number}{dot}{suffix}"
        return name

    def _add_relations(self, part: str, new: Sequence[tuple[str, str]]) -> list[str]:
        """Give a part relationships, as kind and target; their ids."""
        if not new:
            return []
        taken = {relation.id for relation in self.package.relations(part)}
        free = (n for n in range(1, len(taken) + len(new) + 1) if f"rId{n}" not in taken)
        ids = [f"rId{next(free)}" for _ in new]
        name = relations_part(part)
        small = _part_or(self.package, name, b'<Relationships xmlns="%b"/>' % _PACKAGE)
        prefix = small.root.tag.name[: -len(small.root.tag.local)]
        xml = b"".join(
            b'<%bRelationship Id="%b" Type="%b/%b" Target="/%b"/>'
            % (prefix, given.encode(), self._schema.relations, kind.encode(), escaped(target))
            for given, (kind, target) in zip(ids, new, strict=True)
        )
        _append_to_root(small, xml)
        if self.package.has(name):
            self._keep(name, small.spliced)
        else:
            self.added[name] = small.spliced.contents()
        return ids

    def _add_content_types(self) -> None:
        small = SmallPart(self.package.read("[Content_Types].xml"))
        prefix = small.root.tag.name[: -len(small.root.tag.local)]
        known = {(e.tag.get(b"Extension") or "").lower() for e in small.children()}
        drawing = b"application/vnd.openxmlformats-officedocument.vmlDrawing"
        xml = (
            b'<%bDefault Extension="vml" ContentType="%b"/>' % (prefix, drawing)
            if "vml" not in known
            else b""
        )
        for name, kind in self.overrides:
            xml += b'<%bOverride PartName="/%b" ContentType="%b"/>' % (prefix, escaped(name), kind.encode())
        _append_to_root(small, xml)
        self._keep("[Content_Types].xml", small.spliced)


def _is_well_formed(part: bytes) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(part, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _by_sheet(findings: Iterable[Finding], sheets: Iterable[SheetPart]) -> dict[str, list[Finding]]:
    """The findings that point at a cell of one of these sheets."""
    found: dict[str, list[Finding]] = {sheet.name: [] for sheet in sheets}
    for finding in findings:
        if finding.where and finding.where.sheet in found:
            found[finding.where.sheet].append(finding)
    return found


def _whole_cell(xml: SheetXml, place: Place) -> tuple[Place, Place]:
    """The first and the last of the cells that this one is merged with, or the cell itself twice."""
    for area in xml.merges:
        if area.has(*place):
            return (area.first_row, area.first_column), (area.last_row, area.last_column)
    return place, place


def _address(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


def _relation_id(tag: Tag) -> str | None:
    """The value of `r:id`, whatever prefix the file gives it."""
    found = re.search(rb"([\w.-]+:id)\s*=", tag.attributes)
    return tag.get(found[1]) if found else None


def _free_sheet_name(workbook: bytes, wanted: str) -> str:
    """The name, with a number where the workbook has a tab of that name."""
    tabs = {
        (e.tag.get(b"name") or "").casefold() for e in SmallPart(workbook).elements if e.tag.local == b"sheet"
    }
    name, number = wanted, 1
    while name.casefold() in tabs:
        number += 1
        name = f"{wanted} ({number})"
    return name


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _id_of(table: bytes) -> int:
    number = SmallPart(table).root.tag.get(b"id") or ""
    return int(number) if number.isdigit() else 0


def _part_or(package: Package, name: str, otherwise: bytes) -> SmallPart:
    return SmallPart(package.read(name) if package.has(name) else _DECLARATION + otherwise)


def _append_to_root(small: SmallPart, xml: bytes) -> None:
    """Put XML at the end of a part's root element."""
    root = small.root
    if root.tag.empty:
        opening = b"<" + root.tag.name + root.tag.attributes.rstrip() + b">"
        small.spliced.replace(root.tag.start, root.end, opening + xml + b"</" + root.tag.name + b">")
    else:
        small.spliced.replace(root.content_end, root.content_end, xml)
