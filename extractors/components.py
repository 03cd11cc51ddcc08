"""Which sub-project (dự án, tiểu dự án thành phần) a passage belongs to: `Dự án 2`, `Dự án 2/Tiểu dự án 1`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from extractors.context import Plan
from extractors.cues import cues
from extractors.plan import Section

CUES = cues("activity_cues.yaml")
PROJECT = CUES.naming("project_number", "number")
SUB_PROJECT = CUES.naming("sub_project_number", "number")
SEVERAL = CUES["projects_listed"]
HEADING_REACH = 40
OUTER, INNER = "Dự án", "Tiểu dự án"
"""How the columns `component` name a project and a sub-project, however plans write them: `Dự án 2/Tiểu dự án 1`."""


def component_of(plan: Plan, section: Section | None, start: int) -> str | None:
    """The component path of the section that holds `start`: read from the headings above it, outermost first."""
    parts: list[str] = []
    nodes = [section, *section.ancestors()] if section else []
    for node in reversed(nodes):
        kind, number = project_of(plan.text[node.head.body_start : node.head.body_start + HEADING_REACH])
        if kind == OUTER:
            parts = [f"{kind} {number}"]
        elif kind:
            parts = [*parts[:1], f"{kind} {number}"]
    return "/".join(parts) or None


def components_of_rows(rows: Iterable[tuple[int, int, str]]) -> dict[int, str]:
    """The component of each row of a table, by where it starts: that of its own name, or of the nearest row above that
    stands less deep. `rows`: start, depth and name of each, in reading order."""
    found: dict[int, str] = {}
    above: list[tuple[int, str]] = []
    for start, depth, name in rows:
        above = [a for a in above if a[0] < depth]
        kind, number = project_of(name[:HEADING_REACH])
        if kind:
            outer = above[0][1].split("/")[0] if above and kind != OUTER else ""
            above.append((depth, "/".join(filter(None, [outer, f"{kind} {number}"]))))
        if above:
            found[start] = above[-1][1]
    return found


def component_at(plan: Plan, section: Section | None, clause: tuple[int, int]) -> str | None:
    """The component of the section above, narrowed by the sub-project that the clause names."""
    above = component_of(plan, section, clause[0])
    named = component_in(plan.text[slice(*clause)])
    if above is None or named is None:
        return above or (named if named and not named.startswith(INNER) else None)
    return above if "/" in above or not named.startswith(INNER) else f"{above}/{named}"


@lru_cache(maxsize=2048)
def project_of(head: str) -> tuple[str, str]:
    """Kind and number of the project that a heading opens with; empty where it opens with none."""
    if "ự án" not in head and "Ự ÁN" not in head:
        return "", ""
    if match := PROJECT.match(head):
        return OUTER, match["number"]
    match = SUB_PROJECT.match(head)
    return (INNER, match["number"]) if match else ("", "")


def component_in(text: str) -> str | None:
    """The one component that a passage names (`Tiểu dự án 3 thuộc Dự án 5`); None where it names none or several."""
    if "ự án" not in text or SEVERAL.search(text):
        return None
    projects = {m["number"] for m in PROJECT.finditer(text)}
    subs = {m["number"] for m in SUB_PROJECT.finditer(text)}
    if len(projects) > 1 or len(subs) > 1:
        return None
    return "/".join([*(f"{OUTER} {n}" for n in projects), *(f"{INNER} {n}" for n in subs)]) or None
