"""What earlier runs read: `<out>/.kehoach/facts.sqlite`, one transaction a document, whole whenever a run is killed.

Two tables: `files`, which bytes each path held when it was last looked at, and `facts`, what was read from these bytes
by which version. Tables for readers are made from it (see `compaction`). A lock keeps a second run out.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.document import Facts
from pipeline.exit_codes import AlreadyRunning, OutputNotWritable
from pipeline.likeness import Identity, Likeness
from pipeline.summary import Summary
from schemas.records import Failure

HIDDEN = ".kehoach"
FACTS = "facts.sqlite"
PATIENCE = 1.0
FORMAT = 3
"""Of this file; a store of another format is started afresh."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    name TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, looked INTEGER, sha256 TEXT, doc_id TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (
    doc_id TEXT PRIMARY KEY, extractor TEXT NOT NULL, tools TEXT NOT NULL, digest TEXT NOT NULL, about TEXT NOT NULL,
    packed BLOB, wording BLOB, figures BLOB
);
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was when its bytes were last read: size, times of change, and when that was."""

    size: int
    mtime: int
    ctime: int
    looked: int
    sha256: str
    doc_id: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of stored facts without opening them."""

    doc_id: str
    extractor: str
    tools: str
    digest: str
    text_source: str = ""
    error_type: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """The rest of what is stored beside the facts of one document."""

    summary: Summary | None
    signs: list[str]
    identity: Identity
    rows: dict[str, int] = field(default_factory=dict)
    severities: dict[str, int] = field(default_factory=dict)
    failure: Failure | None = None


class Store:
    """The facts of an output folder. Raises OutputNotWritable for whatever the disk refuses."""

    def __init__(self, out: Path) -> None:
        """Open or make the store; one that is damaged or of another format is started afresh."""
        self.path = out / HIDDEN / FACTS
        with told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self.database = self.opened()
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
                for suffix in ("", "-wal", "-shm", "-journal"):
                    Path(f"{self.path}{suffix}").unlink(missing_ok=True)
                self.database = self.opened()

    def opened(self) -> sqlite3.Connection:
        """The database with its tables."""
        database = sqlite3.connect(self.path, isolation_level=None, timeout=60)
        try:
            database.execute("PRAGMA journal_mode=WAL")  # a share without shared memory keeps its own mode
            database.execute("PRAGMA synchronous=NORMAL")
            found = database.execute("PRAGMA user_version").fetchone()[0]
            if found not in (0, FORMAT):
                raise sqlite3.DatabaseError("another format")
            database.executescript(SCHEMA)
            database.execute(f"PRAGMA user_version={FORMAT}")
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def __enter__(self) -> Store:
        """As a context manager, closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the database."""
        self.close()

    def get(self, key: str) -> str | None:
        """A setting of the store."""
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put(self, key: str, value: str) -> None:
        """Keep a setting."""
        with told(self.path):
            self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def stamps(self) -> dict[str, Stamp]:
        """Every file that was there at the last look, by name."""
        rows = self.database.execute("SELECT name, size, mtime, ctime, looked, sha256, doc_id FROM files")
        return {name: Stamp(*rest) for name, *rest in rows}

    def keep_stamps(self, stamps: dict[str, Stamp]) -> None:
        """From now on these are the files; all at once or not at all."""
        with told(self.path), self.transaction():
            self.database.execute("DELETE FROM files")
            rows = ((name, s.size, s.mtime, s.ctime, s.looked, s.sha256, s.doc_id) for name, s in stamps.items())
            self.database.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def known(self) -> dict[str, Known]:
        """All stored facts by `doc_id`, unopened."""
        rows = self.database.execute(
            "SELECT doc_id, extractor, tools, digest, json_extract(about, '$.text_source'), "
            "json_extract(about, '$.failure.error_type') FROM facts"
        )
        return {row[0]: Known(*row) for row in rows}

    def add(self, facts: Facts, extractor: str, tools: str) -> None:
        """Keep one document's facts: on the disk when this returns, whatever becomes of the process."""
        about = {
            "summary": facts.summary,
            "signs": facts.signs,
            "identity": facts.identity,
            "rows": facts.rows,
            "severities": facts.severities,
            "text_source": facts.text_source,
            "failure": asdict(facts.failure) if facts.failure else None,
        }
        digest = facts.digest or "failed"
        row = (facts.doc_id, extractor, tools, digest, json.dumps(about, ensure_ascii=False), facts.packed)
        row += (facts.likeness.wording, facts.likeness.figures) if facts.likeness else (None, None)
        with told(self.path):
            self.database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def about(self, doc_id: str) -> About:
        """What is stored beside a document's facts."""
        told_of = json.loads(self.database.execute("SELECT about FROM facts WHERE doc_id = ?", (doc_id,)).fetchone()[0])
        failure = told_of["failure"]
        return About(
            Summary(**told_of["summary"]) if told_of["summary"] else None,
            told_of["signs"],
            Identity(**told_of["identity"]),
            told_of["rows"],
            told_of["severities"],
            Failure(**failure) if failure else None,
        )

    def likeness(self, doc_id: str) -> Likeness | None:
        """A document's likeness; None of a text too short for one."""
        query = "SELECT wording, figures FROM facts WHERE doc_id = ? AND wording IS NOT NULL"
        row = self.database.execute(query, (doc_id,)).fetchone()
        return Likeness(*row) if row else None

    def packed(self, doc_id: str) -> bytes:
        """A document's packed facts."""
        return self.database.execute("SELECT packed FROM facts WHERE doc_id = ?", (doc_id,)).fetchone()[0]

    def forget_all_but(self, doc_ids: Iterable[str]) -> None:
        """Drop the facts of documents that are gone."""
        gone = set(self.known()) - set(doc_ids)
        if not gone:
            return
        with told(self.path), self.transaction():
            self.database.executemany("DELETE FROM facts WHERE doc_id = ?", ((doc_id,) for doc_id in gone))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements within, or none."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")


def damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is no database (any more), rather than locked, full or not allowed."""
    return not isinstance(error, sqlite3.OperationalError)


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what the disk refuses into OutputNotWritable."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputNotWritable(
            f"cannot write {path}: {reason}. What was read so far is kept; free the disk or choose another folder."
        ) from error


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Only one run at a time writes to an output folder. Raises AlreadyRunning, OutputNotWritable.

    The lock is the system's: it goes with its process, however that ends.
    """
    path = out / HIDDEN / "lock"
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    with file:
        if not taken_within(file.fileno(), PATIENCE):
            file.seek(0)
            holder = file.read(200).strip() or "another process"
            raise AlreadyRunning(f"{out} is being written by {holder}. Wait until it is done, or choose another --out.")
        with told(path):
            file.truncate(0)
            file.write(f"process {os.getpid()} on {socket.gethostname()} since {time.strftime('%Y-%m-%d %H:%M:%S')}")
            file.flush()
        yield
        with contextlib.suppress(OSError):
            file.truncate(0)


def taken_within(number: int, seconds: float) -> bool:
    """Take the lock; for a moment the workers of a run that was killed may still hold it."""
    last = time.monotonic() + seconds
    while not taken(number):
        if time.monotonic() > last:
            return False
        time.sleep(0.05)
    return True


def taken(number: int) -> bool:
    """Take the lock on an open file, or say that another process has it."""
    try:
        import fcntl
    except ImportError:  # Windows; its locks keep others from reading what is locked, hence a byte far behind the text
        import msvcrt

        os.lseek(number, 1_000_000, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def as_json(value: Any) -> str:
    """JSON that is the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
