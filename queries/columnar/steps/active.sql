-- In how many periods each node takes part.
SELECT actor, COUNT(*) AS periods FROM period_nodes GROUP BY actor
