"""The plan as an extractor holds it: text, blocks, outline, head data, language analysis, and how a row is grounded."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from extractors.chapters import names_past_results, past_chapters
from extractors.cues import cues, told_by
from extractors.language.agencies import Agency, agency_of
from extractors.language.reading import Reading
from extractors.outline import build_sections
from extractors.plan import MAX_QUOTE, Block, CleanText, Note, Section
from extractors.spans import sentences, trim
from extractors.tables.flattened import flattened_tables
from extractors.tables.group_sums import with_group_sums
from extractors.tables.running_years import Begun
from extractors.tables.signs import rows_of_figures
from extractors.tables.tables import Table, find_tables
from extractors.tables.told_totals import with_told_totals
from extractors.zones import read_blocks
from schemas.provinces import REFORM, is_new, province_of_code

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan
    from extractors.metadata import Metadata

MAX_LEAD_IN = 160
CUES = cues("zone_cues.yaml")
PAST = cues("target_cues.yaml")["past_heading"]
BARE_YEAR = CUES["bare_year"]


@dataclass
class Plan:
    """Everything that extractors ask of one document. Offsets are into `text`."""

    doc_id: str
    clean: CleanText
    text: str = field(init=False)
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    meta: Metadata | None = None
    _issued: dict[str, int] = field(default_factory=dict)
    handed_out: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """What `clauses_of` parted, by where its block begins: many readers ask for the same block."""
    _clauses: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)
    _sentences: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)
    _headings: dict[int, list[str]] = field(default_factory=dict)
    _told_past: dict[tuple[str, ...], bool] = field(default_factory=dict)

    @classmethod
    def read(cls, clean: CleanText, doc_id: str) -> Plan:
        """Cut the cleaned text into blocks and sections. The head is read by the caller (`meta`)."""
        plan = cls(doc_id, clean)
        plan.blocks = read_blocks(clean.text)
        plan.sections, notes = build_sections(clean.text, plan.blocks, plan.new_id)
        plan.notes = [*clean.notes, *notes]
        return plan

    def __post_init__(self) -> None:
        self.text = self.clean.text

    @cached_property
    def reading(self) -> Reading:
        """What the rules of `language` find in the whole text, made once."""
        return Reading.of_text(self.text)

    def terms(self, group: str, start: int, end: int) -> list[TermSpan]:
        """The spans of one group (`agencies`, `funding_sources`, `roles`) within text[start:end], in order."""
        return self.reading.spans_in(group, start, end)

    def agency(self, span: TermSpan) -> Agency:
        """Which body an agency span names in a plan of this issuer (a bare `Ban Chỉ đạo` is the issuer's own)."""
        return agency_of(span, self.meta.issuer_level or "province", self.issuer_is_city, self.districts_ended)

    @cached_property
    def districts_ended(self) -> bool:
        """Whether the plan was issued since July 2025, when there are no districts any more."""
        year, month = self.meta.issued_year, self.meta.issued_month
        if self.meta.issued_date or year is None:
            return is_new(self.meta.issued_date)
        return year > REFORM.year or (year == REFORM.year and month is not None and month >= REFORM.month)

    @cached_property
    def issuer_is_city(self) -> bool:
        """Whether a city run by the centre issued the plan (thành phố trực thuộc trung ương)."""
        return self.meta.issuer_level == "province" and "thành phố" in (self.meta.issuer or "").lower()

    @cached_property
    def city_is_province(self) -> bool:
        """Whether `ngân sách thành phố` is the province's: a city run by the centre issued the plan, or a district or
        commune of one that is no city itself."""
        if self.issuer_is_city or self.meta.issuer_level not in ("district", "commune") or not self.meta.province_code:
            return self.issuer_is_city
        above = province_of_code(self.meta.province_code, self.meta.issued_date)
        own = (self.meta.issuer or "").lower().partition("nhân dân")[2].lstrip()
        return above is not None and above.level == "thành phố" and not own.startswith("thành phố")

    @cached_property
    def body_start(self) -> int:
        """Where the first section begins; the end of the text where there is none."""
        return next((b.start for b in self.blocks if b.zone == "body"), len(self.text))

    @cached_property
    def body_end(self) -> int:
        """Where the closing (Nơi nhận, signature block) begins."""
        return next((b.start for b in self.blocks if b.zone == "closing"), len(self.text))

    @cached_property
    def tables(self) -> list[Table]:
        """The tables whose columns are known, of body and annexes."""
        blocks = [b for b in self.blocks if b.zone in ("body", "annex")]
        tables = (with_told_totals(self.text, blocks, t) for t in find_tables(self.text, blocks, self.begun))
        return [with_group_sums(self.text, table) for table in tables]

    def in_table(self, block: Block) -> bool:
        """Whether a block is a line of such a table; its facts are read by column. Rows that do not fit
        the columns are left to the readers of running text, unless they hold figures in columns: those are read by
        column or not at all."""
        at = bisect.bisect_right(self._table_lines, (block.start, len(self.text) + 1)) - 1
        return at >= 0 and block.start < self._table_lines[at][1]

    @cached_property
    def _table_lines(self) -> list[tuple[int, int]]:
        """The spans of heads and rows of all tables, and of rows of figures, in order."""
        spans = [(r.start, max(r.end, r.start + 1)) for t in self.tables for r in t.rows]
        heads = [(min(c.start for c in t.columns), max(c.end for c in t.columns)) for t in self.tables]
        figures = [(b.start, b.end) for b in rows_of_figures(self.text, self.blocks) if b.zone in ("body", "annex")]
        # A line with an empty first cell begins before its first words.
        return sorted({(min(start, self.block_at(start).start), end) for start, end in (*spans, *heads, *figures)})

    @cached_property
    def flattened(self) -> list[tuple[int, int]]:
        """Where tables stand that a scraper poured into paragraphs: what their figures count is not known."""
        return flattened_tables(self.text, [b for b in self.blocks if b.zone in ("body", "annex")])

    def in_flattened(self, offset: int) -> bool:
        """Whether the character at `offset` stands in such a table."""
        at = bisect.bisect_right(self.flattened, (offset, len(self.text))) - 1
        return at >= 0 and offset < self.flattened[at][1]

    @cached_property
    def body(self) -> list[Block]:
        """The blocks of the body, without tables."""
        return [b for b in self.blocks if b.zone == "body" and not self.in_table(b)]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [b.start for b in self.blocks]

    def block_at(self, offset: int) -> Block:
        """The block that holds the character at `offset`."""
        return self.blocks[max(0, bisect.bisect_right(self._block_starts, offset) - 1)]

    def blocks_between(self, start: int, end: int) -> Iterator[Block]:
        """The blocks that begin within text[start:end], in order."""
        at = bisect.bisect_left(self._block_starts, start)
        while at < len(self.blocks) and self.blocks[at].start < end:
            yield self.blocks[at]
            at += 1

    def clauses(self, block: Block) -> list[tuple[int, int]]:
        """Sentence and semicolon clauses of a block's words, marker left out."""
        place = (block.body_start, block.end)
        if place not in self._clauses:
            self._clauses[place] = sentences(self.text, *place)
        return self._clauses[place]

    def sentence_around(self, clause: tuple[int, int]) -> tuple[int, int]:
        """The sentence of a block that holds a clause, over its semicolons; the clause itself where none does."""
        block = self.block_at(clause[0])
        place = (block.body_start, block.end)
        if place not in self._sentences:
            self._sentences[place] = sentences(self.text, *place, split_semicolons=False)
        told = self._sentences[place]
        found = told[max(bisect.bisect_right(told, clause[0], key=itemgetter(0)) - 1, 0)] if told else clause
        return found if found[0] <= clause[0] and clause[1] <= found[1] else clause

    def headings(self, block: Block) -> list[str]:
        """Headings that stand over a block, innermost first: its section's and those of the enclosing ones."""
        section = block.section
        if section is None:
            return []
        if block.start not in self._headings:
            own = [] if section.head is block else [section.heading]
            lead_in = self.lead_in_above(block)
            above = [a.heading for a in section.ancestors()]
            self._headings[block.start] = ([lead_in] if lead_in else []) + own + above
        return self._headings[block.start]

    @cached_property
    def _past_chapters(self) -> frozenset[str]:
        return past_chapters([s for s in self.sections if s.head.zone == "body"], self.first_year)

    @property
    def first_year(self) -> int | None:
        """The year with which the plan begins, as far as its head tells; None where that was not read."""
        return (self.meta.period_start or self.meta.issued_year) if self.meta else None

    def tells_past(self, headings: Sequence[str]) -> bool:
        """Whether one of the headings over a passage says that it tells what was or is."""
        over = tuple(headings)
        if over not in self._told_past:
            self._told_past[over] = (
                told_by(PAST, over)
                or not self._past_chapters.isdisjoint(over)
                or names_past_results(over, self.first_year)
            )
        return self._told_past[over]

    @cached_property
    def begun(self) -> Begun:
        """The first year of the plan and when it was issued, by which years that were running then are told."""
        meta = self.meta
        if not meta:
            return Begun(self.first_year)
        several = meta.period_end is None or meta.period_start != meta.period_end
        return Begun(self.first_year, meta.issued_year, meta.issued_month, several)

    def lead_in_above(self, block: Block) -> str | None:
        """The unnumbered line that announces the list in which a block stands (`Đến hết năm 2024:`, `Năm 2024`), if
        any."""
        section = block.section
        if section is None or section.head is not block or section.parent is None:
            return None
        said = [b for b in section.parent.blocks if b.start < block.start]
        if not said or said[-1] is section.parent.head:
            return None
        words = self.text[said[-1].start : said[-1].end].strip()
        announces = words.endswith(":") or BARE_YEAR.fullmatch(words)
        return words if announces and len(words) <= MAX_LEAD_IN else None

    def new_id(self, table: str, start: int, end: int, *parts: object) -> str:
        """A row id that the same text always gets: from document, table, place and what tells rows at one place
        apart."""
        key = "|".join(map(str, (self.doc_id, table, start, end, *parts)))
        times = self._issued[key] = self._issued.get(key, 0) + 1
        if times > 1:
            key = f"{key}|{times}"
        return f"{table[0]}{hashlib.sha256(key.encode()).hexdigest()[:16]}"

    def fact(self, start: int, end: int, method: str, confidence: float) -> dict[str, Any]:
        """The provenance columns of a row that text[start:end] supports. Doubtful pages and misspelt words make
        doubtful rows."""
        start, end = trim(self.text, start, end)
        end = min(end, start + MAX_QUOTE)
        section = self.block_at(start).section
        trust = self.clean.confidence_at(start) * self.reading.trust_in(start, end)
        return {
            "doc_id": self.doc_id,
            "section_id": section.section_id if section else None,
            "page": self.clean.page_of(start),
            "char_start": start,
            "char_end": end,
            "quote": self.text[start:end],
            "method": method,
            "confidence": round(confidence * trust, 3),
        }
