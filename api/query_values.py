"""How the parameters of catalogued queries are told in OpenAPI, and held to exactly what is told."""

import re
from datetime import date

from api.parameters import Json, Refusal, asked
from queries.catalogue import Parameter

LONGEST = 500
MOST = 999_999_999
FARTHEST = 100_000_000  # rows that can be passed over
_SIGNS = "A-Za-z0-9._~!$&'()*+,;=:@\u00c0-\u024f-"
IRI = rf"^https?://[A-Za-z0-9.-]+(:[0-9]{{1,5}})?(/[{_SIGNS}]*)*(\?[{_SIGNS}/?]*)?(#[{_SIGNS}/?]*)?$"
_IRIS = rf"^{IRI[1:-1]}( {IRI[1:-1]})*$"
_TEXT = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$"
_YEAR = "^[0-9]{4}$"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,9})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def told(parameter: Parameter) -> Json:
    """Return a parameter as OpenAPI describes it."""
    return asked(parameter.name, described(parameter), schema(parameter) | {"default": _default(parameter)})


def described(parameter: Parameter) -> str:
    """Return what a parameter means, in both languages where both are written."""
    sv, en = parameter.told("sv"), parameter.told("en")
    return sv if sv == en else f"{sv} / {en}"


def schema(parameter: Parameter) -> Json:
    """Return the JSON schema of a parameter's values."""
    if parameter.type == "choice":
        return {"type": "string", "enum": list(parameter.choices)}
    if parameter.type == "integer":
        return whole(-MOST, MOST)
    if parameter.type == "date":
        return {"type": "string", "format": "date"}
    if parameter.type == "moment":
        words: list[Json] = [{"enum": list(parameter.choices)}] if parameter.choices else []
        return {"type": "string", "anyOf": [{"pattern": _YEAR}, {"format": "date"}, *words]}
    if parameter.type == "iri":
        return {"type": "string", "maxLength": LONGEST, "pattern": IRI}
    if parameter.type == "iris":
        return {"type": "string", "maxLength": LONGEST, "pattern": _IRIS}
    return {"type": "string", "maxLength": LONGEST, "pattern": _TEXT}


def whole(least: int, most: int) -> Json:
    """Return the JSON schema of a whole number."""
    return {"type": "integer", "minimum": least, "maximum": most}


def held(parameter: Parameter, value: str) -> str:
    """Return a value that is as told; refuse another with what was expected."""
    if expected := _expected(parameter, value):
        raise Refusal(400, f"Parameter {parameter.name!r} is {shortened(value)}; expected {expected}.")
    return value


def number(name: str, value: str, least: int, most: int) -> int:
    """Return a whole number between two others; refuse another value."""
    if not _WHOLE.fullmatch(value) or not least <= int(value) <= most:
        raise Refusal(
            400, f"Parameter {name!r} is {shortened(value)}; expected a whole number from {least} to {most}."
        )
    return int(value)


def shortened(value: str) -> str:
    """Return a value as a sentence quotes it."""
    return repr(value if len(value) <= 80 else f"{value[:80]}…")


def _default(parameter: Parameter) -> str | int:
    return int(parameter.default) if parameter.type == "integer" else parameter.default


def _expected(parameter: Parameter, value: str) -> str | None:
    """Return what was expected of a value, None when it is so."""
    if parameter.type == "choice":
        return None if value in parameter.choices else f"one of {', '.join(parameter.choices)}"
    if parameter.type == "integer":
        fits = _WHOLE.fullmatch(value) and abs(int(value)) <= MOST
        return None if fits else "a whole number of at most nine digits"
    if parameter.type == "date":
        return None if _is_day(value) else "a day such as 2024-04-01"
    if parameter.type == "moment":
        moment = value in parameter.choices or re.fullmatch("[0-9]{4}", value) or _is_day(value)
        words = f", or {' or '.join(parameter.choices)}" if parameter.choices else ""
        return None if moment else f"a year such as 2017 or a day such as 2024-04-01{words}"
    if len(value) > LONGEST:
        return f"at most {LONGEST} characters"
    if parameter.type == "iri":
        return None if re.fullmatch(IRI, value) else "an IRI such as https://w3id.org/samspel/id/county/05"
    if parameter.type == "iris":
        return None if re.fullmatch(_IRIS, value) else "IRIs with a space between each"
    return None if re.fullmatch(_TEXT, value) else "a text without control characters"


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False
