"""How a value binds (từ so sánh): `ít nhất 15%`, `trên 27.000 hộ`, `từ 3%/năm trở lên`, `1% trở lên/năm`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.values.patterns import GAP, LEFT, RIGHT, any_of, compiled, line_start
from extractors.values.rules import comparator_code
from extractors.values.units import normal
from schemas.filtered import Filtered

# Words that may stand between a strong comparator and its number: `tối thiểu mỗi xã có 01`, `ít nhất là 15%`.
_FILLERS = (
    r"(?:␣(?:là|đạt|có|từ|được|phải|đến|thêm|giảm|tăng|còn|bằng|trong|cho|gấp|hỗ␣trợ|xây␣dựng|mỗi(?:␣\p{L}{1,7}){1,2}|"
    r"mỗi␣năm|hằng␣năm|hàng␣năm|khoảng)){0,3}"
)
_LIGHT = r"(?:␣(?:là|đạt|có|từ|khoảng|được|giảm|tăng|còn|giảm␣còn|tăng␣lên|tăng␣thêm)){0,3}"
_WINDOW = 70
# `triển khai trên 05 xã` says where, not how many.
_WHERE = compiled(r"(?:triển␣khai|thực␣hiện|áp␣dụng|thí␣điểm|diễn␣ra|tổ␣chức)␣(?:(?!đạt|có|từ|giảm|tăng|còn)\p{L}+␣)?$")
# `tổ chức trên 80 buổi` says how many after all: what is held is no place.
_HELD = compiled(
    rf"\d[\d.,]*␣(?:buổi|lớp|cuộc|hội␣(?:nghị|thảo|thi|chợ)|đợt|khóa|lượt|phiên|chương␣trình|sự␣kiện|chuyến){RIGHT}"
)
_NOT_LET = compiled(r"không␣để␣[^,;.]{0,50}$")
_MINUS = compiled(r"␣?(?:không|chưa)␣$")


@dataclass(frozen=True, slots=True)
class Comparator:
    """A comparator at a place of the text."""

    start: int
    end: int
    code: str
    text: str


@cache
def _strong() -> Filtered:
    return compiled(rf"{LEFT}(?P<form>{any_of(comparator_code('before', near=False))}){RIGHT}?{_FILLERS}{GAP}:?{GAP}$")


@cache
def _near() -> Filtered:
    codes = comparator_code("before", near=True)
    approx = [form for form, code in codes.items() if code == "approx"]
    bound = [form for form, code in codes.items() if code != "approx"]
    return compiled(
        rf"(?:{LEFT}(?P<form>{any_of(bound)})(?:␣khoảng)?{GAP}|{LEFT}(?P<form>{any_of(approx)}){_LIGHT}{GAP}:?{GAP})$"
    )


@cache
def _after() -> Filtered:
    return compiled(rf"{GAP}(?P<form>{any_of(comparator_code('after'))})(?!\p{{L}})")


def before(text: str, at: int, floor: int = 0) -> Comparator | None:
    """The comparator that ends where the number at `at` begins; nothing before `floor` is looked at."""
    start = max(floor, at - _WINDOW, line_start(text, at))
    match = _strong().search(text, start, at)
    if match is not None:
        code = comparator_code("before", near=False)[normal(match["form"])]
        if code in ("gt", "ge") and _NOT_LET.search(text, max(floor, match.start() - 60), match.start()):
            code = "le"  # "không để tỷ lệ thất thoát vượt quá 5%" wants it at most that
        return Comparator(match.start(), match.end(), code, match["form"])
    match = _near().search(text, start, at)
    if match is None or _MINUS.search(text, start, match.start()):
        return None
    form = normal(match["form"])
    if form == "trên" and _WHERE.search(text, start, match.start()) and not _HELD.match(text, at):
        return None
    code = comparator_code("before", near=True)[form]
    if code == "gt" and _NOT_LET.search(text, max(floor, match.start() - 60), match.start()):
        code = "le"
    return Comparator(match.start(), match.end(), code, match["form"])


_POPULATION = compiled(r"(?:␣(?!từ|cấp|lớp|tuổi|bậc|hạng|mức|độ|tuyến|đến|năm|và|trong|có|được)\p{L}{1,9}){0,4}")


def after(text: str, at: int, loose: bool = True) -> Comparator | None:
    """The comparator at `at` (`trở lên`), or after a few words of the thing counted (`90% số xã trở lên`)."""
    match = _after().match(text, at)
    if match is None and loose:
        words = _POPULATION.match(text, at)
        match = _after().match(text, words.end()) if words else None
        if match is None and words:  # the greedy words may have eaten the comparator itself
            match = next((m for m in _after().finditer(text, at, words.end() + 12) if m.start() <= words.end()), None)
    if match is None:
        return None
    return Comparator(match.start(), match.end(), comparator_code("after")[normal(match["form"])], match["form"])
