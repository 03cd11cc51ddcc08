"""The area that a target is said of, where it is narrower than the issuer's (`các huyện nghèo giảm 4%`)."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from extractors.context import Plan
from extractors.cues import cues
from extractors.plan import Block
from schemas.folding import fold

CUES = cues("target_scope_cues.yaml")
EXCEPTION = CUES.naming("exception", "scope")
AREA = CUES.naming("area", "scope")
LISTED_AREA = CUES.naming("listed_area", "scope")
SUBJECT_AREA = CUES.naming("subject_area", "scope")
OPENING_AREA = CUES.naming("opening_area", "scope")
WHOLE_AREA = CUES.naming("whole_area", "unit")
MINORITY, MINORITY_RATES = CUES.naming("minority", "scope"), ("poverty.rate", "poverty.near_poor_rate")

OWN_KIND = {"district": CUES["own_kind_district"], "commune": CUES["own_kind_commune"]}
"""What an issuer of a level is itself, by the word for its kind alone."""

CLAUSES_BACK = 20
"""So many clauses on, the area that one opens with still holds."""
OPENING_REACH = 200
"""An opening is shorter: a long clause is not gone through for each of its figures."""


def scope_of(plan: Plan, piece: tuple[int, int], begin: int, code: str | None) -> str | None:
    """The area that a target is said of, where narrower than the issuer's, and of a rate of poverty those among whom.
    `begin`: behind the figure before it in the clause; an exception may name several places before its figure."""
    area = area_of_piece(plan.text, piece, begin, code)
    if area is not None:
        return narrower(plan, area)
    block = plan.block_at(piece[0])
    area = area_of_clauses(plan, block, piece[0]) or area_above(plan, block)
    return None if area is not None and tells_of_all(plan.text, piece, area) else area


def tells_of_all(text: str, piece: tuple[int, int], area: str) -> bool:
    """Whether the words of a target say that it is of the issuer's whole area, and not of the one told before it (`Vùng
    núi: 70%; toàn huyện đạt 90%`)."""
    whole = WHOLE_AREA.search(text, *piece)
    return whole is not None and fold(whole["unit"]) not in fold(area) and not OPENING_AREA.match(text, *piece)


def area_of_piece(text: str, piece: tuple[int, int], begin: int, code: str | None) -> str | None:
    """The area that the words of a target name."""
    words = text[piece[0] : piece[1]]
    opening = max(text.rfind("(", 0, piece[0] + 2), piece[0])
    found = EXCEPTION.search(text[opening : piece[1]])
    if found is None:
        several = EXCEPTION.search(text[begin : piece[1]])
        found = several if several and begin + several.end() >= piece[0] else None
    area = without_tail(found["scope"]) if found else ""
    if is_place(area):
        return area
    found = LISTED_AREA.search(words) if ":" in words or "gồm" in words else None
    found = found or AREA.search(words) or SUBJECT_AREA.search(words)
    if found is None and code in MINORITY_RATES:
        found = MINORITY.search(words)
    return without_tail(found["scope"]) if found else None


def is_place(area: str) -> bool:
    """Whether what an exception is for is a place, and not a kind of people or things (`đối với cha mẹ trẻ em`)."""
    return CUES["names_place"].search(area) is not None and not CUES["no_place"].match(area)


def without_tail(area: str) -> str:
    """An area without the words that tell by when or how far (`tuyến huyện vào năm`)."""
    cut = CUES["tail"].search(area)
    return (area[: cut.start()] if cut else area).strip()


def area_of_clauses(plan: Plan, block: Block, at: int) -> str | None:
    """The area with which the last clause before `at` opens that opens with one (`Khu vực nông thôn: 80% hộ …; 60%
    chợ …. Khu vực thành thị: …`)."""
    clauses = plan.clauses(block)
    last = bisect_right(clauses, at, key=itemgetter(0))
    for start, end in reversed(clauses[max(0, last - CLAUSES_BACK) : last]):
        area = OPENING_AREA.match(plan.text, start, min(end, start + OPENING_REACH))
        if area:
            return without_tail(area["scope"])
    return None


def area_above(plan: Plan, block: Block) -> str | None:
    """The area with which the item of a block opens, or one over it (`- Tại địa bàn đô thị: 90% …`)."""
    for head in heads_over(block):
        area = OPENING_AREA.match(plan.text, head.body_start, min(head.end, head.body_start + OPENING_REACH))
        if area:
            return without_tail(area["scope"])
        style = head.section.style if head.section is not None and head is not block else None
        area = AREA.search(plan.text, head.body_start, head.end) if style in ("dash", "plus", "star") else None
        if area:
            return area["scope"].strip()
    return None


def heads_over(block: Block) -> list[Block]:
    """A block and the heads of the sections that hold it, innermost first."""
    section = block.section
    return [block, *(a.head for a in (section, *section.ancestors()) if a.head is not block)] if section else [block]


def narrower(plan: Plan, area: str) -> str | None:
    """An area, where it is no other name of the issuer's whole (`Huyện A đạt 100%` in a plan of huyện A, `ở thị trấn
    đạt 98%` in one of a town)."""
    issuer, own = f" {fold(plan.meta.issuer or '')}", OWN_KIND.get(plan.meta.issuer_level or "")
    if issuer.endswith(f" {fold(area)}") or (own is not None and own.fullmatch(area)):
        return None
    is_city = OWN_KIND["district"].fullmatch(area) and f" {fold(area)} " in issuer
    return None if is_city else area
