"""Files and folders of an object store (`s3://bucket/folder`), reached through Arrow's file systems.

`Remote` has the few methods of `pathlib.Path` that a run needs of its input, so that a file is the same to it wherever
it lies. Credentials and endpoint come from where the store's own tools take them: for S3 the variables `AWS_*`.
"""

from __future__ import annotations

import contextlib
import io
import re
import stat
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import pyarrow as pa
from pyarrow import fs

from pipeline.exit_codes import UsageError

URI = re.compile(r"([a-z][a-z0-9+.-]+)://(.*)", re.IGNORECASE | re.DOTALL)
BUFFER = 2**20
"""Bytes that one request brings when a file is read in small pieces."""


@dataclass(frozen=True, slots=True)
class Status:
    """What `os.stat` tells, as far as an object store knows it."""

    st_size: int
    st_mtime_ns: int

    @property
    def st_ctime_ns(self) -> int:
        """An object is never changed, only written anew."""
        return self.st_mtime_ns

    @property
    def st_mode(self) -> int:
        """An object is a file and nothing else."""
        return stat.S_IFREG


@dataclass(frozen=True, slots=True)
class Remote:
    """A file or folder of an object store. `status`: of a file, as it was when the folder was listed."""

    uri: str
    status: Status | None = None

    def __str__(self) -> str:
        return self.uri

    def __truediv__(self, name: str) -> Remote:
        return Remote(f"{self.uri.rstrip('/')}/{name}")

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.uri).name

    @property
    def suffix(self) -> str:
        """The ending of the name, fit for a file name on any system."""
        suffix = PurePosixPath(self.uri).suffix
        return suffix[:20] if suffix[1:].isalnum() and suffix.isascii() else ""

    def info(self) -> fs.FileInfo:
        """What the store says of it now. Raises OSError."""
        filesystem, path = located(self.uri)
        return filesystem.get_file_info(path)

    def exists(self) -> bool:
        """Whether there is such a file, or a folder with something in it. Raises OSError."""
        return self.info().type != fs.FileType.NotFound

    def is_file(self) -> bool:
        """Whether it is one file. Raises OSError."""
        return self.status is not None or self.info().type == fs.FileType.File

    def stat(self) -> Status:
        """Size and time. Raises OSError."""
        return self.status or status_of(self.info(), self.uri)

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open the file for reading. Raises OSError."""
        filesystem, path = located(self.uri)
        return io.BufferedReader(filesystem.open_input_file(path), BUFFER)

    def write(self, content: bytes) -> None:
        """Make this a small object with such a content, at once. Raises OSError."""
        filesystem, path = located(self.uri)
        with filesystem.open_output_stream(path) as stream:
            stream.write(content)

    def remove(self) -> None:
        """Remove the object; no matter if it is gone. Raises OSError."""
        filesystem, path = located(self.uri)
        with contextlib.suppress(FileNotFoundError):
            filesystem.delete_file(path)

    def download(self, target: Path) -> None:
        """Copy the file to this machine. Raises OSError."""
        filesystem, path = located(self.uri)
        with filesystem.open_input_stream(path) as stream, target.open("wb") as file:
            while piece := stream.read(BUFFER):
                file.write(piece)

    def upload(self, file: Path) -> None:
        """Make this a copy of a file of this machine, at once. Raises OSError."""
        filesystem, path = located(self.uri)
        fs.copy_files(str(file), path, source_filesystem=fs.LocalFileSystem(), destination_filesystem=filesystem)

    def files(self) -> Iterator[tuple[str, Remote]]:
        """Every file below this folder with its path from here, by path. Raises OSError."""
        filesystem, path = located(self.uri)
        for info in sorted(filesystem.get_file_info(fs.FileSelector(path, recursive=True)), key=lambda i: i.path):
            if info.type == fs.FileType.File:
                below = info.path[len(path) :].lstrip("/")
                yield below, Remote(f"{self.uri.rstrip('/')}/{below}", status_of(info, info.path))

    def contains(self, other: Remote) -> bool:
        """Whether the other lies in this folder, or is this folder."""
        return f"{other.uri}/".startswith(f"{self.uri}/")


def status_of(info: fs.FileInfo, name: str) -> Status:
    """The status of a file. Raises FileNotFoundError."""
    if info.type == fs.FileType.NotFound:
        raise FileNotFoundError(2, "no such object", name)
    return Status(info.size or 0, info.mtime_ns or 0)


def place(text: str) -> Path | Remote:
    """A path of this machine, or what a URI names."""
    if text.startswith("file:///"):
        return Path(urllib.request.url2pathname(text.removeprefix("file://")))
    return Remote(text.rstrip("/")) if URI.fullmatch(text) else Path(text)


def located(uri: str) -> tuple[fs.FileSystem, str]:
    """The file system of a URI and the path in it. Raises UsageError where nobody knows this kind of URI."""
    scheme, path = URI.fullmatch(uri).groups()
    root = path.split("/", 1)[0]
    filesystem, root_path = opened(scheme.lower(), root)
    return filesystem, (root_path.rstrip("/") + path[len(root) :])


@cache
def opened(scheme: str, root: str) -> tuple[fs.FileSystem, str]:
    """The file system of a bucket and the bucket's path in it: Arrow's own, or one that fsspec knows.

    Raises UsageError.
    """
    with contextlib.suppress(pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return fs.FileSystem.from_uri(f"{scheme}://{root}")
    try:
        import fsspec

        return fs.PyFileSystem(fs.FSSpecHandler(fsspec.filesystem(scheme))), root
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"{scheme}://: no such kind of storage is known here ({error}); use a folder or s3://"
        ) from None
