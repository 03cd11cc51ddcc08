"""Task sheets as annexes write them: several bodies in a cell, marks that repeat the cell above, times of all forms."""

from __future__ import annotations

import pytest
from table_text import read

from extractors.extract import extract
from extractors.plan import Source
from pipeline.ingest.html import html_text

SHEET = (
    "TT | Nhiệm vụ | {} | Thời gian hoàn thành\n1 | Rà soát quy chế | {} | {}\n2 | Họp dân | Công an xã | Quý I/2025"
)


def roles(table: str, task: str = "Rà soát quy chế") -> list[tuple[str, str]]:
    return [(r.agency_text, r.role) for r in read(table)["assignments"] if r.task == task]


def times(table: str, event: str = "Rà soát quy chế") -> list[tuple]:
    rows = [r for r in read(table)["deadlines"] if r.event == event]
    return [(r.kind, str(r.start_date or ""), str(r.end_date or ""), r.recurrence) for r in rows]


LISTS = [
    "Sở Nội vụ; Sở Tài chính; UBND các huyện", "Sở Nội vụ, Sở Tài chính và UBND các huyện",
    "- Sở Nội vụ - Sở Tài chính - UBND các huyện", "- Sở Nội vụ; - Sở Tài chính; - UBND các huyện.",
]  # fmt: skip


@pytest.mark.parametrize("cell", LISTS)
def test_several_bodies_in_one_cell(cell):
    found = roles(SHEET.format("Cơ quan chủ trì | Cơ quan phối hợp", f"Sở Y tế | {cell}", "2024"))
    assert found == [
        ("Sở Y tế", "lead"), ("Sở Nội vụ", "coordinate"), ("Sở Tài chính", "coordinate"),
        ("UBND các huyện", "coordinate"),
    ]  # fmt: skip


MIXED = [
    ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", ["lead", "coordinate"]),
    ("Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ", ["lead", "coordinate"]),
    ("Chủ trì: Sở Y tế. Phối hợp: Sở Nội vụ, Sở Tài chính", ["lead", "coordinate", "coordinate"]),
    ("Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)", ["lead", "coordinate"]),
    ("Sở Y tế chủ trì; Sở Tài chính, Sở Nội vụ phối hợp", ["lead", "coordinate", "coordinate"]),
    ("Sở Y tế là cơ quan chủ trì, Sở Nội vụ phối hợp", ["lead", "coordinate"]),
    ("Sở Y tế, Sở Nội vụ", ["responsible", "responsible"]),
]


@pytest.mark.parametrize("head", ["Đơn vị thực hiện", "Cơ quan chủ trì, phối hợp", "Phân công thực hiện"])
@pytest.mark.parametrize(("cell", "want"), MIXED)
def test_words_in_the_cell_tell_who_leads_and_who_takes_part(head, cell, want):
    assert [role for _, role in roles(SHEET.format(head, cell, "2024"))] == want


@pytest.mark.parametrize("mark", ["nt", "-nt-", "NT", '"', '-"-', "''", "//", "Như trên", "như trên."])
def test_marks_that_repeat_the_cell_above(mark):
    table = (
        "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn\n"
        f"1 | Mở lớp | Sở Y tế | Sở Nội vụ | Quý II/2024\n2 | Rà soát quy chế | {mark} | {mark} | {mark}\n"
        f"3 | In sách | {mark} | - | 30/6/2024\n4 | Phát sách | Sở Tư pháp | {mark} | 2024"
    )
    assert roles(table) == [("Sở Y tế", "lead"), ("Sở Nội vụ", "coordinate")]
    assert times(table) == [("window", "2024-04-01", "2024-06-30", None)]
    assert roles(table, "In sách") == [("Sở Y tế", "lead")]
    assert roles(table, "Phát sách") == [("Sở Tư pháp", "lead")]


def test_a_mark_repeats_the_unit_above_and_no_figure():
    head = "TT | Chỉ tiêu | ĐVT | Năm 2025"
    table = f"{head}\n1 | Số hộ vay vốn | hộ | 90\n2 | Hộ có vườn | nt | 40\n3 | Hộ có ao | nt | nt"
    assert [(r.value_min, r.unit) for r in read(table)["targets"]] == [(90, "household"), (40, "household")]


