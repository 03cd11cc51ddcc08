"""Documents that repeat another one of the same run, exactly or nearly.

A portal and an office send the same plan; counted twice it would distort every comparison. Of the documents that repeat
one another the best known is the original: number, issuer and date read, letters rather than a scan, then the simplest
path (`files.simplest_first`); the others point at it. First those with equal signs are put together
(`likeness.signs_of`), then those whose wording is nearly the same, unless anything that is known of both differs: two
plans written from one template share their wording, and are told apart by number, issuer, date, period, figures and
names.

The answer depends on the set of documents alone: not on who was read first, or in which run.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rensa import RMinHash, RMinHashLSH

from pipeline.files import simplest_first
from pipeline.likeness import PERMUTATIONS, Identity, Likeness, differing, signature_from
from pipeline.summary import Summary

ALIKE = 0.6
"""Share of three-word sequences from which two wordings are nearly the same. Measured: 0.71 to 1 between a text and its
scans, at most 0.34 between distinct plans, those of one subject among them (`benchmarks/duplicates.py`)."""
BANDS = 32
"""Of the signature: pairs at ALIKE are found with a chance of 0.99, at 0.71 always."""
FEWEST_FIGURES = 20
"""Figures and names that must stand behind the same words in both: fewer prove nothing."""
MISREAD_SAME_NUMBER = 0.08
MISREAD_SAME_ISSUER = 0.01
"""Share of figures and names that may differ because a scan was misread; between letters none may. Measured: 0 to 0.004
for clean scans at 200 dpi, 0.006 to 0.078 for noisy ones at 150 and 110 dpi; plans of one template for two years 0.04
and more, for two places 0.004 and more. So noisy scans count only where the number speaks for them."""
MOST_LOOKALIKES = 1_000
MOST_CANDIDATES = 50
"""Bounds for forms that many offices fill in: wordings held against one, and figures held against its own."""

SAME_TEXT = ("bytes ", "words ")
"""How signs begin that no two texts with other figures share."""

Likenesses = Callable[[str], Likeness | None]
"""Gives a document's stored likeness by its `doc_id`."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of one document for telling whether it repeats another."""

    document: Summary
    signs: Sequence[str]
    identity: Identity


@dataclass(frozen=True, slots=True)
class Repeat:
    """A document that repeats another one, and how the two compare.

    `alike`: how alike the wordings are, None where they cannot be compared because a text is too short; `figures`:
    figures and names behind the same words in both, `differ`: how many of them differ; `by_ocr`: one of the two was
    read from a scan.
    """

    document: Summary
    original: Summary
    by_ocr: bool = False
    alike: float | None = None
    figures: int = 0
    differ: int = 0


@dataclass(slots=True)
class Group:
    """Documents that repeat one another, the original first, and all that is known of them together."""

    identity: Identity
    members: list[Marks]

    @property
    def first(self) -> Marks:
        """The original."""
        return self.members[0]

    def take(self, other: Group) -> None:
        """Make another group's documents repeats of this one's original."""
        self.members += other.members
        self.identity = self.identity.with_more(other.identity)


def repeats_of(documents: Iterable[Marks], likeness: Likenesses) -> list[Repeat]:
    """Each document that repeats another one.

    `likeness` is asked where signs leave the matter open, and of documents that repeat one another in other words.
    """
    groups = with_like_wording(with_equal_signs(sorted(documents, key=rank)), likeness)
    return [repeat for group in groups for repeat in repeats_in(group, likeness)]


def repeats_in(group: Group, likeness: Likenesses) -> Iterator[Repeat]:
    """The documents of a group behind its original, each held against it: equal numbers do not make equal figures."""
    original = group.first
    known = likeness(original.document.doc_id) if len(group.members) > 1 else None
    for marks in group.members[1:]:
        pair = (marks.document, original.document, original.identity.by_ocr or marks.identity.by_ocr)
        other = None if same_text(original, marks) else likeness(marks.document.doc_id)
        if same_text(original, marks):
            yield Repeat(*pair, alike=1.0)
        elif known is None or other is None:
            yield Repeat(*pair)
        else:
            yield Repeat(*pair, signature_from(known).jaccard(signature_from(other)), *differing(known, other))


