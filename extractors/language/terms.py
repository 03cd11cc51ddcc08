"""Phrase matching: every word list of the rule files in one spaCy PhraseMatcher over folded tokens (NORM).

`TermMatcher` is the pipeline's component `kehoach_terms`. It finds, it does not judge: raw hits stay in
`doc.user_data` by group of terms, and the components after it make spans of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

_HITS = "kehoach.terms"


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase stands for: the list it is in, its code or class, the rule's name, and how it must be written."""

    group: str
    label: str
    rule: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at tokens [start, end)."""

    start: int
    end: int
    term: Term


class TermMatcher:
    """Finds all terms in one pass over the tokens."""

    def __init__(self, nlp: Language, terms: Iterable[tuple[Term, str]]) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        self._terms: dict[int, Term] = {}
        phrases: dict[Term, set[str]] = defaultdict(set)
        for term, phrase in terms:
            phrases[term].add(phrase)
        for number, (term, forms) in enumerate(phrases.items()):
            key = f"t{number}"
            self._matcher.add(key, [nlp.tokenizer(form) for form in sorted(forms)])
            self._terms[nlp.vocab.strings[key]] = term

    def __call__(self, doc: Doc) -> Doc:
        hits: dict[str, list[Hit]] = defaultdict(list)
        for key, start, end in self._matcher(doc):
            term = self._terms[key]
            hits[term.group].append(Hit(start, end, term))
        doc.user_data[_HITS] = hits
        return doc


def hits(doc: Doc, group: str) -> list[Hit]:
    """The raw hits of a group of terms; they may overlap."""
    return doc.user_data[_HITS].get(group, [])


def longest_by_start(found: Iterable[Hit]) -> dict[int, Hit]:
    """The longest hit at each token where one begins."""
    best: dict[int, Hit] = {}
    for hit in found:
        if hit.start not in best or hit.end > best[hit.start].end:
            best[hit.start] = hit
    return best
