"""The page of a document: its head, what is doubtful, its facts table by table, and its whole text with their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.fact_words import Told, told
from pipeline.pages.anchors import Span, document_page, place_of
from pipeline.pages.marks import marked
from pipeline.pages.render import render
from pipeline.pages.rows import ReadDocument, Row
from pipeline.show import gravity
from schemas.records import FACT_TABLES, TABLES, is_doubtful

BROAD = 400
"""Characters of a longer place that only findings quote: were it marked as words are, it would hide theirs."""
SHOWN = tuple(name for name in FACT_TABLES if name != "sections")
Names = Mapping[str, Mapping[str, Any]]
"""For the `doc_id`s that other documents repeat, what the pages call them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row with its words. `name`: what it is called in the page; `place`: where its quote is marked."""

    table: str
    name: str
    row: Row
    told: Told
    place: Span | None

    @property
    def doubtful(self) -> bool:
        """Whether the row itself says that it may be wrong."""
        return is_doubtful(self.row["confidence"])


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of `findings`. `about`: the name of the fact that it is about."""

    name: str
    row: Row
    place: Span | None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A row of the outline."""

    name: str
    row: Row


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document with everything that its page shows."""

    row: Row
    facts: Mapping[str, list[Fact]]
    findings: list[Finding]
    sections: Mapping[str, Section] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """Its page, as a link from the pages at the top."""
        return document_page(self.row["doc_id"])

    def section_of(self, fact: Fact) -> Section | None:
        """The innermost section with a number of its own that a fact stands in."""
        section = self.sections.get(fact.row["section_id"])
        for _ in self.sections:  # parents may be broken, and must not go round
            if section is None or section.row["label"]:
                break
            section = self.sections.get(section.row["parent_id"])
        return section

    @property
    def doubtful(self) -> list[Fact]:
        """Facts that may be wrong, the least sure first."""
        found = (fact for facts in self.facts.values() for fact in facts if fact.doubtful)
        return sorted(found, key=lambda fact: fact.row["confidence"])


def document_of(read: ReadDocument) -> ShownDocument:
    """The document with its facts in words and in their places."""
    text = read.row["text"]
    facts = {
        table: [
            Fact(table, f"{table}-{number}", row, told(table, row), place_of(row, text))
            for number, row in enumerate(read.facts[table], start=1)
        ]
        for table in SHOWN
    }
    names = {fact.row[key]: fact.name for fact in every(facts) for key in [TABLES[fact.table].key or ""] if key}
    names |= {fact.row["assignment_id"]: fact.name for fact in reversed(facts["assignments"])}
    ordered = sorted(read.facts["findings"], key=lambda row: gravity(row["severity"]))
    findings = [
        Finding(f"findings-{number}", row, place_of(row, text), names.get(row["row_id"]))
        for number, row in enumerate(ordered, start=1)
    ]
    sections = {row["section_id"]: Section(f"s-{row['ordinal']}", row) for row in read.facts["sections"]}
    return ShownDocument(read.row, facts, findings, sections)


def every(facts: Mapping[str, list[Fact]]) -> Iterable[Fact]:
    """All facts, table by table."""
    return (fact for some in facts.values() for fact in some)


def is_broad(span: Span, facts: Iterable[Fact | Finding]) -> bool:
    """Whether a place is no fact's words but a stretch of the text that findings are about, such as a repeated part."""
    return span.end - span.start > BROAD and all(isinstance(fact, Finding) for fact in facts)


def write_document(folder: Path, document: ShownDocument, repeats: Names) -> None:
    """Write the page of a document. Raises OSError."""
    resting: dict[Span, list[Fact | Finding]] = {}
    for fact in (*every(document.facts), *document.findings):
        if fact.place is not None:
            resting.setdefault(fact.place, []).append(fact)
    text = document.row["text"]
    points: dict[int, list[str]] = {}
    for section in document.sections.values():
        points.setdefault(section.row["char_start"], []).append(section.name)
    broad = [span for span, facts in resting.items() if is_broad(span, facts)]
    shown = marked(text, resting, points, broad)
    parents = {fact.row[key]: fact for fact in every(document.facts) for key in [TABLES[fact.table].key] if key}
    render(
        "document.html",
        folder / document.page,
        cut=shown.cut,
        document=document,
        row=document.row,
        repeats=repeats.get(document.row["duplicate_of"]),
        shown=shown,
        resting=resting,
        parents=parents,
        outline=[section for section in document.sections.values() if section.row["label"]],
    )
