"""What a run remembers of each file once its facts are stored: a few words, so that memory stays flat."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field

from schemas.records import Failure


@dataclass(frozen=True, slots=True)
class Summary:
    """What is said of a document without opening its facts."""

    doc_id: str
    source_path: str
    doc_number: str | None = None
    doc_type: str = "other"
    issuer: str | None = None
    province_code: str | None = None
    province_name: str | None = None
    duplicate_of: str | None = None


SUMMARY_COLUMNS = tuple(f.name for f in dataclasses.fields(Summary))


@dataclass(slots=True)
class Outcome:
    """What became of one file: a document with its rows per table, or a failure. `kept`: from an earlier run."""

    name: str
    document: Summary | None = None
    rows: dict[str, int] = field(default_factory=dict)
    severities: Counter[str] = field(default_factory=Counter)
    failure: Failure | None = None
    kept: bool = False
