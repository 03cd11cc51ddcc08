"""What the columns of a table hold (nội dung của cột) once its cells and caption are known beside the words of its
head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

import regex

from extractors.cues import cues
from extractors.tables.heads import (
    BRACKET,
    COLUMNS,
    CUES,
    FIGURE,
    IN_BRACKETS,
    LETTERS,
    MISSING,
    Caption,
    Cell,
    Column,
    counts_up,
    own_words,
    scale_of,
    words,
)
from extractors.tables.visits import with_visited
from extractors.values.units import unit_code
from extractors.year_parts import YEAR

PROPER_NAME = regex.compile(r"\p{Lu}\p{L}*(?:[ '-]\p{Lu}\p{L}*){1,4}")
WHOLE = regex.compile(r"\d{1,3}(?:\.\d{3}){0,5}|\d{1,3}(?:[ \u00a0]\d{3}){1,5}|\d{1,9}")
GROUPED = regex.compile(r"[1-9]\d{0,2}\.\d{3}")
"""A number with one dot, which is read as parting thousands."""
WITH_POINT = regex.compile(r"\d+\.(?:\d{1,2}|\d{4,})|0\.\d+")
"""A number in which the dot can only part decimals."""
ENGLISH = regex.compile(r"\d{1,3}(?:,\d{3})+\.\d+")
"""A number whose commas part thousands: by it all dots of a table part decimals."""
PARTS = cues("table_part_cues.yaml")
SCALE = PARTS["scale_before_unit"]
COUNTED_DAYS = regex.compile(r"\d{1,3}(?: ngày)?")
"""A cell below `Ngày` or `Thời gian` that tells how long something lasts."""
YEARS_ALONE = CUES["years_alone"]
MAY_BE_TICKED = (None, "lead", "partner", "responsible", "mixed")
COUNTING = ("year", "whole", "quantity", "aim")
FIGURES_OF_ROWS = (*COUNTING, "year_part", "measure_unit", "measure", "row_year")
"""Beside such columns one of aims in words names what their figures measure."""
LABELS = ("name", "place", "row_year", "source", "subject", "measure", "person", "measure_unit")
"""Columns that tell what or whom the figures of a row are of."""
OF_TASKS = ("lead", "partner", "responsible", "mixed", "time")
MIN_PARTS = 2
MIN_KNOWN = 2
"""So many kinds of columns make a table."""
MIN_PLACES = 2
"""A lone column of a place is more likely the head of something else."""


def settled(text: str, columns: list[Column], rows: Sequence[Sequence[Cell]], caption: Caption) -> list[Column]:
    """The columns as their cells show them: a head such as `Chỉ tiêu` is over words or figures; `Đơn vị` is over units
    or places; years and sums of a table of money are money."""
    full = [r for r in rows if len(r) == len(columns)]
    said = [[s for r in full if (s := words(text, r[i])) and not MISSING.fullmatch(s)] for i in range(len(columns))]
    settled_: list[Column] = []
    for column, cells in zip(columns, said, strict=True):
        kind = "ordinal" if not settled_ and numbers_rows(column, cells) else kind_by_cells(column, cells, settled_)
        settled_.append(replace(column, kind=kind))
    settled_ = with_named_products(settled_, said)
    settled_ = with_places(with_ticked_bodies(with_ticks(settled_, said), said), said, caption)
    settled_ = with_names(settled_, said, caption)
    if caption.money is None:
        settled_ = with_years_of_whole(text, settled_, full)
    counted = caption.counts or (counts_by_rows(settled_, said) and not any(c.unit for c in settled_))
    counted = counted or counts_by_years(settled_)
    known = [replace(c, kind=by_money(c, settled_, counted)) for c in settled_]
    known = with_counted_parts(text, with_lacking_part(text, known, full), full, caption)
    everything = plans_everything(known, caption)
    rates = {c: planned_rate(c, known, caption, everything) for c in known if c.kind == "measure"}
    known = [replace(c, kind=rates[c]) if c in rates else c for c in known]
    if everything or plans_counts(known, caption):
        known = [
            replace(c, kind="quantity") if counts_planned(c, cells) else c for c, cells in zip(known, said, strict=True)
        ]
    return with_mixed_dots(text, with_told_aims(with_visited(known, said)), full)


def with_named_products(columns: list[Column], said: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, a first one of products marked as naming the rows where figures of years or quantities stand beside
    it and no bodies or times of tasks (`Sản phẩm | ĐVT | Kế hoạch 2021`)."""
    at = next((i for i, c in enumerate(columns) if c.kind != "ordinal"), None)
    if at is None or columns[at].kind != "product" or not said[at] or are_figures(said[at]):
        return columns
    kinds = {c.kind for c in columns}
    counts = any(c.kind in COUNTING and cells and are_figures(cells) for c, cells in zip(columns, said, strict=True))
    if not counts or kinds & {*LABELS[:-1], *OF_TASKS}:
        return columns
    return [replace(c, kind="name") if i == at else c for i, c in enumerate(columns)]


