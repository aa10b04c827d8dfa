"""Agents: tools give what the web gives, with its refusals; asked by the client of the package mcp."""

import json
import os
import re
import select
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent, Tool

from api import agents, commands_mcp
from api.settings import Settings, SettingsError
from benchmarks.processes import free_port
from graph.errors import StoreError
from graph.generations import Home

T = TypeVar("T")
DOCS = Path(__file__).parents[2] / "docs" / "agents.md"
ENGLISH = {"Accept": "application/json", "Accept-Language": "en"}
Ask = Callable[..., CallToolResult]


@pytest.fixture(scope="module")
def built_settings(built: Home) -> Settings:
    return Settings(store=built.folder)


@pytest.fixture
def ask(built_settings: Settings, address: str) -> Ask:
    """A function that calls a tool, over a server that runs elsewhere."""

    def call(tool: str, **given: object) -> CallToolResult:
        async def asking(client: Client) -> CallToolResult:
            return await client.call_tool(tool, given)

        return with_client(built_settings, address, asking)

    return call


def with_client(settings: Settings, server: str | None, use: Callable[[Client], Awaitable[T]]) -> T:
    async def main() -> T:
        async with (
            commands_mcp.asked(settings, server) as asker,
            Client(agents.server(asker)) as client,
        ):
            return await use(client)

    return anyio.run(main)


def answer(result: CallToolResult) -> Any:
    assert not result.is_error and result.structured_content is not None, text(result)
    assert json.loads(text(result)) == result.structured_content
    return result.structured_content["answer"]


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def refused(result: CallToolResult) -> str:
    assert result.is_error
    return text(result)


@pytest.mark.parametrize(
    ("tool", "given", "where"),
    [
        ("search", {"text": "skog", "limit": 3}, "/api/search?q=skog&limit=3&offset=0"),
        ("search", {"text": "ö", "kind": "place"}, "/api/search?q=%C3%B6&kind=place&limit=20&offset=0"),
        ("describe", {"thing": "https://w3id.org/samspel/id/county/05"}, "/data/county/05.jsonld"),
        ("describe", {"thing": "county/05"}, "/data/county/05.jsonld"),
        (
            "run_query",
            {"name": "cq03", "values": {"level": "all"}},
            "/api/queries/cq03?level=all&limit=100&offset=0",
        ),
        ("match", {"text": "digital vård i hemmet"}, "/api/match?text=digital+v%C3%A5rd+i+hemmet"),
        ("measure", {"name": "degree"}, "/api/measures/degree"),
        (
            "measure",
            {"name": "betweenness", "values": {"network": "counties"}},
            "/api/measures/betweenness?network=counties",
        ),
    ],
)
def test_a_tool_gives_what_its_address_gives(
    ask: Ask, live: httpx2.Client, tool: str, given: Mapping[str, object], where: str
) -> None:
    result = ask(tool, **given)
    assert answer(result) == live.get(where, headers=ENGLISH).json()
    assert result.structured_content is not None and result.structured_content["address"] == where


def test_a_description_holds_the_evidence_and_a_term_is_described_too(ask: Ask) -> None:
    area = ask("describe", thing="area/smaland-oarna-digital-tjansteutveckling")
    said = json.dumps(answer(area))
    assert "Science Park" in said and '"fromDocument"' in said and '"lines"' in said
    assert area.structured_content is not None
    assert area.structured_content["page"] == "/page/area/smaland-oarna-digital-tjansteutveckling"
    term = answer(ask("describe", thing="https://w3id.org/samspel/ontology#Project"))
    assert "Project" in json.dumps(term)


def test_sparql_is_answered_as_json_or_turtle(ask: Ask) -> None:
    found = answer(ask("sparql", query="ASK { ?s a ?class }"))
    assert found["boolean"] is True
    counted = answer(ask("sparql", query=f"# {'long ' * 1000}\nSELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }}"))
    assert int(counted["results"]["bindings"][0]["n"]["value"]) > 10_000
    county = "<https://w3id.org/samspel/id/county/05>"
    assert "Östergötland" in answer(
        ask("sparql", query=f"CONSTRUCT {{ {county} ?p ?o }} {{ {county} ?p ?o }}")
    )


def test_the_catalogues_tell_what_can_be_asked(ask: Ask, live: httpx2.Client) -> None:
    every, some = answer(ask("queries")), answer(ask("queries", category="competency"))
    assert [each["name"] for each in every] == [each["name"] for each in live.get("/api/queries").json()]
    assert len(some) == 25 and "sparql" not in some[0]
    found = answer(ask("measures"))
    assert {each["name"] for each in found["networks"]} >= {"organisations", "counties"}
    assert {each["name"] for each in found["measures"]} >= {"degree", "eci"}
    assert found["matrices"] == live.get("/api/matrices").json()


