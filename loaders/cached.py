"""The cache of fetched files: what lies there for an address, whole or in part, and how it is put there.

CACHE/
├── 3f0c…-latest_SE.csv             the file, whole: it is moved here when all of it has come and been checked
├── 3f0c…-latest_SE.csv.facts.json  its sha256, ETag and more; believed only when the file agrees
├── 3f0c…-latest_SE.csv.part        what has come of it so far, with a .part.json that tells of which version
└── 3f0c…-latest_SE.csv.lock        held while it is fetched
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from loaders.errors import FetchError
from loaders.web import last_part, shown

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80
_NAMED = re.compile(
    r"\.(zip|gz|tgz|csv|tsv|txt|json|jsonl|ndjson|xlsx|xml|ttl|nt|rdf|geojson)$", re.IGNORECASE
)
_SUFFIXES = {
    "text/csv": ".csv",
    "application/json": ".json",
    "application/zip": ".zip",
    "application/gzip": ".gz",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


@dataclass(frozen=True)
class Fetched:
    """A file in the cache and what is known of it; addresses are without their query, which may hold a key.

    `fresh` tells that it came now; else it lay in the cache and is still what the server has.
    """

    path: Path
    url: str
    final_url: str
    sha256: str
    size: int
    etag: str | None
    last_modified: str | None
    fresh: bool
    media_type: str


@dataclass(frozen=True)
class Part:
    """What has come of a file: how much, the version it is of, and the whole's size where it is known."""

    size: int
    validator: str
    total: int | None


class Place:
    """The place of one address in the cache."""

    def __init__(self, cache: Path, url: str) -> None:
        self.cache, self.url = cache, url
        stem = f"{hashlib.sha256(url.encode()).hexdigest()[:16]}-{safe(last_part(url))}"
        self._stem = stem
        self._part, self._tells = cache / f"{stem}.part", cache / f"{stem}.part.json"
        self._facts = cache / f"{stem}.facts.json"

    @contextmanager
    def held(self, busy: Callable[[], None]) -> Iterator[None]:
        """Hold the place against others; call `busy` once when one has to wait for it."""
        with self._writes():
            self.cache.mkdir(parents=True, exist_ok=True)
            handle = (self.cache / f"{self._stem}.lock").open("a")
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                busy()
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def kept(self) -> Fetched | None:
        """Return the file that lies here, None when there is none or it is not what was put here."""
        told = _told(self._facts)
        try:
            path = self.cache / Path(str(told["file"])).name
            if path.stat().st_size != told["size"] or digest(path) != told["sha256"]:
                return None
            return Fetched(
                path=path,
                url=str(told["url"]),
                final_url=str(told["final_url"]),
                sha256=str(told["sha256"]),
                size=path.stat().st_size,
                etag=_text(told["etag"]),
                last_modified=_text(told["last_modified"]),
                fresh=False,
                media_type=str(told["media_type"]),
            )
        except (KeyError, OSError):
            return None

    def part(self) -> Part | None:
        """Return what has come so far, None when nothing has, or it cannot be told of which version it is."""
        told = _told(self._tells)
        validator, total = told.get("validator"), told.get("total")
        size = self._part.stat().st_size if self._part.is_file() else 0
        if not size or not isinstance(validator, str) or not validator:
            return None
        return Part(size, validator, total if isinstance(total, int) else None)

    def came(self) -> int:
        """Return how many bytes have come so far."""
        return self._part.stat().st_size if self._part.is_file() else 0

    def drop_part(self) -> None:
        """Forget what has come so far."""
        with self._writes():
            self._part.unlink(missing_ok=True)
            self._tells.unlink(missing_ok=True)

    @contextmanager
    def begun(self, validator: str, total: int | None) -> Iterator[BinaryIO]:
        """Begin anew, and give the file to write to."""
        self.drop_part()
        with self._writes():
            self._tells.write_text(json.dumps({"validator": validator, "total": total}), "utf-8")
            with self._part.open("wb") as file:
                yield file

    @contextmanager
    def continued(self) -> Iterator[BinaryIO]:
        """Give the file to write on to."""
        with self._writes(), self._part.open("ab") as file:
            yield file

    def checked(self, sha256: str | None) -> str:
        """Return the sha256 of what has come; refuse and forget it when another was promised."""
        with self._writes():
            with self._part.open("rb") as file:
                os.fsync(file.fileno())
            found = digest(self._part)
        if sha256 is not None and found != sha256:
            self.drop_part()
            raise FetchError(
                f"{shown(self.url)}: the file has the sha256 {found}, expected {sha256}. "
                "It is not what was promised, and nothing was put into the cache."
            )
        return found

    def keep(self, facts: Fetched) -> Fetched:
        """Put the whole file into its place at once, and write its facts beside it."""
        told = asdict(facts) | {"file": facts.path.name}
        del told["path"], told["fresh"]
        new = self._facts.with_suffix(".new")
        with self._writes():
            self._part.replace(facts.path)
            new.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
            new.replace(self._facts)
            self._tells.unlink(missing_ok=True)
        return facts

    def path(self, media_type: str) -> Path:
        """Return where the file goes; a name that does not tell its form gets the media type's suffix."""
        suffix = "" if _NAMED.search(self._stem) else _SUFFIXES.get(media_type, "")
        return self.cache / f"{self._stem}{suffix}"

    @contextmanager
    def _writes(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise FetchError(
                f"{self.cache}: the cache cannot be written: {error.strerror}. Name another with --cache DIR."
            ) from error


def safe(name: str) -> str:
    """Return a name that any file system takes; its end, which tells the form, is kept."""
    plain = _UNSAFE.sub("-", name)[-_LONGEST:].lstrip(".-")
    return plain or "file"


def digest(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
