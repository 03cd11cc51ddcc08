"""The pages of the comparison: for each indicator what the provinces aim at, each value with its words.

Up to `ON_ONE_PAGE` values stand on one page; more are cut into pages by indicator.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.comparison import comparison_parts, left_out
from pipeline.pages.anchors import safe
from pipeline.pages.charts import Chart, charts_of, link_of
from pipeline.pages.render import render
from pipeline.remote import Remote
from pipeline.vietnamese import target_value
from pipeline.writers import read_table, write_parquet
from schemas.vocabulary import indicators

Row = dict[str, Any]
FIRST = "so-sanh.html"
ON_ONE_PAGE = 500
ALSO = ("char_start", "char_end", "population", "due_year_stated")
"""Columns of `targets` that the pages show beside those of the comparison."""
FILES = ("doc_id", "source_path")
"""Columns of `documents`: which file each one is."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some values of an indicator, or all of them; `issuers`: the values by who aims at them."""

    code: str
    name: str
    domain: str
    issuers: list[tuple[Row, list[Row]]]
    charts: list[Chart]
    number: int = 1

    @property
    def rows(self) -> int:
        """How many values there are."""
        return sum(len(rows) for _, rows in self.issuers)

    @property
    def common(self) -> bool:
        """Whether two provinces or more aim at something here."""
        return len({first["province_name"] for first, _ in self.issuers} - {None}) > 1

    @property
    def anchor(self) -> str:
        """Its place where all stand on one page."""
        return f"{safe(self.code)}-{self.number}"

    @property
    def page(self) -> str:
        """The page that it stands on where there are too many for one."""
        end = "" if self.number == 1 else f"-{self.number}"
        return f"so-sanh-{safe(self.code)}{end}.html"


@dataclass(frozen=True, slots=True)
class Listed:
    """A part as the list of pages shows it."""

    name: str
    domain: str
    rows: int
    page: str
    number: int


def write_comparison(tables: Path | Remote, folder: Path) -> int:
    """Write the pages of the comparison; how many values they show. Raises NoTables, OSError."""
    left = left_out(tables)
    with tempfile.TemporaryDirectory(prefix="compared-", dir=folder) as temporary:
        file = Path(temporary, "comparison.parquet")
        rows = write_parquet(file, comparison_parts(tables, also=ALSO))
        files = dict(
            zip(*(column.to_pylist() for column in read_table(tables, "documents", FILES).columns), strict=True)
        )
        if rows <= ON_ONE_PAGE:
            parts = list(parts_of(file, files))
            render("comparison.html", folder / FIRST, parts=parts, domains=by_domain(parts), left=left, current=FIRST)
            return rows
        listed = []
        for part in parts_of(file, files):
            render("indicator.html", folder / part.page, part=part, current=FIRST)
            listed.append(Listed(part.name, part.domain, part.rows, part.page, part.number))
        render("indicators.html", folder / FIRST, domains=by_domain(listed), left=left, current=FIRST)
    return rows


def parts_of(file: Path, files: Mapping[str, str]) -> Iterator[Part]:
    """The indicators that have values, as in the vocabulary, `ON_ONE_PAGE` values at once. `files`: the path of each
    document."""
    for code, rows in groupby(rows_of(file, files), key=lambda row: row["indicator_code"]):
        known = indicators()[code]
        for number, some in enumerate(cut(rows), start=1):
            issuers = [(those[0], those) for those in (list(g) for _, g in groupby(some, key=who))]
            yield Part(code, known.name_vi, known.domain, issuers, charts_of(some), number)


def by_domain(parts: Iterable[Part | Listed]) -> list[tuple[str, list[Part | Listed]]]:
    """The parts by domain, in the order of the vocabulary."""
    domains: dict[str, list[Part | Listed]] = {}
    for part in parts:
        domains.setdefault(part.domain, []).append(part)
    return list(domains.items())


def cut(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Rows in pieces that a page can show."""
    piece: list[Row] = []
    for row in rows:
        piece.append(row)
        if len(piece) == ON_ONE_PAGE:
            yield piece
            piece = []
    if piece:
        yield piece


def rows_of(file: Path, files: Mapping[str, str]) -> Iterator[Row]:
    """The values one after the other, each in words, with the way to its quote and the file of its document."""
    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches(ON_ONE_PAGE):
            for row in batch.to_pylist():
                yield row | {"value": target_value(row), "link": link_of(row), "source_path": files[row["doc_id"]]}


def who(row: Row) -> tuple[str, str]:
    """Whose target it is."""
    return row["province_name"] or "", row["issuer"] or ""
