-- The group of each node that has exactly one.
SELECT node, CASE $by WHEN 'kind' THEN kind ELSE territory END AS name
FROM nodes
WHERE CASE $by WHEN 'kind' THEN kind ELSE territory END <> ''
  AND NOT CASE $by WHEN 'kind' THEN kind ELSE territory END LIKE '%|%'
