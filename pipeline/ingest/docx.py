"""Word documents (.docx): body in reading order with the numbers that Word makes, tables, text boxes, notes, headers.

python-docx opens the package and finds its parts. The body is walked here, because content controls, tracked changes
and text boxes are outside what python-docx goes through.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx.package
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from extractors.cues import cues
from extractors.plan import Note
from pipeline.ingest import legacy_text
from pipeline.ingest.errors import CorruptFile, HostileFile, NestedTooDeeply
from pipeline.ingest.kind import BROKEN_ZIP, binary_kind
from pipeline.ingest.numbering import Numbering
from pipeline.ingest.ooxml import WORD, attribute, child, children, is_on, local_name, value
from pipeline.ingest.word_inline import Inline, InlineReader, choice
from pipeline.ingest.word_styles import Styles
from pipeline.ingest.word_tables import table_lines
from pipeline.ingest.zip_bounds import MEGABYTE, Bounds, check_bounds, open_zip, read_entry

BOUNDS = Bounds()
MAX_XML_BYTES = 48 * MEGABYTE
WHAT = "the Word document"
GROUPING = frozenset(["sdtContent", "customXml", "smartTag", "ins", "moveTo"])
OLD_FONTS = (b'".Vn', b'".vn', b'".VN', b'"VNI', b'"Vni', b'"vni')
"""How the names of fonts from before Unicode begin in XML."""
CONTENTS_STYLE = re.compile(r"(?:toc|contents) ?\d")
HEADER_PARTS = cues("letterhead_cues.yaml")["header_layout"].compiled
HEAD_LINES = 15
FEW_LETTERS = 40


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PICTURE_REFERENCES = {"blip": "embed", "imagedata": "id"}
"""Elements that show a picture (of Word since 2007, of older ones), and the attribute that names it."""
PICTURE_KINDS = frozenset(["png", "jpeg", "tiff", "gif", "bmp"])


class OddPackage(CorruptFile):
    """The zip is whole, but its parts do not hang together as python-docx asks; Word or LibreOffice may open it."""


@dataclass(slots=True)
class WordText:
    """The text of a Word document, a paragraph a line with a blank one between, and what an analyst should know."""

    text: str
    notes: tuple[Note, ...] = ()
    pictures: tuple[bytes, ...] = ()
    """What the document shows where it holds no text to speak of: scanned pages that somebody pasted into Word."""


def read_docx(data: bytes) -> WordText:
    """Read a document; ReadError where it is broken, hostile or beyond the bounds."""
    old_fonts = check_package(data)
    try:
        parts = open_parts(data)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise NestedTooDeeply(f"{WHAT} is nested too deeply; print it to PDF and read that") from error
        raise CorruptFile(f"{WHAT} is broken inside ({error}); open it in Word and save it again") from error
    except (*BROKEN_ZIP, KeyError, AttributeError, LookupError, TypeError) as error:
        raise OddPackage(f"{WHAT} lacks parts that it needs ({error}); open it in Word and save it again") from error
    reader = BodyReader(parts, old_fonts)
    text = "\n\n".join(reader.document())
    if sum(map(str.isalpha, text)) < FEW_LETTERS and (pictures := tuple(pictures_in(parts))):
        return WordText(text, pictures=pictures)
    legacy = sorted(reader.inline.legacy)
    if legacy:
        return WordText(text, (legacy_text.note(legacy),))
    return WordText(*legacy_text.repair(text))


def check_package(data: bytes) -> bool:
    """Hold the package against the bounds before any XML is parsed; tells whether it names fonts of old encodings."""
    opened = open_zip(data, WHAT)
    entries = opened.infolist()
    check_bounds(entries, BOUNDS, WHAT)
    old_fonts = False
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        check_bounds([entry], Bounds(entry_bytes=MAX_XML_BYTES), WHAT)
        xml = read_entry(opened, entry, WHAT)
        check_entities(xml, WHAT)
        old_fonts = old_fonts or any(name in xml for name in OLD_FONTS)
    return old_fonts


def check_entities(xml: bytes, what: str) -> None:
    """Refuse a part that declares entities; HostileFile names the file as `what`."""
    if declares_entities(xml):
        raise HostileFile(
            f"{what} declares XML entities, which no office program does and attacks do; if you trust it, open it"
            " in Word and save it again"
        )


def declares_entities(xml: bytes) -> bool:
    """The part has a document type or entities of its own, in UTF-8 or UTF-16."""
    if b"\x00" in xml[:100]:
        xml = xml.replace(b"\x00", b"")
    return b"<!DOCTYPE" in xml or b"<!ENTITY" in xml


@dataclass(slots=True)
class Parts:
    """The roots of the parts that hold text."""

    body: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    notes: dict[str, etree._Element] = field(default_factory=dict)
    headers: dict[str, etree._Element] = field(default_factory=dict)
    linked: dict[str, Part] = field(default_factory=dict)
    """All parts that the body refers to, by the id of the reference."""


def open_parts(data: bytes) -> Parts:
    """The document's parts through python-docx. Raises ValueError where it has no body."""
    main = docx.package.Package.open(io.BytesIO(data)).main_document_part
    root = root_of(main)
    body = root.find(f"{{{WORD}}}body")
    if body is None:
        raise ValueError("no body")
    parts = Parts(body)
    for relation in main.rels.values():
        if relation.is_external:
            continue
        parts.linked[relation.rId] = relation.target_part
        if relation.reltype == RT.STYLES:
            parts.styles = root_of(relation.target_part)
        elif relation.reltype == RT.NUMBERING:
            parts.numbering = root_of(relation.target_part)
        elif relation.reltype in (RT.FOOTNOTES, RT.ENDNOTES):
            parts.notes["footnote" if relation.reltype == RT.FOOTNOTES else "endnote"] = root_of(relation.target_part)
        elif relation.reltype == RT.HEADER:
            parts.headers[relation.rId] = root_of(relation.target_part)
    return parts


