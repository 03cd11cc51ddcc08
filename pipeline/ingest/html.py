"""The text of a saved web page: one line per block element, table rows as cells joined by ` | `."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from pipeline.ingest.errors import CorruptFile

SKIPPED = frozenset("script style nav noscript template head title svg iframe form button select".split())
BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr html li"
    " main ol p pre section table tbody tfoot thead tr ul caption".split()
)
SPACES = re.compile(r"[\s\u00a0]+")
CELL = "\x1f"


def html_text(text: str) -> str:
    """The visible text of an HTML page, block structure kept as lines. Declared encodings are ignored: `text` is decoded."""
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise CorruptFile(f"the web page cannot be parsed ({error}); save it again, or save its text") from error
    parts: list[str] = []
    collect(root, parts)
    lines = (tidy_line(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def collect(root: etree._Element, parts: list[str]) -> None:
    """Walk the tree without recursion; emit texts, line ends around blocks and cell ends inside rows."""
    skipped = 0
    in_cells = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            add_tail(element, parts, skipped)
            continue
        name = tag_name(element)
        if event == "start":
            skipped += name in SKIPPED
            if not skipped:
                in_cells += name in ("td", "th")
                open_element(name, in_cells, parts)
                parts.append(SPACES.sub(" ", element.text or ""))
        else:
            if not skipped:
                close_element(name, in_cells, parts)
                in_cells -= name in ("td", "th")
            skipped -= name in SKIPPED
            add_tail(element, parts, skipped)


def tag_name(element: etree._Element) -> str:
    """The tag without namespace (`o:p` of Word's web pages is inline)."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def open_element(name: str, in_cells: int, parts: list[str]) -> None:
    """What stands before an element's text."""
    if name == "br":
        parts.append(" " if in_cells else "\n")
    elif name in BLOCKS:
        parts.append(" " if in_cells and name not in ("table", "tr") else "\n")


def close_element(name: str, in_cells: int, parts: list[str]) -> None:
    """What stands behind an element's text."""
    if name in ("td", "th"):
        parts.append(CELL)
    elif name in BLOCKS:
        parts.append(" " if in_cells and name not in ("table", "tr") else "\n")


def add_tail(element: etree._Element, parts: list[str], skipped: int) -> None:
    """The text behind an element belongs to its parent."""
    if element.tail and not skipped:
        parts.append(SPACES.sub(" ", element.tail))


def tidy_line(line: str) -> str:
    """One line: spaces run together, cells joined by ` | `, empty ones left out."""
    if CELL not in line:
        return line.strip()
    cells = (cell.strip() for cell in line.split(CELL))
    return " | ".join(cell for cell in cells if cell)
