"""The text of a saved web page: one line per block element, table rows as cells joined by ` | `."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from extractors.cues import cues
from pipeline.ingest.errors import CorruptFile, NestedTooDeeply
from pipeline.ingest.merged_cells import Merged

SKIPPED = frozenset(
    ["script", "style", "nav", "noscript", "template", "head", "title", "svg", "iframe", "form", "button", "select"]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
SPACES = re.compile(r"[\s\u00a0]+")
CELL, INNER_CELL, INNER_LINE = "\x1f", "\x1d", "\x1e"
"""Ends of a table cell, of a cell of a table inside a cell, and of a line inside a cell."""
LAYOUT_CHARACTERS = 600
"""A cell with more text is no data: the page uses the table to place its text."""
MIN_COLUMNS = 3
"""In rows of so many columns empty cells keep their place."""
MAX_SPAN = 40
MAX_ROWS = 1000
"""So many rows a cell may cover; browsers stop somewhere, too."""
LETTERHEAD = cues("letterhead_cues.yaml")["web_layout"].compiled


def html_text(text: str) -> str:
    """The visible text of an HTML page, block structure kept as lines. `text` is decoded already.

    Raises NestedTooDeeply or CorruptFile.
    """
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise CorruptFile(f"the web page cannot be parsed ({error}); save it again, or save its text") from error
    if any("depth" in found.message for found in parser.error_log.filter_from_fatals()):
        raise NestedTooDeeply("the web page is nested too deeply; open it in a browser and print it to PDF")
    parts: list[str] = []
    collect(root, parts)
    lines = (line for row in "".join(parts).split("\n") for line in row_lines(row))
    return "\n".join(line for line in lines if line)


def collect(root: etree._Element, parts: list[str]) -> None:
    """Walk the tree without recursion; emit texts, line ends around blocks and cell ends inside rows."""
    skipped = 0
    in_cells = 0
    cell_at = 0
    covered = Covered()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            add_tail(element, parts, skipped)
            continue
        name = tag_name(element)
        if event == "start":
            skipped += name in SKIPPED
            if not skipped:
                is_cell = name in ("td", "th")
                in_cells += is_cell
                if in_cells == is_cell:
                    parts.append(cells_of(covered.before(name)))
                if is_cell and in_cells == 1:
                    cell_at = len(parts)
                open_element(name, in_cells, parts)
                parts.append(SPACES.sub(" ", element.text or ""))
        else:
            if not skipped:
                if name == "tr" and not in_cells:
                    parts.append(cells_of(covered.at_end()))
                if name in ("td", "th") and in_cells == 1:
                    columns = span_of(element, "colspan", MAX_SPAN)
                    covered.add(columns, span_of(element, "rowspan", MAX_ROWS), one_line("".join(parts[cell_at:])))
                    parts.append(CELL * (columns - 1))
                close_element(name, in_cells, parts)
                in_cells -= name in ("td", "th")
            skipped -= name in SKIPPED
            add_tail(element, parts, skipped)


def tag_name(element: etree._Element) -> str:
    """The tag without namespace (`o:p` of Word's web pages is inline)."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def open_element(name: str, in_cells: int, parts: list[str]) -> None:
    """What stands before an element's text."""
    if name in BLOCKS or name == "br":
        parts.append(INNER_LINE if in_cells else "\n")


def close_element(name: str, in_cells: int, parts: list[str]) -> None:
    """What stands behind an element's text."""
    if name in ("td", "th"):
        parts.append(CELL if in_cells == 1 else INNER_CELL)
    elif name in BLOCKS:
        parts.append(INNER_LINE if in_cells else "\n")


class Covered:
    """The columns of the rows to come that a cell above covers (`rowspan`). In the rows below its place holds what the
    cell says of each row, or nothing, so that the cells beside it keep their columns."""

    def __init__(self) -> None:
        self.rows: dict[int, int] = {}
        self.column = 0
        self.merged = Merged()

    def before(self, name: str) -> list[str]:
        """The words of the covered columns before the element that begins here."""
        if name in ("table", "thead", "tbody", "tfoot"):
            self.rows = {}
        if name == "table":
            self.merged = Merged()
        if name == "tr":
            self.column = 0
            self.merged.open_row(self.rows.get(0, 0) > 0)
        return self.passed() if name in ("td", "th") else []

    def passed(self) -> list[str]:
        """Go past the covered columns at the current place; their words."""
        words = []
        while self.rows.get(self.column, 0) > 0:
            words.append(self.go_past())
        return words

    def go_past(self) -> str:
        """Go past one column; what a cell above says there."""
        left = self.rows.get(self.column, 0)
        self.rows[self.column] = max(left - 1, 0)
        self.column += 1
        return self.merged.again(self.column - 1) if left else ""

    def add(self, columns: int, rows: int, words: str) -> None:
        """A cell of these words has ended that covers so many columns and rows."""
        self.merged.note(self.column, columns, words)
        for column in range(self.column, self.column + columns):
            self.rows[column] = rows - 1
        self.column += columns

    def at_end(self) -> list[str]:
        """The words of the columns up to the last covered one behind the last cell of a row."""
        last = max((column for column, rows in self.rows.items() if rows > 0), default=-1)
        return [self.go_past() for _ in range(self.column, last + 1)]


def cells_of(words: list[str]) -> str:
    """Cells of these words, each with its end."""
    return "".join(said + CELL for said in words)


def one_line(cell: str) -> str:
    """The words of a cell with lines or a table in it."""
    return tidy(cell.replace(INNER_LINE, " "))


def span_of(cell: etree._Element, name: str, most: int) -> int:
    """How many columns or rows a cell spans."""
    stated = (cell.get(name) or "").strip()
    return min(int(stated), most) if stated.isascii() and stated.isdigit() and stated != "0" else 1


def add_tail(element: etree._Element, parts: list[str], skipped: int) -> None:
    """The text behind an element belongs to its parent."""
    if element.tail and not skipped:
        parts.append(SPACES.sub(" ", element.tail))


def row_lines(row: str) -> list[str]:
    """The lines of one row: cells joined by ` | `; where the table only places text (a letterhead in two columns,
    a whole page in one cell), every line of every cell by itself."""
    if CELL not in row:
        return [tidy(row)]
    cells = [[tidy(line) for line in cell.split(INNER_LINE)] for cell in row.split(CELL)]
    cells = [[line for line in cell if line] for cell in cells]
    texts = [" ".join(cell) for cell in cells]
    if any(len(text) > LAYOUT_CHARACTERS or LETTERHEAD.search(text) for text in texts):
        return [line for cell in cells for line in cell]
    if not texts[-1]:
        texts.pop()  # behind the end of the last cell
    if len(texts) < MIN_COLUMNS or sum(1 for text in texts if text) <= 1:
        texts = [text for text in texts if text]
    return [" ".join(" | ".join(texts).split())]


def tidy(line: str) -> str:
    """Spaces run together, inner cells joined."""
    cells = (SPACES.sub(" ", cell).strip() for cell in line.split(INNER_CELL))
    return " | ".join(cell for cell in cells if cell)
