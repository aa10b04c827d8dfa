-- The events that each pair of groups shares, whole and shared among the pairs; of a group with itself its own.
WITH sizes AS (
  SELECT event, COUNT(*) AS size FROM presence GROUP BY event
)
SELECT a.name, b.name AS other, COUNT(*) AS events,
  SUM(CASE WHEN s.size > 1 THEN 2 / (s.size * (s.size - 1)) ELSE 0 END) AS shared
FROM presence a JOIN presence b ON b.event = a.event JOIN sizes s ON s.event = a.event
GROUP BY a.name, b.name
