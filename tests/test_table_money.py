"""Which money of a table is the plan's, what sums within it hold, and figures that may be read in two ways."""

from __future__ import annotations

import pytest
from table_text import MILLION, money, read


def tree(table: str) -> list[tuple[str | None, float, float | None]]:
    """Purpose and millions of each amount, and the millions of what holds it."""
    rows = read(table)["funding"]
    by_id = {r.funding_id: r.amount_vnd / MILLION for r in rows}
    return [(r.purpose, r.amount_vnd / MILLION, by_id.get(r.parent_id)) for r in rows]


def reported(table: str) -> list[str]:
    return [f.quote for f in read(table)["findings"] if f.check in ("unparsed_amount", "sum_mismatch")]


# --- sums within a table ---------------------------------------------------------------------------------------------

SUMS = "ĐVT: triệu đồng\nTT | Nội dung | Kinh phí\n{a} | Giao thông |\n1 | Đường A | 200\n2 | Đường B | {b}\n"
REST = "| {cong_a} | 500\n{b} | Thủy lợi |\n1 | Hồ C | 700\n| {cong_b} | 700\n| {all} | 1.200"
WORDS = [
    ("I", "II", "Cộng", "Cộng", "Tổng cộng (I+II)"), ("A", "B", "Cộng A", "Cộng (B)", "Tổng (A+B)"),
    ("I", "II", "Cộng mục I", "Cộng mục II", "Tổng cộng I + II"), ("I", "II", "Tổng I", "Tổng II", "Tổng số"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "first", "second", "everything"), WORDS)
def test_a_sum_under_its_rows_holds_them_and_the_grand_total_holds_the_sums(a, b, first, second, everything):
    table = SUMS.format(a=a, b=300) + REST.format(b=b, cong_a=first, cong_b=second, all=everything)
    assert tree(table) == [
        ("Đường A", 200, 500), ("Đường B", 300, 500), ("Giao thông", 500, 1200),
        ("Hồ C", 700, 700), ("Thủy lợi", 700, 1200), (None, 1200, None),
    ]  # fmt: skip
    assert reported(table) == []


def test_a_sum_that_its_rows_do_not_make_is_reported():
    table = SUMS.format(a="I", b=290) + REST.format(b="II", cong_a="Cộng", cong_b="Cộng", all="Tổng cộng")
    wrong = [(f.expected, f.actual) for f in read(table)["findings"] if f.check == "sum_mismatch"]
    assert wrong == [(500 * MILLION, 490 * MILLION)]


def test_sums_hold_their_rows_in_the_columns_of_each_year():
    table = (
        "ĐVT: triệu đồng\nTT | Nội dung | 2022 | 2023\nI | Giao thông | |\n1 | Đường A | 20 | 30\n"
        "2 | Đường B | 10 | 5\n| Cộng | 30 | 35\nII | Chợ | |\n1 | Chợ C | 7 | 9\n2 | Chợ D | 1 | 1\n| Cộng | 8 | 10\n"
        "| Tổng cộng | 38 | 45"
    )
    assert tree(table) == [
        ("Đường A", 20, 30), ("Đường A", 30, 35), ("Đường B", 10, 30), ("Đường B", 5, 35),
        ("Giao thông", 30, 38), ("Giao thông", 35, 45), ("Chợ C", 7, 8), ("Chợ C", 9, 10), ("Chợ D", 1, 8),
        ("Chợ D", 1, 10), ("Chợ", 8, 38), ("Chợ", 10, 45), (None, 38, None), (None, 45, None),
    ]  # fmt: skip


def test_sums_of_counts_are_named_by_their_group_and_hold_its_rows():
    table = (
        "TT | Nhóm | ĐVT | Năm 2022\nI | Bậc sơ cấp | |\n1 | Lớp may | lớp | 20\n2 | Lớp hàn | lớp | 10\n"
        "| Cộng | lớp | 30\nII | Bậc trung cấp | |\n1 | Lớp điện | lớp | 4\n2 | Lớp mộc | lớp | 1\n"
        "| Cộng | lớp | 5\n| Tổng cộng | lớp | 35"
    )
    rows = read(table)["targets"]
    by_id = {r.target_id: r.value_min for r in rows}
    assert [(r.indicator_text, r.value_min, by_id.get(r.parent_id)) for r in rows][:6] == [
        ("Lớp may", 20, 30), ("Lớp hàn", 10, 30), ("Bậc sơ cấp", 30, 35),
        ("Lớp điện", 4, 5), ("Lớp mộc", 1, 5), ("Bậc trung cấp", 5, 35),
    ]  # fmt: skip