TIMES = [
    ("Quý II/2024", [("window", "2024-04-01", "2024-06-30", None)]),
    ("Quý I, II/2024", [("window", "2024-01-01", "2024-06-30", None)]),
    ("Tháng 6", [("window", "2022-06-01", "2022-06-30", None)]),
    ("Tháng 6/2024", [("window", "2024-06-01", "2024-06-30", None)]),
    ("2024", [("window", "2024-01-01", "2024-12-31", None)]),
    ("2024-2025", [("window", "2024-01-01", "2025-12-31", None)]),
    ("2023 và 2024", [("window", "2023-01-01", "2024-12-31", None)]),
    ("2023, 2024", [("window", "2023-01-01", "2024-12-31", None)]),
    ("Trước 15/12/2023", [("due", "", "2023-12-15", None)]),
    ("30/6/2024", [("due", "", "2024-06-30", None)]),
    ("Hằng năm", [("recurring", "", "", "P1Y")]),
    ("Hàng tháng, hàng quý", [("recurring", "", "", "P1M"), ("recurring", "", "", "P3M")]),
    # what goes on all the time falls due at no time; with an interval or a day beside it, that is the time
    ("Thường xuyên", []),
    ("Thường xuyên, liên tục", []),
    ("Thường xuyên trong năm", []),
    ("Thường xuyên, hằng năm", [("recurring", "", "", "P1Y")]),
    ("Thường xuyên; báo cáo trước 15/12/2024", [("due", "", "2024-12-15", None)]),
    ("2022 - 2025", [("window", "2022-01-01", "2025-12-31", None)]),  # all of the plan's years, told for this row
    ("2023, 2025", []),
    ("Theo yêu cầu", []),
]


@pytest.mark.parametrize(("cell", "want"), TIMES)
def test_times_of_tasks(cell, want):
    assert times(SHEET.format("Cơ quan chủ trì", "Sở Y tế", cell)) == want


def test_a_bare_year_beside_a_project_is_its_own_and_no_deadline():
    table = "TT | Tên dự án | Địa điểm | Năm hoàn thành\n1 | Chợ An Ninh | TT Bình Mỹ, TP Phủ Lý | 2024"
    rows = read(table)
    assert [(r.name, r.year, r.district_text) for r in rows["activities"]] == [("Chợ An Ninh", 2024, "TP Phủ Lý")]
    assert not [r for r in rows["deadlines"] if r.kind != "period"]


def test_bullets_in_the_cells_of_a_long_sheet_do_not_run_its_rows_together():
    line = "{} | Rà soát nội dung {} | Sở Y tế | - Sở Nội vụ; - Sở Tư pháp; - UBND các huyện | Quý II/2024"
    rows = [line.format(i, i) for i in range(1, 12)]
    table = "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn\n" + "\n".join(rows)
    assert len({r.assignment_id for r in read(table)["assignments"] if "Rà soát" in r.task}) == 11


# --- cells of web pages that span rows -------------------------------------------------------------------------------

WEB = """<table>
<tr><th rowspan="2">TT</th><th rowspan="2">Nội dung</th><th colspan="2">Kinh phí (triệu đồng)</th>
<th rowspan="2">Đơn vị thực hiện</th></tr>
<tr><th>Năm 2022</th><th>Năm 2023</th></tr>
<tr><td>1</td><td>Xây chợ</td><td>10</td><td>20</td><td rowspan="2">Sở Y tế</td></tr>
<tr><td>2</td><td>Xây cầu</td><td>30</td><td>40</td></tr>
<tr><td rowspan="2">3</td><td rowspan="2">Xây kè</td><td>50</td><td>60</td><td>Sở Nội vụ</td></tr>
<tr><td>7</td><td>8</td><td>Sở Tư pháp</td></tr>
</table>"""


