"""A region's folder: it loads whole, or every mistake in it is told once, and nothing is loaded."""

import csv
import shutil
from pathlib import Path

import pytest

from graph.iris import Iris
from loaders import region_kit
from loaders.region import bundled, read_folder
from loaders.region_layout import ACTOR_KINDS, AREA_KINDS, LAYOUTS, REGION
from loaders.region_tables import FolderError
from ontology import names as n
from ontology import vocabulary

EXAMPLES = region_kit.KIT / "examples"
THING = n.BASE + "id/"
ALL = (REGION, *LAYOUTS.values())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the filled example, to be spoilt."""
    return Path(shutil.copytree(EXAMPLES, tmp_path / "region"))


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Change a text that stands in a file."""
    content = (folder / file).read_text("utf-8")
    assert old in content
    (folder / file).write_text(content.replace(old, new, 1), "utf-8")


def add(folder: Path, file: str, *rows: str) -> None:
    """Add rows at the end of a file."""
    with (folder / file).open("a", encoding="utf-8") as out:
        out.writelines(row + "\n" for row in rows)


def told(folder: Path) -> list[str]:
    """Return the sentences that a folder gives."""
    with pytest.raises(FolderError) as refused:
        read_folder(folder, Iris())
    assert str(refused.value) == "\n".join(map(str, refused.value.mistakes))
    return [str(mistake) for mistake in refused.value.mistakes]


def test_the_examples_load_whole() -> None:
    loaded = read_folder(EXAMPLES, Iris())
    assert loaded.source.name == "region-exempel" and loaded.rejects == ()
    assert (loaded.counts["PriorityArea"], loaded.counts["Participation"], loaded.counts["Need"]) == (1, 2, 1)
    assert set(loaded.files) == {layout.file for layout in ALL}
    texts = [(EXAMPLES / each.file).read_text("utf-8") for each in ALL]
    assert loaded.read == sum(len(list(csv.reader(text.splitlines()))) - 1 for text in texts)
    assert loaded.lines == read_folder(EXAMPLES, Iris()).lines


def test_what_a_region_says_of_itself_bears_its_name() -> None:
    subjects = {
        line.partition(" ")[0][1:-1].removeprefix(THING) for line in read_folder(EXAMPLES, Iris()).lines
    }
    kinds = {subject for subject in subjects if not subject.startswith("statement/")}
    assert kinds and all("/region-exempel." in subject for subject in kinds)


def test_every_fact_of_a_row_leads_to_its_document() -> None:
    lines = read_folder(EXAMPLES, Iris()).lines
    area = f"<{THING}area/region-exempel.uppkopplade-produkter>"
    lead = f"<{THING}organisation/region-exempel.linkoping-science-park>"
    assert f"{area} <{n.ledBy}> {lead}" in lines
    (statement,) = (
        line.partition(" ")[0]
        for line in lines
        if line.endswith(f"<{n.object_}> {lead}")
        and f"{line.partition(' ')[0]} <{n.subject}> {area}" in lines
    )
    assert f"{statement} <{n.fromDocument}> <{THING}document/region-exempel.linkoping-sp>" in lines


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.file)
def test_the_templates_have_the_columns_that_are_read(layout: object) -> None:
    assert layout in ALL
    for root in (region_kit.KIT, EXAMPLES):
        for each in ALL:
            assert (root / each.file).read_text("utf-8").splitlines()[0] == ",".join(each.columns)


def test_kinds_are_those_of_the_vocabulary_and_stand_in_the_instructions() -> None:
    readme = (region_kit.KIT / "README.md").read_text("utf-8")
    for scheme, kinds in (("actor-kind", ACTOR_KINDS), ("area-kind", AREA_KINDS)):
        known = {concept.rpartition("/")[2] for concept in vocabulary.concepts(scheme)}
        assert set(kinds) <= known
        assert ", ".join(kinds) in readme
    for role in vocabulary.concepts("role"):
        assert role.rpartition("/")[2] in readme


