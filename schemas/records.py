"""The tables of the output contract, one record class each: the single source of every table's columns.

Names and meanings are the contract's; dashboards read these names and nothing else. A value that the document does
not state is None. Nothing here knows how a value is found.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated

import pyarrow as pa

from schemas.columns import Column, ColumnInfo, columns_of
from schemas.vocabulary import LEVELS, agencies, funding_sources, indicators

INT32 = pa.int32()
DATE = pa.date32()
FLOAT32 = pa.float32()
INSTANT = pa.timestamp("ms", tz="UTC")

DOC_TYPES = frozenset(
    ["plan", "decision", "resolution", "report", "official_letter", "programme", "directive", "notice", "other"]
)
TOPICS = frozenset(
    [
        "poverty_reduction",
        "new_rural_development",
        "ethnic_minority_development",
        "digital_transformation",
        "health",
        "education",
        "agriculture",
        "environment",
        "administrative_reform",
        "public_security",
        "other",
    ]
)
INSTRUMENTS = frozenset(
    [
        "law",
        "decree",
        "decision",
        "resolution",
        "circular",
        "directive",
        "plan",
        "programme",
        "guideline",
        "submission",
        "conclusion",
        "other",
    ]
)
CHECKS = frozenset(
    [
        "sum_mismatch",
        "count_mismatch",
        "product_mismatch",
        "missing_number",
        "missing_date",
        "conflicting_amount",
        "conflicting_citation_date",
        "conflicting_period",
        "conflicting_metadata",
        "numbering_gap",
        "missing_annex",
        "low_ocr_confidence",
        "duplicate_document",
        "duplicated_text",
        "unknown_agency",
        "unparsed_amount",
        "impossible_date",
        "unknown_place",
        "missing_issuer",
        "legacy_encoding",
    ]
)


@dataclass(slots=True, kw_only=True)
class Fact:
    """Provenance: where a row was read. The law: `documents.text[char_start:char_end] == quote`."""

    doc_id: Annotated[str, Column("key into `documents`")]
    section_id: Annotated[str | None, Column("key into `sections`: the innermost section that holds the row")] = None
    page: Annotated[int | None, Column("1-based page; null where the format has no pages", INT32)] = None
    char_start: Annotated[int, Column("first character of the quote in `documents.text`")]
    char_end: Annotated[int, Column("one past the last character of the quote")]
    quote: Annotated[str, Column("exactly `documents.text[char_start:char_end]`")]
    method: Annotated[str, Column("name of the rule or model that made the row")]
    confidence: Annotated[float, Column("0 to 1: the chance that the row is right", FLOAT32)]


DOUBTFUL = 0.7
"""A row of less confidence must be looked at before its figure is used."""


def is_doubtful(confidence: float) -> bool:
    """Whether a row of this confidence must be looked at; what 32 bits make of 0.7 must not."""
    return round(confidence, 4) < DOUBTFUL


PROVENANCE = ("doc_id", "section_id", "page", "char_start", "char_end", "quote", "method", "confidence")


@dataclass(slots=True, kw_only=True)
class Document:
    """One row a source file that could be read."""

    doc_id: Annotated[str, Column("stable id made from the content")]
    source_path: Annotated[str, Column("relative to the input folder, `/` as separator")]
    source_sha256: Annotated[str, Column("of the file's bytes")]
    media_type: Annotated[str, Column("what the content is: `text/plain`, `text/html`, `application/pdf`, …")]
    text_source: Annotated[str, Column("how the text was had", codes=frozenset({"text", "pdf_text", "ocr", "mixed"}))]
    text: Annotated[str, Column("the cleaned, de-duplicated text that all offsets refer to")]
    n_pages: Annotated[int | None, Column("pages; null where the format has none", INT32)] = None
    ocr_confidence: Annotated[float | None, Column("mean word confidence 0 to 1; null without OCR", FLOAT32)] = None
    doc_number: Annotated[str | None, Column("`356/KH-UBND`, no inner spaces; null when left blank (a draft)")] = None
    doc_type: Annotated[str, Column("kind of document, from its text", codes=DOC_TYPES)] = "other"
    is_draft: Annotated[bool, Column("marked as a draft (dự thảo) on its face: not compared unless asked for")] = False
    title: Annotated[str | None, Column("the subject under the word KẾ HOẠCH, one line")] = None
    issuer: Annotated[str | None, Column("issuing body (cơ quan ban hành): `Ủy ban nhân dân tỉnh Hải Dương`")] = None
    issuer_level: Annotated[
        str | None, Column("level of the issuer", codes=frozenset({"province", "district", "commune"}))
    ] = None
    province_code: Annotated[str | None, Column("statistics office code at the date of issue: `30`")] = None
    province_name: Annotated[str | None, Column("province at the date of issue: `Hải Dương`")] = None
    district_code: Annotated[str | None, Column("for district and commune issuers before 1 July 2025")] = None
    district_name: Annotated[str | None, Column("for district and commune issuers before 1 July 2025")] = None
    commune_code: Annotated[str | None, Column("for commune issuers")] = None
    commune_name: Annotated[str | None, Column("for commune issuers")] = None
    current_province_code: Annotated[str | None, Column("who holds this territory since 1 July 2025: code")] = None
    current_province_name: Annotated[str | None, Column("who holds this territory since 1 July 2025: name")] = None
    issued_date: Annotated[
        datetime.date | None, Column("date of issue; null when the day or month is left blank", DATE)
    ] = None
    issued_year: Annotated[int | None, Column("year of the dateline", INT32)] = None
    issued_month: Annotated[int | None, Column("month of the dateline", INT32)] = None
    signer_name: Annotated[str | None, Column("who signed: `Lương Văn Cầu`")] = None
    signer_title: Annotated[str | None, Column("normal form: `Chủ tịch`, `Phó Chủ tịch`")] = None
    signing_capacity: Annotated[
        str | None, Column("`TM.` on behalf of the committee, `KT.` for the chair", codes=frozenset({"TM.", "KT."}))
    ] = None
    period_start: Annotated[int | None, Column("first year that the plan covers", INT32)] = None
    period_end: Annotated[int | None, Column("last year that the plan covers", INT32)] = None
    programme: Annotated[str | None, Column("national target programme that it carries out, canonical name")] = None
    topic: Annotated[str | None, Column("subject matter", codes=TOPICS)] = None
    duplicate_of: Annotated[str | None, Column("`doc_id` of the document that this one repeats")] = None
    extractor_version: Annotated[str, Column("version of kehoach that read it")]


@dataclass(slots=True, kw_only=True)
class Section(Fact):
    """The outline: one row a heading, numbered item or bullet; the quote spans the whole section."""

    section_id: Annotated[str, Column("stable id")]
    parent_id: Annotated[str | None, Column("enclosing section")] = None
    ordinal: Annotated[int, Column("reading order from 1", INT32)]
    level: Annotated[int, Column("1 = outermost", INT32)]
    label: Annotated[str | None, Column("`II`, `1.2`, `a`; null for bullets")] = None
    heading: Annotated[str, Column("heading, or the first words of an item without one")]


@dataclass(slots=True, kw_only=True)
class Target(Fact):
    """A figure that the plan wants to reach, raise, lower or deliver (mục tiêu, chỉ tiêu)."""

    target_id: Annotated[str, Column("stable id")]
    indicator_text: Annotated[str, Column("what is measured, in the document's words")]
    indicator_code: Annotated[
        str | None, Column("from `vocab/indicators.csv`; null when none fits", codes=frozenset(indicators()))
    ] = None
    direction: Annotated[
        str,
        Column("`reach` a level, `increase` or `decrease` by", codes=frozenset({"reach", "increase", "decrease"})),
    ]
    comparator: Annotated[
        str, Column("how the value binds", codes=frozenset({"eq", "ge", "gt", "le", "lt", "approx", "range"}))
    ]
    value_min: Annotated[float | None, Column("null for `le` and `lt`")] = None
    value_max: Annotated[float | None, Column("null for `ge` and `gt`")] = None
    unit: Annotated[str | None, Column("`percent`, `percentage_point`, `household`, … singular English noun")] = None
    rate_period: Annotated[str | None, Column("`year` when the value holds per year", codes=frozenset({"year"}))] = None
    population: Annotated[str | None, Column("whom the share or count is of, in the document's words")] = None
    scope: Annotated[str | None, Column("the area when narrower than the issuer's")] = None
    baseline_value: Annotated[float | None, Column("where it starts from, when stated")] = None
    baseline_year: Annotated[
        int | None, Column("year of the baseline, or the year that a change is compared with", INT32)
    ] = None
    due_year: Annotated[int | None, Column("year by which it holds: stated, else the end of the period", INT32)] = None
    due_year_stated: Annotated[bool, Column("whether the document states the due year for this target")] = False
    parent_id: Annotated[str | None, Column("the target that this one is a part of (by year, by group)")] = None


@dataclass(slots=True, kw_only=True)
class Funding(Fact):
    """An amount, share, norm, cap or named source of money (kinh phí, nguồn vốn, mức hỗ trợ)."""

    funding_id: Annotated[str, Column("stable id")]
    parent_id: Annotated[str | None, Column("the total that this component is part of")] = None
    kind: Annotated[
        str,
        Column("what the row is", codes=frozenset({"total", "component", "unit_norm", "cap", "share", "source"})),
    ]
    amount_vnd: Annotated[int | None, Column("whole đồng")] = None
    share_percent: Annotated[float | None, Column("for `share`, in percent")] = None
    per_unit: Annotated[str | None, Column("for `unit_norm` and `cap`: `household`, `project`, `year`, …")] = None
    quantity: Annotated[float | None, Column("where the document multiplies (300 con × 20 triệu)")] = None
    year: Annotated[int | None, Column("budget year, when the amount is for one", INT32)] = None
    source: Annotated[str | None, Column("from `vocab/funding_sources.csv`", codes=frozenset(funding_sources()))] = None
    expenditure_type: Annotated[
        str | None,
        Column("vốn đầu tư phát triển or vốn sự nghiệp", codes=frozenset({"development_investment", "recurrent"})),
    ] = None
    purpose: Annotated[str | None, Column("what it pays for, in the document's words")] = None
    beneficiary: Annotated[str | None, Column("who receives it")] = None
    component: Annotated[str | None, Column("sub-project: `Dự án 2`, `Dự án 2/Tiểu dự án 1`")] = None
    amount_text: Annotated[str | None, Column("as written: `2 tỷ 400 triệu đồng`")] = None


@dataclass(slots=True, kw_only=True)
class Assignment(Fact):
    """Who does what: one row for each agency of a task (phân công nhiệm vụ)."""

    assignment_id: Annotated[str, Column("the same for all agencies of one task")]
    parent_id: Annotated[
        str | None, Column("the task of those whose item this is a later clause of, and who do it with the body named")
    ] = None
    agency_text: Annotated[str, Column("as written")]
    agency_code: Annotated[str | None, Column("from `vocab/agencies.csv`", codes=frozenset(agencies()))] = None
    agency_level: Annotated[str, Column("level of the body", codes=LEVELS)] = "other"
    role: Annotated[
        str,
        Column(
            "`lead` chủ trì, `coordinate` phối hợp, `responsible`, `requested` đề nghị",
            codes=frozenset({"lead", "coordinate", "responsible", "requested"}),
        ),
    ]
    task: Annotated[str, Column("what is to be done, in the document's words")]
    component: Annotated[str | None, Column("sub-project: `Dự án 2`, `Dự án 2/Tiểu dự án 1`")] = None
    successor_code: Annotated[
        str | None, Column("who holds the function since the 2025 reorganisation", codes=frozenset(agencies()))
    ] = None


@dataclass(slots=True, kw_only=True)
class Deadline(Fact):
    """A time at which something is due or happens (thời hạn, tiến độ, chế độ báo cáo)."""

    deadline_id: Annotated[str, Column("stable id")]
    kind: Annotated[
        str, Column("how the time binds", codes=frozenset({"due", "window", "recurring", "period", "relative"}))
    ]
    start_date: Annotated[datetime.date | None, Column("first day meant; null when open or `due`", DATE)] = None
    end_date: Annotated[datetime.date | None, Column("last day meant; null when open", DATE)] = None
    precision: Annotated[
        str | None,
        Column("what the document states", codes=frozenset({"day", "month", "quarter", "half_year", "year"})),
    ] = None
    recurrence: Annotated[
        str | None,
        Column("ISO 8601 duration: `P1Y`, `P6M`, `P3M`, `P1M`, `P1W`, `P1D`; null where none fits (`5 lần/năm`)"),
    ] = None
    event: Annotated[str, Column("what is due, in the document's words")]
    agency_code: Annotated[
        str | None, Column("who owes it, when said; from `vocab/agencies.csv`", codes=frozenset(agencies()))
    ] = None


@dataclass(slots=True, kw_only=True)
class Activity(Fact):
    """A named project, sub-project or model of the plan (dự án, tiểu dự án, mô hình)."""

    activity_id: Annotated[str, Column("stable id")]
    parent_id: Annotated[str | None, Column("the project that this sub-project belongs to")] = None
    kind: Annotated[str, Column("what it is", codes=frozenset({"project", "sub_project", "model"}))]
    name: Annotated[str, Column("name without label and place")]
    label: Annotated[str | None, Column("`Dự án 2`")] = None
    year: Annotated[int | None, Column("year in which it is carried out", INT32)] = None
    commune_text: Annotated[str | None, Column("with the unit word: `xã Đức Chính`")] = None
    commune_code: Annotated[str | None, Column("statistics office code at the date of issue")] = None
    district_text: Annotated[str | None, Column("with the unit word: `huyện Cẩm Giàng`")] = None
    district_code: Annotated[str | None, Column("statistics office code at the date of issue")] = None
    quantity: Annotated[float | None, Column("how many, when stated")] = None
    objective: Annotated[str | None, Column("what it is for, when stated")] = None


@dataclass(slots=True, kw_only=True)
class Citation(Fact):
    """A legal document named in the text, one row a mention (căn cứ, viện dẫn)."""

    citation_id: Annotated[str, Column("stable id")]
    instrument: Annotated[str, Column("kind of document cited", codes=INSTRUMENTS)]
    number: Annotated[str | None, Column("normal form `1722/QĐ-TTg`; null for a law cited by name")] = None
    date: Annotated[datetime.date | None, Column("date of the cited document", DATE)] = None
    issuer: Annotated[str | None, Column("who issued it, in the document's words")] = None
    subject: Annotated[str | None, Column("what it is about, in the document's words")] = None
    relation: Annotated[
        str,
        Column(
            "`legal_basis` before the first section, else `reference`", codes=frozenset({"legal_basis", "reference"})
        ),
    ]


@dataclass(slots=True, kw_only=True)
class Finding:
    """What an analyst must look at."""

    finding_id: Annotated[str, Column("stable id")]
    doc_id: Annotated[str, Column("key into `documents`")]
    severity: Annotated[str, Column("how grave", codes=frozenset({"error", "warning", "info"}))]
    check: Annotated[str, Column("which check spoke", codes=CHECKS)]
    message: Annotated[str, Column("what was seen and what to look at, in Vietnamese")]
    expected: Annotated[float | None, Column("what the document states, in the row's own unit (đồng for money)")] = None
    actual: Annotated[float | None, Column("what its parts make")] = None
    table_name: Annotated[str | None, Column("table that the finding is about")] = None
    row_id: Annotated[str | None, Column("row that the finding is about")] = None
    char_start: Annotated[int | None, Column("first character of the quote, where a place can be shown")] = None
    char_end: Annotated[int | None, Column("one past its last character")] = None
    quote: Annotated[str | None, Column("the words at that place")] = None
    section_id: Annotated[str | None, Column("key into `sections`: the innermost section that holds the place")] = None
    page: Annotated[int | None, Column("1-based page of the place; null where the format has no pages", INT32)] = None


@dataclass(slots=True, kw_only=True)
class Failure:
    """One row a source file that could not be read."""

    source_path: Annotated[str, Column("relative to the input folder, `/` as separator")]
    source_sha256: Annotated[str | None, Column("of the file's bytes; null when not even they could be read")] = None
    stage: Annotated[str, Column("where reading failed: `open`, `identify`, `read`, `extract`")]
    error_type: Annotated[str, Column("stable name of the error, listed in the documentation")]
    message: Annotated[str, Column("what is wrong and what to do")]


@dataclass(slots=True, kw_only=True)
class Comparison:
    """One row per indicator × province × target: what `kehoach compare` lays side by side."""

    indicator_code: Annotated[str, Column("from `vocab/indicators.csv`", codes=frozenset(indicators()))]
    indicator_name: Annotated[str, Column("Vietnamese name of the indicator")]
    province_code: Annotated[str | None, Column("as in `documents`")] = None
    province_name: Annotated[str | None, Column("as in `documents`")] = None
    issuer: Annotated[str | None, Column("as in `documents`")] = None
    issuer_level: Annotated[str | None, Column("as in `documents`")] = None
    period_start: Annotated[int | None, Column("as in `documents`", INT32)] = None
    period_end: Annotated[int | None, Column("as in `documents`", INT32)] = None
    direction: Annotated[str, Column("as in `targets`")]
    comparator: Annotated[str, Column("as in `targets`")]
    value_min: Annotated[float | None, Column("as in `targets`")] = None
    value_max: Annotated[float | None, Column("as in `targets`")] = None
    unit: Annotated[str | None, Column("as in `targets`")] = None
    rate_period: Annotated[str | None, Column("as in `targets`")] = None
    scope: Annotated[str | None, Column("as in `targets`")] = None
    due_year: Annotated[int | None, Column("as in `targets`", INT32)] = None
    doc_id: Annotated[str, Column("as in `documents`")]
    doc_number: Annotated[str | None, Column("as in `documents`")] = None
    target_id: Annotated[str, Column("as in `targets`")]
    quote: Annotated[str, Column("the words that state the target")]
    confidence: Annotated[float, Column("as in `targets`", FLOAT32)]


@dataclass(slots=True, kw_only=True)
class Run:
    """One row a run that wrote these tables: how fresh they are, and what made them."""

    run_id: Annotated[str, Column("start of the run in UTC: `20261122T020500Z`, with the process number")]
    started_at: Annotated[datetime.datetime, Column("when the run began", INSTANT)]
    ended_at: Annotated[datetime.datetime, Column("when its tables were complete", INSTANT)]
    files: Annotated[int, Column("files found in the input")]
    files_read: Annotated[int, Column("files read in this run, failed ones included")]
    files_kept: Annotated[int, Column("files unchanged since an earlier run and not read again")]
    files_removed: Annotated[int, Column("files of an earlier run that are gone from the input; renamed ones are not")]
    documents: Annotated[int, Column("rows of `documents`")]
    failures: Annotated[int, Column("rows of `failures`")]
    rows: Annotated[int, Column("rows of all other tables together")]
    extractor_version: Annotated[str, Column("version of kehoach")]
    extractor_digest: Annotated[str, Column("digest of its code, rules and vocabularies: equal digests read alike")]
    settings: Annotated[str, Column("options of the run, as JSON")]


@dataclass(frozen=True)
class Table:
    """A table of the contract: its name, the record of a row, its key (None: no key) and the order of its rows."""

    name: str
    record: type
    key: str | None
    columns: tuple[ColumnInfo, ...] = field(repr=False, default=())

    @property
    def doc(self) -> str:
        """What the table holds: the first paragraph of its record's docstring."""
        return " ".join((self.record.__doc__ or "").split())

    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema with a description on every field and on the table."""
        return pa.schema(
            [pa.field(c.name, c.arrow, c.nullable, {"description": c.doc}) for c in self.columns],
            metadata={"description": self.doc},
        )


def _table(name: str, record: type, key: str | None) -> Table:
    last = PROVENANCE if issubclass(record, Fact) else ()
    return Table(name, record, key, tuple(columns_of(record, last)))


TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        _table("documents", Document, "doc_id"),
        _table("sections", Section, "section_id"),
        _table("targets", Target, "target_id"),
        _table("funding", Funding, "funding_id"),
        _table("assignments", Assignment, None),
        _table("deadlines", Deadline, "deadline_id"),
        _table("activities", Activity, "activity_id"),
        _table("citations", Citation, "citation_id"),
        _table("findings", Finding, "finding_id"),
        _table("failures", Failure, None),
        _table("comparison", Comparison, None),
        _table("runs", Run, "run_id"),
    )
}
FACT_TABLES = tuple(t.name for t in TABLES.values() if issubclass(t.record, Fact))
