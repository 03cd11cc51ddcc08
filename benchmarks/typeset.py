#!/usr/bin/env python3
"""Set plans that are given as text on pages, with rulers around the cells of their tables.

    python benchmarks/typeset.py FOLDER OUT [--format pdf,scan,docx] [NAME ...]

writes `OUT/pdf`, `OUT/scan` and `OUT/docx` with files of the same stems as the `.txt` files of FOLDER (all, or those
named), so that the same gold tells what is lost on the way from a page:

    python benchmarks/typeset.py tests/heldout/plans /tmp/pages
    kehoach run /tmp/pages/pdf --out /tmp/tables
    kehoach evaluate /tmp/tables --gold tests/heldout/gold

Rows written `a | b`, in Markdown, with tabs or in columns of blanks become tables with rulers; the columns of
letterhead and signatures become tables without. All other lines are paragraphs, also where a text was wrapped by hand.
PDF and scans need reportlab and DejaVu Serif (Debian's `fonts-dejavu-core`).
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SEPARATOR = re.compile(r"[\s|:-]+")
COLUMNS = re.compile(r"\t+| {3,}")
AT_ENDS = 15
"""So many lines at the head and the foot of a plan may stand in two columns."""
LONG = 80


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page: `paragraph` (one row of one cell), `table` with rulers, or `columns` without."""

    kind: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        return self.rows[0][0]


def blocks_of(text: str) -> Iterator[Block]:
    """The parts of a plan, from the top."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    kinds = [kind_of(line, min(at, len(lines) - 1 - at) < AT_ENDS) for at, line in enumerate(lines)]
    for kind, group in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        rows = [cells_of(line, kind) for _, line in group if not is_separator(line)]
        if kind == "paragraph" or (kind == "table" and len(rows) < 2):
            yield from (Block("paragraph", ((" ".join(filter(None, row)),),)) for row in rows)
        elif rows:
            width = max(map(len, rows))
            yield Block(kind, tuple(tuple(row) + ("",) * (width - len(row)) for row in rows))


def kind_of(line: str, at_end: bool) -> str:
    """What a line belongs to."""
    if line.count("|") >= 2 or line.count("\t") >= 2 or (len(COLUMNS.split(line.strip())) >= 3 and not at_end):
        return "table"
    if at_end and (len(COLUMNS.split(line.strip())) == 2 or line.startswith((" " * 12, "\t"))):
        return "columns"
    return "paragraph"


def is_separator(line: str) -> bool:
    """The line under a Markdown head."""
    return "-" in line and "|" in line and SEPARATOR.fullmatch(line) is not None


def cells_of(line: str, kind: str) -> list[str]:
    """What the line's cells say."""
    if kind == "paragraph":
        return [line.strip()]
    if kind == "columns":
        left, _, right = re.sub(COLUMNS, "\t", line, count=1).partition("\t")
        return [left.strip(), right.strip()]
    if "|" not in line:
        return COLUMNS.split(line.strip())
    inner = line.strip()
    if inner.startswith("|") and inner.endswith("|"):
        inner = inner[1:-1]
    return [cell.strip() for cell in inner.split("|")]


def as_pdf(stem: str, text: str) -> bytes:
    """The pages as a digital PDF."""
    from reportlab import rl_config
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

    from benchmarks.make_sample_pdf import FONTS, number, register_fonts

    register_fonts(FONTS)
    rl_config.invariant = 1
    body = ParagraphStyle("body", fontName="Serif", fontSize=12, leading=16, spaceAfter=5)
    justified = ParagraphStyle("justified", body, alignment=TA_JUSTIFY, firstLineIndent=10 * mm)
    title = ParagraphStyle("title", body, alignment=TA_CENTER)
    small = ParagraphStyle("small", body, fontSize=10, leading=12, spaceAfter=0)
    width = A4[0] - 40 * mm

    def flowable(block: Block) -> Flowable:
        if block.kind == "paragraph":
            style = title if block.text.isupper() else justified if len(block.text) > LONG else body
            return Paragraph(escape(block.text), style)
        if block.kind == "columns":
            sides = [[Paragraph(escape(cell), body) for cell in side if cell] for side in zip(*block.rows, strict=True)]
            return Table([sides], colWidths=[0.4 * width, 0.6 * width], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
        cells = [[Paragraph(escape(cell), small) for cell in row] for row in block.rows]
        ruled = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return Table(cells, colWidths=widths(block, width), style=ruled, repeatRows=1)

    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=A4, leftMargin=25 * mm, rightMargin=15 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
        title=stem,
    )  # fmt: skip
    flow = [part for block in blocks_of(text) for part in (flowable(block), Spacer(1, 2))]
    document.build(flow, onFirstPage=number, onLaterPages=number)
    return stream.getvalue()


def widths(block: Block, whole: float) -> list[float]:
    """Room for each column by its longest word and, beyond that, by how much it says."""
    columns = list(zip(*block.rows, strict=True))
    least = [12 + 7 * max(len(word) for cell in column for word in (cell.split() or [""])) for column in columns]
    wants = [min(sum(map(len, column)) / len(column), 60) + 1 for column in columns]
    spare = max(whole - sum(least), 0)
    share = [low + spare * want / sum(wants) for low, want in zip(least, wants, strict=True)]
    return [part * whole / sum(share) for part in share]


def as_scan(stem: str, text: str) -> bytes:
    """The pages as grey pictures, a little crooked and noisy."""
    from benchmarks.plans.as_scan import scanned

    return scanned(as_pdf(stem, text), zlib.crc32(stem.encode()))


def as_word(stem: str, text: str) -> bytes:
    """The pages as a Word file."""
    from docx import Document

    document = Document()
    for block in blocks_of(text):
        if block.kind == "paragraph":
            document.add_paragraph(block.text)
            continue
        ruled = block.kind == "table"
        rows = block.rows if ruled else [tuple("\n".join(side) for side in zip(*block.rows, strict=True))]
        made = document.add_table(len(rows), len(rows[0]), "Table Grid" if ruled else None)
        for cells, row in zip(made.rows, rows, strict=True):
            for cell, words in zip(cells.cells, row, strict=True):
                cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


FORMATS: dict[str, tuple[str, Callable[[str, str], bytes]]] = {
    "pdf": (".pdf", as_pdf),
    "scan": (".pdf", as_scan),
    "docx": (".docx", as_word),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="stems of the plans to set (all)")
    parser.add_argument("--format", default="pdf", help="pdf, scan, docx; several with commas")
    arguments = parser.parse_args()
    plans = [arguments.folder / f"{name}.txt" for name in arguments.names] or sorted(arguments.folder.glob("*.txt"))
    if not plans:
        parser.error(f"no .txt files in {arguments.folder}")
    for form in arguments.format.split(","):
        suffix, write = FORMATS[form]
        (arguments.out / form).mkdir(parents=True, exist_ok=True)
        for plan in plans:
            data = write(plan.stem, plan.read_text(encoding="utf-8"))
            (arguments.out / form / (plan.stem + suffix)).write_bytes(data)


if __name__ == "__main__":
    main()
