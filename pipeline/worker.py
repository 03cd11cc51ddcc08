"""Worker processes: each document is read in one, within bounds of time and memory; its end costs that document alone.

Workers are long-lived, for the language engine takes a second to load. Where the system can fork they are copies of
this process with the engine already in memory, so that starting one takes milliseconds. A worker that dies, hangs or
eats too much memory is ended together with all that it started, and a new one takes its place.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from extractors.plan import Source
from pipeline.collector import look_seldom, looking_seldom
from pipeline.document import Facts, Steps, Task, outside_failure, read_document
from pipeline.exit_codes import rule_errors
from pipeline.limits import MIB, Limits, give_signs_to
from schemas.known_patterns import keep_patterns

DOCUMENTS_A_WORKER = 1_000
"""After so many a worker is replaced, so that what libraries leak stays small."""
TICK = 0.1
"""Seconds between two looks at the clock and at the workers' memory."""
NEARLY_FULL = 0.7
"""A worker that dies with so much of its memory used died of that: libraries in C end when they get no more."""
LARGEST_FACTS = 256 * MIB
START_SECONDS = 120.0
FORKS = sys.platform == "linux"
"""Elsewhere, and in a process with threads of its own, a forked copy may hang; there workers start from nothing."""


WARMING = "KẾ HOẠCH\nI. Mục tiêu\nGiảm 3% hộ nghèo năm 2020.\n"


def warm(steps: Steps) -> None:
    """Make the extractor load all that it loads with its first document, and keep what that worked out of patterns.
    Raises what a broken rule file raises."""
    try:
        with looking_seldom():
            steps.extract(Source((WARMING,)), "d0")
    except rule_errors():
        raise
    except Exception:  # not a document of a stand-in; then there is nothing to load
        return
    keep_patterns()


@dataclass(slots=True)
class Worker:
    """A process and what it does now."""

    process: Any
    connection: Connection
    sign: Any
    """Shared: when the process last gave a sign of life."""
    task: Task | None = None
    begun: float = 0.0
    done: int = 0
    base: int = 0
    """Bytes in memory when the task was handed over."""
    seen: int = 0
    """Bytes in memory at the last look."""

    def give(self, task: Task) -> None:
        """Hand over a task; a process that is dead already shows at the next look."""
        self.task = task
        self.begun = self.sign.value = time.monotonic()
        self.base = self.seen = memory_of(self.process.pid)
        with contextlib.suppress(OSError):
            self.connection.send(task)


