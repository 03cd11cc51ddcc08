"""Money and figures that a scan misread: money words are forgiven with less confidence, figures never guessed."""

from __future__ import annotations

import pytest

from extractors.extract import extract
from extractors.plan import Source

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 11/KH-UBND
Lạng Sơn, ngày 02 tháng 3 năm 2021
KẾ HOẠCH
Nâng cấp thư viện năm 2021
I. MỤC TIÊU
Mở cửa thư viện các ngày trong tuần.
II. KINH PHÍ
"""
CLEAN = "Tổng kinh phí: {} từ ngân sách tỉnh.\n"


def read(amount: str):
    return extract(Source((HEAD + CLEAN.format(amount),)), "d0").rows


@pytest.mark.parametrize(
    ("written", "value"),
    [("5 tý đồng", 5 * 10**9), ("2 ty đồng", 2 * 10**9), ("300 triêu đồng", 3 * 10**8), ("500 triệu đông", 5 * 10**8)],
)
def test_misread_money_words_are_read_and_doubted(written: str, value: int) -> None:
    sure = read("7 tỷ đồng")["funding"][0]
    row = read(written)["funding"][0]
    assert row.amount_vnd == value
    assert row.confidence < sure.confidence


@pytest.mark.parametrize("written", ["1O tỷ đồng", "l0 tỷ đồng", "1.O00 triệu đồng", "2l tỷ đồng", "lO tỷ đồng"])
def test_misread_figures_are_reported_not_guessed(written: str) -> None:
    rows = read(written)
    assert not [r for r in rows["funding"] if r.amount_vnd is not None]
    assert [f.quote.split()[0] for f in rows["findings"] if f.check == "unparsed_amount"] == [written.split()[0]]


@pytest.mark.parametrize("written", ["10 tỷ đồng", "1.000 triệu đồng", "chăm lo người nghèo"])
def test_plain_figures_are_not_reported(written: str) -> None:
    assert not [f for f in read(written)["findings"] if f.check == "unparsed_amount"]
