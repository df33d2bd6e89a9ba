WITH ranked AS (SELECT Genre.Name AS genre, Track.Name AS track, TrackId,
    RANK() OVER (PARTITION BY Genre.GenreId ORDER BY Milliseconds DESC) AS place
    FROM Track JOIN Genre ON Genre.GenreId = Track.GenreId)
SELECT genre, place, track FROM ranked WHERE place <= 3 ORDER BY genre, place, TrackId;
