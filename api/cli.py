"""The command line: every command, and the exit code of every error."""

import socket
import sys
from contextlib import suppress
from typing import Annotated

import typer

from api import (
    commands_ask,
    commands_check,
    commands_data,
    commands_fetch,
    commands_load,
    commands_publish,
    commands_sources,
)
from api.options import EXPLAINED, BaseOption, QuietOption, StoreOption, explain, session
from api.settings import SettingsError

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
app.command()(commands_ask.network)
app.command("measure")(commands_ask.measure_command)
app.command("match")(commands_ask.match_command)
app.command("validate")(commands_data.validate_command)
app.command()(commands_data.dump)
app.command()(commands_publish.publish)
app.command()(commands_data.verify)
app.command()(commands_check.check)


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", metavar="HOST", envvar="SAMSPEL_HOST")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on.", metavar="PORT", envvar="SAMSPEL_PORT")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            help="Language of a reader who states none: sv or en.",
            metavar="LANGUAGE",
            envvar="SAMSPEL_LANGUAGE",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="How many queries run at once.", metavar="NUMBER", envvar="SAMSPEL_WORKERS"),
    ] = None,
    max_query_bytes: Annotated[
        int | None,
        typer.Option(help="Longest query taken.", metavar="BYTES", envvar="SAMSPEL_MAX_QUERY_BYTES"),
    ] = None,
    max_result_bytes: Annotated[
        int | None,
        typer.Option(help="Largest answer given.", metavar="BYTES", envvar="SAMSPEL_MAX_RESULT_BYTES"),
    ] = None,
    store: StoreOption = None,
    base: BaseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Serve pages, linked data and SPARQL; builds first when the store is empty."""
    import uvicorn  # heavy, and only here

    from api.app import create_app
    from api.build import outdated

    here = session(
        store,
        base,
        quiet,
        host=host,
        port=port,
        language=language,
        workers=workers,
        max_query_bytes=max_query_bytes,
        max_result_bytes=max_result_bytes,
    )
    if here.home.current() is None:
        here.say(f"The store {here.settings.store} is empty: building the bundled data first.")
        commands_data.run_build(here)
    elif stale := outdated(here.home, here.iris):
        here.say(f"The store was built from older facts of {', '.join(stale)}. Renew it: samspel build")
    with _listening(here.settings.host, here.settings.port) as door:
        here.say(f"samspel is on http://{here.settings.host}:{here.settings.port} (end it with Ctrl+C)")
        config = uvicorn.Config(
            create_app(here.settings),
            log_level="error" if quiet else "warning",
            timeout_graceful_shutdown=5,
            limit_concurrency=200,
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[door])


def _listening(host: str, port: int) -> socket.socket:
    """Open the door before anything is said of it; say plainly when another holds it."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            "Name another port: samspel serve --port 8001"
        ) from error


def main() -> None:
    """Run the command line; errors of ours become sentences and exit codes."""
    try:
        app()
    except EXPLAINED as error:
        sys.exit(explain(error))
    except BrokenPipeError:
        sys.exit(0)
