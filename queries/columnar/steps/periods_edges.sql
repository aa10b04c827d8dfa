-- The edges of a period: all, of the period before too, new between its nodes, and of any period before.
WITH firsts AS (
  SELECT source, target, MIN(period) AS first FROM period_edges GROUP BY source, target
)
SELECT e.period, COUNT(*) AS edges, COUNT(b.source) AS common,
  SUM(CASE WHEN b.source IS NULL AND x.actor IS NOT NULL AND y.actor IS NOT NULL THEN 1 ELSE 0 END) AS rewired,
  SUM(CASE WHEN f.first < e.period THEN 1 ELSE 0 END) AS repeated
FROM period_edges e
  JOIN firsts f ON f.source = e.source AND f.target = e.target
  LEFT JOIN period_edges b ON b.period = e.period - 1 AND b.source = e.source AND b.target = e.target
  LEFT JOIN period_nodes x ON x.period = e.period - 1 AND x.actor = e.source
  LEFT JOIN period_nodes y ON y.period = e.period - 1 AND y.actor = e.target
GROUP BY e.period
