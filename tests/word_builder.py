"""Small Word documents for the tests, made with python-docx and bits of raw XML."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

SPACE = nsdecls("w")
WORDS = (
    "Căn cứ tình hình thực tế của địa phương, Ủy ban nhân dân huyện ban hành kế hoạch trồng cây xanh và vệ sinh môi"
    " trường trên địa bàn các xã, thị trấn."
)


def level(index: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """One `w:lvl`."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


OUTLINE = [level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)"),
           level(3, "bullet", "-")]  # fmt: skip


class Builder:
    """A document that is filled paragraph by paragraph."""

    def __init__(self, *levels: str, words: bool = True):
        """`levels` make list 1; more lists with `add_list`."""
        self.document = docx.Document()
        self.body = self.document.element.body
        numbering = self.document.part.numbering_part.element
        for old in list(numbering):
            numbering.remove(old)
        self.numbering = numbering
        self.lists = 0
        if levels:
            self.add_list(*levels)
        if words:
            self.add(WORDS)

    def add_list(self, *levels: str, like: int | None = None, overrides: str = "", more: str = "") -> int:
        """A list with these levels, or one that shares those of the list `like`; its number."""
        self.lists += 1
        if like is None:
            abstract = f'<w:abstractNum {SPACE} w:abstractNumId="{self.lists}">{more}{"".join(levels)}</w:abstractNum>'
            at = next((i for i, e in enumerate(self.numbering) if e.tag == qn("w:num")), len(self.numbering))
            self.numbering.insert(at, parse_xml(abstract))
        self.numbering.append(
            parse_xml(
                f'<w:num {SPACE} w:numId="{self.lists}">'
                f'<w:abstractNumId w:val="{like or self.lists}"/>{overrides}</w:num>'
            )
        )
        return self.lists

    def item(self, text: str, at: int = 0, of: int = 1, style: str | None = None):
        """A paragraph with an automatic number."""
        paragraph = self.document.add_paragraph(text, style=style)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {SPACE}><w:ilvl w:val="{at}"/><w:numId w:val="{of}"/></w:numPr>')
        )
        return paragraph

    def add(self, text: str = "", style: str | None = None):
        """A plain paragraph."""
        return self.document.add_paragraph(text, style=style)

    def xml(self, inner: str):
        """Raw XML in front of the section properties."""
        names = nsdecls("w", "wp", "a", "r") + (
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"'
        )
        wrapper = parse_xml(f"<w:body {names}>{inner}</w:body>")
        for element in list(wrapper):
            self.body.insert(len(self.body) - 1, element)

    def style(self, name: str, inner: str, kind: str = "paragraph", shown: str | None = None):
        """A style of one's own; its id is `name`, and so is its name unless `shown` is."""
        self.document.styles.element.append(
            parse_xml(
                f'<w:style {SPACE} w:type="{kind}" w:styleId="{name}">'
                f'<w:name w:val="{shown or name}"/>{inner}</w:style>'
            )
        )

    def bytes(self) -> bytes:
        """The file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()
