#!/usr/bin/env python3
"""Set a sample plan as a digital PDF, laid out as Decree 30/2020/NĐ-CP wants it (A4, two-column letterhead, page
number centred at the head from page 2).

    python benchmarks/make_sample_pdf.py [SOURCE.txt ...]

Without arguments it sets every text in `benchmarks/sample_sources/` into `data/raw/<stem>.pdf`. A source is plain text
with lines that begin with `@`: `@letterhead … @beside …` and `@closing … @beside …` stand side by side, `@title` is
centred, `@body` holds one paragraph a line. Needs reportlab and a free font with Vietnamese letters (Debian's
`fonts-dejavu-core`; another one with `--font DIR` and DejaVu's file names). The bytes are the same on every run.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

HERE = Path(__file__).parent
SOURCES, TARGET = HERE / "sample_sources", HERE.parent / "data" / "raw"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
CHAPTER = re.compile(r"[IVX]+\. ")


def register_fonts(folder: Path) -> None:
    """Make the two faces known to reportlab under the names that the styles use."""
    pdfmetrics.registerFont(TTFont("Serif", str(folder / "DejaVuSerif.ttf")))
    pdfmetrics.registerFont(TTFont("SerifBold", str(folder / "DejaVuSerif-Bold.ttf")))


def styles() -> dict[str, ParagraphStyle]:
    """The paragraph styles by name."""
    body = ParagraphStyle(
        "body", fontName="Serif", fontSize=12, leading=16, spaceAfter=4, alignment=TA_JUSTIFY, firstLineIndent=10 * mm
    )
    return {
        "body": body,
        "chapter": ParagraphStyle("chapter", body, fontName="SerifBold", spaceBefore=6),
        "head": ParagraphStyle(
            "head", body, fontName="SerifBold", fontSize=11, alignment=TA_CENTER, firstLineIndent=0, spaceAfter=0
        ),
        "line": ParagraphStyle("line", body, fontSize=11, alignment=TA_CENTER, firstLineIndent=0, spaceAfter=0),
        "title": ParagraphStyle(
            "title", body, fontName="SerifBold", fontSize=13, alignment=TA_CENTER, firstLineIndent=0
        ),
        "list": ParagraphStyle("list", body, fontSize=10, leading=13, alignment=0, firstLineIndent=0, spaceAfter=0),
        "mark": ParagraphStyle("mark", body, fontSize=9, alignment=TA_CENTER, firstLineIndent=0, spaceAfter=8),
    }


def parts(text: str) -> list[tuple[str, list[str]]]:
    """Split a source into (part name, lines); what stands before the first `@` line is the mark."""
    found: list[tuple[str, list[str]]] = [("mark", [])]
    for line in text.splitlines():
        if line.startswith("@"):
            found.append((line[1:].strip(), []))
        else:
            found[-1][1].append(line)
    return found


def cell(lines: list[str], style: dict[str, ParagraphStyle], left_closing: bool = False) -> list[Flowable]:
    """The lines of one column of a letterhead or signature block."""
    if left_closing:
        return [Paragraph(line, style["list"]) for line in lines]
    plain = re.compile(r"Số:|-+$|.*, ngày ")
    return [
        Paragraph(line, style["line" if plain.match(line) else "head"]) if line else Spacer(1, 14) for line in lines
    ]


def story(text: str) -> list[Flowable]:
    """The flowables of a whole plan."""
    style, flow, left = styles(), [], None
    for name, lines in parts(text):
        if name in ("letterhead", "closing"):
            left = cell(lines, style, name == "closing")
        elif name == "beside":
            flow += [
                Table(
                    [[left, cell(lines, style)]],
                    colWidths=[65 * mm, 105 * mm],
                    style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
                ),
                Spacer(1, 10),
            ]
        elif name == "body":
            flow += [Paragraph(line, style["chapter" if CHAPTER.match(line) else "body"]) for line in lines if line]
        else:
            flow += [Paragraph(line, style[name]) for line in lines if line]
    return flow


def number(canvas, document) -> None:
    """Print the page number at the head of every page but the first."""
    if document.page > 1:
        canvas.setFont("Serif", 11)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 12 * mm, str(document.page))


def make(source: Path, target: Path) -> Path:
    """Set one source as `<target>/<stem>.pdf` and return its path."""
    rl_config.invariant = 1  # no time stamp, no random id: the same bytes on every run
    path = target / f"{source.stem}.pdf"
    text = source.read_text("utf-8")
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=15 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=text.splitlines()[0],
        author="kehoach",
    )
    document.build(story(text), onFirstPage=number, onLaterPages=number)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--font", type=Path, default=FONTS, help="folder with DejaVuSerif.ttf and DejaVuSerif-Bold.ttf")
    args = parser.parse_args()
    register_fonts(args.font)
    for source in args.sources or sorted(SOURCES.glob("*.txt")):
        print(make(source, args.out))


if __name__ == "__main__":
    main()
