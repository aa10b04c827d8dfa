DELETE { GRAPH <urn:samspel:the-merge> { ?goneSubject ?gonePredicate ?goneObject } }
INSERT { GRAPH <urn:samspel:the-merge> { ?subject ?predicate ?object } }
WHERE {
  { GRAPH <urn:samspel:staging:gone> { ?goneSubject ?gonePredicate ?goneObject } }
  UNION
  { GRAPH <urn:samspel:staging:new> { ?subject ?predicate ?object } }
}
