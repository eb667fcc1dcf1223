"""Notes (the comments of old) on the cells of one sheet: their texts and the boxes that show them.

Excel keeps a note in two places: its text in the comments part, its box in a drawing in VML. Notes that are there
already stay: on a cell that has one, the findings come below its text and the box becomes higher. A threaded comment
(the newer kind, with replies) can't be added to, and Excel allows no note beside it: such a cell keeps its thread
and gets the border only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Final

from ogsm_xl.excel.annotated.grid import Grid
from ogsm_xl.excel.annotated.looks import LOOKS
from ogsm_xl.excel.ooxml.refusal import Unusual
from ogsm_xl.excel.ooxml.small_parts import SmallPart
from ogsm_xl.excel.ooxml.splice import Element, Spliced, elements, escaped, scan_view
from ogsm_xl.excel.ooxml.values import cell_text, text_element
from ogsm_xl.plan.cells import column_letters
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.words import Language, Text

Place = tuple[int, int]
"""Row and column of a cell, counted from 1."""

_AUTHOR: Final = b"ogsm-xl"
_MOST_IN_A_NOTE: Final = 8
_WIDTH: Final = 320  # pixels
_CHARACTERS_A_LINE: Final = 50
_LINE: Final = 15  # pixels
_BLOCK: Final = 1024  # shapes that share one number of the id map
_MORE = Text(
    "… en nog {count}: zie het eerste blad van deze kopie.",
    "… and {count} more: see the first sheet of this copy.",
)

_SPACES: Final = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_DECLARED: Final = b"".join(b' xmlns:%b="%b"' % item for item in _SPACES.items())
_BOX_TYPE: Final = (
    b'<v:shapetype%b id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX: Final = (
    b'<v:shape%b id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="%b" '
    b'o:insetmode="auto"><v:fill color2="%b"/><v:shadow on="t" color="black" obscured="t"/>'
    b'<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    b'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%b</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
_SHAPE: Final = re.compile(rb"<(?:[\w.-]+:)?shape[\s>].*?</(?:[\w.-]+:)?shape\s*>", re.DOTALL)
_ROW: Final = re.compile(rb"<(?:[\w.-]+:)?Row>\s*(\d+)\s*<")
_COLUMN: Final = re.compile(rb"<(?:[\w.-]+:)?Column>\s*(\d+)\s*<")
_ANCHOR: Final = re.compile(rb"<(?:[\w.-]+:)?Anchor>([^<]*)<")
_ID_MAP: Final = re.compile(rb"idmap\b[^<>]*?\bdata\s*=\s*[\"']([\d,\s]*)[\"']")


def note_lines(findings: Sequence[Finding], language: Language) -> list[tuple[str, bool]]:
    """What the note on one cell says: lines, each with whether it is bold; the worst finding first."""
    lines: list[tuple[str, bool]] = []
    for finding in sorted(findings, key=lambda f: -f.severity)[:_MOST_IN_A_NOTE]:
        word = finding.severity.word.in_(language).capitalize()
        head = f"{LOOKS[finding.severity].mark} {word} {finding.code}"
        lines += [("", False)] * bool(lines) + [(head, True), (finding.message.in_(language), False)]
        lines.append((f"→ {finding.fix.in_(language)}", False))
    if len(findings) > _MOST_IN_A_NOTE:
        lines += [("", False), (_MORE.in_(language).format(count=len(findings) - _MOST_IN_A_NOTE), False)]
    return lines


def height_of(lines: Sequence[tuple[str, bool]]) -> int:
    """How high a box must be for these lines, in pixels."""
    return 12 + _LINE * sum(max(1, ceil(len(text) / _CHARACTERS_A_LINE)) for text, _ in lines)


def comments_with(
    part: bytes | None, notes: Sequence[tuple[Place, Sequence[tuple[str, bool]]]], namespace: bytes
) -> tuple[Spliced, frozenset[Place]]:
    """The comments part with these notes, and the cells that had a note already.

    Args:
        part: The comments part as it is, or None for a sheet without.
        notes: Cells with their lines.
        namespace: Of spreadsheets, as this workbook writes it.

    Raises:
        Unusual: The part holds no list of comments.
    """
    if part is None:
        empty = b'<comments xmlns="%b"><authors/><commentList/></comments>' % namespace
        part = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + empty
    small = SmallPart(part)
    root = small.root.tag
    prefix = root.name[: -len(root.local)]
    present = {e.tag.get(b"ref") or "": e for e in small.elements if e.tag.local == b"comment"}
    authors = [e for e in small.elements if e.tag.local == b"author"]
    new: list[bytes] = []
    old: set[Place] = set()
    for place, lines in notes:
        reference = f"{column_letters(place[1])}{place[0]}"
        if reference in present:
            old.add(place)
            _continue(small, present[reference], [("", False), *lines], prefix)
        else:
            text = b"<%btext>%b</%btext>" % (prefix, _runs(lines, prefix), prefix)
            opening = b'<%bcomment ref="%b" authorId="%d">' % (prefix, reference.encode(), len(authors))
            new.append(b"%b%b</%bcomment>" % (opening, text, prefix))
    if new:
        _append(small, b"authors", b"<%bauthor>%b</%bauthor>" % (prefix, _AUTHOR, prefix))
        _append(small, b"commentList", b"".join(new))
    return small.spliced, frozenset(old)


def boxes_with(
    part: bytes | None,
    notes: Sequence[tuple[Place, Place, Severity, int]],
    continued: Sequence[tuple[Place, int]],
    grid: Grid,
    first_block: int,
) -> tuple[Spliced, int]:
    """The drawing with a box for each note, and the first number of the id map that is free afterwards.

    Args:
        part: The drawing as it is, or None for a sheet without.
        notes: The cell, the last cell that it is merged with, how bad it is, and the height of the box in pixels.
        continued: Cells whose own box becomes higher, and by how many pixels.
        grid: The sizes of rows and columns.
        first_block: A number of the id map from which on all are free.
    """
    blocks = list(range(first_block, first_block + ceil(len(notes) / _BLOCK)))
    numbers = ",".join(map(str, blocks)).encode()
    if part is None:
        part = (
            b'<xml%b><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%b"/></o:shapelayout></xml>'
            % (_DECLARED, numbers)
        )
        spliced = Spliced(part)
    else:
        spliced = Spliced(part)
        found = _ID_MAP.search(part)
        if found and blocks:
            spliced.replace(found.end(1), found.end(1), b"," * bool(found[1].strip()) + numbers)
    known = all(b'xmlns:%b="%b"' % item in part for item in _SPACES.items())
    declared = b"" if known else _DECLARED
    boxes = [] if b'id="_x0000_t202"' in part or not notes else [_BOX_TYPE % declared]
    for count, ((row, column), (_, last_column), severity, height) in enumerate(notes):
        number = blocks[count // _BLOCK] * _BLOCK + count % _BLOCK + 1
        anchor = ", ".join(map(str, grid.beside(row, last_column, _WIDTH, height))).encode()
        paper = LOOKS[severity].paper.encode()
        boxes.append(_BOX % (declared, number, paper, paper, anchor, row - 1, column - 1))
    end = part.rindex(b"</")
    spliced.replace(end, end, b"".join(boxes))
    _enlarge(spliced, dict(continued))
    return spliced, first_block + len(blocks)


def blocks_in(drawing: bytes) -> set[int]:
    """The numbers of the id map that a drawing uses."""
    return {int(number) for found in _ID_MAP.findall(drawing) for number in re.findall(rb"\d+", found)}


def threaded_in(part: bytes) -> frozenset[str]:
    """The cells, such as `B5`, that have a threaded comment."""
    found = elements(scan_view(part))
    return frozenset(e.tag.get(b"ref") or "" for e in found if e.tag.local == b"threadedComment")


def _runs(lines: Sequence[tuple[str, bool]], prefix: bytes) -> bytes:
    """The lines as runs of text, each ending in a line break but the last."""
    runs = []
    for number, (text, bold) in enumerate(lines, 1):
        clean = cell_text(text) + "\n" * (number < len(lines))
        look = b"<p:b/>" * bold + b'<p:sz val="9"/><p:color indexed="81"/><p:rFont val="Tahoma"/>'
        look = b"<p:rPr>" + look + b'<p:family val="2"/></p:rPr>'
        run = look.replace(b"<p:", b"<" + prefix).replace(b"</p:", b"</" + prefix)
        runs.append(b"<%br>%b%b</%br>" % (prefix, run, text_element(clean, prefix), prefix))
    return b"".join(runs)


def _continue(small: SmallPart, comment: Element, lines: Sequence[tuple[str, bool]], prefix: bytes) -> None:
    """Put lines below the text of a comment that is there; plain text becomes a run first, as Excel writes it."""
    inside = [e for e in small.elements if comment.tag.end <= e.tag.start and e.end <= comment.content_end]
    text = next((e for e in inside if e.tag.local == b"text"), None)
    if text is None or text.tag.empty:
        return
    runs = _runs([("", False), *lines], prefix)
    parts = [e for e in inside if e.parent == text.tag]
    plain = next((e for e in parts if e.tag.local == b"t"), None)
    if plain is not None:
        small.spliced.replace(plain.tag.start, plain.tag.start, b"<%br>" % prefix)
        small.spliced.replace(plain.end, plain.end, b"</%br>" % prefix + runs)
        return
    ends = [e.end for e in parts if e.tag.local == b"r"]
    at = max(ends, default=text.content_start)
    small.spliced.replace(at, at, runs)


def _append(small: SmallPart, name: bytes, xml: bytes) -> None:
    """Put XML at the end of the first element of this name."""
    element = next((e for e in small.elements if e.tag.local == name), None)
    if element is None:
        raise Unusual("de opmerkingen van een blad zijn beschadigd", "the comments of a sheet are damaged")
    if element.tag.empty:
        full = element.tag.name
        opening = b"<" + full + element.tag.attributes.rstrip() + b">"
        small.spliced.replace(element.tag.start, element.end, opening + xml + b"</" + full + b">")
    else:
        small.spliced.replace(element.content_end, element.content_end, xml)


def _enlarge(spliced: Spliced, places: dict[Place, int]) -> None:
    """Make the boxes of these cells higher by so many pixels, counted in rows of the usual height."""
    for shape in _SHAPE.finditer(spliced.original) if places else ():
        row, column, anchor = (pattern.search(shape[0]) for pattern in (_ROW, _COLUMN, _ANCHOR))
        if row is None or column is None or anchor is None:
            continue
        more = places.get((int(row[1]) + 1, int(column[1]) + 1))
        corners = anchor[1].split(b",")
        if more and len(corners) == 8 and corners[6].strip().isdigit():
            corners[6] = escaped(str(int(corners[6]) + ceil(more / 20)))
            start = shape.start() + anchor.start(1)
            spliced.replace(start, shape.start() + anchor.end(1), b",".join(corners))
