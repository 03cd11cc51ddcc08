"""What the styles of a Word document say about text: capitals, fonts, lists, what they are based on."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.ingest.ooxml import attribute, child, children, integer, is_on, value

MAX_CHAIN = 30
"""Styles built on styles; a chain that is longer goes in a circle."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style, with what it says itself; None where it leaves that to the style that it is based on."""

    name: str = ""
    based_on: str | None = None
    font: str | None = None
    caps: bool | None = None
    list_number: str | None = None
    list_level: int | None = None


class Styles:
    """The styles part by style id."""

    def __init__(self, part: etree._Element | None):
        """`part`: the root of styles.xml, None where the document has none."""
        self.by_id = {attribute(e, "styleId") or "": read_style(e) for e in children(part, "style")}
        self.default_paragraph = next(
            (
                attribute(e, "styleId")
                for e in children(part, "style")
                if attribute(e, "type") == "paragraph" and attribute(e, "default") in ("1", "true", "on")
            ),
            None,
        )
        defaults = child(child(child(part, "docDefaults"), "rPrDefault"), "rPr")
        self.default_font = font_of(defaults)

    def chain(self, style_id: str | None):
        """A style and those that it is based on, as (id, style)."""
        for _ in range(MAX_CHAIN):
            style = self.by_id.get(style_id) if style_id else None
            if style is None:
                return
            yield style_id, style
            style_id = style.based_on

    def name(self, style_id: str | None) -> str:
        """The style's name, in lower case: `heading 1`, `toc 2`."""
        style = self.by_id.get(style_id or "")
        return style.name if style else ""

    def font(self, *style_ids: str | None) -> str | None:
        """The font that the first of these styles to say so gives, else the document's default."""
        for style_id in style_ids:
            for _, style in self.chain(style_id):
                if style.font:
                    return style.font
        return self.default_font

    def caps(self, *style_ids: str | None) -> bool:
        """Whether the styles show small letters as capitals."""
        for style_id in style_ids:
            for _, style in self.chain(style_id):
                if style.caps is not None:
                    return style.caps
        return False

    def list_of(self, style_id: str | None) -> tuple[str, int | None, str] | None:
        """The list of a style as (numId, level or None, id of the style that says so). A style may name its level
        alone and leave the list to the style that it is based on."""
        level, owner = None, None
        for found, style in self.chain(style_id):
            if level is None and style.list_level is not None:
                level, owner = style.list_level, found
            if style.list_number is not None:
                return style.list_number, level, owner or found
        return None


def read_style(element: etree._Element) -> Style:
    """One `w:style`."""
    run = child(element, "rPr")
    numbering = child(child(element, "pPr"), "numPr")
    return Style(
        name=(value(child(element, "name")) or "").lower(),
        based_on=value(child(element, "basedOn")),
        font=font_of(run),
        caps=is_on(child(run, "caps")),
        list_number=value(child(numbering, "numId")),
        list_level=integer(child(numbering, "ilvl")),
    )


def font_of(properties: etree._Element | None) -> str | None:
    """The Latin font that run properties name; None where they name none (theme fonts are Unicode)."""
    fonts = child(properties, "rFonts")
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
