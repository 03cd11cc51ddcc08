"""Tables and gold in, judgement out: each document's fields and rows held against what gold wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.evaluate.gold import DOCUMENT_FIELDS, Gold
from pipeline.evaluate.match import RULES, Given, Matching, Page, match
from pipeline.evaluate.texts import same, squeezed
from pipeline.remote import Remote
from pipeline.writers import read_table, tables_folder
from schemas.records import TABLES

PLACE = ("doc_id", "quote", "char_start", "method", "confidence")
ALWAYS_READ = frozenset((*PLACE, "kind", "name", "agency_text", "number", "check", "expected", "actual"))
"""Columns that judging reads where a table has them, beside those that are scored."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document."""

    name: str
    wanted: Any
    given: Any
    right: bool
    """Whether the table says what gold says; of a document that is not there, no field is right."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold file's document; `doc_id` is None when the tables do not have it."""

    stem: str
    doc_id: str | None
    fields: list[Field]
    tables: dict[str, Matching]


def judge(folder: Path | Remote, golds: Sequence[Gold]) -> list[Judged]:
    """Every document that has gold, in the order of `golds`. Raises NoTables."""
    folder = tables_folder(folder)
    documents = read_table(folder, "documents", ["doc_id", "source_path", "text", *DOCUMENT_FIELDS])
    chosen = chosen_documents(documents, golds)
    ids = pa.array([row["doc_id"] for row in chosen.values()], pa.string())
    tables = {name: rows_by_document(folder, name, ids) for name in RULES}
    return [judge_document(gold, chosen.get(gold.stem), tables) for gold in golds]


def chosen_documents(documents: pa.Table, golds: Iterable[Gold]) -> dict[str, dict[str, Any]]:
    """The document of each gold file: the first whose source file has the same stem."""
    wanted = {gold.stem for gold in golds}
    places: dict[str, int] = {}
    for place, path in enumerate(documents["source_path"].to_pylist()):
        stem = PurePosixPath(path).stem
        if stem in wanted:
            places.setdefault(stem, place)
    return {stem: documents.slice(place, 1).to_pylist()[0] for stem, place in places.items()}


def rows_by_document(folder: Path | Remote, name: str, ids: pa.Array) -> dict[str, list[dict[str, Any]]]:
    """A table's rows of the given documents. Columns that scoring does not read are left out."""
    read = {*ALWAYS_READ, *RULES[name].main, *RULES[name].scored}
    table = read_table(folder, name, [column.name for column in TABLES[name].columns if column.name in read])
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.filter(pc.is_in(table["doc_id"], value_set=ids)).to_pylist():
        rows.setdefault(row["doc_id"], []).append(row)
    return rows


def judge_document(
    gold: Gold, document: Mapping[str, Any] | None, tables: Mapping[str, Mapping[str, Sequence[dict[str, Any]]]]
) -> Judged:
    """One document's fields and rows; where the document is missing, every row of gold is missed."""
    doc_id = document["doc_id"] if document else None
    text = document["text"] if document else ""
    page = Page(squeezed(text))
    matchings = {}
    for name, wanted in gold.tables.items():
        rows = tables[name].get(doc_id, []) if doc_id else []
        matchings[name] = match(name, wanted, placed(rows, text), page)
    fields = [judge_field(name, gold, document) for name in DOCUMENT_FIELDS if name in gold.document]
    return Judged(gold.stem, doc_id, fields, matchings)


def judge_field(name: str, gold: Gold, document: Mapping[str, Any] | None) -> Field:
    """One field of a document that gold states, be it as null."""
    wanted, given = gold.document[name], document[name] if document else None
    return Field(name, wanted, given, document is not None and same(wanted, given))


def placed(rows: Sequence[dict[str, Any]], text: str) -> list[Given]:
    """The rows with where they start in the squeezed text; the text is squeezed once, from start to start."""
    starts = sorted({row["char_start"] for row in rows if row["char_start"] is not None})
    places, done, length = {}, 0, 0
    for start in starts:
        length += len(squeezed(text[done:start]))
        places[start], done = length, start
    return [Given(row, places.get(row["char_start"], 0)) for row in rows]
