"""Documents that repeat another one of the same run.

A portal and an office send the same plan; counted twice it would distort every comparison. The document whose path
comes first is kept as the original, the others point at it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from pipeline.summary import Summary
from schemas.folding import fold
from schemas.records import Document, Finding

SHORTEST_TEXT = 200
"""Letters and digits below which equal texts say nothing (a page with a stamp alone)."""


def originals(documents: Iterable[tuple[Summary, list[str]]]) -> dict[str, Summary]:
    """For each document that repeats an earlier one, by `doc_id`, the one that it repeats.

    `documents` come in the order of their paths, each with its signs.
    """
    first: dict[str, Summary] = {}
    repeated = {}
    for document, signs in documents:
        original = next((first[sign] for sign in signs if sign in first), None)
        for sign in signs:
            first.setdefault(sign, original or document)
        if original is not None:
            repeated[document.doc_id] = original
    return repeated


def signs_of(document: Document) -> Iterator[str]:
    """What two files of one document have in common: bytes, or number with issuer and date, or the words."""
    yield f"bytes {document.source_sha256}"
    if document.doc_number and document.issuer and document.issued_date:
        yield f"number {fold(document.doc_number)} {fold(document.issuer)} {document.issued_date}"
    words = "".join(filter(str.isalnum, fold(document.text)))
    if len(words) >= SHORTEST_TEXT:
        yield f"words {hashlib.sha256(words.encode()).hexdigest()}"


def duplicate_finding(doc_id: str, original: Summary) -> Finding:
    """The finding that a document repeats another one."""
    named = f" ({original.doc_number})" if original.doc_number else ""
    return Finding(
        finding_id=f"{doc_id}-duplicate",
        doc_id=doc_id,
        severity="info",
        check="duplicate_document",
        message=f"repeats {original.source_path}{named}; `comparison` counts that one",
        table_name="documents",
        row_id=doc_id,
    )
