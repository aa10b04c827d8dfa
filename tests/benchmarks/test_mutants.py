"""Mutation testing itself: what is changed and what is left alone, and that a fault is seen or survives."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.mutants import bench, changes, run
from benchmarks.mutants.groups import GROUPS, ROOT, Group

SOURCE = '''
"""Words."""
MOST = 3
WORDS = ("a", "two words")


class Shop:
    @property
    def full(self) -> bool:
        """Whether there is no more room."""
        return len(self.things) >= MOST and not self.closed

    def add(self, thing, price: "int" = 1):
        if price < 0:
            raise ValueError(400, f"{thing} costs {price}.", "nothing")
        self.things.append(thing)
        return [each * 2 for each in self.things if each]
'''


def mutants(source: str) -> list[tuple[str, str, str]]:
    found = [changes.mutant(source, number) for number in range(changes.count(source))]
    return [(each.function, each.before, each.after) for each in found]


def test_each_place_is_changed_and_words_are_left_alone() -> None:
    raised = "raise ValueError(400, f'{thing} costs {price}.', 'nothing')"
    full = "len(self.things) >= MOST and (not self.closed)"
    assert sorted(mutants(SOURCE)) == sorted(
        [
            ("", "3", "4"),
            ("", "'a'", "'aX'"),
            ("Shop.full", f"return {full}", "return None"),
            ("Shop.full", full, "len(self.things) >= MOST or not self.closed"),
            ("Shop.full", "len(self.things) >= MOST", "len(self.things) > MOST"),
            ("Shop.full", "not self.closed", "not not self.closed"),
            ("Shop.add", "price < 0", "not price < 0"),
            ("Shop.add", "price < 0", "price <= 0"),
            ("Shop.add", "0", "1"),
            ("Shop.add", raised, "pass"),
            ("Shop.add", "400", "401"),
            ("Shop.add", "self.things.append(thing)", "pass"),
            ("Shop.add", "return [each * 2 for each in self.things if each]", "return None"),
            ("Shop.add", "each * 2", "each / 2"),
            ("Shop.add", "2", "3"),
            ("Shop.add", "each", "not each"),
        ]
    )


def test_a_mutant_is_another_module_that_compiles() -> None:
    for group in GROUPS:
        assert group.files() and group.asked()
        path = group.files()[0]
        source = path.read_text("utf-8")
        for found in run.sample(path, 8, 4):
            assert ast.unparse(found.tree) != ast.unparse(ast.parse(source))
            compile(found.tree, str(path), "exec")


def test_a_sample_is_the_same_with_the_same_seed() -> None:
    path = ROOT / "graph" / "split.py"
    one, other = ([(each.line, each.after) for each in run.sample(path, seed, 5)] for seed in (1, 2))
    assert one == [(each.line, each.after) for each in run.sample(path, 1, 5)] != other
    assert len(one) == 5 < len(run.sample(path, 1, 0)) == changes.count(path.read_text("utf-8"))


def test_the_table_counts_by_module_and_as_a_whole() -> None:
    path = ROOT / "graph" / "iris.py"
    found = changes.mutant(path.read_text("utf-8"), 0)
    tried = [run.Tried(path, found, outcome) for outcome in (bench.KILLED, bench.TIMED, bench.SURVIVED, 1)]
    lines = run.table(Group("x", (), ()), tried).splitlines()
    assert lines[-2:] == ["| graph/iris.py | 4 | 3 | 1 | 1 | 75% |", "| **x** | 4 | 3 | 1 | 1 | 75% |"]


PLAY = """
import ast
import sys
import pytest
from benchmarks.mutants import bench, changes
from benchmarks.mutants.groups import ROOT
path = ROOT / "graph" / "iris.py"
source = open(path).read()


def work(found):
    def fate(old, new):
        changed = source.replace(old, new)
        assert changed != source
        mutant = changes.Mutant(sys.argv[2], 0, old, new, ast.parse(changed))
        return found.survives(path, mutant)
    print("fates", *[fate(*each.split("=>")) for each in sys.argv[3:]])


pytest.main(["-q", "-p", "no:cacheprovider", "-s", sys.argv[1]], plugins=[bench.Bench([path], work)])
"""


def test_a_fault_is_seen_and_what_changes_nothing_survives() -> None:
    fates = [
        "plain ASCII=>ASCII",  # the docstring
        "not _KIND.match(kind) or=>_KIND.match(kind) or",
        "raise TermError(=>raise SystemExit(",
    ]
    command = [
        sys.executable,
        "-c",
        PLAY,
        "tests/graph/test_iris.py::test_a_bad_kind_is_refused",
        "Iris.thing",
        *fates,
    ]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    told = f"fates {bench.SURVIVED} {bench.KILLED} {bench.KILLED}"
    assert told in found.stdout, found.stdout + found.stderr


def test_a_constant_at_the_top_is_set_where_it_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    from api import guard, sparql_tokens

    monkeypatch.setattr(sparql_tokens, "OPENING", before := sparql_tokens.OPENING)  # put back at the end
    monkeypatch.setattr(guard, "OPENING", before)
    path = Path(sparql_tokens.__file__ or "")
    source = path.read_text("utf-8")
    numbered = (changes.mutant(source, number) for number in range(changes.count(source)))
    bench.exchange(path, next(each for each in numbered if each.before == repr(before)), [])
    found = {vars(module)["OPENING"] for module in (guard, sparql_tokens)}
    assert found == {f"{before}X"}
