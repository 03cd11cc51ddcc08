"""Comparison: what is counted, how values read in Vietnamese, what a spreadsheet may not run."""

from __future__ import annotations

import csv
import dataclasses

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from pipeline_fakes import STEPS, THREE, folder_of, plan_text

from pipeline import compare, comparison
from pipeline.comparison import LeftOut, comparison_table, left_out_targets
from pipeline.contract import schema_of, to_arrow
from pipeline.exit_codes import UsageError
from pipeline.report import PlainConsole
from pipeline.run import run
from pipeline.vietnamese import amount, bare_province, number, short_issuer, target_value
from pipeline.writers import read_rows, read_table, write_tables
from schemas.records import TABLES, Comparison

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


def shown(table, width=160):
    console = PlainConsole(width=width)
    with console.capture() as capture:
        compare.print_comparison(table, console)
    return capture.get()


def table_of(rows):
    return to_arrow(TABLES["comparison"], rows)


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


def test_documents_of_one_number_are_told_apart():
    rows = [row_of(), row_of(doc_id="d2345678", value_min=2.0, value_max=2.0)]
    assert compare.names_of(rows) == {"d1": "1/KH-UBND d1", "d2345678": "1/KH-UBND d234567"}
    assert compare.names_of([row_of(), row_of(doc_id="d2", doc_number=None)]) == {"d1": "1/KH-UBND", "d2": "d2"}
    for width in (160, 60):
        assert "d234567" in shown(table_of(rows), width)


def test_what_is_left_out_is_counted_once_by_the_reason():
    documents = [
        DOCUMENT,
        DOCUMENT | {"doc_id": "d2", "duplicate_of": "d1"},
        DOCUMENT | {"doc_id": "d3", "doc_type": "decision", "province_name": "Lạng Sơn"},
        DOCUMENT | {"doc_id": "d4", "is_draft": True},
    ]
    targets = [TARGET | {"doc_id": d, "target_id": f"{d}-{n}"} for d in ("d1", "d2", "d3", "d4") for n in range(2)]
    targets += [TARGET | {"doc_id": d, "indicator_code": None} for d in ("d1", "d2", "d4")]
    tables = [pa.Table.from_pylist(r, schema_of(n)) for n, r in (("documents", documents), ("targets", targets))]
    found = left_out_targets(*tables)
    assert found == {LeftOut.NO_INDICATOR: 3, LeftOut.REPEAT: 2, LeftOut.OTHER_KIND: 4}
    assert left_out_targets(*tables, all_types=True) == {LeftOut.NO_INDICATOR: 3, LeftOut.REPEAT: 2}
    one = tables[0].filter(pc.equal(tables[0]["province_name"], "Lạng Sơn"))
    assert left_out_targets(one, tables[1]) == {LeftOut.OTHER_KIND: 2}
    assert len(comparison_rows(documents, targets)) + sum(found.values()) == len(targets)
    assert compare.left_out_line(found) == (
        "Not compared: 9 targets: 3 of none of the known indicators, 2 of documents that repeat others, "
        "4 of drafts and documents other than plans (--all-types)."
    )
    assert compare.left_out_line({}) == ""


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
    assert [amount(v, "percent") for v in (33.333333, 66.6667, 100 / 7, 0.125, 12.5, 95.0, 0.0005)] == [
        "33,33 %", "66,67 %", "14,29 %", "0,125 %", "12,5 %", "95 %", "0,0005 %",
    ]  # fmt: skip
    assert amount(12.3456, "hectare").startswith("12,3456 ")
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
    assert shown(table_of([])).startswith("No targets to compare")


def test_a_cell_names_year_scope_and_document_where_there_are_several(tmp_path):
    files = {"a.txt": plan_text(), "b.txt": plan_text(number="9/KH-UBND", share="2")}
    run(folder_of(tmp_path, files), tmp_path / "out", steps=STEPS)
    text = shown(compare.compare(tmp_path / "out"))
    assert "(2020; 9/KH-UBND)" in text and "(2020; 356/KH-UBND)" in text


def test_a_district_has_its_own_column():
    row = row_of(issuer="Ủy ban nhân dân huyện Kim Thành", issuer_level="district")
    assert compare.column_of(row) == "UBND huyện Kim Thành (Hải Dương)"


