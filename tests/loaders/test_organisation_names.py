"""Names of organisations: what spellings of one name agree, what is close, and what must not meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.iris import Iris
from loaders.organisation_names import name_key, normal, similarity, telling, tells_body

NAMES = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LINKOPINGS UNIVERSITET", "Linköpings universitet"),
        ("LINKOEPINGS UNIVERSITET", "Linköpings universitet"),
        ("HOEGSKOLAN I BORAS", "Högskolan i Borås"),
        ("HOGSKOLAN I SKOVDE", "Högskolan i Skövde"),
        ("LULEAA TEKNISKA UNIVERSITET", "Luleå Tekniska Universitet"),
        ("IVL SVENSKA MILJOEINSTITUTET AB", "IVL Svenska Miljöinstitutet"),
        ("MYCRONIC AB (PUBL)", "Mycronic"),
        ("Netport Science Park AB (Svb)", "NETPORT SCIENCE PARK"),
        ("AB REALISATOR ROBOTICS", "Realisator Robotics Aktiebolag"),
        ("Karlstad Innovation Park Ek. För.", "Karlstad Innovation Park"),
        ("Biofuel Ekonomisk Fören", "Ekonomiska föreningen Biofuel"),
        ("STIFT SKOGSBRUKETS FORSKNINGSINSTITUT, SKOGFORSK", "Skogsbrukets Forskningsinst - Skogforsk"),
        ("Scania (Sweden)", "SCANIA AB"),
        ("European Spallation Source Eric", "European Spallation Source"),
        ("Alfa & Omega GmbH", "Alfa och Omega Ltd."),
        ("The Paper Province Ekonomisk Fören", "Paper Province"),
        ("Linko\u0308pings universitet", "Linköpings universitet"),
    ],
)
def test_spellings_of_one_name_agree(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert similarity(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Umeå kommun", "Umeå universitet"),
        ("Lunds universitet", "Luleå tekniska universitet"),
        ("Stockholms universitet", "Stockholms kommun"),
        ("Regionförbundet Sörmland", "Region Sörmland"),
        ("Träcentrum Nässjö Kompetensutveckling AB", "Träcentrum Nässjö Kompetenscentrum AB"),
        ("SI", "Swedish Institute"),
        ("SLU", "SLU Alnarp"),
        ("SI", "SIC"),
        ("Saab AB", "Saab Dynamics AB"),
    ],
)
def test_other_names_stay_below_the_threshold_of_candidates(one: str, other: str) -> None:
    assert similarity(one, other) < 0.75


def test_a_registers_short_forms_are_close_to_the_full_name() -> None:
    full = "SP Sveriges Tekniska Forskningsinstitut AB"
    assert similarity("SP SVERIGES TEKNISKA FORSKNINGSINST", full) == 1
    assert similarity("SP SV TEKN FORSKNINGSINST", full) > 0.75
    short = "Stuns Stift F Samv Mel Univ i U-A Näringsl O Sam"
    long = "STUNS, stiftelsen för samverkan mellan universiteten i Uppsala, näringsliv och samhälle"
    assert 0.75 < similarity(short, long) < 1


def test_a_legal_form_alone_is_a_name() -> None:
    assert normal("AB") == "ab"
    assert normal("Stiftelsen") == "stiftelsen"


def test_a_short_name_tells_nothing_to_search_by() -> None:
    assert telling("SLU") == []
    assert telling("Lunds universitet") == ["lunds"]
    assert telling("Swedish Institute") == ["swedish", "institute"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Stuns Stift F Samv Mel Univ i U-A", "stuns-stift-f-samv-mel-univ-i-u-a"),
        ("Örebro Läns Landsting", "orebro-lans-landsting"),
        ("H.K.H. Sofia & Co", "h-k-h-sofia-co"),
    ],
)
def test_a_name_becomes_a_part_of_an_iri(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    "name",
    [
        "Exempelbolaget AB",
        "AB EXEMPEL",
        "Lunds Univ",
        "VÄSTRA GÖTALANDSREGIONEN",
        "Namns ek. för.",
        "Stift Namn",
    ],
)
def test_a_word_tells_that_an_organisation_bears_a_name(name: str) -> None:
    assert tells_body(name)


@pytest.mark.parametrize(
    "name", ["Namn Namnsson", "Firma Namn Namnsson", "Namn As", "Namn Sá", "Namn Park", ""]
)
def test_what_may_be_a_persons_name_tells_no_organisation(name: str) -> None:
    assert not tells_body(name)


def test_names_that_lose_letters_do_not_meet_in_one_key() -> None:
    assert name_key("Αθήνα") != name_key("Πάτρα")
    assert name_key("a" * 90 + " AB") != name_key("a" * 90 + " HB")
    assert name_key("?") != name_key("!")


@given(NAMES)
def test_a_normal_form_is_its_own_and_a_key_is_always_one(name: str) -> None:
    assert normal(normal(name)) == normal(name)
    assert Iris().thing("organisation", f"erdf_se.{name_key(name)}")


@given(NAMES, NAMES)
def test_likeness_is_the_same_both_ways_and_whole_only_for_the_same_form(one: str, other: str) -> None:
    found = similarity(one, other)
    assert 0 <= found <= 1
    assert found == pytest.approx(similarity(other, one))
    assert (found == 1) == (normal(one) == normal(other))
