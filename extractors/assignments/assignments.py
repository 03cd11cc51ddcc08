"""Who does what (phân công nhiệm vụ, tổ chức thực hiện).

Plans give tasks in three forms:

1. *An item with a doer at its head*: `1. Sở Y tế: Chủ trì, phối hợp với …`, the tasks behind or in bullets below.
2. *A sentence that names the lead*: `Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính …`, wherever it stands.
3. *A field of a task sheet*: `Cơ quan chủ trì: Sở Y tế. Cơ quan phối hợp: …`.

One row for each agency of a task. Bodies that only receive a report or advice are no party to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.assignments.agency_lists import behind_opening, chain, leading_chain, list_end
from extractors.assignments.bare_roles import told_before
from extractors.assignments.clauses import (
    COORDINATION,
    LEAD,
    OPENS_COORDINATING,
    partners,
    read_coordination,
    takes_lead,
)
from extractors.assignments.doers import OPENING, SUBJECT_ACTS, encouraged, find_items, unnamed
from extractors.assignments.end_brackets import read_end_bracket, read_partners
from extractors.assignments.handed_out import clauses_of, given_on, opens_with_body
from extractors.assignments.item_tasks import read_item
from extractors.assignments.rows import Task, add
from extractors.assignments.task_sheets import FIELD, SheetReader
from extractors.assignments.told_roles import bracketed_roles, places
from extractors.components import component_at
from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.plan import Block
from schemas.filtered import filtered
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
PASSIVE = CUES["passive"]
PASSIVE_ACTS = CUES["passive_acts"]
LEAD_IN = filtered(r"[^;.:]{0,90}:\s*")
AIMS = cues("target_cues.yaml")
NAMES_REACH = 80
LIST_REACH = 240


def extract_assignments(plan: Plan) -> list[Assignment]:
    """All assignments of a plan, in reading order."""
    rows: list[Assignment] = []
    covered: set[int] = set()
    sheets = SheetReader(plan)
    for item in find_items(plan):
        if names_work(plan, item.head):
            continue
        covered.update(b.start for b in item.blocks)
        if not is_report(plan, item.head):
            rows += read_item(plan, item)
    for block in plan.body:
        if block.start not in covered and not is_report(plan, block) and not names_work(plan, block):
            rows += read_sentences(plan, block, sheets.read(block))
    return sorted(rows, key=lambda r: (r.char_start, r.char_end))


def is_report(plan: Plan, block: Block) -> bool:
    """Whether a block tells what bodies have done, under a heading of results or of how things stand (thực trạng), or
    for whom a plan is (đối tượng); who leads and who works together is told of tasks alone."""
    headings = plan.headings(block)
    if not (plan.tells_past(headings) or told_by(CUES["for_whom_heading"], headings[:2])):
        return False
    if any(told_by(CUES[cue], headings) for cue in ("task_heading", "looks_ahead")):
        return False
    return not any(cue.search(plan.text, block.body_start, block.end) for cue in (LEAD, COORDINATION, FIELD))


def names_work(plan: Plan, block: Block) -> bool:
    """Whether a block tells how the building of a house goes on, under a heading of works: a school that is built
    (`Trường A: khởi công …`) does nothing itself."""
    headings = plan.headings(block)
    if not told_by(CUES["works_heading"], headings[:2]) or told_by(CUES["task_heading"], headings):
        return False
    return CUES["work"].match(plan.text, block.body_start, block.end) is not None


def read_sentences(plan: Plan, block: Block, fields: list[Assignment]) -> list[Assignment]:
    """Assignments of a block that stands in no doer's item. `fields`: those of its task sheet."""
    rows: list[Assignment] = []
    if not plan.terms("agencies", block.body_start, block.end):
        return rows
    rows += fields
    taken = [(r.char_start, r.char_end) for r in fields]
    last: Task | None = None
    award = CUES["award_named"].match(plan.text, block.body_start, block.end)
    begin = award.end() if award else block.body_start
    for whole in clauses_of(plan, block):
        clause = (max(whole[0], begin), whole[1])
        if clause[0] >= clause[1] or any(a < clause[1] and clause[0] < b for a, b in taken):
            continue
        if last is not None and COORDINATION.match(plan.text, *clause):
            known = len(last.rows)
            read_coordination(plan, last, clause)  # "Sở A chủ trì; phối hợp: Sở B": the clause goes on the one before
            rows += list(last.rows.values())[known:]
            continue
        if not plan.terms("agencies", *clause):
            last = None
            continue
        if goes_on_names(plan, block, clause):
            continue  # "100% các huyện; các xã lập kế hoạch": the end of those of whom the clause before tells
        if told := read_end_bracket(plan, block, clause):
            rows += told
            last = None
            continue
        words = plan.text[clause[0] : clause[1]]
        task = Task(clause[0], clause[1], component_at(plan, block.section, clause), words)
        read_sentence(plan, task, clause)
        if task.rows:
            read_partners(plan, task, clause)
            if told := told_before(plan, block, clause, max((r.char_end for r in rows), default=0)):
                task.words = told
                task.rows = {key: replace(row, task=told) for key, row in task.rows.items()}
        rows += task.rows.values()
        last = task if task.rows else None
    return rows


