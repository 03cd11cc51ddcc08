"""Clauses within an item that are the task of another body than the item's: `1. Sở A lập sổ. Sở B bố trí kinh phí.`"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.assignments.agency_lists import chain, list_end
from extractors.assignments.circles import circles
from extractors.assignments.clauses import OPENS_COORDINATING, clause_quote, read_clause
from extractors.assignments.doers import BODIES, SUBJECT_ACTS, Item, gives_tasks, is_same
from extractors.assignments.end_brackets import read_partners
from extractors.assignments.handed_out import HANDS_OUT, given_on
from extractors.assignments.rows import Task, add, key_of
from extractors.context import Plan
from extractors.cues import cues
from extractors.language.fold import fold
from extractors.plan import Block
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
GOES_ON = CUES["goes_on"]
OF_SEVERAL = circles()["of_several"]
"""Codes that many bodies have, which are told apart by their names."""
OF_THE_COMMITTEE = circles()["of_the_committee"]


def subjects_of(plan: Plan, clause: tuple[int, int], item: Item) -> list[Span]:
    """The bodies, other than the item's doers, with whom a clause opens and who act in it."""
    start, end = clause
    if CUES["guides"].match(plan.text, start, end) or GOES_ON.match(plan.text, start, end):
        return []
    opening = HANDS_OUT.match(plan.text, start, end) or CUES["before_subject"].match(plan.text, start, end)
    named = chain(plan, opening.end() if opening else start, end)
    if not named or named[0].start_char < item.doers.end or names_doers(plan, named, item):
        return []
    tail = list_end(plan, named[-1], end)
    if SUBJECT_ACTS.match(plan.text, tail, end):
        return named
    begin = opening.end() if opening else start
    opens = not plan.text[begin : named[0].start_char].strip() and named[0].text[:1].isupper()
    known = all(plan.agency(span).code != BODIES for span in named)
    return named if opens and known and acts_there(plan, (tail, end), item) else []


def names_doers(plan: Plan, named: list[Span], item: Item) -> bool:
    """Whether the bodies with whom a clause opens are all that the item has."""
    return len(named) == len(item.doers.spans) and among_doers(plan, named, item)


def among_doers(plan: Plan, named: list[Span], item: Item) -> bool:
    """Whether all of these bodies are doers of the item."""
    own = [(fold(s.text), plan.agency(s)) for s in item.doers.spans]
    return all(any(is_same(*body, fold(s.text), plan.agency(s)) for body in own) for s in named)


def closes_chapter(plan: Plan, item: Item, block: Block, clause: tuple[int, int], subjects: list[Span]) -> bool:
    """Whether a paragraph without a number behind an item is no more of it: the committee's own bodies, of which the
    item asks none, are to report (`5. Đề nghị Hội A: …`, below it `Các sở, ngành gửi báo cáo về Sở B`)."""
    own = all(plan.agency(span).code in OF_THE_COMMITTEE for span in subjects)
    if not own or block is item.head or block.style is not None or clause[0] > block.body_start:
        return False
    if any(plan.agency(span).code in OF_THE_COMMITTEE for span in item.doers.spans):
        return False
    return CUES["reports_in_closing"].match(plan.text, list_end(plan, subjects[-1], clause[1]), clause[1]) is not None


def acts_there(plan: Plan, behind: tuple[int, int], item: Item) -> bool:
    """Whether the word behind bodies is their verb, though no list of verbs holds it: in a chapter that gives out tasks
    any is that is known for none (`Sở A *kiểm kê* kho thóc`, but not `Sở A *có* 12 phòng`)."""
    return gives_tasks(plan, item.head) and CUES["any_verb"].match(plan.text, *behind) is not None


def read_own_task(
    plan: Plan, item: Task, clause: tuple[int, int], subjects: list[Span], requested: bool, component: str | None
) -> list[Assignment]:
    """The rows of a clause within an item that is the task of another body (`…; Sở Tài chính thẩm định dự toán`)."""
    start, end = clause
    tail = list_end(plan, subjects[-1], end)
    given, asked = given_on(plan, tail, end)
    if given:
        subjects, requested, tail = given, asked, list_end(plan, given[-1], end)
    task = Task(start, end, component, plan.text[tail:end].strip(" :"))
    read_clause(plan, task, clause)
    read_partners(plan, task, clause)
    opens = OPENS_COORDINATING.match(plan.text, tail, end)
    role = "coordinate" if opens else "requested" if requested else "responsible"
    for span in subjects:
        if not any(holds(plan, rows, span, r) for r in ("lead", "requested") for rows in (item.rows, task.rows)):
            add(plan, task, span, role, clause_quote(start, span, clause), "clause_subject", 0.75)
    return list(task.rows.values())


def holds(plan: Plan, rows: dict[tuple[str, str], Assignment], span: Span, role: str) -> bool:
    """Whether rows hold a body in a role; one of several of a kind by its name."""
    row = rows.get(key_of(plan, span, role))
    shared = plan.agency(span).code in OF_SEVERAL
    return row is not None and (not shared or fold(row.agency_text) == fold(span.text))
