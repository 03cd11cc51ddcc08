"""The step that mends spaces that converters lost or put in: `b ố trí` is `bố trí`, `kếhoạch` is `kế hoạch`.

Both follow from the form of Vietnamese syllables (`schemas.syllables`): a consonant alone is none, and two syllables
run together are one word of no other language where just one cut gives two attested ones. Single slips are left alone
where they could be a label or a name; numbers, codes and words in capitals are never touched. Typists leave out the
space behind a stop, too (`xã,phường`, `đồng;trong đó`), and space out the word over the title (`K Ế H O Ạ C H`).
"""

from __future__ import annotations

import bisect
import re
from functools import lru_cache
from operator import itemgetter

import regex

from extractors.cleaning.lines import Draft, Line
from extractors.cleaning.marks import counts
from extractors.cleaning.words import WORDS
from extractors.cues import cues
from schemas.syllables import is_syllable

CUES = cues("cleaning_cues.yaml")
LONG_ONSETS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr"
SINGLE_ONSETS = "bcdđghklmnprstvx"
CAPITAL_ONSETS = "Ch|CH|Th|Tr|Ph|Nh|Ng|Kh|Gi|Qu"
FINAL = "ch|ng|nh|[cmnpt]"
SPLIT = regex.compile(
    rf"(?<![\p{{L}}\d.,/-]|\d\s)(?P<onset>{LONG_ONSETS}|[{SINGLE_ONSETS}]|{CAPITAL_ONSETS}) (?P<vowel>[\p{{L}}]{{1,4}})"
    rf"(?: (?P<final>{FINAL}))?(?![\p{{L}}\d)/.-])"
)
ONSETS = frozenset((*LONG_ONSETS.split("|"), *SINGLE_ONSETS, *CAPITAL_ONSETS.split("|")))
LETTERS = re.compile(r"[^\W\d_]+")
LAST_LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_]*\Z")
LABELLED = CUES["label_before"].compiled
VOWEL = r"[aeiouyăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]"
VOWEL_FIRST = regex.compile(VOWEL)
WORD = regex.compile(r"(?<![\p{L}\d/.&-])\p{Lu}?\p{Ll}{3,13}(?![\p{L}\d/&-])")
MARKED = regex.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
STOP = regex.compile(
    "|".join(
        (
            r",(?=\p{L}{2})(?<=(?:\p{Ll}{2}|\d|%|\)),)",
            r",(?=\p{L}\p{Ll})(?<=\p{Lu}{2},)",
            r";(?=[\p{L}\d])(?<=[\p{L}\d%)];)",
            r":(?=[\p{L}\d])(?<=(?:\p{Ll}{2}|[A-Z%)]):)",
            rf"\.(?=\p{{Lu}}\p{{L}})(?<=(?:{VOWEL}\p{{Ll}}{{0,2}}|\d%|\)|(?<!\d)20\d\d|/\d{{1,2}})\.)"
            r"(?<![.@]\p{L}{1,30}\.|(?<!\p{L})\p{L}\.)",
            rf"(?=\([\p{{L}}\d])(?<={VOWEL}\p{{Ll}}{{1,2}}|\d\s?%)",
        )
    )
)
"""A stop with a word right behind it, or a word with a bracket. No stop: those in addresses (`www.`), in figures
(`5,5`), in abbreviations (`VH,TT&DL`, `tp.Huế`), in times (`7h:30`)."""
ADDRESS = CUES["address"].compiled
RUN = regex.compile(r"\S+")
SPACED_OUT = regex.compile(r"(?:\p{Lu} {1,3}){3,}\p{Lu}")
DOCUMENT_WORDS = {word.replace(" ", ""): word for word in WORDS.document_words}
LONGEST = 14
"""No two syllables have more letters."""
FEWEST = 3
"""So many split syllables show that the source splits them; fewer may be labels (`điểm b ở trên`)."""
ATTESTED = 3
"""So often a syllable stands in official texts that it may be one of two run together."""


