"""The forms in which officials write tables of money, and tables that must give nothing."""

from __future__ import annotations

import pytest
from table_text import MILLION, money, read, targets

from extractors.cleaning import clean
from extractors.plan import Source

SOURCES = (
    ["Nguồn vốn", "Tổng", "Năm 2022", "Năm 2023"],
    [
        ["Ngân sách trung ương", "900", "400", "500"],
        ["Vốn ngân sách huyện", "300", "100", "200"],
        ["Vốn tín dụng", "50", "-", "50"],
        ["Người dân góp công", "40", "20", "20"],
    ],
)
WANT = [
    (900, None, "central_budget"), (400, 2022, "central_budget"), (500, 2023, "central_budget"),
    (300, None, "district_budget"), (100, 2022, "district_budget"), (200, 2023, "district_budget"),
    (50, None, "credit"), (50, 2023, "credit"),
    (40, None, "community"), (20, 2022, "community"), (20, 2023, "community"),
]  # fmt: skip


def with_tabs(head, rows):
    return "\n".join("\t".join(line) for line in (head, *rows))


def with_pipes(head, rows):
    lines = ["| " + " | ".join(line) + " |" for line in (head, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])


def with_spaces(head, rows):
    return "\n".join(
        "".join(f"{cell:<26}" if not i else f"{cell:>12}" for i, cell in enumerate(line)) for line in (head, *rows)
    )


@pytest.mark.parametrize("written", [with_tabs, with_pipes, with_spaces])
@pytest.mark.parametrize("unit", ["Bảng 1. Nhu cầu vốn (đơn vị tính: triệu đồng)", "Nhu cầu vốn\nĐVT: triệu đồng"])
def test_the_row_names_the_source_and_the_column_the_year(written, unit):
    assert money(f"{unit}\n\n{written(*SOURCES)}") == WANT


@pytest.mark.parametrize("ordinal", ["TT", "T T", "STT", "S TT", "S T T", "Số TT"])
def test_a_running_number_whose_head_had_no_room_on_its_line_is_no_figure(ordinal):
    head = [ordinal, *SOURCES[0]]
    rows = [[str(i), *row] for i, row in enumerate(SOURCES[1], 1)]
    assert money(f"Đơn vị tính: triệu đồng\n\n{with_pipes(head, rows)}") == WANT


@pytest.mark.parametrize(
    ("head", "numbers"),
    [("#", ["1", "2", "3", "4"]), ("Nh", ["1", "2,", "3", "4"]), ("5 BE", ["1", "5,", "3", "4"]), ("", list("1234"))],
)
def test_rows_are_known_to_be_numbered_by_their_numbers(head, numbers):
    rows = [[number, *row] for number, row in zip(numbers, SOURCES[1], strict=True)]
    assert money(f"Đơn vị tính: triệu đồng\n\n{with_pipes([head, *SOURCES[0]], rows)}") == WANT


def test_a_first_column_of_other_figures_numbers_nothing():
    rows = [[number, *row] for number, row in zip(["12", "7", "3", "40"], SOURCES[1], strict=True)]
    assert money(f"Đơn vị tính: triệu đồng\n\n{with_pipes(['Mã', *SOURCES[0]], rows)}") == []


def test_figures_that_a_converter_ran_together_give_nothing_but_a_finding():
    table = (
        "Đơn vị tính: triệu đồng\nNguồn vốn Tổng Năm 2022 Năm 2023\n"
        "Ngân sách trung ương 900 400 500\nNgân sách huyện 300 100 200"
    )
    rows = read(table)
    assert [r for r in rows["funding"] if r.amount_vnd] == []
    assert [f.check for f in rows["findings"] if f.check == "unparsed_amount"] == ["unparsed_amount"]


