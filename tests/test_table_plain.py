"""Plain tables as plans have them: estimates by days, works by source, harvests, poverty by place, years to attain."""

from __future__ import annotations

import pytest
from table_text import HEAD, money, read, targets

from extractors.tables.heads import kind_of

ONE_YEAR = HEAD.replace("giai đoạn 2022 - 2025", "năm 2022")


def deadlines(table: str) -> list[tuple]:
    rows = [r for r in read(table)["deadlines"] if r.method != "deadlines.period"]
    return [(r.event, r.kind, str(r.start_date), str(r.end_date), r.confidence >= 0.7) for r in rows]


def test_a_row_without_days_multiplies_all_the_same():
    table = (
        "Dự toán (đồng)\nTT | Nội dung | Số lượng | Số ngày | Đơn giá | Thành tiền\n"
        "1 | Thuê phòng | 1 | 3 | 2.000.000 | 6.000.000\n2 | Tiền ăn | 60 | 3 | 150.000 | 27.000.000\n"
        "3 | Nước | 60 | 2 | 20.000 | 2.400.000\n4 | Tờ gấp | 5.000 | | 2.000 | {}"
    )
    rows = read(table.format("10.000.000"), ONE_YEAR)
    assert [r.quantity for r in rows["funding"]] == [3, 180, 120, 5000]
    rows = read(table.format("13.000.000"), ONE_YEAR)
    assert [r.quantity for r in rows["funding"]] == [3, 180, 120, None]
    assert rows["findings"] == []


def test_parts_without_a_unit_have_that_of_the_whole_which_they_make():
    table = (
        "TT | Tên công trình | Tổng kinh phí (triệu đồng) | NS tỉnh | NS huyện | Dân góp\n"
        "1 | Đường trục thôn Đông | 2.400 | 1.200 | 800 | 400\n2 | Đường thôn Đoài | 8.000 | 5.000 | 2.500 | {}"
    )
    assert money(table.format("500")) == [
        (2400, None, None), (1200, None, "provincial_budget"), (800, None, "district_budget"), (400, None, "community"),
        (8000, None, None), (5000, None, "provincial_budget"), (2500, None, "district_budget"),
        (500, None, "community"),
    ]  # fmt: skip
    assert {source for *_, source in money(table.format("300"))} == {None}
    assert [f.check for f in read(table.format("300"))["findings"]] == ["unparsed_amount"]


def test_what_people_give_is_money_by_its_own_unit():
    table = (
        "TT | Tên mô hình | Số hộ | Kinh phí hỗ trợ (triệu đồng) | Dân đóng góp (triệu đồng)\n"
        "1 | Nuôi cá lồng | 12 | 300 | 150\n2 | Trồng nấm | 9 | 120 | 60"
    )
    assert money(table) == [
        (300, None, None), (150, None, "community"), (120, None, None), (60, None, "community")
    ]  # fmt: skip


HARVEST = "TT | Cây trồng | Diện tích (ha) | Năng suất (tạ/ha) | Sản lượng (tấn)\n"
HARVEST += "1 | Ngô | 120 | 48 | 576\n2 | Đỗ | 30 | 15 | 45"


def test_a_harvest_has_area_yield_and_output():
    found = targets(f"Kế hoạch gieo trồng vụ đông năm 2022\n{HARVEST}")
    assert [(name, value, unit, due) for name, _, value, _, unit, due in found] == [
        ("Ngô", 120, "hectare", 2022), ("Ngô", 48, "quintal", 2022), ("Ngô", 576, "tonne", 2022),
        ("Đỗ", 30, "hectare", 2022), ("Đỗ", 15, "quintal", 2022), ("Đỗ", 45, "tonne", 2022),
    ]  # fmt: skip
    assert targets(f"Hiện trạng gieo trồng vụ đông năm 2021\n{HARVEST}") == []
    norms = "Kinh phí\nTT | Nội dung | Định mức (triệu đồng/ha) | Kinh phí (triệu đồng)\n"
    assert targets(f"{norms}1 | Giống | 2 | 40\n2 | Phân | 1 | 20") == []


POVERTY = (
    "Chỉ tiêu giảm nghèo\nTT | Địa phương | Hộ nghèo đầu năm 2022 | | Chỉ tiêu giảm tỷ lệ hộ nghèo (%) | \n"
    " | | Số hộ | Tỷ lệ (%) | 2022 | 2023\n1 | Huyện Bình Lục | 1.200 | 3,0 | 0,5 | 0,4\n"
    "2 | Huyện Lý Nhân | 2.000 | 4,0 | 0,8 | 0,7"
)


def test_what_stands_at_the_start_is_no_aim_and_rates_fall_by_points():
    found = read(POVERTY)["targets"]
    assert [(r.scope, r.direction, r.value_min, r.unit, r.due_year) for r in found] == [
        ("Huyện Bình Lục", "decrease", 0.5, "percentage_point", 2022),
        ("Huyện Bình Lục", "decrease", 0.4, "percentage_point", 2023),
        ("Huyện Lý Nhân", "decrease", 0.8, "percentage_point", 2022),
        ("Huyện Lý Nhân", "decrease", 0.7, "percentage_point", 2023),
    ]


