"""Every command, format and setting is told of in README.md or docs/."""

import re
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest
import typer.main

from api import cli, network_options
from api.commands_ask import Form
from api.commands_compare import ByOption, CompareForm
from api.commands_data import ReportForm
from api.commands_network import NetworkForm
from api.options import TableForm
from api.settings import Settings, variable

ROOT = Path(__file__).parent.parent.parent
GROUP = typer.main.get_group(cli.app)
CONTEXT = typer.Context(GROUP)
COMMANDS = {name: GROUP.get_command(CONTEXT, name) for name in GROUP.list_commands(CONTEXT)}


@pytest.fixture(scope="module")
def documents() -> str:
    paths = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(path.read_text("utf-8") for path in paths)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_documents(documents: str, command: str) -> None:
    assert re.search(rf"samspel {command}\b", documents)


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_in_the_documents(documents: str, name: str) -> None:
    assert re.search(rf"\b{variable(name)}\b", documents)


@pytest.mark.parametrize(
    ("command", "forms"),
    [
        ("query", Form),
        ("network", NetworkForm),
        ("measure", TableForm),
        ("compare", CompareForm),
        ("compare", ByOption),
        ("match", TableForm),
        ("validate", ReportForm),
    ],
)
def test_every_format_of_a_command_is_in_the_documents(
    documents: str, command: str, forms: type[StrEnum]
) -> None:
    told = "".join(line for line in documents.splitlines() if f"samspel {command} " in line)
    assert [str(form) for form in forms if not re.search(rf"\b{form}\b", told)] == []


def test_no_document_tells_of_a_command_that_is_not_there(documents: str) -> None:
    said = set(re.findall(r"`samspel ([a-z-]+)", documents))
    assert said <= set(COMMANDS)


@pytest.mark.parametrize("command", ["network", "measure"])
def test_every_option_of_a_part_of_a_network_is_in_the_documents(documents: str, command: str) -> None:
    found = COMMANDS[command]
    assert found is not None
    options = {option for each in found.params for option in each.opts}
    names = {f"--{name.replace('_', '-')}" for name in network_options.NAMES}
    assert names <= options
    assert [name for name in sorted(names) if f"`{name} " not in documents] == []
