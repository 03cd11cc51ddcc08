"""The bodies that a clause of a task names: those it coordinates with, those it gives the lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extractors.assignments.agency_lists import chain, leading_chain, list_end, without_branches
from extractors.assignments.rows import Task, add
from extractors.context import Plan
from extractors.cues import cues
from schemas.filtered import filtered

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
COORDINATION = CUES["coordination"]
LEAD = CUES["lead"]
SUBJECT_LEADS = CUES.naming("body_leads", "lead")
INSERTED = CUES["inserted"]
PARTNER_AFTER = CUES["partner_after"]
GIVEN = CUES["given"]
GENERIC_BODY = CUES["generic_body"]
OPENS_COORDINATING = CUES["opens_coordinating"]
OPENS_ACTING = filtered(rf"\W*(?:{CUES['acts'].pattern})\b", regex.IGNORECASE)
HEAD_STOP = filtered(r"\s*[:.]")


def read_clause(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Add the bodies that a clause of a task coordinates with or gives the lead to."""
    start, end = clause
    read_coordination(plan, task, clause)
    for match in GIVEN.finditer(plan.text, start, end):
        given = chain(plan, match.end(), end)
        leads = bool(given) and SUBJECT_LEADS.match(plan.text, given[-1].end_char, end) is not None
        role = "lead" if leads else "requested" if match["request"] else "responsible"
        for span in given:
            add(plan, task, span, role, clause_quote(match.start(), span, clause), "given_in_clause", 0.8)
    for span in plan.terms("agencies", start, end):
        if takes_lead(plan, span, start, end) and not leads_thing(plan, span, start):
            add(plan, task, span, "lead", clause_quote(span.start_char, span, clause), "lead_in_clause", 0.85)


def takes_lead(plan: Plan, span: Span, start: int, end: int) -> bool:
    """Whether a body is the one that leads: `Sở A chủ trì`, but not `báo cáo Sở A` or `các cơ quan chủ trì dự án`."""
    leads = SUBJECT_LEADS.match(plan.text, span.end_char, end)
    if not leads or INSERTED.fullmatch(plan.text, start, leads.start("lead")) or is_kind(plan, span, start):
        return False
    return not GENERIC_BODY.fullmatch(span.text) and not CUES["receiver"].search(
        plan.text[max(start, span.start_char - 20) : span.start_char]
    )


def is_kind(plan: Plan, span: Span, start: int) -> bool:
    """Whether the words behind bodies only tell which of a kind are meant, to whom something goes or of whom a bracket
    tells (`báo cáo cấp thẩm quyền (UBND tỉnh và các Bộ chủ trì dự án)`)."""
    if not CUES["of_a_kind"].match(span.text) or not CUES["kind_that_leads"].match(plan.text, span.end_char):
        return False
    first = leading_chain(plan, start, span)[0].start_char
    before = plan.text[start:first]
    return before.rfind("(") > before.rfind(")") or CUES["receiver"].search(before[-24:]) is not None


def leads_thing(plan: Plan, span: Span, start: int) -> bool:
    """Whether a body only leads the thing of which an item's task speaks (`Triển khai các dự án do Bộ A chủ trì`)."""
    return led_by(plan, start, span) and OPENS_ACTING.match(plan.text, start, span.start_char) is not None


def led_by(plan: Plan, start: int, span: Span) -> bool:
    """Whether words before bodies say that something is led by them (`các dự án *do* Sở A, Sở B chủ trì`)."""
    first = leading_chain(plan, start, span)[0].start_char
    return CUES["led_by_others"].search(plan.text, max(start, first - 24), first) is not None


def partners(plan: Plan, start: int, end: int) -> list[Span]:
    """The bodies named after `phối hợp với`. A list may go on over a semicolon (`với các sở, ngành; UBND các huyện`)
    where the clause so far holds nothing but bodies and the next body is not the subject of a clause of its own."""
    spans = beside_people(plan, start, end)
    block_end = plan.block_at(start).end
    if not spans or end >= block_end or plan.text[spans[-1].end_char : end].strip() != ";":
        return spans
    for span in chain(plan, spans[-1].end_char, block_end):
        tail = list_end(plan, span, block_end)
        if SUBJECT_LEADS.match(plan.text, tail, block_end) or HEAD_STOP.match(plan.text[tail : tail + 3]):
            break
        spans.append(span)
    return spans


def beside_people(plan: Plan, start: int, end: int) -> list[Span]:
    """The bodies of a list among whom people may stand of whom no row tells (`với các chuyên gia, Sở A, người dân và
    Hội B`)."""
    spans = chain(plan, start, end)
    at = spans[-1].end_char if spans else start
    while people := CUES["people_beside"].match(plan.text, at, end):
        more = chain(plan, people.end(), end)
        spans += more
        at = more[-1].end_char if more else end
    return spans


def clause_quote(begin: int, span: Span, clause: tuple[int, int]) -> tuple[int, int]:
    """A quote from the words that bind the body to the task, to the end of the clause."""
    return begin, max(span.end_char, clause[1])


def read_coordination(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Add the bodies that a clause coordinates with."""
    joining = (*COORDINATION.finditer(plan.text, *clause), *CUES["together"].finditer(plan.text, *clause))
    for match in joining:
        for span in without_branches(plan, partners(plan, match.end(), clause[1])):
            task.partners_end = max(task.partners_end, span.end_char)
            place = clause_quote(match.start(), span, (clause[0], max(clause[1], task.words_end)))
            add(plan, task, span, "coordinate", place, "coordination", 0.92)
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
