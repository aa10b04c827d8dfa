"""Tests of api.map_scale: few classes, equal values together, and a legend of what is there."""

import doctest
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import api.map_scale
from api.map_scale import CLASSES, Class, Scale

VALUES = st.lists(st.integers(0, 10_000), max_size=300)


@given(VALUES)
def test_a_larger_value_is_never_in_a_lower_class(values: list[int]) -> None:
    scale = Scale.of(values)
    steps = [scale.step(value) for value in sorted(values)]
    assert steps == sorted(steps) and all(0 <= step <= CLASSES for step in steps)
    assert all((step == 0) == (value == 0) for step, value in zip(steps, sorted(values), strict=True))


@given(VALUES)
def test_the_legend_counts_every_value_once_and_its_classes_do_not_overlap(values: list[int]) -> None:
    legend = Scale.of(values).legend(values)
    assert sum(each.many for each in legend) == len(values)
    assert all(one.most < other.least for one, other in pairwise(legend))
    assert {each.least for each in legend} | {each.most for each in legend} <= set(values)


def test_one_value_gets_the_colour_in_the_middle() -> None:
    assert Scale.of([0, 6, 6]).legend([0, 6, 6]) == [Class(0, 0, 0, 1), Class(3, 6, 6, 2)]


def test_nothing_has_no_legend() -> None:
    assert Scale.of([]).legend([]) == []


def test_the_examples_run() -> None:
    assert doctest.testmod(api.map_scale).failed == 0
