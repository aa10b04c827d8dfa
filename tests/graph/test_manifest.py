"""A manifest says what a generation holds; a damaged one is told in a sentence, never guessed at."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StoreDamaged
from graph.manifest import FILE, GraphEntry, Manifest, content, digest, read

ENTRY = GraphEntry(count=7, sha256="aa", input_sha256="bb", loaded="2026-11-21T12:00:00+00:00")
MANIFEST = Manifest(3, "2026-11-21T12:00:01+00:00", 5, {"https://example.org/g": ENTRY})


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)
    assert read(tmp_path) == MANIFEST


def test_counts_are_kept_and_an_older_manifest_has_none(tmp_path: Path) -> None:
    MANIFEST.with_counts({"areas": 108}).write(tmp_path)
    assert read(tmp_path).counts == {"areas": 108}
    old = {"generation": 3, "made": "2026-11-21T12:00:01+00:00", "merged": 5, "graphs": {}}
    (tmp_path / FILE).write_text(json.dumps(old), "utf-8")
    assert read(tmp_path) == Manifest(3, "2026-11-21T12:00:01+00:00", 5, hashed="")


def test_quads_are_those_of_the_graphs_and_of_their_merge() -> None:
    assert MANIFEST.with_graph("https://example.org/h", ENTRY).quads() == 5 + 7 + 7


def test_another_graph_leaves_the_first_manifest_alone() -> None:
    more = MANIFEST.with_graph("https://example.org/h", ENTRY)
    assert (len(MANIFEST.graphs), len(more.graphs)) == (1, 2)
    assert MANIFEST.with_graph("https://example.org/g", ENTRY) == MANIFEST


def _changed(**parts: object) -> str:
    return json.dumps({"generation": 3, "made": "", "merged": 5, "graphs": {}} | parts)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"generation": 3}',
        _changed(graphs=None),
        _changed(graphs={"https://example.org/g": {"count": 7}}),
        _changed(graphs={"https://example.org/g": 7}),
        _changed(
            graphs={"https://example.org/g": {"count": "7", "sha256": "", "input_sha256": "", "loaded": ""}}
        ),
        _changed(merged="5"),
        _changed(counts={"areas": "108"}),
        _changed(counts=[1]),
        _changed(stranger=1),
        "\udcff",
    ],
    ids=ascii,
)
def test_a_damaged_manifest_is_told_with_its_path_and_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(StoreDamaged) as damage:
        read(tmp_path)
    assert str(damage.value).startswith(f"{tmp_path / FILE}: a manifest was expected and could not be read")
    assert "Point CURRENT to an older generation, or remove the store's folder" in str(damage.value)


def test_a_missing_manifest_is_damage(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="No such file"):
        read(tmp_path)


def test_a_digest_is_the_sha256_of_the_lines_as_a_file() -> None:
    assert digest(["å", "b"]) == hashlib.sha256("å\nb\n".encode()).hexdigest()


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=2, unique=True))
def test_a_digest_depends_on_every_line_and_on_their_order(lines: list[str]) -> None:
    assert digest(lines) != digest(lines[::-1])
    assert digest(lines) != digest(lines[:-1])
    assert digest(lines) != digest(["".join(lines)])


def test_a_hash_of_content_is_the_sum_of_the_hashes_of_lines() -> None:
    total = sum(int(hashlib.sha256(line).hexdigest(), 16) for line in (b"a\n", b"b\n"))
    assert content([b"a\n", b"b\n"]) == (2, f"{total % 2**256:064x}")


@given(st.lists(st.binary(), unique=True, min_size=2))
def test_a_hash_of_content_depends_on_every_line_and_not_on_their_order(lines: list[bytes]) -> None:
    assert content(lines) == content(lines[::-1])
    assert content(lines)[1] != content(lines[1:])[1]
