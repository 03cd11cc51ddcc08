"""Items of one task sheet share an assignment: which parts belong together, and where the next task begins."""

from __future__ import annotations

from extractors.extract import extract
from extractors.plan import Source

HEAD = """ỦY BAN NHÂN DÂN
TỈNH BẾN TRE
Số: 14/KH-UBND
Bến Tre, ngày 12 tháng 3 năm 2024
KẾ HOẠCH
Trồng rừng ven biển năm 2024
II. NHIỆM VỤ
"""


def tasks(text: str) -> list[set[str]]:
    """The bodies of each task, in the order of the text."""
    by_task: dict[str, set[str]] = {}
    for row in extract(Source((HEAD + text,)), "d0").rows["assignments"]:
        by_task.setdefault(row.assignment_id, set()).add(row.agency_code)
    return list(by_task.values())


def test_lead_and_partners_in_items_of_their_own_are_one_task():
    text = """1. Trồng bần
b) Cơ quan thực hiện:
- Đơn vị chủ trì: Sở Tài chính.
- Thời gian: Quý II.
- Đơn vị phối hợp: Sở Y tế, Công an tỉnh.
2. Trồng đước
- Cơ quan chủ trì: Sở Xây dựng.
- Cơ quan phối hợp: Sở Y tế."""
    assert tasks(text) == [{"so_tc", "so_yt", "cong_an_tinh"}, {"so_xd", "so_yt"}]


def test_the_same_field_again_and_other_words_begin_the_next_task():
    text = """1. Trồng bần
- Cơ quan chủ trì: Sở Tài chính.
- Cơ quan chủ trì: Sở Xây dựng.
- Đào mương thoát triều.
- Cơ quan phối hợp: Sở Y tế."""
    assert tasks(text) == [{"so_tc"}, {"so_xd"}, {"so_yt"}]


def test_a_line_behind_the_last_part_of_a_sheet_is_told_of_its_task():
    text = """Hoạt động 1. Tặng cây giống
a) Địa điểm: các xã ven biển
b) Kinh phí: 200 triệu đồng.
Đơn vị thực hiện: Sở Tài chính.
Hoạt động 2. Chăm sóc rừng mới trồng
Đơn vị thực hiện: Sở Y tế."""
    rows = extract(Source((HEAD + text,)), "d0").rows["assignments"]
    assert [row.task for row in rows] == ["Hoạt động 1. Tặng cây giống", "Hoạt động 2. Chăm sóc rừng mới trồng"]


def test_bullets_with_sheets_of_their_own_are_the_tasks():
    text = """7. Trồng mới
- Ươm cây bần.
Đơn vị chủ trì: Sở Tài chính.
Thời gian hoàn thành: Quý II/2024.
- Trồng đước.
Đơn vị chủ trì: Sở Y tế.
Thời gian hoàn thành: Quý III/2024.
8. Tuyên truyền
- Phát thanh.
- In tờ rơi.
Đơn vị chủ trì: Sở Nội vụ."""
    rows = extract(Source((HEAD + text,)), "d0").rows
    assert [row.task for row in rows["assignments"]] == ["Ươm cây bần.", "Trồng đước.", "Tuyên truyền"]
    due = [(row.event, row.agency_code) for row in rows["deadlines"] if row.precision == "quarter"]
    assert due == [("Ươm cây bần", "so_tc"), ("Trồng đước", "so_yt")]


def test_a_time_to_carry_out_may_have_begun_before_the_plan():
    text = """1. Kiểm kê rừng
Thời gian thực hiện: Từ 01/11/2023."""
    rows = [row for row in extract(Source((HEAD + text,)), "d0").rows["deadlines"] if row.kind == "window"]
    assert [(str(row.start_date), row.end_date, row.event) for row in rows] == [("2023-11-01", None, "Kiểm kê rừng")]