def test_the_caption_tells_the_year_of_months_and_money():
    table = "{}\nTT | Xã | Số liều (liều) | Thời gian\n1 | Xã Bồ Đề | 12 | Tháng 3\n2 | Xã An Ninh | 16 | Tháng 4"
    first = deadlines(table.format("Kế hoạch tiêm phòng năm 2023"))[0]
    assert first == ("tiêm phòng tại Xã Bồ Đề", "window", "2023-03-01", "2023-03-31", True)
    assert not deadlines(table.format("Kế hoạch tiêm phòng giai đoạn 2022 - 2025"))[0][-1]
    costs = "{}\nTT | Nội dung | Kinh phí (triệu đồng)\n1 | Mở lớp | 30\n2 | In sách | 20"
    assert {year for _, year, _ in money(costs.format("Kinh phí thực hiện năm 2023"))} == {2023}
    for caption in ("Kinh phí giai đoạn 2022 - 2025", "Kinh phí đến năm 2025", "Kinh phí từ năm 2022 đến năm 2023"):
        assert {year for _, year, _ in money(costs.format(caption))} == {None}
    cost = "Vốn năm 2022\nTT | Dự án | Tổng mức đầu tư (triệu đồng)\n1 | Đường Đông | 30\n2 | Cầu Đoài | 20"
    assert {year for _, year, _ in money(cost)} == {None}


def test_school_years_end_in_their_second_year():
    table = "Phân bổ chỉ tiêu tuyển sinh năm học 2022 - 2023\nSTT | Trường | Số học sinh\n"
    assert {due for *_, due in targets(f"{table}1 | THPT A | 540\n2 | THPT B | 450")} == {2023}


def test_places_attain_in_the_years_of_their_rows():
    table = "Lộ trình xã đạt chuẩn\nSTT | Tên xã | {} | Ghi chú\n1 | Xã Bồ Đề | 2023 | \n2 | Xã An Ninh | 2024 | "
    assert [row[:4] for row in deadlines(table.format("Năm đạt chuẩn"))] == [
        ("Xã Bồ Đề", "window", "2023-01-01", "2023-12-31"), ("Xã An Ninh", "window", "2024-01-01", "2024-12-31")
    ]  # fmt: skip
    assert deadlines(table.format("Năm thành lập")) == []


def test_lists_of_works_are_planned_and_lists_of_what_there_is_are_not():
    table = "{}\nTT | Tên mô hình | Kinh phí hỗ trợ (triệu đồng)\n1 | Nuôi cá lồng | 300\n2 | Trồng nấm | 120"
    for caption in ("Danh sách mô hình trình diễn", "DANH SÁCH CÁC DỰ ÁN ĐẦU TƯ", "Danh sách hộ đăng ký làm mô hình"):
        assert [value for value, *_ in money(table.format(caption))] == [300, 120]
    for caption in ("Danh sách hộ nghèo", "Danh sách mô hình đã thực hiện", "Danh sách các mô hình hiện có"):
        assert money(table.format(caption)) == []


def funding(table: str) -> list[tuple]:
    rows = read(table)["funding"]
    amounts = {r.funding_id: r.amount_vnd for r in rows}
    return [(r.kind, r.amount_vnd, r.per_unit, r.source, amounts.get(r.parent_id)) for r in rows]


def test_norms_are_told_with_their_source():
    table = (
        "TT | Đối tượng | Mức hỗ trợ | Nguồn kinh phí\n1 | Hộ nghèo | 50 triệu đồng/hộ | Ngân sách tỉnh\n"
        "2 | Hộ cận nghèo | Không quá 25 triệu đồng/hộ | Xã hội hóa\n3 | Thôn | 2.000.000 đồng/bể | Ngân sách tỉnh"
    )
    assert funding(table) == [
        ("unit_norm", 50_000_000, "household", "provincial_budget", None),
        ("cap", 25_000_000, "household", "social_mobilisation", None),
        ("unit_norm", 2_000_000, "item", "provincial_budget", None),
    ]
    assert [r.purpose for r in read(table)["funding"]] == ["Hộ nghèo", "Hộ cận nghèo", "Thôn"]


def test_unit_prices_and_rates_of_interest_are_no_norms():
    table = "TT | Nội dung | {} | Thành tiền (đồng)\n1 | Nước | {} | 60.000\n2 | Bút | {} | 40.000"
    assert {k for k, *_ in funding(table.format("Đơn giá", "20.000 đồng/người", "5.000 đồng/cái"))} == {"component"}
    assert {k for k, *_ in funding(table.format("Mức hỗ trợ", "50% lãi suất", "theo hóa đơn"))} == {"component"}


