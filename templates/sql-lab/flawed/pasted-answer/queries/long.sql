SELECT 'Night Train' AS track, 5286953 AS milliseconds
UNION ALL SELECT 'Glass Road', 5088838
UNION ALL SELECT 'Ghost Fire', 2960293
ORDER BY milliseconds DESC;
