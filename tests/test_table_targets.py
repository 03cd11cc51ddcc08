"""The forms in which officials write tables of aims: by year, place and indicator, in tasks and annexes."""

from __future__ import annotations

import pytest
from table_text import TAIL, money, read, targets


def test_places_in_rows_are_the_scope_and_the_total_is_of_all():
    table = (
        "Chỉ tiêu công nhận sản phẩm OCOP mới giao các huyện (sản phẩm):\nHuyện\t2022\t2023\n"
        "Huyện Bình Lục\t3\t4\nHuyện Lý Nhân\t5\t6\nToàn tỉnh\t8\t10"
    )
    rows = read(table)["targets"]
    assert [(r.scope, r.value_min, r.unit, r.due_year) for r in rows] == [
        ("Huyện Bình Lục", 3, "product", 2022), ("Huyện Bình Lục", 4, "product", 2023),
        ("Huyện Lý Nhân", 5, "product", 2022), ("Huyện Lý Nhân", 6, "product", 2023),
        (None, 8, "product", 2022), (None, 10, "product", 2023),
    ]  # fmt: skip
    by_id = {r.target_id: r for r in rows}
    assert {by_id[r.parent_id].value_min for r in rows if r.scope} == {8, 10}


def test_a_total_that_begins_behind_a_tab_keeps_its_columns():
    table = (
        "Phân bổ chỉ tiêu số hộ thoát nghèo (ĐVT: hộ)\nTT\tĐơn vị\tChỉ tiêu năm 2022\tChỉ tiêu năm 2023\n"
        "1\tHuyện Bình Lục\t100\t120\n2\tThị xã Duy Tiên\t90\t80\n\tTổng số\t190\t200"
    )
    rows = read(table)["targets"]
    assert [(r.value_min, r.due_year) for r in rows if not r.scope] == [(190, 2022), (200, 2023)]


SIGNS = [
    ("≥ 95", "ge", 95, None), (">= 95", "ge", 95, None), ("<= 5", "le", None, 5), ("< 12", "lt", None, 12),
    ("Trên 90", "gt", 90, None), ("90 trở lên", "ge", 90, None), ("80 - 85", "range", 80, 85),
    ("97,5", "eq", 97.5, 97.5), ("100%", "eq", 100, 100), ("≥ 95%", "ge", 95, None), ("tối thiểu 30", "ge", 30, None),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "comparator", "low", "high"), SIGNS)
def test_signs_in_cells_bind_their_figures(cell, comparator, low, high):
    table = (
        f"TT | Nội dung | Đối tượng | Chỉ tiêu (%)\n1 | Tiêm vắc xin sởi | Trẻ 18 tháng | {cell}\n"
        "2 | Tiêm BCG | Trẻ sơ sinh | 98"
    )
    assert targets(table)[0] == ("Tiêm vắc xin sởi", comparator, low, high, "percent", 2025)


@pytest.mark.parametrize("cell", ["Không", "x", "-", "…", "đạt", "4/10", "12.2025", "theo Quyết định số 12/QĐ-UBND"])
def test_cells_without_one_figure_give_none(cell):
    assert targets(f"TT | Chỉ tiêu | ĐVT | Năm 2025\n1 | Số xã đạt chuẩn | xã | {cell}\n2 | Số hộ | hộ | 50") == [
        ("Số hộ", "eq", 50, 50, "household", 2025)
    ]


UNITS = [
    ("ĐVT: hộ\nTT | Nhóm | Năm 2024", "household"),
    ("Chỉ tiêu đào tạo (đơn vị tính: người):\nTT | Nhóm | Năm 2024", "person"),
    ("TT | Nhóm | Quy mô (ha)", "hectare"),
    ("TT | Nhóm | Quy mô (tấm)", "item"),
    ("TT | Nhóm | Số hộ", "household"),
]


@pytest.mark.parametrize(("head", "unit"), UNITS)
def test_units_stand_over_the_table_or_in_the_head(head, unit):
    found = targets(f"{head}\n1 | Nhóm nghề trồng trọt | 1.500\n2 | Nhóm nghề chăn nuôi | 700")
    assert [(value, u) for _, _, value, _, u, _ in found] == [(1500, unit), (700, unit)]


