-- What each pair of an event's actors gets of it: 1 (or its factor), Newman's share, its part of the total.
SELECT p.event,
  MAX(e.factor) AS by_count,
  1 / (COUNT(*) - 1) AS by_newman,
  COALESCE(MAX(e.total), 0) / (COUNT(*) * (COUNT(*) - 1) / 2) AS by_amount
FROM participations p JOIN events e ON e.event = p.event
GROUP BY p.event
HAVING COUNT(*) > 1
