"""The rows of the workbook's sheets: facts with what their document and their section are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.comparison import compares_all_types, left_out_documents
from pipeline.remote import Remote
from pipeline.show import gravity
from pipeline.workbook.sheets import FACTS
from pipeline.writers import read_table, without_text
from schemas.records import DOUBTFUL

Row = dict[str, Any]
OF_DOCUMENT = ("province_name", "doc_number", "source_path", "left_out")
"""What rows of facts show of their document; `left_out`: why the comparison does not hold its targets."""
AT_ONCE = 2_000
"""Documents whose rows are in memory at once."""


@dataclass
class Documents:
    """The chosen documents, by id in the order of the table, with how many rows of each table they gave."""

    by_id: dict[str, Row]
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    doubts: Counter[str] = field(default_factory=Counter)

    def blocks(self) -> Iterator[list[str]]:
        """Ids, some at a time."""
        ids = list(self.by_id)
        yield from (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))

    def rows(self) -> Iterator[Row]:
        """One row a document, for its sheet."""
        for doc_id, document in self.by_id.items():
            original = self.by_id.get(document["duplicate_of"] or "")
            named = filter(None, (original["doc_number"], original["source_path"])) if original else ()
            repeats = ", ".join(named) or document["duplicate_of"]
            yield document | {"counts": self.counts[doc_id], "doubts": self.doubts[doc_id], "repeats": repeats}


def documents_of(folder: Path | Remote, provinces: Collection[str] | None) -> Documents:
    """The documents of the provinces named (all for None), their rows counted. Raises NoTables."""
    table = read_table(folder, "documents", without_text("documents"))
    if provinces is not None:
        table = table.filter(pc.is_in(table["province_name"], pa.array(sorted(provinces), pa.string())))
    table = table.append_column("left_out", left_out_documents(table, compares_all_types(folder)))
    found = Documents({row["doc_id"]: row for row in table.to_pylist()})
    for name in (*FACTS, "findings"):
        columns = ["doc_id", "confidence"] if name in FACTS else ["doc_id"]
        rows = of_documents(read_table(folder, name, columns), found.by_id)
        for doc_id, count in counted(rows):
            found.counts[doc_id][name] = count
        if name in FACTS:
            doubted = pc.less(rows["confidence"], pa.scalar(DOUBTFUL, pa.float32()))
            found.doubts.update(dict(counted(rows.filter(doubted))))
    return found


def of_documents(table: pa.Table, ids: Collection[str]) -> pa.Table:
    """The rows that belong to some documents."""
    return table.filter(pc.is_in(table["doc_id"], pa.array(list(ids), pa.string())))


def counted(rows: pa.Table) -> Iterator[tuple[str, int]]:
    """How many rows each document has."""
    for entry in pc.value_counts(rows["doc_id"]).to_pylist():
        yield entry["values"], entry["counts"]


def facts_of(
    folder: Path | Remote, table: str, documents: Documents, order: Callable[[Row], int] | None = None
) -> Iterator[Row]:
    """The rows of a table of facts or findings, each with its document's names and the heading of its section; those of
    a document in the order of the table, or as asked. Raises NoTables."""
    for ids in documents.blocks():
        wanted = pc.field("doc_id").isin(pa.array(ids, pa.string()))
        sections = headings(read_table(folder, "sections", SECTION_COLUMNS, wanted).to_pylist())
        rows = read_table(folder, table, None, wanted).to_pylist()
        if order is not None:
            rank = {doc_id: at for at, doc_id in enumerate(ids)}
            rows.sort(key=lambda row: (rank[row["doc_id"]], order(row)))
        for row in rows:
            yield row | named(documents, row) | {"section": sections.get(row["section_id"] or ""), "table": table}


def findings_of(folder: Path | Remote, documents: Documents) -> Iterator[Row]:
    """The findings of the chosen documents, the gravest of each document first. Raises NoTables."""
    yield from facts_of(folder, "findings", documents, lambda row: gravity(row["severity"]))


def compared(folder: Path | Remote, documents: Documents) -> Iterator[Row]:
    """The rows of the comparison of the chosen documents, each with the place of its target. Raises NoTables."""
    rows = of_documents(read_table(folder, "comparison"), documents.by_id).to_pylist()
    wanted = {row["target_id"] for row in rows}
    places = {
        row["target_id"]: {"page": row["page"], "section": row["section"]}
        for row in facts_of(folder, "targets", documents)
        if row["target_id"] in wanted
    }
    for row in rows:
        yield row | places.get(row["target_id"], NO_PLACE) | named(documents, row)


def named(documents: Documents, row: Mapping[str, Any]) -> Row:
    """What a row shows of its document."""
    document = documents.by_id[row["doc_id"]]
    return {column: document[column] for column in OF_DOCUMENT}


def headings(sections: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Where each section stands, by its id: label and heading of those around it and its own, the outermost first.
    Bullets are left out, for the quote says the same."""
    by_id = {section["section_id"]: section for section in sections}
    found: dict[str, str] = {}
    for section_id in by_id:
        path, at = [], section_id
        while at in by_id and at not in path:
            path.append(at)
            at = by_id[at]["parent_id"]
        labelled = [at for at in reversed(path) if by_id[at]["label"]]
        found[section_id] = " › ".join(called(by_id[at]) for at in labelled or path[:1])
    return found


def called(section: Mapping[str, Any]) -> str:
    """Label and heading of a section, no longer than a cell shows."""
    heading = section["heading"][:LONGEST_HEADING].strip()
    return " ".join(filter(None, (section["label"], heading)))


def last_run(folder: Path | Remote) -> Row | None:
    """The run that made the tables. Raises NoTables."""
    runs = read_table(folder, "runs").to_pylist()
    return max(runs, key=lambda run: run["ended_at"], default=None)


LONGEST_HEADING = 80
NO_PLACE = {"page": None, "section": None}
SECTION_COLUMNS = ["section_id", "parent_id", "label", "heading", "doc_id"]
