-- Who takes part in anything in a period.
SELECT DISTINCT period, actor FROM period_ties
