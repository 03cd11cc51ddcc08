#!/usr/bin/env python3
"""Pages a second of digital PDF: pypdfium2's text alone, our reading, the extractors, and end to end.

    python benchmarks/pdf.py FOLDER [--rounds 5] [--pdfplumber PYTHON]

One process, each way after the other on each file, in rounds, so that a busy machine is unfair to none; the fastest
round of each file counts. Seconds are the processor's; the clock's stand behind. `end to end` is what a worker does
with a file: hash, read, extract, check and pack its rows. The last line compares it with pypdfium2's text alone plus
the extractors. `--pdfplumber` names the Python of an environment that has pdfplumber, which is timed there.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import pypdfium2 as pdfium

from extractors.extract import extract
from pipeline.collector import look_seldom
from pipeline.document import Task, default_steps, read_document
from pipeline.ingest.reader import read_bytes

PLUMBER = """
import sys, time, pdfplumber
for path in sys.argv[1:]:
    used, clock = time.process_time(), time.perf_counter()
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
    print(time.process_time() - used, time.perf_counter() - clock)
"""
Seconds = tuple[float, float]


def text_alone(data: bytes) -> int:
    """pypdfium2's text of every page; the number of pages."""
    document = pdfium.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_bounded()
    pages = len(document)
    document.close()
    return pages


def timed(function: Callable, *arguments) -> Seconds:
    """Seconds of the processor and of the clock."""
    used, clock = process_time(), perf_counter()
    function(*arguments)
    return process_time() - used, perf_counter() - clock


def end_to_end(path: Path) -> None:
    """What a worker does with a file; raises where it fails."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    facts = read_document(Task(path, path.name, digest, "d" + digest[:16]), default_steps())
    if facts.failure:
        raise SystemExit(f"{path}: {facts.failure.message}")


def pdfplumber(python: str, files: list[Path]) -> list[Seconds]:
    """pdfplumber's seconds for each file, in its own environment."""
    done = subprocess.run([python, "-c", PLUMBER, *map(str, files)], capture_output=True, text=True, check=True)
    return [(float(used), float(clock)) for used, clock in (line.split() for line in done.stdout.splitlines())]


def fastest(rounds: list[list[Seconds]]) -> Seconds:
    """The least of each file's rounds, summed over the files."""
    by_file = list(zip(*rounds, strict=True))
    return sum(min(u for u, _ in of) for of in by_file), sum(min(c for _, c in of) for of in by_file)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pdfplumber", metavar="PYTHON")
    options = parser.parse_args()
    files = sorted(options.folder.glob("*.pdf"))
    contents = [path.read_bytes() for path in files]
    pages = sum(map(text_alone, contents))
    sources = [read_bytes(data).source for data in contents]
    for path in files:
        end_to_end(path)  # rules and language engine are loaded once
    look_seldom()  # as a worker does
    ways: dict[str, Callable[[], list[Seconds]]] = {
        "pypdfium2's text alone": lambda: [timed(text_alone, data) for data in contents],
        "our reading": lambda: [timed(read_bytes, data) for data in contents],
        "the extractors": lambda: [timed(extract, source, "d0") for source in sources],
        "end to end": lambda: [timed(end_to_end, path) for path in files],
    }
    if options.pdfplumber:
        ways["pdfplumber's text"] = lambda: pdfplumber(options.pdfplumber, files)
    spent: dict[str, list[list[Seconds]]] = {name: [] for name in ways}
    for _ in range(options.rounds):
        for name, way in ways.items():
            spent[name].append(way())
    total = {name: fastest(rounds) for name, rounds in spent.items()}
    print(f"{len(files)} files, {pages} pages, {options.rounds} rounds; load {os.getloadavg()[0]:.1f}")
    for name, (used, clock) in total.items():
        print(f"{name:<24} {pages / used:8.1f} pages/s ({used:.3f} s of processor, {clock:.3f} s by the clock)")
    floor = total["pypdfium2's text alone"][0] + total["the extractors"][0]
    print(f"end to end to pypdfium2's text plus the extractors: {total['end to end'][0] / floor:.2f}")


if __name__ == "__main__":
    main()
