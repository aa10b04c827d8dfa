"""The page of needs: asked for a place, marked, taken along as a list, answered right or wrong."""

import csv
import io
import re
from html import unescape

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from api.needs import MOST, marked

HTML = {"Accept": "text/html"}
CARE = "Digitala tjänster i omsorgen"
NEED = "https://w3id.org/samspel/id/need/"


def page(client: TestClient, path: str = "/needs", **asked: str) -> str:
    found = client.get(path, params=asked, headers=HTML)
    assert found.status_code == 200
    return found.text


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def headings(text: str) -> list[str]:
    return [unescape(re.sub("<[^>]+>", "", found)) for found in re.findall("<h2>(.*?)</h2>", text)]


def test_without_a_question_all_stated_needs_are_shown(client: TestClient) -> None:
    assert len(headings(page(client))) == 3


def test_a_stated_need_can_be_picked(client: TestClient) -> None:
    (need,) = re.findall(rf'<option value="({NEED}[^"]+)">{CARE}</option>', page(client))
    picked = page(client, need=need)
    assert headings(picked) == [CARE]
    assert f'<option value="{need}" selected>' in picked
    refused = client.get("/needs", params={"need": f"{NEED}nope"}, headers=HTML)
    assert refused.status_code == 404 and "Menade du" in unescape(refused.text)


def test_a_need_a_line(client: TestClient) -> None:
    found = page(client, text="bygglogistik\n\n  solceller på  skoltak \nbygglogistik")
    assert headings(found) == ["bygglogistik", "solceller på skoltak"]
    many = page(client, text="\n".join(f"behov {'x' * number}" for number in range(MOST + 5)))
    assert len(headings(many)) == MOST


@pytest.mark.parametrize(("code", "name"), [("05", "Östergötlands län"), ("0580", "Linköping")])
def test_the_own_county_of_a_place_stands_first(client: TestClient, code: str, name: str) -> None:
    found = page(client, place=code, text="logistik till byggen")
    assert re.search(rf'<option value="{code}" selected>{name}', found)
    assert headings(found)[0] == "logistik till byggen" and len(headings(found)) == 4
    first = found.split("<h2>")[1]
    inside, outside = first.index("I det egna länet"), first.index("Utanför länet")
    assert inside < first.index("Effektiv ") < outside < first.index("E-handel och ")


def test_that_nothing_inside_the_county_meets_a_need_is_said(client: TestClient) -> None:
    found = page(client, place="05")
    care = next(part for part in found.split("<h2>")[1:] if CARE in part)
    assert "Inget område i det egna länet" in care and "I det egna länet<" not in care
    assert found.count("Inget område i det egna länet") == 1


def test_a_place_without_stated_needs_says_so(client: TestClient) -> None:
    found = page(client, place="25")
    assert headings(found) == [] and "Inget behov är känt för Norrbottens län." in found
    assert client.get("/needs", params={"place": "99"}, headers=HTML).status_code == 404


def test_matching_words_are_marked_in_need_and_area(client: TestClient) -> None:
    found = page(client, text="bygglogistik <b>x</b>")
    assert "Effektiv <mark>logistik</mark>" in found
    assert "<q><mark>bygglogistik</mark> &lt;b&gt;x&lt;/b&gt;</q>" in found
    assert "<b>" not in found.replace("<b>samspel", "")


def test_marks_keep_the_text() -> None:
    text = "E-hälsa, för ÄLDRE (85+)"
    pieces = list(marked(text, frozenset({"äldre", "hälsa"})))
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, told in pieces if told] == ["hälsa", "ÄLDRE"]
    assert list(marked("", frozenset())) == []


def test_whom_to_ask_and_projects_like_it_or_that_none_is_known(client: TestClient) -> None:
    found = page(client, text="logistik till byggen")
    assert "Strateg innovation och näringsliv, Region Östergötland" in found
    assert "ingen känd tjänst" in found and "inga kända" in found
    assert "S3-plattform Småland och Öarna" in page(client, text="träindustri och skog")
    smart = page(client, text="smart industri")
    assert "East Central Sweden – den smarta innovativa regionen" in smart, "through an older edition"


