"""Who issued the document (cơ quan ban hành), of what level, in which province, district and commune.

The letterhead says it in most documents. Where it is lost or cut, the body that the title, the issuing sentence, the
signature or the attribute table names has the level, and the dateline's place has the name.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, replace

import regex

from extractors.cues import cues
from extractors.metadata.head import Head
from extractors.metadata.model import Span
from extractors.metadata.rules import UNIT_LEVELS, attribute, bodies, unit_levels, unit_words
from extractors.plan import Note
from schemas import provinces as gazetteer
from schemas.filtered import Filtered, filtered
from schemas.folding import bare, fold, key
from schemas.messages import message
from schemas.vocabulary import agencies

CUES = cues("metadata_cues.yaml")
COMMITTEE = "Ủy ban nhân dân"
LETTERHEAD = CUES["letterhead_committee"]
IN_TEXT = CUES["committee_of_unit"]
OF_ONESELF = CUES["committee_acting"]
UNIT_BEFORE = CUES["unit_before"]
NAME_WORDS = filtered(r"[ \t|*\n]*(?P<word>[\p{L}\d'’]+(?:[.'’][\p{L}]+)?)")
STOP = CUES["behind_name"]
LINE_OVER = filtered(r"[ \t]{2,}|[ \t]*(?:[\n|*]|$)")
OTHER_THAN_NAME = CUES["other_than_name"]
DISTRICT_NAMED = CUES["district_named"]
NEXT_UNIT = CUES["next_unit"]
ATTACHED = CUES["attached_to_committee"]
OF_COMMITTEE = CUES["committee_symbol"]
AREA = {"tỉnh": CUES["province_area"], "thành phố": CUES["city_area"]}
SIGNED_FOR = CUES["signed_for_committee"]
NUMBER_LABEL = CUES["number_label"]
COMMUNES_BELOW_PROVINCE = CUES["committees_since_reform"]
DISTRICTS = CUES["committees_of_districts"]
COMMUNES = CUES["committees_of_communes"]
LOWER_AREA = CUES["area_below"]
DEPARTMENT = CUES["department"]
DASH_BETWEEN = filtered(r"[ ]*-[ ]*(?=\p{L})")
STATED_BODY = CUES["stated_body"]
CENTRAL = CUES["central"]


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit as a document names it. `unit`: `tỉnh`, `huyện`, …; `name` may be missing."""

    unit: str
    level: str
    name: str | None = None
    province: gazetteer.Province | None = None
    district: gazetteer.District | None = None
    commune: gazetteer.Commune | None = None
    span: Span | None = None


@dataclass(slots=True)
class Issuer:
    """`name` in normal form (`Ủy ban nhân dân huyện Cẩm Giàng`) and the units that it belongs to."""

    name: str | None = None
    level: str | None = None
    province: gazetteer.Province | None = None
    district: gazetteer.District | None = None
    district_name: str | None = None
    commune: gazetteer.Commune | None = None
    commune_name: str | None = None
    span: Span | None = None


