"""The tasks of an item with a doer at its head: what its doers are to do, with whom, and what others do in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

import regex

from extractors.assignments.agency_lists import chain, list_end
from extractors.assignments.clauses import COORDINATION, LEAD, OPENS_COORDINATING, led_by, read_clause
from extractors.assignments.doers import GROUPS, Item
from extractors.assignments.end_brackets import read_partners
from extractors.assignments.handed_out import HANDS_OUT, OPENS_WITH_VERB, clauses_of
from extractors.assignments.others_tasks import (
    OF_SEVERAL,
    among_doers,
    closes_chapter,
    names_doers,
    read_own_task,
    subjects_of,
)
from extractors.assignments.rows import Task, add, part_of
from extractors.assignments.task_sheets import FIELD, read_fields
from extractors.assignments.told_roles import bracketed_roles, places, role_end
from extractors.components import component_at, component_in
from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.language.fold import fold
from extractors.plan import Block, Section
from schemas.filtered import filtered
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
STANDING = CUES["standing"]
NOT_LEADING = CUES["not_leading"]
IS_LEAD = CUES["item_is_of_lead"]
INSERTED = CUES["inserted"]
GIVEN_TO = CUES["given_to"]
NAMED_TASK = CUES["named_task"]
DIRECTS = CUES["directs"]
OPENS_AIM = CUES["opens_aim"]
AIMS = cues("target_cues.yaml")
REST_OF_NAME = filtered(r"\p{L}[^;.:]{0,80}:\s*")
BRACKETS = filtered(r"\s*\([^()]{0,80}\)")
GIVEN_REACH = 120
SENTENCE = 80
"""Characters of a block that is a sentence, and no heading."""
QUOTE = 500
"""Characters up to which a quote goes on to the end of the first clause of a task."""


def read_item(plan: Plan, item: Item) -> list[Assignment]:
    """The rows of an item: its doers, those they coordinate with, those whom it gives the lead in a clause."""
    doers = item.doers
    task_start, task_end = first_task(plan, item)
    if task_start is None:
        return asked_with_others(plan, item) if doers.requested else directing_others(plan, item)
    if OPENS_AIM.match(plan.text, task_start) and told_by(AIMS["target_heading"], plan.headings(item.head)):
        return []  # "3. Bảo hiểm xã hội: Phấn đấu đến năm 2025 …" among the aims names a field, no body
    if tells_quota(plan, task_start, task_end) and told_by(CUES["award_heading"], plan.headings(item.head)):
        return []  # "- Sở Y tế: Không quá 02 cá nhân" tells how many may be named
    if CUES["amount_alone"].fullmatch(plan.text, task_start, task_end):
        return []  # "- Bảo tàng tỉnh: 30 tỷ đồng" tells what is set apart for it
    first = (task_start, told_to(plan, item, (task_start, task_end)))
    component = component_at(plan, item.head.section, (task_start, task_end)) or component_named(
        plan, plan.text[task_start:task_end], item.blocks
    )
    told = bracketed_roles(plan.text, places(doers.spans), item.head.end)
    if any(told):
        role, role_at = "requested" if doers.requested else "responsible", None
    else:
        role, role_at = role_of(plan, item)
    own = clause_at(plan, item, role_at, first)
    words = plan.text[slice(*first)]
    above = first_directing(plan, item, task_start)
    if above is not None:
        words = plan.text[slice(*above)]
    if own[0] >= first[1]:  # the later clause that makes them the lead is as much of their task as the first
        words = f"{words.strip(' ;')} … {plan.text[own[0] : told_to(plan, item, own)]}"
    task = Task(item.head.start, item.blocks[-1].end, component, words)
    apart = role == "responsible" and not any(told) and told_apart(plan, item, (task_start, task_end))
    others = read_parts(plan, item, task, first, own) if apart else []
    known = [*others, *task.rows.values()]
    quote_end = first[1] if first[1] - doers.spans[0].start_char < QUOTE else doers.spans[-1].end_char
    directing = plan.text[doers.directs_from : first[1]].strip(" ,:") if doers.directs_from else ""
    for span, own_role in zip(doers.spans, told, strict=True):
        if any(is_row_of(plan, span, row) for row in known):
            continue
        task.words = directing if span.start_char < doers.directs_from else words
        add(plan, task, span, own_role or role, (doers.spans[0].start_char, quote_end), "doer_at_head", 0.93)
    if not apart:
        others = read_parts(plan, item, task, first, own)
    return [*task.rows.values(), *others]


def is_row_of(plan: Plan, span: Span, row: Assignment) -> bool:
    """Whether a row is one of a body, by its name or, where only one body has its code, by that."""
    agency = plan.agency(span)
    single = agency.code is not None and not agency.one_of_many and agency.code not in GROUPS | OF_SEVERAL
    return fold(row.agency_text) == fold(span.text) or (single and row.agency_code == agency.code)


def told_apart(plan: Plan, item: Item, clause: tuple[int, int]) -> bool:
    """Whether the first clause of an item with several doers is the task of some of them alone, so that clauses tell
    who has which role (`2. Sở A, Sở B`, below it `Sở A chủ trì, phối hợp với Sở B …`)."""
    subjects = subjects_of(plan, clause, item) if len(item.doers.spans) > 1 else []
    return bool(subjects) and among_doers(plan, subjects, item)


def read_parts(plan: Plan, item: Item, task: Task, first: tuple[int, int], own: tuple[int, int]) -> list[Assignment]:
    """Add those to an item's rows with whom its doers do a part of it, each under the clause that names them; returns
    the rows of clauses that are the task of another body. `first`: the place of the task's first words; `own`: of the
    clause that gives the doers their role, whose partners share their task."""
    others: list[Assignment] = []
    for block in item.blocks:
        if is_field(plan, item, block) and read_fields(plan, task, block):
            continue
        for clause in clauses_behind_head(plan, item, block):
            subjects = subjects_of(plan, clause, item)
            component = component_at(plan, item.head.section, clause) if clause[0] > first[0] else task.component
            if subjects and subjects[0].start_char >= task.partners_end:
                asked = item.doers.requested and not HANDS_OUT.match(plan.text, *clause)
                asked = asked and not closes_chapter(plan, item, block, clause, subjects)
                others += read_own_task(plan, task, clause, subjects, asked, component)
                continue
            words_end = told_to(plan, item, clause)
            words = plan.text[max(clause[0], first[0]) : words_end]
            part = part_of(task, clause, component, words, words_end)
            if clause[0] <= own[0] < clause[1]:
                part.own_id, part.above = task.own_id, None
            read_clause(plan, part, clause)
            read_partners(plan, part, clause)
            task.partners_end = part.partners_end
    return others


def clauses_behind_head(plan: Plan, item: Item, block: Block) -> list[tuple[int, int]]:
    """The clauses of one of an item's blocks, without the words that name its doers."""
    start = item.words_start(block)
    return [(max(a, start), b) for a, b in clauses_of(plan, block) if b > start]


