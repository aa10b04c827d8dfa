"""What agents may ask by the Model Context Protocol: tools that read our own addresses.

A tool is a request that the web could make too: limits, refusals and evidence are those of the server, and
nothing can be written. An answer says at which address a person finds it again.
"""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import httpx2
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from ontology.names import BASE, SAMSPEL
from queries.search_build import KINDS

Told = dict[str, Any]
MOST: Final = 200_000  # characters of an answer: a larger one fills an agent's memory
PATIENCE: Final = 60.0  # seconds; the server itself ends what takes long
_LONG: Final = 4_000  # characters of an address
_JSON: Final = "application/json"
_ANSWERS: Final = "application/sparql-results+json, text/turtle;q=0.9"
_LINKED: Final = "application/ld+json"
_THING: Final = re.compile(r"[A-Za-z0-9-]+/[^\s/?#.][^\s/?#]*")
_READS: Final = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
ABOUT: Final = f"""\
samspel is an open knowledge graph of the regional innovation ecosystem in Sweden: strength and challenge
areas of regions, organisations, projects and who takes part in them, funds, needs of municipalities.
Begin with `search` (a name) or `queries` (what can be asked); `run_query` answers a catalogued question,
`sparql` any other. The default graph is the merge of all sources; each source has a named graph.
Cite the evidence that answers carry (document:lines and literal, derived or inferred). What a source leaves
open is said to be unknown, and a measure that would mean nothing is refused with the reason: pass both on.
Prefixes: samspel: <{SAMSPEL}>, things <{BASE}id/KIND/KEY>, skos, org, schema, dcterms as usual."""

Words = Annotated[str, Field(description="Words of a name, in Swedish or English.")]
Name = Annotated[str, Field(description="Its name, as the catalogue lists it.")]
Values = Annotated[
    dict[str, str] | None, Field(description="Parameters by name, all as texts; defaults for the others.")
]
Limit = Annotated[int, Field(description="Rows at most.", ge=1, le=1000)]
Offset = Annotated[int, Field(description="Rows passed over.", ge=0)]


class Asker:
    """Asks a server of ours, running elsewhere or within this process."""

    def __init__(self, client: httpx2.AsyncClient, base: str = BASE) -> None:
        self._client, self.base = client, base

    async def get(self, path: str, given: Mapping[str, object] | None = None, accept: str = _JSON) -> Told:
        """Return an answer that an agent can take, and its address."""
        return _bounded(await self.whole(path, given, accept))

    async def whole(self, path: str, given: Mapping[str, object] | None = None, accept: str = _JSON) -> Told:
        """Return an answer and its address; raise ToolError with the server's sentence when it refuses."""
        asked = {key: str(value) for key, value in (given or {}).items() if value is not None}
        address = f"{path}?{urlencode(asked)}" if asked else path
        head = {"Accept": accept, "Accept-Language": "en"}
        try:
            if len(address) > _LONG:  # as long as a query may be, which an address may not
                found = await self._client.post(path, data=asked, headers=head)
            else:
                found = await self._client.get(address, headers=head)
        except httpx2.TransportError as error:
            raise ToolError(
                f"{self._client.base_url}: cannot be reached: {error or type(error).__name__}."
            ) from error
        if found.status_code != 200:
            raise ToolError(_sentence(found))
        kind = found.headers.get("content-type", "")
        return {"address": address, "answer": found.json() if "json" in kind else found.text}


