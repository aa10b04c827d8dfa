"""How often a client may ask: counted by its own clock, in a table that does not grow."""

from typing import TYPE_CHECKING

import pytest

from api.door.rate import Limited, Rate

if TYPE_CHECKING:
    from tests.api.door.conftest import Tools


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_answered_and_then_so_many_a_second() -> None:
    clock = Clock()
    rate = Rate(10, 5, clock=clock)
    assert [rate.wait("a") for _ in range(5)] == [0.0] * 5
    assert rate.wait("a") == pytest.approx(0.1)
    assert rate.wait("b") == 0.0
    clock.now += 0.1
    assert rate.wait("a") == 0.0
    assert rate.wait("a") == pytest.approx(0.1)
    clock.now += 60
    assert [rate.wait("a") == 0.0 for _ in range(6)] == [True] * 5 + [False]


def test_over_time_no_more_is_answered_than_the_rate() -> None:
    clock = Clock()
    rate = Rate(10, 5, clock=clock)
    answered = 0
    for _ in range(1000):
        clock.now += 0.01
        answered += rate.wait("a") == 0.0
    assert answered == pytest.approx(10 * 10 + 5, abs=1)


def test_spraying_addresses_does_not_fill_the_memory_nor_free_the_busy_one() -> None:
    clock = Clock()
    rate = Rate(1, 1, clients=100, clock=clock)
    assert rate.wait("busy") == 0.0
    for at in range(5000):
        rate.wait(f"sprayed {at}")
        assert rate.wait("busy") > 0
    assert len(rate) == 100


def test_a_refusal_names_the_limit_the_time_and_the_dumps(tools: "Tools") -> None:
    refused = list[int]()
    app = Limited(tools.echo, 1, 2, lambda: refused.append(1))
    assert [tools.ask(app)[0] for _ in range(3)] == [200, 200, 429]
    status, head, body = tools.ask(app)
    assert (status, head["retry-after"], refused) == (429, "1", [1, 1])
    assert b"1 a second, 2 at once" in body and b"/dumps/" in body
    assert tools.ask(app, client="192.0.2.8")[0] == 200
    assert tools.ask(app, path="/health")[0] == 200


def test_a_network_of_ipv6_is_one_client(tools: "Tools") -> None:
    app = Limited(tools.echo, 1, 1)
    assert tools.ask(app, client="2001:db8:0:1::1")[0] == 200
    assert tools.ask(app, client="2001:db8:0:1::2")[0] == 429
    assert tools.ask(app, client="2001:db8:0:2::1")[0] == 200


@pytest.mark.parametrize("client", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_machine_s_own_user_is_not_limited_unless_forwarded(tools: "Tools", client: str) -> None:
    app = Limited(tools.echo, 1, 1)
    assert {tools.ask(app, client=client)[0] for _ in range(5)} == {200}
    forwarded = [tools.ask(app, client=client, x_forwarded_for="nonsense")[0] for _ in range(2)]
    assert forwarded == [200, 429]
