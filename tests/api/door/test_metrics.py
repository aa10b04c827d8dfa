"""Figures in the text format of Prometheus."""

import pytest

from api.door.metrics import Registry


def test_counters_gauges_and_histograms_are_written() -> None:
    registry = Registry()
    asked = registry.counter("asked_total", "Asked.", ("kind", "status"))
    asked.inc(("page", "2xx"))
    asked.inc(("page", "2xx"), 2)
    registry.gauge("open", "Open.", ask=lambda: 4)
    registry.gauge("lane", "In a lane.", ("lane",)).set(1, ("slow",))
    took = registry.histogram("took_seconds", "Took.", ("kind",), bounds=(0.1, 1))
    for seconds in (0.1, 0.5, 7):
        took.observe(seconds, ("page",))
    assert registry.text().decode().splitlines() == [
        *("# HELP asked_total Asked.", "# TYPE asked_total counter"),
        'asked_total{kind="page",status="2xx"} 3',
        *("# HELP open Open.", "# TYPE open gauge", "open 4"),
        *("# HELP lane In a lane.", "# TYPE lane gauge", 'lane{lane="slow"} 1'),
        *("# HELP took_seconds Took.", "# TYPE took_seconds histogram"),
        'took_seconds_bucket{kind="page",le="0.1"} 1',
        'took_seconds_bucket{kind="page",le="1"} 2',
        'took_seconds_bucket{kind="page",le="+Inf"} 3',
        *('took_seconds_sum{kind="page"} 7.6', 'took_seconds_count{kind="page"} 3'),
    ]


def test_what_never_happened_is_nought_and_labels_are_escaped() -> None:
    registry = Registry()
    registry.counter("never_total", "Never.")
    registry.counter("odd_total", "Odd\nline.", ("x",)).inc(('a"b\\c\nd',))
    assert registry.text().decode().splitlines() == [
        *("# HELP never_total Never.", "# TYPE never_total counter", "never_total 0"),
        *("# HELP odd_total Odd\\nline.", "# TYPE odd_total counter", 'odd_total{x="a\\"b\\\\c\\nd"} 1'),
    ]


def test_a_name_is_given_once_and_labels_must_fit() -> None:
    registry = Registry()
    counter = registry.counter("a_total", "A.", ("x",))
    with pytest.raises(ValueError, match="a_total: there is a figure of this name already"):
        registry.gauge("a_total", "A.")
    counter.inc(("1", "2"))
    with pytest.raises(ValueError, match="zip"):
        registry.text()