def mend_spaces(draft: Draft) -> None:
    """Put together syllables that the source splits, and part those that it runs together."""
    tokens = tokens_of(draft)
    if part_at_stops(draft, tokens):
        tokens = tokens_of(draft)
    onsets = {token for token in tokens if ends_in_onset(token)}
    lines = [line for line in draft.lines if holds_one(line.text, onsets)] if onsets else []
    if splits(lines) >= FEWEST:
        for line in lines:
            line.text = SPLIT.sub(lambda match: joined(match) or match.group(), line.text)
        tokens = tokens_of(draft)
    if any(map(runs_together, tokens)):
        for line in draft.lines:
            line.text = WORD.sub(lambda match: parted(match.group()) or match.group(), line.text)


def holds_one(text: str, tokens: set[str]) -> bool:
    """Whether a line holds one of some tokens before a space; few lines hold its letters."""
    return any(f"{token} " in text for token in tokens) and not tokens.isdisjoint(text.split())


def part_at_stops(draft: Draft, tokens: set[str]) -> bool:
    """Put spaces behind stops, and the word over the title together; whether any line is another one then."""
    glued = [token for token in tokens if is_glued(token)]
    changed = False
    for line in draft.lines:
        text = line.text
        if glued and any(token in text for token in glued):
            text = spaced_behind_stops(text)
        if text[1:2] == " " and SPACED_OUT.fullmatch(text):
            text = DOCUMENT_WORDS.get(text.replace(" ", ""), text)
        if text != line.text:
            line.text, changed = text, True
    return changed


@lru_cache(maxsize=20_000)
def is_glued(token: str) -> bool:
    """Whether a word may stand right behind a stop of this token; told of each different token once."""
    return token.startswith("%(") or (not token.isalnum() and STOP.search(token) is not None)


def spaced_behind_stops(text: str) -> str:
    """The line with a space behind each stop that ends a word; what holds an address is left as it is."""
    if not STOP.search(text):
        return text
    kept = [run.span() for run in RUN.finditer(text) if ADDRESS.search(text, *run.span())]
    return STOP.sub(lambda m: m[0] if is_within(kept, m.start()) else f"{m[0]} ", text)


def is_within(spans: list[tuple[int, int]], place: int) -> bool:
    """Whether one of some spans in order holds a place."""
    at = bisect.bisect_right(spans, place, key=itemgetter(0)) - 1
    return at >= 0 and place < spans[at][1]


def tokens_of(draft: Draft) -> set[str]:
    """The different words of all lines with the signs at them: few, and most texts show by them that nothing is
    amiss."""
    return set(" ".join([line.text for line in draft.lines]).split())


@lru_cache(maxsize=20_000)
def ends_in_onset(token: str) -> bool:
    """Whether consonants that may begin a syllable stand alone before a space."""
    return token in ONSETS if token.isalpha() else LAST_LETTERS.search(token)[0] in ONSETS


@lru_cache(maxsize=20_000)
def runs_together(token: str) -> bool:
    """Whether one of its words is two syllables run together."""
    return parted(token) is not None if token.isalpha() else any(map(parted, LETTERS.findall(token)))


def splits(lines: list[Line]) -> int:
    """How many syllables the source splits in these lines."""
    return sum(1 for line in lines for match in SPLIT.finditer(line.text) if joined(match))


def joined(match: regex.Match) -> str | None:
    """The syllable that a consonant, a vowel and a consonant set apart make; None where they make none."""
    vowel, final = match["vowel"], match["final"] or ""
    if not VOWEL_FIRST.match(vowel) or LABELLED.search(match.string[max(0, match.start() - 9) : match.start()]):
        return None
    whole = match["onset"] + vowel + final
    return whole if is_attested(whole) else None


@lru_cache(maxsize=20_000)
def parted(word: str) -> str | None:
    """The two syllables that a word runs together; None where it is a syllable itself, or may be cut otherwise."""
    if len(word) > LONGEST or not MARKED.search(word) or is_syllable(word):
        return None
    cuts = [i for i in range(2, len(word) - 1) if is_attested(word[:i]) and is_attested(word[i:])]
    return f"{word[: cuts[0]]} {word[cuts[0] :]}" if len(cuts) == 1 else None


def is_attested(syllable: str) -> bool:
    """Whether official texts use a syllable."""
    return is_syllable(syllable) and counts().single.get(syllable.lower(), 0) >= ATTESTED