def test_what_is_bundled_can_be_referred_to() -> None:
    known = bundled(Iris())
    assert len(known.counties) == 21 and known.counties["17"] == "Värmlands län"
    assert "region-ostergotland" in known.keys["organisation"]
    assert len(known.keys["area"]) == 108
    assert not [key for keys in known.keys.values() for key in keys if "." in key], "no key can collide"


def test_twelve_planted_mistakes_give_twelve_sentences(folder: Path) -> None:
    add(
        folder,
        "areas.csv",
        "fel-lan,Fel län,,strength,99,styrkor,,,,,styrkeomraden,,literal,",
        "fel-slag,Fel slag,,strenght,05,styrkor,,,,,styrkeomraden,,literal,",
        "utan-uppsattning,Utan uppsättning,,strength,05,,,,,,styrkeomraden,,literal,",
        'trasigt,"Trasigt citat,,strength,05,styrkor,,,,,styrkeomraden,,literal,',
        "okant-dokument,Okänt dokument,,strength,05,styrkor,,,,,styrkeomrade,,literal,",
    )
    add(
        folder,
        "projects.csv",
        "fel-dag,Fel dag,,2023-02-30,,,,,,skiss,,derived,",
        "fel-ordning,Fel ordning,,2024-01-01,2023-01-01,,,trasigt,,skiss,,derived,",
        "fel-roll,Fel roll,,,,,,,organisation/region-ostergotland:ower,skiss,,derived,",
    )
    add(
        folder,
        "actors.csv",
        "person,Person,,company,05,,811218-9876,skiss,,literal,",
        "linkoping-science-park,Igen,,science-park,05,,,skiss,,literal,",
    )
    add(folder, "needs.csv", "utan-namn,,,05,,skiss,behov,,derived,")
    spoil(folder, "sets.csv", "printed\n", "printed,colour\n")
    spoil(
        folder, "sets.csv", ",literal,Östergötlands styrkeområden", ",literal,Östergötlands styrkeområden,red"
    )
    found = told(folder)
    expected = [
        ("actors.csv:3: organisation_number has a personal number", "no personal data"),
        (
            "actors.csv:4: actor is 'linkoping-science-park'",
            "a key that stands once; it stands on line 2 too",
        ),
        ("areas.csv:3: county is '99'", "a county's code of two digits. The codes are 01, 03"),
        ("areas.csv:4: kind is 'strenght'", "Did you mean 'strength'?"),
        ("areas.csv:5: set is ''", "a value. Fill in the cell"),
        ("areas.csv:6: a row that cannot be read", "quotes in pairs. Close the quotes"),
        ("areas.csv:7: document is 'styrkeomrade'", "Did you mean 'styrkeomraden'?"),
        ("needs.csv:3: name_sv is ''", "a value"),
        ("projects.csv:3: start is '2023-02-30'", "a day in the form 2024-04-01"),
        ("projects.csv:4: end is '2023-01-01'", "2024-01-01 (start) or later. Change places"),
        ("projects.csv:5: participants has 'ower'", "Did you mean 'owner'?"),
        ("sets.csv:1: an extra column 'colour' (number 8)", "Take the column away."),
    ]
    assert len(found) == 12, "\n".join(found)
    for sentence, (begin, part) in zip(found, expected, strict=True):
        assert sentence.startswith(begin) and part in sentence
        assert "; expected " in sentence
    assert not any("811218" in sentence for sentence in found), "personal data are not repeated"


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("region.csv", "exempel,", "Exempel Län,", "region.csv:2: name is 'Exempel Län'; expected a key"),
        ("region.csv", ",05,", ",Östergötlands,", "Did you mean '05' (Östergötlands län)?"),
        ("areas.csv", ",05,", ",17,", "areas.csv:2: county is '17'; expected a county of the region: 05."),
        (
            "areas.csv",
            "linkoping-science-park",
            "linkoping-science",
            "Did you mean 'linkoping-science-park'?",
        ),
        (
            "areas.csv",
            "linkoping-science-park",
            "organisation/region-ostergotlan",
            "organisation/region-osterg",
        ),
        (
            "areas.csv",
            ",styrkor,,,,",
            ",styrkor,,2020,2019,",
            "areas.csv:2: valid_until is '2019'; expected 2020",
        ),
        ("areas.csv", ",styrkor,,,,", ",styrkor,,20,,", "valid_from is '20'; expected a year of four digits"),
        ("actors.csv", ",05,,,", ",05,www.lisp.se,,", "Did you mean 'https://www.lisp.se'?"),
        ("actors.csv", ",05,,,", ",05,,2321000040,", "Did you mean '232100-0040'?"),
        (
            "actors.csv",
            ",05,,,",
            ",05,,232100-0041,",
            "expected a number whose last digit is the check digit",
        ),
        ("actors.csv", "actor,", "actr,", "actors.csv:1: an extra column 'actr' (number 1)"),
        ("actors.csv", "literal", "litteral", "Did you mean 'literal'?"),
        ("projects.csv", ",,,,,,organ", ",,,100,,,organ", "currency is ''; expected a currency"),
        ("projects.csv", ",,,,,,organ", ",,,,SEK,,organ", "expected no currency without a budget"),
        ("projects.csv", ",,,,,,organ", ",,,ten,SEK,,organ", "budget is 'ten'; expected an amount in digits"),
        ("projects.csv", ":owner", "", "expected ACTOR:ROLE, with | between"),
        ("projects.csv", '"7, 34, 42"', "somewhere", "lines is 'somewhere'; expected line numbers"),
        ("needs.csv", ",skiss,", ",sk,", "needs.csv:2: project is 'sk'; expected a key of projects.csv."),
        ("needs.csv", "05,,", "05,,,", "needs.csv:2: 11 cells; expected 10, as in the header."),
        ("evidence/documents.csv", "2023-01-25,", "25/1 2023,", "issued is '25/1 2023'; expected a day"),
        ("evidence/documents.csv", "2023-01-25,", "25.1.2023,", "Did you mean '2023-01-25'?"),
        ("needs.csv", "Bygglogistik", "Ring 013-12 34 56", "needs.csv:2: name_sv has a telephone number"),
        (
            "needs.csv",
            "Bygglogistik",
            "Skriv till a.b@example.se",
            "needs.csv:2: name_sv has an e-mail address",
        ),
    ],
)
def test_one_mistake_gives_one_sentence(folder: Path, file: str, old: str, new: str, sentence: str) -> None:
    spoil(folder, file, old, new)
    (found,) = told(folder)
    assert found.startswith(f"{file}:") and sentence in found


