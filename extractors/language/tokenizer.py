"""Syllable tokenizer for Vietnamese (âm tiết), registered with spaCy.

It only cuts: syllables, numbers, single punctuation marks, white space. It joins nothing, adds nothing and rewrites
nothing, so `doc.text == text` and character offsets are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

NAME = "kehoach.syllables.v1"
# Letters with their marks; a number with its separators (1.234,5); white space other than one blank; any other sign.
# A blank after a token belongs to it. The standard library's `re` cuts twice as fast as `regex` here, and this runs
# over every character.
_TOKEN = re.compile("(?:[^\\W\\d_]+(?:[\u0300-\u036f]+[^\\W\\d_]*)*|\\d+(?:[.,]\\d+)*|[^\\S ]+|\\S) ?| +")


class SyllableTokenizer:
    """Callable from text to Doc. A space after a token is the token's; further white space is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        pieces = _TOKEN.findall(text)
        words = [p[:-1] if p[-1] == " " != p[0] else p for p in pieces]
        return Doc(self.vocab, words=words, spaces=[p[-1] == " " != p[0] for p in pieces])

    # spaCy asks every tokenizer for these four; there is no state to keep beyond the code itself.
    def to_bytes(self, **_: object) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> SyllableTokenizer:
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        return None

    def from_disk(self, _path: object, **_: object) -> SyllableTokenizer:
        return self


@spacy.registry.tokenizers(NAME)
def create_syllable_tokenizer() -> Callable[[Language], SyllableTokenizer]:
    """What spaCy's configuration calls to make the tokenizer."""
    return lambda nlp: SyllableTokenizer(nlp.vocab)
