"""Syllable tokenizer for Vietnamese (âm tiết), registered with spaCy.

It only cuts: syllables, numbers, single punctuation marks, white space. It joins nothing, adds nothing and rewrites
nothing, so `doc.text == text` and character offsets are those of the text.
"""

from __future__ import annotations

from collections.abc import Callable

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

NAME = "kehoach.syllables.v1"
# A number keeps its separators (1.234,5); "27.000" is one token, the full stop that ends a sentence is not part of it.
_TOKEN = regex.compile(r"([\p{L}\p{M}]+|\p{N}+(?:[.,]\p{N}+)*+|[^\S ]+|[^\p{L}\p{M}\p{N}\s])( ?)|( +)")


class SyllableTokenizer:
    """Callable from text to Doc. A space after a token is the token's; further white space is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for token, space, blank in _TOKEN.findall(text):
            if blank or not token:
                words.append(blank or space)
                spaces.append(False)
            else:
                words.append(token)
                spaces.append(bool(space))
        return Doc(self.vocab, words=words, spaces=spaces)

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
