"""Which heads of a table span the parts that the line under them names (ô đầu cột gộp), where no empty cells show it:
the rows below tell how many columns there are, years and stages which of them belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from extractors.tables.heads import CUES, FIGURE, YEAR, Cell, Column, kind_of, words
from extractors.tables.running_years import Begun
from extractors.year_parts import months_named

MIN_PARTS = 2
"""A head over fewer columns spans none."""
MIN_FIGURES = 2
MOST_SPANS = 2
"""So many heads are tried with parts of their own; more only where all have the same parts."""
SINGLE = ("ordinal", "measure_unit", "note")
"""Columns that have no parts."""
UNDATED = ("place", "lead", "partner", "responsible", "mixed", "time", "product", "subject", "visited")
"""Columns that have no parts by year."""
TIMES = ("year", "whole", "year_part")
MOST_GROUPS, MOST_HEADS = 6, 12
"""So many heads are tried over the same years each, of so many."""
SAMPLE = 40
"""So many rows show how wide a table is."""

Span = tuple[int, int]
"""The place of a head and how many parts it has."""


def is_wider(text: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the rows below have more cells than the head."""
    return any(width > len(columns) for width in widths_of(text, rows)[:1])


def widths_of(text: str, rows: Sequence[Sequence[Cell]]) -> list[int]:
    """How many columns a table may have, the likeliest first: as a row tells that numbers them, else as most rows with
    figures have cells, or the widest of them that do not stand alone."""
    said = [[words(text, cell) for cell in row] for row in rows[:SAMPLE]]
    for row in said[:MIN_PARTS]:
        if len(row) > MIN_PARTS and row == [str(i) for i in range(1, len(row) + 1)]:
            return [len(row)]
    figures = [row for row in said if sum(1 for s in row if FIGURE.fullmatch(s)) >= MIN_FIGURES]
    counted = Counter(map(len, figures or said))
    often = [width for width, _ in counted.most_common(1)]
    return list(dict.fromkeys([*often, *sorted((w for w, n in counted.items() if n > 1), reverse=True)]))


def spans_of(
    text: str, columns: Sequence[Column], parts: Sequence[Cell], rows: Sequence[Sequence[Cell]], begun: Begun
) -> list[Span] | None:
    """The heads that span these parts, in order; None where that is not told. Rows that are no wider than the head tell
    nothing: then the parts are the last head's."""
    said = [words(text, part) for part in parts]
    widths = widths_of(text, rows)
    if columns[-1].kind == "note" and (turns := turns_of(said)):  # rows without remarks may end before them
        whole = len(columns) + len(parts) - len(turns) - 1
        widths = [width for width in (whole,) if {whole, whole - 1} & {*widths}]
    for width in widths:
        many = len(columns) + len(parts) - width
        if width > len(columns) and many > 0 and (MIN_PARTS * many <= len(parts) or all(map(months_named, said))):
            found = placed(columns, said, many, begun)
            return found if found and agrees(text, columns, found, rows, width) else None
    wider = is_wider(text, columns, rows)
    return None if wider else [(len(columns) - 1, len(parts))]


def placed(columns: Sequence[Column], said: Sequence[str], many: int, begun: Begun) -> list[Span] | None:
    """The `many` heads that span parts with these words."""
    if many > 1 and all(map(months_named, said)):
        return by_turns(columns, said, many)
    if many > 1 and turns_of(said):
        return by_years(columns, said, many)
    size = len(said) // many
    groups = {tuple(s.casefold() for s in said[at : at + size]) for at in range(0, len(said), size)}
    if many > 1 and len(said) % many == 0 and len(groups) == 1:
        return [(i, size) for i in heads_alike(columns, many)] or None
    if many > MOST_SPANS:
        return None
    found = list(possible(columns, said, many))
    if len(found) > 1 and many == 1:
        found = likeliest(columns, said, found, begun)
    return found[0] if len(found) == 1 else None


def by_turns(columns: Sequence[Column], said: Sequence[str], many: int) -> list[Span] | None:
    """The `many` heads of years over quarters or months, which begin anew with each year (`Quý IV | Quý I` under
    `Năm 2022 | Năm 2023`); None where they do not, for nothing tells then where a year ends."""
    months = [months_named(s) for s in said]
    turns = [i for i, (a, b) in enumerate(pairwise(months), 1) if a and b and b.first <= a.first]
    heads = heads_alike(columns, many)
    if len(turns) + 1 != many or not heads:
        return None
    return list(zip(heads, [b - a for a, b in pairwise([0, *turns, len(said)])], strict=True))


def turns_of(said: Sequence[str]) -> list[int]:
    """Where years begin anew: the parts whose year is no later than that of the one before; none where a part has no
    year."""
    if not all(map(years_in, said)):
        return []
    years = [max(years_in(s)) for s in said]
    return [i for i, (before, year) in enumerate(pairwise(years), 1) if year <= before]


