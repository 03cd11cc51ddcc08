"""What an analyst must look at: arithmetic and consistency that the document itself lets one check, and what fails.

Messages are Vietnamese: they stand in the report and the Excel sheet that the analyst reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from extractors.citations import conflicting_dates, later_than_plan
from extractors.context import Plan
from extractors.cues import cues
from extractors.doubted_rows import Doubtful, doubtful
from extractors.findings.listed_items import wrong_headings
from extractors.findings.listed_places import wrong_lists
from extractors.findings.products import wrong_products
from extractors.findings.sentence_splits import wrong_splits
from extractors.findings.spelled_amounts import spelled_amounts
from extractors.plan import MAX_QUOTE, Doubt, Note
from extractors.spans import trim
from extractors.sums import Mismatch, wrong_counts, wrong_totals, wrong_wholes
from extractors.tables.figures import first_year
from extractors.tables.flattened import holds_figures, merged
from extractors.tables.heads import Cell
from extractors.tables.money import lacks_unit, unread_cells
from extractors.tables.products import multiplied
from extractors.tables.signs import run_together, unknown_figures, unmeasured_years, unread_money
from extractors.tables.sums import wrong_columns, wrong_figures
from extractors.tables.tables import FIGURES
from extractors.tables.targets import tells_past, unread_figures
from extractors.values.stretches import stretches
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
    "conflicting_amount": "warning",
    "impossible_date": "warning",
    "unparsed_amount": "warning",
    "low_ocr_confidence": "warning",
}
LOW_OCR_CONFIDENCE = 0.8
"""Mean confidence of a page's words below which an analyst must look at the page itself."""
HARDLY_READ = 0.75
"""Confidence of a figure below which an analyst must look at it: one in two is wrong."""
MANY_FIGURES, NAMED_FIGURES = 3, 5
TOLD_TABLES = {"targets": "target_id", "funding": "funding_id", "deadlines": "deadline_id"}
CUES = cues("finding_cues.yaml")
MISREAD = CUES["misread"]
"""A figure before a unit with letters that scans put for digits (`1O tỷ đồng`, `l00%`): reported, never guessed."""
MISREAD_WHOLE = ("lo", "io")
"""What such a figure holds where no digit of it is left."""
IMPOSSIBLE_QUARTER = CUES["impossible_quarter"]
ANNEX_PROMISED = CUES["annex_promised"]


def check(plan: Plan, rows: dict[str, list], told: Collection[Cell]) -> list[Finding]:
    """All findings of one document, in the order of their places. `told`: the cells whose money is told in words."""
    metadata_notes = getattr(plan.meta, "notes", ())
    found = [finding_of_note(plan, note) for note in [*plan.notes, *metadata_notes]]
    found += check_pages(plan)
    found += check_doubted_figures(plan, rows)
    found += check_misread_figures(plan)
    found += check_quarters(plan)
    found += check_spelled(plan, rows["funding"])
    found += check_sums(plan, rows["funding"])
    found += check_products(plan, rows["funding"])
    found += check_parts(plan, rows["targets"])
    found += check_columns(plan, rows, found)
    found += check_tables(plan, told)
    found += check_counts(plan, rows)
    found += check_listed(plan, rows["targets"], rows["activities"])
    found += check_named_places(plan)
    found += check_splits(plan, rows["targets"])
    found += check_citations(plan, rows["citations"])
    found += check_annex(plan)
    found += check_agencies(plan, rows["assignments"])
    return sorted(told_once(found), key=lambda f: (f.char_start is None, f.char_start or 0, f.check, f.finding_id))


def told_once(found: Iterable[Finding]) -> list[Finding]:
    """The findings, a sum that two checks or two columns of one row miss alike once."""
    kept: list[Finding] = []
    told = set()
    for f in found:
        key = (f.char_start, f.char_end, f.expected, f.actual)
        if f.check != "sum_mismatch" or key not in told:
            kept.append(f)
        if f.check == "sum_mismatch":
            told.add(key)
    return kept


