"""The heads of tables (đầu cột): what each column holds, over one line or several, in which unit, and what the
caption says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile, islice, takewhile

import regex

from extractors.cues import cues
from extractors.plan import Block
from extractors.values.money import unit_stated_once
from extractors.year_parts import Months, months_named

COLUMNS = cues("table_columns.yaml")
CUES = cues("table_cues.yaml")
SPLIT = cues("table_part_cues.yaml")["split_head"]
CAPTION_UNIT = CUES.naming("caption_unit", "unit")
BORDER = regex.compile(r"\s*\|\s*")
ORDINAL = regex.compile(r"\W*(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Da-d])\W*")
GROUP_LABEL = regex.compile(r"\W*(?:[IVX]{1,5}|[A-D])\W*")
NO_DIGIT = regex.compile(r"\D")
MIN_COUNTED = 3
SCALES = {"thousand_billions": 10**12, "thousands": 10**3, "millions": 10**6, "billions": 10**9, "ones": 1}
YEAR = regex.compile(r"20\d\d")
FIGURE = CUES["figure"]
IN_BRACKETS = regex.compile(r"\((?P<unit>(?:1\.000 )?(?:m[23]|\p{L}[\p{L}²³ ]{0,16}(?:/ha)?))\)[\s.:|]*$")
BRACKET = regex.compile(r"\s*\([^()]{0,60}\)")
LETTERS = regex.compile(r"\p{L}+")
MISSING = regex.compile(r"[-–—./…\s]*")
UNPLANNED = ("no_funding", "past", "comparison")
"""What a column is whatever the head over it or the part under it says."""
MAX_HEAD = 40
LONGEST_HEAD = 200
LOOK_BACK = 3
"""So many blocks before a table may state the unit of its money."""
MAX_CAPTION = 200
MAX_TITLE_LINES = 3
"""A title in capitals over a table may run over so many lines."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A span of the text; empty cells have no letters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds (`kind`: a rule of `table_columns.yaml`, or None) and its head's words, those of the heads
    over it first. `over`: where these stand. `mixed`: dots part decimals in cells beside its own, so that `30.250` may
    be either. `place`: the one that the head names (`Huyện Lý Nhân`), which is then no part of its words. `months`: the
    part of a year that it names (`Quý I`)."""

    kind: str | None
    head: str
    start: int
    end: int
    unit: int | None = None
    over: tuple[Cell, ...] = ()
    part: str = ""
    mixed: bool = False
    place: str | None = None
    months: Months | None = None

    @property
    def label(self) -> str:
        """The words of the nearest head alone."""
        return self.part or self.head

    @property
    def upper(self) -> str:
        """The words of the heads over it."""
        return self.head.removesuffix(self.part).strip() if self.part else ""

    @property
    def years(self) -> list[int]:
        """The years that the nearest words with years name: `Năm 2021` is that year under `Giai đoạn 2021 - 2025`."""
        return [int(year) for year in YEAR.findall(self.label) or YEAR.findall(self.head)]

    @property
    def year(self) -> int | None:
        """The one year that the head names."""
        years = set(self.years)
        return years.pop() if len(years) == 1 else None

    @property
    def last_year(self) -> int | None:
        """The last year that the head names (of `Giai đoạn 2021 - 2025` the year 2025)."""
        return max(self.years, default=None)

    def leaves_out(self, other: Column) -> bool:
        """Whether the stage that a head names (`Giai đoạn 2028 - 2030`) leaves out the year of another column."""
        stage = self.years
        return len(stage) > 1 and other.year is not None and not min(stage) <= other.year <= max(stage)

    @property
    def places(self) -> list[Cell]:
        """Where the words of the head stand, the nearest to the figures first."""
        return [Cell(self.start, self.end), *reversed(self.over)]


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands over a table: the line that names it, the unit of its money in đồng, the unit of its counts, and that
    of foreign money (`Triệu USD`)."""

    words: str = ""
    money: int | None = None
    counted: str | None = None
    foreign: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the figures are counts of things, by their unit or by what the line names."""
        named = CUES["counted_caption"].search(self.words) and not CUES["money_column"].search(self.words)
        return self.money is None and (self.counted is not None or bool(named))


def cells_of(text: str, block: Block) -> list[Cell]:
    """The cells of a line, parted by ` | `."""
    cells, start = [], block.start
    for border in BORDER.finditer(text, block.start, block.end):
        cells.append(Cell(start, border.start()))
        start = border.end()
    return [*cells, Cell(start, block.end)]


def words(text: str, cell: Cell) -> str:
    """The words of a cell."""
    return text[cell.start : cell.end].strip()


def is_bordered(text: str, block: Block) -> bool:
    """Whether a line has cells."""
    return _holds_border(text) and _holds_cells(text, block)


@lru_cache(maxsize=8)
def _holds_border(text: str) -> bool:
    """Whether there is any border in a text: most plans have no tables."""
    return "| " in text


def _holds_cells(text: str, block: Block) -> bool:
    return text.find(" | ", block.start, block.end) >= 0 or text.startswith("| ", block.start)


# --- one column ------------------------------------------------------------------------------------------------------


def column_of(text: str, cell: Cell, unit: int | None) -> Column:
    """What the head of a column says."""
    head = words(text, cell)
    return Column(kind_of(head), head, cell.start, cell.end, scale_of(head, unit), months=months_named(head))


def counts_up(said: Sequence[str]) -> bool:
    """Whether cells number their rows (1, 2, 3 …), anew in each group (`A`, `II`); some, the narrowest of a scan, may
    have been misread by OCR."""
    right = rows = place = 0
    for words_ in said:
        if GROUP_LABEL.fullmatch(words_):
            place = 0
            continue
        rows, place = rows + 1, place + 1
        right += NO_DIGIT.sub("", words_) == str(place)
    return right >= MIN_COUNTED and 2 * right > rows


def kind_of(head: str) -> str | None:
    """What a head's words say that its column holds; a long cell is no head."""
    return next((k for k in COLUMNS if COLUMNS[k].search(head)), None) if len(head) <= LONGEST_HEAD else None