def test_a_whole_named_behind_the_thing_it_pays_for_holds_its_sources_and_is_no_grand_total():
    table = (
        "ĐVT: triệu đồng\nTT | Nội dung | Nguồn | 2022 | 2023\n1 | Xây trường | Tổng | 30 | 40\n"
        "| | NSTW | 10 | 15\n| | NS tỉnh | 20 | 25\n2 | Xây trạm | Tổng | 3 | 4\n| | NSTW | 3 | 4"
    )
    assert tree(table) == [
        ("Xây trường", 30, None), ("Xây trường", 40, None), ("Xây trường", 10, 30), ("Xây trường", 15, 40),
        ("Xây trường", 20, 30), ("Xây trường", 25, 40), ("Xây trạm", 3, None), ("Xây trạm", 4, None),
        ("Xây trạm", 3, 3), ("Xây trạm", 4, 4),
    ]  # fmt: skip
    assert reported(table) == []


# --- years before the plan -------------------------------------------------------------------------------------------


def test_money_of_years_before_the_plan_is_no_funding_of_it():
    table = "ĐVT: triệu đồng\nTT | Nội dung | Năm 2020 | Năm 2021 | Năm 2022\n1 | Xây trường | 100 | 110 | 200"
    assert money(table) == [(200, 2022, None)]


def test_money_of_a_period_before_the_plan_is_none_and_of_one_that_reaches_into_it_is():
    table = "ĐVT: triệu đồng\nTT | Nội dung | Giai đoạn 2016 - 2020 | Giai đoạn 2021 - 2025\n1 | Xây trường | 100 | 110"
    assert money(table) == [(110, None, None)]


def test_a_whole_with_years_before_the_plan_is_not_held_against_the_years_that_count():
    table = (
        "ĐVT: triệu đồng\nTT | Nội dung | Tổng | 2021 | 2022 | 2023\n1 | Đường A | 510 | 10 | 200 | 300\n"
        "2 | Đường B | 60 | | 20 | 40\n| Tổng cộng | 570 | 10 | 220 | 340"
    )
    assert [(a, year) for a, year, _ in money(table)] == [
        (510, None), (200, 2022), (300, 2023), (60, None), (20, 2022), (40, 2023),
        (570, None), (220, 2022), (340, 2023),
    ]  # fmt: skip
    assert reported(table) == []


# --- dots ------------------------------------------------------------------------------------------------------------


def test_a_dot_that_may_part_thousands_or_decimals_is_reported_and_not_guessed():
    table = "ĐVT: tỷ đồng\nTT | Nội dung | Kinh phí\n1 | Xây trường | 1.5\n2 | Xây trạm | 30.250\n3 | Xây chợ | 12"
    assert [a for a, _, _ in money(table)] == [1500, 12_000]
    assert reported(table) == ["30.250"]


def test_a_dot_beside_decimals_in_another_column_of_money_is_doubtful_too():
    table = "ĐVT: tỷ đồng\nTT | Nội dung | Tổng | NSTW | NS tỉnh\n1 | Xây trường | 30.250 | 1.5 | 28.75"
    assert [a for a, _, _ in money(table)] == [1500, 28_750]


def test_dots_that_all_part_thousands_are_read_beside_commas():
    table = "ĐVT: tỷ đồng\nTT | Nội dung | Kinh phí\n1 | Xây trường | 1,5\n2 | Xây trạm | 30.250"
    assert [a for a, _, _ in money(table)] == [1500, 30_250_000]
    assert reported(table) == []


def test_counts_in_one_column_are_held_against_each_other_and_units_of_rows_are_not():
    one = "Giao chỉ tiêu\nTT | Huyện | Diện tích năm 2022 (ha)\n1 | Huyện Bình Lục | 1.5\n2 | Huyện Lý Nhân | 30.250"
    assert [r.value_min for r in read(one)["targets"]] == [1.5]
    assert reported(one) == ["30.250"]
    many = "TT | Chỉ tiêu | ĐVT | Năm 2022\n1 | Tỷ lệ hộ nghèo | % | 1.5\n2 | Số hộ vay vốn | hộ | 30.250"
    assert [r.value_min for r in read(many)["targets"]] == [1.5, 30_250]


