"""The cleaning steps in their order, and the entry that runs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractors.cleaning.cell_lines import gather_cell_lines
from extractors.cleaning.characters import (
    drop_markdown,
    drop_rulers,
    normalise_characters,
    split_lines,
    squeeze_spaces,
    unescape_line_ends,
)
from extractors.cleaning.doubts import doubts_in
from extractors.cleaning.emphasis import drop_broken_emphasis
from extractors.cleaning.furniture import drop_running_heads, set_footnotes_aside, unfold_columns
from extractors.cleaning.inline import break_inline_items
from extractors.cleaning.joining import join_wrapped_lines
from extractors.cleaning.letterhead import split_letterhead
from extractors.cleaning.lines import Draft, assemble
from extractors.cleaning.marks import restore_marks
from extractors.cleaning.page_numbers import drop_page_numbers
from extractors.cleaning.portals import drop_related_documents, take_attributes
from extractors.cleaning.read_labels import mend_labels
from extractors.cleaning.repeats import drop_repeated_passage
from extractors.cleaning.signature_stamps import drop_signature_stamps
from extractors.cleaning.spacing import mend_spaces
from extractors.cleaning.table_columns import drop_cell_borders, mark_table_columns
from extractors.plan import CleanText, Source

STEPS: tuple[Callable[[Draft], None], ...] = (
    normalise_characters,
    unescape_line_ends,
    restore_marks,
    split_lines,
    mend_labels,
    drop_markdown,
    drop_broken_emphasis,
    gather_cell_lines,
    mark_table_columns,
    unfold_columns,
    squeeze_spaces,
    mend_spaces,
    drop_rulers,
    drop_signature_stamps,
    drop_page_numbers,
    drop_running_heads,
    take_attributes,
    drop_related_documents,
    drop_cell_borders,
    set_footnotes_aside,
    join_wrapped_lines,
    split_letterhead,
    break_inline_items,
    drop_rulers,
    drop_repeated_passage,
)
"""Each step has one idea and says in its docstring what it does and why; later steps rely on earlier ones."""


def clean(source: Source) -> CleanText:
    """Raw text in, text out: one block a line, pages known, nothing said twice. What the document says is kept."""
    draft = Draft.of(source)
    for step in STEPS:
        step(draft)
    cleaned = assemble(draft)
    doubts = doubts_in(cleaned.text, cleaned.page_starts, source.page_words)
    return replace(cleaned, doubts=doubts) if doubts else cleaned
