"""Codes, rates and numbers that the sources of the cohesion policy share."""

from decimal import Decimal

import pytest

from loaders import cohesion
from loaders.curated import organisation_number
from loaders.errors import PersonalData, RecordError
from loaders.reviewed import LOOKUPS, rows

PERSON = "121212-1212"  # Skatteverket's example of a personal number; nobody has it


@pytest.mark.parametrize(
    ("printed", "rate"),
    [("40.0", "0.4"), ("50", "0.5"), ("0.5", "0.5"), ("80%", "0.8"), ("1", "1"), ("0", "0")],
)
def test_a_rate_is_read_in_every_form(printed: str, rate: str) -> None:
    assert cohesion.share(printed) == Decimal(rate)


@pytest.mark.parametrize("printed", ["140", "101%", "-1", "half", ""])
def test_a_rate_beyond_the_whole_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        cohesion.share(printed)


@pytest.mark.parametrize(
    "printed", ["2120003005", "212000-3005", "2120003005.0", "162120003005", "SE212000300501"]
)
def test_an_organisation_number_is_read_in_every_form(printed: str) -> None:
    assert cohesion.beneficiary_number(printed, "ID") == organisation_number("212000-3005")


@pytest.mark.parametrize("printed", [PERSON, "1212121212.0", f"19{PERSON}", f"16{PERSON}", "121212", "x"])
def test_what_may_be_a_persons_number_is_not_repeated(printed: str) -> None:
    with pytest.raises(PersonalData) as error:
        cohesion.beneficiary_number(printed, "ID")
    assert error.value.field == "ID"
    assert printed.removesuffix(".0") not in str(error.value).split(": ")[0]


def test_a_misprinted_number_is_shown() -> None:
    with pytest.raises(RecordError, match="2120003006") as error:
        cohesion.beneficiary_number("2120003006", "ID")
    assert not isinstance(error.value, PersonalData)


def test_an_unknown_objective_is_noted_and_an_unknown_fund_refused() -> None:
    notes: list[str] = []
    first = cohesion.thematic_objectives(notes.append).fields("ID")[0]
    assert first.convert("12") is None
    assert notes == ["thematic objective '12' is not known and not said"]
    with pytest.raises(ValueError, match="eu_funds"):
        cohesion.funds().fields("Fund_Code")[0].convert("XYZ")


def test_all_eleven_objectives_of_article_9_and_the_five_of_article_5_are_known() -> None:
    thematic = {row["number"] for _, row in rows(LOOKUPS / "thematic_objectives.csv")}
    policy = {row["number"] for _, row in rows(LOOKUPS / "policy_objectives.csv")}
    assert thematic == {*map(str, range(1, 12)), "TA"}
    assert policy == {*map(str, range(1, 6))}


def test_every_fund_of_the_import_layout_is_known() -> None:
    known = {row["code"] for _, row in rows(LOOKUPS / "eu_funds.csv")}
    assert {"CF", "EAFRD", "EMFF", "ENI", "ERDF", "ESF", "YEI", "IPA II"} <= known
