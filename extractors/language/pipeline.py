"""The same rules as a spaCy pipeline, for whoever wants to go on with spaCy: a Doc with the spans that extractors read.

kehoach_spelling   norms of misspelt words of the rule files
kehoach_spans      doc.spans["agencies"], doc.spans["roles"], doc.spans["funding_sources"]
kehoach_places     doc.spans["places"], by token patterns

Of a span, label, id and kb_id are those of the extractors' own spans (`spans.TermSpan`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.language import tokenizer
from extractors.language.fold import fold_word
from extractors.language.places import PlaceMatcher
from extractors.language.reading import Reading, spelling
from extractors.language.spans import TermSpan
from extractors.language.words import Words

COMPONENTS = ("kehoach_spelling", "kehoach_spans", "kehoach_places")


def repair_spelling(doc: Doc) -> Doc:
    """Give misspelt words the norms of those that are meant."""
    words = Words.of_doc(doc)
    spelling().repair(words)
    for token, norm in zip(doc, words.norms, strict=True):
        if token.norm_ != norm:
            token.norm_ = norm
    return doc


def add_spans(doc: Doc) -> Doc:
    """The spans that the term lists make."""
    reading = Reading(Words.of_doc(doc))
    for group in ("agencies", "roles", "funding_sources"):
        doc.spans[group] = of_spacy(doc, getattr(reading, group).spans)
    return doc


def of_spacy(doc: Doc, spans: Iterable[TermSpan]) -> list[Span]:
    """The same spans, as spaCy has them."""
    return [Span(doc, s.start, s.end, label=s.label_, span_id=s.id_, kb_id=s.kb_id_) for s in spans]


@Language.factory("kehoach_spelling")
def _spelling(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return repair_spelling


@Language.factory("kehoach_spans")
def _spans(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return add_spans


@Language.factory("kehoach_places")
def _places(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    places = PlaceMatcher(nlp)

    def add_places(doc: Doc) -> Doc:
        doc.spans["places"] = of_spacy(doc, places.find(doc, Words.of_doc(doc)))
        return doc

    return add_places


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
