"""Who does what (phân công nhiệm vụ, tổ chức thực hiện).

Plans give tasks in three forms:

1. *An item with a doer at its head*: `1. Sở Y tế: Chủ trì, phối hợp với …`, the tasks behind or in bullets below.
2. *A sentence that names the lead*: `Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính …`, wherever it stands.
3. *A field of a task sheet*: `Cơ quan chủ trì: Sở Y tế. Cơ quan phối hợp: …`.

One row for each agency of a task. Bodies that only receive a report or advice are no party to it.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import regex

from extractors.assignments.agency_lists import chain, leading_chain, list_end
from extractors.assignments.doers import OPENING, SUBJECT_ACTS, Doers, Item, encouraged, find_items, unnamed
from extractors.assignments.handed_out import HANDS_OUT, clauses_of
from extractors.assignments.rows import Task, add
from extractors.assignments.task_sheets import FIELD, SheetReader, read_fields
from extractors.components import component_in, component_of
from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.plan import Block, Section
from schemas.filtered import filtered
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
COORDINATION = CUES["coordination"]
LEAD = CUES["lead"]
STANDING = CUES["standing"]
NOT_LEADING = CUES["not_leading"]
SUBJECT_LEADS = CUES.naming("body_leads", "lead")
IS_LEAD = CUES["item_is_of_lead"]
INSERTED = CUES["inserted"]
PARTNER_AFTER = CUES["partner_after"]
PASSIVE = CUES["passive"]
PASSIVE_ACTS = CUES["passive_acts"]
GIVEN = CUES["given"]
GENERIC_BODY = CUES["generic_body"]
GOES_ON = CUES["goes_on"]
REST_OF_NAME = filtered(r"\p{Ll}[^;.:]{0,80}:\s*")
LEAD_IN = filtered(r"[^;.:]{0,90}:\s*")
OPENS_ACTING = filtered(rf"\W*(?:{CUES['acts'].pattern})\b", regex.IGNORECASE)
GIVEN_TO = CUES["given_to"]
HEAD_STOP = filtered(r"\s*[:.]")
SENTENCE = 80
"""Characters of a block that is a sentence, and no heading."""
NAMED_TASK = CUES["named_task"]
OPENS_COORDINATING = CUES["opens_coordinating"]
DIRECTS = CUES["directs"]
OPENS_AIM = CUES["opens_aim"]
AIMS = cues("target_cues.yaml")


def extract_assignments(plan: Plan) -> list[Assignment]:
    """All assignments of a plan, in reading order."""
    rows: list[Assignment] = []
    covered: set[int] = set()
    sheets = SheetReader(plan)
    for item in find_items(plan):
        covered.update(b.start for b in item.blocks)
        if not is_report(plan, item.head):
            rows += read_item(plan, item)
    for block in plan.body:
        if block.start not in covered and not is_report(plan, block):
            rows += read_sentences(plan, block, sheets.read(block))
    return sorted(rows, key=lambda r: (r.char_start, r.char_end))


def is_report(plan: Plan, block: Block) -> bool:
    """Whether a block tells what bodies have done, under a heading of results or of how things stand (thực trạng), or
    for whom a plan is (đối tượng); who leads and who works together is told of tasks alone."""
    headings = plan.headings(block)
    if not (told_by(AIMS["past_heading"], headings) or told_by(CUES["for_whom_heading"], headings[:2])):
        return False
    if any(told_by(CUES[cue], headings) for cue in ("task_heading", "looks_ahead")):
        return False
    return not any(cue.search(plan.text, block.body_start, block.end) for cue in (LEAD, COORDINATION, FIELD))


# --- form 1: an item with a doer at its head -------------------------------------------------------------------------


def read_item(plan: Plan, item: Item) -> list[Assignment]:
    """The rows of an item: its doers, those they coordinate with, those whom it gives the lead in a clause."""
    doers = item.doers
    task_start, task_end = first_task(plan, item)
    if task_start is None and doers.requested:
        return asked_with_others(plan, item)
    if task_start is None or (
        OPENS_AIM.match(plan.text, task_start) and told_by(AIMS["target_heading"], plan.headings(item.head))
    ):
        return []  # "3. Bảo hiểm xã hội: Phấn đấu đến năm 2025 …" among the aims names a field, no body
    if tells_quota(plan, task_start, task_end) and told_by(CUES["award_heading"], plan.headings(item.head)):
        return []  # "- Sở Y tế: Không quá 02 cá nhân" tells how many may be named
    if CUES["amount_alone"].fullmatch(plan.text, task_start, task_end):
        return []  # "- Bảo tàng tỉnh: 30 tỷ đồng" tells what is set apart for it
    words = plan.text[task_start:task_end]
    component = component_at(plan, item.head.section, (task_start, task_end)) or component_named(
        plan, words, item.blocks
    )
    task = Task(item.head.start, item.blocks[-1].end, component, words)
    quote_end = task_end if task_end - doers.spans[0].start_char < 500 else doers.spans[-1].end_char
    role = role_of(plan, item)
    for span in doers.spans:
        add(plan, task, span, role, (doers.spans[0].start_char, quote_end), "doer_at_head", 0.93)
    others: list[Assignment] = []
    for block in item.blocks:
        start = item.words_start(block)
        if is_field(plan, item, block) and read_fields(plan, task, block):
            continue
        for clause in clauses_of(plan, block):
            clause = (max(clause[0], start), clause[1])
            if clause[0] >= clause[1]:
                continue
            later = component_at(plan, item.head.section, clause)
            task.component = component if clause[0] <= task_start else later
            subjects = subjects_of(plan, clause, doers)
            if subjects and subjects[0].start_char >= task.partners_end:
                asked = doers.requested and not HANDS_OUT.match(plan.text, *clause)
                others += read_own_task(plan, task, clause, subjects, asked)
            else:
                read_clause(plan, task, clause)
    return [*task.rows.values(), *others]


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


def component_named(plan: Plan, words: str, blocks: list[Block]) -> str | None:
    """The component that an item is about: the one that its first clause names, or, where that clause speaks of a
    project without its number, the one that the whole item names."""
    named = component_in(words)
    if named or not NAMED_TASK.search(words):
        return named
    return component_in(" ".join(plan.text[b.body_start : b.end] for b in blocks))


def first_task(plan: Plan, item: Item) -> tuple[int | None, int]:
    """Where the first clause of an item's task stands: after the doers, or in the next block."""
    for block in item.blocks:
        start = item.words_start(block)
        while start < block.end and plan.text[start] in " :.,;-–)":
            start += 1
        if start < block.end:
            clause = next((c for c in clauses_of(plan, block) if c[1] > start), (start, block.end))
            return max(start, clause[0]), clause[1]
    return None, item.head.end


