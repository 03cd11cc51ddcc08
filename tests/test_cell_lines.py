"""Tables whose cells stand on lines of their own between lone borders, and paragraphs parted by blank lines."""

from __future__ import annotations

import pytest
from cleaning_text import cleaned
from table_text import read

from extractors.cleaning.cell_rows import rows_of_pieces

HEAD = ["STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]


def pasted(*rows: list[str]) -> str:
    """Rows as the portal pastes them: a border before and behind each cell, on its own line."""
    return "\n".join("|\n" + "".join(f"{cell}\n|\n" for cell in row).rstrip("\n") for row in rows)


TASKS = pasted(
    HEAD,
    ["**I.\nNâng cao nhận thức**"],
    ["1", "Mở lớp về\ncông cụ số", "Sở Nội vụ", "Quý II/2023"],
    ["**II. Hạ tầng**"],
    ["2", "Lắp trạm\nphát sóng", "Sở Công Thương", "Quí IV-2024"],
)


def test_cells_become_rows_on_one_line():
    lines = cleaned(f"Danh mục nhiệm vụ\n\n{TASKS}\n\nNơi khác").split("\n")
    assert lines[1:6] == [
        "STT | Tên nhiệm vụ | Cơ quan chủ trì | Thời gian",
        "I. Nâng cao nhận thức | | |",
        "1 | Mở lớp về công cụ số | Sở Nội vụ | Quý II/2023",
        "II. Hạ tầng | | |",
        "2 | Lắp trạm phát sóng | Sở Công Thương | Quí IV-2024",
    ]
    assert lines[-1] == "Nơi khác"


def test_a_line_of_dots_between_rows_belongs_to_neither():
    above, below = ["1", "Mở lớp", "Sở Nội vụ", "Quý II/2023"], ["9", "Lắp trạm", "Sở Công Thương", "Quý IV/2024"]
    lines = cleaned(f"Danh mục\n\n{pasted(HEAD, above)}\n…..............\n{pasted(below)}\n").split("\n")
    assert lines[2:] == [" | ".join(above), " | ".join(below)]


def test_what_a_portal_writes_below_the_last_row_is_no_cell_of_it():
    rows = [[str(i), f"Mở lớp {i}", "Sở Nội vụ", "2023"] for i in (1, 2, 3)]
    lines = cleaned(f"Danh mục\n\n{pasted(HEAD, *rows)}\nBản in của trang\nĐã xem: 26\n|\nVăn bản thay thế").split("\n")
    assert lines[1:5] == [" | ".join(HEAD), *map(" | ".join, rows)]


def test_a_head_over_several_columns_is_narrower_than_its_rows():
    heads = [["TT", "Nội dung", "Kinh phí"], ["Tỉnh", "Huyện", "Xã"], ["**I. Đường**"]]
    rows = [[str(i), f"Tuyến {i}", "5", "3", "2"] for i in (1, 2)]
    lines = cleaned(f"Danh mục\n\n{pasted(*heads, *rows)}\n").split("\n")
    assert lines[-2:] == [" | ".join(row) for row in rows]


def test_dots_within_a_row_are_a_cell():
    row = ["1", "Mở lớp", "…", "Quý II/2023"]
    lines = cleaned(f"Danh mục\n\n{pasted(HEAD, row, ['2', *row[1:]])}\n").split("\n")
    assert lines[2] == " | ".join(row)


def test_their_bodies_and_times_are_read_below_the_titles_of_groups():
    rows = read(f"1. Danh mục\n\n{TASKS}\n")
    assert [(r.agency_text, r.role) for r in rows["assignments"][:2]] == [
        ("Sở Nội vụ", "lead"),
        ("Sở Công Thương", "lead"),
    ]
    assert {str(r.end_date) for r in rows["deadlines"]} >= {"2023-06-30", "2024-12-31"}


def test_a_letterhead_in_such_cells_stays_a_letterhead():
    head = pasted(
        ["**ỦY BAN NHÂN DÂN**\nTỈNH HÀ NAM", "**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc", ""],
        ["Số: 12/KH-UBND", "*Hà Nam, ngày 3\ntháng 2 năm 2023*", ""],
    )
    text = cleaned(f"{head}\n\n**KẾ HOẠCH**\n\nTrồng cây năm 2023")
    assert "TỈNH HÀ NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Hà Nam, ngày 3 tháng 2 năm 2023" in text
    assert " | " not in text


def test_an_empty_cell_keeps_its_place():
    table = pasted(["TT", "Chỉ tiêu", "ĐVT", "Năm 2021", "Năm 2022"], ["1", "Hộ nghèo", "hộ", "", "300"]).replace(
        "\n\n", "\n"
    )
    assert "1 | Hộ nghèo | hộ | | 300" in cleaned(table).split("\n")


def test_numbers_that_are_no_count_open_no_row():
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Năm 2022"],
        ["1", "Hộ nghèo", "²", "9" * 5000],
        ["²", "Xã", "xã"],
        ["9" * 5000, "x"],
    ]
    assert "1 | Hộ nghèo | ²" in cleaned(pasted(*rows))


