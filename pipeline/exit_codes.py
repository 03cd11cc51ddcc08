"""Exit codes of the command line, and the errors that carry them: the one place where an error becomes a code.

A user can act on each code; `kehoach --help` prints this table. A file that cannot be read is no error of the
run: it becomes a row of `failures` and the run goes on.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command's exit status means; `doc` is what a user reads."""

    doc: str

    def __new__(cls, value: int, doc: str) -> ExitCode:
        """Make the member from its number and its explanation."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.doc = doc
        return member

    OK = 0, "everything was read or shown"
    SOME_FAILED = 1, "some files could not be read (`failures` says why), or a score is below its --min"
    USAGE = 2, "wrong usage: unknown option, no such input, document, indicator, province or table"
    NOTHING_TO_READ = 3, "the input folder holds no file to read; tables of an earlier run are unchanged"
    OUTPUT_NOT_WRITABLE = 4, "the output cannot be written (folder, permission, disk full); old tables are unchanged"
    NO_TABLES = 5, "the tables to read are missing or damaged: run `kehoach run` first"
    RULES_BROKEN = 6, "a vocabulary, rule file or the list of provinces cannot be used; the message names the place"
    ALREADY_RUNNING = 7, "another run is writing to this output folder; wait for it, or choose another --out"
    GOLD_BROKEN = 8, "a gold file cannot be used; the message names file, table and row"
    NOT_INSTALLED = 9, "what was asked for needs an extra that is not installed; the message names the command"
    WOULD_REMOVE = (
        10,
        "documents would leave the tables with a part of their input: choose another --out, or give --replace",
    )
    INTERNAL_ERROR = 70, "a fault in kehoach itself; set KEHOACH_DEBUG=1 for the traceback"
    INTERRUPTED = 130, "stopped by Ctrl-C; tables of an earlier run are unchanged, and the next run goes on from here"
    BROKEN_PIPE = 141, "whoever read the output went away (`| head`)"


class KehoachError(Exception):
    """An error that ends the command; its text says what is wrong and what to do."""

    exit_code = ExitCode.INTERNAL_ERROR


class UsageError(KehoachError):
    """The command was asked for something that is not there."""

    exit_code = ExitCode.USAGE


class NothingToRead(KehoachError):
    """The input folder is empty."""

    exit_code = ExitCode.NOTHING_TO_READ


class OutputNotWritable(KehoachError):
    """The output folder or a file in it cannot be written."""

    exit_code = ExitCode.OUTPUT_NOT_WRITABLE


class NoTables(KehoachError):
    """The folder of tables is missing, incomplete or damaged."""

    exit_code = ExitCode.NO_TABLES


class AlreadyRunning(KehoachError):
    """Another run holds the output folder."""

    exit_code = ExitCode.ALREADY_RUNNING


class WouldRemove(KehoachError):
    """Documents would leave the tables because a part of their input was named."""

    exit_code = ExitCode.WOULD_REMOVE


class NotInstalled(KehoachError):
    """An extra is missing."""

    exit_code = ExitCode.NOT_INSTALLED


def rule_errors() -> tuple[type[Exception], ...]:
    """Errors of vocabularies, rule files and the gazetteer: every document would fail alike, so they end the run."""
    from extractors.rule_files import RuleFileError  # not at the top: `--help` needs no rules
    from schemas.provinces import GazetteerError
    from schemas.vocabulary import VocabularyError

    return VocabularyError, GazetteerError, RuleFileError


def exit_code_of(error: BaseException) -> ExitCode:
    """The exit code for an error that ends the command."""
    if isinstance(error, KehoachError):
        return error.exit_code
    if isinstance(error, rule_errors()):
        return ExitCode.RULES_BROKEN
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        return ExitCode.BROKEN_PIPE
    return ExitCode.INTERNAL_ERROR


def exit_code_help() -> str:
    """All codes for `--help`, one a line."""
    return "".join(["Exit codes:\n", *(f"{code.value:>5}  {code.doc}\n" for code in ExitCode)])
