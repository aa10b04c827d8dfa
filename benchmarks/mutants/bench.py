"""Run tests against mutants inside one interpreter: collected once, then a fork for each mutant.

First every test runs as it is, and the functions that it calls are noted. A mutant is a fork in which the
code of the changed function is exchanged; the tests that call it run until one fails. What survives all of
them survives. Tests that need more than LIMIT seconds of processor are left out, and so are those beyond
BUDGET seconds for one mutant; hypothesis tries EXAMPLES examples and shrinks none. A mutant that only what
was left out would kill counts as a survivor.
"""

import functools
import gc
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType

import pytest
from _pytest.runner import runtestprotocol

from benchmarks.mutants.changes import Mutant
from benchmarks.mutants.groups import ROOT

LIMIT, BUDGET = 0.5, 3.0
EXAMPLES = 25
_SECONDS, _BYTES = 10, 2 * 1024**3  # of processor (thirty times by the clock), of memory beyond what is held
SURVIVED, KILLED, TIMED = 0, 1, 2
Memory = functools._lru_cache_wrapper  # the class of what lru_cache and cache make
_TRIES = "_hypothesis_internal_use_settings"
_NONE = (lambda: None).__code__
Called = tuple[str, str]  # a file and a function of it


@dataclass
class Bench:
    """A plugin of pytest that collects as usual and then hands the tests to `work`."""

    files: list[Path]
    work: Callable[["Bench"], None]
    items: list[pytest.Item] = field(default_factory=list)
    callers: dict[Called, list[int]] = field(default_factory=dict)
    memories: "list[Memory[object]]" = field(default_factory=list)
    living: list[FunctionType] = field(default_factory=list)
    costs: dict[int, float] = field(default_factory=dict)
    slow: int = 0
    failed: list[str] = field(default_factory=list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all tests as they are, then the mutants, instead of what pytest would do."""
        self.items = session.items
        _hasten(self.items)
        self.memories = _memories({str(path) for path in self.files})
        costs = self._as_it_is()
        self.costs = {at: cost for at, cost in costs.items() if cost <= LIMIT}
        self.slow = len(costs) - len(self.costs)
        self.living = _living({str(path) for path in self.files})
        gc.freeze()  # and hides what is frozen
        self.work(self)
        return True

    def _as_it_is(self) -> dict[int, float]:
        """Return what each test costs that passes; note which functions it calls, its fixtures included."""
        costs = {}
        watched = {str(path) for path in self.files}
        for at, item in enumerate(self.items):
            called: set[Called] = set()
            self._forget()
            begun = time.process_time()
            with _traced(watched, called):
                reports = self._run(item)
            if all(report.passed for report in reports):
                costs[at] = time.process_time() - begun
                for each in called:
                    self.callers.setdefault(each, []).append(at)
            elif any(report.failed for report in reports):
                self.failed.append(item.nodeid)
        return costs

    def _run(self, item: pytest.Item) -> list[pytest.TestReport]:
        return runtestprotocol(item, log=False, nextitem=item.session)  # type: ignore[arg-type]  # all but what a session shares is torn down

    def _forget(self) -> None:
        """Empty what is remembered, so that what was answered before is computed anew."""
        for each in self.memories:
            each.cache_clear()

    def holds(self) -> bool:
        """Tell whether all tests pass in a fork, too, when nothing is changed."""
        return self._fate(None, None, list(self.costs), 60 * _SECONDS) == SURVIVED

    def survives(self, path: Path, mutant: Mutant) -> int:
        """Tell what became of a mutant: SURVIVED, KILLED, or TIMED when a test came to no end."""
        return self._fate(path, mutant, self._tests(str(path), mutant.function), _SECONDS)

    def _tests(self, file: str, function: str) -> list[int]:
        """Return the tests that call a function, quickest first.

        The top of a module has no name: it may matter to all tests, but first to those that call the module.
        """
        called = [(file, function)] if function else [each for each in self.callers if each[0] == file]
        found = {at for each in called for at in self.callers.get(each, []) if at in self.costs}
        asked = found if function else self.costs
        quickest = sorted(asked, key=lambda at: (at not in found, self.costs[at]))
        spent = accumulate(self.costs[at] for at in quickest)
        return [at for at, so_far in zip(quickest, spent, strict=True) if so_far <= BUDGET]

    def _fate(self, path: Path | None, mutant: Mutant | None, tests: list[int], seconds: int) -> int:
        sys.stdout.flush()
        if not (child := os.fork()):
            self._child(path, mutant, tests, seconds)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return TIMED if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM) else KILLED
        return os.waitstatus_to_exitcode(status)

    def _child(self, path: Path | None, mutant: Mutant | None, tests: list[int], seconds: int) -> None:
        code = KILLED
        try:
            _confine(seconds)
            if path and mutant:
                exchange(path, mutant, self.living)
            self._forget()
            failed = any(report.failed for at in tests for report in self._run(self.items[at]))
            code = KILLED if failed else SURVIVED
        finally:
            os._exit(code)


def exchange(path: Path, mutant: Mutant, living: list[FunctionType]) -> None:
    """Put the code of a mutant where the functions of its module live, in this process."""
    code = compile(mutant.tree, str(path), "exec")
    if not mutant.function:
        _redeclare(path, code)
        return
    new = {(each.co_qualname, each.co_firstlineno): each for each in _codes(code)}
    for live in living:
        if live.__code__.co_filename != str(path):
            continue
        there = new.get((live.__code__.co_qualname, live.__code__.co_firstlineno))
        if there is not None and len(there.co_freevars) == len(live.__code__.co_freevars):
            live.__code__ = there


def _redeclare(path: Path, code: CodeType) -> None:
    """Set what a module's top declares anew, where it stands and where others imported it."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    module = sys.modules[name]
    fresh = ModuleType(name)
    fresh.__file__ = str(path)
    sys.modules[name] = fresh  # dataclasses look themselves up while they are made
    exec(code, fresh.__dict__)  # noqa: S102  # our own module, changed in one place
    sys.modules[name] = module
    for key, old in list(module.__dict__.items()):
        new = fresh.__dict__.get(key)
        if isinstance(old, int | float | str | tuple | dict | set | frozenset) and new != old:
            for each in list(sys.modules.values()):
                if getattr(each, "__dict__", {}).get(key) is old:
                    each.__dict__[key] = new


def _codes(code: CodeType) -> list[CodeType]:
    return [
        each for inner in code.co_consts if isinstance(inner, CodeType) for each in (inner, *_codes(inner))
    ]


def _living(files: set[str]) -> list[FunctionType]:
    found = [each for each in gc.get_objects() if type(each) is FunctionType]
    return [each for each in found if each.__code__.co_filename in files]


def _memories(files: set[str]) -> "list[Memory[object]]":
    """Return the functions of these files that remember what they answered."""
    found = [each for each in gc.get_objects() if isinstance(each, Memory)]
    return [each for each in found if getattr(each.__wrapped__, "__code__", _NONE).co_filename in files]


class _traced:
    """Note the functions of some files that are called within the block, in all threads."""

    def __init__(self, files: set[str], called: set[Called]) -> None:
        self.files, self.called = files, called

    def __enter__(self) -> None:
        threading.settrace(self._note)
        sys.settrace(self._note)

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        threading.settrace(None)

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if code.co_filename in self.files:
            self.called.add((code.co_filename, code.co_qualname.partition(".<locals>")[0]))


def _hasten(items: list[pytest.Item]) -> None:
    """Let hypothesis try a few examples only, and shrink none: that something fails is enough."""
    from hypothesis import Phase, settings  # not sooner: pytest wants to rewrite its plugin

    for item in items:
        test = getattr(item, "obj", None)
        test = getattr(test, "__func__", test)
        if (found := getattr(test, _TRIES, None)) is not None:
            few = settings(
                found,
                max_examples=min(EXAMPLES, found.max_examples),
                phases=(Phase.explicit, Phase.generate),
                report_multiple_bugs=False,
            )
            setattr(test, _TRIES, few)


def _confine(seconds: int) -> None:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    for each in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(each, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = int(Path("/proc/self/statm").read_text("utf-8").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + _BYTES, size + _BYTES))
    signal.alarm(30 * seconds)  # others may use the machine
