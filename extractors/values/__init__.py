"""The value grammar: numbers, money, measures and times, with character offsets into the full text."""

from extractors.values.measures import Measure, find_measures
from extractors.values.money import Amount, find_amounts, unit_stated_once
from extractors.values.numbers import Number, find_numbers

__all__ = ["Amount", "Measure", "Number", "find_amounts", "find_measures", "find_numbers", "unit_stated_once"]
