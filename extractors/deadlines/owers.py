"""Who owes what is due: the one body that has the duty in the clause, the task sheet, the item or the row of a table
in which a time stands.

The bodies are those that `assignments` read; of partners, of those who only receive a report, and of several who share
a duty none is named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

import regex

from extractors.assignments.agency_lists import chain, list_end
from extractors.assignments.doers import SUBJECT_ACTS
from extractors.assignments.handed_out import clauses_of
from extractors.assignments.task_sheets import FIELD, PART, sheet_of
from extractors.cues import cues
from extractors.plan import Block, Section
from extractors.values.patterns import Spanned
from schemas.filtered import filtered
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.context import Plan
    from extractors.language.spans import TermSpan as Span

CUES = cues("deadline_cues.yaml")
ASSIGNED = cues("assignment_cues.yaml")
PARTNERS = frozenset({"coordination", "partner_subject", "sentence_coordination", "table_partner"})
"""Methods of rows whose bodies take part in what another owes."""
APPOINTING = frozenset({"given_in_clause", "lead_in_clause"})
"""Methods of rows whose bodies the words of another's task name."""
GOES_ON = filtered(rf"\W*(?:{ASSIGNED['acts'].pattern})\b")
OPENING = 12
"""A time that stands so near the head of its clause opens it."""
OTHERS_REACH = 40
WORDS_REACH = 600
"""A clause is rarely so long; in a line without end no more is looked through before each time."""
PAUSE = regex.compile(r"[,;:]")


class Duties:
    """The assignments of a plan by the places at which they bind a body."""

    def __init__(self, plan: Plan, rows: Iterable[Assignment]) -> None:
        self.plan = plan
        doers = [row for row in rows if row.method not in PARTNERS]
        tables = [row for row in doers if row.method.startswith("table_")]
        self.in_tables = sorted(tables, key=attrgetter("char_start"))
        self.in_text = sorted((row for row in doers if row not in tables), key=attrgetter("char_start"))
        self.of_blocks: dict[int, list[Assignment]] = {}
        self.of_sections: dict[int, list[Assignment]] = {}
        self.of_sheets: dict[int, list[Assignment]] = {}
        for row in self.in_text:
            block = plan.block_at(row.char_start)
            if row.method == "doer_at_head":
                heads = block.section is not None and block.section.head is block
                place = (self.of_sections, id(block.section)) if heads else (self.of_blocks, block.start)
                place[0].setdefault(place[1], []).append(row)
            elif row.method == "task_sheet" and (sheet := sheet_of(plan, block)) is not None:
                self.of_sheets.setdefault(id(sheet), []).append(row)

    def in_row(self, start: int, end: int) -> str | None:
        """The code of the body that owes what a row of a table sets a time for."""
        return owing(within(self.in_tables, start, end))

    def at(self, time: Spanned) -> str | None:
        """The code of the body that owes what is due at a time of running text; None where none or several do."""
        block = self.plan.block_at(time.start)
        clauses = clauses_of(self.plan, block)
        here = bisect_right(clauses, time.start, key=itemgetter(0)) - 1
        if here < 0 or time.start >= clauses[here][1]:
            return None
        start, end = clauses[here]
        told = self.in_clause(clauses[here], time.start)
        near = max(start, time.start - WORDS_REACH)
        if others_act(self.plan, near, time.start, {row.agency_text for row in told}):
            return None
        if others_named(self.plan.text, near, time.start, {row.char_start for row in told}):
            return None
        if (turn := self.in_turn(near, time.start)) is not None:
            return one_of(self.plan.agency(span).code for span in turn)
        if told:
            return owing(told)
        if acting(self.plan, start, end):
            return None  # bodies of which no row tells
        opens = time.start - start < OPENING
        if opens and (named := acting(self.plan, time.end, end)):
            return one_of(self.plan.agency(span).code for span in named)
        if sheet := self.in_sheet(block):
            return owing(sheet)
        if opens or GOES_ON.match(self.plan.text, start, end):
            if here and ASSIGNED["directs"].match(
                self.plan.text, block.body_start, min(block.end, block.body_start + OPENING)
            ):
                return owing(self.in_item(block, above=True))  # who directs others goes on itself: "…; báo cáo Sở A"
            for at in range(here - 1, -1, -1):
                if told := self.in_clause(clauses[at], clauses[at][1]):
                    return owing(told)
        return owing(self.in_item(block))

    def in_clause(self, clause: tuple[int, int], time: int) -> list[Assignment]:
        """The rows of a clause's doers: those told before the time, else those behind it."""
        rows = [row for row in within(self.in_text, *clause) if not self.is_appointed(row)]
        return [row for row in rows if row.char_start <= time] or rows

    def in_turn(self, start: int, time: int) -> list[Span] | None:
        """The bodies that open the words between another time of the clause and this one, and do what is due (`các xã
        hoàn thành trước 25/10, *cấp huyện* xong trước 05/11`); None where none do."""
        text = self.plan.text
        comma = text.rfind(", ", start, time)
        if comma < 0 or CUES["time_told_before"].search(text, start, comma) is None:
            return None
        named = chain(self.plan, comma + 1, time)
        if not named or text[comma + 1 : named[0].start_char].strip():
            return None
        return named if CUES["does_then"].fullmatch(text, list_end(self.plan, named[-1], time), time) else None

    def is_appointed(self, row: Assignment) -> bool:
        """Whether a clause only makes a body the one that stands ready (`phân công Phòng A là cơ quan thường trực`):
        what is due beside it, the body that appoints it owes."""
        if row.method not in APPOINTING:
            return False
        text = self.plan.text
        name = text.find(row.agency_text, row.char_start, row.char_end)
        at = name + len(row.agency_text)
        begin = max(self.plan.block_at(row.char_start).body_start, name - OTHERS_REACH)
        return (
            name >= 0
            and CUES["appoints"].search(text, begin, name) is not None
            and CUES["appointed"].match(text, at, row.char_end) is not None
        )

    def in_sheet(self, block: Block) -> list[Assignment]:
        """The rows of the task sheet of which a block is a part."""
        sheet = sheet_of(self.plan, block)
        return [row for row in self.of_sheets.get(id(sheet), ()) if self.beside(block, row)] if sheet else []

    def beside(self, block: Block, row: Assignment) -> bool:
        """Whether nothing but parts of one sheet stands from a block to that of a row."""
        first, last = sorted((block, self.plan.block_at(row.char_start)), key=attrgetter("start"))
        between = (*self.plan.blocks_between(first.end, last.start), block)
        return all(self.is_part(b) for b in between)

    def is_part(self, block: Block) -> bool:
        """Whether a block is a part of a task sheet beside the task."""
        place = (self.plan.text, block.body_start, block.end)
        return bool(PART.match(*place) or FIELD.match(*place))

    def in_item(self, block: Block, above: bool = False) -> list[Assignment]:
        """The rows of the doers at the head of the item that holds a block, or of that `above` the block's own."""
        if not above and (told := self.of_blocks.get(block.start)):
            return told
        section: Section | None = block.section
        if above and section is not None and section.head is block:
            section = section.parent
        while section is not None and id(section) not in self.of_sections:
            section = section.parent
        return self.of_sections[id(section)] if section is not None else []


