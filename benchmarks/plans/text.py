"""A plan as plain text."""

from __future__ import annotations

from benchmarks.plans.draft import Block, GeneratedPlan


def as_text(plan: GeneratedPlan) -> str:
    """The blocks one below the other; what stands side by side comes left first."""
    gap = "\n\n" if plan.spaced else "\n"
    return gap.join(line(block) for block in plan.blocks) + "\n"


def line(block: Block) -> str:
    """One block."""
    if block.beside:
        return f"{block.text}\n\n{block.beside}"
    return f"{block.label} {block.text}" if block.label else block.text
