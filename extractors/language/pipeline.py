"""The language engine: one spaCy pipeline over the rule files, made once and asked by every extractor.

kehoach_spelling   norms of misspelt words of the rule files
kehoach_terms      phrases of all rule files, one PhraseMatcher over folded syllables
kehoach_agencies   doc.spans["agencies"]
kehoach_phrases    doc.spans["roles"], doc.spans["funding_sources"]
kehoach_patterns   doc.spans["places"], by token patterns
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc

from extractors.language import agency_rules, patterns, phrases, tokenizer
from extractors.language.agencies import AgencyFinder
from extractors.language.fold import fold_word
from extractors.language.patterns import PatternMatcher
from extractors.language.phrases import PhraseFinder
from extractors.language.repair import SpellingRepair
from extractors.language.terms import Term, TermMatcher

COMPONENTS = ("kehoach_spelling", "kehoach_terms", "kehoach_agencies", "kehoach_phrases", "kehoach_patterns")


def _all_terms() -> Iterator[tuple[Term, str]]:
    return chain(agency_rules.terms(), phrases.terms(), patterns.terms())


@Language.factory("kehoach_spelling")
def _spelling(nlp: Language, name: str) -> SpellingRepair:
    return SpellingRepair(nlp, (phrase for _, phrase in _all_terms()))


@Language.factory("kehoach_terms")
def _terms(nlp: Language, name: str) -> TermMatcher:
    return TermMatcher(nlp, _all_terms())


@Language.factory("kehoach_agencies")
def _agencies(nlp: Language, name: str) -> AgencyFinder:
    return AgencyFinder()


@Language.factory("kehoach_phrases")
def _phrases(nlp: Language, name: str) -> PhraseFinder:
    return PhraseFinder()


@Language.factory("kehoach_patterns")
def _patterns(nlp: Language, name: str) -> PatternMatcher:
    return PatternMatcher(nlp)


@cache
def language() -> Language:
    """The pipeline, loaded at the first call. Raises RuleFileError where a rule file breaks its form."""
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": tokenizer.NAME}}})
    nlp.vocab.lex_attr_getters[NORM] = fold_word
    nlp.max_length = 50_000_000  # no statistical model runs here: length costs memory in proportion, no more
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def analyse(text: str) -> Doc:
    """The Doc of a text, with its spans by group. Offsets are those of the text."""
    return language()(text)
