"""Small helpers for the XML of Word documents: names, children, values."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
OFF = frozenset(["0", "false", "off", "none"])


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name in Word's namespace; None also where there is no element."""
    return None if element is None else element.find(W + name)


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of that name in Word's namespace."""
    return iter(()) if element is None else element.iterchildren(W + name)


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute in Word's namespace."""
    return None if element is None else element.get(W + name)


def value(element: etree._Element | None) -> str | None:
    """The attribute `w:val`."""
    return attribute(element, "val")


def integer(element: etree._Element | None, name: str = "val") -> int | None:
    """An attribute as a number; None where it is missing or none. Bounded: nobody counts further."""
    text = attribute(element, name) or ""
    return int(text) if text.lstrip("-").isdecimal() and len(text) <= 9 else None


def is_on(element: etree._Element | None) -> bool | None:
    """A switch (`<w:caps/>`, `<w:caps w:val="0"/>`); None where it is not there."""
    return None if element is None else value(element) not in OFF


def local_name(element: etree._Element) -> str:
    """The name without namespace; "" for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
