"""How time and memory grow up to 100,000 documents: making the tables, comparing them, looking things up.

    python benchmarks/scale.py [--sizes 1000 10000 30000 100000] [--plans 300] [--folder DIR] [--plot FILE.svg]

Reading 100,000 plans takes hours, and is the same work for each. So `--plans` generated plans are read as a user's are,
and their facts are then multiplied in the store: each copy gets ids, number, day, place and path of its own, and a
wording of which half is its own (so that copies of one plan are as alike as plans of one subject are). Beside the facts
lies a small file a document, whose bytes give the id. Everything measured is the real program: `kehoach` in a fresh
process: seconds by the clock, seconds of the processor, and the peak of its memory.

100,000 documents take 12 GB of disk below `--folder` (default: the system's folder for temporary files).
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import math
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.plans import plans
from benchmarks.plans.text import as_text
from pipeline.contract import schema_of
from pipeline.document import Facts
from pipeline.generations import CURRENT, generations
from pipeline.likeness import Likeness, Wording, signature_from
from pipeline.manifest import extractor_digest, tools_digest
from pipeline.packing import pack, unpack
from pipeline.run import run
from pipeline.store import About, Store

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 30_000, 100_000)
PLACE = ("issuer", "issuer_level", "province_code", "province_name", "district_code", "district_name", "commune_code")
PLACE += ("commune_name", "current_province_code", "current_province_name")
"""Columns that a copy takes from another plan."""
LONGEST = 100_000
"""Words that no plan has."""
AT_ONCE = 500
"""Copies that go into the store together."""
GONE = 10
FEWER = f"run: {GONE} files gone"


# --- facts, multiplied


@dataclass(frozen=True, slots=True)
class Read:
    """A plan that was read, with all that the store knows of it."""

    tables: dict[str, pa.RecordBatch]
    about: About
    likeness: Likeness
    text_source: str
    row: dict[str, Any]
    """Of `documents`."""
    words: int

    @classmethod
    def of(cls, store: Store, doc_id: str, text_source: str) -> Read:
        """A plan of a store."""
        tables = unpack(store.packed(doc_id))
        (row,) = tables["documents"].to_pylist()
        words = len(Wording.of(row["text"]).plain)
        return cls(tables, store.about(doc_id), store.likeness(doc_id), text_source, row, words)


def read_plans(folder: Path, count: int) -> Path:
    """Generate plans and read them for good; the output folder."""
    source = folder / "plans"
    source.mkdir(parents=True)
    for plan in plans(count, seed=1):
        (source / f"{plan.stem}.txt").write_text(as_text(plan), encoding="utf-8")
    run(source, folder / "read")
    return folder / "read"


def all_read(out: Path) -> list[Read]:
    """The plans that were read."""
    with Store(out) as store:
        return [Read.of(store, doc_id, known.text_source) for doc_id, known in sorted(store.known().items())]


def multiply(folder: Path, numbers: Iterable[int]) -> None:
    """Add copies to the corpus: a file each, and its facts in the store of `tables`."""
    originals, (extractor, tools) = all_read(folder / "read"), (extractor_digest(), tools_digest())
    remaining = iter(numbers)
    with Store(folder / "tables") as store:
        while some := list(islice(remaining, AT_ONCE)):
            with store.transaction():
                for number in some:
                    store.add(copied(originals, number, add_file(folder / "corpus", number)), extractor, tools)


def path_of(number: int) -> str:
    """Where the file of a copy lies; a thousand in each folder."""
    return f"{number // 1000:03d}/{number:06d}.txt"


def add_file(corpus: Path, number: int) -> str:
    """The small file that stands for a copy; the digest of its bytes."""
    path, content = corpus / path_of(number), f"plan {number}\n".encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def copied(originals: list[Read], number: int, sha256: str) -> Facts:
    """The facts of a copy: a document of its own with as many rows, as much text, as little known."""
    original = originals[number % len(originals)]
    other = originals[number // len(originals) * 7 % len(originals)]
    doc_id = f"d{sha256[:16]}"
    row = original.row | own_head(original.row, other.row, number)
    row |= {"doc_id": doc_id, "source_path": path_of(number), "source_sha256": sha256}
    tables = {name: with_ids(batch, doc_id, number) for name, batch in original.tables.items()}
    tables["documents"] = pa.Table.from_pylist([row], schema_of("documents"))
    packed = pack(tables)
    summary = dataclasses.asdict(original.about.summary)
    summary |= {name: row[name] for name in summary if name in row}
    return Facts(
        doc_id,
        packed=packed,
        digest=hashlib.sha256(packed).hexdigest(),
        summary=summary,
        text_source=original.text_source,
        signs=own_signs(original.about.signs, number, sha256),
        identity=own_identity(original.about, other.about, row),
        likeness=own_likeness(original, number),
        rows=original.about.rows,
        severities=original.about.severities,
    )


def own_head(row: dict[str, Any], other: dict[str, Any], number: int) -> dict[str, Any]:
    """Number, day and place; what the plan does not state, its copy does not either."""
    head = {name: other[name] for name in PLACE}
    if row["doc_number"]:
        head["doc_number"] = f"{number + 1}/KH-UBND"
    if row["issued_date"]:
        head["issued_date"] = row["issued_date"].replace(day=1 + number % 28)
    return head


def with_ids(batch: pa.RecordBatch, doc_id: str, number: int) -> pa.Table:
    """The rows as those of another document."""
    columns = batch.columns
    for at, name in enumerate(batch.schema.names):
        if name == "doc_id":
            columns[at] = pa.repeat(doc_id, batch.num_rows)
        elif name.endswith("_id"):
            columns[at] = pc.binary_replace_slice(columns[at], 11, 17, f"{number:06x}")
    return pa.Table.from_arrays(columns, schema=batch.schema)


def own_signs(signs: list[str], number: int, sha256: str) -> list[str]:
    """Signs that no other copy has; of the kinds that the plan has."""
    return [f"bytes {sha256}" if sign.startswith("bytes") else f"{sign} {number}" for sign in signs]


def own_identity(about: About, other: About, row: dict[str, Any]) -> dict[str, Any]:
    """What is known of a copy."""
    identity = dataclasses.asdict(about.identity)
    identity |= {name: getattr(other.identity, name) for name in PLACE if name in identity}
    if row["doc_number"]:
        identity["doc_number"] = row["doc_number"].split("/")[0] + " khubnd"
    if row["issued_date"]:
        identity["issued_date"] = row["issued_date"].isoformat()
    return identity


def own_likeness(original: Read, number: int) -> Likeness:
    """The wording of a plan to which as much was added as it has; two copies then have a third in common."""
    signature = signature_from(original.likeness)
    signature.update(list(map(str, range(number * LONGEST, number * LONGEST + original.words))))
    return Likeness(signature.__getstate__(), original.likeness.figures)


# --- what it takes


@dataclass(frozen=True, slots=True)
class Taken:
    """What one command took."""

    documents: int
    what: str
    seconds: float
    worked: float
    """Seconds of the processor, which tell more on a machine that does other things, too."""
    megabytes: float

    def line(self) -> str:
        """As a row of the table that is printed."""
        return f"{self.documents:9,}  {self.what:22}  {self.seconds:7.1f}  {self.worked:9.1f}  {self.megabytes:7.0f}"


HEADING = f"{'documents':>9}  {'':22}  seconds  processor  peak MB"


def measured(documents: int, what: str, command: str, *words: object) -> Taken:
    """Run the program in a process of its own. Its memory is asked of the system when it has ended."""
    line = [sys.executable, "-m", "pipeline.cli", command, *map(str, words)]
    begin = time.monotonic()
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    told = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds, process.returncode = time.monotonic() - begin, os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(line)}: exit code {process.returncode}\n{told}")
    return Taken(documents, what, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def measure(folder: Path, size: int, only: Iterable[str] = ("",)) -> Iterator[Taken]:
    """Commands on a corpus of `size` documents whose facts are in the store and of which there is no table.

    `only`: how the names of those begin that are measured after the first, which makes the tables.
    """
    corpus, out = folder / "corpus", folder / "tables"
    forget_tables(out)
    yield measured(size, "run: all tables made", "run", corpus, "--out", out)
    for what, *words in commands(corpus, out, size):
        if not what.startswith(tuple(only)):
            continue
        removed = [size // 2 + at for at in range(GONE)] if what == FEWER and size > 2 * GONE else []
        for number in removed:
            (corpus / path_of(number)).unlink()
        yield measured(size, what, *words)
        if removed:
            in_own_process(multiply, folder, removed)


def commands(corpus: Path, out: Path, size: int) -> Iterator[tuple[Any, ...]]:
    """What is measured once there are tables: its name, the command and its words. The run with less comes last."""
    run_again, there = ("run", corpus, "--out", out), ("--tables", out)
    yield "run: nothing changed", *run_again
    yield "status", "status", corpus, "--out", out
    yield "compare, all", "compare", *there
    yield "compare, one domain", "compare", *there, "--indicator", "poverty"
    yield "compare, all, to CSV", "compare", *there, "--csv", out / "compared.csv"
    yield "show, one document", "show", path_of(size // 3), *there
    yield FEWER, *run_again


def forget_tables(out: Path) -> None:
    """Take away the tables, not the facts."""
    shutil.rmtree(generations(out), ignore_errors=True)
    for link in (out / CURRENT, *out.glob("*.parquet")):
        link.unlink(missing_ok=True)


def in_own_process(work: Any, *given: Any) -> None:
    """Work whose memory must not count: what a program is started from counts as its own."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{work.__name__} ended with {process.exitcode}")