def clause_at(plan: Plan, item: Item, place: int | None, first: tuple[int, int]) -> tuple[int, int]:
    """The clause of an item that holds a place; `first`, its first words, where none does."""
    if place is None or place < first[1]:
        return first
    clauses = clauses_behind_head(plan, item, plan.block_at(place))
    return next((c for c in clauses if c[0] <= place < c[1]), first)


def told_to(plan: Plan, item: Item, clause: tuple[int, int]) -> int:
    """Where the task of an item's clause ends: with the next clause where this one breaks off behind its partners
    (`Phối hợp với Sở A:`, `phối hợp với các sở; UBND các xã làm …`), also at the end of a point with a list below."""
    start, end = clause
    block = plan.block_at(start)
    heads_list = block.section is not None and block.section.head is block and bool(block.section.children)
    if plan.text[end - 1] not in ";:" and not (heads_list and end == block.end):
        return end
    named = [span for m in COORDINATION.finditer(plan.text, start, end) for span in chain(plan, m.end(), end)]
    open_end = bool(named) and not plan.text[list_end(plan, named[-1], end) : end].strip(" ;:,.")
    behind = clause_behind(plan, item, block, end)
    open_end = open_end or CUES["list_follows"].search(plan.text, start, end) is not None
    if open_end or CUES["role_alone"].fullmatch(plan.text, start, end) or is_ground(plan, item, clause, behind):
        return behind[1] if behind else end
    return end