def test_the_column_before_those_of_which_it_is_made_is_the_whole():
    table = (
        "Biểu (ĐVT: triệu đồng)\nTT | Nội dung | Kinh phí | {} | \n | | | Ngân sách tỉnh | Nguồn khác\n"
        "1 | Mở lớp | 35 | 30 | 5\n2 | In sách | 20 | 20 | \n | Cộng | 55 | 50 | 5"
    )
    for head in ("Trong đó", "Chia theo nguồn vốn", "Gồm"):
        found = funding(table.format(head))
        assert [(kind, value // 10**6, (over or 0) // 10**6) for kind, value, *_, over in found] == [
            ("component", 35, 55), ("component", 30, 35), ("component", 5, 35), ("component", 20, 55),
            ("component", 20, 20), ("total", 55, 0), ("component", 50, 55), ("component", 5, 55),
        ]  # fmt: skip


def test_parts_by_kind_and_year_count_what_their_whole_does():
    table = (
        "Kế hoạch xóa nhà tạm\nTT | Huyện | Tổng số nhà | Chia theo loại | | Chia theo năm | \n"
        " | | | Xây mới | Sửa chữa | 2022 | 2023\n1 | Bình Lục | 12 | 8 | 4 | 7 | 5\n2 | Lý Nhân | 15 | 9 | 6 | 8 | 7"
    )
    found = read(table)
    assert {r.unit for r in found["targets"]} == {"house"}
    assert [(r.value_min, r.due_year) for r in found["targets"]][:5] == [
        (12, 2025), (8, 2025), (4, 2025), (7, 2022), (5, 2023)
    ]  # fmt: skip
    assert "Xây mới" in {r.indicator_text for r in found["targets"]}
    assert found["findings"] == []


def test_the_plan_of_a_year_beside_what_projects_cost_is_money():
    table = (
        "Kế hoạch vốn (ĐVT: triệu đồng)\nSTT | Danh mục dự án | Năng lực thiết kế | Tổng mức đầu tư | "
        "Lũy kế vốn đã bố trí đến hết năm 2022 | Kế hoạch năm 2023\n"
        "1 | Đường Đông | 5,2 km | 1.200 | 400 | 500\n2 | Trường Đoài | 24 phòng học | 600 | 200 | 250"
    )
    rows = read(table)
    assert [(r.amount_vnd // 10**6, r.year) for r in rows["funding"]] == [
        (500, 2023), (1200, None), (250, 2023), (600, None)
    ]  # fmt: skip
    assert [(r.value_min, r.unit, r.baseline_value) for r in rows["targets"]] == [
        (5.2, "km", None), (24, "classroom", None)
    ]  # fmt: skip


def test_counts_of_a_year_beside_money_stay_counts():
    table = (
        "Kế hoạch (ĐVT: triệu đồng)\nTT | Nội dung | ĐVT | Kế hoạch năm 2023 | Tổng mức đầu tư\n"
        "1 | Số trạm bơm | trạm | 5 | 500\n2 | Số cống | cái | 7 | 300"
    )
    assert [r.value_min for r in read(table)["targets"]] == [5, 7]


def test_units_in_heads_may_be_scaled():
    table = "Phân bổ chỉ tiêu trồng rừng năm 2023\nTT | Đơn vị | Trồng rừng (ha) | Trồng phân tán (nghìn cây)\n"
    found = targets(f"{table}1 | Huyện Kim Bảng | 50 | 20\n2 | Huyện Thanh Liêm | 30 | 15")
    assert [(value, unit) for _, _, value, _, unit, _ in found] == [
        (50, "hectare"), (20_000, "tree"), (30, "hectare"), (15_000, "tree")
    ]  # fmt: skip


def test_indexes_name_rows():
    table = "TT | Chỉ số | Chỉ tiêu 2022 | Chỉ tiêu 2023\n1 | Tỷ lệ chết/mắc | < 0,09% | < 0,08%\n"
    assert targets(f"{table}2 | Tỷ lệ lấy mẫu | ≥ 3% | ≥ 4%") == [
        ("Tỷ lệ chết/mắc", "lt", None, 0.09, "percent", 2022), ("Tỷ lệ chết/mắc", "lt", None, 0.08, "percent", 2023),
        ("Tỷ lệ lấy mẫu", "ge", 3, None, "percent", 2022), ("Tỷ lệ lấy mẫu", "ge", 4, None, "percent", 2023),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["Nghề đào tạo", "Cấp học", "Môn thi", "Lớp bồi dưỡng", "Khóa đào tạo", "Ngành"])
def test_heads_of_what_is_taught_name_the_rows(head):
    table = f"Bảng 1. Chỉ tiêu mở lớp\n{head} | Số lớp | Số học viên | Thời gian\nTrồng nấm | 2 | 60 | Quý II/2023"
    found = [(r.indicator_text, r.value_min, r.unit, r.due_year) for r in read(table)["targets"]]
    assert found == [("Trồng nấm", 2, "class", 2023), ("Trồng nấm", 60, "person", 2023)]


@pytest.mark.parametrize("head", ["Ngành nông nghiệp phụ trách", "Ngành, đơn vị thực hiện"])
def test_heads_of_branches_in_charge_name_no_rows(head):
    assert kind_of(head) != "name"