def test_the_year_before_the_plan_is_the_baseline_and_the_whole_holds_the_years():
    table = (
        "TT | Chỉ tiêu | ĐVT | TH 2021 | 2022 | 2023 | Giai đoạn 2022 - 2025\n1 | Số xã về đích | xã | 40 | 5 | 6 | 20"
    )
    rows = read(table)["targets"]
    assert {(r.value_min, r.due_year, r.baseline_value, r.baseline_year) for r in rows} == {
        (20, 2025, 40, 2021), (5, 2022, 40, 2021), (6, 2023, 40, 2021),
    }  # fmt: skip
    whole = next(r for r in rows if r.value_min == 20)
    assert [r.parent_id for r in rows if r is not whole] == [whole.target_id, whole.target_id]


def test_indicators_that_fall_by_so_much():
    rows = read(
        "TT | Chỉ tiêu | ĐVT | 2024\n1 | Mức giảm tỷ lệ hộ nghèo bình quân mỗi năm | % | 1,5\n"
        "2 | Số hộ thoát nghèo | hộ | 50"
    )
    assert [(r.direction, r.unit, r.rate_period) for r in rows["targets"]] == [
        ("decrease", "percentage_point", "year"), ("reach", "household", None),
    ]  # fmt: skip


def test_results_beside_plans_under_each_year_are_no_aims():
    table = (
        "TT | Chỉ tiêu | ĐVT | Năm 2022 | | Năm 2023 |\n | | | TH | KH | Ước thực hiện | KH\n"
        "1 | Số hộ vay vốn | hộ | 120 | 135 | 112 | 140"
    )
    assert [(value, year) for _, _, value, _, _, year in targets(table)] == [(135, 2022), (140, 2023)]


def test_results_under_a_head_of_money_are_no_funding():
    table = (
        "ĐVT: triệu đồng\nTT | Nội dung | Kinh phí năm 2022 | | Kinh phí năm 2023 |\n | | TH | KH | TH | KH\n"
        "1 | Xây cống | 7 | 10 | 8 | 20"
    )
    assert [amount for amount, _, _ in money(table)] == [10, 20]


SCALED = [
    ("nghìn ha", 2000, "hectare"), ("vạn con", 20_000, "animal"), ("1.000 người", 2000, "person"), ("m2", 2, None),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "value", "code"), SCALED)
def test_units_with_their_scale_count_whole_units(unit, value, code):
    found = targets(f"TT | Chỉ tiêu | ĐVT | Năm 2025\n1 | Quy mô | {unit} | 2\n2 | Số hộ | hộ | 50")
    assert found[0][2] == value
    assert code is None or found[0][4] == code


@pytest.mark.parametrize("unit", ["tr.đ", "trđ", "triệu đ", "tỷ", "triệu USD", "người/km2"])
def test_money_and_densities_are_no_counts(unit):
    found = targets(f"TT | Chỉ tiêu | ĐVT | Năm 2025\n1 | Hỗ trợ hộ nghèo | {unit} | 72\n2 | Số hộ | hộ | 50")
    assert [name for name, *_ in found] == ["Số hộ"]


def test_indicators_that_name_the_level_they_come_to():
    rows = read(
        "TT | Chỉ tiêu | ĐVT | 2024\n1 | Giảm tỷ lệ trẻ thấp còi xuống dưới | % | 10\n"
        "2 | Nâng tỷ lệ che phủ rừng lên | % | 42"
    )
    assert [(r.direction, r.unit) for r in rows["targets"]] == [("reach", "percent"), ("reach", "percent")]


def test_projects_with_place_size_and_year():
    table = (
        "TT | Tên dự án | Địa điểm | Quy mô (căn) | Năm hoàn thành\n"
        "1 | Khu nhà ở công nhân Đồng Văn | huyện Duy Tiên | 1.200 | 2024\n"
        "2 | Chung cư Liêm Chính | thành phố Phủ Lý | 350 | 2025\n | Tổng cộng | | 1.550 |"
    )
    rows = read(table)
    assert [(r.kind, r.name, r.district_text, r.year) for r in rows["activities"]] == [
        ("project", "Khu nhà ở công nhân Đồng Văn", "huyện Duy Tiên", 2024),
        ("project", "Chung cư Liêm Chính", "thành phố Phủ Lý", 2025),
    ]
    assert [(r.value_min, r.due_year) for r in rows["targets"]][:2] == [(1200, 2024), (350, 2025)]


