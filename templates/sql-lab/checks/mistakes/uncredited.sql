SELECT Genre.Name AS genre, COUNT(*) AS tracks, AVG(Track.Composer IS NULL) AS credited
FROM Genre JOIN Track ON Track.GenreId = Genre.GenreId GROUP BY Genre.GenreId;
