"""Write the whole site as files for any web server: pages, data, dumps, catalogue, all linked to one another.

The pages are asked in a few processes side by side, beginning with every thing of the newest release;
what they link to is asked in turn. When all files are known, the links are put in.
"""

import json
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol, TypeVar

from jinja2 import Environment, FileSystemLoader

from api import static_render
from api.reader import LANGUAGES
from api.settings import Settings
from api.static_links import Key
from api.static_render import Found
from graph import thing_lists
from graph.errors import StoreError
from graph.release_files import WHOLE
from graph.releases import THINGS, Release, Releases
from ontology.names import BASE

MARKER = ".samspel-static"
BEGIN = (
    "/",
    "/offline",
    "/regions",
    "/map",
    "/networks",
    "/needs",
    "/queries",
    "/sources",
    "/missing",
    "/accessibility",
    "/privacy",
    "/ontology",
    "/docs",
)
ALSO = (
    *("/catalog", "/catalog.rdf", "/dumps/", "/dumps/withdrawn.csv", "/feed.atom", "/openapi.json"),
    *("/api/queries", "/api/networks", "/api/measures", "/api/match"),
)
MAYBE = (  # taken where the server has them
    *("/.well-known/void", "/robots.txt"),
    *(f"/ontology.{ending}" for ending in ("ttl", "rdf", "jsonld", "nt")),
)
_BATCH = 24
_SITEMAP = 50_000  # addresses in one file, by the protocol
_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
_SITEMAPS = _TEMPLATES.get_template("static-sitemap.xml")
Tell = Callable[[str], None]
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Written:
    """What came of writing a site: how many pages and other files, and what could not be had."""

    pages: int
    files: int
    broken: tuple[tuple[str, int], ...]  # address and status


def write(
    settings: Settings,
    release: Release,
    target: Path,
    tell: Tell = lambda _: None,
    processes: int = 0,
    chosen: Callable[[Key], bool] = lambda _: True,
) -> Written:
    """Write the site of a release into a folder, replacing an older site of ours there.

    What is not `chosen` is left out, and links to it lead to the public address. The folder is new or
    an earlier site: until the new one is whole, the old one stays.
    """
    settings = replace(settings, address=settings.address or settings.base)
    with _replacing(target) as folder:
        begin = [each for each in _begin(settings, release) if chosen(each)]
        found = _Crawl(settings, folder, tell, processes or os.cpu_count() or 1, chosen).run(begin)
        _sitemap(folder, settings.address, sorted(each.file for each in found.values() if each.html))
        names = {each.file for each in found.values() if each.file}
        pages = {each.file for each in found.values() if each.html}
        (folder / MARKER).write_text(json.dumps({"version": release.version}) + "\n", "utf-8")
    broken = [(each.asked.path, each.status) for each in found.values() if each.status >= 400]
    return Written(
        len(pages),
        len(names) - len(pages),
        tuple(each for each in sorted(set(broken)) if each[0] not in MAYBE),
    )


def _begin(settings: Settings, release: Release) -> Iterator[Key]:
    for path in (*BEGIN, *ALSO, *MAYBE):
        yield from (Key(path, "", language) for language in (LANGUAGES if path in BEGIN else LANGUAGES[:1]))
    bases = tuple(f"{base}id/" for base in dict.fromkeys((settings.base, BASE)))
    for part, iri, _ in thing_lists.read(Releases(settings.store).folder / release.version / THINGS):
        if part.decode() == WHOLE:
            for base in bases:
                if (thing := iri[1:-1].decode()).startswith(base):
                    path = "/page/" + thing.removeprefix(base)
                    yield from (Key(path, "", language) for language in LANGUAGES)


