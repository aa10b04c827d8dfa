"""Frames arrive as they were sent, however the bytes are cut."""

import io

from hypothesis import given
from hypothesis import strategies as st

from api.service import frames
from api.service.frames import Frame, Incoming

HEADERS = [(b"content-type", b"text/csv; charset=utf-8"), (b"x", b"1")]
SENT = (
    frames.whole(404, HEADERS, b"no\n")
    + frames.start(200, [])
    + frames.data(b"")
    + frames.data(b"a" * 70_000)
    + frames.end()
    + frames.broken("It ended: å.")
)


def read(cuts: list[int]) -> list[Frame]:
    """Feed what was sent in pieces."""
    incoming, found, before = Incoming(), list[Frame](), 0
    for cut in [*sorted(cuts), len(SENT)]:
        found += incoming.feed(SENT[before:cut])
        before = cut
    return found


@given(st.lists(st.integers(0, len(SENT)), max_size=8))
def test_frames_are_the_same_however_they_are_cut(cuts: list[int]) -> None:
    whole, start, empty, data, end, broken = read(cuts)
    assert whole.head is not None and (whole.head.status, whole.head.headers) == (404, HEADERS)
    assert (whole.kind, whole.data) == (frames.WHOLE, b"no\n")
    assert start.head is not None and (start.head.status, start.head.headers, start.data) == (200, [], b"")
    assert (empty.data, data.data) == (b"", b"a" * 70_000)
    assert (end.kind, broken.data.decode()) == (frames.END, "It ended: å.")


def test_a_job_is_read_as_it_was_written() -> None:
    job = {"do": "query", "query": "ASK { ?å ?b '\x00' }", "accept": None, "default": ["urn:a"]}
    file = io.BytesIO(frames.write_job(job) + frames.write_job({}))
    assert frames.read_job(file) == job
    assert frames.read_job(file) == {}
    assert frames.read_job(file) is None