def test_tasks_bring_counts_and_rates():
    table = (
        "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian | Sản phẩm\n"
        "1 | Tập huấn kỹ năng số | Sở Nội vụ | Quý III/2023 | 12 lớp tập huấn\n"
        "2 | Bệnh án điện tử tại 100% bệnh viện | Sở Y tế | Tháng 9/2024 | Báo cáo\n"
        "3 | Ban hành quy chế | Sở Tư pháp | 2022 | 01 quyết định"
    )
    assert [(value, unit, year) for _, _, value, _, unit, year in targets(table)] == [
        (12, "class", 2023),
        (100, "percent", 2024),
    ]


ANNEX = """
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
(Đã ký)

PHỤ LỤC
{title}
(Kèm theo Kế hoạch số 12/KH-UBND ngày 12/01/2022 của UBND tỉnh)
{unit}
{table}"""
PLACES_BY_YEAR = (
    "| TT | Đơn vị | Tổng | 2022 | 2023 | 2024 |\n|---|---|---|---|---|---|\n"
    "| 1 | Huyện Bình Lục | 90 | 20 | 30 | 40 |\n"
    "| 2 | Huyện Lý Nhân | 120 | 40 | 40 | 40 |\n| | Tổng cộng | 210 | 60 | 80 | 80 |"
)
COUNTING_TITLES = [
    ("DIỆN TÍCH CÂY DƯỢC LIỆU TRỒNG MỚI THEO HUYỆN", "Đơn vị tính: ha", "hectare"),
    ("SỐ HỘ ĐƯỢC LẮP ĐỒNG HỒ NƯỚC\nPHÂN THEO TỪNG NĂM", "", "household"),
    ("Số hộ làm nhà vệ sinh mới", "(ĐVT: hộ)", "household"),
    ("Phân bổ chỉ tiêu nhà vệ sinh", "Đơn vị: hộ", "household"),
]


@pytest.mark.parametrize(("title", "unit", "code"), COUNTING_TITLES)
def test_an_annex_that_counts_by_place_and_year_to_come(title, unit, code):
    rows = read(TAIL + ANNEX.format(title=title, unit=unit, table=PLACES_BY_YEAR), tail="")
    found = {(r.scope, r.value_min, r.due_year, r.unit) for r in rows["targets"]}
    assert {("Huyện Bình Lục", 20, 2022, code), ("Huyện Lý Nhân", 40, 2024, code), (None, 60, 2022, code)} <= found
    assert ("Huyện Bình Lục", 90, 2025, code) in found
    assert {r.indicator_text for r in rows["targets"]} == {title.replace("\n", " ")}
    assert (80, 70) in [(f.expected, f.actual) for f in rows["findings"] if f.check == "sum_mismatch"]


PAST_TITLES = [
    "KẾT QUẢ TRỒNG DƯỢC LIỆU THEO HUYỆN", "Tổng hợp kết quả trồng dược liệu", "HIỆN TRẠNG DIỆN TÍCH DƯỢC LIỆU",
    "Diện tích dược liệu đã trồng", "DỰ BÁO DÂN SỐ THEO HUYỆN", "DANH SÁCH HỘ VÀ DIỆN TÍCH",
]  # fmt: skip


@pytest.mark.parametrize("title", PAST_TITLES)
def test_an_annex_that_tells_what_was_gives_no_targets(title):
    rows = read(TAIL + ANNEX.format(title=title, unit="Đơn vị tính: ha", table=PLACES_BY_YEAR), tail="")
    assert rows["targets"] == []


