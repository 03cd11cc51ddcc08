"""Which document is meant: `kehoach show` takes a number, a file's name or path, or the beginning of a `doc_id`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.exit_codes import UsageError
from pipeline.remote import Remote
from pipeline.terminal import counted, plain
from pipeline.writers import part_of, read_rows, read_rows_of, read_table, tables_folder
from schemas.folding import bare_key

Row = Mapping[str, Any]
NAMED = ("doc_id", "source_path", "doc_number", "issuer", "duplicate_of")
"""Columns that name a document, and say which one it repeats."""
SHORTEST_ID = 4
MOST_LISTED = 20
"""Documents that are listed when a name means several, or none."""
MOST_HINTED = 5_000
"""Documents among whose names a misspelt one is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked for: a document's row with all columns but its text, or the row of `failures` of a file that could
    not be read. `repeats`: the document that it repeats; `repeated_by`: those that repeat it."""

    row: Row
    repeats: Row | None = None
    repeated_by: list[Row] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether it is a file that could not be read."""
        return is_failure(self.row)


def find_document(folder: Path | Remote, asked: str) -> Found:
    """The document meant: by path, file name, stem, number, or the beginning of its id; of documents that repeat one
    another, the one that they repeat. Raises UsageError, NoTables."""
    given, folder = folder, tables_folder(folder)
    documents = read_table(folder, "documents", NAMED).to_pylist()
    failures = read_rows(folder, "failures")
    found = first_found(documents, failures, asked)
    if len(found) > 1:
        found = originals(found) or found
    if not found:
        raise UsageError(nothing(documents, failures, asked, given))
    if len(found) > 1:
        head = f"{plain(asked)!r} means {counted(len(found), 'document')}; name one by its id or path:"
        raise UsageError(head + listed(found))
    (row,) = found
    if is_failure(row):
        return Found(row)
    return Found(
        read_rows_of(folder, "documents", row["doc_id"], part_of(folder, row["doc_id"]))[0],
        next((other for other in documents if other["doc_id"] == row["duplicate_of"]), None),
        [other for other in documents if other["duplicate_of"] == row["doc_id"]],
    )


def first_found(documents: Sequence[Row], failures: Sequence[Row], asked: str) -> list[Row]:
    """What the first way finds that finds anything; among documents first, and then among files that failed."""
    for way in (by_name, by_way_to_it, by_like_name):
        for rows in (documents, failures):
            if found := way(rows, asked):
                return found
    return by_id(documents, asked)


def by_name(rows: Sequence[Row], asked: str) -> list[Row]:
    """By a name as it is."""
    return [row for row in rows if asked in names_of(row)]


def by_way_to_it(rows: Sequence[Row], asked: str) -> list[Row]:
    """By a path that leads to the input folder, too, as a shell completes it (`data/raw/a/x.txt`), or by the end of the
    path, or by the archive or folder that it lies in alone."""
    path = "/" + asked.replace("\\", "/").rstrip("/")
    found = [row for row in rows if path.endswith("/" + row["source_path"])]
    longest = sorted(found, key=lambda row: -len(row["source_path"]))[:1]
    ends = [row for row in rows if ("/" + row["source_path"]).endswith(path)]
    return longest or ends or [row for row in rows if any(path.endswith("/" + folder) for folder in folders_of(row))]


def folders_of(row: Row) -> list[str]:
    """The archives and folders that a document lies in."""
    return [str(folder) for folder in PurePosixPath(row["source_path"]).parents if folder.name]


def by_like_name(rows: Sequence[Row], asked: str) -> list[Row]:
    """By a name without case, diacritics, hyphens, slashes and spaces: `35-kh-ubnd`."""
    wanted = squeezed(asked)
    return [row for row in rows if wanted in map(squeezed, names_of(row))]


def by_id(documents: Sequence[Row], asked: str) -> list[Row]:
    """By the beginning of the id."""
    return [row for row in documents if len(asked) >= SHORTEST_ID and row["doc_id"].startswith(asked)]


def is_failure(row: Row) -> bool:
    """Whether a row is of a file that could not be read."""
    return "error_type" in row


def originals(found: Sequence[Row]) -> list[Row]:
    """Those that repeat none of the others."""
    ids = {row.get("doc_id") for row in found}
    return [row for row in found if row.get("duplicate_of") not in ids - {None}]


def names_of(row: Row) -> list[str]:
    """What a user may call a document by."""
    path = PurePosixPath(row["source_path"])
    known = filter(None, (row.get("doc_id"), row.get("doc_number")))
    return [str(path), path.name, path.stem, *known]


def squeezed(name: str) -> str:
    """A name without case, diacritics, hyphens, slashes and spaces."""
    return bare_key(name).replace(" ", "").replace("/", "")


def listed(rows: Sequence[Row]) -> str:
    """Some documents, one a line: id, path, number and issuer."""
    shown = (
        f"\n  {row.get('doc_id', 'not read')}  {plain(row['source_path'])}"
        + "".join(f"  {plain(row[name])}" for name in ("doc_number", "issuer") if row.get(name))
        for row in rows[:MOST_LISTED]
    )
    return "".join(shown) + (f"\n  … and {len(rows) - MOST_LISTED} more" if len(rows) > MOST_LISTED else "")


def nothing(documents: Sequence[Row], failures: Sequence[Row], asked: str, folder: Path | Remote) -> str:
    """What to say where no document is meant: what to name instead."""
    rows = [*documents, *failures]
    there = f"{counted(len(documents), 'document')}, {counted(len(failures), 'file')} not read"
    said = f"no document {plain(asked)!r} in {folder} ({there})."
    near = hints(asked, rows)
    if near:
        return f"{said} Did you mean {' or '.join(map(plain, near))}?"
    if not rows:
        return f"{said} Read some plans first: kehoach run FOLDER"
    return f"{said} Name one by its number, file name or path, or the beginning of its id:{listed(rows)}"


def hints(asked: str, rows: Sequence[Row]) -> list[str]:
    """Names that look like what was asked for; none where looking through all names would take long."""
    if len(rows) > MOST_HINTED:
        return []
    names = {squeezed(name): name for row in rows for name in names_of(row)}
    return [names[name] for name in difflib.get_close_matches(squeezed(asked), list(names), n=3, cutoff=0.5)]
