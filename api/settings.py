"""All settings, read once at the door: a flag, else SAMSPEL_*, else the default."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from ontology.names import BASE

SECRETS = ("token",)


class SettingsError(Exception):
    """A setting has a value that it cannot have."""


@dataclass(frozen=True)
class Settings:
    """Everything that can be set.

    store: folder of the store; cache: folder of fetched files; base: what our IRIs begin with;
    host and port: where the server listens; language: of a reader who states none;
    max_query_bytes: the longest query taken over HTTP; max_result_bytes: the largest answer given over HTTP;
    workers: how many queries run at once;
    token: who sends it may write over HTTP (a secret; none: nobody may);
    max_upload_bytes: the largest graph or update taken over HTTP;
    write_seconds, write_memory_mb: how long one write may take, and how much memory.
    """

    store: Path
    cache: Path = field(default_factory=lambda: user_cache_path("samspel"))
    base: str = BASE
    host: str = "127.0.0.1"
    port: int = 8000
    language: str = "sv"
    max_query_bytes: int = 65_536
    max_result_bytes: int = 50_000_000
    workers: int = 4
    token: str = field(default="", repr=False)
    max_upload_bytes: int = 100_000_000
    write_seconds: int = 60
    write_memory_mb: int = 2048

    def items(self) -> list[tuple[str, str, str]]:
        """Return each setting with its environment variable and its value; a secret's value is not told."""
        return [(one.name, variable(one.name), str(self.shown(one.name))) for one in fields(self)]

    def shown(self, name: str) -> object:
        """Return what may be told of a setting."""
        value: object = getattr(self, name)
        return ("set" if value else "not set") if name in SECRETS else value


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
    _hold(found)
    return Settings(
        store=Path(found.pop("store", "") or user_data_path("samspel")).expanduser(),
        cache=Path(found.pop("cache", "") or user_cache_path("samspel")).expanduser(),
        **{name: _number(name, value) if name in _NUMBERS else value for name, value in found.items()},  # type: ignore[arg-type]  # one dict holds texts and numbers
    )


_NUMBERS = {one.name for one in fields(Settings) if one.type is int}
_LAST_PORT = 65_535


def _hold(found: Mapping[str, str]) -> None:
    """Refuse texts that a setting cannot be."""
    if found.get("store", "").startswith(("http://", "https://")):
        raise SettingsError(
            f"store is {found['store']!r}: a remote endpoint cannot be used yet; name a folder instead."
        )
    if found.get("cache", "").startswith(("http://", "https://")):
        raise SettingsError(f"cache is {found['cache']!r}: name a folder ({variable('cache')}).")
    if found.get("language", "sv") not in ("sv", "en"):
        raise SettingsError(f"language is {found['language']!r}: expected sv or en ({variable('language')}).")
    base = found.get("base", BASE)
    if not base.startswith(("http://", "https://")) or not base.endswith(("/", "#")):
        raise SettingsError(
            f"base is {base!r}: expected an address that begins with http:// or https:// and ends in / or # "
            f"({variable('base')})."
        )


def _number(name: str, value: str) -> int:
    last = _LAST_PORT if name == "port" else sys.maxsize
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= last):
        limit = f"from 1 to {last}" if name == "port" else "of at least 1"
        raise SettingsError(f"{name} is {value!r}: expected a whole number {limit} ({variable(name)}).")
    return int(value)