def test_running_text_between_borders_is_no_table():
    text = "|\nHỗ trợ 20 hộ nghèo.\n|\nHỗ trợ 30 hộ\n|\ntrồng rừng\n|\n|\nMở lớp\n|\ncho xã A\n|\nvà xã B\n|"
    assert " | " not in cleaned(text)


def test_text_between_two_tables_is_no_cell():
    text = cleaned(f"{TASKS}\n\nBiểu 2 sau đây\n\n{TASKS}")
    assert "\nBiểu 2 sau đây\n" in text


PARAGRAPHS = [
    "**1. Sở\nKhoa học và Công nghệ:**",
    "- Chủ trì theo dõi\nSở Công Thương, Sở Xây dựng và các xã, phường lắp đặt trạm đo ở nơi dễ ngập\nkhi mưa lớn.",
    "**2. Công\nan tỉnh:**",
    "a) Đến năm 2025: Có ≥\n30% hợp tác xã dùng sổ điện tử trong quản lý\nsản xuất và tiêu thụ nông sản.",
    "b) Đến năm 2026: Có ≥\n60% hợp tác xã dùng sổ điện tử trong quản lý\nsản xuất và tiêu thụ nông sản.",
    "**3. Hội\nNông dân tỉnh:**",
    "- Vận động hội viên ở\ncác thôn, bản ghi sổ hằng ngày, giữ giống cây\nbản địa và nhân rộng cách làm hay.",
    "**4. Báo\nHà Nam:**",
    "- Mở chuyên mục vào\nsáng thứ hai, đăng tin về gương người tốt, việc\ntốt ở cơ sở.",
]


def test_blank_lines_that_part_all_paragraphs_are_believed():
    text = cleaned("\n\n".join(["Phân công", *PARAGRAPHS]))
    assert "1. Sở Khoa học và Công nghệ:" in text
    assert "- Chủ trì theo dõi Sở Công Thương, Sở Xây dựng và các xã" in text
    assert "a) Đến năm 2025: Có ≥ 30% hợp tác xã" in text


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("Mở lớp, dạy nghề cho", "1.250 lao động ở nông thôn, nhất là thanh niên chưa có việc làm."),
        ("Bồi dưỡng, tập huấn", "2.400 lượt cán bộ hợp tác xã về ghi chép sổ sách."),
        ("- Dùng thử thiết bị", "4G, NB-IoT cho trạm bơm ở các xã ven sông."),
    ],
)
def test_a_paragraph_broken_before_a_count_goes_on(first, rest):
    assert f"{first} {rest}" in cleaned("\n\n".join([*PARAGRAPHS, f"{first}\n{rest}"]))


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("2. Tập huấn", "2.400 lượt cán bộ hợp tác xã về ghi chép sổ sách."),
        ("Kết quả năm 2025", "12 xã có trạm bơm điện chạy tốt"),
        ("Tập huấn", "2.400 lượt"),
        ("Tập huấn", "12. Sở Công Thương mở hai phiên chợ nông sản"),
    ],
)
def test_a_count_below_a_heading_does_not(first, rest):
    assert f"{first}\n{rest}" in cleaned("\n\n".join([*PARAGRAPHS, f"{first}\n{rest}"]))


