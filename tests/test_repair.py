"""Misspelt words of the vocabularies: matched as what they mean, kept as they stand, and doubted."""

from __future__ import annotations

import pytest

from extractors.language.reading import Reading
from extractors.language.repair import LEAST_TRUST, LETTER_TRUST, MARKS_TRUST, plain
from extractors.misread import as_meant, spellings

READ = [
    # (text, group, what the span says, its label, trust)
    ("Giao Ủy ban nhân dãn tỉnh chủ trì", "agencies", "Ủy ban nhân dãn tỉnh", "ubnd_tinh", MARKS_TRUST),
    ("Sở Giáo dục và Đào tạọ chủ trì", "agencies", "Sở Giáo dục và Đào tạọ", "so_gddt", MARKS_TRUST),
    ("Sở Kế hoạcb và Đầu tư chủ trì", "agencies", "Sở Kế hoạcb và Đầu tư", "so_khdt", LETTER_TRUST),
    ("Sở Y tể chủ trì", "agencies", "Sở Y tể", "so_yt", MARKS_TRUST),
    ("lấy từ ngân sácb nhà nước", "funding_sources", "ngân sácb nhà nước", "state_budget", LETTER_TRUST),
    ("các sở phốỉ hợp với Sở Y tế", "roles", "phốỉ hợp với", "coordinate", MARKS_TRUST),
    ("đóng góp từ ngân sách, đưới 5%", "funding_sources", "ngân sách", "state_budget", 1.0),
]
LEFT_ALONE = [
    "hộ nhận hỗ trợ trong năm",  # "nhận" is a word of its own, though "nhân hỗ trợ" differs by a mark
    "các gương thoát nghèo ở huyện Thanh Miện",
    "nguồn lực dành cho trẻ em",
    "buôn Tring, xã Ea Sup",
    "từ 15 tuổi đến 60 tuổi, 1O hộ, l5 hộ",
    "",
]


@pytest.mark.parametrize(("text", "group", "said", "label", "trust"), READ)
def test_a_misspelt_word_is_read_and_doubted(text: str, group: str, said: str, label: str, trust: float) -> None:
    reading = Reading.of_text(text)
    found = {s.text: s for s in reading.spans_in(group, 0, len(text))}
    assert said in found
    assert found[said].label_ == label
    assert reading.trust_in(found[said].start_char, found[said].end_char) == pytest.approx(trust)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_words_and_names_are_left_alone(text: str) -> None:
    assert Reading.of_text(text).trust_in(0, len(text)) == 1.0


def test_every_misspelt_word_costs_trust_down_to_a_floor() -> None:
    reading = Reading.of_text("Ủy ban nhân dãn tỉnh; " * 12)
    one = reading.trust_in(0, 22)
    assert one == pytest.approx(MARKS_TRUST)
    assert reading.trust_in(0, 44) == pytest.approx(one * MARKS_TRUST)
    assert reading.trust_in(0, len(reading.words.text)) == LEAST_TRUST


def test_plain_drops_every_mark() -> None:
    assert plain("đường") == "duong"
    assert plain("nghiệp") == "nghiep"


def test_a_word_that_is_none_is_doubted_whatever_stands_beside_it() -> None:
    reading = Reading.of_text("số vụ đưới 7 và dưới 5")
    assert reading.trust_in(0, 12) == pytest.approx(MARKS_TRUST)
    assert reading.trust_in(13, 22) == 1.0


@pytest.mark.parametrize(
    ("read", "meant"),
    [("IV. NGUÒN LỰC", "IV. NGUỒN LỰC"), ("Nguòn vốn", "Nguồn vốn"), ("đên nơi", "đến nơi"), ("xã Đưới", "xã Dưới")],
)
def test_words_that_are_none_are_matched_as_they_are_meant(read: str, meant: str) -> None:
    assert as_meant(read) == meant
    assert len(read) == len(meant)


def test_words_are_left_as_they_are() -> None:
    assert as_meant("đến dưới nguồn, đền, dến-dến") == "đến dưới nguồn, đền, đến-đến"
    assert spellings("xuống dưới") == ("xuống dưới", "xuống đưới", "xuống dưói", "xuống đưói", "xuống duới")


@pytest.mark.parametrize(
    "said", ["TAND tỉnh", "TAND huyện", "VKSND tỉnh", "Sở GD&ĐT và Sở Y tế", "Sở KH&ĐT và Tỉnh đoàn"]
)
def test_an_abbreviation_of_the_rule_files_is_no_misspelt_word(said: str) -> None:
    """`TAND tỉnh` is no slip for `toàn tỉnh`, nor `ĐT và` for `DT và`."""
    assert Reading.of_text(f"Công an chủ trì, phối hợp với {said} xử lý").repaired == []
