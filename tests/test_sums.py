"""Sums of parts against totals: which runs of parts are a split of the total, and which make it wrong."""

from __future__ import annotations

import pytest

from extractors.sums import wrong_sums

CASES = [
    # what it is, the total, parts with the run that they stand in, the sums that are wrong
    ("one split that holds", 10, [(4, "a"), (6, "a")], []),
    ("one split that misses", 10, [(4, "a"), (5.5, "a")], [9.5]),
    ("two splits of one total, by source and by year", 10, [(4, "part"), (6, "part"), (3, "year"), (7, "year")], []),
    ("the second of two splits misses", 10, [(4, "part"), (6, "part"), (3, "year"), (6.9, "year")], [9.9]),
    ("a split whose first part stands alone in its run", 10, [(1, "own"), (4, "below"), (5, "below")], []),
    ("some parts only: far from the total", 10, [(2, "a"), (3, "a")], []),
    ("two runs that come near only together", 10, [(4, "a"), (1, "b"), (4.8, "b")], [9.8]),
    ("a split that holds, with a sum of something else behind it", 10, [(4, "a"), (6, "a"), (0.2, "a")], []),
    ("one part alone proves nothing", 10, [(9.9, "a")], []),
]


@pytest.mark.parametrize(("total", "parts", "wrong"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_runs_of_parts_against_a_total(total, parts, wrong):
    assert wrong_sums(total, parts) == pytest.approx(wrong)
