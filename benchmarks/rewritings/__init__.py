"""Rewritings of a plan's text that keep its meaning: what a reader learns from the plan must not change with them."""

from __future__ import annotations

from functools import cache

from benchmarks.rewritings.model import Rewriting
from benchmarks.rewritings.outlines import OUTLINES
from benchmarks.rewritings.pages import PAGES
from benchmarks.rewritings.words import wordings


@cache
def rewritings() -> dict[str, Rewriting]:
    """All rewritings by name."""
    found = [*wordings(), *OUTLINES, *PAGES]
    named = {rewriting.name: rewriting for rewriting in found}
    assert len(named) == len(found), "two rewritings of one name"
    return named
