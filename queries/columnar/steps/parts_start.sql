-- Each node by itself: its label is its number.
SELECT node, node AS label, 1 AS moved FROM nodes
