"""The border: records become Arrow tables here, and what breaks the contract stops here.

Nothing is mended silently. A breach in one document raises `ContractBreach`, which costs that document alone.
"""

from __future__ import annotations

import dataclasses
import datetime
import math
import unicodedata
from collections.abc import Callable, Collection, Sequence
from functools import cache
from operator import attrgetter

import pyarrow as pa

from schemas.columns import ColumnInfo
from schemas.records import FACT_TABLES, TABLES, Document, Table

DOCUMENT_TABLES = (*FACT_TABLES, "findings")
"""Tables whose rows come from one document each."""


class ContractBreach(ValueError):
    """A row that the contract forbids; the text names table, column and row."""

    error_type = "contract_breach"


def to_arrow(table: Table, records: Sequence[object]) -> pa.Table:
    """The records as an Arrow table with the declared schema.

    Raises ContractBreach for a null, an empty or non-NFC string, a code outside the closed vocabulary, a number that
    is none, or a value of another type than declared.
    """
    if not records:
        return empty(table.name)
    arrays = []
    for column, values in zip(table.columns, zip(*map(reader_of(table.name), records), strict=True), strict=True):
        try:
            check_values(table, column, values)
            arrays.append(pa.array(values, column.arrow))
        except ContractBreach:
            raise
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
            raise ContractBreach(f"{table.name}.{column.name}: not {column.arrow}: {error}") from error
    return pa.Table.from_arrays(arrays, schema=schema_of(table.name))


def check_values(table: Table, column: ColumnInfo, values: Sequence[object]) -> None:
    """Hold the values of one column against its declaration. Raises ContractBreach."""
    different = dict.fromkeys(values)  # most columns hold few different values
    if surely_sound(column, different):
        return
    for value in different:
        fault = fault_of(column, value)
        if fault:
            raise ContractBreach(f"{table.name}.{column.name}, row {values.index(value)}: {fault}")


def surely_sound(column: ColumnInfo, values: Collection[object]) -> bool:
    """Whether none of these values has a `fault_of` its own, looked for in all of them at once; in doubt, no."""
    stated = [value for value in values if value is not None]
    if len(stated) < len(values) and not column.nullable:
        return False
    kinds = set(map(type, stated))
    if kinds <= {int, bool, datetime.date}:
        return True
    if kinds == {float}:
        return all(map(math.isfinite, stated))
    if kinds != {str} or not all(map(str.strip, stated)):
        return False
    if column.codes is not None and not column.codes.issuperset(stated):
        return False
    return unicodedata.is_normalized("NFC", "\n".join(stated))  # nothing joins with a line end


@cache
def reader_of(name: str) -> Callable[[object], tuple]:
    """What takes all columns out of a record of a table."""
    return attrgetter(*(column.name for column in TABLES[name].columns))


@cache
def empty(name: str) -> pa.Table:
    """A table without rows."""
    return schema_of(name).empty_table()


@cache
def schema_of(name: str) -> pa.Schema:
    """The declared Arrow schema of a table, built once."""
    return TABLES[name].arrow_schema()


def fault_of(column: ColumnInfo, value: object) -> str | None:
    """What is wrong with a value in a column, or None."""
    if value is None:
        return None if column.nullable else "null in a column that is never null"
    if isinstance(value, str):
        if not value or value.isspace():
            return "an empty string where null belongs"
        if not unicodedata.is_normalized("NFC", value):
            return f"text that is not NFC: {shortened(value)}"
        if column.codes is not None and value not in column.codes:
            return f"{shortened(value)} is none of the codes"
    elif isinstance(value, float) and not math.isfinite(value):
        return f"{value} is no number"
    return None


def check_document(document: Document, rows: dict[str, list]) -> dict[str, pa.Table]:
    """The document and its rows as Arrow tables in reading order, held against the contract. Raises ContractBreach."""
    strangers = sorted(set(rows) - set(DOCUMENT_TABLES))
    if strangers:
        raise ContractBreach(f"rows for tables that a document does not fill: {', '.join(strangers)}")
    told = {"documents": to_arrow(TABLES["documents"], [document])}
    ordered = {name: in_reading_order(rows.get(name, [])) for name in DOCUMENT_TABLES}
    sections = {section.section_id for section in ordered["sections"]}
    for name, records in ordered.items():
        check_places(name, records, document)
        check_keys(TABLES[name], records)
        if name in FACT_TABLES:
            check_facts(name, records, sections)
    return told | {name: to_arrow(TABLES[name], records) for name, records in ordered.items()}


def in_reading_order(records: Sequence) -> list:
    """Rows by where they stand; rows without a place come last, equal places keep the extractors' order."""
    return sorted(records, key=lambda r: (r.char_start is None, r.char_start or 0, r.char_end or 0))


def check_places(name: str, records: Sequence, document: Document) -> None:
    """The provenance law, and that each row belongs to the document. Raises ContractBreach."""
    for number, record in enumerate(records):
        if record.doc_id != document.doc_id:
            raise ContractBreach(f"{name}.doc_id, row {number}: {record.doc_id!r} is another document's")
        place = (record.char_start, record.char_end, record.quote)
        if name == "findings" and place == (None, None, None):
            continue
        if None in place:
            raise ContractBreach(f"{name}, row {number}: a place lacks its start, its end or its quote")
        start, end, quote = place
        if not 0 <= start < end <= len(document.text) or document.text[start:end] != quote:
            raise ContractBreach(f"{name}.quote, row {number}: text[{start}:{end}] is not {shortened(quote)}")


def check_keys(table: Table, records: Sequence) -> None:
    """Keys are unique, and a parent is a row of the same table. Raises ContractBreach."""
    if table.key is None:
        return
    keys = [getattr(record, table.key) for record in records]
    known = set(keys)
    if len(known) < len(keys):
        twice = next(key for i, key in enumerate(keys) if key in keys[:i])
        raise ContractBreach(f"{table.name}.{table.key}: {twice!r} stands twice")
    for number, record in enumerate(records):
        parent = getattr(record, "parent_id", None)
        if parent is not None and parent not in known:
            raise ContractBreach(f"{table.name}.parent_id, row {number}: {parent!r} is no row of the table")


def check_facts(name: str, records: Sequence, sections: set[str]) -> None:
    """Confidence is a share, and `section_id` is a row of `sections`. Raises ContractBreach."""
    for number, record in enumerate(records):
        if not 0 <= record.confidence <= 1:
            raise ContractBreach(f"{name}.confidence, row {number}: {record.confidence} is outside 0 to 1")
        if record.section_id is not None and record.section_id not in sections:
            raise ContractBreach(f"{name}.section_id, row {number}: {record.section_id!r} is no row of `sections`")


def make_document(known: dict[str, object], told: dict[str, object]) -> Document:
    """The row of `documents` from what the runner knows and what the text tells. Raises ContractBreach."""
    columns = {field.name for field in dataclasses.fields(Document)}
    strangers = sorted((set(told) - columns) | (set(told) & set(known)))
    if strangers:
        raise ContractBreach(f"documents: the extractors must not set {', '.join(strangers)}")
    return Document(**known, **told)


def shortened(text: str, limit: int = 60) -> str:
    """A quote short enough for a message."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")
