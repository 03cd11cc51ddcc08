"""A plan as a Word file with automatic numbering, as offices write it: numbers are no text, but levels of a list."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from benchmarks.plans.draft import Block, GeneratedPlan

LEVELS = {"chapter": 0, "section": 1, "sub": 2, "bullet": 3, "plus": 4}
STAMP = (2020, 1, 1, 0, 0, 0)
"""The time that every part of the file bears: the same bytes on every run."""


def as_word(plan: GeneratedPlan) -> bytes:
    """The file."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(14)
    letters = any(block.kind == "sub" and block.label.endswith(")") for block in plan.blocks)
    add_numbering(document, letters)
    for block in plan.blocks:
        write(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return stamped(stream.getvalue())


def add_numbering(document: Document, letters: bool) -> None:
    """One list of five levels: `I.`, `1.`, `a)` or `1.1.`, `-`, `+`."""
    forms = [
        ("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)") if letters else ("decimal", "%2.%3."),
        ("bullet", "-"), ("bullet", "+"),
    ]  # fmt: skip
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(forms)
    )
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    space = nsdecls("w")
    numbering.append(parse_xml(f'<w:abstractNum {space} w:abstractNumId="1">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {space} w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))


def write(document: Document, block: Block) -> None:
    """One block: columns side by side are a table without rules."""
    if block.beside:
        row = document.add_table(rows=1, cols=2).rows[0]
        for column, text in zip(row.cells, (block.text, block.beside), strict=True):
            first, *rest = text.split("\n")
            column.paragraphs[0].text = first
            for more in rest:
                column.add_paragraph(more)
        return
    paragraph = document.add_paragraph()
    run = paragraph.add_run(block.text)
    run.bold = block.strong or block.kind == "title"
    if block.kind in LEVELS:
        number(paragraph, LEVELS[block.kind])


def number(paragraph: Paragraph, level: int) -> None:
    """Make the paragraph an item of the list."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')
    )


def stamped(data: bytes) -> bytes:
    """The same archive with one fixed time on all its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            told = zipfile.ZipInfo(item.filename, STAMP)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, old.read(item))
    return stream.getvalue()
