"""What commands share: parameters as name=value, tables that are calm and whole, how errors leave."""

import sys
from pathlib import Path
from typing import Any

import pytest

from api import options
from api.options import WIDTH, Session, explain, out, pairs, session, show
from api.settings import Settings, SettingsError
from graph.errors import CheckFailed, GraphError, QueryError, StoreBusy, StoreDamaged, StoreMissing, TermError
from loaders.errors import BoundsError, LayoutError, RecordError, UnknownSource
from queries.errors import HeaderError, MeaninglessError, ParameterError, UnknownName

LONG = "The network has two components, so that numbers of one say nothing of the other. " * 5


@pytest.fixture
def here(tmp_path: Path) -> Session:
    return Session(Settings(store=tmp_path))


def test_parameters_are_written_name_is_value() -> None:
    assert pairs(["level=all", "thing=a=b", "x="]) == {"level": "all", "thing": "a=b", "x": ""}
    assert pairs(None) == pairs([]) == {}


@pytest.mark.parametrize("text", ["level", "=all", ""])
def test_what_is_no_parameter_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match=f"'{text}' is no parameter; write it as name=value"):
        pairs([text])


def test_a_table_is_a_head_a_line_and_rows(capsys: pytest.CaptureFixture[str]) -> None:
    show(("name", "n"), [("Örebro", 5), ("Åre", 12), ("Eda", None)])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0].split() == ["name", "n"]
    assert set(lines[1]) == {"─"}
    assert lines[2:] == ["Örebro   5", "Åre      12", "Eda"]


def test_columns_of_figures_stand_to_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    show(("name", "score"), [("a", 5), ("b", 12), ("c", -3)])
    assert [line.rstrip()[-2:] for line in capsys.readouterr().out.splitlines()[2:]] == [" 5", "12", "-3"]


def test_fractions_are_shown_with_four_digits(capsys: pytest.CaptureFixture[str]) -> None:
    show(("x",), [(0.123456,), (1.0,)])
    assert [line.strip() for line in capsys.readouterr().out.splitlines()[2:]] == ["0.1235", "1.0000"]


def test_without_a_terminal_no_cell_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    iri = "https://w3id.org/samspel/id/" + "x" * 400
    show(("a", "b"), [(iri, "y")])
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= WIDTH
    assert (
        "".join(line[:-1].strip() for line in shown.splitlines()[2:]).replace("y", "").replace(" ", "") == iri
    )
    assert "…" not in shown


def test_without_a_terminal_a_caption_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    show(("a",), [("x",)], LONG)
    assert capsys.readouterr().out.splitlines()[-1].strip() == LONG.strip()


def test_on_a_terminal_a_caption_breaks_between_words(terminal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    show(("a",), [("x",)], LONG)
    told = "".join(terminal.written)
    assert " ".join(LONG.split()) in " ".join(told.split())
    assert max(map(len, told.splitlines()[-6:])) <= 60


@pytest.mark.parametrize("text", ["[bold]x[/bold]", "[1]", "x :smile: y", "[/]", "a[b]c"])
def test_texts_are_shown_as_they_are(capsys: pytest.CaptureFixture[str], here: Session, text: str) -> None:
    show((text,), [(text,)], text)
    here.say(text)
    assert explain(GraphError(text)) == 2
    shown = capsys.readouterr()
    assert shown.out.count(text) == 3
    assert shown.err == f"{text}\nsamspel: {text}\n"


def test_talk_is_one_line_on_stderr_unless_quiet(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Session(Settings(store=tmp_path)).say(LONG)
    Session(Settings(store=tmp_path), quiet=True).say("nothing")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", f"{LONG}\n")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StoreMissing("x"), 3),
        (StoreBusy("x"), 3),
        (StoreDamaged("x"), 3),
        (CheckFailed("x"), 1),
        (MeaninglessError("x"), 1),
        (RecordError("field", "value", "reason"), 1),
        (LayoutError("x"), 1),
        (BoundsError("x"), 1),
        (UnknownSource("x"), 2),
        (UnknownName("query", "x", ["y"]), 2),
        (ParameterError("x"), 2),
        (HeaderError("x"), 2),
        (TermError("x"), 2),
        (QueryError("x"), 2),
        (GraphError("x"), 2),
        (SettingsError("x"), 2),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_has_its_exit_code(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(error, options.EXPLAINED)
    assert explain(error) == code
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", f"samspel: {error}\n")


def test_a_file_is_written_with_plain_line_ends(
    tmp_path: Path, here: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    out("å\nb\n", tmp_path / "x.csv", here)
    assert (tmp_path / "x.csv").read_bytes() == "å\nb\n".encode()
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", f"Wrote {tmp_path / 'x.csv'}\n")


@pytest.mark.parametrize("content", ["a,b\n", "a,b"])
def test_without_a_file_the_content_goes_to_stdout(
    content: str, here: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    out(content, None, here)
    assert capsys.readouterr() == ("a,b\n", "")


def test_a_file_that_cannot_be_written_is_wrongly_asked(tmp_path: Path, here: Session) -> None:
    with pytest.raises(ParameterError, match=r"none/x\.csv: cannot be written: No such file or directory\."):
        out("x", tmp_path / "none" / "x.csv", here)


def test_a_session_reads_its_options_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMSPEL_PORT", raising=False)
    found = session(str(tmp_path), "https://example.org/", True, port=9000, host=None)
    assert (found.home.folder, found.iris.base, found.quiet) == (tmp_path, "https://example.org/", True)
    assert (found.settings.port, found.settings.host) == (9000, "127.0.0.1")
