"""Where the names of bodies end that no list holds whole: behind what they manage, fields of work, places, numbers."""

from __future__ import annotations

from extractors.language import agency_rules as rules
from extractors.language.levels import LevelReader
from extractors.language.terms import Hit
from extractors.language.words import LIST_SEPARATORS, Words
from schemas.folding import fold

PUNCTUATION = frozenset('.,;:()[]!?"/|*+•')
_NAME_REACH = 16
_SMALL_REACH = 7
_FIELD_REACH = 6


class NameEnds:
    """Tells ends of names in one text, in which the terms have been found: `names`, `units` and `bodies` by start."""

    def __init__(
        self, words: Words, levels: LevelReader, names: dict[int, Hit], units: dict[int, Hit], bodies: dict[int, Hit]
    ) -> None:
        self._words, self._levels = words, levels
        self._names, self._units, self._bodies = names, units, bodies

    def of_kind(self, end: int) -> int:
        """Where the name of a body ends of which only the kind is known: "Vườn quốc gia *Mẫu Sơn*", "Ban Quản lý dự án
        đầu tư xây dựng *các công trình giao thông*"."""
        at = end + 1 if self._words.norm(end) in rules.words("plurals") else end
        if at in self._units and self._units[at].term.label == "villages":
            return self._units[at].end  # "Tổ hòa giải *các thôn*"
        if self._words.opens(at, rules.words("works")):
            return self.of_words(at)
        if self._words.norm(end) == "và" and self._goes_on_behind_and(end + 1):
            return self.of_words(end)
        return self.of_several(end) if self.of_several(end) > end else self._words.proper_name(end, self._names)

    def of_villages(self, end: int) -> int:
        """Where the further units end that the board or head of villages is of: "Trưởng thôn, *bản*"."""
        unit = self._units.get(self._words.separator(end, LIST_SEPARATORS))
        while unit and unit.term.label == "villages":
            end = unit.end
            unit = self._units.get(self._words.separator(end, LIST_SEPARATORS))
        return end

    def of_listed(self, start: int, end: int) -> int:
        """Where the name ends that begins at `start` and is listed up to `end`: "Trung tâm Văn hóa, Thể thao *và Du
        lịch*"."""
        words = self._words
        of_fields = words.spell(start, start + 2, rules.words("one_of_fields"))
        of_fields = of_fields and words.norm(start - 1) not in rules.words("plurals")
        if of_fields and words.norm(end) == "và" and words.capital(end + 1) and self._goes_on_behind_and(end + 1):
            return self.of_words(end)
        return self.of_several(end)

    def of_several(self, end: int) -> int:
        """Where the name of one among several bodies of a kind ends: "Trung tâm Y tế *khu vực Cao Lộc*", "Đội Quản lý
        thị trường *số 4*", "Tổng công ty Điện lực *miền Bắc*"."""
        words = self._words
        for tail in (2, 1):
            if words.spell(end, end + tail, rules.words("name_tails")):
                return end + tail
        if words.norm(end) == "số" and words.number(end + 1):
            return words.proper_name(end + 1)
        start = end + 2 if words.spell(end, end + 2, rules.words("regions")) else end
        for gate in (4, 2):  # "Chi cục Hải quan *cửa khẩu quốc tế Hữu Nghị*"
            if words.spell(end, end + gate, rules.words("gates")):
                start = end + gate
                break
        named = words.proper_name(start, self._names)
        is_name = named >= start + 2 and not any(i in self._bodies or i in self._units for i in (start, start + 1))
        return named if is_name and not words.number(start) else end

    def of_body(self, hit: Hit) -> int:
        """Where the name ends that a head opens; its own end where none does. A head of several words may go on in
        small letters where a level or a place ends the name: "Bệnh viện *đa khoa tỉnh*"."""
        words, start = self._words, hit.end
        if (end := self._of_firm(hit)) > start:
            return end
        if words.capital(start):
            return start if start in self._names and not self._is_word(start) else self.of_words(start)
        if words.norm(start) == "số" and words.number(start + 1):
            return words.proper_name(start + 1)  # "Đoàn công tác số 3"
        if words.number(start) and fold(words.between(hit.start, hit.end)) in rules.words("numbered"):
            return start + 1  # "Trung đoàn 123"
        if hit.end - hit.start < 2 or not words.letters(start) or self._ends_name(start):
            return start
        for at in range(start, start + _SMALL_REACH):
            if at > start and (self._ends_small_name(at)):
                if fold(words.between(at, at + 2)) in rules.words("name_tails"):
                    return at + 2
                return words.proper_name(at, self._names) if words.capital(at) else at
            if not words.letters(at) or self._ends_name(at) or at in self._names:
                break
        return start

    def _ends_name(self, at: int) -> bool:
        """Whether a word stands at `at` that names do not hold, and this one does not hold it all the same."""
        return self._words.opens(at, rules.words("name_ends")) and not self._is_inner(at)

    def _does_something(self, at: int) -> bool:
        """Whether a verb stands at `at` that may be a syllable of a name, and here has an object: how many ("Trạm Thú y
        *in* 300 tờ rơi", "… *điều tra* 40 hộ"), which ("… *gửi* các thôn") or a thing that verbs of one syllable take
        ("… *mua* vật tư")."""
        words = self._words
        object_at = self._phrase_end(at, "field_verbs")
        short = object_at == at and words.norm(at) in rules.words("short_verbs")
        object_at += short
        if object_at == at or self._is_inner(at):
            return False
        if words.number(object_at) or words.norm(object_at) in rules.words("plurals"):
            return True
        if not short:
            return words.norm(object_at) == "cho"
        known = ("verb_objects", "objects")
        return any(self._phrase_end(object_at, kind) > object_at for kind in known)

    def _of_firm(self, hit: Hit) -> int:
        """Where the name of a firm ends that tells its legal form (loại hình doanh nghiệp) and its trades in small
        letters: "Công ty cổ phần *đầu tư và xây dựng Bình Minh*"; the head's end where it tells none."""
        words, at = self._words, hit.end
        form = self._phrase_end(at, "legal_forms")
        if form == at and not any(words.spell(at - n, at, rules.words("legal_forms")) for n in (1, 2)):
            return at
        end = self._of_trades(form)
        if end == form:  # nothing of its trade is told, or what is told it does
            return form if self._of_trade(form) > form else hit.end
        if words.capital(form) and (whole := self.of_words(form)) > end and words.capital(whole - 1):
            return whole  # "Công ty TNHH Xổ số kiến thiết *Lạng Sơn*"
        return end + 1 if words.number(end) else end  # "Công ty TNHH xây dựng *68*"

    def _of_trades(self, form: int) -> int:
        """Where the trades and the proper name of a firm end that begin at `form`. The last ones are what it does where
        their object follows ("Công ty TNHH *quản lý khai thác* 12 trạm bơm") or its proper name stands before them."""
        words = self._words
        at = end = form
        ends = [form]
        while (after := self._of_trade(at)) > at:
            named = self._phrase_end(at, "trades") == at
            at = end = after
            ends.append(end)
            if named and words.letters(at) and not words.capital(at):
                return end  # behind its proper name a trade in small letters is what it does: "… Đông Hà *đầu tư*"
            if words.norm(at) in ("và", ",", "-", "&") and self._phrase_end(at + 1, "trades") > at + 1:
                at += 1
        while end > form and self._has_object(end):
            before = ends[-2]
            first = before if words.letters(before) and words.norm(before) != "và" else before + 1
            if not words.spell(first, end, rules.words("trade_verbs")):
                break
            ends.pop()
            end = ends[-1]
        return end

    def _has_object(self, at: int) -> bool:
        """Whether what stands at `at` is no mark, verb or name: the object of a verb before it."""
        words = self._words
        if words.number(at):  # "Công ty TNHH xây dựng *68* thi công"
            return words.letters(at + 1) and not words.opens(at + 1, rules.words("name_ends"))
        if words.norm(at) == ",":  # "Công ty TNHH *đầu tư*, nâng cấp 3 trạm bơm"
            at += 1
            if at in self._names or at in self._units or at in self._bodies or words.norm(at) in rules.words("plurals"):
                return False
            return words.letters(at) and not words.capital(at)
        return words.letters(at) and not words.capital(at) and not words.opens(at, rules.words("name_ends"))

    def _of_trade(self, at: int) -> int:
        """Where a trade of a firm or its proper name ends that begins at `at`; `at` where none does."""
        end = self._phrase_end(at, "trades")
        if end > at:
            return at if self._is_worked_out(end) else end
        return self._words.proper_name(at, {*self._names, *self._units}) if self._words.letters(at) else at

    def _phrase_end(self, at: int, kind: str) -> int:
        """Where the longest phrase of a list of words ends that begins at `at`; `at` where none does."""
        words, known = self._words, rules.words(kind)
        longest = min(3, words.size - at)
        return next((at + n for n in range(longest, 0, -1) if words.spell(at, at + n, known)), at)

    def _is_worked_out(self, at: int) -> bool:
        """Whether what stands at `at` is drawn up, so that the word before it is a verb: "xây dựng *kế hoạch*"."""
        return any(fold(self._words.between(at, at + n)) in rules.words("worked_out") for n in (1, 2))

    def _ends_small_name(self, at: int) -> bool:
        """Whether a name in small letters ends at `at`, before a level or with the name of a place."""
        words = self._words
        unit = self._units.get(at)
        if unit and rules.groups()[unit.term.label].level and not words.capital(at):
            return True
        if fold(words.between(at, at + 2)) in rules.words("name_tails"):
            return True
        return words.capital(at) and words.capital(at + 1) and at not in self._names and at not in self._bodies

    def of_words(self, start: int) -> int:
        """Where the name ends that goes on at `start` behind its head."""
        words = self._words
        at = end = start
        while at < min(start + _NAME_REACH, words.size):
            norm = words.norm(at)
            if norm == "và" and self._goes_on_behind_and(at + 1):
                at += 1
                continue
            if norm in (",", "/") and (inner := self._behind_inner_comma(start, at)) > at:
                at = end = inner
                continue
            if norm in PUNCTUATION or norm.isspace() or self._begins_other(at):
                break
            if not words.capital(at) and (self._ends_name(at) or (at > start and self._does_something(at))):
                break
            if at in self._units and rules.groups()[self._units[at].term.label].level:
                break
            province = self._levels.province_at(at)
            if province > at and not words.capital(at - 1):
                return province  # "Công ty Khai thác công trình thủy lợi Lạng Sơn"
            at = end = at + 1
        return end

    def _begins_other(self, at: int) -> bool:
        """Whether another body's name begins within a name."""
        return at in self._names and not self._is_word(at)

    def _is_word(self, at: int) -> bool:
        """Whether the name of a body at `at` is a word of another's name: that of a field which is a body's only with
        a level or alone ("Công ty *Viễn thông* …", "Tập đoàn *Điện lực* …")."""
        hit = self._names[at]
        if hit.term.group == "family":
            return rules.families()[hit.term.label].needs_level and not self._levels.read(hit.end)
        return hit.term.kind == "weak" and not self._levels.read(hit.end)

    def _behind_inner_comma(self, start: int, comma: int) -> int:
        """Where a name goes on behind a comma within it, `comma` where it does not: "Phòng, *chống* thiên tai", "Trung
        tâm Xúc tiến Đầu tư, *Thương mại và Hỗ trợ* doanh nghiệp"."""
        words, after = self._words, comma + 1
        inner = rules.words("inner_commas")
        if any(fold(words.between(comma - n, after + m)) in inner for n in (1, 2, 3) for m in (1, 2)):
            return after + 1
        heads = rules.words("one_of_fields")
        headed = any(
            fold(words.between(start - n, start)) in heads and words.norm(start - n - 1) not in rules.words("plurals")
            for n in (1, 2)
        )
        if headed and not words.capital(after):
            return self._behind_field(comma)
        if not headed:
            return comma
        for at in range(after, after + _FIELD_REACH):
            if at in self._names or at in self._bodies or at in self._units or not words.letters(at):
                break
            if at > after and words.norm(at) == "và":
                fields = words.capital(at + 1) and self._goes_on_behind_and(at + 1)
                return after + 1 if fields and at + 1 not in self._units else comma
        return comma

    def _behind_field(self, comma: int) -> int:
        """Where a field in small letters ends that goes on a name behind a comma, if "và" and a last one close the
        list; else the comma: "Trung tâm Xúc tiến đầu tư, *thương mại* và du lịch"."""
        words, after = self._words, comma + 1
        for n in (2, 1, 3, 4):
            if fold(words.between(after, after + n)) in rules.words("fields") and words.norm(after + n) == "và":
                return after + n if self._goes_on_behind_and(after + n + 1) else comma
        return comma

    def _goes_on_behind_and(self, at: int) -> bool:
        """Whether a name goes on behind "và": with a capital that opens no other body, or with a field of work."""
        words = self._words
        if words.capital(at):
            inner = fold(words.between(at, at + 3)) in rules.words("inner_commas")  # "Thủy lợi và *Phòng, chống* …"
            return inner or (at not in self._names and at not in self._bodies)
        return any(fold(words.between(at, at + n)) in rules.words("fields") for n in (1, 2, 3, 4))

    def _is_inner(self, at: int) -> bool:
        """Whether a word that ends names belongs to this one: "đầu tư *xây dựng* công trình giao thông"."""
        words = self._words
        if fold(words.between(at, at + 2)) in rules.words("fields"):
            return True  # "công trình *giao thông*"
        phrases = rules.words("inner_phrases")
        ends = (at + 1, at + 2)  # the word alone, or with its second syllable
        if not any(fold(words.between(at - n, end)) in phrases for n in (1, 2, 3) for end in ends):
            return False
        return not self._is_worked_out(at + 2)
