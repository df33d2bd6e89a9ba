SELECT Name AS track, Milliseconds AS milliseconds FROM Track
WHERE Milliseconds >= 60000 ORDER BY Milliseconds DESC, Name;
