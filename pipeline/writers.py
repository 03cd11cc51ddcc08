"""Tables to files and back. A reader sees a whole table at every moment, and all tables of one run (see `generations`).

All tables are first written in a folder of their own; only when every one is complete and on the disk does that folder
become the current one. The same rows give the same bytes.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pyarrow import fs

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


def write_tables(folder: Path, tables: dict[str, pa.Table | Path]) -> None:
    """Write `<folder>/<name>.parquet` for each table or file, and keep the others as they are, all as one generation.

    Raises OutputNotWritable; then every old table is as it was.
    """
    with writable(folder):
        before = generations.current(folder)
        with generations.new_generation(folder) as new:
            for old in generations.tables_of(before) if before else ():
                if old.stem not in tables:
                    generations.take_over(old, new / old.name)
            for name, table in tables.items():
                if isinstance(table, Path):
                    shutil.copyfile(table, new / f"{name}.parquet")
                    sync_file(new / f"{name}.parquet")
                else:
                    write_parquet(new / f"{name}.parquet", [table])
            about = generations.about(before)
            rows = {name: pq.read_metadata(new / f"{name}.parquet").num_rows for name in tables}
            write_about(new, about | {"rows": about.get("rows", {}) | rows})


def write_about(folder: Path, about: dict) -> None:
    """What a generation says of itself."""
    path = folder / generations.ABOUT
    with path.open("w", encoding="utf-8") as file:
        json.dump(about, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())


def write_parquet(path: Path, parts: Iterable[pa.Table]) -> int:
    """One Parquet file of at least one part, each written before the next is asked for; its rows.

    On the disk when this returns.
    """
    rows, parts = 0, iter(parts)
    first = next(parts)
    with path.open("wb") as file:
        with pq.ParquetWriter(file, first.schema, compression="zstd") as writer:
            for part in itertools.chain([first], parts):
                writer.write_table(part, row_group_size=ROW_GROUP)
                rows += part.num_rows
        file.flush()
        os.fsync(file.fileno())
    return rows


def same_rows(one: Path, other: Path | Remote) -> bool:
    """Whether two files of `write_parquet` hold the same rows; read a row group at a time."""
    where, filesystem = reached(other)
    try:
        with pq.ParquetFile(one) as mine, pq.ParquetFile(where, filesystem=filesystem) as theirs:
            groups = range(mine.num_row_groups)
            alike = mine.schema_arrow == theirs.schema_arrow and mine.num_row_groups == theirs.num_row_groups
            return alike and all(mine.read_row_group(g).equals(theirs.read_row_group(g)) for g in groups)
    except (pa.ArrowException, OSError):  # none there, or none that can be read
        return False


def sync_file(path: Path) -> None:
    """The file on the disk, not only in the system's memory."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def write_text(path: Path, parts: Iterable[str], encoding: str) -> None:
    """A text file from its parts, moved into place when it is complete. Raises OutputNotWritable."""
    with writable(path), temporary_files(path.parent, [path.name]) as temporary:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary[path.name].open("w", encoding=encoding, newline="") as file:
            file.writelines(parts)
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


def read_table(
    folder: Path | Remote, name: str, columns: Collection[str] | None = None, filters: pc.Expression | None = None
) -> pa.Table:
    """A table of an earlier run, with the declared columns or only those named. Raises NoTables."""
    with opened(folder, name) as path:
        wanted = list(columns or (c.name for c in TABLES[name].columns))
        # no partitioning: folders' names say what the files hold, too
        where, filesystem = reached(path)
        return pq.read_table(where, columns=wanted, filesystem=filesystem, partitioning=None, filters=filters)


def read_rows(folder: Path | Remote, name: str) -> list[dict[str, object]]:
    """The rows of a table of an earlier run as plain values, without the documents' texts. Raises NoTables."""
    return read_table(folder, name, without_text(name)).to_pylist()


def read_rows_of(folder: Path | Remote, name: str, doc_id: str, part: str = "") -> list[dict[str, object]]:
    """A document's rows, looked for in one part of the table where that is known (`part_of`). Raises NoTables."""
    rows = []
    with opened(folder, name) as path:
        groups = (g for below, file in files_of(path) if below == part or not part for g in file.split_by_row_group())
        for group in groups:  # one after the other: together they may be larger than memory
            if doc_id in group.to_table(columns=["doc_id"])["doc_id"].to_pylist():
                rows += group.to_table(columns=without_text(name), filter=pc.field("doc_id") == doc_id).to_pylist()
    return rows


def part_of(folder: Path | Remote, doc_id: str) -> str:
    """The part of each table that holds a document's rows; nothing where tables are one file. Raises NoTables."""
    with opened(folder, "documents") as path:
        for below, file in files_of(path):
            if below and doc_id in file.to_table(columns=["doc_id"])["doc_id"].to_pylist():
                return below
    return ""


def files_of(table: Path | Remote) -> Iterator[tuple[str, ds.ParquetFileFragment]]:
    """The files of a table, with their paths in it: nothing for the one file of a small table."""
    where, filesystem = reached(table)
    for file in ds.dataset(where, format="parquet", filesystem=filesystem, partitioning=None).get_fragments():
        yield file.path.split(f"/{table.name}")[-1].lstrip("/"), file


def without_text(name: str) -> list[str]:
    """The columns of a table but the documents' texts."""
    return [column.name for column in TABLES[name].columns if column.name != "text"]


@contextlib.contextmanager
def opened(folder: Path | Remote, name: str) -> Iterator[Path | Remote]:
    """Where a table of an earlier run lies. Turns what comes of reading it into NoTables."""
    path = tables_folder(folder) / f"{name}.parquet"
    with readable(path):
        found = path.exists()
    if not found:
        raise NoTables(
            f"no {folder / path.name}: run `kehoach run --out {folder}` first, or point --tables at its output."
        )
    try:
        yield path
    except (pa.ArrowException, OSError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise NoTables(f"{path} is no table of this version ({reason}): run `kehoach run` again.") from error


def reached(path: Path | Remote) -> tuple[str, fs.FileSystem | None]:
    """A path as Arrow's readers want it, with its file system."""
    if isinstance(path, Path):
        return str(path), None
    filesystem, where = located(path.uri)
    return where, filesystem


@contextlib.contextmanager
def readable(folder: Path | Remote) -> Iterator[None]:
    """Turns what a disk or an object store refuses into NoTables."""
    try:
        yield
    except OSError as error:
        reason = str(error).splitlines()[0]
        raise NoTables(f"cannot read {folder}: {reason}. Check path, address and credentials.") from error
