"""What the rules find in one text: agencies, sources of money, roles, and how far its words can be trusted.

The extractors ask this; `pipeline` gives the same as a spaCy Doc.
"""

from __future__ import annotations

from functools import cache, cached_property
from itertools import chain

from extractors.language import agency_rules, phrases, places
from extractors.language.agencies import named_agencies
from extractors.language.repair import SpellingRepair, trust_in
from extractors.language.spans import SpanGroup, TermSpan
from extractors.language.terms import Hits, TermMatcher
from extractors.language.words import Words


@cache
def spelling() -> SpellingRepair:
    """The reader of misspelt words. Raises RuleFileError where a rule file breaks its form."""
    terms = chain(agency_rules.terms(), phrases.source_terms(), phrases.role_terms(), places.terms())
    return SpellingRepair(phrase for _, phrase in terms)


@cache
def matcher() -> TermMatcher:
    """The terms that the extractors ask for. Raises RuleFileError where a rule file breaks its form."""
    return TermMatcher(chain(agency_rules.terms(), phrases.source_terms()))


@cache
def role_matcher() -> TermMatcher:
    """The terms of roles. Raises RuleFileError where a rule file breaks its form."""
    return TermMatcher(phrases.role_terms())


class Reading:
    """One text as the rules read it. Each group of spans is looked for when it is first asked for."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.repaired = spelling().repair(words)

    @classmethod
    def of_text(cls, text: str) -> Reading:
        """Read a text."""
        return cls(Words.of_text(text))

    @cached_property
    def hits(self) -> Hits:
        """The terms found, from which the spans are made."""
        return matcher().find(self.words.norms)

    @cached_property
    def agencies(self) -> SpanGroup:
        """Bodies; label: their code."""
        return SpanGroup(named_agencies(self.words, self.hits))

    @cached_property
    def funding_sources(self) -> SpanGroup:
        """Sources of money; label: their code."""
        return SpanGroup(phrases.named_sources(self.words, self.hits))

    @cached_property
    def roles(self) -> SpanGroup:
        """Phrases that say who does what; label: the role."""
        return SpanGroup(phrases.roles(self.words, role_matcher().find(self.words.norms)))

    def spans_in(self, group: str, start: int, end: int) -> list[TermSpan]:
        """The spans of a group that lie wholly within the characters [start, end), in text order."""
        return getattr(self, group).within(start, end)

    def trust_in(self, start: int, end: int) -> float:
        """How far the words within the characters [start, end) can be trusted."""
        return trust_in(self.repaired, start, end)