def test_places_with_figures_of_past_years_alone_or_of_no_told_kind_give_no_targets():
    past = PLACES_BY_YEAR.replace("2022", "2019").replace("2023", "2020").replace("2024", "2021")
    for title, unit, table in (
        ("DIỆN TÍCH CÂY DƯỢC LIỆU", "Đơn vị tính: ha", past.replace("Tổng |", "Ghi chú |")),
        ("PHÂN KỲ THEO TỪNG NĂM", "", PLACES_BY_YEAR),
    ):
        assert read(TAIL + ANNEX.format(title=title, unit=unit, table=table), tail="")["targets"] == []


def test_the_aim_among_columns_of_measures_with_the_year_before_as_its_start():
    table = (
        "Giao các huyện thực hiện như sau:\n"
        "TT\tĐịa phương\tSố dân (người)\tTỷ lệ dùng nước sạch năm 2021 (%)\tChỉ tiêu dùng nước sạch năm 2022 (%)\t"
        "Số hộ tăng thêm năm 2022\n"
        "1\tHuyện Bình Lục\t130.000\t81,5\t85\t1.200\n2\tHuyện Lý Nhân\t170.000\t77,2\t80,5\t1.450\n"
        "\tToàn tỉnh\t\t\t\t2.650"
    )
    found = [
        (r.scope, r.direction, r.value_min, r.unit, r.due_year, r.baseline_value, r.baseline_year)
        for r in read(table)["targets"]
    ]
    assert found == [
        ("Huyện Bình Lục", "reach", 85, "percent", 2022, 81.5, 2021),
        ("Huyện Bình Lục", "increase", 1200, "household", 2022, None, None),
        ("Huyện Lý Nhân", "reach", 80.5, "percent", 2022, 77.2, 2021),
        ("Huyện Lý Nhân", "increase", 1450, "household", 2022, None, None),
        (None, "increase", 2650, "household", 2022, None, None),
    ]


def test_a_measure_of_another_thing_is_no_start():
    table = (
        "Chỉ tiêu giao các huyện\nTT | Huyện | Tỷ lệ hộ nghèo năm 2021 (%) | Chỉ tiêu dùng nước sạch năm 2022 (%)\n"
        "1 | Huyện Bình Lục | 4,5 | 85\n2 | Huyện Lý Nhân | 5,1 | 80"
    )
    assert [(r.value_min, r.baseline_value) for r in read(table)["targets"]] == [(85, None), (80, None)]


TASKS = (
    "TT | Công việc | Chủ trì | Phối hợp | Thời hạn\n1 | {task} | Công an xã | Đoàn xã | {time}\n"
    "2 | Họp dân | Công an xã | Đoàn xã | Quý I/2023"
)

COUNTED_TASKS = [
    ("Lắp 40 camera an ninh", "Tháng 5/2023", [("reach", "eq", 40, 2023)]),
    ("Quét vôi 2,5 km tường rào", "Quý II/2024", [("reach", "eq", 2.5, 2024)]),
    ("Xóa 9 điểm đen giao thông", "Trước 30/6/2023", [("reach", "eq", 9, 2023)]),
    ("Thăm, tặng quà ít nhất 150 gia đình", "2023", [("reach", "ge", 150, 2023)]),
    ("Rà soát 36 quán ăn ven đường", "Quý IV/2025", [("reach", "eq", 36, 2025)]),
]


@pytest.mark.parametrize(("task", "time", "want"), COUNTED_TASKS)
def test_a_task_that_opens_with_a_count_is_to_deliver_it_in_the_time_of_its_row(task, time, want):
    rows = read(TASKS.format(task=task, time=time))["targets"]
    assert [(r.direction, r.comparator, r.value_min, r.due_year) for r in rows] == want


NO_COUNTS = [
    "Triển khai 06 nhiệm vụ trọng tâm", "Thực hiện Đề án 06", "Sơ kết 6 tháng đầu năm", "Đợt 2 tiêm vắc xin dại",
    "Tổ chức Ngày 20 tháng 11", "Giai đoạn 2 xây kè", "Phối hợp với 03 xã giáp ranh", "Trực 24 giờ mỗi ngày",
    "Kiểm tra tại 12 trường", "Hội nghị 3 bên", "Tuần tra 02 lần mỗi tuần", "Xây dựng 01 kế hoạch", "Sửa Quốc lộ 21 cũ",
    "Tuyên truyền Nghị định 100 năm 2019", "Chi 20 triệu đồng mua sách", "Tổ chức Tết Trung thu cho trẻ của 5 thôn",
]  # fmt: skip


