"""A PDF page as a picture for OCR: at the resolution of the scan in it, never blown up."""

from __future__ import annotations

import math

import numpy as np
import pypdfium2 as pdfium

from pipeline.ingest.ocr import Picture
from pipeline.ingest.ocr.prep import softened
from pipeline.ingest.pdf_layer import PageLayer, area
from pipeline.limits import LIMITS

MAX_DPI = 300
"""What OCR is trained on; more costs time and reads no better."""
LETTERS_DPI = 300
"""For pages drawn as letters, whose edges are then softened to look like a scan's: OCR reads those better."""
MIN_DPI = 70
MAX_PIXELS = min(40_000_000, LIMITS.pixels)
"""A3 at 300 dpi has 17 million."""
POINTS = 72.0


def draw(layer: PageLayer) -> Picture:
    """The page without what is laid over it (stamps of electronic signatures), as OCR should see it."""
    scan, scale = scan_scale(layer), picture_scale(layer)
    grey = scan[1] if scan else not layer.pictures
    drawn = pixels(layer.page, scale, grey)
    return Picture(drawn if scan else softened(drawn), max(MIN_DPI, round(scale * POINTS)))


def bounded(scale: float, page: pdfium.PdfPage) -> float:
    """The scale, smaller where the picture would be too large."""
    width, height = page.get_size()
    return min(scale, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))


def picture_scale(layer: PageLayer) -> float:
    """Pixels a point of the picture that `draw` makes."""
    scan = scan_scale(layer)
    return bounded(scan[0] if scan else LETTERS_DPI / POINTS, layer.page)


def scan_scale(layer: PageLayer) -> tuple[float, bool] | None:
    """Pixels a point at which the page's scan keeps its own pixels, and whether it is grey; None where the page is no
    scan. Scans come whole, in strips or in layers; emblems and signatures beside them do not count."""
    width, height = layer.page.get_size()
    sizes = [(area(picture), picture.get_metadata()) for picture in layer.pictures]
    least = max(0.25 * max((size for size, _ in sizes), default=0.0), 0.005 * width * height)
    scans = [(size, told) for size, told in sizes if size >= least and told.width and told.height]
    if sum(size for size, _ in scans) < 0.3 * width * height:
        return None
    scale = max(math.sqrt(told.width * told.height / size) for size, told in scans)
    grey = all(told.bits_per_pixel <= 8 for _, told in scans)
    return min(max(scale, MIN_DPI / POINTS), MAX_DPI / POINTS), grey


def pixels(page: pdfium.PdfPage, scale: float, grey: bool, overlays: bool = False, crop=(0, 0, 0, 0)) -> np.ndarray:
    """The page drawn; `overlays`: with stamps and form fields; `crop`: points left out at left, bottom, right, top."""
    bitmap = page.render(
        scale=scale, grayscale=grey, rev_byteorder=not grey, draw_annots=overlays, may_draw_forms=overlays, crop=crop
    )
    try:
        drawn = bitmap.to_numpy().copy()
    finally:
        bitmap.close()
    return drawn[:, :, 0] if drawn.ndim == 3 and drawn.shape[2] == 1 else drawn
