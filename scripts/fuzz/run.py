"""Fuzz with atheris: `make fuzz`; some targets: `python -m scripts.fuzz.run NAME ...` in .venv/fuzz.

SAMSPEL_FUZZ_SECONDS is how long each target runs, SAMSPEL_FUZZ_SEED is the dice. What was met stays in
.fuzz/NAME and is where the next run begins; what is found is kept as .fuzz/NAME.found-...
and printed with its trace. The end is 1 when something was found.
"""

import os
import subprocess
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["api", "graph", "loaders", "ontology"]):
    from scripts.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
SECONDS, SEED = 60, 8
_SLOW = 10  # seconds after which one input counts as a find


def main(*names: str) -> int:
    """Run the targets one after the other, each in a process of its own."""
    for name in names or TARGETS:
        known = ", ".join(TARGETS)
        if name not in TARGETS:
            print(f"There is no target {name!r}; there are {known}.", file=sys.stderr)
            return 2
    command = [sys.executable, "-m", "scripts.fuzz.run", "--one"]
    runs = {name: subprocess.run([*command, name], check=False) for name in names or TARGETS}  # noqa: S603
    found = [name for name, run in runs.items() if run.returncode]
    print(f"Found something: {', '.join(found) or 'none'}.")
    return 1 if found else 0


def one(name: str) -> None:
    """Fuzz one target; libFuzzer ends the process."""
    target, corpus = TARGETS[name], ROOT / ".fuzz" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = corpus.with_suffix(".words")
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words), "utf-8")
    seconds = os.environ.get("SAMSPEL_FUZZ_SECONDS", SECONDS)
    options: dict[str, object] = {
        "max_total_time": seconds,
        "seed": os.environ.get("SAMSPEL_FUZZ_SEED", SEED),
        "max_len": 4096,
        "timeout": _SLOW,
        "rss_limit_mb": 4096,
        "artifact_prefix": f"{corpus}.found-",
        "print_final_stats": 1,
        "verbosity": 0,
    }
    if target.words:
        options["dict"] = words
    print(f"{name}: {seconds} seconds", flush=True)
    atheris.Setup([name, *(f"-{key}={value}" for key, value in options.items()), str(corpus)], target.run)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    """Write a word as libFuzzer reads it: each byte by its number."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    sys.exit(main(*sys.argv[1:]))
