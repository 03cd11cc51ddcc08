"""Tables of one run as a whole: a generation, swapped in at once.

`<out>/.kehoach/generations/<n>/` holds all tables of one run and never changes; `<out>/current` points at the newest,
and `<out>/<table>.parquet` points through it. Who resolves `current` once and reads all tables there sees one run.
Where links are not possible `current` is a small text file that names the folder, and the tables at the top are copies
moved into place one by one.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.store import HIDDEN

CURRENT = "current"
ABOUT = "generation.json"
KEPT = 3
"""Generations kept: the newest and those that a reader may still have open."""
TEMPORARY = ".new"


def generations(out: Path) -> Path:
    """The folder of all generations."""
    return out / HIDDEN / "generations"


def current(out: Path) -> Path | None:
    """The folder of the newest generation, or None before the first run."""
    pointer = out / CURRENT
    if pointer.is_symlink():
        folder = Path(os.path.realpath(pointer))
    elif pointer.is_file():
        folder = out / pointer.read_text(encoding="utf-8").strip()
    else:
        return None
    return folder if folder.is_dir() else None


def about(folder: Path | None) -> dict:
    """What a generation says of itself; nothing where there is none."""
    if folder is None:
        return {}
    try:
        return json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


@contextlib.contextmanager
def new_generation(out: Path) -> Iterator[Path]:
    """A folder to fill; when the block ends well it becomes the current generation, otherwise it goes away."""
    home = generations(out)
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(f"*{TEMPORARY}"):  # by a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    number = 1 + max((int(p.name) for p in home.iterdir() if p.name.isdigit()), default=0)
    folder = home / f"{number:08d}{TEMPORARY}"
    folder.mkdir()
    try:
        yield folder
        check_the_way(out, folder)
        final = folder.with_suffix("")
        sync_folder(folder)
        os.replace(folder, final)
        sync_folder(home)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    point_at(out, final)
    for old in sorted(p for p in home.iterdir() if p.name.isdigit())[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def check_the_way(out: Path, folder: Path) -> None:
    """Nothing but tables of ours stands where tables will be. Raises IsADirectoryError."""
    for path in (out / CURRENT, *(out / table.name for table in tables_of(folder))):
        if path.is_dir() and not path.is_symlink() and not is_copy(path):
            raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder")


def is_copy(path: Path) -> bool:
    """Whether a folder is a table in several files that was put there where links are not possible."""
    return any(path.rglob("part-*.parquet"))


def tables_of(folder: Path) -> list[Path]:
    """The tables of a generation."""
    return sorted(folder.glob("*.parquet"))


def point_at(out: Path, folder: Path) -> None:
    """Make a generation the current one: one rename, and the tables' own links where they are not there yet."""
    target = folder.relative_to(out)
    try:
        swap(out / CURRENT, lambda new: os.symlink(target, new, target_is_directory=True))
        for table in tables_of(folder):
            link, through = out / table.name, os.path.join(CURRENT, table.name)
            if not (link.is_symlink() and os.readlink(link) == through):
                if link.is_dir() and not link.is_symlink():
                    shutil.rmtree(link)
                swap(link, lambda new, to=through, t=table: os.symlink(to, new, target_is_directory=t.is_dir()))
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT):
            raise
        point_without_links(out, folder)
    sync_folder(out)


def point_without_links(out: Path, folder: Path) -> None:
    """The same where links are not possible: each table is replaced as a whole, then the name of the folder."""
    for table in tables_of(folder):
        place = out / table.name
        if place.is_dir():
            shutil.rmtree(place)
        if table.is_dir():
            shutil.copytree(table, place)
        else:
            swap(place, lambda new, t=table: linked_or_copied(t, new))
    name = folder.relative_to(out).as_posix()
    swap(out / CURRENT, lambda new: new.write_text(name + "\n", encoding="utf-8"))


def swap(place: Path, make: Callable[[Path], object]) -> None:
    """Make something under another name, then move it into place at once."""
    new = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    new.unlink(missing_ok=True)
    try:
        make(new)
        os.replace(new, place)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def linked_or_copied(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the disk knows no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def take_over(source: Path, target: Path) -> None:
    """A table of an older generation, one file or several, as it is."""
    if source.is_dir():
        for part in source.rglob("part-*.parquet"):
            place = target / part.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            linked_or_copied(part, place)
    else:
        linked_or_copied(source, target)


def sync_folder(folder: Path) -> None:
    """The folder's entries on the disk, where the system can do that."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(number)
