"""Sentences that hand out tasks to bodies one after another: `Giao Sở A lập kế hoạch, Sở B bố trí kinh phí`."""

from __future__ import annotations

import regex

from extractors.assignments.agency_lists import chain, list_end
from extractors.context import Plan
from extractors.cues import cues
from extractors.plan import Block
from schemas.filtered import filtered

CUES = cues("assignment_cues.yaml")
HANDS_OUT = CUES["hands_out"]
NEXT_IN_TURN = CUES["next_in_turn"]
GOVERNS = CUES["governs"]
VERB = filtered(rf"\s*(?:{CUES['acts'].pattern})\b")
"""In small letters: with a capital a title or a name goes on."""
OPENS_WITH_VERB = filtered(rf"(?:{CUES['and_before_task'].pattern})(?:{CUES['acts'].pattern})\b", regex.I)
REACH = 16
TASK_REACH = 400


def clauses_of(plan: Plan, block: Block) -> list[tuple[int, int]]:
    """The clauses of a block; one that hands out several tasks is parted where the next body has a verb of its own."""
    return [part for clause in plan.clauses(block) for part in in_turn(plan, block, clause)]


def in_turn(plan: Plan, block: Block, clause: tuple[int, int]) -> list[tuple[int, int]]:
    """The parts of one clause, one for each body that is given a task."""
    start, end = max(clause[0], block.body_start), clause[1]
    opening = HANDS_OUT.match(plan.text, start, end)
    first = chain(plan, opening.end(), end) if opening else []
    if not first:
        return [clause]
    parts, begin, at = [], clause[0], list_end(plan, first[-1], end)
    for span in plan.terms("agencies", at, end):
        comma = NEXT_IN_TURN.search(plan.text, max(at, span.start_char - REACH), span.start_char)
        if (
            span.start_char < at
            or not comma
            or not acts_before(plan, max(at, comma.start() - TASK_REACH), comma.start())
        ):
            continue
        named = chain(plan, span.start_char, end) or [span]
        tail = list_end(plan, named[-1], end)
        if VERB.match(plan.text, tail, end) and not CUES["acts_with_others"].match(plan.text, tail, end):
            parts.append((begin, comma.start()))
            begin, at = span.start_char, tail
    return [*parts, (begin, end)]


def acts_before(plan: Plan, start: int, end: int) -> bool:
    """Whether the words between a body and the next tell a task of the first that does not take the next one in: the
    nearest verb behind a comma is none that has bodies for its objects, and no list of bodies goes on."""
    before = plan.terms("agencies", start, end)
    if before and list_end(plan, before[-1], end) == end:
        return False
    for piece in reversed(plan.text[start:end].split(",")):
        if GOVERNS.match(piece):
            return False
        if OPENS_WITH_VERB.match(piece):
            return True
    return False
