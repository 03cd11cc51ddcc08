"""Documents with their facts from the tables of a run, one document after the other.

All tables hold the documents in the same order, in files of the same names; so each is read once, from its beginning
to its end, and memory holds the rows of one document and some batches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.contract import DOCUMENT_TABLES
from pipeline.exit_codes import NoTables
from pipeline.remote import Remote
from pipeline.writers import files_of, opened, reached
from schemas.records import TABLES

Row = Mapping[str, Any]
DOCUMENTS_AT_ONCE = 16
ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A row of `documents` and the rows of the other tables that belong to it."""

    row: Row
    facts: Mapping[str, list[Row]]


class Rows:
    """The rows of one file of a table, given away document by document."""

    def __init__(self, file: pq.ParquetFile, name: str) -> None:
        """Nothing read yet."""
        self.name = name
        self.left = rows_of(file, name, ROWS_AT_ONCE)
        self.next = next(self.left, None)

    def of(self, doc_id: str) -> list[Row]:
        """The rows of the document whose turn it is."""
        found = []
        while self.next is not None and self.next["doc_id"] == doc_id:
            found.append(self.next)
            self.next = next(self.left, None)
        return found

    def check_end(self) -> None:
        """Every row had its document. Raises NoTables."""
        if self.next is not None:
            raise NoTables(
                f"the table {self.name} has rows of {self.next['doc_id']} that stand apart from their document: "
                "run `kehoach run` again."
            )


def documents_of(folder: Path | Remote) -> Iterator[ReadDocument]:
    """Every document with its facts. `folder`: from `tables_folder`. Raises NoTables."""
    with ExitStack() as stack:
        tables = {name: stack.enter_context(opened(folder, name)) for name in ("documents", *DOCUMENT_TABLES)}
        parts = {name: sorted(below for below, _ in files_of(table)) for name, table in tables.items()}
        for below in parts["documents"]:
            yield from documents_of_part({name: table / below if below else table for name, table in tables.items()})
        strangers = sorted(name for name in DOCUMENT_TABLES if parts[name] != parts["documents"])
        if strangers:
            raise NoTables(
                f"{folder}: {', '.join(strangers)} and documents are not of one run: run `kehoach run` again."
            )


def documents_of_part(tables: Mapping[str, Path | Remote]) -> Iterator[ReadDocument]:
    """The documents of one file of each table."""
    with ExitStack() as stack:
        files = {}
        for name, table in tables.items():
            where, filesystem = reached(table)
            files[name] = stack.enter_context(pq.ParquetFile(where, filesystem=filesystem))
        facts = {name: Rows(files[name], name) for name in DOCUMENT_TABLES}
        for row in rows_of(files["documents"], "documents", DOCUMENTS_AT_ONCE):
            yield ReadDocument(row, {name: rows.of(row["doc_id"]) for name, rows in facts.items()})
        for rows in facts.values():
            rows.check_end()


def rows_of(file: pq.ParquetFile, name: str, at_once: int) -> Iterator[Row]:
    """The rows of a file, a batch of them in memory. Raises NoTables where it is of another version."""
    wanted = [column.name for column in TABLES[name].columns]
    missing = sorted(set(wanted) - set(file.schema_arrow.names))
    if missing:
        raise NoTables(f"the table {name} is of another version (no {', '.join(missing)}): run `kehoach run` again.")
    for batch in file.iter_batches(at_once, columns=wanted):
        yield from batch.to_pylist()
