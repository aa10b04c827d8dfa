-- Where the walk settled.
SELECT node, rank FROM ranks