def within(rows: Sequence[Assignment], start: int, end: int) -> Sequence[Assignment]:
    """Those of the rows, which are in order, that begin within text[start:end]."""
    return rows[
        bisect_left(rows, start, key=attrgetter("char_start")) : bisect_left(rows, end, key=attrgetter("char_start"))
    ]


def owing(rows: Sequence[Assignment]) -> str | None:
    """The code of the one body that owes: the one that leads, else the one that is charged."""
    leads = [row for row in rows if row.role == "lead"]
    return one_of(row.agency_code for row in leads or rows)


def one_of(codes: Iterable[str | None]) -> str | None:
    """The code that all bodies share, if any."""
    named = set(codes)
    return named.pop() if len(named) == 1 else None


def acting(plan: Plan, start: int, end: int) -> list[Span]:
    """The bodies with which text[start:end] opens, where they act in it."""
    named = chain(plan, start, end)
    acts = bool(named) and SUBJECT_ACTS.match(plan.text, list_end(plan, named[-1], end), end)
    return named if acts else []


def others_act(plan: Plan, start: int, end: int, doers: Collection[str]) -> bool:
    """Whether the words before a time tell others than the doers what they are to do (`đôn đốc các xã báo cáo trước
    ngày …`), or what they do in the same breath (`kết quả được Sở A thẩm định trước ngày …`)."""
    text = plan.text
    for span in plan.terms("agencies", start, end):
        before = text[max(start, span.start_char - OTHERS_REACH) : span.start_char]
        if span.text.strip() in doers or not acting(plan, span.start_char, end):
            continue
        at_once = PAUSE.search(text, span.end_char, end) is None
        if CUES["others_before"].search(before) or (at_once and CUES["done_by"].search(before)):
            return True
    return False


def others_named(text: str, start: int, end: int, heads: Collection[int]) -> bool:
    """Whether people for whom no row stands open a clause, or are told in it what they are to do (`nhà thầu bàn giao`,
    `theo dõi các chủ hộ hoàn thành …`). `heads`: where the clause's rows begin."""
    for people in CUES["other_people"].finditer(text, start, end):
        at = people.start()
        opens = not any(c.isalpha() for c in text[start:at])
        if at in heads or PAUSE.search(text, people.end(), end):
            continue
        if opens or CUES["others_before"].search(text[max(start, at - OTHERS_REACH) : at]):
            return True
    return False