# --- the plot

COLOURS = ("#1b6ca8", "#c8553d", "#4f772d", "#8e5572", "#b08900", "#2a9d8f", "#555555", "#d81159")
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 420, 60, 20, 190, 50


def svg(taken: list[Taken]) -> str:
    """Processor seconds by documents on logarithmic axes: what grows in proportion runs along the dashed lines."""
    xs = [math.log10(t.documents) for t in taken]
    ys = [math.log10(max(0.1, t.worked)) for t in taken]
    low_x, high_x, low_y, high_y = math.floor(min(xs)), math.ceil(max(xs)), math.floor(min(ys)), math.ceil(max(ys))
    high_x, high_y = max(high_x, low_x + 1), max(high_y, low_y + 1)

    def at(x: float, y: float) -> tuple[float, float]:
        across, up = (x - low_x) / (high_x - low_x), (y - low_y) / (high_y - low_y)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"']
    parts[0] += ' font-size="12"><rect width="100%" height="100%" fill="white"/>'
    for x in range(low_x, high_x + 1):
        parts += [line(at(x, low_y), at(x, high_y), "#ddd"), text(at(x, low_y), f"{10**x:,}", -18, 18)]
    for y in range(low_y, high_y + 1):
        parts += [line(at(low_x, y), at(high_x, y), "#ddd"), text(at(low_x, y), f"{10.0**y:g} s", -45, 4)]
    for start in range(low_y - (high_x - low_x) + 1, high_y):  # lines of growth in proportion, cut at the frame
        first, last = max(0, low_y - start), min(high_x - low_x, high_y - start)
        parts.append(line(at(low_x + first, start + first), at(low_x + last, start + last), "#bbb", "4 4"))
    last = sorted((t for t in taken if t.documents == max(t.documents for t in taken)), key=lambda t: -t.worked)
    free = 0.0  # labels stand below one another, however close the lines end
    for colour, what in zip(COLOURS, [t.what for t in last], strict=False):
        points = [at(x, y) for x, y, t in zip(xs, ys, taken, strict=True) if t.what == what]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{colour}"/>' for x, y in points]
        free = max(points[-1][1], free + 14)
        parts.append(text((points[-1][0], free), what, 8, 4, colour))
    parts.append(text(at((low_x + high_x) / 2, low_y), "documents", -30, 40))
    return "\n".join([*parts, "</svg>\n"])


