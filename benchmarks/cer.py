#!/usr/bin/env python3
"""Character error rate of what is read off scans, against their text.

    python benchmarks/cer.py SCANS TEXTS [--engine tesseract|trueocr] [--order-free]

SCANS and TEXTS are two folders with files of the same stems, or two files. The rate is the edit distance (insertions,
deletions, exchanges of a character) over the length of the text. Before, both sides lose what is no letter of the
document: Unicode is composed (NFC), `*`, `#` and `|` (marks of Markdown and of tables) go, lines that hold a page
number alone go, dots of a leader become three, and runs of blanks and line ends become one blank.

What is compared is the text as the reader gives it, in its order, before cleaning. A text in `pdftotext -layout`'s form
has the two columns of a letterhead side by side, which we do not: with `--order-free` each fragment of a line (parted
by three blanks) of the text is compared with the fragment of ours that is most like it, and what is left of ours counts
as inserted. The printed confidence is the engine's own.
"""

from __future__ import annotations

import argparse
import os
import re
import unicodedata
from pathlib import Path

MARKS = re.compile(r"[*#|]+")
PAGE_NUMBER = re.compile(r"(?m)^[ \t\f]*\d{1,3}[ \t]*$")
LEADER = re.compile(r"[.…_]{3,}")
COLUMNS = re.compile(r" {3,}")


def without_marks(text: str) -> str:
    """The text without what is no letter of the document."""
    text = MARKS.sub("", unicodedata.normalize("NFC", text))
    return LEADER.sub("...", PAGE_NUMBER.sub("", text))


def normal(text: str) -> str:
    """The text in one line."""
    return " ".join(without_marks(text).split())


def fragments(text: str) -> list[str]:
    """The pieces of lines that stand in columns of their own."""
    pieces = (" ".join(piece.split()) for line in without_marks(text).split("\n") for piece in COLUMNS.split(line))
    return [piece for piece in pieces if piece]


def distance(one: str, other: str) -> int:
    """The edit distance, all cells of a column of its table at once as bits of a number (Myers, Hyyrö)."""
    long, short = sorted((one, other), key=len, reverse=True)
    if not short:
        return len(long)
    at: dict[str, int] = {}
    for i, character in enumerate(short):
        at[character] = at.get(character, 0) | 1 << i
    whole, last = (1 << len(short)) - 1, 1 << (len(short) - 1)
    plus, minus, score = whole, 0, len(short)
    for character in long:
        match = at.get(character, 0) | minus
        diagonal = (((match & plus) + plus) ^ plus) | match
        more, less = (minus | ~(plus | diagonal)) & whole, plus & diagonal
        score += bool(more & last) - bool(less & last)
        more, less = ((more << 1) | 1) & whole, (less << 1) & whole
        plus, minus = (less | ~(diagonal | more)) & whole, more & diagonal
    return score


def in_order(text: str, read: str) -> tuple[int, int]:
    """Errors and length, the order of lines counting."""
    text, read = normal(text), normal(read)
    return distance(text, read), len(text)


def in_any_order(text: str, read: str) -> tuple[int, int]:
    """Errors and length, each fragment of the text against the one of ours that is most like it."""
    ours, errors, length = fragments(read), 0, 0
    for piece in sorted(fragments(text), key=len, reverse=True):
        nearest = min(ours, key=lambda other: distance(piece, other), default="")
        found = min(distance(piece, nearest), len(piece))
        if found < len(piece):
            ours.remove(nearest)
        errors, length = errors + found, length + len(piece)
    return errors + sum(map(len, ours)), length


def pairs(scans: Path, texts: Path) -> list[tuple[Path, Path]]:
    """Each scan with its text."""
    if scans.is_file():
        return [(scans, texts)]
    by_stem = {path.stem: path for path in texts.iterdir() if path.suffix in (".txt", ".md")}
    return [(path, by_stem[path.stem]) for path in sorted(scans.iterdir()) if path.stem in by_stem]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--engine", choices=("tesseract", "trueocr"), default="tesseract")
    parser.add_argument("--order-free", action="store_true")
    options = parser.parse_args()
    if options.engine == "trueocr":
        os.environ["TESSERACT_CMD"] = "none"
    from pipeline.ingest import read_file
    from pipeline.ingest.ocr import find_engine

    errors = length = 0
    for scan, text in pairs(options.scans, options.texts):
        read = read_file(scan)
        measure = in_any_order if options.order_free else in_order
        wrong, of = measure(text.read_text(encoding="utf-8"), "\n".join(read.source.pages))
        errors, length = errors + wrong, length + of
        sure = f", confidence {read.ocr_confidence:.3f}" if read.ocr_confidence else ""
        print(f"{scan.name}: {wrong} of {of} characters, {wrong / of:.2%}{sure} ({read.text_source})")
    print(f"{find_engine().name}: {errors / max(length, 1):.2%} of {length} characters")


if __name__ == "__main__":
    main()
