-- How many events run in each period.
SELECT period, COUNT(*) AS events FROM period_events GROUP BY period
