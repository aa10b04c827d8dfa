-- Each node has a label of its own: its number.
SELECT node, node AS label, 1 AS moved FROM nodes
