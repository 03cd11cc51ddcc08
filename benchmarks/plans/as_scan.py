"""A plan as a scan: its PDF pages as grey pictures, a little crooked and noisy, in a PDF without text."""

from __future__ import annotations

import io
import time
import zlib

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from benchmarks.plans.as_pdf import as_pdf
from benchmarks.plans.draft import GeneratedPlan

DPI, QUALITY = 200, 60
CROOKED, NOISE = 0.5, 8.0
"""Degrees at most, and the deviation of the grey values: a good office scanner."""


def as_scan(plan: GeneratedPlan) -> bytes:
    """The file; the noise comes from the plan's name, so that the bytes are the same on every run."""
    return scanned(as_pdf(plan), zlib.crc32(plan.stem.encode()))


def scanned(pdf: bytes, seed: int) -> bytes:
    """A PDF as a scanner gives it back."""
    chance = np.random.default_rng(seed)
    document = pdfium.PdfDocument(pdf)
    try:
        pages = [worn(page.render(scale=DPI / 72, grayscale=True).to_pil(), chance) for page in document]
    finally:
        document.close()
    stream = io.BytesIO()
    stamp = time.gmtime(1_577_836_800)
    pages[0].save(
        stream, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=QUALITY,
        creationDate=stamp, modDate=stamp,
    )  # fmt: skip
    return stream.getvalue()


def worn(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    """A page as a scanner gives it."""
    angle = float(chance.uniform(-CROOKED, CROOKED))
    turned = page.convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    turned = turned.filter(ImageFilter.GaussianBlur(0.4))
    grey = np.asarray(turned, dtype=np.float32) + chance.normal(-4, NOISE, (turned.height, turned.width))
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))