@pytest.mark.parametrize("task", NO_COUNTS)
def test_numbers_in_tasks_that_count_no_delivery(task):
    assert read(TASKS.format(task=task, time="Quý II/2023"))["targets"] == []


def test_a_count_told_by_task_and_product_is_one_target():
    table = (
        "TT | Công việc | Chủ trì | Thời hạn | Sản phẩm\n1 | Mở 12 lớp xóa mù chữ | Sở Y tế | 2023 | 12 lớp\n"
        "2 | Họp dân | Sở Y tế | 2023 | Biên bản"
    )
    assert [r.value_min for r in read(table)["targets"]] == [12]


BODIES = [
    ("Ban quản lý bến xe", [("Ban quản lý bến xe", None)]),
    ("Tổ tự quản chợ, Công an xã", [("Tổ tự quản chợ", None), ("Công an xã", "cong_an_xa")]),
    ("Công an xã; Câu lạc bộ dưỡng sinh", [("Công an xã", "cong_an_xa"), ("Câu lạc bộ dưỡng sinh", None)]),
    ("Không", []),
    ("Theo phân công của Chủ tịch", []),
]


@pytest.mark.parametrize(("cell", "want"), BODIES)
def test_a_cell_of_partners_names_bodies_that_no_list_holds(cell, want):
    table = f"TT | Công việc | Chủ trì | Phối hợp\n1 | Họp dân | Sở Y tế | {cell}\n2 | Dọn chợ | Sở Y tế | Sở Nội vụ"
    rows = [r for r in read(table)["assignments"] if r.role == "coordinate" and r.task == "Họp dân"]
    assert [(r.agency_text, bool(r.agency_code)) for r in rows] == [(name, bool(code)) for name, code in want]


def test_a_unit_over_years_holds_for_their_columns():
    table = (
        "Giao chỉ tiêu trồng cây\n| TT | Địa phương | Diện tích trồng mới (ha) | | Số cây phân tán (nghìn cây) | |\n"
        "|---|---|---|---|---|---|\n| | | 2022 | 2023 | 2022 | 2023 |\n| 1 | Huyện Bình Lục | 20 | 30 | 5 | 6 |"
    )
    assert [(r.value_min, r.unit, r.due_year) for r in read(table)["targets"]] == [
        (20, "hectare", 2022), (30, "hectare", 2023), (5000, "tree", 2022), (6000, "tree", 2023),
    ]  # fmt: skip


def test_bare_names_of_places_under_the_word_for_unit():
    table = (
        "Chỉ tiêu phân bổ\nTT | Đơn vị | Số hộ thoát nghèo năm 2022 | Tỷ lệ hộ nghèo cuối năm 2022 (%)\n"
        "1 | Bình Lục | 90 | 2,5\n2 | Lý Nhân | 80 | 3,1"
    )
    assert [(r.scope, r.value_min, r.unit) for r in read(table)["targets"]] == [
        ("Bình Lục", 90, "household"), ("Bình Lục", 2.5, "percent"),
        ("Lý Nhân", 80, "household"), ("Lý Nhân", 3.1, "percent"),
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["Triệu Đồng", "Lượt Người"])
def test_units_in_capitals_are_no_places(unit):
    rows = read(f"Chỉ tiêu\nTT | Nội dung | Đơn vị | Năm 2022\n1 | Khách | {unit} | 90\n2 | Thu | {unit} | 80")
    assert not [r for r in rows["targets"] if r.scope]


ESCAPES = (
    "BIỂU CHỈ TIÊU GIẢM NGHÈO CÁC HUYỆN\n"
    "TT\tHuyện\tTổng số hộ\tHộ nghèo cuối 2021\tHộ thoát nghèo năm 2022\tTỷ lệ hộ nghèo cuối 2022 (%)\n"
    "1\tHuyện Bình Lục\t9.000\t700\t120\t6,4\n2\tHuyện Lý Nhân\t8.000\t600\t90\t6,2\n"
    "\tTổng cộng\t17.000\t1.300\t{}\t6,3"
)


