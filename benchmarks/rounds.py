"""Let contestants take turns, and print what came of it: medians, ratios of each round, goals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.asking import Took
from benchmarks.peers.endpoints import DISK, FRONTS, US, Running

Measure = Callable[[Running, int], Took]
Found = Mapping[str, Sequence[Took]]


@dataclass(frozen=True)
class Goal:
    """How many times as good as a contestant we want to be, in requests a second."""

    least: float
    than: str = DISK


def compare(title: str, contestants: Sequence[Running], measure: Measure, rounds: int, goal: Goal) -> Found:
    """Measure all in turns, A B C A B C ..., so that a busy machine disturbs all alike; print a table."""
    found: dict[str, list[Took]] = {each.name: [] for each in contestants}
    for number in range(rounds):
        for each in contestants:
            found[each.name].append(measure(each, number))
    print(f"\n{title}", flush=True)
    for each in contestants:
        _line(each, found)
    for ours in (US, FRONTS):
        if ours in found and goal.than in found:
            ratio = _ratio(found, ours, goal.than, _rate)
            print(f"  goal of {ours} against {goal.than}: {said(ratio, goal.least)}", flush=True)
    return found


def said(ratio: float, least: float) -> str:
    """Say whether a goal is reached.

    >>> said(0.9, 0.8)
    'at least 0.8x: reached (0.90x)'
    >>> said(0.7, 0.8)
    'not reached: 0.70x of 0.8x'
    """
    if ratio >= least:
        return f"at least {least:g}x: reached ({ratio:.2f}x)"
    return f"not reached: {ratio:.2f}x of {least:g}x"


def _line(each: Running, found: Found) -> None:
    ours = found[each.name]
    rate, cpu = median(map(_rate, ours)), median(took.cpu for took in ours)
    text = f"  {each.name:18}{rate:10,.1f}/s{cpu * 1000:10.3f} ms CPU each"
    if DISK in found and each.endpoint.share == 1.0:
        text += f"{_ratio(found, each.name, DISK, _rate):8.2f}x"
        text += f"   by CPU {_ratio(found, each.name, DISK, _thrift):6.2f}x"
    elif each.endpoint.share != 1.0:
        text += f"   on {each.endpoint.share:.0%} of the data"
    failed = sum(took.failed for took in ours)
    print(text + (f"   {failed} FAILED" if failed else ""), flush=True)


def _ratio(found: Found, one: str, other: str, of: Callable[[Took], float]) -> float:
    """Return the median of the rounds' ratios: of what stood side by side."""
    pairs = zip(found[one], found[other], strict=True)
    return median(of(left) / (of(right) or float("inf")) for left, right in pairs)


def _rate(took: Took) -> float:
    return took.rate


def _thrift(took: Took) -> float:
    return 1 / took.cpu if took.cpu else 0.0
