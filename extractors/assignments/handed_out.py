"""Sentences that hand out tasks to bodies one after another: `Giao Sở A lập kế hoạch, Sở B bố trí kinh phí`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extractors.assignments.agency_lists import behind_opening, chain, list_end
from extractors.context import Plan
from extractors.cues import cues
from extractors.plan import Block
from schemas.filtered import filtered

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
HANDS_OUT = CUES["hands_out"]
HANDS_ON = CUES["hands_on"]
NEXT_IN_TURN = CUES["next_in_turn"]
GOVERNS = CUES["governs"]
VERB = filtered(rf"\s*(?:{CUES['acts'].pattern})\b")
"""In small letters: with a capital a title or a name goes on."""
OPENS_WITH_VERB = filtered(rf"(?:{CUES['and_before_task'].pattern})(?:{CUES['acts'].pattern})\b", regex.I)
REACH = 16
TASK_REACH = 400


def clauses_of(plan: Plan, block: Block) -> list[tuple[int, int]]:
    """The clauses of a block; one that hands out several tasks is parted where the next body has a verb of its own, and
    one that holds but the first bodies of a list goes on in the next (`Yêu cầu các sở, ngành; UBND các xã rà soát …`).
    """
    known = plan.handed_out.get(block.start)
    if known is not None:
        return known
    clauses: list[tuple[int, int]] = []
    for start, end in plan.clauses(block):
        if clauses and names_alone(plan, clauses[-1]) and opens_with_body(plan, start, end):
            clauses[-1] = (clauses[-1][0], end)
        else:
            clauses.append((start, end))
    parts = plan.handed_out[block.start] = [part for clause in clauses for part in in_turn(plan, block, clause)]
    return parts


def given_on(plan: Plan, tail: int, end: int) -> tuple[list[Span], bool]:
    """The bodies to which the one named before `tail` gives the task on (`Ủy ban nhân dân huyện giao Phòng A …`), and
    whether it only asks them."""
    hands = HANDS_ON.match(plan.text, tail, end)
    if hands is None or hands["directs"]:
        return [], False
    return chain(plan, hands.end(), end), bool(hands["request"])


def names_alone(plan: Plan, clause: tuple[int, int]) -> bool:
    """Whether a clause that a semicolon ends holds no more than bodies and the word that hands out to them."""
    start, end = clause
    if plan.text[end - 1] != ";" or plan.text[end - 2 : end] == ".;":
        return False
    adverbial = CUES["adverbial"].match(plan.text, start, end)
    at = adverbial.end() if adverbial else start
    named = behind_opening(plan, CUES["before_doer"].match(plan.text, at, end), end - 1)
    return bool(named) and not plan.text[list_end(plan, named[-1], end - 1) : end - 1].strip()


def opens_with_body(plan: Plan, start: int, end: int) -> bool:
    """Whether a clause opens with a body."""
    named = chain(plan, start, end)
    return bool(named) and not plan.text[start : named[0].start_char].strip()


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
