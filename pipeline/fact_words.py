"""A fact in words: what it says, then its other columns under their Vietnamese names.

Names come from the label files and values from `pipeline.vietnamese`; there are no words here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.vietnamese import PERIODS, amount, number, target_value, unit_names
from schemas.labels import code_label, column_label
from schemas.records import PROVENANCE, TABLES

Row = Mapping[str, Any]
BETWEEN = " · "
HIDDEN = frozenset((*PROVENANCE, "parent_id", "due_year_stated", "commune_code", "district_code"))
"""Columns that stand elsewhere on the page, or say in code what another says in words."""
IN_HEAD = {
    "targets": frozenset(
        ("direction", "comparator", "value_min", "value_max", "unit", "rate_period", "indicator_text")
    ),
    "funding": frozenset(("kind", "amount_vnd", "share_percent", "purpose", "per_unit")),
    "assignments": frozenset(("agency_code", "role", "task")),
    "deadlines": frozenset(("kind", "start_date", "end_date", "recurrence", "event")),
    "activities": frozenset(("kind", "label", "name")),
    "citations": frozenset(("instrument", "number", "date", "subject")),
}
"""Columns that the head and the body of a fact already tell."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in words. `details`: other columns, by name."""

    head: str
    body: str
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """Head and body on one line."""
        return BETWEEN.join(filter(None, (self.head, self.body)))


def told(table: str, row: Row) -> Told:
    """A row of a fact table in words."""
    shown = HIDDEN | IN_HEAD[table] | {TABLES[table].key}
    details = {
        column.name: value_of(table, row, column.name)
        for column in TABLES[table].columns
        if column.name not in shown and row[column.name] is not None and not column.name.endswith("_id")
    }
    for name in said_already(table, row):
        details.pop(name, None)
    return Told(*HEADS[table](row), details)


def said_already(table: str, row: Row) -> Iterator[str]:
    """Columns of which the head of this row says the same."""
    if table == "assignments":
        named = code_label(table, "agency_code", row["agency_code"] or row["agency_text"])
        if named.casefold() == row["agency_text"].casefold():
            yield "agency_text"
        if row["successor_code"] == row["agency_code"]:
            yield "successor_code"
    elif table == "funding" and row["kind"] == "source":
        yield "source"


def value_of(table: str, row: Row, column: str) -> str:
    """The value of a column in words."""
    value = row[column]
    if isinstance(value, datetime.date):
        return date(value)
    if column == "baseline_value":
        return amount(value, row["unit"])
    if isinstance(value, float):
        return number(value)
    return code_label(table, column, value) if isinstance(value, str) else str(value)


def date(value: datetime.date) -> str:
    """`05/01/2017`."""
    return f"{value.day:02}/{value.month:02}/{value.year}"


def joined(*parts: str | None) -> str:
    """The parts that there are."""
    return BETWEEN.join(filter(None, parts))


def _target(row: Row) -> tuple[str, str]:
    return target_value(row), row["indicator_text"]


def _funding(row: Row) -> tuple[str, str]:
    money = None if row["amount_vnd"] is None else amount(row["amount_vnd"], "vnd")
    share = None if row["share_percent"] is None else amount(row["share_percent"], "percent")
    per = row["per_unit"]
    value = joined(money, share) + (f"/{PERIODS.get(per) or unit_names().get(per, per)}" if per else "")
    source = code_label("funding", "source", row["source"]) if row["kind"] == "source" and row["source"] else None
    return joined(code_label("funding", "kind", row["kind"]), value, source), row["purpose"] or ""


def _assignment(row: Row) -> tuple[str, str]:
    code = row["agency_code"]
    agency = row["agency_text"] if code is None else code_label("assignments", "agency_code", code)
    return joined(agency, code_label("assignments", "role", row["role"])), row["task"]


def _deadline(row: Row) -> tuple[str, str]:
    again = row["recurrence"] and code_label("deadlines", "recurrence", row["recurrence"])
    return joined(code_label("deadlines", "kind", row["kind"]), days(row), again), row["event"]


def days(row: Row) -> str:
    """The days of a deadline: one, from one to another, or from or up to one where the other is open."""
    stated = {name: date(row[name]) for name in ("start_date", "end_date") if row[name] is not None}
    if len(stated) == 1 and row["kind"] != "due":
        ((name, day),) = stated.items()
        return f"{column_label(name)} {day}"
    return " – ".join(dict.fromkeys(stated.values()))


def _activity(row: Row) -> tuple[str, str]:
    return joined(code_label("activities", "kind", row["kind"]), row["label"]), row["name"]


def _citation(row: Row) -> tuple[str, str]:
    kind = code_label("citations", "instrument", row["instrument"])
    day = None if row["date"] is None else date(row["date"])
    return joined(" ".join(filter(None, (kind, row["number"]))), day), row["subject"] or ""


HEADS = {
    "targets": _target,
    "funding": _funding,
    "assignments": _assignment,
    "deadlines": _deadline,
    "activities": _activity,
    "citations": _citation,
}
