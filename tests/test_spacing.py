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
BEHIND_STOPS = [
    ("Phối hợp với xã,phường;báo cáo huyện.Giao Công an xã kiểm tra.", "xã, phường; báo cáo huyện. Giao Công an"),
    ("Tổng kinh phí:500 triệu đồng,NSTW 300 triệu đồng.", "kinh phí: 500 triệu đồng, NSTW 300"),
    ("Mức 40.000 đồng/hộ.Hỗ trợ thêm đến năm 2022.Tổng kết xong trước 15/3.UBND xã báo cáo.",
     "đồng/hộ. Hỗ trợ thêm đến năm 2022. Tổng kết xong trước 15/3. UBND xã"),
    ("Vốn 630 triệu đồng(tỉnh 30 triệu đồng ), trồng mới ( 5 ha).", "đồng (tỉnh 30 triệu đồng), trồng mới (5 ha)"),
]  # fmt: skip
KEPT_BEHIND_STOPS = [
    "Gửi về so.nv@langson.gov.vn;www.Langson.Vn lúc 7h:30.",
    "Sở VH,TT&DL, tp.Huế, ThS.Nguyễn Văn A, Q.Tân Bình.",
    "Tăng 5,5% với 1.500 hộ; tỷ lệ 1:2, quốc lộ QL.1A.",
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


@pytest.mark.parametrize(("written", "meant"), BEHIND_STOPS)
def test_words_stand_apart_from_the_stops_before_them(written, meant):
    assert meant in clean(Source((f"I. MỤC ĐÍCH\n{written}\n",))).text


@pytest.mark.parametrize("written", KEPT_BEHIND_STOPS)
def test_stops_inside_of_names_and_figures_are_kept(written):
    assert written in clean(Source((f"I. MỤC ĐÍCH\n{written}\n",))).text


@pytest.mark.parametrize("written", ["K Ế H O Ạ C H", "K Ế  H O Ạ C H"])
def test_the_spaced_out_word_over_the_title_is_closed_up(written):
    assert (
        clean(Source((f"TỈNH LẠNG SƠN\n{written}\nNâng cấp thư viện\nI. MỤC ĐÍCH\nMở cửa.\n",))).text.split("\n")[1]
        == "KẾ HOẠCH"
    )


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