def test_a_cell_of_a_web_page_that_spans_rows_keeps_the_columns_beside_it_and_its_body_holds_for_each():
    assert html_text(WEB).split("\n") == [
        "TT | Nội dung | Kinh phí (triệu đồng) | | Đơn vị thực hiện",
        "| | Năm 2022 | Năm 2023 |",
        "1 | Xây chợ | 10 | 20 | Sở Y tế",
        "2 | Xây cầu | 30 | 40 | Sở Y tế",
        "3 | Xây kè | 50 | 60 | Sở Nội vụ",
        "| | 7 | 8 | Sở Tư pháp",
    ]


def test_the_columns_of_a_web_page_with_spans_are_read():
    rows = read(html_text(WEB))
    assert [(r.amount_vnd / 1_000_000, r.year) for r in rows["funding"]][:6] == [
        (10, 2022), (20, 2023), (30, 2022), (40, 2023), (50, 2022), (60, 2023),
    ]  # fmt: skip
    assert [(r.agency_text, r.task) for r in rows["assignments"] if r.task.startswith("Xây")] == [
        ("Sở Y tế", "Xây chợ"), ("Sở Y tế", "Xây cầu"), ("Sở Nội vụ", "Xây kè"), ("Sở Tư pháp", "Xây kè"),
    ]  # fmt: skip


SPANS = [
    ('<tr><td rowspan="9">a</td><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr>', ["a | b | c", "| d | e"]),
    ('<tr><td>a</td><td>b</td><td rowspan="2">c</td></tr><tr><td>d</td><td>e</td></tr>', ["a | b | c", "d | e |"]),
    ('<tr><td rowspan="x">a</td><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr>', ["a | b | c", "d | e"]),
    (
        '<tr><td colspan="2" rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>'
        "<tr><td>d</td><td>e</td><td>f</td></tr>",
        ["a | | b", "c", "d | e | f"],
    ),
    (
        '<thead><tr><td rowspan="3">a</td><td>b</td><td>c</td></tr></thead>'
        "<tbody><tr><td>d</td><td>e</td></tr></tbody>",
        ["a | b | c", "d | e"],
    ),
]


@pytest.mark.parametrize(("rows", "lines"), SPANS)
def test_spans_end_with_their_rows_and_the_part_of_their_table(rows, lines):
    assert html_text(f"<table>{rows}</table>").split("\n") == lines


# --- bodies as columns, and bodies of communes -----------------------------------------------------------------------


def test_bodies_that_head_columns_and_are_ticked():
    table = (
        "TT | Nội dung công việc | Sở Nội vụ | Sở Tư pháp | UBND các huyện\n"
        "1 | Rà soát quy chế | x | | X\n2 | Họp dân | | x | "
    )
    assert roles(table) == [("Sở Nội vụ", "responsible"), ("UBND các huyện", "responsible")]
    assert roles(table, "Họp dân") == [("Sở Tư pháp", "responsible")]


def test_the_head_over_ticked_bodies_tells_their_role():
    table = (
        "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | | Thời gian\n"
        " | | | Sở Tư pháp | Sở Nội vụ | \n1 | Rà soát quy chế | Sở Y tế | x | | Quý I/2024\n"
        "2 | Họp dân | Sở Y tế | | x | 2024"
    )
    assert roles(table) == [("Sở Y tế", "lead"), ("Sở Tư pháp", "coordinate")]


def test_ticks_under_heads_that_are_no_bodies_name_none():
    table = "TT | Nội dung | Đạt | Phòng, chống dịch\n1 | Rà soát quy chế | x | x\n2 | Họp dân | | x"
    assert roles(table) == []


@pytest.mark.parametrize("body", ["Công chức Tư pháp - Hộ tịch", "Bộ phận Một cửa", "Trưởng thôn", "Thôn trưởng"])
def test_bodies_of_communes(body):
    assert roles(SHEET.format("Cơ quan chủ trì", body, "2024")) == [(body, "lead")]


# --- aims that cells tell in words ------------------------------------------------------------------------------------

BY_YEAR = [("Lắp đồng hồ nước", 40, "percent", 2024), ("Lắp đồng hồ nước", 75, "percent", 2025)]
DUTY_TABLE = (
    "TT | Nội dung công việc | {head} | Cơ quan chủ trì | Thời gian\n1 | {task} | {cell} | Sở Y tế | 2023 - 2025"
)


