"""Steps on characters and single lines: what is no text is taken out before lines are put together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from extractors.cleaning.lines import Draft, Line

ODD_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
NO_WIDTH = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x1C), 0x1F, 0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F]
)
SIGNS = {0xF020: " ", 0xF03C: "<", 0xF03D: "=", 0xF03E: ">", 0xF0B0: "°", 0xF0B1: "±"}
SYMBOLS = {**SIGNS, 0xF02D: "-", 0xF02B: "+", 0xF02A: "*", 0xF0B3: "≥", 0xF0A3: "≤", 0xF0B4: "×", 0xF0E0: "→"}
"""What symbol fonts show for codes of the private use area; every other one stands as a bullet."""
SYMBOL_FONT = {code: SYMBOLS.get(code, "•") for code in range(0xF020, 0xF100)}
LOOKALIKES = {
    ord("Ð"): "Đ",  # U+00D0, what fonts and OCR put for U+0110
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\ufe63"), "-"),
    **dict.fromkeys(map(ord, "—―"), "–"),
    ord("«"): "“",
    ord("»"): "”",
}
FULL_WIDTH = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
"""Signs as wide as a Chinese letter (`％`, `：`), and the plain ones that they are."""
CHARACTERS = {**ODD_SPACES, **NO_WIDTH, **LOOKALIKES, **FULL_WIDTH, **SYMBOL_FONT}
SPACES = regex.compile(r"[ \t]{2,}|\t")
SPACE_IN_BRACKETS = regex.compile(r"(?<=\() (?=\S)|(?<=[^\s(|]) (?=\))")
ESCAPED_END = regex.compile(r"\\r\\n|\\[rnt](?!\p{Ll})")
ESCAPED_ENDS = 3
"""So many times `\\r\\n` must be spelled out before it is taken for line ends."""

HEADING_MARK = regex.compile(r"#{1,6}(?:\s+|$)|>\s+")
TABLE_RULE = regex.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
STRONG = regex.compile(r"\*{2,}|(?<!\w)__(?=[^\W_])|(?<=[^\W_]|[.:;,])__(?!\w)")
OPENS_ITALICS, CLOSES_ITALICS = regex.compile(r"\*(?=[^\s*])[^*]+$"), regex.compile(r"^[^*]*[^\s*]\*$")
EMPHASIS = regex.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,400})(?<=[^\s(])\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_]{1,400})(?<=\S)_(?![\w_])"
)
LOOSE_STAR = regex.compile(r"(?<=[^\s*(])\*$|^\*(?=[^\s*)])")
ESCAPE = regex.compile(r"\\([-\\`*_{}\[\]()#+.!|>~])")
INLINE_TAG = regex.compile(r"</?(?:br|u|b|i|strong|em|sup|sub)\s*/?>", regex.IGNORECASE)
RULER = regex.compile(r"[-–—_=*~.…·\s]{3,}|[-–—_=*~]{2,}")


def normalise_characters(draft: Draft) -> None:
    """One form for every character: composed (NFC), plain spaces, hyphens and quotes, `Đ` for its look-alike, nothing
    invisible."""
    draft.pages = [plain(unicodedata.normalize("NFC", page)) for page in draft.pages]


def plain(page: str) -> str:
    """The page with what stands for its odd characters; a page has few different ones."""
    for odd in CHARACTERS.keys() & set(map(ord, set(page))):
        page = page.replace(chr(odd), CHARACTERS[odd] or "")
    return page


def unescape_line_ends(draft: Draft) -> None:
    """Texts that went through JSON or SQL twice spell their line ends out (`dân\\r\\nsố`): make them line ends."""
    if sum(page.count(r"\r\n") for page in draft.pages) >= ESCAPED_ENDS:
        draft.pages = [ESCAPED_END.sub("\n", page) for page in draft.pages]


def split_lines(draft: Draft) -> None:
    """Pages into lines. Blank lines go; the line after one remembers it."""
    for number, page in enumerate(draft.pages, 1):
        gap = False
        for raw in page.splitlines():
            text = raw.strip()
            if not text:
                gap = True
                continue
            right = raw.rstrip()
            indent = len(right.expandtabs(8)) - len(text.expandtabs(8))
            soft = raw.endswith(" ") and not raw.endswith("  ")
            draft.lines.append(Line(text, number, max(indent, 0), indent + len(text), gap, soft))
            gap = False


def drop_markdown(draft: Draft) -> None:
    """Markdown says how text looks, not what it says: `#`, `**`, `_`, escapes and table rules go, bullets stay."""
    for line in draft.lines:
        line.text = without_marks(line.text)
    for opening, closing in emphasised(draft.lines):
        opening.text, closing.text = opening.text[1:], closing.text[:-1]
    drop_empty(draft)


def emphasised(lines: list[Line]) -> Iterator[tuple[Line, Line]]:
    """The first and the last line of each paragraph that stands in italics as a whole (`*Hà Tĩnh,` … `năm 2025*`)."""
    opening: Line | None = None
    for line in lines:
        opens = line.text.startswith("*") and OPENS_ITALICS.match(line.text)
        if line.gap or opens:
            opening = line if opens else None
        if opening is not None and line is not opening and CLOSES_ITALICS.search(line.text):
            yield opening, line
            opening = None


def without_marks(text: str) -> str:
    """One line without Markdown marks, also where they do not balance (`**head*`)."""
    if text.startswith(("#", ">")):
        text = HEADING_MARK.sub("", text, count=1)
    if "--" in text and TABLE_RULE.fullmatch(text):
        return ""
    plain = STRONG.sub("", text) if "**" in text or "__" in text else text
    if "*" in plain or "_" in plain:
        plain = EMPHASIS.sub(lambda m: m.group(1) or m.group(2), plain)
        if plain != text:
            plain = LOOSE_STAR.sub("", plain)
    if "\\" in plain:
        plain = ESCAPE.sub(r"\1", plain)
    if "<" in plain:
        plain = INLINE_TAG.sub(" ", plain)
    return plain.strip()


def squeeze_spaces(draft: Draft) -> None:
    """Runs of spaces and tabs are one space: they lay text out and say nothing. Inside of brackets stands none."""
    for line in draft.lines:
        if "  " in line.text or "\t" in line.text:
            line.text = SPACES.sub(" ", line.text)
        if "( " in line.text or " )" in line.text:
            line.text = SPACE_IN_BRACKETS.sub("", line.text)


def drop_rulers(draft: Draft) -> None:
    """Lines drawn with dashes, dots or underscores (under the letterhead, for signatures) are no text."""
    for line in draft.lines:
        drawn = not line.text[:1].isalnum() and not line.text[2:3].isalnum()  # nor is it a bullet with words behind it
        if drawn and RULER.fullmatch(line.text):
            line.text = ""
    drop_empty(draft)


def drop_empty(draft: Draft) -> None:
    """Leave out emptied lines; what follows one keeps its distance."""
    kept: list[Line] = []
    gap = False
    for line in draft.lines:
        if line.text:
            line.gap |= gap
            gap = False
            kept.append(line)
        else:
            gap = True
    draft.lines = kept
