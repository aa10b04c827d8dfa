-- Who meets whom in a period.
SELECT DISTINCT a.period, a.actor AS source, b.actor AS target
FROM period_ties a JOIN period_ties b ON b.period = a.period AND b.event = a.event AND a.actor < b.actor
