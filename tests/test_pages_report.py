"""`kehoach report` over real runs: what the pages say, and where their links lead."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from page_reading import every_link_leads_somewhere, page, report_of
from pipeline_fakes import STEPS, THREE, fake_extract, fake_read, folder_of, plan_text
from typer.testing import CliRunner

from pipeline import compaction
from pipeline.cli import app
from pipeline.document import Steps
from pipeline.exit_codes import ExitCode, NoTables
from pipeline.fact_words import Told, told
from pipeline.pages import build, compared, lists
from pipeline.pages.anchors import Span, document_page, place_of
from pipeline.pages.document import Fact, Finding, is_broad
from pipeline.pages.marks import marked
from pipeline.pages.rows import documents_of
from pipeline.remote import Remote
from pipeline.run import Options, run
from pipeline.visible import visible
from pipeline.writers import read_rows, read_table, tables_folder
from schemas.records import TABLES

ROOT = Path(__file__).parent.parent
PLAN = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 88/KH-UBND
Lạng Sơn, ngày 14 tháng 3 năm 2023
KẾ HOẠCH
Trồng rừng gỗ lớn giai đoạn 2023 - 2025
Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;
I. MỤC TIÊU
- Tỷ lệ hộ nghèo giảm từ 2,5%/năm trở lên.
- Đến năm 2025, trồng mới 1.250 ha rừng gỗ lớn.
II. KINH PHÍ
Tổng kinh phí 12 tỷ đồng, trong đó: ngân sách tỉnh 7,5 tỷ đồng, ngân sách huyện 4,3 tỷ đồng.
III. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Tài chính bố trí cây giống trước ngày 30/6/2023.
2. Ủy ban nhân dân các huyện báo cáo kết quả hằng quý về Sở Nông nghiệp và Phát triển nông thôn.
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A run with the real reader and extractor over two plans of two provinces, a repeat and a file without text."""
    folder = tmp_path_factory.mktemp("real")
    other = PLAN.replace("LẠNG SƠN", "THÁI BÌNH").replace("Lạng Sơn", "Thái Bình").replace("2,5%", "1,5%")
    files = {"a.txt": PLAN, "b.txt": other.replace("88/KH", "97/KH"), "c.txt": f"{PLAN}\n", "d.txt": "vỡ"}
    run(folder_of(folder, files), folder / "tables")
    build.report(folder / "tables", folder / "report")
    return folder