def with_told_aims(columns: list[Column]) -> list[Column]:
    """The columns, those marked in which words tell the aims of rows that others name (`Nhiệm vụ | Mục tiêu cụ thể |
    Cơ quan chủ trì`)."""
    kinds = {c.kind for c in columns}
    first = next((i for i, c in enumerate(columns) if c.kind == "name"), len(columns))
    if kinds & {*FIGURES_OF_ROWS} or len(kinds - {None, "ordinal", "note"}) < MIN_KNOWN:
        return columns
    return [
        replace(c, kind="told_aim")
        if i > first and c.kind in (None, "name") and CUES["told_aim_head"].search(c.label)
        else c
        for i, c in enumerate(columns)
    ]


def with_mixed_dots(text: str, columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """The columns, marked where dots part decimals in them: in columns of money taken together, in others one by one,
    and not where the unit changes from row to row. English figures anywhere mark all."""
    if any(ENGLISH.fullmatch(words(text, cell)) for row in rows for cell in row):
        return [replace(c, mixed=True) for c in columns]
    pointed = {i for i in range(len(columns)) if any(WITH_POINT.fullmatch(words(text, r[i])) for r in rows)}
    money = any(columns[i].kind == "amount" for i in pointed)
    by_row = any(c.kind == "measure_unit" for c in columns)
    return [
        replace(c, mixed=True) if (money if c.kind == "amount" else i in pointed and not by_row) else c
        for i, c in enumerate(columns)
    ]


def may_be_either(text: str, column: Column, cell: Cell) -> bool:
    """Whether the dot of a number may part thousands or decimals: other cells beside it part decimals so."""
    return column.mixed and GROUPED.fullmatch(words(text, cell)) is not None


def with_years_of_whole(text: str, columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """The columns, years in the unit of the whole before them where the years of every row make its whole
    (`Tổng vốn (triệu đồng) | 2022 | 2023`)."""
    wholes = [i for i, c in enumerate(columns) if c.kind == "amount" and c.unit]
    years = [i for i, c in enumerate(columns) if c.kind == "year"]
    if len(wholes) != 1 or len(years) < MIN_PARTS:
        return columns
    said = [(plain(words(text, r[wholes[0]])), [plain(words(text, r[i])) or 0 for i in years]) for r in rows]
    made = [sum(parts) == whole for whole, parts in said if whole]
    if not made or not all(made):
        return columns
    return [replace(c, unit=columns[wholes[0]].unit) if i in years else c for i, c in enumerate(columns)]


def with_lacking_part(text: str, columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """The columns, one of which nothing is known and those without a unit as money in that of the whole where in every
    row they make, with the other money under their upper head or behind the sum, the whole beside them (`Thành tiền
    (đồng) | NS tỉnh | Hộ dân`)."""
    whole = next((i for i, c in enumerate(columns) if c.kind == "amount" and c.unit and not c.over), None)
    overs = {c.over for c in columns if c.kind == "amount" and c.over}
    if whole is None or len(overs) > 1:
        return columns
    parts = [i for i, c in enumerate(columns) if c.over and c.over in overs] if overs else parts_behind(columns, whole)
    unknown = [i for i in parts if columns[i].kind != "amount"]
    bare = [i for i in parts if columns[i].kind == "amount" and columns[i].unit is None]
    if len(unknown) > 1 or not (unknown or bare) or len(parts) == 1 or any(overs and columns[i].kind for i in unknown):
        return columns
    filled = [said for r in rows for i in unknown if (said := words(text, r[i])) and not MISSING.fullmatch(said)]
    if bool(unknown) != bool(filled) or any(plain(said) is None for said in filled):
        return columns
    said = [(plain(words(text, r[whole])), [plain(words(text, r[i])) or 0 for i in parts]) for r in rows]
    made = [sum(values) == total for total, values in said if total and any(values)]
    if len(made) < MIN_PARTS or not all(made):
        return columns
    found = {*unknown, *bare}
    return [replace(c, kind="amount", unit=columns[whole].unit) if i in found else c for i, c in enumerate(columns)]


def parts_behind(columns: list[Column], whole: int) -> list[int]:
    """The columns right behind a sum of money that may be its parts (`Tổng kinh phí | Ngân sách tỉnh | Khuyến công quốc
    gia | Ghi chú`): money, and what reads like a thing or nothing by its head."""
    if CUES["sum_column"].search(columns[whole].label) is None:
        return []
    behind = range(whole + 1, len(columns))
    return list(takewhile(lambda i: columns[i].kind in ("amount", "name", None) and not columns[i].over, behind))


def with_counted_parts(
    text: str, columns: list[Column], rows: Sequence[Sequence[Cell]], caption: Caption
) -> list[Column]:
    """The columns, a total of counts and those behind it marked as whole and parts where these make it in every row
    (`Tổng số nhà | Làm mới | Sửa chữa`), one of both says that it is an aim, and none is money."""
    for at, whole in enumerate(columns):
        if whole.kind not in (None, "whole") or whole.unit or not CUES["counted_whole"].search(whole.label):
            continue
        parts = list(takewhile(lambda i: columns[i].kind in (None, "quantity"), range(at + 1, len(columns))))
        known = whole.kind == "whole" or any(columns[i].kind for i in parts)
        if len(parts) < MIN_PARTS or not (known or CUES["plan_caption"].search(caption.words)):
            continue
        said = [(plain(words(text, r[at])), [plain(words(text, r[i])) for i in parts]) for r in rows]
        made = [sum(v or 0 for v in values) == total for total, values in said if total and any(values)]
        if len(made) >= MIN_PARTS and all(made):
            kinds = {at: "whole", **dict.fromkeys(parts, "quantity")}
            return [replace(c, kind=kinds.get(i, c.kind)) for i, c in enumerate(columns)]
    return columns


def plain(said: str) -> int | None:
    """A whole number with its thousands parted by dots or spaces; None for anything else."""
    return int("".join(said.replace(".", " ").split())) if WHOLE.fullmatch(said) else None


def numbers_rows(column: Column, said: Sequence[str]) -> bool:
    """Whether the first column numbers the rows under a head that is none that is known."""
    return column.kind is None and counts_up(said)


def kind_by_cells(column: Column, said: Sequence[str], before: Sequence[Column]) -> str | None:
    """What a column holds by its head and the words of its cells."""
    figures = are_figures(said)
    kind = column.kind
    if kind in ("row_year", "whole") and said and any(YEARS_ALONE.fullmatch(s) for s in said) != (kind == "row_year"):
        return "row_year" if kind == "whole" else None
    if kind in ("name", "aim") and said:
        named = any(c.kind in ("name", "source") for c in before)
        if figures:
            placed = any(c.kind == "place" for c in before) and CUES["aim_of_place"].search(column.head)
            return "aim" if placed or COLUMNS["aim"].search(column.label) else None
        return None if named and kind == "aim" else "name"
    labels = not any(c.kind == "name" for c in before)
    if kind == "measure_unit" and said and sum(1 for s in said if names_place(s, labels)) * 2 > len(said):
        return "place"
    if kind == "place" and figures:
        return "quantity" if COLUMNS["quantity"].search(column.label) else None
    if kind in ("source", "measure_unit", "responsible", "lead") and figures:
        return "amount" if kind == "source" else None
    if kind == "time" and said and all(COUNTED_DAYS.fullmatch(s) for s in said):
        return None
    return kind


def with_ticks(columns: list[Column], said: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, those of years or parts of them that are only ticked marked so; some may have no tick."""
    parts = [i for i, c in enumerate(columns) if c.kind == "year_part" or (c.kind == "year" and c.year)]
    ticks = [s for i in parts for s in said[i]]
    if not ticks or not all(map(is_mark, ticks)):
        return columns
    return [replace(c, kind="tick", months=c.months or YEAR) if i in parts else c for i, c in enumerate(columns)]


def with_ticked_bodies(columns: list[Column], said: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, those headed by a body and only ticked marked so."""
    return [
        replace(c, kind="ticked_body")
        if c.kind in MAY_BE_TICKED and cells and CUES["body_head"].fullmatch(c.label) and all(map(is_mark, cells))
        else c
        for c, cells in zip(columns, said, strict=True)
    ]


def is_mark(said: str) -> bool:
    """Whether a cell only ticks its column."""
    return CUES["mark"].fullmatch(said) is not None


def are_figures(said: Sequence[str]) -> bool:
    """Whether most of the filled cells of a column are figures; mere ticks do not count."""
    told = [s for s in said if not is_mark(s)]
    return sum(1 for s in told if FIGURE.fullmatch(s)) * 2 > len(told)


def with_places(columns: list[Column], said: Sequence[Sequence[str]], caption: Caption) -> list[Column]:
    """The columns, those of figures of one place each (`Toàn tỉnh | Huyện Bình Lục | Lý Nhân`) with its name. A bare
    name is one beside others that say so, or where caption or upper head speak of places. The lone count beside them
    is of all together."""
    heads = [place_name(c) for c in columns]
    area = any(CUES["area_head"].fullmatch(head) for head in heads)
    told = area or CUES["by_places"].search(caption.words) is not None
    kinds = [names_one_place(column, head, told) for column, head in zip(columns, heads, strict=True)]
    found = {
        i: heads[i]
        for i, column in enumerate(columns)
        if column.kind in (None, "amount", "year") and are_figures(said[i])
        if kinds[i] or (PROPER_NAME.fullmatch(heads[i]) and (told or any(kinds) or by_places(column)))
    }
    if len(found) < MIN_PLACES:
        return columns
    others = [i for i, c in enumerate(columns) if c.kind in COUNTING and i not in found]
    lone = others[0] if len(others) == 1 else None
    return [
        at_place(c, found[i]) if i in found else replace(c, kind="whole") if i == lone else c
        for i, c in enumerate(columns)
    ]


def names_one_place(column: Column, head: str, told: bool) -> bool:
    """Whether a head names one place by its kind, in capitals where places are told of; or a level of places
    (`Cấp huyện`), which beside money is a budget."""
    if CUES["level_head"].fullmatch(head):
        return column.unit is None
    return CUES["place_head"].fullmatch(head) is not None and (told or not head.isupper())


def by_places(column: Column) -> bool:
    """Whether the upper head of a column says that it is of a place."""
    return CUES["by_places"].search(column.upper) is not None


def place_name(column: Column) -> str:
    """The nearest words of a head without what stands in brackets."""
    return BRACKET.sub("", column.label).strip()


def at_place(column: Column, name: str) -> Column:
    """A column of one place, whose name is no longer a word of what it holds."""
    head = " ".join(column.head.replace(name, " ").split())
    return replace(column, kind=column.kind or "in_place", head=head, part="", place=name)


def with_names(columns: list[Column], said: Sequence[Sequence[str]], caption: Caption) -> list[Column]:
    """The columns, the first one of words marked as naming the rows where none that is known does, and counts of years
    or under a caption that aims stand beside it (`Cụm trường | Năm 2026 (học sinh)`)."""
    if any(c.kind in LABELS for c in columns):
        return columns
    at = next((i for i, c in enumerate(columns) if c.kind != "ordinal"), None)
    if at is None or columns[at].kind or not columns[at].head or not said[at] or are_figures(said[at]):
        return columns
    aims = CUES["aim_caption"].search(caption.words) is not None
    counts = any(
        (c.kind == "quantity" and (aims or c.last_year)) or (c.kind == "year" and counts_in_brackets(c))
        for c in columns
    )
    return [replace(c, kind="name") if i == at and counts else c for i, c in enumerate(columns)]


def counts_by_years(columns: Sequence[Column]) -> bool:
    """Whether the heads of years say which things are counted (`Năm 2026 (học sinh)`)."""
    return any(c.kind == "year" and counts_in_brackets(c) for c in columns)


def counts_in_brackets(column: Column) -> bool:
    """Whether the head of a column closes with a unit of counts in brackets."""
    stated = IN_BRACKETS.search(column.label)
    return stated is not None and unit_code(stated["unit"]) not in (None, "vnd", "usd")


def names_place(said: str, label: bool) -> bool:
    """Whether a cell under `Đơn vị` names a place: by its kind, or where it is the `label` of its row as a proper name
    of several words (`Bình Lục`)."""
    if CUES["place"].match(said):
        return True
    return label and PROPER_NAME.fullmatch(said) is not None and not CUES["money"].search(said)


def counts_by_rows(columns: Sequence[Column], said: Sequence[Sequence[str]]) -> bool:
    """Whether the rows of a table say what they count or measure (`Số hộ thoát nghèo`, `Tỷ lệ hộ nghèo (%)`)."""
    names = next((cells for c, cells in zip(columns, said, strict=True) if c.kind == "name"), [])
    counting = [s for s in names if CUES["rate_name"].search(s) or CUES["counted_row"].search(s)]
    return len(counting) * 2 > len(names)


def by_money(column: Column, columns: Sequence[Column], counts: bool) -> str | None:
    """What a column of figures holds, once all are known. In a table of money alone, years and wholes are money;
    where a scale is known for another column only, they are left alone; `Tổng` without money is a count. `counts`:
    caption or rows say that the figures are counts."""
    kinds = {c.kind for c in columns}
    beside = kinds & {"measure_unit"} if lists_projects(columns) else kinds & {"measure_unit", "quantity", "aim"}
    counted = beside or counts or counts_above(column)
    if column.kind == "in_place":
        return "amount" if column.unit and not counted else "quantity"
    if column.kind == "giver":
        stated = CUES["money"].search(column.head) is not None
        return "amount" if column.unit and "amount" in kinds and (stated or not counted) else None
    if column.kind == "year" and is_value_of_goods(column, columns):
        return "year"
    if column.kind in ("year", "whole", "year_part") and ("amount" in kinds or "source" in kinds or column.unit):
        return "amount" if column.unit and not counted else column.kind if counted else None
    if not is_bare_total(column):
        return column.kind
    if column.part and column.year:
        return "year" if counted else None
    return None if "year" in kinds and not counted else "whole"


def lists_projects(columns: Sequence[Column]) -> bool:
    """Whether a table lists projects with their cost in all their years, so that a plan of a year beside it is of
    money, whatever their size (`Năng lực thiết kế | Tổng mức đầu tư | Kế hoạch năm 2023`)."""
    return any(c.kind == "amount" and c.unit and CUES["cost_column"].search(c.label) for c in columns)


def is_value_of_goods(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column tells what goods are worth of which another under the same head tells how many there are."""
    if not column.part or not CUES["value_head"].fullmatch(column.part):
        return False
    return any(c.over == column.over and c is not column and counts_in_brackets(c) for c in columns)


def counts_above(column: Column) -> bool:
    """Whether the upper head of a column says what is counted (`Số căn hộ` over `Năm 2023`), even in a table whose
    caption states a unit of money."""
    money = scale_of(column.head, None) or CUES["money_column"].search(column.head)
    if not column.over or money:
        return False
    return COLUMNS["quantity"].search(column.head) is not None or counts_in_brackets(replace(column, part=column.upper))


def planned_rate(measure: Column, columns: Sequence[Column], caption: Caption, everything: bool) -> str | None:
    """What a rate without a year is: an aim where the caption plans `everything` but for what the head says of how
    things stand, else where it plans what the rate measures."""
    if everything and not CUES["state_rate"].search(measure.head):
        return "quantity"
    return by_plan(measure, columns, caption)


def by_plan(measure: Column, columns: Sequence[Column], caption: Caption) -> str | None:
    """What a rate without a year is: an aim where the caption plans what the rate measures, and no other column aims at
    the same or at what it does not say."""
    own = own_words(measure)
    if not own or CUES["support"].search(measure.head) or not CUES["plan_caption"].search(caption.words):
        return None
    planned = own[0] in LETTERS.findall(caption.words.lower())
    aims = [own_words(c) for c in columns if c.kind in ("year", "whole", "quantity", "aim")]
    return "quantity" if planned and own not in aims and [] not in aims else None


def plans_everything(columns: Sequence[Column], caption: Caption) -> bool:
    """Whether all counts and rates of places are aims: under a caption that plans and does not say what, where no
    column says of itself that it aims, that it was, or that it is money."""
    kinds = {c.kind for c in columns}
    if "place" not in kinds or kinds & {"year", "aim", "whole", "row_year", "past", "comparison", "amount"}:
        return False
    return CUES["bare_plan_caption"].fullmatch(caption.words) is not None


def plans_counts(columns: Sequence[Column], caption: Caption) -> bool:
    """Whether columns of counts without another word may be aims: in rows of years, and in rows of places under a
    caption that plans them, where no column says itself that it aims."""
    kinds = {c.kind for c in columns}
    if "row_year" in kinds and not kinds & {"name", "place", "year", "aim", "measure", "past", "comparison"}:
        return True
    own = kinds & {"year", "quantity", "aim", "measure", "row_year", "past", "comparison", "amount"}
    planned = (CUES["plan_caption"], PARTS["works_caption"], PARTS["works_named"])
    return "place" in kinds and not own and any(cue.search(caption.words) for cue in planned)


def counts_planned(column: Column, said: Sequence[str]) -> bool:
    """Whether figures under a head that closes with a unit of counts (`LMLM bò (con)`) may be planned: not where it
    names what there is (`Tổng đàn (con)`)."""
    stated = IN_BRACKETS.search(column.label)
    if column.kind is not None or not stated or CUES["state_head"].search(column.head) or not are_figures(said):
        return False
    unit = SCALE.sub("", stated["unit"])
    listed = unit_code(unit) not in (None, "vnd", "usd") and not CUES["money"].search(unit)
    return listed or CUES["unlisted_unit"].fullmatch(unit) is not None


def is_bare_total(column: Column) -> bool:
    """Whether a head says no more than `Tổng`: of money or of things."""
    return column.kind == "amount" and not column.unit and not CUES["money_column"].search(column.head)
