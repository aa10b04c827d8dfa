-- Each node takes the least label of itself and its partners, and then the label of the node of that number.
WITH near AS (
  SELECT a.source AS node, MIN(p.label) AS label
  FROM arcs a JOIN parts p ON p.node = a.target
  GROUP BY a.source
), least AS (
  SELECT p.node, p.label AS before, LEAST(p.label, COALESCE(n.label, p.label)) AS label
  FROM parts p LEFT JOIN near n ON n.node = p.node
)
SELECT o.node, LEAST(o.label, t.label) AS label,
  CASE WHEN LEAST(o.label, t.label) < o.before THEN 1 ELSE 0 END AS moved
FROM least o JOIN least t ON t.node = o.label