def same_text(one: Marks, other: Marks) -> bool:
    """Whether two texts are the same, word for word."""
    return any(sign.startswith(SAME_TEXT) for sign in set(one.signs) & set(other.signs))


def rank(marks: Marks) -> tuple[bool, int, bool, bool, tuple[int, int, str]]:
    """The lower, the better an original; a draft is none where the plan itself is there."""
    identity = marks.identity
    known = identity.is_draft, identity.unknown, identity.by_ocr, identity.doc_type is None
    return *known, simplest_first(marks.document.source_path)


def with_equal_signs(ranked: Iterable[Marks]) -> list[Group]:
    """Documents grouped by the signs that they share, each with the first one that it shares a sign with."""
    groups, found = [], {}
    for marks in ranked:
        alone = Group(marks.identity, [marks])
        group = next((found[sign] for sign in marks.signs if sign in found), None)
        if group is None:
            groups.append(group := alone)
        else:
            group.take(alone)
        for sign in marks.signs:
            found.setdefault(sign, group)
    return groups


def with_like_wording(groups: list[Group], likeness: Likenesses) -> list[Group]:
    """Each group unsure of its identity joins the likeliest one before it, unless what is known speaks against it."""
    joined: dict[int, Group] = {}
    for place, candidates in sorted(lookalikes(groups, likeness).items()):
        for _, before in sorted(candidates, reverse=True):
            home = joined.get(-before, groups[-before])
            if home.identity.allows(groups[place].identity) and same_figures(groups[-before], groups[place], likeness):
                home.take(groups[place])
                joined[place] = home
                break
    return [group for place, group in enumerate(groups) if place not in joined]


def lookalikes(groups: Sequence[Group], likeness: Likenesses) -> dict[int, list[tuple[float, int]]]:
    """For each group unsure of its identity those before it with a wording like its own, and how alike they are.

    Places are told as negative numbers, so that of two equally alike the first counts as the greater. Only what is
    unsure is held in memory, as signatures of half a kilobyte; the others pass by one after the other.
    """
    index, signatures = RMinHashLSH(ALIKE, PERMUTATIONS, BANDS), {}
    for place, group in enumerate(groups):
        found = None if group.first.identity.sure else likeness(group.first.document.doc_id)
        if found is not None:
            signatures[place] = signature_from(found)
            index.insert(place, signatures[place])
    likest = defaultdict(list)
    for before, group in enumerate(groups[: max(signatures, default=0)]):
        signature = signatures.get(before) or signature_of(group, likeness)
        if signature is None:
            continue
        for place in sorted(place for place in index.query(signature) if place > before)[:MOST_LOOKALIKES]:
            alike = signature.jaccard(signatures[place])
            if alike >= ALIKE and group.identity.allows(groups[place].identity):
                keep_likest(likest[place], (alike, -before))
    return likest


def signature_of(group: Group, likeness: Likenesses) -> RMinHash | None:
    """The signature of a group's original."""
    found = likeness(group.first.document.doc_id)
    return signature_from(found) if found else None


def keep_likest(candidates: list[tuple[float, int]], candidate: tuple[float, int]) -> None:
    """Add a candidate; the least alike goes where there are too many."""
    keep = heapq.heappush if len(candidates) < MOST_CANDIDATES else heapq.heappushpop
    keep(candidates, candidate)


def same_figures(one: Group, other: Group, likeness: Likenesses) -> bool:
    """The second look at two documents of like wording: whether their figures and names are the same."""
    compared, differ = differing(*(likeness(group.first.document.doc_id) for group in (one, other)))
    return compared >= FEWEST_FIGURES and differ <= compared * misread(one.identity, other.identity)


def misread(one: Identity, other: Identity) -> float:
    """Which share of figures and names may differ, of two documents that are otherwise nowhere at odds."""
    if not (one.by_ocr or other.by_ocr):
        return 0.0
    if one.doc_number and other.doc_number:
        return MISREAD_SAME_NUMBER
    level = f"{one.issuer_level}_code"
    same_issuer = one.issuer_level and one.issuer_level == other.issuer_level and getattr(one, level)
    return MISREAD_SAME_ISSUER if same_issuer and getattr(other, level) else 0.0
