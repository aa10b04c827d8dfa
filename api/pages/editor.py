"""The page of `/sparql`: the query editor, and a plain form with its answer for those without scripts."""

import json
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api import sparql_run
from api.guard import Refused, check
from api.site import Site, vary
from api.sparql_run import Shown
from api.view import View
from api.words_editor import ORIGINALS, SCRIPT_WORDS
from queries.catalogue import Query, queries

TABLES = ("json", "xml", "csv", "tsv")
GRAPHS = ("ttl", "nt", "json", "xml")
FIRST = "who-leads"  # what the plain form holds before anything is asked
TABS = (FIRST, "cq03", "class-counts")  # what the editor opens with at the first visit


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the page."""
    return [Route("/sparql", partial(page, site), methods=["GET"])]


def page(site: Site, request: Request) -> Response:
    """Return the page, with the answer when a query is given; a refusal is told on it."""
    text = request.query_params.get("query", "")
    answer, problem = None, None
    try:
        if text:
            answer = _answered(site, text)
    except Refused as error:
        problem = error
    response = shown(site, request, text, answer, problem)
    if problem is not None and problem.status == 503:
        response.headers["Retry-After"] = "5"
    return response


def shown(
    site: Site, request: Request, text: str, answer: Shown | None = None, problem: Refused | None = None
) -> Response:
    """Return the page with a query, its answer, or the reason why it was refused."""
    view = site.view(request)
    context = {
        "text": text or ("" if problem else queries()[FIRST].body),
        "asked": bool(text),
        "answer": answer,
        "problem": str(problem) if problem else None,
        "forms": () if answer is None else GRAPHS if answer.turtle is not None else TABLES,
        "examples": [each for each in queries().values() if each.category == "competency"],
        "groups": _groups(),
        "tabs": " ".join(TABS),
        "words": _words(view),
    }
    status = problem.status if problem else 200
    response = site.page(view, "sparql.html", context, status)
    vary(response.headers, "Accept")
    return response


def _answered(site: Site, text: str) -> Shown:
    query = check(text, site.settings.max_query_bytes)
    return sparql_run.shown(site.snapshot().store, query, site.settings.max_result_bytes)


def _groups() -> list[tuple[str, list[Query]]]:
    """Return the queries by category; those about the ecosystem first."""
    groups: dict[str, list[Query]] = {}
    for found in queries().values():
        groups.setdefault(found.category, []).append(found)
    return sorted(groups.items(), key=lambda group: (group[0] != "competency", group[0]))


def _words(view: View) -> str:
    """Return the words of the script, and how those that come with the editor are translated."""
    at = view.language == "en"
    own = {key: words[at] for key, words in SCRIPT_WORDS.items()}
    originals = {} if at else ORIGINALS
    return json.dumps({**own, "ask": view.say("ask"), "originals": originals}, ensure_ascii=False)