def test_an_empty_cell_laid_out_with_spaces_is_told_by_its_place():
    table = (
        "Nhu cầu vốn (ĐVT: triệu đồng)\n"
        "Nguồn vốn              Tổng      2022      2023\n"
        "Ngân sách tỉnh          900       400       500\n"
        "Ngân sách huyện         300                 300\n"
        "Tổng cộng             1.200       400       800\n"
    )
    rows = read(table)
    assert (300, 2023, "district_budget") in [(r.amount_vnd / MILLION, r.year, r.source) for r in rows["funding"]]
    assert not [f for f in rows["findings"] if f.check == "sum_mismatch"]


def test_money_without_a_unit_is_not_guessed_but_reported():
    rows = read(
        "Nhu cầu kinh phí\n| TT | Nội dung | Kinh phí |\n|---|---|---|\n| 1 | Tập huấn | 200 |\n| 2 | In sách | 90 |"
    )
    assert rows["funding"] == []
    assert "unparsed_amount" in {f.check for f in rows["findings"]}


def test_amounts_that_the_cells_spell_with_their_unit():
    table = (
        "| TT | Nội dung | Kinh phí |\n|---|---|---|\n| 1 | Tập huấn | 200 triệu đồng |\n| 2 | In sách | 1,2 tỷ đồng |"
    )
    assert [a for a, _, _ in money(table)] == [200, 1200]


SPELLED = [
    ("ĐVT: triệu đồng", "1,5 tỷ", 1500), ("ĐVT: triệu đồng", "900 nghìn đồng", 0.9), ("ĐVT: tr.đ", "40", 40),
    ("ĐVT: triệu VND", "40", 40), ("ĐVT: nghìn tỷ đồng", "2", 2_000_000),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "cell", "millions"), SPELLED)
def test_cells_with_a_scale_of_their_own_and_shortened_units_of_money(unit, cell, millions):
    assert money(f"{unit}\nTT | Nội dung | Kinh phí\n1 | Xây cống | {cell}")[0][0] == millions


def test_thousands_of_billions_in_a_head():
    head = "TT | Nội dung | Tổng vốn (nghìn tỷ đồng)"
    assert money(f"{head}\n1 | Đường vành đai | 3\n2 | Cảng | 2")[0][0] == 3_000_000


DOUBTFUL = {
    "foreign money": "ĐVT: triệu USD\nNguồn vốn | Tổng | 2022\nVốn ODA | 90 | 40\nNgân sách tỉnh | 30 | 10",
    "an odd scale": "TT | Nội dung | Tổng vốn (10 triệu đồng)\n1 | Xây cống | 30\n2 | Xây chợ | 20",
    "thousands behind a comma": "ĐVT: 1.000 đồng\nTT | Nội dung | Kinh phí\n1 | Xây cống | 900,000\n2 | Chợ | 30,500",
    "a figure with its footnote": "ĐVT: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Xây cống | 30(1)",
}


@pytest.mark.parametrize("table", DOUBTFUL.values(), ids=DOUBTFUL)
def test_cells_of_money_that_are_not_read_are_reported(table):
    rows = read(table)
    assert [r.amount_vnd for r in rows["funding"] if r.amount_vnd] == []
    assert "unparsed_amount" in {f.check for f in rows["findings"]}


def test_a_sum_in_dong_under_a_unit_of_millions_is_doubted():
    rows = read("ĐVT: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Xây cống | 1.500.000.000\n2 | Xây chợ | 700")
    assert rows["funding"][0].confidence < rows["funding"][1].confidence


def test_places_in_rows_of_money_receive_it():
    table = "Phân bổ kinh phí (ĐVT: triệu đồng)\nHuyện | 2022 | 2023\nBình Lục | 10 | 20\nTổng cộng | 10 | 20"
    rows = read(table)["funding"]
    assert {(r.beneficiary, r.year) for r in rows if r.kind == "component" and r.beneficiary} == {
        ("Bình Lục", 2022), ("Bình Lục", 2023),
    }  # fmt: skip


