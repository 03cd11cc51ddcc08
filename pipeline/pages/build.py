"""`kehoach report`: all pages of the tables of a run, put in place together."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.exit_codes import UsageError
from pipeline.pages.compared import write_comparison
from pipeline.pages.document import document_of, write_document
from pipeline.pages.folder import new_pages
from pipeline.pages.lists import ON_ONE_PAGE, Lists, by_need
from pipeline.pages.render import render
from pipeline.pages.rows import Row, documents_of
from pipeline.remote import Remote
from pipeline.writers import read_rows, read_table, tables_folder
from schemas.labels import failure_labels

FIRST = "index.html"
MOST_FAILURES = 500
"""Failures on one page."""
CALLED = ("doc_id", "doc_number", "source_path", "duplicate_of")


@dataclass(frozen=True, slots=True)
class Report:
    """The pages that were written."""

    index: str
    documents: int
    failures: int
    compared: int
    pages: int


def report(tables: Path | Remote, out: Path | Remote) -> Report:
    """Write the pages of the tables in `tables` into the folder `out`, in the place of an earlier report.

    Raises UsageError (`out` is no folder of this machine), NoTables, OutputNotWritable; an earlier report is then as
    it was.
    """
    if isinstance(out, Remote):
        raise UsageError(f"{out}: pages are written to a folder of this machine; copy them from there.")
    source = tables_folder(tables)
    repeats = repeated(source)  # before anything is written: without tables there is no report
    with new_pages(out) as folder:
        with tempfile.TemporaryDirectory(prefix="lists-", dir=folder) as temporary:
            lists = Lists(Path(temporary))
            for read in documents_of(source):
                document = document_of(read)
                write_document(folder, document, repeats)
                lists.add(document, repeats.get(read.row["duplicate_of"]))
            failures = read_table(source, "failures")
            write_lists(folder, lists, failures, last_run(source))
        compared = write_comparison(source, folder)
        pages = sum(1 for _ in folder.rglob("*.html"))
    return Report(str(out / FIRST), lists.documents, failures.num_rows, compared, pages)


def repeated(source: Path | Remote) -> dict[str, Row]:
    """What the documents that others repeat are called, by `doc_id`. Raises NoTables."""
    documents = read_table(source, "documents", CALLED)
    wanted = pc.is_in(documents["doc_id"], pc.unique(pc.drop_null(documents["duplicate_of"])))
    return {row["doc_id"]: row for row in documents.filter(wanted).to_pylist()}


def last_run(source: Path | Remote) -> Row | None:
    """The run that wrote the tables. Raises NoTables."""
    runs = read_rows(source, "runs")
    return max(runs, key=lambda row: row["ended_at"], default=None)


def write_lists(folder: Path, lists: Lists, failures: pa.Table, run: Row | None) -> None:
    """Write the first page and those that it leads to. Raises OSError."""
    groups = lists.ordered()
    here = lists.documents <= ON_ONE_PAGE
    entries = [entry for group in groups for entry in lists.entries(group)] if here else []
    parts = list(failure_pages(failures))
    if len(parts) > 1:
        for name, rows in parts:
            render("failures.html", folder / name, failures=rows, causes=failure_labels(), current=FIRST)
    if not here:
        for group in groups:
            for page, part in zip(group.pages, lists.parts(group), strict=True):
                render(
                    "province.html",
                    folder / page,
                    group=group,
                    page=page,
                    entries=part,
                    review=by_need(part),
                    current=FIRST,
                )
    render(
        "index.html",
        folder / FIRST,
        run=run,
        lists=lists,
        groups=groups,
        entries=entries,
        review=by_need(entries),
        here=here,
        failures=parts[0][1] if len(parts) == 1 else [],
        failure_pages=parts if len(parts) > 1 else [],
        failed=failures.num_rows,
        causes=failure_labels(),
        current=FIRST,
    )


def failure_pages(failures: pa.Table) -> Iterator[tuple[str, list[Row]]]:
    """The failures in pieces that a page can show, each with the name of its page."""
    for number, at in enumerate(range(0, failures.num_rows, MOST_FAILURES), start=1):
        yield f"khong-doc-duoc-{number}.html", failures.slice(at, MOST_FAILURES).to_pylist()


def as_json(done: Report) -> dict[str, Any]:
    """For a script."""
    return asdict(done)
