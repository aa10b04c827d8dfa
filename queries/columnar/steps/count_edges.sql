-- How many edges there are.
SELECT COUNT(*) AS edges FROM edges
