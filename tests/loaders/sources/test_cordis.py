"""CORDIS: projects, topics, legal bases and fields, alone and together, in every form, and their faults."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from loaders.errors import BoundsError, LayoutError
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py

ID = "https://w3id.org/samspel/id/"
PROJECT = (
    "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;ecSignatureDate;"
    "frameworkProgramme;masterCall;subCall;fundingScheme;nature;objective;contentUpdateDate;rcn;grantDoi"
)
ROW = (
    "741487;QFPROBA;SIGNED;Fields;2017-10-01;2024-03-31;2463412;2463412,5;H2020-EU.1.1.;ERC-2016-ADG;2017-04-21;"
    "H2020;ERC-2016-ADG;ERC-2016-ADG;ERC-ADG;;Chance in physics.;2023-04-05 12:54:00;210052;10.3030/741487"
)
FIELDS = "projectID;euroSciVocCode;euroSciVocPath;euroSciVocTitle;euroSciVocDescription"


def _file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _line(subject: str, predicate: str, value: str) -> str:
    found = value if value.startswith('"') else f"<{ID}{value}>"
    return f"<{ID}{subject}> <{predicate}> {found}"


def _triples(outcome: Any, subject: str) -> set[str]:
    return {line for line in outcome.lines if line.startswith(f"<{ID}{subject}> ")}


def test_a_project_says_its_names_days_sums_topic_programme_and_grant(
    outside: Outside, tmp_path: Path
) -> None:
    outcome = outside("cordis", _file(tmp_path, "project.csv", PROJECT, ROW))
    assert outcome.violations() == []
    assert outcome.fed.balance.unmapped == {}
    project = "project/cordis.741487"
    assert _triples(outcome, project) == {
        f"<{ID}{project}> <{n.type_}> <{n.Project}>",
        _line(project, n.prefLabel, '"Fields"@en'),
        _line(project, n.altLabel, '"QFPROBA"'),
        _line(project, n.identifier, '"741487"'),
        _line(project, n.description, '"Chance in physics."@en'),
        _line(project, n.startDate, f'"2017-10-01"^^<{n.XSD}date>'),
        _line(project, n.endDate, f'"2024-03-31"^^<{n.XSD}date>'),
        _line(project, n.modified, f'"2023-04-05"^^<{n.XSD}date>'),
        f"<{ID}{project}> <{n.seeAlso}> <https://doi.org/10.3030/741487>",
        _line(project, n.totalBudget, "amount/EUR-2463412"),
        _line(project, n.euContribution, "amount/EUR-2463412.5"),
        _line(project, n.isPartOf, "programme/cordis.H2020-EU.1.1"),
        _line(project, n.topic, "cordis-topic/ERC-2016-ADG"),
        _line(project, n.fundedBy, "grant/cordis.741487"),
    }
    assert _triples(outcome, "grant/cordis.741487") == {
        f"<{ID}grant/cordis.741487> <{n.type_}> <{n.Grant}>",
        _line("grant/cordis.741487", n.prefLabel, '"H2020 grant 741487"@en'),
        _line("grant/cordis.741487", n.underScheme, "programme/horizon-2020"),
        _line("grant/cordis.741487", n.schemaAmount, "amount/EUR-2463412.5"),
    }


def test_the_programme_of_the_seeds_is_led_to_and_not_described_again(
    outside: Outside, tmp_path: Path
) -> None:
    later = (
        ROW.replace("741487;", "101;", 1)
        .replace(";H2020;", ";HORIZON;")
        .replace("H2020-EU.1.1.", "HORIZON.1.1")
    )
    outcome = outside("cordis", _file(tmp_path, "project.csv", PROJECT, ROW, later))
    assert _triples(outcome, "programme/horizon-2020") == set()
    assert _line("programme/horizon-europe", n.prefLabel, '"Horisont Europa"@sv') in outcome.lines
    assert _line("programme/cordis.HORIZON.1.1", n.isPartOf, "programme/horizon-europe") in outcome.lines
    assert outcome.violations() == []


def test_titles_of_topics_and_programmes_come_from_their_own_tables_in_any_order(
    outside: Outside, tmp_path: Path
) -> None:
    project = _file(tmp_path, "project.csv", PROJECT, ROW)
    topics = _file(tmp_path, "topics.csv", "projectID;topic;title", "741487;ERC-2016-ADG;Advanced Grants")
    basis = _file(
        tmp_path,
        "legalBasis.csv",
        "projectID;legalBasis;title;uniqueProgrammePart",
        "741487;H2020-EU.1.1.;Excellence;true",
    )
    one = outside("cordis", project, topics, basis)
    other = outside("cordis", basis, topics, project)
    assert set(one.lines) == set(other.lines)
    assert _line("cordis-topic/ERC-2016-ADG", n.prefLabel, '"Advanced Grants"@en') in one.lines
    assert _line("programme/cordis.H2020-EU.1.1", n.prefLabel, '"Excellence"@en') in one.lines
    assert one.violations() == []


def test_a_project_without_a_row_of_its_own_is_named_once(outside: Outside, tmp_path: Path) -> None:
    topics = _file(tmp_path, "topics.csv", "projectID;topic;title", "741487;T;A", "55;RISK FINANCE;")
    outcome = outside("cordis", topics, _file(tmp_path, "project.csv", PROJECT, ROW))
    labels = [line for line in outcome.lines if f"<{n.prefLabel}>" in line and "project/" in line]
    assert labels == [
        _line("project/cordis.741487", n.prefLabel, '"Fields"@en'),
        _line("project/cordis.55", n.prefLabel, '"CORDIS 55"@en'),
    ]
    assert _line("cordis-topic/RISK-FINANCE", n.notation, '"RISK FINANCE"') in outcome.lines
    assert outcome.fed.counts["Project"] == 2
    assert outcome.violations() == []


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("741487;QF", "74A487;QF", "id"),
        ("2017-10-01", "2017-13-01", "startDate"),
        ("2024-03-31", "2016-03-31", "endDate"),
        ("2463412,5", "much", "ecMaxContribution"),
        (";2463412;", ";-1;", "totalCost"),
        ("H2020-EU.1.1.", "6998911", "legalBasis"),
        (";H2020;", ";H2077;", "frameworkProgramme"),
        (";Fields;", ";;", "title"),
        ("10.3030/741487", "doi", "grantDoi"),
        ("12:54:00", "25:54:00", "contentUpdateDate"),
    ],
)
def test_a_bad_value_refuses_the_project_and_names_the_column(
    outside: Outside, tmp_path: Path, old: str, new: str, column: str
) -> None:
    assert old in ROW
    good = ROW.replace("741487;QF", "1;QF")
    outcome = outside("cordis", _file(tmp_path, "project.csv", PROJECT, ROW.replace(old, new, 1), good))
    (reject,) = outcome.fed.first_rejects
    assert (reject.line, reject.field) == (2, column)
    assert outcome.fed.balance.loaded == 1
    assert not any("741487>" in line and "doi.org" not in line for line in outcome.lines)


def test_a_row_shifted_by_an_unquoted_decimal_comma_is_refused(outside: Outside, tmp_path: Path) -> None:
    header = PROJECT.replace(";", ",")
    shifted = ROW.replace(";2463412,5;", ";7643751,25;").replace(";", ",")
    good = ROW.replace("2463412,5", "1").replace(";", ",")
    outcome = outside("cordis", _file(tmp_path, "project.csv", header, shifted, good))
    assert [(each.line, each.field) for each in outcome.fed.first_rejects] == [(2, "record")]
    assert "amount/EUR-25>" not in "".join(outcome.lines)


def test_an_objective_that_names_somebody_is_withheld(outside: Outside, tmp_path: Path) -> None:
    told = ROW.replace("Chance in physics.", "Write to lab@example.org about it.")
    outcome = outside("cordis", _file(tmp_path, "project.csv", PROJECT, told))
    assert not any(n.description in line for line in outcome.lines)
    assert dict(outcome.fed.balance.notes) == {
        "objective: withheld where it seems to hold an e-mail address": 1
    }


def test_the_layout_of_2018_is_refused_with_its_columns(outside: Outside, tmp_path: Path) -> None:
    path = _file(tmp_path, "project.csv", "rcn;id;acronym;programme;title;objective;call", "1;2;A;P;T;O;C")
    with pytest.raises(LayoutError, match=r"Found: rcn, id, acronym, programme.*legalBasis"):
        outside("cordis", path)


def test_web_links_are_passed_over_by_name(outside: Outside, tmp_path: Path) -> None:
    columns = "projectID;physUrl;id;availableLanguages;status;archivedDate;type;source;represents"
    links = _file(tmp_path, "webLink.csv", columns, "1;https://example.org;a;en;;;x;corda;")
    outcome = outside("cordis", links, _file(tmp_path, "project.csv", PROJECT, ROW))
    assert outcome.fed.balance.forms["webLink.csv"] == "webLink, passed over"
    assert (outcome.fed.balance.read, outcome.fed.balance.loaded) == (1, 1)
    with pytest.raises(BoundsError):
        outside("cordis", links)


def test_the_package_as_published_is_read_whole(outside: Outside, tmp_path: Path) -> None:
    alone = outside("cordis", _file(tmp_path, "project.csv", PROJECT, ROW))
    inner, outer = tmp_path / "cordis.zip", tmp_path / "both.zip"
    with ZipFile(inner, "w") as archive:
        archive.writestr("csv/project.csv", f"{PROJECT}\n{ROW}\n")
        archive.writestr("csv/topics.csv", "projectID;topic;title\n741487;ERC-2016-ADG;ERC-2016-ADG\n")
        archive.writestr("information.pdf", b"%PDF-1.4")
    with ZipFile(outer, "w") as archive:
        archive.write(inner, "cordis.zip")
    for package in (inner, outer):
        outcome = outside("cordis", package)
        assert set(outcome.lines) == set(alone.lines)
        assert outcome.fed.balance.read == 2


def test_a_field_is_the_same_whatever_its_code_and_its_parents_are_described(
    outside: Outside, tmp_path: Path
) -> None:
    wind = "/engineering and technology/environmental engineering/energy and fuels/renewable energy/wind"
    outcome = outside(
        "cordis",
        _file(
            tmp_path,
            "euroSciVoc.csv",
            FIELDS,
            f"1;/25/67/425/1169/1695;{wind} energy;wind energy;",
            f"2;/1695;{wind} power;wind power;",
            f"3;/;{wind} energy;wind energy;",
        ),
    )
    subjects = [line for line in outcome.lines if f"<{n.topic}>" in line]
    assert subjects == [_line(f"project/cordis.{each}", n.topic, "euroscivoc/1695") for each in (1, 2, 3)]
    labels = [line for line in outcome.lines if "euroscivoc/1695>" in line and f"<{n.prefLabel}>" in line]
    assert labels == [_line("euroscivoc/1695", n.prefLabel, '"wind energy"@en')]
    assert _line("euroscivoc/25", n.notation, '"25"') in outcome.lines
    assert outcome.violations() == []


def test_a_field_that_nobody_knows_is_kept_by_its_path_and_told(outside: Outside, tmp_path: Path) -> None:
    path = "/natural sciences/physical sciences/new science"
    outcome = outside(
        "cordis",
        _file(tmp_path, "euroSciVoc.csv", FIELDS, f"1;/;{path};new science;", f"2;/9;{path};new science;"),
    )
    found = {line.rpartition(" ")[2] for line in outcome.lines if f"<{n.topic}>" in line}
    assert len(found) == 1
    assert f"{ID}euroscivoc/path-" in found.pop()
    (note,) = outcome.fed.balance.notes
    assert "lookups/euroscivoc.csv" in note
    assert outcome.violations() == []


def test_an_empty_path_refuses_the_row(outside: Outside, tmp_path: Path) -> None:
    outcome = outside("cordis", _file(tmp_path, "e.csv", FIELDS, "1;/23;/natural sciences;x;", "2;/23;;x;"))
    assert [(each.line, each.field) for each in outcome.fed.first_rejects] == [(3, "euroSciVocPath")]


@pytest.mark.shared_data
def test_the_real_tables_load_whole(once: Outside, shared: Path) -> None:
    horizon, h2020 = shared / "data/cordis_horizon", shared / "data/cordis_h2020"
    expected = {
        horizon / "euroSciVoc.2026-04.xlsx": 43_285,
        horizon / "euroSciVoc.2023-06.xlsx": 17_348,
        horizon / "legalBasis.2023-06.xlsx": 8_325,
        horizon / "topics.2026-04.xlsx": 20_337,
        h2020 / "h2020_topics_out.csv": 35_383,
        h2020 / "h2020_projects_out_formatted_latest.csv": 1,
        horizon / "hopon_projects.csv": 48,
    }
    for path, count in expected.items():
        balance = once("cordis", path).fed.balance
        assert (path.name, balance.read, balance.loaded) == (path.name, count, count)
        assert balance.unmapped == {}


@pytest.mark.shared_data
def test_two_real_releases_lead_the_same_path_to_the_same_field(once: Outside, shared: Path) -> None:
    led: dict[str, set[str]] = {}
    for release in ("2023-06", "2026-04"):
        outcome = once("cordis", shared / f"data/cordis_horizon/euroSciVoc.{release}.xlsx")
        assert dict(outcome.fed.balance.notes) == {}
        for line in outcome.lines:
            if "/id/euroscivoc/" in line and f"<{n.altLabel}>" in line:
                concept, _, path = line.split(" ", 2)
                led.setdefault(path, set()).add(concept)
    assert len(led) > 1_000
    assert {path for path, concepts in led.items() if len(concepts) > 1} == set()


@pytest.mark.shared_data
def test_the_real_tables_together_break_no_rule(outside: Outside, shared: Path) -> None:
    horizon = shared / "data/cordis_horizon"
    names = ("euroSciVoc.2023-06.xlsx", "legalBasis.2023-06.xlsx", "hopon_projects.csv", "hopon_orgs.csv")
    assert outside("cordis", *(horizon / name for name in names)).violations() == []


def test_json_says_what_csv_says(outside: Outside, tmp_path: Path) -> None:
    values = dict(zip(PROJECT.split(";"), ROW.split(";"), strict=True))
    in_json = outside("cordis", _file(tmp_path, "project.json", json.dumps([values])))
    in_csv = outside("cordis", _file(tmp_path, "project.csv", PROJECT, ROW))
    assert in_json.lines == in_csv.lines


def test_the_same_files_give_the_same_bytes_twice(outside: Outside, tmp_path: Path) -> None:
    path = _file(tmp_path, "project.csv", PROJECT, ROW)
    assert outside("cordis", path).fed.fingerprint == outside("cordis", path).fed.fingerprint


def test_a_title_that_is_not_the_end_of_its_path_is_told(outside: Outside, tmp_path: Path) -> None:
    path = _file(tmp_path, "e.csv", FIELDS, "1;/23;/natural sciences;humanities;")
    outcome = outside("cordis", path)
    assert _line("project/cordis.1", n.topic, "euroscivoc/23") in outcome.lines
    assert [note.partition(":")[0] for note in outcome.fed.balance.notes] == ["euroSciVocTitle"]
