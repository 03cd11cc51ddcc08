"""The text of one Word paragraph: runs, breaks, tracked changes as accepted, text boxes and note references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from pipeline.ingest import legacy_text
from pipeline.ingest.ooxml import attribute, child, is_on, local_name, value
from pipeline.ingest.word_styles import Styles, font_of

TRANSPARENT = frozenset(
    ["ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "sdtContent", "dir", "bdo", "ruby", "rubyBase"]
)
"""Elements around runs that say nothing about whether they are shown. Deleted and moved text (`del`, `moveFrom`) is
not among them: changes are read as accepted."""
BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
MATHS = frozenset(["oMath", "oMathPara"])
SHAPES = frozenset(["drawing", "pict", "object"])
WHITE = str.maketrans("\n\r\t", "   ")
SYMBOLS = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB0: "°", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xAE: "→",
    0xE0: "→", 0xE8: "→", 0x2D: "-", 0x2B: "+", 0x2A: "*", 0x2F: "/", 0x25: "%", 0x3C: "<", 0x3E: ">", 0x3D: "=",
}  # fmt: skip
"""What symbol fonts show for the codes that they keep at U+F000 and up; every other one stands as a bullet."""


@dataclass(slots=True)
class Piece:
    """A stretch of text with the encoding of its font and whether it is shown in capitals."""

    text: str
    encoding: str | None = None
    capitals: bool = False


@dataclass(slots=True)
class Inline:
    """What a paragraph holds: text, text boxes with their places, and the notes that it refers to as (kind, id)."""

    pieces: list[Piece] = field(default_factory=list)
    shapes: list[tuple[tuple | None, etree._Element]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, decoded where it was set in an old font."""
        parts = []
        for (encoding, capitals), group in groupby(self.pieces, key=lambda p: (p.encoding, p.capitals)):
            text = "".join(piece.text for piece in group)
            if encoding:
                text = legacy_text.convert(text, encoding)
            parts.append(text.upper() if capitals else text)
        return "".join(parts)

    @property
    def boxes(self) -> list[etree._Element]:
        """The text boxes in reading order: from top to bottom where all say where on the page they stand."""
        places = [place for place, _ in self.shapes]
        if len(places) > 1 and None not in places and len({place[0] for place in places}) == 1:
            return [box for _, box in sorted(self.shapes, key=lambda shape: shape[0][1:])]
        return [box for _, box in self.shapes]


class InlineReader:
    """Reads paragraphs. `legacy` collects the encodings that were met; `old_fonts`: the document names such fonts."""

    def __init__(self, styles: Styles, old_fonts: bool):
        """Fonts are asked for only where some are old: it costs time."""
        self.styles = styles
        self.old_fonts = old_fonts
        self.legacy: set[str] = set()

    def read(self, paragraph: etree._Element) -> Inline:
        """Everything in one `w:p`."""
        found = Inline()
        style = value(child(child(paragraph, "pPr"), "pStyle")) or self.styles.default_paragraph
        self.walk(paragraph, style, found)
        return found

    def walk(self, element: etree._Element, style: str | None, found: Inline) -> None:
        """The runs of an element, in order."""
        for part in element:
            name = local_name(part)
            if name == "r":
                self.run(part, style, found)
            elif name in TRANSPARENT:
                self.walk(part, style, found)
            elif name == "sdt":
                if child(child(part, "sdtPr"), "showingPlcHdr") is None:
                    self.walk(part, style, found)
            elif name == "AlternateContent":
                if (chosen := choice(part)) is not None:
                    self.walk(chosen, style, found)
            elif name in MATHS:
                text = "".join(t.text or "" for t in part.iter() if local_name(t) == "t")
                found.pieces.append(Piece(text))

    def run(self, run: etree._Element, style: str | None, found: Inline) -> None:
        """One `w:r`; hidden text is left out."""
        properties = child(run, "rPr")
        if is_on(child(properties, "vanish")):
            return
        piece = self.piece(properties, style)
        parts = []
        for part in run:
            name = local_name(part)
            if name == "t":
                parts.append(symbols((part.text or "").translate(WHITE)))
            elif name in BREAKS:
                parts.append(BREAKS[name])
            elif name == "sym":
                parts.append(symbol(attribute(part, "char") or ""))
            elif name in ("footnoteReference", "endnoteReference"):
                found.notes.append((name.removesuffix("Reference"), attribute(part, "id") or ""))
            elif name in SHAPES or name == "AlternateContent":
                found.shapes.extend(text_boxes(part, None))
            elif name == "ruby":
                self.walk(part, style, found)
        piece.text = "".join(parts)
        if piece.text:
            if piece.encoding:
                self.legacy.add(piece.encoding)
            found.pieces.append(piece)

    def piece(self, properties: etree._Element | None, style: str | None) -> Piece:
        """An empty piece with what the run's properties and styles say."""
        own_style = value(child(properties, "rStyle"))
        caps = is_on(child(properties, "caps"))
        if caps is None:
            caps = self.styles.caps(own_style, style)
        if not self.old_fonts:
            return Piece("", None, caps)
        font = font_of(properties) or self.styles.font(own_style, style)
        return Piece("", legacy_text.font_encoding(font), caps or legacy_text.is_capital_font(font))


def choice(element: etree._Element) -> etree._Element | None:
    """The newer of the forms in which Word writes the same thing twice."""
    forms = {local_name(part): part for part in reversed(element)}
    return forms.get("Choice", forms.get("Fallback"))


def symbol(code: str) -> str:
    """The sign of a `w:sym`, given as a hexadecimal code."""
    try:
        return symbols(chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""


def symbols(text: str) -> str:
    """Signs of symbol fonts as plain characters."""
    if text.isascii() or not any("\uf020" <= c <= "\uf0ff" for c in text):
        return text
    return "".join(SYMBOLS.get(ord(c) - 0xF000, "•") if "\uf020" <= c <= "\uf0ff" else c for c in text)


def text_boxes(element: etree._Element, place: tuple | None) -> Iterator[tuple[tuple | None, etree._Element]]:
    """The contents of text boxes with the place of their anchor, not those inside other ones."""
    name = local_name(element)
    if name == "txbxContent":
        yield place, element
        return
    if name == "AlternateContent":
        element = choice(element)
        if element is None:
            return
    if name == "anchor":
        place = anchor_place(element)
    for part in element:
        yield from text_boxes(part, place)


def anchor_place(anchor: etree._Element) -> tuple | None:
    """What the anchor measures from, its distance down and across; None where it is aligned by words."""
    measured, offsets = [], []
    for name in ("positionV", "positionH"):
        position = next((part for part in anchor if local_name(part) == name), None)
        offset = None if position is None else position.findtext("{*}posOffset")
        if not (offset or "").strip().lstrip("-").isdecimal():
            return None
        measured.append(position.get("relativeFrom"))
        offsets.append(int(offset))
    return (tuple(measured), *offsets)
