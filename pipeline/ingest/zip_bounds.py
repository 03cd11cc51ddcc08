"""Bounds on zip files, held before anything is unpacked: number of entries, sizes, how hard they are packed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.ingest.errors import CompressionBomb, CorruptFile, PasswordProtected, TooLarge
from pipeline.ingest.kind import BROKEN_ZIP, MAX_DIRECTORY_BYTES, directory_bytes

MEGABYTE = 2**20
ENCRYPTED = 0x1
"""The flag of an entry that is locked with a password."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a zip may hold. `ratio`: unpacked to packed size, asked of entries larger than `ratio_from`."""

    entries: int = 10_000
    entry_bytes: int = 200 * MEGABYTE
    total_bytes: int = 600 * MEGABYTE
    ratio: int = 300
    ratio_from: int = 8 * MEGABYTE


def open_zip(file: bytes | BinaryIO, what: str) -> zipfile.ZipFile:
    """Open a zip, given as bytes or as an open file; ReadError names it as `what`."""
    file = io.BytesIO(file) if isinstance(file, bytes) else file
    if directory_bytes(file) > MAX_DIRECTORY_BYTES:
        raise TooLarge(f"{what} lists more files than any folder of documents holds; unpack it and read the folder")
    try:
        return zipfile.ZipFile(file)
    except BROKEN_ZIP as error:
        raise CorruptFile(f"{what} is broken or cut short ({error}); download or export it again") from error


def check_bounds(entries: list[zipfile.ZipInfo], bounds: Bounds, what: str) -> None:
    """Raise where the zip says of itself that it is beyond the bounds. Python unpacks no more than it says."""
    if len(entries) > bounds.entries:
        raise TooLarge(f"{what} holds {len(entries):,} files, more than {bounds.entries:,}; split it")
    for entry in entries:
        if entry.file_size > bounds.ratio_from and entry.file_size > bounds.ratio * max(entry.compress_size, 1):
            raise CompressionBomb(
                f"{what} unpacks to more than {bounds.ratio} times its size, as attacks do; if you trust it, unpack it"
                " or save it anew yourself"
            )
        if entry.file_size > bounds.entry_bytes:
            raise TooLarge(
                f"{what} holds a file of {entry.file_size // MEGABYTE:,} MB, more than"
                f" {bounds.entry_bytes // MEGABYTE:,}; split it"
            )
    total = sum(entry.file_size for entry in entries)
    if total > bounds.total_bytes:
        raise TooLarge(
            f"{what} unpacks to {total // MEGABYTE:,} MB, more than {bounds.total_bytes // MEGABYTE:,}; split it"
        )


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """The entry opens only with a password."""
    return bool(entry.flag_bits & ENCRYPTED)


def read_entry(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, what: str) -> bytes:
    """The bytes of one entry; ReadError where it is locked, broken or packed in a way that cannot be read."""
    if is_locked(entry):
        raise PasswordProtected(f"{what} is locked with a password; unpack it yourself, or pack it without one")
    try:
        with opened.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except NotImplementedError as error:
        raise CorruptFile(f"{what} is packed in an unknown way ({error}); pack it as a plain .zip") from error
    except RuntimeError as error:
        raise PasswordProtected(f"{what} cannot be unpacked ({error}); pack it without a password") from error
    except BROKEN_ZIP as error:
        raise CorruptFile(f"{what} is broken ({error}); download or export it again") from error
    return data
