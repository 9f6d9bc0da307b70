-- The log that waits to be the next generation of a space's; its key lies in the folder of keys before it stands here.
ALTER TABLE space ADD COLUMN waiting TEXT;

-- Generations that ended: their nodes and checkpoints stay.
CREATE TABLE generation (
  space INTEGER NOT NULL REFERENCES space (number),
  number INTEGER NOT NULL,
  origin TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  PRIMARY KEY (space, number)
) WITHOUT ROWID;

-- A space here was restored from a backup and signs nothing. "note" is the largest checkpoint of its own that
-- somebody has shown, "forked" says that two were shown which contradict each other.
CREATE TABLE refill (
  space INTEGER PRIMARY KEY REFERENCES space (number),
  note BLOB,
  forked INTEGER NOT NULL
);

-- Leaves that were proven to be in the log and are not in it yet.
CREATE TABLE refill_leaf (
  space INTEGER NOT NULL REFERENCES space (number),
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (space, position),
  UNIQUE (space, hash)
) WITHOUT ROWID;

-- What was handed in for them: a statement, or a change as in "change".
CREATE TABLE refill_entry (
  space INTEGER NOT NULL REFERENCES space (number),
  position INTEGER NOT NULL,
  frame_end INTEGER NOT NULL,
  statement BLOB,
  payload BLOB,
  ciphertext BLOB,
  signature BLOB,
  PRIMARY KEY (space, position)
);

-- Statements of generations that this server, restored from before them, never opened.
CREATE TABLE refill_generation (
  space INTEGER NOT NULL REFERENCES space (number),
  number INTEGER NOT NULL,
  id BLOB NOT NULL,
  encoded BLOB NOT NULL,
  PRIMARY KEY (space, number, id)
) WITHOUT ROWID;
