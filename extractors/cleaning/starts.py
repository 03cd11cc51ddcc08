"""What stands at the start of a block: markers, letterhead, closing. Asked of a line when lines are put together."""

from __future__ import annotations

import regex

from extractors.cleaning.words import WORDS, any_of, is_hyphenated_name
from extractors.cues import cues
from extractors.markers import BULLET_SIGNS, NO_ITEM, label_value

CUES = cues("cleaning_cues.yaml")
LETTERHEAD_CUES = cues("letterhead_cues.yaml")
CLOSING_MARKS = "\"”’'»)]"
END_MARKS = tuple(".;:!?…")
LAST_WORD = regex.compile(r"(?r)[\p{L}\d]+$")
NUMBERED = regex.compile(
    r"(?!V\s?/\s?[Vv]\b)[IVX]{1,6}\s?[.)/:]\s*(?=[\p{Lu}\"“(\d])|[IVX]{1,6}\s?[-–]\s*(?=\p{Lu}{2})"
    r"|[A-HĐ]\s?[.)/]\s*(?=\p{Lu}\p{L})"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\s?[.)/]\s*(?=[\p{L}\"“(]|\d[\d.,]*\s?[%\p{L}])|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=[\p{Lu}\"“(])"
    rf"|{NO_ITEM}"
    r"\(?\d{1,2}\s?[.)/]\s*(?=[\p{Lu}\"“(])|\d{1,2}(?:\s?[.)]|/)\s+(?=\d[\d.,]*\s?[%\p{L}])|\d{1,2}-\s+(?=\d[\d.,]*\s?%)"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\s?[-–]\s*(?=\p{Lu}\p{L}*[\s,:(])"
    r"|[a-hđ]\s?[-–]\s*(?=\p{Lu}\p{L}*[\s,:(])|\(?[a-zđ]\s?\)\s*(?=\S)|[a-zđ]\s?[./]\s*/?\.?\s*(?=[\p{Lu}\"“])|[a-zđ]\s?\.\s+(?=\d)|o\s+(?=\p{Lu}\p{L})"
)
NUMBER_OF_DOCUMENT = regex.compile(NO_ITEM.replace("(?!", "(?=", 1))
LABEL = regex.compile(r"\(?(?P<label>[IVX]{1,6}|[A-HĐa-zđ]|\d{1,2}(?:\.\d{1,2}){0,3})(?:\s?[.)/:-]|\s+(?=\p{Lu}))")
BULLET = regex.compile(rf"[-–—]\s*\+\s*(?=\S)|[-–—+*◦○{BULLET_SIGNS}]\s*(?=[\p{{L}}\d\"“(])")
BULLET_ALONE = regex.compile(rf"[-–—+*◦○{BULLET_SIGNS}]|" r"(?:[IVX]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])\s?[.)]")
DIVISION = CUES["division"].compiled
LEGAL_BASIS = CUES["legal_basis"].compiled
ARTICLE = CUES["article"].compiled
YEAR_ENDS = regex.compile(r"(?<!\d)(?:19|20)\d\d$")
YEAR_STARTS = regex.compile(r"(?:19|20)\d\d(?!\d|[.,]\d)|\d{1,2}/\d{1,2}\b")
REFERENCE = CUES["reference_end"].compiled
LETTERHEAD = LETTERHEAD_CUES["head_opening"].compiled
CLOSING = LETTERHEAD_CUES["closing_opening"].compiled
AFTER_STOP = r" (?:[-–+] |\d{1,2}(?:\.\d{1,2}){0,2}\s?\. |[a-zđ]\) )(?=[\p{Lu}\d])"
ROMAN = r"[IVX]{1,4}\. (?=\p{Lu}{2})"
INLINE_MARKER = regex.compile(rf"(?<=[.;:]){AFTER_STOP}|(?<=\S) {ROMAN}")
"""A marker inside a line that all but surely opens an item."""
INLINE_MARKERS = (regex.compile(rf"[.;:]{AFTER_STOP}"), regex.compile(rf"(?<=\S ){ROMAN}"))
"""The same for counting: patterns that begin with a rare sign are found in a third of the time."""
DOCUMENT_WORD = regex.compile(rf"(?:{any_of(WORDS.document_words)})\s*:?$")
DECIDES = regex.compile(rf"(?:{any_of(WORDS.document_words)})\s?:", regex.IGNORECASE)
"""The word of what a document is, alone and with a colon: legal bases end above it with a comma (`Quyết định:`)."""
MARKER_STOPS = frozenset(".)/:-–")
SHORT_HEADING = 50


def ends_sentence(text: str) -> bool:
    """`text` ends with a mark after which a new block may stand."""
    tail = text[-3:].rstrip(CLOSING_MARKS)
    return tail.endswith(END_MARKS) or text.endswith(("/", "/."))


def last_word(text: str) -> str:
    match = LAST_WORD.search(text[-30:])
    return match.group() if match else ""


def in_capitals(text: str) -> bool:
    """All letters are capitals, and there are at least two."""
    return text.isupper() and sum(map(str.isalpha, text[:20])) >= 2


def opens_block(before: str, text: str) -> bool:
    """`text` begins a block of its own, whatever the line `before` it looks like."""
    first = text[0]
    if (first.isdigit() or not MARKER_STOPS.isdisjoint(text[1:8])) and NUMBERED.match(text):
        return not number_belongs(before, text)
    if not first.isalnum() and BULLET.match(text):
        return bullet_opens(before, text)
    if text.endswith(":") and first.isupper() and DECIDES.fullmatch(text):
        return True
    if first.isupper() and (text[:2] in WORDS.fixed_openings or "ngày" in text[:60] or text.isupper()):
        return opens_with_words(before, text)
    return False


def number_belongs(before: str, text: str) -> bool:
    """The line before ends in a word that a number belongs to (`theo khoản` + `2. Điều 5`), and is not a heading with
    the label before this one (`II. Các đề án` + `1. Đề án A`)."""
    word = last_word(before)
    if ends_sentence(before) or word not in WORDS.number_words or before.endswith(f"/{word}"):
        return False  # `13%/năm` + `2.2. Tỷ trọng`: what a rate is of takes no number
    return WORDS.heading_end.search(before[-30:]) is None or not comes_next(before, text)


def comes_next(before: str, text: str) -> bool:
    """Whether the label of a line is the one that follows the label of the line before: its first child or the next of
    its kind (`II` + `1`, `2` + `2.1`, `a` + `b`)."""
    first, second = LABEL.match(before), LABEL.match(text)
    if first is None or second is None:
        return False
    own, label = first["label"], second["label"]
    if label in ("1", "a", f"{own}.1"):
        return own != label
    *stem, last = own.split(".")
    if last.isdigit():
        return label == ".".join([*stem, str(int(last) + 1)])
    for style in ("roman", "letter", "upper"):
        first_value, second_value = label_value(style, own), label_value(style, label)
        if first_value and second_value:
            return second_value == first_value + 1
    return False


def bullet_opens(before: str, text: str) -> bool:
    """The dash is a bullet and not inside a name (`Lao động` + `- Thương binh`) or a range (`2018` + `- 2020`)."""
    if text[0] not in "-–—" or not before or ends_sentence(before):
        return True
    words = text[1:].lstrip()
    if before[-1].isdigit() and words[0].isdigit():
        return YEAR_ENDS.search(before) is not None and YEAR_STARTS.match(words) is None  # `năm 2025` + `- 90% hộ`
    if words[0].islower() and before[-1] != "," and not is_short_heading(before):
        return False
    return not is_hyphenated_name(before, words)


def is_short_heading(text: str) -> bool:
    """A numbered line too short to be wrapped: under it a dash before small letters is a bullet (`2. Chỉ tiêu` +
    `- số hộ nghèo còn 50 hộ`)."""
    return len(text) <= SHORT_HEADING and NUMBERED.match(text) is not None


def opens_with_words(before: str, text: str) -> bool:
    """Fixed openings: divisions, letterhead, closing, legal bases."""
    if DOCUMENT_WORD.fullmatch(text) and in_capitals(before) and NUMBERED.match(before) and not ends_sentence(before):
        return False  # `II. NỘI DUNG` + `KẾ HOẠCH`, `V. CHẾ ĐỘ` + `BÁO CÁO`
    if LETTERHEAD.match(text) or CLOSING.match(text) or DOCUMENT_WORD.match(text):
        return in_capitals(text[:12]) or not before or not last_word(before).islower() or not unfinished(before)
    if ARTICLE.match(text):
        return not unfinished(before) and REFERENCE.search(before[-20:]) is None
    if DIVISION.match(text):
        return ends_sentence(before) or text.isupper() or in_capitals(before)
    if LEGAL_BASIS.match(text):
        return not unfinished(before) or before.endswith(",")
    return False


def unfinished(text: str) -> bool:
    """`text` cannot end here: a comma, an open dash, or a word that asks for another."""
    return text.endswith((",", "-", "–", "(", "“")) or WORDS.dangling.search(text[-30:]) is not None


def first_word(text: str) -> str:
    return text.split(None, 1)[0]
