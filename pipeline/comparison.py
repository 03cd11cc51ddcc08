"""The `comparison` table: every target whose indicator is known, provinces side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from schemas.records import Comparison
from schemas.vocabulary import indicators

Row = Mapping[str, Any]
FROM_DOCUMENT = (
    *("province_code", "province_name", "issuer", "issuer_level", "period_start", "period_end", "doc_id", "doc_number"),
)
FROM_TARGET = (
    *("indicator_code", "direction", "comparator", "value_min", "value_max", "unit", "rate_period", "scope"),
    *("due_year", "target_id", "quote", "confidence"),
)


def comparison_rows(documents: Iterable[Row], targets: Iterable[Row], all_types: bool = False) -> list[Comparison]:
    """One row for each target with an indicator, of plans alone unless `all_types`; a repeated document counts once.

    Order: indicators as in the vocabulary, then province, issuer, document, and the targets as they stand in it.
    """
    counted = {d["doc_id"]: d for d in documents if not d["duplicate_of"] and (all_types or d["doc_type"] == "plan")}
    names = {indicator.code: indicator.name_vi for indicator in indicators().values()}
    rank = {code: position for position, code in enumerate(names)}
    rows = [
        Comparison(
            indicator_name=names[target["indicator_code"]],
            **{column: counted[target["doc_id"]][column] for column in FROM_DOCUMENT},
            **{column: target[column] for column in FROM_TARGET},
        )
        for target in targets
        if target["indicator_code"] is not None and target["doc_id"] in counted
    ]
    place = {doc_id: position for position, doc_id in enumerate(counted)}
    return sorted(
        rows,
        key=lambda r: (rank[r.indicator_code], r.province_code or "~", r.issuer or "", place[r.doc_id]),
    )
