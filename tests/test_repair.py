"""Misspelt words of the vocabularies: matched as what they mean, kept as they stand, and doubted."""

from __future__ import annotations

import pytest

from extractors.language.reading import Reading
from extractors.language.repair import LEAST_TRUST, LETTER_TRUST, MARKS_TRUST, plain

READ = [
    # (text, group, what the span says, its label, trust)
    ("Giao Ủy ban nhân dãn tỉnh chủ trì", "agencies", "Ủy ban nhân dãn tỉnh", "ubnd_tinh", MARKS_TRUST),
    ("Sở Giáo dục và Đào tạọ chủ trì", "agencies", "Sở Giáo dục và Đào tạọ", "so_gddt", MARKS_TRUST),
    ("Sở Kế hoạcb và Đầu tư chủ trì", "agencies", "Sở Kế hoạcb và Đầu tư", "so_khdt", LETTER_TRUST),
    ("Sở Y tể chủ trì", "agencies", "Sở Y tể", "so_yt", MARKS_TRUST),
    ("lấy từ ngân sácb nhà nước", "funding_sources", "ngân sácb nhà nước", "state_budget", LETTER_TRUST),
    ("các sở phốỉ hợp với Sở Y tế", "roles", "phốỉ hợp với", "coordinate", MARKS_TRUST),
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
