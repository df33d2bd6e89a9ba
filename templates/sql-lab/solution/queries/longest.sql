WITH ranked AS (
    SELECT
        Genre.Name AS genre,
        ROW_NUMBER() OVER (
            PARTITION BY Genre.GenreId
            ORDER BY Track.Milliseconds DESC, Track.TrackId
        ) AS place,
        Track.Name AS track
    FROM Track
    JOIN Genre ON Genre.GenreId = Track.GenreId
)
SELECT genre, place, track
FROM ranked
WHERE place <= 3
ORDER BY genre, place;
