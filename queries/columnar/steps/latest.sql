-- What the last round came to.
SELECT * FROM latest
