CREATE TABLE listener (
    listener_id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE
);

CREATE TABLE song (
    song_id INTEGER PRIMARY KEY,
    title TEXT NOT NULL
);

CREATE TABLE review (
    listener_id INTEGER NOT NULL REFERENCES listener (listener_id),
    song_id INTEGER NOT NULL REFERENCES song (song_id),
    stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
    written TEXT NOT NULL,
    PRIMARY KEY (listener_id, song_id)
);
