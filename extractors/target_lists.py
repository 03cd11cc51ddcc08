"""Targets in one list: a comparator, a verb or an opening that is said once holds for the figures after it, too."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.values.measures import Measure
from schemas.filtered import filtered

EXPECTED = filtered(r"(?:Dự kiến|Ước)\b[^,;:.\d]{0,60}", regex.I)
LIST_COMMA = filtered(r"\s*(?:,|và|;)\s*")
LIST_PLACES = filtered(r"\s*\([^()\d]{2,40}\)(?:,|;| và)\s*")
LIST_ALIKE = filtered(r"(?:\s+(?:[\p{L}/]+|20\d\d)){2,10}?(?:,|\s+và)\s+")
NOUN = filtered(r"\s+\p{L}+\s+\p{L}+")
LIST_AND = filtered(r"(?:\s+[\p{L}/]+,?){1,6}?\s+và\s+")


def share_comparators(text: str, start: int, measures: list) -> list:
    """The measures of a clause that begins at `start`, each with what its list or opening says for all of them.

    A clause that opens with `Dự kiến` is about its figures; in `khoảng 30 xã, 12 thôn` the comparator before the first
    figure holds for the second too.
    """
    shared: list = []
    for measure in measures:
        if isinstance(measure, Measure) and measure.comparator == "eq" and EXPECTED.match(text, start, measure.start):
            measure = replace(measure, comparator="approx")
        listed = bool(shared) and goes_on_list(text, shared[-1], measure)
        if shared and shares_change(text, shared[-1], measure):
            yearly = measure.rate_period or shared[-1].rate_period
            measure = replace(measure, change=shared[-1].change, rate_period=yearly)
        if listed:
            comparator = shared[-1].comparator
            measure = replace(
                measure,
                comparator=comparator,
                value_min=None if comparator in ("le", "lt") else measure.value_min,
                value_max=None if comparator in ("ge", "gt") else measure.value_max,
            )
        shared.append(measure)
    return shared


def shares_change(text: str, last, measure) -> bool:
    """Whether one verb governs two shares: `Giảm 20% lượng rác nhựa và 50% túi ni lông`, `giảm 2% số cặp tảo hôn, 3% số
    cặp kết hôn cận huyết`."""
    if not (isinstance(last, Measure) and isinstance(measure, Measure)) or measure.unit != last.unit:
        return False
    if measure.change and not (measure.change == "multiply" and last.change == "reduce_to"):
        return False
    if last.change in ("increase", "decrease") and LIST_AND.fullmatch(text, last.end, measure.start):
        return True
    if last.change in (None, "multiply"):
        return False
    return LIST_ALIKE.fullmatch(text, last.end, measure.start) is not None and one_noun(text, last, measure)


def one_noun(text: str, last: Measure, measure: Measure) -> bool:
    """Whether the same two words stand behind two figures: they tell of the same thing or time."""
    nouns = [NOUN.match(text, figure.end) for figure in (last, measure)]
    return None not in nouns and nouns[0].group().split() == nouns[1].group().split()


def goes_on_list(text: str, last, measure) -> bool:
    """Whether a bare figure stands in one list with the one before: `40 xã, 20 thôn`, `30% sở, ngành và 20% xã`."""
    if not (isinstance(last, Measure) and isinstance(measure, Measure)):
        return False
    if LIST_PLACES.fullmatch(text, last.end, measure.start) and measure.unit == last.unit:
        return measure.comparator == "eq" and last.comparator != "range" and not measure.change
    if measure.comparator != "eq" or last.comparator not in ("approx", "ge", "gt") or measure.change or last.per:
        return False
    if measure.unit in ("percent", "percentage_point"):
        return measure.unit == last.unit and LIST_AND.fullmatch(text, last.end, measure.start) is not None
    return LIST_COMMA.fullmatch(text, last.end, measure.start) is not None
