-- How many events there are.
SELECT COUNT(*) AS events FROM events
