"""The classes of a choropleth: few, told in a legend, and none for what is nought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

CLASSES: Final = 5


@dataclass(frozen=True)
class Class:
    """A class of values: from the least to the most, and how many have it; class 0 is nought."""

    step: int
    least: int
    most: int
    many: int


@dataclass(frozen=True)
class Scale:
    """The least value of each class above nought."""

    starts: tuple[int, ...]

    @classmethod
    def of(cls, values: Iterable[int], classes: int = CLASSES) -> "Scale":
        """Return a scale in which each class has about as many values, and equal values one class.

        >>> Scale.of([0, 1, 1, 2, 3, 8, 9, 30]).starts
        (1, 2, 8, 9)
        """
        found = sorted(value for value in values if value > 0)
        distinct = sorted(set(found))
        if len(distinct) <= classes:
            return cls(tuple(distinct))
        starts = {found[len(found) * at // classes] for at in range(1, classes)} - {found[0]}
        return cls((found[0], *sorted(starts)))

    def step(self, value: int) -> int:
        """Return the class of a value, spread over all the steps of colour when there are few classes.

        >>> [Scale((4, 9)).step(value) for value in (0, 4, 8, 9)]
        [0, 1, 1, 5]
        """
        at = sum(value >= start for start in self.starts)
        return self._spread(at) if at else 0

    def legend(self, values: Sequence[int]) -> list[Class]:
        """Return the classes with how many of the values are in each."""
        within: dict[int, list[int]] = {}
        for value in sorted(values):
            within.setdefault(self.step(value), []).append(value)
        return [Class(step, found[0], found[-1], len(found)) for step, found in within.items()]

    def _spread(self, at: int) -> int:
        if len(self.starts) == 1:
            return (CLASSES + 1) // 2
        return 1 + (at - 1) * (CLASSES - 1) // (len(self.starts) - 1)
