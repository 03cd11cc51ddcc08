"""The kept facts of a run in an object store: in shards that are named by their content, so that only new ones travel.

A store replaces objects whole, and `facts.sqlite` grows with the corpus; ten new files must not send all of it again.
So the facts are cut by the first digits of the `doc_id`, a hash, into shards of some dozens of documents each, SQLite
files below `state/facts/`. `state/<generation>/` lists the shards of a run and holds the rest, which is small: the
files that were looked at. A run sends the shards that are not there yet, and removes those that no run needs.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, islice
from pathlib import Path

from pipeline.remote import Remote
from pipeline.store import FACTS, FORMAT, HIDDEN, SCHEMA

FOLDER = "facts"
HOME = f"state/{FOLDER}"
LIST = "shards.json"
FULL = 64
"""Documents of a shard on average, at most; a sixteenth of it at least."""
AT_ONCE = 16
"""Shards that travel together, and lie on this machine's disk a second time meanwhile."""
AFTER = "g"
"""Comes after every digit of a hash."""
SIGNED = "doc_id, extractor, tools, digest, about"
"""What decides a document's row: its facts by their digest, the likeness by text and extractor."""


def send(work: Path, out: Remote, generation: str) -> None:
    """Put the facts of the working folder into the store, as the state of a generation. Raises OSError."""
    facts, home = work / HIDDEN / FACTS, out / f"state/{generation}"
    if not facts.exists():
        return
    shards = shards_of(facts)
    there = {shard.name for _, shard in listed(out / HOME)}
    missing = [(name, prefix) for name, prefix in shards.items() if name not in there]
    with tempfile.TemporaryDirectory(prefix="kehoach-state-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:

        def put(shard: tuple[str, str]) -> None:
            name, prefix = shard
            copy_shard(facts, Path(folder, name), prefix)
            (out / f"{HOME}/{name}").upload(Path(folder, name))
            Path(folder, name).unlink()

        list(pool.map(put, missing))
        copy_rest(facts, Path(folder, FACTS))
        (home / FACTS).upload(Path(folder, FACTS))
    (home / LIST).write(json.dumps(list(shards)).encode())


def fetch(out: Remote, generation: str, work: Path) -> None:
    """Bring the facts of a generation into the working folder; where nothing was read yet, none. Raises OSError."""
    facts, home = work / HIDDEN / FACTS, out / f"state/{generation}"
    facts.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="state-", dir=facts.parent) as folder:
        whole = Path(folder, FACTS)
        try:
            (home / FACTS).download(whole)
        except FileNotFoundError:
            return
        with contextlib.closing(sqlite3.connect(whole)) as database, ThreadPoolExecutor(AT_ONCE) as pool:
            names = iter(shards_listed(home))
            while some := list(islice(names, AT_ONCE)):
                paths = [Path(folder, name) for name in some]
                list(pool.map(lambda path: (out / f"{HOME}/{path.name}").download(path), paths))
                for path in paths:
                    take_in(database, path)
                    path.unlink()
        whole.replace(facts)


def forget(out: Remote, generations: Collection[str]) -> None:
    """Remove the shards that none of these generations needs. Raises OSError."""
    needed = {name for generation in generations for name in shards_listed(out / f"state/{generation}")}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(Remote.remove, [shard for _, shard in listed(out / HOME) if shard.name not in needed]))


def shards_of(facts: Path) -> dict[str, str]:
    """The shards of a store of facts: each one's name, which tells its content, and what its documents begin with."""
    with contextlib.closing(sqlite3.connect(facts)) as database:
        count = database.execute("SELECT count(*) FROM facts").fetchone()[0]
        length = 1 + digits(count)
        rows = database.execute(f"SELECT {SIGNED} FROM facts ORDER BY doc_id")
        return {
            f"{prefix}-{sign_of(those)}.sqlite": prefix for prefix, those in groupby(rows, lambda row: row[0][:length])
        }


def digits(count: int) -> int:
    """How many digits of the hash tell the shards of so many documents apart."""
    length = 0
    while count > FULL * 16**length:
        length += 1
    return length


def sign_of(rows: Iterator[tuple[str, ...]]) -> str:
    """Equal signs mean equal shards."""
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for row in rows:
        digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()[:20]


def copy_shard(facts: Path, shard: Path, prefix: str) -> None:
    """Write the facts of the documents that begin so into a file of their own."""
    with copying(facts, shard) as database:
        query = "INSERT INTO facts SELECT * FROM source.facts WHERE doc_id >= ? AND doc_id < ? ORDER BY doc_id"
        database.execute(query, (prefix, prefix + AFTER))


def copy_rest(facts: Path, rest: Path) -> None:
    """Write everything but the facts into a file of its own."""
    with copying(facts, rest) as database:
        database.execute("INSERT INTO meta SELECT * FROM source.meta")
        database.execute("INSERT INTO files SELECT * FROM source.files")


@contextlib.contextmanager
def copying(facts: Path, target: Path) -> Iterator[sqlite3.Connection]:
    """A new, empty store in `target`, with the other one beside it as `source`."""
    with contextlib.closing(sqlite3.connect(target)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.executescript(SCHEMA)
        database.execute(f"PRAGMA user_version={FORMAT}")
        database.execute("ATTACH ? AS source", (str(facts),))
        with database:
            yield database


def take_in(database: sqlite3.Connection, shard: Path) -> None:
    """Add the facts of a shard."""
    database.execute("ATTACH ? AS shard", (str(shard),))
    with database:
        database.execute("INSERT OR REPLACE INTO facts SELECT * FROM shard.facts")
    database.execute("DETACH shard")


def shards_listed(home: Remote) -> list[str]:
    """The shards of a generation; none where its facts are one file, as earlier versions wrote them."""
    try:
        with (home / LIST).open() as file:
            return json.load(file)
    except FileNotFoundError:
        return []


def listed(folder: Remote) -> list[tuple[str, Remote]]:
    """The objects below a folder, which need not be there."""
    return list(folder.files()) if folder.exists() else []
