-- The walker may be anywhere.
SELECT node, strength, 1 / CAST($nodes AS DOUBLE) AS rank, 1 AS moved FROM degrees
