"""Place the classes and main properties in a drawing: groups, boxes and arrows, without words."""

import math
from dataclasses import dataclass
from typing import Final

from ontology import names as n

WIDTH: Final = 1120
HEIGHT: Final = 674
HEAD: Final = 28  # height of a box's own line
ROW: Final = 20  # height of a kind's line in the box of its class


@dataclass(frozen=True)
class Group:
    """A part of the vocabulary: its key and its place."""

    key: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Box:
    """A class at its place, with its kinds as lines below its own."""

    iri: str
    x: int
    y: int
    width: int
    kinds: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """The height, the lines of the kinds included."""
        return HEAD + ROW * len(self.kinds) + (6 if self.kinds else 0)


@dataclass(frozen=True)
class Arrow:
    """A property from a class to a class: where it begins and ends, and where its name stands."""

    subject: str
    term: str
    object: str
    start: tuple[int, int]
    end: tuple[int, int]
    shift: tuple[int, int] = (0, -6)

    @property
    def name_at(self) -> tuple[int, int]:
        """The middle of the arrow, shifted."""
        return (
            (self.start[0] + self.end[0]) // 2 + self.shift[0],
            (self.start[1] + self.end[1]) // 2 + self.shift[1],
        )

    @property
    def head(self) -> str:
        """The corners of the arrow's head, as an SVG polygon has them."""
        (x, y), (dx, dy) = self.end, (self.end[0] - self.start[0], self.end[1] - self.start[1])
        length = math.hypot(dx, dy)
        ux, uy = dx / length, dy / length
        corners = (
            (x, y),
            (x - 9 * ux - 4 * uy, y - 9 * uy + 4 * ux),
            (x - 9 * ux + 4 * uy, y - 9 * uy - 4 * ux),
        )
        return " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)


GROUPS: Final = (
    Group("territory", 0, 0, 176, 272),
    Group("strategy", 241, 0, 658, 272),
    Group("needs", 964, 0, 156, 272),
    Group("actors", 0, 322, 176, 352),
    Group("projects", 241, 322, 658, 352),
    Group("evidence", 964, 322, 156, 352),
)

_KINDS_OF_ORGANISATION: Final = (
    n.RegionAuthority,
    n.MunicipalityAuthority,
    n.Agency,
    n.SciencePark,
    n.Incubator,
    n.ClusterOrganisation,
    n.CompetenceCentre,
    n.BusinessPromoter,
    n.University,
    n.Company,
    n.Collaboration,
)

BOXES: Final = (
    Box(n.Territory, 8, 96, 160, (n.StatisticalRegion, n.County, n.Municipality, n.ProgrammeArea)),
    Box(n.Strategy, 493, 34, 154, (n.Roadmap,)),
    Box(n.AreaSet, 733, 34, 154),
    Box(n.PriorityArea, 493, 150, 154, (n.StrengthArea, n.ChallengeArea, n.KnowledgeArea)),
    Box(n.NeedMatch, 972, 161, 140),
    Box(n.Need, 972, 232, 140),
    Box(n.Organisation, 8, 356, 160, _KINDS_OF_ORGANISATION),
    Box(n.ActorGroup, 8, 634, 160),
    Box(n.Role, 253, 356, 154),
    Box(n.Goal, 733, 356, 154),
    Box(n.Participation, 253, 438, 154),
    Box(n.Project, 493, 438, 154),
    Box(n.Activity, 733, 438, 154),
    Box(n.Grant, 493, 532, 154),
    Box(n.MonetaryAmount, 733, 532, 154),
    Box(n.Fund, 253, 634, 154),
    Box(n.Programme, 493, 634, 154),
    Box(n.Statement, 972, 400, 140),
    Box(n.SourceDocument, 972, 500, 140),
)

ARROWS: Final = (
    Arrow(n.Strategy, n.prioritises, n.PriorityArea, (570, 88), (570, 150), (0, 4)),
    Arrow(n.Strategy, n.prioritises, n.AreaSet, (647, 48), (733, 48), (0, -20)),
    Arrow(n.AreaSet, n.contributesTo, n.PriorityArea, (755, 62), (635, 150), (20, 4)),
    Arrow(n.PriorityArea, n.coversTerritory, n.Territory, (493, 170), (168, 170), (36, -6)),
    Arrow(n.PriorityArea, n.ledBy, n.Organisation, (493, 235), (140, 356), (-12, 4)),
    Arrow(n.NeedMatch, n.matchArea, n.PriorityArea, (972, 175), (647, 175), (-30, -6)),
    Arrow(n.NeedMatch, n.matchNeed, n.Need, (1042, 189), (1042, 232), (0, 4)),
    Arrow(n.Need, n.raisedIn, n.Activity, (990, 260), (887, 446), (0, 4)),
    Arrow(n.Organisation, n.governs, n.Territory, (40, 356), (40, 210), (0, 18)),
    Arrow(n.Organisation, n.locatedIn, n.Territory, (110, 356), (110, 210), (0, 18)),
    Arrow(n.Project, n.addresses, n.PriorityArea, (530, 438), (530, 244), (-8, -28)),
    Arrow(n.Project, n.covers, n.PriorityArea, (610, 438), (610, 244), (8, -6)),
    Arrow(n.Project, n.hasParticipation, n.Participation, (493, 452), (407, 452), (0, -20)),
    Arrow(n.Participation, n.byOrganisation, n.Organisation, (253, 452), (168, 452), (0, -20)),
    Arrow(n.Participation, n.inRole, n.Role, (330, 438), (330, 384), (0, 4)),
    Arrow(n.Project, n.hasGoal, n.Goal, (647, 442), (733, 378), (0, 2)),
    Arrow(n.Project, n.fundedBy, n.Grant, (560, 466), (560, 532), (-14, 4)),
    Arrow(n.Project, n.totalBudget, n.MonetaryAmount, (635, 466), (755, 532), (12, 2)),
    Arrow(n.Grant, n.euContribution, n.MonetaryAmount, (647, 548), (733, 548), (0, 15)),
    Arrow(n.Grant, n.disbursedBy, n.Organisation, (493, 546), (168, 546)),
    Arrow(n.Grant, n.underScheme, n.Fund, (510, 560), (375, 634), (-34, 4)),
    Arrow(n.Grant, n.underScheme, n.Programme, (570, 560), (570, 634), (44, 4)),
    Arrow(n.Statement, n.fromDocument, n.SourceDocument, (1042, 428), (1042, 500), (0, 4)),
)
