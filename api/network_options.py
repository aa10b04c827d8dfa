"""What part of a network is asked for: by options of commands, and by parameters of addresses."""

from collections.abc import Mapping
from typing import Annotated, Final, cast

import typer

from api.parameters import Json, Refusal, asked, one_of
from api.query_values import number, shortened, whole
from queries.network_filters import Filter, Large

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="YEAR|DAY", help="Only events that had not ended by then.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="YEAR|DAY", help="Only events that had begun by then.")
]
TerritoryOption = Annotated[str | None, typer.Option(help="Only actors of this territory, by its name.")]
AreaOption = Annotated[str | None, typer.Option(help="Only events of this area or subject, by its name.")]
FundOption = Annotated[str | None, typer.Option(help="Only events paid by this fund or programme.")]
KindOption = Annotated[str | None, typer.Option(help="Only actors of this kind, such as company.")]
MinWeightOption = Annotated[
    float | None, typer.Option(metavar="NUMBER", help="Only edges of at least so many common events.")
]
MaxSizeOption = Annotated[
    int | None,
    typer.Option(metavar="ACTORS", help="Larger events set aside, or weighing less (see --large)."),
]
LargeOption = Annotated[
    str, typer.Option(metavar="HOW", help="What is done with larger events: set_aside or down_weighted.")
]
AroundOption = Annotated[
    str | None, typer.Option(metavar="IRI", help="Only this node and those near it; see --steps.")
]
StepsOption = Annotated[int, typer.Option(metavar="EDGES", help="How many edges away is near.")]
MOST_STEPS: Final = 10
MOST_ACTORS: Final = 1_000_000
MOST_WEIGHT: Final = 1_000_000
_LARGE: Final = ("set_aside", "down_weighted")
_TEXTS: Final = {
    "from": "a year or a day; only events that had not ended by then",
    "to": "a year or a day; only events that had begun by then",
    "territory": "only actors of this territory, by its name",
    "area": "only events of this area or subject, by its name",
    "fund": "only events paid by this fund or programme, by its name",
    "kind": "only actors of this kind, such as company",
}
_MOMENT: Final = "^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$"
_LONGEST: Final = 300
NAMES: Final = (*_TEXTS, "min_weight", "max_size", "large", "around", "steps")


def chosen(
    since: str | None,
    until: str | None,
    territory: str | None,
    area: str | None,
    fund: str | None,
    kind: str | None,
    min_weight: float | None,
    max_size: int | None,
    large: str,
    around: str | None = None,
    steps: int = 1,
) -> Filter:
    """Return the filter that the options of a command ask for."""
    return Filter(
        since=since,
        until=until,
        territory=territory,
        area=area,
        fund=fund,
        kind=kind,
        min_weight=min_weight,
        max_size=max_size,
        large=cast("Large", large),
        around=around,
        steps=steps,
    )


def read(given: Mapping[str, str]) -> Filter:
    """Return the filter that the parameters of an address ask for; parameters of others are passed over."""
    texts = {name: given.get(name) for name in (*_TEXTS, "around")}
    for name, text in texts.items():
        if text is not None and not 0 < len(text) <= _LONGEST:
            raise Refusal(
                400, f"Parameter {name!r} is {shortened(text)}; expected 1 to {_LONGEST} characters."
            )
    size, weight = given.get("max_size"), given.get("min_weight")
    return chosen(
        since=texts["from"],
        until=texts["to"],
        territory=texts["territory"],
        area=texts["area"],
        fund=texts["fund"],
        kind=texts["kind"],
        min_weight=None if weight is None else _weight(weight),
        max_size=None if size is None else number("max_size", size, 2, MOST_ACTORS),
        large=one_of(given.get("large", "set_aside"), _LARGE, "large"),
        around=texts["around"],
        steps=number("steps", given.get("steps", "1"), 1, MOST_STEPS),
    )


def described() -> list[Json]:
    """Return what OpenAPI tells of the parameters."""
    text: Json = {"type": "string", "minLength": 1, "maxLength": _LONGEST}
    moment: Json = {"type": "string", "pattern": _MOMENT}
    weight: Json = {"type": "number", "exclusiveMinimum": 0, "maximum": MOST_WEIGHT}
    large: Json = {"type": "string", "enum": list(_LARGE), "default": "set_aside"}
    told: list[tuple[str, str, Json]] = [
        *((name, words, moment if name in ("from", "to") else text) for name, words in _TEXTS.items()),
        ("min_weight", "only edges of at least so many common events", weight),
        ("max_size", "events of more actors are set aside, or weigh less", whole(2, MOST_ACTORS)),
        ("large", "what is done with events larger than max_size", large),
        ("around", "only this node, by its id, and those near it", text),
        ("steps", "how many edges away is near", whole(1, MOST_STEPS) | {"default": 1}),
    ]
    return [asked(*each) for each in told]


def _weight(value: str) -> float:
    try:
        found = float(value) if value.isascii() and "_" not in value and value == value.strip() else 0.0
    except ValueError:
        found = 0.0
    if not 0 < found <= MOST_WEIGHT:
        raise Refusal(
            400,
            f"Parameter 'min_weight' is {shortened(value)}; expected a number above 0, "
            f"at most {MOST_WEIGHT}.",
        )
    return found
