"""The real files that lie beside the repository are read whole."""

from pathlib import Path

import pytest

from loaders.reading.limits import Limits
from loaders.reading.objects import objects
from loaders.reading.table import tables
from loaders.reading.xml import elements
from loaders.source import Reject

pytestmark = pytest.mark.shared_data

FILES = {
    "swecris/swecris_export_kth_vinnova.csv": (28, 1_408, "CSV, UTF-8, ;"),
    "cordis_h2020/h2020_organizations_out_formatted_latest.csv": (25, 2_721, "CSV, UTF-8, ,"),
    "cordis_h2020/h2020_topics_out.csv": (3, 35_383, "CSV, UTF-8, ,"),
    "cordis_horizon/hopon_projects.csv": (14, 48, "CSV, UTF-8, |"),
    "cordis_horizon/hopon_orgs.csv": (12, 250, "CSV, UTF-8, |"),
    "cordis_horizon/euroSciVoc.2023-06.xlsx": (5, 17_348, "XLSX"),
    "cordis_horizon/euroSciVoc.2026-04.xlsx": (5, 43_285, "XLSX"),
    "cordis_horizon/topics.2026-04.xlsx": (3, 20_337, "XLSX"),
    "tillvaxtverket_erdf_2014_2020/projektbanken_eruf_2014-2020_2016-10-14.json": (18, 374, "JSON, UTF-8"),
    "kohesio/IE_valid_example.csv": (33, 5, "CSV, UTF-8, ,"),
    "nuts/lau_2019_SE.csv": (22, 290, "CSV, UTF-8, ,"),
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file).name)
def test_every_record_of_a_real_file_is_read(shared: Path, file: str) -> None:
    rejects = list[Reject]()
    (table,) = tables(shared / "data" / file, rejects.append)
    rows = sum(1 for _ in table.rows())
    assert (len(table.columns), rows, table.form) == FILES[file]
    assert (rejects, table.read, table.repaired) == ([], rows, 0)


def test_a_real_file_is_the_same_in_blocks_of_any_size(shared: Path) -> None:
    path = shared / "data" / "swecris" / "swecris_export_kth_vinnova.csv"
    (whole,) = tables(path, lambda reject: None)
    (pieces,) = tables(path, lambda reject: None, Limits(block=997))
    assert list(whole.rows()) == list(pieces.rows())


@pytest.mark.parametrize(("version", "count"), [("v1", 293), ("v2", 257)])
def test_ror_records_are_read_as_objects(shared: Path, version: str, count: int) -> None:
    rejects = list[Reject]()
    (each,) = objects(shared / "data" / "ror" / f"ror_se_{version}.json", rejects.append)
    found = [value for _, value in each.records()]
    assert (len(found), rejects) == (count, [])
    assert all(str(value["id"]).startswith("https://ror.org/") for value in found)


def test_a_cordis_project_is_read_from_xml(shared: Path) -> None:
    rejects = list[Reject]()
    (each,) = elements(shared / "data" / "cordis_xml" / "101117736.xml", "project", rejects.append)
    ((line, project),) = each.records()
    assert (line, project.findtext("acronym"), rejects) == (2, "Time2SWITCH", [])
    assert project.find("relations/associations/organization/id") is not None
