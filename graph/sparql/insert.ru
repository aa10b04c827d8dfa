INSERT DATA { GRAPH <urn:samspel:the-graph> {
the-triples} }
