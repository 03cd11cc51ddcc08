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
from pathlib import Path

from extractors import extract as extraction
from extractors.cleaning import clean
from extractors.context import Plan
from extractors.metadata import read_metadata
from pipeline.ingest import read_file
from pipeline.run import IN_PROCESS, Options, run

ROOT = Path(__file__).resolve().parent.parent
STAGES: dict[str, Callable] = {
    "sections": extraction.section_rows,
    "targets": extraction.extract_targets,
    "funding": extraction.extract_funding,
    "assignments": extraction.extract_assignments,
    "deadlines": extraction.extract_deadlines,
    "activities": extraction.extract_activities,
    "citations": extraction.extract_citations,
}


def by_stage(files: list[Path], copies: int) -> dict[str, float]:
    """Seconds spent in each stage over all files and copies."""
    seconds: dict[str, float] = {}

    def timed(name: str, function: Callable, *arguments):
        begin = time.perf_counter()
        result = function(*arguments)
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - begin
        return result

    for _ in range(copies):
        for path in files:
            source = timed("read file", read_file, path).source
            text = timed("clean", clean, source)
            plan = timed("outline", Plan.read, text, "d0")
            plan.meta = timed("head", read_metadata, plan.clean, plan.body_start, plan.body_end)
            timed("language", lambda p: (p.reading.agencies, p.reading.funding_sources), plan)
            rows = {name: timed(name, stage, plan) for name, stage in STAGES.items()}
            timed("checks", extraction.check, plan, rows)
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
