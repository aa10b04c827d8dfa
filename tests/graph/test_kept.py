"""Columns kept beside a generation: the same when read again, made again when damaged, new with new data."""

from pathlib import Path

import pytest

from graph.columns import Column, column
from graph.generations import Home
from graph.kept import LEAST, kept
from graph.manifest import FILE

QUERY = "SELECT ?s ?o WHERE { ?s <https://example.org/p> ?o }"
G = "https://example.org/g"
ODD = ["å\u0308ä\n\tö", "\x00", "🦆 <b>", '"', "", None]


class Maker:
    """Makes columns, and counts how often."""

    def __init__(self, rows: int = LEAST) -> None:
        self.rows, self.times = rows, 0

    def __call__(self) -> dict[str, Column]:
        self.times += 1
        texts = [ODD[at] if at < len(ODD) else f"nr {at % 99}" for at in range(self.rows)]
        return {"s": column(texts), "o": column([None] * self.rows)}


def test_what_was_kept_is_not_made_again(tmp_path: Path) -> None:
    make = Maker()
    first, second = (kept(tmp_path / "columns", QUERY, make) for _ in range(2))
    assert (first, make.times) == (second, 1)
    assert second["s"].texts[:5] == (*ODD[:4], "nr 6")
    kept(tmp_path / "columns", f"{QUERY} ", make)
    assert make.times == 2, "another query is another answer"
    assert {path.suffix for path in (tmp_path / "columns").iterdir()} == {".zip"}


def test_few_rows_are_not_kept(tmp_path: Path) -> None:
    make = Maker(LEAST // 2 - 1)
    for _ in range(2):
        kept(tmp_path, QUERY, make)
    assert (make.times, list(tmp_path.iterdir())) == (2, [])


@pytest.mark.parametrize("share", [0, 0.3, 0.6, 0.999])
@pytest.mark.parametrize("harm", ["cut", "flip"])
def test_a_damaged_file_is_made_again(tmp_path: Path, harm: str, share: float) -> None:
    make = Maker()
    whole = kept(tmp_path, QUERY, make)
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    at = int(share * len(data))
    path.write_bytes(data[:at] if harm == "cut" else data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :])
    assert kept(tmp_path, QUERY, make) == whole
    kept(tmp_path, QUERY, make)
    assert make.times <= 2


def test_where_nothing_can_be_written_the_answer_still_comes(tmp_path: Path) -> None:
    (tmp_path / "columns").write_text("in the way")
    make = Maker()
    assert kept(tmp_path / "columns", QUERY, make) == make()
    assert kept(tmp_path / "gone" / "columns", QUERY, make) == make()


def test_a_new_generation_is_read_anew_and_its_files_stay_its_own(tmp_path: Path) -> None:
    home = Home(tmp_path / "store")
    for number in (1, 2):
        with home.draft() as draft:
            things = (f"<https://example.org/{at:05}>" for at in range(number * LEAST))
            draft.replace(G, [f'{thing} <https://example.org/p> "{number}"' for thing in things])
        home.open().columns(QUERY)
        assert not (home.data(number).parent / "columns").exists(), "nobody wished it kept"
        for _ in range(2):
            found = home.open().columns(QUERY, keep=True)
            assert (len(found["s"].codes), found["o"].texts) == (number * LEAST, (str(number),))
    places = sorted((home.folder / "generations").iterdir())
    assert [len(list((place / "columns").iterdir())) for place in places] == [1, 1]
    assert home.verify() == []
    assert all((place / FILE).exists() for place in places)
