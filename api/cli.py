"""The command line: every command, and the exit code of every error."""

import sys

import typer

from api import (
    commands_ask,
    commands_check,
    commands_compare,
    commands_data,
    commands_fetch,
    commands_load,
    commands_publish,
    commands_serve,
    commands_sources,
    commands_specialise,
)
from api.options import EXPLAINED, explain

app = typer.Typer(
    name="samspel",
    help="An open knowledge graph of the regional innovation ecosystem. Begin with: samspel serve",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(commands_data.build)
app.command()(commands_load.load)
app.command()(commands_load.new_region)
app.command()(commands_fetch.fetch)
app.command()(commands_sources.sources)
app.command()(commands_sources.diff)
app.command()(commands_sources.candidates)
app.command()(commands_ask.query)
app.command()(commands_ask.queries)
app.command()(commands_ask.networks)
app.command()(commands_ask.measures)
app.command()(commands_specialise.matrices)
app.command()(commands_ask.network)
app.command("measure")(commands_ask.measure_command)
app.command("compare")(commands_compare.compare_command)
app.command("match")(commands_ask.match_command)
app.command("validate")(commands_data.validate_command)
app.command()(commands_data.dump)
app.command()(commands_publish.publish)
app.command()(commands_data.verify)
app.command()(commands_check.check)
app.command()(commands_serve.serve)


def main() -> None:
    """Run the command line; errors of ours become sentences and exit codes."""
    try:
        app()
    except EXPLAINED as error:
        sys.exit(explain(error))
    except BrokenPipeError:
        sys.exit(0)