def finding(plan: Plan, code: str, message: str, start: int | None = None, end: int | None = None, **more) -> Finding:
    """Build a finding; its quote is text[start:end] where a place is given."""
    placed = start is not None and end is not None and start < end
    section = plan.block_at(start).section if placed else None
    return Finding(
        finding_id=plan.new_id("findings", start, end, code, more.get("row_id")),
        doc_id=plan.doc_id,
        severity=SEVERITY.get(code, "info"),
        check=code,
        message=message,
        char_start=start if placed else None,
        char_end=end if placed else None,
        quote=plan.text[start:end] if placed else None,
        section_id=section.section_id if section else None,
        page=plan.clean.page_of(start) if placed else None,
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


def check_doubted_figures(plan: Plan, rows: dict[str, list]) -> Iterable[Finding]:
    """Figures of facts that were hardly read: each, or where a page has many, all of them in one finding. A page that
    was read badly as a whole says so already."""
    pages: dict[int | None, dict[Doubt, Doubtful]] = defaultdict(dict)
    for found in doubtful(plan, rows):
        place = found.figure.start
        hardly = found.table in TOLD_TABLES and found.figure.confidence < HARDLY_READ
        if hardly and plan.clean.confidence_at(place) >= LOW_OCR_CONFIDENCE:
            pages[plan.clean.page_of(place)].setdefault(found.figure, found)
    for page, told in pages.items():
        if len(told) > MANY_FIGURES:
            first, *_ = figures = sorted(told)
            named = ", ".join(f"“{plan.text[figure.start : figure.end]}”" for figure in figures[:NAMED_FIGURES])
            more = ", …" if len(figures) > NAMED_FIGURES else ""
            message = (
                f"Trang {page} có {len(figures)} con số đọc từ ảnh không chắc chắn ({named}{more}):"
                " cần đối chiếu với bản gốc"
            )
            yield finding(plan, "low_ocr_confidence", message, first.start, first.end)
            continue
        for figure, found in told.items():
            message = (
                f"Con số “{plan.text[figure.start : figure.end]}” đọc từ ảnh không chắc chắn: cần đối chiếu với bản gốc"
            )
            place = {"table_name": found.table, "row_id": getattr(found.row, TOLD_TABLES[found.table])}
            yield finding(plan, "low_ocr_confidence", message, figure.start, figure.end, **place)


def check_misread_figures(plan: Plan) -> Iterable[Finding]:
    """Figures with letters among their digits, which no extractor reads."""
    for match in stretches(plan.text, MISREAD_WHOLE, before=16, after=24).matches(MISREAD):
        message = f"Con số “{match.group()}” có chữ cái lẫn trong chữ số nên không đọc: cần đối chiếu với bản gốc"
        yield finding(plan, "unparsed_amount", message, *match.span())


def check_quarters(plan: Plan) -> Iterable[Finding]:
    """Quarters that no year has, of which no time is read."""
    for match in IMPOSSIBLE_QUARTER.finditer(plan.text):
        message = f"Không có quý {match['quarter']} (có thể là số La Mã bị đọc sai): cần đối chiếu với bản gốc"
        yield finding(plan, "impossible_date", message, *match.span())


# --- arithmetic ------------------------------------------------------------------------------------------------------


def check_sums(plan: Plan, rows: list[Funding]) -> Iterable[Finding]:
    """Totals of money against the sum of their parts."""
    for wrong in wrong_totals(rows):
        message = f"Các phần cộng lại được {spell(wrong.actual)} đồng, khác tổng {spell(wrong.stated)} đồng"
        yield arithmetic(plan, "sum_mismatch", message, wrong, "funding", wrong.row.funding_id)


def check_spelled(plan: Plan, rows: list[Funding]) -> Iterable[Finding]:
    """Sums of money in figures against the words behind them."""
    for wrong in spelled_amounts(plan.text):
        if not wrong.differs:
            continue
        message = (
            f"Số tiền bằng số là {spell(wrong.figures)} đồng, bằng chữ là {spell(wrong.words)} đồng:"
            " cần đối chiếu với bản gốc"
        )
        told = (r for r in rows if r.amount_vnd == wrong.figures and r.char_start <= wrong.start < r.char_end)
        row = next(told, None)
        more = {"expected": float(wrong.figures), "actual": float(wrong.words)}
        if row is not None:
            more |= {"table_name": "funding", "row_id": row.funding_id}
        yield finding(plan, "conflicting_amount", message, wrong.start, wrong.end, **more)


def check_products(plan: Plan, rows: list[Funding]) -> Iterable[Finding]:
    """Quantities times norms against the products that are stated behind them, or in the columns of an estimate."""
    for product, row in multiplied(plan, rows):
        if product.wrong:
            message = (
                f"Số lượng nhân đơn giá được {spell(product.made)} đồng, khác thành tiền {spell(product.stated)} đồng"
            )
            wrong_row = Mismatch(row, product.stated, product.made)
            yield arithmetic(plan, "product_mismatch", message, wrong_row, "funding", row.funding_id)
    for wrong in wrong_products(plan):
        message = f"Phép nhân cho {spell(wrong.actual)} đồng, khác {spell(wrong.stated)} đồng đã nêu"
        more = {"expected": float(wrong.stated), "actual": float(wrong.actual)}
        yield finding(plan, "product_mismatch", message, wrong.start, wrong.end, **more)


def check_parts(plan: Plan, rows: list[Target]) -> Iterable[Finding]:
    """Targets given as a whole and by year or group against their parts."""
    for wrong in wrong_wholes(rows):
        message = f"Các phần cộng lại được {spell(wrong.actual)}, khác tổng {spell(wrong.stated)}"
        yield arithmetic(plan, "sum_mismatch", message, wrong, "targets", wrong.row.target_id)


def check_columns(plan: Plan, rows: dict[str, list], found: list[Finding]) -> Iterable[Finding]:
    """Columns of tables against their total row, where no other check has said so."""
    said = {f.row_id for f in found if f.check == "sum_mismatch"}
    for table, name in (("funding", "funding_id"), ("targets", "target_id")):
        for wrong in wrong_columns(plan, rows[table]):
            if getattr(wrong.row, name) not in said:
                money = " đồng" if table == "funding" else ""
                message = (
                    f"Các dòng cộng lại được {spell(wrong.actual)}{money}, khác dòng tổng {spell(wrong.stated)}{money}"
                )
                yield arithmetic(plan, "sum_mismatch", message, wrong, table, getattr(wrong.row, name))
    for total, _, stated, made in wrong_figures(plan):
        message = f"Các dòng cộng lại được {spell(made)}, khác dòng tổng {spell(stated)}"
        more = {"expected": stated, "actual": made}
        yield finding(plan, "sum_mismatch", message, total.start, min(total.end, total.start + MAX_QUOTE), **more)


def check_tables(plan: Plan, told: Collection[Cell]) -> Iterable[Finding]:
    """Tables of money whose unit is not stated, cells of money that hold more than a sum and are not `told` in words,
    figures of aims that are not told, and figures that lost their columns: nothing is read of them."""
    for table in plan.tables:
        if lacks_unit(plan, table):
            message = "Bảng kinh phí không nêu đơn vị tiền nên không đọc số tiền: cần đối chiếu với bản gốc"
            yield finding(plan, "unparsed_amount", message, table.first.start, table.first.end)
        elif cells := [cell for cell in unread_cells(plan, table) if cell not in told]:
            message = f"{len(cells)} ô trong cột tiền của bảng không đọc được: cần đối chiếu với bản gốc"
            yield finding(plan, "unparsed_amount", message, cells[0].start, cells[0].end)
        if table.lost and table.has(*FIGURES) and not tells_past(plan, table):
            message = f"{len(table.lost)} dòng của bảng không khớp với các cột nên không đọc: cần đối chiếu với bản gốc"
            yield finding(plan, "unparsed_amount", message, table.lost[0].start, table.lost[0].end)
        if cells := unread_figures(plan, table):
            message = f"{len(cells)} ô trong cột chỉ tiêu của bảng không đọc được: cần đối chiếu với bản gốc"
            yield finding(plan, "unparsed_amount", message, cells[0].start, cells[0].end)
    for first, last in unread_money(plan.text, plan.blocks, plan.tables):
        message = "Bảng có số tiền nhưng không rõ mỗi cột là gì nên không đọc: cần đối chiếu với bản gốc"
        yield finding(plan, "unparsed_amount", message, first.start, min(last.end, first.start + MAX_QUOTE))
    lost = [(first.start, last.end) for first, last in run_together(plan.text, plan.blocks)]
    flattened = [span for span in plan.flattened if holds_figures(plan.text, *span)]
    message = "Bảng bị dồn dòng, các con số không còn theo cột nên không đọc: cần đối chiếu với bản gốc"
    for start, end in merged(sorted([*lost, *flattened])):
        yield finding(plan, "unparsed_amount", message, start, min(end, start + MAX_QUOTE))


def check_counts(plan: Plan, rows: dict[str, list]) -> Iterable[Finding]:
    """Tables of figures by year of which no unit and no word says what they count, and tables of which no column of
    figures is known or said to be an aim: nothing is read of them."""
    facts = sorted(row.char_start for table in ("targets", "funding") for row in rows[table])
    for head in unmeasured_years(plan.text, plan.blocks, facts, first_year(plan)):
        message = "Bảng số liệu theo năm không nêu đơn vị nên không đọc: cần đối chiếu với bản gốc"
        yield finding(plan, "unparsed_amount", message, head.start, head.end)
    tables = [table for table in plan.tables if not tells_past(plan, table)]
    for head in unknown_figures(plan.text, tables, facts):
        message = "Bảng số liệu không rõ mỗi cột là gì hay có phải chỉ tiêu không: cần đối chiếu với bản gốc"
        yield finding(plan, "unparsed_amount", message, head.start, head.end)


def check_listed(plan: Plan, targets: list[Target], activities: list[Activity]) -> Iterable[Finding]:
    """A stated count of models or projects against the list that follows it."""
    for wrong in wrong_counts(plan.sections, targets, activities):
        message = f"Nêu {spell(wrong.stated)} nhưng liệt kê {spell(wrong.actual)}"
        yield arithmetic(plan, "count_mismatch", message, wrong, "targets", wrong.row.target_id)


def check_named_places(plan: Plan) -> Iterable[Finding]:
    """A count of communes or the like against the names right behind it, and one in a heading against its items."""
    for wrong in [*wrong_lists(plan), *wrong_headings(plan)]:
        message = f"Nêu {wrong.stated} nhưng liệt kê {wrong.named}"
        more = {"expected": float(wrong.stated), "actual": float(wrong.named)}
        yield finding(plan, "count_mismatch", message, wrong.start, wrong.end, **more)


def check_splits(plan: Plan, targets: list[Target]) -> Iterable[Finding]:
    """Counts that are aimed at against the parts that their sentence splits them into."""
    for wrong in wrong_splits(plan):
        told = (r for r in targets if r.value_min == wrong.stated and r.char_start <= wrong.start < r.char_end)
        row = next(told, None)
        if row is not None:
            message = f"Các phần cộng lại được {spell(wrong.actual)}, khác tổng {spell(wrong.stated)}"
            yield arithmetic(
                plan, "sum_mismatch", message, Mismatch(row, wrong.stated, wrong.actual), "targets", row.target_id
            )


def arithmetic(plan: Plan, code: str, message: str, wrong: Mismatch, table: str, row_id: str) -> Finding:
    """The finding of one wrong figure, placed at its row."""
    row = wrong.row
    more = {"expected": wrong.stated, "actual": wrong.actual, "table_name": table, "row_id": row_id}
    return finding(plan, code, message, row.char_start, row.char_end, **more)


def spell(value: float) -> str:
    """A number as Vietnamese readers write it: `983.106`, `2,5`."""
    whole, _, rest = f"{value:,.2f}".partition(".")
    return whole.replace(",", ".") + (f",{rest.rstrip('0')}" if rest.strip("0") else "")


# --- consistency -----------------------------------------------------------------------------------------------------


def check_citations(plan: Plan, rows: list[Citation]) -> Iterable[Finding]:
    """A document that is cited with two dates, or with one after the plan's own."""
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
    for late in later_than_plan(plan, rows):
        name = late.number or late.subject
        issued = f"{plan.meta.issued_date:%d/%m/%Y}"
        message = f"{name} được viện dẫn với ngày {late.date:%d/%m/%Y}, sau ngày ban hành {issued}"
        more = {"table_name": "citations", "row_id": late.citation_id}
        yield finding(plan, "impossible_date", message, late.char_start, late.char_end, **more)


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
