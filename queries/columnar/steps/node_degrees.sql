-- The partners and the strength of each node.
SELECT node, degree, strength FROM degrees ORDER BY node
