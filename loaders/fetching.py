"""Fetch a file from the web into the cache: whole, once, and going on where a broken download ended."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

from loaders.cached import Fetched, Part, Place
from loaders.errors import FetchError
from loaders.web import Broken, Reply, address, opened, shown

LIMIT = 4_000_000_000
TIMEOUT = 60.0
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 120.0
_STRONG = re.compile(r'"[\x21\x23-\x7e]*"')
_ETAG = re.compile(r'(W/)?"[\x21\x23-\x7e]*"')
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_ADVICE = {
    401: "it asks for a key; download the file by hand and load it from there",
    403: "it refuses; download the file by hand and load it from there",
    404: "there is no such file; look for a new address and name it with --url",
    410: "the file is gone; look for a new address and name it with --url",
}

Tell = Callable[[int, int | None], None]


def _silent(done: int, total: int | None) -> None:
    """Tell nobody."""


def _unheard() -> None:
    """Tell nobody that another holds the place."""


@dataclass(frozen=True)
class Patience:
    """How long to bear with a server, and the clock it is measured by.

    tries: failures in a row; a try that brought `progress` bytes more than any before it begins a new row.
    wait: seconds after the first failure, doubled after each. floor: bytes a second, by the window.
    """

    tries: int = 5
    wait: float = 1.0
    progress: int = 1 << 20
    floor: int = 512
    window: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    busy: Callable[[], None] = _unheard


def fetch(
    url: str,
    cache: Path,
    *,
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
    tell: Tell = _silent,
    sha256: str | None = None,
    patience: Patience | None = None,
) -> Fetched:
    """Bring a file into the cache, or find that the one there is what the server has; return its facts."""
    patience = patience or Patience()
    asked = address(url)
    promised = None if sha256 is None else checksum(sha256)
    place = Place(cache, asked)
    with place.held(patience.busy):
        kept = place.kept()
        if promised is not None and kept is not None:
            if kept.sha256 == promised:
                return kept
            kept = None
        return _persist(_Job(asked, place, kept, promised, limit, timeout, tell, patience))


def checksum(text: str) -> str:
    """Return a sha256 in the form that is compared; refuse what is none."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise FetchError(f"{text!r} is no sha256: 64 hexadecimal digits are expected.")
    return text.lower()


@dataclass(frozen=True)
class _Job:
    url: str
    place: Place
    kept: Fetched | None
    promised: str | None
    limit: int
    timeout: float
    tell: Tell
    patience: Patience


def _persist(job: _Job) -> Fetched:
    """Try until the file is there, or until there have been too many failures without progress."""
    best, failures, met = job.place.came(), 0, False
    while True:
        try:
            return _try(job)
        except Broken as error:
            came = job.place.came()
            failures = 1 if came >= best + job.patience.progress else failures + 1
            best, met = max(best, came), met or error.met
            if failures >= job.patience.tries or not met:
                raise FetchError(_given_up(job, error)) from error
            job.patience.sleep(max(error.wait, job.patience.wait * 2 ** (failures - 1)))


def _given_up(job: _Job, error: Broken) -> str:
    said = f"{shown(job.url)}: {error.reason}."
    if job.place.part() is not None:
        said += f" {job.place.came()} bytes have come; ask again, and it goes on from there."
    if job.kept is not None:
        said += f" An earlier copy is {job.kept.path}."
    return said


def _try(job: _Job) -> Fetched:
    part = job.place.part()
    headers = _conditions(job.kept) | _range(part)
    with opened(job.url, headers, job.timeout) as reply:
        if reply.status == 304 and job.kept is not None:
            return job.kept
        _judge(job, reply, part)
        if reply.status == 206 and part is not None:
            with job.place.continued() as file:
                _take(job, reply, file, part.size)
        else:
            with job.place.begun(_validator(reply), reply.length) as file:
                _take(job, reply, file, 0)
        return _keep(job, reply)


def _conditions(kept: Fetched | None) -> dict[str, str]:
    if kept is not None and kept.etag and _ETAG.fullmatch(kept.etag):
        return {"If-None-Match": kept.etag}
    if kept is not None and kept.last_modified and _day(kept.last_modified) is not None:
        return {"If-Modified-Since": kept.last_modified}
    return {}


def _range(part: Part | None) -> dict[str, str]:
    return {} if part is None else {"Range": f"bytes={part.size}-", "If-Range": part.validator}


def _judge(job: _Job, reply: Reply, part: Part | None) -> None:
    """Refuse a reply that does not bring the file, or not from where it was asked for."""
    where = shown(job.url)
    if reply.status in _AGAIN:
        raise Broken(f"the server answers {reply.status}", wait=_wait(reply))
    if reply.status == 416:
        job.place.drop_part()
        raise Broken("the server has nothing after what came before")
    if reply.status not in (200, 206):
        advice = _ADVICE.get(reply.status, "200 was expected")
        raise FetchError(f"{where}: the server answers {reply.status}: {advice}.")
    if reply.status == 206 and (why := _misfit(reply, part)):
        job.place.drop_part()
        raise Broken(f"the server sends another part than was asked for ({why})")
    begin = part.size if reply.status == 206 and part is not None else 0
    _hold_form(job, reply)
    if reply.length is not None and begin + reply.length > job.limit:
        raise FetchError(_too_large(job, f"announces {begin + reply.length} bytes"))


