"""Legal documents named in the text (căn cứ, viện dẫn): number, date, instrument, issuer, subject; one row a mention.

A number has one of three forms: with its year (`30a/2008/NQ-CP`, `76/2014/QH13`), without (`1722/QĐ-TTg`), and the
party's (`22-NQ/TU`, `18-CT/TW`). Spaces that a scraper left inside (`506/KH- UBATGTQG`) do not count. A law may be
cited by name alone (`Luật Người cao tuổi`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import regex

from extractors.cues import cues
from extractors.plan import Note
from extractors.rule_files import load_csv, load_yaml_rules, one_of, texts
from extractors.wording import whole_words
from schemas.filtered import Filtered, filtered
from schemas.folding import fold
from schemas.messages import message
from schemas.records import INSTRUMENTS, Citation

if TYPE_CHECKING:
    from extractors.context import Plan

CUES = cues("citation_cues.yaml")
NUMBER = CUES.naming("number", "dated", "plain", "party")
OWN_NUMBER = CUES["own_number"]
DATE_AFTER = CUES.naming("date_after", "day")
OF = CUES["of_issuer"]
ISSUER_END = CUES["issuer_end"]
SUBJECT = CUES.naming("subject", "subject")
CLAUSE_END = CUES["clause_end"]
LAW = CUES["law"]
NAME_END = CUES["law_name_end"]
ANY_DASH = CUES["any_dash"]
PARTY_BLANK = filtered(r"^(\d+)\s+(?=\p{Lu})")
MISWRITTEN = (
    (filtered(r"(?<=[/-])QD(?=[-/])"), "QĐ"),
    (filtered(r"(?<=[/-])ND(?=-CP)"), "NĐ"),
    (filtered(r"TTG(?!\p{L})"), "TTg"),
    (filtered(r"(?<=\d[-/])NO(?=[-/](?:TW|TU|CP|QH|HĐND))"), "NQ"),
)
NO_KEY = filtered(r"[^0-9A-ZĐ]")
NUMBER_WORD = CUES["number_word"]
NUMBER_COLON = CUES["number_colon"]
NUMBER_NEXT = CUES["number_next"]
STRAY_SIGN = CUES["stray_sign"]
MISREAD = 0.5
"""How sure a number is that holds a misread letter, or may have lost its first figure."""
LEADING_DIGITS = filtered(r"^\d+\p{L}?")
LAST_DIGITS = filtered(r"\d+$")
SYMBOL_CUT = CUES["symbol_cut"]
OTHER_CLAUSE = filtered(r"[;:.\n)]|,\s|/")
NO_LAW = CUES["no_law"]
CLOSING_QUOTE = filtered('[”"]')
AMENDS = CUES["amends"]
AMENDMENT_END = CUES["amendment_end"]
SHARED_DATE = 0.8
"""How sure the date is that stands once behind two numbers."""
SUBJECT_CHARACTERS = 500
LONGEST_ISSUER = 140
WINDOW, AHEAD = 70, 250
LONGEST_SYLLABLE = 10
"""Letters, with what folding looks at beside them."""


@dataclass(frozen=True, slots=True)
class CitationMatch:
    """One mention. `start`..`end` is the citing clause, from the instrument word to date or issuer."""

    start: int
    end: int
    instrument: str
    number: str | None
    date: datetime.date | None
    issuer: str | None
    subject: str | None
    relation: str
    rule: str
    confidence: float
    date_text: str | None = None
    """The date as written; with `date` None it names no day of the calendar."""


@dataclass(frozen=True)
class Instruments:
    """What tells the kind of a cited document: pattern of words before the number, abbreviations in it."""

    of_word: dict[str, str]
    of_abbreviation: dict[str, str]
    words: Filtered


@cache
def instruments() -> Instruments:
    """The rule file, checked."""
    rules = load_yaml_rules(
        "citations_instruments.yaml",
        {"instrument": one_of(*sorted(INSTRUMENTS)), "words": texts, "abbreviations": texts},
    ).values()
    of_word = {fold(w): r["instrument"] for r in rules for w in r["words"]}
    of_abbreviation = {
        a if a in ("CTr", "TTr") else a.upper(): r["instrument"] for r in rules for a in r["abbreviations"]
    }  # CTr (chương trình) and CT (chỉ thị), TTr (tờ trình) and TT (thông tư) differ by the small r alone
    forms = "|".join(regex.escape(w).replace(r"\ ", r"\s+") for w in sorted(of_word, key=len, reverse=True))
    return Instruments(of_word, of_abbreviation, filtered(rf"(?<!\w)(?:{forms})(?!\w)"))


@cache
def law_names() -> Filtered:
    """Names of laws that hold commas or conjunctions, longest first."""
    names = sorted((r["name"] for r in load_csv("citations_laws.csv", ("name",), ("name",))), key=len, reverse=True)
    forms = "|".join(regex.escape(fold(n)).replace(r"\ ", r"\s+") for n in names)
    return filtered(rf"(?:{forms})(?!\w)")


def normal_number(raw: str) -> str:
    """`2799/CTr - UBND` to `2799/CTr-UBND`: no blanks, plain hyphens, Đ for the letters that stand for it."""
    raw = PARTY_BLANK.sub(r"\1-", raw)  # the party's `05 KH/TU`
    number = "".join(ANY_DASH.sub("-", raw).replace("Ð", "Đ").split())
    for pattern, meant in MISWRITTEN:
        number = pattern.sub(meant, number)
    return number


def number_key(number: str) -> str:
    """What two spellings of one number share: letters and digits, leading zeros left out."""
    return NO_KEY.sub("", number.upper()).lstrip("0")


def find_citations(
    text: str,
    first_section_start: int,
    own_number: str | None = None,
    own_date: datetime.date | None = None,
) -> list[CitationMatch]:
    """Every legal document named in the text, in order.

    `first_section_start`: mentions before it are legal bases. The document's own number (in the letterhead, `Kèm theo
    Kế hoạch số …` over an annex) is no citation.
    """
    reader = _Reader(text, first_section_start)
    numbered: list[CitationMatch] = []
    for match in NUMBER.finditer(text):
        found = reader.numbered(match, numbered[-1] if numbered else None)
        if found is not None and not is_own(found, own_number, own_date):
            if numbered and shares_date(text, numbered[-1], found):
                date = {"date": found.date, "date_text": found.date_text, "confidence": SHARED_DATE}
                numbered[-1] = replace(numbered[-1], **date)
            numbered.append(found)
    found = [*numbered]
    for match in LAW.finditer(text):
        law = reader.law(match)
        if law is not None and not any(law.start < c.end and c.start < law.end for c in found):
            found.append(law)
    return sorted(found, key=lambda c: (c.start, c.end))


def shares_date(text: str, first: CitationMatch, second: CitationMatch) -> bool:
    """Whether two numbers of one kind are joined so that the date behind the second is that of both."""
    if first.date_text is not None or second.date is None or first.issuer is not None:
        return False
    if second.rule != "number_only":
        return False  # with a word of its own the second is told alone
    symbols = {LEADING_DIGITS.sub("", citation.number or "") for citation in (first, second)}
    return len(symbols) == 1 and CUES["shared_date"].fullmatch(text, first.end, second.start) is not None


def is_own(found: CitationMatch, number: str | None, date: datetime.date | None) -> bool:
    """Whether a mention names the document itself: its number without a date or with its own date."""
    if number is None or found.number is None or number_key(number) != number_key(found.number):
        return False
    return found.date is None or date is None or found.date == date


class _Reader:
    """Reads single mentions of one text."""

    def __init__(self, text: str, first_section_start: int):
        self.text = text
        self.first = first_section_start

    def folded(self, start: int, end: int) -> str:
        """text[start:end] with the words folded as they stand in the text, also those that it cuts."""
        first = max(0, start - LONGEST_SYLLABLE)
        return fold(self.text[first : end + LONGEST_SYLLABLE])[start - first : end - first]

    def relation(self, at: int) -> str:
        return "legal_basis" if at < self.first else "reference"

    def numbered(self, match: regex.Match[str], previous: CitationMatch | None) -> CitationMatch | None:
        """The mention around one number; None for what only looks like a number of a document."""
        before = self.folded(max(0, match.start() - WINDOW), match.start())
        if OWN_NUMBER.search(before):
            return None
        symbol = match["dated"] or match["plain"] or match["party"]
        by_symbol = self.instrument_of_symbol(symbol)
        word = self.word_before(before)
        said = NUMBER_WORD.search(before)
        if word is None and not said and by_symbol is None:
            return None
        start = match.start()
        rule, confidence = "number_only", 0.9
        instrument = by_symbol or (previous.instrument if previous else "other")
        if word is not None:
            start = match.start() - len(before) + word[0]
            rule, confidence = "instrument_and_number", 0.98
            instrument = self.agreed(word[1], by_symbol, before, word[0])
        elif said:
            start = match.start() - len(before) + said.start()
        date, date_text, end = self.date_after(match.end())
        number = normal_number(match[0])
        if STRAY_SIGN.search(before) or ("NO" in symbol and "NO" not in number):
            confidence = MISREAD
        issuer, end = self.issuer_after(end)
        if date_text is None and issuer is not None:
            date, date_text, end = self.date_after(end)
        return CitationMatch(
            start, end, instrument, number, date, issuer, self.subject_after(end), self.relation(match.start()), rule,
            confidence, date_text,
        )  # fmt: skip

    def instrument_of_symbol(self, symbol: str) -> str | None:
        """The kind that `QĐ-TTg`, `QH13`, `NQ/TU` name."""
        known = instruments().of_abbreviation
        first = LAST_DIGITS.sub("", SYMBOL_CUT.split(symbol.replace(" ", ""))[0].replace("Ð", "Đ"))
        if first in ("CTr", "TTr"):
            return known[first]
        whole = LAST_DIGITS.sub("", symbol.replace(" ", "")).upper()
        return known.get(whole) or known.get(first.upper()) or known.get({"QD": "QĐ", "ND": "NĐ"}.get(first, ""))

    def word_before(self, before: str) -> tuple[int, str] | None:
        """The last instrument word before the number in the same clause, with the kind that it names."""
        last = None
        for found in instruments().words.finditer(before):
            between = before[found.end() :]
            if OTHER_CLAUSE.search(NUMBER_COLON.sub("", between)):
                continue
            if NUMBER_NEXT.search(between):
                last = (found.start(), instruments().of_word[" ".join(found[0].split())])
        return last

    def agreed(self, by_word: str, by_symbol: str | None, before: str, at: int) -> str:
        """The word's kind, unless the symbol names another whose word stands in the same clause, too (`Quyết định phê
        duyệt Đề án số 12/QĐ-UBND`). Laws and resolutions of the Quốc hội share the symbol QH."""
        if by_symbol in (None, by_word) or (by_symbol, by_word) == ("law", "resolution"):
            return by_word
        clause = regex.split(r"[;:.\n]", before[:at])[-1]
        earlier = {instruments().of_word[" ".join(m[0].split())] for m in instruments().words.finditer(clause)}
        return by_symbol if by_symbol in earlier else by_word

    def date_after(self, at: int) -> tuple[datetime.date | None, str | None, int]:
        """The date that follows, as a value and as written, and where it ends."""
        match = DATE_AFTER.match(self.folded(at, at + AHEAD))
        if match is None:
            return None, None, at
        written = self.text[at + match.start("day") : at + match.end()]
        return _date(match), written, at + match.end()

    def issuer_after(self, at: int) -> tuple[str | None, int]:
        """`của Thủ tướng Chính phủ`: up to the verb or mark that ends the name."""
        match = OF.match(self.text, at)
        if match is None:
            return None, at
        stop = ISSUER_END.search(self.text, match.end(), match.end() + 2 * LONGEST_ISSUER)
        end = stop.start() if stop else len(self.text)
        if not 0 < end - match.end() <= LONGEST_ISSUER:
            return None, at
        return self.text[match.end() : end].strip(" ,*_"), end

    def subject_after(self, at: int) -> str | None:
        """`về …`, `phê duyệt …` up to the end of the citing clause."""
        match = SUBJECT.match(self.text, at)
        if match is None:
            return None
        limit = min(len(self.text), match.start("subject") + SUBJECT_CHARACTERS)
        if match["open"]:
            closing = CLOSING_QUOTE.search(self.text, match.end(), limit)
            end = closing.start() if closing else match.end()
        else:
            stop = CLAUSE_END.search(self.text, match.end(), limit)
            end = stop.start() if stop else limit
        subject = whole_words(self.text[match.start("subject") : end], 0)
        if subject.endswith("”") and "“" not in subject:
            subject = subject[:-1].rstrip(" ,.")
        return subject if len(subject) > 6 else None

    def law(self, match: regex.Match[str]) -> CitationMatch | None:
        """A law cited by name: a known name, else the words up to the mark or word that ends it."""
        behind = self.folded(match.end(), match.end() + AHEAD)
        if NO_LAW.match(behind):
            return None
        known = law_names().match(behind)
        if known:
            end = match.end() + known.end()
        elif AMENDS.match(behind):
            stop = AMENDMENT_END.search(self.text, match.end())
            end = stop.start() if stop else len(self.text)
        else:
            stop = NAME_END.search(self.text, match.end())
            end = stop.start() if stop else len(self.text)
        name = self.text[match.end() : end].strip()
        if not 0 < len(name.split()) <= 22:
            return None
        date, date_text, end = self.date_after(end)
        confidence = 0.95 if known else 0.8
        return CitationMatch(
            match.start(), end, "law", None, date, None, name, self.relation(match.start()), "law_by_name", confidence,
            date_text,
        )  # fmt: skip


def _date(match: regex.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match["dyear"].replace(" ", "")), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


AnyCitation = TypeVar("AnyCitation", CitationMatch, Citation)


def conflicting_dates(citations: Iterable[AnyCitation]) -> list[tuple[AnyCitation, AnyCitation]]:
    """Pairs (first mention, later mention) of one number with two different dates, one pair for each wrong date.

    Numbers start anew every year: two dates in different years contradict each other only where the number holds its
    year, or where day and month are the same.
    """
    first: dict[str, list[AnyCitation]] = {}
    pairs = []
    for citation in citations:
        if citation.number is None or citation.date is None:
            continue
        seen = first.setdefault(number_key(citation.number), [])
        if any(c.date == citation.date for c in seen):
            continue
        rival = next((c for c in seen if _contradict(c, citation)), None)
        if rival is not None:
            pairs.append((rival, citation))
        seen.append(citation)
    return pairs


def _contradict(a: AnyCitation, b: AnyCitation) -> bool:
    holds_year = regex.search(r"/(?:19|20)\d\d/", a.number) is not None
    same_day = (a.date.day, a.date.month) == (b.date.day, b.date.month)
    return holds_year or a.date.year == b.date.year or same_day


def later_than_plan(plan: Plan, citations: Iterable[Citation]) -> list[Citation]:
    """Mentions above the signature whose date lies after the plan's own: it cannot rest on what came later."""
    issued = plan.meta.issued_date
    if issued is None:
        return []
    return [c for c in citations if c.date is not None and c.date > issued and c.char_start < plan.body_end]


def extract_citations(plan: Plan) -> list[Citation]:
    """The rows of `citations` of one document."""
    meta = plan.meta
    own = (meta.doc_number, meta.issued_date) if meta else (None, None)
    rows = []
    for found in find_citations(plan.text, plan.body_start, *own):
        if found.date is None and found.date_text is not None:
            said = message("no_such_day_cited", day=found.date_text)
            plan.notes.append(Note("impossible_date", said, found.start, found.end))
        rows.append(
            Citation(
                **plan.fact(found.start, found.end, f"citation.{found.rule}", found.confidence),
                citation_id=plan.new_id("citations", found.start, found.end, found.number or found.subject),
                instrument=found.instrument,
                number=found.number,
                date=found.date,
                issuer=found.issuer,
                subject=found.subject,
                relation=found.relation,
            )
        )
    return rows
