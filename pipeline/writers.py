"""Tables to files and back. A reader sees a whole table at every moment, and all tables of one run (see `generations`).

All tables are first written in a folder of their own; only when every one is complete and on the disk does that folder
become the current one. The same rows give the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import generations
from pipeline.exit_codes import NoTables, OutputNotWritable
from pipeline.landing import pointer
from pipeline.remote import Remote, located
from schemas.records import TABLES

ROW_GROUP = 100_000


def prepare_output(folder: Path) -> None:
    """Make the output folder and try to write in it, before any work is spent. Raises OutputNotWritable."""
    probe = folder / f".probe.{os.getpid()}.tmp"
    with writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()


def write_tables(folder: Path, tables: dict[str, pa.Table]) -> None:
    """Write `<folder>/<name>.parquet` for each table, and keep the others as they are, all as one new generation.

    Raises OutputNotWritable; then every old table is as it was.
    """
    with writable(folder):
        before = generations.current(folder)
        with generations.new_generation(folder) as new:
            for old in generations.tables_of(before) if before else ():
                if old.stem not in tables:
                    generations.take_over(old, new / old.name)
            for name, table in tables.items():
                write_parquet(new / f"{name}.parquet", table)
            about = generations.about(before)
            rows = about.get("rows", {}) | {name: table.num_rows for name, table in tables.items()}
            write_about(new, about | {"rows": rows})


def write_about(folder: Path, about: dict) -> None:
    """What a generation says of itself."""
    path = folder / generations.ABOUT
    with path.open("w", encoding="utf-8") as file:
        json.dump(about, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())


def write_parquet(path: Path, table: pa.Table) -> None:
    """One Parquet file, on the disk when this returns."""
    with path.open("wb") as file:
        pq.write_table(table, file, compression="zstd", row_group_size=ROW_GROUP)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """The file on the disk, not only in the system's memory."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def write_text(path: Path, text: str, encoding: str) -> None:
    """A text file, moved into place when it is complete. Raises OutputNotWritable."""
    with writable(path), temporary_files(path.parent, [path.name]) as temporary:
        temporary[path.name].write_text(text, encoding=encoding, newline="")
        os.replace(temporary[path.name], path)


@contextlib.contextmanager
def temporary_files(folder: Path, names: Iterable[str]) -> Iterator[dict[str, Path]]:
    """A temporary path in `folder` for each name; what is still there at the end is removed."""
    paths = {name: folder / f".{name}.{os.getpid()}.tmp" for name in names}
    try:
        yield paths
    finally:
        for path in paths.values():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def writable(target: Path) -> Iterator[None]:
    """Turns an operating system error into OutputNotWritable that names the target and what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise OutputNotWritable(f"cannot write {target}: {reason}. Choose another folder or free this one.") from error


def tables_exist(folder: Path) -> bool:
    """Whether an earlier run left its tables here."""
    return generations.current(folder) is not None or (folder / "documents.parquet").exists()


def tables_folder(folder: Path | Remote) -> Path | Remote:
    """The folder from which to read several tables of one run; a newer run does not change it. Raises NoTables."""
    if isinstance(folder, Path):
        return generations.current(folder) or folder
    with readable(folder):
        published = pointer(folder).get("generation")
    return folder / f"generations/{published}" if published else folder


def read_table(folder: Path | Remote, name: str, columns: Collection[str] | None = None) -> pa.Table:
    """A table of an earlier run, with the declared columns or only those named. Raises NoTables."""
    path = tables_folder(folder) / f"{name}.parquet"
    with readable(path):
        found = path.exists()
    if not found:
        raise NoTables(
            f"no {folder / path.name}: run `kehoach run --out {folder}` first, or point --tables at its output."
        )
    filesystem, where = (None, path) if isinstance(path, Path) else located(path.uri)
    try:
        wanted = list(columns or (c.name for c in TABLES[name].columns))
        # no partitioning: folders' names say what the files hold, too
        return pq.read_table(where, columns=wanted, filesystem=filesystem, partitioning=None)
    except (pa.ArrowException, OSError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise NoTables(f"{path} is no table of this version ({reason}): run `kehoach run` again.") from error


@contextlib.contextmanager
def readable(folder: Path | Remote) -> Iterator[None]:
    """Turns what a disk or an object store refuses into NoTables."""
    try:
        yield
    except OSError as error:
        reason = str(error).splitlines()[0]
        raise NoTables(f"cannot read {folder}: {reason}. Check path, address and credentials.") from error


def read_rows(folder: Path | Remote, name: str) -> list[dict[str, object]]:
    """The rows of a table of an earlier run as plain values, without the documents' texts. Raises NoTables."""
    return read_table(folder, name, [c.name for c in TABLES[name].columns if c.name != "text"]).to_pylist()
