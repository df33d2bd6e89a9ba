SELECT Name AS track, Milliseconds AS milliseconds
FROM Track
WHERE Milliseconds >= 600000
ORDER BY Milliseconds DESC, Name;
