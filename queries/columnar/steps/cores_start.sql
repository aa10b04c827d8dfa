-- No core number is above the number of partners.
SELECT node, degree AS core, 1 AS moved FROM degrees