@pytest.mark.parametrize("bound", ["ít nhất", "tối đa", "không quá", "không dưới"])
def test_the_figure_of_a_bound_goes_on(bound):
    assert f"- Lắp máy bơm cho {bound} 14 tổ hợp tác;" in cleaned(
        f"- Lắp máy bơm cho {bound}\n14 tổ hợp tác;\n- Nạo vét mương."
    )


def test_a_label_behind_a_bound_does_not():
    assert "\n12. Sở Y tế khám bệnh" in cleaned("- Mức hỗ trợ tối đa\n12. Sở Y tế khám bệnh cho người nghèo.")


def test_short_lines_that_stand_close_stay_apart():
    tight = "Các chỉ tiêu đến năm 2026:\nTỷ lệ hộ nghèo: 3%\nTỷ lệ che phủ rừng: 55%\nThu nhập: 60 triệu đồng"
    assert tight in cleaned("\n\n".join([*PARAGRAPHS, tight]))


def test_blank_lines_within_sentences_are_not():
    broken = [p.replace("lắp đặt", "\n\nlắp đặt").replace("giữ giống", "\n\ngiữ giống") for p in PARAGRAPHS]
    assert "Có ≥ 30%" not in cleaned("\n\n".join(broken))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("*Hà Nam, ngày 3\ntháng 2 năm 2023*", "Hà Nam, ngày 3 tháng 2 năm 2023"),
        ("*- Thu mẫu:\nsáu điểm.*", "- Thu mẫu:\nsáu điểm."),
        ("* Ghi chú\ncủa bảng *", "* Ghi chú của bảng *"),
        ("*Ghi chú\n\ncuối bảng*", "*Ghi chú cuối bảng*"),
    ],
)
def test_italics_over_several_lines(text, want):
    assert cleaned(text) == want


LONG = "Rà soát, lập danh mục, " + "bổ sung các tuyến mương nội đồng đã xuống cấp, " * 16 + "trình phê duyệt"
SHEET = f"TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian | Sản phẩm\n1 | {LONG} | Sở Nội vụ | Quý II/2023 | {{}}\n" \
    "2 | Họp dân | Công an tỉnh | Quý I/2024 | "  # fmt: skip


def test_a_long_row_is_quoted_where_it_proves_the_fact():
    rows = read(SHEET.format("80% xã có sổ theo dõi"))
    assert "Sở Nội vụ" in next(r for r in rows["assignments"] if r.agency_text == "Sở Nội vụ").quote
    assert "Quý II/2023" in next(r for r in rows["deadlines"] if str(r.end_date) == "2023-06-30").quote
    assert "80%" in next(r for r in rows["targets"] if r.value_min == 80).quote


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ("80% học sinh biết bơi; 02 - 03 mô hình", [(80, 80, 2023), (2, 3, 2023)]),
        ("60% hộ kết nối năm 2024, 100% năm 2025", [(60, 60, 2024), (100, 100, 2025)]),
        ("26 hồ chứa được kiểm tra, lập biên bản", [(26, 26, 2023)]),
        ("40 tấn gạo và 900 lít dầu", [(40, 40, 2023), (900, 900, 2023)]),
        ("01 báo cáo tổng kết", []),
        ("Quyết định ban hành", []),
    ],
)
def test_what_the_words_of_a_product_cell_bring(cell, want):
    found = sorted((r.value_min, r.value_max, r.due_year) for r in read(SHEET.format(cell))["targets"])
    assert found == sorted(want)


