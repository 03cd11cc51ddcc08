"""Documents of an object store are brought to the machine that reads them, just before, and removed just after.

A few are fetched ahead, so that no worker waits for the network, and no more than a few lie on the disk. One that
cannot be fetched becomes a failure of that document.
"""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from pipeline.document import Facts, Task, failure_of
from pipeline.engines import Read
from pipeline.remote import Remote

AHEAD = 4
"""Files that are fetched while others are read."""


def fetching(read: Read) -> Read:
    """The same engine for documents that may lie in an object store."""

    def fetched(tasks: Iterable[Task]) -> Generator[tuple[Task, Facts], None, None]:
        tasks = list(tasks)
        if not any(isinstance(task.path, Remote) for task in tasks):
            yield from read(tasks)
            return
        lost: deque[tuple[Task, Facts]] = deque()
        far: dict[str, Task] = {}
        with tempfile.TemporaryDirectory(prefix="kehoach-fetched-") as folder, closing_pool() as pool:
            for task, facts in read(brought(tasks, Path(folder), pool, far, lost)):
                if task.doc_id in far:
                    task.path.unlink(missing_ok=True)
                yield far.pop(task.doc_id, task), facts
                while lost:
                    yield lost.popleft()
            yield from lost

    return fetched


def brought(
    tasks: Iterable[Task],
    folder: Path,
    pool: ThreadPoolExecutor,
    far: dict[str, Task],
    lost: deque[tuple[Task, Facts]],
) -> Iterator[Task]:
    """Tasks with files on this machine; `far` gets those as they were, `lost` those that cannot be fetched."""
    for task, coming in ahead(tasks, folder, pool):
        if coming is None:
            yield task
            continue
        try:
            path = coming.result()
        except OSError as error:
            lost.append((task, Facts(task.doc_id, failure=failure_of(task.name, task.sha256, "read", error))))
            continue
        far[task.doc_id] = task
        yield dataclasses.replace(task, path=path)


def ahead(tasks: Iterable[Task], folder: Path, pool: ThreadPoolExecutor) -> Iterator[tuple[Task, Future[Path] | None]]:
    """Each task with its file on the way (None: it is here already); a few are on the way at any time."""
    waiting: deque[tuple[Task, Future[Path] | None]] = deque()
    for task in tasks:
        coming = pool.submit(fetch, task, folder) if isinstance(task.path, Remote) else None
        waiting.append((task, coming))
        if len(waiting) > AHEAD:
            yield waiting.popleft()
    yield from waiting


def fetch(task: Task, folder: Path) -> Path:
    """The file on this machine. Raises OSError."""
    path = folder / f"{task.doc_id}{task.path.suffix}"
    task.path.download(path)
    return path


@contextlib.contextmanager
def closing_pool() -> Iterator[ThreadPoolExecutor]:
    """Threads, of which none is waited for when the run ends early."""
    pool = ThreadPoolExecutor(AHEAD, "fetching")
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
