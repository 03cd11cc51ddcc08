"""Products that a document reckons out: only wrong ones are told, with what they state and what they make."""

from __future__ import annotations

import pytest

from pipeline.document import default_steps

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 12/KH-UBND
Lạng Sơn, ngày 3 tháng 2 năm 2022
KẾ HOẠCH
Chăn nuôi an toàn giai đoạn 2022 - 2025
I. KINH PHÍ THỰC HIỆN
"""
CASES = [
    # what it is, the words, stated and made
    ("a product that holds", "Mua 40 tủ x 5 triệu đồng/tủ = 200 triệu đồng.", []),
    ("a product that misses", "Mua 40 tủ x 5 triệu đồng/tủ = 240 triệu đồng.", [(240e6, 200e6)]),
    ("a rounded product", "Cấp 333 hộ x 3 triệu đồng/hộ = 1 tỷ đồng.", []),
    ("a share multiplies, too", "40 người x 900.000 đồng/người x 30% = 10.800.000 đồng.", []),
    ("a norm of a smaller measure", "Mua 2,5 tấn giống x 12.000 đồng/kg = 30.000.000 đồng.", []),
    ("a nought too many", "Mua 500 kg giống x 12.000 đồng/kg = 60.000.000 đồng.", [(60e6, 6e6)]),
    ("no product is stated", "Mua 40 tủ x 5 triệu đồng/tủ, tổng vốn 240 triệu đồng.", []),
    ("two in one line", "6 lớp x 2 triệu đồng = 12 triệu đồng; 4 lớp x 3 triệu đồng = 13 triệu đồng.", [(13e6, 12e6)]),
]


@pytest.mark.parametrize(("words", "wrong"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_products(words, wrong, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(HEAD + words + "\n", encoding="utf-8")
    steps = default_steps()
    found = steps.extract(steps.read(path).source, "d0").rows["findings"]
    told = [f for f in found if f.check == "product_mismatch"]
    assert [(f.expected, f.actual) for f in told] == wrong
    assert all(f.quote and "=" in f.quote for f in told)
