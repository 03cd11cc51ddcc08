#!/usr/bin/env python3
"""Seconds a page of OCR, against bare Tesseract on the same pictures.

    python benchmarks/ocr.py SCAN.pdf [--pages 6] [--rounds 1]

Bare: the page's picture is taken out of the PDF once, beforehand, and given to `tesseract … -l vie --psm 3`, one page
after the other, one thread each. Ours: PDF in, text by page out. Both are timed in turns, so that a busy machine is
unfair to neither; the fastest round counts. Seconds of the clock and of the processors are printed: on a busy machine
only the latter mean something.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path

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


def bare(paths: list[Path]) -> tuple[float, float]:
    """Seconds that Tesseract itself takes."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    start = seconds()
    for path in paths:
        command = [tesseract.program(), str(path), "stdout", "-l", "vie", "--psm", "3"]
        subprocess.run(command, env=environment, capture_output=True, check=True)
    return since(start)


def ours(data: bytes, pages: int, jobs: int) -> tuple[float, float]:
    """Seconds from the PDF's bytes to the text of its pages."""
    start = seconds()
    document = pdf.open_document(data)
    indices = list(range(min(pages, len(document))))
    for _ in read_pictures(pdf.drawn(document, indices), jobs):
        pass
    document.close()
    return since(start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scan", type=Path)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    data = options.scan.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        paths = pictures_of(data, options.pages, Path(folder))
        times: dict[str, list[tuple[float, float]]] = {"bare": [], "one": [], "two": []}
        for _ in range(options.rounds):
            times["bare"].append(bare(paths))
            times["one"].append(ours(data, options.pages, 1))
            times["two"].append(ours(data, options.pages, 2))
    print(f"engine: {find_engine().name}; {len(paths)} pages; load {os.getloadavg()[0]:.1f}")
    for name, label in (("bare", "bare Tesseract, one page at a time"), ("one", "ours, one"), ("two", "ours, two")):
        parts = []
        for i, kind in enumerate(("clock", "processor")):
            each, base = min(t[i] for t in times[name]), min(t[i] for t in times["bare"])
            parts.append(f"{each / len(paths):.2f} s a page of {kind} ({each / base:.2f} times bare)")
        print(f"{label}: {'; '.join(parts)}")


if __name__ == "__main__":
    main()
