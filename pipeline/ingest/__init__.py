"""Files in, raw text out: what a file holds is told by its content, and a file that cannot be read says why.

`read_file` is the one entry. Each kind has its module (`pdf`, `html`, `decode` for text); `errors` names the causes.
"""

from pipeline.ingest.errors import ReadError
from pipeline.ingest.reader import SourceDocument, read_file

__all__ = ["ReadError", "SourceDocument", "read_file"]
