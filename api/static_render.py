"""Ask the pages in this process, with no server and no network, and keep each answer as a file."""

import asyncio
import pickle
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlsplit

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, Template
from starlette.types import Message, Scope

from api.app import create_app
from api.pages.offline import PATH as OFFLINE
from api.settings import Settings
from api.static_links import BETWEEN, MARK, SERVER_ONLY, Key, Notes, Page, file, key, relative
from api.view import STATIC
from api.words_catalog import CATALOG_WORDS
from graph.releases import Releases

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Found:
    """What became of something asked for: a file, another thing to ask for, or an error's status."""

    asked: Key
    file: str = ""
    html: bool = False
    instead: Key | None = None
    status: int = 200
    links: tuple[Key, ...] = ()


@dataclass(frozen=True)
class _Answer:
    status: int
    media: str
    location: str
    body: bytes


class Renderer:
    """The pages of a store, asked one by one and written below a folder."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings, self._folder, self._first = settings, folder, settings.language
        self._releases = Releases(settings.store)
        self._known: set[Key] = set()

    def render(self, asked: Iterable[Key]) -> list[Found]:
        """Ask for each and write its file; links that were told before are not told again."""
        return asyncio.run(self._all(list(asked)))

    async def _all(self, asked: list[Key]) -> list[Found]:
        return [await self._one(each) for each in asked]

    async def _one(self, asked: Key) -> Found:
        if asked.path.rstrip("/") in SERVER_ONLY:
            return Found(asked, instead=Key(OFFLINE, "", asked.language))
        if copied := self._dump(asked):
            return copied
        answer = await self._ask(asked)
        if 300 <= answer.status < 400:
            return Found(asked, instead=key(answer.location, asked, self._first), status=answer.status)
        if answer.status != 200:
            return Found(asked, status=answer.status)
        name, links = file(asked, answer.media, self._first), tuple[Key, ...]()
        body, is_page = answer.body, answer.media == "text/html"
        if is_page:
            page = Page(body.decode(), asked, self._first, self._notes(asked.language))
            body, links = page.marked.encode(), tuple(page.links - self._known)
            self._known |= page.links
        self._write(name, body)
        return Found(asked, name, is_page, links=links)

    def _dump(self, asked: Key) -> Found | None:
        """Copy a file of a release, which may be larger than memory."""
        parts = asked.path.strip("/").split("/")
        source = self._releases.file(parts[1], parts[2]) if len(parts) == 3 and parts[0] == "dumps" else None
        if source is None:
            return None
        target = self._folder / "/".join(parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return Found(asked, "/".join(parts))

    def _write(self, name: str, body: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)

    @cached_property
    def _app(self) -> FastAPI:
        return create_app(self._settings)

    async def _ask(self, asked: Key) -> _Answer:
        head: dict[str, str] = {}
        status, body = 500, bytearray()

        asks = iter([True])

        async def receive() -> Message:
            if not next(asks, False):  # after its one message this client stays, and says no more
                await asyncio.Event().wait()
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                head.update((name.decode().lower(), value.decode()) for name, value in message["headers"])
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        await self._app(self._scope(asked), receive, send)
        media = head.get("content-type", "").partition(";")[0]
        return _Answer(status, media, head.get("location", ""), bytes(body))

    def _scope(self, asked: Key) -> Scope:
        address = urlsplit(self._settings.address or self._settings.base)
        headers = {
            "host": address.netloc,
            "accept": "text/html, */*;q=0.5",
            "accept-language": asked.language,
        }
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": address.scheme,
            "path": asked.path,
            "raw_path": quote(asked.path).encode(),
            "query_string": asked.query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": None,
            "server": None,
            STATIC: True,
        }

    def _notes(self, language: str) -> Notes:
        at, address = int(language == "en"), self._settings.address
        said = CATALOG_WORDS["static_form" if address else "static_form_here"][at]
        note = said.format(command="samspel serve", address=address)
        before, after = self._template.render(note=note).split(MARK)
        return Notes(before, after)

    @cached_property
    def _template(self) -> Template:
        loader = FileSystemLoader(_TEMPLATES)
        return Environment(loader=loader, autoescape=True).get_template("static_form.html")


class Linker:
    """Put the files' names in the place of the marked links, once all files are known."""

    def __init__(self, folder: Path, known: Path, address: str) -> None:
        self._folder, self._address = folder, address.rstrip("/#")
        self._files: dict[tuple[str, str, str], str] = pickle.loads(known.read_bytes())  # noqa: S301  # our own

    def link(self, names: Iterable[str]) -> None:
        """Finish the pages of these names."""
        for name in names:
            path = self._folder / name
            parts = path.read_text("utf-8").split(MARK)
            parts[1::2] = [self._resolved(name, mark) for mark in parts[1::2]]
            path.write_text("".join(parts), "utf-8")

    def _resolved(self, at: str, mark: str) -> str:
        path, query, language, fragment = mark.split(BETWEEN)
        target = self._files.get((path, query, language))
        if target is not None:
            return relative(at, target, fragment)
        return f"{self._address}{quote(path)}{'?' if query else ''}{query}".replace("&", "&amp;")


_renderer: Renderer | None = None
_linker: Linker | None = None


def begin(settings: Settings, folder: Path) -> None:
    """Prepare a process that renders pages."""
    global _renderer  # noqa: PLW0603  # a process of a pool has no other place to keep it
    _renderer = Renderer(settings, folder)


def render(asked: list[Key]) -> list[Found]:
    """Render in a process that was prepared."""
    if _renderer is None:
        raise RuntimeError("This process was not prepared to render.")
    return _renderer.render(asked)


def begin_links(folder: Path, known: Path, address: str) -> None:
    """Prepare a process that finishes pages."""
    global _linker  # noqa: PLW0603  # as above
    _linker = Linker(folder, known, address)


def link(names: list[str]) -> None:
    """Finish pages in a process that was prepared."""
    if _linker is None:
        raise RuntimeError("This process was not prepared to finish pages.")
    _linker.link(names)