@pytest.mark.parametrize(
    ("tool", "given", "sentence"),
    [
        ("sparql", {"query": "SELECT nonsense"}, "cannot be parsed at line 1, column 8"),
        (
            "sparql",
            {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"},
            "SERVICE and LOAD are",
        ),
        ("sparql", {"query": "DROP ALL"}, "DROP changes data; this endpoint only reads"),
        ("sparql", {"query": f"SELECT * {{ {'{' * 3000} }}"}, "nest"),
        ("sparql", {"query": "SELECT * { ?s ?p ?o }"}, "an agent is given 200000 at most"),
        ("run_query", {"name": "cq99"}, "query"),
        ("run_query", {"name": "cq03", "values": {"level": "none"}}, "level"),
        ("run_query", {"name": "../search"}, "is no name"),
        ("measure", {"name": "eci", "values": {"matrix": "declared-areas"}}, "are not connected"),
        ("measure", {"name": "degree?network=x"}, "is no name"),
        ("describe", {"thing": "https://example.org/x"}, "is no thing of this graph"),
        ("describe", {"thing": "county/05/../../../metrics"}, "is no thing of this graph"),
        ("describe", {"thing": "county/.."}, "is no thing of this graph"),
        ("describe", {"thing": "county/99"}, "county/99"),
        ("search", {"text": "a", "limit": 5000}, "less than or equal to 1000"),
        ("search", {"text": "a", "kind": "nothing"}, "kind"),
    ],
)
def test_a_refusal_is_the_servers_sentence(
    ask: Ask, tool: str, given: Mapping[str, object], sentence: str
) -> None:
    assert sentence in refused(ask(tool, **given))


def test_an_unknown_query_is_told_with_those_like_it(live: httpx2.Client) -> None:
    found = live.get("/api/queries/cq99?limit=3")
    assert (
        found.status_code == 404 and "cq99" in found.json()["error"] and "limit" not in found.json()["error"]
    )


def test_every_tool_only_reads_and_is_documented(built_settings: Settings, address: str) -> None:
    async def listed(client: Client) -> list[Tool]:
        assert "evidence" in (client.instructions or "")
        return (await client.list_tools()).tools

    found = with_client(built_settings, address, listed)
    documented = re.findall(r"^\| `(\w+)` \|", DOCS.read_text("utf-8"), re.MULTILINE)
    assert [tool.name for tool in found] == documented
    for tool in found:
        assert tool.annotations is not None and tool.annotations.read_only_hint, tool.name
        assert tool.description and tool.title
        assert all("description" in each for each in tool.input_schema["properties"].values()), tool.name


def test_a_server_that_is_not_there_is_told(built_settings: Settings) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"

    async def asking(client: Client) -> CallToolResult:
        return await client.call_tool("search", {"text": "a"})

    assert f"{nowhere}: cannot be reached: " in refused(with_client(built_settings, nowhere, asking))


def test_the_command_serves_over_standard_input_and_ends_with_its_client(built: Home) -> None:
    """The whole way: a process with its own workers, which are gone when the client is."""
    command = ["-c", "from api.cli import main; main()", "mcp", "--store", str(built.folder)]
    given = StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))

    async def main() -> tuple[CallToolResult, list[int]]:
        async with Client(stdio_client(given)) as client:
            found = await client.call_tool("run_query", {"name": "cq03"})
            return found, [os.pidfd_open(pid) for pid in _below(os.getpid(), str(built.folder))]

    result, mine = anyio.run(main)
    assert answer(result)["total"] == 5 and len(mine) > 2
    for process in mine:
        assert select.select([process], [], [], 10)[0], "a process goes on without its client"
        os.close(process)


def test_what_cannot_begin_says_why(built: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match=r"is empty\. Build it first: samspel build"):
        commands_mcp.mcp_command(None, str(tmp_path), None)
    with pytest.raises(SettingsError, match="expected the address of a samspel server"):
        commands_mcp.mcp_command("localhost", str(built.folder), None)
    monkeypatch.setitem(sys.modules, "mcp", None)
    with pytest.raises(SettingsError, match="install it with `pip install mcp`"):
        commands_mcp.mcp_command(None, str(built.folder), None)


def _below(parent: int, named: str) -> set[int]:
    """Return the processes under one whose command line names something, and theirs."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    first = {
        pid
        for pid, of in parents.items()
        if of == parent and named in Path(f"/proc/{pid}/cmdline").read_text()
    }
    found = set(first)
    while more := {pid for pid, of in parents.items() if of in found} - found:
        found |= more
    return found
