-- How many events have several groups.
SELECT COUNT(*) AS events FROM (SELECT event FROM presence GROUP BY event HAVING COUNT(*) > 1) several
