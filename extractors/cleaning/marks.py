"""The step that puts back marks (dấu) that OCR lost: `tố chức` is `tổ chức`, `triệu đông` is `triệu đồng`.

OCR reads letters well and hats and tones less well. Which marks a syllable has follows from its neighbours: counts of
syllables and pairs in official texts (`rules/syllables.csv`) say how likely each spelling with the same letters is, and
the likeliest row of spellings is taken (Viterbi). Numbers, codes and letters themselves are never touched, names only
where the pair is well known, and a text that was not read by OCR is left alone.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import regex

from extractors.cleaning.lines import Draft
from extractors.rule_files import RuleFileError, load_csv

FILE = "syllables.csv"
SYLLABLE = regex.compile(r"(?<![\p{L}\d])\p{L}{1,7}(?![\p{L}\d])")
BETWEEN = regex.compile(r"\s{1,40}")
CODE_NEIGHBOURS = frozenset("/-–_.&")
SURE, SURE_PRICE, DOUBTFUL_PRICE = 0.9, 5.0, 3.0
"""What it costs (as a logarithm) to say that a letter with hat and tone (`ồ`) was read with other ones (`ô`, `õ`), on
pages that were read with at least so much confidence and on others. Dots below are never misread."""
OTHER_PRICE = 6.0
"""Other slips, one in a hundred letters or fewer."""
OTHER_SLIPS = frozenset(("iỉ", "ỉi", "ủu", "ủú", "èẻ", "ứư", "ôồ", "ôố", "âầ", "âấ", "êề", "êế", "ăẵ", "âẫ"))
"""Pairs of letters, right and read, that engines were seen to mix up."""
LONE_PRICE, WELL_PAIRED = 4.0, 12
"""What a spelling costs on top that is not known beside both neighbours: few are better than what was read, which may
be a word that was never counted; and how often it was counted beside one of them to cost nothing, where what was read
is known beside none."""
PAIR_WEIGHT, SINGLE_WEIGHT = 0.8, 0.2
UNKNOWN = 1e-6
UNSEEN = 1
"""A syllable that was read but never counted counts as if once: no list has all (`bác sĩ` is none for `bắc`)."""
WELL_KNOWN = 3


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable at a place. `follows`: only blanks stand between it and the one before; `opens`: a sentence may begin
    with it; `code`: it stands inside a number or abbreviation."""

    text: str
    start: int
    follows: bool
    opens: bool
    code: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How often syllables and pairs stand in official texts."""

    total: int
    single: dict[str, int]
    pair: dict[tuple[str, str], int]
    spellings: dict[str, list[str]] = field(default_factory=dict)

    def likelihood(self, before: str | None, word: str) -> float:
        """The logarithm of how likely `word` is behind `before`."""
        alone = self.single.get(word, UNSEEN) / self.total
        if before is None:
            return math.log(alone + UNKNOWN)
        pair = self.pair.get((before, word), 0) / max(self.single.get(before, 1), 1)
        return math.log(PAIR_WEIGHT * pair + SINGLE_WEIGHT * alone + UNKNOWN)


@cache
def counts() -> Counts:
    """The counts, loaded when the first scan needs them. Raises RuleFileError."""
    single: dict[str, int] = {}
    pair: dict[tuple[str, str], int] = {}
    for row in load_csv(FILE, ("first", "second", "count"), unique=("first", "second"), optional=("second",)):
        if not row["count"].isdigit():
            raise RuleFileError(f"{FILE}: count of {row['first']!r} {row['second']!r} is no number")
        if row["second"]:
            pair[row["first"], row["second"]] = int(row["count"])
        else:
            single[row["first"]] = int(row["count"])
    spellings = defaultdict(list)
    for word in single:
        spellings[letters(word)].append(word)
    return Counts(sum(single.values()), single, pair, dict(spellings))


DOT, HORN = "\u0323", "\u031b"
MARKS = regex.compile("[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]")


@cache
def letters(word: str) -> str:
    """A syllable without its marks (`đ` is a letter of its own)."""
    return unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFD", word)))


def restore_marks(draft: Draft) -> None:
    """On pages read by OCR, give syllables the marks that they most likely have. Lengths stay as they are."""
    for i, confidence in enumerate(draft.page_confidence):
        if confidence is not None:
            draft.pages[i] = with_marks(draft.pages[i], SURE_PRICE if confidence >= SURE else DOUBTFUL_PRICE)


def syllables_of(text: str) -> Iterator[Syllable]:
    """The syllables of a text in order."""
    end = None
    for match in SYLLABLE.finditer(text):
        start = match.start()
        gap = text[end:start] if end is not None else None
        follows = gap is not None and BETWEEN.fullmatch(gap) is not None
        opens = gap is None or "\n" in gap or any(c in gap for c in ".:;!?-+*)")
        before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
        code = match.group().isupper() and not CODE_NEIGHBOURS.isdisjoint(before + after)
        yield Syllable(match.group(), start, follows, opens, code)
        end = match.end()


def with_marks(text: str, price: float = SURE_PRICE) -> str:
    """The text with marks put back, where that is worth the price."""
    out = list(text)
    run: list[Syllable] = []
    for syllable in syllables_of(text):
        if not syllable.follows and run:
            write(run, out, price)
            run = []
        run.append(syllable)
    write(run, out, price)
    return "".join(out)


def write(run: list[Syllable], out: list[str], price: float) -> None:
    """Put the likeliest spellings of a run of syllables into the text."""
    for syllable, word in zip(run, likeliest(run, price), strict=True):
        if word != syllable.text.lower():
            spelled = cased(word, syllable.text)
            if len(spelled) == len(syllable.text):
                out[syllable.start : syllable.start + len(spelled)] = spelled


def likeliest(run: list[Syllable], price: float) -> list[str]:
    """The spelling of each syllable, in small letters, in the likeliest row of all."""
    known = counts()
    paths: dict[str, tuple[float, list[str]]] = {}
    for i, syllable in enumerate(run):
        read = syllable.text.lower()
        here: dict[str, tuple[float, list[str]]] = {}
        for word in choices(run, i, known):
            paid = cost(word, read, price) + (LONE_PRICE if word != read and is_lone(run, i, word, known) else 0.0)
            if not paths:
                here[word] = (known.likelihood(None, word) - paid, [word])
                continue
            score, path = max(
                ((s + known.likelihood(p[-1], word), p) for s, p in paths.values()), key=lambda pair: pair[0]
            )
            here[word] = (score - paid, [*path, word])
        paths = here
    return max(paths.values(), key=lambda pair: pair[0])[1] if paths else []


def choices(run: list[Syllable], i: int, known: Counts) -> list[str]:
    """The spellings that a syllable may have: as read, or others with the same letters."""
    syllable = run[i]
    read = syllable.text.lower()
    others = [word for word in known.spellings.get(letters(read), ()) if word != read and slips(word, read)]
    if not others or syllable.code:
        return [read]
    if is_name(syllable):
        before = run[i - 1].text.lower() if i else ""
        after = run[i + 1].text.lower() if i + 1 < len(run) else ""
        others = [word for word in others if well_known(known, before, word) or well_known(known, word, after)]
    return [read, *others]


def is_lone(run: list[Syllable], i: int, word: str, known: Counts) -> bool:
    """Whether the neighbours say too little for another spelling of a syllable."""
    read = run[i].text.lower()
    pairs = [(run[i - 1].text.lower(), word)] if i else []
    as_read = [(run[i - 1].text.lower(), read)] if i else []
    if i + 1 < len(run):
        after = run[i + 1].text.lower()
        pairs.append((word, after))
        as_read.append((read, after))
    seen = [known.pair.get(pair, 0) for pair in pairs]
    if all(seen):
        return False
    return max(seen) < WELL_PAIRED or any(pair in known.pair for pair in as_read)


def cost(word: str, read: str, price: float) -> float:
    """How unlikely it is that `word` was read as `read`."""
    lost, other = slips(word, read) or (0, 0)
    return lost * price + other * OTHER_PRICE


@cache
def slips(word: str, read: str) -> tuple[int, int] | None:
    """How many letters with hat and tone lost theirs, and how many other slips were made, if `word` was read as `read`;
    None where no engine reads so."""
    if len(word) != len(read):
        return None
    kinds = [kind_of_slip(a, b) for a, b in zip(word, read, strict=True) if a != b]
    return None if None in kinds else (kinds.count("lost"), kinds.count("other"))


@cache
def kind_of_slip(letter: str, read: str) -> str | None:
    """Whether `letter` may be read as `read`."""
    if letter + read in OTHER_SLIPS:
        return "other"
    marks, marks_read = marks_of(letter), marks_of(read)
    plain = not {DOT, HORN} & set(marks + marks_read)
    return "lost" if plain and len(marks) == 2 and marks_read else None


def marks_of(letter: str) -> str:
    """Hat, horn and tone of a letter."""
    return "".join(MARKS.findall(unicodedata.normalize("NFD", letter)))


def is_name(syllable: Syllable) -> bool:
    """A capital inside a sentence: a name, which may be spelled in any way."""
    return syllable.text[0].isupper() and not syllable.text.isupper() and not syllable.opens


def well_known(known: Counts, first: str, second: str) -> bool:
    return known.pair.get((first, second), 0) >= WELL_KNOWN


def cased(word: str, like: str) -> str:
    """`word` in the case of what was read."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if like[0].isupper() else word
