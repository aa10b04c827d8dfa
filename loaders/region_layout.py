"""The files of a region's folder: their columns, and the kinds of areas and actors in them."""

from collections.abc import Mapping

from loaders.region_tables import Layout
from ontology import names as n

_EVIDENCE = ("document", "lines", "status", "printed")
_MAY = frozenset({"name_en", "lines", "printed"})
REGION = Layout(
    "region.csv", ("name", "title_sv", "title_en", "county", "publisher", "licence", "url", "as_of")
)
LAYOUTS: Mapping[str, Layout] = {
    "document": Layout(
        "evidence/documents.csv",
        ("document", "title", "url", "issued", "retrieved"),
        frozenset({"url", "issued", "retrieved"}),
    ),
    "area-set": Layout("sets.csv", ("set", "name_sv", "name_en", *_EVIDENCE), _MAY),
    "organisation": Layout(
        "actors.csv",
        ("actor", "name_sv", "name_en", "kind", "county", "homepage", "organisation_number", *_EVIDENCE),
        _MAY | {"county", "homepage", "organisation_number"},
    ),
    "area": Layout(
        "areas.csv",
        (
            *("area", "name_sv", "name_en", "kind", "county", "set"),
            *("as_of", "valid_from", "valid_until", "lead", *_EVIDENCE),
        ),
        _MAY | {"as_of", "valid_from", "valid_until", "lead"},
    ),
    "project": Layout(
        "projects.csv",
        (
            *("project", "name_sv", "name_en", "start", "end"),
            *("budget", "currency", "areas", "participants", *_EVIDENCE),
        ),
        _MAY | {"start", "end", "budget", "currency", "areas", "participants"},
    ),
    "need": Layout(
        "needs.csv",
        ("need", "name_sv", "name_en", "county", "raised_by", "project", *_EVIDENCE),
        _MAY | {"raised_by", "project"},
    ),
}
AREA_KINDS: Mapping[str, tuple[str, ...]] = {
    "strength": (n.StrengthArea,),
    "challenge": (n.ChallengeArea,),
    "knowledge": (n.KnowledgeArea,),
    "development": (),
    "precondition": (),
}
ACTOR_KINDS: Mapping[str, tuple[str, ...]] = {
    "agency": (n.Agency,),
    "authority": (),
    "business-promoter": (n.BusinessPromoter,),
    "cluster": (n.ClusterOrganisation,),
    "company": (n.Company,),
    "competence-centre": (n.CompetenceCentre,),
    "funding-platform": (),
    "incubator": (n.Incubator,),
    "regional-organisation": (),
    "research-institute": (),
    "science-park": (n.SciencePark,),
    "sme": (n.Company,),
    "university": (n.University,),
}
