"""What OpenAPI promises is held: schemathesis checks addresses of each kind, with a fixed seed."""

from collections.abc import Iterator

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema

from api.app import create_app
from api.settings import Settings
from graph.generations import Home

EXAMPLES = 2  # drawn for an address, beside the boundary cases that are always tried
ADDRESSES = (
    *("/api/queries", "/api/networks", "/api/measures", "/api/match", "/api/vocabulary"),
    *("/api/search", "/api/search/facets"),
    "/api/queries/cq03",  # a choice
    "/api/queries/tq06",  # a moment
    "/api/queries/thing-names",  # an IRI
    "/api/matrices",
    "/api/matrices/declared-areas",
    "/api/measures/priority_overlap",
    "/api/measures/constraint",  # refused with 409 for some networks
    "/api/compare/degree",  # by parts or against chance, in three forms
)


@pytest.fixture(scope="module")
def schema(built: Home) -> BaseSchema:
    """The description of the API, asked in this process."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "generation": {"max-examples": EXAMPLES, "database": "none"},
            "phases": {"stateful": {"enabled": False}},
        }
    )
    return schemathesis.openapi.from_asgi(
        "/openapi.json", create_app(Settings(store=built.folder)), config=config
    )


def failures(schema: BaseSchema, *paths: str) -> tuple[int, list[str]]:
    """Return how many checks were made of some addresses, and those that failed."""
    made, failed = 0, []
    for event in from_schema(schema.include(path=list(paths))).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            failed.append(str(event))
        if isinstance(event, events.ScenarioFinished):
            for check in _checks(event):
                made += 1
                if check.failure_info is not None:
                    failed.append(f"{check.name}: {check.failure_info.failure}")
    return made, failed


def _checks(event: events.ScenarioFinished) -> Iterator[schemathesis.engine.recorder.CheckNode]:
    for found in event.recorder.checks.values():
        yield from found


def test_addresses_do_as_they_are_described(schema: BaseSchema) -> None:
    assert set(ADDRESSES) <= set(schema.raw_schema["paths"])
    made, failed = failures(schema, *ADDRESSES)
    assert failed == []
    assert made > 1_000


def test_the_checks_find_what_is_not_described(built: Home) -> None:
    app = create_app(Settings(store=built.folder))
    described = app.openapi()
    described["paths"]["/api/search"]["get"]["responses"].pop("400")
    described["paths"]["/api/search"]["get"]["responses"].pop("default")
    config = SchemathesisConfig.from_dict({"seed": 1, "generation": {"max-examples": 1}})
    found = schemathesis.openapi.from_dict(described, config=config)
    found.app = app
    assert any("status_code_conformance" in each for each in failures(found, "/api/search")[1])
