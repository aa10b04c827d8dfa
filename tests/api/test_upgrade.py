"""A store of an older samspel opens, answers, and is renewed by the next build; a newer one is told."""

import json

import pytest

from api.build import build, outdated
from graph.errors import StoreDamaged
from graph.generations import Home
from graph.iris import Iris
from graph.manifest import FILE, HASHED
from queries.answer import ask
from queries.catalogue import query

LATER = ("counts", "hashed", "files", "sums", "seal")  # what manifests hold that the first ones did not


def _age(home: Home, **parts: object) -> None:
    """Make a manifest like that of an older samspel, whose facts were others."""
    path = home.data(1).parent / FILE
    raw = {name: value for name, value in json.loads(path.read_text("utf-8")).items() if name not in LATER}
    raw["graphs"][Iris().graph("seeds")[1:-1]]["input_sha256"] = "0" * 64
    path.write_text(json.dumps(raw | parts), "utf-8")


def test_an_older_store_answers_and_is_renewed_by_a_build(home: Home) -> None:
    _age(home)
    assert len(ask(home.open(), query("cq03")).rows.rows) == 5
    assert outdated(home, Iris()) == ["seeds"]
    (told,) = home.verify()
    assert told.endswith("renew them: samspel build")
    assert build(home, Iris()).changed
    manifest = home.manifest()
    assert (manifest.generation, manifest.hashed) == (2, HASHED)
    assert manifest.counts and manifest.files and manifest.sums
    assert home.verify() == outdated(home, Iris()) == []


def test_a_store_of_a_newer_samspel_is_not_taken_for_a_broken_one(home: Home) -> None:
    _age(home, invented=1)
    with pytest.raises(
        StoreDamaged, match="unknown: invented; if a newer samspel wrote this store, use that one"
    ):
        home.open()