class Pool:
    """A number of workers that read documents. Use as a context manager: on leaving, every worker is ended."""

    def __init__(self, steps: Steps, jobs: int, limits: Limits, log: Path | None = None, forks: bool = FORKS) -> None:
        """`log`: where what libraries print goes, and the last words of a worker that crashes; `forks`: see FORKS."""
        self.forks = forks
        self.context = multiprocessing.get_context("fork" if forks else "spawn")
        self.steps, self.jobs, self.limits, self.log = steps, jobs, limits, log
        self.workers: list[Worker] = []
        self.again: deque[Task] = deque()
        self.tried: set[str] = set()

    def __enter__(self) -> Pool:
        """Workers start with their first task."""
        if self.forks:
            warm(self.steps)
            gc.freeze()  # or the collector touches, and so copies, all pages that the workers share
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers, whatever they are at."""
        for worker in self.workers:
            end(worker)
        self.workers.clear()
        if self.forks:
            gc.unfreeze()

    def read(self, tasks: Iterable[Task], tick: Callable[[], None] = lambda: None) -> Iterator[tuple[Task, Facts]]:
        """Each task with its facts, as they are done. Raises what ends the run: a worker's broken rule file."""
        waiting = iter(tasks)
        while True:
            self.hand_out(waiting)
            busy = [worker for worker in self.workers if worker.task]
            if not busy:
                return
            ready = wait([worker.connection for worker in busy], TICK)
            for worker in busy:
                done = self.received(worker) if worker.connection in ready else self.watched(worker)
                if done is not None:
                    yield done
            tick()

    def hand_out(self, waiting: Iterator[Task]) -> None:
        """Give each idle worker a task; start workers while there are fewer than allowed and tasks are left."""
        for worker in [w for w in self.workers if w.task is None]:
            task = self.next_task(waiting)
            if task is None:
                return
            if worker.done >= DOCUMENTS_A_WORKER or not worker.process.is_alive():
                self.replace(worker)
                worker = self.started()
            worker.give(task)
        new = []
        while len(self.workers) < self.jobs:
            task = self.next_task(waiting)
            if task is None:
                break
            new.append((self.launched(), task))
        for worker, task in new:  # they load the engine side by side
            self.loaded(worker).give(task)

    def next_task(self, waiting: Iterator[Task]) -> Task | None:
        """The next one, those that are tried again first."""
        return self.again.popleft() if self.again else next(waiting, None)

    def started(self) -> Worker:
        """A new worker, ready to read."""
        return self.loaded(self.launched())

    def launched(self) -> Worker:
        """A new worker that may still have to load the engine."""
        ours, theirs = self.context.Pipe()
        sign = self.context.RawValue("d", time.monotonic())
        not_theirs = [ours, *(worker.connection for worker in self.workers)] if self.forks else []
        arguments = (self.steps, theirs, not_theirs, sign, self.limits, self.log, not self.forks)
        process = self.context.Process(target=work, args=arguments, name="kehoach worker")
        process.start()
        theirs.close()
        worker = Worker(process, ours, sign)
        self.workers.append(worker)
        return worker

    def loaded(self, worker: Worker) -> Worker:
        """The worker when it has the engine in memory: that is no document's fault. Raises what breaks the engine."""
        if not self.forks:
            worker.connection.poll(START_SECONDS)
            with contextlib.suppress(OSError, EOFError):
                told = worker.connection.recv()
                if isinstance(told, BaseException):
                    raise told
        return worker

    def replace(self, worker: Worker) -> None:
        """End a worker; `hand_out` starts another where one is needed."""
        end(worker)
        self.workers.remove(worker)

    def received(self, worker: Worker) -> tuple[Task, Facts] | None:
        """What a worker has to say. Raises what it raised to end the run."""
        try:
            told = pickle.loads(worker.connection.recv_bytes(2 * LARGEST_FACTS))
        except (EOFError, OSError, pickle.UnpicklingError):
            return self.died(worker)
        if isinstance(told, BaseException):
            raise told
        task, worker.task = worker.task, None
        worker.done += 1
        if told.failure and told.failure.error_type == "out_of_memory":
            self.replace(worker)
        return task, told

    def died(self, worker: Worker) -> tuple[Task, Facts] | None:
        """A worker is gone. Its document is tried once more if others before it may be to blame."""
        task = worker.task
        before = largest_child()
        code = exit_code(worker.process, 1.0)
        peak = largest_child() if largest_child() > before else worker.seen
        full = peak - worker.base > NEARLY_FULL * self.limits.memory_mib * MIB
        self.replace(worker)
        if full:
            return self.failed(task, "out_of_memory", self.too_much())
        if worker.done and task.doc_id not in self.tried:
            self.tried.add(task.doc_id)
            self.again.append(task)
            return None
        return self.failed(
            task,
            "worker_died",
            f"the process that read it ended ({how(code)}): the file breaks a library; print it to a new PDF and read "
            "that, and report the file",
        )

    def watched(self, worker: Worker) -> tuple[Task, Facts] | None:
        """Look whether a busy worker keeps its bounds; ends it if not."""
        if not worker.process.is_alive() and not worker.connection.poll():
            return self.died(worker)
        now, task = time.monotonic(), worker.task
        worker.seen = max(worker.seen, memory_of(worker.process.pid))
        if worker.seen - worker.base > self.limits.memory_mib * MIB:
            self.replace(worker)
            return self.failed(task, "out_of_memory", self.too_much())
        silent, whole = now - worker.sign.value, now - worker.begun
        if silent > self.limits.silent_seconds or whole > self.limits.seconds:
            self.replace(worker)
            return self.failed(
                task,
                "timed_out",
                f"given up after {whole:.0f} s: the file is too large, or makes a library loop; split it, or print it "
                "to a new PDF, or allow more time (--timeout)",
            )
        return None

    def failed(self, task: Task, error_type: str, message: str) -> tuple[Task, Facts]:
        """The task with a failure that its worker could not tell."""
        return task, Facts(task.doc_id, failure=outside_failure(task, error_type, message))

    def too_much(self) -> str:
        """What is said of a document that takes too much memory."""
        return (
            f"it needs more than {self.limits.memory_mib} MB of memory; split it, or allow more (--memory), or save it "
            "with smaller pictures"
        )


