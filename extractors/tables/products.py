"""Estimates that reckon in columns (Số lượng, Đơn giá, Thành tiền): the quantity of each row, and the products that are
not what they say.

Which columns are multiplied, and in which unit the price is, no head tells for sure; the rows themselves do: what most
of them make exactly holds for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from extractors.context import Plan
from extractors.cues import cues
from extractors.spans import trim
from extractors.tables.heads import Cell, Column
from extractors.tables.money import number_in, value_in
from extractors.tables.tables import Row, Table
from schemas.records import Funding

CUES = cues("table_cues.yaml")
ROUNDED = 0.005
"""Part of a product by which a stated one may differ: results are rounded."""
FEWEST, MOST_FACTORS = 2, 4
SCALES = (1, 10**3, 10**6, 10**9)
NO_FACTOR = frozenset(("ordinal", "amount", "year", "row_year", "time"))
NEAR = (0.5, 2.0)
"""Beyond, a cell holds something else than the product."""


@dataclass(frozen=True, slots=True)
class Product:
    """A row of an estimate: its quantity, what it states in đồng and what quantity times price make."""

    row: Row
    cell: Cell
    quantity: float
    stated: float
    made: float

    @property
    def wrong(self) -> bool:
        """Whether the stated product is not what the factors make."""
        return abs(self.made - self.stated) > ROUNDED * self.made


def multiplied(plan: Plan, rows: Sequence[Funding]) -> Iterator[tuple[Product, Funding]]:
    """The products of all tables with the amounts that state them."""
    stating = {(row.char_start, row.amount_vnd): row for row in reversed(rows)}
    for table in plan.tables:
        for product in products_of(plan, table):
            place = product.row.quoted(product.cell)[0]
            row = stating.get((trim(plan.text, place, product.row.end)[0], round(product.stated)))
            if row is not None:
                yield product, row


def products_of(plan: Plan, table: Table) -> list[Product]:
    """The rows of a table that multiply, where its other rows prove which columns do."""
    prices = [c for c in table.columns if c.kind == "no_funding" and CUES["unit_price"].search(c.label)]
    results = [c for c in table.columns if c.kind == "amount"]
    named = [c for c in results if CUES["product_column"].search(c.label)] or results
    if len(prices) != 1 or len(named) != 1:
        return []
    factors = [c for c in table.columns if c.kind not in NO_FACTOR and c is not prices[0]]
    numbers = [n for row in table.rows if not row.total and (n := numbers_of(plan, row, factors, prices[0], named[0]))]
    tried = (
        list(made_by(numbers, chosen, scale))
        for count in (1, 2)
        for chosen in combinations(filled(numbers, factors), count)
        for scale in SCALES
    )
    best = max(tried, key=lambda products: sum(not p.wrong for p in products), default=[])
    exact = sum(not p.wrong for p in best)
    return [p for p in best if in_reach(p)] if exact >= FEWEST and exact > len(best) - exact else []


def in_reach(product: Product) -> bool:
    """Whether a stated product is near enough to be one."""
    return NEAR[0] <= product.made / product.stated <= NEAR[1]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The plain numbers of a row: by column what may be multiplied, the price as written, the product in đồng."""

    row: Row
    cell: Cell
    factors: dict[Column, float]
    price: float
    stated: float


def numbers_of(plan: Plan, row: Row, factors: Sequence[Column], price: Column, result: Column) -> Numbers | None:
    """The numbers of a row that has a price and a product."""
    cells = dict(row.cells)
    if price not in cells or result not in cells:
        return None
    cost, stated = number_in(plan, cells[price]), value_in(plan, result, cells[result])
    if cost is None or not cost.value or not stated:
        return None
    found = {c: n.value for c in factors if c in cells and (n := number_in(plan, cells[c])) is not None and n.value}
    return Numbers(row, cells[result], found, cost.value, stated)


def filled(numbers: Sequence[Numbers], factors: Sequence[Column]) -> list[Column]:
    """The columns with numbers beside prices, in their order."""
    return [c for c in factors if any(c in n.factors for n in numbers)][:MOST_FACTORS]


def made_by(numbers: Sequence[Numbers], chosen: Sequence[Column], scale: int) -> Iterator[Product]:
    """What the rows make with some columns as factors and the price in a unit. A row without one of two factors
    (leaflets in an estimate of days) counts where the other makes what it states."""
    for n in numbers:
        told = [n.factors[c] for c in chosen if c in n.factors]
        quantity = prod(told)
        product = Product(n.row, n.cell, quantity, n.stated, quantity * n.price * scale)
        if told and (len(told) == len(chosen) or not product.wrong):
            yield product
