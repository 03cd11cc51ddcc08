"""The head and the signature block of a document: every column of `documents` that its text states."""

from __future__ import annotations

from extractors.metadata.model import COLUMNS, Metadata
from extractors.metadata.reader import read_metadata

__all__ = ["COLUMNS", "Metadata", "read_metadata"]
