"""What is kept of a document so that others can be held against it later, without its text.

Three things: signs that two files of one document share exactly, what is known of its identity, and its likeness: a
MinHash signature of its wording, and a sample of its figures and names with the words before them. Plans written from
one template share their wording; they differ in figures and names, so these decide.

Letters are compared without marks, since scans lose these first, and the breaks of lines and pages do not count.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import chain

import numpy as np
from rensa import RMinHash

from schemas.folding import fold
from schemas.records import Document
from schemas.remembering import Remembered

SHORTEST_TEXT = 200
"""Letters and digits below which equal texts say nothing (a page with a stamp alone)."""
SHINGLE = 3
"""Words that are hashed together: fewer are common officialese, more break with every letter that a scan misreads."""
PERMUTATIONS = 128
SEED = 1
SAMPLE = 1_024
"""At most so many figures and names of a document are kept: those whose context hashes lowest, the same in any copy."""
CONTEXT = 3
"""Words before a figure that tell which figure it is."""
LONGEST_NAME = 6

WORD = re.compile(r"\d+(?:[.,]\d+)+(?!\w)|\w+")
"""A word, or a figure with its points and commas: `92` corrected to `92,5` is another figure."""
MAGNITUDES = {"nghin": "e3", "ngan": "e3", "trieu": "e6", "ty": "e9", "ti": "e9"}
"""Of thousands, millions and billions in plain letters (nghìn, triệu, tỷ), however they are spelt."""
GROUPS = re.compile(r"[.,](?=\d{3}(?!\d))")
SIGNATURE_VERSION = f"rensa {RMinHash.ALGORITHM_VERSION}"
"""Signatures of other versions say nothing of these."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of which document this is; None where it does not say. Names are in plain letters."""

    doc_number: str | None = None
    issuer: str | None = None
    issued_date: str | None = None
    issued_year: int | None = None
    issued_month: int | None = None
    doc_type: str | None = None
    issuer_level: str | None = None
    province_code: str | None = None
    district_code: str | None = None
    commune_code: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    by_ocr: bool = False
    is_draft: bool = False

    @property
    def unknown(self) -> int:
        """How much of number, issuer and date is not known."""
        return (self.doc_number, self.issuer, self.issued_date).count(None)

    @property
    def sure(self) -> bool:
        """Known in full and from the document's own letters: then equal signs tell all that repeat it."""
        return not self.unknown and not self.by_ocr

    def allows(self, other: Identity) -> bool:
        """Whether nothing that both know differs; of issuers that a scan misread, no more than their codes."""
        read = self.by_ocr or other.by_ocr
        pairs = [(getattr(self, name), getattr(other, name)) for name in (COMPARED if read else (*COMPARED, "issuer"))]
        numbers = one_number(self.doc_number, other.doc_number)
        return numbers and all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)

    def with_more(self, other: Identity) -> Identity:
        """What either knows of one document; an issuer that a scan may have misread is not taken over."""
        trusted = KNOWN if self.by_ocr or not other.by_ocr else (*COMPARED, "doc_number")
        more = {name: getattr(other, name) for name in trusted if getattr(self, name) is None}
        return replace(self, **more)


KNOWN = tuple(field.name for field in fields(Identity) if field.type != "bool")
COMPARED = tuple(name for name in KNOWN if name not in ("doc_number", "issuer"))
"""What is compared as it is; numbers and names of issuers have rules of their own."""


def one_number(one: str | None, other: str | None) -> bool:
    """Whether two numbers may be one: equal, or one cut short behind its figures (`618/KH` of `618/KH-UBND`)."""
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def identity_of(document: Document) -> Identity:
    """Which document this is, as far as it says."""
    known = {name: getattr(document, name) for name in KNOWN} | {
        "doc_number": number_of(document),
        "issuer": letters(document.issuer),
        "issued_date": document.issued_date.isoformat() if document.issued_date else None,
        "doc_type": None if document.doc_type == "other" else document.doc_type,
    }
    by_ocr = document.text_source in ("ocr", "mixed")
    return Identity(**known, by_ocr=by_ocr, is_draft=document.is_draft)


def number_of(document: Document) -> str | None:
    """The number and the letters behind it, without the signs between these, which scans lose."""
    figures, *behind = (letters(document.doc_number) or "").split()[:9] or [None]
    return f"{figures} {''.join(behind)}" if figures else None


def letters(text: str | None) -> str | None:
    """The text in plain letters, for comparing names."""
    return " ".join(plain_words(WORD.findall(text))) if text else None


def plain_words(words: list[str]) -> list[str]:
    """Words in lower case without marks on the letters, one for each."""
    joined = "\n".join(words).lower().replace("đ", "d").replace("ð", "d")
    return unicodedata.normalize("NFD", joined).encode("ascii", "ignore").decode("ascii").split("\n")


