"""Tables that tell when bodies or places are visited and when events take place."""

from __future__ import annotations

import pytest
from table_text import read


def times(table: str) -> list[tuple]:
    rows = [r for r in read(table)["deadlines"] if r.method != "deadlines.period"]
    return [(r.event, r.kind, str(r.start_date or ""), str(r.end_date or "")) for r in rows]


def findings(table: str) -> list[str]:
    return [f.message for f in read(table)["findings"] if "thời gian" in f.message]


VISITS = [
    ("STT | Đơn vị được kiểm tra | Thời gian kiểm tra", "Sở Y tế | {}", "kiểm tra Sở Y tế"),
    ("STT | Cơ sở được thanh tra | Thời gian", "Chợ Bầu | {}", "thanh tra Chợ Bầu"),
    ("STT | Đối tượng giám sát | Lịch giám sát", "Trạm Y tế xã Bồ Đề | {}", "giám sát Trạm Y tế xã Bồ Đề"),
    ("STT | Đơn vị | Ngày làm việc", "Sở Tư pháp | {}", "làm việc với Sở Tư pháp"),
    ("STT | Trường | Ngày khảo sát", "Trường THPT A | {}", "khảo sát Trường THPT A"),
    ("STT | Địa phương | Ngày tiêm", "Xã Bồ Đề | {}", "tiêm tại Xã Bồ Đề"),
    ("STT | Xã | Thời gian thẩm định", "Bồ Đề | {}", "thẩm định Bồ Đề"),
]


@pytest.mark.parametrize(("head", "row", "event"), VISITS)
def test_each_visit_of_a_schedule_is_a_window_on_its_day(head, row, event):
    table = f"{head}\n1 | {row.format('15/6/2022')}\n2 | {row.format('Tháng 7/2022')}"
    assert times(table) == [
        (event, "window", "2022-06-15", "2022-06-15"), (event, "window", "2022-07-01", "2022-07-31")
    ]  # fmt: skip


def test_the_caption_tells_what_bare_heads_do_not():
    rows = "Sở Y tế | 06/9/2022\nSở Tư pháp | 08/9/2022"
    told = [("Sở Y tế", "2022-09-06"), ("Sở Tư pháp", "2022-09-08")]
    table = f"LỊCH LÀM VIỆC VỚI CÁC SỞ\nĐơn vị | Thời gian\n{rows}"
    assert times(table) == [(f"làm việc với {body}", "window", day, day) for body, day in told]
    assert times(f"Đơn vị | Thời gian\n{rows}") == [(body, "window", day, day) for body, day in told]


def test_what_is_looked_at_goes_with_the_visit():
    table = (
        "TT | Đơn vị được kiểm tra | Nội dung kiểm tra | Thời gian\n1 | UBND xã Bồ Đề | Tiếp công dân | Quý III/2022\n"
        "2 | UBND xã An Ninh | Cải cách hành chính | Quý IV/2022"
    )
    assert [event for event, *_ in times(table)] == [
        "kiểm tra UBND xã Bồ Đề: Tiếp công dân", "kiểm tra UBND xã An Ninh: Cải cách hành chính"
    ]  # fmt: skip


def test_a_list_of_the_visited_with_persons_is_a_schedule():
    table = (
        "Danh sách cơ sở được kiểm tra\nTT | Cơ sở được kiểm tra | Thời gian | Người liên hệ | Số điện thoại\n"
        "1 | Nhà hàng Sông Châu | Sáng 12/5/2022 | Trần A | 0912000111\n"
        "2 | Chợ Bầu | Chiều 12/5/2022 | Lê B | 0912000222"
    )
    assert times(table) == [
        ("kiểm tra Nhà hàng Sông Châu", "window", "2022-05-12", "2022-05-12"),
        ("kiểm tra Chợ Bầu", "window", "2022-05-12", "2022-05-12"),
    ]