def test_a_row_whose_figures_do_not_fit_the_columns_is_no_running_text():
    table = (
        "Nhu cầu vốn (ĐVT: triệu đồng)\nNguồn vốn              Tổng      2022      2023\n"
        "Ngân sách tỉnh          900       400       500\nNgân sách huyện         300       100       200\n"
        "Vốn xã     80       70\nTổng cộng             1.280       500       780\n"
    )
    assert {80, 70}.isdisjoint(amount for amount, _, _ in money(table))


def test_heads_of_two_lines_give_sources_under_years():
    table = (
        "| STT | Nội dung | Năm 2022 (triệu đồng) | | Năm 2023 (triệu đồng) | |\n|---|---|---|---|---|---|\n"
        "| | | NSTW | NSĐP | NSTW | NSĐP |\n| 1 | Xây chợ | 10 | 20 | 30 | |"
    )
    assert money(table) == [(10, 2022, "central_budget"), (20, 2022, "local_budget"), (30, 2023, "central_budget")]


def test_parts_in_the_middle_of_a_head_of_two_lines():
    table = (
        "TT | Nội dung | Kinh phí (triệu đồng) | | | Ghi chú\nTổng | NSTW | NSĐP\n1 | Xây cầu | 500 | | 500 |\n"
        "2 | Xây chợ | 700 | 400 | 300 |"
    )
    assert [(a, s) for a, _, s in money(table)] == [
        (500, None), (500, "local_budget"), (700, None), (400, "central_budget"), (300, "local_budget"),
    ]  # fmt: skip


def test_heads_that_a_converter_repeats_over_their_parts():
    table = (
        "| STT | Nội dung | Kinh phí (triệu đồng) | Kinh phí (triệu đồng) | Kinh phí (triệu đồng) |\n"
        "|---|---|---|---|---|\n| STT | Nội dung | Tổng số | NSTW | NS tỉnh |\n| 1 | Xây chợ | 30 | 10 | 20 |"
    )
    assert [(a, s) for a, _, s in money(table)] == [(30, None), (10, "central_budget"), (20, "provincial_budget")]


def test_a_title_in_the_first_row_states_the_unit():
    table = (
        "| Bảng 3. Nhu cầu vốn (triệu đồng) | | | |\n|---|---|---|---|\n| Nguồn vốn | Tổng | 2022 | 2023 |\n"
        "| Ngân sách tỉnh | 900 | 400 | 500 |\n| Ngân sách xã | 90 | 40 | 50 |"
    )
    assert money(table)[:3] == [
        (900, None, "provincial_budget"), (400, 2022, "provincial_budget"), (500, 2023, "provincial_budget"),
    ]  # fmt: skip


YEARS_BESIDE_A_WHOLE = "TT | Dự án | Tổng mức đầu tư (triệu đồng) | 2022 | 2023\n1 | Đường liên xã | 5.000 | 2.000 | {}"


def test_years_that_make_the_whole_are_of_its_unit_and_others_are_left():
    assert money(YEARS_BESIDE_A_WHOLE.format("3.000")) == [(5000, None, None), (2000, 2022, None), (3000, 2023, None)]
    assert money(YEARS_BESIDE_A_WHOLE.format("7")) == [(5000, None, None)]
    assert targets(YEARS_BESIDE_A_WHOLE.format("7")) == []


def test_rows_named_by_their_source_are_parts_of_the_row_above():
    table = (
        "ĐVT: triệu đồng\n| TT | Nội dung | Tổng kinh phí | Năm 2022 | Năm 2023 |\n|---|---|---|---|---|\n"
        "| I | Nước sạch | 500 | 200 | 300 |\n| | Ngân sách trung ương | 400 | 150 | 250 |\n"
        "| | Ngân sách tỉnh | 100 | 50 | 50 |\n| II | Chợ | 700 | 300 | 400 |\n| | Tổng cộng | 1.200 | 500 | 700 |"
    )
    rows = read(table)
    by_id = {r.funding_id: r for r in rows["funding"]}
    parts = [r for r in rows["funding"] if r.source and r.year is None]
    assert [(r.source, r.purpose, by_id[r.parent_id].amount_vnd / MILLION) for r in parts] == [
        ("central_budget", "Nước sạch", 500), ("provincial_budget", "Nước sạch", 500),
    ]  # fmt: skip
    assert [(r.kind, r.amount_vnd / MILLION) for r in rows["funding"] if not r.parent_id] == [("total", 1200)]
    assert not [f for f in rows["findings"] if f.check == "sum_mismatch"]


