"""The setting by which a measure weighs edges, the same in every measure."""

from typing import Final, get_args

from queries.measure import Parameter
from queries.network import Weight

WEIGHTS: Final[tuple[str, ...]] = get_args(Weight)

_SV = {
    "count": "antal gemensamma projekt",
    "newman": "projekten delade på sina par",
    "amount": "projektens pengar delade på sina par",
    "none": "alla lika",
}
_EN = {
    "count": "shared projects",
    "newman": "projects shared among their pairs",
    "amount": "the projects' money shared among their pairs",
    "none": "all alike",
}


def weighting(default: Weight, *without: Weight) -> Parameter:
    """Return the parameter `weight` with every weight that a network has, but for those left out.

    >>> weighting("count", "none").default, "none" in weighting("count", "none").choices
    ('count', False)
    """
    choices = tuple(weight for weight in WEIGHTS if weight not in without)
    return Parameter(
        name="weight",
        default=default,
        summary_sv="; ".join(f"{weight}: {_SV[weight]}" for weight in choices) + ".",
        summary_en="; ".join(f"{weight}: {_EN[weight]}" for weight in choices) + ".",
        choices=choices,
    )
