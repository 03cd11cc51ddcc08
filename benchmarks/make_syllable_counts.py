#!/usr/bin/env python3
"""Count syllables and pairs of neighbouring syllables in official texts, for putting back marks that OCR lost.

    python benchmarks/make_syllable_counts.py [--add] TEXT_OR_PDF_OR_DOCX [...]

Writes `extractors/rules/syllables.csv` with what stands at least twice: counts, no sentences; `--add` adds to those
that it has. Leave out the texts by whose scans the reading is judged. Use texts whose marks are
right (digital ones, no scans), of as many subjects and offices as there are.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from extractors.cleaning import clean
from extractors.cleaning.marks import counts, syllables_of
from pipeline.ingest import read_file

TARGET = Path(__file__).parent.parent / "extractors" / "rules" / "syllables.csv"
MIN_COUNT = 2


def count(paths: list[Path]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Syllables and pairs in small letters."""
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for path in paths:
        document = read_file(path)
        if document.ocr_confidence is not None:
            raise SystemExit(f"{path} was read by OCR: its marks are not to be learnt from")
        before = None
        for syllable in syllables_of(clean(document.source).text):
            word = syllable.text.lower()
            singles[word] += 1
            if before is not None and syllable.follows:
                pairs[before, word] += 1
            before = word
    return singles, pairs


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--add", action="store_true", help="add to the counts that are there")
    args = parser.parse_args()
    singles, pairs = count(args.paths)
    if args.add:
        singles.update(counts().single)
        pairs.update(counts().pair)
    rows = [(word, "", n) for word, n in singles.items() if n >= MIN_COUNT]
    rows += [(*pair, n) for pair, n in pairs.items() if n >= MIN_COUNT]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("first", "second", "count"))
        writer.writerows(sorted(rows))
    print(f"{TARGET}: {len(rows)} rows from {sum(singles.values())} syllables")


if __name__ == "__main__":
    main()
