"""Comparison: what is counted, how values read in Vietnamese, what a spreadsheet may not run."""

from __future__ import annotations

import csv
import dataclasses

import pyarrow as pa
import pytest
from pipeline_fakes import STEPS, THREE, folder_of, plan_text

from pipeline import compare
from pipeline.comparison import comparison_table
from pipeline.contract import schema_of
from pipeline.exit_codes import UsageError
from pipeline.report import PlainConsole
from pipeline.run import run
from pipeline.vietnamese import amount, bare_province, number, short_issuer, target_value
from pipeline.writers import read_rows
from schemas.records import Comparison

TARGET = {
    "doc_id": "d1", "target_id": "t1", "indicator_code": "poverty.rate", "direction": "reach", "comparator": "eq",
    "value_min": 1.0, "value_max": 1.0, "unit": "percent", "rate_period": None, "scope": None, "due_year": 2025,
    "quote": "q", "confidence": 1.0,
}  # fmt: skip
DOCUMENT = {
    "doc_id": "d1", "doc_type": "plan", "is_draft": False, "duplicate_of": None,
    "province_code": "30", "province_name": "Hải Dương",
    "issuer": "Ủy ban nhân dân tỉnh Hải Dương", "issuer_level": "province", "period_start": 2021, "period_end": 2025,
    "doc_number": "1/KH-UBND",
}  # fmt: skip


@pytest.fixture
def tables(tmp_path):
    run(folder_of(tmp_path, THREE), tmp_path / "out", steps=STEPS)
    return tmp_path / "out"


def shown(rows, width=160):
    console = PlainConsole(width=width)
    with console.capture() as capture:
        compare.print_comparison(rows, console)
    return capture.get()


def comparison_rows(documents, targets, all_types=False):
    tables = (pa.Table.from_pylist(r, schema_of(n)) for n, r in (("documents", documents), ("targets", targets)))
    return [Comparison(**row) for row in comparison_table(*tables, all_types).to_pylist()]


def row_of(**changes):
    (row,) = comparison_rows([DOCUMENT], [TARGET])
    return dataclasses.replace(row, **changes)


def test_issued_plans_alone_duplicates_once_known_indicators_only():
    documents = [
        DOCUMENT,
        DOCUMENT | {"doc_id": "d2", "duplicate_of": "d1"},
        DOCUMENT | {"doc_id": "d3", "doc_type": "decision"},
        DOCUMENT | {"doc_id": "d4", "is_draft": True},
    ]
    targets = [TARGET | {"doc_id": d, "target_id": f"{d}-t"} for d in ("d1", "d2", "d3", "d4")]
    targets.append(TARGET | {"indicator_code": None})
    assert [r.doc_id for r in comparison_rows(documents, targets)] == ["d1"]
    assert [r.doc_id for r in comparison_rows(documents, targets, all_types=True)] == ["d1", "d3", "d4"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "1 %"),
        ({"comparator": "approx", "value_min": 11.0, "value_max": 11.0}, "≈ 11 %"),
        (
            {"direction": "decrease", "comparator": "ge", "value_min": 3.0, "value_max": None, "rate_period": "year",
             "unit": "percentage_point"},
            "giảm ≥ 3 điểm %/năm",
        ),
        ({"comparator": "gt", "value_min": 27000.0, "value_max": None, "unit": "household"}, "> 27.000 hộ"),
        ({"comparator": "le", "value_min": None, "value_max": 0.05}, "≤ 0,05 %"),
        ({"comparator": "lt", "value_min": None, "value_max": 2.5}, "< 2,5 %"),
        ({"comparator": "range", "value_min": 80.0, "value_max": 90.0}, "80–90 %"),
        ({"direction": "increase", "value_min": 1.28e9, "value_max": 1.28e9, "unit": "vnd"}, "tăng 1,28 tỷ đồng"),
        ({"comparator": "range", "value_min": 7e6, "value_max": 1.5e9, "unit": "vnd"}, "7 triệu đồng–1,5 tỷ đồng"),
        ({"value_min": 5.0, "value_max": 5.0, "unit": "space_station"}, "5 space_station"),
        ({"value_min": 5.0, "value_max": 5.0, "unit": None}, "5"),
        ({"value_min": None, "value_max": None}, "-"),
    ],
)  # fmt: skip
def test_values_as_a_vietnamese_reader_writes_them(changes, expected):
    assert target_value(TARGET | changes) == expected


