"""Tables in an object store: made in a working folder of this machine, then published as one generation.

An object store has no links and moves nothing, so `<out>/generations/<name>/` is written whole, and only then the small
object `<out>/current.json`, which names it, is replaced; a reader that opens the tables it names sees one run. Tables
that are one object are then copied to `<out>/<table>.parquet`, one by one. `<out>/state/` holds what a run on another
machine needs to go on from there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pyarrow import fs

from pipeline import generations, shards
from pipeline.exit_codes import AlreadyRunning, NothingToRead, OutputNotWritable
from pipeline.journal import FOLDER as LOG
from pipeline.lease import Lease, holder_of
from pipeline.remote import Remote, located
from pipeline.store import FACTS, HIDDEN, locked
from schemas.user_cache import user_cache

POINTER = "current.json"
POINTER_READS = 3
"""So often the pointer is read before its bytes are taken for broken."""
KEPT = generations.KEPT
AT_ONCE = 16
"""Objects that are written together."""
MARK = "published"
"""In the working folder: the generation of the object store that it stands for, and its own name of it."""


def working_folder(out: Path | Remote) -> Path:
    """The folder in which a run works: `out` itself, or the one that stands for an object store on this machine."""
    if isinstance(out, Path):
        return out
    return user_cache() / hashlib.sha256(out.uri.encode()).hexdigest()[:16]


@contextlib.contextmanager
def landed(out: Path | Remote, work: Path) -> Iterator[None]:
    """Within, a run works in `work`; what it made is in `out` afterwards. The working folder is locked by the caller.

    Raises OutputNotWritable, and AlreadyRunning where another machine's run is under way; `out` is then as it was.
    """
    if isinstance(out, Path):
        yield
        return
    with leased(out, work) as lease:
        with told(out):
            bring(out, work)
        try:
            yield
        except NothingToRead:  # empty tables, if there were none before
            with told(out):
                publish(out, work, lease)
            raise
        with told(out):
            publish(out, work, lease)


@contextlib.contextmanager
def leased(out: Remote, work: Path) -> Iterator[Lease]:
    """Within, no other run publishes to `out`. Raises AlreadyRunning, OutputNotWritable."""
    with told(out):
        lease = Lease(out, holder_of(work))
        lease.take()
    try:
        yield lease
    finally:
        lease.release()


@contextlib.contextmanager
def claimed(out: Path | Remote) -> Iterator[Path]:
    """A folder with what is published, to change one table or another: `out` has the change afterwards.

    Raises OutputNotWritable, and AlreadyRunning where a run is under way.
    """
    work = working_folder(out)
    with locked(work), landed(out, work):
        yield work


def looked_at(out: Path | Remote) -> Path:
    """The folder to look into for what is published, without running; while a run works there, as it is."""
    work = working_folder(out)
    if isinstance(out, Remote):
        with contextlib.suppress(AlreadyRunning), told(out), locked(work):
            bring(out, work)
    return work


@contextlib.contextmanager
def told(out: Remote) -> Iterator[None]:
    """Turns what the store, or the disk for what travels, refuses into OutputNotWritable."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = str(error).splitlines()[0]
        raise OutputNotWritable(
            f"cannot write {out}: {reason}. What was read is kept on this machine; check address, credentials and "
            "network, then run again."
        ) from error


def bring(out: Remote, work: Path) -> None:
    """Make the working folder stand for what is published: another machine may have done the last run."""
    published = pointer(out).get("generation")
    if published is None or published == mark(work)[0]:
        return
    for left in (work / generations.CURRENT, *work.glob("*.parquet")):
        left.unlink(missing_ok=True)
    for left in (generations.generations(work), work / LOG):
        shutil.rmtree(left, ignore_errors=True)
    for left in (work / HIDDEN).glob(f"{FACTS}*"):
        left.unlink()
    shards.fetch(out, published, work)
    with generations.new_generation(work) as folder:
        for below, file in (out / f"generations/{published}").files():
            copied_here(file, folder / below)
    set_mark(work, published, generations.current(work).name)


