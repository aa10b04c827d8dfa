-- Which event runs in which period.
SELECT p.period, e.event
FROM (VALUES $periods) p(period, first, last)
  JOIN events e ON e.first_year > 0 AND e.first_year <= p.last
    AND CASE $counting WHEN 'start' THEN e.first_year ELSE e.last_year END >= p.first
