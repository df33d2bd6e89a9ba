SELECT Genre.Name AS genre, ROW_NUMBER() OVER (ORDER BY Milliseconds DESC, TrackId) AS place,
    Track.Name AS track FROM Track JOIN Genre ON Genre.GenreId = Track.GenreId
ORDER BY place LIMIT 3;
