"""A night's work: how long a first run, a second one and one with ten new files take, in how much memory, and whether a
run that is killed again and again ends with the tables of one that nobody disturbed.

    python benchmarks/batch.py [--input DIR] [--count 1000] [--jobs N] [--kills 0]

Copies the text plans of the input (default: the sample plans) until there are `count`, each with a line of its own, and
runs `kehoach` on them as a user does. With `--kills 50` a second output folder is filled by runs that are killed at
random moments, while new files come and a reader polls the tables. At the end it is held against the first folder,
which one undisturbed run has brought up to date.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import generations
from pipeline.limits import cores
from schemas.records import TABLES

ROOT = Path(__file__).resolve().parent.parent
TEXTS = (".txt", ".md", ".html")
KILLS_A_NIGHT, NEW_FILES = 5, 6


def fill(folder: Path, plans: list[Path], begin: int, count: int) -> None:
    """Write `count` different files."""
    folder.mkdir(exist_ok=True)
    for number in range(begin, begin + count):
        plan = plans[number % len(plans)]
        text = plan.read_text(encoding="utf-8") + f"\n\nBản số {number}.\n"
        (folder / f"{number:06d}{plan.suffix}").write_text(text, encoding="utf-8")


def command(source: Path, out: Path, jobs: int) -> list[str]:
    """The run as a user types it."""
    return [sys.executable, "-m", "pipeline.cli", "run", str(source), "--out", str(out), "--jobs", str(jobs)]


def timed(words: list[str]) -> tuple[float, float]:
    """Seconds that a run takes, and the megabytes of its largest process so far."""
    begin = time.monotonic()
    subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def are_of_one_run(tables: dict[str, pa.Table]) -> bool:
    """Whether the sections are those of the documents."""
    documents = set(tables["documents"]["doc_id"].to_pylist())
    return set(tables["sections"]["doc_id"].to_pylist()) <= documents


def killed(
    words: list[str], out: Path, kills: int, longest: float, more: Callable[[], None], seed: int = 1
) -> tuple[int, list[str]]:
    """Kill the run at random moments and start it again; every KILLS_A_NIGHT kills let it end and bring `more` files.
    `longest`: seconds of the whole run. Gives the generations that a reader saw, and what was wrong with them."""
    chance, stop, seen, faults = random.Random(seed), threading.Event(), set(), []
    reader = threading.Thread(target=poll, args=(out, stop, seen, faults))
    reader.start()
    try:
        for number in range(1, kills + 1):
            process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.2, longest))
            process.send_signal(signal.SIGKILL)
            process.wait()
            if number % KILLS_A_NIGHT == 0:
                longest, _ = timed(words)
                more()
        timed(words)
    finally:
        stop.set()
        reader.join()
    return len(seen), faults


def poll(
    out: Path,
    stop: threading.Event,
    seen: set[str],
    faults: list[str],
    are_one: Callable[[dict[str, pa.Table]], bool] = are_of_one_run,
) -> None:
    """Read all tables of the current generation again and again, as a dashboard does, and see that they are one."""
    while not stop.is_set():
        time.sleep(0.02)
        folder = generations.current(out)
        if folder is None:
            continue
        try:
            tables = {name: pq.read_table(folder / f"{name}.parquet") for name in TABLES}
        except Exception as error:
            faults.append(repr(error))
            continue
        seen.add(folder.name)
        if not are_one(tables):
            faults.append(f"{folder.name}: tables of two runs")


def equal(one: Path, two: Path) -> bool:
    """Whether two output folders hold the same rows in the same order, times apart."""
    names = [name for name in TABLES if name != "runs"]
    return all(pq.read_table(one / f"{n}.parquet").equals(pq.read_table(two / f"{n}.parquet")) for n in names)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, default=ROOT / "data" / "raw")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=cores())
    parser.add_argument("--kills", type=int, default=0)
    arguments = parser.parse_args()
    plans = sorted(path for path in arguments.input.iterdir() if path.suffix in TEXTS)
    with tempfile.TemporaryDirectory() as temporary:
        source, out = Path(temporary) / "in", Path(temporary) / "out"
        fill(source, plans, 0, arguments.count)
        time.sleep(2.5)  # files that changed just now are looked at twice
        words = command(source, out, arguments.jobs)
        first, memory = timed(words)
        print(f"first run: {arguments.count} documents in {first:.1f} s: {arguments.count / first:.1f} a second,"
              f" {arguments.jobs} jobs, largest process {memory:.0f} MB")  # fmt: skip
        second, _ = timed(words)
        print(f"nothing changed: {second:.1f} s, {100 * second / first:.1f} % of the first")
        fill(source, plans, arguments.count, 10)
        more, _ = timed(words)
        print(f"ten new files: {more:.1f} s")
        if not arguments.kills:
            return 0
        again, files = Path(temporary) / "killed", itertools.count(arguments.count + 10, NEW_FILES)

        def more() -> None:
            fill(source, plans, next(files), NEW_FILES)

        seen, faults = killed(command(source, again, arguments.jobs), again, arguments.kills, first, more)
        timed(words)
        same = equal(out, again)
        print(f"killed {arguments.kills} times: tables {'equal' if same else 'DIFFER'}, {seen} generations seen,"
              f" {len(faults)} faults {faults[:3]}")  # fmt: skip
        return 0 if same and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
