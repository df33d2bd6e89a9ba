SELECT Artist.ArtistId AS artist_id, Artist.Name AS artist, COUNT(Album.AlbumId) AS albums
FROM Artist LEFT JOIN Album ON Album.ArtistId = Artist.ArtistId GROUP BY Artist.Name;