def goes_on_names(plan: Plan, block: Block, clause: tuple[int, int]) -> bool:
    """Whether a clause goes on a list of bodies that the clause before it ends with, of which a share is told, or of
    things (`20% công trình gồm công sở; bến xe; cơ sở giáo dục có lối lên`)."""
    near = max(block.body_start, clause[0] - NAMES_REACH)
    listing = max(block.body_start, clause[0] - LIST_REACH)
    if CUES["one_more_thing"].match(plan.text, *clause) and CUES["such_as"].search(plan.text, listing, clause[0]):
        return True
    if CUES["of_those"].search(plan.text, near, clause[0]) is None or not opens_with_body(plan, *clause):
        return False
    return CUES["goes_on_plainly"].match(plan.text, *clause) is not None


def read_sentence(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Read a sentence that names its lead, or opens with the body that acts."""
    start, end = clause
    spans = plan.terms("agencies", start, end)
    if not spans:
        return
    leads = [span for span in spans if takes_lead(plan, span, start, end)]
    for span in leads:
        doers = leading_chain(plan, start, span)
        if len(leads) == 1 and opens_with(plan, clause, doers[0]):
            task.words = plan.text[list_end(plan, span, end) : end].strip(" ,:")
        for doer in doers:
            add(plan, task, doer, "lead", (doer.start_char, end), "sentence_lead", 0.92)
    for match in PASSIVE.finditer(plan.text, start, end):
        for span in chain(plan, match.end(), end):
            if any((plan.agency(span).code, role) in task.rows for role in ("lead", "coordinate")):
                continue
            if match["given"] or PASSIVE_ACTS.match(plan.text, span.end_char, end):
                add(plan, task, span, "responsible", (start, end), "passive", 0.8)
    if not task.rows:
        read_subject(plan, task, clause)
        if task.rows:
            return
        read_given_within(plan, task, clause)
    if task.rows:
        read_coordination(plan, task, clause)


def read_given_within(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Read the bodies to whom a sentence that tells a task gives it (`Lập đề án chợ đêm, giao Sở A tham mưu`)."""
    for match in CUES["given_within"].finditer(plan.text, *clause):
        for span in chain(plan, match.end(), clause[1]):
            add(plan, task, span, "responsible", clause, "given_in_sentence", 0.8)


def read_subject(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Read a sentence that opens with the body that acts."""
    start, end = clause
    opening = OPENING.match(plan.text, start, end)
    doers = behind_opening(plan, opening, end)
    lead_in = LEAD_IN.match(plan.text[start:end])
    if not doers and lead_in:
        doers = chain(plan, start + lead_in.end(), end)
    begin = start + lead_in.end() if lead_in else start
    if not doers and (adverbial := CUES["adverbial"].match(plan.text, begin, end)):
        opening = OPENING.match(plan.text, adverbial.end(), end)
        doers = behind_opening(plan, opening, end)
    requested = bool(opening["request"])
    if unnamed(doers) or (opening["encourages"] and not encouraged(plan, doers)):
        return
    tail = list_end(plan, doers[-1], end)
    given, asked = given_on(plan, tail, end)
    if given:
        doers, requested, tail = given, asked, list_end(plan, given[-1], end)
    if SUBJECT_ACTS.match(plan.text, tail, end) and not CUES["supported"].match(plan.text, tail, end):
        role = (
            "requested"
            if requested
            else "coordinate"
            if OPENS_COORDINATING.match(plan.text, tail, end)
            else "responsible"
        )
        if opens_with(plan, clause, doers[0]):
            task.words = plan.text[tail:end].strip(" ,:")
        told = bracketed_roles(plan.text, places(doers), end)
        for span, own_role in zip(doers, told, strict=True):
            add(plan, task, span, own_role or role, (span.start_char, end), "sentence_subject", 0.75)
        for match in COORDINATION.finditer(plan.text, doers[-1].end_char, end):
            for span in partners(plan, match.end(), end):
                add(plan, task, span, "coordinate", (match.start(), end), "sentence_coordination", 0.8)


def opens_with(plan: Plan, clause: tuple[int, int], doer: Span) -> bool:
    """Whether a clause opens with a body, but for a label, a phrase of time or ground and the word that hands out
    (`Phân công thực hiện: Sở A …`, `Yêu cầu các sở …`), so that its task is what stands behind the body."""
    at = clause[0]
    for opening in (LEAD_IN, CUES["adverbial"], OPENING):
        match = opening.match(plan.text, at, doer.start_char)
        at = match.end() if match else at
    return not plan.text[at : doer.start_char].strip(" \n,:-–+*")
