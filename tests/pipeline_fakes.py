"""A reader and an extractor that stand in for the real ones, so that the runner is tested for what it does itself."""

from __future__ import annotations

import datetime
import os
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from extractors.plan import Source
from extractors.rule_files import RuleFileError
from pipeline.document import Steps
from schemas.records import TABLES, Finding, Section, Target


@dataclass
class FakeRead:
    """What a reader hands over."""

    source: Source
    media_type: str = "text/plain"
    text_source: str = "text"
    n_pages: int | None = None


@dataclass
class FakeExtraction:
    """What an extractor hands over."""

    text: str
    document: dict
    rows: dict


def fake_read(path: Path) -> FakeRead:
    """The file's text."""
    return FakeRead(Source((path.read_text(encoding="utf-8"),)))


def plan_text(province="Hải Dương", number="356/KH-UBND", share="3"):
    """A plan in three lines: `<number>|<province>`, a heading, a target."""
    return f"{number}|{province}\nI. Mục tiêu\nGiảm tỷ lệ hộ nghèo từ {share}% mỗi năm trở lên"


def fake_extract(source: Source, doc_id: str) -> FakeExtraction:
    """Reads what `plan_text` writes: one section, one target, one finding."""
    text = source.pages[0]
    head, heading, sentence = text.split("\n")
    number, province = head.split("|")
    at_heading, at_sentence = text.index(heading), text.index(sentence)
    section = Section(
        doc_id=doc_id, section_id=f"{doc_id}-s1", ordinal=1, level=1, label="I", heading="Mục tiêu", method="fake",
        confidence=1.0, char_start=at_heading, char_end=len(text), quote=text[at_heading:],
    )  # fmt: skip
    target = Target(
        doc_id=doc_id, section_id=section.section_id, target_id=f"{doc_id}-t1", indicator_text="tỷ lệ hộ nghèo",
        indicator_code="poverty.rate", direction="decrease", comparator="ge", rate_period="year", due_year=2020,
        value_min=float(sentence.split(" từ ")[1].split("%")[0].replace(",", ".")), unit="percentage_point",
        char_start=at_sentence, char_end=len(text), quote=sentence, method="fake", confidence=0.9,
    )  # fmt: skip
    finding = Finding(
        finding_id=f"{doc_id}-f1", doc_id=doc_id, severity="warning", check="sum_mismatch", message="the parts differ",
        expected=6e9, actual=5e9,
    )  # fmt: skip
    document = {
        "doc_number": number or None,
        "doc_type": "plan",
        "title": "Giảm nghèo bền vững",
        "issuer": f"Ủy ban nhân dân tỉnh {province}",
        "issuer_level": "province",
        "province_name": province,
        "issued_date": datetime.date(2019, 1, 30),
        "issued_year": 2019,
        "issued_month": 1,
    }
    return FakeExtraction(text, document, {"sections": [section], "targets": [target], "findings": [finding]})


STEPS = Steps(fake_read, fake_extract)


def folder_of(tmp_path: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    folder = tmp_path / "raw"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


THREE = {
    "a.txt": plan_text(),
    "b.txt": plan_text("Lạng Sơn", "35/KH-UBND", "4"),
    "deep/c.txt": plan_text("Thái Bình", "02/KH-UBND", "1,5"),
}


def troubled_extract(source: Source, doc_id: str) -> FakeExtraction:
    """The same, except for plans whose province says what goes wrong with them."""
    province = source.pages[0].split("\n")[0].split("|")[1]
    held = []
    while province in ("hangs", "eats"):
        if province == "eats":
            held.append(bytearray(os.urandom(1 << 20)) * 8)
        time.sleep(0.001)
    if province == "dies":
        os._exit(3)
    if province == "breaks":
        raise RuleFileError("rules.yaml: broken for a test")
    return fake_extract(source, doc_id)


TROUBLED = Steps(fake_read, troubled_extract)
"""Workers that start from nothing import this module and find these steps in it."""


def rows_of(folder: Path) -> dict[str, list[dict]]:
    """All tables of a run, without the table that tells of the run itself."""
    return {
        name: pq.read_table(folder / f"{name}.parquet", partitioning=None).to_pylist()
        for name in TABLES
        if name != "runs"
    }
