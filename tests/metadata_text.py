"""Heads and closings of plans written for the tests of metadata, and the reader that takes them."""

from __future__ import annotations

from extractors.metadata import read_metadata
from extractors.plan import CleanText
from extractors.zones import read_blocks

HEAD = """ỦY BAN NHÂN DÂN
TỈNH NAM ĐỊNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 71/KH-UBND
Nam Định, ngày 09 tháng 3 năm 2022
KẾ HOẠCH
"""
BODY = """I. MỤC TIÊU
- Mỗi xã có một tủ sách dùng chung.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ chủ trì theo dõi kế hoạch này.
"""
CLOSING = """Nơi nhận:
- Như mục II;
- Lưu: VT, VP3.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Bình
"""


def read(text: str, **attributes: str):
    """The metadata of a text, its zones told as the pipeline tells them."""
    blocks = read_blocks(text)
    head_end = next((b.start for b in blocks if b.zone == "body"), len(text))
    body_end = next((b.start for b in blocks if b.zone == "closing"), len(text))
    return read_metadata(CleanText(text, attributes=attributes), head_end, body_end)


def plan(letterhead: str, title: str = "Phát triển thư viện xã năm 2022", closing: str = CLOSING, middle: str = ""):
    return read(f"{letterhead}\nKẾ HOẠCH\n{title}\n{middle}{BODY}{closing}")


CUT_HEAD = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-UBND |\n{place}, ngày 02 tháng 3 năm 2021\n"
