"""Why a file cannot be read: one class per cause that a user can act on.

`error_type` and `stage` are stable names for the table `failures`; the message says what is wrong and what to do.
"""

from __future__ import annotations


class ReadError(Exception):
    """A source file cannot be read. Subclasses name the cause."""

    error_type = "read_error"
    stage = "read"


class UnreadableFile(ReadError):
    """The file cannot be opened: gone, a folder, or no permission."""

    error_type = "unreadable_file"
    stage = "open"


class EmptyFile(ReadError):
    """The file holds nothing, or nothing but blanks."""

    error_type = "empty_file"


class TooShort(ReadError):
    """Text so short that it can be no plan: a placeholder or a broken download."""

    error_type = "too_short"


class TooLarge(ReadError):
    """The file is beyond what a plan can be."""

    error_type = "too_large"
    stage = "open"


class UnsupportedKind(ReadError):
    """A kind of file that is recognised and not read."""

    error_type = "unsupported_kind"
    stage = "identify"


class NotText(ReadError):
    """Bytes that are neither a known kind of file nor text."""

    error_type = "not_text"
    stage = "identify"


class PasswordProtected(ReadError):
    """A PDF that opens only with a password."""

    error_type = "password_protected"


class CorruptFile(ReadError):
    """A file of a known kind whose inside is broken."""

    error_type = "corrupt_file"


class NoTextLayer(ReadError):
    """Pages on which nothing can be read, neither as letters nor in pictures."""

    error_type = "no_text_layer"


class CompressionBomb(ReadError):
    """A zip that unpacks to far more than a document or a folder of documents can hold."""

    error_type = "compression_bomb"


class HostileFile(ReadError):
    """Content that no office program writes and that is known from attacks (XML entities)."""

    error_type = "hostile_file"


class NestedTooDeeply(ReadError):
    """Tables in tables, archives in archives or boxes of a web page in each other, beyond what a document can be."""

    error_type = "nested_too_deeply"


class MissingTool(ReadError):
    """A kind of file that is read through a program which is not installed."""

    error_type = "missing_tool"


class ConversionFailed(ReadError):
    """The program that converts the file could not read it."""

    error_type = "conversion_failed"


class TimedOut(ReadError):
    """The program that converts the file did not end in time."""

    error_type = "timed_out"
