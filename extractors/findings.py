"""What an analyst must look at: arithmetic and consistency that the document itself lets one check, and what fails.

Messages are Vietnamese: they stand in the report and the Excel sheet that the analyst reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import regex

from extractors.citations import conflicting_dates
from extractors.context import MAX_QUOTE, Plan
from extractors.plan import Note
from extractors.spans import trim
from schemas.records import Activity, Assignment, Citation, Finding, Funding, Target

SEVERITY = {
    "sum_mismatch": "error",
    "product_mismatch": "error",
    "count_mismatch": "error",
    "conflicting_citation_date": "warning",
    "conflicting_period": "warning",
    "conflicting_metadata": "warning",
    "missing_number": "warning",
    "missing_date": "warning",
    "missing_issuer": "warning",
    "duplicated_text": "warning",
    "legacy_encoding": "warning",
    "impossible_date": "warning",
    "unparsed_amount": "warning",
    "low_ocr_confidence": "warning",
}
LOW_OCR_CONFIDENCE = 0.8
"""Mean confidence of a page's words below which an analyst must look at the page itself."""
MISREAD = regex.compile(
    r"(?!I+\.)(?<![\p{L}\d.,/-])(?=[\d.,]*[lIOo])(?=[lIOo.,]*\d)[\dlIOo][\dlIOo.,]{0,14}(?<![.,])"
    r"\s{0,2}(?:%|(?:t[ỷỉ]|tri[ệê]u|ngh[ìi]n|đồng|hộ|người|xã|thôn|ha|km)\b)"
)
"""A figure before a unit with letters that scans put for digits (`1O tỷ đồng`, `l00%`): reported, never guessed."""
ANNEX_PROMISED = regex.compile(r"\b(?:phụ lục|biểu|danh mục|bảng)\b[^.;()]{0,60}\b(?:kèm theo|đính kèm)\b", regex.I)


def check(plan: Plan, rows: dict[str, list]) -> list[Finding]:
    """All findings of one document, in the order of their places."""
    metadata_notes = getattr(plan.meta, "notes", ())
    found = [finding_of_note(plan, note) for note in [*plan.notes, *metadata_notes]]
    found += check_pages(plan)
    found += check_misread_figures(plan)
    found += check_sums(plan, rows["funding"])
    found += check_parts(plan, rows["targets"])
    found += check_listed(plan, rows["targets"], rows["activities"])
    found += check_citations(plan, rows["citations"])
    found += check_annex(plan)
    found += check_agencies(plan, rows["assignments"])
    return sorted(found, key=lambda f: (f.char_start is None, f.char_start or 0, f.check, f.finding_id))


def finding(plan: Plan, code: str, message: str, start: int | None = None, end: int | None = None, **more) -> Finding:
    """Build a finding; its quote is text[start:end] where a place is given."""
    placed = start is not None and end is not None and start < end
    return Finding(
        finding_id=plan.new_id("findings", start, end, code, more.get("row_id")),
        doc_id=plan.doc_id,
        severity=SEVERITY.get(code, "info"),
        check=code,
        message=message,
        char_start=start if placed else None,
        char_end=end if placed else None,
        quote=plan.text[start:end] if placed else None,
        **more,
    )


def finding_of_note(plan: Plan, note: Note) -> Finding:
    """A note of cleaning, outline or head, as a finding."""
    return finding(plan, note.check, note.message, note.start, note.end)


def check_pages(plan: Plan) -> Iterable[Finding]:
    """Pages that were read from pictures with little confidence."""
    starts = (*plan.clean.page_starts, len(plan.text))
    for page, confidence in enumerate(plan.clean.page_confidence[: len(plan.clean.page_starts)], 1):
        if confidence is not None and confidence < LOW_OCR_CONFIDENCE:
            start, end = trim(plan.text, starts[page - 1], starts[page])
            message = (
                f"Trang {page} đọc từ ảnh với độ tin cậy thấp ({spell(confidence * 100)}%): cần đối chiếu với bản gốc"
            )
            yield finding(plan, "low_ocr_confidence", message, start, min(end, start + MAX_QUOTE))


def check_misread_figures(plan: Plan) -> Iterable[Finding]:
    """Figures with letters among their digits, which no extractor reads."""
    for match in MISREAD.finditer(plan.text):
        message = f"Con số “{match.group()}” có chữ cái lẫn trong chữ số nên không đọc: cần đối chiếu với bản gốc"
        yield finding(plan, "unparsed_amount", message, *match.span())


# --- arithmetic ------------------------------------------------------------------------------------------------------


