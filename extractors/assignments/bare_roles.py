"""Clauses that tell no more than who has which role (`… Sở A chủ trì.`, `Giao Sở A chủ trì, phối hợp với Sở B thực
hiện.`): what is to be done stands before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.assignments.agency_lists import behind_opening, chain, list_end
from extractors.assignments.shared_sheets import GENERIC
from extractors.context import Plan
from extractors.cues import cues
from extractors.plan import Block

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
BEFORE_DOER = CUES["before_doer"]
LEADS_ALONE = CUES.naming("leads_alone", "with", "alone")
NO_TASK = CUES["tells_no_task"]
ROLES_CLOSE = CUES.naming("roles_close", "with")


def told_before(plan: Plan, block: Block, clause: tuple[int, int], since: int) -> str | None:
    """The task of a clause that tells but the roles: the sentence before it in the block, from `since` on; of one that
    opens a block the heading above. None where the clause tells a task itself, or none is found."""
    if not tells_roles_alone(plan, clause):
        return None
    before = [c for c in plan.clauses(block) if c[1] <= clause[0]]
    stop = clause[0]
    while before:
        start = max(plan.sentence_around(before[-1])[0], since)
        if NO_TASK.match(plan.text, start, stop) is None:
            return plan.text[start:stop].strip(" ;,") or None
        stop = start
        while before and before[-1][1] > start:
            before.pop()
    above = next(iter(plan.headings(block)), "")
    return above if above and not GENERIC.fullmatch(above) else None


def tells_roles_alone(plan: Plan, clause: tuple[int, int]) -> bool:
    """Whether a clause holds no more than bodies and words for their roles."""
    end = clause[1]
    leading = lead_list(plan, clause)
    roles = LEADS_ALONE.match(plan.text, list_end(plan, leading[-1], end), end) if leading else None
    if roles is None or roles["alone"] is not None:
        return roles is not None
    others = chain(plan, roles.end(), end)
    return bool(others) and ROLES_CLOSE.match(plan.text, others[-1].end_char, end) is not None


def lead_list(plan: Plan, clause: tuple[int, int]) -> list[Span]:
    """The bodies with which a clause opens, also behind the word that hands out."""
    start, end = clause
    return chain(plan, start, end) or behind_opening(plan, BEFORE_DOER.match(plan.text, start, end), end)
