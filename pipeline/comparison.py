"""The `comparison` table: every target whose indicator is known, provinces side by side; and what it leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import schema_of
from pipeline.remote import Remote
from pipeline.writers import read_table
from schemas.vocabulary import indicators

FROM_DOCUMENT = (
    *("province_code", "province_name", "issuer", "issuer_level", "period_start", "period_end", "doc_id", "doc_number"),
)
FROM_TARGET = (
    *("indicator_code", "direction", "comparator", "value_min", "value_max", "unit", "rate_period", "scope"),
    *("due_year", "target_id", "quote", "confidence"),
)
DOCUMENT_COLUMNS = [*FROM_DOCUMENT, "doc_type", "is_draft", "duplicate_of"]
TARGET_COLUMNS = [*FROM_TARGET, "doc_id"]
"""Columns that `comparison_table` needs of the two tables."""
AT_ONCE = 200_000
"""Targets that are in memory at once, unless one indicator has more."""


class LeftOut(StrEnum):
    """Why the comparison does not hold a target."""

    NO_INDICATOR = "no_indicator"
    REPEAT = "repeat"
    OTHER_KIND = "other_kind"


def comparison_parts(folder: Path | Remote, all_types: bool = False, also: Sequence[str] = ()) -> Iterator[pa.Table]:
    """The comparison of the tables in `folder`, cut between indicators, so that memory holds some of them at a time.

    `also`: further columns of `targets`. At least one part, which may be empty. Raises NoTables.
    """
    documents = read_table(folder, "documents", DOCUMENT_COLUMNS)
    for codes in blocks(folder):
        chosen = pc.field("indicator_code").isin(pa.array(codes, pa.string()))
        yield comparison_table(
            documents, read_table(folder, "targets", [*TARGET_COLUMNS, *also], chosen), all_types, also
        )


def blocks(folder: Path | Remote) -> Iterator[list[str]]:
    """Indicators that have targets, as many together as memory may hold, in the order of the vocabulary."""
    codes = pc.value_counts(read_table(folder, "targets", ["indicator_code"])["indicator_code"])
    counts = {row["values"]: row["counts"] for row in codes.to_pylist()}
    block, size = [], 0
    for code in filter(counts.get, indicators()):
        if block and size + counts[code] > AT_ONCE:
            yield block
            block, size = [], 0
        block.append(code)
        size += counts[code]
    yield block


def comparison_table(
    documents: pa.Table, targets: pa.Table, all_types: bool = False, also: Sequence[str] = ()
) -> pa.Table:
    """One row for each target with an indicator, of issued plans alone unless `all_types`; a repeated document
    counts once.

    Order: indicators as in the vocabulary, then province, issuer, document, and the targets as they stand in it.
    Done in columns, for a corpus has millions of targets.
    """
    documents = documents.filter(pc.is_null(left_out_documents(documents, all_types)))
    targets = targets.filter(pc.is_valid(targets["indicator_code"]))
    place = pc.index_in(targets["doc_id"], documents["doc_id"].combine_chunks())
    targets, place = targets.filter(pc.is_valid(place)), pc.drop_null(place)
    names = {indicator.code: indicator.name_vi for indicator in indicators().values()}
    rank = pc.index_in(targets["indicator_code"], pa.array(names, pa.string()))
    columns = {name: documents[name].take(place) for name in FROM_DOCUMENT}
    columns |= {name: targets[name] for name in (*FROM_TARGET, *also)}
    columns["indicator_name"] = pa.array(names.values(), pa.string()).take(rank.combine_chunks())
    keys = pa.table({
        "rank": rank,
        "province": pc.fill_null(columns["province_code"], "~"),
        "issuer": pc.fill_null(columns["issuer"], ""),
        "place": place,
        "row": pa.array(range(len(place)), pa.int64()),
    })  # fmt: skip
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names])
    schema = pa.unify_schemas([schema_of("comparison"), pa.schema([schema_of("targets").field(name) for name in also])])
    return pa.table([columns[name].take(order) for name in schema.names], schema=schema).combine_chunks()


def left_out_documents(documents: pa.Table, all_types: bool = False) -> pa.Array | pa.ChunkedArray:
    """For each document why none of its targets is compared, null where they are."""
    repeats = pc.is_valid(documents["duplicate_of"])
    issued = pc.and_(pc.invert(documents["is_draft"]), pc.equal(documents["doc_type"], "plan"))
    other = pc.invert(pc.or_(issued, pa.scalar(all_types)))
    none = pa.scalar(None, pa.string())
    return pc.if_else(repeats, str(LeftOut.REPEAT), pc.if_else(other, str(LeftOut.OTHER_KIND), none))


def left_out(
    folder: Path | Remote, all_types: bool = False, provinces: Collection[str] | None = None
) -> dict[LeftOut, int]:
    """How many targets of the tables in `folder` the comparison leaves out, by the reason. Raises NoTables."""
    documents = read_table(folder, "documents", DOCUMENT_COLUMNS)
    if provinces is not None:
        documents = documents.filter(pc.is_in(documents["province_name"], pa.array(sorted(provinces), pa.string())))
    return left_out_targets(documents, read_table(folder, "targets", ["doc_id", "indicator_code"]), all_types)


def left_out_targets(documents: pa.Table, targets: pa.Table, all_types: bool = False) -> dict[LeftOut, int]:
    """The same for tables. Each target counts once, as one of a document that is left out where its indicator is
    known."""
    place = pc.index_in(targets["doc_id"], documents["doc_id"].combine_chunks())
    targets, place = targets.filter(pc.is_valid(place)), pc.drop_null(place)
    reasons = left_out_documents(documents, all_types).take(place)
    unnamed = pc.if_else(pc.is_null(targets["indicator_code"]), str(LeftOut.NO_INDICATOR), pa.scalar(None, pa.string()))
    found = {row["values"]: row["counts"] for row in pc.value_counts(pc.coalesce(unnamed, reasons)).to_pylist()}
    return {reason: found[reason] for reason in LeftOut if found.get(reason)}


def compares_all_types(folder: Path | Remote) -> bool:
    """Whether the table `comparison` was made with drafts and documents other than plans. Raises NoTables."""
    documents = read_table(folder, "documents", DOCUMENT_COLUMNS)
    other = documents.filter(pc.equal(left_out_documents(documents), str(LeftOut.OTHER_KIND)))["doc_id"]
    compared = read_table(folder, "comparison", ["doc_id"])["doc_id"]
    return bool(pc.any(pc.is_in(compared, other.combine_chunks())).as_py())
