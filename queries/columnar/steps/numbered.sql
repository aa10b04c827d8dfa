-- Labels as numbers from 0: the largest group first, of equal ones that with the first node.
WITH sizes AS (
  SELECT label, COUNT(*) AS size, MIN(node) AS first FROM labels GROUP BY label
), places AS (
  SELECT label, ROW_NUMBER() OVER (ORDER BY size DESC, first) - 1 AS place FROM sizes
)
SELECT l.node, p.place FROM labels l JOIN places p ON p.label = l.label
