"""Writing: a reader never sees half a table, whenever the writer stops."""

from __future__ import annotations

import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import writers
from pipeline.exit_codes import NoTables, OutputNotWritable
from schemas.records import TABLES

SCHEMA = TABLES["failures"].arrow_schema()


def failures(*paths):
    row = {"source_sha256": None, "stage": "read", "error_type": "x", "message": "m"}
    return pa.Table.from_pylist([row | {"source_path": path} for path in paths], SCHEMA)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}


@pytest.mark.parametrize("crash_in", ["write", "sync"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("bug")])
def test_a_crash_while_writing_leaves_every_old_table(tmp_path, monkeypatch, error, crash_in):
    writers.write_tables(tmp_path, {"failures": failures("old"), "other": failures("old")})
    before = contents(tmp_path)
    real_write, real_sync = pq.ParquetWriter.write_table, os.fsync
    calls = []

    def write(writer, table, **options):
        calls.append("write")
        if crash_in == "write" and len(calls) == 2:
            raise error
        real_write(writer, table, **options)

    def sync(number):
        if crash_in == "sync" and len(calls) == 2:
            raise error
        real_sync(number)

    monkeypatch.setattr(writers.pq.ParquetWriter, "write_table", write)
    monkeypatch.setattr(writers.os, "fsync", sync)
    with pytest.raises(OutputNotWritable if isinstance(error, OSError) else type(error)):
        writers.write_tables(tmp_path, {"failures": failures("new"), "other": failures("new")})
    assert contents(tmp_path) == before


def test_a_folder_in_the_way_is_told_before_anything_moves(tmp_path):
    writers.write_tables(tmp_path, {"failures": failures("old")})
    before = contents(tmp_path)
    (tmp_path / "other.parquet").mkdir()
    with pytest.raises(OutputNotWritable, match=r"other\.parquet"):
        writers.write_tables(tmp_path, {"failures": failures("new"), "other": failures("new")})
    assert (tmp_path / "failures.parquet").read_bytes() == before["failures.parquet"]


def test_files_are_zstd_and_carry_the_descriptions(tmp_path):
    writers.write_tables(tmp_path, {"failures": failures("a")})
    file = pq.ParquetFile(tmp_path / "failures.parquet")
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    for field in file.schema_arrow:
        assert field.metadata[b"description"]


def test_an_output_without_permission_or_below_a_file(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputNotWritable, match="Choose another folder"):
        writers.prepare_output(tmp_path / "file" / "out")
    if os.geteuid() != 0:
        (tmp_path / "locked").mkdir(mode=0o500)
        with pytest.raises(OutputNotWritable):
            writers.prepare_output(tmp_path / "locked")


def test_reading_what_is_not_there_or_no_table(tmp_path):
    with pytest.raises(NoTables, match="kehoach run"):
        writers.read_rows(tmp_path, "failures")
    (tmp_path / "failures.parquet").write_bytes(b"PAR1 half")
    with pytest.raises(NoTables, match="no table of this version"):
        writers.read_rows(tmp_path, "failures")
    pq.write_table(pa.table({"source_path": ["a"]}), tmp_path / "failures.parquet")
    with pytest.raises(NoTables):
        writers.read_rows(tmp_path, "failures")