class _Crawl:
    """Ask for everything that is linked, then put the links in."""

    def __init__(
        self, settings: Settings, folder: Path, tell: Tell, processes: int, chosen: Callable[[Key], bool]
    ) -> None:
        self._settings, self._folder, self._tell = settings, folder, tell
        self._processes, self._chosen = processes, chosen
        self._found: dict[Key, Found] = {}

    def run(self, begin: Iterable[Key]) -> dict[Key, Found]:
        """Write all files; return what became of everything that was asked for."""
        with self._pool(static_render.begin, self._settings, self._folder) as work:
            waiting = set(begin)
            while waiting:
                self._tell(f"{len(self._found):,} written, {len(waiting):,} waiting")
                batches = _batches(sorted(waiting), _BATCH)
                waiting = set()
                for answers in work(static_render.render, batches):
                    for each in answers:
                        self._found[each.asked] = each
                        waiting.update(each.links, [each.instead] if each.instead else ())
                waiting = {each for each in waiting if each not in self._found and self._chosen(each)}
        self._link()
        return self._found

    def _link(self) -> None:
        known = self._folder / ".known"
        known.write_bytes(pickle.dumps(self._names()))
        pages = sorted({each.file for each in self._found.values() if each.html})
        self._tell(f"Linking {len(pages):,} pages")
        with self._pool(static_render.begin_links, self._folder, known, self._settings.address) as work:
            list(work(static_render.link, _batches(pages, _BATCH)))
        known.unlink()

    def _names(self) -> dict[tuple[str, str, str], str]:
        """Return the file of everything that has one, redirections followed."""
        names = {}
        for asked in self._found:
            if name := self._end(asked).file:
                names[asked.path, asked.query, asked.language] = name
        return names

    def _end(self, asked: Key) -> Found:
        """Return what stands at the end of a chain of redirections."""
        found, seen = self._found[asked], {asked}
        while found.instead in self._found and found.instead not in seen:
            seen.add(found.instead)
            found = self._found[found.instead]
        return found

    @contextmanager
    def _pool(self, prepare: Callable[..., None], *given: object) -> Iterator["_Work"]:
        """Give processes that were prepared; with one, this very process works."""
        if self._processes == 1:
            prepare(*given)
            yield _one_by_one
            return
        with ProcessPoolExecutor(self._processes, get_context("spawn"), prepare, given) as pool:
            yield pool.map


class _Work(Protocol):
    """What does a job with each of many, in some processes or in this one."""

    def __call__(self, job: Callable[[T], R], many: Iterable[T], /) -> Iterator[R]:
        """Yield what the job gives for each, in order."""


def _one_by_one(job: Callable[[T], R], many: Iterable[T], /) -> Iterator[R]:
    return (job(each) for each in many)


def _batches(many: Iterable[T], size: int) -> list[list[T]]:
    ahead = iter(many)
    return list(iter(lambda: list(islice(ahead, size)), []))


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Give a hidden folder beside the target that takes its place when the block ends well."""
    target = target.absolute()
    if target.exists() and not (target.is_dir() and (_ours(target) or not any(target.iterdir()))):
        raise StoreError(
            f"{target}: it is there already and is no site written by samspel; name another folder."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            yield folder
            folder.chmod(0o755)
            if target.exists():
                target.rename(old := folder.with_name(f"{folder.name}-old"))
                folder.rename(target)
                shutil.rmtree(old)
            else:
                folder.rename(target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error.strerror}. What was there stays.") from error


def _ours(folder: Path) -> bool:
    return (folder / MARKER).is_file()


def _sitemap(folder: Path, address: str, pages: list[str]) -> None:
    """Write sitemap.xml: the addresses of all pages; more than a file may hold stand in several."""
    root = address.rstrip("/#")
    parts = _batches((f"{root}/{page}" for page in pages), _SITEMAP)
    if len(parts) == 1:
        (folder / "sitemap.xml").write_text(_urls("urlset", "url", parts[0]), "utf-8")
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        (folder / name).write_text(_urls("urlset", "url", part), "utf-8")
    whole = _urls("sitemapindex", "sitemap", [f"{root}/{name}" for name in names])
    (folder / "sitemap.xml").write_text(whole, "utf-8")


def _urls(whole: str, each: str, addresses: Iterable[str]) -> str:
    """Return a sitemap."""
    return _SITEMAPS.render(whole=whole, each=each, addresses=addresses)
