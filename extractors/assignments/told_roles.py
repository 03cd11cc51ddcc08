"""The roles that words beside the bodies of a list tell: `Sở A (chủ trì), Sở B, UBND các xã (phối hợp)`, `Sở A chủ trì,
phối hợp với Sở B`, `Chủ trì: Sở A; phối hợp: Sở B`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from extractors.cues import cues

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")
BRACKETED = CUES.naming("bracketed_role", "lead", "coordinate", "responsible")
ROLE_WORD = CUES.naming("role_word", "lead", "coordinate")
BESIDE = CUES["beside_role"]


def places(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Where bodies stand."""
    return [(span.start_char, span.end_char) for span in spans]


def bracketed_roles(text: str, bodies: Sequence[tuple[int, int]], end: int) -> list[str | None]:
    """The role of each body of a list by the bracket behind it, None where none tells; `bodies`: where they stand in
    the text[:end]. Those between the one that leads and one that takes part take part, too."""
    untils = [*(start for start, _ in bodies), end][1:]
    matches = [BRACKETED.match(text, at, until) for (_, at), until in zip(bodies, untils, strict=True)]
    roles = [match.lastgroup if match else None for match in matches]
    if "lead" in roles:
        for i, behind in reversed(list(pairwise(range(roles.index("lead") + 1, len(roles))))):
            if roles[i] is None and roles[behind] == "coordinate":
                roles[i] = "coordinate"
    return roles


def role_end(text: str, at: int, end: int) -> int:
    """Where the bracket ends that tells the role of the body which ends at `at`; `at` where none does."""
    match = BRACKETED.match(text, at, end)
    return match.end() if match else at


def told_roles(text: str, bodies: Sequence[tuple[int, int]], start: int, end: int) -> list[str | None]:
    """The role of each body of text[start:end], a cell or bracket, by the words beside it; None where none tells."""
    marks = list(ROLE_WORD.finditer(text, start, end))
    closing = [m for m in marks if not m["with"] and any(stands_behind(text, at, m.start()) for _, at in bodies)]
    told = bracketed_roles(text, bodies, end)
    if any(told):
        marks, closing = [m for m in marks if m["with"]], []
    return [own or role_at(text, at, marks, closing) for own, (at, _) in zip(told, bodies, strict=True)]


def stands_behind(text: str, end: int, start: int) -> bool:
    """Whether the word for a role at `start` stands right behind the body that ends at `end`."""
    return end <= start and BESIDE.fullmatch(text, end, start) is not None


def role_at(text: str, start: int, marks: Sequence[regex.Match], closing: Sequence[regex.Match]) -> str | None:
    """The role that words tell of the body at `start`: those of `closing` stand behind bodies, that one and others
    before it in the same clause; the rest stand before theirs."""
    before = next((m for m in reversed(marks) if m.end() <= start), None)
    behind = next((m for m in marks if m.start() > start), None)
    if behind in closing and not text.count(";", start, behind.start()) and (before is None or before in closing):
        return role_of(behind)
    return role_of(before) if before is not None and before not in closing else None


def role_of(mark: regex.Match) -> str:
    """The role that a word of duty tells."""
    return "lead" if mark["lead"] else "coordinate"
