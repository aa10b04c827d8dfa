"""The files of a generation's data: their sizes and hashes, held against the manifest."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from graph.errors import StoreDamaged
from graph.manifest import ADVICE, Manifest


def sizes(data: Path) -> dict[str, int]:
    """Return the sizes of the files that hold data; the others are the engine's log and settings."""
    files = (*data.glob("*.sst"), *data.glob("MANIFEST-*"), *data.glob("*.log"))
    return {path.name: path.stat().st_size for path in sorted(files)}


def hold_sizes(data: Path, manifest: Manifest) -> None:
    """Refuse data whose files have other sizes than the manifest says."""
    found = sizes(data)
    for name in sorted({*found, *manifest.files}):
        if found.get(name) != manifest.files.get(name):
            raise StoreDamaged(
                f"{data / name}: {manifest.files.get(name, 0)} bytes were expected by the manifest, "
                f"{found.get(name, 0)} found. {ADVICE}"
            )


def sums(data: Path, known: Mapping[str, tuple[Path, str]] | None = None) -> dict[str, str]:
    """Return the sha256 of each file of a generation's data; of a link to a known file, the known one."""
    found = {}
    for path in parts(data):
        old, value = (known or {}).get(path.name, (None, ""))
        linked = old is not None and old.exists() and old.samefile(path)
        found[path.name] = value if linked else measured(path)
    return found


def parts(data: Path) -> list[Path]:
    """Return the files that make up a generation's data; the engine's log and lock are none of them."""
    return sorted(
        path
        for path in data.iterdir()
        if path.is_file() and not path.name.startswith("LOG") and path.name != "LOCK"
    )


def measured(path: Path) -> str:
    """Return a file's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def differing(data: Path, manifest: Manifest) -> list[str]:
    """Read every file; return a sentence for each that is not as the manifest says."""
    found = sums(data)
    return [
        f"{data / name}: the file hashes to {found.get(name, 'nothing')[:12]}…, "
        f"the manifest says {manifest.sums.get(name, 'nothing')[:12]}…"
        for name in sorted({*found, *manifest.sums})
        if found.get(name) != manifest.sums.get(name)
    ]


def sync(path: Path) -> None:
    """Make what was written to a file, or the names in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
