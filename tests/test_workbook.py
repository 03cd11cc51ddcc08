"""`kehoach export`: what the workbook holds is what the tables hold, in words its readers know, and nothing runs."""

from __future__ import annotations

import datetime
import errno
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from pipeline_fakes import STEPS, THREE, folder_of

from pipeline import compare
from pipeline.comparison import LeftOut, left_out
from pipeline.exit_codes import NoTables, OutputNotWritable, UsageError
from pipeline.run import run
from pipeline.vietnamese import target_value
from pipeline.workbook import export as whole_export
from pipeline.workbook import layout, rows, sheets
from pipeline.workbook.export import DOUBT_COLOUR, MOST_LETTERS, harmless
from pipeline.writers import read_rows, read_table, write_tables
from schemas.labels import code_label, column_label, table_label
from schemas.records import TABLES, is_doubtful

module = sys.modules["pipeline.workbook.export"]
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The tables of the sample plans and of a file that cannot be read."""
    folder = tmp_path_factory.mktemp("plans")
    for file in RAW.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    out = tmp_path_factory.mktemp("out")
    run(folder, out)
    return out


@pytest.fixture(scope="module")
def book(tables, tmp_path_factory):
    file = tmp_path_factory.mktemp("book") / "so-lieu.xlsx"
    whole_export(tables, file)
    return openpyxl.load_workbook(file)


def cells(page):
    """The rows of a sheet by the heads of its columns."""
    head, *rest = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


@pytest.mark.parametrize("table", sheets.FACTS)
def test_each_fact_has_its_row_with_the_words_that_prove_it(book, tables, table):
    stated = read_rows(tables, table)
    shown = cells(book[table_label(table)])
    assert [row[column_label("quote")] for row in shown] == [row["quote"] for row in stated]
    assert [row[column_label("confidence")] for row in shown] == [round(row["confidence"], 4) for row in stated]


def test_values_are_numbers_days_and_names(book, tables):
    money = [row["amount_vnd"] for row in read_rows(tables, "funding")]
    assert [row[column_label("amount_vnd")] for row in cells(book[table_label("funding")])] == money
    roles = [code_label("assignments", "role", row["role"]) for row in read_rows(tables, "assignments")]
    assert [row[column_label("role")] for row in cells(book[table_label("assignments")])] == roles
    days = [row["end_date"] for row in read_rows(tables, "deadlines")]
    shown = [row[column_label("end_date")] for row in cells(book[table_label("deadlines")])]
    assert [day.date() if isinstance(day, datetime.datetime) else day for day in shown] == days
    words = [target_value(row) for row in read_rows(tables, "targets")]
    assert [row[sheets.text("value")] for row in cells(book[table_label("targets")])] == words


def test_what_is_not_stated_is_an_empty_cell(book):
    shown = cells(book[table_label("targets")])
    assert any(row[column_label("baseline_value")] is None for row in shown)
    assert not {"", "null", "None", "nan"} & {value for row in shown for value in row.values()}


def test_doubtful_rows_are_marked_and_listed(book, tables):
    doubted = [
        row["quote"] for name in sheets.FACTS for row in read_rows(tables, name) if is_doubtful(row["confidence"])
    ]
    assert doubted and [row[column_label("quote")] for row in cells(book[sheets.text("doubtful")])] == doubted
    page = book[table_label("deadlines")]
    marked = [row[0].fill.fgColor.rgb.endswith(DOUBT_COLOUR[1:]) for row in page.iter_rows(min_row=2)]
    assert marked == [is_doubtful(row["confidence"]) for row in read_rows(tables, "deadlines")]
    by_document = {
        row[column_label("doc_id")]: row[sheets.text("doubts")] for row in cells(book[table_label("documents")])
    }
    assert sum(by_document.values()) == len(doubted)


def test_what_failed_stands_there_with_what_to_do(book):
    (failure,) = cells(book[table_label("failures")])
    assert failure[column_label("source_path")] == "broken.docx" and failure[sheets.text("message")]
    assert failure[sheets.text("cause")] and failure[sheets.text("cure")]
    assert failure[column_label("stage")] == code_label("failures", "stage", "read")


def test_what_users_read_of_a_failure_is_vietnamese(book, tables):
    """The message of the command line stands last, told to be English, and is not printed."""
    page = book[table_label("failures")]
    (failure,) = read_rows(tables, "failures")
    heads = [cell.value for cell in page[1]]
    shown = {row[sheets.text("message")] for row in cells(page)}
    assert shown == {failure["message"]} and "tiếng Anh" in sheets.text("message")
    printed = page.print_area.rpartition("!")[2]
    in_print = [cell.value for cell in page[printed][0]]
    assert in_print == heads[: len(in_print)] and sheets.text("cure") in in_print
    assert not {sheets.text("message"), column_label("error_type")} & set(in_print)


def test_sheets_can_be_printed(book):
    for page in book.worksheets:
        setup = page.page_setup
        assert setup.orientation == "landscape" and page.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
    for page in book.worksheets[1:]:
        assert page.print_title_rows == "$1:$1" and page.freeze_panes == "A2"
        printed = [cell.value for cell in page[page.print_area.rpartition("!")[2]][0]]
        assert column_label("source_path") in printed
        assert not {column_label("doc_id"), column_label("target_id"), column_label("source_sha256")} & set(printed)


def test_words_go_on_in_the_next_line_and_rows_are_as_high(book):
    """The cell beside would cut them; ids alone stay on one line."""
    ids = {column_label(name) for t in TABLES.values() for name in [t.key] if name}
    ids |= {column_label(name) for name in ("assignment_id", "parent_id", "error_type", "source_sha256")}
    ids |= {sheets.text("message")}
    for page in book.worksheets[1:]:
        heads = [cell.value for cell in page[1]]
        widths = [width for d in page.column_dimensions.values() for width in [d.width] * (d.max - d.min + 1)]
        for row in page.iter_rows(min_row=2):
            for head, width, cell in zip(heads, widths, row, strict=True):
                if isinstance(cell.value, str) and head not in ids:
                    assert cell.alignment.wrap_text, (page.title, head)
                    lines = min(layout.MOST_LINES, len(cell.value) / width)
                    height = page.row_dimensions[cell.row].height or layout.LINE_HEIGHT
                    assert height >= layout.LINE_HEIGHT * lines, (page.title, head)


@pytest.mark.parametrize(
    ("said", "width", "lines"), [("", 20, 1), ("x" * 18, 20, 1), ("x" * 19, 20, 2), ("a\nb\n" + "x" * 40, 20, 5)]
)
def test_lines_of_a_text(said, width, lines):
    assert layout.lines_in(said, width) == lines


def test_the_first_sheet_counts_the_rows_of_the_others(book):
    front = book.worksheets[0]
    counts = {row[0]: row[1] for row in front.iter_rows(values_only=True) if isinstance(row[1], int)}
    of_sheets = {f"{sheets.text('count_of')} {p.title}": p.max_row - 1 for p in book.worksheets[1:]}
    assert of_sheets.items() <= counts.items()


def test_what_is_not_compared_is_counted_and_told_by_row(book, tables):
    shown = cells(book[table_label("targets")])
    said = [row[sheets.text("compared")] for row in shown]
    compared = {row["target_id"] for row in read_rows(tables, "comparison")}
    assert [word == sheets.text("yes") for word in said] == [
        row["target_id"] in compared for row in read_rows(tables, "targets")
    ]
    left = left_out(tables)
    assert left[LeftOut.NO_INDICATOR]
    front = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    for reason in LeftOut:
        name = code_label("comparison", "left_out", reason)
        assert said.count(f"{sheets.text('no')}: {name}") == left.get(reason, 0)
        assert front.get(f"{sheets.text('not_compared')}: {name}", 0) == left.get(reason, 0)
    assert len(compared) + sum(left.values()) == len(said)


def test_a_comparison_of_all_types_leaves_none_of_them_out(tables, tmp_path):
    shutil.copytree(tables, tmp_path / "all", symlinks=True)
    compare.compare(tmp_path / "all", all_types=True)
    whole_export(tmp_path / "all", tmp_path / "x.xlsx")
    shown = cells(openpyxl.load_workbook(tmp_path / "x.xlsx")[table_label("targets")])
    other = code_label("comparison", "left_out", LeftOut.OTHER_KIND)
    assert not [row for row in shown if other in row[sheets.text("compared")]]


def test_what_is_compared_and_what_needs_a_look_lead_to_their_place(book, tables):
    targets = {row["target_id"]: row for row in read_rows(tables, "targets")}
    paths = {row["doc_id"]: row["source_path"] for row in read_rows(tables, "documents")}
    shown = cells(book[table_label("comparison")])
    assert len(shown) > 5
    for row in shown:
        target = targets[row[column_label("target_id")]]
        assert row[column_label("page")] == target["page"] and row[sheets.text("section")]
        assert row[column_label("source_path")] == paths[target["doc_id"]]
    findings = {row["quote"]: row for row in read_rows(tables, "findings") if row["quote"]}
    found = [row for row in cells(book[table_label("findings")]) if row[column_label("quote")]]
    assert len(found) > 5 and any(row[column_label("page")] for row in found)
    for row in found:
        stated = findings[row[column_label("quote")]]
        assert row[column_label("page")] == stated["page"]
        assert bool(row[sheets.text("section")]) == bool(stated["section_id"])


def test_a_finding_names_the_section_and_the_page_of_its_words(tables):
    sections = {row["section_id"]: row for row in read_rows(tables, "sections")}
    for row in read_rows(tables, "findings"):
        if row["section_id"]:
            section = sections[row["section_id"]]
            assert section["char_start"] <= row["char_start"] < section["char_end"]
            assert not row["page"] or row["page"] >= section["page"]


def test_a_severity_that_nobody_knows_breaks_nothing(tmp_path):
    run(folder_of(tmp_path, THREE), tmp_path / "out", steps=STEPS)
    table = read_table(tmp_path / "out", "findings")
    odd = [row | {"severity": "critical"} for row in table.to_pylist()]
    write_tables(tmp_path / "out", {"findings": table.from_pylist(odd, table.schema)})
    whole_export(tmp_path / "out", tmp_path / "x.xlsx")
    found = cells(openpyxl.load_workbook(tmp_path / "x.xlsx")[table_label("findings")])
    assert {row[column_label("severity")] for row in found} == {"critical"}


def test_a_row_names_its_section_and_document(book):
    first = cells(book[table_label("targets")])[0]
    assert first[sheets.text("section")] and first[column_label("source_path")]
    outline = [
        {"section_id": "a", "parent_id": None, "label": "II", "heading": "MỤC TIÊU"},
        {"section_id": "b", "parent_id": "a", "label": "1", "heading": "Chung"},
        {"section_id": "c", "parent_id": "b", "label": None, "heading": "Giảm nghèo"},
        {"section_id": "x", "parent_id": "y", "label": "1", "heading": "Một"},
        {"section_id": "y", "parent_id": "x", "label": "2", "heading": "Hai"},
    ]
    names = rows.headings(outline)
    assert (names["a"], names["c"]) == ("II MỤC TIÊU", "II MỤC TIÊU › 1 Chung")
    assert set(names) == {"a", "b", "c", "x", "y"}  # a circle, which no run makes, ends, too


def test_one_province_alone(tables, tmp_path):
    made = whole_export(tables, tmp_path / "x.xlsx", frozenset({"Lạng Sơn"}))
    assert made[table_label("documents")] == 1
    found = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert {row[column_label("province_name")] for row in cells(found[table_label("targets")])} == {"Lạng Sơn"}
    assert table_label("failures") not in found.sheetnames  # of which province they are, nobody knows
    front = {row[0]: row[1] for row in found.worksheets[0].iter_rows(values_only=True)}
    assert front[sheets.text("failures_elsewhere")] == 1


HOSTILE = (
    "=HYPERLINK(\"http://a.invalid\")", "+1+1", "-2+3", "@SUM(1)", "\t=1", "＝1+1", "{=1+1}", "http://a.invalid/x",
    "mailto:a@b.invalid", "internal:'Chỉ tiêu'!A1", "0123", "1/2", "x\x00\x0b\x1by", "_x000D_", "a\ufffeb", "]]>&<x>",
    "ab\u202e321\u202c", "",
)  # fmt: skip


def with_quotes(folder, quotes):
    """The tables of a run, of which the targets say something else."""
    table = read_table(folder, "targets")
    made = table.slice(0, 1).to_pylist() * len(quotes)
    said = [row | {"indicator_text": quote, "quote": quote} for row, quote in zip(made, quotes, strict=True)]
    write_tables(folder, {"targets": table.from_pylist(said, table.schema)})


def test_nothing_that_a_document_says_runs_or_leads_away(tmp_path):
    run(folder_of(tmp_path, THREE), tmp_path / "out", steps=STEPS)
    with_quotes(tmp_path / "out", HOSTILE)
    whole_export(tmp_path / "out", tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")}
        relations = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".rels")]
    assert not any("<f>" in part or "hyperlink" in part for part in parts.values())
    assert not any("External" in relation for relation in relations)
    page = openpyxl.load_workbook(tmp_path / "x.xlsx")[table_label("targets")]
    column = [cell.value for cell in page[1]].index(column_label("indicator_text")) + 1
    written = [page.cell(row, column) for row in range(2, page.max_row + 1)]
    assert all(cell.data_type in ("s", "inlineStr", "n") for cell in written)
    assert [str(cell.value or "") for cell in written][:5] == list(HOSTILE[:5])
    assert all(cell.quotePrefix for cell in written[:6])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("x" * 40_000, "x" * (MOST_LETTERS - 1) + "…"),
        ("a\u202eb", "a\ufffdb"),
        ("a\ufffeb", "a\ufffdb"),
        ("a\nb\tc", "a\nb\tc"),
    ],
)
def test_a_cell_holds_what_it_can(said, kept):
    assert harmless(said) == kept


@pytest.mark.parametrize(
    "value, kind, shown, number_format",
    [
        (95.0, "number", 95, "#,##0"),
        (0.5, "number", 0.5, "#,##0.######"),
        (33.333333, "percent", 33.333333, "#,##0.###"),
        (25.0, "percent", 25, "#,##0"),
        (datetime.date(1945, 9, 2), "date", datetime.datetime(1945, 9, 2), "dd/mm/yyyy"),
        (datetime.date(1890, 5, 19), "date", "19/05/1890", "General"),
    ],
)
def test_a_value_is_shown_as_programs_can(tmp_path, value, kind, shown, number_format):
    file = tmp_path / "one.xlsx"
    with xlsxwriter.Workbook(str(file)) as made:
        module.write_cell(module.Book(made), made.add_worksheet(), (0, 0), value, (kind, False))
    cell = openpyxl.load_workbook(file).active["A1"]
    assert (cell.value, cell.number_format) == (shown, number_format)


def test_too_many_rows_are_refused_with_what_to_do(tables, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 50)
    with pytest.raises(UsageError, match="--province"):
        whole_export(tables, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_many_documents_come_some_at_a_time(tables, tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "AT_ONCE", 2)
    whole_export(tables, tmp_path / "x.xlsx")
    found = openpyxl.load_workbook(tmp_path / "x.xlsx")
    quotes = [row[column_label("quote")] for row in cells(found[table_label("targets")])]
    assert sorted(quotes) == sorted(row["quote"] for row in read_rows(tables, "targets"))


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_what_stops_it_leaves_the_old_file_whole(tables, tmp_path, monkeypatch, fault):
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"old")
    monkeypatch.setattr(module, "write_front", lambda *_: (_ for _ in ()).throw(fault))
    with pytest.raises(OutputNotWritable if isinstance(fault, OSError) else KeyboardInterrupt):
        whole_export(tables, file)
    assert [path.name for path in tmp_path.iterdir()] == ["x.xlsx"] and file.read_bytes() == b"old"


@pytest.mark.parametrize("name", ["x.xls", "x", "x.csv"])
def test_a_name_that_no_workbook_has_is_refused(tables, tmp_path, name):
    with pytest.raises(UsageError, match=r"\.xlsx"):
        whole_export(tables, tmp_path / name)


def test_a_folder_that_is_not_there(tables, tmp_path):
    whole_export(tables, tmp_path / "new" / "deep" / "x.xlsx")
    assert (tmp_path / "new" / "deep" / "x.xlsx").is_file()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputNotWritable, match="file"):
        whole_export(tables, tmp_path / "file" / "x.xlsx")
    with pytest.raises(NoTables, match="kehoach run"):
        whole_export(tmp_path / "no-tables", tmp_path / "x.xlsx")


def test_the_command(tables, tmp_path):
    command = [sys.executable, "-m", "pipeline.cli", "export", tmp_path / "x.xlsx", "--tables", tables, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=RAW.parents[1])
    told = json.loads(done.stdout)
    assert told["rows"][table_label("targets")] == len(read_rows(tables, "targets"))
    assert Path(told["file"]).stat().st_size > 10_000
    unknown = subprocess.run(
        [*command[:-1], "--province", "Atlantis"], capture_output=True, text=True, cwd=RAW.parents[1]
    )
    assert unknown.returncode == 2 and "Atlantis" in unknown.stderr


def test_the_same_tables_give_the_same_cells(tables, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        whole_export(tables, tmp_path / name)
    a, b = (openpyxl.load_workbook(tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert all(cells(a[name]) == cells(b[name]) for name in a.sheetnames[1:])
