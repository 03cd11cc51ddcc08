"""PDFs for tests, in a font with Vietnamese letters."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
WIDTH, HEIGHT = 595.2, 841.92
needs_font = pytest.mark.skipif(not FONT.exists(), reason="no font with Vietnamese letters here")


def written(pages: Iterable[Callable[[Any], None]]) -> bytes:
    """A PDF; each page is what its function draws on reportlab's canvas, where the font is called `Serif`."""
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    make_font_known()
    file = io.BytesIO()
    canvas = canvas_module.Canvas(file, pagesize=(WIDTH, HEIGHT))
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def make_font_known() -> None:
    """Let reportlab know the font `Serif`, also for paragraphs."""
    pytest.importorskip("reportlab")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
    pdfmetrics.registerFontFamily("Serif", normal="Serif", bold="Serif", italic="Serif", boldItalic="Serif")
