"""Money (số tiền): amounts in whole đồng, what they are counted per, norms times quantities, and stated-once units."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.cues import cues
from extractors.values.exclusions import is_excluded
from extractors.values.measures import Measure, Operand, all_measures, operand_at
from extractors.values.numbers import find_numbers
from extractors.values.patterns import GAP, SHAPES, compiled, within
from extractors.values.rules import money_scales

CUES = cues("value_cues.yaml", shapes=SHAPES)
_PER_THING = rf"(?:{GAP}/{GAP}\p{{L}}{{1,8}}(?:␣\p{{L}}{{1,8}}){{0,2}})?"  # `6.000đ/bao`: of a thing no unit list holds
_TIMES = compiled(rf"{_PER_THING}{GAP}[x×*]{GAP}")
_EQUALS = compiled(rf"{_PER_THING}{GAP}={GAP}")
_UNIT_ONCE = CUES["unit_stated_once"]
_UNIT_HEAD = CUES["unit_head"]
UNITS_IN_FIGURES = frozenset({1000, 1_000_000})
UNIT_REACH = 20


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in the text. Ranges keep both ends, `amount_vnd` is the upper; in a foreign currency it is None.

    Of `300 con x 20 triệu đồng/con = 6 tỷ đồng` the norm has `quantity` 300 and `product` six billion, the result has
    `quantity` 300 and `product_of` twenty million.
    """

    start: int
    end: int
    amount_vnd: int | None
    text: str
    per_unit: str | None = None
    per_text: str | None = None
    comparator: str = "eq"
    amount_min: int | None = None
    quantity: float | None = None
    product: int | None = None
    product_of: int | None = None
    ambiguous: bool = False
    number_start: int = 0


def find_amounts(text: str, start: int = 0, end: int | None = None, default_unit: int | None = None) -> list[Amount]:
    """All amounts that lie wholly in `text[start:end]`. `default_unit`: đồng that a bare number there stands for."""
    measures = [
        m for m in within(all_measures(text), start, end) if m.unit in ("vnd", "usd") and not states_unit(text, m)
    ]
    amounts = [_amount(text, m) for m in measures]
    if default_unit:
        amounts = sorted([*amounts, *_bare(text, start, end, default_unit, amounts)], key=lambda a: a.start)
    return _multiplied(text, amounts)


def states_unit(text: str, measure: Measure) -> bool:
    """Whether a thousand or million of đồng is the unit of what stands below (`ĐVT: 1.000 đồng`), and no amount."""
    if measure.value not in UNITS_IN_FIGURES:
        return False
    return _UNIT_HEAD.search(text, max(0, measure.number_start - UNIT_REACH), measure.number_start) is not None


def unit_stated_once(text: str, start: int = 0, end: int | None = None) -> int | None:
    """What one stands for in a list or table headed `Đơn vị tính: triệu đồng`; None without such a head."""
    match = _UNIT_ONCE.search(text, start, len(text) if end is None else end)
    return (
        None if match is None else money_scales().get(" ".join((match["scale"] or "").lower().split()).rstrip("."), 1)
    )


def _amount(text: str, measure: Measure) -> Amount:
    low = measure.value_min if measure.value_min is not None else measure.value_max
    high = measure.value_max if measure.value_max is not None else measure.value_min
    foreign = measure.unit != "vnd"
    per = measure.per
    end = measure.number_end
    written = text[measure.number_start : max(end, _money_end(text, measure))].rstrip()
    return Amount(
        measure.start, measure.end, None if foreign else round(high), written,
        per_unit=per.unit if per else None, per_text=per.text if per else None, comparator=measure.comparator,
        amount_min=None if foreign or low == high else round(low),
        ambiguous=measure.ambiguous, number_start=measure.number_start,
    )  # fmt: skip


def _money_end(text: str, measure: Measure) -> int:
    """Where the amount proper ends, before `/hộ` and `trở lên`."""
    if not measure.unit_text:
        return measure.number_end
    return text.index(measure.unit_text, measure.number_end) + len(measure.unit_text)


def _bare(text: str, start: int, end: int | None, default_unit: int, amounts: list[Amount]) -> list[Amount]:
    """Numbers without a unit, where the unit stands once for all."""
    found = []
    for number in find_numbers(text, start, end):
        taken = any(a.start < number.end and number.start < a.end for a in amounts)
        if taken or number.kind in ("words", "fraction") or is_excluded(text, number.start, number.end):
            continue
        if operand_at(text, number).unit is not None:
            continue
        found.append(
            Amount(
                number.start,
                number.end,
                round(number.value * default_unit),
                text[number.start : number.end],
                ambiguous=number.ambiguous,
                number_start=number.start,
            )
        )
    return found


def _multiplied(text: str, amounts: list[Amount]) -> list[Amount]:
    """Quantities multiplied in (`300 con x 20 triệu đồng/con`) and products stated after `=`."""
    done = list(amounts)
    for at, amount in enumerate(done):
        end, quantity = amount.end, None
        factor = _factor_before(text, amount)
        for _ in range(3):  # 500.000 đồng/người x 20 người x 2 ngày
            after = _TIMES.match(text, end) or _after_word(text, end)
            operand = _operand_from(text, after.end()) if after else None
            if operand is None:
                break
            quantity, end = (quantity or 1) * factor_of(operand), operand.end
        if factor is not None:
            quantity = (quantity or 1) * factor
        if quantity is None:
            continue
        equals = _EQUALS.match(text, end) or _WORD_EQUALS.match(text, end)
        result = next((a for a in done[at + 1 : at + 2] if equals and a.number_start == equals.end()), None)
        done[at] = replace(amount, quantity=quantity, product=result.amount_vnd if result else None)
        if result is not None:
            done[at + 1] = replace(result, quantity=quantity, product_of=amount.amount_vnd)
    return done


def _factor_before(text: str, amount: Amount) -> float | None:
    """The product of the quantities before: `300 con x`, `10 lớp x 2 ngày x`."""
    numbers = find_numbers(text, max(0, amount.start - 80), amount.start)
    value, stop = None, amount.start
    for number in reversed(numbers):
        operand = operand_at(text, number)
        match = _TIMES.match(text, operand.end) or _after_word(text, operand.end)
        if match is None or match.end() != stop:
            break
        value, stop = (value or 1) * factor_of(operand), number.start
    return value


def factor_of(operand: Operand) -> float:
    """What a number multiplies by; a share (`x 30%`) by its hundredths."""
    share = operand.unit is not None and operand.unit.code == "percent"
    return operand.number.value / 100 if share else operand.number.value


_WORD_EQUALS = compiled(rf"␣\p{{L}}{{1,8}}(?:␣\p{{L}}{{1,8}})?{GAP}={GAP}")
_WORD_TIMES = compiled(rf"␣\p{{L}}{{1,8}}(?:␣\p{{L}}{{1,8}})?{GAP}[x×*]{GAP}")


def _after_word(text: str, at: int):
    """A unit that is not in the rule file, then `x`."""
    return _WORD_TIMES.match(text, at)


def _operand_from(text: str, at: int) -> Operand | None:
    number = next((n for n in find_numbers(text, at, at + 40) if n.start == at), None)
    return None if number is None else operand_at(text, number)
