"""Settings of measures and matrices over HTTP: how OpenAPI tells of them, and how they are read."""

from api.parameters import Json, Refusal, asked, one_of
from api.query_values import number, shortened, whole
from queries.measure import Parameter, Setting

MOST = 1_000  # the largest number that a measure takes here


def setting(parameter: Parameter) -> Json:
    """Return a setting as OpenAPI describes it."""
    if isinstance(parameter.default, str):
        schema: Json = {"type": "string", "enum": list(parameter.choices)}
    elif isinstance(parameter.default, int):
        schema = whole(int(parameter.at_least), _most(parameter))
    else:
        schema = {"type": "number", "minimum": parameter.at_least, "maximum": _most(parameter)}
    text = f"{parameter.summary_sv} / {parameter.summary_en}"
    return asked(parameter.name, text, schema | {"default": parameter.default})


def value(parameter: Parameter, given: str) -> Setting:
    """Return the value of a setting, held to what OpenAPI tells of it."""
    if isinstance(parameter.default, str):
        return one_of(given, parameter.choices, parameter.name)
    if isinstance(parameter.default, int):
        return number(parameter.name, given, int(parameter.at_least), _most(parameter))
    try:
        found = float(given) if given.isascii() and "_" not in given and given == given.strip() else -1.0
    except ValueError:
        found = -1.0
    if not parameter.at_least <= found <= _most(parameter):
        raise Refusal(
            400,
            f"Parameter {parameter.name!r} is {shortened(given)}; expected a number from "
            f"{parameter.at_least:g} to {_most(parameter)}.",
        )
    return found


def _most(parameter: Parameter) -> int:
    return int(min(parameter.at_most, MOST))
