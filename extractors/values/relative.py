"""Times told from another time: `hết năm thứ nhất`, `sau 3 năm thực hiện`, `trong vòng 15 ngày kể từ ngày nhận`."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.cues import cues
from extractors.values.patterns import SHAPES, Places
from extractors.values.rules import period_codes, words_near
from extractors.values.stretches import stretches

CUES = cues("time_cues.yaml", shapes=SHAPES)
_FORMS = tuple(
    CUES[name]
    for name in (
        "nth_span",
        "span_of_work",
        "review_of_span",
        "span_since",
        "due_within",
        "ahead_of",
        "span_before",
        "least_before",
        "at_most_after",
        "reviewed_after",
        "hours_around",
        "within_hours",
        "hours_of_stage",
        "stages",
    )
)
_PRECISIONS = ("day", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Relative:
    """A time that hangs on another; the contract keeps no date for it. `stage`: a mere `giữa kỳ`, `cuối kỳ`."""

    start: int
    end: int
    precision: str | None

    @property
    def stage(self) -> bool:
        """Whether it names a stage (đầu kỳ) or some hours, and no span of days or more."""
        return self.precision is None


def relatives(text: str) -> list[Relative]:
    """All such times of a text, in order, none over another."""
    found: list[Relative] = []
    taken = Places()
    near = stretches(text, words_near("relatives"), before=40, after=60, digits=False)
    for pattern in _FORMS:
        for match in near.matches(pattern):
            if not taken.free(match.start(), match.end()):
                continue
            taken.add(match.start(), match.end())
            said = (match.groupdict().get("unit") or "").lower()
            period = period_codes().get(said.split()[0]) if said else None
            found.append(Relative(match.start(), match.end(), period if period in _PRECISIONS else None))
    return sorted(found, key=lambda r: r.start)
