SELECT Genre.Name AS genre, COUNT(Track.TrackId) AS tracks, 1.0 * COUNT(Track.Composer) / COUNT(Track.TrackId) AS credited
FROM Genre LEFT JOIN Track ON Track.GenreId = Genre.GenreId GROUP BY Genre.GenreId;