def words_of(token: str) -> tuple[list[str], list[str]]:
    """The words of a token, as written and in plain letters."""
    written = WORD.findall(token)
    return written, plain_words(written) if written else []


WORDS_ONCE = Remembered(words_of)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as words: as written, and in plain letters."""

    written: list[str]
    plain: list[str]

    @classmethod
    def of(cls, text: str) -> Wording:
        """The words of a text."""
        tokens = list(map(WORDS_ONCE.__getitem__, text.split()))
        written, plain = zip(*tokens, strict=True) if tokens else ((), ())
        return cls(list(chain.from_iterable(written)), list(chain.from_iterable(plain)))

    @property
    def says_nothing(self) -> bool:
        """Too short to be told from others."""
        beginning = sum(map(len, self.plain[:SHORTEST_TEXT]))  # nearly always long enough
        return beginning < SHORTEST_TEXT and sum(map(len, self.plain)) < SHORTEST_TEXT


def signs_of(document: Document, wording: Wording) -> Iterator[str]:
    """What two files of one document have in common: bytes, or number with issuer and date, or the words."""
    yield f"bytes {document.source_sha256}"
    if document.doc_number and document.issuer and document.issued_date:
        yield f"number {fold(document.doc_number)} {fold(document.issuer)} {document.issued_date}"
    if not wording.says_nothing:
        yield f"words {hashlib.sha256(''.join(wording.plain).encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A document's wording and figures as bytes: nothing of its text, and no longer for a longer text."""

    wording: bytes
    figures: bytes


def likeness_of(wording: Wording) -> Likeness | None:
    """The likeness of a text; None of one that is too short to be told from others."""
    if wording.says_nothing:
        return None
    signature = RMinHash(PERMUTATIONS, SEED)
    signature.update(list(map(" ".join, zip(*(wording.plain[at:] for at in range(SHINGLE)), strict=False))))
    return Likeness(signature.__getstate__(), sampled(figures_of(wording)).tobytes())


def figures_of(wording: Wording) -> Iterator[tuple[str, str]]:
    """Each figure and each name within a sentence, behind the words before it (other figures there as `#`)."""
    written, plain, end = wording.written, wording.plain, 0
    figures = {word for word in set(written) if is_figure(word)}
    plain_figures = {word for word in set(plain) if is_figure(word)}
    shown = ["#" if word in plain_figures else word for word in plain]
    capital = {word for word in set(written) if word[0].isupper() and not word.isupper()}
    telling = figures | capital
    for at in [at for at, word in enumerate(written) if word in telling]:
        if written[at] in figures:
            yield context(shown, at), GROUPS.sub("", plain[at]) + magnitude(plain, at + 1)
        elif at >= end and at and written[at - 1].islower():
            end = at + 1
            while end < min(len(written), at + LONGEST_NAME) and written[end].istitle():
                end += 1
            yield context(shown, at), " ".join(plain[at:end])


def magnitude(plain: list[str], at: int) -> str:
    """The thousands, millions or billions that the word behind a figure makes it: `8 tỷ` is no `8 triệu`."""
    return MAGNITUDES.get(plain[at], "") if at < len(plain) else ""


def is_figure(word: str) -> bool:
    """Whether a word is a number written in digits. A word of foreign letters is empty in plain ones."""
    return word[:1].isdecimal() and word.replace(".", "").replace(",", "").isdecimal()


def context(words: list[str], at: int) -> str:
    """The words before a place."""
    return " ".join(words[max(0, at - CONTEXT) : at])


def sampled(figures: Iterator[tuple[str, str]]) -> np.ndarray:
    """For each context a number: its hash with how often it comes, above the hash of what follows it each time."""
    follows = defaultdict(list)
    for words, value in figures:
        follows[words].append(value)
    hashed = {
        zlib.crc32(f"{words} {len(values)}".encode()): zlib.crc32(" ".join(values).encode())
        for words, values in sorted(follows.items())
    }
    return np.array([where << 32 | what for where, what in sorted(hashed.items())[:SAMPLE]], dtype="<u8")


def signature_from(likeness: Likeness) -> RMinHash:
    """The signature of a document's wording."""
    signature = RMinHash(PERMUTATIONS, SEED)
    signature.__setstate__(likeness.wording)
    return signature


def differing(one: Likeness, other: Likeness) -> tuple[int, int]:
    """How many figures and names two documents have behind the same words, and how many of them differ."""
    mine, theirs = (np.frombuffer(likeness.figures, dtype="<u8") for likeness in (one, other))
    _, at, there = np.intersect1d(mine >> 32, theirs >> 32, assume_unique=True, return_indices=True)
    return len(at), int(np.count_nonzero(mine[at] != theirs[there]))
