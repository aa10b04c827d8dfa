"""rdflib-endpoint over an rdflib graph in memory: DATA PORT."""

import sys

import uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint  # type: ignore[import-not-found]  # in the peers' environment only

if __name__ == "__main__":
    app = SparqlEndpoint(path="/sparql", graph=Graph().parse(sys.argv[1], format="nt"))
    uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", loop="uvloop", http="httptools")
