"""Digits that state no quantity, each kind with its reason: document numbers, dates, labels, ages, telephone numbers.

These are looked for first; what the other grammars would read inside them is not read. One table, so that a reader
sees at once what is never a figure of a plan.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import lru_cache

from extractors.values.patterns import DASH, GAP, LEFT, RIGHT, compiled
from extractors.values.stretches import stretches

_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_TO = rf"(?:{GAP}{DASH}{GAP}|␣đến␣(?:hết␣)?|␣tới␣)"
# What shows that digits after a name count money, shares or things after all: `dự án 300 triệu đồng`.
_COUNTS = rf"(?!\d|[.,]\d|{GAP}(?:%|tỷ|tỉ|triệu|nghìn|ngàn|đồng|hộ|người|con|ha|km)(?!\p{{L}}))"

# Further members of a numbered series: `dự án 1, 2 và 3`, `dự án 2,3,4`; a single `2,3` is a decimal.
_LIST = r"(?:(?:,␣|␣và␣|;␣)\d{1,2}(?![.,]?\d)){0,6}(?:(?:,\d{1,2}){2,6}(?![.,]?\d))?"

# Reason -> pattern. The pattern covers the digits to be passed over, or more.
_REASONS: dict[str, str] = {
    # 1722/QĐ-TTg · 33/2015/QĐ-TTg · 22-NQ/TU · 76/2014/QH13 · 30a/2008/NQ-CP · 40/CTr-BCĐ · 356 /KH-UBND
    "document number": rf"{LEFT}\d{{1,5}}[a-z]?(?:{GAP}/{GAP}{_YEAR})?{GAP}(?:/{GAP}|-)(?=[A-ZĐ]{{1,2}})"
    rf"(?-i:[A-ZĐ][A-Za-zĐđ]{{1,8}}\d{{0,2}})(?:{GAP}[-/]{GAP}(?-i:[A-ZĐƯ][A-Za-zĐđƯ&.]{{0,12}}))*",
    "document name": rf"(?:nghị␣(?:quyết|định)|quyết␣định|thông␣tư|chỉ␣thị|kết␣luận|"
    rf"công␣(?:văn|điện)|tờ␣trình|văn␣bản|đề␣án|thông␣báo|luật)"
    rf"(?:␣số)?:?␣\d{{1,5}}(?:/\d{{2,4}})?(?![\d.,]*{GAP}(?:%|tỷ|tỉ|triệu|nghìn|đồng))",
    "date": rf"(?:ngày|mùng|mồng)?{GAP}{LEFT}\d{{1,2}}{GAP}[/.-]{GAP}\d{{1,2}}{GAP}[/.-]{GAP}{_YEAR}{RIGHT}",
    "date in words": rf"ngày{GAP}\d{{1,2}}␣(?:tháng{GAP}\d{{1,2}}(?:{GAP}(?:năm|/){GAP}\d{{4}})?|(?:hằng|hàng|mỗi|của)␣"
    rf"(?:tháng|quý|năm))",
    "day and month": rf"(?:ngày|trước|đến|từ|hết|sau|vào|hạn)␣{_DAY}{GAP}[/-]{GAP}{_MONTH}"
    rf"(?:{_TO}(?:ngày␣)?{_DAY}/{_MONTH})?"
    rf"(?![\d/%]|[.,]\d|{GAP}%)",
    "day": rf"ngày{GAP}{_DAY}(?:{_TO}(?:ngày{GAP})?{_DAY})?(?![\d/%]|[.,]\d)",
    "month": rf"tháng{GAP}(?:thứ␣)?\d{{1,2}}(?:(?:{_TO}|,{GAP}|␣và␣)(?:tháng{GAP})?\d{{1,2}})*"
    rf"(?:{GAP}[/.-]{GAP}{_YEAR}|␣năm␣{_YEAR})?(?!\d|/\d|[.,]\d)",
    "month and year": rf"{LEFT}(?<![\d/]){_MONTH}{GAP}/{GAP}{_YEAR}{RIGHT}",
    "quarter": rf"quý{GAP}[1-4]{RIGHT}(?:{GAP}/{GAP}{_YEAR}|␣năm␣{_YEAR})?",
    "school year": rf"năm␣học␣{_YEAR}{GAP}{DASH}{GAP}{_YEAR}",
    "years": rf"{LEFT}{_YEAR}{GAP}{DASH}{GAP}(?:{_YEAR}|\d\d){RIGHT}(?!{GAP}%|[.,]\d)",
    "year": rf"(?:năm|giai␣đoạn|thời␣kỳ|nhiệm␣kỳ|niên␣độ|khóa|và|,|đến|:)␣{_YEAR}{RIGHT}"
    rf"(?![.,]\d|␣(?-i:hộ|người|lao|con|ha|km|tỷ|triệu|lượt|học|căn|nhà|cán|m|tấn)(?!\p{{L}})|%)",
    "clock time": rf"{LEFT}\d{{1,2}}{GAP}(?:giờ|h){GAP}(?:\d{{1,2}}(?:{GAP}phút)?)?{RIGHT}|"
    rf"{LEFT}24/(?:24|7|7/365){RIGHT}",
    "telephone number": rf"(?:điện␣thoại|sđt|đt|hotline|đường␣dây␣nóng|fax|tel){GAP}(?:số␣)?[:.]?{GAP}"
    rf"\(?\d[\d .()-]{{5,18}}|(?<!\d[.,]){LEFT}\(?0\d{{2,4}}\)?[ .-]\d{{3}}[ .-]?\d{{3,4}}{RIGHT}|"
    rf"{LEFT}0[2-9]\d{{8,9}}{RIGHT}",
    # từ 15 đến dưới 30 tuổi · 0-16 tuổi · 3, 4, 5 tuổi · 6 - 23 tháng tuổi · độ tuổi 15-60
    "age": rf"(?<!(?:tuổi␣thọ|sống␣khỏe)[^,;.\n]{{0,40}}){LEFT}\d{{1,3}}"
    rf"(?:{GAP}(?:tháng␣)?(?:tuổi)?(?:{_TO}|,{GAP}|␣và␣)(?:trên␣|dưới␣|đủ␣)?\d{{1,3}}){{0,4}}"
    rf"␣(?:tháng␣)?tuổi{RIGHT}|(?:độ␣)?tuổi␣(?:từ␣)?(?:trên␣|dưới␣|đủ␣)?"
    rf"\d{{1,3}}(?:{_TO}(?:dưới␣)?\d{{1,3}})?(?!\d|[.,]\d|{GAP}%)",
    "article": rf"{LEFT}(?:điều|khoản|mục|chương|phụ␣lục|biểu|mẫu|bảng|trang|bước|nhóm|tiết|tiểu␣mục)"
    rf"␣(?:số␣)?\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}{_LIST}{_COUNTS}",
    "numbered name": rf"{LEFT}(?:(?:tiểu␣)?dự␣án(?:␣(?:số|thành␣phần))?|nội␣dung(?:␣thành␣phần)?|"
    rf"tiêu␣chí(?:␣số)?|chỉ␣tiêu␣số|hợp␣phần|giai␣đoạn|đợt|lần␣thứ|thứ|"
    rf"khu␣vực|vùng|(?<!xếp␣)hạng|cấp␣độ|mức␣độ|loại|khóa|số␣hiệu|tổ|nghĩa␣vụ|dân␣quân)"
    rf"␣\d{{1,2}}[a-z]?{_LIST}(?!\p{{L}}){_COUNTS}",
    "programme or road": rf"{LEFT}(?:chương␣trình|gói␣thầu(?:␣số)?|quốc␣lộ|tỉnh␣lộ|đường␣tỉnh|"
    rf"ql|tl|đt){GAP}\d{{1,3}}[a-z]?{_LIST}(?!\p{{L}}){_COUNTS}",
    "road mark": rf"{LEFT}km{GAP}\d{{1,4}}(?:{GAP}\+{GAP}\d{{1,4}})?",
    "code": rf"{LEFT}\d{{1,3}}[abc](?=\W|$)|(?-i:\p{{Lu}}{{2,}}-?\d{{1,4}}{RIGHT})|"
    rf"{LEFT}covid{GAP}-{GAP}19|iso␣\d{{3,5}}(?::\d{{4}})?|"
    rf"công␣nghiệp␣\d\.0",
    # 85/100 điểm (but not điểm phần trăm, điểm % and điểm trường, which are counted)
    "score": rf"{LEFT}\d{{1,3}}(?:[.,]\d{{1,2}})?/\d{{2,4}}␣điểm(?={GAP}(?:[.,;:)]|trở|$|\n))",
    # học 2 buổi/ngày: how often things are held, the name of an arrangement
    "timetable": rf"{LEFT}\d{{1,2}}{GAP}(?:buổi|tiết|ca){GAP}/{GAP}(?:ngày|tuần){RIGHT}",
    # giá trị sản xuất trên 1 ha: what a value is reckoned on, not "more than one hectare"
    "reckoned on": r"(?<=(?:giá␣trị|thu␣nhập|doanh␣thu|lợi␣nhuận|năng␣suất|sản␣lượng|sản␣phẩm|thu␣được|chi␣phí)"
    r"(?:␣\p{L}+){0,6}␣)"
    rf"trên␣(?:một|0?1)␣(?:héc{GAP}-?{GAP}ta|ha|m2|sào|mẫu|đơn␣vị){RIGHT}",
    # số bác sĩ trên 10.000 dân: the foot of a rate
    "foot of a rate": r"(?<=(?:(?:số|t[ỷỉ]␣(?:suất|số|lệ))(?:␣\p{L}+){1,6}|bác␣sĩ|giường(?:␣bệnh)?|trường␣hợp|ca)␣)"
    rf"trên␣(?:mỗi␣)?(?:(?:một␣|0?1␣)?vạn|(?:một␣|0?1␣)?nghìn|10{{0,2}}\.?000)␣"
    rf"(?:người␣dân|dân(?:␣số)?|trẻ␣(?:đẻ|sinh)|phụ␣nữ|bà␣mẹ){RIGHT}",
    "rating": rf"{LEFT}(?:\d{GAP}{DASH}{GAP})?\d␣sao{RIGHT}",
    "label": r"(?m:^)[ \u00a0]*(?:[-+*•]␣)?(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}[.)])(?=[ \u00a0]|\p{L})",
    "annex total": r"(?m:^)\(?\d{1,3}\)(?=[ ])",
}
_PATTERNS = tuple((reason, compiled(pattern)) for reason, pattern in _REASONS.items())


@dataclass(frozen=True, slots=True)
class Excluded:
    """A stretch of text whose digits count nothing, and why."""

    start: int
    end: int
    reason: str


@lru_cache(maxsize=8)
def excluded(text: str) -> tuple[Excluded, ...]:
    """All stretches of `text` that state no quantity, in order of their start."""
    near = stretches(text, before=40, after=30)
    found = [Excluded(m.start(), m.end(), reason) for reason, pattern in _PATTERNS for m in near.matches(pattern)]
    return tuple(sorted(found, key=lambda e: (e.start, -e.end)))


@lru_cache(maxsize=8)
def _merged(text: str) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for item in excluded(text):
        if ends and item.start < ends[-1]:
            ends[-1] = max(ends[-1], item.end)
        else:
            starts.append(item.start)
            ends.append(item.end)
    return starts, ends


def is_excluded(text: str, start: int, end: int) -> bool:
    """Whether any of `start`..`end` lies in a stretch that states no quantity."""
    starts, ends = _merged(text)
    at = bisect.bisect_left(starts, end) - 1
    return at >= 0 and ends[at] > start


def reason_at(text: str, start: int, end: int) -> str | None:
    """Why the digits at `start`..`end` count nothing; None when they may."""
    return next((e.reason for e in excluded(text) if e.start < end and e.end > start), None)
