"""A folder of pages that takes the place of an older one as a whole.

Pages are written into a folder beside; when all of them are there the two folders change places in one step of the
system, where it has one, and the old one goes. A reader finds the old pages or the new ones, never some of each, and
whatever fails before leaves the old ones. Nothing is ever removed that is no page of ours.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.exit_codes import OutputNotWritable
from pipeline.pages.anchors import DOCUMENTS
from pipeline.store import taken
from pipeline.writers import writable

MARK = ".kehoach-report"
"""The file that tells a report from any other folder; locked by the process that writes there."""
AT_FDCWD, EXCHANGE = -100, 2
"""Linux: `renameat2` from the working directory, two names change places."""
SWAP = 2
"""macOS: the same, of `renamex_np`."""


@contextlib.contextmanager
def new_pages(out: Path) -> Iterator[Path]:
    """A folder to fill; when the block ends well it takes the place of `out`, otherwise it goes away.

    Raises OutputNotWritable.
    """
    with writable(out):
        out = out.resolve()
        check_ours(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        clear(out)
        new = Path(tempfile.mkdtemp(prefix=f"{beside(out)}new-", dir=out.parent))
        try:
            with (new / MARK).open("w", encoding="utf-8") as mark:
                taken(mark.fileno())
                yield new
            new.chmod(0o777 & ~current_umask())
            on_the_disk()
            take_place(new, out)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def beside(out: Path) -> str:
    """What the names of the folders begin with that stand beside for a while."""
    return f".{out.name}."


def clear(out: Path) -> None:
    """Put in order what processes left that were killed: their new folders, and the old one moved away."""
    old = out.with_name(f"{beside(out)}old")
    if old.exists() and not out.exists():
        os.replace(old, out)
    shutil.rmtree(old, ignore_errors=True)
    for left in out.parent.glob(f"{glob.escape(beside(out))}new-*"):
        if (left / MARK).is_file():
            with (left / MARK).open("a", encoding="utf-8") as mark:
                if not taken(mark.fileno()):  # its process lives
                    continue
            shutil.rmtree(left, ignore_errors=True)


def check_ours(out: Path) -> None:
    """Nothing stands at `out` but an older report, or an empty folder. Raises OutputNotWritable."""
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputNotWritable(f"{out} is a file. Choose a folder for the report.")
    files = [Path(here, name).relative_to(out) for here, _, names in os.walk(out) for name in names]
    strange = [file for file in files if not is_ours(file)] or ([] if Path(MARK) in files else files)
    if strange:
        raise OutputNotWritable(
            f"{out} holds {min(strange)}, which is no page of a report: a report replaces its whole folder. "
            "Choose another --out, or move that away."
        )


def is_ours(file: Path) -> bool:
    """Whether a report may hold a file of such a name."""
    return file == Path(MARK) or (file.suffix == ".html" and file.parent in (Path(), Path(DOCUMENTS)))


def take_place(new: Path, out: Path) -> None:
    """Put the new folder where the old one is. Raises OSError; then the old one is where it was."""
    if not out.exists():
        os.replace(new, out)
    elif not exchange(new, out):
        old = out.with_name(f"{beside(out)}old")
        os.replace(out, old)
        try:
            os.replace(new, out)
        except OSError:
            os.replace(old, out)
            raise
        shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once; False where the system or the disk does not know how. Raises OSError."""
    system = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None  # the library that Python runs on
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(system, "renameat2"):
        failed = system.renameat2(AT_FDCWD, first, AT_FDCWD, second, EXCHANGE)
    elif sys.platform == "darwin" and hasattr(system, "renamex_np"):
        failed = system.renamex_np(first, second, SWAP)
    else:
        return False
    if failed and ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))
    return not failed


def on_the_disk() -> None:
    """All that was written on the disk, not only in the system's memory: one order for some thousand pages."""
    if hasattr(os, "sync"):
        os.sync()


def current_umask() -> int:
    """The permissions that new files do not get; asking for it means setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
