"""The engines side by side: the same plans on this machine and on a Ray cluster of this machine: how long
each takes, and whether the tables are equal row for row; with `--s3` once more from an object store to an object store.

    python benchmarks/engines.py [--input DIR] [--count 300] [--jobs 2] [--s3]

`--input` is read as it is (`benchmarks/plans` generates plans); without it the sample plans are copied until there are
`count`, each with a line of its own. Needs the extra: pip install 'kehoach[ray,test]'.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from batch import ROOT, TEXTS, fill
from pyarrow import fs

from pipeline.landing import pointer
from pipeline.remote import Remote, located
from schemas.records import TABLES

COMPARED = [name for name in TABLES if name != "runs"]


def timed(source: str, out: str, engine: str, jobs: int) -> float:
    """Seconds that a run takes, start of the program and of the cluster included."""
    words = [sys.executable, "-m", "pipeline.cli", "run", source, "--out", out, "--jobs", str(jobs), "--engine", engine]
    begin = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return time.monotonic() - begin


def differences(one: Path, other: Path) -> list[str]:
    """The tables that are not equal row for row; large ones may be laid out in another order of provinces."""
    different = []
    for name in COMPARED:
        tables = [pq.read_table(folder / f"{name}.parquet", partitioning=None) for folder in (one, other)]
        if not tables[0].equals(tables[1]):
            rows = [sorted(map(repr, table.to_pylist())) for table in tables]
            if rows[0] != rows[1]:
                different.append(name)
    return different


@contextlib.contextmanager
def s3_server() -> Iterator[None]:
    """A real S3 server of this machine with the bucket `plans`; AWS_* variables lead there."""
    import boto3

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ |= {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ |= {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
    try:
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.2)
        boto3.client("s3").create_bucket(Bucket="plans")
        yield
    finally:
        server.kill()
        server.wait()


def from_store_to_store(source: Path, folder: Path, jobs: int) -> tuple[float, Path]:
    """The Ray engine with everything in an object store: seconds, and the published tables brought back."""
    with s3_server():
        filesystem, there = located("s3://plans/in")
        fs.copy_files(str(source), there, source_filesystem=fs.LocalFileSystem(), destination_filesystem=filesystem)
        os.environ["KEHOACH_CACHE"] = str(folder / "cache")
        seconds = timed("s3://plans/in", "s3://plans/out", "ray", jobs)
        named = pointer(Remote("s3://plans/out"))["generation"]
        for below, file in Remote(f"s3://plans/out/generations/{named}").files():
            (folder / "store" / below).parent.mkdir(parents=True, exist_ok=True)
            file.download(folder / "store" / below)
    return seconds, folder / "store"


def main() -> None:
    """Run the engines one after the other and print what they take."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, help="plans to read as they are")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--s3", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kehoach-engines-") as temporary:
        folder, source = Path(temporary), given.input
        if source is None:
            source = folder / "plans"
            samples = [path for path in sorted((ROOT / "data" / "raw").iterdir()) if path.suffix in TEXTS]
            fill(source, samples, 0, given.count)
        count = sum(path.is_file() for path in source.rglob("*"))
        print(f"{count} files, {given.jobs} workers, load before {os.getloadavg()[0]:.1f}")
        outs = {engine: folder / engine for engine in ("local", "ray")}
        for engine, out in outs.items():
            seconds = timed(str(source), str(out), engine, given.jobs)
            print(f"{engine}: {seconds:.1f} s, {count / seconds:.1f} documents a second", flush=True)
        unequal = differences(outs["local"], outs["ray"])
        rows = sum(pq.read_table(outs["local"] / f"{name}.parquet", partitioning=None).num_rows for name in COMPARED)
        print(f"local and ray: {rows} rows, unequal tables: {unequal or 'none'}")
        if given.s3:
            seconds, tables = from_store_to_store(source, folder, given.jobs)
            print(f"ray, s3 to s3: {seconds:.1f} s, {count / seconds:.1f} documents a second")
            unequal += differences(outs["local"], tables)
            print(f"local and s3: unequal tables: {unequal or 'none'}")
    sys.exit(bool(unequal))


if __name__ == "__main__":
    main()
