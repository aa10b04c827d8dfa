-- How many nodes a period has, and how many of them the period before has too.
SELECT n.period, COUNT(*) AS nodes, COUNT(b.actor) AS stayed
FROM period_nodes n LEFT JOIN period_nodes b ON b.period = n.period - 1 AND b.actor = n.actor
GROUP BY n.period
