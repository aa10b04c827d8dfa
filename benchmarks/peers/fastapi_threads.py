"""What one writes first: FastAPI over a pyoxigraph store in memory, a thread for each query: DATA PORT."""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, serialize

app, store = FastAPI(), Store()
FORMATS = {"text/turtle": RdfFormat.TURTLE, "application/n-triples": RdfFormat.N_TRIPLES}


@app.get("/sparql")
def sparql(query: str, request: Request) -> Response:
    """Answer a query."""
    found = store.query(query)
    accept = request.headers.get("accept", "")
    if isinstance(found, QuerySolutions | QueryBoolean):
        body = found.serialize(format=QueryResultsFormat.JSON)
        return Response(body, media_type="application/sparql-results+json")
    media = accept if accept in FORMATS else "application/n-triples"
    return Response(serialize(found, format=FORMATS[media]), media_type=media)


if __name__ == "__main__":
    store.bulk_load(path=Path(sys.argv[1]), format=RdfFormat.N_TRIPLES)
    uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", loop="uvloop", http="httptools")
