"""Tell a SPARQL update from other requests to /sparql, and take it out of its parameters or body."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from api.guard import Refused

DIRECT, FORM = "application/sparql-update", "application/x-www-form-urlencoded"
_USING, _USING_NAMED = "using-graph-uri", "using-named-graph-uri"
_QUERY_ONLY = ("query", "default-graph-uri", "named-graph-uri")
_MANY = 10_000  # parameters of a form


@dataclass(frozen=True)
class Update:
    """An update as it came: its text and the graphs that its patterns read."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


def may_be_update(content_type: str, query_string: bytes) -> bool:
    """Tell whether a request says before its body that it is an update."""
    return _media(content_type) == DIRECT or "update" in _parameters(query_string, "The address")


def update_of(method: str, content_type: str, query_string: bytes, body: bytes) -> Update | None:
    """Return the update of a request, None when it is none; raise Refused when it is a wrong one."""
    found = _parameters(query_string, "The address")
    if "update" in found:
        raise Refused(
            400 if method == "POST" else 405, "An update is sent by POST, in the body; not in the address."
        )
    media = _media(content_type)
    if method == "POST" and media == DIRECT:
        return _update(found, [_decoded(body, content_type)])
    if method == "POST" and media == FORM:
        form = _parameters(body, "The form")
        if "update" in form:
            for name, values in form.items():
                found[name] = [*found.get(name, ()), *values]
            return _update(found, found.pop("update"))
    return None


def _update(parameters: dict[str, list[str]], texts: list[str]) -> Update:
    if len(texts) != 1:
        raise Refused(400, f"{len(texts)} updates came at once; send one (it may hold several operations).")
    for name in _QUERY_ONLY:
        if name in parameters:
            raise Refused(400, f"{name!r} belongs to a query; an update takes {_USING} and {_USING_NAMED}.")
    return Update(texts[0], tuple(parameters.get(_USING, ())), tuple(parameters.get(_USING_NAMED, ())))


def _parameters(data: bytes, what: str) -> dict[str, list[str]]:
    try:
        text = data.decode()
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MANY)
    except UnicodeDecodeError as error:
        raise Refused(400, f"{what} is not UTF-8.") from error
    except ValueError as error:
        raise Refused(400, f"{what} has more than {_MANY} parameters.") from error


def _decoded(body: bytes, content_type: str) -> str:
    charset = content_type.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"The character set {charset!r} is not taken; send the update as UTF-8.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"The update is not UTF-8 (byte {error.start}).") from error


def _media(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
