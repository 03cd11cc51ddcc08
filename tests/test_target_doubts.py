"""Figures of aims whose words leave two readings open are told with less trust."""

from __future__ import annotations

from table_text import read

SURE = 0.9


def test_a_rate_that_is_to_fall_below_may_also_fall_by():
    doubted, sure = read("1. Mục tiêu\n- Tỷ lệ hộ thiếu ăn giảm dưới 8%.\n- Tỷ lệ hộ thiếu nước giảm xuống dưới 9%.\n")[
        "targets"
    ]
    assert (doubted.direction, doubted.comparator, doubted.value_max, doubted.unit) == ("reach", "lt", 8, "percent")
    assert doubted.confidence < SURE <= sure.confidence


def test_an_aim_that_is_due_before_the_plan_begins_may_be_a_result():
    text = "1. Mục tiêu\nTrong năm {}, toàn huyện đạt các chỉ tiêu sau:\n- 95% thôn có sân;\n- 80% hộ có bể nước.\n"
    before, within = (read(text.format(year))["targets"] for year in (2019, 2023))
    assert {row.due_year for row in before} == {2019}
    assert max(row.confidence for row in before) <= 0.5 < SURE <= min(row.confidence for row in within)


def test_a_count_in_a_list_of_means_may_be_of_what_there_is():
    text = "1. Nhiệm vụ\n{}\n- {} 13 tổ máy bơm.\n"
    listed, bought, elsewhere = (
        read(text.format(*said))["targets"]
        for said in (
            ("a) Phương tiện, lực lượng", "Xuồng 04 chiếc;"),
            ("a) Phương tiện, lực lượng", "Mua"),
            ("a) Thủy lợi", "Thay"),
        )
    )
    assert listed and max(row.confidence for row in listed) <= 0.5
    assert min(row.confidence for row in (*bought, *elsewhere)) > 0.5


def test_what_a_system_is_made_of_may_be_there():
    text = "1. Nhiệm vụ\n- Hệ thống thủy lợi gồm 6 đập, 120 km kênh.\n- Nối thêm 30 km kênh.\n"
    doubted, sure = read(text)["targets"]
    assert doubted.confidence <= 0.5 < sure.confidence


def test_a_table_of_means_may_tell_what_there_is():
    rows = "| 1 | Xuồng máy | chiếc | 13 |\n| 2 | Xe cẩu | chiếc | 4 |\n"
    text = "1. Nhiệm vụ\nBảng 1. {}\n| TT | Tên | ĐVT | Số lượng |\n|---|---|---|---|\n" + rows
    doubted, sure = (read(text.format(c))["targets"] for c in ("Phương tiện ứng phó", "Nhu cầu mua sắm phương tiện"))
    assert [row.value_min for row in doubted] == [row.value_min for row in sure] == [13, 4]
    assert max(row.confidence for row in doubted) <= 0.5 < min(row.confidence for row in sure)


def test_a_part_that_is_larger_than_its_whole_makes_both_doubtful_and_is_told():
    text = "1. Mục tiêu\n- Cấp giống cho 1.250 hộ (trong đó {} hộ cận nghèo).\n"
    wrong, right = (read(text.format(part)) for part in ("1.700", "700"))
    assert [row.confidence for row in wrong["targets"]] == [0.5, 0.5]
    assert [(f.expected, f.actual) for f in wrong["findings"] if f.check == "sum_mismatch"] == [(1250, 1700)]
    assert min(row.confidence for row in right["targets"]) >= SURE
    assert not [f for f in right["findings"] if f.check == "sum_mismatch"]


def test_a_part_may_exceed_a_mean():
    found = read("1. Mục tiêu\n- Diện tích nhà ở bình quân đạt 31,5 m2/người, trong đó đô thị 33 m2/người.\n")
    assert min(row.confidence for row in found["targets"]) >= SURE
