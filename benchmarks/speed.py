"""How fast plans are read, end to end and by stage, in one process, and how much memory that takes.

    python benchmarks/speed.py [--input DIR] [--copies 50] [--distinct] [--jobs N]

Reads every plan of the input (default: the sample plans) `copies` times and prints documents and characters a second:
for the whole run with its tables, then for each stage on its own. Figures move from machine to machine; shares hold.

`--distinct` gives each copy other numbers and, in every line, other words: what was remembered of one copy then helps
little with the next, as with plans of different provinces. Only text files are varied.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from extractors import extract as extraction
from extractors.context import Plan
from pipeline.ingest import read_file
from pipeline.run import IN_PROCESS, Options, run

ROOT = Path(__file__).resolve().parent.parent
STAGES = (  # what `extract` calls in turn, by its name there
    "clean", "read_metadata", "told_money", "section_rows", "extract_targets", "table_targets", "extract_funding",
    "table_funding", "extract_assignments", "table_assignments", "Duties", "extract_deadlines", "table_deadlines",
    "extract_activities", "table_activities", "extract_citations", "check",
)  # fmt: skip


def by_stage(files: list[Path], copies: int) -> dict[str, float]:
    """Seconds spent in each stage over all files and copies; what two stages share counts for the first of them."""
    seconds: dict[str, float] = {}

    def timed(name: str, function: Callable) -> Callable:
        def call(*arguments, **named):
            begin = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - begin

        return call

    read = timed("read file", read_file)
    with ExitStack() as stack:
        for name in STAGES:
            stack.enter_context(patch.object(extraction, name, timed(name, getattr(extraction, name))))
        stack.enter_context(patch.object(Plan, "read", timed("outline", Plan.read)))
        for _ in range(copies):
            for path in files:
                extraction.extract(read(path).source, "d0")
    return seconds


def varied(text: str, seed: int) -> str:
    """The text with other digits (years and single figures stay) and, in each line, one word in thirty another one."""
    chance = random.Random(seed)
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word.islower()]

    def other_number(match: re.Match[str]) -> str:
        digits = match.group()
        if len(digits) == 1 or re.fullmatch(r"(?:19|20)\d\d", digits):
            return digits
        return chance.choice("123456789") + "".join(chance.choice("0123456789") for _ in digits[1:])

    def other_words(line: str) -> str:
        parts = re.split(r"(\s+)", re.sub(r"\d+", other_number, line))
        for at in chance.choices(range(len(parts)), k=len(parts) // 30 + 1):
            if parts[at].isalpha() and parts[at].islower():
                parts[at] = chance.choice(words)
        return "".join(parts)

    return "\n".join(map(other_words, text.split("\n")))


def lay_out(files: list[Path], copies: int, folder: Path, distinct: bool) -> None:
    """Put the copies of the files into a folder, each varied in its own way where they are to be distinct."""
    for n in range(copies):
        for number, path in enumerate(files):
            target = folder / f"{n:04d}-{path.name}"
            if distinct and path.suffix in (".txt", ".md", ".html"):
                text = varied(path.read_text(encoding="utf-8"), n * len(files) + number)
                target.write_text(text, encoding="utf-8")
            else:
                shutil.copy(path, target)


def end_to_end(files: list[Path], copies: int, distinct: bool, jobs: int) -> tuple[float, int]:
    """Seconds and characters of a whole run over `copies` copies of the files, tables written."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        lay_out(files, copies, source, distinct)
        begin = time.perf_counter()
        run(source, Path(folder) / "out", options=Options(jobs=jobs))
        return time.perf_counter() - begin, sum(len(read_file(f).source.pages[0]) for f in files) * copies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, default=ROOT / "data" / "raw")
    parser.add_argument("--copies", type=int, default=50)
    parser.add_argument("--distinct", action="store_true")
    parser.add_argument("--jobs", type=int, default=IN_PROCESS, help="0: in this process")
    arguments = parser.parse_args()
    files = sorted(p for p in arguments.input.iterdir() if p.is_file() and not p.name.startswith("."))
    by_stage(files, 1)  # load models and vocabularies
    seconds, characters = end_to_end(files, arguments.copies, arguments.distinct, arguments.jobs)
    documents = len(files) * arguments.copies
    print(
        f"end to end: {documents} documents in {seconds:.1f} s: {documents / seconds:.1f} documents/s, "
        f"{characters / seconds:,.0f} characters/s"
    )
    stages = by_stage(files, max(1, arguments.copies // 5))
    whole = sum(stages.values())
    for name, spent in sorted(stages.items(), key=lambda item: -item[1]):
        print(
            f"  {name:<18} {100 * spent / whole:5.1f} %  "
            f"{1000 * spent / (len(files) * max(1, arguments.copies // 5)):7.2f} ms a document"
        )
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