def scale_of(head: str, unit: int | None) -> int | None:
    """What one stands for in a column, in đồng: by its head, else by the `unit` over the table; None where the head
    names money in a scale that is not known."""
    stated = [(match.start(), SCALES[name]) for name in SCALES if (match := CUES[name].search(head))]
    if stated:
        return min(stated)[1]
    return None if CUES["money"].search(head) else unit


# --- what the words and the caption say -------------------------------------------------------------------------------


def own_words(column: Column) -> list[str]:
    """The words of a head that tell what it measures, without those that tell only how, in which unit and when."""
    bare = CUES["head_mark"].sub(" ", SPLIT.sub(" ", BRACKET.sub(" ", column.head.lower())))
    return [word for word in bare.split() if LETTERS.fullmatch(word)]


def said_over(column: Column) -> list[str]:
    """The words of its own that the heads over a column say, none where these are but times (`Năm 2022`, `Thực
    hiện`)."""
    times = YEAR.search(column.upper) or kind_of(column.upper) == "past"
    return [] if times else own_words(replace(column, head=column.upper))


def stands_beside(column: Column, other: Column) -> bool:
    """Whether two columns are not of two things that the heads over them name (`Số xã` and `Tỷ lệ hộ nghèo` over the
    same years)."""
    said, others = said_over(column), said_over(other)
    return not said or not others or said == others


def caption_of(text: str, blocks: Sequence[Block], at: int) -> Caption:
    """What the lines right over a table say, up to another table."""
    over = reversed(blocks[max(0, at - LOOK_BACK - MAX_TITLE_LINES) : at])
    above = list(takewhile(lambda b: not has_cells(text, b), over))
    near = above[:LOOK_BACK]
    money = next((u for b in near if (u := money_over(text, b)) is not None), None)
    counted = foreign = None
    if money is None:
        units = [m["unit"] for b in near[:2] if (m := CAPTION_UNIT.search(text, b.start, b.end))]
        counted = next((unit for unit in units if not CUES["foreign_money"].search(unit)), None)
        foreign = next((unit for unit in units if CUES["foreign_money"].search(unit)), None)
    return Caption(title_over(text, above), money, counted, foreign)


def with_unit_under(text: str, blocks: Sequence[Block], below: int, caption: Caption) -> Caption:
    """A caption with the unit that stands under the table, in the line at `below`, where nothing over it states one and
    no other table follows that it would be over (`(Đơn vị: triệu đồng)`)."""
    if caption.money or caption.counted or caption.foreign or below >= len(blocks):
        return caption
    block = blocks[below]
    behind = blocks[below + 1] if below + 1 < len(blocks) else None
    if not is_unit_line(text, block) or (behind is not None and has_cells(text, behind)):
        return caption
    under = caption_of(text, [block, block], 1)
    return replace(caption, money=under.money, counted=under.counted, foreign=under.foreign)


def has_cells(text: str, block: Block) -> bool:
    """Whether a line has several filled cells."""
    return is_bordered(text, block) and sum(1 for c in cells_of(text, block) if words(text, c)) > 1


def title_over(text: str, above: Sequence[Block]) -> str:
    """The line that names a table, of those over it, the nearest first; nearer may stand what it is annexed to and its
    unit. A title in capitals may have several lines."""
    named = dropwhile(lambda b: is_unit_line(text, b) or is_reference(text, b), above)
    titles = [(without_reference(text[b.start : b.end]), b.style) for b in islice(named, MAX_TITLE_LINES)]
    if not titles or len(titles[0][0]) > MAX_CAPTION:
        return ""
    capitals = [line for line, _ in takewhile(lambda title: is_capital(title[0]) and title[1] is None, titles)]
    return " ".join(reversed(capitals)) or titles[0][0]


def without_reference(line: str) -> str:
    """A title without the document that it is annexed to, whose year is none of the figures' (`CHỈ TIÊU ĐẾN NĂM 2030
    (Kèm theo Kế hoạch … năm 2026)`)."""
    return CUES["annexed_to"].sub("", line).strip(" |")


def is_capital(line: str) -> bool:
    """Whether a line of a title is in capitals, or only the year that a narrow page broke off it."""
    return line.isupper() or YEAR.fullmatch(line) is not None


def is_reference(text: str, block: Block) -> bool:
    """Whether a line in brackets only says to which document a table is annexed."""
    return CUES["annexed_to"].match(text, block.start, block.end) is not None


def money_over(text: str, block: Block) -> int | None:
    """The unit of money that a line over a table states: `Đơn vị tính: triệu đồng`, or alone in brackets at its end."""
    stated = unit_stated_once(text, block.start, block.end)
    bracket = None if stated else IN_BRACKETS.search(text, block.start, block.end)
    return stated or (scale_of(bracket["unit"], None) if bracket else None)


def is_unit_line(text: str, block: Block) -> bool:
    """Whether a line says nothing but the unit of the table under it."""
    match = CUES["caption_unit"].search(text, block.start, block.end)
    return match is not None and match.start() - block.start <= 2 and block.end - block.start <= MAX_HEAD
