"""Raw text in, clean text out: one block a line, in named steps (`STEPS`). `clean` is the one entry."""

from extractors.cleaning.steps import STEPS, clean

__all__ = ["STEPS", "clean"]
