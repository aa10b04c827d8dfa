"""The command line: every command, and the exit code of every error."""

import ast
import errno
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final, Protocol, cast

import typer
from typer.core import TyperCommand, TyperGroup

from api.options import EXPLAINED, explain
from graph.errors import StoreError

COMMANDS: Final = {  # in the order of --help; the function of each is read when the command is used
    "build": "commands_data.build",
    "load": "commands_load.load",
    "new-region": "commands_load.new_region",
    "fetch": "commands_fetch.fetch",
    "sources": "commands_sources.sources",
    "diff": "commands_sources.diff",
    "candidates": "commands_sources.candidates",
    "query": "commands_ask.query",
    "queries": "commands_ask.queries",
    "networks": "commands_ask.networks",
    "measures": "commands_network.measures",
    "matrices": "commands_specialise.matrices",
    "network": "commands_network.network",
    "measure": "commands_network.measure_command",
    "compare": "commands_compare.compare_command",
    "match": "commands_ask.match_command",
    "validate": "commands_data.validate_command",
    "dump": "commands_data.dump",
    "export": "commands_export.export",
    "publish": "commands_publish.publish",
    "backup": "commands_backup.backup",
    "restore": "commands_backup.restore",
    "verify": "commands_data.verify",
    "check": "commands_check.check",
    "serve": "commands_serve.serve",
    "mcp": "commands_mcp.mcp_command",
}


class Listing(Protocol):
    """What a help text is written with."""

    def section(self, name: str) -> AbstractContextManager[None]:
        """Begin a part of the text."""

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write a list of names and what they are."""


class Commands(TyperGroup):
    """Reads a command when it is used, so that none waits for the libraries of the others."""

    def list_commands(self, ctx: object) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def format_commands(self, ctx: object, formatter: "Listing") -> None:
        """Write what each command does, in its own words, without reading the libraries that it needs."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _sentence(name)) for name in COMMANDS])

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | None:
        """Return a command; for a name that is none all are read, from which another is suggested."""
        for name in (cmd_name,) if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.commands[name] = _command(name)
        return cast("TyperCommand | None", self.commands.get(cmd_name))


def _sentence(name: str) -> str:
    """Return the first sentence of the docstring of a command."""
    module, function = COMMANDS[name].split(".")
    parsed = ast.parse((Path(__file__).parent / f"{module}.py").read_text("utf-8"))
    (found,) = (one for one in parsed.body if isinstance(one, ast.FunctionDef) and one.name == function)
    return " ".join((ast.get_docstring(found) or "").split("\n\n")[0].split()).partition(". ")[0].rstrip(".")


def _command(name: str) -> TyperCommand:
    module, function = COMMANDS[name].split(".")
    one = typer.Typer(rich_markup_mode=None, add_completion=False)
    one.command(name)(getattr(import_module(f"api.{module}"), function))
    return cast("TyperCommand", typer.main.get_command(one))


app = typer.Typer(
    name="samspel",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"samspel {version('samspel')}")
        raise typer.Exit


@app.callback()
def about(
    _told: Annotated[
        bool,
        typer.Option("--version", help="Tell which version this is.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """An open knowledge graph of the regional innovation ecosystem. Begin with: samspel serve"""


_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO)
_STAYS = "What was in service stays."


def main() -> None:
    """Run the command line; errors of ours become sentences and exit codes."""
    try:
        app()
    except EXPLAINED as error:
        sys.exit(explain(error))
    except BrokenPipeError:
        sys.exit(0)
    except MemoryError:
        sys.exit(explain(StoreError("There is too little memory for this. What was in service stays.")))
    except OSError as error:
        if error.errno not in _DISK:
            raise
        sys.exit(explain(StoreError(f"{error.filename or 'The disk'}: {error.strerror}. {_STAYS}")))
