"""Phrase matching: every word list of the rule files in one tree over folded words (norms).

`TermMatcher` finds, it does not judge: raw hits by group of terms, of which others make spans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.language.cutting import norms_of


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase stands for: the list it is in, its code or class, the rule's name, and how it must be written."""

    group: str
    label: str
    rule: str
    kind: str = ""


class Hit(NamedTuple):
    """A term at tokens [start, end)."""

    start: int
    end: int
    term: Term


Hits = dict[str, list[Hit]]
"""Hits by the group of their terms, in text order; they may overlap."""


@dataclass(slots=True)
class Node:
    """The phrases that go on in the same way: by their next word, and the terms of the one that ends here."""

    following: dict[str, Node] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)


class TermMatcher:
    """Finds all terms in one pass over the words: most words begin no phrase and cost one look-up."""

    def __init__(self, terms: Iterable[tuple[Term, str]]) -> None:
        self._root = Node()
        for term, phrase in terms:
            node = self._root
            for norm in norms_of(phrase):
                following = node.following
                node = following[norm] if norm in following else following.setdefault(norm, Node())
            if term not in node.terms:  # of one phrase that may be written in any case or not, the freer goes first
                node.terms.insert(0 if term.kind == "common" else len(node.terms), term)

    def find(self, norms: Sequence[str]) -> Hits:
        """All hits."""
        hits: Hits = defaultdict(list)
        roots, norms = self._root.following, [*norms, ""]  # no phrase goes on with an empty word
        for start in [i for i, norm in enumerate(norms) if norm in roots]:
            node, end = roots[norms[start]], start
            if not node.terms and norms[start + 1] not in node.following:
                continue  # so most of them end
            while node is not None:
                end += 1
                for term in node.terms:
                    hits[term.group].append(Hit(start, end, term))
                node = node.following.get(norms[end])
        return hits


def longest_by_start(found: Iterable[Hit]) -> dict[int, Hit]:
    """The longest hit at each token where one begins."""
    best: dict[int, Hit] = {}
    for hit in found:
        if hit.start not in best or hit.end > best[hit.start].end:
            best[hit.start] = hit
    return best
