DROP SILENT GRAPH <urn:samspel:the-graph>
