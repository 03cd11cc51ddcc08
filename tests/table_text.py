"""Tables within a small plan, and what is read of them, for the tests of tables."""

from __future__ import annotations

from extractors.extract import extract
from extractors.plan import Source

HEAD = """UBND TỈNH HÀ NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/KH-UBND
Hà Nam, ngày 12 tháng 01 năm 2022
KẾ HOẠCH
Phát triển nông thôn giai đoạn 2022 - 2025
I. NỘI DUNG
"""
TAIL = "\n\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế thực hiện.\n"
MILLION = 1_000_000


def read(table: str, head: str = HEAD, tail: str = TAIL):
    extraction = extract(Source((head + table + tail,)), "d0")
    for rows in extraction.rows.values():
        for row in rows:
            if getattr(row, "quote", None):
                assert extraction.text[row.char_start : row.char_end] == row.quote
    return extraction.rows


def money(table: str) -> list[tuple[float, int | None, str | None]]:
    """Millions, year and source of each amount."""
    return [(r.amount_vnd / MILLION, r.year, r.source) for r in read(table)["funding"] if r.amount_vnd]


def targets(table: str) -> list[tuple[str, str, float | None, float | None, str | None, int | None]]:
    rows = read(table)["targets"]
    return [(r.indicator_text, r.comparator, r.value_min, r.value_max, r.unit, r.due_year) for r in rows]
