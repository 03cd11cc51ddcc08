"""Full-length plans in the project's own words, each with its truth: load for a run, and gold for scoring it.

`from benchmarks.plans import plans` gives them one by one, as many as wanted, always the same for a seed.
"""

from benchmarks.plans.draft import GeneratedPlan
from benchmarks.plans.plan import make_plan, plans

__all__ = ["GeneratedPlan", "make_plan", "plans"]
