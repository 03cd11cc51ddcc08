"""The engine of a cluster: Ray Data hands out the documents, restarts what dies and streams the facts back.

Each Ray worker is one actor with one worker process of its own beside it, so that a document is bound in time and
memory just as on one machine (see `worker`), and one that crashes its process costs neither the actor nor the others.
The language engine and the vocabularies are loaded once per worker process. Nothing is scheduled here.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import pickle
import tempfile
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.document import Facts, Steps, Task
from pipeline.engines import Order, Read
from pipeline.engines.fetching import fetching
from pipeline.engines.local import longest_first
from pipeline.exit_codes import KehoachError, NotInstalled, UsageError, rule_errors
from pipeline.limits import Limits
from pipeline.manifest import extractor_digest
from pipeline.worker import Pool

DOCUMENTS_A_BLOCK = 8
"""Documents that a worker takes at once at most; their facts come back together."""
BLOCKS_A_WORKER = 4
"""With fewer documents than would fill so many blocks for each worker, blocks are smaller."""
FACTS = pa.schema([("facts", pa.large_binary())])


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a Ray worker must know. `extractor`: digest of the code and rules that the run expects of it."""

    steps: Steps
    limits: Limits
    extractor: str


def engine(order: Order) -> Read:
    """Documents on a Ray cluster: that of RAY_ADDRESS, else one that is started here. Raises NotInstalled."""
    check_installed()

    def read(tasks: Iterable[Task]) -> Generator[tuple[Task, Facts], None, None]:
        tasks = {task.doc_id: task for task in longest_first(tasks)}
        settings = Settings(order.steps, order.limits, extractor_digest())
        with cluster(order.jobs) as workers:
            for told in answers(list(tasks.values()), settings, workers):
                order.tick()
                if isinstance(told, BaseException):
                    raise told
                yield tasks[told.doc_id], told

    return read


def check_installed() -> None:
    """Raises NotInstalled where the extra is missing."""
    try:
        import ray.data  # noqa: F401
    except ImportError as error:
        raise NotInstalled(
            f"--engine ray needs Ray Data ({error}): pip install 'kehoach[ray]', on each machine of the cluster"
        ) from error


@contextlib.contextmanager
def cluster(jobs: int) -> Iterator[int]:
    """A connection to the cluster; the number of workers to use. A cluster that was started here ends with the run.

    Raises UsageError.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    import ray

    if ray.is_initialized():  # by a program that calls `run`
        yield jobs or cores_of(ray)
        return
    address = os.environ.get("RAY_ADDRESS")
    loud = bool(os.environ.get("KEHOACH_DEBUG"))
    settings = {"address": address} if address else {"address": "local", "num_cpus": jobs or None}
    try:
        ray.init(**settings, include_dashboard=False, log_to_driver=loud, logging_level="INFO" if loud else "ERROR")
    except ConnectionError as error:
        raise UsageError(f"no Ray cluster answers at RAY_ADDRESS={address}: {error}") from error
    try:
        yield jobs or cores_of(ray)
    finally:
        ray.shutdown()


def cores_of(ray: Any) -> int:
    """The cores of the whole cluster."""
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def answers(tasks: list[Task], settings: Settings, workers: int) -> Iterator[Facts | BaseException]:
    """What the workers say, as it comes: the facts of a document, or an error that ends the run."""
    import ray

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = context.print_on_execution_start = False
    if not os.environ.get("KEHOACH_DEBUG"):
        logging.getLogger("ray.data").setLevel(logging.ERROR)
    blocks = min(len(tasks), max(workers * BLOCKS_A_WORKER, -(-len(tasks) // DOCUMENTS_A_BLOCK)))
    contents = {task.doc_id: ray.put(task.path.read_bytes()) for task in tasks if task.unpacked}
    rows = [packed(task, contents.get(task.doc_id)) for task in tasks]
    read = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
        Reader,
        fn_constructor_args=(pickle.dumps(settings),),
        batch_size=None,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(min_size=min(workers, cores_of(ray)), max_size=workers),
        num_cpus=1,
    )
    for batch in read.iter_batches(batch_size=None, batch_format="pyarrow"):
        for facts in batch["facts"].to_pylist():
            yield pickle.loads(facts)


def packed(task: Task, content: Any | None) -> dict[str, bytes | None]:
    """A task as a row. The bytes of what was unpacked here travel along, by reference: no other machine has them."""
    import ray.cloudpickle

    return {"task": pickle.dumps(task), "content": content and ray.cloudpickle.dumps(content)}


class Reader:
    """A Ray worker: reads documents in a worker process of its own, which is replaced when it dies."""

    def __init__(self, settings: bytes) -> None:
        """The process starts with the first document, the engine in it is loaded once."""
        settings = pickle.loads(settings)
        self.other_version = extractor_digest() != settings.extractor
        # a Ray worker has many threads, so nothing is forked from it
        self.pool = Pool(settings.steps, 1, settings.limits, log=None, forks=False)
        self.pool.__enter__()

    def __call__(self, batch: pa.Table) -> Iterator[pa.Table]:
        """The facts of each task; or an error that ends the run, for an exception would be tried again and again."""
        try:
            if self.other_version:
                raise UsageError(
                    "a Ray worker has another version of kehoach, its rules or vocabularies; install the same one on "
                    "each machine of the cluster"
                )
            with tempfile.TemporaryDirectory(prefix="kehoach-unpacked-") as folder:
                tasks = [unpacked(row, Path(folder)) for row in batch.to_pylist()]
                for _, facts in fetching(self.pool.read)(tasks):
                    yield answer(facts)
        except (KehoachError, *rule_errors()) as error:
            yield answer(error)

    def __del__(self) -> None:
        """The worker process goes with its actor; should this not be called, it notices by itself."""
        self.pool.__exit__()


def unpacked(row: dict[str, bytes | None], folder: Path) -> Task:
    """The task of a row; where the content came along, with a file that holds it."""
    import ray

    task = pickle.loads(row["task"])
    if row["content"] is None:
        return task
    path = folder / f"{task.doc_id}{task.path.suffix}"
    path.write_bytes(ray.get(ray.cloudpickle.loads(row["content"])))
    return dataclasses.replace(task, path=path)


def answer(told: Facts | BaseException) -> pa.Table:
    """One row for the driver."""
    return pa.table({"facts": [pickle.dumps(told)]}, schema=FACTS)
