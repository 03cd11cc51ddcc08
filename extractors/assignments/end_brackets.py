"""Tasks that end in a bracket which names who is to do them: `Rà soát quỹ đất công (Sở Tài chính).`, `Lập bản đồ ngập
(Sở A chủ trì, Sở B phối hợp)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from extractors.assignments.agency_lists import chain, list_end
from extractors.assignments.circles import circles
from extractors.assignments.clauses import COORDINATION, LEAD, OPENS_ACTING
from extractors.assignments.doers import SUBJECT_ACTS
from extractors.assignments.rows import Task, add
from extractors.assignments.told_roles import places, told_roles
from extractors.components import component_at
from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.plan import MAX_QUOTE, Block
from extractors.spans import trim
from schemas.filtered import filtered
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
AIMS = cues("target_cues.yaml")
BRACKET = filtered(r"\(([^()]{2,300})\)[\s.;:]*$")
VERB = filtered(rf"\b(?:{CUES['acts'].pattern}|{CUES['changes'].pattern})\b", regex.IGNORECASE)
INNER = filtered(r"\(([^()]{2,300})\)")
ROLE_AT_END = filtered(r"\([^()]{2,40}\)[\s.;]*$")
GROUP = "agency.group."
PLACES, BENEFICIARIES = circles()["places"], circles()["beneficiaries"]
SURE, BARE, SEVERAL = 0.88, 0.75, 0.6
"""How sure a row is whose bracket tells what its bodies do, holds one body alone, or several without a word between."""


@dataclass(frozen=True)
class EndBracket:
    """The bracket at the end of a task: where it begins, its bodies, the role that it tells of each, and whether it
    says what they do."""

    start: int
    spans: list[Span]
    roles: list[str | None]
    says: bool


def read_end_bracket(plan: Plan, block: Block, clause: tuple[int, int]) -> list[Assignment]:
    """The rows of a task that ends in a bracket of nothing but bodies and words for their roles, or in a list of bodies
    behind a colon with their roles in brackets; what stands alone behind a full stop tells of the whole block. Not
    read where the task names who acts itself, or other parts of it tell of others."""
    bracket = bracket_of(plan, clause) or list_of(plan, clause)
    if bracket is not None and bracket.start == clause[0]:
        clause = (block.body_start, clause[1])
    if bracket is None or bracket.start == clause[0]:
        return []
    words = trim(plan.text, clause[0], bracket.start)
    if any(told_between(plan, m.start(), m.span(1)) for m in INNER.finditer(plan.text, *words)):
        return []  # "nhà kho (Sở A), bến bãi (Sở B)"
    if AIMS["past_clause"].search(plan.text, *words) or names_doer(plan, *words) or tells_more(plan, bracket, *words):
        return []
    spans = bracket.spans
    if not bracket.says and not (is_task(plan, block, words) and names_offices(plan, spans)):
        return []
    task = Task(*clause, component_at(plan, block.section, clause), plan.text[slice(*words)])
    sure = SURE if bracket.says else BARE if len(spans) == 1 else SEVERAL
    for span, role in zip(spans, bracket.roles, strict=True):
        add(plan, task, span, role or "responsible", quoted(clause, bracket), "end_bracket", sure)
    return list(task.rows.values())


def read_partners(plan: Plan, task: Task, clause: tuple[int, int]) -> None:
    """Add the bodies to a task which the bracket at the end of its clause says take part (`Sở A lập sổ (Sở B phối
    hợp)`)."""
    bracket = bracket_of(plan, clause)
    if bracket is None:
        return
    for span, role in zip(bracket.spans, bracket.roles, strict=True):
        if role == "coordinate":
            add(plan, task, span, role, quoted(clause, bracket), "end_bracket", SURE)


def quoted(clause: tuple[int, int], bracket: EndBracket) -> tuple[int, int]:
    """The task with its bracket; of a long one the bracket alone, which a quote must hold."""
    return (clause[0] if clause[1] - clause[0] < MAX_QUOTE else bracket.start), clause[1]


def bracket_of(plan: Plan, clause: tuple[int, int]) -> EndBracket | None:
    """The bracket at the end of a clause, where it holds no more than bodies, joining words and words for what these
    do."""
    match = BRACKET.search(plan.text, *clause)
    return told_between(plan, match.start(), match.span(1)) if match else None


def list_of(plan: Plan, clause: tuple[int, int]) -> EndBracket | None:
    """The list of bodies behind the last colon of a clause, or all of it, that tells their roles in brackets (`Rà soát
    biên chế: Sở A (chủ trì), Sở B (phối hợp)`)."""
    if ROLE_AT_END.search(plan.text, *clause) is None:
        return None
    colon = plan.text.rfind(":", *clause)
    listed = told_between(plan, max(colon, clause[0]), (colon + 1 if colon >= 0 else clause[0], clause[1]))
    return listed if listed and "lead" in listed.roles else None


def told_between(plan: Plan, at: int, place: tuple[int, int]) -> EndBracket | None:
    """What text[slice(*place)] tells of bodies, of which alone it speaks; it is opened by the sign `at`."""
    start, end = place
    spans = plan.terms("agencies", start, end)
    ends = [start, *(span.end_char for span in spans)]
    starts = [*(span.start_char for span in spans), end]
    beside = list(zip(ends, starts, strict=True))
    if not spans or not all(CUES["beside_bodies"].fullmatch(plan.text, a, b) for a, b in beside):
        return None
    roles = told_roles(plan.text, places(spans), start, end)
    says = any(roles) or any(CUES["duty_in_bracket"].search(plan.text, a, b) for a, b in beside)
    return EndBracket(at, spans, roles, says)


def names_doer(plan: Plan, start: int, end: int) -> bool:
    """Whether the words of a task tell themselves who acts: they open with a body and a verb, or say who leads or takes
    part."""
    named = chain(plan, start, end)
    acts = named and SUBJECT_ACTS.match(plan.text, list_end(plan, named[-1], end), end) is not None
    return acts or any(cue.search(plan.text, start, end) for cue in (LEAD, COORDINATION))


def tells_more(plan: Plan, bracket: EndBracket, start: int, end: int) -> bool:
    """Whether a bracket tells more of what stands right before it: of a body, person, place, document or amount (`Chi
    cục A (Sở B)`), or to whom something is sent (`gửi báo cáo về tỉnh (Sở A)`)."""
    named = plan.terms("agencies", start, end)
    if named and named[-1].end_char == end:
        own = {plan.agency(span).code for span in bracket.spans}
        before = plan.agency(named[-1]).code
        if named[-1].text[:1].isupper() or before not in (PLACES | BENEFICIARIES) - own:
            return True
    return any(CUES[cue].search(plan.text, start, end) for cue in ("bracket_tells_more", "sent_to"))


def is_task(plan: Plan, block: Block, words: tuple[int, int]) -> bool:
    """Whether words before a bracket of bodies alone tell a task: with a verb, under no heading of aims."""
    headings = plan.headings(block)
    if told_by(AIMS["target_heading"], headings[:1]):
        return False
    ahead = any(told_by(CUES[cue], headings) for cue in ("task_heading", "looks_ahead"))
    return (VERB.search if ahead else OPENS_ACTING.match)(plan.text, *words) is not None


def names_offices(plan: Plan, spans: list[Span]) -> bool:
    """Whether a bracket of bodies alone names one that has tasks by its office: standing groups, schools and firms may
    as well be those for whom something is done, or where (`cấp máy lọc nước (các huyện)`)."""
    return not spans[0].id_.startswith(GROUP) and any(plan.agency(s).code not in (None, *BENEFICIARIES) for s in spans)
