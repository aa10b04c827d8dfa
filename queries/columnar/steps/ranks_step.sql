-- A step of the walk: each node passes its rank on by its weights; what is not passed on is shared by all.
WITH passed AS (
  SELECT a.target AS node, SUM(r.rank * a.weight / r.strength) AS rank
  FROM arcs a JOIN ranks r ON r.node = a.source
  WHERE r.strength > 0
  GROUP BY a.target
), kept AS (
  SELECT COALESCE(SUM(rank), 0) AS rank FROM ranks WHERE strength > 0
), walked AS (
  SELECT r.node, r.strength, r.rank AS before,
    $damping * COALESCE(p.rank, 0) + (1 - $damping * k.rank) / $nodes AS rank
  FROM ranks r CROSS JOIN kept k LEFT JOIN passed p ON p.node = r.node
)
SELECT node, strength, rank, ABS(rank - before) AS moved FROM walked
