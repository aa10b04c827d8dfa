MOVE GRAPH <urn:samspel:the-staging> TO GRAPH <urn:samspel:the-graph>