def clause_behind(plan: Plan, item: Item, block: Block, end: int) -> tuple[int, int] | None:
    """The clause of an item behind the one that ends at `end` in a block: there or in the next of its blocks."""
    clauses = clauses_of(plan, block)
    behind = bisect_left(clauses, (end,))
    if behind < len(clauses):
        return clauses[behind]
    at = bisect_right(item.blocks, block.start, key=attrgetter("start"))
    return next((c for b in item.blocks[at : at + 1] for c in clauses_behind_head(plan, item, b)), None)


def is_ground(plan: Plan, item: Item, clause: tuple[int, int], behind: tuple[int, int] | None) -> bool:
    """Whether a clause only tells on what ground its doers act, whom the next one names (`Trên cơ sở nhu cầu của các
    đơn vị; Sở A tham mưu …`)."""
    if behind is None or not CUES["ground"].match(plan.text, *clause):
        return False
    named = chain(plan, *behind)
    return bool(named) and not plan.text[behind[0] : named[0].start_char].strip() and names_doers(plan, named, item)


def tells_quota(plan: Plan, start: int, end: int) -> bool:
    """Whether a task is no more than how many may be named, also behind the rest of a long name and a colon."""
    name = REST_OF_NAME.match(plan.text, start, end)
    return any(CUES["quota"].match(plan.text, at, end) for at in (start, name.end() if name else start))


def asked_with_others(plan: Plan, item: Item) -> list[Assignment]:
    """The rows of bodies that are asked in a heading whose list names who does what (`Đề nghị MTTQ xã và các đoàn
    thể`); of their own task no more is told than the heading."""
    if item.head.section is None or not item.head.section.children:
        return []
    task = Task(item.head.start, item.head.end, None, plan.text[item.head.body_start : item.head.end])
    for span in item.doers.spans:
        add(plan, task, span, "requested", (item.head.body_start, item.head.end), "doer_at_head", 0.75)
    return list(task.rows.values())


def directing_others(plan: Plan, item: Item) -> list[Assignment]:
    """The rows of bodies whose first item below the heading has them direct others and then act themselves (`1. UBND
    các huyện`, `- Chỉ đạo UBND các xã lập hồ sơ; báo cáo UBND tỉnh`): what they do themselves is their task."""
    section = item.head.section
    below = section.children if section is not None and section.head is item.head else []
    if not below or not DIRECTS.match(plan.text, below[0].head.body_start, below[0].head.end):
        return []
    later = clauses_of(plan, below[0].head)[1:]
    own = next((c for c in later if OPENS_WITH_VERB.match(plan.text, *c)), None)
    if own is None:
        return []
    task = Task(item.head.start, own[1], component_at(plan, section, own), plan.text[slice(*own)])
    for span in item.doers.spans:
        add(plan, task, span, "responsible", (item.head.body_start, item.doers.end), "doer_at_head", 0.85)
    return list(task.rows.values())


def component_named(plan: Plan, words: str, blocks: list[Block]) -> str | None:
    """The component that an item is about: the one that its first clause names, or, where that clause speaks of a
    project without its number, the one that the whole item names."""
    named = component_in(words)
    if named or not NAMED_TASK.search(words):
        return named
    return component_in(" ".join(plan.text[b.body_start : b.end] for b in blocks))


def behind_doers(plan: Plan, item: Item) -> int:
    """Where the bracket behind the last of an item's doers ends, which tells more of it and is no task (`Chi cục A (Sở
    B) tuần tra …`)."""
    role = role_end(plan.text, item.doers.spans[-1].end_char, item.head.end)
    bracket = CUES["bracket_behind_doer"].match(plan.text, item.doers.end, item.head.end)
    return max(role, bracket.end() if bracket else item.doers.end)


def first_task(plan: Plan, item: Item) -> tuple[int | None, int]:
    """Where the first clause of an item's task stands: after the doers, or in the next block."""
    for block in item.blocks:
        start = behind_doers(plan, item) if block is item.head else item.words_start(block)
        while start < block.end and plan.text[start] in " :.,;-–)":
            start += 1
        if start < block.end:
            clause = next((c for c in clauses_of(plan, block) if c[1] > start), (start, block.end))
            return max(start, clause[0]), clause[1]
    return None, item.head.end


