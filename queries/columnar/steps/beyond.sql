-- How many events are in no period: after the last, or over before the first.
SELECT COUNT(*) AS events FROM events
WHERE first_year > 0 AND (
  first_year > $last OR CASE $counting WHEN 'start' THEN first_year ELSE last_year END < $first
)
