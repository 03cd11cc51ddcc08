"""Tables to files and back. A reader sees a whole table at every moment: the old one or the new one.

All tables are first written under temporary names in the output folder; only when every one is complete are they moved
into place. The same rows give the same bytes.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.exit_codes import NoTables, OutputNotWritable
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
    """Write `<folder>/<name>.parquet` for each table. Raises OutputNotWritable; then every old table is as it was."""
    with writable(folder), temporary_files(folder, tables) as temporary:
        for name, table in tables.items():
            write_parquet(temporary[name], table)
        targets = {name: folder / f"{name}.parquet" for name in tables}
        for target in targets.values():  # seen now, or half the tables would be new when the move fails
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{target.name} is a folder")
        for name, path in temporary.items():
            os.replace(path, targets[name])


def write_parquet(path: Path, table: pa.Table) -> None:
    """One Parquet file, on the disk when this returns."""
    with path.open("wb") as file:
        pq.write_table(table, file, compression="zstd", row_group_size=ROW_GROUP)
        file.flush()
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
    return (folder / "documents.parquet").exists()


def read_table(folder: Path, name: str, leave_out: Collection[str] = ()) -> pa.Table:
    """A table of an earlier run, with the declared columns but those left out. Raises NoTables."""
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise NoTables(f"no {path}: run `kehoach run --out {folder}` first, or point --tables at its output.")
    try:
        return pq.read_table(path, columns=[c.name for c in TABLES[name].columns if c.name not in leave_out])
    except (pa.ArrowException, OSError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise NoTables(f"{path} is no table of this version ({reason}): run `kehoach run` again.") from error


def read_rows(folder: Path, name: str) -> list[dict[str, object]]:
    """The rows of a table of an earlier run as plain values, without the documents' texts. Raises NoTables."""
    return read_table(folder, name, leave_out=("text",)).to_pylist()
