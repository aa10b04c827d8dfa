"""The peers: what each is installed from, and the command that maps a file of participations."""

import hashlib
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

HERE = Path(__file__).parent
Command = Sequence[str]


@dataclass(frozen=True)
class Peer:
    """An engine; `command` gets its Python, the file to read and the N-Triples to write."""

    name: str
    command: Callable[[str, Path, Path], Command]
    needs: str = ""  # a requirements file beside this module; without one it runs in our own environment
    at_most: int = 10**9  # rows: more would take too long

    @property
    def declarative(self) -> bool:
        """Tell whether this is an engine for mappings, and no plain script."""
        return bool(self.needs)

    def python(self) -> str:
        """Return the Python that has what the peer needs; make its environment when it is not there."""
        return environment(self.needs) if self.needs else sys.executable


def environment(needs: str) -> str:
    """Return the Python that has what a requirements file names, in an environment made once."""
    wanted = HERE / needs
    python = _place(needs) / "bin" / "python"
    if not made(needs):
        venv.create(_place(needs), with_pip=True, clear=True)
        quiet = ("-q", "--disable-pip-version-check")
        install = [str(python), "-m", "pip", "install", *quiet, "-r", str(wanted)]
        subprocess.run(install, check=True, capture_output=True, text=True)  # noqa: S603
        (_place(needs) / "made").touch()
    return str(python)


def made(needs: str) -> bool:
    """Tell whether there is the environment that a requirements file names."""
    return (_place(needs) / "made").exists()


def _place(needs: str) -> Path:
    wanted = HERE / needs
    mark = hashlib.sha256(wanted.read_bytes()).hexdigest()[:8]
    return user_cache_path("samspel-bench") / f"{wanted.stem}-{mark}"


def _morph_kgc(python: str, source: Path, target: Path) -> Command:
    """Write the mapping and the settings for this file; a null of SQL is to make no triple."""
    mapping, settings = target.with_suffix(".rml.ttl"), target.with_suffix(".ini")
    text = (HERE / "participations.rml.ttl").read_text("utf-8")
    mapping.write_text(text.replace("'FILE'", f"'{source}'"), "utf-8")
    settings.write_text(
        f"[CONFIGURATION]\noutput_file={target}\noutput_format=N-TRIPLES\nlogging_level=WARNING\n"
        f"na_values=,None\n[cordis]\nmappings={mapping}\n",
        "utf-8",
    )
    return python, "-m", "morph_kgc", str(settings)


def _script(name: str) -> Callable[[str, Path, Path], Command]:
    return lambda python, source, target: (python, str(HERE / name), str(source), str(target))


PEERS = (
    Peer("morph-kgc", _morph_kgc, "morph_kgc.txt"),
    Peer("maplib", _script("maplib_templates.py"), "maplib.txt"),
    Peer("rdflib loop", _script("rdflib_loop.py"), at_most=10_000),
)
