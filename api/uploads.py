"""Read what was uploaded for a graph: one document, or the parts of a form, each in its own format."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from pyoxigraph import Quad, RdfFormat

from api.guard import Refused
from graph import rdf_guard


def documents(data: bytes, media: str, graph: str) -> list[Quad]:
    """Return the triples of an upload as quads of a graph."""
    if media.partition(";")[0].strip().lower() == "multipart/form-data":
        return [quad for part, form in _parts(data, media) for quad in rdf_guard.read(part, form, graph)]
    return list(rdf_guard.read(data, _form(media), graph))


def refuse_unknown(media: str) -> None:
    """Raise Refused when graphs are not taken in a media type."""
    if media.partition(";")[0].strip().lower() != "multipart/form-data":
        _form(media)


def _parts(data: bytes, media: str) -> Iterator[tuple[bytes, RdfFormat]]:
    head = f"Content-Type: {media}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=policy.HTTP).parsebytes(head + data)
    if not message.is_multipart():
        raise Refused(400, "The body is no multipart/form-data with the boundary that is named.")
    for part in message.iter_parts():
        if not isinstance(part, EmailMessage):
            raise Refused(400, "A part of the form cannot be read.")
        content = part.get_payload(decode=True)
        yield content if isinstance(content, bytes) else b"", _part_form(part)


def _part_form(part: EmailMessage) -> RdfFormat:
    """Return the format of a part: by its own Content-Type, else by the ending of its file's name."""
    if "content-type" in part:
        return _form(str(part["content-type"]))
    ending = (part.get_filename() or "").rpartition(".")[2]
    found = RdfFormat.from_extension(ending)
    return found if found in rdf_guard.FORMS.values() and found is not None else _form("")


def _form(media: str) -> RdfFormat:
    found = rdf_guard.form(media)
    charset = _charset(media)
    if found is None:
        raise Refused(
            415,
            f"Content-Type {media.partition(';')[0].strip()!r} is not taken for a graph; send one of "
            f"{', '.join(rdf_guard.FORMS)}, or multipart/form-data with such parts.",
        )
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"The character set {charset!r} is not taken; send UTF-8.")
    return found


def _charset(media: str) -> str:
    for parameter in media.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""