def test_what_was_visited_is_no_deadline():
    rows = "1 | Sở Y tế | 15/6/2021 | 3\n2 | Sở Tư pháp | 20/6/2021 | 4"
    assert times(f"Kết quả kiểm tra năm 2021\nTT | Đơn vị được kiểm tra | Thời gian kiểm tra | Số lỗi\n{rows}") == []


EVENTS = [
    ("Nội dung | Thời gian | Địa điểm\nLễ phát động | {} | Sân vận động\nTổng kết | Tháng 12/2022 | Hội trường", True),
    ("Nội dung | Thời gian tổ chức | Địa điểm\nNấu ăn giỏi | {} | Chợ Bầu\nTổng kết | Tháng 12/2022 | Nhà A", True),
    ("Nội dung | Thời gian | Địa điểm\nPhát quà | 8h00 ngày {} | Chợ Bầu\nTổng kết | Tháng 12/2022 | Nhà A", True),
    ("Nội dung | Thời gian hoàn thành | Địa điểm\nHọp dân | {} | Chợ Bầu\nTổng kết | Tháng 12/2022 | Nhà A", False),
    ("Nội dung | Thời gian | Địa điểm\nLắp loa | {} | Chợ Bầu\nTổng kết | Tháng 12/2022 | Hội trường", False),
    ("TT | Nội dung | Chủ trì | Thời gian\n1 | Hội nghị sơ kết | Sở Y tế | {}\n2 | In sách | Sở Y tế | 2024", False),
]


@pytest.mark.parametrize(("table", "on_day"), EVENTS)
def test_a_day_is_that_of_an_event_or_that_by_which_a_task_is_done(table, on_day):
    day = "2022-08-15"
    assert times(table.format("15/8/2022"))[0][1:] == (("window", day, day) if on_day else ("due", "", day))


def test_a_schedule_of_which_no_time_is_read_leaves_a_finding():
    table = "Lịch kiểm tra\nĐơn vị | Thời gian\nSở Y tế | {}\nSở Tư pháp | {}"
    assert len(findings(table.format("Tuần 1/9", "Tuần 2/9"))) == 1
    assert findings(table.format("06/9/2022", "08/9/2022")) == []
    assert findings(table.format("Theo thông báo", "Theo thông báo")) == []


def test_days_that_are_counted_are_no_times():
    table = (
        "Dự toán (nghìn đồng)\nTT | Nội dung | Người | Ngày | Đơn giá | Thành tiền\n"
        "1 | Tiền ăn | 20 | 2 | 150 | 6.000\n2 | Thuê xe | 1 | 2 | 3.000 | 6.000"
    )
    assert times(table) == []
    assert [r.amount_vnd for r in read(table)["funding"]] == [6_000_000, 6_000_000]


STRETCHES = [
    "Thời gian bắt đầu | Thời gian kết thúc", "Bắt đầu | Kết thúc", "Từ ngày | Đến ngày", "Khởi công | Hoàn thành"
]  # fmt: skip


@pytest.mark.parametrize("heads", STRETCHES)
def test_begin_and_end_in_two_columns_are_one_time(heads):
    table = f"TT | Công việc | {heads}\n1 | Đào móng | 01/3/2022 | 20/3/2022\n2 | Lát sân | Tháng 4/2022 | Tháng 6/2022"
    assert times(table) == [
        ("Đào móng", "window", "2022-03-01", "2022-03-20"), ("Lát sân", "window", "2022-04-01", "2022-06-30")
    ]  # fmt: skip


def test_times_that_are_no_beginning_and_end_stay_two():
    table = "TT | Công việc | Thời gian bắt đầu | Thời hạn báo cáo\n1 | Đào móng | 01/3/2022 | 20/3/2022\n"
    table += "2 | Lát | 02/4/2022 | "
    assert len([row for row in times(table) if row[0] == "Đào móng"]) == 2
    turned = (
        "TT | Công việc | Bắt đầu | Kết thúc\n1 | Đào móng | 20/3/2022 | 01/3/2022\n2 | Lát | 02/4/2022 | 03/4/2022"
    )
    assert len([row for row in times(turned) if row[0] == "Đào móng"]) == 2
