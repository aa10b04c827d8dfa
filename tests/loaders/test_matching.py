"""Keys lead to organisations: the bundled ones, the reviewed table, what undoes it, and the real files."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from loaders.errors import LayoutError, LoadError, RecordError
from loaders.matching import (
    COLUMNS,
    TABLE,
    Keys,
    Match,
    Matcher,
    number_from_vat,
    own_key,
    parted,
    read_table,
)
from loaders.personal_data import found_in
from loaders.reviewed import rows
from loaders.source import SNAPSHOTS

LIU, REGION = "linkopings-universitet", "region-ostergotland"
DAY = "2026-11-21"


def keys(
    number: str | None = None,
    ror: str | None = None,
    pic: str | None = None,
    vat: str | None = None,
    name: str = "A name",
    source: str = "cordis",
) -> Keys:
    return Keys(number, ror, pic, vat, name, source)


def table(folder: Path, *lines: str, file: str = "mine.csv") -> Path:
    """Write a table of lines `kind,value,source,verdict,organisation`."""
    path = folder / file
    body = "".join(f"{line},a reason,{DAY}\n" for line in lines)
    path.write_text(",".join(COLUMNS) + "\n" + body, "utf-8")
    return path


def matcher(folder: Path, *lines: str) -> Matcher:
    """Build a matcher from these lines alone."""
    return Matcher(read_table(table(folder, *lines)))


@pytest.fixture(scope="module")
def reviewed() -> Matcher:
    return Matcher.reviewed()


@pytest.mark.parametrize(
    ("vat", "number"),
    [
        ("SE202100309601", "202100-3096"),
        ("SE232100004001", "232100-0040"),
        ("se 202100-3096 01", "202100-3096"),
        ("SE202100309701", None),  # the check digit is wrong
        ("SE202100309602", None),
        ("SE811218987601", None),  # a personal number
        ("DE812345670", None),
        ("", None),
    ],
)
def test_a_swedish_vat_number_holds_the_organisation_number(vat: str, number: str | None) -> None:
    assert number_from_vat(vat) == number


@pytest.mark.parametrize(
    ("given", "organisation", "method"),
    [
        (keys(vat="SE202100309601", pic="999852236"), LIU, "organisation-number"),
        (keys(number="202100-3096", source="swecris"), LIU, "organisation-number"),
        (keys(number="2021003096", source="swecris"), LIU, "organisation-number"),
        (keys(ror="05ynxx418", source="ror"), LIU, "ror"),
        (keys(ror="https://ror.org/05ynxx418", source="ror"), LIU, "ror"),
        (keys(pic="999852236"), LIU, "pic"),
        (keys(vat="SE232100004001", pic="995440094"), REGION, "organisation-number"),
        (keys(number="232100-0040", source="swecris"), REGION, "organisation-number"),
        (keys(ror="024emf479", source="ror"), REGION, "ror"),
        (keys(name="Östergötlands Läns Landsting", source="erdf_se"), REGION, "reviewed-name"),
    ],
)
def test_one_organisation_is_one_whatever_key_a_source_has(
    reviewed: Matcher, given: Keys, organisation: str, method: str
) -> None:
    found = reviewed.resolve(given)
    assert (found.key, found.method, found.reviewed) == (organisation, method, True)


@pytest.mark.parametrize(
    ("given", "match"),
    [
        (
            keys(vat="SE556036079301", pic="999851848"),
            Match("orgnr-5560360793", "organisation-number", False),
        ),
        (keys(ror="05kyy7d06", source="ror"), Match("ror-05kyy7d06", "ror", False)),
        (keys(pic="997989351", vat=""), Match("pic-997989351", "pic", False)),
        (keys(ror="05kyy7d06", pic="1"), Match("ror-05kyy7d06", "ror", False)),
        (
            keys(name="Future Position X", source="erdf_se"),
            Match("erdf_se.future-position-x", "own-key", False),
        ),
    ],
)
def test_a_key_that_nobody_knows_stays_its_own(reviewed: Matcher, given: Keys, match: Match) -> None:
    assert reviewed.resolve(given) == match


def test_a_curated_organisation_comes_before_the_own_number_and_this_before_other_keys(
    tmp_path: Path,
) -> None:
    found = matcher(
        tmp_path, "pic,1,,same,some-slug", "pic,2,,same,orgnr-2321000040", "ror,05kyy7d06,,same,pic-1"
    )
    number = "556036-0793"
    assert found.resolve(keys(number=number, pic="1")).key == "some-slug"
    assert found.resolve(keys(number=number, pic="2")).key == "orgnr-5560360793"
    assert found.resolve(keys(ror="05ynxx418", pic="2")).key == "orgnr-2321000040"
    assert found.resolve(keys(ror="05kyy7d06")) == Match("some-slug", "ror", True)


def test_a_name_leads_only_a_record_without_keys_and_only_in_its_source(tmp_path: Path) -> None:
    found = matcher(tmp_path, "name,Innovatum AB,erdf_se,same,orgnr-5565462008")
    assert found.resolve(keys(name="INNOVATUM AB", source="erdf_se")).key == "orgnr-5565462008"
    assert found.resolve(keys(name="Innovatum AB", source="kohesio")).key == "kohesio.innovatum-ab"
    assert found.resolve(keys(name="Innovatum", source="erdf_se")).key == "erdf_se.innovatum"
    assert found.resolve(keys(name="Innovatum AB", source="erdf_se", pic="7")).key == "pic-7"


def test_a_line_undoes_what_a_bundled_source_states(tmp_path: Path) -> None:
    undone = Matcher.reviewed(table(tmp_path, f"ror,05ynxx418,,different,{LIU}"))
    assert undone.resolve(keys(ror="05ynxx418")).key == "ror-05ynxx418"
    assert undone.resolve(keys(number="202100-3096")).key == LIU
    assert undone.differs("ror-05ynxx418", LIU)


def test_a_line_for_one_source_undoes_a_merge_there_alone(tmp_path: Path) -> None:
    found = matcher(tmp_path, "pic,1,,same,some-slug", "pic,1,kohesio,different,some-slug")
    assert found.resolve(keys(pic="1")).key == "some-slug"
    assert found.resolve(keys(pic="1", source="kohesio")).key == "pic-1"


def test_a_key_kept_from_the_end_of_a_chain_goes_nowhere_on_it(tmp_path: Path) -> None:
    found = matcher(
        tmp_path,
        "pic,1,,same,orgnr-2321000040",
        f"number,232100-0040,,same,{REGION}",
        f"pic,1,,different,{REGION}",
    )
    assert found.resolve(keys(pic="1")).key == "pic-1"


@pytest.mark.parametrize(
    "lines",
    [
        ("pic,1,,same,some-slug", "pic,1,,same,other-slug"),
        ("pic,1,,same,some-slug", "pic,1,,different,some-slug"),
        ("pic,1,cordis,same,some-slug", "pic,1,,different,some-slug"),
        ("pic,1,,same,pic-2", "pic,2,,same,pic-1"),
    ],
    ids=["two organisations", "same and different", "same here, different everywhere", "a circle"],
)
def test_lines_that_contradict_each_other_are_refused_both_named(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    with pytest.raises(LoadError, match="contradict each other") as caught:
        matcher(tmp_path, *lines)
    assert "mine.csv:2" in str(caught.value)
    assert "mine.csv:3" in str(caught.value)


def test_a_line_against_a_bundled_source_is_refused_until_that_is_undone(tmp_path: Path) -> None:
    wrong = "ror,05ynxx418,,same,lunds-universitet"
    with pytest.raises(LoadError, match=r"actors\.csv:\d+ .* and mine\.csv:2"):
        Matcher.reviewed(table(tmp_path, wrong))
    path = table(tmp_path, wrong, f"ror,05ynxx418,,different,{LIU}")
    assert Matcher.reviewed(path).resolve(keys(ror="05ynxx418")).key == "lunds-universitet"


def test_two_lines_that_lead_to_the_same_place_agree(tmp_path: Path) -> None:
    found = matcher(
        tmp_path, "pic,1,,same,orgnr-2321000040", "number,232100-0040,,same,a-slug", "pic,1,,same,a-slug"
    )
    assert found.resolve(keys(pic="1")).key == "a-slug"


def test_the_order_of_the_lines_changes_nothing() -> None:
    lines = list(read_table(TABLE))
    given = [keys(pic=line.value) for line in lines if line.kind == "pic"]
    found = [[Matcher(order).resolve(one) for one in given] for order in (lines, lines[::-1])]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("pic,1,,,some-slug", "fill in same or different"),
        ("isni,1,,same,some-slug", "expected one of number, ror, pic, name"),
        ("number,232100-0041,,same,some-slug", "last digit"),
        ("ror,5ynxx418,,same,some-slug", "a ROR id"),
        ("pic,x1,,same,some-slug", "digits"),
        ("pic,1,,same,organisation/some-slug", "the KEY of organisation/KEY"),
    ],
)
def test_a_line_that_is_not_filled_in_is_refused_with_its_place(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(LayoutError, match=told) as caught:
        list(read_table(table(tmp_path, line)))
    assert "mine.csv:2" in str(caught.value)


@pytest.mark.parametrize(("why", "as_of"), [("", DAY), ("a reason", ""), ("a reason", "today")])
def test_a_line_says_why_and_when(tmp_path: Path, why: str, as_of: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(",".join(COLUMNS) + f"\npic,1,,same,some-slug,{why},{as_of}\n", "utf-8")
    with pytest.raises(LayoutError, match=r"mine\.csv:2"):
        list(read_table(path))


def test_a_table_of_other_columns_and_a_torn_row_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("kind,value\npic,1\n", "utf-8")
    with pytest.raises(LayoutError, match="'source'"):
        list(read_table(path))
    path.write_text(",".join(COLUMNS) + "\npic,1\n", "utf-8")
    with pytest.raises(LayoutError, match=r"mine\.csv:2: 2 fields"):
        list(read_table(path))
    with pytest.raises(LoadError, match="cannot be read"):
        list(read_table(tmp_path / "none.csv"))


def test_a_personal_number_is_refused_and_not_repeated(reviewed: Matcher) -> None:
    with pytest.raises(RecordError, match="personal number") as caught:
        reviewed.resolve(keys(number="811218-9876"))
    assert "1218" not in str(caught.value)


def test_an_own_key_can_be_taken_apart_again() -> None:
    for kind, value in (("number", "232100-0040"), ("ror", "05ynxx418"), ("pic", "999852236")):
        assert parted(own_key(kind, value)) == (kind, value, "")
    assert parted("erdf_se.stift-inova") == ("name", "stift-inova", "erdf_se")
    assert parted(LIU) == ("", LIU, "")


def test_every_organisation_of_the_table_is_bundled_or_a_key() -> None:
    bundled = {
        row[column].removeprefix("organisation/")
        for path, column in (
            (SNAPSHOTS / "actors" / "actors.csv", "organisation"),
            (SNAPSHOTS / "sweden" / "authorities.csv", "organisation"),
            (SNAPSHOTS / "seeds" / "things.csv", "thing"),
        )
        for _, row in rows(path, column)
    }
    curated = [line for line in read_table(TABLE) if not parted(line.organisation)[0]]
    assert len(curated) > 100
    assert [line.where for line in curated if line.organisation not in bundled] == []


def test_the_table_writes_nothing_twice_and_holds_no_personal_data() -> None:
    lines = list(read_table(TABLE))
    assert [line.of for line in lines if lines.count(line) > 1] == []
    stated = {
        (row["ror"], row["organisation"]) for _, row in rows(SNAPSHOTS / "actors" / "actors.csv", "ror")
    }
    assert [line.where for line in lines if (line.value, line.organisation) in stated] == []
    assert [where for where, row in rows(TABLE, *COLUMNS) if any(map(found_in, row.values()))] == []


def _methods(reviewed: Matcher, given: list[Keys]) -> Counter[tuple[str, bool]]:
    found = [reviewed.resolve(one) for one in given]
    return Counter((match.method, match.reviewed) for match in found)


@pytest.mark.shared_data
def test_the_swedish_organisations_of_cordis(shared: Path, reviewed: Matcher) -> None:
    path = shared / "data" / "cordis_h2020" / "h2020_organizations_out_formatted_latest.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = {
            keys(vat=row["vatNumber"] or None, pic=row["organisationID"], name=row["name"])
            for row in csv.DictReader(file)
            if row["country"] == "SE"
        }
    assert _methods(reviewed, list(found)) == {
        ("organisation-number", True): 14,
        ("organisation-number", False): 29,
        ("pic", False): 1,
    }
    alone = {reviewed.resolve(keys(pic=one.pic)).key for one in found}
    assert alone == {reviewed.resolve(one).key for one in found}


@pytest.mark.shared_data
def test_the_coordinators_of_swecris(shared: Path, reviewed: Matcher) -> None:
    path = shared / "data" / "swecris" / "swecris_export_kth_vinnova.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        numbers = {row["CoordinatingOrganisationId"] for row in csv.DictReader(file, delimiter=";")}
    found = [keys(number=number, source="swecris") for number in numbers if number]
    assert _methods(reviewed, found) == {
        ("organisation-number", True): 30,
        ("organisation-number", False): 275,
    }


@pytest.mark.shared_data
def test_the_beneficiaries_of_the_regional_fund(shared: Path, reviewed: Matcher) -> None:
    folder = shared / "data" / "tillvaxtverket_erdf_2014_2020"
    records = json.loads((folder / "projektbanken_eruf_2014-2020_2016-10-14.json").read_text("utf-8"))
    found = [keys(name=name, source="erdf_se") for name in {record["stödmottagare"] for record in records}]
    assert _methods(reviewed, found) == {("reviewed-name", True): 64, ("own-key", False): 157}
    named = {line.value for line in read_table(TABLE) if line.kind == "name" and line.verdict == "same"}
    assert len(named & {_name_part(one) for one in found}) == 64


def _name_part(one: Keys) -> str:
    """Return the name of a record as the table has it."""
    return Matcher([]).resolve(one).key.partition(".")[2]
