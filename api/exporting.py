"""Give out networks as files: where nodes stand, several files as one zip, and files beside one another."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from api import layout
from queries.errors import ParameterError, UnknownName
from queries.format import Format, Point, Text
from queries.network import Network

_NEVER: Final = (1980, 1, 1, 0, 0, 0)  # the same files give the same zip


def placed(network: Network) -> tuple[Point, ...]:
    """Return the point of each node as the explorer places it."""
    return layout.made(network).places(network)


def file_name(name: str, form: Format) -> str:
    """Return what the file of a network is called; of several files, their zip."""
    return f"{name}.{form.name}.zip" if form.several else f"{name}.{form.ending}"


def zipped(name: str, files: Mapping[str, Text]) -> bytes:
    """Return files as one zip, the same for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, text in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.{ending}", _NEVER), "".join(text), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def to_disk(files: Mapping[str, Text], path: Path) -> list[Path]:
    """Write files beside one another, piece by piece: the first to the path, the rest by its stem.

    To a path that ends in .zip they are written as one zip.
    """
    try:
        if path.suffix == ".zip":
            path.write_bytes(zipped(path.stem, files))
            return [path]
        first, *others = files
        targets = {first: path} | {ending: path.with_name(f"{path.stem}.{ending}") for ending in others}
        for ending, target in targets.items():
            with target.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(files[ending])
    except OSError as error:
        raise ParameterError(f"{path}: cannot be written: {error.strerror}.") from error
    return list(targets.values())


def named(text: str | None, known: Sequence[str]) -> list[str]:
    """Return the names in a text that parts them by commas; refuse what is not known.

    >>> named("degree, strength", ("degree", "strength"))
    ['degree', 'strength']
    """
    names = [name for each in (text or "").split(",") if (name := each.strip())]
    if wrong := [name for name in names if name not in known]:
        raise UnknownName("measure", wrong[0], known)
    return list(dict.fromkeys(names))