def told_aims(table: str) -> list[tuple[str, float | None, str | None, int | None]]:
    return [(t.indicator_text, t.value_min, t.unit, t.due_year) for t in read(table)["targets"]]


@pytest.mark.parametrize("head", ["Kết quả, sản phẩm", "Mục tiêu cụ thể", "Chỉ tiêu", "Mục tiêu, chỉ tiêu", "Kết quả"])
@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ("03 lớp tập huấn", [("03 lớp tập huấn", 3, "class", 2025)]),
        ("Số hộ được vay vốn: 90 hộ", [("Số hộ được vay vốn: 90 hộ", 90, "household", 2025)]),
        ("40% năm 2024, 75% năm 2025", BY_YEAR),
        ("40% năm 2024; 75% năm 2025", BY_YEAR),
        ("Trên 80% hộ có đồng hồ riêng", [("Trên 80% hộ có đồng hồ riêng", 80, "percent", 2025)]),
        ("Rà soát xong các tuyến ống", []),
    ],
)
def test_aims_that_cells_tell_in_words(head, cell, want):
    table = DUTY_TABLE.format(head=head, task="Lắp đồng hồ nước", cell=cell)
    assert told_aims(table) == want


def test_words_under_aims_beside_figures_by_year_name_what_those_measure():
    table = (
        "TT | Nhóm | Chỉ tiêu | Đơn vị tính | 2024 | 2025\n"
        "1 | Cấp nước | Hộ có đồng hồ riêng | % | 40 | 75\n2 | Cấp nước | Tuyến ống thay mới | km | 3 | 5"
    )
    assert [(value, unit, year) for _, value, unit, year in told_aims(table)] == [
        (40, "percent", 2024),
        (75, "percent", 2025),
        (3, "km", 2024),
        (5, "km", 2025),
    ]


def test_results_of_tables_without_bodies_or_times_tell_no_aims():
    table = "TT | Nội dung | Kết quả | Địa điểm\n1 | Lắp đồng hồ nước | 90 hộ | Xã Yên Phú"
    assert told_aims(table) == []


def test_shares_among_the_times_of_a_task_and_its_counts_of_each_year():
    sheet = "TT | Nội dung | Phân công nhiệm vụ | Tiến độ\n1 | {} | Chủ trì: Sở Công Thương | {}"
    table = sheet.format(
        "Xúc tiến thương mại: lập hồ sơ; hằng năm 01 hội chợ vùng, 01 hội thảo ngành, 02 đoàn khảo sát",
        "Quý II/2023; tỷ lệ lấp đầy cụm công nghiệp 45% năm 2024, 80% năm 2025; 70% cơ sở kết nối mạng năm 2024",
    )
    rows = read(table)["targets"]
    assert [(t.value_min, t.unit, t.rate_period, t.due_year) for t in rows if t.unit == "item"] == [
        (1, "item", "year", 2025),
        (1, "item", "year", 2025),
        (2, "item", "year", 2025),
    ]
    assert [(t.value_min, t.due_year) for t in rows if t.unit == "percent"] == [(45, 2024), (80, 2025), (70, 2024)]


@pytest.mark.parametrize(
    "time", ["Hoàn thành 50% năm 2023, 100% năm 2024", "Giải ngân 60% kế hoạch vốn trong quý II/2023"]
)
def test_how_far_a_task_has_come_among_its_times_is_no_aim(time):
    table = f"TT | Nội dung | Chủ trì | Tiến độ\n1 | Kết nối trạm cân | Sở Công Thương | {time}"
    assert told_aims(table) == []


OWERS = [
    ("Sở Y tế | Sở Nội vụ", "so_yt"), ("Sở Y tế, Sở Tư pháp | Sở Nội vụ", None), ("- | Sở Nội vụ", None),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "code"), OWERS)
def test_the_one_body_that_leads_a_row_owes_what_is_due(cells, code):
    rows = read(SHEET.format("Cơ quan chủ trì | Cơ quan phối hợp", cells, "30/6/2024"))["deadlines"]
    assert [r.agency_code for r in rows if r.event == "Rà soát quy chế"] == [code]


