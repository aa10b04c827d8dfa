"""The targets of `make fuzz`: their seeds hold, and a rule that does not hold is told."""

from pathlib import Path

import pytest

from scripts.fuzz.targets import TARGETS, Find, hold

SPOILT = (
    b"",
    b"\0",
    b"\xff\xfe\xfd",
    b'"' * 40,
    b"{[<(" * 10,
    b"PK\x03\x04" + bytes(30),
    b"a/b",
    "å/ä".encode(),
)


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_for_its_seeds_and_for_spoilt_ones(name: str) -> None:
    target = TARGETS[name]
    for data in (*target.seeds, *(seed[: len(seed) // 2] for seed in target.seeds), *SPOILT):
        target.run(data)


def test_a_rule_that_does_not_hold_is_a_find(monkeypatch: pytest.MonkeyPatch) -> None:
    hold(True, "holds")
    monkeypatch.setattr("api.guard._plain", lambda _: "ASK")
    with pytest.raises(Find, match="different forms"):
        TARGETS["guard"].run(b"SELECT * {}")


def test_every_target_is_told_in_the_docs() -> None:
    told = (Path(__file__).parent.parent / "docs" / "mutants.md").read_text("utf-8")
    assert [name for name in TARGETS if f"`{name}`" not in told] == []