def _hold_form(job: _Job, reply: Reply) -> None:
    """Refuse a file that is packed though plain was asked for, and a page in place of a data file."""
    coding = reply.header("Content-Encoding").strip().lower()
    name = job.url.partition("?")[0].lower()
    if coding not in ("", "identity") and not name.endswith((".gz", ".tgz")):
        raise FetchError(
            f"{shown(job.url)}: the server packs the file as {coding} though it was asked not to; "
            "download it by hand and load it from there."
        )
    if _media_type(reply) == "text/html" and name.endswith((".zip", ".gz", ".csv", ".json", ".xlsx", ".xml")):
        raise FetchError(
            f"{shown(job.url)}: a web page comes in place of the file; "
            "look for a new address and name it with --url."
        )


def _misfit(reply: Reply, part: Part | None) -> str:
    """Tell why a part cannot follow what came before; nothing when it can."""
    said = reply.header("Content-Range")
    found = _RANGE.fullmatch(said.strip())
    if part is None or found is None:
        return f"Content-Range {said!r}"
    begin, end = int(found[1]), int(found[2])
    whole = None if found[3] == "*" else int(found[3])
    etag = reply.header("ETag")
    if begin != part.size or (reply.length is not None and reply.length != end - begin + 1):
        return f"Content-Range {said!r} after {part.size} bytes"
    if whole is not None and (end != whole - 1 or part.total not in (None, whole)):
        return f"Content-Range {said!r} of {part.total} bytes"
    if etag and part.validator.startswith('"') and etag != part.validator:
        return "of another version"
    return ""


def _take(job: _Job, reply: Reply, file: BinaryIO, begin: int) -> None:
    """Write the body; what breaks off stays for the next try, what is too much is refused."""
    total = None if reply.length is None else begin + reply.length
    done = begin
    job.tell(done, total)
    chunks = _paced(reply, job.patience)
    while done != total and (chunk := next(chunks, b"")):
        done += len(chunk)
        if total is not None and done > total:
            _refuse_surplus(job, total)
        if done > job.limit:
            job.place.drop_part()
            raise FetchError(_too_large(job, f"sends more than {job.limit} bytes"))
        file.write(chunk)
        job.tell(done, total)
    if total is not None and done < total:
        raise Broken(f"the connection ended after {done} of {total} bytes")
    if total is not None and not reply.ends():
        _refuse_surplus(job, total)


def _paced(reply: Reply, patience: Patience) -> Iterator[bytes]:
    """Yield what comes until the end; break off when it comes too slowly."""
    since, got = patience.clock(), 0
    while chunk := reply.read():
        yield chunk
        got += len(chunk)
        now = patience.clock()
        if now - since >= patience.window:
            if got < patience.floor * (now - since):
                raise Broken(f"fewer than {patience.floor} bytes a second come")
            since, got = now, 0


def _refuse_surplus(job: _Job, total: int) -> None:
    job.place.drop_part()
    raise FetchError(
        f"{shown(job.url)}: the server announces {total} bytes and sends more; "
        "what is the file cannot be told, and nothing was put into the cache."
    )


def _keep(job: _Job, reply: Reply) -> Fetched:
    sha256 = job.place.checked(job.promised)
    media_type = _media_type(reply)
    return job.place.keep(
        Fetched(
            path=job.place.path(media_type),
            url=shown(job.url),
            final_url=shown(reply.url),
            sha256=sha256,
            size=job.place.came(),
            etag=reply.header("ETag") or None,
            last_modified=reply.header("Last-Modified") or None,
            fresh=True,
            media_type=media_type,
        )
    )


def _validator(reply: Reply) -> str:
    """Return what tells a version from others, by RFC 9110 (13.1.5): a strong ETag, else a settled date."""
    etag = reply.header("ETag")
    if etag:
        return etag if _STRONG.fullmatch(etag) else ""
    modified, now = _day(reply.header("Last-Modified")), _day(reply.header("Date"))
    if modified is None or now is None or now - modified < timedelta(seconds=1).total_seconds():
        return ""
    return reply.header("Last-Modified")


def _day(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def _wait(reply: Reply) -> float:
    said = reply.header("Retry-After").strip()
    return min(float(said), _LONGEST_WAIT) if re.fullmatch(r"[0-9]{1,9}", said) else 0.0


def _media_type(reply: Reply) -> str:
    return reply.header("Content-Type").partition(";")[0].strip().lower()


def _too_large(job: _Job, what: str) -> str:
    return f"{shown(job.url)}: the server {what}, at most {job.limit} are taken. Raise it with --limit BYTES."
