-- How much more weight lies within groups than chance would put there; arcs count each edge twice.
WITH sums AS (
  SELECT l.label, SUM(a.weight) AS strength, SUM(CASE WHEN m.label = l.label THEN a.weight ELSE 0 END) AS inside
  FROM arcs a JOIN labels l ON l.node = a.source JOIN labels m ON m.node = a.target
  GROUP BY l.label
), whole AS (
  SELECT SUM(strength) AS strength FROM sums
)
SELECT SUM(s.inside / w.strength - (s.strength / w.strength) * (s.strength / w.strength)) AS modularity
FROM sums s CROSS JOIN whole w
