"""The five seed documents: every statement leads to words that stand there, and nobody is named.

What the documents must give stands in test_seeds_ground_truth.py, what they could mislead to in
test_seeds_traps.py. The names and numbers of persons are found in the documents while the test runs.
"""

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.generations import Home
from graph.iris import Iris
from loaders import run
from loaders.source import SNAPSHOTS

ROOT = Path(__file__).parents[3]
KEYS = ("000", "001", "002", "003", "004")
_NAME = r"[A-ZÅÄÖÉ][a-zåäöé]+ [A-ZÅÄÖÉ][a-zåäöé]+"
_PHONE = re.compile(r"(?<!\d)0\d{1,3} ?[-–/] ?\d(?: ?\d){4,8}(?!\d)")
_PROSE = {
    ".py",
    ".rq",
    ".ttl",
    ".csv",
    ".md",
    ".html",
    ".js",
    ".jsonld",
    ".toml",
    ".txt",
    ".css",
    ".json",
    ".yml",
    "",
}
Statements = list[dict[str, str]]


@pytest.fixture(scope="session")
def files(shared: Path) -> dict[str, Path]:
    """The seed documents by their keys."""
    return {path.name[:3]: path for path in sorted((shared / "seeds").glob("*.txt"))}


@pytest.fixture(scope="session")
def documents(files: dict[str, Path]) -> dict[str, list[str]]:
    """The lines of the seed documents; the first is number 1."""
    return {key: ["", *path.read_text("utf-8").split("\n")] for key, path in files.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (SNAPSHOTS / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _of_seeds(statements: Statements) -> Statements:
    """Return what the seeds say; that nobody tells when one was retrieved stands in none of their lines."""
    return [
        said for said in statements if said["fromDocument"] in KEYS and said["predicate"] != "retrievedOn"
    ]


def _spans(lines: str) -> list[tuple[int, int]]:
    """Read `3-5, 9` as the spans (3, 5) and (9, 9)."""
    parts = [part.partition("-") for part in lines.split(", ")]
    return [(int(first), int(last or first)) for first, _, last in parts]


def test_there_are_statements_of_every_document(seed_statements: Statements) -> None:
    assert {said["fromDocument"] for said in _of_seeds(seed_statements)} == set(KEYS)
    assert len(_of_seeds(seed_statements)) > 400


def test_statements_of_seeds_say_in_which_lines_they_stand(seed_statements: Statements) -> None:
    for said in _of_seeds(seed_statements):
        assert re.fullmatch(r"\d+(-\d+)?(, \d+(-\d+)?)*", said.get("lines", "")), said


@pytest.mark.shared_data
def test_lines_are_within_the_length_of_their_file(
    seed_statements: Statements, documents: dict[str, list[str]]
) -> None:
    for said in _of_seeds(seed_statements):
        length = len(documents[said["fromDocument"]]) - 1
        assert all(1 <= first <= last <= length for first, last in _spans(said["lines"])), said


def test_whatever_is_literal_says_what_is_printed(seed_statements: Statements) -> None:
    assert not [said for said in seed_statements if said["status"] == "literal" and "asPrinted" not in said]


def test_a_literal_name_is_the_name_that_is_printed(seed_statements: Statements) -> None:
    names = {"prefLabel", "altLabel", "legalName", "unitName"}
    literal = [said for said in seed_statements if said["status"] == "literal" and said["predicate"] in names]
    assert len(literal) > 80
    assert not [said for said in literal if said["object"].casefold() not in said["asPrinted"].casefold()]


@pytest.mark.shared_data
@pytest.mark.parametrize("status", ["literal", "derived", "inferred"])
def test_what_is_printed_stands_in_the_lines_stated(
    seed_statements: Statements, documents: dict[str, list[str]], status: str
) -> None:
    printed = [
        said for said in _of_seeds(seed_statements) if said["status"] == status and "asPrinted" in said
    ]
    assert len(printed) >= 6
    absent = [said for said in printed if _folded(said["asPrinted"]) not in _stands(said, documents)]
    assert absent == []


def _stands(said: dict[str, str], documents: dict[str, list[str]]) -> str:
    lines = documents[said["fromDocument"]]
    return _folded(" ".join(" ".join(lines[first : last + 1]) for first, last in _spans(said["lines"])))


def test_unknowns_of_all_three_kinds_are_told_and_make_no_plain_triple(
    seed_statements: Statements, seed_triples: set[tuple[str, str, str]]
) -> None:
    unknown = [said for said in seed_statements if said["object"].startswith("?")]
    assert {said["object"] for said in unknown} == {"?field-empty", "?not-stated", "?not-named"}
    answered = {(said["subject"], said["predicate"]) for said in seed_statements if said not in unknown}
    open_still = {(said["subject"], said["predicate"]) for said in unknown} - answered
    assert len(open_still) > 15
    assert not {(subject, predicate) for subject, predicate, _ in seed_triples} & open_still


def test_every_statement_with_an_object_is_a_plain_triple_too(
    seed_statements: Statements, seed_triples: set[tuple[str, str, str]]
) -> None:
    said = {(s["subject"], s["predicate"], s["object"]) for s in seed_statements if s["object"][0] != "?"}
    assert said <= seed_triples


def test_the_five_are_seeds_and_the_others_pages(seed_triples: set[tuple[str, str, str]]) -> None:
    levels = {
        (subject.removeprefix("document/"), value)
        for subject, p, value in seed_triples
        if p == "evidenceLevel"
    }
    assert {key for key, level in levels if level == "evidence-level/seed"} == set(KEYS)
    assert {level for key, level in levels if key not in KEYS} == {
        "evidence-level/page",
        "evidence-level/register",
    }


@pytest.mark.shared_data
def test_checksums_are_those_of_the_files(files: dict[str, Path]) -> None:
    told = {row["document"]: row["sha256"] for row in _rows("documents.csv") if row["level"] == "seed"}
    assert told == {key: hashlib.sha256(path.read_bytes()).hexdigest() for key, path in files.items()}


@pytest.mark.shared_data
def test_titles_of_the_seeds_are_printed_in_them(documents: dict[str, list[str]]) -> None:
    told = {row["document"]: row["title"].removesuffix(" (Sörmland)") for row in _rows("documents.csv")}
    for key in KEYS:
        assert told[key] in map(_folded, documents[key])


@pytest.mark.shared_data
def test_no_sentence_of_a_seed_is_copied(documents: dict[str, list[str]]) -> None:
    texts = [_folded(" ".join(lines)).casefold() for lines in documents.values()]
    longest = 0
    for path in sorted(SNAPSHOTS.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for cell in (_folded(cell).casefold() for row in csv.reader(file) for cell in row):
                if any(cell in text for text in texts):
                    longest = max(longest, len(cell))
    assert 70 < longest <= 90  # names and phrases are taken as printed, sentences are not


@pytest.mark.shared_data
def test_goals_are_told_in_our_own_words(documents: dict[str, list[str]]) -> None:
    texts = [_folded(" ".join(lines)).casefold() for lines in documents.values()]
    wordings = [row["description_sv"].casefold() for row in _rows("goals.csv")]
    assert not [wording for wording in wordings if any(wording in text for text in texts)]


def _persons(documents: dict[str, list[str]]) -> set[str]:
    """Find who is named: after a heading for contact, and in the words beside a portrait."""
    found: set[str] = set()
    for lines in documents.values():
        for number, line in enumerate(lines):
            if line.strip() in ("Kontakt", "Kontaktperson"):
                following = next((text.strip() for text in lines[number + 1 :] if text.strip()), "")
                found.update(re.findall(rf"^({_NAME})(?=[A-ZÅÄÖ]|$)", following))
            found.update(re.findall(rf"^\s*Bild på ({_NAME})\b", line))
    return found


def _phones(documents: dict[str, list[str]]) -> set[str]:
    text = "\n".join("\n".join(lines) for lines in documents.values())
    return {re.sub(r"\D", "", number)[1:] for number in _PHONE.findall(text)}


def _plain(text: str) -> str:
    """Return a text as lower-case words without accents and marks, so that `Åsa-Å.` is `asa a`."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in letters if not unicodedata.combining(char))
    return f" {re.sub(r'[^a-z0-9]+', ' ', letters)} "


def _texts(home: Home) -> Iterator[tuple[str, str]]:
    """Yield everything that is published: the files of the repository, and the dump."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and path.suffix in _PROSE and not any(part[0] == "." for part in parts):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8", errors="replace")
    yield "the dump", "\n".join(home.open().lines())


@pytest.fixture(scope="session")
def published(built: Home) -> dict[str, str]:
    """Everything that is published, by place."""
    found = dict(_texts(built))
    assert {"README.md", "docs/model.md", "loaders/snapshots/seeds/things.csv", "the dump"} <= set(found)
    assert {"api/templates/home.html", "tests/loaders/sources/test_seeds.py"} <= set(found)
    return found


@pytest.mark.shared_data
def test_no_person_of_the_seeds_is_named_anywhere(
    documents: dict[str, list[str]], published: dict[str, str]
) -> None:
    persons = [_plain(person) for person in _persons(documents)]
    assert len(persons) == 3  # as the ground truth says; without it this test would pass on nothing
    backwards = [" ".join(["", *reversed(person.split()), ""]) for person in persons]
    named = [place for place, text in published.items() if _holds(_plain(text), [*persons, *backwards])]
    assert named == []


@pytest.mark.shared_data
def test_no_family_name_of_the_seeds_is_in_the_data(
    documents: dict[str, list[str]], published: dict[str, str]
) -> None:
    families = [f" {person.split()[-1]} " for person in map(_plain, _persons(documents))]
    data = {place: text for place, text in published.items() if "snapshots" in place or place == "the dump"}
    assert len(data) > 15
    assert [place for place, text in data.items() if _holds(_plain(text), families)] == []


@pytest.mark.shared_data
def test_no_telephone_number_of_the_seeds_is_anywhere(
    documents: dict[str, list[str]], published: dict[str, str]
) -> None:
    phones = _phones(documents)
    assert len(phones) == 2
    together = {place: re.sub(r"(?<=\d)[\s\-–./()]+(?=\d)", "", text) for place, text in published.items()}
    assert [place for place, text in together.items() if _holds(text, phones)] == []


def _holds(text: str, wanted: list[str] | set[str]) -> bool:
    return any(part in text for part in wanted)


def test_nobody_is_a_person_in_the_graph() -> None:
    lines = run.read("seeds", Iris()).lines
    assert not [
        line for line in lines if re.search(r"foaf/0\.1/Person|schema\.org/Person|heldBy|vcard/ns", line)
    ]
    assert not [line for line in lines if "mailto:" in line or "tel:" in line]
