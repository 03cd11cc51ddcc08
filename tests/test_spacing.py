"""Spaces that converters lost or put in are mended; labels, names, codes and foreign words are left as they are."""

from __future__ import annotations

import pytest

from extractors.cleaning import clean
from extractors.plan import Source

FILLER = "\nỦy ban b ố trí vốn, ch ỉ đạo th ực hiện.\n"
"""Three split syllables: enough to show that the source splits them."""

PARTED = [
    ("Ban hành kếhoạch của đơn vị.", "Ban hành kế hoạch của đơn vị."),
    ("Tổ chức thựchiện trong nhữngnăm tới.", "Tổ chức thực hiện trong những năm tới."),
]
JOINED = [
    ("Toàn t ỉ nh th ố ng nhất.", "Toàn tỉnh thống nhất."),
]
KEPT = [
    "Theo điểm b ở trên và nhóm c ở dưới.",
    "Vùng Facebook, Internet, website, logistics.",
    "Hồ sơ số 12/QĐ-UBND; đường ĐT.345b.",
    "Dài 5 m ở xã A.",
    "Xã Đắk Nông, buôn Kon Tum.",
]


@pytest.mark.parametrize(("written", "meant"), PARTED)
def test_syllables_run_together_are_parted(written, meant):
    assert meant in clean(Source((f"I. MỤC ĐÍCH\n{written}\n",))).text


@pytest.mark.parametrize(("written", "meant"), JOINED)
def test_split_syllables_are_joined_where_the_source_splits_them(written, meant):
    text = clean(Source((f"I. MỤC ĐÍCH\n{written}\n{FILLER}",))).text
    assert meant in text and "bố trí vốn, chỉ đạo thực hiện" in text


@pytest.mark.parametrize("written", KEPT)
def test_labels_names_and_codes_are_kept(written):
    assert written in clean(Source((f"I. MỤC ĐÍCH\n{written}\n",))).text
    assert written in clean(Source((f"I. MỤC ĐÍCH\n{written}\n{FILLER}",))).text


def test_one_split_syllable_proves_nothing():
    assert "b ố trí" in clean(Source(("I. MỤC ĐÍCH\nĐơn vị b ố trí người.\n",))).text
