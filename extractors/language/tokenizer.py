"""Syllable tokenizer for Vietnamese (âm tiết), registered with spaCy; `cutting` says where it cuts.

`doc.text == text`, and character offsets are those of the text.
"""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.language.cutting import pieces, word_of

NAME = "kehoach.syllables.v1"


class SyllableTokenizer:
    """Callable from text to Doc. A space after a token is the token's; further white space is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        found = pieces(text)
        return Doc(self.vocab, words=list(map(word_of, found)), spaces=[p[-1] == " " != p[0] for p in found])

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
