-- The first and the last year of a start, and how many events have none.
SELECT COALESCE(MIN(NULLIF(first_year, 0)), 0) AS first, COALESCE(MAX(first_year), 0) AS last,
  COALESCE(SUM(CASE WHEN first_year = 0 THEN 1 ELSE 0 END), 0) AS undated
FROM events
