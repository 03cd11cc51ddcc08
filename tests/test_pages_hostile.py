"""Documents that were made to break a page: nothing of them runs, loads, turns the line around or leaves its place."""

from __future__ import annotations

import dataclasses
import re

import pytest
from chromium import browser, needs_chromium
from page_reading import Page, every_link_leads_somewhere, page, report_of
from PIL import Image
from pipeline_fakes import fake_extract, fake_read

from pipeline.document import Steps
from pipeline.visible import visible
from pipeline.writers import read_table
from schemas.records import Finding, Target

HOST = "hostile.example"
ATTACKS = (
    f"<script>document.title='owned';fetch('http://{HOST}/a')</script>",
    f'"><img src=http://{HOST}/b.png onerror="document.title=\'owned\'">',
    f"' onmouseover='document.title=1' style='background:url(http://{HOST}/c)",
    f"</style><style>@import 'http://{HOST}/d.css';</style></title><svg onload=document.title='owned'>",
    f"]]>--></textarea><iframe src=http://{HOST}/e></iframe><base href=http://{HOST}/>",
    "{{ 7 * 7 }}{% raw %}{# x #}${7*7}",
    "\u202etxet desrever\u202c \u2066x\u2069 \u200f\x1b[31m\x00\x07\ue000\ufeff",
    "<a href=\"javascript:document.title='owned'\">x</a>&lt;script&gt;&#x3C;script>",
    "&amp;&#0;&nbsp;&notanentity; a&lt b",
)
LONG = "x" * 200_000


def hostile_extract(source, doc_id):
    """Every field that may hold a document's words holds an attack."""
    extraction = fake_extract(source, doc_id)
    words = source.pages[0].split("\n")[0].split("|")[1]
    attack = ATTACKS[int(words)] if words.isdigit() else LONG
    at = len(extraction.text) + 1
    text = f"{extraction.text}\n{attack}\n{attack} 7 %\n"
    section, target = extraction.rows["sections"][0], extraction.rows["targets"][0]
    seen = attack.strip()
    target = dataclasses.replace(
        target, indicator_text=seen, population=seen, scope=seen, unit=seen, char_start=at, char_end=at + len(attack),
        quote=attack, method=seen, confidence=0.3,
    )  # fmt: skip
    crossing = dataclasses.replace(
        target, target_id=f"{doc_id}-t2", char_start=at + 1, char_end=len(text), quote=text[at + 1 :], parent_id=seen
    )
    finding = Finding(
        finding_id=seen, doc_id=doc_id, severity="error", check="unparsed_amount", message=seen, table_name=seen,
        row_id=seen, char_start=at, char_end=at + 2, quote=text[at : at + 2],
    )  # fmt: skip
    document = extraction.document | {
        "doc_number": seen, "title": seen, "issuer": seen, "province_name": seen, "province_code": seen,
        "current_province_name": "x", "signer_name": seen, "programme": seen, "district_name": seen,
    }  # fmt: skip
    section = dataclasses.replace(section, heading=seen, label=seen)
    rows = {"sections": [section], "targets": [target, dataclasses.replace(crossing, parent_id=None)]}
    return dataclasses.replace(extraction, text=text, document=document, rows=rows | {"findings": [finding]})


STEPS = Steps(fake_read, hostile_extract)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    names = ["a'b\"<i>.txt", "javascript:alert(1).txt", "\u202etxt.exe.txt", "ab#c?d=e%20f.txt"]
    files = {
        names[n] if n < len(names) else f"{n}.txt": f"{n}/KH|{n}\nI. Mục tiêu\nGiảm từ {n + 1}% mỗi năm"
        for n in range(len(ATTACKS))
    }
    return report_of(folder, files | {"long.txt": "99/KH|long\nI. Mục tiêu\nGiảm từ 3% mỗi năm"}, STEPS)


def test_nothing_of_a_document_becomes_markup(report):
    tags, attributes = set(), set()
    for path in report.rglob("*.html"):
        for element in page(path).elements:
            tags.add(element.tag)
            attributes |= set(element.attributes)
            href = element.attributes.get("href", "#")
            assert not re.match(r"[a-z]+:|//", href), href
    assert not tags & {"script", "img", "iframe", "base", "object", "link", "form", "textarea", "i", "embed"}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {
        "src",
        "style",
        "srcset",
        "action",
    }


def test_what_cannot_be_seen_is_in_no_page(report):
    for path in report.rglob("*.html"):
        assert not set(path.read_text(encoding="utf-8")) & set("\u202e\u202c\u2066\u2069\u200f\x1b\x00\x07\ue000\ufeff")


def test_the_text_stays_the_text_and_every_link_leads_somewhere(report):
    texts = {row["doc_id"]: row["text"] for row in read_table(report.parent / "tables", "documents").to_pylist()}
    for path in (report / "van-ban").iterdir():
        assert page(path).of("words").text == visible(texts[path.stem])
    assert len(texts) == len(ATTACKS) + 1
    assert every_link_leads_somewhere(report) > 50


