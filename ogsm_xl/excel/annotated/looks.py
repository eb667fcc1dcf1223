"""How findings look in an annotated copy, and the cell formats for that, added behind those of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ogsm_xl.excel.house_style import ALARM, FONT, INK, LINK, NAVY, PALE_GREY, PAPER, RULE, SOFT_INK
from ogsm_xl.excel.ooxml.refusal import Unusual
from ogsm_xl.excel.ooxml.small_parts import SmallPart
from ogsm_xl.excel.ooxml.splice import Element, Spliced, tags
from ogsm_xl.plan.finding import Severity


@dataclass(frozen=True, slots=True)
class SeverityLook:
    """How a severity looks; the shape, the word and the kind of line say it without colour, too.

    Attributes:
        mark: The shape before its word.
        line: The kind of border round a cell.
        colour: Of the border.
        fill: Behind the word in the list.
        ink: Of the word in the list.
        paper: Of the note.
    """

    mark: str
    line: str
    colour: str
    fill: str
    ink: str
    paper: str


LOOKS: Final[Mapping[Severity, SeverityLook]] = {
    Severity.ERROR: SeverityLook("■", "thick", ALARM, ALARM, PAPER, "#FBE4EA"),
    Severity.WARNING: SeverityLook("▲", "medium", "#C76A00", "#FFAE34", "#3D2600", "#FFF1D6"),
    Severity.HINT: SeverityLook("○", "mediumDashed", LINK, PALE_GREY, INK, "#EDF4FB"),
}


class Ink(Enum):
    """What a cell of the list of findings is."""

    TITLE = auto()
    INTRO = auto()
    HEADER = auto()
    TEXT = auto()
    LINK = auto()
    ERROR = auto()
    WARNING = auto()
    HINT = auto()


class AddedStyles:
    """The styles part of a workbook, with formats added behind those that it has."""

    def __init__(self, part: bytes) -> None:
        """Find the lists to add to.

        Raises:
            Unusual: One of them is not there.
        """
        self._part = SmallPart(part)
        root = self._part.root.tag
        self._prefix = root.name[: -len(root.local)]
        self._lists = {name: self._list(name) for name in (b"fonts", b"fills", b"borders", b"cellXfs")}
        self._counts = {name: len(self._children(found)) for name, found in self._lists.items()}
        self._added: dict[bytes, list[bytes]] = {name: [] for name in self._lists}
        self._cells = [
            self._part.spliced.original[e.tag.start : e.end] for e in self._children(self._lists[b"cellXfs"])
        ]
        self._borders = {severity: self._box(look) for severity, look in LOOKS.items()}
        self._marked: dict[tuple[int, Severity], int] = {}

    def marked(self, style: int, severity: Severity) -> int:
        """The number of the style that is like this one, with a border that shows the severity."""
        if (style, severity) not in self._marked:
            change = Spliced(self._cells[style if 0 <= style < len(self._cells) else 0])
            tag = next(tags(change.original))
            change.set_attribute(tag, b"borderId", str(self._borders[severity]))
            change.set_attribute(tag, b"applyBorder", "1")
            self._marked[style, severity] = self._add(b"cellXfs", change.contents())
        return self._marked[style, severity]

    def of_the_list(self) -> Mapping[Ink, int]:
        """The styles of the sheet that lists the findings, added now."""
        plain = self._cell(self._font(INK), wrap=True, line=True)
        link = self._cell(self._font(LINK, underlined=True), line=True)
        return {
            Ink.TITLE: self._cell(self._font(NAVY, size=18, bold=True), indent=False),
            Ink.INTRO: self._cell(self._font(SOFT_INK), indent=False),
            Ink.HEADER: self._cell(self._font(PAPER, bold=True), fill=NAVY, wrap=True),
            Ink.TEXT: plain,
            Ink.LINK: link,
            Ink.ERROR: self._word(Severity.ERROR),
            Ink.WARNING: self._word(Severity.WARNING),
            Ink.HINT: self._word(Severity.HINT),
        }

    def finish(self) -> Spliced | None:
        """The changed part, or None when nothing was added."""
        for name, added in self._added.items():
            if added:
                found = self._lists[name]
                self._part.spliced.replace(found.content_end, found.content_end, b"".join(added))
                count = str(self._counts[name] + len(added))
                self._part.spliced.set_attribute(found.tag, b"count", count)
        return self._part.finish()

    def _word(self, severity: Severity) -> int:
        look = LOOKS[severity]
        font = self._font(look.ink, bold=severity is not Severity.HINT)
        return self._cell(font, fill=look.fill, line=True)

    def _font(self, colour: str, *, size: int = 10, bold: bool = False, underlined: bool = False) -> int:
        style = "{p}b/>" * bold + "{p}u/>" * underlined
        return self._add_own(
            b"fonts",
            f'{{p}}font>{style}{{p}}sz val="{size}"/>{{p}}color rgb="{_argb(colour)}"/>{{p}}name val="{FONT}"/>'
            '{p}family val="2"/>{e}font>',
        )

    def _box(self, look: SeverityLook) -> int:
        side = f'style="{look.line}">{{p}}color rgb="{_argb(look.colour)}"/>'
        sides = (f"{{p}}{name} {side}{{e}}{name}>" for name in ("left", "right", "top", "bottom"))
        return self._add_own(b"borders", "{p}border>" + "".join(sides) + "{p}diagonal/>{e}border>")

    def _cell(
        self, font: int, *, fill: str = "", wrap: bool = False, line: bool = False, indent: bool = True
    ) -> int:
        fill_number = border = 0
        if fill:
            fill_number = self._add_own(
                b"fills",
                f'{{p}}fill>{{p}}patternFill patternType="solid">{{p}}fgColor rgb="{_argb(fill)}"/>'
                '{p}bgColor indexed="64"/>{e}patternFill>{e}fill>',
            )
        if line:
            border = self._add_own(
                b"borders",
                '{p}border>{p}left/>{p}right/>{p}top/>{p}bottom style="thin">'
                f'{{p}}color rgb="{_argb(RULE)}"/>{{e}}bottom>{{p}}diagonal/>{{e}}border>',
            )
        return self._add_own(
            b"cellXfs",
            f'{{p}}xf numFmtId="0" fontId="{font}" fillId="{fill_number}" borderId="{border}" xfId="0" applyFont="1" '
            f'applyFill="1" applyBorder="1" applyAlignment="1">{{p}}alignment horizontal="left" '
            f'vertical="center" wrapText="{wrap:d}" indent="{indent:d}"/>{{e}}xf>',
        )

    def _add_own(self, name: bytes, xml: str) -> int:
        """Add an element; `{p}` stands for the beginning of an opening tag, `{e}` of a closing one."""
        prefix = self._prefix.decode("ascii")
        return self._add(name, xml.format(p=f"<{prefix}", e=f"</{prefix}").encode("ascii"))

    def _add(self, name: bytes, xml: bytes) -> int:
        """The number of an element of this list; added unless one like it was added before."""
        added = self._added[name]
        if xml not in added:
            added.append(xml)
        return self._counts[name] + added.index(xml)

    def _list(self, name: bytes) -> Element:
        for element in self._part.children():
            if element.tag.local == name and not element.tag.empty:
                return element
        raise Unusual(
            "de opmaak van het werkboek is niet compleet", "the cell formats of the workbook are not complete"
        )

    def _children(self, parent: Element) -> list[Element]:
        return [e for e in self._part.elements if e.parent == parent.tag]


def _argb(colour: str) -> str:
    """A colour `#RRGGBB` as styles write it."""
    return "FF" + colour.removeprefix("#")
