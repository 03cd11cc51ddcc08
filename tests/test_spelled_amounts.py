"""Sums in figures against the words behind them: one finding where they differ, none where they agree."""

from __future__ import annotations

import pytest

from extractors.extract import extract
from extractors.plan import Source
from extractors.values.words import read_whole

PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: 12/KH-UBND\nHà Nam, ngày 5 tháng 2 năm 2026\n"
    "KẾ HOẠCH\nHọc nghề năm 2026\nI. KINH PHÍ\n{}\n"
)


def read(words: str) -> dict[str, list]:
    return extract(Source((PLAN.format(words),)), "d0").rows


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("sáu tỷ một trăm linh năm triệu", 6_105_000_000),
        ("một nghìn hai trăm tỷ", 1_200_000_000_000),
        ("sáu nghìn tỷ", 6_000_000_000_000),
        ("một tỷ không trăm hai mươi triệu không trăm linh năm nghìn", 1_020_005_000),
        ("ba tỷ rưỡi", 3_500_000_000),
        ("hai mươi lăm triệu bốn trăm nghìn chẵn", 25_400_000),
        ("hai trăm lăm mươi triệu", None),
        ("hai mươi lăm năm mươi triệu", None),
        ("hai triệu ba tỷ", None),
        ("theo quy định", None),
        ("", None),
    ],
)
def test_all_words_are_read_or_none(words: str, value: int | None) -> None:
    assert read_whole(words.split()) == value


@pytest.mark.parametrize(
    ("said", "figures", "words"),
    [
        ("Tổng kinh phí: 250 triệu đồng (Hai trăm năm mươi lăm triệu đồng).", 250_000_000, 255_000_000),
        ("Tổng kinh phí: 6.105.000.000 đồng (bằng chữ: sáu tỷ, một trăm mười lăm triệu đồng chẵn).", 6_105e6, 6_115e6),
        ("Tổng kinh phí: 1.020.050.000 đồng. Bằng chữ: Một tỷ, không trăm hai mươi triệu đồng.", 1_020_050e3, 1_020e6),
    ],
)
def test_words_that_differ_make_a_finding_and_a_doubtful_row(said: str, figures: float, words: float) -> None:
    rows = read(said)
    (wrong,) = [f for f in rows["findings"] if f.check == "conflicting_amount"]
    (row,) = rows["funding"]
    assert (wrong.expected, wrong.actual) == (figures, words)
    assert (wrong.table_name, wrong.row_id) == ("funding", row.funding_id)
    assert row.amount_vnd == figures and row.confidence <= 0.5


@pytest.mark.parametrize(
    "said",
    [
        "Tổng kinh phí: 250 triệu đồng (Hai trăm năm mươi triệu đồng).",
        "Tổng kinh phí: 1.200 tỷ đồng (một nghìn hai trăm tỷ đồng).",
        "Tổng kinh phí: 1.020.005.000 đồng, bằng chữ: Một tỷ không trăm hai mươi triệu không trăm linh năm nghìn đồng.",
        "Tổng kinh phí: 250 triệu đồng (Hai trăm lăm mươi triệu đồng).",
        "Tổng kinh phí: 600 triệu đồng (một trăm triệu đồng cho mỗi xã).",
        "Tổng kinh phí: 250 triệu đồng (Hai trăm năm mươi triệu đồng Việt Nam).",
        "Tổng kinh phí: 250 triệu đồng (trong đó ngân sách tỉnh chi trả tiền đồng phục).",
    ],
)
def test_words_that_agree_or_state_no_number_make_none(said: str) -> None:
    rows = read(said)
    assert [f for f in rows["findings"] if f.check == "conflicting_amount"] == []
    assert max(row.confidence for row in rows["funding"]) > 0.5
    assert len([row for row in rows["funding"] if row.amount_vnd]) == 1
