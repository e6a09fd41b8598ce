"""The text format of Prometheus."""

import math

import pytest

from app.render.prometheus import Gauge, exposition


def test_a_family_has_help_type_and_samples() -> None:
    gauge = Gauge("ortoo_x_seconds", "What it is.", (({"a": "1", "b": ""}, 2.5), ({}, 3)))
    assert exposition([gauge]) == (
        "# HELP ortoo_x_seconds What it is.\n"
        "# TYPE ortoo_x_seconds gauge\n"
        'ortoo_x_seconds{a="1",b=""} 2.5\n'
        "ortoo_x_seconds 3\n"
    )


def test_one_without_samples_is_left_out() -> None:
    assert exposition([Gauge("ortoo_x", "Nothing.", ())]) == ""


def test_values_and_help_are_escaped_so_that_no_line_breaks() -> None:
    told = exposition([Gauge("x", "a\\b\nc", (({"l": 'a"b\\c\nd'}, 1),))])
    assert told.splitlines() == ["# HELP x a\\\\b\\nc", "# TYPE x gauge", 'x{l="a\\"b\\\\c\\nd"} 1']


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (math.nan, "NaN"),
        (math.inf, "+Inf"),
        (-math.inf, "-Inf"),
        (0.1, "0.1"),
        (1e12, "1000000000000"),
        (-2, "-2"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert exposition([Gauge("x", "X.", (({}, value),))]).splitlines()[-1] == f"x {text}"
