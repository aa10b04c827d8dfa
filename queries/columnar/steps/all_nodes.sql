-- What is known of the nodes, in the order of their numbers.
SELECT id, label, kind, territory, side FROM nodes ORDER BY node
