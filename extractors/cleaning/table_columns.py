"""The steps that keep the columns of tables apart: those laid out with tabs or spaces, and empty cells between
borders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extractors.cleaning.characters import drop_empty
from extractors.cleaning.lines import Draft, Line
from extractors.cues import cues

CUES = cues("cleaning_cues.yaml")
HEAD = CUES["numbered_head"].compiled
COLUMN_GAP = regex.compile(r" {2,}+|\t\s*+")
TAB = regex.compile(r" *\t *")
ROW = regex.compile(r"(?:\d{1,3}|[IVX]{1,4})(?: {2,}+|\t)")
NUMBER = regex.compile(r"\W*(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|\p{L})?\W*")
"""The first cell of a numbered row: its number, a letter, or the dash of a part."""
FIGURES_AFTER_GAP = regex.compile(r"(?<! )(?: {2,}+|\t)[\d.,]++(?=\s|$)")
FIGURE = regex.compile(r"(?:[<>≤≥=~]{1,2}\s?)?\d[\d.,/]*(?:\s?[-–]\s?\d[\d.,]*)?\s?%?|[-–]|x", regex.I)
HOLDS_YEAR = regex.compile(r"20\d\d")
YEAR = CUES["year_alone"]
KNOWN_HEADS = ("source", "place", "amount", "year", "whole", "quantity", "aim", "name", "measure_unit")
HEADS_OVER_WORDS = (
    *KNOWN_HEADS,
    "person",
    "visited",
    "product",
    "mixed",
    "partner",
    "lead",
    "responsible",
    "time",
    "subject",
)
FEWEST_HEADS = 3
MAX_WRAPPED = 4
TAB_STOP = 8
MAX_HEAD = 60
MIN_ROWS = 2
LAYOUT_WORDS = cues("letterhead_cues.yaml")["layout_words"].compiled


def mark_table_columns(draft: Draft) -> None:
    """Under the head of a table, gaps between columns become ` | `: the cells stay apart, which later steps would
    squeeze together. A head begins with the running number, or names columns over lines of figures in as many
    columns."""
    lines = draft.lines
    at = 0
    while at < len(lines):
        text = lines[at].text
        if " | " in text or text.startswith("|") or ("\t" not in text and "  " not in text):
            at += 1
            continue
        stop = (
            end_of_numbered(lines, at) if HEAD.match(text) else max(end_of_figures(lines, at), end_of_words(lines, at))
        )
        if stop > at + 1:
            mark(lines[at:stop])
        at = max(stop, at + 1)


def end_of_numbered(lines: list[Line], at: int) -> int:
    """Behind the last line under a head with running numbers that has such a number, or figures in columns; another
    head, whose columns stand elsewhere, begins a table of its own."""
    last, look = at, at + 1
    while look < len(lines) and look - last <= MAX_WRAPPED and not lines[look].text.startswith("|"):
        if HEAD.match(lines[look].text):
            break
        if ROW.match(lines[look].text) or FIGURES_AFTER_GAP.search(lines[look].text):
            last = look
        look += 1
    return last + 1


def end_of_figures(lines: list[Line], at: int) -> int:
    """Behind the last line of figures under a head without running numbers, which may have a second line of years; `at`
    where no such table begins."""
    heads = COLUMN_GAP.split(lines[at].text)
    years = at + MIN_ROWS < len(lines) and are_years(COLUMN_GAP.split(lines[at + 1].text))
    if not are_heads(heads, (*KNOWN_HEADS, "measure") if years else KNOWN_HEADS):
        return at
    top = at + 1 + years
    below = (len(COLUMN_GAP.split(line.text)) for line in lines[top : top + MIN_ROWS])
    width = max(below) if years else len(heads)
    stop = top
    while stop < len(lines) and is_figure_row(COLUMN_GAP.split(lines[stop].text), width):
        stop += 1
    return stop if stop - top >= MIN_ROWS and width >= len(heads) else at


def are_years(cells: list[str]) -> bool:
    """Whether a line holds but years, as the second line of a head does (`TH 2020 | 2021 | 2022`)."""
    columns = cues("table_columns.yaml")
    dated = (HOLDS_YEAR.search(c) and any(columns[kind].search(c) for kind in ("year", "past")) for c in cells)
    return len(cells) >= MIN_ROWS and all(dated)


def end_of_words(lines: list[Line], at: int) -> int:
    """Behind the last row below a head without running numbers whose cells are words, set apart by tabs (`Công việc ⇥
    Chủ trì ⇥ Hoàn thành`); `at` where no such table begins. Tabs must make the same cells in all rows but those whose
    last ones are empty; where the head is indented, its first one is, above the numbers of rows."""
    heads = TAB.split(lines[at].text)
    if len(heads) < FEWEST_HEADS or LAYOUT_WORDS.search(lines[at].text) or not are_heads(heads, HEADS_OVER_WORDS):
        return at
    indented = lines[at].indent >= TAB_STOP
    whole, stop = 0, at + 1
    while stop < len(lines):
        width = len(TAB.split(lines[stop].text)) - (indented and ROW.match(lines[stop].text) is not None)
        if not 2 <= width <= len(heads):
            break
        whole += width == len(heads)
        stop += 1
    return stop if whole >= MIN_ROWS else at


def are_heads(cells: list[str], kinds: Sequence[str] = KNOWN_HEADS) -> bool:
    """Whether a line names columns: several short cells, two of them of known `kinds`, no figures but years."""
    if (
        len(cells) < 2
        or any(len(c) > MAX_HEAD for c in cells)
        or any(FIGURE.fullmatch(c) and not YEAR.fullmatch(c) for c in cells)
    ):
        return False
    columns = cues("table_columns.yaml")
    known = sum(1 for c in cells if any(columns[k].search(c) for k in kinds))
    return known >= 2


def is_figure_row(cells: list[str], width: int) -> bool:
    """Whether a line has a label and figures in the columns of a head."""
    if not 2 <= len(cells) <= width or FIGURE.fullmatch(cells[0]):
        return False
    figures = sum(1 for c in cells[1:] if FIGURE.fullmatch(c))
    return figures >= max(1, (width - 1) // 2)


def mark(lines: list[Line]) -> None:
    """Write the gaps of a table as borders. Where single tabs make as many cells as the head has, two of them hold an
    empty cell; else a run of tabs is one gap. Columns of spaces tell by their place which cells are empty."""
    left = left_edge(lines)
    beside = (lines[0].indent - left) // TAB_STOP
    width = width_under(lines) or len(TAB.split(lines[0].text)) + beside
    by_tab = width > 1 and all(len(TAB.split(line.text)) <= width for line in lines)
    if by_tab and not any("  " in line.text.replace("\t", "") for line in lines):
        numbered = HEAD.match(lines[0].text) is not None  # before its own text changes
        for line in lines:
            line.text = joined(tabbed(line, numbered, left, width))
        return
    columns = None if any("\t" in line.text for line in lines) else extents(lines)
    grid = keeps_empty(lines)
    rows = False
    for line in lines:
        rows |= ROW.match(line.text) is not None
        cells = (TAB if grid and rows else COLUMN_GAP).split(line.text)
        if columns is not None and 1 < len(cells) < len(columns):
            cells = in_columns(line, columns) or cells
        line.text = joined(cells)


def keeps_empty(lines: Sequence[Line]) -> bool:
    """Whether two tabs hold an empty cell between them in rows that are wider than their head: none of these has more
    cells than one that is filled. Where tabs only lay rows out, those with more tabs are the wider."""
    rows = [TAB.split(line.text) for line in lines[1:] if ROW.match(line.text)]
    if any("  " in line.text.replace("\t", "") for line in lines):
        return False
    return max(map(len, rows), default=0) == max((len(row) for row in rows if all(row)), default=-1)


def width_under(lines: Sequence[Line]) -> int:
    """How many columns tabs make where the second line of a head stands in the empty cells of the first, which ends
    before them (`Số xã ⇥⇥ Tỷ lệ` over `⇥⇥ 2021 ⇥ 2022 ⇥ 2021 ⇥ 2022`); 0 where it does not."""
    over, under = TAB.split(lines[0].text), indented(lines[1])
    widths = [len(indented(line)) for line in lines[2:]]
    width = len(under)
    if len(over) >= width or any("  " in line.text.replace("\t", "") for line in lines):
        return 0
    over += [""] * (width - len(over))
    empty = {i for i, cell in enumerate(over) if not cell}
    spanned = empty | {i - 1 for i in empty}
    filled = {i for i, cell in enumerate(under) if cell}
    return width if filled == spanned and max(widths, default=0) == width else 0


def indented(line: Line, left: int = 0) -> list[str]:
    """The cells of a line laid out with tabs, with the empty ones before its first word (its indentation from the
    `left`)."""
    return [*[""] * ((line.indent - left) // TAB_STOP), *TAB.split(line.text)]


def left_edge(lines: list[Line]) -> int:
    """Where the first column of a table laid out with tabs begins. A head that is indented itself stands over words:
    the rows lost their numbers, too, unless some row still has its own further to the left."""
    numbered = (line.indent for line in lines[1:] if ROW.match(line.text))
    return min([lines[0].indent, *numbered])


def tabbed(line: Line, numbered: bool, left: int, width: int) -> list[str]:
    """The cells of a line laid out with tabs: those before its first word and behind its last one are empty. A
    total, whose cells may be joined, and a line without a running number where there should
    be one, stay short."""
    cells = indented(line, left)
    if len(cells) > width:
        return TAB.split(line.text)
    unnumbered = numbered and cells[0] and not NUMBER.fullmatch(cells[0])
    if unnumbered or cues("table_cues.yaml")["total_row"].fullmatch(cells[0]):
        return cells
    return cells + [""] * (width - len(cells))


def spans_of(line: Line) -> list[tuple[int, int]]:
    """Where the cells of a line laid out with spaces begin and end on the page."""
    spans, start = [], 0
    for gap in COLUMN_GAP.finditer(line.text):
        spans.append((line.indent + start, line.indent + gap.start()))
        start = gap.end()
    return [*spans, (line.indent + start, line.indent + len(line.text))]


def extents(lines: list[Line]) -> list[tuple[int, int]]:
    """How far each column of a table reaches, by the lines that fill all of them; its head is one."""
    width = len(spans_of(lines[0]))
    full = [spans for line in lines if len(spans := spans_of(line)) == width]
    return [(min(s for s, _ in column), max(e for _, e in column)) for column in zip(*full, strict=True)]


def in_columns(line: Line, columns: list[tuple[int, int]]) -> list[str] | None:
    """The cells of a line by columns, empty ones between; None where a cell stands under none, or under two."""
    cells = [""] * len(columns)
    for start, end in spans_of(line):
        under = [i for i, (left, right) in enumerate(columns) if start < right and left < end]
        if len(under) != 1 or cells[under[0]]:
            return None
        cells[under[0]] = line.text[start - line.indent : end - line.indent]
    return cells


def joined(cells: list[str]) -> str:
    """Cells as a line; empty ones keep their place."""
    return " ".join(" | ".join(c.strip() for c in cells).split())


# --- borders ---------------------------------------------------------------------------------------------------------


def drop_cell_borders(draft: Draft) -> None:
    """Table borders (`|`) at the ends of a line go; the line remembers that its cell ends there. In tables of data the
    borders beside empty cells stay, so that the others keep their columns."""
    for run in bordered_runs(draft.lines):
        if holds_data(run):
            left = all(line.text.startswith("|") for line in run)
            right = all(line.text.endswith("|") for line in run)
            for line in run:
                keep_cells(line, left, right)
        else:
            for line in run:
                line.closed = line.text.endswith("|")
                line.text = line.text.strip("| ")
    for line, behind in pairwise(draft.lines):
        line.closed |= behind.closed and not behind.text  # a lone border ends the cell above it
    drop_empty(draft)


def bordered_runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines with borders that follow one another."""
    run: list[Line] = []
    for line in lines:
        if "|" in line.text:
            run.append(line)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def holds_data(run: list[Line]) -> bool:
    """Whether bordered lines are a table of data: three columns and more in most lines, and nothing of a letterhead or
    of signatures."""
    borders = [line.text.count("|") for line in run]
    wide = sum(1 for n in borders if n >= 2)
    return len(run) > 1 and wide * 2 > len(run) and not any(LAYOUT_WORDS.search(line.text) for line in run)


def keep_cells(line: Line, left: bool, right: bool) -> None:
    """Take the outer borders of a row off; empty cells keep their places."""
    line.closed = line.text.endswith("|")
    cells = line.text.split("|")
    cells = cells[1 if left else 0 : len(cells) - 1 if right else None]
    line.text = joined(cells) if any(c.strip() for c in cells) else ""
