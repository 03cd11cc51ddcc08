"""Money that cells of task tables tell in words."""

from __future__ import annotations

import pytest
from table_text import MILLION, read

TASKS = "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian | {head}\n1 | Lập hồ sơ di tích | Sở Văn hóa | {time} | {cell}\n"


def told(cell: str, head: str = "Kinh phí", time: str = "2024") -> list[tuple]:
    rows = read(TASKS.format(head=head, time=time, cell=cell))["funding"]
    return [(r.kind, r.purpose, (r.amount_vnd or 0) / MILLION, r.year, r.source) for r in rows]


def reported(cell: str) -> list[str]:
    findings = read(TASKS.format(head="Kinh phí", time="2024", cell=cell))["findings"]
    return [f.message for f in findings if f.check == "unparsed_amount"]


WHAT = "Lập hồ sơ di tích"
CELLS = [
    # one amount and its source
    ("700 triệu đồng từ ngân sách tỉnh", [("component", WHAT, 700, 2024, "provincial_budget")]),
    # two sources, each with its own
    (
        "Ngân sách tỉnh: 900 triệu đồng; xã hội hóa: 250 triệu đồng",
        [("component", WHAT, 900, 2024, "provincial_budget"), ("component", WHAT, 250, 2024, "social_mobilisation")],
    ),
    # a whole with parts
    (
        "Tổng 4 tỷ đồng, trong đó ngân sách huyện 3 tỷ đồng, nhân dân đóng góp 1 tỷ đồng",
        [
            ("component", WHAT, 4000, 2024, None),
            ("component", "ngân sách huyện", 3000, 2024, "district_budget"),
            ("component", "nhân dân đóng góp", 1000, 2024, "community"),
        ],
    ),
    # a norm has no year
    ("Hỗ trợ 6 triệu đồng/hộ", [("unit_norm", WHAT, 6, None, None)]),
    # no amount is told: the source alone
    ("Lồng ghép các chương trình mục tiêu quốc gia", [("source", WHAT, 0, None, "integrated_programmes")]),
    # neither is told: no row
    ("Theo quy định hiện hành", []),
]


@pytest.mark.parametrize(("cell", "rows"), CELLS)
@pytest.mark.parametrize("head", ["Kinh phí", "Nguồn kinh phí", "Nguồn lực thực hiện"])
def test_money_told_in_words_is_read_with_what_its_row_says(cell, rows, head):
    assert told(cell, head) == rows


def test_years_in_a_bracket_are_parts_of_the_amount_before_it():
    assert told("NSNN 1.800 triệu đồng (năm 2023: 800; năm 2024: 1.000)", time="2023 - 2024") == [
        ("component", WHAT, 1800, None, "state_budget"),
        ("component", None, 800, 2023, "state_budget"),
        ("component", None, 1000, 2024, "state_budget"),
    ]


def test_cells_that_were_read_are_not_reported_and_others_are():
    assert reported("700 triệu đồng từ ngân sách tỉnh") == []
    assert len(reported("30(1)")) == 1


def test_money_of_a_year_before_the_plan_is_none_of_it():
    assert told("700 triệu đồng từ ngân sách tỉnh", time="2019") == []


def test_a_source_beside_an_amount_is_that_of_the_amount():
    table = "TT | Nội dung | Kinh phí (triệu đồng) | Nguồn vốn\n1 | Đường vào bản | 300 | Ngân sách huyện\n"
    assert [(r.kind, r.source) for r in read(table)["funding"]] == [("component", "district_budget")]


@pytest.mark.parametrize(
    ("note", "source"), [("NS tỉnh", "provincial_budget"), ("Xã hội hóa", "social_mobilisation"), ("Xem phụ lục", None)]
)
def test_a_remark_that_is_a_source_is_that_of_the_amount(note, source):
    rows = read(f"TT | Nội dung | Kinh phí (triệu đồng) | Ghi chú\n1 | Đường vào bản | 300 | {note}\n")["funding"]
    assert [(r.purpose, r.source) for r in rows] == [("Đường vào bản", source)]


def test_a_row_whose_first_cell_is_empty_is_told_once():
    rows = read("TT\tNội dung\tKinh phí (triệu đồng)\n1\tĐường\t300\n2\tCầu\t500\n\tCộng\t800\n")["funding"]
    assert [(r.kind, r.amount_vnd / MILLION) for r in rows] == [("component", 300), ("component", 500), ("total", 800)]


def test_a_cell_of_figures_that_nobody_read_is_reported_though_it_names_sources():
    table = "TT | Nội dung | Kinh phí (triệu đồng)\n1 | Đường vào bản | 300 (NST: 200; NSH: 100)\n2 | Cầu treo | 450\n"
    rows = read(table)
    assert [r.amount_vnd for r in rows["funding"] if r.amount_vnd] == [450 * MILLION]
    assert [f.quote for f in rows["findings"] if f.check == "unparsed_amount"] == ["300 (NST: 200; NSH: 100)"]
