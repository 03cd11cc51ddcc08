"""Agencies in a text (cơ quan, đơn vị): names, standing groups, lists under one head, bodies that no list holds.

Of a span, `label_` is the code ("unlisted" for a body outside the vocabulary), `id_` the rule, and `kb_id_`
says `family:level` where the code depends on the level; `agency_of` reads it in the light of who issued the plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.language import agency_rules as rules
from extractors.language.agency_reader import AgencyReader
from extractors.language.levels import CITY
from extractors.language.spans import TermSpan, longest_first, span_of
from extractors.language.terms import Hits
from extractors.language.words import Words
from schemas.folding import fold
from schemas.vocabulary import agencies


def named_agencies(words: Words, hits: Hits) -> list[TermSpan]:
    """The agencies that a text names."""
    return longest_first(
        span_of(words, m.start, m.end, m.code, f"agency.{m.rule}", f"{m.family}:{m.level}")
        for m in AgencyReader(words, hits).read()
    )


LEVELS = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Agency:
    """A body as the plan's issuer means it: its code (None: not listed, or not one body), its level, who follows it."""

    code: str | None
    level: str
    successor_code: str | None
    one_of_many: bool = False
    """Whether its code is that of many bodies of which it names one (Bộ Y tế: `bo_nganh_tw`)."""


def agency_of(
    span: TermSpan, issuer_level: str = "province", issuer_is_city: bool = False, districts_ended: bool = False
) -> Agency:
    """Which body a span names in a plan of this issuer.

    "Ban Chỉ đạo" without a level is the issuer's own; "UBND thành phố" is the province's where the issuer is a city run
    by the centre (`issuer_is_city`) and a district's elsewhere; "các ban, ngành" of a district or commune plan are its
    own. `districts_ended`: the plan is of July 2025 or later, when offices ("Phòng Kinh tế") are those of communes.
    """
    family_name, _, level = span.kb_id_.partition(":")
    code: str | None = span.label_ if span.label_ in agencies() else None
    family, of_city = rules.families().get(family_name), level == CITY
    if family or of_city:
        level = _level_meant(level, issuer_level, issuer_is_city)
    if family:
        code = family.codes.get(level)
    elif family_name == "departments" and level != "province" and "sở" not in span.text.lower():
        if of_city or issuer_level == "district":
            code = "phong_chuyen_mon"
        elif issuer_level == "commune":
            level = level or "commune"
    elif family_name == "offices" and issuer_level == "province" and is_specialised(span):
        code = "so_nganh_lien_quan" if level == "province" else "co_quan_lien_quan"
    code = code if code in agencies() else None
    listed = agencies().get(code or "")
    own = listed.level if listed else "other"
    if code in rules.words("at_every_level"):
        own = issuer_level
    elif districts_ended and _is_office(span, code):
        own = "commune"
    plural = span.text.lower().split(maxsplit=1)[0] in rules.words("plurals")
    one_of_many = code in rules.words("codes_of_many") and not plural
    return Agency(code, level if level in LEVELS else own, listed.successor_code if listed else None, one_of_many)


def _is_office(span: TermSpan, code: str | None) -> bool:
    """Whether a span names an office such as districts had and communes have since July 2025."""
    name = fold(span.text)
    return code in rules.words("offices_of_districts") or any(
        name.startswith(n) for n in rules.words("commune_offices")
    )


def is_specialised(span: TermSpan) -> bool:
    """Whether a group is told as specialised bodies (cơ quan chuyên môn), which a province has in its sở, a district in
    its phòng (Luật Tổ chức chính quyền địa phương)."""
    return any(word in span.text.lower() for word in rules.words("specialised"))


def _level_meant(level: str, issuer_level: str, issuer_is_city: bool) -> str:
    if level == CITY:
        return "province" if issuer_is_city and issuer_level == "province" else "district"
    return level or issuer_level


def resolve(code: str) -> str:
    """The code of the body that holds the function of `code` since the 2025 reorganisation."""
    return agencies()[code].successor_code
