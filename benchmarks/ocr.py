#!/usr/bin/env python3
"""Seconds a page of OCR, against bare Tesseract on the same pictures.

    python benchmarks/ocr.py SCAN.pdf [--pages 6] [--rounds 2]

Bare: the page's picture is taken out of the PDF once, beforehand, and given to `tesseract … -l vie --psm 3`, one
thread. Ours: page of the PDF in, text out. Both are timed in turns, page by page, so that a busy machine is unfair to
neither, and the fastest round of each page counts. Two at a time is timed over all pages, against one at a time.
Seconds of the clock and of the processors are printed: on a busy machine only the latter mean something.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from pipeline.ingest import pdf
from pipeline.ingest.ocr import find_engine, read_pictures, tesseract
from pipeline.ingest.pdf_picture import draw


def pictures_of(data: bytes, pages: int, folder: Path) -> list[Path]:
    """The first pages as picture files."""
    document = pdf.open_document(data)
    paths = []
    for index in range(min(pages, len(document))):
        layer = pdf.open_layer(document, index)
        path = folder / f"{index}.tif"
        picture = draw(layer)
        Image.fromarray(picture.pixels).save(path, dpi=(picture.dpi, picture.dpi))
        layer.page.close()
        paths.append(path)
    document.close()
    return paths


def seconds() -> tuple[float, float]:
    """The clock, and what this process and its children have used of the processors."""
    used = os.times()
    return time.perf_counter(), used.user + used.system + used.children_user + used.children_system


def since(start: tuple[float, float]) -> tuple[float, float]:
    """Seconds gone by since then."""
    now = seconds()
    return now[0] - start[0], now[1] - start[1]


def bare(path: Path) -> tuple[float, float]:
    """Seconds that Tesseract itself takes for a picture."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    start = seconds()
    command = [tesseract.program(), str(path), "stdout", "-l", "vie", "--psm", "3"]
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return since(start)


def ours(document: pdfium.PdfDocument, indices: list[int], jobs: int) -> tuple[float, float]:
    """Seconds from pages of the PDF to their text."""
    start = seconds()
    for _ in read_pictures(pdf.drawn(document, indices), jobs):
        pass
    return since(start)


def fastest(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    """The least of each kind of seconds."""
    return min(clock for clock, _ in rounds), min(used for _, used in rounds)


def total(pages: list[tuple[float, float]]) -> tuple[float, float]:
    """The sums of each kind of seconds."""
    return sum(clock for clock, _ in pages), sum(used for _, used in pages)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scan", type=Path)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    data, engine = options.scan.read_bytes(), find_engine()
    document = pdf.open_document(data)
    with tempfile.TemporaryDirectory() as folder:
        paths = pictures_of(data, options.pages, Path(folder))
        alone, one = [], []
        for index, path in enumerate(paths):
            rounds = [(bare(path), ours(document, [index], 1)) for _ in range(options.rounds)]
            alone.append(fastest([by for by, _ in rounds]))
            one.append(fastest([by for _, by in rounds]))
        indices = list(range(len(paths)))
        turns = [(ours(document, indices, 1), ours(document, indices, 2)) for _ in range(options.rounds)]
    document.close()
    print(f"engine: {engine.name}; {len(paths)} pages; load {os.getloadavg()[0]:.1f}")
    rows = [("bare Tesseract", total(alone)), ("ours, one at a time", total(one))]
    rows += [("ours, all pages, one at a time", fastest([a for a, _ in turns]))]
    rows += [("ours, all pages, two at a time", fastest([b for _, b in turns]))]
    for label, (clock, used) in rows:
        print(f"{label:<32} {clock / len(paths):6.2f} s a page by the clock, {used / len(paths):6.2f} of processor")
    clock, used = (ours / bare for ours, bare in zip(rows[1][1], rows[0][1], strict=True))
    print(f"ours to bare: {clock:.2f} by the clock, {used:.2f} of processor")
    print(f"one to two at a time: {rows[2][1][0] / rows[3][1][0]:.2f} by the clock")


if __name__ == "__main__":
    main()
