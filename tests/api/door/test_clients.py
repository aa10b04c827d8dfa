"""Addresses: cut for counting and for telling."""

import doctest
from types import ModuleType

import pytest

import api.door.clients
import api.door.watched
from api.door.clients import client_of, counted, own, told


@pytest.mark.parametrize("module", [api.door.clients, api.door.watched])
def test_the_examples_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted and not found.failed


def test_who_has_no_address_is_unknown_and_not_our_own() -> None:
    assert client_of({"client": None, "headers": []}) == "unknown"
    assert not own({"client": None, "headers": []})


@pytest.mark.parametrize("address", ["", "x" * 10_000, "1.2.3.4.5", "fe80::1%eth0\n", "\x1b[31m"])
def test_nonsense_is_never_told(address: str) -> None:
    assert "\n" not in told(address) and "\x1b" not in told(address)
    assert len(counted(address)) < 50


@pytest.mark.parametrize("address", ["192.0.2.77", "2001:db8:aa:bb:cc:dd:ee:ff"])
def test_what_is_told_is_no_whole_address(address: str) -> None:
    assert address not in told(address) and told(address).endswith(("/24", "/48"))
