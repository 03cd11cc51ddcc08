"""How a value binds (từ so sánh): `ít nhất 15%`, `trên 27.000 hộ`, `từ 3%/năm trở lên`, `1% trở lên/năm`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.cues import cues
from extractors.values.patterns import GAP, LEFT, RIGHT, SHAPES, any_of, compiled, line_start
from extractors.values.rules import comparator_code
from extractors.values.units import normal
from schemas.filtered import Filtered

CUES = cues("value_cues.yaml", shapes=SHAPES)
_FILLERS, _LIGHT = CUES["strong_filler"].pattern, CUES["light_filler"].pattern
_ROUGHLY = CUES["roughly"].pattern
_WINDOW = 70
ON_REACH = 8
"""So long before a number may the word stand that says on which things."""
_WHERE = CUES["where"]
_HELD = CUES["held"]
_EFFECT, _LAND = CUES["effect"], CUES["land"]
_COUNTED_BEFORE = CUES["counted_before"]
_ACTS_ON_PLACE, _PLACES = CUES["acts_on_place"], CUES["places"]
_ON, _ON_RIGHT_BEFORE = CUES["above_or_on"], CUES["on_before_number"]
_NOT_LET = CUES["not_let"]
_MINUS = CUES["negated"]


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
        rf"(?:{LEFT}(?P<form>{any_of(bound)}){_ROUGHLY}{GAP}|{LEFT}(?P<form>{any_of(approx)}){_LIGHT}{GAP}:?{GAP})$"
    )


@cache
def _after() -> Filtered:
    return compiled(rf"{GAP}(?P<form>{any_of(comparator_code('after'))})(?!\p{{L}})")


def before(text: str, at: int, floor: int = 0) -> Comparator | None:
    """The comparator that ends where the number at `at` begins; nothing before `floor` is looked at."""
    start = max(floor, line_start(text, at, _WINDOW))
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
    if _ON.fullmatch(form) and says_where(text, start, match.start(), at):
        return None
    code = comparator_code("before", near=True)[form]
    if code == "gt" and _NOT_LET.search(text, max(floor, match.start() - 60), match.start()):
        code = "le"
    return Comparator(match.start(), match.end(), code, match["form"])


def says_where(text: str, floor: int, start: int, at: int) -> bool:
    """Whether a comparator at `start` says where (`trên 95 xã`) rather than bounds the number at `at`."""
    if _WHERE.search(text, floor, start):
        return not _HELD.match(text, at)
    if _EFFECT.search(text, floor, start) and _LAND.match(text, at):
        return True
    if _PLACES.match(text, at) is None:
        return False
    if acts_on_place(text, floor, start):
        return True
    return _COUNTED_BEFORE.search(text, line_start(text, at, _WINDOW), start) is not None


def acts_on_place(text: str, floor: int, start: int) -> bool:
    """Whether `trên` at `start` stands behind what is set up or done (`lắp camera trên 12 tuyến đường`)."""
    return _ACTS_ON_PLACE.search(text, floor, start) is not None


def counts_where(text: str, floor: int, at: int) -> bool:
    """Whether the number at `at` counts the places on which something is set up or done."""
    on = _ON_RIGHT_BEFORE.search(text, max(floor, at - ON_REACH), at)
    return on is not None and _PLACES.match(text, at) is not None and acts_on_place(text, floor, on.start())


_POPULATION = CUES["population"]


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
