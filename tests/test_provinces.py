"""The gazetteer: the same name means different provinces on different days."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest

from schemas import provinces as gazetteer
from schemas.folding import bare, fold, key

BEFORE = datetime.date(2024, 5, 6)
AFTER = datetime.date(2025, 7, 1)


@pytest.mark.parametrize(
    "name, on, code, plain",
    [
        ("Hải Dương", None, "30", "Hải Dương"),
        ("HẢI DƯƠNG", BEFORE, "30", "Hải Dương"),
        ("tỉnh Hải Dương", BEFORE, "30", "Hải Dương"),
        ("Tinh Hai Duong", BEFORE, "30", "Hải Dương"),
        ("Hải Dương", AFTER, None, None),
        ("Hoà Bình", BEFORE, "17", "Hòa Bình"),
        ("Bà Rịa Vũng Tàu", BEFORE, "77", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa – Vũng Tàu", BEFORE, "77", "Bà Rịa - Vũng Tàu"),
        ("TP. Hồ Chí Minh", BEFORE, "79", "Hồ Chí Minh"),
        ("TPHCM", BEFORE, "79", "Hồ Chí Minh"),
        ("Đăk Lăk", BEFORE, "66", "Đắk Lắk"),
        ("Gia Lai", BEFORE, "64", "Gia Lai"),
        ("Gia Lai", AFTER, "52", "Gia Lai"),
        ("Lào Cai", BEFORE, "10", "Lào Cai"),
        ("Lào Cai", AFTER, "15", "Lào Cai"),
        ("Thừa Thiên - Huế", BEFORE, "46", "Thừa Thiên Huế"),
        ("Huế", BEFORE, "46", "Thừa Thiên Huế"),
        ("Huế", datetime.date(2025, 1, 1), "46", "Huế"),
        ("Hà Tây", datetime.date(2007, 3, 1), "28", "Hà Tây"),
        ("Hà Tây", datetime.date(2009, 3, 1), "01", "Hà Nội"),
        ("Xứ Đoài", BEFORE, None, None),
        ("", BEFORE, None, None),
    ],
)
def test_a_province_is_known_by_any_spelling_on_its_day(name, on, code, plain):
    found = gazetteer.province(name, on)
    assert (found and found.code, found and found.name) == (code, plain)


@pytest.mark.parametrize(
    "code, on, current",
    [
        ("30", None, "31"),
        ("34", None, "33"),
        ("20", None, "20"),
        ("24", None, "24"),
        ("27", None, "24"),
        ("64", None, "52"),
        ("46", None, "46"),
        ("28", None, "01"),
        ("24", AFTER, "24"),
        ("30", AFTER, None),
        ("99", None, None),
    ],
)
def test_every_territory_has_one_holder_since_the_reform(code, on, current):
    found = gazetteer.current_province(code, on)
    assert (found and found.code) == current


def test_both_maps_are_whole():
    assert len(gazetteer.provinces()) == 63
    assert len(gazetteer.provinces(AFTER)) == 34
    assert {gazetteer.current_province(p.code).code for p in gazetteer.provinces()} == {
        p.code for p in gazetteer.provinces(AFTER)
    }


def test_districts_need_their_province_where_the_name_is_common():
    assert gazetteer.district("Cẩm Giàng").code == "295"
    assert gazetteer.district("Châu Thành") is None
    assert len(gazetteer.districts("Châu Thành")) == 10
    assert gazetteer.district("Châu Thành", "83").province_code == "83"
    assert gazetteer.district("Cao Lãnh", "87", "thành phố").kind == "thành phố"
    assert gazetteer.district("Quận 10").name == "Quận 10"
    assert gazetteer.district("Chí Linh", kind="thị xã").code == "290"  # a city since, the code stayed


def test_communes_of_both_maps():
    old = gazetteer.commune("Đức Chính", district_code="295")
    assert (old.code, old.kind, old.province_code) == ("10912", "xã", "30")
    new = gazetteer.commune("Tuệ Tĩnh", on=AFTER)
    assert (new.code, new.province_code, new.district_code) == ("10909", "31", None)
    assert gazetteer.commune("Côn Đảo", on=AFTER).kind == "đặc khu"
    assert gazetteer.commune("Tân Phú") is None


def test_provinces_are_found_where_they_stand():
    text = "Ủy ban nhân dân TỈNH HOÀ BÌNH; TP. Hồ Chí Minh; Đoàn Thanh niên Cộng sản Hồ Chí Minh; Bà Rịa–Vũng Tàu"
    found = gazetteer.find_provinces(text, BEFORE)
    assert [(text[m.start : m.end], m.province.code, m.unit) for m in found] == [
        ("TỈNH HOÀ BÌNH", "17", "tỉnh"),
        ("TP. Hồ Chí Minh", "79", "thành phố"),
        ("Bà Rịa–Vũng Tàu", "77", None),
    ]


def test_folding_keeps_offsets():
    for text in ("Uỷ ban – HOÁ “đơn”", "quý IV, khuyến khích", "İstanbul Đ Ð", "a\u00a0b"):
        assert len(fold(text)) == len(text) == len(bare(text))
    assert fold("Uỷ ban hoà thuỷ") == fold("Ủy ban hòa thủy")
    assert fold("Quý") == "quý"
    assert bare("Phụ Chủ tịch Đặng") == "phu chu tich dang"
    assert key(" Bà Rịa – Vũng  Tàu") == "bà rịa vũng tàu"


def test_nothing_heavy_is_imported():
    code = (
        "import sys; from schemas import provinces as g; g.province('Huế'); g.commune('Côn Đảo');"
        "sys.exit(any(m in sys.modules for m in ('shapely', 'geopy', 'vietnamadminunits')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