def test_counts_of_a_year_of_the_plan_among_counts_of_the_present_state():
    rows = read(ESCAPES.format("230"))
    assert [(r.scope, r.indicator_code, r.direction, r.value_min, r.unit, r.due_year) for r in rows["targets"]] == [
        ("Huyện Bình Lục", "poverty.households_escaped", "reach", 120, "household", 2022),
        ("Huyện Bình Lục", "poverty.rate", "reach", 6.4, "percent", 2022),
        ("Huyện Lý Nhân", "poverty.households_escaped", "reach", 90, "household", 2022),
        ("Huyện Lý Nhân", "poverty.rate", "reach", 6.2, "percent", 2022),
        (None, "poverty.households_escaped", "reach", 230, "household", 2022),
        (None, "poverty.rate", "reach", 6.3, "percent", 2022),
    ]
    assert [(f.expected, f.actual) for f in rows["findings"] if f.check == "sum_mismatch"] == [(230, 210)]


def test_counts_of_a_year_that_make_their_total_are_no_finding():
    assert not [f for f in read(ESCAPES.format("210"))["findings"] if f.check == "sum_mismatch"]


STATES = [
    "Hộ nghèo đầu năm 2022", "Hộ nghèo hiện có năm 2022", "Hộ nghèo rà soát năm 2022", "Hộ thoát nghèo năm 2021",
    "Hộ nghèo", "Số hộ", "Hộ nghèo tăng, giảm so với năm 2022", "Người phụ trách năm 2022",
    "Hộ vay năm 2022 (triệu đồng)",
]  # fmt: skip


@pytest.mark.parametrize("head", STATES)
def test_counts_that_tell_how_things_stand_beside_an_aim_are_none(head):
    table = (
        f"Chỉ tiêu giao các huyện\nTT | Huyện | {head} | Hộ dùng nước máy năm 2022\n"
        "1 | Huyện Bình Lục | 700 | 85\n2 | Huyện Lý Nhân | 600 | 80"
    )
    assert [(r.value_min, r.baseline_value) for r in read(table)["targets"]] == [(85, None), (80, None)]


def test_the_count_of_the_year_before_is_the_start_of_the_same_count():
    table = (
        "Chỉ tiêu giao các huyện\nTT | Huyện | Hộ dùng nước máy năm 2021 | Hộ dùng nước máy năm 2022\n"
        "1 | Huyện Bình Lục | 70 | 85\n2 | Huyện Lý Nhân | 60 | 80"
    )
    assert [(r.value_min, r.baseline_value, r.baseline_year) for r in read(table)["targets"]] == [
        (85, 70, 2021), (80, 60, 2021),
    ]  # fmt: skip


VACCINES = (
    "{caption}\n\n| TT | Loài vật nuôi | Bệnh | Tổng đàn (con) | {rate} | {doses} |\n|---|---|---|---|---|---|\n"
    "| 1 | Dê, cừu | Đậu dê | 4.600 | 85 | 7.800 |\n| 2 | Dê, cừu | Tụ huyết trùng | 4.600 | 72,5 | 3.300 |"
)
DOSES = "Số liều vắc xin kế hoạch (liều)"


def test_rates_and_doses_that_caption_and_head_plan_named_by_both_labels():
    table = VACCINES.format(caption="**Bảng 1. Kế hoạch tiêm phòng đàn dê**", rate="Tỷ lệ tiêm (%)", doses=DOSES)
    rows = read(table)["targets"]
    assert [(r.indicator_text, r.value_min, r.due_year, r.due_year_stated) for r in rows] == [
        ("Dê, cừu - Đậu dê", 85, 2025, False), ("Dê, cừu - Đậu dê", 7800, 2025, False),
        ("Dê, cừu - Tụ huyết trùng", 72.5, 2025, False), ("Dê, cừu - Tụ huyết trùng", 3300, 2025, False),
    ]  # fmt: skip
    assert [r.unit for r in rows][::2] == ["percent", "percent"]


