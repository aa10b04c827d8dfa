-- Who met whom, by all three weights: each pair of actors of an event, summed over events.
SELECT a.actor AS source, b.actor AS target,
  SUM(s.by_count) AS by_count, SUM(s.by_newman) AS by_newman, SUM(s.by_amount) AS by_amount
FROM participations a
  JOIN participations b ON b.event = a.event AND a.actor < b.actor
  JOIN shares s ON s.event = a.event
GROUP BY a.actor, b.actor