def test_numbers_and_names():
    assert [number(v) for v in (0, 1234567.5, 0.02, 100.0, -3.25)] == ["0", "1.234.567,5", "0,02", "100", "-3,25"]
    assert amount(500, "vnd") == "500 đồng"
    assert {bare_province(n) for n in ("Tỉnh Hải Dương", "hai duong", "HẢI DƯƠNG ")} == {"hai duong"}
    assert {bare_province(n) for n in ("TP. Hà Nội", "Thành phố Hà Nội", "ha noi")} == {"ha noi"}
    assert short_issuer("Ủy ban nhân dân huyện Kim Thành") == "UBND huyện Kim Thành"


def test_provinces_are_columns_where_they_fit_and_lines_where_not(tables):
    rows = compare.compare(tables)
    wide = shown(rows, 120)
    (heading,) = [line for line in wide.splitlines() if "Hải Dương" in line]
    assert "Lạng Sơn" in heading and "Thái Bình" in heading
    assert "giảm ≥ 1,5 điểm" in wide
    narrow = shown(rows, 60)
    assert not [line for line in narrow.splitlines() if "Hải Dương" in line and "Lạng Sơn" in line]
    assert shown([]).startswith("No targets to compare")


def test_a_cell_names_year_scope_and_document_where_there_are_several(tmp_path):
    files = {"a.txt": plan_text(), "b.txt": plan_text(number="9/KH-UBND", share="2")}
    run(folder_of(tmp_path, files), tmp_path / "out", steps=STEPS)
    text = shown(compare.compare(tmp_path / "out"))
    assert "(2020; 9/KH-UBND)" in text and "(2020; 356/KH-UBND)" in text


def test_a_district_has_its_own_column():
    row = row_of(issuer="Ủy ban nhân dân huyện Kim Thành", issuer_level="district")
    assert compare.column_of(row) == "UBND huyện Kim Thành (Hải Dương)"


def test_choosing_by_indicator_and_province(tables):
    rows = compare.compare(tables)
    for name in ("hai duong", "Tỉnh Hải Dương", "HẢI DƯƠNG"):
        chosen = compare.select(tables, ["poverty.rate"], [name])
        assert [r.province_name for r in rows if chosen.holds(r)] == ["Hải Dương"]
    assert all(compare.select(tables, ["poverty"], []).holds(r) for r in rows)
    assert not any(compare.select(tables, ["water.clean_access"], []).holds(r) for r in rows)
    with pytest.raises(UsageError, match=r"Did you mean poverty\.rate"):
        compare.select(tables, ["poverty.rates"], [])
    with pytest.raises(UsageError, match=r"Did you mean Hải Dương.*Provinces here"):
        compare.select(tables, [], ["Hai Duog"])
    assert len(read_rows(tables, "comparison")) == 3


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path):
    hostile = ["=cmd|x", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", " =1", "＝1", "plain"]
    path = tmp_path / "c.csv"
    compare.write_csv(path, [row_of(scope=text, value_min=-2.5) for text in hostile])
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [c["scope"] for c in cells] == ["'" + text for text in hostile[:-1]] + ["plain"]
    assert {c["value_min"] for c in cells} == {"-2.5"}
    assert cells[0]["province_name"] == "Hải Dương"


def test_hostile_text_does_not_reach_the_terminal():
    row = row_of(province_name="[red]\x1b[2JHải\u202e", issuer_level="province", quote="a\x07b", scope="[/]\x9b1m")
    for width in (160, 60):
        text = shown([row], width)
        assert not set(text) & set("\x1b\x07\x9b\u202e")
        assert "[red]" in text
