"""Packages whose parts name others that are not there (a lost picture, a target `NULL`): common, and easily mended."""

from __future__ import annotations

import io
import posixpath
import zipfile

from docx.oxml.parser import parse_xml
from lxml import etree

from pipeline.ingest.errors import CorruptFile
from pipeline.ingest.zip_bounds import open_zip, read_entry

WHAT = "the Word document"


def without_dead_links(data: bytes) -> bytes | None:
    """The package without the relationships that lead nowhere or to a damaged picture; None where there are none."""
    out = io.BytesIO()
    dropped = 0
    with open_zip(data, WHAT) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        whole = {entry.filename: content for entry in source.infolist() if (content := content_of(source, entry))}
        for name, content in whole.items():
            if name.endswith(".rels") and (kept := live_links(name, content, set(whole))) is not None:
                content = kept
                dropped += 1
            target.writestr(name, content)
    return out.getvalue() if dropped else None


def content_of(source: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a part, None where it is damaged."""
    try:
        return read_entry(source, entry, WHAT)
    except CorruptFile:
        return None


def live_links(name: str, content: bytes, names: set[str]) -> bytes | None:
    """A relationships part without its dead links; None where it has none, or cannot be read."""
    try:
        root = parse_xml(content)
    except etree.XMLSyntaxError:
        return None
    dead = [link for link in root if is_dead(link, name, names)]
    for link in dead:
        root.remove(link)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) if dead else None


def is_dead(link, rels: str, names: set[str]) -> bool:
    """The relationship names a part of the package that the package does not hold."""
    if link.get("TargetMode") == "External":
        return False
    folder = posixpath.dirname(posixpath.dirname(rels))
    target = posixpath.normpath(posixpath.join("/", folder, link.get("Target") or ""))
    return target.lstrip("/") not in names