def test_circles_of_people_with_commas_between_are_one():
    cell = "Các sở, ngành; Các tổ chức, cá nhân nuôi tôm"
    found = roles(SHEET.format("Cơ quan chủ trì | Cơ quan phối hợp", f"Sở Y tế | {cell}", "2024"))
    assert found == [
        ("Sở Y tế", "lead"), ("Các sở, ngành", "coordinate"), ("Các tổ chức, cá nhân nuôi tôm", "coordinate"),
    ]  # fmt: skip


IN_TURN = "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp\n1 | {} | {} | {}\n2 | Họp dân | Công an xã | Sở Nội vụ"


def parties(*cells: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for r in read(IN_TURN.format(*cells))["assignments"]:
        if r.task != "Họp dân" and r.quote.startswith("1 |"):
            found.setdefault(r.task, []).append((r.agency_code, r.role))
    return found


def test_lines_of_cells_that_pair_off_are_tasks_of_their_own():
    assert parties(
        "Lập sổ trực trạm bơm. Chấm công người trực.", "UBND các xã, phường Sở Tài chính",
        "Sở Tài chính UBND các xã, phường",
    ) == {
        "Lập sổ trực trạm bơm.": [("ubnd_xa", "lead"), ("so_tc", "coordinate")],
        "Chấm công người trực.": [("so_tc", "lead"), ("ubnd_xa", "coordinate")],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("task", "lead", "partner", "leads"),
    [
        ("Lập sổ trực. Chấm công.", "Sở Y tế, Sở Nội vụ", "Sở Tài chính Sở Xây dựng", 2),
        ("Lập sổ trực. Chấm công.", "Sở Y tế Sở Nội vụ", "Sở Tài chính", 2),
        ("Lập sổ trực. Chấm công. Tổng kết.", "Sở Y tế Sở Nội vụ", "Sở Tài chính Sở Xây dựng", 2),
        ("Lập sổ trực ở trạm bơm", "Sở Y tế Sở Nội vụ", "Sở Tài chính Sở Xây dựng", 2),
        ("Lập sổ trực. Chấm công.", "Sở Y tế Sở Nội vụ", "", 2),
    ],
)
def test_lines_that_do_not_pair_off_share_one_task(task, lead, partner, leads):
    found = parties(task, lead, partner)
    assert list(found) == [task]
    assert [role for _, role in found[task]].count("lead") == leads


TASKS_WITHOUT_NUMBERS = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 78/KH-UBND
Hà Giang, ngày 12 tháng 3 năm 2022
KẾ HOẠCH
Dạy nghề năm 2022
I. PHÂN CÔNG
Công việc\tHoàn thành\tChủ trì\tPhối hợp
Lập danh sách người học\tQuý I/2022\tSở Nội vụ\tSở Tài chính
Mở lớp tập huấn cho cán bộ xã\tTháng 5/2022\tSở Tư pháp\tUBND các huyện
Kiểm tra nơi dạy nghề\tQuý III/2022\tCông an tỉnh\t
II. KINH PHÍ
- Ngân sách tỉnh: 200 triệu đồng.
"""


def test_a_table_of_words_without_row_numbers_is_read():
    rows = extract(Source((TASKS_WITHOUT_NUMBERS,)), "d0").rows
    assert [(row.agency_text, row.role) for row in rows["assignments"]] == [
        ("Sở Nội vụ", "lead"),
        ("Sở Tài chính", "coordinate"),
        ("Sở Tư pháp", "lead"),
        ("UBND các huyện", "coordinate"),
        ("Công an tỉnh", "lead"),
    ]
    assert [row.event for row in rows["deadlines"] if row.kind == "window"][1] == "Mở lớp tập huấn cho cán bộ xã"


def test_words_set_apart_by_tabs_without_known_heads_are_no_table():
    text = TASKS_WITHOUT_NUMBERS.replace("Công việc\tHoàn thành\tChủ trì\tPhối hợp", "Ông A\tBà B\tÔng C\tBà D")
    assert not any(" | " in row.quote for row in extract(Source((text,)), "d0").rows["assignments"])
