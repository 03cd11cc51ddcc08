"""Reads the metadata of one document, part by part: number, dateline, title, issuer, signature, period, topic."""

from __future__ import annotations

import datetime

from extractors.cues import cues
from extractors.metadata.dateline import Dateline, read_dateline
from extractors.metadata.draft import read_draft
from extractors.metadata.head import Head
from extractors.metadata.issuer import Issuer, IssuerReader
from extractors.metadata.model import Metadata
from extractors.metadata.number import OwnNumber, read_number
from extractors.metadata.period import Period, conflict, longer_elsewhere, main_period, periods_in, stated_period
from extractors.metadata.rules import attribute, type_of_abbreviation, type_of_heading
from extractors.metadata.signer import read_signature
from extractors.metadata.title import Title, closing_sentence, read_sentence, read_title, web_heading
from extractors.metadata.topic import read_programme, read_topic
from extractors.plan import CleanText, Note
from schemas import provinces as gazetteer
from schemas.messages import message

ADDRESSED = cues("metadata_cues.yaml")["addressed"]


def read_metadata(clean: CleanText, head_end: int | None = None, body_end: int | None = None) -> Metadata:
    """What head and closing of a document state.

    `head_end`: where the first section begins; `body_end`: where the closing (Nơi nhận, signature block) begins. None
    or the end of the text where they were not found: the head is then sought in the first pages, the signature in the
    last.
    """
    head = Head(clean, head_end)
    body_end = len(clean.text) if body_end is None else body_end
    meta = Metadata()
    number, notes = read_number(head)
    meta.doc_number, meta.number_span = number.value, _span(number.start, number.end) if number.value else None
    meta.notes += notes
    dateline, notes = read_dateline(head)
    meta.issued_date, meta.issued_year, meta.issued_month = dateline.date, dateline.year, dateline.month
    meta.date_span = _span(dateline.start, dateline.end)
    meta.notes += notes
    start = head.heading.end if head.heading else 0
    said = read_sentence(head.text, head.folded, start, head.end)
    sentence, issuer_span = said if said else (None, None)
    meta.doc_type = read_doc_type(head, number, sentence)
    meta.is_draft = read_draft(head, has_number=number.value is not None)
    title = read_title(head, sentence)
    meta.title, meta.title_span = (title.text, title.span) if title else (None, None)
    _fill_issuer(meta, head, dateline, number, issuer_span, body_end)
    signature, notes = read_signature(clean, body_end)
    meta.signer_name, meta.signer_title = signature.name, signature.title
    meta.signing_capacity = signature.capacity
    meta.notes += notes
    _fill_period(meta, head, title, sentence, body_end)
    _fill_topic(meta, head, sentence, body_end)
    return meta


def _span(start: int | None, end: int | None) -> tuple[int, int] | None:
    return None if start is None or end is None else (start, end)


def read_doc_type(head: Head, number: OwnNumber, sentence: Title | None) -> str:
    """From the number's symbol, else the heading, else attribute table, web heading or issuing sentence.

    The symbol decides: a decision that approves a plan bears QĐ, whatever else its head says.
    """
    by_symbol = type_of_abbreviation(number.symbol) if number.symbol else None
    if by_symbol:
        return by_symbol
    if head.heading:
        return head.heading.doc_type
    stated = attribute(head.clean.attributes, "doc_type")
    if stated and (by_attribute := type_of_heading(stated)):
        return by_attribute
    web = web_heading(head)
    if web and (by_web := type_of_heading(web["kind"])):
        return by_web
    if ADDRESSED.search(head.folded[: head.letter_end + 600]):
        return "official_letter"
    return "plan" if sentence else "other"


def _fill_issuer(
    meta: Metadata, head: Head, dateline: Dateline, number: OwnNumber, span: tuple[int, int] | None, body_end: int
) -> None:
    on = day_of(dateline)
    reader = IssuerReader(head, on, dateline.place, body_end, number.symbol)
    issuer: Issuer = reader.read(span)
    meta.notes += reader.notes
    meta.issuer, meta.issuer_level, meta.issuer_span = issuer.name, issuer.level, issuer.span
    if issuer.province:
        meta.province_code, meta.province_name = issuer.province.code, issuer.province.name
        current = gazetteer.current_province(issuer.province.code, on)
        if current:
            meta.current_province_code, meta.current_province_name = current.code, current.name
    meta.district_name = issuer.district_name
    meta.district_code = issuer.district.code if issuer.district else None
    meta.commune_name = issuer.commune_name
    meta.commune_code = issuer.commune.code if issuer.commune else None


def day_of(dateline: Dateline) -> datetime.date | None:
    """The day by which names are looked up: the date of issue, or the first day that a draft's dateline allows."""
    if dateline.date:
        return dateline.date
    if dateline.year:
        return datetime.date(dateline.year, dateline.month or 1, 1)
    return None


def _fill_period(meta: Metadata, head: Head, title: Title | None, sentence: Title | None, body_end: int) -> None:
    text = head.text
    by_title = _periods(text, title, True)
    by_sentence = _periods(text, sentence, False) if sentence is not title else []
    closing = closing_sentence(text, body_end)
    by_closing = periods_in(text, *closing) if closing else []
    main = main_period(text, by_title, meta.issued_year) or main_period(text, by_sentence, meta.issued_year)
    main = main or stated_period(text, 0, body_end) or main_period(text, by_closing, meta.issued_year)
    if main is None:
        return
    if main in by_title and (longer := longer_elsewhere(text, main, title.span[1], body_end)):
        meta.notes.append(differing(main, longer))
        return
    meta.period_start, meta.period_end = main.start, main.end
    inside = title is None or title.span is not None or main not in by_title
    meta.period_span = (main.at, main.stop) if inside else None
    for others in (by_sentence, by_closing):
        other = conflict(main, others)
        if other and main.kind != "until" and (main.start, main.end) not in [(p.start, p.end) for p in others]:
            meta.notes.append(differing(main, other))
            break


def differing(main: Period, other: Period) -> Note:
    """The finding for another period than the plan's."""
    years = f"{main.start}-{main.end}", f"{other.start}-{other.end}"
    return Note("conflicting_period", message("periods_differ", period=years[0], other=years[1]), other.at, other.stop)


def _periods(text: str, title: Title | None, bare_years: bool) -> list[Period]:
    if title is None or title.span is None:
        return []
    return periods_in(text, *title.span, title=bare_years)


def _fill_topic(meta: Metadata, head: Head, sentence: Title | None, body_end: int) -> None:
    said = sentence.text if sentence else None
    body = head.text[head.end : body_end] if head.end < body_end else head.text
    meta.topic = read_topic(meta.title, said, body, head.text[: head.end])
    programme = read_programme(meta.title, said, head.text[: head.end], meta.topic)
    meta.programme = programme.name if programme else None
