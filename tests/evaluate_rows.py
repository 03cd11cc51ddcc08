"""Rows of a small document and of its gold, and how the evaluation judges them."""

from __future__ import annotations

from pipeline.evaluate.gold import Gold
from pipeline.evaluate.judge import judge_document
from pipeline.evaluate.match import RULES, Wanted

TEXT = """I. Mục tiêu
Đến năm 2026, 85% thôn có nhà văn hóa.
Mỗi năm trồng mới từ 40 ha rừng trở lên.
II. Tổ chức thực hiện
1. Sở Y tế chủ trì, phối hợp với Sở Tài chính hướng dẫn mua sắm tủ thuốc thôn.
Sở Y tế báo cáo trước ngày 15/12/2026."""


def row_at(words, **cells):
    """A row of a table whose quote is the given words of TEXT."""
    start = TEXT.index(words)
    return {"doc_id": "d", "quote": words, "char_start": start, "method": "rule", "confidence": 0.9, **cells}


def target(words, **cells):
    usual = {"indicator_code": None, "direction": "reach", "comparator": "eq", "value_min": 85.0, "value_max": 85.0,
             "unit": "percent", "rate_period": None, "due_year": 2026}  # fmt: skip
    return row_at(words, **usual | cells)


def wanted_target(anchor, **cells):
    usual = {"anchor": anchor, "indicator_code": None, "direction": "reach", "comparator": "eq", "value_min": 85,
             "value_max": 85, "unit": "percent", "rate_period": None, "scope": None, "due_year": 2026}  # fmt: skip
    return usual | cells


def assignment(words, code, **cells):
    return row_at(words, **{"agency_code": code, "agency_text": words, "role": "lead", "component": None} | cells)


def judged_with(given_rows, wanted_rows, document=None, stem="plan"):
    gold = Gold(stem, document or {}, {t: [Wanted(row) for row in rows] for t, rows in wanted_rows.items()})
    told = {"doc_id": "d", "text": TEXT} | {name: None for name in (document or {})}
    return judge_document(gold, told, {table: {"d": given_rows.get(table, [])} for table in RULES})


def matched(table, given_rows, wanted_rows):
    return judged_with({table: given_rows}, {table: wanted_rows}).tables[table]
