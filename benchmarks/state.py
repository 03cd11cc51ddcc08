"""What a run sends to an object store of what it keeps, and how long that takes: all at first, then a few new files.

    python benchmarks/state.py [--documents 5000] [--new 10]

Keeps the facts of one sample plan under as many random ids as asked, and sends them to an S3 server of this machine
(moto's, as the tests use) three times: from nothing, with nothing changed, with some documents more. Then another
machine fetches all of it.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3

from pipeline.document import Task, default_steps, read_document
from pipeline.remote import Remote
from pipeline.shards import HOME, fetch, send
from pipeline.store import FACTS, HIDDEN, Stamp, Store

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "data" / "raw" / "thai-binh-giam-ngheo-2017-2020.md"


def keep(work: Path, count: int, chance: random.Random) -> None:
    """Add so many documents to what the folder keeps."""
    facts = read_document(Task(PLAN, PLAN.name, "0" * 64, "d0"), default_steps())
    with Store(work) as store:
        stamps = store.stamps()
        for _ in range(count):
            facts.doc_id = f"d{chance.getrandbits(64):016x}"
            store.add(facts, "extractor", "tools")
            stamps[f"{facts.doc_id}.md"] = Stamp(30_000, 1, 1, 1, facts.doc_id * 4, facts.doc_id)
        store.keep_stamps(stamps)


def sent(work: Path, out: Remote, generation: str, known: set[str]) -> str:
    """Send, and say what went; `known` gets the shards that are there."""
    began = time.monotonic()
    send(work, out, generation)
    seconds = time.monotonic() - began
    shards = {name: shard.stat().st_size for name, shard in (out / HOME).files()}
    new = shards.keys() - known
    rest = (out / f"state/{generation}/{FACTS}").stat().st_size
    known |= new
    size = sum(shards[name] for name in new) + rest
    return f"{len(new):5} shards of {len(shards)}, {size / 1e6:8.1f} MB, {seconds:6.1f} s"


def measure(out: Remote, documents: int, new: int) -> None:
    """Send three times, fetch once, and print."""
    chance, known = random.Random(1), set()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        keep(Path(one), documents, chance)
        print(f"{documents} documents, facts.sqlite {(Path(one) / HIDDEN / FACTS).stat().st_size / 1e6:.1f} MB")
        print(f"from nothing      {sent(Path(one), out, 'a', known)}", flush=True)
        print(f"nothing changed   {sent(Path(one), out, 'b', known)}", flush=True)
        keep(Path(one), new, chance)
        print(f"{new:3} more          {sent(Path(one), out, 'c', known)}", flush=True)
        began = time.monotonic()
        fetch(out, "c", Path(other))
        print(f"fetched by another machine in {time.monotonic() - began:.1f} s")


def main() -> None:
    """Start the server, measure, stop it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--new", type=int, default=10)
    arguments = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ |= {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ |= {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_EC2_METADATA_DISABLED": "true"}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while server.poll() is None and socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.2)
        boto3.client("s3").create_bucket(Bucket="state")
        measure(Remote("s3://state/tables"), arguments.documents, arguments.new)
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main()
