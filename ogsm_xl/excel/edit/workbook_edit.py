"""A workbook during an edit: whether it may be edited at all, its styles, and the parts that change along with its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from ogsm_xl.excel.edit.sheet_edit import SheetEdit
from ogsm_xl.excel.ooxml.package import Package, Relation, unescaped
from ogsm_xl.excel.ooxml.refusal import Unusual, refusal
from ogsm_xl.excel.ooxml.sheet_xml import has_formulas
from ogsm_xl.excel.ooxml.small_parts import (
    WorkbookXml,
    relations_part,
    without_override,
    without_relation,
)
from ogsm_xl.excel.ooxml.splice import Spliced, plain, scan_view, tags
from ogsm_xl.excel.ooxml.styles import Styles
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

_TRUE = {"1", "true", "on"}
_FINAL = re.compile(rb"name\s*=\s*[\"']_MarkAsFinal[\"'][^>]*>\s*<[\w:]*bool[^>]*>\s*(?:true|1)")


class WorkbookEdit:
    """A workbook that is being edited.

    Attributes:
        package: The workbook as it is.
        may_unlock: Whether locked cells and workbooks marked as final may be written.
        xml: The part that lists its sheets and names.
        styles: Its cell formats.
        warnings: What a person may want to do afterwards.
        styles_part: The part that they stand in; "" when there is none.
        adds_formulas: Whether the edit adds a formula.
    """

    def __init__(self, package: Package, *, may_unlock: bool) -> None:
        """Begin an edit.

        Raises:
            InputProblem: The workbook may not be edited.
        """
        self.package = package
        self.may_unlock = may_unlock
        self.xml = WorkbookXml(package.read(package.workbook_part))
        self.warnings: list[Text] = []
        self.adds_formulas = False
        self._sheets: dict[str, SheetEdit] = {}
        self._string_starts: list[int] = []
        self._refuse_what_is_closed()
        styles = self._relation("styles")
        self.styles_part = styles.target if styles and package.has(styles.target) else ""
        self.styles = Styles(package.read(self.styles_part) if self.styles_part else None)

    @property
    def sheets(self) -> list[SheetEdit]:
        """The sheets that were edited."""
        return [sheet for sheet in self._sheets.values() if sheet.expected]

    def sheet(self, name: str) -> SheetEdit:
        """A sheet to edit, by its name.

        Raises:
            InputProblem: There is no such worksheet, or it can't be edited.
        """
        part = self.package.sheet(name)
        if part is None:
            known = ", ".join(sheet.name for sheet in self.package.sheets)
            raise self.refusal(
                "",
                Text(
                    f"er is geen werkblad {name!r} (wel: {known}). Controleer de naam.",
                    f"there is no worksheet {name!r} (there are: {known}). Check the name.",
                ),
            )
        if part.part not in self._sheets:
            try:
                self._sheets[part.part] = SheetEdit(self, part)
            except Unusual as unusual:
                raise self.refusal(part.name, unusual.text) from unusual
        return self._sheets[part.part]

    def refusal(self, where: object, what: Text) -> InputProblem:
        """The problem to raise for a place in this workbook."""
        return refusal(self.package.name, where, what)

    def warn(self, nl: str, en: str) -> None:
        """Remember something that a person may want to do afterwards."""
        self.warnings.append(Text(nl, en))

    def is_rich_text(self, index: int) -> bool:
        """Whether a shared string has parts in different formats."""
        return any(tag.local == b"r" for tag in tags(self._strings, *self._string_span(index)))

    def shared_text(self, index: int) -> str:
        """A shared string without its formats."""
        text = ""
        for tag in tags(self._strings, *self._string_span(index)):
            if tag.local == b"rPh":  # how to pronounce it
                break
            if tag.local == b"t" and not tag.closing and not tag.empty:
                text += unescaped(plain(self._strings[tag.end : self._strings.index(b"<", tag.end)]))
        return text

    def finish(self) -> tuple[dict[str, Spliced], frozenset[str]]:
        """The changed parts and the dropped ones, by member name."""
        parts: dict[str, Spliced | None] = {}
        for sheet in self.sheets:
            parts.update(sheet.finish())
        if not any(parts.values()):
            return {}, frozenset()
        if self.styles_part:
            parts[self.styles_part] = self.styles.finish()
        dropped = self._recalculate(parts)
        parts[self.package.workbook_part] = self.xml.finish()
        changed = {
            self._member(part): spliced for part, spliced in parts.items() if spliced and spliced.splices
        }
        return changed, frozenset(self._member(part) for part in dropped)

    def _recalculate(self, parts: dict[str, Spliced | None]) -> list[str]:
        """Make sure that no stale result survives; gives the parts to drop."""
        chain = self._relation("calcChain")
        if not (self.adds_formulas or chain or self._any_formula()):
            return []
        self.xml.recalculate_on_load()
        calculation = self.xml.child(b"calcPr")
        if calculation is not None and calculation.get(b"calcMode") == "manual":
            self.warn(
                f"{self.package.name} rekent alleen op verzoek: druk in Excel op F9 om de uitkomsten bij te werken.",
                f"{self.package.name} calculates on request only: press F9 in Excel to update the results.",
            )
        if not (self.adds_formulas and chain):
            return []
        relations = relations_part(self.package.workbook_part)
        parts["[Content_Types].xml"] = without_override(
            self.package.read("[Content_Types].xml"), chain.target
        )
        parts[relations] = without_relation(self.package.read(relations), chain.id)
        return [chain.target] if self.package.has(chain.target) else []

    def _any_formula(self) -> bool:
        for sheet in self.package.sheets:
            edit = self._sheets.get(sheet.part)
            if edit is not None:
                if edit.xml.has_formulas:
                    return True
                continue
            view = self.package.read(sheet.part)
            root = next(tags(view), None)
            if root is not None and has_formulas(view, root.name[: -len(root.local)]):
                return True
        return False

    def _member(self, part: str) -> str:
        member = self.package.archive.member(part)
        if member is None:
            raise self.package.archive.damaged(part)
        return member.filename

    def _relation(self, kind: str) -> Relation | None:
        relations = self.package.relations(self.package.workbook_part)
        return next((r for r in relations if r.kind == kind and not r.external), None)

    @cached_property
    def _strings(self) -> bytes:
        relation = self._relation("sharedStrings")
        if relation is None or not self.package.has(relation.target):
            return b""
        return scan_view(self.package.read(relation.target))

    def _string_span(self, index: int) -> tuple[int, int]:
        """Where a shared string begins and ends; looked up no further than needed, as there may be a million."""
        starts = self._string_starts
        starts += [found.start() for found in islice(self._further_starts, max(0, index + 2 - len(starts)))]
        if index >= len(starts):
            return 0, 0
        return starts[index], starts[index + 1] if index + 1 < len(starts) else len(self._strings)

    @cached_property
    def _further_starts(self) -> Iterator[re.Match[bytes]]:
        return re.finditer(rb"<(?:[\w.-]+:)?si(?=[\s/>])", self._strings)

    def _refuse_what_is_closed(self) -> None:
        kinds = {r.kind for r in self.package.relations("")}
        workbook_kinds = {r.kind for r in self.package.relations(self.package.workbook_part)}
        if "origin" in kinds or any(m.startswith("_xmlsignatures/") for m in self.package.members):
            raise self.refusal(
                "",
                Text(
                    "het werkboek is digitaal ondertekend, en elke wijziging maakt de handtekening ongeldig. Verwijder eerst "
                    "de handtekening in Excel.",
                    "the workbook is digitally signed, and any change makes the signature invalid. Remove the signature in "
                    "Excel first.",
                ),
            )
        if "revisionHeaders" in workbook_kinds:
            raise self.refusal(
                "",
                Text(
                    "het werkboek wordt op de oude manier gedeeld (met wijzigingslogboek). Zet dat delen in Excel uit.",
                    "the workbook is shared in the old way (with a change log). Turn that sharing off in Excel.",
                ),
            )
        if not self.may_unlock:
            self._refuse_what_is_reserved()
        sharing = self.xml.child(b"fileSharing")
        if sharing is not None and (sharing.get(b"readOnlyRecommended") or "").lower() in _TRUE:
            self.warn(
                f"{self.package.name} vraagt om alleen-lezen te openen; er is wel in geschreven.",
                f"{self.package.name} asks to be opened read-only; it was written to all the same.",
            )

    def _refuse_what_is_reserved(self) -> None:
        custom = next((r for r in self.package.relations("") if r.kind == "custom-properties"), None)
        if custom and self.package.has(custom.target) and _FINAL.search(self.package.read(custom.target)):
            raise self.refusal(
                "",
                Text(
                    "het werkboek is gemarkeerd als definitief. Haal die markering in Excel weg (Bestand > Info).",
                    "the workbook is marked as final. Remove that mark in Excel (File > Info).",
                ),
            )
        sharing = self.xml.child(b"fileSharing")
        if sharing is not None and (sharing.get(b"reservationPassword") or sharing.get(b"hashValue")):
            raise self.refusal(
                "",
                Text(
                    "schrijven in het werkboek vraagt een wachtwoord. Verwijder dat wachtwoord in Excel (Opslaan als > Extra).",
                    "writing to the workbook asks for a password. Remove that password in Excel (Save As > Tools).",
                ),
            )
