-- Each edge in both directions with the weight that is asked for.
SELECT source, target,
  CASE $weight WHEN 'none' THEN 1 WHEN 'newman' THEN by_newman WHEN 'amount' THEN by_amount ELSE by_count END AS weight
FROM edges
UNION ALL
SELECT target, source,
  CASE $weight WHEN 'none' THEN 1 WHEN 'newman' THEN by_newman WHEN 'amount' THEN by_amount ELSE by_count END
FROM edges
