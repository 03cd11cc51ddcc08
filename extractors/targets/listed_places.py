"""Lists of places behind one indicator: `Tỷ lệ hộ nghèo giao các huyện: huyện A 5%; huyện B 4%`.

A further place names nothing but itself and its figure, which is of what the first one measures.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.context import Plan
from extractors.cues import cues
from extractors.language.indicators import indicator_of
from extractors.values.measures import Measure
from schemas.records import Target

CUES = cues("target_scope_cues.yaml")
NEXT_PLACE = CUES.naming("next_place", "scope", "whole")
NOTHING_MORE, LIST_OF_PLACES = CUES["nothing_more"], CUES["list_of_places"]
LIST_MARKS = " ,;.\n"
SURE = 0.6
"""An indicator of the words over a list holds for its places where it is surer than this."""
SHORT = 200
"""So long are words that say what a list measures."""
SHARES = frozenset({"percent", "percentage_point"})


def follow_list(plan: Plan, row: Target, measure, piece: tuple[int, int], earlier: Sequence[Target]) -> None:
    """Let a target whose piece names no more than its place be of what the list of places measures that it goes on, or
    that stands below the words for it (`Tỷ lệ hộ nghèo giao các huyện:` over `- Huyện A 5%`)."""
    text, last = plan.text, earlier[-1] if earlier else None
    goes_on = last is not None and same_count(last, row) and goes_on_list(text, last, piece)
    words = words_of_list(last) if goes_on and last is not None else None
    if not isinstance(measure, Measure) or (words is None and (earlier or row.indicator_code)):
        return
    place = NEXT_PLACE.fullmatch(text, piece[0], measure.start)
    if place is None or not NOTHING_MORE.fullmatch(text, measure.end, piece[1]):
        return
    own = text[place.start("own") : piece[1]].strip(LIST_MARKS)
    if words is None or last is None:
        told = told_above(plan, piece, row)
        if told is not None:
            row.indicator_text, row.indicator_code = f"{told[0]}: {own}", told[1]
        return
    row.indicator_text = f"{words}: {own}"
    row.indicator_code = row.indicator_code or last.indicator_code
    row.scope = row.scope or place["scope"]
    row.rate_period = row.rate_period or last.rate_period
    if row.direction == "reach":
        row.direction, row.unit = last.direction, last.unit
    if last.due_year_stated and not row.due_year_stated:
        row.due_year, row.due_year_stated = last.due_year, True


def told_above(plan: Plan, piece: tuple[int, int], row: Target) -> tuple[str, str] | None:
    """The words right above a list, up to the colon that opens it, and the indicator that they name; None where they
    name a change, for a figure may then be that or the level it leads to."""
    block = plan.block_at(piece[0])
    above = block.section.parent if block.section is not None and block.section.head is block else None
    if above is None or above.head.end - above.head.body_start > SHORT:
        return None
    words = plan.text[above.head.body_start : above.head.end].rstrip()
    if not words.endswith(":") or CUES["names_change"].search(words):
        return None
    found = indicator_of(words, row.unit, row.direction, plan.meta.topic)
    return (words[:-1].rstrip(), found[0]) if found and found[1] > SURE else None


def same_count(last: Target, row: Target) -> bool:
    """Whether two targets count the same; a share that moves a rate is in points."""
    return last.unit == row.unit or SHARES.issuperset((last.unit, row.unit))


def goes_on_list(text: str, last: Target, piece: tuple[int, int]) -> bool:
    """Whether a piece follows a target in its clause, or behind the semicolon that ends it."""
    if last.char_start <= piece[0] < last.char_end:
        return True
    between = text[last.char_end - 1 : piece[0]]
    return between.strip() in (";", ",") and "\n" not in between


def words_of_list(row: Target) -> str | None:
    """What all places of a list measure, by the words of one of its targets; None where it is none of such a list."""
    if ":" not in row.indicator_text:
        return None
    colon = LIST_OF_PLACES.search(row.indicator_text)
    return row.indicator_text[: colon.start()] if colon else None
