"""Projects, sub-projects and works that tables list, and the money that belongs to them."""

from __future__ import annotations

import pytest
from table_text import HEAD, MILLION, read

PROGRAMME = (
    "ĐVT: triệu đồng\nTT | Nội dung | Kinh phí\nI | Dự án 1: Hỗ trợ đất ở, nhà ở | 50\n"
    "II | Dự án 4: Đầu tư hạ tầng thiết yếu | 90\n1 | Tiểu dự án 1: Hạ tầng vùng đồng bào | 90\n"
    "- | Công trình cầu treo Nà Lạn | 60\n- | Duy tu các công trình | 30\n | Tổng cộng | 140"
)


def listed(table: str, head: str = HEAD) -> list[tuple]:
    return [(r.kind, r.name, r.label) for r in read(table, head)["activities"]]


def test_projects_with_their_number_have_it_as_label_and_works_their_name():
    assert listed(PROGRAMME) == [
        ("project", "Hỗ trợ đất ở, nhà ở", "Dự án 1"), ("project", "Đầu tư hạ tầng thiết yếu", "Dự án 4"),
        ("sub_project", "Hạ tầng vùng đồng bào", "Tiểu dự án 1"), ("project", "Công trình cầu treo Nà Lạn", None),
    ]  # fmt: skip
    rows = read(PROGRAMME)["activities"]
    assert rows[2].parent_id == rows[1].activity_id


def test_the_money_of_a_row_belongs_to_the_project_over_it():
    found = [(r.amount_vnd // MILLION, r.component) for r in read(PROGRAMME)["funding"]]
    assert found == [
        (50, "Dự án 1"), (90, "Dự án 4"), (90, "Dự án 4/Tiểu dự án 1"), (60, "Dự án 4/Tiểu dự án 1"),
        (30, "Dự án 4/Tiểu dự án 1"), (140, None),
    ]  # fmt: skip


def test_a_project_that_the_text_names_stands_once():
    head = HEAD + "1. Dự án 1: Hỗ trợ đất ở, nhà ở\nCác xã rà soát hộ thiếu đất.\n2. Kinh phí\n"
    assert [label for *_, label in listed(PROGRAMME, head)].count("Dự án 1") == 1
    assert [label for *_, label in listed(f"{PROGRAMME}\n\nBiểu 2\n{PROGRAMME}")].count("Dự án 4") == 1


ROWS = [
    ("1 | Công trình nhà văn hóa thôn Nà Mực", ["Công trình nhà văn hóa thôn Nà Mực"]),
    ("1 | Công trình: Kênh mương Khuổi A", ["Kênh mương Khuổi A"]),
    ("1 | Dự án: Sửa chữa trụ sở xã", ["Sửa chữa trụ sở xã"]),
    ("a | Công trình đường tỉnh 488", ["Công trình đường tỉnh 488"]),
    ("1 | Dự án kè sông Vọp", ["Dự án kè sông Vọp"]),
    ("A | Dự án chuyển tiếp", []),
    ("B | Dự án khởi công mới", []),
    ("1 | Công trình khác", []),
    ("2 | Công trình phụ trợ", []),
    ("II | Công trình Thủy lợi", []),
    ("1 | Các công trình trường học", []),
]


@pytest.mark.parametrize(("row", "names"), ROWS)
def test_what_names_a_work_and_what_gathers_works(row, names):
    table = f"TT | Nội dung | Kinh phí (triệu đồng)\n{row} | 850\n9 | Mở lớp | 20"
    assert [name for _, name, _ in listed(table)] == names


def test_a_project_that_two_tables_list_stands_once_unless_place_or_year_differ():
    work = (
        "TT | Dự án | Địa điểm | Kinh phí (triệu đồng)\n"
        "1 | Kè suối Nà Mực | xã Nà Mực | 85\n2 | Cầu Khuổi A | xã Lũng | 9"
    )
    again = (
        "TT | Dự án | Địa điểm | Khối lượng\n1 | Kè suối Nà Mực | xã Nà Mực | 1,2 km\n2 | Cầu Khuổi A | xã Bản Vẽ | 1"
    )
    names = [name for _, name, _ in listed(f"{work}\n\nBiểu 2\n{again}")]
    assert names == ["Kè suối Nà Mực", "Cầu Khuổi A", "Cầu Khuổi A"]
    twice = work.replace("2 | Cầu Khuổi A | xã Lũng", "2 | Kè suối Nà Mực | xã Nà Mực")
    assert [name for _, name, _ in listed(twice)] == ["Kè suối Nà Mực"] * 2


def test_a_town_of_a_district_in_a_cell_is_no_commune():
    table = (
        "TT | Tên mô hình | Địa điểm | Quy mô\n1 | Mô hình trồng cói | Thị xã Phú Mỹ | 10 ha\n"
        "2 | Mô hình ủ rơm | Xã Kim Tân, Thị Xã Phú Mỹ | 5 ha"
    )
    found = [(r.commune_text, r.district_text) for r in read(table)["activities"]]
    assert found == [(None, "Thị xã Phú Mỹ"), ("Xã Kim Tân", "Thị Xã Phú Mỹ")]
