"""Pages as a reader of HTML sees them, and reports made for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from pipeline_fakes import STEPS, folder_of

from pipeline.document import Steps
from pipeline.pages import build
from pipeline.run import run

VOID = frozenset({"meta", "br", "rect", "img", "link", "input"})


@dataclass
class Element:
    """An element of a page with the text in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """All elements of a page; `after`: for each id the text of the page from there on."""

    html: str
    elements: list[Element] = field(default_factory=list)
    text: str = ""
    starts: dict[str, int] = field(default_factory=dict)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.feed(self.html)
        self.close()
        assert not self.open, [element.tag for element in self.open]

    def handle_starttag(self, tag, attributes):
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.elements.append(element)
        if "id" in element.attributes:
            assert element.attributes["id"] not in self.starts, f"{element.attributes['id']} stands twice"
            self.starts[element.attributes["id"]] = len(self.text)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.text += data
        for element in self.open:
            element.text += data

    def of(self, name: str) -> Element:
        """The element of an id."""
        return next(e for e in self.elements if e.attributes.get("id") == name)

    def links(self) -> list[str]:
        """Where its links lead."""
        return [e.attributes["href"] for e in self.elements if "href" in e.attributes]

    def after(self, name: str) -> str:
        """The text from an element on."""
        return self.text[self.starts[name] :]


def page(path: Path) -> Page:
    """A page of a report."""
    return Page(path.read_text(encoding="utf-8"))


def report_of(tmp_path: Path, files: dict[str, str], steps: Steps = STEPS) -> Path:
    """The report of a run over such files."""
    run(folder_of(tmp_path, files), tmp_path / "tables", steps=steps)
    build.report(tmp_path / "tables", tmp_path / "report")
    return tmp_path / "report"


def every_link_leads_somewhere(report: Path) -> int:
    """Hold every link of every page against the pages and ids that there are; how many links."""
    pages = {path.relative_to(report).as_posix(): page(path) for path in report.rglob("*.html")}
    count = 0
    for name, read in pages.items():
        for link in read.links():
            target, _, anchor = link.partition("#")
            found = name if not target else (Path(name).parent / target).as_posix()
            found = Path(found).as_posix().replace("van-ban/../", "")
            assert found in pages, (name, link)
            assert not anchor or anchor in pages[found].starts, (name, link)
            count += 1
    return count