def test_a_list_can_be_printed(client: TestClient) -> None:
    found = page(client, "/needs/list", place="0580")
    assert "<h1>Behov och vad som kan möta dem – Linköping" in found and len(headings(found)) == 3
    assert "<textarea" not in found and "<select" not in found
    assert 'href="/needs/list.csv?place=0580"' in found


def test_the_list_as_csv_has_every_area(client: TestClient) -> None:
    answer = client.get("/needs/list.csv", params={"place": "0580", "text": "bygglogistik"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="behov-0580.csv"'
    found = rows(answer.text)
    assert len({row["Behov"] for row in found}) == 4
    assert (found[0]["Område"], found[0]["eget län"], found[0]["Leds av"]) == (
        "Effektiv logistik",
        "ja",
        "Norrköpings kommun",
    )
    assert found[0]["Varför"].startswith(found[0]["Poäng"] + " = ")
    assert "logistik" in found[0]["Ord som gav träffen"].split(", ")
    english = rows(client.get("/needs/list.csv?lang=en&text=bygglogistik").text)
    assert english[0]["Area"] == "Efficient logistics" and english[0]["Score"].startswith("0.")


def test_a_need_that_nothing_meets_stands_in_the_list(client: TestClient) -> None:
    (row,) = rows(client.get("/needs/list.csv", params={"text": "xyzzy"}).text)
    assert row["Behov"] == "xyzzy" and row["Område"] == "Inget område når lägsta poängen."
    assert "Inget område når lägsta poängen." in page(client, text="xyzzy")
    assert "Inget område når lägsta poängen." in page(client, "/needs/list", text="xyzzy")


def test_a_list_for_excel_runs_no_formula(client: TestClient) -> None:
    answer = client.get("/needs/list.csv", params={"text": "=logistik", "format": "excel"}).text
    assert answer.startswith("\ufeffBehov;")
    assert {row["\ufeffBehov"] for row in rows(answer, ";")} == {"'=logistik"}


def test_answers_come_back_as_a_file_and_nothing_is_kept(client: TestClient) -> None:
    found = page(client, text="bygglogistik")
    key, other = re.findall(r'type="radio" name="([^"]+)" value="right"', found)[:2]
    given = {"text": "bygglogistik", key: "right", other: "wrong", "third": "right"}
    answer = client.get("/needs/answers.csv", params=given)
    assert answer.headers["content-disposition"] == 'attachment; filename="svar.csv"'
    judged = rows(answer.text)
    assert [(row["area_iri"].rpartition("/")[2], row["answer"]) for row in judged] == [
        (key, "right"),
        (other, "wrong"),
    ]
    assert {(row["need"], row["method"]) for row in judged} == {("bygglogistik", "compound-ngram-2")}
    assert rows(client.get("/needs/answers.csv", params={"text": "bygglogistik", key: "maybe"}).text) == []
    (alone,) = rows(client.get("/needs/answers.csv", params={**given, "place": "05", other: ""}).text)
    assert (alone["need"], alone["answer"]) == ("bygglogistik", "right"), "not of what the place has stated"
    assert page(client, text="bygglogistik") == found


def test_every_answer_names_an_area_of_its_own(client: TestClient) -> None:
    for form in page(client).split('<form class="answers"')[1:]:
        names = re.findall(r'type="radio" name="([^"]+)" value="right"', form.partition("</form>")[0])
        assert names and len(names) == len(set(names)) and not set(names) & {"text", "need", "place", "lang"}


def test_an_address_asks_the_same_again(client: TestClient) -> None:
    found = page(client, place="05", text="el\nskog")
    (link,) = re.findall(r'href="(/needs/list\.csv\?[^"]+)">CSV</a>', found)
    asked = QueryParams(unescape(link).partition("?")[2])
    assert asked.get("place") == "05" and asked.getlist("text") == ["el", "skog"]
