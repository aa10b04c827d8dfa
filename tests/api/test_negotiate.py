"""Content negotiation: q-values, specificity, parameters, garbage, and what real clients get."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import forms
from api.negotiate import choose

OFFERS = ("text/html", "text/turtle", "application/ld+json")
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
RDF4J = (
    "application/rdf+xml;q=0.8, application/xml;q=0.8, text/xml;q=0.8, application/n-triples;q=0.9, "
    "text/plain;q=0.5, text/turtle, application/x-turtle;q=0.9, text/n3;q=0.7, application/ld+json;q=0.9"
)
RDFLIB = "text/turtle, application/rdf+xml, text/n3, application/n-triples, application/ld+json, */*;q=0.1"
OWLAPI = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
CLIENTS = {
    "Chrome": (CHROME, "html"),
    "Firefox": ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
    "Firefox with pictures": (
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,*/*;q=0.8",
        "html",
    ),
    "Safari": ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
    "Internet Explorer": ("text/html, application/xhtml+xml, image/jxr, */*", "html"),
    "Opera": ("text/html, application/xml;q=0.9, application/xhtml+xml, image/png, */*;q=0.1", "html"),
    "Lynx": ("text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01", "html"),
    "w3m": ("text/html, text/*;q=0.5, image/*, application/*", "html"),
    "Googlebot": ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
    "Bingbot": ("*/*", "html"),
    "curl": ("*/*", "html"),
    "wget": ("*/*", "html"),
    "python-requests": ("*/*", "html"),
    "no header": (None, "html"),
    "an empty header": ("", "html"),
    "axios": ("application/json, text/plain, */*", "jsonld"),
    "OpenRefine": ("application/json", "jsonld"),
    "jsonld.js": ("application/ld+json;q=1, application/json;q=0.8", "jsonld"),
    "PyLD": (
        "application/ld+json;profile=http://www.w3.org/ns/json-ld#context, application/ld+json",
        "jsonld",
    ),
    "a profile": ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
    "a profile with commas": ('application/ld+json;profile="a,b;q=0"; q=0.9, text/html;q=0.5', "jsonld"),
    "rdflib": (RDFLIB, "ttl"),
    "rdflib, older": ("application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1", "rdf"),
    "Jena": (JENA, "ttl"),
    "RDF4J": (RDF4J, "ttl"),
    "the OWL API (Protégé)": (OWLAPI, "rdf"),
    "Virtuoso's sponger": ("text/rdf+n3, application/rdf+xml;q=0.9, text/html;q=0.4", "ttl"),
    "LodView": ("application/rdf+xml, text/turtle;q=0.9", "rdf"),
    "N3 by its name": ("text/n3", "ttl"),
    "an old name of Turtle": ("application/x-turtle", "ttl"),
    "plain text": ("text/plain", "nt"),
    "N-Triples": ("application/n-triples", "nt"),
    "XML": ("application/xml", "rdf"),
    "XHTML": ("application/xhtml+xml", "html"),
    "Java's HttpURLConnection": ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "html"),
    "odd spacing": (" text/turtle ;q = 0.9 ,, text/html ; q=0.1 ,", "ttl"),
    "upper case": ("TEXT/TURTLE;Q=0.8,Text/Html;q=0.7", "ttl"),
    "tabs": ("text/html;q=0.2,\tapplication/rdf+xml", "rdf"),
    "charset": ("text/turtle;charset=utf-8", "ttl"),
    "anything but pages": ("text/html;q=0, */*", "ttl"),
    "Turtle before all": ("text/turtle, */*", "ttl"),
    "a level of HTML": ("text/html;level=1, text/turtle;q=0.5", "html"),
    "three decimals": ("text/html;q=0.333, text/turtle;q=0.334", "ttl"),
    "a picture": ("image/png", None),
    "a spreadsheet": ("text/csv, application/vnd.ms-excel;q=0.9", None),
}


@pytest.mark.parametrize(("accept", "ending"), CLIENTS.values(), ids=CLIENTS.keys())
def test_clients_get_what_they_can_read(accept: str | None, ending: str | None) -> None:
    if ending is None:
        with pytest.raises(forms.Unfit, match=r"text/html, text/turtle, .*application/rdf\+xml"):
            forms.wanted(accept)
    else:
        assert forms.wanted(accept) == ending


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle; q=0.5, text/html;q=0.4", "text/turtle"),
        ("text/*;q=0.3, application/ld+json;q=0.9", "application/ld+json"),
        ("*/*;q=0.1, text/turtle;q=0", "text/html"),
        ("text/html;q=0, */*", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("image/png", None),
        ("text/html;q=0", None),
        ("text/html;q=nonsense", None),
        ("text/html;q=nan, text/turtle;q=0.1", "text/turtle"),
        ("text/html;q=-1, text/turtle;q=0.1", "text/turtle"),
        ("text/html;q=7, text/turtle", "text/html"),
        ("nonsense, text/turtle", "text/turtle"),
        ("nonsense", "text/html"),
        ("text/html;level=1;q=0, text/html;q=0.5", "text/html"),
        ("text/html;level=1;q=0.9, text/html;q=0.1, text/turtle;q=0.5", "text/turtle"),
        ("*/turtle, text/html;q=0.1", "text/html"),
    ],
)
def test_the_best_fit_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


def test_the_example_of_the_standard() -> None:
    accept = (
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"
    )
    flowed, fixed = "text/plain;format=flowed", "text/plain;format=fixed"
    assert choose(accept, ["text/html", fixed, "image/jpeg", "text/plain", flowed]) == flowed
    assert choose(accept, ["text/html", fixed, "image/jpeg", "text/plain"]) == "text/plain"
    assert choose(accept, ["text/html", fixed, "image/jpeg"]) == "image/jpeg"
    assert choose(accept, ["text/html", fixed]) == fixed


def test_results_of_queries_are_told_apart() -> None:
    offers = ("application/sparql-results+json", "application/json", "application/xml", "text/csv")
    assert choose("application/json", offers) == "application/json"
    assert choose("text/csv, */*;q=0.1", offers) == "text/csv"


@given(st.text(alphabet='abq=;,/*"\\ .01-\t\u00e5', max_size=60))
def test_garbage_is_no_error(accept: str) -> None:
    assert choose(accept, OFFERS, forms.SPELLINGS) in (*OFFERS, None)


def test_a_long_header_is_read_in_time() -> None:
    assert choose('"' * 4000 + "a/b;" * 4000 + ",text/turtle", OFFERS) in (*OFFERS, None)
    assert choose("a/b," * 9000 + "text/turtle", OFFERS) == "text/turtle"