def test_a_column_that_does_not_make_its_total_is_reported():
    table = (
        "Dự toán (ĐVT: triệu đồng)\n| Nguồn vốn | Tổng | 2022 | 2023 |\n|---|---|---|---|\n"
        "| Ngân sách tỉnh | 900 | 400 | 500 |\n| Ngân sách xã | 300 | 150 | 150 |\n| Tổng cộng | 1.200 | 540 | 650 |"
    )
    wrong = [(f.expected, f.actual) for f in read(table)["findings"] if f.check == "sum_mismatch"]
    assert (540 * MILLION, 550 * MILLION) in wrong
    assert all(expected != 650 * MILLION for expected, _ in wrong)


def test_a_table_with_a_row_that_is_not_read_is_not_summed():
    table = (
        "Dự toán (ĐVT: triệu đồng)\n| Nguồn vốn | Tổng | 2022 | 2023 |\n|---|---|---|---|\n"
        "| Ngân sách tỉnh | 900 | 400 | 500 |\n| Ngân sách xã | 300 | 150 |\n| Vốn khác | 50 | 50 | |\n"
        "| Tổng cộng | 1.250 | 600 | 650 |"
    )
    assert not [f for f in read(table)["findings"] if f.check == "sum_mismatch"]


GIVERS = [
    ("Người trồng đóng góp", "community"), ("Dân góp", "community"), ("Hộ nuôi tự góp", "community"),
    ("Xã hội hóa", "social_mobilisation"), ("Doanh nghiệp tài trợ", "social_mobilisation"),
    ("Nguồn khác", "other"), ("Khác", None), ('Quỹ "Vì người nghèo", vận động', "social_mobilisation"),
    ("Vận động", None), ("Quỹ Đền ơn đáp nghĩa", "social_mobilisation"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "source"), GIVERS)
def test_who_gives_beside_the_budget_heads_a_column_of_money(head, source):
    table = f"Kinh phí (ĐVT: triệu đồng)\nNội dung | Cộng | Ngân sách tỉnh | {head}\nMua giống | 90 | 60 | 30"
    assert money(table) == [(90, None, None), (60, None, "provincial_budget"), (30, None, source)]


@pytest.mark.parametrize(
    "head",
    [
        "Quỹ đất (ha)",
        "Quỹ nhà",
        "Vận động (hộ)",
        "Số hộ đóng góp",
        "Ngày công đóng góp",
        "Nhân dân đóng góp (công)",
        "Tỷ lệ vốn (%)",
    ],
)
def test_what_is_given_but_no_money_is_none(head):
    table = f"Kinh phí (ĐVT: triệu đồng)\nNội dung | Cộng | Ngân sách tỉnh | {head}\nMua giống | 90 | 60 | 30"
    assert [amount for amount, _, _ in money(table)] == [90, 60]


# --- traps -----------------------------------------------------------------------------------------------------------

