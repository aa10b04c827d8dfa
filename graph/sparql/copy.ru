INSERT { GRAPH <urn:samspel:the-merge> { ?subject ?predicate ?object } } WHERE {
  GRAPH <urn:samspel:the-graph> { ?subject ?predicate ?object }
}
