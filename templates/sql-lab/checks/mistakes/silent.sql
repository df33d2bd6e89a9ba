SELECT Genre.Name AS genre, COUNT(Track.TrackId) AS tracks, AVG(Track.Composer IS NOT NULL) AS credited
FROM Genre LEFT JOIN Track ON Track.GenreId = Genre.GenreId GROUP BY Genre.GenreId;
