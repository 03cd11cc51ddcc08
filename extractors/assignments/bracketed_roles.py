"""Roles that stand in brackets behind the bodies of a list: `Sở A (chủ trì), Sở B, UBND các xã (phối hợp)`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.cues import cues

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

ROLE = cues("assignment_cues.yaml").naming("bracketed_role", "lead", "coordinate", "responsible")


def places(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Where bodies stand."""
    return [(span.start_char, span.end_char) for span in spans]


def bracketed_roles(text: str, bodies: Sequence[tuple[int, int]], end: int) -> list[str | None]:
    """The role of each body of a list by the bracket behind it, None where none tells; `bodies`: where they stand in
    the text[:end]. Those between the one that leads and one that takes part take part, too."""
    untils = [*(start for start, _ in bodies), end][1:]
    matches = [ROLE.match(text, at, until) for (_, at), until in zip(bodies, untils, strict=True)]
    roles = [match.lastgroup if match else None for match in matches]
    if "lead" in roles:
        for i, behind in reversed(list(pairwise(range(roles.index("lead") + 1, len(roles))))):
            if roles[i] is None and roles[behind] == "coordinate":
                roles[i] = "coordinate"
    return roles


def role_end(text: str, at: int, end: int) -> int:
    """Where the bracket ends that tells the role of the body which ends at `at`; `at` where none does."""
    match = ROLE.match(text, at, end)
    return match.end() if match else at
