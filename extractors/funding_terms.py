"""What words about money say of it: its source (nguồn), who pays, its expenditure type (đầu tư phát triển, sự nghiệp)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.language.phrases import source_of

if TYPE_CHECKING:
    from spacy.tokens import Span

CUES = cues("funding_cues.yaml")
MAX_QUOTE = 350
LEAD_IN = 100
"""A block's words up to a colon are its own heading where they are no longer than this."""
LEVEL_BUDGETS = (
    (regex.compile(r"\b(?:cấp tỉnh|của tỉnh)\b", regex.I), "provincial_budget"),
    (regex.compile(r"\bcấp huyện\b", regex.I), "district_budget"),
    (regex.compile(r"\bcấp xã\b", regex.I), "commune_budget"),
    (regex.compile(r"\btrung ương\b", regex.I), "central_budget"),
)
PAYERS = (
    (regex.compile(r"\b(?:doanh nghiệp|nhà đầu tư|cơ sở thụ hưởng)\b", regex.I), "enterprise"),
    (regex.compile(r"\b(?:người dân|nhân dân|hộ dân|cộng đồng)\b", regex.I), "community"),
)


def expenditure_type(words: str) -> str | None:
    """Development investment or recurrent; None where the words say neither or both."""
    found = [t for t in ("development_investment", "recurrent") if CUES[t].search(words)]
    return found[0] if len(found) == 1 else None


def payer(words: str) -> str | None:
    """Who pays an amount or a share where no source is named (`doanh nghiệp 15%`)."""
    return next((code for pattern, code in PAYERS if pattern.search(words)), None)


def source_code(plan: Plan, span: Span) -> str:
    """The source that a phrase names in a plan of this issuer."""
    return source_of(span, plan.issuer_is_city)


def is_contextual(span: Span) -> bool:
    """Whether a phrase names a source only inside a passage about money."""
    return span.id_.startswith("context")
