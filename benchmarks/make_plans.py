#!/usr/bin/env python3
"""Write full-length plans in the project's own words, with their truth beside them.

    python benchmarks/make_plans.py --count 100 --seed 1 --out /tmp/plans [--format txt,pdf,docx,scan]

fills `OUT/txt`, `OUT/pdf`, `OUT/docx`, `OUT/scan` and `OUT/gold` with files of the same stem. The plan with an index is
the same for a seed, however many are made: `--first 1000 --count 10` gives ten more that belong to the same corpus.

    kehoach run /tmp/plans/txt --out /tmp/tables
    kehoach evaluate /tmp/tables --gold /tmp/plans/gold
    python benchmarks/plan_constructs.py /tmp/tables --gold /tmp/plans/gold      # by construct

PDF and scans need reportlab and DejaVu Serif (Debian's `fonts-dejavu-core`).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.plans import GeneratedPlan, make_plan
from benchmarks.plans.text import as_text


def text_bytes(plan: GeneratedPlan) -> bytes:
    """The plan as UTF-8."""
    return as_text(plan).encode()


def pdf_bytes(plan: GeneratedPlan) -> bytes:
    """Loads reportlab only when a PDF is wanted."""
    from benchmarks.plans.as_pdf import as_pdf

    return as_pdf(plan)


def word_bytes(plan: GeneratedPlan) -> bytes:
    """Loads python-docx only when a Word file is wanted."""
    from benchmarks.plans.as_word import as_word

    return as_word(plan)


def scan_bytes(plan: GeneratedPlan) -> bytes:
    """Loads pypdfium2, numpy and pillow only when a scan is wanted."""
    from benchmarks.plans.as_scan import as_scan

    return as_scan(plan)


FORMATS: dict[str, tuple[str, Callable[[GeneratedPlan], bytes]]] = {
    "txt": (".txt", text_bytes),
    "pdf": (".pdf", pdf_bytes),
    "docx": (".docx", word_bytes),
    "scan": (".pdf", scan_bytes),
}


def write_plan(index: int, seed: int, out: Path, formats: tuple[str, ...]) -> str:
    """Write one plan in all formats, and its gold; return its stem. Nothing is kept."""
    plan = make_plan(seed, index)
    for name in formats:
        suffix, render = FORMATS[name]
        (out / name / f"{plan.stem}{suffix}").write_bytes(render(plan))
    gold = json.dumps(plan.gold, ensure_ascii=False, indent=1)
    (out / "gold" / f"{plan.stem}.json").write_text(gold, encoding="utf-8")
    return plan.stem


def write_plans(
    count: int, seed: int, out: Path, formats: tuple[str, ...] = ("txt",), first: int = 0, jobs: int = 1
) -> Iterator[str]:
    """Write so many plans below `out`, one after the other, and yield each stem when its files are there."""
    for name in (*formats, "gold"):
        (out / name).mkdir(parents=True, exist_ok=True)
    work = partial(write_plan, seed=seed, out=out, formats=formats)
    indices = range(first, first + count)
    if jobs == 1:
        yield from map(work, indices)
        return
    with get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(work, indices, chunksize=8)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--format", default="txt", help=f"of {','.join(FORMATS)}")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    formats = tuple(arguments.format.split(","))
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        parser.error(f"no format {', '.join(unknown)}; known are {', '.join(FORMATS)}")
    begin, done = time.monotonic(), 0
    for done, _ in enumerate(
        write_plans(arguments.count, arguments.seed, arguments.out, formats, arguments.first, arguments.jobs), 1
    ):
        if done % 500 == 0:
            print(f"{done} plans, {done / (time.monotonic() - begin):.0f} a second", flush=True)
    seconds = time.monotonic() - begin
    print(f"{done} plans as {', '.join(formats)} with gold in {arguments.out}: {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
