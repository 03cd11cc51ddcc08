"""Times told from another time: `hết năm thứ nhất`, `sau 3 năm thực hiện`, `trong vòng 15 ngày kể từ ngày nhận`."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.values.patterns import LEFT, RIGHT, SPACE, compiled

_COUNT = rf"(?:\d{{1,3}}(?:{SPACE}\(\p{{L}}{{2,5}}(?:{SPACE}\p{{L}}{{2,5}})?\))?|một|hai|ba|bốn|năm|sáu|bảy|mười|mười{SPACE}lăm)"
_UNIT = rf"(?P<unit>ngày(?:{SPACE}làm{SPACE}việc)?|tuần|tháng|năm|giờ)(?!\p{{L}})"
_SINCE = rf"(?:(?:kể|tính){SPACE}từ|từ{SPACE}(?:ngày|khi|lúc)|sau{SPACE}khi|trước{SPACE}(?:ngày|khi)|sau{SPACE}ngày|trở{SPACE}lại)"
_ORDINAL = rf"(?:nhất|hai|ba|tư|năm|đầu{SPACE}tiên|\d{{1,2}})"
_STAGE = rf"(?:đầu|giữa|cuối){SPACE}(?:kỳ|nhiệm{SPACE}kỳ|chu{SPACE}kỳ)"

_FORMS = (
    # hết năm thứ nhất · kết thúc năm đầu tiên
    compiled(rf"{LEFT}(?:hết|sau|cuối|đến{SPACE}hết|kết{SPACE}thúc|trong){SPACE}(?P<unit>năm|tháng|quý){SPACE}(?:thứ{SPACE})?{_ORDINAL}(?=\W)(?!{SPACE}\d{{4}})"),
    # sau 3 năm thực hiện · sơ kết 3 năm · tổng kết 05 năm thực hiện
    compiled(rf"{LEFT}(?:sau|sơ{SPACE}kết|tổng{SPACE}kết){SPACE}{_COUNT}{SPACE}{_UNIT}{SPACE}(?:(?:tổ{SPACE}chức|triển{SPACE}khai){SPACE})?(?:thực{SPACE}hiện|triển{SPACE}khai|thi{SPACE}hành|vận{SPACE}hành)"),
    compiled(rf"{LEFT}sơ{SPACE}kết{SPACE}{_COUNT}{SPACE}(?P<unit>năm)(?!\p{{L}}|{SPACE}\d{{4}})"),
    # trong vòng 15 ngày kể từ ngày … · chậm nhất 05 ngày làm việc sau khi … · trước 03 ngày
    compiled(rf"{LEFT}(?:trong(?:{SPACE}(?:vòng|thời{SPACE}(?:hạn|gian)))?|(?:chậm|muộn){SPACE}nhất(?:{SPACE}(?:là|sau|trong|trước|không{SPACE}quá))?|sau|thời{SPACE}hạn|không{SPACE}quá){SPACE}"
             rf"(?:(?:vòng|tối{SPACE}đa|không{SPACE}quá){SPACE})?{_COUNT}{SPACE}{_UNIT},?{SPACE}{_SINCE}"),
    compiled(rf"{LEFT}(?:(?:chậm|muộn){SPACE}nhất(?:{SPACE}(?:là|sau|trong|trước|không{SPACE}quá))?|trong{SPACE}vòng|trước|sau){SPACE}{_COUNT}{SPACE}(?P<unit>ngày(?:{SPACE}làm{SPACE}việc)?|tuần)(?!\p{{L}}|{SPACE}?\d|/)"),
    # đầu kỳ, giữa kỳ và cuối kỳ
    compiled(rf"{LEFT}{_STAGE}(?:(?:,|{SPACE}và){SPACE}{_STAGE}){{0,2}}{RIGHT}"),
)  # fmt: skip
_PRECISION = {"ngày": "day", "ngày làm việc": "day", "tháng": "month", "quý": "quarter", "năm": "year"}


@dataclass(frozen=True, slots=True)
class Relative:
    """A time that hangs on another; the contract keeps no date for it."""

    start: int
    end: int
    precision: str | None


def relatives(text: str, start: int, end: int) -> list[Relative]:
    """All such times of text[start:end], in order, none over another."""
    found: list[Relative] = []
    for pattern in _FORMS:
        for match in pattern.finditer(text, start, end):
            if any(r.start < match.end() and match.start() < r.end for r in found):
                continue
            unit = (match.groupdict().get("unit") or "").lower()
            found.append(Relative(match.start(), match.end(), _PRECISION.get(" ".join(unit.split()))))
    return sorted(found, key=lambda r: r.start)
