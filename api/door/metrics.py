"""Figures of a running server, in the text format that Prometheus reads; on one event loop, without locks."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

MEDIA = b"text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
Labels = tuple[str, ...]


class Metric:
    """A name, what it means, and its labels."""

    kind = "untyped"

    def __init__(self, name: str, about: str, labels: Sequence[str] = ()) -> None:
        self.name, self.about, self.labels = name, about, tuple(labels)

    def samples(self) -> Iterator[tuple[str, str, float]]:
        """Yield the ending of the name, the labels as text, and the value."""
        raise NotImplementedError

    def _shown(self, values: Labels, *more: tuple[str, str]) -> str:
        pairs = [*zip(self.labels, values, strict=True), *more]
        return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in pairs) + "}" if pairs else ""


class Counter(Metric):
    """What only grows."""

    kind = "counter"

    def __init__(self, name: str, about: str, labels: Sequence[str] = ()) -> None:
        super().__init__(name, about, labels)
        self._values: dict[Labels, float] = {} if labels else {(): 0.0}

    def inc(self, values: Labels = (), by: float = 1.0) -> None:
        """Count; `values` are those of the labels."""
        self._values[values] = self._values.get(values, 0.0) + by

    def samples(self) -> Iterator[tuple[str, str, float]]:
        """Yield a sample for all values of the labels that came."""
        for values, number in sorted(self._values.items()):
            yield "", self._shown(values), number


class Gauge(Counter):
    """What goes up and down; or what is asked when the figures are read."""

    kind = "gauge"
    ask: Callable[[], float] | None = None

    def set(self, number: float, values: Labels = ()) -> None:
        """Say what it is now."""
        self._values[values] = number

    def samples(self) -> Iterator[tuple[str, str, float]]:
        """Yield what was set, or what is answered now."""
        if self.ask is not None:
            self.set(self.ask())
        yield from super().samples()


class Histogram(Metric):
    """How many values were below each bound."""

    kind = "histogram"

    def __init__(
        self, name: str, about: str, labels: Sequence[str] = (), bounds: Sequence[float] = SECONDS
    ) -> None:
        super().__init__(name, about, labels)
        self._bounds = tuple(bounds)
        self._found: dict[Labels, list[float]] = {}

    def observe(self, number: float, values: Labels = ()) -> None:
        """Take in a value."""
        found = self._found.get(values)
        if found is None:
            found = self._found[values] = [0.0] * (len(self._bounds) + 2)
        found[bisect_left(self._bounds, number)] += 1
        found[-1] += number

    def samples(self) -> Iterator[tuple[str, str, float]]:
        """Yield the sums below each bound, the sum of all values and their number."""
        for values, found in sorted(self._found.items()):
            below = 0.0
            for bound, number in zip(
                (*(f"{each:g}" for each in self._bounds), "+Inf"), found[:-1], strict=True
            ):
                below += number
                yield "_bucket", self._shown(values, ("le", bound)), below
            yield "_sum", self._shown(values), found[-1]
            yield "_count", self._shown(values), below


M = TypeVar("M", bound=Metric)


class Registry:
    """All figures of one server."""

    def __init__(self) -> None:
        self._metrics: dict[str, Metric] = {}

    def counter(self, name: str, about: str, labels: Sequence[str] = ()) -> Counter:
        """Return a counter of this name; by convention it ends in `_total`."""
        return self._add(Counter(name, about, labels))

    def gauge(
        self, name: str, about: str, labels: Sequence[str] = (), ask: Callable[[], float] | None = None
    ) -> Gauge:
        """Return a gauge; with `ask` its value is asked when the figures are read."""
        made = self._add(Gauge(name, about, labels))
        made.ask = ask
        return made

    def histogram(
        self, name: str, about: str, labels: Sequence[str] = (), bounds: Sequence[float] = SECONDS
    ) -> Histogram:
        """Return a histogram with these bounds."""
        return self._add(Histogram(name, about, labels, bounds))

    def text(self) -> bytes:
        """Return all figures as the text that `/metrics` answers with, of the type MEDIA."""
        return "".join(_written(each) for each in self._metrics.values()).encode()

    def _add(self, metric: M) -> M:
        if metric.name in self._metrics:
            raise ValueError(f"{metric.name}: there is a figure of this name already; give it another.")
        self._metrics[metric.name] = metric
        return metric


def _written(metric: Metric) -> str:
    about = metric.about.replace("\\", "\\\\").replace("\n", "\\n")
    lines = [f"# HELP {metric.name} {about}", f"# TYPE {metric.name} {metric.kind}"]
    lines += [f"{metric.name}{end}{labels} {number:.12g}" for end, labels, number in metric.samples()]
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