def by_years(columns: Sequence[Column], said: Sequence[str], many: int) -> list[Span] | None:
    """The `many` heads over the same years each, which begin anew with the next head (`2021 | 2022 | Cuối 2020 | 2021 |
    2022`): a year no later than the one before it opens another group, unless all groups have the same parts. None
    where there are not as many groups as heads, these do not share their years, or other heads might span them."""
    years = [max(years_in(s)) for s in said]
    size = len(said) // many
    alike = len(said) % many == 0 and len({tuple(said[at : at + size]) for at in range(0, len(said), size)}) == 1
    cuts = [0, *(range(size, len(said), size) if alike else turns_of(said)), len(said)]
    groups = list(pairwise(cuts))
    shared = set.intersection(*({*years[start:end]} for start, end in groups))
    if len(groups) != many or many > MOST_GROUPS or len(shared) < MIN_PARTS:
        return None
    over = spanning(columns, (*SINGLE, *UNDATED))
    found = [
        heads
        for heads in (combinations(over, many) if len(over) <= MOST_HEADS else ())
        if all(may_span(columns[i], said[start:end]) for i, (start, end) in zip(heads, groups, strict=True))
    ]
    heads = (heads_alike(columns, many) if alike else []) or (found[0] if len(found) == 1 else [])
    return [(i, end - start) for i, (start, end) in zip(heads, groups, strict=False)] or None


def heads_alike(columns: Sequence[Column], many: int) -> list[int]:
    """The heads of times side by side that have the same parts each: as many of one kind as there are groups."""
    for kind in (*TIMES, "aim", "quantity"):
        at = [i for i, column in enumerate(columns) if column.kind == kind and column.last_year]
        if len(at) == many:
            return at if all(b == a + 1 for a, b in pairwise(at)) else []
    return []


def possible(columns: Sequence[Column], said: Sequence[str], many: int) -> Iterator[list[Span]]:
    """The ways in which so many heads may share the parts in their order."""
    over = spanning(columns, SINGLE)
    for heads in combinations(over, many):
        for cuts in combinations(range(MIN_PARTS, len(said) - MIN_PARTS + 1), many - 1):
            ends = [*cuts, len(said)]
            shares = list(zip(heads, [0, *cuts], ends, strict=True))
            if all(end - start >= MIN_PARTS and may_span(columns[i], said[start:end]) for i, start, end in shares):
                yield [(i, end - start) for i, start, end in shares]


def spanning(columns: Sequence[Column], single: Sequence[str]) -> list[int]:
    """The heads that may span parts: not the one that names the rows, nor those of the kinds that have none."""
    named = next((i for i, c in enumerate(columns) if c.kind != "ordinal"), 0)
    return [i for i, c in enumerate(columns) if c.head and i != named and c.kind not in single]


def may_span(column: Column, said: Sequence[str]) -> bool:
    """Whether a head may stand over parts with these words: one of a single year over no other years, a stage over its
    years or over parts without one."""
    years = [years_in(s) for s in said]
    if not any(years):
        return True
    if column.year or not all(years):
        return all(y <= {column.year} for y in years)
    stage = years_in(column.head)
    return not stage or all(min(stage) <= year <= max(stage) for found in years for year in found)


def likeliest(
    columns: Sequence[Column], said: Sequence[str], found: list[list[Span]], begun: Begun
) -> list[list[Span]]:
    """Of several heads that may each span all parts the one that says so: the stage over its years; over plan and
    estimate the year that is running; else the last, which is none of several years."""
    heads = {spans[0][0]: spans for spans in found}
    if all(map(years_in, said)):
        stages = [i for i in heads if years_in(columns[i].head)]
        return [heads[stages[0] if len(stages) == 1 else max(heads)]] if len(stages) < MIN_PARTS else []
    dated = [i for i in heads if columns[i].year]
    current = [i for i in dated if CUES["current_year"].search(columns[i].head)]
    if len(current) == 1:
        return [heads[current[0]]]
    if any(kind_of(s) == "past" for s in said):
        done = not any(map(CUES["estimated_head"].search, said))
        running = begun.running_of([columns[i].year or 0 for i in dated], done)
        over = [i for i in dated if columns[i].year == running]
        return [heads[over[0]]] if running and len(over) == 1 else []
    last = max(heads)
    alone = not columns[last].last_year or len([i for i in heads if columns[i].last_year]) == 1
    return [heads[last]] if alone else []


def agrees(
    text: str, columns: Sequence[Column], spans: Sequence[Span], rows: Sequence[Sequence[Cell]], width: int
) -> bool:
    """Whether the cells of full rows are such as the heads beside the parts hold: no figures where units stand, and no
    words under years."""
    many = dict(spans)
    kinds = [column.kind for i, column in enumerate(columns) for _ in range(many.get(i, 1))]
    full = [[words(text, cell) for cell in row] for row in rows[:SAMPLE] if len(row) == width]
    for i, kind in enumerate(kinds):
        filled = [row[i] for row in full if row[i]]
        figures = sum(1 for s in filled if FIGURE.fullmatch(s))
        if (kind == "measure_unit" and 2 * figures > len(filled)) or (
            kind in ("year", "amount") and filled and not any(map(holds_digit, filled))
        ):
            return False
    return True


def holds_digit(said: str) -> bool:
    """Whether there is a figure, a mark for none, or a tick in the words of a cell."""
    return not any(map(str.isalpha, said)) or any(map(str.isdigit, said)) or CUES["mark"].fullmatch(said) is not None


def years_in(said: str) -> set[int]:
    """The years that words name."""
    return {int(year) for year in YEAR.findall(said)}
