"""What the head and the signature block of a document say, and where they say it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, fields

from extractors.plan import Note

Span = tuple[int, int]


@dataclass(slots=True)
class Metadata:
    """Every column of `documents` that is read off the text. None: not stated.

    `district_name`, `commune_name` and `province_name` are plain (`Cẩm Giàng`), the unit word stands in `issuer`
    (`Ủy ban nhân dân huyện Cẩm Giàng`); a name that is a number keeps it (`Quận 1`). The spans point into the text;
    None where the value comes from an attribute table or was inferred.
    """

    doc_number: str | None = None
    doc_type: str = "other"
    is_draft: bool = False
    title: str | None = None
    issuer: str | None = None
    issuer_level: str | None = None
    province_code: str | None = None
    province_name: str | None = None
    district_code: str | None = None
    district_name: str | None = None
    commune_code: str | None = None
    commune_name: str | None = None
    current_province_code: str | None = None
    current_province_name: str | None = None
    issued_date: datetime.date | None = None
    issued_year: int | None = None
    issued_month: int | None = None
    signer_name: str | None = None
    signer_title: str | None = None
    signing_capacity: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    programme: str | None = None
    topic: str | None = None
    number_span: Span | None = None
    date_span: Span | None = None
    title_span: Span | None = None
    issuer_span: Span | None = None
    period_span: Span | None = None
    notes: list[Note] = field(default_factory=list)

    def columns(self) -> dict[str, object]:
        """The values under their `documents` column names."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS = tuple(f.name for f in fields(Metadata) if f.name != "notes" and not f.name.endswith("_span"))
"""The fields that are columns of `documents`."""