def server(asker: Asker) -> MCPServer[Any]:
    """Return the server with its tools; whoever runs it chooses how agents reach it."""
    made = MCPServer[Any]("samspel", title="samspel", instructions=ABOUT, log_level="ERROR")

    @made.tool(title="Search by name", annotations=_READS)
    async def search(
        text: Words,
        kind: Annotated[str | None, Field(description=f"Only of this kind: {', '.join(KINDS)}.")] = None,
        county: Annotated[str | None, Field(description="Only of this county, by code: 05.")] = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Told:
        """Find organisations, projects, areas, places, funds, terms by words of their names, best first."""
        given = {"q": text, "kind": kind, "county": county, "limit": limit, "offset": offset}
        return await asker.get("/api/search", given)

    @made.tool(title="Describe a thing", annotations=_READS)
    async def describe(
        thing: Annotated[str, Field(description="The IRI of a thing or term here, or KIND/KEY: county/05.")],
    ) -> Told:
        """Return all that is said of a thing as JSON-LD, with the statements that are evidence for it."""
        path, page = _places(thing, asker.base)
        found = await asker.get(path, accept=_LINKED)
        return {**found, "page": page}

    @made.tool(title="List the catalogued queries", annotations=_READS)
    async def queries(
        category: Annotated[str | None, Field(description="Only of this category.")] = None,
    ) -> Told:
        """List the questions that have a query: name, category, title, parameters, columns of the answer."""
        found = await asker.whole("/api/queries")
        kept = ("name", "category", "title", "parameters", "returns")
        rows = [each for each in found["answer"] if category in (None, each["category"])]
        return _bounded({**found, "answer": [{key: each[key] for key in kept} for each in rows]})

    @made.tool(title="Run a catalogued query", annotations=_READS)
    async def run_query(name: Name, values: Values = None, limit: Limit = 100, offset: Offset = 0) -> Told:
        """Answer a catalogued question; columns named evidence tell document, lines and status of a row."""
        given = {**(values or {}), "limit": str(limit), "offset": str(offset)}
        return await asker.get(f"/api/queries/{_name(name)}", given)

    @made.tool(title="Ask in SPARQL", annotations=_READS)
    async def sparql(
        query: Annotated[str, Field(description="A SPARQL 1.1 query, with its prefixes.")],
    ) -> Told:
        """Answer a SPARQL query: SELECT and ASK as JSON, CONSTRUCT and DESCRIBE as Turtle."""
        return await asker.get("/sparql", {"query": query}, _ANSWERS)

    @made.tool(title="Match a need to areas", annotations=_READS)
    async def match(
        text: Annotated[
            str | None, Field(description="A need in one's own words, Swedish or English.")
        ] = None,
        need: Annotated[str | None, Field(description="The IRI of a need in the graph.")] = None,
    ) -> Told:
        """Find whose strength areas could meet a need, with scores, the words that count, and contacts."""
        return await asker.get("/api/match", {"text": text, "need": need})

    @made.tool(title="List networks, matrices and measures", annotations=_READS)
    async def measures() -> Told:
        """List networks and matrices, and the measures that can be taken of them, with their parameters."""
        found = {name: await asker.get(f"/api/{name}") for name in ("networks", "matrices", "measures")}
        return {"address": "/api/measures", "answer": {key: each["answer"] for key, each in found.items()}}

    @made.tool(title="Measure", annotations=_READS)
    async def measure(name: Name, values: Values = None) -> Told:
        """Take a measure of a network or a matrix; method, parameters, N and snapshot stand in the answer."""
        return await asker.get(f"/api/measures/{_name(name)}", values)

    return made


def _bounded(told: Told) -> Told:
    """Return an answer; raise ToolError when it is larger than an agent is given."""
    size = len(json.dumps(told["answer"], ensure_ascii=False))
    if size > MOST:
        raise ToolError(
            f"The answer has {size} characters, and an agent is given {MOST} at most. Ask for less (a limit, "
            f"a filter, fewer columns), or send a person to {told['address'][:200]}."
        )
    return told


def _name(text: str) -> str:
    """Return a name that stands in a path; raise ToolError for what is none."""
    if not re.fullmatch(r"[a-z0-9_-]{1,80}", text):
        raise ToolError(f"{text[:80]!r} is no name; the catalogue lists names such as cq03.")
    return text


def _places(thing: str, base: str) -> tuple[str, str]:
    """Return where the data of a thing or a term are, and its page; raise ToolError for any other."""
    for root in dict.fromkeys((base, BASE)):
        key = thing.removeprefix(f"{root}id/")
        if _THING.fullmatch(key):
            return f"/data/{key}.jsonld", f"/page/{key}"
    term = thing.removeprefix(SAMSPEL)
    if term != thing and term.isidentifier():
        return f"/ontology/{term}", f"/ontology/{term}"
    raise ToolError(
        f"{thing[:200]!r} is no thing of this graph: expected an IRI that begins with {base}id/ or "
        f"{SAMSPEL}, or KIND/KEY such as county/05. Search finds IRIs; SPARQL may DESCRIBE any other."
    )


def _sentence(found: httpx2.Response) -> str:
    """Return what the server says of a refusal."""
    try:
        said = json.loads(found.text)
    except ValueError:
        said = found.text
    text = said.get("error", said) if isinstance(said, dict) else said
    return str(text).strip() or f"The server answered {found.status_code} without a word."
