#!/usr/bin/env python3
"""Whether the confidence of a scan's rows tells which of them are wrong.

    python benchmarks/doubt.py [NAME ...] [--kinds good,soft,worse,fax,copy] [--folder tests/heldout/plans]

sets plans that are text (all of FOLDER, or those named) on pages, scans these well and badly, reads the scans and holds
each row of targets, funding and deadlines against those that the text itself gives: a row is right where the text has
one with the same values in a like quote. So what OCR spoils is judged, and nothing else. Prints how many rows of each
confidence are wrong, with doubt told by page alone and by figure. Some ten seconds a plan and kind.
"""

from __future__ import annotations

import argparse
import difflib
import io
import sys
import unicodedata
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.typeset import as_pdf
from extractors.extract import extract
from extractors.plan import Source
from pipeline.ingest.reader import read_bytes

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
SURE = 0.8
LIKE = 0.55
"""How alike quotes of one row are that OCR read with errors."""
VALUES = {
    "targets": ("value_min", "value_max", "unit"),
    "funding": ("amount_vnd", "share_percent"),
    "deadlines": ("kind", "start_date", "end_date", "recurrence"),
}


@dataclass(frozen=True, slots=True)
class Scanner:
    """How pages are spoilt: dots an inch, degrees askew, blur, noise, how grey the ink is, JPEG quality, and between
    which levels of grey a copier takes marks for ink (none: it keeps greys)."""

    dpi: int
    askew: float
    blur: float
    noise: float
    grey: int
    quality: int
    ink: tuple[int, ...] = ()

    def scan(self, pdf: bytes, seed: int) -> bytes:
        """A PDF as this scanner gives it back."""
        chance = np.random.default_rng(seed)
        document = pdfium.PdfDocument(pdf)
        try:
            pages = [self.worn(p.render(scale=self.dpi / 72, grayscale=True).to_pil(), chance) for p in document]
        finally:
            document.close()
        stream = io.BytesIO()
        more = {"save_all": True, "append_images": pages[1:]}
        pages[0].save(stream, "PDF", resolution=self.dpi, quality=self.quality, **more)
        return stream.getvalue()

    def worn(self, page: Image.Image, chance: np.random.Generator) -> Image.Image:
        """One page."""
        angle = float(chance.uniform(-self.askew, self.askew))
        turned = page.convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(self.blur)), dtype=np.float32)
        pixels = self.grey + pixels * (255 - self.grey) / 255 + chance.normal(-4, self.noise, pixels.shape)
        if self.ink:
            pixels = 255 / (1 + np.exp(-(pixels - float(chance.choice(self.ink))) / 10))
        return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


SCANNERS = {
    "good": Scanner(200, 0.5, 0.4, 8, 0, 60),
    "soft": Scanner(200, 1.0, 1.6, 10, 60, 30),
    "worse": Scanner(110, 1.0, 0.8, 20, 50, 20),
    "fax": Scanner(130, 1.0, 0.5, 25, 0, 40, (120, 155, 190)),
    "copy": Scanner(170, 1.0, 1.1, 14, 0, 40, (105, 205)),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of a scan: how sure it is with doubt told by page, and by figure, and whether the text says the same."""

    table: str
    by_page: float
    by_figure: float
    right: bool


def judged(source: Source, truth: dict[str, list]) -> list[Judged]:
    """The rows of a scan."""
    rows = extract(source, "scan").rows
    with patch("extractors.extract.weigh", lambda plan, rows: None):
        plain = extract(source, "scan").rows
    return [
        Judged(table, before.confidence, after.confidence, is_right(table, after, truth[table]))
        for table in VALUES
        for before, after in zip(plain[table], rows[table], strict=True)
    ]


def is_right(table: str, row: Any, truth: Sequence[Any]) -> bool:
    """The text has a row with the same values in a like quote."""
    same = (t for t in truth if all(getattr(t, name) == getattr(row, name) for name in VALUES[table]))
    return any(alike(folded(row.quote), folded(other.quote)) for other in same)


def alike(a: str, b: str) -> bool:
    """Two quotes are of one place."""
    return a in b or b in a or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() > LIKE


def folded(text: str) -> str:
    """Letters and digits without marks, which OCR loses."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if c.isalnum())


def area(rows: Sequence[tuple[float, bool]]) -> float:
    """The chance that a right row is surer than a wrong one (area under the ROC curve)."""
    right = sorted(confidence for confidence, is_right in rows if is_right)
    wrong = [confidence for confidence, is_right in rows if not is_right]
    beaten = sum(len(right) - (bisect_left(right, c) + bisect_right(right, c)) / 2 for c in wrong)
    return beaten / max(len(right) * len(wrong), 1)


def report(name: str, rows: Sequence[Judged]) -> None:
    """How many rows of each confidence are wrong."""
    print(f"{name}: {len(rows)} rows, {sum(not row.right for row in rows)} wrong")
    for way in ("by_page", "by_figure"):
        told = [(getattr(row, way), row.right) for row in rows]
        sure = [right for confidence, right in told if confidence >= SURE]
        bounds = zip(EDGES, (*EDGES[1:], 2.0), strict=True)
        bins = {low: [right for c, right in told if low <= c < high] for low, high in bounds}
        spread = "  ".join(f"{edge}: {len(b)} ({b.count(False)})" for edge, b in bins.items() if b)
        print(f"  {way}: area {area(told):.3f}; of {len(sure)} rows >= {SURE} wrong {sure.count(False)}; {spread}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="stems of the plans (all)")
    parser.add_argument("--kinds", default=",".join(SCANNERS))
    parser.add_argument("--folder", type=Path, default=Path("tests/heldout/plans"))
    arguments = parser.parse_args()
    plans = [arguments.folder / f"{n}.txt" for n in arguments.names] or sorted(arguments.folder.glob("*.txt"))
    rows: dict[str, list[Judged]] = {kind: [] for kind in arguments.kinds.split(",")}
    for plan in plans:
        text = plan.read_text(encoding="utf-8")
        truth, pdf = extract(Source((text,)), "text").rows, as_pdf(plan.stem, text)
        for kind, found in rows.items():
            scan = SCANNERS[kind].scan(pdf, zlib.crc32(f"{plan.stem}{kind}".encode()))
            found += judged(read_bytes(scan).source, truth)
            print(f"{plan.stem} {kind}", file=sys.stderr)
    for kind, found in rows.items():
        report(kind, found)
    for table in VALUES:
        report(table, [row for found in rows.values() for row in found if row.table == table])
    report("all", [row for found in rows.values() for row in found])


if __name__ == "__main__":
    main()
