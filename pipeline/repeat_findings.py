"""What the analyst is told of documents that repeat one another.

A repeat leaves the comparison, so what speaks against it must be said, on both documents: an office may have sent a
plan twice under one number, the second time with a corrected figure, and only a reader can tell which one holds.

Messages are Vietnamese (`schemas/vocab/finding_messages.csv`): the report and the Excel sheet show them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.duplicates import ALIKE, MISREAD_SAME_NUMBER, Repeat
from pipeline.summary import Summary
from pipeline.vietnamese import number
from schemas.messages import message
from schemas.records import Finding

MOST_NAMED = 5
"""Documents that one message names."""
OTHER_TEXT = 0.35
"""Wordings of distinct plans are alike to 0.34 at most, those of a text and its scan to 0.71 at least (measured). Below
this, two documents have no more than their number in common, which by the contract makes the one repeat the other."""
GRAVITY = ("info", "warning", "error")


def severity_of(repeat: Repeat) -> str:
    """How gravely two files differ that are counted as one document.

    Between letters no figure may differ. A scan misreads some, up to MISREAD_SAME_NUMBER where it is noisy, and what it
    reads is not what is compared: so many are no news, more are a warning. So are wordings that have less in common
    than any text and its scan, and texts too short to be held against one another.
    """
    if repeat.alike is None:
        return "warning"
    if repeat.by_ocr:
        return "warning" if repeat.alike < ALIKE or repeat.differ > MISREAD_SAME_NUMBER * repeat.figures else "info"
    if repeat.differ:
        return "error"
    return "warning" if repeat.alike < ALIKE else "info"


def doubtful(repeats: Iterable[Repeat]) -> list[Repeat]:
    """Those that an analyst must look at, the gravest first."""
    found = [repeat for repeat in repeats if severity_of(repeat) != "info"]
    return sorted(found, key=lambda repeat: -GRAVITY.index(severity_of(repeat)))


def repeat_findings(repeats: Sequence[Repeat]) -> dict[str, Finding]:
    """By `doc_id` the finding of each document that repeats another, and of each original that a repeat contradicts."""
    found = {repeat.document.doc_id: finding_of_repeat(repeat) for repeat in repeats}
    contradicting = defaultdict(list)
    for repeat in doubtful(repeats):
        contradicting[repeat.original.doc_id].append(repeat)
    return found | {doc_id: finding_of_original(doc_id, those) for doc_id, those in contradicting.items()}


def finding_of_repeat(repeat: Repeat) -> Finding:
    """The finding that a document repeats another one."""
    code = "repeat" if severity_of(repeat) == "info" else "repeat_doubted"
    said = message(code, original=named(repeat.original), compared=compared(repeat))
    return finding_about(repeat.document.doc_id, "duplicate", severity_of(repeat), said)


def finding_of_original(doc_id: str, repeats: Sequence[Repeat]) -> Finding:
    """The finding that a document which `comparison` counts is contradicted by its repeats, the gravest first."""
    said = message("repeated_doubted", others=listed((repeat.document, repeat) for repeat in repeats))
    return finding_about(doc_id, "repeated", severity_of(repeats[0]), said)


def listed(others: Iterable[tuple[Summary, Repeat]]) -> str:
    """Some documents, each with what came out when the two were compared."""
    each = [f"{named(document)}, {compared(pair)}" for document, pair in others]
    more = message("more_documents", count=len(each) - MOST_NAMED) if len(each) > MOST_NAMED else ""
    return "; ".join(each[:MOST_NAMED]) + more


def finding_about(doc_id: str, suffix: str, severity: str, said: str) -> Finding:
    """A finding about a whole document."""
    return Finding(
        finding_id=f"{doc_id}-{suffix}",
        doc_id=doc_id,
        severity=severity,
        check="duplicate_document",
        message=said,
        table_name="documents",
        row_id=doc_id,
    )


def compared(repeat: Repeat) -> str:
    """What came out when the two were held against one another."""
    if repeat.alike is None:
        return message("compared_too_short")
    share = number(round(100 * repeat.alike))
    if repeat.alike < OTHER_TEXT and not repeat.differ:
        return message("compared_other_text", share=share)
    if not repeat.differ:
        return message("compared_alike", share=share)
    code = "compared_with_scan" if repeat.by_ocr else "compared_differing"
    return message(code, share=share, differ=repeat.differ, figures=repeat.figures)


def named(document: Summary) -> str:
    """The file, with the document's number where it has one."""
    return document.source_path + (f" ({document.doc_number})" if document.doc_number else "")
