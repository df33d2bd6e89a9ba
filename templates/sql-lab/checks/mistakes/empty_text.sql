SELECT TrackId AS track_id, Name AS track FROM Track WHERE Composer = 'NULL';
