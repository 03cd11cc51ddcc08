"""The sample plans of `data/raw` and their gold: every anchor stands in its document, codes are known, and no sentence
of a real plan has slipped in."""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from schemas.records import DOC_TYPES, INSTRUMENTS, TOPICS
from schemas.vocabulary import agencies, funding_sources, indicators

ROOT = Path(__file__).parents[1]
RAW, GOLD = ROOT / "data" / "raw", ROOT / "tests" / "gold"
SEEDS = ROOT.parent / "shared" / "seeds"
SAMPLES = sorted(p for p in RAW.iterdir() if p.suffix in {".txt", ".md", ".html", ".pdf"})
MARK = "VĂN BẢN MẪU soạn cho dự án kehoach"

# Columns of each table's gold rows (GUIDE of the gold format). `open`: the guide leaves the value open for some rows,
# which then say nothing about it.
COLUMNS = {
    "targets": "anchor indicator_code direction comparator value_min value_max unit rate_period scope due_year",
    "funding": "anchor kind amount_vnd share_percent per_unit year source expenditure_type",
    "assignments": "anchor agency_code agency_text role component",
    "deadlines": "anchor kind start_date end_date precision recurrence",
    "activities": "anchor kind name label year commune_text district_text",
    "citations": "instrument number date relation",
    "findings": "check expected actual",
}
OPEN = {"targets": {"indicator_code", "rate_period"}, "funding": {"per_unit"}, "activities": {"year"}}
CODES = {
    ("targets", "indicator_code"): set(indicators()) | {None},
    ("targets", "direction"): {"reach", "increase", "decrease"},
    ("targets", "comparator"): {"eq", "ge", "gt", "le", "lt", "approx", "range"},
    ("targets", "rate_period"): {"year", None},
    ("funding", "kind"): {"total", "component", "unit_norm", "cap", "share", "source"},
    ("funding", "source"): set(funding_sources()) | {None},
    ("funding", "expenditure_type"): {"development_investment", "recurrent", None},
    ("assignments", "agency_code"): set(agencies()) | {None},
    ("assignments", "role"): {"lead", "coordinate", "responsible", "requested"},
    ("deadlines", "kind"): {"due", "window", "recurring", "period", "relative"},
    ("deadlines", "precision"): {"day", "month", "quarter", "half_year", "year", None},
    ("activities", "kind"): {"project", "sub_project", "model"},
    ("citations", "instrument"): set(INSTRUMENTS),
    ("citations", "relation"): {"legal_basis", "reference"},
}


def raw_text(path: Path) -> str:
    """What the file says, before any cleaning of ours."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        return "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    text = path.read_text("utf-8")
    return html.fromstring(text).text_content() if path.suffix == ".html" else text


def fold(text: str) -> str:
    """As the scorer compares: case, spaces and marks do not count."""
    text = unicodedata.normalize("NFC", text.casefold()).replace("–", "-").replace("“", '"').replace("”", '"')
    return re.sub(r"[\s*#|_>]+", "", text)


def without_page_numbers(path: Path) -> str:
    """The text without the page numbers that a PDF prints between two halves of a paragraph."""
    text = raw_text(path)
    return re.sub(r"(?m)^\d+\s*$", "", text) if path.suffix == ".pdf" else text


def gold_of(path: Path) -> dict:
    return json.loads((GOLD / f"{path.stem}.json").read_text("utf-8"))


def test_there_are_samples_of_every_format():
    assert len(SAMPLES) >= 5
    assert {p.suffix for p in SAMPLES} == {".txt", ".md", ".html", ".pdf"}
    assert {p.stem for p in SAMPLES} == {p.stem for p in GOLD.glob("*.json")}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_sample_is_marked_on_its_face(path):
    assert fold(MARK) in fold(raw_text(path))[:400]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_no_real_plan_can_have_the_number_of_a_sample(path):
    """Beside one of an equal number, issuer and year it would count as its repeat, or the real plan as that of it."""
    document = gold_of(path)["document"]
    number, issuer = document["doc_number"], document["issuer"]
    invented = any(name in issuer for name in ("Khau Ngàn", "Tân Khê Thượng", "Đông Lạch"))
    assert invented or int(number.split("/")[0]) > 9000


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_anchors_stand_in_the_text(path):
    text = fold(without_page_numbers(path))
    rows = [row for table in COLUMNS for row in gold_of(path)[table] if "anchor" in row]
    assert [row["anchor"] for row in rows if fold(row["anchor"]) not in text] == []
    assert [row["anchor"] for row in rows if not 8 <= len(row["anchor"]) <= 100] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_gold_keeps_the_format(path):
    gold = gold_of(path)
    assert set(gold) == {"document", *COLUMNS}
    assert gold["document"]["doc_type"] in DOC_TYPES and gold["document"]["topic"] in TOPICS
    for table, names in COLUMNS.items():
        for row in gold[table]:
            missing = set(names.split()) - set(row) - OPEN.get(table, set())
            assert not missing and not set(row) - set(names.split()) - {"optional"}, (table, row)
            for (of, column), codes in CODES.items():
                assert of != table or column not in row or row[column] in codes, (table, column, row)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_cited_numbers_and_agencies_stand_in_the_text(path):
    gold, text = gold_of(path), fold(without_page_numbers(path))
    assert [c["number"] for c in gold["citations"] if fold(c["number"]) not in text] == []
    assert [a["agency_text"] for a in gold["assignments"] if fold(a["agency_text"]) not in text] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real plans are not on this machine")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_no_line_is_taken_from_a_real_plan(path):
    seeds = [fold(p.read_text("utf-8")) for p in SEEDS.glob("*.txt")]
    lines = [line.strip() for line in raw_text(path).splitlines() if len(line.strip()) > 40]
    taken = [x for x in lines if any(fold(x) in s for s in seeds)]
    assert [x for x in taken if "  " not in x and not is_name(x)] == []  # a gap between columns: the letterhead


def is_name(line: str) -> bool:
    """A numbered agency alone on its line, as every plan has them."""
    names = {fold(agency.name_vi) for agency in agencies().values()}
    return fold(re.sub(r"^\W*\d+\.\s*", "", line)) in names


def test_the_pdf_is_what_its_script_makes(tmp_path):
    spec = importlib.util.spec_from_file_location("make_sample_pdf", ROOT / "benchmarks" / "make_sample_pdf.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    if not script.FONTS.is_dir():
        pytest.skip("no DejaVu fonts on this machine")
    script.register_fonts(script.FONTS)
    for source in script.SOURCES.glob("*.txt"):
        made = script.make(source, tmp_path)
        assert raw_text(made) == raw_text(RAW / made.name)
