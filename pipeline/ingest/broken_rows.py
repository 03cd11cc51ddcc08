"""Table rows that the end of a page cut in two, put together again.

What had no room at the foot of a page stands at the top of the next one, in a row whose first cell, that of the number
(TT), is empty; so are those of merged cells behind it. On its own it would be another row, and the cell it belongs to
would end in mid-name or mid-number.
"""

from __future__ import annotations

import re

from extractors.cues import cues
from pipeline.ingest.table_cells import MIN_COLUMNS

CUES = cues("cleaning_cues.yaml")
PAGE_NUMBER = re.compile(r"\d{1,4}")
NUMBERED = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-z])[.)]?\s*")
FIGURE = re.compile(r"[\d.,%\s-]+")
CUT_FIGURE = re.compile(r"(?P<head>\d{1,3}(?:\.\d{3})*(?:\.\d{0,2})?) (?P<tail>\.?\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?)")
CUT_DAY = re.compile(
    r"(?<![\d/])(?:(\d{1,2}/[01]) (\d/20\d\d)|(\d{1,2}/\d{1,2}/2) (0\d\d)|(\d{1,2}/\d{1,2}/20\d) (\d)"
    r"|(\d{1,2}/\d{1,2}/20) (\d\d)(?=\W*$))(?![\d/])"
)
"""A day that had no room on its line: `15/1` over `1/2026`."""
LISTED = re.compile(r"(?:^|\s)[-+•*] \S")
GOES_ON = (";", ":", ",")
"""What a cell ends with that goes on."""
LONGEST_NUMBER = 3
"""A line at the head of a page that is no longer is its number, however it was misread."""
GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")


def joined_pages(pages: list[str]) -> list[str]:
    """The pages with each broken row whole, on the page where it begins. Rows of one cell become its words."""
    out = [page.split("\n") for page in pages]
    before = out[0] if out else []
    for after in out[1:]:
        join_rows(before, after)
        if not all(is_page_number(line) for line in after if line.strip()):
            before = after  # a page that holds nothing but the rest of a row ends none
    return ["\n".join(map(closed_row, lines)) for lines in out]


def closed_row(line: str) -> str:
    """The line; where it is a row of which one cell alone says anything, what that cell says."""
    if not is_row(line):
        return line
    filled = [cell for cell in cells_of(line) if cell]
    return filled[0] if len(filled) == 1 else line


def join_rows(before: list[str], after: list[str]) -> None:
    """Put the rest of a page's last row, if the next page begins with it, where it belongs."""
    last, first = last_row(before), first_row(after, before)
    if last is None or first is None:
        return
    upper, lower = cells_of(before[last]), cells_of(after[first])
    if len(upper) == len(lower) and is_rest(upper, lower):
        both = (f"{a} {b}".strip() for a, b in zip(upper, lower, strict=True))
        before[last] = " ".join(" | ".join(map(whole_figure, both)).split())
        del after[first]


def last_row(lines: list[str]) -> int | None:
    """The table row with which a page ends, whatever number stands below it."""
    for i in range(len(lines) - 1, -1, -1):
        if lines[i].strip() and not is_page_number(lines[i]):
            return i if is_row(lines[i]) else None
    return None


def first_row(lines: list[str], before: list[str]) -> int | None:
    """The table row with which a page begins, behind the page's number and the heads told again."""
    known = {line.strip() for line in before if is_row(line)}
    for i, line in enumerate(lines):
        if line.strip() and not is_page_number(line) and line.strip() not in known:
            return i if is_row(line) else None
    return None


def is_page_number(line: str) -> bool:
    """The line only numbers the page."""
    words = line.strip()
    if len(words) <= LONGEST_NUMBER and not is_row(words):
        return True
    return PAGE_NUMBER.fullmatch(words) is not None or CUES["page_number"].fullmatch(words) is not None


def is_row(line: str) -> bool:
    """The line is a row of a table with columns."""
    return line.count("|") >= MIN_COLUMNS - 1


def cells_of(row: str) -> list[str]:
    """What its cells say."""
    return [cell.strip() for cell in row.split("|")]


def is_rest(upper: list[str], lower: list[str]) -> bool:
    """The lower row goes on with the upper one: it has no number, says nothing where nothing stood and no figure beside
    a whole one, and somewhere its words go on in mid-sentence."""
    pairs = [(above, below) for above, below in zip(upper, lower, strict=True) if below]
    if lower[0] or not pairs:
        return False
    if len(pairs) == 1 and is_rest_of_cell(*pairs[0]):
        return True
    above, below = pairs[0]
    inside = below[0].islower() and (lower[1] or not above.endswith("."))
    if not (NUMBERED.fullmatch(upper[0]) or inside) or not all(map(may_go_on, pairs)) or lower[1][:1].isupper():
        return False
    return any(below[0].islower() or is_cut_figure(f"{above} {below}") for above, below in pairs)


def is_rest_of_cell(above: str, below: str) -> bool:
    """What one cell alone says at the head of a page goes on with the one above: that is open, or both list items."""
    if not any(map(str.isalpha, above)) or not any(map(str.isalpha, below)):
        return False
    listed = LISTED.match(below) is not None
    if CUES["row_opening"].match(below) and not listed:
        return False
    return (listed and LISTED.search(above) is not None) or above.endswith(GOES_ON)


def may_go_on(pair: tuple[str, str]) -> bool:
    """What a lower cell says can be the rest of what the one above says."""
    above, below = pair
    if not above or CUES["row_opening"].match(below):
        return False
    return not FIGURE.fullmatch(below) or not FIGURE.fullmatch(above) or is_cut_figure(f"{above} {below}")


def is_cut_figure(cell: str) -> bool:
    """A figure that had no room on its line: `132.50` over `0`. Decimals are left alone: two may stand in a cell."""
    found = CUT_FIGURE.fullmatch(cell)
    return bool(found and not GROUPED.fullmatch(found["head"]) and GROUPED.fullmatch(found["head"] + found["tail"]))


def whole_figure(cell: str) -> str:
    """The cell; where it is a figure that was cut, the figure, and with each day whole that was cut."""
    if is_cut_figure(cell):
        return cell.replace(" ", "")
    return CUT_DAY.sub(lambda day: "".join(part for part in day.groups() if part), cell) if "/" in cell else cell
