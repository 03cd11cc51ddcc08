"""Words of the vocabularies that a scan or a hasty hand misspelt: read for matching, never rewritten.

`Ủy ban nhân dãn` and `ngân sácb nhà nước` stand in texts that other people's OCR made. `SpellingRepair` gives such a
word the norm of the one that is meant; the word itself stays as it is. It is bounded:

- only towards words of the rule files, and only where the words beside them make a phrase of the rule files with them;
- never where the word makes a known pair with a neighbour as it stands, or is an abbreviation of the rule files
  (`TAND`, `ĐT` in `Sở GD&ĐT`);
- never a syllable that official texts use (`rules/syllables.csv`): what it may stand for is left to `marks`;
- marks (dấu) may differ; one letter too, in words of four and more that have not the form of a syllable;
- a word in the form of a syllable needs two neighbours that ask for the other reading, any other word needs one;
- words that are none at all and stand for one only (`misread_words.csv`) need no neighbours;
- exactly one reading, or none is taken. Numbers, and words with a figure in them, are never touched.

Rows that rest on repaired words are less sure: see `trust_in`.
"""

from __future__ import annotations

import bisect
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.cleaning.marks import counts
from extractors.language.cutting import norms_of
from extractors.language.fold import fold_word
from extractors.language.words import Words
from extractors.misread import misread
from schemas.syllables import is_syllable

MARKS_TRUST, LETTER_TRUST = 0.9, 0.8
"""What a row's confidence is multiplied with for a word whose marks were read otherwise, and for one with a letter."""
LEAST_TRUST = 0.5
SHORTEST = 2
SHORTEST_FOR_LETTERS = 4
LONGEST = 8  # no Vietnamese syllable has more letters than "nghiêng"
MOST_REMEMBERED = 100_000
"""Words whose readings are kept for the next documents; a bad scan has many that never come again."""


class SpellingRepair:
    """Finds misspelt words of the given phrases in a text and sets their norms."""

    def __init__(self, phrases: Iterable[str]) -> None:
        read = {norms_of(phrase) for phrase in set(phrases)}
        rows: set[tuple[str, ...]] = set()
        for words in read:
            rows.update(pairwise(words))
            rows.update(zip(words, words[1:], words[2:], strict=False))
        self._joined = {row for row in rows if all(map(str.isalpha, row))}
        # abbreviations, and words that are phrases alone
        own = {word for word in set().union(*read) if not is_syllable(word)} | {w[0] for w in read if len(w) == 1}
        words = {w for row in self._joined for w in row if SHORTEST <= len(w) <= LONGEST}
        self._by_letters: dict[str, set[str]] = defaultdict(set)
        self._by_slip: dict[str, set[str]] = defaultdict(set)
        for word in words:
            self._by_letters[plain(word)].add(word)
            if len(word) >= SHORTEST_FOR_LETTERS:
                for slip in slips(plain(word)):
                    self._by_slip[slip].add(word)
        self._common = {fold_word(word) for word in counts().single}
        self._pairs = {(fold_word(a), fold_word(b)) for a, b in counts().pair} | self._joined
        self._sound = self._common | own  # and what proves to be sound
        self._misread = {fold_word(read): fold_word(meant) for read, meant in misread().items()}
        self._meant: dict[str, dict[str, float]] = {}

    def repair(self, words: Words) -> list[tuple[int, float]]:
        """Set the norms of misspelt words; where each of them begins, and how far its reading can be trusted."""
        repaired: list[tuple[int, float]] = []
        norms = words.norms
        for at in [i for i, norm in enumerate(norms) if norm not in self._sound]:
            norm = norms[at]
            if norm in self._misread:
                norms[at] = self._misread[norm]
                repaired.append((words.starts[at], MARKS_TRUST))
                continue
            if not self._may_be_misspelt(norm):
                self._remember_as_sound(norm)
                continue
            around = [words.norm(i) for i in range(at - 2, at + 3)]
            if (around[1], norm) in self._pairs or (norm, around[3]) in self._pairs:
                continue
            if reading := self._reading(around):
                norms[at], trust = reading
                repaired.append((words.starts[at], trust))
        return repaired

    def _remember_as_sound(self, norm: str) -> None:
        if len(self._sound) < MOST_REMEMBERED and len(norm) <= LONGEST:
            self._sound.add(norm)

    def _may_be_misspelt(self, norm: str) -> bool:
        """Whether a word is none that official texts use, and near one of the rule files."""
        return norm.isalpha() and norm not in self._common and bool(self._readings(norm))

    def _reading(self, around: list[str]) -> tuple[str, float] | None:
        """The one word that the third of five words must be, and how far that can be trusted."""
        norm = around[2]
        readings = self._readings(norm)
        fits = self._fits_triple if is_syllable(norm) else self._fits_pair
        fitting = [w for w in readings if fits(around, w)]
        return (fitting[0], readings[fitting[0]]) if len(fitting) == 1 else None

    def _fits_pair(self, around: list[str], word: str) -> bool:
        return (around[1], word) in self._joined or (word, around[3]) in self._joined

    def _fits_triple(self, around: list[str], word: str) -> bool:
        rows = ((*around[:2], word), (around[1], word, around[3]), (word, *around[3:]))
        return any(row in self._joined for row in rows)

    def _readings(self, norm: str) -> dict[str, float]:
        """The words that a token may stand for, by how far each is to be trusted."""
        if not SHORTEST <= len(norm) <= LONGEST:
            return {}
        if norm not in self._meant:
            if len(self._meant) >= MOST_REMEMBERED:
                self._meant.clear()
            self._meant[norm] = dict(self._near(norm))
        return self._meant[norm]

    def _near(self, norm: str) -> Iterator[tuple[str, float]]:
        letters = plain(norm)
        same = self._by_letters.get(letters, set()) - {norm}
        yield from ((word, MARKS_TRUST) for word in same)
        if is_syllable(norm) or len(norm) < SHORTEST_FOR_LETTERS:
            return
        others = {word for slip in slips(letters) for word in self._by_slip.get(slip, ())} - same - {norm}
        yield from ((word, LETTER_TRUST) for word in others)


def plain(word: str) -> str:
    """A word without its marks (dấu): `đồng` is `dong`."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("đ", "d")


def slips(letters: str) -> Iterator[str]:
    """Keys that two words share if one letter is another, is missing or is too many."""
    yield letters
    for i in range(len(letters)):
        yield f"{letters[:i]}?{letters[i + 1 :]}"  # another letter
        yield f"{letters[:i]}{letters[i + 1 :]}"  # a letter less: meets the whole of the shorter word


def trust_in(repaired: Sequence[tuple[int, float]], start: int, end: int) -> float:
    """How far words within the characters [start, end) can be trusted: 1 where none was repaired, less for each."""
    trust = 1.0
    for at, share in repaired[bisect.bisect_left(repaired, (start, 0.0)) :]:
        if at >= end:
            break
        trust *= share
    return max(trust, LEAST_TRUST)
