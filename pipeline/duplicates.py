"""Documents that repeat another one of the same run.

A portal and an office send the same plan; counted twice it would distort every comparison. The document whose path
comes first is kept as the original, the others point at it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Sequence

from schemas.folding import fold
from schemas.records import Document, Finding

SHORTEST_TEXT = 200
"""Letters and digits below which equal texts say nothing (a page with a stamp alone)."""


def mark_duplicates(documents: Sequence[Document]) -> list[Finding]:
    """Set `duplicate_of` on each document that repeats an earlier one; returns a finding for each.

    `documents` come in the order of their paths.
    """
    first: dict[Hashable, Document] = {}
    findings = []
    for document in documents:
        signs = list(signs_of(document))
        original = next((first[sign] for sign in signs if sign in first), None)
        if original is None:
            first.update(dict.fromkeys(signs, document))
            continue
        document.duplicate_of = original.doc_id
        for sign in signs:
            first.setdefault(sign, original)
        findings.append(duplicate_finding(document, original))
    return findings


def signs_of(document: Document) -> Iterator[Hashable]:
    """What two files of one document have in common: bytes, or number with issuer and date, or the words."""
    yield "bytes", document.source_sha256
    if document.doc_number and document.issuer and document.issued_date:
        yield "number", fold(document.doc_number), fold(document.issuer), document.issued_date
    words = "".join(filter(str.isalnum, fold(document.text)))
    if len(words) >= SHORTEST_TEXT:
        yield "words", hashlib.sha256(words.encode()).hexdigest()


def duplicate_finding(document: Document, original: Document) -> Finding:
    """The finding that a document repeats another one."""
    named = f" ({original.doc_number})" if original.doc_number else ""
    return Finding(
        finding_id=f"{document.doc_id}-duplicate",
        doc_id=document.doc_id,
        severity="info",
        check="duplicate_document",
        message=f"repeats {original.source_path}{named}; `comparison` counts that one",
        table_name="documents",
        row_id=document.doc_id,
    )