def publish(out: Remote, work: Path, lease: Lease) -> None:
    """Put the newest generation of the working folder into the store and make it the current one."""
    folder = generations.current(work)
    if folder is None:
        return
    before = pointer(out)
    if before and mark(work) == (before["generation"], folder.name):
        return
    name = f"{folder.name}-{uuid.uuid4().hex[:12]}"  # no other machine's
    lease.check()
    check_nobody_else(out, before, work)
    digests = uploaded(folder, out, f"generations/{name}", before)
    shards.send(work, out, name)
    for log in sorted((work / LOG).glob("*.jsonl"))[-1:]:
        (out / LOG / log.name).upload(log)
    lease.check()
    check_nobody_else(out, before, work)
    about = described(name, digests, before)
    (out / POINTER).write(json.dumps(about, ensure_ascii=False, indent=1).encode())
    set_mark(work, name, folder.name)
    lay_flat(out, about)
    forget(out, {name, *about["earlier"]})


def uploaded(folder: Path, out: Remote, home: str, before: dict[str, Any]) -> dict[str, str]:
    """Put a generation into the store; its files with their digests. What the one before holds, the store copies."""
    files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    there = {digest: f"generations/{before['generation']}/{below}" for below, digest in before.get("files", {}).items()}

    def upload(below: str) -> str:
        digest = digest_of(files[below])
        if digest in there:
            copied_there(out / there[digest], out / home / below)
        else:
            (out / home / below).upload(files[below])
        return digest

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(files, pool.map(upload, files), strict=True))


def described(name: str, digests: dict[str, str], before: dict[str, Any]) -> dict[str, Any]:
    """What `current.json` says of a generation."""
    tables = sorted({below.split("/")[0] for below in digests if ".parquet" in below})
    earlier = [*before.get("earlier", []), *([before["generation"]] if before else [])]
    return {
        "generation": name,
        "tables": {table.removesuffix(".parquet"): f"generations/{name}/{table}" for table in tables},
        "files": digests,
        "earlier": earlier[-KEPT + 1 :],
    }


def check_nobody_else(out: Remote, before: dict[str, Any], work: Path) -> None:
    """What is published is what this run began with. Raises AlreadyRunning."""
    now = pointer(out).get("generation")
    if now != before.get("generation") or (now is not None and now != mark(work)[0]):
        raise AlreadyRunning(
            f"another machine published to {out} meanwhile; its tables stand. Run again to go on there."
        )


def pointer(out: Remote) -> dict[str, Any]:
    """What is published: the generation, its tables, the digests of its files. Nothing before the first run.

    A store is asked for the length of an object first, then for its bytes; where another run publishes in between, the
    bytes are cut short, and are asked for again."""
    for _ in range(POINTER_READS - 1):
        with contextlib.suppress(json.JSONDecodeError):
            return read_pointer(out)
    return read_pointer(out)


def read_pointer(out: Remote) -> dict[str, Any]:
    """What the pointer says; nothing where there is none."""
    try:
        with (out / POINTER).open() as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def lay_flat(out: Remote, about: dict[str, Any]) -> None:
    """`<out>/<table>.parquet` for each table that is one object; one of several objects cannot be replaced whole."""
    for table, path in about["tables"].items():
        flat = out / f"{table}.parquet"
        if f"{table}.parquet" in about["files"]:
            copied_there(out / path, flat)
        elif flat.is_file():
            flat.remove()


def forget(out: Remote, kept: set[str]) -> None:
    """Remove generations that no reader has open any more."""
    for home in (out / "generations", out / "state"):
        filesystem, path = located(home.uri)
        for info in filesystem.get_file_info(fs.FileSelector(path, allow_not_found=True)):
            if info.type == fs.FileType.Directory and info.base_name not in {*kept, shards.FOLDER}:
                filesystem.delete_dir(info.path)
    shards.forget(out, kept)


def mark(work: Path) -> tuple[str | None, str | None]:
    """The published generation that the working folder stands for, and its name in there."""
    try:
        published, here = (work / HIDDEN / MARK).read_text(encoding="utf-8").split()
        return published, here
    except (FileNotFoundError, ValueError):
        return None, None


def set_mark(work: Path, published: str, here: str) -> None:
    """From now on the working folder stands for this generation."""
    generations.swap(work / HIDDEN / MARK, lambda new: new.write_text(f"{published} {here}", encoding="utf-8"))


def digest_of(file: Path) -> str:
    """Equal digests mean equal files."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def copied_here(there: Remote, file: Path) -> None:
    """A file of the store onto this machine."""
    file.parent.mkdir(parents=True, exist_ok=True)
    there.download(file)


def copied_there(old: Remote, new: Remote) -> None:
    """A copy within the store, made by the store itself."""
    filesystem, path = located(old.uri)
    filesystem.copy_file(path, located(new.uri)[1])
