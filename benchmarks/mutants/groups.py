"""Which modules are mutated, and which tests are to kill their mutants."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Group:
    """Modules under one aim, and the tests that know them; both as paths or patterns from the root."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self) -> list[Path]:
        """Return the modules' files."""
        return [path for pattern in self.modules for path in sorted(ROOT.glob(pattern))]

    def asked(self) -> list[str]:
        """Return the tests' files, as pytest takes them."""
        return [str(path) for pattern in self.tests for path in sorted(ROOT.glob(pattern))]


GROUPS = (
    Group(
        "guard",
        ("api/guard.py", "api/sparql_tokens.py", "api/negotiate.py"),
        ("tests/api/test_guard*.py", "tests/api/test_sparql_tokens.py", "tests/api/test_negotiate*.py"),
    ),
    Group(
        "loaders",
        ("loaders/reading/[!_]*.py", "loaders/mapping.py", "loaders/compiler.py", "graph/iris.py"),
        (
            "tests/loaders/reading/test_[c-p]*.py",  # but not what reads real files or spoilt ones: too slow
            "tests/loaders/reading/test_[t-x]*.py",
            "tests/loaders/test_compiler*.py",
            "tests/graph/test_iris*.py",
        ),
    ),
    Group(
        "measures",
        ("queries/measures/[!_]*.py", "queries/specialisation/[!_]*.py"),
        (
            "tests/queries/measures/test_*.py",
            "tests/queries/test_measure*.py",
            "tests/queries/test_specialisation_*.py",
        ),
    ),
)
