"""A document's whole text with the quotes of its facts marked.

A place that a fact quotes becomes an element of that name. Places lie in each other and may cross: elements can not, so
the later of two that cross is cut where the earlier ends, and its parts share a class. Browsers give up at some
hundreds of elements in each other; beyond `DEEPEST` a place is no element of its own but a point where it begins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from pipeline.pages.anchors import Span
from pipeline.visible import visible

DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Open:
    """An element begins; `again`: a further part of a place that was cut."""

    span: Span
    again: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """The innermost element ends."""


@dataclass(frozen=True, slots=True)
class Point:
    """Here begins a place that is too deep for an element of its own."""

    span: Span
    within: Span


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the text, within these places, the innermost last."""

    start: int
    end: int
    within: tuple[Span, ...]


Step = Open | Close | Point | Words


@dataclass(frozen=True, slots=True)
class Marked:
    """The text as a page shows it.

    `cut`: places in several parts; `around`: for each place those that it lies in; `held`: for each place those too
    deep in it.
    """

    html: Markup
    cut: list[Span] = field(default_factory=list)
    around: Mapping[Span, list[Span]] = field(default_factory=dict)
    held: Mapping[Span, list[Span]] = field(default_factory=dict)


def marked(
    text: str, spans: Iterable[Span], points: Mapping[int, Sequence[str]], broad: Collection[Span] = ()
) -> Marked:
    """Mark the places, and give names to points of the text, by where they are. `broad`: places not to stand out."""
    taken = list(steps(spans, len(text)))
    cut = list(dict.fromkeys(s.span for s in taken if isinstance(s, Open) and s.again))
    around: dict[Span, dict[Span, None]] = {}
    held: dict[Span, list[Span]] = {}
    for step in taken:
        if isinstance(step, Words) and step.within:
            around.setdefault(step.within[-1], {}).update(dict.fromkeys(step.within[:-1]))
        elif isinstance(step, Point):
            held.setdefault(step.within, []).append(step.span)
    html = Markup("".join(html_of(text, taken, classes(cut, broad), points)))
    return Marked(html, cut, {span: list(others) for span, others in around.items()}, held)


def steps(spans: Iterable[Span], length: int) -> Iterator[Step]:
    """The text from its beginning to its end as elements that begin, words, and elements that end."""
    waiting = sorted(set(spans), key=lambda span: (-span.start, span.end))  # the next one last
    within: list[Span] = []
    at = 0
    while True:
        start = waiting[-1].start if waiting else length
        end = min((span.end for span in within), default=length)
        if min(start, end) > at:
            yield Words(at, min(start, end), tuple(within))
            at = min(start, end)
        if within and end == at:
            yield from closing(within, at)
        elif not waiting:
            return
        elif len(within) < DEEPEST:
            within.append(waiting.pop())
            yield Open(within[-1])
        else:
            yield Point(waiting.pop(), within[-1])


def closing(within: list[Span], at: int) -> Iterator[Step]:
    """End what ends here; what lies in it and goes on is ended too and begins again."""
    first = next(i for i, span in enumerate(within) if span.end == at)
    inner = within[first:]
    del within[first:]
    yield from (Close() for _ in inner)
    for span in sorted((span for span in inner if span.end > at), key=lambda span: -span.end):
        within.append(span)
        yield Open(span, again=True)


def classes(cut: Iterable[Span], broad: Iterable[Span]) -> dict[Span, str]:
    """The class attribute of each place that has one."""
    found = {span: [span.name] for span in cut}
    for span in broad:
        found.setdefault(span, []).append("broad")
    return {span: f' class="{" ".join(names)}"' for span, names in found.items()}


def html_of(
    text: str, taken: Iterable[Step], classes: Mapping[Span, str], points: Mapping[int, Sequence[str]]
) -> Iterator[str]:
    """The steps as HTML; words under a mark lead to the list of facts that rest on them."""
    places = sorted(points, reverse=True)
    for step in taken:
        if isinstance(step, Open):
            name = "" if step.again else f' id="{step.span.name}"'
            yield f"<mark{name}{classes.get(step.span, '')}>"
        elif isinstance(step, Close):
            yield "</mark>"
        elif isinstance(step, Point):
            yield f'<span id="{step.span.name}"></span>'
        else:
            words = "".join(pointed(text, step.start, step.end, places, points))
            yield f'<a href="#{step.within[-1].note}">{words}</a>' if step.within else words


def pointed(text: str, start: int, end: int, places: list[int], points: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """A piece of the text with the named points that lie in it."""
    while places and places[-1] < end:
        at = places.pop()
        yield str(escape(visible(text[start:at])))
        yield from (f'<span id="{escape(name)}"></span>' for name in points[at])
        start = at
    yield str(escape(visible(text[start:end])))
