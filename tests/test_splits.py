"""Counts against what a sentence or a list makes of them: reported only where all parts are told."""

from __future__ import annotations

import pytest

from extractors.extract import extract
from extractors.plan import Source

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 12/KH-UBND
Lạng Sơn, ngày 04 tháng 3 năm 2022
KẾ HOẠCH
Phát triển thư viện giai đoạn 2022 - 2025
I. MỤC TIÊU
"""


def found(lines: str, check: str) -> list[tuple[float, float]]:
    rows = extract(Source((HEAD + lines + "\n",)), "d0").rows["findings"]
    return [(f.expected, f.actual) for f in rows if f.check == check]


WRONG = [
    ("Xóa 950 nhà tạm, bao gồm 610 nhà xây mới và 320 nhà sửa chữa.", (950, 930)),
    ("Đào tạo 410 lao động, gồm 150 lao động nữ và 270 lao động nam.", (410, 420)),
    ("Tập huấn cho 260 cán bộ (110 cán bộ xã, 160 cán bộ thôn).", (260, 270)),
    ("Mở 24 lớp: 10 lớp tin học, 09 lớp tiếng Anh, 04 lớp kỹ năng.", (24, 23)),
    ("Mở 24 lớp: 10 lớp tin học, 14 lớp viết; xét theo đối tượng có 12 lớp cho cán bộ, 11 lớp cho nông dân.", (24, 23)),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "sums"), WRONG)
def test_parts_that_do_not_make_their_whole_are_reported(sentence, sums):
    assert found("1. " + sentence, "sum_mismatch") == [sums]


RIGHT = [
    "Xóa 950 nhà tạm, bao gồm 610 nhà xây mới và 340 nhà sửa chữa.",
    "Xóa 950 nhà tạm, gồm ít nhất 610 nhà xây mới và 320 nhà sửa chữa.",
    "Xóa 950 nhà tạm, gồm 610 nhà xây mới, 320 nhà sửa chữa và các nhà khác.",
    "Mở 24 lớp: 10 lớp tin học, 09 lớp tiếng Anh, 04 buổi thực hành.",
    "Mở 24 lớp: 10 lớp tin học cho 300 người, 13 lớp tiếng Anh.",
    "Mở 24 lớp tại các xã, mỗi xã 10 lớp tin học, 13 lớp tiếng Anh.",
    "Trồng 24 ha rừng: năm 2022 trồng 10 ha, năm 2023 trồng 14 ha.",
    "Mở 24 lớp: 03 lớp tin học, 02 lớp tiếng Anh.",
]


@pytest.mark.parametrize("sentence", RIGHT)
def test_lists_that_add_up_or_are_not_all_of_their_whole_are_not(sentence):
    assert found("1. " + sentence, "sum_mismatch") == []


ITEMS = "".join(f"({n}) Có thêm {n} thư viện xã.\n" for n in range(1, 5))


@pytest.mark.parametrize(
    ("heading", "below", "wrong"),
    [
        ("b) Mục tiêu theo ngành (5 mục tiêu)\n", ITEMS, [(5, 4)]),
        ("b) Mục tiêu theo ngành (4 mục tiêu)\n", ITEMS, []),
        ("b) Mục tiêu theo ngành (5 mục tiêu)\n", ITEMS + "c) Mục tiêu khác\n(1) Có 02 xe thư viện.\n", [(5, 4)]),
        ("b) Mục tiêu theo ngành (12 mục tiêu)\n", ITEMS, []),
        ("b) Lĩnh vực xuất bản (5 nhiệm vụ)\n", ITEMS, []),
        ("b) Mục tiêu theo ngành (5 mục tiêu)\n", ITEMS.replace("(3)", "a) Về sách\n(3)"), []),
    ],
)
def test_a_count_in_a_heading_is_held_against_the_items_below(heading, below, wrong):
    assert found(heading + below, "count_mismatch") == wrong