class IssuerReader:
    """Works out the issuer of one document. `on`: the date of issue, which tells the map to look names up in."""

    def __init__(
        self, head: Head, on: datetime.date | None, dateline_place: str | None, body_end: int, symbol: str | None
    ):
        self.head = head
        self.on = on
        self.place = dateline_place
        self.body_end = body_end
        self.symbol = fold(symbol or "")
        self.notes: list[Note] = []

    def read(self, sentence_span: Span | None) -> Issuer:
        """The issuer; `sentence_span` is where the issuing sentence names it."""
        named = self._letterhead_places()
        lowest = min(named, key=lambda p: UNIT_LEVELS.index(p.level), default=None)
        if lowest is None or lowest.name is None:
            lowest = self._completed(lowest, sentence_span)
        if self._is_department():
            return self._department(lowest)
        if lowest is None:
            self.notes.append(Note("missing_issuer", message("issuer_missing")))
            return Issuer()
        return self._located(lowest, named)

    # -- what the letterhead says

    def _letterhead_places(self) -> list[Place]:
        places = self._places(LETTERHEAD, self.head.letterhead, 0)
        if not places and self.head.heading:  # a decision names its issuer once more under the title
            places = self._places(LETTERHEAD, self.head.bare, self.head.heading.end, capitals=True)[:1]
        return places

    def _places(self, pattern: Filtered, letters: str, start: int, capitals: bool = False) -> list[Place]:
        found = []
        for match in pattern.finditer(letters, start):
            words = self.head.text[match.start() : match.end()]
            if match["unit"] is None or (capitals and not words.isupper()) or NEXT_UNIT.match(letters, match.end()):
                continue
            unit = unit_words()[" ".join(match["unit"].split())]
            found.append(self.resolve(unit, self._words_after(letters, match.end()), match.start(), match.end()))
        return found

    def _words_after(self, letters: str, start: int) -> list[tuple[str, int]]:
        """Up to six words that may be the name, with their ends; letters blanked in the letterhead stay out."""
        words: list[tuple[str, int]] = []
        at = start
        while len(words) < 6 and (match := NAME_WORDS.match(letters, at)):
            word = self.head.text[match.start("word") : match.end("word")]
            if STOP.fullmatch(fold(word)) or not (word[0].isupper() or word[0].isdigit()):
                break
            words.append((word, match.end("word")))
            at = match.end()
            dash = DASH_BETWEEN.match(letters, at)
            at = dash.end() if dash and len(words) < 6 else at
        return words

    def resolve(self, unit: str, words: list[tuple[str, int]], start: int, end: int) -> Place:
        """The unit of that kind whose name is the longest beginning of `words`."""
        level = unit_levels()[unit]
        line = self._fills_line(words, end) if level == "commune" else None
        listed = line and any(fold(commune.name) == line for commune in gazetteer.communes(line, on=self.on))
        twice = line if listed else self._said_twice(words) or line
        for count in range(len(words), 0, -1):
            name = " ".join(word for word, _ in words[:count])
            if twice and fold(name) != twice:
                continue
            span = (start, words[count - 1][1])
            province = gazetteer.province(name, self.on) if unit in ("tỉnh", "thành phố") else None
            if province and unit in (province.level, "tỉnh"):
                return Place(province.level, "province", province.name, province, span=span)
            if name.isdigit():
                name = f"{unit.capitalize()} {name}"  # Quận 10, Phường 12
            if level == "district" or unit == "thành phố":
                found = gazetteer.districts(name)
                if found:
                    one = gazetteer.district(name, kind=unit)
                    return Place(unit, "district", found[0].name, district=one, span=span)
            if level == "commune" and (known := gazetteer.communes(name, on=self.on)):
                if twice and all(fold(commune.name) != twice for commune in known):
                    continue  # another one, alike but for its marks
                one = gazetteer.commune(name, on=self.on, kind=unit)
                return Place(unit, "commune", known[0].name, commune=one, span=span)
        on_line = self._same_line(words, end)
        if not on_line:
            return Place(unit, level, span=(start, end))
        name = " ".join(_cased(word) for word, _ in on_line)
        name = f"{unit.capitalize()} {name}" if name.isdigit() else name
        level = "district" if unit == "thành phố" else level
        return Place(unit, level, name, span=(start, on_line[-1][1]))

    def _said_twice(self, words: list[tuple[str, int]]) -> str | None:
        """The beginning of `words` that the dateline names too (`XÃ TÂN HƯNG ĐÔNG`, `Tân Hưng Đông, ngày …`), folded:
        then that is the name, also where the map knows but a shorter one or one with other marks."""
        said = fold(UNIT_BEFORE.sub("", self.place or "")).strip()
        beginnings = (fold(" ".join(word for word, _ in words[:count])) for count in range(len(words), 1, -1))
        return next((name for name in beginnings if name == said), None)

    def _fills_line(self, words: list[tuple[str, int]], end: int) -> str | None:
        """The words up to the end of their line or column where nothing but a name can stand there, folded."""
        run = self._same_line(words, end)
        if len(run) < 2 or not LINE_OVER.match(self.head.text, run[-1][1]) or "\n" in self.head.text[end : run[-1][1]]:
            return None
        if any(OTHER_THAN_NAME.fullmatch(bare(word)) for word, _ in run):
            return None
        return fold(" ".join(word for word, _ in run))

    def _same_line(self, words: list[tuple[str, int]], end: int) -> list[tuple[str, int]]:
        """The words of an unknown name: those on one line, in one case, at most four. A name on the line below fills
        it; else a sentence begins there (`Ủy ban nhân dân tỉnh`, below it `Căn cứ Luật …`)."""
        kept: list[tuple[str, int]] = []
        below = bool(words) and "\n" in self.head.text[end : words[0][1]]
        for word, stop in words[:4]:
            if kept and ("\n" in self.head.text[end:stop] or word.isupper() != kept[0][0].isupper()):
                break
            kept.append((word, stop))
            end = stop
        return [] if below and not LINE_OVER.match(self.head.text, end) else kept

    # -- what stands in for a letterhead that is lost or cut

    def _completed(self, cut: Place | None, sentence_span: Span | None) -> Place | None:
        """The issuer from attribute table, issuing sentence, signature and body; its name from the dateline."""
        candidates = [cut] if cut else []
        candidates += self._from_attributes() + self._from_sentence(sentence_span) + self._from_signature()
        candidates += self._places(ATTACHED, self.head.bare, 0)[:1]
        level = candidates[0] if candidates else None
        if level is None and self.place:
            level = self._from_body()
        if level is None:
            return None
        if level.name:
            return level
        named = next((c for c in candidates if c.name and c.unit == level.unit), None)
        return named or self._named_by_place(level)

    def _from_attributes(self) -> list[Place]:
        stated = attribute(self.head.clean.attributes, "issuer")
        if not stated:
            return []
        letters = bare(stated)
        match = STATED_BODY.match(letters)
        if match:
            words = [(w, 0) for w in regex.findall(r"[\p{L}\d'’]+", stated[match.end() :].split(",")[0])]
            place = self.resolve(unit_words()[" ".join(match["unit"].split())], words, 0, 0)
            return [replace(place, span=None)]
        province = gazetteer.province(stated, self.on)
        return [Place(province.level, "province", province.name, province)] if province else []

    def _from_sentence(self, span: Span | None) -> list[Place]:
        if span is None:
            return []
        letters = self.head.bare[: span[1]]
        return self._places(IN_TEXT, letters, span[0])[:1]

    def _from_signature(self) -> list[Place]:
        tail = self.head.text[self.body_end : self.body_end + 4000]
        match = SIGNED_FOR.search(bare(tail))
        if not match:
            return []
        unit = unit_words()[" ".join(match["unit"].split())]
        return [Place(unit, unit_levels()[unit])]

    def _from_body(self) -> Place | None:
        """`Ủy ban nhân dân tỉnh` said of oneself: at a sentence's start, not `của Ủy ban nhân dân tỉnh`."""
        letters = bare(self.head.text[: self.body_end])
        units = Counter(unit_words()[" ".join(m["unit"].split())] for m in OF_ONESELF.finditer(letters))
        if units:
            unit = units.most_common(1)[0][0]
            return Place(unit, unit_levels()[unit])
        return self._from_subordinates(letters)

    def _from_subordinates(self, letters: str) -> Place | None:
        """Who commands the districts is a province, who commands communes is a district (before the reform)."""
        place = UNIT_BEFORE.sub("", self.place or "")
        province = gazetteer.province(place, self.on)
        below = COMMUNES_BELOW_PROVINCE if gazetteer.is_new(self.on) else DISTRICTS
        if province and below.search(letters):
            return Place(province.level, "province")
        district = gazetteer.district(place)
        if district and not province and COMMUNES.search(letters):
            return Place(district.kind, "district")
        return self._from_area(province, letters) if province else None

    def _from_area(self, province: gazetteer.Province, letters: str) -> Place | None:
        """The province of the dateline, where a committee issued this and the text speaks of that province's area.

        A city may bear its province's name: where the text names the city or a smaller area, nothing is decided.
        """
        if not OF_COMMITTEE.search(self.symbol) or LOWER_AREA.search(letters):
            return None
        other = "thành phố" if province.level == "tỉnh" else "tỉnh"
        if regex.search(rf"(?<!\w){bare(other)}\s+{bare(province.name)}(?!\w)", letters):
            return None
        named = regex.search(rf"(?<!\w){bare(province.level)}\s+{bare(province.name)}(?!\w)", letters)
        return Place(province.level, "province") if named or AREA[province.level].search(letters) else None

    def _named_by_place(self, place: Place) -> Place:
        """The name of a unit that is known by its kind only: the dateline's place, else the title's province."""
        words = UNIT_BEFORE.sub("", self.place or "")
        if words:
            named = self.resolve(place.unit, [(w, 0) for w in words.split() if w not in "-–"], 0, 0)
            if named.province or named.district or named.commune or place.level != "province":
                return replace(named, span=place.span)
        if place.level == "province" and (province := self._province_in_text()):
            return Place(province.level, "province", province.name, province, span=place.span)
        return place

    # -- where the issuer lies

    def _located(self, place: Place, named: list[Place]) -> Issuer:
        unit = place.unit if place.name is None or not key(place.name).startswith(place.unit + " ") else ""
        name = " ".join(filter(None, (COMMITTEE, unit, place.name)))
        issuer = Issuer(name, place.level, place.province, span=place.span)
        if place.level == "province":
            if issuer.province is None:
                self._unknown(place)
                issuer.name = None if place.name is None else issuer.name
            return issuer
        issuer.province = next((p.province for p in named if p.province), None)
        if place.level == "district":
            self._locate_district(issuer, place)
        else:
            self._locate_commune(issuer, place, named)
        if place.name is None:
            issuer.name = None
            self.notes.append(Note("missing_issuer", message("issuer_without_name", unit=place.unit)))
        return issuer

    def _locate_district(self, issuer: Issuer, place: Place) -> None:
        issuer.district_name = place.name
        if place.name is None:
            issuer.province = issuer.province or self._province_in_text()
            return
        choices = gazetteer.districts(place.name)
        if issuer.province is None:
            codes = {d.province_code for d in choices if d.kind == place.unit} or {d.province_code for d in choices}
            issuer.province = self._one_province(codes)
        if issuer.province:
            issuer.district = gazetteer.district(place.name, issuer.province.code, place.unit)
        if issuer.district is None:
            self._unknown(place)

    def _locate_commune(self, issuer: Issuer, place: Place, named: list[Place]) -> None:
        issuer.commune_name = place.name
        over = next((p for p in named if p.level == "district" and p.name), None) or self._district_in_text()
        choices = gazetteer.communes(place.name, on=self.on) if place.name else ()
        if over and not gazetteer.is_new(self.on):
            issuer.district_name = over.name
            districts = gazetteer.districts(over.name, issuer.province.code if issuer.province else None)
            choices = tuple(c for c in choices if c.district_code in {d.code for d in districts})
            issuer.district = over.district or (districts[0] if len(districts) == 1 else None)
        if issuer.province is None:
            codes = {c.province_code for c in choices}
            codes |= {issuer.district.province_code} if issuer.district and not codes else set()
            issuer.province = self._one_province(codes)
        if issuer.province and place.name:
            found = [c for c in choices if c.province_code == issuer.province.code]
            same = [c for c in found if c.kind == place.unit] or found
            issuer.commune = same[0] if len(same) == 1 else None
        if issuer.commune and issuer.commune.district_code and issuer.district is None:
            issuer.district = _district_of(issuer.commune)
            issuer.district_name = issuer.district.name if issuer.district else issuer.district_name
        if issuer.commune is None:
            self._unknown(place)

    def _unknown(self, place: Place) -> None:
        what = f"{place.unit} {place.name}" if place.name else message("place_of_issuer", unit=place.unit)
        self.notes.append(Note("unknown_place", message("place_unknown", place=what), *(place.span or (None, None))))

    def _one_province(self, codes: set[str]) -> gazetteer.Province | None:
        """The only province possible, else the one of them (or any, where none is) that the text names most."""
        if len(codes) == 1:
            return gazetteer.province_of_code(next(iter(codes)), self.on)
        return self._province_in_text(codes or None)

    def _province_in_text(self, codes: set[str] | None = None) -> gazetteer.Province | None:
        """The province that the text names most with its unit word; those in the head count five times."""
        counts: Counter[gazetteer.Province] = Counter()
        for mention in gazetteer.find_provinces(self.head.text, self.on):
            if mention.unit and (codes is None or mention.province.code in codes):
                counts[mention.province] += 5 if mention.start < self.head.end else 1
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    def _district_in_text(self) -> Place | None:
        """The district that a commune's plan names most (`UBND huyện Gia Lộc`)."""
        if gazetteer.is_new(self.on):
            return None
        counts: Counter[str] = Counter()
        for match in DISTRICT_NAMED.finditer(self.head.text):
            words = match[2].split()
            for size in range(len(words), 0, -1):
                if gazetteer.districts(" ".join(words[:size])):
                    counts[f"{fold(match[1])}|{' '.join(words[:size])}"] += 1
                    break
        if not counts:
            return None
        unit, name = counts.most_common(1)[0][0].split("|")
        return Place(unit, "district", gazetteer.districts(name)[0].name, district=gazetteer.district(name, kind=unit))

    # -- departments, party bodies, the centre

    def _is_department(self) -> bool:
        return bool(self.symbol) and not OF_COMMITTEE.search(self.symbol) and self._department_line() is not None

    def _department_line(self) -> regex.Match[str] | None:
        """The department's line of the letterhead. `Số:` has the letters of `Sở`."""
        lines = DEPARTMENT.finditer(self.head.letterhead)
        return next((m for m in lines if not NUMBER_LABEL.match(fold(self.head.text[m.start("name") :][:2]))), None)

    def _department(self, over: Place | None) -> Issuer:
        """A department's own plan: its name from the letterhead, its province from the dateline."""
        match = self._department_line()
        named = regex.split(r"\s{3,}", match["name"])[0]  # the motto beside it is blanked
        raw = self.head.text[match.start("name") : match.start("name") + len(named)]
        name = _cased_department(" ".join(raw.split()).strip(" .,-*"))
        if CENTRAL.match(bare(name)):
            return Issuer(name, span=match.span("name"))
        issuer = self._located(over, []) if over and over.name else Issuer()
        if issuer.province is None:
            issuer.province = gazetteer.province(self.place, self.on) if self.place else None
            issuer.level = "province" if issuer.province else issuer.level
        tail = issuer.name.removeprefix(COMMITTEE + " ") if issuer.name else ""
        if not tail and issuer.province:
            tail = f"{issuer.province.level} {issuer.province.name}"
        issuer.name = name if not tail or fold(tail) in fold(name) else f"{name} {tail}"
        issuer.span = match.span("name")
        return issuer


def _district_of(commune: gazetteer.Commune) -> gazetteer.District | None:
    return gazetteer.district_of_code(commune.district_code)


def _cased(word: str) -> str:
    return word if not word.isupper() or len(word) == 1 else word.capitalize()


def _cased_department(words: str) -> str:
    """`SỞ NỘI VỤ` to `Sở Nội vụ`, as agencies' names are spelled; a name in mixed case stays."""
    if not words.isupper():
        return words
    names = sorted((*bodies(), *(a.name_vi for a in agencies().values())), key=len, reverse=True)
    known = next((n for n in names if f"{key(words)} ".startswith(f"{key(n)} ")), "")
    rest = key(words).split()[len(key(known).split()) :]
    return " ".join([*filter(None, [known]), *(w.capitalize() for w in rest)])