NESTED = (
    "ĐVT: triệu đồng\nTT | Nội dung | Tổng cộng | Năm 2022 | | | Năm 2023 | | \n"
    " | | | Tổng | NS tỉnh | NS huyện | Tổng | NS tỉnh | NS huyện\n1 | Xây kè | 100 | 40 | 30 | 10 | 60 | 20 | 40\n"
    "2 | Xây chợ | 50 | 20 | 10 | 10 | 30 | 15 | 14\n | Tổng cộng | 150 | 60 | 40 | 20 | 90 | 35 | 54"
)


@pytest.mark.parametrize("whole", [True, False])
def test_the_sum_of_a_year_holds_its_sources(whole):
    table = NESTED if whole else NESTED.replace("Tổng cộng | Năm", "Năm").replace("| | | Tổng", "| | Tổng")
    for sum_of_row in () if whole else ("100", "50", "150"):
        table = table.replace(f" | {sum_of_row} |", " |", 1)
    rows = read(table)["funding"]
    by_id = {r.funding_id: r for r in rows}
    in_line = [r for r in rows if r.purpose == "Xây kè" and r.source]
    assert [by_id[r.parent_id].amount_vnd // MILLION for r in in_line] == [40, 40, 60, 60]
    assert {by_id[r.parent_id].year for r in in_line} == {2022, 2023}
    assert [r.amount_vnd // MILLION for r in rows if r.kind == "total"] == ([150] if whole else [60, 90])


def test_sources_that_miss_the_sum_of_their_year_are_found():
    found = [f for f in read(NESTED)["findings"] if f.check == "sum_mismatch"]
    assert [(f.expected // MILLION, f.actual // MILLION) for f in found] == [(30, 29), (90, 89)]


TWICE = {
    "rows and years": "Tổng | 2022 | 2023\n1 | Mở lớp | 100 | 40 | 60\n2 | Thi | 50 | 20 | 30\n | Cộng | 160 | 60 | 90",
    "two columns": "Tổng | Năm 2022\n1 | Mở lớp | 100 | 100\n2 | In sách | 50 | 50\n | Cộng | 160 | 160",
    "rows and sources": "Tổng | NSTW | NSH\n1 | Lễ | 100 | 60 | 40\n2 | Thi | 50 | 20 | 30\n | Cộng | 160 | 80 | 70",
}


@pytest.mark.parametrize("table", TWICE.values(), ids=TWICE)
def test_a_sum_that_is_missed_in_two_ways_is_told_once(table):
    found = read("ĐVT: triệu đồng\nTT | Nội dung | " + table)["findings"]
    assert [f.expected // MILLION for f in found if f.check == "sum_mismatch"] == [160]


def test_a_column_of_unknown_money_is_a_part_where_every_row_adds_up_with_it():
    table = (
        "ĐVT: triệu đồng\nTT | Nội dung | Thành tiền | Trong đó | | \n | | | NS tỉnh | NS huyện | Hộ nuôi\n"
        "1 | Vắc xin | 90 | 50 | 30 | 10\n2 | Hóa chất | 60 | 40 | | 20\n | Tổng cộng | 150 | 90 | 30 | 30"
    )
    rows = read(table)
    assert [r.amount_vnd // MILLION for r in rows["funding"] if r.purpose == "Hóa chất"] == [60, 40, 20]
    assert not [f for f in rows["findings"] if f.check == "sum_mismatch"]
    unproven = read(table.replace("| 20\n", "| 21\n"))["funding"]
    assert [r.amount_vnd // MILLION for r in unproven if r.purpose == "Hóa chất"] == [60, 40]


OF_A_PROGRAMME = (
    "ĐVT: triệu đồng\nTT | Nội dung | Tổng kinh phí | Ngân sách tỉnh | {head} | Doanh nghiệp đóng góp\n"
    "1 | Hội thi dệt | 90 | 60 | | 30\n2 | Phiên chợ nổi | {fair} | | 120 |\n| Tổng cộng | {all} | 60 | 120 | 30"
)


@pytest.mark.parametrize("head", ["Khuyến công quốc gia", "Chương trình sinh kế quốc gia", "Du lịch quốc gia"])
def test_a_column_behind_the_sum_is_money_without_a_source_where_every_row_adds_up_with_it(head):
    rows = read(OF_A_PROGRAMME.format(head=head, fair=120, all=210))["funding"]
    fair = [(r.amount_vnd / MILLION, r.source) for r in rows if r.purpose == "Phiên chợ nổi"]
    assert fair == [(120, None), (120, None)]


@pytest.mark.parametrize(("head", "fair"), [("Ghi chú", 120), ("Khuyến công quốc gia", 150)])
def test_it_is_none_where_the_head_says_else_or_a_row_does_not_add_up(head, fair):
    rows = read(OF_A_PROGRAMME.format(head=head, fair=fair, all=90 + fair))["funding"]
    assert [r.amount_vnd / MILLION for r in rows if r.purpose == "Phiên chợ nổi"] == [fair]


def test_a_row_that_rounds_the_total_is_no_money_of_its_own():
    table = "ĐVT: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Thi | 41\n2 | Lễ | 32\n | Tổng cộng | 73\n | Làm tròn | 70"
    assert [a for a, _, _ in money(table)] == [41, 32, 73]


@pytest.mark.parametrize(("head", "year"), [("Năm thực hiện", 2023), ("Năm hoàn thành", None), ("Năm về đích", None)])
def test_the_year_in_which_something_ends_is_no_budget_year(head, year):
    table = f"TT | Nội dung | {head} | Kinh phí (triệu đồng)\n1 | Xây chợ | 2023 | 40\n2 | Xây kè | 2024 | 30"
    assert money(table)[0][:2] == (40, year)


def test_a_row_that_lost_an_empty_cell_among_its_figures_is_reported_and_not_read():
    table = (
        "ĐVT: triệu đồng\nTT | Nội dung | Tổng | 2022 | 2023 | 2024\n1 | Xây kè | 90 | 30 | 40 | 20\n"
        "2 | Xây chợ | 60 | 35 | 25\n3 | Xây cầu | 50 | 20 | 20 | 10"
    )
    rows = read(table)
    assert {r.purpose for r in rows["funding"]} == {"Xây kè", "Xây cầu"}
    assert "unparsed_amount" in {f.check for f in rows["findings"]}


@pytest.mark.parametrize("gap", [" ", "\u00a0"])
def test_thousands_of_a_table_may_be_parted_by_spaces(gap):
    table = "ĐVT: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Xây kè | 1_250\n2 | Xây chợ | 12_400\n | Tổng cộng | 13_650"
    assert [a for a, _, _ in money(table.replace("_", gap))] == [1250, 12400, 13650]
    assert not [f for f in read(table.replace("_", gap))["findings"] if f.check == "unparsed_amount"]


def test_a_column_of_several_givers_is_money_without_a_source():
    table = (
        "(Đơn vị tính: triệu đồng)\nTT | Nội dung | Tổng | Ngân sách tỉnh | Doanh nghiệp, xã hội hóa\n"
        "1 | Mua giống | 900 | 600 | 300\n2 | Tập huấn | 500 | 400 | 100"
    )
    found = money(table)
    assert [m for m in found if m[0] in (300, 100)] == [(300, None, None), (100, None, None)]
    assert len(found) == 6


def test_the_upper_end_of_a_range_is_doubtful():
    rows = read("Kinh phí mua giống: 12 - 15 tỷ đồng.\nKinh phí tập huấn: 2 tỷ đồng.")["funding"]
    assert [(r.amount_vnd / MILLION, r.confidence < 0.7) for r in rows] == [(15_000, True), (2_000, False)]


def test_a_row_that_says_that_it_is_a_part_is_held_by_the_row_above_it():
    table = (
        "ĐVT: triệu đồng\n\nTT | Nguồn vốn | Tổng | Năm 2022 | Năm 2023\n | Tổng cộng | 90 | 40 | 50\n"
        "1 | Ngân sách trung ương | 30 | 10 | 20\n2 | Ngân sách tỉnh | 60 | 30 | 30\n"
        " | Trong đó: vốn đầu tư phát triển | 24 | 10 | 14"
    )
    rows = {row.funding_id: row for row in read(table)["funding"]}
    (part,) = [r for r in rows.values() if r.amount_vnd == 24_000_000]
    assert (part.source, part.expenditure_type) == ("provincial_budget", "development_investment")
    assert part.parent_id is not None and rows[part.parent_id].amount_vnd == 60_000_000


def test_a_unit_told_in_words_holds_for_the_figures_below():
    table = "(Thành tiền tính bằng nghìn đồng)\n\nTT | Nội dung | Thành tiền\n1 | In sách | 3.000\n2 | Mở lớp | 9.000"
    assert [row.amount_vnd for row in read(table)["funding"]] == [3_000_000, 9_000_000]
