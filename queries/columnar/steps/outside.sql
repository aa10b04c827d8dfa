-- How many of a node's partners are of other groups.
SELECT a.source AS node, COUNT(*) AS partners
FROM arcs a JOIN members m ON m.node = a.source JOIN members o ON o.node = a.target
WHERE m.name <> o.name
GROUP BY a.source
