"""Which sheets the workbook has, and what each of their columns shows: values in words that its readers use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.comparison import LeftOut
from pipeline.fact_words import told
from pipeline.vietnamese import target_value, unit_names
from schemas.labels import Label, code_label, column_label, failure_labels, table_label
from schemas.records import TABLES
from schemas.vocabulary import load

Row = Mapping[str, Any]
FACTS = ("targets", "funding", "assignments", "deadlines", "activities", "citations")
PLACE_OF_ROW = ("province_name", "doc_number")
"""What every row of a fact begins with: columns of its document."""
UNIT_COLUMNS = ("unit", "per_unit")
YEARS = frozenset(("year", "due_year", "baseline_year", "period_start", "period_end", "issued_year"))
LONG = frozenset(("quote", "indicator_text", "task", "purpose", "event", "name", "title", "subject", "message"))
PLACES = frozenset(
    (
        *("section", "source_path", "indicator_code", "indicator_name", "agency_text", "agency_code", "successor_code"),
        *("programme", "issuer", "population", "scope", "beneficiary", "component", "objective", "signer_name"),
    )
)
"""Columns of names, as wide as these need."""
SHORT = frozenset(("unit", "per_unit", "rate_period", "severity", "agency_level", "precision", "is_draft"))
"""Columns of a word or two."""
TECHNICAL = frozenset(("error_type", "source_sha256"))
"""Columns that only who works with the tables needs, as their ids."""


@dataclass(frozen=True)
class Field:
    """A column of a sheet: its head, what it shows of a row, and the kind of value (a key of `layout.WIDTHS`)."""

    head: str
    of: Callable[[Row], Any]
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """One sheet: the name on its tab and its columns; `printed`: how many of these, where not all but the ids."""

    name: str
    fields: tuple[Field, ...]
    printed: int | None = None


@cache
def text(code: str) -> str:
    """Words of the workbook that name no column and no code. Raises VocabularyError."""
    return load("texts", Label, Path(__file__).parent)[code].name_vi


def shown(table: str, column: str) -> Field:
    """A column of a table as it is, codes by their names."""
    info = next(c for c in TABLES[table].columns if c.name == column)
    kind = kind_of(column, str(info.arrow))
    if column in UNIT_COLUMNS:
        return Field(column_label(column), lambda row: unit_names().get(row[column], row[column]) or None, kind)
    if column in coded_columns() or (table, column) == ("failures", "stage"):
        return Field(column_label(column), lambda row: named(table, column, row[column]), kind)
    if kind == "yes":
        return Field(
            column_label(column), lambda row: None if row[column] is None else text(yes_no(row[column])), "short"
        )
    return Field(column_label(column), lambda row: row[column], kind)


def kind_of(column: str, arrow: str) -> str:
    """The kind of a column's values by its Arrow type and its name."""
    if arrow == "bool":
        return "yes"
    if column in YEARS:
        return "year"
    if column == "amount_vnd":
        return "money"
    if column in ("expected", "actual"):
        return "sum"
    if column == "share_percent":
        return "percent"
    if column in TECHNICAL or column.endswith("_id"):
        return "id"
    if column in PLACES:
        return "place"
    if column in SHORT:
        return "short"
    if column in ("confidence", "ocr_confidence"):
        return "share"
    kinds = {"double": "number", "float": "number", "int32": "whole", "int64": "whole", "date32[day]": "date"}
    return kinds.get(arrow, "long" if column in LONG else "text")


@cache
def coded_columns() -> frozenset[str]:
    """Columns whose values are codes with names, in whichever table they stand."""
    closed = {c.name for t in TABLES.values() for c in t.columns if c.codes}
    return frozenset(closed - set(UNIT_COLUMNS) | {"recurrence"})


def yes_no(value: bool) -> str:
    """The code of the word for it."""
    return "yes" if value else "no"


def named(table: str, column: str, code: str | None) -> str | None:
    """A code by its name."""
    return None if code is None else code_label(table, column, code)


def fields(table: str, *columns: str) -> tuple[Field, ...]:
    """Several columns of a table as they are."""
    return tuple(shown(table, column) for column in columns)


@cache
def fact_sheet(table: str) -> Sheet:
    """The sheet of a fact table: whose row it is, what it says, and where that stands."""
    value = (Field(text("value"), target_value),) if table == "targets" else ()
    compared = (Field(text("compared"), is_compared),) if table == "targets" else ()
    of_document = fields("documents", *PLACE_OF_ROW)
    tail = (*fields(table, "quote", "page"), section_field(), shown(table, "confidence"))
    last = (shown("documents", "source_path"), *fields(table, *IDS[table]))
    return Sheet(table_label(table), (*of_document, *value, *fields(table, *SAID[table]), *compared, *tail, *last))


def is_compared(row: Row) -> str:
    """Whether the comparison holds a target, and why it does not."""
    reason = row["left_out"] if row["indicator_code"] else LeftOut.NO_INDICATOR
    return f"{text('no')}: {code_label('comparison', 'left_out', reason)}" if reason else text("yes")


