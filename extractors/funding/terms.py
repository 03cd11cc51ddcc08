"""What words about money say of it: its source (nguồn), who pays, its type (vốn đầu tư phát triển, vốn sự nghiệp)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.language.phrases import source_of
from extractors.rule_files import RuleFileError, load_yaml_rules, text, texts
from schemas.filtered import Filtered, filtered
from schemas.vocabulary import funding_sources

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span
    from schemas.records import Funding

CUES = cues("funding_cues.yaml")
PAYER_FILE = "funding_payers.yaml"
RECEIVES = CUES["receives"]
"""Who is named after the first receives the money, and who is named before the second: `hỗ trợ 30% chi phí cho người
dân`, `doanh nghiệp dự hội chợ được hỗ trợ 70%`."""
MAX_QUOTE = 350
LEAD_IN = 100
"""A block's words up to a colon are its own heading where they are no longer than this."""


@cache
def payers(kind: str) -> tuple[tuple[Filtered, str], ...]:
    """Words and the source that they tell: `level` of a part of the budget, `alone` in a list of levels, or `payer`
    where no source is named.

    Raises RuleFileError, naming file and rule.
    """
    found = []
    fields = {"note": text, "of": text, "source": text, "patterns": texts}
    for name, rule in load_yaml_rules(PAYER_FILE, fields).items():
        if rule["source"] not in funding_sources() or rule["of"] not in ("level", "alone", "payer"):
            raise RuleFileError(
                f"{PAYER_FILE}, rule {name!r}: unknown source {rule['source']!r} or kind {rule['of']!r}"
            )
        if rule["of"] == kind:
            found.append((filtered("|".join(f"(?:{p})" for p in rule["patterns"]), regex.I), rule["source"]))
    return tuple(found)


def level_budget(words: str) -> str | None:
    """The level of the budget that words about a part of it name (`trong đó cấp tỉnh 40 tỷ`)."""
    paid = RECEIVES.sub("", words)
    return next((code for pattern, code in payers("level") if pattern.search(paid)), None)


def level_alone(words: str) -> str | None:
    """The level of the budget that is all that stands before a sum, in a list of levels (`trung ương 600 triệu đồng;
    huyện 30 triệu đồng`)."""
    return next((code for pattern, code in payers("alone") if pattern.fullmatch(words)), None)


def expenditure_type(words: str) -> str | None:
    """Development investment or recurrent; None where the words say neither or both."""
    words = CUES["cited_title"].sub("", CUES["left_out"].sub("", words))
    found = [t for t in ("development_investment", "recurrent") if CUES[t].search(words)]
    return found[0] if len(found) == 1 else None


def payer(words: str) -> str | None:
    """Who pays an amount or a share where no source is named (`doanh nghiệp 15%`)."""
    paid = RECEIVES.sub("", words)
    return next((code for pattern, code in payers("payer") if pattern.search(paid)), None)


def end_of_amount(plan: Plan, row: Funding, stop: int) -> int | None:
    """Where the amount of a row ends in its clause; `450 triệu đồng` does not stand in `1.450 triệu đồng`."""
    written = regex.compile(r"(?<![\d.,])" + regex.escape(row.amount_text or ""))
    amount = written.search(plan.text, row.char_start, stop)
    return amount.end() if amount else None


def source_code(plan: Plan, span: Span) -> str:
    """The source that a phrase names in a plan of this issuer."""
    return source_of(span, plan.city_is_province)


def is_contextual(span: Span) -> bool:
    """Whether a phrase names a source only inside a passage about money."""
    return span.id_.startswith("context")
