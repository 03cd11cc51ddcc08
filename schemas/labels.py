"""What tables, columns and codes are called by those who read the report and the workbook (nhãn tiếng Việt).

`vocab/column_labels.csv` names columns, `vocab/code_labels.csv` the codes of columns: as `role.lead`, or where a column
of one name holds other codes in each table, as `funding.kind.total`. Bodies, indicators and sources are named in
vocabularies of their own. `vocab/failure_labels.csv` says why a file could not be read, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.vocabulary import agencies, funding_sources, indicators, load


@dataclass(frozen=True)
class Label:
    """The Vietnamese name of a column or code."""

    code: str
    name_vi: str


@dataclass(frozen=True)
class FailureLabel:
    """Why a file could not be read, and what to do about it."""

    code: str
    name_vi: str
    cure_vi: str


@cache
def column_labels() -> dict[str, Label]:
    """The names of columns. Raises VocabularyError."""
    return load("column_labels", Label)


@cache
def code_labels() -> dict[str, Label]:
    """The names of codes. Raises VocabularyError."""
    return load("code_labels", Label)


@cache
def failure_labels() -> dict[str, FailureLabel]:
    """The causes of failures by `error_type`. Raises VocabularyError."""
    return load("failure_labels", FailureLabel)


@cache
def _named_elsewhere() -> dict[str, dict[str, str]]:
    bodies = {code: agency.name_vi for code, agency in agencies().items()}
    return {
        "agency_code": bodies,
        "successor_code": bodies,
        "indicator_code": {code: indicator.name_vi for code, indicator in indicators().items()},
        "source": {code: source.name_vi for code, source in funding_sources().items()},
    }


def table_label(table: str) -> str:
    """`targets` → `Chỉ tiêu`."""
    return code_labels()[f"table.{table}"].name_vi


def column_label(column: str) -> str:
    """`due_year` → `Năm cần đạt`."""
    return column_labels()[column].name_vi


def code_label(table: str, column: str, code: str) -> str:
    """`assignments`, `role`, `lead` → `Chủ trì`; a code that has no name is given back as it is."""
    elsewhere = _named_elsewhere().get(column)
    if elsewhere is not None:
        return elsewhere.get(code, code)
    labels = code_labels()
    label = labels.get(f"{table}.{column}.{code}") or labels.get(f"{column}.{code}")
    return label.name_vi if label else code
