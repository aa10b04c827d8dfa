-- Each node takes the largest k for which k of its partners have at least k: their h-index.
WITH ranked AS (
  SELECT a.source AS node, c.core, ROW_NUMBER() OVER (PARTITION BY a.source ORDER BY c.core DESC) AS place
  FROM arcs a JOIN cores c ON c.node = a.target
), found AS (
  SELECT node, MAX(LEAST(core, place)) AS core FROM ranked GROUP BY node
)
SELECT c.node, LEAST(c.core, COALESCE(f.core, 0)) AS core,
  CASE WHEN COALESCE(f.core, 0) < c.core THEN 1 ELSE 0 END AS moved
FROM cores c LEFT JOIN found f ON f.node = c.node