YEARS = ["TT", "Chỉ tiêu", "ĐVT", "Năm 2021", "Năm 2022", "Năm 2023"]
WHOLE = [["1", "Tàu cá", "chiếc", "310", "320", "330"], ["2", "Lồng nuôi", "lồng", "40", "50", "60"]]
WITH_GAPS = [
    ["II", "Sản vật", "", "2", "", "7"],
    ["3", "Nuôi biển", "", "", "", ""],
    ["", "- Cá song", "tấn", "11", "12", "13"],
    ["", "- Hàu", "tấn", "", "", "23"],
    ["4", "Chợ cá", "chợ", "", "", ""],
    ["5", "Kho lạnh", "kho", "", "4", ""],
    ["", "", "", "7", "8", "9"],
]


def bars(row: list[str]) -> str:
    """A row as cleaning leaves it: behind its last border stands nothing."""
    return " | ".join(row).replace("  ", " ").strip()


@pytest.mark.parametrize("rows", [[*WHOLE, *WITH_GAPS], [*WITH_GAPS, *WHOLE], [WHOLE[0], *WITH_GAPS, WHOLE[1]]])
def test_rows_with_several_empty_cells_keep_their_places(rows):
    lines = cleaned(f"Danh mục\n\n{pasted(YEARS, *rows)}\n\nNơi khác").split("\n")
    assert lines[1:-1] == [bars(row) for row in [YEARS, *rows]]


def test_levels_below_an_empty_first_cell_are_read():
    found = read(f"1. Danh mục\n\n{pasted(YEARS, *WHOLE, *WITH_GAPS)}\n")["targets"]
    assert [(r.value_min, r.due_year) for r in found if "Cá song" in r.quote] == [(12, 2022), (13, 2023)]
    assert [(r.value_min, r.due_year) for r in found if "Hàu" in r.quote] == [(23, 2023)]


def test_rows_of_another_width_are_not_put_together():
    rows = [["a", "Vật tư", "90"], ["b", "Nhân công", "80"], *WHOLE]
    lines = cleaned(f"Danh mục\n\n{pasted(YEARS, *rows)}\n\nNơi khác").split("\n")
    assert lines[1:-1] == [bars(row) for row in [YEARS, *rows]]


@pytest.mark.parametrize(
    "titles",
    [
        [["a", "Vật tư", "375.692"], ["", ""], ["b", "Kim loại", "16.523"]],
        [["I", "Thuê máy", "375.692"], [""], ["1", "Máy đào", "375.692"]],
    ],
)
def test_two_titles_do_not_make_a_row_though_their_cells_fill_it(titles):
    rows = [[str(i), f"Thuê máy {i}", "5", "3", "2", "1", "2", "3", "4"] for i in range(1, 6)]
    head = ["TT", "Nội dung", *(f"Cột {name}" for name in "abcdefg")]
    lines = cleaned(f"Danh mục\n\n{pasted(head, *rows[:3], *titles, *rows[3:])}\n\nNơi khác").split("\n")
    assert " | ".join(titles[0]) in lines and " | ".join(titles[2]) in lines
    assert lines[-3:-1] == [" | ".join(row) for row in rows[3:]]


def test_words_are_not_put_under_figures_to_fill_a_row():
    cells = [3, 3, 1, 1, 3]
    assert rows_of_pieces(cells, lambda *_: True, lambda *_: True) == [(0, 1), (1, 2), (2, 4), (4, 5)]
    assert rows_of_pieces(cells, lambda *_: True, lambda *_: False) == [(i, i + 1) for i in range(5)]
    assert rows_of_pieces(cells, lambda *_: False, lambda *_: True) == [(i, i + 1) for i in range(5)]


def test_pieces_that_may_make_rows_in_two_ways_stay_alone():
    assert rows_of_pieces([3, 1, 1, 1, 3], lambda *_: True, lambda *_: True) == [(i, i + 1) for i in range(5)]
