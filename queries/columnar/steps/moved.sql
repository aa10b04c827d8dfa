-- How much the last round changed.
SELECT COALESCE(SUM(moved), 0) AS moved FROM latest