def line(one: tuple[float, float], other: tuple[float, float], colour: str, dashes: str = "") -> str:
    """A straight line."""
    ends = f'x1="{one[0]:.0f}" y1="{one[1]:.0f}" x2="{other[0]:.0f}" y2="{other[1]:.0f}"'
    return f'<line {ends} stroke="{colour}" stroke-dasharray="{dashes}"/>'


def text(place: tuple[float, float], words: str, right: int, down: int, colour: str = "#333") -> str:
    """Words beside a place."""
    return f'<text x="{place[0] + right:.0f}" y="{place[1] + down:.0f}" fill="{colour}">{words}</text>'


def main() -> None:
    """Multiply, measure and print, size after size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--plans", type=int, default=300, help="plans that are read")
    parser.add_argument("--only", nargs="+", default=[""], help="how the names begin of what is measured")
    parser.add_argument("--folder", type=Path, help="where to work; what is made there is deleted at the end")
    parser.add_argument("--plot", type=Path, help="write a plot of seconds by documents here (SVG)")
    given = parser.parse_args()
    taken, done = [], 0
    with tempfile.TemporaryDirectory(prefix="kehoach-scale-", dir=given.folder) as temporary:
        folder = Path(temporary)
        in_own_process(read_plans, folder, given.plans)
        print(f"{given.plans} plans read, load {os.getloadavg()[0]:.1f}\n{HEADING}", flush=True)
        for size in sorted(given.sizes):
            in_own_process(multiply, folder, range(done, size))
            done = size
            for one in measure(folder, size, given.only):
                taken.append(one)
                print(one.line(), flush=True)
    if given.plot:
        given.plot.write_text(svg(taken), encoding="utf-8")


if __name__ == "__main__":
    main()