TRAPS = {
    "results of past years by heading": "Kết quả thực hiện giai đoạn 2017 - 2021\n"
    "TT | Chỉ tiêu | ĐVT | Năm 2020 | Năm 2021\n"
    "1 | Số hộ nghèo | hộ | 900 | 800\n2 | Tỷ lệ hộ nghèo | % | 9 | 8",
    "past years by their columns": "TT | Chỉ tiêu | ĐVT | Năm 2019 | Năm 2020 | Năm 2021\n"
    "1 | Số hộ nghèo | hộ | 900 | 850 | 800",
    "the present state": "Hiện trạng hệ thống chợ\nTT | Huyện | Số lượng | Diện tích\n"
    "1 | Bình Lục | 12 | 3.400\n2 | Lý Nhân | 15 | 5.200",
    "populations of places": "Huyện | Dân số (người) | Diện tích (km2) | Số xã\nBình Lục | 130.000 | 144 | 17\n"
    "Lý Nhân | 170.000 | 168 | 20",
    "contact persons": "TT | Họ và tên | Chức vụ | Điện thoại\n1 | Nguyễn Văn An | Trưởng phòng | 0912345678\n"
    "2 | Lê Thị Bình | Chuyên viên | 0987654321",
    "a schedule of hours": "Thời gian | Nội dung | Người thực hiện\n"
    "07h30 - 08h00 | Đón tiếp đại biểu | Ban Tổ chức\n08h00 - 08h15 | Khai mạc | Trưởng ban",
    "money of rows that neither pay nor earn": "TT | Chỉ tiêu | ĐVT | Năm 2025\n1 | Hỗ trợ hộ nghèo | triệu đồng | 72\n"
    "2 | Tiền điện | tỷ đồng | 900",
    "spent money": "TT | Nội dung | Lũy kế đã giải ngân (triệu đồng)\n1 | Xây cầu | 500\n2 | Xây chợ | 700",
    "columns beside a head that do not fit": "TT | Nội dung | NSTW (triệu đồng) | NS tỉnh (triệu đồng)\n"
    "1 | Xây cầu | thôn An | 500 | 12 | 7\n"
    "2 | Xây chợ | thôn Bãi | 300 | 14 | 9",
}  # fmt: skip


@pytest.mark.parametrize("table", TRAPS.values(), ids=TRAPS)
def test_tables_that_tell_no_aim_and_no_money_of_the_plan_give_none(table):
    rows = read(table)
    assert rows["targets"] == []
    assert [r for r in rows["funding"] if r.amount_vnd] == []
    assert rows["activities"] == []


@pytest.mark.parametrize("number", ["0226 3 852 143", "0226 3 852 143."])
def test_a_line_that_closes_with_a_telephone_number_is_no_row_of_figures(number):
    line = f"- Sơ kết trong tháng 7 năm 2023, thông tin gửi về Sở Y tế, điện thoại {number}"
    assert ("window", "2023-07-31") in [(r.kind, str(r.end_date)) for r in read(line)["deadlines"]]


def test_letterheads_and_signatures_in_columns_are_no_tables():
    head = (
        "| UBND TỈNH HÀ NAM | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|---|\n"
        "| | | Hà Nam, ngày 12 tháng 01 năm 2022 |\nKẾ HOẠCH\nPhát triển nông thôn\nI. NỘI DUNG\nNội dung.\n"
    )
    lines = clean(Source((head,))).text.split("\n")
    assert not [line for line in lines if line.startswith("|") or line.endswith("|")]


CLASSES = "Danh mục công trình\nể bí | Tên dự án | Địa điểm | Số phòng học | Năm thực hiện\n" + "\n".join(
    f"{{}} | Nhà lớp học Trường {name} | xã {name} | {rooms} | 2023"
    for name, rooms in (("An Hòa", 8), ("Bình Minh", 6), ("Chi Lăng", 10), ("Đại Thắng", 20), ("Yên Mỹ", 12))
)


@pytest.mark.parametrize(
    ("numbers", "read_"),
    [("1 Z) 3 4 Đ", [8, 6, 10, 20, 12]), ("1 2 3 4 5", [8, 6, 10, 20, 12]), ("1 Z) 3 á Đ", [])],
)
def test_rows_are_numbered_where_most_numbers_are_read_though_the_head_was_not(numbers, read_):
    assert [r.value_min for r in read(CLASSES.format(*numbers.split()))["targets"]] == read_