def test_a_province_of_then_is_found_by_the_name_of_the_one_that_holds_it_today(tables):
    rows = read_table(tables, "documents").to_pylist()
    today = {"current_province_name": "Hải Phòng", "current_province_code": "31"}
    moved = [row | today if row["province_name"] == "Hải Dương" else row for row in rows]
    write_tables(tables, {"documents": pa.Table.from_pylist(moved, schema_of("documents"))})
    for asked in ("Hải Phòng", "31", "Hải Dương"):
        assert compare.select(tables, [], [asked]).provinces == {"Hải Dương"}


def test_choosing_by_indicator_and_province(tables):
    rows = compare.compare(tables)
    for name in ("hai duong", "Tỉnh Hải Dương", "HẢI DƯƠNG"):
        chosen = compare.select(tables, ["poverty.rate"], [name])
        assert [r.province_name for r in compare.rows_of(chosen.of(rows))] == ["Hải Dương"]
    assert compare.select(tables, ["poverty"], []).of(rows).equals(rows)
    assert compare.select(tables, ["water.clean_access"], []).of(rows).num_rows == 0
    with pytest.raises(UsageError, match=r"Did you mean poverty\.rate"):
        compare.select(tables, ["poverty.rates"], [])
    with pytest.raises(UsageError, match=r"Did you mean Hải Dương.*Provinces here"):
        compare.select(tables, [], ["Hai Duog"])
    assert len(read_rows(tables, "comparison")) == 3


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path):
    hostile = ["=cmd|x", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", " =1", "＝1", "plain"]
    path = tmp_path / "c.csv"
    compare.write_csv(path, table_of([row_of(scope=text, value_min=-2.5) for text in hostile]))
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
        text = shown(table_of([row]), width)
        assert not set(text) & set("\x1b\x07\x9b\u202e")
        assert "[red]" in text


def test_the_table_is_the_same_cut_between_indicators_or_whole(tmp_path, monkeypatch):
    codes = ("water.clean_access", "poverty.rate", None, "poverty.near_poor_rate", "poverty.rate")
    targets = [
        TARGET | {"doc_id": f"d{n % 7}", "target_id": f"t{n}", "indicator_code": codes[n % 5]} for n in range(70)
    ]
    documents = [DOCUMENT | {"doc_id": f"d{n}", "province_code": f"{30 - n}"} for n in range(7)]
    for name, rows in (("documents", documents), ("targets", targets)):
        columns = pa.schema([column.with_nullable(True) for column in schema_of(name)])
        pq.write_table(pa.Table.from_pylist(rows, columns), tmp_path / f"{name}.parquet")
    whole = comparison_rows(documents, targets)
    for at_once, cuts in ((1, 3), (40, 2), (1_000, 1)):
        monkeypatch.setattr(comparison, "AT_ONCE", at_once)
        parts = list(comparison.comparison_parts(tmp_path))
        assert len(parts) == cuts
        assert list(compare.rows_of(pa.concat_tables(parts))) == whole


def test_compare_writes_what_a_run_writes(tables, monkeypatch):
    monkeypatch.setattr(comparison, "AT_ONCE", 1)
    written = (tables / "comparison.parquet").read_bytes()
    write_tables(tables, {"comparison": table_of([])})
    assert compare.compare(tables).num_rows == 3
    assert (tables / "comparison.parquet").read_bytes() == written


def test_of_very_many_targets_the_screen_shows_the_first(monkeypatch):
    monkeypatch.setattr(compare, "MOST_ROWS", 2)
    table = table_of([row_of(province_name=name) for name in ("Hải Dương", "Lạng Sơn", "Thái Bình")])
    text = shown(table)
    assert "Lạng Sơn" in text and "Thái Bình" not in text
    assert "Targets: 3" in text and "the first 2" in text and "--csv" in text


def test_a_sum_is_told_whole():
    assert amount(1_280_000_000, "vnd") == "1,28 tỷ đồng"
    assert amount(12_345_678_901, "vnd") == "12.345.678.901 đồng"  # "12,345679 tỷ" would be another sum
