"""Whom a share is of: the words of a sentence that name those, up to the verb of the aim."""

from __future__ import annotations

import pytest

from extractors.targets.population import population
from extractors.values.measures import find_measures

CASES = [
    # verbs that say what those do
    ("95% học sinh đội mũ bảo hiểm khi đi xe máy điện", "học sinh"),
    ("86% hộ gia đình phân loại rác ngay tại nhà", "hộ gia đình"),
    ("90% chủ vườn nhận tiền hỗ trợ qua tài khoản", "chủ vườn"),
    ("70% trạm y tế xã cử nhân viên dự lớp học", "trạm y tế xã"),
    ("88% trường phổ thông đưa bài học về rừng vào giờ ngoại khóa", "trường phổ thông"),
    ("45% số phường tổ chức diễn tập chữa cháy", "số phường"),
    # the same words within names and qualities of those
    ("92% hồ sơ tiếp nhận được trả đúng hẹn", "hồ sơ tiếp nhận"),
    ("75% giống đưa vào vụ mới có nguồn gốc rõ ràng", "giống đưa vào vụ mới"),
    # lists go on over their commas
    ("100% trường tiểu học, trung học cơ sở đưa bơi vào giờ học", "trường tiểu học, trung học cơ sở"),
    ("100% cán bộ, công chức, người lao động hợp đồng", "cán bộ, công chức, người lao động hợp đồng"),
    # no list: what goes on behind the comma is told otherwise
    ("60% số thôn, phấn đấu hết năm 2024 xong", "số thôn"),
    # two verbs of one kind: the first tells which of them are meant
    ("93% người được phát hiện bệnh được điều trị", "người được phát hiện bệnh"),
    ("94% hộ nghèo được vay vốn", "hộ nghèo"),
    ("97% phương tiện thuộc diện phải lắp thiết bị được kiểm tra", "phương tiện thuộc diện phải lắp thiết bị"),
    ("85% phụ nữ có thai được khám định kỳ", "phụ nữ có thai"),
    ("80% phụ nữ có sổ sức khỏe", "phụ nữ"),
    # nothing is left of a joint or of a quotation that is not closed
    ("giảm 25% thời gian giải quyết đối với hồ sơ đất đai", "thời gian giải quyết đối với hồ sơ đất đai"),
    ('96% đoàn viên “nói không với thuốc lá”', "đoàn viên"),
    ("tối đa 50% nhưng không quá 20 triệu đồng", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "named"), CASES)
def test_population(sentence: str, named: str | None) -> None:
    measure = next(m for m in find_measures(sentence) if m.unit == "percent")
    assert population(sentence, measure, len(sentence)) == named
