"""Who reads the documents of a run: this machine (`local`) or a Ray cluster (`ray`).

An engine is one function: documents to read in, each with its facts out, in whatever order they are done. What a
document costs, and what becomes of one that breaks a bound, is the same in all of them: `worker` sees to that.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.document import Facts, Steps, Task
from pipeline.exit_codes import UsageError
from pipeline.limits import Limits, cores

Read = Callable[[Iterable[Task]], Generator[tuple[Task, Facts], None, None]]
"""An engine. Closing the generator ends all that it started."""


IN_PROCESS = 0
"""Number of jobs that stands for reading in this process, without bounds: for tests and for debugging.

With Ray it stands for as many as the cluster has cores."""


class Engine(StrEnum):
    """The engines by name, as the command line takes them."""

    LOCAL = "local"
    RAY = "ray"


@dataclass(frozen=True, slots=True)
class Order:
    """What an engine is told. `jobs`: documents read at once; `log`: where what libraries print goes."""

    steps: Steps
    jobs: int
    limits: Limits
    log: Path
    tick: Callable[[], None] = lambda: None
    """Called now and then while documents are read."""


def engine_named(name: str) -> Engine:
    """The engine that a user asks for. Raises UsageError, and NotInstalled where its extra is missing."""
    if name not in list(Engine):
        raise UsageError(f"no engine {name!r}; there are: {', '.join(Engine)}")
    if name == Engine.RAY:
        from pipeline.engines import ray

        ray.check_installed()
    return Engine(name)


def usual_jobs(name: Engine) -> int:
    """How many documents are read at once where the user does not say: one a core, of this machine or of all."""
    return 0 if name == Engine.RAY else cores()


def engine(name: Engine, order: Order) -> Read:
    """The engine of this name. Raises NotInstalled where its extra is missing."""
    if name == Engine.RAY:
        from pipeline.engines import ray  # not at the top: an extra

        return ray.engine(order)
    from pipeline.engines import local

    return local.engine(order)