def pictures_in(parts: Parts) -> Iterator[bytes]:
    """The pictures of the body in reading order, those that OCR can read."""
    for element in parts.body.iter():
        name = PICTURE_REFERENCES.get(local_name(element))
        part = parts.linked.get(element.get(f"{{{RELATIONS}}}{name}") or "") if name else None
        if part is not None and binary_kind(part.blob) in PICTURE_KINDS:
            yield part.blob


def root_of(part) -> etree._Element:
    """The root of an XML part, whichever class python-docx gave it."""
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


class BodyReader:
    """Goes through a document once, in reading order; numbers count on as it goes."""

    def __init__(self, parts: Parts, old_fonts: bool):
        """`old_fonts`: some font stands for an encoding from before Unicode."""
        self.parts = parts
        self.styles = Styles(parts.styles)
        self.numbering = Numbering(parts.numbering, self.styles)
        self.inline = InlineReader(self.styles, old_fonts)
        self.notes = {
            (kind, attribute(note, "id") or ""): note
            for kind, root in parts.notes.items()
            for note in children(root, kind)
            if attribute(note, "type") in (None, "normal")
        }
        self.notes_read = 0
        self.pending = ""

    def document(self) -> list[str]:
        """All paragraphs; in front what a header has of a letterhead that the body lacks."""
        lines = list(self.lines(self.parts.body))
        head = "\n".join(lines[:HEAD_LINES])
        header = list(self.first_header())
        if header and HEADER_PARTS.search("\n".join(header)) and not HEADER_PARTS.search(head):
            return header + lines
        return lines

    def first_header(self) -> Iterator[str]:
        """The header of the first page."""
        section = next(self.parts.body.iter(f"{{{WORD}}}sectPr"), None)
        named = {}
        for reference in children(section, "headerReference"):
            named[attribute(reference, "type")] = reference.get(f"{{{RELATIONS}}}id")
        wanted = named.get("first") if is_on(child(section, "titlePg")) else named.get("default")
        if (header := self.parts.headers.get(wanted or "")) is not None:
            yield from self.lines(header)

    def lines(self, container: etree._Element) -> Iterator[str]:
        """The paragraphs of a body, cell, text box, note or header, one string each."""
        for block in blocks(container):
            if local_name(block) == "p":
                yield from self.paragraph(block)
            else:
                yield from table_lines(block, lambda cell: list(self.lines(cell)))

    def paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        """A paragraph with its number, then its text boxes and the notes that it refers to."""
        found = self.inline.read(paragraph)
        text = self.pending + found.text
        properties = child(paragraph, "pPr")
        if child(child(properties, "rPr"), "del") is not None:  # its end was deleted: it goes on in the next one
            self.pending = text
        else:
            self.pending = ""
            label = self.numbering.label(paragraph)
            if not is_contents_line(self.styles.name(value(child(properties, "pStyle"))), paragraph, text):
                yield from labelled(label, text)
        for box in found.boxes:
            yield from self.lines(box)
        yield from self.note_lines(found)

    def note_lines(self, found: Inline) -> Iterator[str]:
        """Footnotes and endnotes, behind the paragraph that refers to them."""
        for key in found.notes:
            if (note := self.notes.pop(key, None)) is not None:
                self.notes_read += 1
                text = " ".join(" ".join(self.lines(note)).split())
                if text:
                    yield f"[{self.notes_read}] {text}"


def blocks(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a container, also those in content controls and tracked insertions."""
    for part in container:
        name = local_name(part)
        if name in ("p", "tbl"):
            yield part
        elif name == "sdt":
            if not is_contents(part):
                yield from blocks(part)
        elif name in GROUPING:
            yield from blocks(part)
        elif name == "AlternateContent" and (chosen := choice(part)) is not None:
            yield from blocks(chosen)


def is_contents(control: etree._Element) -> bool:
    """The content control holds a table of contents, which says everything twice."""
    gallery = child(child(child(control, "sdtPr"), "docPartObj"), "docPartGallery")
    return value(gallery) == "Table of Contents"


def is_contents_line(style: str, paragraph: etree._Element, text: str) -> bool:
    """A line of a table of contents: the style for it, and a page number behind."""
    return CONTENTS_STYLE.fullmatch(style) is not None and (
        re.search(r"\t\s*\d+\s*$", text) is not None
        or any("PAGEREF" in (e.text or "") for e in paragraph.iter(f"{{{WORD}}}instrText"))
    )


def labelled(label: str, text: str) -> Iterator[str]:
    """The text with its number; nothing where there is no text, as the number of an empty line says nothing."""
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    if text.strip():
        yield f"{label} {text.lstrip()}" if label else text
