"""All settings, read once at the door: a flag, else SAMSPEL_*, else the default."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path

from graph.addresses import NONE
from graph.endpoint import CHUNK, TRIES, Endpoint
from ontology.names import BASE

SECRETS = ("token",)
FOLDERS = ("store", "cache", "mirror")


class SettingsError(Exception):
    """A setting has a value that it cannot have."""


@dataclass(frozen=True)
class Settings:
    """Everything that can be set.

    store: folder of the store, or the address that becomes `endpoint`;
    cache: folder of fetched files; base: what our IRIs begin with;
    host and port: where the server listens; language: of a reader who states none;
    max_query_bytes: the longest query taken over HTTP; max_result_bytes: the largest answer given over HTTP;
    workers: how many queries run at once in the fast lane; fronts: how many processes take requests;
    query_seconds, page_seconds, memory_mb: how long a query and a page may take, and how much memory;
    service_addresses: what SERVICE in a query may ask, separated by spaces; none by default.
    rate and burst: requests of one client answered in a second, and at once (rate 0: any number);
    body_seconds, header_seconds: how long a body may stand still, and how long a head may take;
    log: what is told of requests (json, none, auto); proxies: whose X-Forwarded-For is believed.
    endpoint: a SPARQL endpoint that is asked instead of the store's folder;
    default_graph: the endpoint's graph that holds the merge, where its own default graph does not;
    store_seconds: how long an endpoint may take for an answer;
    refresh_seconds: how often it is looked whether the endpoint's data have changed;
    store_update, store_graphs: where the endpoint takes updates and graphs, when its address does not tell;
    store_chunk: triples read or written at once; store_tries: how often what fails for a while is tried;
    mirror: folder of the working copies of endpoints that are written to;
    address: where the public finds this server or its files, empty for the one that a request came to;
    publisher, publisher_url, publisher_type: who publishes, its page, its kind by ADMS;
    contact: the mailbox of a role;
    token: who sends it may write over HTTP (a secret; none: nobody may);
    max_upload_bytes: the largest graph or update taken over HTTP;
    write_seconds, write_memory_mb: how long one write may take, and how much memory;
    duckdb_memory_mb: how much memory DuckDB may take for a measure before it goes on on the disk;
    spark_master: which Spark measures (local[*], spark://HOST:7077, sc://HOST);
    spark_partitions: in how many parts Spark sorts and joins.
    """

    store: Path
    cache: Path = field(default_factory=lambda: _own(user_cache_path, "samspel-cache"))
    base: str = BASE
    host: str = "127.0.0.1"
    port: int = 8000
    language: str = "sv"
    max_query_bytes: int = 65_536
    max_result_bytes: int = 50_000_000
    workers: int = 4
    fronts: int = 1
    query_seconds: int = 10
    page_seconds: int = 30
    memory_mb: int = 1000
    service_addresses: str = ""
    rate: int = 50
    burst: int = 500
    body_seconds: int = 20
    header_seconds: int = 10
    log: str = "auto"
    proxies: str = "127.0.0.1 ::1"
    endpoint: str = ""
    default_graph: str = ""
    store_seconds: int = 60
    refresh_seconds: int = 30
    store_update: str = ""
    store_graphs: str = ""
    store_chunk: int = CHUNK
    store_tries: int = TRIES
    mirror: Path = field(default_factory=lambda: _own(user_data_path, "samspel-data") / "mirrors")
    address: str = ""
    publisher: str = "samspel"
    publisher_url: str = ""
    publisher_type: str = "NonProfitOrganisation"
    contact: str = "contact@samspel.invalid"
    token: str = field(default="", repr=False)
    max_upload_bytes: int = 100_000_000
    write_seconds: int = 60
    write_memory_mb: int = 2048
    duckdb_memory_mb: int = 4000
    spark_master: str = "local[*]"
    spark_partitions: int = 8

    def services(self) -> frozenset[str]:
        """Return the addresses that SERVICE may ask."""
        return frozenset(self.service_addresses.split())

    def trusted(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Return the proxies that are believed."""
        named = [] if self.proxies == "none" else self.proxies.replace(",", " ").split()
        return tuple(ip_network(each) for each in named)

    def items(self) -> list[tuple[str, str, str]]:
        """Return each setting with its environment variable and its value; a secret's value is not told."""
        return [(one.name, variable(one.name), str(self.shown(one.name))) for one in fields(self)]

    def shown(self, name: str) -> object:
        """Return what may be told of a setting."""
        value: object = getattr(self, name)
        if name in SECRETS:
            return "set" if value else "not set"
        return "none" if value == "" else value


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"SAMSPEL_{name.upper()}"


def read(flags: Mapping[str, str | int | Path | None], environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings: flags first, then the environment, then defaults; an empty text sets nothing."""
    env = os.environ if environ is None else environ
    found: dict[str, str] = {}
    for one in fields(Settings):
        flag = flags.get(one.name)
        value = str(flag) if flag is not None else env.get(variable(one.name), "")
        if value:
            found[one.name] = value
    if is_address(found.get("store", "")):
        found["endpoint"] = found.pop("store")
    elif flags.get("store") and flags.get("endpoint") is None:
        found.pop("endpoint", None)  # a folder that is named beats an address in the environment
    _hold(found)
    folders = {name: _folder(name, found.pop(name)) for name in FOLDERS if name in found}
    if "store" not in folders:
        folders["store"] = _own(user_data_path, "samspel-data")
    given = {name: _number(name, value) if name in _NUMBERS else value for name, value in found.items()}
    return Settings(**folders, **given)  # type: ignore[arg-type]  # one dict holds texts and numbers


def _folder(name: str, value: str) -> Path:
    """Return a folder that is named, with ~ spelt out."""
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise SettingsError(
            f"{name} is {value!r}, but who runs this has no home folder: name a folder from / on "
            f"({variable(name)})."
        ) from error


def _own(folder: Callable[[str], Path], otherwise: str) -> Path:
    """Return our folder where a user's files belong; who has no home, as some services, has it here."""
    try:
        return folder("samspel")
    except RuntimeError:
        return Path.cwd() / otherwise


def is_address(store: str) -> bool:
    """Tell whether a store is the address of an endpoint rather than a folder."""
    return store.lower().startswith(("http://", "https://"))


def endpoint(settings: Settings, environ: Mapping[str, str] | None = None) -> Endpoint:
    """Return the endpoint that is set; what lets us in comes from the environment alone."""
    env = os.environ if environ is None else environ
    user, password = env.get("SAMSPEL_STORE_USER", ""), env.get("SAMSPEL_STORE_PASSWORD", "")
    said = env.get("SAMSPEL_STORE_AUTHORIZATION", "")
    return Endpoint(
        settings.endpoint,
        settings.default_graph,
        {"Authorization": said} if said else {},
        (user, password) if user else None,
        settings.store_seconds,
        update=settings.store_update,
        store=settings.store_graphs,
        chunk=settings.store_chunk,
        tries=settings.store_tries,
    )


_NUMBERS = {one.name for one in fields(Settings) if one.type is int}
_LAST_PORT = 65_535
LOGS = ("auto", "json", "none")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+")
_MAILBOX = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
PUBLISHER_TYPES = (
    *("Academia-ScientificOrganisation", "Company", "IndustryConsortium", "LocalAuthority"),
    *("NationalAuthority", "NonGovernmentalOrganisation", "NonProfitOrganisation", "RegionalAuthority"),
    *("StandardisationBody", "SupraNationalAuthority"),
)


def _hold(found: Mapping[str, str]) -> None:
    """Refuse texts that a setting cannot be."""
    for name in ("endpoint", "store_update", "store_graphs"):
        if found.get(name) and (name, found[name]) != ("store_graphs", NONE):
            _hold_address(name, found[name])
    for name in ("cache", "mirror"):
        if is_address(found.get(name, "")):
            raise SettingsError(f"{name} is {found[name]!r}: name a folder ({variable(name)}).")
    if found.get("language", "sv") not in ("sv", "en"):
        raise SettingsError(f"language is {found['language']!r}: expected sv or en ({variable('language')}).")
    if found.get("log", "auto") not in LOGS:
        raise SettingsError(f"log is {found['log']!r}: expected {', '.join(LOGS)} ({variable('log')}).")
    _hold_proxies(found.get("proxies", "none"))
    _hold_publisher(found)
    base = found.get("base", BASE)
    if not base.startswith(("http://", "https://")) or not base.endswith(("/", "#")):
        raise SettingsError(
            f"base is {base!r}: expected an address that begins with http:// or https:// and ends in / or # "
            f"({variable('base')})."
        )


def _hold_proxies(value: str) -> None:
    try:
        Settings(store=Path(), proxies=value).trusted()
    except ValueError as error:
        raise SettingsError(
            f"proxies is {value!r}: expected addresses or networks such as 10.0.0.0/8, or none "
            f"({variable('proxies')})."
        ) from error


def _hold_address(name: str, store: str) -> None:
    """Refuse an address that cannot be one, or that tells a password to whoever sees it."""
    if "@" in store.partition("://")[2].partition("/")[0]:
        raise SettingsError(
            "The store is an address with a user or a password in it: leave them out and set "
            "SAMSPEL_STORE_USER and SAMSPEL_STORE_PASSWORD."
        )
    try:
        parts = urlsplit(store)
        known = is_address(store) and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise SettingsError(f"{name} is {store!r}: expected an address such as http://host:7878/query.")


def _hold_publisher(found: Mapping[str, str]) -> None:
    """Refuse what is no address, no kind of publisher by ADMS, no mailbox."""
    for name in ("address", "publisher_url"):
        if name in found and not _ADDRESS.fullmatch(found[name]):
            raise SettingsError(
                f"{name} is {found[name]!r}: expected an address that begins with http:// or https:// "
                f"({variable(name)})."
            )
    if found.get("publisher_type", "Company") not in PUBLISHER_TYPES:
        raise SettingsError(
            f"publisher_type is {found['publisher_type']!r}: expected one of {', '.join(PUBLISHER_TYPES)} "
            f"({variable('publisher_type')})."
        )
    if not _MAILBOX.fullmatch(found.get("contact", "a@b.c")):
        raise SettingsError(
            f"contact is {found['contact']!r}: expected the mailbox of a role, such as oppnadata@example.org "
            f"({variable('contact')})."
        )


def _number(name: str, value: str) -> int:
    first, last = 0 if name == "rate" else 1, _LAST_PORT if name == "port" else sys.maxsize
    if not (value.isascii() and value.isdigit() and first <= int(value) <= last):
        limit = f"from 1 to {last}" if name == "port" else f"of at least {first}"
        raise SettingsError(f"{name} is {value!r}: expected a whole number {limit} ({variable(name)}).")
    return int(value)
