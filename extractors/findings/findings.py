"""What an analyst must look at: arithmetic and consistency that the document itself lets one check, and what fails.

Messages are Vietnamese (`schemas/vocab/finding_messages.csv`): the report and the Excel sheet show them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from extractors.assignments.agency_lists import unknown_bodies
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
from extractors.sums import Mismatch, too_large_parts, wrong_counts, wrong_totals, wrong_wholes
from extractors.tables.figures import first_year, may_have_run
from extractors.tables.flattened import holds_figures, merged
from extractors.tables.heads import Cell
from extractors.tables.lone_sums import told_alone
from extractors.tables.money import lacks_unit, unread_cells
from extractors.tables.paces import unread_paces
from extractors.tables.products import multiplied
from extractors.tables.signs import (
    run_together,
    silent_heads,
    silent_times,
    unknown_figures,
    unmeasured_years,
    unread_money,
    unsaid_works,
)
from extractors.tables.sums import wrong_columns, wrong_figures
from extractors.tables.tables import FIGURES
from extractors.tables.targets import states_aims, tells_past, unread_figures
from extractors.tables.totals_beside import wrong_beside
from extractors.values.stretches import stretches
from schemas.messages import message
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
TABLES = cues("table_cues.yaml")
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
    found += check_silence(plan, rows, found)
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


def finding(plan: Plan, code: str, said: str, start: int | None = None, end: int | None = None, **more) -> Finding:
    """Build a finding; its quote is text[start:end] where a place is given."""
    placed = start is not None and end is not None and start < end
    section = plan.block_at(start).section if placed else None
    return Finding(
        finding_id=plan.new_id("findings", start, end, code, more.get("row_id")),
        doc_id=plan.doc_id,
        severity=SEVERITY.get(code, "info"),
        check=code,
        message=said,
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
            said = message("page_hardly_read", page=page, share=spell(confidence * 100))
            yield finding(plan, "low_ocr_confidence", said, start, min(end, start + MAX_QUOTE))


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
            said = message("figures_hardly_read", page=page, count=len(figures), figures=named + more)
            yield finding(plan, "low_ocr_confidence", said, first.start, first.end)
            continue
        for figure, found in told.items():
            said = message("figure_hardly_read", figure=plan.text[figure.start : figure.end])
            place = {"table_name": found.table, "row_id": getattr(found.row, TOLD_TABLES[found.table])}
            yield finding(plan, "low_ocr_confidence", said, figure.start, figure.end, **place)


def check_misread_figures(plan: Plan) -> Iterable[Finding]:
    """Figures with letters among their digits, which no extractor reads."""
    for match in stretches(plan.text, MISREAD_WHOLE, before=16, after=24).matches(MISREAD):
        said = message("figure_with_letters", figure=match.group())
        yield finding(plan, "unparsed_amount", said, *match.span())


def check_quarters(plan: Plan) -> Iterable[Finding]:
    """Quarters that no year has, of which no time is read."""
    for match in IMPOSSIBLE_QUARTER.finditer(plan.text):
        said = message("no_such_quarter", quarter=match["quarter"])
        yield finding(plan, "impossible_date", said, *match.span())


# --- arithmetic ------------------------------------------------------------------------------------------------------


def check_sums(plan: Plan, rows: list[Funding]) -> Iterable[Finding]:
    """Totals of money against the sum of their parts."""
    for wrong in wrong_totals(rows):
        said = message("sum_of_money", made=spell(wrong.actual), stated=spell(wrong.stated))
        yield arithmetic(plan, "sum_mismatch", said, wrong, "funding", wrong.row.funding_id)


def check_spelled(plan: Plan, rows: list[Funding]) -> Iterable[Finding]:
    """Sums of money in figures against the words behind them."""
    for wrong in spelled_amounts(plan.text):
        if not wrong.differs:
            continue
        said = message("sum_in_words", figures=spell(wrong.figures), words=spell(wrong.words))
        told = (r for r in rows if r.amount_vnd == wrong.figures and r.char_start <= wrong.start < r.char_end)
        row = next(told, None)
        more = {"expected": float(wrong.figures), "actual": float(wrong.words)}
        if row is not None:
            more |= {"table_name": "funding", "row_id": row.funding_id}
        yield finding(plan, "conflicting_amount", said, wrong.start, wrong.end, **more)


def check_products(plan: Plan, rows: list[Funding]) -> Iterable[Finding]:
    """Quantities times norms against the products that are stated behind them, or in the columns of an estimate."""
    for product, row in multiplied(plan, rows):
        if product.wrong:
            said = message("product_of_columns", made=spell(product.made), stated=spell(product.stated))
            wrong_row = Mismatch(row, product.stated, product.made)
            yield arithmetic(plan, "product_mismatch", said, wrong_row, "funding", row.funding_id)
    for wrong in wrong_products(plan):
        said = message("product", made=spell(wrong.actual), stated=spell(wrong.stated))
        more = {"expected": float(wrong.stated), "actual": float(wrong.actual)}
        yield finding(plan, "product_mismatch", said, wrong.start, wrong.end, **more)


def check_parts(plan: Plan, rows: list[Target]) -> Iterable[Finding]:
    """Targets given as a whole and by year or group against their parts."""
    for wrong in wrong_wholes(rows):
        said = message("sum_of_parts", made=spell(wrong.actual), stated=spell(wrong.stated))
        yield arithmetic(plan, "sum_mismatch", said, wrong, "targets", wrong.row.target_id)
    for whole, part in too_large_parts(rows):
        stated, actual = whole.value_min or 0, part.value_min or 0
        said = message("part_too_large", part=spell(actual), stated=spell(stated))
        yield arithmetic(plan, "sum_mismatch", said, Mismatch(part, stated, actual), "targets", part.target_id)


def check_columns(plan: Plan, rows: dict[str, list], found: list[Finding]) -> Iterable[Finding]:
    """Columns of tables against their total row, where no other check has said so."""
    said = {f.row_id for f in found if f.check == "sum_mismatch"}
    for table, name in (("funding", "funding_id"), ("targets", "target_id")):
        for wrong in wrong_columns(plan, rows[table]):
            if getattr(wrong.row, name) not in said:
                code = "sum_of_rows_of_money" if table == "funding" else "sum_of_rows"
                said_of_it = message(code, made=spell(wrong.actual), stated=spell(wrong.stated))
                yield arithmetic(plan, "sum_mismatch", said_of_it, wrong, table, getattr(wrong.row, name))
    for wrong, table in wrong_beside(plan, rows["funding"], rows["targets"]):
        code = "total_beside_table" if table == "funding" else "count_beside_table"
        said_of_it = message(code, made=spell(wrong.actual), stated=spell(wrong.stated))
        identity = "funding_id" if table == "funding" else "target_id"
        yield arithmetic(plan, "sum_mismatch", said_of_it, wrong, table, getattr(wrong.row, identity))
    for total, _, stated, made in wrong_figures(plan):
        words = message("sum_of_rows", made=spell(made), stated=spell(stated))
        more = {"expected": stated, "actual": made}
        yield finding(plan, "sum_mismatch", words, total.start, min(total.end, total.start + MAX_QUOTE), **more)


def check_tables(plan: Plan, told: Collection[Cell]) -> Iterable[Finding]:
    """Tables of money whose unit is not stated, cells of money that hold more than a sum and are not `told` in words,
    figures of aims that are not told, and figures that lost their columns: nothing is read of them."""
    for table in plan.tables:
        if lacks_unit(plan, table):
            yield finding(plan, "unparsed_amount", message("money_without_unit"), table.first.start, table.first.end)
        elif cells := [cell for cell in unread_cells(plan, table) if cell not in told]:
            said = message("money_cells_unread", count=len(cells))
            yield finding(plan, "unparsed_amount", said, cells[0].start, cells[0].end)
        alone = told_alone(plan, table)
        lost = [line for line in table.lost if line.start not in alone]
        if lost and table.has(*FIGURES) and not tells_past(plan, table):
            said = message("rows_without_columns", count=len(lost))
            yield finding(plan, "unparsed_amount", said, lost[0].start, lost[0].end)
        if cells := sorted([*unread_figures(plan, table), *unread_paces(plan, table)], key=lambda c: c.start):
            said = message("target_cells_unread", count=len(cells))
            yield finding(plan, "unparsed_amount", said, cells[0].start, cells[0].end)
        for column in table.columns:
            if states_aims(plan, table) and may_have_run(plan, table, column) and not tells_past(plan, table):
                said = message("year_may_have_run", year=column.year)
                yield finding(plan, "unparsed_amount", said, column.start, column.end)
    for first, last in unread_money(plan.text, plan.blocks, plan.tables):
        said = message("money_columns_unknown")
        yield finding(plan, "unparsed_amount", said, first.start, min(last.end, first.start + MAX_QUOTE))
    lost = [(first.start, last.end) for first, last in run_together(plan.text, plan.blocks)]
    flattened = [span for span in plan.flattened if holds_figures(plan.text, *span)]
    said = message("table_run_together")
    for start, end in merged(sorted([*lost, *flattened])):
        yield finding(plan, "unparsed_amount", said, start, min(end, start + MAX_QUOTE))


def check_counts(plan: Plan, rows: dict[str, list]) -> Iterable[Finding]:
    """Tables of figures by year of which no unit and no word says what they count, and tables of which no column of
    figures is known or said to be an aim: nothing is read of them."""
    facts = sorted(row.char_start for table in ("targets", "funding") for row in rows[table])
    for head in unmeasured_years(plan.text, plan.blocks, facts, first_year(plan)):
        yield finding(plan, "unparsed_amount", message("years_without_unit"), head.start, head.end)
    tables = [table for table in plan.tables if not tells_past(plan, table)]
    heads = [*unknown_figures(plan.text, tables, facts), *unsaid_works(plan.text, tables, facts)]
    for start, end in dict.fromkeys((head.start, head.end) for head in heads):
        yield finding(plan, "unparsed_amount", message("columns_unknown"), start, end)


def check_silence(plan: Plan, rows: dict[str, list], found: Sequence[Finding]) -> Iterable[Finding]:
    """Tables of figures by years to come of which nothing is read and nothing else is said, and schedules of which no
    time is read."""
    facts = (row.char_start for table in ("targets", "funding", "activities", "deadlines") for row in rows[table])
    said = (f.char_start for f in found if f.check == "unparsed_amount" and f.char_start is not None)
    for head, caption in silent_heads(plan.text, plan.blocks, sorted([*facts, *said]), first_year(plan)):
        over = [said for said in (caption.words, *plan.headings(head)) if not TABLES["forecast_caption"].search(said)]
        if head.zone in ("body", "annex") and not plan.tells_past(over):  # what is foretold may be aimed at
            yield finding(plan, "unparsed_amount", message("columns_unknown"), head.start, head.end)
    tables = [t for t in plan.tables if not plan.tells_past([t.caption.words, *plan.headings(t.first)])]
    for head in silent_times(plan.text, tables, sorted(row.char_start for row in rows["deadlines"])):
        yield finding(plan, "unparsed_amount", message("times_unread"), head.start, head.end)


def check_listed(plan: Plan, targets: list[Target], activities: list[Activity]) -> Iterable[Finding]:
    """A stated count of models or projects against the list that follows it."""
    for wrong in wrong_counts(plan.sections, targets, activities):
        said = message("count_of_list", stated=spell(wrong.stated), listed=spell(wrong.actual))
        yield arithmetic(plan, "count_mismatch", said, wrong, "targets", wrong.row.target_id)


def check_named_places(plan: Plan) -> Iterable[Finding]:
    """A count of communes or the like against the names right behind it, and one in a heading against its items."""
    for wrong in [*wrong_lists(plan), *wrong_headings(plan)]:
        said = message("count_of_list", stated=wrong.stated, listed=wrong.named)
        more = {"expected": float(wrong.stated), "actual": float(wrong.named)}
        yield finding(plan, "count_mismatch", said, wrong.start, wrong.end, **more)


def check_splits(plan: Plan, targets: list[Target]) -> Iterable[Finding]:
    """Counts that are aimed at against the parts that their sentence splits them into."""
    for wrong in wrong_splits(plan):
        told = (r for r in targets if r.value_min == wrong.stated and r.char_start <= wrong.start < r.char_end)
        row = next(told, None)
        if row is not None:
            said = message("sum_of_parts", made=spell(wrong.actual), stated=spell(wrong.stated))
            mismatch = Mismatch(row, wrong.stated, wrong.actual)
            yield arithmetic(plan, "sum_mismatch", said, mismatch, "targets", row.target_id)


def arithmetic(plan: Plan, code: str, said: str, wrong: Mismatch, table: str, row_id: str) -> Finding:
    """The finding of one wrong figure, placed at its row."""
    row = wrong.row
    more = {"expected": wrong.stated, "actual": wrong.actual, "table_name": table, "row_id": row_id}
    return finding(plan, code, said, row.char_start, row.char_end, **more)


def spell(value: float) -> str:
    """A number as Vietnamese readers write it: `983.106`, `2,5`."""
    whole, _, rest = f"{value:,.2f}".partition(".")
    return whole.replace(",", ".") + (f",{rest.rstrip('0')}" if rest.strip("0") else "")


# --- consistency -----------------------------------------------------------------------------------------------------


def check_citations(plan: Plan, rows: list[Citation]) -> Iterable[Finding]:
    """A document that is cited with two dates, or with one after the plan's own."""
    for first, other in conflicting_dates(rows):
        days = {"day": f"{other.date:%d/%m/%Y}", "other": f"{first.date:%d/%m/%Y}"}
        yield finding(
            plan,
            "conflicting_citation_date",
            message("cited_with_two_dates", number=other.number, day=days["day"], other=days["other"]),
            other.char_start,
            other.char_end,
            table_name="citations",
            row_id=other.citation_id,
        )
    for late in later_than_plan(plan, rows):
        name, day, issued = late.number or late.subject, f"{late.date:%d/%m/%Y}", f"{plan.meta.issued_date:%d/%m/%Y}"
        said = message("cited_after_plan", name=name, day=day, issued=issued)
        more = {"table_name": "citations", "row_id": late.citation_id}
        yield finding(plan, "impossible_date", said, late.char_start, late.char_end, **more)


def check_annex(plan: Plan) -> Iterable[Finding]:
    """An annex or table that the text promises and the file does not hold."""
    if any(b.zone == "annex" for b in plan.blocks):
        return
    match = ANNEX_PROMISED.search(plan.text, plan.body_start, plan.body_end)
    if match:
        yield finding(
            plan,
            "missing_annex",
            message("annex_missing"),
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
                message("agency_unknown", agency=row.agency_text),
                row.char_start,
                row.char_end,
                table_name="assignments",
                row_id=row.assignment_id,
            )
    for start, end in dict.fromkeys((row.char_start, row.char_end) for row in rows):
        for at, stop in unknown_bodies(plan, start, end):
            name = plan.text[at:stop].lstrip(", ")
            if name.casefold() not in seen:
                seen.add(name.casefold())
                yield finding(plan, "unknown_agency", message("agency_unknown", agency=name), stop - len(name), stop)
