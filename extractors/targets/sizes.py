"""Sizes that only describe a thing (quy mô, công suất): what a pump lifts, how wide a road is, how large a named park,
at which level of water something is done. They are no aims, whichever verb stands before the thing itself."""

from __future__ import annotations

from extractors.cues import cues
from extractors.values.measures import Measure
from extractors.values.money import Amount
from extractors.values.patterns import line_start

CUES = cues("target_size_cues.yaml")
VESSELS = frozenset(("litre", "cubic_metre", "kilogram", "tonne"))
"""What vessels and machines hold, told behind their count."""
FLOWS = frozenset((*VESSELS, "metre", "millimetre", "km"))
LEVELS = frozenset(("metre", "millimetre", "degree_celsius", "degree"))
LENGTHS = frozenset(("km", "metre"))
AREAS = frozenset(("hectare", "square_metre"))
WIDEST = 100
"""Metres: a road is not wider, and one that is built anew is longer."""
REACH, LIST_REACH = 60, 400


def only_describes(text: str, clause: tuple[int, int], measure: Measure) -> bool:
    """Whether a measure tells how large, wide or strong a thing is that the words before it name."""
    start, end = clause
    before = measure.number_start
    near = max(start, before - REACH)
    if measure.unit in VESSELS and CUES["vessel"].search(text, near, measure.start):
        return True  # "900 thùng rác 120 lít"
    if measure.unit in FLOWS and CUES["flow"].match(text, measure.per.start if measure.per else measure.end, end):
        return not CUES["reaches"].search(text, near, before)  # "trạm bơm 30 m3/s"
    if measure.unit in LEVELS and CUES["level"].search(text, near, before):
        return not CUES["raises"].search(text, near, before)  # "mực nước trên 3,5 m"
    if measure.unit in LENGTHS and CUES["distance"].search(text, max(start, before - LIST_REACH), measure.start):
        return True  # "các cự ly 5 km, 10 km"
    if (
        measure.unit == "person"
        and measure.per is not None
        and measure.per.unit == "class"
        and in_brackets(text, measure)
    ):
        return True  # "mở 2 lớp (35 học viên/lớp)"
    if measure.unit == "metre" and (measure.value or WIDEST) < WIDEST and CUES["road"].search(text, near, before):
        return True  # "tuyến đường 40 m"
    return measure.unit in AREAS and in_brackets(text, measure) and behind_site(text, line_start(text, start), before)


def is_capacity(text: str, start: int, measure: Measure | Amount) -> bool:
    """Whether a figure tells how much a thing holds or makes (`bến cảng Hải Hòa, sức chứa 1.000 tàu`), which may be an
    aim of its own or only describe the thing."""
    if isinstance(measure, Amount):
        return False
    before = max(start, measure.number_start - REACH), measure.number_start
    return CUES["capacity_of"].search(text, *before) is not None


def behind_site(text: str, line: int, bracket: int) -> bool:
    """Whether a bracket follows the name of a site, or one of a list of sites in the same line."""
    near = max(line, bracket - LIST_REACH)
    return CUES["site"].search(text, near, bracket) is not None or CUES["sites"].search(text, near, bracket) is not None


def in_brackets(text: str, measure: Measure) -> bool:
    """Whether a bracket holds the measure and nothing else: `(9 ha)`."""
    return text[measure.number_start - 1 : measure.number_start] == "(" and text[measure.end : measure.end + 1] == ")"
