"""A plan as a digital PDF, laid out as Decree 30/2020/NĐ-CP wants it. The same bytes on every run."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from benchmarks.make_sample_pdf import FONTS, cell, number, register_fonts, styles
from benchmarks.plans.draft import Block, GeneratedPlan
from benchmarks.plans.text import line

INDENTS = {"plus": 6, "bullet": 3}


def as_pdf(plan: GeneratedPlan) -> bytes:
    """The file. Needs DejaVu Serif (Debian's `fonts-dejavu-core`)."""
    register_fonts(FONTS)
    rl_config.invariant = 1  # no time stamp, no random id
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=A4, leftMargin=25 * mm, rightMargin=15 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
        title=plan.stem, author="kehoach",
    )  # fmt: skip
    style = styles()
    flow = [flowable for block in plan.blocks for flowable in flowables(block, style)]
    document.build(flow, onFirstPage=number, onLaterPages=number)
    return stream.getvalue()


def flowables(block: Block, style: dict[str, ParagraphStyle]) -> list[Flowable]:
    """What one block is on the page."""
    if block.beside:
        left = cell(escaped(block.text), style, block.kind == "closing")
        columns = [[left, cell(escaped(block.beside), style)]]
        return [Table(columns, colWidths=[65 * mm, 105 * mm], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]),
                Spacer(1, 10)]  # fmt: skip
    if block.kind == "title":
        return [Paragraph(escape(block.text), style["title"])]
    chosen = style["chapter"] if block.strong else style["body"]
    indent = INDENTS.get(block.kind)
    if indent:
        chosen = ParagraphStyle(block.kind, chosen, leftIndent=indent * mm)
    return [Paragraph(escape(line(block)), chosen)]


def escaped(text: str) -> list[str]:
    """The lines of a column, safe for reportlab's markup."""
    return [escape(part) for part in text.split("\n")]