def role_of(plan: Plan, item: Item) -> str:
    """The role of an item's doers over all its tasks: `lead` beats `requested` beats the rest (GUIDE of the gold)."""
    if item.doers.leads:
        return "lead"
    for block in item.blocks:
        if is_field(plan, item, block):
            continue  # "- Đơn vị chủ trì: Phòng A" names another
        start = item.words_start(block)
        if IS_LEAD.match(plan.text, start, block.end) and not goes_on_before(plan, block):
            return "lead"
        for match in LEAD.finditer(plan.text, start, block.end):
            if leads_itself(plan, match, start):
                return "lead"
    if item.doers.requested:
        return "requested"
    if item.doers.joins:
        return "coordinate"
    task_start, task_end = first_task(plan, item)
    opens = OPENS_COORDINATING.match(plan.text, task_start, task_end) if task_start is not None else None
    if opens and opens["ground"] and sum(item.words_start(b) < b.end for b in item.blocks) > 1:
        return "responsible"  # "a) Căn cứ …, phối hợp với Sở A …" is the first of several tasks
    if opens and any(DIRECTS.match(plan.text, s.head.body_start, s.head.end) for s in first_children(item)):
        return "responsible"  # what it directs its branches to do stands first and is an item of theirs
    return "coordinate" if opens else "responsible"


def first_children(item: Item) -> list[Section]:
    """The items below the head of one, up to its first task."""
    section = item.head.section
    if section is None or section.head is not item.head:
        return []
    own = {b.start for b in item.blocks}
    return list(takewhile(lambda s: s.head.start not in own, section.children))


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


def leads_itself(plan: Plan, match: regex.Match, start: int) -> bool:
    """Whether a `chủ trì` is said of the item's doer and not of a body named within the task."""
    before = plan.text[max(start, match.start() - 40) : match.start()]
    around = plan.text[max(start, match.start() - 16) : match.end() + 20]
    if match["is"] and not STANDING.search(plan.text, match.start(), match.end() + 20):
        return False
    if NOT_LEADING.search(around) and not STANDING.match(match.group()[3:]):
        return False
    if GIVEN_TO.search(before):
        return False
    if INSERTED.fullmatch(plan.text, start, match.start()):
        return True
    named = [s for s in plan.terms("agencies", max(start, match.start() - 60), match.start())]
    return not (named and not plan.text[named[-1].end_char : match.start()].strip(" ,:"))


# --- clauses: coordination, lead within a clause ---------------------------------------------------------------------


