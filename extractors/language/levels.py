"""The words for a level that follow a body's name: "UBND *các huyện, thị xã*", "Công an *tỉnh*", "MTTQ *các cấp*"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.language import agency_rules as rules
from extractors.language.terms import Hit
from extractors.language.words import LIST_SEPARATORS, Words
from extractors.rule_files import load_csv
from schemas.folding import fold

CITY = "city"
"""Level of a lone "thành phố": of the province where a centrally run city issued the plan, else of a district."""
_SEPARATORS = (*LIST_SEPARATORS, "-")
_REGION_LENGTHS = (2, 3, 4)
"""Of how many words and signs what stands before a region's number is made: "khu vực", "- chi nhánh khu vực"."""
_REGION_NUMBER = re.compile(r"[IVX]{1,5}|\d{1,2}")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words for one level at tokens [start, end): `các huyện, thị xã, thành phố`."""

    start: int
    end: int
    level: str


@cache
def province_names() -> dict[str, str]:
    """`province`, `city` (run by the centre) or `either` (since 2025) by folded name of the province."""
    rows = load_csv("province_names.csv", ("name", "kind"), unique=("name",))
    return {fold(row["name"]): row["kind"] for row in rows}


class LevelReader:
    """Reads the level words at a place; `units` are the unit hits of the document by start."""

    def __init__(self, words: Words, units: dict[int, Hit], names: dict[int, Hit]) -> None:
        self._words = words
        self._units = units
        self._names = names

    def read(self, i: int) -> list[Segment]:
        """The level words at token `i`, a segment for each level: `tỉnh, huyện, xã` has three."""
        words, segments = self._words, []
        at = i + 1 if words.norm(i) in rules.words("links") and self._level_at(i + 1) else i
        while found := self._segment(at):
            segments.append(found if segments else Segment(i, found.end, found.level))
            after = words.separator(found.end, _SEPARATORS)
            if after == found.end or not self._level_at(after) or found.level == "all":
                break
            at = after
        return segments

    def province_at(self, i: int) -> int:
        """Where the name of a province that begins at `i` ends ("Công an *Thái Bình*"); `i` where there is none."""
        for j in range(min(i + 5, self._words.size), i, -1):
            if self._words.capital(i) and fold(self._words.between(i, j)) in province_names():
                return j
        return i

    def region_end(self, i: int) -> int:
        """Where the number of a region ends, `i` where none stands: "Kho bạc Nhà nước *khu vực XI*".

        Since 2025 the branches of central bodies are numbered by region; a name may end before "khu vực" or with it.
        """
        words = self._words
        regions = rules.words("regions")
        at = next((i + n for n in _REGION_LENGTHS if words.spell(i, i + n, regions)), i)
        named = at > i or words.spell(max(0, i - 2), i, regions)
        return at + 1 if named and at < words.size and _REGION_NUMBER.fullmatch(words.between(at, at + 1)) else i

    def _level_at(self, i: int) -> str:
        """The level that the unit word at `i`, or the one after "các", stands for; "" where none does."""
        if i not in self._units and (self._words.norm(i) in rules.words("plurals") or self._words.number(i)):
            i += 1  # "UBND *các* xã", "UBND *04* xã"
        unit = self._units.get(i)
        return rules.groups()[unit.term.label].level if unit else ""

    def _segment(self, i: int) -> Segment | None:
        words = self._words
        level = self._level_at(i)
        if not level:
            return None
        at = i if i in self._units else i + 1
        plural, count, start = at > i, 0, i
        while self._level_at(at) == level and at in self._units:
            unit = self._units[at]
            end = unit.end
            named = self._name_end(end, plural)
            name = fold(words.between(end, named))
            count += 1
            last_word = fold(words.between(unit.start, unit.end))
            end = named
            after = words.separator(end, _SEPARATORS)
            at = after if after != end else end
            if words.norm(at) in rules.words("plurals") and self._level_at(at) == level:
                at += 1
        if count == 1 and not plural and last_word in rules.words("city_words"):
            level = self._city_level(name)
        if level == "province" and plural:
            end = self._with_cities(end)
        return Segment(start, end, level)

    def _with_cities(self, end: int) -> int:
        """Where `các tỉnh` ends with the cities of their rank: "các tỉnh, *thành phố trực thuộc trung ương*"."""
        words = self._words
        at = words.separator(end)
        city = self._units.get(at) if at != end else None
        if city is None or fold(words.between(city.start, city.end)) not in rules.words("city_words"):
            return end
        if words.proper_name(city.end, self._names) != city.end:
            return end
        behind = next((n for n in (4, 3) if words.spell(city.end, city.end + n, rules.words("run_by_centre"))), 0)
        return city.end + behind

    def _name_end(self, end: int, plural: bool) -> int:
        """Where the name after a unit word ends; after a plural the names of a list: "các huyện: Mỏ Cày, Ba Tri"."""
        words = self._words
        if not plural:
            return words.proper_name(end, self._names)
        first = end + 1 if words.norm(end) == ":" else end
        at = words.proper_name(first, self._names)
        if at == first or (first > end and words.separator(at) == at):
            return end  # behind a colon one word in capitals opens the task: "các xã, thị trấn: Phối hợp …"
        while (after := words.separator(at)) != at and after not in self._units:
            name_end = words.proper_name(after, self._names)
            if name_end < after + 2:
                break
            at = name_end
        return at

    @staticmethod
    def _city_level(name: str) -> str:
        if not name:
            return CITY
        kind = province_names().get(name)  # "either": Huế, a city of its province until 2024
        return "province" if kind == "city" else CITY if kind == "either" else "district"
