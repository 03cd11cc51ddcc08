"""Templates to pages: every value is escaped, every character can be seen, and no page may run or load anything."""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline import fact_words
from pipeline.pages.anchors import Span, document_page
from pipeline.terminal import shorten
from pipeline.vietnamese import LOCAL_TIME, number, short_issuer
from pipeline.visible import visible
from schemas.labels import code_label, column_label, table_label
from schemas.records import DOUBTFUL, is_doubtful

LONGEST_LINE = 300
SHOWN_SPAN = ":root:has(#{name}:target) .{name}"
"""Selects the parts of a place that was cut, when a link leads to it."""


@cache
def environment() -> Environment:
    """The templates with all that they call."""
    made = Environment(
        loader=PackageLoader("pipeline.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "line": line,
        "shorten": shorten,
        "number": number,
        "date": fact_words.date,
        "moment": moment,
        "issuer": short_issuer,
    }
    made.globals |= {
        "code_label": code_label,
        "column_label": column_label,
        "table_label": table_label,
        "document_page": document_page,
        "is_doubtful": is_doubtful,
        "DOUBTFUL": DOUBTFUL,
    }
    return made


def render(template: str, page: Path, /, **values: Any) -> None:
    """Write a page. Raises OSError."""
    cut: Iterable[Span] = values.get("cut", ())
    style = base_style() + cut_style(cut)
    values |= {"style": Markup(style), "style_digest": digest_of(style)}
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(environment().get_template(template).render(**values), encoding="utf-8", newline="\n")


@cache
def base_style() -> str:
    """The style that all pages share; it stands in each of them, so that one page alone can be sent to somebody."""
    return resources.files("pipeline.pages").joinpath("templates/style.css").read_text(encoding="utf-8")


def cut_style(cut: Iterable[Span]) -> str:
    """What lights up all parts of a place that was cut, not the first alone."""
    selectors = [SHOWN_SPAN.format(name=span.name) for span in cut]
    return ",\n".join(selectors) + " { background: var(--target); }\n" if selectors else ""


def digest_of(style: str) -> str:
    """The style as a content security policy names it: no other may apply."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def line(text: str) -> str:
    """A text that should be short, on one line; not more of it than a list can bear."""
    return shorten(text, LONGEST_LINE)


def moment(value: datetime.datetime) -> str:
    """`23/11/2026 12:30`, as clocks in Vietnam show it."""
    local = value.astimezone(LOCAL_TIME)
    return f"{fact_words.date(local)} {local:%H:%M}"
