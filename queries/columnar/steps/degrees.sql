-- How many partners each node has, and the sum of the weights of its edges.
SELECT n.node, COUNT(a.source) AS degree, COALESCE(SUM(a.weight), 0) AS strength
FROM nodes n LEFT JOIN arcs a ON a.source = n.node
GROUP BY n.node
