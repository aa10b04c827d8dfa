"""The participation table by maplib: polars prepares the columns, OTTR templates make the triples."""

import sys
from pathlib import Path

import polars as pl  # type: ignore[import-not-found]  # in the environment of its own
from maplib import Model  # type: ignore[import-not-found]  # in the environment of its own

THING = "https://w3id.org/samspel/id/"
TEMPLATES = Path(__file__).with_name("participations.stottr")
SWEDISH = r"^SE(\d{6})(\d{4})01$"


def main(source: Path, target: Path) -> None:
    """Read the CSV file and write N-Triples."""
    rows = _prepared(pl.read_csv(source, separator=";", infer_schema=False))
    model = Model()
    model.add_template(TEMPLATES.read_text("utf-8"))
    _map(model, "Participation", rows, "project", "participation", "organisation", "role", "given", "cost")
    _map(model, "Project", rows, "project", "projectID")
    _map(model, "Organisation", rows, "organisation", "name", "number", "pic", "vat")
    values = pl.concat([rows["givenValue"], rows["costValue"]]).drop_nulls().unique().rename("value")
    amounts = values.to_frame().select(
        (THING + "amount/EUR-" + pl.col("value")).alias("of"), pl.col("value").cast(pl.Decimal(38, 12))
    )
    _map(model, "Amount", amounts, "of", "value")
    model.write(str(target), format="ntriples")


def _map(model: Model, template: str, rows: pl.DataFrame, *columns: str) -> None:
    model.map(f"https://example.org/mapping/{template}", rows.select(columns).unique())


def _prepared(rows: pl.DataFrame) -> pl.DataFrame:
    key = pl.concat_str("projectID", "organisationID", "role", "order", separator=".")
    swedish = pl.col("vatNumber").str.contains(SWEDISH)
    number = pl.col("vatNumber").str.replace(SWEDISH, "$1-$2")
    organisation = pl.when(swedish).then("orgnr-" + number.str.replace("-", ""))
    role = pl.col("role").str.replace_all("([A-Z])", "-$1").str.to_lowercase()
    return rows.select(
        "projectID",
        "name",
        (THING + "project/cordis." + pl.col("projectID")).alias("project"),
        (THING + "participation/cordis." + key).alias("participation"),
        (THING + "organisation/" + organisation.otherwise("pic-" + pl.col("organisationID"))).alias(
            "organisation"
        ),
        (THING + "role/" + role).alias("role"),
        (THING + "amount/EUR-" + _value("ecContribution")).alias("given"),
        (THING + "amount/EUR-" + _value("totalCost")).alias("cost"),
        _value("ecContribution").alias("givenValue"),
        _value("totalCost").alias("costValue"),
        pl.when(swedish).then(number).alias("number"),
        ("PIC " + pl.col("organisationID")).alias("pic"),
        pl.when(pl.col("vatNumber") != "").then("VAT " + pl.col("vatNumber")).alias("vat"),
    )


def _value(column: str) -> pl.Expr:
    """Return a decimal in canonical form, null where the column is empty."""
    shown = pl.col(column).str.replace(",", ".", literal=True)
    short = shown.str.strip_chars_end("0").str.strip_chars_end(".")
    return pl.when(shown != "").then(
        pl.when(shown.str.contains(".", literal=True)).then(short).otherwise(shown)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
