"""Settings: a flag beats the environment, the environment beats the default, bad values become sentences."""

from dataclasses import fields
from pathlib import Path

import pytest
from platformdirs import user_cache_path, user_data_path

from api import settings
from api.settings import Settings, SettingsError, read, variable
from ontology.names import BASE

ADDRESS = "an address that begins with http:// or https:// and ends in / or #"
NO_NETWORK = "expected addresses or networks such as 10.0.0.0/8"
NAMES = [field.name for field in fields(Settings)]
OTHERS = {
    "store": "/somewhere/else",
    "cache": "/somewhere/cached",
    "base": "https://example.org/",
    "host": "0.0.0.0",  # noqa: S104  # a text; nothing listens
    "port": "9000",
    "language": "en",
    "max_query_bytes": "1000",
    "max_result_bytes": "2000",
    "workers": "2",
    "fronts": "3",
    "query_seconds": "3",
    "page_seconds": "5",
    "memory_mb": "64",
    "service_addresses": "https://example.org/sparql",
    "rate": "0",
    "burst": "7",
    "body_seconds": "3",
    "header_seconds": "4",
    "log": "json",
    "proxies": "10.0.0.0/8",
    "endpoint": "http://localhost:7878/query",
    "default_graph": "https://example.org/graph/merge",
    "store_seconds": "5",
    "refresh_seconds": "7",
    "store_update": "http://localhost:7878/update",
    "store_graphs": "http://localhost:7878/store",
    "store_chunk": "1000",
    "store_tries": "2",
    "mirror": "/somewhere/mirrors",
    "address": "https://data.example.org",
    "publisher": "Region Exempel",
    "publisher_url": "https://www.example.org/",
    "publisher_type": "RegionalAuthority",
    "contact": "oppnadata@example.org",
    "token": "a secret",
    "max_upload_bytes": "3000",
    "write_seconds": "5",
    "write_memory_mb": "700",
    "duckdb_memory_mb": "900",
    "spark_master": "local[1]",
    "spark_partitions": "3",
}


def test_without_anything_the_defaults_hold() -> None:
    found = read({}, {})
    assert found == Settings(store=user_data_path("samspel"), cache=user_cache_path("samspel"))
    assert (found.base, found.host, found.port, found.language) == (BASE, "127.0.0.1", 8000, "sv")


def test_there_is_a_value_to_try_for_every_setting() -> None:
    assert list(OTHERS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_beats_the_default(name: str) -> None:
    found = read({}, {variable(name): OTHERS[name]})
    assert str(getattr(found, name)) == OTHERS[name] != str(getattr(read({}, {}), name))


@pytest.mark.parametrize("name", NAMES)
def test_a_flag_beats_the_environment(name: str) -> None:
    default = str(getattr(read({}, {}), name))
    assert str(getattr(read({name: OTHERS[name]}, {variable(name): default}), name)) == OTHERS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_flag_that_is_not_given_and_an_empty_variable_set_nothing(name: str) -> None:
    assert read({name: None}, {variable(name): ""}) == read({}, {})


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSPEL_PORT", "8123")
    assert read({}).port == 8123


def test_numbers_are_numbers_and_the_store_is_a_path() -> None:
    found = read({}, {variable(name): value for name, value in OTHERS.items()})
    for field in fields(Settings):
        assert isinstance(getattr(found, field.name), field.type if isinstance(field.type, type) else object)
    assert (found.store, found.cache) == (Path("/somewhere/else"), Path("/somewhere/cached"))


def test_who_has_no_home_folder_has_a_place_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A service of a user who is in no list, as systemd makes them up."""

    def nowhere(*_: object) -> Path:
        raise RuntimeError("could not determine the home directory for '~/.cache'")

    for name in ("user_cache_path", "user_data_path"):
        monkeypatch.setattr(settings, name, nowhere)
    monkeypatch.setattr(Path, "expanduser", lambda self: nowhere() if "~" in str(self) else self)
    monkeypatch.chdir(tmp_path)
    found = read({"store": "/var/lib/samspel"}, {})
    assert (found.store, found.cache) == (Path("/var/lib/samspel"), tmp_path / "samspel-cache")
    assert read({}, {}).store == tmp_path / "samspel-data"
    with pytest.raises(SettingsError, match=r"store is '~/x', but who runs this has no home folder: .*STORE"):
        read({"store": "~/x"}, {})


def test_the_home_folder_is_spelt_out() -> None:
    assert read({"store": "~/samspel"}, {}).store == Path.home() / "samspel"
    assert read({"cache": "~/fetched"}, {}).cache == Path.home() / "fetched"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("port", "abc", "port is 'abc': expected a whole number from 1 to 65535 (SAMSPEL_PORT)."),
        ("port", "0", "port is '0': expected a whole number from 1 to 65535 (SAMSPEL_PORT)."),
        ("port", "65536", "port is '65536': expected a whole number from 1 to 65535 (SAMSPEL_PORT)."),
        ("port", "-1", "port is '-1': expected a whole number from 1 to 65535 (SAMSPEL_PORT)."),
        ("port", "8²", "port is '8²': expected a whole number from 1 to 65535 (SAMSPEL_PORT)."),
        ("workers", "0", "workers is '0': expected a whole number of at least 1 (SAMSPEL_WORKERS)."),
        ("workers", "two", "workers is 'two': expected a whole number of at least 1 (SAMSPEL_WORKERS)."),
        (
            "max_query_bytes",
            "1.5",
            "max_query_bytes is '1.5': expected a whole number of at least 1 (SAMSPEL_MAX_QUERY_BYTES).",
        ),
        ("rate", "-1", "rate is '-1': expected a whole number of at least 0 (SAMSPEL_RATE)."),
        ("burst", "0", "burst is '0': expected a whole number of at least 1 (SAMSPEL_BURST)."),
        ("log", "text", "log is 'text': expected auto, json, none (SAMSPEL_LOG)."),
        (
            "proxies",
            "*",
            f"proxies is '*': {NO_NETWORK}, or none (SAMSPEL_PROXIES).",
        ),
        ("language", "de", "language is 'de': expected sv or en (SAMSPEL_LANGUAGE)."),
        (
            "endpoint",
            "x.org/sparql",
            "endpoint is 'x.org/sparql': expected an address such as http://host:7878/query.",
        ),
        ("cache", "https://x.org/", "cache is 'https://x.org/': name a folder (SAMSPEL_CACHE)."),
        (
            "base",
            "example",
            f"base is 'example': expected {ADDRESS} (SAMSPEL_BASE).",
        ),
    ],
)
def test_a_bad_value_is_told_in_a_sentence(name: str, value: str, message: str) -> None:
    for flags, environ in (({name: value}, {}), ({}, {variable(name): value})):
        with pytest.raises(SettingsError) as caught:
            read(flags, environ)
        assert str(caught.value) == message


def test_every_setting_is_listed_with_its_variable_and_value() -> None:
    listed = read({}, {"SAMSPEL_PORT": "9000"}).items()
    assert [name for name, _, _ in listed] == NAMES
    assert ("port", "SAMSPEL_PORT", "9000") in listed
    assert all(variable(name) == env for name, env, _ in listed)


def test_every_setting_is_told_where_it_is_made() -> None:
    told = settings.Settings.__doc__ or ""
    assert [name for name in NAMES if name not in told] == []
