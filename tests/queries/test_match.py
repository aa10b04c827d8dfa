"""Matching: the rankings that the ground truth asks for, and laws that hold for any need."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.iris import Iris
from graph.store import Store
from ontology import names as n
from queries import match
from queries.errors import UnknownName
from queries.match import METHOD, WEIGHTS, Match, Matcher, Weights
from queries.needs import Need

BUILDING = "Bygglogistik i samband med stora byggnationer"
CARE = "Digitala tjänster i omsorgen"
SEEING = "Visualisering i samhällsbyggnadsprocessen"
WORDS = [
    "digitala",
    "tjänster",
    "omsorgen",
    "bygglogistik",
    "visualisering",
    "hållbar",
    "energi",
    "xyzzy",
    "och",
]


@pytest.fixture(scope="module")
def matcher(store: Store) -> Matcher:
    return Matcher(store)


def found(matcher: Matcher, asked: str) -> tuple[Match, ...]:
    (need,) = matcher.named(asked)
    return matcher.matches(need)


def facts(one: Match) -> tuple[object, ...]:
    return (
        *(one.area, one.score, one.lexical, one.theme, one.shared_words),
        *(one.shared_pieces, one.shared_themes, one.concept),
    )


def test_the_three_needs_are_known(matcher: Matcher) -> None:
    assert [need.label for need in matcher.needs] == [BUILDING, CARE, SEEING]
    assert {need.year for need in matcher.needs} == {2023}
    assert {need.territory for need in matcher.needs} == {Iris().thing("county", "05")[1:-1]}


def test_digital_services_in_care_lead_to_jonkoping_and_then_to_sormland(matcher: Matcher) -> None:
    first, second = found(matcher, CARE)[:2]
    assert (first.area.label, first.area.territory_label) == (
        "Digital tjänsteutveckling",
        "Småland med öarna",
    )
    assert [label for _, label in first.area.leads] == ["Science Park Jönköping AB"]
    assert (second.area.label, second.area.territory_label) == (
        "Verksamhetsnära digitala tjänster",
        "Södermanlands län",
    )
    assert second.area.leads == ()
    assert not any(one.own_county for one in found(matcher, CARE))


def test_building_logistics_lead_to_logistics_of_the_own_county(matcher: Matcher) -> None:
    first = found(matcher, BUILDING)[0]
    assert (first.area.label, first.own_county) == ("Effektiv logistik", True)
    assert first.shared_words == ("logistik",)


def test_seeing_leads_to_visualisation_of_the_own_county(matcher: Matcher) -> None:
    first = found(matcher, SEEING)[0]
    assert (first.area.label, first.own_county) == ("Visualisering, simulering och bildanalys", True)


def test_the_score_is_the_weighted_sum_of_its_parts(matcher: Matcher) -> None:
    for need in matcher.needs:
        for one in matcher.matches(need):
            parts = WEIGHTS.words * one.lexical + WEIGHTS.themes * one.theme
            assert one.score == parts >= WEIGHTS.floor


def test_the_reasons_show_the_parts(matcher: Matcher) -> None:
    first = found(matcher, CARE)[0]
    assert first.because("en") == (
        f"{first.score:.2f} = {WEIGHTS.words:.2f} × {first.lexical:.2f} (shared stems: digital, tjänst) + "
        f"{WEIGHTS.themes:.2f} × {first.theme:.2f} (shared themes: digitalisation, services)"
    )
    numbers = [
        f"{number:.2f}".replace(".", ",")
        for number in (first.score, WEIGHTS.words, first.lexical, WEIGHTS.themes, first.theme)
    ]
    assert first.because("sv") == (
        f"{numbers[0]} = {numbers[1]} × {numbers[2]} (gemensamma ordstammar: digital, tjänst) + "
        f"{numbers[3]} × {numbers[4]} (gemensamma teman: digitalisering, tjänster)"
    )


def test_a_part_of_a_word_is_told_when_no_stem_tells_it(matcher: Matcher) -> None:
    """Textilierna has another stem than textil; the pieces of the words are alike."""
    (first, *_) = found(matcher, "textilierna")
    assert first.area.label == "Textil/Mode"
    assert first.shared_pieces and "orddelar: textil" in first.because("sv")
    assert "parts of words: textil" in first.because("en")


def test_a_concept_that_the_area_is_mapped_to_is_told(matcher: Matcher) -> None:
    """Space technology is mapped to satellite technology: the word satellit stands in no name."""
    ranked = found(matcher, "satellitteknik")
    (space,) = [one for one in ranked if one.area.label == "Rymden"]
    assert space.concept == ("satellitteknik", "satellite technology")
    assert "begrepp: satellitteknik" in space.because("sv")


def test_the_telling_words_are_words_of_the_need_or_of_the_area(matcher: Matcher) -> None:
    one = found(matcher, CARE)[0]
    assert {"digitala", "tjänster", "digital", "tjänsteutveckling"} <= one.telling
    assert "omsorgen" not in one.telling


class Reversed:
    """A model of sentences for the test: it likes areas the more, the later their names stand."""

    name = "reversed-1"

    def likeness(self, need: str, texts: Sequence[str]) -> Sequence[float]:
        order = sorted(texts)
        return [order.index(text) / len(order) for text in texts]


def test_a_sentence_model_can_be_plugged_in(store: Store, matcher: Matcher) -> None:
    plugged = Matcher(store, model=Reversed())
    plain = {one.area.iri: one for one in found(matcher, CARE)}
    for one in found(plugged, CARE):
        assert one.model is not None and one.method == f"{METHOD}+reversed-1" == one.json()["method"]
        parts = WEIGHTS.words * one.lexical + WEIGHTS.themes * one.theme
        assert one.score == pytest.approx((1 - WEIGHTS.model) * parts + WEIGHTS.model * one.model[1])
        assert f"{WEIGHTS.model:.2f} × {one.model[1]:.2f} (reversed-1)" in one.because("en")
        if one.area.iri in plain:
            assert one.lexical == plain[one.area.iri].lexical
    assert [one.area for one in found(plugged, CARE)] != [one.area for one in found(matcher, CARE)]


def test_weights_change_scores_and_the_floor_what_is_told(store: Store, matcher: Matcher) -> None:
    words_alone = Matcher(store, weights=Weights(words=1.0, floor=0.0))
    assert all(one.score == one.lexical for one in found(words_alone, CARE))
    assert len(found(words_alone, CARE)) == len([a for a in matcher.areas if not a.until or a.until > 2022])
    strict = Matcher(store, weights=replace(WEIGHTS, floor=0.6))
    assert {one.area for one in found(strict, CARE)} == {
        one.area for one in found(matcher, CARE) if one.score >= 0.6
    }


def test_themes_alone_are_told_as_themes_alone(matcher: Matcher) -> None:
    one = next(one for one in found(matcher, "vård av äldre") if not one.shared_words)
    assert one.shared_themes and not one.shared_pieces
    assert "shared stems: none" in one.because("en") and "gemensamma ordstammar: inga" in one.because("sv")


def test_a_match_as_json(matcher: Matcher) -> None:
    first = found(matcher, CARE)[0]
    told = first.json()
    assert (told["needLabel"], told["areaLabel"], told["ownCounty"]) == (
        CARE,
        "Digital tjänsteutveckling",
        False,
    )
    assert told["leads"] == [
        {
            "organisation": Iris().thing("organisation", "science-park-jonkoping")[1:-1],
            "label": "Science Park Jönköping AB",
        }
    ]
    assert (told["method"], told["status"], told["evidenceLevel"]) == (METHOD, "inferred", "seed")
    assert told["score"] == round(first.score, 4)


def test_the_own_county_comes_first_and_scores_fall(matcher: Matcher) -> None:
    for need in matcher.needs:
        own = [one.own_county for one in matcher.matches(need)]
        assert own == sorted(own, reverse=True)
        for side in (True, False):
            scores = [one.score for one in matcher.matches(need) if one.own_county is side]
            assert scores == sorted(scores, reverse=True)


def test_replaced_areas_are_never_offered(matcher: Matcher, store: Store) -> None:
    replaced = {row["a"] for row in store.rows(f"SELECT ?a WHERE {{ ?a <{n.isReplacedBy}> ?b }}").dicts()}
    assert replaced
    assert not replaced & {area.iri for area in matcher.areas}


def test_an_area_is_offered_until_its_last_year(matcher: Matcher) -> None:
    ended = [area for area in matcher.areas if area.until and area.until < 2023]
    assert ended
    for area in ended:
        last = area.until or 0
        assert area in [one.area for one in matcher.matches(Need(None, area.label, year=last))]
        assert area not in [one.area for one in matcher.matches(Need(None, area.label, year=last + 1))]
        assert area not in [one.area for one in found(matcher, area.label)], "who types a need has it today"


def test_every_area_in_force_is_found_by_its_own_name(matcher: Matcher) -> None:
    for area in matcher.areas:
        if area.until:
            continue
        ranked = matcher.matches(Need(None, area.label))
        (own,) = [one for one in ranked if one.area == area]
        assert own.lexical == pytest.approx(1)
        assert own.score == pytest.approx(ranked[0].score)


def test_a_need_is_named_by_its_iri_its_name_or_in_own_words(matcher: Matcher) -> None:
    (need,) = matcher.named(CARE)
    assert (
        matcher.named(str(need.iri)) == matcher.named(CARE.upper()) == matcher.named(f" {CARE} ") == (need,)
    )
    (typed,) = matcher.named("  digital omsorg ")
    assert (typed.iri, typed.label, typed.territory) == (None, "digital omsorg", None)
    assert typed.year == datetime.now(UTC).year


def test_an_iri_that_is_no_need_is_refused(matcher: Matcher) -> None:
    with pytest.raises(
        UnknownName, match=r"There is no need 'https://w3id\.org/samspel/id/need/x'.*Did you mean 'http"
    ):
        matcher.named("https://w3id.org/samspel/id/need/x")


def test_free_text_works(matcher: Matcher) -> None:
    assert found(matcher, "Vi behöver bättre logistik när vi bygger")[0].area.label == "Effektiv logistik"
    assert found(matcher, "mat och livsmedel")[0].area.label == "Livsmedel"
    assert not found(matcher, "bygglogistik")[0].own_county


@pytest.mark.parametrize("nonsense", ["xyzzy", "qwerty åäö", "", "och i på", "1234 5678", "– ! ?", "🦆"])
def test_nonsense_matches_nothing(matcher: Matcher, nonsense: str) -> None:
    assert found(matcher, nonsense) == ()


def test_the_stored_matches_are_the_computed_ones(matcher: Matcher, store: Store) -> None:
    stored = {quad.subject for quad in store.construct(f"CONSTRUCT WHERE {{ ?m a <{n.NeedMatch}> }}")}
    computed = [one for need in matcher.needs for one in matcher.matches(need)]
    assert len(stored) == len(computed)
    scheme = Iris()
    for one in computed:
        rows = store.construct(
            f"CONSTRUCT {{ ?m ?p ?o }} WHERE {{ ?m <{n.matchNeed}> <{one.need.iri}> ; "
            f"<{n.matchArea}> <{one.area.iri}> ; ?p ?o }}"
        )
        told = {(quad.predicate.value, getattr(quad.object, "value", "")) for quad in rows}
        for predicate, value in (
            (n.score, one.score),
            (n.lexicalScore, one.lexical),
            (n.themeScore, one.theme),
        ):
            (kept,) = [said for name, said in told if name == predicate]
            assert float(kept) == pytest.approx(value, abs=0.00005)
        assert {(n.comment, one.because("sv")), (n.comment, one.because("en"))} <= told
        assert (n.scoredBy, scheme.thing("match-method", METHOD)[1:-1]) in told
        assert (n.status, scheme.thing("status", "inferred")[1:-1]) in told


def test_inferring_twice_says_the_same(store: Store) -> None:
    first = match.infer(store, Iris())
    assert first == sorted(set(first)) == match.infer(store, Iris())
    assert first == store.lines(Iris().graph("inferred")[1:-1])


NEEDS = st.lists(st.sampled_from(WORDS), max_size=6)


@given(st.text() | NEEDS.map(" ".join))
def test_scores_stay_between_nothing_and_one(matcher: Matcher, text: str) -> None:
    for one in matcher.matches(Need(None, text)):
        for value in (one.score, one.lexical, one.theme):
            assert 0 <= value < 1 or math.isclose(value, 1)
        assert bool(one.shared_words or one.shared_pieces) == (one.lexical > 0)
        assert bool(one.shared_themes or one.concept) == (one.theme > 0)
        assert bool(one.telling) == (one.lexical > 0 or one.theme > 0)


@given(NEEDS)
def test_neither_word_order_nor_case_matters(matcher: Matcher, words: list[str]) -> None:
    turned = " ".join(word.upper() for word in reversed(words))
    one, other = matcher.matches(Need(None, " ".join(words))), matcher.matches(Need(None, turned))
    assert [facts(each) for each in one] == [facts(each) for each in other]


@given(NEEDS)
def test_empty_words_change_nothing(matcher: Matcher, words: list[str]) -> None:
    plain, padded = " ".join(words), " och ".join(["i", *words, "på"])
    assert [facts(one) for one in matcher.matches(Need(None, plain))] == [
        facts(one) for one in matcher.matches(Need(None, padded))
    ]


def test_the_level_is_that_of_the_declaration_not_of_our_mappings(matcher: Matcher) -> None:
    assert {area.level for area in matcher.areas} == {"seed", "page"}
    levels = {area.iri.rpartition("/")[2]: area.level for area in matcher.areas}
    assert levels["ostergotland-effektiv-logistik"] == "page"
    assert levels["smaland-oarna-digital-tjansteutveckling"] == "seed"