def section_field() -> Field:
    """The column of the section that holds a row."""
    return Field(text("section"), lambda row: row["section"], "place")


@cache
def documents_sheet() -> Sheet:
    """The sheet of documents, with how many rows of each table they gave and how many are doubtful."""
    counts = tuple(
        Field(table_label(t), lambda row, t=t: row["counts"].get(t, 0), "whole") for t in (*FACTS, "findings")
    )
    repeats = Field(text("repeats"), lambda row: row["repeats"], "place")
    doubts = Field(text("doubts"), lambda row: row["doubts"], "whole")
    head, about = fields("documents", *DOCUMENT_HEAD), fields("documents", *DOCUMENT_ABOUT)
    first = (*head, *counts, doubts, repeats, shown("documents", "source_path"))
    return Sheet(table_label("documents"), (*first, *about), len(first))


@cache
def findings_sheet() -> Sheet:
    """The sheet of what an analyst must look at."""
    said = ("severity", "check", "message", "expected", "actual")
    of_table = Field(text("of_table"), lambda row: table_label(row["table_name"]) if row["table_name"] else None)
    tail = (*fields("findings", "quote", "page"), section_field(), of_table)
    last = (*tail, shown("documents", "source_path"), shown("findings", "doc_id"))
    return Sheet(table_label("findings"), (*fields("documents", *PLACE_OF_ROW), *fields("findings", *said), *last))


@cache
def doubts_sheet() -> Sheet:
    """The sheet of all facts that are doubtful, of whichever table."""
    of_table = Field(text("of_table"), lambda row: table_label(row["table"]))
    words = Field(text("in_words"), lambda row: told(row["table"], row).line, "long")
    tail = (*fields("targets", "quote", "page"), section_field(), *fields("targets", "confidence"))
    last = shown("documents", "source_path")
    return Sheet(text("doubtful"), (*fields("documents", *PLACE_OF_ROW), of_table, words, *tail, last))


@cache
def failures_sheet() -> Sheet:
    """The sheet of files that could not be read: why and what to do; last, and not printed, the message in English as
    the command line gives it."""
    causes = failure_labels()

    def said(row: Row, what: str) -> str | None:
        cause = causes.get(row["error_type"])
        return getattr(cause, what) if cause else None

    cause = Field(text("cause"), lambda row: said(row, "name_vi"), "place")
    cure = Field(text("cure"), lambda row: said(row, "cure_vi"), "long")
    head = (shown("failures", "source_path"), cause, cure, shown("failures", "stage"))
    message = Field(text("message"), lambda row: row["message"], "id")
    return Sheet(
        table_label("failures"), (*head, *fields("failures", "error_type"), message, shown("failures", "source_sha256"))
    )


@cache
def comparison_sheet() -> Sheet:
    """The sheet that lays provinces side by side, one target a row."""
    head = fields("comparison", "indicator_name", "province_name", "issuer", "doc_number")
    value = Field(text("value"), target_value)
    rest = ("value_min", "value_max", "unit", "rate_period", "due_year", "scope", "period_start", "period_end")
    tail = (shown("comparison", "quote"), shown("targets", "page"), section_field(), shown("comparison", "confidence"))
    last = (shown("documents", "source_path"), *fields("comparison", "indicator_code", "target_id"))
    return Sheet(table_label("comparison"), (*head, value, *fields("comparison", *rest), *tail, *last))


SAID = {
    "targets": (
        *("indicator_text", "indicator_code", "value_min", "value_max", "unit", "rate_period", "due_year"),
        *("due_year_stated", "population", "scope", "baseline_value", "baseline_year"),
    ),
    "funding": (
        *("kind", "amount_vnd", "amount_text", "share_percent", "per_unit", "quantity", "year", "source"),
        *("expenditure_type", "purpose", "beneficiary", "component"),
    ),
    "assignments": ("agency_text", "agency_code", "agency_level", "role", "task", "component", "successor_code"),
    "deadlines": ("event", "kind", "start_date", "end_date", "precision", "recurrence", "agency_code"),
    "activities": ("kind", "label", "name", "year", "commune_text", "district_text", "quantity", "objective"),
    "citations": ("relation", "instrument", "number", "date", "issuer", "subject"),
}
"""What each fact table's sheet shows between the document and the place."""
IDS = {
    "targets": ("target_id", "parent_id"),
    "funding": ("funding_id", "parent_id"),
    "assignments": ("assignment_id", "parent_id"),
    "deadlines": ("deadline_id",),
    "activities": ("activity_id", "parent_id"),
    "citations": ("citation_id",),
}
DOCUMENT_HEAD = (
    *("province_name", "doc_number", "title", "issuer", "issued_date", "doc_type", "is_draft", "period_start"),
    *("period_end", "topic"),
)
DOCUMENT_ABOUT = (
    *("signer_name", "signer_title", "programme", "current_province_name", "text_source", "n_pages"),
    *("ocr_confidence", "doc_id"),
)
