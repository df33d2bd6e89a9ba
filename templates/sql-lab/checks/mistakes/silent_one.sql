SELECT Genre.Name AS genre, COUNT(*) AS tracks, 1.0 * COUNT(Track.Composer) / COUNT(*) AS credited
FROM Genre LEFT JOIN Track ON Track.GenreId = Genre.GenreId GROUP BY Genre.GenreId;
