"""Findings speak Vietnamese: their messages stand in the report and the sheets that officials read."""

from __future__ import annotations

import pytest
import regex

from extractors.cleaning.lines import repeat_note
from extractors.extract import extract
from extractors.plan import Source
from pipeline.ingest.legacy_text import note

MARKED_LETTER = regex.compile(r"[ăâđêôơưà-ãè-êìíò-õùúýĩũạ-ỹ]", regex.I)
ATTRIBUTES = """Số hiệu: | 7/KH-UBND
Ngày ban hành: | 01/02/2022
Người ký: | Trần Văn Bảy
"""
LETTERHEAD = "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: {number}\nHà Nam, ngày {date}\nKẾ HOẠCH\n{title}\n"
BODY = """I. NHIỆM VỤ
1. Mở 5 lớp học nghề trước ngày 31/02/2023.
4. Trồng 1O ha rừng theo phụ lục kèm theo.
Tổng kinh phí 900 triệu đồng, trong đó: ngân sách tỉnh 300 triệu đồng, ngân sách huyện 200 triệu đồng.
"""
CLOSING = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Thị Sáu\n"
PLANS = {
    "a draft": LETTERHEAD.format(number="   /KH-UBND", date="   tháng    năm 2022", title="Học nghề năm 2022") + BODY,
    "a text without a head": "KẾ HOẠCH\nHọc nghề\n" + BODY,
    "a commune of no list": "UBND XÃ KHE LÀNH LẶNG\nSố: 3/KH-UBND\nngày 5 tháng 2 năm 2022\nKẾ HOẠCH\nHọc nghề\n"
    + BODY,
    "a portal's page that contradicts itself": ATTRIBUTES
    + LETTERHEAD.format(number="8/KH-UBND", date="03 tháng 02 năm 2022", title="Học nghề giai đoạn 2022-2025")
    + BODY
    + CLOSING,
}
SEEN = {
    "a draft": {"missing_number", "missing_date", "impossible_date", "numbering_gap", "missing_annex"},
    "a text without a head": {"missing_number", "missing_date", "missing_issuer"},
    "a commune of no list": {"unknown_place"},
    "a portal's page that contradicts itself": {"conflicting_metadata", "unparsed_amount"},
}


def opens_in_vietnamese(message: str) -> bool:
    """Names and quotes of the document stand behind the first words, which are the program's own."""
    return MARKED_LETTER.search(" ".join(message.split()[:3])) is not None


@pytest.mark.parametrize("plan", PLANS)
def test_messages_are_vietnamese(plan: str) -> None:
    findings = extract(Source((PLANS[plan],)), "d0").rows["findings"]
    assert SEEN[plan] <= {finding.check for finding in findings}
    assert [f.message for f in findings if not opens_in_vietnamese(f.message)] == []


def test_notes_of_reading_and_cleaning_are_vietnamese() -> None:
    for said in (note(["tcvn3", "vni"]), note(["tcvn3"], capitals_lost=True), repeat_note(0, 9)):
        assert opens_in_vietnamese(said.message) and " the " not in said.message


@pytest.mark.parametrize("said", ["quý 11/2024", "quý 111 năm 2024", "Quý I1/2024", "quý l/2024"])
def test_a_quarter_that_no_year_has_is_told(said: str):
    found = extract(Source((f"KẾ HOẠCH\nHọc nghề năm 2024\nI. NHIỆM VỤ\n- Khai giảng lớp may {said}.",)), "d0").rows
    assert [f.quote for f in found["findings"] if f.check == "impossible_date"] == [
        said.rpartition("/")[0] or "quý 111"
    ]
    assert [d.kind for d in found["deadlines"]] == ["period"]


@pytest.mark.parametrize("said", ["quý II/2024", "quý 2 năm 2024", "quý 02/2024", "mỗi quý 10 lớp", "quý I, II/2024"])
def test_quarters_of_a_year_are_no_finding(said: str):
    found = extract(Source((f"KẾ HOẠCH\nHọc nghề năm 2024\nI. NHIỆM VỤ\n- Khai giảng lớp may {said}.",)), "d0").rows
    assert "impossible_date" not in [f.check for f in found["findings"]]
