"""The engine of one machine: documents are read in this process, or in a worker process a core."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from pipeline import lease
from pipeline.collector import looking_seldom
from pipeline.document import Facts, Task, read_document
from pipeline.engines import IN_PROCESS, Order, Read
from pipeline.engines.fetching import fetching
from pipeline.remote import Remote


def engine(order: Order) -> Read:
    """This process in the order of names, or workers, the longest documents first."""
    return in_process(order) if order.jobs == IN_PROCESS else in_workers(order)


def in_process(order: Order) -> Read:
    """One document after the other, without bounds."""

    def read(tasks: Iterable[Task]) -> Generator[tuple[Task, Facts], None, None]:
        with looking_seldom():
            yield from fetching(lambda some: ((task, read_document(task, order.steps)) for task in some))(tasks)

    return read


def in_workers(order: Order) -> Read:
    """Worker processes, bound in time and memory."""
    from pipeline.worker import FORKS, Pool  # not at the top: a run in one process needs none of it

    def read(tasks: Iterable[Task]) -> Generator[tuple[Task, Facts], None, None]:
        tasks = longest_first(tasks)
        fetches = any(isinstance(task.path, Remote) for task in tasks)
        threads = fetches or lease.is_renewed_here()  # these are ours; a fork beside them could hang
        with Pool(order.steps, order.jobs, order.limits, order.log, FORKS and not threads) as pool:
            yield from fetching(lambda ordered: pool.read(ordered, order.tick))(tasks)

    return read


def longest_first(tasks: Iterable[Task]) -> list[Task]:
    """Tasks by expected cost, so that no long one is left for the end."""
    return sorted(tasks, key=lambda task: (-task.cost, task.name))
