INSERT INTO listener (listener_id, email) VALUES (1, 'ada@example.org'), (2, 'bo@example.org');
INSERT INTO song (song_id, title) VALUES (1, 'Home'), (2, 'Home'), (3, 'Away');
INSERT INTO review (listener_id, song_id, stars, written) VALUES (1, 1, 5, '2024-02-29');
INSERT INTO review (listener_id, song_id, stars, written) VALUES (1, 2, 1, '2024-03-01');
INSERT INTO review (listener_id, song_id, stars, written) VALUES (2, 1, 5, '2024-02-29');