def check_sums(plan: Plan, rows: list[Funding]) -> Iterable[Finding]:
    """Totals against the sum of their parts. A total may be split twice (by year, by source): each split is summed."""
    by_id = {r.funding_id: r for r in rows}
    splits: dict[tuple, list[Funding]] = defaultdict(list)
    for row in rows:
        if row.parent_id and row.amount_vnd is not None and row.kind == "component":
            split = (
                "year"
                if row.year and row.year != by_id[row.parent_id].year
                else "type"
                if row.expenditure_type
                else "part"
            )
            splits[row.parent_id, split].append(row)
    for (parent_id, _), parts in splits.items():
        whole, actual = by_id[parent_id], sum(p.amount_vnd for p in parts)
        if len(parts) > 1 and whole.amount_vnd is not None and actual != whole.amount_vnd:
            yield finding(
                plan,
                "sum_mismatch",
                f"Các phần cộng lại được {spell(actual)} đồng, khác tổng {spell(whole.amount_vnd)} đồng",
                whole.char_start,
                whole.char_end,
                expected=float(whole.amount_vnd),
                actual=float(actual),
                table_name="funding",
                row_id=whole.funding_id,
            )


def check_parts(plan: Plan, rows: list[Target]) -> Iterable[Finding]:
    """Targets given as a whole and by year or group: the counted parts must make the whole."""
    parts: dict[str, list[Target]] = defaultdict(list)
    by_id = {r.target_id: r for r in rows}
    for row in rows:
        whole = by_id.get(row.parent_id or "")
        if whole and row.unit == whole.unit and row.unit != "percent" and row.value_min is not None:
            parts[whole.target_id].append(row)
    for target_id, group in parts.items():
        whole, actual = by_id[target_id], sum(p.value_min for p in group)
        if len(group) > 1 and whole.value_min is not None and abs(actual - whole.value_min) > 1e-6:
            yield finding(
                plan,
                "sum_mismatch",
                f"Các phần cộng lại được {spell(actual)}, khác tổng {spell(whole.value_min)}",
                whole.char_start,
                whole.char_end,
                expected=whole.value_min,
                actual=actual,
                table_name="targets",
                row_id=target_id,
            )


def check_listed(plan: Plan, targets: list[Target], activities: list[Activity]) -> Iterable[Finding]:
    """A stated count of models or projects against the list that follows it under the same heading."""
    sections = {s.section_id: s for s in plan.sections}
    for row in targets:
        kinds = {"model": ("model",), "project": ("project",)}.get(row.unit or "")
        section = sections.get(row.section_id or "")
        if not kinds or section is None or section.parent is None or row.comparator != "eq" or row.value_min is None:
            continue
        scope = section.parent
        listed = [a for a in activities if a.kind in kinds and row.char_end <= a.char_start < scope.end]
        if len(listed) > 1 and len(listed) != row.value_min:
            yield finding(
                plan,
                "count_mismatch",
                f"Nêu {spell(row.value_min)} nhưng liệt kê {len(listed)}",
                row.char_start,
                row.char_end,
                expected=row.value_min,
                actual=float(len(listed)),
                table_name="targets",
                row_id=row.target_id,
            )


def spell(value: float) -> str:
    """A number as Vietnamese readers write it: `983.106`, `2,5`."""
    whole, _, rest = f"{value:,.2f}".partition(".")
    return whole.replace(",", ".") + (f",{rest.rstrip('0')}" if rest.strip("0") else "")


# --- consistency -----------------------------------------------------------------------------------------------------


def check_citations(plan: Plan, rows: list[Citation]) -> Iterable[Finding]:
    """A document that is cited with two dates."""
    for first, other in conflicting_dates(rows):
        yield finding(
            plan,
            "conflicting_citation_date",
            f"{other.number} được viện dẫn với ngày {other.date:%d/%m/%Y}, chỗ khác là {first.date:%d/%m/%Y}",
            other.char_start,
            other.char_end,
            table_name="citations",
            row_id=other.citation_id,
        )


def check_annex(plan: Plan) -> Iterable[Finding]:
    """An annex or table that the text promises and the file does not hold."""
    if any(b.zone == "annex" for b in plan.blocks):
        return
    match = ANNEX_PROMISED.search(plan.text, plan.body_start, plan.body_end)
    if match:
        yield finding(
            plan,
            "missing_annex",
            "Văn bản nói có phụ lục, biểu kèm theo nhưng tệp không có",
            match.start(),
            match.end(),
        )


def check_agencies(plan: Plan, rows: list[Assignment]) -> Iterable[Finding]:
    """Bodies with tasks that the vocabulary does not know, once each."""
    seen: set[str] = set()
    for row in rows:
        key = row.agency_text.casefold()
        if row.agency_code is None and key not in seen:
            seen.add(key)
            yield finding(
                plan,
                "unknown_agency",
                f"Cơ quan chưa có trong danh mục: {row.agency_text}",
                row.char_start,
                row.char_end,
                table_name="assignments",
                row_id=row.assignment_id,
            )
