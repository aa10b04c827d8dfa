-- Those whose turn it is take the label that weighs most among their partners; their own if it is of the best.
WITH mine AS (
  SELECT node, label FROM labels WHERE CAST(FLOOR(node / $unit) AS BIGINT) % 2 = $side
), votes AS (
  SELECT m.node, m.label AS own, l.label, SUM(CAST(FLOOR(a.weight * $grain + 0.5) AS BIGINT)) AS votes
  FROM mine m JOIN arcs a ON a.source = m.node JOIN labels l ON l.node = a.target
  GROUP BY m.node, m.label, l.label
), ranked AS (
  SELECT node, label, ROW_NUMBER() OVER (
    PARTITION BY node ORDER BY votes DESC, CASE WHEN label = own THEN 0 ELSE 1 END, label
  ) AS place
  FROM votes
)
SELECT l.node, COALESCE(r.label, l.label) AS label, CASE WHEN r.label <> l.label THEN 1 ELSE 0 END AS moved
FROM labels l LEFT JOIN ranked r ON r.node = l.node AND r.place = 1
