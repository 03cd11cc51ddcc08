"""Bodies in one list (`Sở Y tế, Sở Tài chính và UBND các huyện`): where a list begins, goes on and ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.spans import trim
from schemas.filtered import filtered

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
PLACE_TOLD = (
    rf"(?:{CUES['place_told'].pattern})(?:\s(?!(?:{CUES['acts'].pattern}|{CUES['begins_task'].pattern})\b)\p{{L}}+){{1,6}}?"
    r"(?=\s*,\s|\s+và\s)"
)
"""Words for where places lie, up to the next of a list: `UBND các xã *khu vực ven biển* và các đơn vị`."""
ACTS = CUES["acts"].pattern
OWNED = rf"(?:{CUES['owned'].pattern})(?:\s(?!(?:{ACTS})\b)\p{{L}}+,?){{1,12}}?(?=\s(?:{ACTS})\b)"
"""Words for what someone builds, up to the verb: `Chủ đầu tư *dự án hạ tầng khu, cụm công nghiệp* san lấp …`."""
BEHIND = rf"{OWNED}|{CUES['of_the_body'].pattern}|{CUES['between_bodies'].pattern}"
OF_THE_BODY = filtered(rf"(?:{OWNED}|{CUES['of_the_body'].pattern})*+", regex.IGNORECASE)
TAIL = filtered(rf"(?:{BEHIND})*+", regex.IGNORECASE)
"""What may stand behind the last body of a list: level words, brackets, the name of the place."""
JOINER = filtered(rf"(?:{PLACE_TOLD}|{BEHIND})*+", regex.IGNORECASE)
"""What may stand between two bodies of one list: the same, joining words, where places lie."""
BRACKET = filtered(r"\s*\([^()]{0,200}\)")
REST_OF_NAME = filtered(rf"(?!\s(?:{CUES['begins_task'].pattern})\b)(?:\s\p{{Ll}}+){{1,9}}(?=\s*,)")
"""Words in small letters that go on with the name of a body no list holds; others begin its task."""
UNKNOWN = CUES["unknown_in_list"]
"""Bodies between two of a list that no list of ours knows (`Sở A, *Nhóm thiện nguyện B*, Sở C`)."""
ASSOCIATION = CUES["association"]
REST_OF_ASSOCIATION = filtered(rf"(?!\s(?:{ACTS})\b)(?:\s(?!(?:{ACTS})\b)\p{{Ll}}+){{1,9}}(?=\s*,)")
"""The same of the name of an association, of which a list may hold but the head; any verb begins its task."""


def chain(plan: Plan, start: int, end: int) -> list[Span]:
    """The bodies of one list that begins at `start`: agencies with nothing but joiners before and between them."""
    spans: list[Span] = []
    at = start
    for span in plan.terms("agencies", start, end):
        if span.start_char < at or (spans and in_bracket(plan, at, span)):
            continue
        if spans and (rest := rest_of_name(plan, spans[-1], at, span.start_char)):
            at = rest
        if spans and at < span.start_char and (unknown := UNKNOWN.match(plan.text, at, span.start_char)):
            at = unknown.end()
        if not joins(plan, at, span.start_char):
            break
        spans.append(span)
        at = span.end_char
    return spans


def unknown_bodies(plan: Plan, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where bodies that no list knows stand between two of a list that the words of a task name."""
    for last, span in pairwise(plan.terms("agencies", start, end)):
        unknown = UNKNOWN.match(plan.text, last.end_char, span.start_char)
        if unknown is not None and joins(plan, unknown.end(), span.start_char):
            yield trim(plan.text, unknown.start() + 1, unknown.end())


def behind_opening(plan: Plan, opening: regex.Match, end: int) -> list[Span]:
    """The bodies behind the words that may stand before a doer, with the title of who heads the first (`Giao *Giám đốc
    Sở A*`)."""
    titled = chain(plan, opening.start("title"), end) if opening["title"] else []
    return titled or chain(plan, opening.end(), end)


def rest_of_name(plan: Plan, last: Span, at: int, end: int) -> int | None:
    """Where the name of a body ends that goes on in small letters behind `at`, before the next of its list."""
    if last.label_ == "unlisted":
        rest = REST_OF_NAME.match(plan.text, at, end)
    elif ASSOCIATION.match(last.text.strip()):
        rest = REST_OF_ASSOCIATION.match(plan.text, at, end)
    else:
        return None
    return rest.end() if rest else None


def in_bracket(plan: Plan, at: int, span: Span) -> bool:
    """Whether a body stands in a bracket behind one of a list, which only tells more of that one (`Chi cục A (Sở B),
    Sở C`)."""
    bracket = BRACKET.match(plan.text, at)
    return bracket is not None and span.end_char < bracket.end()


def without_branches(plan: Plan, spans: Sequence[Span]) -> list[Span]:
    """The bodies of a list without those that are told as the branch of the one before, behind a dash (`Kho bạc Nhà
    nước - Phòng Giao dịch số 5`)."""
    return [*spans[:1], *(span for last, span in pairwise(spans) if not is_branch(plan, last, span))]


def is_branch(plan: Plan, body: Span, span: Span) -> bool:
    """Whether a body is told as the branch of the one before it, behind a dash."""
    dashed = CUES["dash_of_branch"].fullmatch(plan.text, body.end_char, span.start_char)
    return dashed is not None and CUES["branch"].match(plan.text, span.start_char) is not None


def list_end(plan: Plan, last: Span, end: int) -> int:
    """Where the words after a list begin, whose last body is `last`: behind what may join bodies and brackets."""
    return TAIL.match(plan.text, last.end_char, end).end()


def joins(plan: Plan, end: int, start: int) -> bool:
    """Whether the words between two bodies make one list of them. `end`: of the first; `start`: of the second."""
    return end == start or _joins(plan.text, end, start)


@lru_cache(maxsize=256)
def _joins(text: str, end: int, start: int) -> bool:
    """The same of words; the bodies of an item are asked for as those of its head and of its clauses."""
    return JOINER.match(text, end, start).end() == start


def named_end(plan: Plan, last: Span, end: int) -> int:
    """Where a list of bodies ends whose last one is `last`, with the words that tell more of it (`UBND các xã *liên
    quan*`, `Chi cục A *địa bàn tỉnh B*`)."""
    return OF_THE_BODY.match(plan.text, last.end_char, end).end()


def leading_chain(plan: Plan, start: int, last: Span) -> list[Span]:
    """All bodies of the list that ends with `last`: `Sở A, Sở B chủ trì`."""
    spans = list(plan.terms("agencies", start, last.end_char))
    doers = [spans[-1]]
    for span in reversed(spans[:-1]):
        if not joins(plan, span.end_char, doers[0].start_char):
            break
        doers.insert(0, span)
    return doers
