"""Times told from another time: `hết năm thứ nhất`, `sau 3 năm thực hiện`, `trong vòng 15 ngày kể từ ngày nhận`."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.values.patterns import LEFT, RIGHT, Places, compiled
from extractors.values.rules import period_codes
from extractors.values.stretches import stretches

_COUNT = r"(?:\d{1,3}(?:␣\(\p{L}{2,5}(?:␣\p{L}{2,5})?\))?|một|hai|ba|bốn|năm|sáu|bảy|mười|mười␣lăm)"
_UNIT = r"(?P<unit>ngày(?:␣làm␣việc)?|tuần|tháng|năm|giờ)(?!\p{L})"
_SINCE = r"(?:(?:kể|tính)␣từ|từ␣(?:ngày|khi|lúc)|sau␣khi|trước␣(?:ngày|khi)|sau␣ngày|trở␣lại)"
_ORDINAL = r"(?:nhất|hai|ba|tư|năm|đầu␣tiên|\d{1,2})"
_STAGE = r"(?:đầu|giữa|cuối)␣(?:kỳ|nhiệm␣kỳ|chu␣kỳ)"
_REVIEWED = r"(?:đánh␣giá|sơ␣kết|tổng␣kết|rút␣kinh␣nghiệm|kiểm␣tra|nghiệm␣thu|báo␣cáo␣kết␣quả)"

_FORMS = (
    # hết năm thứ nhất · kết thúc năm đầu tiên
    compiled(rf"{LEFT}(?:hết|sau|cuối|đến␣hết|kết␣thúc|trong)␣(?P<unit>năm|tháng|quý)␣(?:thứ␣)?{_ORDINAL}(?!\w)(?!␣\d{{4}})"),
    # sau 3 năm thực hiện · sơ kết 3 năm · tổng kết 05 năm thực hiện
    compiled(rf"{LEFT}(?:sau|sơ␣kết|tổng␣kết)␣{_COUNT}␣{_UNIT}␣(?:(?:tổ␣chức|triển␣khai)␣)?(?:thực␣hiện|triển␣khai|thi␣hành|vận␣hành)"),
    compiled(rf"{LEFT}sơ␣kết␣{_COUNT}␣(?P<unit>năm)(?!\p{{L}}|␣\d{{4}})"),
    # trong vòng 15 ngày kể từ ngày … · chậm nhất 05 ngày làm việc sau khi … · trước 03 ngày
    compiled(rf"{LEFT}(?:trong(?:␣(?:vòng|thời␣(?:hạn|gian)))?|(?:chậm|muộn)␣nhất(?:␣(?:là|sau|trong|trước|không␣quá))?|sau|thời␣hạn|không␣quá)␣"
             rf"(?:(?:vòng|tối␣đa|không␣quá)␣)?{_COUNT}␣{_UNIT},?␣{_SINCE}"),
    compiled(rf"{LEFT}(?:(?:chậm|muộn)␣nhất(?:␣(?:là|sau|trong|trước|không␣quá))?|trong␣vòng|trước|sau)␣{_COUNT}␣(?P<unit>ngày(?:␣làm␣việc)?|tuần)(?!\p{{L}}|␣?\d|/)"),
    # thí điểm tại 02 xã, đánh giá kết quả sau 6 tháng
    compiled(rf"{LEFT}sau␣{_COUNT}␣(?P<unit>tháng|năm)(?=␣?(?:[,;.)\n]|$))(?<={LEFT}{_REVIEWED}[^,;.:()\n]{{0,60}})"),
    # trong vòng 24 giờ
    compiled(rf"{LEFT}trong␣vòng␣(?:tối␣đa␣|không␣quá␣)?{_COUNT}␣(?P<unit>giờ)(?!\p{{L}}|␣?\d|/)"),
    # đầu kỳ, giữa kỳ và cuối kỳ
    compiled(rf"{LEFT}{_STAGE}(?:(?:,|␣và)␣{_STAGE}){{0,2}}{RIGHT}"),
)  # fmt: skip
_PRECISIONS = ("day", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Relative:
    """A time that hangs on another; the contract keeps no date for it. `stage`: a mere `giữa kỳ`, `cuối kỳ`."""

    start: int
    end: int
    precision: str | None

    @property
    def stage(self) -> bool:
        """Whether it names a stage (đầu kỳ) or some hours, and no span of days or more."""
        return self.precision is None


# Each form holds one of these.
_WORDS = (
    " ngày", " tháng", " tuần", " năm thứ", " năm đầu", "sơ kết", "tổng kết", " kỳ", " kể từ", " năm t", " giờ", "sau ",
)  # fmt: skip


def relatives(text: str) -> list[Relative]:
    """All such times of a text, in order, none over another."""
    found: list[Relative] = []
    taken = Places()
    near = stretches(text, _WORDS, before=40, after=60, digits=False)
    for pattern in _FORMS:
        for match in near.matches(pattern):
            if not taken.free(match.start(), match.end()):
                continue
            taken.add(match.start(), match.end())
            said = (match.groupdict().get("unit") or "").lower()
            period = period_codes().get(said.split()[0]) if said else None
            found.append(Relative(match.start(), match.end(), period if period in _PRECISIONS else None))
    return sorted(found, key=lambda r: r.start)