def subjects_of(plan: Plan, clause: tuple[int, int], doers: Doers) -> list[Span]:
    """The bodies, other than the item's doers, with whom a clause opens and who act in it."""
    if CUES["guides"].match(plan.text, *clause) or GOES_ON.match(plan.text, *clause):
        return []
    hands_out = HANDS_OUT.match(plan.text, *clause)
    named = chain(plan, hands_out.end() if hands_out else clause[0], clause[1])
    acts = bool(named) and SUBJECT_ACTS.match(plan.text, list_end(plan, named[-1], clause[1]), clause[1])
    return named if acts and named[0].start_char >= doers.end else []


def read_own_task(
    plan: Plan, item: Task, clause: tuple[int, int], subjects: list[Span], requested: bool
) -> list[Assignment]:
    """The rows of a clause within an item that is the task of another body (`…; Sở Tài chính thẩm định dự toán`)."""
    start, end = clause
    tail = list_end(plan, subjects[-1], end)
    task = Task(start, end, item.component, plan.text[tail:end].strip(" :"))
    read_clause(plan, task, clause)
    opens = OPENS_COORDINATING.match(plan.text, tail, end)
    role = "coordinate" if opens else "requested" if requested else "responsible"
    for span in subjects:
        code = plan.agency(span).code
        if not any((code, r) in rows for r in ("lead", "requested") for rows in (item.rows, task.rows)):
            add(plan, task, span, role, clause_quote(plan, start, span, clause), "clause_subject", 0.75)
    return list(task.rows.values())