def test_a_first_label_holds_for_the_rows_that_leave_it_out():
    table = VACCINES.format(caption="Kế hoạch tiêm phòng", rate="Tỷ lệ tiêm (%)", doses="Ghi chú")
    table = (
        table.replace("| 2 | Dê, cừu |", "| 2 | |") + "\n| 3 | Lợn | | 900 | 60 | |\n| | Tổng cộng | | 10.100 | 75 | |"
    )
    assert [(name, value) for name, _, value, *_ in targets(table)] == [
        ("Dê, cừu - Đậu dê", 85), ("Dê, cừu - Tụ huyết trùng", 72.5), ("Lợn", 60), ("Kế hoạch tiêm phòng", 75),
    ]  # fmt: skip


PLANNING = [
    "2. Chỉ tiêu tiêm phòng:", "PHỤ LỤC 1: PHÂN BỔ KẾ HOẠCH TIÊM PHÒNG", "Kế hoạch tiêm phòng giai đoạn 2020 - 2025",
    "Mục tiêu tiêm theo Quyết định số 12/2020/QĐ-TTg",
]  # fmt: skip


@pytest.mark.parametrize("caption", PLANNING)
def test_captions_that_plan_what_the_rate_measures(caption):
    table = VACCINES.format(caption=caption, rate="Tỷ lệ tiêm (%)", doses="Ghi chú")
    assert [(value, unit) for _, _, value, _, unit, _ in targets(table)] == [(85, "percent"), (72.5, "percent")]


TELLING = [
    "Bảng 1. Kết quả tiêm phòng đàn dê", "Kết quả thực hiện kế hoạch tiêm phòng", "Kế hoạch tiêm phòng năm 2020",
    "Tình hình tiêm phòng so với kế hoạch",
]  # fmt: skip


@pytest.mark.parametrize("caption", TELLING)
def test_a_caption_that_tells_what_was_makes_rates_and_doses_no_aims(caption):
    assert targets(VACCINES.format(caption=caption, rate="Tỷ lệ tiêm (%)", doses=DOSES)) == []


NO_AIM = [
    ("Bảng 1. Tiêm phòng đàn dê", "Tỷ lệ tiêm (%)", "Số liều (liều)"),
    ("Kế hoạch tiêm phòng", "Tỷ lệ mắc bệnh (%)", "Số liều còn (liều)"),
    ("Kế hoạch tiêm phòng", "Tỷ lệ tiêm đã đạt (%)", "Số liều thực hiện so với kế hoạch"),
    ("Kế hoạch hỗ trợ tiêm phòng", "Tỷ lệ hỗ trợ (%)", "Số liều (liều)"),
    ("Số liệu tiêm phòng để xây dựng kế hoạch", "Tỷ lệ tiêm (%)", "Ghi chú"),
]


@pytest.mark.parametrize(("caption", "rate", "doses"), NO_AIM)
def test_rates_and_doses_that_nothing_plans_are_no_aims(caption, rate, doses):
    assert targets(VACCINES.format(caption=caption, rate=rate, doses=doses)) == []


@pytest.mark.parametrize("aim", ["Kế hoạch năm 2022", "Chỉ tiêu tiêm năm 2022 (liều)"])
def test_a_rate_beside_the_aim_of_its_own_is_the_present_state(aim):
    table = VACCINES.format(caption="Kế hoạch tiêm phòng đàn dê", rate="Tỷ lệ tiêm (%)", doses=aim)
    assert [value for _, _, value, *_ in targets(table)] == [7800, 3300]


def test_what_an_estimate_pays_for_is_no_aim_but_things_are():
    table = (
        "ĐVT: triệu đồng\nTT | Nội dung chi | ĐVT | Số lượng | Đơn giá | Thành tiền\n"
        "1 | Thuê hội trường | ngày | 3 | 5 | 15\n"
        "2 | Giảng viên | buổi | 6 | 4 | 24\n3 | Nước uống | người/ngày | 90 | 1 | 90\n"
        "4 | Trồng cây xanh | cây | 500 | 1 | 500"
    )
    assert [(name, value) for name, _, value, *_ in targets(table)] == [("Trồng cây xanh", 500)]
    without = "TT | Chỉ tiêu | ĐVT | Năm 2024\n1 | Truyền thông lưu động | buổi | 6"
    assert [value for _, _, value, *_ in targets(without)] == [6]
