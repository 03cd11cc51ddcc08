"""Columns of bodies that only look after what others do, and of years in which works begin and end."""

from __future__ import annotations

import pytest
from table_text import read

from extractors.tables.heads import kind_of

SHEET = (
    "TT | Nội dung | {} | {} | Thời hạn\n1 | Sửa mái chợ | Sở Y tế | Sở Nội vụ | Quý II/2024\n"
    "2 | Kê lại sạp | Sở Y tế | Sở Nội vụ | Quý III/2024"
)


def roles(first: str, second: str) -> set[tuple[str, str]]:
    return {(r.agency_text, r.role) for r in read(SHEET.format(first, second))["assignments"] if r.task != "thực hiện."}


OVERSEERS = [
    "Cơ quan theo dõi", "Đơn vị theo dõi, đôn đốc", "Cơ quan giám sát", "Đơn vị giám sát thực hiện", "Cấp trình",
    "Cơ quan chịu trách nhiệm theo dõi", "Cơ quan thẩm định", "Cấp có thẩm quyền ban hành", "Cơ quan trình",
    "Đơn vị chủ trì theo dõi, tổng hợp", "Cơ quan kiểm tra việc thực hiện", "Đơn vị tiếp nhận", "Lãnh đạo phụ trách",
    "Người phụ trách", "Hình thức văn bản", "Lãnh đạo UBND tỉnh chỉ đạo",
]  # fmt: skip


@pytest.mark.parametrize("head", OVERSEERS)
def test_who_only_looks_after_a_task_has_none(head):
    assert roles("Cơ quan chủ trì", head) == {("Sở Y tế", "lead")}


DOERS = [
    ("Cơ quan theo dõi, tổ chức thực hiện", "responsible"), ("Đơn vị giám sát và thực hiện", "responsible"),
    ("Cơ quan tham mưu, trình", "responsible"), ("Cơ quan tham mưu", "responsible"),
    ("Sở, ngành thực hiện", "responsible"), ("Phòng, ban phụ trách", "responsible"),
    ("Đơn vị soạn thảo", "responsible"),
    ("Đơn vị phối hợp theo dõi", "coordinate"), ("Cơ quan theo dõi, phối hợp", "coordinate"),
    ("Cơ quan chủ trì thực hiện", "lead"), ("Cơ quan chủ trì, theo dõi", "lead"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "role"), DOERS)
def test_who_does_it_or_takes_part_has_a_task_whatever_else_the_head_says(head, role):
    assert roles("Đơn vị nhận báo cáo", head) == {("Sở Nội vụ", role)}


@pytest.mark.parametrize("head", ["Đơn vị", "Ban hành", "Trình độ", "Đơn vị được kiểm tra", "Tổ chức thực hiện"])
def test_heads_of_other_things_name_no_overseer(head):
    assert kind_of(head) != "overseer"


def windows(table: str) -> list[tuple[str, str, str]]:
    rows = read(table)["deadlines"]
    return [(r.event, str(r.start_date), str(r.end_date)) for r in rows if r.kind == "window"]


@pytest.mark.parametrize("heads", ["Khởi công | Hoàn thành", "Năm khởi công | Năm hoàn thành", "Bắt đầu | Kết thúc"])
def test_bare_years_of_the_beginning_and_the_end_are_one_time(heads):
    table = (
        f"TT | Nhiệm vụ | Chủ đầu tư | {heads}\n1 | Kè bờ suối | Sở Y tế | 2022 | 2024\n2 | Kè hồ | Sở Y tế | 2023 |"
    )
    assert windows(table) == [
        ("Kè bờ suối", "2022-01-01", "2024-12-31"), ("Kè hồ", "2023-01-01", "2023-12-31"),
    ]  # fmt: skip


def test_an_end_before_the_beginning_makes_no_time_of_both():
    table = "TT | Nhiệm vụ | Chủ đầu tư | Khởi công | Hoàn thành\n1 | Kè bờ suối | Sở Y tế | 2024 | 2022"
    assert ("Kè bờ suối", "2024-01-01", "2022-12-31") not in windows(table)


def test_the_year_in_which_what_is_no_project_is_done_is_a_time():
    table = (
        "TT | Tiêu chí | Địa điểm | Năm hoàn thành\n1 | Trường học | Xã Ba Sao | 2024\n2 | Thủy lợi | Xã Ba Sao | 2025"
    )
    assert windows(table) == [
        ("Trường học", "2024-01-01", "2024-12-31"), ("Thủy lợi", "2025-01-01", "2025-12-31"),
    ]  # fmt: skip


WEEKS = [
    ("Tuần 1 tháng 9/2024", [("2024-09-01", "2024-09-30")]), ("Tuần 2, 3 tháng 9/2024", [("2024-09-01", "2024-09-30")]),
    ("Tuần thứ 2 tháng 9 năm 2024", [("2024-09-01", "2024-09-30")]),
    ("Tuần cuối tháng 9/2024", [("2024-09-24", "2024-09-30")]),
    ("1 tháng 9", []), ("Trong 3 tháng 9 ngày", []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "want"), WEEKS)
def test_weeks_of_a_month(cell, want):
    table = f"TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian\n1 | Họp dân bản | Sở Y tế | {cell}"
    assert [(start, end) for _, start, end in windows(table)] == want
