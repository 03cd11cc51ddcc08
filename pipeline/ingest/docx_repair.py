"""Packages whose parts name others that are not there (a lost picture, a target `NULL`): common, and easily mended."""

from __future__ import annotations

import io
import posixpath
import zipfile

from docx.oxml.parser import parse_xml
from lxml import etree

from pipeline.ingest.zip_bounds import open_zip, read_entry

WHAT = "the Word document"


def without_dead_links(data: bytes) -> bytes | None:
    """The package without the relationships that lead nowhere; None where there are none such."""
    out = io.BytesIO()
    dropped = 0
    with open_zip(data, WHAT) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        names = set(source.namelist())
        for entry in source.infolist():
            content = read_entry(source, entry, WHAT)
            if entry.filename.endswith(".rels"):
                root = parse_xml(content)
                dead = [link for link in root if is_dead(link, entry.filename, names)]
                for link in dead:
                    root.remove(link)
                dropped += len(dead)
                content = etree.tostring(root, encoding="UTF-8", xml_declaration=True) if dead else content
            target.writestr(entry.filename, content)
    return out.getvalue() if dropped else None


def is_dead(link, rels: str, names: set[str]) -> bool:
    """The relationship names a part of the package that the package does not hold."""
    if link.get("TargetMode") == "External":
        return False
    folder = posixpath.dirname(posixpath.dirname(rels))
    target = posixpath.normpath(posixpath.join("/", folder, link.get("Target") or ""))
    return target.lstrip("/") not in names
