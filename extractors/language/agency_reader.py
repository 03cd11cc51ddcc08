"""Puts the agencies of one document together from the terms found in it.

Read from left to right: a name takes its title ("Giám đốc Sở …") and the level words after it; a name under a head that
a list states once ("Sở Tài chính, Y tế") is followed by the list's further members; unit words make standing groups
("các sở, ban, ngành"); a head with a capital after it ("Chi cục Kiểm lâm") is a body that no list holds.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from extractors.language import agency_rules as rules
from extractors.language.levels import LevelReader, Segment
from extractors.language.name_ends import PUNCTUATION, NameEnds
from extractors.language.spans import longest_first
from extractors.language.terms import Hit, Hits, longest_by_start
from extractors.language.words import LIST_SEPARATORS, Words
from schemas.folding import fold

_TOPIC_REACH = 24  # tokens: "Ban Chỉ đạo thực hiện các Chương trình mục tiêu quốc gia … *tỉnh*"
_KIND_REACH = 6  # words
_BEHIND_KINDS = frozenset(":,;(")
_CIRCLE_REACH = 20
_WITHIN_CLAUSE = frozenset(",:(/")
_WITHIN_NAMES = frozenset(",-–/")
_TOPIC_ENDS = PUNCTUATION - {",", '"'}


@dataclass(frozen=True, slots=True)
class Mention:
    """A body named at tokens [start, end)."""

    start: int
    end: int
    code: str
    rule: str
    family: str = ""
    level: str = ""


class AgencyReader:
    """Reads one text in which the terms have been found."""

    def __init__(self, words: Words, hits: Hits) -> None:
        self._words = words
        blockers = hits.get("blockers", [])
        self._inside = {i for hit in blockers for i in range(hit.start + 1, hit.end)}
        self._bodies = longest_by_start(h for h in hits.get("body", []) if h.start not in self._inside)
        units = {hit.start for hit in hits.get("unit", [])}
        opened = {hit.start: hit.end for hit in longest_by_start(blockers).values() if hit.start in units}
        named = [
            h
            for h in hits.get("name", []) + hits.get("family", [])
            if h.start not in self._inside
            and not (opened and any(opened.get(at, 0) > h.end for at in range(h.end - 2, h.end)))
            and self._well_written(h)
        ]  # "Ban quản lý *bản đồ*" ends in no village
        resolved = longest_first([*named, *hits.get("unit", []), *blockers])
        self._names = {h.start: h for h in resolved if h.term.group in ("name", "family")}
        self._units = {h.start: h for h in resolved if h.term.group == "unit"}
        self._bare_by_head: dict[str, dict[int, Hit]] = {}
        for hit in hits.get("bare", []):
            if words.capital(hit.start):
                best = self._bare_by_head.setdefault(hit.term.rule, {})
                if hit.start not in best or hit.end > best[hit.start].end:
                    best[hit.start] = hit
        self._titles = {h.end: h.start for h in longest_first(hits.get("titles", []))}
        self._concerned = longest_by_start(hits.get("concerned", []))
        self._levels = LevelReader(words, self._units, self._names)
        self._ends = NameEnds(words, self._levels, self._names, self._units, self._bodies)
        self._runs: dict[tuple[int, str], tuple[int, int]] = {}
        self._mentions: list[Mention] = []
        self._done = 0

    def read(self) -> list[Mention]:
        """All mentions in text order."""
        for start in sorted({*self._names, *self._units, *self._bodies}):
            if start < self._done:
                continue
            if hit := self._names.get(start):
                self._read_family(hit) if hit.term.group == "family" else self._read_name(hit)
                if self._done <= start and start in self._bodies:
                    self._read_body(start)
            elif not self._read_body(start) and start in self._units:
                self._read_group(start)
        return self._mentions

    def _keep(self, mention: Mention) -> None:
        self._mentions.append(mention)
        self._done = mention.end

    # --- names ---

    def _well_written(self, hit: Hit) -> bool:
        """Whether the hit's capitals are those of a name; "công an" and "sở y tế" in running text are not."""
        term = hit.term
        family = rules.families()[term.label] if term.group == "family" else None
        if term.kind == "small" and hit.start in self._bodies and self._words.capital(hit.start):
            return False  # "Viện Nghiên cứu …" names one of them, whose name goes on
        if term.kind in ("common", "small") or (family and (family.any_case or family.small)):
            return True
        return self._capital_in(hit)

    def _capital_in(self, hit: Hit) -> bool:
        """Whether a word of a name has a capital, be it not the first ("cơ quan *Thuế*")."""
        return any(self._words.capital(i) for i in range(hit.start, hit.end))

    def _read_name(self, hit: Hit) -> None:
        segments = self._levels.read(hit.end)
        end, level = self._own_levels(segments) if segments else (self._levels.region_end(hit.end), "")
        if end == hit.end and (province := self._levels.province_at(hit.end)) > hit.end:
            end, level = province, "province"
        if hit.term.kind == "weak" and not self._stands_alone(hit, level):
            return
        if hit.term.kind == "small" and not self._asked_for(hit.start):
            return
        if hit.term.label == rules.groups()["villages"].code:
            end = self._ends.of_villages(end)
        if hit.term.kind == "common" and not segments:
            end = self._concerned_end(self._kind_end(end))
        if end == hit.end:
            end = self._ends.of_kind(end) if hit.term.label == rules.UNLISTED else self._ends.of_listed(hit.start, end)
            if hit.term.label == rules.UNLISTED:
                end, level = self._whole_end(end)
            elif segments := self._levels.read(end) if end > hit.end else []:
                end, level = self._own_levels(segments)
        start = self._with_title(hit.start)
        self._keep(Mention(start, end, hit.term.label, "name", level=level))
        head = self._words.norm(hit.start)
        if head in self._bare_by_head:
            self._read_list(head, end, LIST_SEPARATORS)

    def _own_levels(self, segments: list[Segment]) -> tuple[int, str]:
        """Where the level words of one body end, and its level: of "cấp tỉnh, cấp xã" both are its own, "tỉnh, các
        huyện" goes on with other bodies."""
        ends = [segments[0].end]
        for segment in segments[1:] if self._says_level(segments[0]) else ():
            if not self._says_level(segment):
                break
            ends.append(segment.end)
        return ends[-1], segments[0].level

    def _says_level(self, segment: Segment) -> bool:
        at = segment.start + 1 if self._words.norm(segment.start) in rules.words("links") else segment.start
        return self._words.norm(at) == "cấp"

    def _stands_alone(self, hit: Hit, level: str) -> bool:
        words = self._words
        following = fold(self._words.between(hit.end, hit.end + 2))
        if any(following.startswith(word) for word in rules.words("continued")):
            return False
        return bool(level) or words.opens_clause(hit.start) or self._behind_boundary(hit.start)

    def _asked_for(self, start: int) -> bool:
        """Whether words before `start` ask for a body there, or it goes on a list of bodies."""
        return self._behind_boundary(start) or self._follows_group(start)

    def _behind_boundary(self, start: int) -> bool:
        """Whether a word stands before `start` behind which a level or a body may stand by itself ("giao *Bưu điện*",
        "đề nghị *Bưu điện*")."""
        words, boundaries = self._words, rules.words("boundaries")
        return words.norm(start - 1) in boundaries or fold(words.between(max(0, start - 2), start)) in boundaries

    def _with_title(self, start: int) -> int:
        """Where the titles before a body begin: "Giám đốc các Sở", "Chủ tịch UBND"."""
        if self._words.norm(start) == "các" and self._done <= self._titles.get(start + 1, start) < start:
            return self._titles[start + 1]  # "*Trưởng các* phòng, ban"
        for _ in range(3):
            plural = start - 1 if self._words.norm(start - 1) == "các" and (start - 1) in self._titles else start
            if plural not in self._titles or self._titles[plural] < self._done:
                break
            start = self._titles[plural]
        return start

    def _read_family(self, hit: Hit) -> None:
        name = hit.term.label
        family = rules.families()[name]
        end = self._short_form_end(hit)
        segments = self._levels.read(end) or (self._topic_level(end) if family.topic else [])
        if not segments and self._named_again(hit):
            return
        if not segments and (province := self._levels.province_at(end)) > end:
            segments = [Segment(end, province, "province")]
        if not segments and family.needs_level:
            return
        small = not family.any_case and not self._capital_in(hit)
        if small and not (segments and self._asked_for(hit.start)):
            return
        start = self._with_title(hit.start)
        if not segments:
            self._keep(self._family_mention(start, end, name, ""))
            return
        for i, segment in enumerate(segments):
            begin = start if i == 0 else segment.start
            self._keep(self._family_mention(begin, segment.end, name, segment.level))

    def _short_form_end(self, hit: Hit) -> int:
        """Where a body's name ends with its short form in a bracket, if a level stands behind ("Ủy ban nhân dân (UBND)
        *cấp xã*")."""
        short = self._names.get(hit.end + 1) if self._words.norm(hit.end) == "(" else None
        if short is None or short.term.label != hit.term.label or self._words.norm(short.end) != ")":
            return hit.end
        return short.end + 1 if self._levels.read(short.end + 1) else hit.end

    def _named_again(self, hit: Hit) -> bool:
        """Whether a body is named twice in a row, the second time with its level ("Ủy ban nhân dân *UBND cấp xã*"): the
        words before are then a title of it."""
        again = self._names.get(hit.end)
        if again is None or again.term.label != hit.term.label or not self._levels.read(again.end):
            return False
        self._titles[hit.end] = self._with_title(hit.start)
        return True

    @staticmethod
    def _family_mention(start: int, end: int, name: str, level: str) -> Mention:
        codes = rules.families()[name].codes
        default = "district" if level == "city" else level or "province"
        return Mention(start, end, codes.get(default, rules.UNLISTED), name, name, level)

    def _topic_level(self, end: int) -> list[Segment]:
        """The level words after what a steering committee steers, and all between: "… giảm nghèo bền vững tỉnh"."""
        for i in range(end, min(end + _TOPIC_REACH, self._words.size)):
            norm = self._words.norm(i)
            if norm in _TOPIC_ENDS or norm.isspace() or i in self._names:
                break
            if i > end and self._words.opens(i, rules.words("name_ends") - rules.words("topic_words")):
                break
            if segments := self._levels.read(i) if i in self._units else []:
                return [Segment(end, segments[0].end, segments[0].level)]
        return []

    # --- lists under one head ---

    def _read_list(self, head: str, at: int, separators: tuple[str, ...]) -> None:
        """The further members of "Sở Tài chính, Y tế và Nội vụ", each a mention on its own words."""
        while (member := self._words.separator(at, separators)) != at and self._read_member(head, member):
            at = self._done

    def _read_member(self, head: str, start: int) -> bool:
        hit = self._bare_by_head.get(head, {}).get(start)
        if hit is None or (start in self._names and self._names[start].end >= hit.end):
            return False
        words = self._words
        small = words.letters(hit.end) and not words.capital(hit.end)
        is_verb = small and fold(self._words.between(hit.start, hit.end)) in rules.words("verbs")
        if is_verb and not words.opens(hit.end, rules.words("after_names")):
            return False
        segments = self._levels.read(hit.end)
        end, level = (segments[0].end, segments[0].level) if len(segments) == 1 else (hit.end, "")
        self._keep(Mention(start, end, hit.term.label, "listed", level=level))
        return True

    # --- standing groups ---

    def _read_group(self, start: int) -> None:
        words = self._words
        group_name = self._units[start].term.label
        group = rules.groups()[group_name]
        begin = start - 1 if words.norm(start - 1) in rules.words("plurals") else start
        plural = begin < start or words.norm(start) in rules.words("plurals")
        end, count = self._unit_run(start, group_name)
        end = self._kind_end(end) if not group.level else end
        if count == 1 and words.norm(start) in self._bare_by_head and self._read_plural_list(start, end, plural):
            return
        if group.level:
            self._read_level_group(begin, end, count, group_name, plural)
            return
        tail = self._concerned_end(end)
        level = self._level_of(end, tail)
        told = plural or self._follows_group(begin) or group.alone or tail > end
        told = told or (count > 1 and words.opens_clause(start))
        told = told or (count > 1 and words.norm(start - 1) in rules.words("partner_openings"))
        partners = words.opens_clause(start) or words.norm(start - 1) in rules.words("partner_openings")
        told = told or (partners and self._announces_concerned(end))
        told = told or (group.heads and words.opens_clause(start) and words.norm(end) == ":")
        if told and (group.code != rules.UNLISTED or plural):
            of_offices = level == "district" and words.norm(start) not in rules.words("provincial_units")
            code = "phong_chuyen_mon" if group_name == "departments" and of_offices else group.code
            self._keep(Mention(self._with_title(begin), tail, code, f"group.{group_name}", group_name, level))

    def _unit_run(self, start: int, group_name: str) -> tuple[int, int]:
        """The end of the unit words of one group that follow one another from `start`, and how many there are."""
        if (start, group_name) in self._runs:
            return self._runs[start, group_name]
        words = self._words
        mine = {group_name, *rules.groups()[group_name].absorbs}
        at, end, units = start, start, []
        while (unit := self._units.get(at)) and unit.term.label in mine:
            units.append(at)
            end = self._named_end(unit)
            at = words.separator(end, (*LIST_SEPARATORS, "-"))
            if words.norm(at) in rules.words("plurals"):
                at += 1
        for passed, at in enumerate(units):  # a run is asked for from each of its units
            self._runs[at, group_name] = end, len(units) - passed
        return end, len(units)

    def _kind_end(self, end: int) -> int:
        """Where the words end that tell of which kind a group of units is: "các doanh nghiệp *du lịch*"; what they deal
        in is their kind only before a verb, "các đơn vị *cấp nước* bảo đảm", or where nothing else follows, what they
        do only there: "các đơn vị *thi công*:"."""
        words = self._words
        for after in range(min(end + _KIND_REACH, words.size), end, -1):
            if words.spell(end, after, rules.words("kinds")):
                return after
            if words.spell(end, after, rules.words("kinds_by_trade")) and self._verb_or_end_at(after):
                return after
            if words.spell(end, after, rules.words("kinds_by_work")) and self._ends_phrase(after):
                return after
        return end

    def _ends_phrase(self, at: int) -> bool:
        """Whether a mark at `at` ends a phrase; a comma may be one of several verbs, unless a body follows."""
        words, behind = self._words, at + 1
        if words.norm(at) != ",":
            return words.norm(at) in _BEHIND_KINDS
        is_body = behind in self._names or behind in self._units or behind in self._bodies
        return words.capital(behind) or is_body or words.norm(behind) in rules.words("plurals")

    def _verb_or_end_at(self, at: int) -> bool:
        """Whether a phrase ends at `at`, with a mark or before a verb: "cấp nước *cho* các xã" goes on."""
        words = self._words
        if words.opens(at, rules.words("objects")):
            return False
        return self._ends_phrase(at) or words.opens(at, rules.words("name_ends"))

    def _named_end(self, unit: Hit) -> int:
        return self._words.proper_name(unit.end, self._names) if rules.groups()[unit.term.label].level else unit.end

    def _read_level_group(self, begin: int, end: int, count: int, group_name: str, plural: bool) -> None:
        """ "các huyện, thị xã" as a body, which it is not after "trên địa bàn"; "cấp huyện" where a clause opens."""
        words = self._words
        code = rules.groups()[group_name].code
        if words.norm(begin).startswith("cấp"):
            codes = {"province": "ubnd_tinh", "district": "ubnd_huyen", "commune": "ubnd_xa"}
            if words.opens_clause(begin) or self._behind_boundary(begin) or words.number(begin - 1):
                self._keep(Mention(begin, end, codes[rules.groups()[group_name].level], "level", group_name))
            return
        if (
            code == rules.UNLISTED
            or words.norm(begin - 1) in rules.words("not_places")
            or fold(words.between(max(0, begin - 2), begin)) in rules.words("not_places")
        ):
            return
        if plural or (self._follows_group(begin) and count > 1):
            tail = self._concerned_end(end, only=rules.words("concerned_openings"))
            self._keep(Mention(begin, tail, code, f"group.{group_name}", group_name))

    def _read_plural_list(self, start: int, end: int, plural: bool) -> bool:
        """ "các Sở: Tài chính, Y tế" and "Giám đốc các Sở Tài chính, Y tế"."""
        first = end + 1 if self._words.norm(end) == ":" else end
        if not plural and first == end:
            return False
        head = self._words.norm(start)
        if not self._read_member(head, first):
            return False
        self._read_list(head, self._done, (*LIST_SEPARATORS, ";"))
        return True

    def _follows_group(self, start: int) -> bool:
        """Whether a mention ends just before a separator before `start`: "các sở, ngành *và địa phương*"."""
        return bool(self._mentions) and self._words.separator(self._mentions[-1].end) == start != self._mentions[-1].end

    def _concerned_end(self, end: int, only: Container[str] = ()) -> int:
        hit = self._concerned.get(end)
        if hit is None or self._goes_on_whole(hit.end):
            return end
        return hit.end if not only or self._words.norm(end) in only else end

    def _goes_on_whole(self, end: int) -> bool:
        """Whether a phrase for those concerned that ends there goes on with the name of the body whose they are:
        "đơn vị thuộc Sở *Y tế*", "trường trực thuộc *Phòng Giáo dục*"."""
        last = self._names.get(end - 1)
        if last is not None and last.end > end:
            return True
        return self._words.norm(end - 1) in rules.words("part_links") and end in self._names

    def _announces_concerned(self, end: int) -> bool:
        """Whether another group of units goes on with a list that the words for those concerned close: "cơ quan, *địa
        phương liên quan*"."""
        after = self._words.separator(end)
        unit = self._units.get(after) if after != end else None
        return unit is not None and self._concerned_end(unit.end) > unit.end

    def _level_of(self, start: int, end: int) -> str:
        first = next((i for i in range(start, end) if i in self._units), None)
        segments = self._levels.read(first) if first is not None else []
        return segments[0].level if segments else ""

    # --- bodies that no list holds ---

    def _read_body(self, start: int) -> bool:
        hit = self._bodies.get(start)
        words = self._words
        if hit and hit.term.label in rules.circles():
            return self._read_circle(hit)
        if hit is None or not words.capital(start):
            return False
        if words.opens(hit.end, rules.words("no_names")):
            self._done = hit.end  # "Công ty TNHH Gói thầu số 15": a list whose columns were run together
            return True
        if self._read_branch(hit):
            return True
        end = self._ends.of_body(hit)
        if end == hit.end:
            return self._read_part(hit)
        if end == start + 2 and words.opens(start, rules.words("place_names")):
            self._done = end  # "Trường Sơn, huyện Lục Nam: bố trí đất"
            return True
        end, level = self._whole_end(end)
        begin = self._with_title(self._with_plural(start)) if words.norm(hit.end) == "số" else self._with_title(start)
        self._keep(Mention(begin, end, rules.bodies()[hit.term.label], f"body.{hit.term.label}", level=level))
        return True

    def _with_plural(self, start: int) -> int:
        return start - 1 if self._words.norm(start - 1) in rules.words("plurals") else start

    def _whole_end(self, end: int) -> tuple[int, str]:
        """Where a body ends with its level words, or with the body of which it is a part, and its level: "Phòng Tham
        mưu *Công an tỉnh*", "Ban Kinh tế - Ngân sách *của HĐND tỉnh*"."""
        if segments := self._levels.read(end):
            return self._own_levels(segments)
        at = end + 1 if self._words.norm(end) == "của" else end
        whole = self._names.get(at)
        if whole is None or whole.term.group != "family":
            return end, ""
        segments = self._levels.read(whole.end)
        return self._own_levels(segments) if segments else (end, "")

    def _read_part(self, hit: Hit) -> bool:
        """A part of a body, told with the whole behind it: "Tổ công tác *của UBND tỉnh*", "Đội *Cảnh sát giao thông số
        2*", "Văn phòng *thường trực Ban Chỉ huy …*"."""
        words = self._words
        if fold(words.between(hit.start, hit.end)) not in rules.words("parts"):
            return False
        at = hit.end
        for n in (2, 1):
            if fold(words.between(at, at + n)) in rules.words("part_links"):
                at += n
                break
        whole = self._names.get(at)
        if whole is None or (at > hit.end and whole.term.kind == "weak"):
            return False
        done, known = self._done, len(self._mentions)
        self._done = hit.end
        self._read_family(whole) if whole.term.group == "family" else self._read_name(whole)
        read = self._mentions[known:]
        if not read:
            self._done = done
            return False
        self._mentions[known] = Mention(
            self._with_title(self._with_plural(hit.start)),
            read[0].end,
            rules.UNLISTED,
            f"body.{hit.term.label}",
            level=read[0].level,
        )
        return True

    def _read_branch(self, hit: Hit) -> bool:
        """A branch with the body whose it is, which it stands for: "Phòng Giao dịch *Kho bạc Nhà nước số 7*", "Phòng
        Giao dịch số 2 *- Kho bạc Nhà nước khu vực VI*"."""
        words = self._words
        if fold(words.between(hit.start, hit.end)) not in rules.words("branches"):
            return False
        at, own = hit.end, self._levels.read(hit.end)
        numbered = words.norm(at) == "số" and words.number(at + 1)
        at = at + 2 if numbered else own[0].end if own else at
        if words.norm(at) in rules.words("branch_links") or (numbered and words.norm(at) == ","):
            at += 1
        elif own:
            return False  # "Phòng giao dịch huyện Ngân hàng A": no link tells that they are one
        whole = self._names.get(at)
        if whole is None or whole.term.group != "name":
            return False
        known = len(self._mentions)
        self._read_name(whole._replace(term=replace(whole.term, kind="proper")))  # "Kho bạc" alone is weak
        read = self._mentions[known:]
        if read:
            level = own[0].level if own else read[0].level
            self._mentions[known] = replace(read[0], start=self._with_title(hit.start), level=level)
        return bool(read)

    def _read_circle(self, hit: Hit) -> bool:
        """Those who have no name where an item opens with them and a colon: "Các cơ sở chế biến thực phẩm: …"."""
        words = self._words
        begin = hit.start - 1 if words.norm(hit.start - 1) in rules.words("plurals") else hit.start
        lettered = words.norm(begin - 1) == ")" and len(words.norm(begin - 2)) == 1  # "a) Các hộ chăn nuôi: …"
        if not (words.opens_clause(begin) or lettered) or words.norm(begin - 1) in _WITHIN_CLAUSE:
            return False
        at = hit.end
        while at < begin + _CIRCLE_REACH and (words.letters(at) or words.norm(at) in _WITHIN_NAMES):
            at += 1
        told = words.capital(at + 1) or words.norm(at + 1).isspace() or words.opens(at + 1, rules.words("circle_tasks"))
        if words.norm(at) != ":" or not told:
            return False
        self._keep(Mention(begin, at, rules.bodies()[hit.term.label], f"body.{hit.term.label}"))
        return True