def test_a_file_that_is_not_there_is_one_mistake(folder: Path) -> None:
    (folder / "actors.csv").unlink()
    (found,) = told(folder)
    assert found.startswith("actors.csv:1: no file") and "samspel new-region" in found


def test_a_file_of_another_encoding_is_one_mistake(folder: Path) -> None:
    (folder / "needs.csv").write_bytes((folder / "needs.csv").read_text("utf-8").encode() + b"x\xe5")
    (found,) = told(folder)
    assert found == "needs.csv:3: a byte that is no UTF-8; expected a text. Save the file as UTF-8."


def test_an_empty_template_is_no_region(tmp_path: Path) -> None:
    region_kit.write(tmp_path / "new")
    (found,) = told(tmp_path / "new")
    assert found.startswith("region.csv:1: 0 rows; expected a header and one row.")


def test_a_text_over_two_lines_is_read_and_the_lines_after_it_are_counted(folder: Path) -> None:
    spoil(folder, "needs.csv", "Bygglogistik i samband", '"Bygglogistik\ni samband')
    spoil(folder, "needs.csv", "byggnationer,", 'byggnationer",')
    assert read_folder(folder, Iris()).counts["Need"] == 1
    add(folder, "needs.csv", "x,X,,06,,,behov,,derived,")
    assert told(folder)[0].startswith("needs.csv:4: county is '06'")


def test_a_folder_is_written_only_where_there_is_nothing(tmp_path: Path) -> None:
    written = region_kit.write(tmp_path / "a" / "b")
    assert {path.name for path in written} >= {"README.md", "areas.csv", "documents.csv"}
    with pytest.raises(FileExistsError):
        region_kit.write(tmp_path / "a" / "b")
    with pytest.raises(FileExistsError):
        region_kit.write(written[0])
