-- The core number of each node.
SELECT node, core FROM cores
