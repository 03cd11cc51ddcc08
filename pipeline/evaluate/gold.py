"""Reading gold: one JSON file a document, in the form of `docs/gold.md`, checked before anything is scored with it.

A slip in a gold file would pass for an error of kehoach; so an unknown key, a missing anchor or a code outside the
vocabulary stops the command and names file, table and row.
"""

from __future__ import annotations

import datetime
import difflib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.evaluate.match import RULES, Wanted
from pipeline.evaluate.texts import is_number
from pipeline.exit_codes import ExitCode, KehoachError, UsageError
from schemas.columns import ColumnInfo
from schemas.records import TABLES

DOCUMENT_FIELDS = (
    "doc_number", "doc_type", "issuer", "issuer_level", "province_code", "province_name", "current_province_code",
    "current_province_name", "district_name", "issued_date", "issued_year", "issued_month", "signer_name",
    "signer_title", "signing_capacity", "period_start", "period_end", "topic",
)  # fmt: skip
"""Fields of `document` that are scored, in the order of reports."""
MARGIN_KEYS = frozenset({"anchor", "optional", "note"})
"""Keys of a gold row that are no columns; `note` is for the annotator's own remarks."""


class GoldError(KehoachError):
    """A gold file cannot be used; the text names file, table and row."""

    exit_code = ExitCode.GOLD_BROKEN


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader finds in one document. A table that is not among `tables` is not annotated."""

    stem: str
    document: Mapping[str, Any]
    tables: Mapping[str, Sequence[Wanted]]


def read_gold(folders: Sequence[Path]) -> list[Gold]:
    """All gold files of the folders, by name. Raises UsageError where there is none, GoldError for a broken one."""
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"no folder {folder}: --gold wants a folder of gold files (docs/gold.md).")
        for path in sorted(folder.glob("*.json")):
            if path.stem in found:
                raise GoldError(f"{path}: {found[path.stem]} is gold for the same document.")
            found[path.stem] = path
    if not found:
        raise UsageError(f"no gold file (*.json) in {', '.join(map(str, folders))}; docs/gold.md shows their form.")
    return [read_gold_file(path) for path in found.values()]


def read_gold_file(path: Path) -> Gold:
    """One gold file. Raises GoldError."""
    try:
        told = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path} cannot be read as JSON: {error}") from error
    return checked_gold(told, path)


def checked_gold(told: Any, path: Path) -> Gold:
    """Gold from what its file says. Raises GoldError."""
    if not isinstance(told, dict):
        raise GoldError(f"{path}: the file must hold one object with `document` and the tables.")
    check_keys(told, {"document", *RULES}, str(path))
    document = told.get("document", {})
    check_cells(document, "documents", DOCUMENT_FIELDS, f"{path}: document")
    tables = {}
    for table in RULES:
        if table not in told:
            continue
        if not isinstance(told[table], list):
            raise GoldError(f"{path}: {table} must be a list of rows.")
        places = [f"{path}: {table}, row {number}" for number in range(1, len(told[table]) + 1)]
        tables[table] = [checked_row(row, table, place) for row, place in zip(told[table], places, strict=True)]
    return Gold(path.stem, document, tables)


def checked_row(row: Any, table: str, place: str) -> Wanted:
    """One row of gold. Raises GoldError."""
    columns = [column for column in declared(table) if column not in MARGIN_KEYS]
    check_cells(row, table, columns, place, MARGIN_KEYS)
    for key in RULES[table].needed:
        if key not in row:
            raise GoldError(f"{place}: lacks `{key}`.")
    if not isinstance(row.get("optional", False), bool):
        raise GoldError(f"{place}: `optional` is true or false.")
    anchor = row.get("anchor")
    if "anchor" in RULES[table].needed and not (isinstance(anchor, str) and anchor.strip()):
        raise GoldError(f"{place}: the anchor is empty.")
    if table == "assignments" and not (row["agency_code"] or row.get("agency_text")):
        raise GoldError(f"{place}: a body outside the vocabulary needs its `agency_text`.")
    return Wanted(row)


def check_cells(row: Any, table: str, columns: Collection[str], place: str, extra: Collection[str] = ()) -> None:
    """Known keys, values of the column's type, codes of its vocabulary. Raises GoldError."""
    if not isinstance(row, dict):
        raise GoldError(f"{place}: must be an object.")
    check_keys(row, {*columns, *extra}, place)
    known = declared(table)
    for name, value in row.items():
        fault = None if name in extra or value is None else fault_of(value, known[name])
        if fault:
            raise GoldError(f"{place}: `{name}` is {value!r}, {fault}.")


def check_keys(told: Mapping[str, Any], known: Collection[str], place: str) -> None:
    """Raises GoldError for a key that gold does not have."""
    for key in told:
        if key not in known:
            near = difflib.get_close_matches(key, list(known), n=1)
            hint = f" Did you mean `{near[0]}`?" if near else ""
            raise GoldError(f"{place}: unknown key `{key}`.{hint}")


def fault_of(value: Any, column: ColumnInfo) -> str | None:
    """What keeps a value out of a column, or None."""
    kind = str(column.arrow)
    if kind == "date32[day]":
        return None if is_day(value) else "no date of the form 2025-06-30"
    if kind == "string":
        if not isinstance(value, str):
            return "no text"
        unknown = column.codes is not None and value not in column.codes
        return "none of the column's codes (`kehoach tables` lists them)" if unknown else None
    return None if is_number(value) else "no number"


def is_day(value: Any) -> bool:
    """Whether it is a day of the calendar in ISO form."""
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@cache
def declared(table: str) -> dict[str, ColumnInfo]:
    """The columns of a table by name."""
    return {column.name: column for column in TABLES[table].columns}
