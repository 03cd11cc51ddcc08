"""Counts of places against the names behind them: what is reported, and what is left alone."""

from __future__ import annotations

import pytest

from extractors.context import Plan
from extractors.findings.listed_places import wrong_lists
from extractors.plan import CleanText
from extractors.zones import read_blocks


def wrong_in(line: str) -> list[tuple[int, int]]:
    """Stated and named counts of a plan whose body is this line."""
    plan = Plan("d0", CleanText("I. NHIỆM VỤ\n" + line))
    plan.blocks = read_blocks(plan.text)
    return [(w.stated, w.named) for w in wrong_lists(plan)]


@pytest.mark.parametrize(
    ("line", "stated", "named"),
    [
        ("- Phun thuốc tại 05 xã trọng điểm: Hòa Lạc, Tân Bình, Đông Phú, Bắc Lý.", 5, 4),
        ("- Thí điểm ở 2 huyện (Bình Xa, Quan Nhai và Mường Tè) trong năm đầu.", 2, 3),
        ("- Năm 2027 công nhận 04 trường: Mầm non Hoa Sen, Mẫu giáo Tân Bình, Tiểu học Đông Phú.", 4, 3),
        ("- Có 03 tuyến phố kiểu mẫu (gồm Quang Trung, Lý Thái Tổ); trồng thêm hoa.", 3, 2),
        ("- Hỗ trợ 03 thôn, gồm: thôn Đoài, thôn Trung và thôn Bắc 1, thôn Bắc 2;", 3, 4),
    ],
)
def test_a_list_that_its_count_does_not_fit_is_reported(line: str, stated: int, named: int):
    assert wrong_in(line) == [(stated, named)]


@pytest.mark.parametrize(
    "line",
    [
        "- Phun thuốc tại 04 xã trọng điểm: Hòa Lạc, Tân Bình, Đông Phú và thị trấn Bắc Lý.",
        "- Trang bị cho 03 xã, 01 thị trấn: Hòa Lạc, Tân Bình, Đông Phú, Bắc Lý.",
        "- Tập trung tại 12 xã khó khăn như: Hòa Lạc, Tân Bình.",
        "- Thực hiện ở 12 xã, trong đó: Hòa Lạc, Tân Bình làm trước.",
        "- Có 7/12 xã: Hòa Lạc, Tân Bình, Đông Phú.",
        "- Ưu tiên 05 xã: Hòa Lạc, Tân Bình, Đông Phú và các xã giáp ranh.",
        "- Mỗi cụm chọn 01 xã: Hòa Lạc, Tân Bình, Đông Phú.",
        "- Công nhận 02 trường: Mầm non Hoa Sen, Trường Tiểu học Đông Phú 1.",
        "- Lát đá 12 tuyến phố, trong đó: Quang Trung, Lý Thái Tổ làm trước.",
        "- Mỗi đội gồm 05 người: Đội trưởng, Đội phó và Thư ký.",
    ],
)
def test_what_fits_or_names_some_alone_is_left_alone(line: str):
    assert wrong_in(line) == []
