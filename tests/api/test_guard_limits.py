"""Where exactly the guard draws its lines: each word and sign, the last that passes, the first that fails."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from api.guard import Refused, check, check_update
from api.sparql_tokens import Token, form, in_order, star, tokens

UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
SIGNS = ("||", "&&", "+", "-", "*", "/", "|", "!", "^", "^^", "=", "!=", "<", ">", "<=", ">=")
WORDS = ("UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "EXISTS", "AS")
OURS = frozenset({"https://a.example/sparql"})
MOST = 65_536


def refused(text: str, services: frozenset[str] = frozenset()) -> tuple[int, str]:
    """Return why a query is refused."""
    with pytest.raises(Refused) as found:
        check(text, MOST, services)
    return found.value.status, str(found.value)


def refused_update(text: str) -> tuple[int, str]:
    """Return why an update is refused."""
    with pytest.raises(Refused) as found:
        check_update(text)
    return found.value.status, str(found.value)


@pytest.mark.parametrize("word", UPDATES)
@pytest.mark.parametrize("before", ["", 'VERSION "1.2" ', "PREFIX a: <urn:a> BASE <urn:b> "])
def test_each_word_of_updates_is_refused_by_name(before: str, word: str) -> None:
    why = f"{word} changes data; this endpoint only reads. Ask with SELECT or CONSTRUCT."
    assert refused(f"{before}{word} SELECT") == (403, why)


@pytest.mark.parametrize("sign", [*SIGNS, *WORDS, *map(str.lower, WORDS)])
def test_five_hundred_operators_pass_and_one_more_does_not(sign: str) -> None:
    assert len(check("ASK" + f" {sign} ?a" * 500, MOST).tokens) == 1001
    status, why = refused("ASK" + f" {sign} ?a" * 501)
    assert (status, why.partition(" (at ")[0]) == (400, "The query has more than 500 operators")


@pytest.mark.parametrize(("opening", "closing"), ["()", "[]", "{}", ("<<", ">>"), ("{|", "|}")])
def test_sixty_brackets_may_stand_in_one_another(opening: str, closing: str) -> None:
    def tower(height: int) -> str:
        return "ASK # long enough to be read\n" + f"{opening} " * height + f"{closing} " * height

    assert check(tower(60), MOST).tokens
    status, why = refused(tower(61))
    assert (status, why.partition(" at ")[0]) == (400, "Brackets are nested more than 60 deep")
    assert check("ASK # beside one another\n" + f"{opening} {closing} " * 61, MOST).tokens


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * 40 + "}" * 40,
        "ASK {" + " " * 994 + "}",
        "ASK { " + "+ " * 150 + "}",
        "ASK { ?s ?p '" + "X" * 60 + "' }",
        "PREFIX load: <urn:#> BASE <urn:service*> ASK {}",
    ],
)
def test_what_is_short_and_simple_is_not_read(text: str) -> None:
    found = check(text, MOST)
    assert (found.text, found.form, found.tokens) == (text, "ASK", [])


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * 41 + "}" * 41,
        "ASK {" + " " * 995 + "}",
        *("ASK { " + f"{sign} " * 151 + "}" for sign in "|&+-/!^=<>"),
        "ASK { ?load ?p ?o }",
        "ASK { ?service ?p ?o }",
        "ASK { ?s :p* ?o }",
        "ASK { ?s ?p ?o } # nothing",
        "ASK { ?s ?p '\\u0053' }",
    ],
)
def test_anything_else_is_read(text: str) -> None:
    assert check(text, MOST).tokens == list(tokens(text)) != []


def test_the_bytes_are_counted_not_the_signs() -> None:
    assert check("ASK { ?s ?p 'é' }", 18).form == "ASK"
    with pytest.raises(Refused) as found:
        check("ASK { ?s ?p 'é' }", 17)
    assert (found.value.status, str(found.value)) == (413, "The query has 18 bytes; at most 17 are taken.")
    assert check("ASK { ?s ?p '\ud800' }", 20).form == "ASK"  # the engine refuses it, not we


def test_a_mark_of_byte_order_is_taken_away() -> None:
    assert check("\ufeffASK {}", MOST).text == "ASK {}"


@pytest.mark.parametrize("silent", ["", "SILENT ", "silent "])
def test_a_service_that_is_ours_may_be_asked(silent: str) -> None:
    text = f"SELECT * {{ SERVICE {silent}<https://a.example/sparql> {{ ?s ?p ?o }} }}"
    assert check(text, MOST, OURS).form == "SELECT"
    assert refused(text)[0] == 403


@pytest.mark.parametrize(
    "asked",
    [
        "SERVICE <https://b.example/sparql> {}",
        "SERVICE <https://\\u0061.example/sparql> {}",
        "SERVICE ?x { <https://a.example/sparql> ?p ?o }",
        "SERVICE SILENT SILENT <https://a.example/sparql> {}",
        "SERVICE",
        "SERVICE SILENT",
        "SERVICE <https://a.example/sparql> {} SERVICE <https://b.example/sparql> {}",
        "LOAD <https://a.example/sparql>",
        "FILTER(?o<?c)SERVICE#>\n<https://b.example/x>{})",
    ],
)
def test_no_other_service_is_asked_and_the_allowed_ones_are_told(asked: str) -> None:
    status, why = refused(f"SELECT * {{ {asked} }}", OURS)
    assert status == 403
    assert "asks no other machine but https://a.example/sparql. (Nor" in why


@pytest.mark.parametrize(
    "asked",
    [
        "SERVICE:x {}",
        "service:x {}",
        "SERVICEa:x {}",
        "SERVICESILENT:x {}",
        "SERVICESILENT<urn:x> {}",
        "?s ?p 1SERVICE<urn:x> {}",
        "?s ?p 1.SERVICE<urn:x> {}",
        "?s ?p 1e0SERVICE<urn:x> {}",
        "?s ?p trueSERVICE<urn:x> {}",
        "?s ?p true.SERVICE:x {}",
        "?s ?p 'x'@en.SERVICE<urn:x> {}",
        "?s ?p a:.SERVICE<urn:x> {}",
        "?s ?p :.SERVICE:x {}",
    ],
)
@pytest.mark.parametrize("services", [frozenset[str](), OURS])
def test_a_service_that_is_glued_to_its_neighbour_is_seen(asked: str, services: frozenset[str]) -> None:
    status, why = refused(f"PREFIX : <urn:x> PREFIX a: <urn:a> SELECT * {{ {asked} }}", services)
    assert (status, why.partition(":")[0]) == (403, "SERVICE and LOAD are refused")
    assert refused_update(f"INSERT {{}} WHERE {{ {asked} }}")[0] == 403


@pytest.mark.parametrize("load", ["LOAD:x", "load:x", "LOADSILENT<urn:x>", "LOADSILENT:x", "LOADa:x"])
def test_a_load_that_is_glued_to_its_neighbour_is_seen(load: str) -> None:
    assert refused_update(f"PREFIX : <urn:x> {load} ; CLEAR ALL")[1].startswith("LOAD is refused")
    assert refused_update(f"CLEAR ALL;{load}")[1].startswith("LOAD is refused")


@pytest.mark.parametrize(
    "name", ["a:service", "a:customerService", ":SERVICE", "a:b.SERVICE", "a:load", "?service"]
)
def test_a_name_may_hold_the_word_after_its_colon(name: str) -> None:
    assert check(f"ASK {{ ?s ?p {name} }} #", MOST).tokens
    assert check_update(f"INSERT DATA {{ <urn:a> <urn:b> {name} }}")


def test_what_the_engine_reads_as_service_the_guard_refuses() -> None:
    """The engine fails by the scheme of the address, before anything is sent."""
    objects = (Literal(1), Literal(True), Literal("x", language="en"), NamedNode("urn:"), NamedNode("urn:b"))
    store = Store()
    store.extend(Quad(NamedNode("urn:s"), NamedNode("urn:p"), each) for each in objects)
    befores = (
        "",
        ".",
        "?s ?p 1.",
        "?s ?p true.",
        "?s ?p true",
        "?s ?p 'x'@en.",
        "?s ?p a:.",
        "?s ?p a:b.",
        "?s ?p ?o.",
    )
    asked = (
        "SERVICE:x",
        "SERVICE a:x",
        "SERVICEa:x",
        "service:x",
        "a:SERVICE:x",
        "SERVICE<urn:x>",
        "a:.SERVICE:x",
    )
    seen = 0
    for text in (f"{before}{each}" for before in befores for each in asked):
        query = f"PREFIX : <urn:> PREFIX a: <urn:> SELECT * {{ {text} {{ ?s ?p ?o }} }}"
        try:
            found = store.query(query)
            assert isinstance(found, QuerySolutions)
            list(found)
        except SyntaxError:
            continue
        except OSError:
            seen += 1
            with pytest.raises(Refused):
                check(query, MOST)
    assert seen > 30


def test_where_no_service_is_allowed_none_is_told() -> None:
    assert "asks no other machine. (Nor" in refused("ASK { SERVICE ?x {} }")[1]


def test_an_update_passes_as_its_tokens() -> None:
    text = 'INSERT DATA { <urn:a> <urn:b> "1"^^<urn:c> ; a <urn:d> } ; CLEAR ALL'
    assert check_update(text) == list(tokens(text))


def test_an_update_fetches_nothing() -> None:
    why = "LOAD is refused: nothing is fetched from elsewhere. Send the graph to /store."
    assert refused_update("CLEAR ALL ; load <https://a.example/x>") == (403, why)
    status, why = refused_update("INSERT { ?s ?p ?o } WHERE { SERVICE <https://a.example/x> { ?s ?p ?o } }")
    assert (status, why.partition(":")[0]) == (403, "SERVICE and LOAD are refused")


def test_each_operation_of_an_update_counts_for_itself() -> None:
    many = "FILTER " * 500
    assert check_update(f"INSERT {{}} WHERE {{ {many} }} ; INSERT {{}} WHERE {{ {many} }}")
    assert refused_update(f"INSERT {{}} WHERE {{ {many} ; {many} }}")[0] == 400
    assert refused_update(f"INSERT {{}} WHERE {{ {many} }} . INSERT {{}} WHERE {{ {many} }}")[0] == 400
    assert refused(f"ASK {many} ; {many}")[0] == 400  # a query has one operation


def test_the_mark_of_a_type_is_no_operator_of_an_update() -> None:
    assert len(check_update('"1"^^<urn:t> ' * 501)) == 3 * 501


@pytest.mark.parametrize("kind", ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
def test_each_form_is_found(kind: str) -> None:
    assert form(list(tokens(f"PREFIX a: <urn:a> {kind.lower()} {{}}"))) == kind


@pytest.mark.parametrize(
    ("token", "word"),
    [
        (Token("word", "ask", 0), "ASK"),
        (Token("word", "a:ask", 0), ""),
        (Token("variable", "?ask", 0), ""),
        (Token("string", "'ask'", 0), ""),
    ],
)
def test_only_a_word_without_a_prefix_is_a_keyword(token: Token, word: str) -> None:
    assert token.word == word


@pytest.mark.parametrize("before", ["", "DISTINCT ", "REDUCED "])
def test_the_star_stands_after_what_thins_the_rows_out(before: str) -> None:
    found = star(list(tokens(f"SELECT {before}* {{}}")))
    assert found is not None and found.at == len(f"SELECT {before}")
    assert star(list(tokens(f"SELECT {before}?a {{ SELECT * {{}} }}"))) is None


def test_what_does_not_stand_in_the_query_comes_first() -> None:
    assert in_order(list(tokens("?b $a ?b")), ["a", "none", "b"]) == ["none", "b", "a"]
