"""Cells of Word files and web pages that are merged into the one above: what they say holds for each row."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from table_text import HEAD, TAIL

from pipeline.document import default_steps
from pipeline.ingest.html import html_text
from pipeline.ingest.merged_cells import MAX_AGAIN, Merged

TASKS = [
    ["TT", "Nhiệm vụ", "Phân công", "", "Thời hạn", "Kinh phí (triệu đồng)"],
    ["", "", "Chủ trì", "Phối hợp", "", ""],
    ["1", "Rà soát quy chế", "Sở Nội vụ", "Sở Tư pháp", "Quý II/2024", "40"],
    ["2", "Mở lớp tập huấn", "", "Sở Tài chính", "", ""],
    ["3", "In sổ tay", "", "", "", "25"],
    ["4", "Khảo sát người dân", "Sở Y tế", "", "Quý III/2024", "15"],
]
MERGED = [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4)), ((0, 5), (1, 5)),
          ((2, 2), (4, 2)), ((2, 4), (4, 4)), ((2, 5), (3, 5))]  # fmt: skip


@pytest.fixture
def task_sheet(tmp_path: Path) -> Path:
    """A plan with a table of tasks whose lead agency, time and money are told once for several rows."""
    document = docx.Document()
    for line in HEAD.strip().split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=len(TASKS), cols=len(TASKS[0]), style="Table Grid")
    for i, row in enumerate(TASKS):
        for j, words in enumerate(row):
            table.cell(i, j).text = words
    for first, last in MERGED:
        words = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = words
    for line in TAIL.strip().split("\n"):
        document.add_paragraph(line)
    path = tmp_path / "ke-hoach.docx"
    document.save(path)
    return path


def test_body_and_time_of_a_merged_cell_hold_for_each_row_and_its_sum_for_none_but_the_first(task_sheet):
    steps = default_steps()
    rows = steps.extract(steps.read(task_sheet).source, "d0").rows
    found = [(r.task, r.agency_text, r.role) for r in rows["assignments"] if r.method.startswith("table")]
    assert found == [
        ("Rà soát quy chế", "Sở Nội vụ", "lead"), ("Rà soát quy chế", "Sở Tư pháp", "coordinate"),
        ("Mở lớp tập huấn", "Sở Nội vụ", "lead"), ("Mở lớp tập huấn", "Sở Tài chính", "coordinate"),
        ("In sổ tay", "Sở Nội vụ", "lead"), ("Khảo sát người dân", "Sở Y tế", "lead"),
    ]  # fmt: skip
    times = [(r.event, str(r.start_date)) for r in rows["deadlines"] if r.kind == "window"]
    assert times == [
        ("Rà soát quy chế", "2024-04-01"), ("Mở lớp tập huấn", "2024-04-01"), ("In sổ tay", "2024-04-01"),
        ("Khảo sát người dân", "2024-07-01"),
    ]  # fmt: skip
    assert [r.amount_vnd // 1_000_000 for r in rows["funding"]] == [40, 25, 15]


def test_an_empty_cell_that_is_not_merged_says_nothing():
    page = (
        "<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th></tr>"
        "<tr><td>1</td><td>Mở lớp</td><td>Sở Y tế</td></tr><tr><td>2</td><td>In sách</td><td></td></tr></table>"
    )
    assert html_text(page).split("\n") == ["TT | Nhiệm vụ | Cơ quan chủ trì", "1 | Mở lớp | Sở Y tế", "2 | In sách |"]


def test_a_merged_name_and_a_merged_figure_stand_once():
    page = (
        "<table><tr><th>TT</th><th>Nội dung</th><th>Nguồn vốn</th><th>Kinh phí</th></tr>"
        '<tr><td>1</td><td rowspan="2">Xây kè</td><td>Ngân sách tỉnh</td><td rowspan="2">40</td></tr>'
        "<tr><td>2</td><td>Ngân sách huyện</td></tr></table>"
    )
    assert html_text(page).split("\n")[1:] == ["1 | Xây kè | Ngân sách tỉnh | 40", "2 | | Ngân sách huyện |"]


def test_what_is_told_again_is_bounded():
    merged = Merged()
    merged.open_row(False)
    merged.note(0, 1, "Cơ quan chủ trì")
    merged.open_row(False)
    merged.note(0, 1, "Sở Y tế")
    told = sum(len(merged.again(0)) for _ in range(MAX_AGAIN))
    assert 0 < told <= MAX_AGAIN