def role_of(plan: Plan, item: Item) -> tuple[str, int | None]:
    """The role of an item's doers over all its tasks: `lead` beats `requested` beats the rest (GUIDE of the gold); and
    the place of the words that make them the lead, where they stand in a task."""
    if item.doers.leads:
        return "lead", None
    for block in item.blocks:
        if is_field(plan, item, block):
            continue  # "- Đơn vị chủ trì: Phòng A" names another
        start = item.words_start(block)
        opening = IS_LEAD.match(plan.text, start, block.end)
        if opening and not goes_on_before(plan, block):
            return "lead", opening.end() - 1
        for match in LEAD.finditer(plan.text, start, block.end):
            if leads_itself(plan, match, start, item):
                return "lead", match.start()
    if item.doers.requested:
        return "requested", None
    if item.doers.joins:
        return "coordinate", None
    task_start, task_end = first_task(plan, item)
    if task_start is not None and CUES["asked_behind"].match(plan.text, task_start, task_end):
        return "requested", None
    opens = OPENS_COORDINATING.match(plan.text, task_start, task_end) if task_start is not None else None
    if opens and opens["ground"] and sum(item.words_start(b) < b.end for b in item.blocks) > 1:
        return "responsible", None  # "a) Căn cứ …, phối hợp với Sở A …" is the first of several tasks
    if opens and any(DIRECTS.match(plan.text, s.head.body_start, s.head.end) for s in first_children(item)):
        return "responsible", None  # what it directs its branches to do stands first and is an item of theirs
    return ("coordinate" if opens else "responsible"), None


def first_children(item: Item) -> list[Section]:
    """The items below the head of one, up to its first task."""
    section = item.head.section
    if section is None or section.head is not item.head:
        return []
    own = {b.start for b in item.blocks}
    return list(takewhile(lambda s: s.head.start not in own, section.children))


def first_directing(plan: Plan, item: Item, start: int) -> tuple[int, int] | None:
    """The clause with which the first item below a heading has its doers direct others (`1. UBND các xã`, `- *Chỉ đạo
    các trường …*`, `- Phối hợp …`): their first task, though those others have a row of it, too."""
    first = next(iter(first_children(item)), None) if start > item.head.end else None
    if first is None or not DIRECTS.match(plan.text, first.head.body_start, first.head.end):
        return None
    return next(iter(clauses_of(plan, first.head)), None)


def goes_on_before(plan: Plan, block: Block) -> bool:
    """Whether a block goes on a sentence that the block before leaves without an end: the dash of `về Cục A - Cơ quan
    thường trực Tổ công tác B` opens no item where the line breaks there."""
    before = plan.block_at(block.start - 1)
    words = plan.text[before.body_start : before.end].rstrip()
    return before is not block and len(words) > SENTENCE and words[-1].isalpha()


def is_field(plan: Plan, item: Item, block: Block) -> bool:
    """Whether a block below the head of an item opens with a field that names bodies (`- Cơ quan phối hợp: …`)."""
    field = FIELD.match(plan.text, block.body_start, block.end) if block is not item.head else None
    return field is not None and bool(chain(plan, field.end(), block.end))


def in_open_bracket(text: str, end: int, stop: int) -> bool:
    """Whether what ends at `end` stands in a bracket that is closed before `stop` (`Phòng A (*Phòng B*) là …`)."""
    return text.count(")", end, stop) > text.count("(", end, stop)


def leads_itself(plan: Plan, match: regex.Match, start: int, item: Item) -> bool:
    """Whether a `chủ trì` is said of the item's doer, maybe named again, and not of a body named within the task."""
    before = BRACKETS.sub("", plan.text[max(start, match.start() - GIVEN_REACH) : match.start()])[-40:]
    around = plan.text[max(start, match.start() - 16) : match.end() + 20]
    if match["is"] and not STANDING.search(plan.text, match.start(), match.end() + 20):
        return False
    if NOT_LEADING.search(around) and not STANDING.match(match.group()[3:]):
        return False
    if GIVEN_TO.search(before):
        return False
    if INSERTED.fullmatch(plan.text, start, match.start()):
        return True
    near = plan.terms("agencies", max(start, match.start() - GIVEN_REACH), match.start())
    named = [s for s in near if not in_open_bracket(plan.text, s.end_char, match.start())]
    if not named or BRACKETS.sub("", plan.text[named[-1].end_char : match.start()]).strip(" ,:"):
        return True
    if led_by(plan, start, named[-1]):
        return False  # "dự án do các sở, ngành chủ trì": the thing of which the task speaks
    return names_doers(plan, named[-1:], item)