def test_file_names_are_ours(report):
    names = {path.relative_to(report).as_posix() for path in report.rglob("*.html")}
    assert all(re.fullmatch(r"(van-ban/)?[a-z0-9_.-]+\.html", name) for name in names)


def test_lists_stay_small_where_a_document_does_not(report):
    assert (report / "index.html").stat().st_size < 300_000


def test_twenty_thousand_facts_on_one_page(tmp_path):
    def extract(source, doc_id):
        extraction = fake_extract(source, doc_id)
        text = extraction.text + "\n" + "Trồng 5 cây. " * 20_000
        first = extraction.rows["targets"][0]
        begin = len(extraction.text) + 1
        targets = [
            Target(
                doc_id=doc_id, target_id=f"{doc_id}-{n}", indicator_text="cây", direction="reach", comparator="eq",
                value_min=5.0, value_max=5.0, unit="tree", method="fake", confidence=0.5, section_id=first.section_id,
                char_start=begin + 13 * n, char_end=begin + 13 * n + 12, quote=text[begin + 13 * n :][:12],
            )
            for n in range(20_000)
        ]  # fmt: skip
        return dataclasses.replace(extraction, text=text, rows=extraction.rows | {"targets": targets})

    report = report_of(tmp_path, {"a.txt": "1/KH|Lạng Sơn\nI. Mục tiêu\nGiảm từ 3% mỗi năm"}, Steps(fake_read, extract))
    (path,) = (report / "van-ban").iterdir()
    html = path.read_text(encoding="utf-8")
    assert html.count("<mark id=") == 20_000 and html.count('id="targets-') == 20_000
    assert (report / "index.html").stat().st_size < 100_000


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as made:
        yield made


def stored_text(report, path):
    rows = read_table(report.parent / "tables", "documents", ["doc_id", "text"]).to_pylist()
    return visible(next(row["text"] for row in rows if row["doc_id"] == path.stem))


@needs_chromium
def test_a_browser_runs_nothing_and_asks_nobody(report, opened):
    paths = sorted((report / "van-ban").iterdir())
    for path in [report / "index.html", report / "so-sanh.html", *paths[:4]]:
        shown = Page(opened.dom(path))
        assert "owned" not in next(e.text for e in shown.elements if e.tag == "title").replace("='owned'", "")
        assert not {e.tag for e in shown.elements} & {"script", "img", "iframe", "base"}
        if path in paths:
            assert shown.of("words").text == stored_text(report, path)
    assert not [request for request in opened.asked if HOST.encode() in request]


@needs_chromium
def test_the_policy_of_a_page_stops_what_would_get_into_it(report, opened, tmp_path):
    """The second fence: were there a hole in the first, a browser would still run and fetch nothing."""
    broken = (report / "index.html").read_text(encoding="utf-8").replace(
        "</main>",
        f"<script>document.title='owned'</script><img src='http://{HOST}/f.png' onerror=\"document.title='owned'\">"
        f"<link rel=stylesheet href='http://{HOST}/g.css'><style>h1{{display:none}}</style></main>",
    )  # fmt: skip
    (tmp_path / "policy.html").write_text(broken, encoding="utf-8")
    (tmp_path / "none.html").write_text(re.sub(r"<meta http-equiv[^>]*>", "", broken), encoding="utf-8")
    assert "<title>owned</title>" not in opened.dom(tmp_path / "policy.html")
    assert not [request for request in opened.asked if HOST.encode() in request]
    assert "<title>owned</title>" in opened.dom(tmp_path / "none.html")  # so the browser would have done it
    assert [request for request in opened.asked if HOST.encode() in request]
    opened.asked.clear()


@needs_chromium
def test_a_link_to_words_lights_them_up(tmp_path, opened):
    """Colours prove that the page's style applies under its policy, and that the words are shown."""
    plan = {"a.txt": "1/KH|Lạng Sơn\nI. Mục tiêu\nGiảm tỷ lệ hộ nghèo từ 3% mỗi năm trở lên"}
    report = report_of(tmp_path, plan, Steps(fake_read, fake_extract))
    (path,) = (report / "van-ban").iterdir()
    anchor = next(e.attributes["id"] for e in page(path).elements if e.tag == "mark")
    lit, marked = (255, 211, 77), (253, 240, 196)
    plain = colours(opened.picture(path, tmp_path / "plain.png"))
    assert marked in plain and lit not in plain
    assert lit in colours(opened.picture(path, tmp_path / "lit.png", anchor))
    note = colours(opened.picture(path, tmp_path / "note.png", "n" + anchor[1:]))
    assert note[(11, 92, 173)] > plain.get((11, 92, 173), 0) + 500  # the frame of the note


def colours(path):
    """How often each colour stands in a picture."""
    with Image.open(path) as image:
        return {colour: count for count, colour in image.convert("RGB").getcolors(1 << 24)}
