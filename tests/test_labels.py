"""Every table, column and closed code has one Vietnamese name, and no name is left over."""

import pytest

from pipeline.comparison import LeftOut
from schemas.labels import code_label, code_labels, column_label, column_labels, table_label
from schemas.records import TABLES
from schemas.vocabulary import indicators

STAGES = ("open", "identify", "read", "extract")
INTERVALS = ("PT12H", "P1D", "P10D", "P15D", "P1W", "P1M", "P3M", "P6M", "P1Y")


def columns_with_codes():
    return [(t.name, c.name, code) for t in TABLES.values() for c in t.columns for code in sorted(c.codes or ())]


@pytest.mark.parametrize("table", TABLES)
def test_table_and_its_columns_are_named(table):
    assert table_label(table)
    assert all(column_label(column.name) for column in TABLES[table].columns)


def test_every_closed_code_is_named():
    assert [x for x in columns_with_codes() if code_label(*x) == x[2] and x[1] != "signing_capacity"] == []


def test_no_name_is_left_over():
    columns = {c.name for t in TABLES.values() for c in t.columns}
    assert set(column_labels()) == columns
    used = {f"{c}.{code}" for _, c, code in columns_with_codes()} | {".".join(x) for x in columns_with_codes()}
    used |= {f"left_out.{reason}" for reason in LeftOut}
    used |= {f"table.{t}" for t in TABLES} | {f"stage.{s}" for s in STAGES}
    used |= {f"domain.{i.domain}" for i in indicators().values()}
    used |= {f"recurrence.{interval}" for interval in INTERVALS}
    assert set(code_labels()) <= used


def test_kinds_of_different_tables_have_names_of_their_own():
    assert code_label("funding", "kind", "total") == "Tổng"
    assert code_label("deadlines", "kind", "due") == "Thời hạn hoàn thành"
    assert code_label("assignments", "agency_code", "ubnd_tinh") == "Ủy ban nhân dân tỉnh"
    assert code_label("targets", "unit", "no_such_code") == "no_such_code"