def exit_code(process: Any, seconds: float) -> int | None:
    """How a process ended, or None where it is still there. Its `join` waits for ever on one that closed its files."""
    last = time.monotonic() + seconds
    while process.exitcode is None and time.monotonic() < last:
        time.sleep(0.005)
    return process.exitcode


def how(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "no exit code"
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


def end(worker: Worker) -> None:
    """End a worker and whatever it started (an OCR engine, an office program)."""
    if hasattr(os, "killpg") and worker.process.pid:
        with contextlib.suppress(OSError):
            os.killpg(worker.process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        worker.process.kill()
    worker.process.join()
    worker.connection.close()


def memory_of(pid: int) -> int:
    """Bytes that a process holds in memory; 0 where nothing tells."""
    return memory_by_proc(pid) if sys.platform == "linux" else memory_by_psutil(pid)


def memory_by_psutil(pid: int) -> int:
    """The same on macOS and Windows, which have no files that tell and no bound that a process could set itself."""
    try:
        import psutil
    except ImportError:
        return 0
    try:
        return psutil.Process(pid).memory_info().rss
    except psutil.Error:
        return 0


def memory_by_proc(pid: int) -> int:
    """The same on Linux, from its files."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def largest_child() -> int:
    """Bytes that the largest of the children that ended so far held at most; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def work(
    steps: Steps,
    connection: Connection,
    not_ours: list[Connection],
    sign: Any,
    limits: Limits,
    log: Path | None,
    cold: bool,
) -> None:
    """A worker's life: read what comes until nobody sends any more. `cold`: the engine is not in memory yet."""
    for other in not_ours:
        other.close()
    settle(log)
    give_signs_to(lambda now: setattr(sign, "value", now))
    try:
        if cold:
            warm(steps)
            connection.send_bytes(pickle.dumps(None))
        look_seldom()
        bound_memory(limits.memory_mib * MIB)  # the engine's own memory does not count
        while True:
            connection.send_bytes(answer(connection.recv(), steps))
    except (EOFError, OSError):
        return
    except rule_errors() as error:
        connection.send_bytes(pickle.dumps(error))


def answer(task: Task, steps: Steps) -> bytes:
    """The facts of one document, ready to send; of an error that ends the run, the error."""
    try:
        facts = read_document(task, steps)
    except (KeyboardInterrupt, *rule_errors()) as error:
        return pickle.dumps(error)
    if facts.packed and len(facts.packed) > LARGEST_FACTS:
        said = f"its facts take more than {LARGEST_FACTS // MIB} MB; split it"
        facts = Facts(task.doc_id, failure=outside_failure(task, "too_large", said))
    return pickle.dumps(facts)


def settle(log: Path | None) -> None:
    """Make this process a worker: its own group, deaf to Ctrl-C, gone with its parent, silent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    if sys.platform == "linux":
        die_with_parent()
    if os.environ.get("KEHOACH_DEBUG"):
        return
    target = os.open(log if log else os.devnull, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(target, 1)
    os.dup2(target, 2)
    faulthandler.enable(2)


def die_with_parent() -> None:
    """Ask Linux to end this process when its parent ends, however that happens."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def bound_memory(more: int) -> None:
    """No more than `more` bytes over what this process has now: then Python raises MemoryError. Linux alone."""
    if sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/status", encoding="ascii") as status:
            now = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData"))
        resource.setrlimit(resource.RLIMIT_DATA, (now + more, now + more))
