"""Lines of a read page as text: noise left out, paragraphs told apart by their place on the page.

What the place of a line says is written the way `pdftotext -layout` writes it, which cleaning understands: a blank line
where the distance is wide, blanks in front of an indented line, a blank at the end of a line that was wrapped, and a
run of blanks between columns that stand side by side.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median

import regex

from pipeline.ingest.ocr.handwriting import without_handwriting
from pipeline.ingest.ocr.item_labels import HANGING, with_labels
from pipeline.ingest.ocr.letterhead import unfolded
from pipeline.ingest.ocr.order import in_order
from pipeline.ingest.ocr.table_text import SAYS_SOMETHING, apart, place_of
from pipeline.ingest.ocr.upright import upright
from pipeline.ingest.ocr.words import Reading, TextLine, Word

COLUMN_GAP = "    "
MIN_COLUMN_GAP = 2.5
"""Blank space between two words that is so many times the height of a line parts two columns."""
PARAGRAPH_PITCH = 1.3
"""Lines further apart than this many usual distances do not belong to one paragraph."""
MAX_INDENT = 12
NOISE_CONFIDENCE = 0.5
SCRAWL_CONFIDENCE, SURE_WORD = 0.65, 0.8
LINE_NOISE_CONFIDENCE = 0.35
ROMAN_L = regex.compile(r"(?<=^I{1,2})L(?=\.|\s\p{Lu}{2})")
"""`IL.` and `IIL.` at the start of a line are `II.` and `III.`: no outline has fifty chapters."""
TWO_DASHES = regex.compile("(?<= )(?:– ?-|- ?–)(?= |$)")
"""What is made of one dash between words."""
NEVER_OPENS = "ˆ^_:;.,'`~|°®©¬%="
"""No line begins with one of these alone: they are specks, however sure the engine is of them."""
DIGIT = regex.compile(r"\d")
BULLETS = "-+"


def page_text(reading: Reading) -> str:
    """The text of a page."""
    lines, tables = apart(reading)
    lines = [kept for line in in_order(with_labels(lines)) if (kept := without_noise(line))]
    lines = unfolded(without_handwriting(lines))
    out = laid_out(lines)
    for table in reversed(tables):
        at = place_of(table.top, lines)
        if at:
            out[at - 1] = out[at - 1].rstrip(" ")
        out[at:at] = ["", *table.rows, ""]
    return "\n".join(out)


def laid_out(lines: list[TextLine]) -> list[str]:
    """Each line as its place on the page has it written; after a wide distance with a blank line in front."""
    if not lines:
        return []
    lines = upright(lines)
    pitch = usual_pitch(lines)
    character = usual_character(lines)
    margins = block_margins(lines)
    out: list[str] = []
    for i, line in enumerate(lines):
        anew = "\n" if i and starts_anew(lines[i - 1], line, pitch) else ""
        left, right = margins[line.block]
        indent = " " * min(round((line.left - left) / character), MAX_INDENT)
        after = lines[i + 1] if i + 1 < len(lines) else None
        soft = " " if after and is_wrapped(line, after, right, character) else ""
        out.append(anew + indent + TWO_DASHES.sub("–", ROMAN_L.sub("I", spaced(line))) + soft)
    return out


def without_noise(line: TextLine) -> TextLine | None:
    """The line without what is no text: rulers, borders, specks, the rims of stamps. None where nothing is left."""
    words = list(line.words)
    gaps = [i for i in range(1, len(words)) if is_wide(words[i - 1], words[i], line)]
    while gaps and is_scrawl(words[gaps[-1] :]):
        del words[gaps.pop() :]
    while words and is_speck(words[-1]):
        words.pop()
    while words and not is_label(words) and (is_speck(words[0]) or not words[0].text.strip(NEVER_OPENS)):
        words.pop(0)
    kept = TextLine(tuple(words), line.block)
    if not words or not SAYS_SOMETHING.search(kept.text):
        return None
    sure = sum(w.confidence for w in words) / len(words)
    letters = sum(map(str.isalpha, kept.text))
    if sure < LINE_NOISE_CONFIDENCE or (letters < 3 and not DIGIT.search(kept.text) and sure < NOISE_CONFIDENCE):
        return None
    return kept


def is_label(words: list[Word]) -> bool:
    """A dash or a cross that stands apart before the text of an item, however sure the engine is of it."""
    height = max(word.bottom - word.top for word in words)
    return words[0].text in BULLETS and len(words) > 1 and words[1].left - words[0].right >= HANGING * height


def is_wide(a: Word, b: Word, line: TextLine) -> bool:
    """Two columns are parted between these words."""
    return b.left - a.right > MIN_COLUMN_GAP * (line.bottom - line.top)


def is_scrawl(words: list[Word]) -> bool:
    """A piece beside the text in which the engine reads hardly anything: the rim of a stamp, a signature."""
    sure = sum(w.confidence for w in words) / len(words)
    return sure < SCRAWL_CONFIDENCE and not any(w.confidence > SURE_WORD and len(w.text) > 2 for w in words)


def is_speck(word: Word) -> bool:
    """A mark at the edge of a line that the engine itself does not believe in, or a ruler."""
    if SAYS_SOMETHING.search(word.text):
        return False
    return word.confidence < NOISE_CONFIDENCE or (len(word.text) > 3 and not word.text.strip("-–—_=~"))


def usual_pitch(lines: list[TextLine]) -> float:
    """The usual distance from one line to the next."""
    steps = [b.bottom - a.bottom for a, b in pairwise(lines) if 0 < b.bottom - a.bottom < 6 * (a.bottom - a.top)]
    return median(steps) if steps else 1.5 * median(line.bottom - line.top for line in lines)


def usual_character(lines: list[TextLine]) -> float:
    """The usual width of a character."""
    return max(1.0, median((line.right - line.left) / max(len(line.text), 1) for line in lines))


def block_margins(lines: list[TextLine]) -> dict[int, tuple[int, int]]:
    """Left and right edge of the column that each block stands in: blocks one over the other share theirs."""
    edges: dict[int, tuple[int, int]] = {}
    for line in lines:
        left, right = edges.get(line.block, (line.left, line.right))
        edges[line.block] = min(left, line.left), max(right, line.right)
    left, right = min(a for a, _ in edges.values()), max(b for _, b in edges.values())
    wide = {block for block, (a, b) in edges.items() if b - a > 0.6 * (right - left)}
    if not wide:
        return edges
    page = min(edges[b][0] for b in wide), max(edges[b][1] for b in wide)
    beside = side_by_side(lines)
    return {block: edge if block in beside else page for block, edge in edges.items()}


def side_by_side(lines: list[TextLine]) -> set[int]:
    """Blocks that have a neighbour at their side."""
    spans: dict[int, tuple[int, int]] = {}
    for line in lines:
        top, bottom = spans.get(line.block, (line.top, line.bottom))
        spans[line.block] = min(top, line.top), max(bottom, line.bottom)

    def beside(a: int, b: int) -> bool:
        shared = min(spans[a][1], spans[b][1]) - max(spans[a][0], spans[b][0])
        return a != b and shared > 0.5 * (spans[a][1] - spans[a][0])

    return {a for a in spans if any(beside(a, b) for b in spans)}


def starts_anew(before: TextLine, line: TextLine, pitch: float) -> bool:
    """`line` stands clearly below the line before, or in another column."""
    step = line.bottom - before.bottom
    return step > PARAGRAPH_PITCH * pitch or step < -pitch


def is_wrapped(line: TextLine, after: TextLine, right: int, character: float) -> bool:
    """The first word of the next line had no room at the end of this one."""
    first = after.words[0]
    width = first.right - first.left
    if " " in first.text:
        width = round(width * len(first.text.split(" ", 1)[0]) / len(first.text))
    return after.top > line.top and line.right + character + width > right - character


def spaced(line: TextLine) -> str:
    """The words with a blank between them, with several where columns stand apart."""
    height = median(word.bottom - word.top for word in line.words)
    parts = [line.words[0].text]
    for a, b in pairwise(line.words):
        parts.append(COLUMN_GAP if b.left - a.right > MIN_COLUMN_GAP * height else " ")
        parts.append(b.text)
    return "".join(parts)
