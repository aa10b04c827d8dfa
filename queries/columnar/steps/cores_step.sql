-- Each node takes the largest k for which k of its partners have at least k, if one of them changed.
WITH touched AS (
  SELECT DISTINCT a.source AS node FROM arcs a JOIN cores c ON c.node = a.target WHERE c.moved = 1
), ranked AS (
  SELECT a.source AS node, c.core, ROW_NUMBER() OVER (PARTITION BY a.source ORDER BY c.core DESC) AS place
  FROM touched t JOIN arcs a ON a.source = t.node JOIN cores c ON c.node = a.target
), found AS (
  SELECT node, MAX(LEAST(core, place)) AS core FROM ranked GROUP BY node
)
SELECT c.node, LEAST(c.core, COALESCE(f.core, c.core)) AS core,
  CASE WHEN f.core < c.core THEN 1 ELSE 0 END AS moved
FROM cores c LEFT JOIN found f ON f.node = c.node
