"""The lists of documents and of what needs a look: kept on the disk while documents stream by, then page by page.

Up to `ON_ONE_PAGE` documents stand on the first page. More are listed province by province, `ON_ONE_PAGE` a page.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.fact_words import date
from pipeline.pages.anchors import safe
from pipeline.pages.document import SHOWN, ShownDocument
from pipeline.show import SEVERITIES, known_severity
from pipeline.terminal import shorten
from schemas.folding import bare_key

Entry = Mapping[str, Any]
"""A document as the lists show it."""
ON_ONE_PAGE = 250
UNKNOWN = "khac"
"""The key of the documents whose province is not known."""
MOST_DOUBTS = 15
"""Of one kind and document, that a list shows; the document's page shows all."""
LONGEST = 500
"""Characters of a text that a list may show."""
ABOUT = (
    *("doc_id", "doc_number", "title", "issuer", "source_path", "is_draft", "doc_type", "topic", "period_start"),
    *("period_end", "province_name", "issued_month", "issued_year"),
)


@dataclass(slots=True)
class Group:
    """The documents of a province, or those of which none is known (name None)."""

    name: str | None
    key: str
    documents: int = 0
    facts: int = 0
    doubtful: int = 0
    severities: Counter[str] = field(default_factory=Counter)

    def page(self, number: int) -> str:
        """The name of one of its pages, from 1."""
        return f"tinh-{self.key}.html" if number == 1 else f"tinh-{self.key}-{number}.html"

    @property
    def pages(self) -> list[str]:
        """Its pages."""
        return [self.page(number) for number in range(1, 1 + -(-self.documents // ON_ONE_PAGE))]


class Lists:
    """Entries by province, in files of a folder until they are all there."""

    def __init__(self, folder: Path) -> None:
        """Nothing yet."""
        self.folder = folder
        self.groups: dict[tuple[str | None, str | None], Group] = {}
        self.rows: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.doubtful = 0

    @property
    def documents(self) -> int:
        """How many there are."""
        return sum(group.documents for group in self.groups.values())

    def add(self, document: ShownDocument, repeats: Entry | None) -> None:
        """Take a document into the list of its province. Raises OSError."""
        group = self.group_of(document)
        entry = entry_of(document) | {"repeats": repeats}
        with (self.folder / f"{group.key}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        group.documents += 1
        group.facts += sum(entry["rows"].values())
        group.doubtful += entry["doubtful"]
        group.severities.update(entry["severities"])
        self.rows.update(entry["rows"])
        self.severities.update(entry["severities"])
        self.doubtful += entry["doubtful"]

    def group_of(self, document: ShownDocument) -> Group:
        """The list of the document's province. Its key is the province's code, where no other name has it."""
        code, name = document.row["province_code"], document.row["province_name"]
        key = safe(code or name or UNKNOWN)
        if (code, name) not in self.groups:
            taken = {group.key for group in self.groups.values()}
            self.groups[code, name] = Group(name, safe(f"{code} {name}") if key in taken else key)
        return self.groups[code, name]

    def ordered(self) -> list[Group]:
        """The groups by the province's name; documents of none come last."""
        return sorted(self.groups.values(), key=lambda group: (group.name is None, bare_key(group.name or "")))

    def entries(self, group: Group) -> Iterator[Entry]:
        """The documents of a group, in the order of the tables."""
        with (self.folder / f"{group.key}.jsonl").open(encoding="utf-8") as file:
            yield from map(json.loads, file)

    def parts(self, group: Group) -> Iterator[list[Entry]]:
        """The same, as many together as a page shows."""
        left = self.entries(group)
        while part := list(islice(left, ON_ONE_PAGE)):
            yield part


def entry_of(document: ShownDocument) -> dict[str, Any]:
    """What the lists say of a document."""
    row = document.row
    findings = {
        severity: [finding for finding in document.findings if known_severity(finding.row["severity"]) == severity]
        for severity in SEVERITIES
    }
    return {name: brief(row[name]) for name in ABOUT} | {
        "page": document.page,
        "issued": None if row["issued_date"] is None else date(row["issued_date"]),
        "rows": {table: len(document.facts[table]) for table in SHOWN},
        "severities": {severity: len(some) for severity, some in findings.items() if some},
        "doubtful": len(document.doubtful),
        "findings": {
            severity: [
                {"check": f.row["check"], "message": brief(f.row["message"]), "link": link_of(document, f)}
                for f in some[:MOST_DOUBTS]
            ]
            for severity, some in findings.items()
        },
        "doubts": [
            {
                "table": f.table,
                "line": brief(f.told.line),
                "confidence": f.row["confidence"],
                "link": link_of(document, f),
            }
            | {"quote": brief(f.row["quote"])}
            for f in document.doubtful[:MOST_DOUBTS]
        ],
    }


def brief(value: Any) -> Any:
    """What a list shows of a value: of a long text its beginning."""
    return shorten(value, LONGEST) if isinstance(value, str) else value


def by_need(entries: Sequence[Entry]) -> list[Entry]:
    """The documents that need a look, those with errors first, then those with warnings."""
    found = [entry for entry in entries if entry["severities"] or entry["doubtful"]]
    return sorted(found, key=lambda entry: [severity not in entry["severities"] for severity in SEVERITIES[:-1]])


def link_of(document: ShownDocument, fact: Any) -> str:
    """Where a fact's words stand; the fact itself where it has none."""
    return f"{document.page}#{fact.place.name if fact.place else fact.name}"