def invoke(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_every_link_of_every_page_leads_somewhere(real):
    assert every_link_leads_somewhere(real / "report") > 100


def test_the_text_is_all_there_and_every_fact_has_its_words_in_it(real):
    for read in documents_of(tables_folder(real / "tables")):
        text, shown = read.row["text"], page(real / "report" / document_page(read.row["doc_id"]))
        assert shown.of("words").text == visible(text)
        links = shown.links()
        for table, rows in read.facts.items():
            for number, row in enumerate(rows, start=1):
                place = place_of(row, text)
                if table == "sections" or place is None:
                    continue
                assert shown.after(place.name).startswith(row["quote"])
                assert f"#{place.name}" in links and f"#{place.note}" in links
                assert any(
                    link.startswith(f"#{table}-{number}" if table != "findings" else "#findings-") for link in links
                )
                if table != "findings":
                    fact = shown.of(f"{table}-{number}").text
                    assert told(table, row).head in fact


def test_the_first_page_says_what_failed_and_what_to_look_at(real):
    shown = page(real / "report" / "index.html")
    for words in ("Văn bản đọc được", "d.txt", "Tải lại tệp đầy đủ.", "88/KH-UBND", "UBND tỉnh Thái Bình", "14/03/2023",
                  "2023–2025", "Tổng không khớp", "Trùng với 88/KH-UBND"):  # fmt: skip
        assert words in shown.text, words
    sums = [e for e in shown.elements if e.tag == "a" and e.text == "Tổng không khớp"]
    target, anchor = sums[0].attributes["href"].split("#")
    assert page(real / "report" / target).after(anchor).startswith("Tổng kinh phí 12 tỷ đồng")


def test_documents_of_one_number_are_told_apart_by_their_files(real):
    shown = page(real / "report" / "index.html")
    for tag in ("h3", "th"):
        heads = [e.text for e in shown.elements if e.tag == tag and "88/KH-UBND" in e.text]
        assert [("a.txt" in head, "c.txt" in head) for head in heads] == [(True, False), (True, True)], heads
    assert "Trùng với 88/KH-UBND (a.txt)" in shown.text
    compared = page(real / "report" / "so-sanh.html")
    assert [e.text for e in compared.elements if e.attributes.get("class") == "file"] == ["a.txt", "b.txt"]


def test_the_comparison_says_what_it_leaves_out(real):
    said = (
        "Không đưa vào so sánh: 3 chỉ tiêu chưa gắn được với chỉ tiêu trong danh mục; 1 chỉ tiêu thuộc văn bản trùng."
    )
    assert said in page(real / "report" / "so-sanh.html").text
    result = invoke("compare", "--tables", real / "tables")
    assert "Not compared: 4 targets: 3 of none of the known indicators, 1 of documents that repeat" in result.stdout
    result = invoke("compare", "--tables", real / "tables", "--json", "--province", "Lạng Sơn")
    assert len(json.loads(result.stdout)) == 1 and "Not compared: 3 targets" in result.stderr


def test_a_finding_says_where_it_stands(real):
    (document,) = [row for row in read_rows(real / "tables", "documents") if row["source_path"] == "a.txt"]
    shown = page(real / "report" / document_page(document["doc_id"]))
    (wrong,) = [e for e in shown.elements if e.tag == "li" and "Tổng không khớp" in e.text]
    assert "II KINH PHÍ" in wrong.text


def test_the_comparison_leads_to_the_words_and_draws_what_can_be_compared(real):
    shown = page(real / "report" / "so-sanh.html")
    values = {e.text: e.attributes["href"] for e in shown.elements if e.tag == "a" and e.text.startswith("giảm")}
    assert set(values) == {"giảm ≥ 2,5 điểm %/năm", "giảm ≥ 1,5 điểm %/năm"}
    for words, link in values.items():
        target, anchor = link.split("#")
        number = re.search(r"[\d,]+", words)[0]
        assert f"giảm từ {number}%/năm" in page(real / "report" / target).of(anchor).text
    bars = [e.attributes for e in shown.elements if e.tag == "rect" and e.attributes["class"] == "solid"]
    assert [int(bar["width"]) for bar in bars] == [850, 510]


def test_no_visible_word_is_a_code(real):
    codes = {code for table in TABLES.values() for column in table.columns for code in column.codes or ()}
    for path in (real / "report").rglob("*.html"):
        shown = page(path)
        style = next(e.text for e in shown.elements if e.tag == "style")
        words = set(re.findall(r"[a-z]+(?:[_.][a-z]+)+", shown.text.replace(style, "")))
        assert not words & codes


def test_documents_stream_in_parts_and_from_a_store(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr(compaction, "ONE_FILE", 10)
    monkeypatch.setattr(compaction, "PART", 8)
    names = ("Hải Dương", "Lạng Sơn", "Thái Bình")
    here = folder_of(tmp_path, {f"{n:03d}.txt": plan_text(names[n % 3], f"{n}/KH", str(n + 1)) for n in range(40)})
    run(here, tmp_path / "one", steps=STEPS)
    run(here, Remote(f"{bucket}/out"), steps=STEPS)
    run(here, tmp_path / "provinces", steps=STEPS, options=Options(by_province=True))
    ids = {}
    for number, tables in enumerate((tmp_path / "one", Remote(f"{bucket}/out"), tmp_path / "provinces")):
        done = build.report(tables, tmp_path / f"report-{number}")
        ids[number] = {path.name: path.read_text("utf-8") for path in (tmp_path / f"report-{number}/van-ban").iterdir()}
        assert done.documents == 40 and done.compared == 40
    assert ids[0] == ids[1] == ids[2] and len(ids[0]) == 40


def test_rows_that_stand_apart_from_their_document_are_no_report(tmp_path):
    report = report_of(tmp_path, THREE)
    before = {path: path.read_bytes() for path in report.rglob("*") if path.is_file()}
    path = tmp_path / "tables" / "targets.parquet"
    rows = pq.read_table(path, partitioning=None)
    turned = rows.take([2, 0, 1])
    pq.write_table(turned, path.resolve())
    with pytest.raises(NoTables, match="targets has rows of"):
        build.report(tmp_path / "tables", report)
    assert {path: path.read_bytes() for path in report.rglob("*") if path.is_file()} == before


def test_tables_of_another_version_are_no_report(tmp_path):
    run(folder_of(tmp_path, THREE), tmp_path / "tables", steps=STEPS)
    path = tmp_path / "tables" / "findings.parquet"
    pq.write_table(pq.read_table(path, partitioning=None).drop(["page"]), path.resolve())
    with pytest.raises(NoTables, match=r"findings is of another version \(no page\)"):
        build.report(tmp_path / "tables", tmp_path / "report")
    assert not (tmp_path / "report").exists()


def test_many_documents_are_listed_by_province_and_page(tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "ON_ONE_PAGE", 4)
    monkeypatch.setattr(build, "ON_ONE_PAGE", 4)
    monkeypatch.setattr(compared, "ON_ONE_PAGE", 5)
    monkeypatch.setattr(build, "MOST_FAILURES", 2)
    names = ("Hải Dương", "Lạng Sơn", "An Giang")
    files = {f"{n:02d}.txt": plan_text(names[n % 3], f"{n}/KH", str(n + 1)) for n in range(17)}
    report = report_of(tmp_path, files | {f"x{n}.txt": f"x{n}|broken" for n in range(5)})
    every_link_leads_somewhere(report)
    found = {path.name for path in report.glob("*.html")}
    assert {name for name in found if not name.startswith("tinh-")} == {
        "index.html", "khong-doc-duoc-1.html", "khong-doc-duoc-2.html", "khong-doc-duoc-3.html", "so-sanh.html",
        "so-sanh-poverty.rate.html", *(f"so-sanh-poverty.rate-{n}.html" for n in (2, 3, 4)),
    }  # fmt: skip
    assert sum(name.startswith("tinh-") for name in found) == 6
    documents = {e for path in report.glob("tinh-*.html") for e in page(path).links() if e.startswith("van-ban/")}
    assert {link.split("#")[0] for link in documents} == {
        document_page(row["doc_id"]) for row in read_rows(tmp_path / "tables", "documents")
    }
    first = page(report / "index.html")
    rows = [e.text.split() for e in first.elements if e.tag == "tr"][1:]
    assert [row[:3] for row in rows] == [["An", "Giang", "5"], ["Hải", "Dương", "6"], ["Lạng", "Sơn", "6"]]


def test_one_code_with_two_names_makes_two_lists(tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "ON_ONE_PAGE", 1)
    monkeypatch.setattr(build, "ON_ONE_PAGE", 1)

    def extract(source, doc_id):
        extraction = fake_extract(source, doc_id)
        extraction.document["province_code"] = "../30"
        return extraction

    report = report_of(tmp_path, THREE, Steps(fake_read, extract))
    assert len(list(report.glob("tinh-_*.html"))) == 3
    assert not list(tmp_path.glob("tinh-*"))


def test_an_empty_run_has_a_report(tmp_path):
    (tmp_path / "raw").mkdir()
    assert invoke("run", tmp_path / "raw", "--out", tmp_path / "tables").exit_code == ExitCode.NOTHING_TO_READ
    assert invoke("report", "--tables", tmp_path / "tables", "--out", tmp_path / "report").exit_code == 0
    assert "Chưa có văn bản nào" in page(tmp_path / "report" / "index.html").text
    assert "Chưa có chỉ tiêu nào" in page(tmp_path / "report" / "so-sanh.html").text


def test_the_command_says_what_it_wrote(tmp_path):
    report_of(tmp_path, THREE)
    result = invoke("report", "--tables", tmp_path / "tables", "--out", tmp_path / "report", "--json")
    assert json.loads(result.stdout) == {
        "index": str(tmp_path / "report" / "index.html"), "documents": 3, "failures": 0, "compared": 3, "pages": 5,
    }  # fmt: skip
    said = invoke("report", "--tables", tmp_path / "tables", "--out", tmp_path / "report").stdout
    assert "3 documents, 0 failures: 5 pages; open" in said


def test_the_same_tables_give_the_same_pages(tmp_path):
    report = report_of(tmp_path, THREE)
    before = {path.name: path.read_bytes() for path in report.rglob("*.html")}
    build.report(tmp_path / "tables", report)
    assert {path.name: path.read_bytes() for path in report.rglob("*.html")} == before


FACTS = {
    "targets": {
        "direction": "decrease", "comparator": "ge", "value_min": 2.5, "unit": "percentage_point",
        "rate_period": "year", "indicator_text": "Hộ nghèo", "indicator_code": "poverty.rate", "due_year": 2025,
        "due_year_stated": False,
    },
    "funding": {"kind": "cap", "amount_vnd": 25_000_000, "per_unit": "household", "purpose": "sửa nhà",
                "source": "state_budget"},
    "assignments": {"agency_text": "Sở NN", "agency_code": "ubnd_tinh", "role": "lead", "task": "cấp giống"},
    "deadlines": {"kind": "window", "start_date": "x", "event": "diễn tập", "recurrence": "P3M"},
    "activities": {"kind": "sub_project", "label": "Tiểu dự án 1", "name": "Trồng quế", "quantity": 3.0},
    "citations": {"instrument": "decision", "number": "12/QĐ-UBND", "subject": "về rừng", "relation": "legal_basis"},
}  # fmt: skip
WORDS = {
    "targets": ("giảm ≥ 2,5 điểm %/năm", "Hộ nghèo", {"indicator_code": "Tỷ lệ hộ nghèo", "due_year": "2025"}),
    "funding": ("Mức tối đa · 25 triệu đồng/hộ", "sửa nhà", {"source": "Ngân sách nhà nước"}),
    "assignments": ("Ủy ban nhân dân tỉnh · Chủ trì", "cấp giống", {"agency_text": "Sở NN"}),
    "deadlines": ("Khoảng thời gian · Từ ngày 05/01/2026 · Hằng quý", "diễn tập", {}),
    "activities": ("Tiểu dự án · Tiểu dự án 1", "Trồng quế", {"quantity": "3"}),
    "citations": ("Quyết định 12/QĐ-UBND", "về rừng", {"relation": "Căn cứ"}),
}


@pytest.mark.parametrize("table", FACTS)
def test_a_fact_in_words(table):
    import datetime

    row = {column.name: None for column in TABLES[table].columns} | FACTS[table]
    if row.get("start_date"):
        row["start_date"] = datetime.date(2026, 1, 5)
    said = told(table, row)
    assert (said.head, said.body, dict(said.details)) == WORDS[table]


def test_a_source_without_money_and_a_body_without_a_code_say_what_they_are():
    row = {column.name: None for column in TABLES["funding"].columns} | {"kind": "source", "source": "state_budget"}
    assert told("funding", row).line == "Nguồn vốn không nêu số tiền · Ngân sách nhà nước"
    row = {column.name: None for column in TABLES["assignments"].columns}
    said = told("assignments", row | {"agency_text": "Ban chỉ huy", "role": "coordinate", "task": "trực"})
    assert (said.line, said.details) == ("Ban chỉ huy · Phối hợp · trực", {})


def test_a_long_place_of_findings_does_not_hide_the_words_of_facts():
    place, short = Span(0, 5_000), Span(0, 50)
    finding, fact = Finding("findings-1", {}, place), Fact("targets", "targets-1", {}, Told("", ""), place)
    assert is_broad(place, [finding]) and not is_broad(place, [finding, fact]) and not is_broad(short, [finding])
    html = str(marked("một hai ba", [Span(0, 10), Span(4, 7)], {}, [Span(0, 10)]).html)
    assert '<mark id="w0-10" class="broad">' in html and '<mark id="w4-7">' in html


def test_documents_with_errors_are_looked_at_first():
    entries = [
        {"name": name, "severities": severities, "doubtful": doubtful}
        for name, severities, doubtful in (
            ("doubts", {}, 3), ("fine", {}, 0), ("notes", {"info": 1}, 0), ("warned", {"warning": 1}, 0),
            ("wrong", {"error": 1}, 0), ("both", {"error": 1, "warning": 2}, 9),
        )
    ]  # fmt: skip
    assert [entry["name"] for entry in lists.by_need(entries)] == ["both", "wrong", "warned", "doubts", "notes"]


def test_the_comparison_of_the_pages_is_that_of_the_tables(real):
    rows = read_table(real / "tables", "comparison")
    values = [e for e in page(real / "report" / "so-sanh.html").elements if e.tag == "q"]
    assert len(values) == rows.num_rows > 0
    assert isinstance(rows, pa.Table)


def test_the_bounds_that_the_documentation_tells():
    told_of = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    assert f"Up to {lists.ON_ONE_PAGE} documents" in told_of and f"{lists.ON_ONE_PAGE} on a page" in told_of
    assert f"more than {compared.ON_ONE_PAGE} comparable values" in told_of
