"""The matching key of one token: what spaCy calls its norm. See `schemas.folding` for what is folded."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from schemas.folding import fold

__all__ = ["fold", "fold_word"]


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """The matching key of a token, whatever its Unicode form."""
    return fold(unicodedata.normalize("NFC", word))