def read_clause(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Add the bodies that a clause of a task coordinates with or gives the lead to."""
    start, end = clause
    read_coordination(plan, task, clause)
    for match in GIVEN.finditer(plan.text, start, end):
        given = chain(plan, match.end(), end)
        leads = bool(given) and SUBJECT_LEADS.match(plan.text, given[-1].end_char, end) is not None
        role = "lead" if leads else "requested" if match["request"] else "responsible"
        for span in given:
            add(plan, task, span, role, clause_quote(plan, match.start(), span, clause), "given_in_clause", 0.8)
    for span in plan.terms("agencies", start, end):
        if takes_lead(plan, span, start, end) and not leads_thing(plan, span, start):
            add(plan, task, span, "lead", clause_quote(plan, span.start_char, span, clause), "lead_in_clause", 0.85)


def takes_lead(plan: Plan, span: Span, start: int, end: int) -> bool:
    """Whether a body is the one that leads: `Sở A chủ trì`, but not `báo cáo Sở A` or `các cơ quan chủ trì dự án`."""
    leads = SUBJECT_LEADS.match(plan.text, span.end_char, end)
    if not leads or INSERTED.fullmatch(plan.text, start, leads.start("lead")):
        return False
    return not GENERIC_BODY.fullmatch(span.text) and not CUES["receiver"].search(
        plan.text[max(start, span.start_char - 20) : span.start_char]
    )


def leads_thing(plan: Plan, span: Span, start: int) -> bool:
    """Whether a body only leads the thing of which an item's task speaks (`Triển khai các dự án do Bộ A chủ trì`)."""
    first = leading_chain(plan, start, span)[0].start_char
    if not CUES["led_by_others"].search(plan.text, max(start, first - 24), first):
        return False
    return OPENS_ACTING.match(plan.text, start, first) is not None


def partners(plan: Plan, start: int, end: int) -> list[Span]:
    """The bodies named after `phối hợp với`. A list may go on over a semicolon (`với các sở, ngành; UBND các huyện`)
    where the clause so far holds nothing but bodies and the next body is not the subject of a clause of its own."""
    spans = chain(plan, start, end)
    block_end = plan.block_at(start).end
    if not spans or end >= block_end or plan.text[spans[-1].end_char : end].strip() != ";":
        return spans
    for span in chain(plan, spans[-1].end_char, block_end):
        tail = list_end(plan, span, block_end)
        if SUBJECT_LEADS.match(plan.text, tail, block_end) or HEAD_STOP.match(plan.text[tail : tail + 3]):
            break
        spans.append(span)
    return spans


def clause_quote(plan: Plan, begin: int, span: Span, clause: tuple[int, int]) -> tuple[int, int]:
    """A quote from the words that bind the body to the task, to the end of the clause."""
    return begin, max(span.end_char, clause[1])


# --- forms 2 and 3: sentences and task sheets ------------------------------------------------------------------------


def read_sentences(plan: Plan, block: Block, fields: list[Assignment]) -> list[Assignment]:
    """Assignments of a block that stands in no doer's item. `fields`: those of its task sheet."""
    rows: list[Assignment] = []
    if not plan.terms("agencies", block.body_start, block.end):
        return rows
    rows += fields
    taken = [(r.char_start, r.char_end) for r in fields]
    last: Task | None = None
    for clause in clauses_of(plan, block):
        if any(a < clause[1] and clause[0] < b for a, b in taken):
            continue
        if last is not None and COORDINATION.match(plan.text, *clause):
            before = len(last.rows)
            read_coordination(plan, last, clause)  # "Sở A chủ trì; phối hợp: Sở B": the clause goes on the one before
            rows += list(last.rows.values())[before:]
            continue
        if not plan.terms("agencies", *clause):
            last = None
            continue
        words = plan.text[clause[0] : clause[1]]
        task = Task(clause[0], clause[1], component_at(plan, block.section, clause), words)
        read_sentence(plan, task, clause)
        rows += task.rows.values()
        last = task if task.rows else None
    return rows


def component_at(plan: Plan, section: Section | None, clause: tuple[int, int]) -> str | None:
    """The component of the section above, narrowed by the sub-project that the clause names."""
    above = component_of(plan, section, clause[0])
    named = component_in(plan.text[slice(*clause)])
    if above is None or named is None:
        return above or (named if named and not named.startswith("Tiểu") else None)
    return above if "/" in above or not named.startswith("Tiểu") else f"{above}/{named}"


def read_coordination(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Add the bodies that a clause coordinates with."""
    joining = (*COORDINATION.finditer(plan.text, *clause), *CUES["together"].finditer(plan.text, *clause))
    for match in joining:
        for span in partners(plan, match.end(), clause[1]):
            task.partners_end = max(task.partners_end, span.end_char)
            quote = clause_quote(plan, match.start(), span, clause)
            add(plan, task, span, "coordinate", quote, "coordination", 0.92)
    for span in plan.terms("agencies", *clause):
        if PARTNER_AFTER.match(plan.text, span.end_char, clause[1]) and "," in plan.text[clause[0] : span.start_char]:
            named = leading_chain(plan, clause[0], span)
            if CUES["advised"].search(plan.text[max(clause[0], named[0].start_char - 24) : named[0].start_char]):
                continue
            for partner in named:
                if not any(
                    (plan.agency(partner).code, role) in task.rows for role in ("lead", "responsible", "requested")
                ):
                    add(plan, task, partner, "coordinate", (partner.start_char, clause[1]), "partner_subject", 0.85)


def read_sentence(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Read a sentence that names its lead, or opens with the body that acts."""
    start, end = clause
    spans = plan.terms("agencies", start, end)
    if not spans:
        return
    for span in spans:
        if takes_lead(plan, span, start, end):
            for doer in leading_chain(plan, start, span):
                add(plan, task, doer, "lead", (doer.start_char, end), "sentence_lead", 0.92)
    for match in PASSIVE.finditer(plan.text, start, end):
        for span in chain(plan, match.end(), end):
            if any((plan.agency(span).code, role) in task.rows for role in ("lead", "coordinate")):
                continue
            if match["given"] or PASSIVE_ACTS.match(plan.text, span.end_char, end):
                add(plan, task, span, "responsible", (start, end), "passive", 0.8)
    if task.rows:
        read_coordination(plan, task, clause)
        return
    opening = OPENING.match(plan.text, start, end)
    doers = chain(plan, opening.end(), end)
    lead_in = LEAD_IN.match(plan.text[start:end])
    if not doers and lead_in:
        doers = chain(plan, start + lead_in.end(), end)
    begin = start + lead_in.end() if lead_in else start
    if not doers and (adverbial := CUES["adverbial"].match(plan.text, begin, end)):
        opening = OPENING.match(plan.text, adverbial.end(), end)
        doers = chain(plan, opening.end(), end)
    requested = bool(opening["request"])
    if unnamed(doers) or (opening["encourages"] and not encouraged(plan, doers)):
        return
    tail = list_end(plan, doers[-1], end)
    if SUBJECT_ACTS.match(plan.text, tail, end) and not CUES["supported"].match(plan.text, tail, end):
        role = (
            "requested"
            if requested
            else "coordinate"
            if OPENS_COORDINATING.match(plan.text, tail, end)
            else "responsible"
        )
        for span in doers:
            add(plan, task, span, role, (span.start_char, end), "sentence_subject", 0.75)
        for match in COORDINATION.finditer(plan.text, doers[-1].end_char, end):
            for span in partners(plan, match.end(), end):
                add(plan, task, span, "coordinate", (match.start(), end), "sentence_coordination", 0.8)
