-- Who takes part in what, period by period.
SELECT e.period, e.event, t.actor FROM period_events e JOIN participations t ON t.event = e.event
