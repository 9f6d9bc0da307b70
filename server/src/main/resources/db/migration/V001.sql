-- Every key is led by the space, by its number here; ids of 32 bytes stand once in "space" and "device".
CREATE TABLE space (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  origin TEXT NOT NULL UNIQUE,
  generation INTEGER NOT NULL,
  size INTEGER NOT NULL
);

-- One-time codes that allow a space to be created. The code itself is not here, only its hash.
CREATE TABLE code (
  hash BLOB PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE,
  expires_seconds INTEGER NOT NULL,
  space INTEGER REFERENCES space (number)
) WITHOUT ROWID;

-- Devices that have changes, and what counts against their quota.
CREATE TABLE device (
  space INTEGER NOT NULL REFERENCES space (number),
  number INTEGER NOT NULL,
  id BLOB NOT NULL,
  changes INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (space, number),
  UNIQUE (space, id)
) WITHOUT ROWID;

CREATE TABLE statement (
  space INTEGER NOT NULL REFERENCES space (number),
  position INTEGER NOT NULL,
  id BLOB NOT NULL,
  encoded BLOB NOT NULL,
  PRIMARY KEY (space, position),
  UNIQUE (space, id)
);

-- "frame_end" is the last position accepted in the same frame: a signature that covers this change
-- stands no further away. "ciphertext" is null after an erasure, "signature" where a later change of
-- the frame carries it.
CREATE TABLE change (
  space INTEGER NOT NULL REFERENCES space (number),
  position INTEGER NOT NULL,
  frame_end INTEGER NOT NULL,
  id BLOB NOT NULL,
  device INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  payload BLOB NOT NULL,
  signature BLOB,
  ciphertext BLOB,
  PRIMARY KEY (space, position),
  UNIQUE (space, id)
);

CREATE INDEX change_by_feed ON change (space, device, sequence);

-- Hashes of complete subtrees; they never change.
CREATE TABLE node (
  space INTEGER NOT NULL REFERENCES space (number),
  generation INTEGER NOT NULL,
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (space, generation, level, position)
) WITHOUT ROWID;

-- Every checkpoint ever signed, so that each receipt can be given again.
CREATE TABLE checkpoint (
  space INTEGER NOT NULL REFERENCES space (number),
  generation INTEGER NOT NULL,
  size INTEGER NOT NULL,
  note BLOB NOT NULL,
  PRIMARY KEY (space, generation, size)
) WITHOUT ROWID;

-- Which change names which attachment: whose quota it is, and who may fetch it.
CREATE TABLE naming (
  space INTEGER NOT NULL REFERENCES space (number),
  attachment BLOB NOT NULL,
  change BLOB NOT NULL,
  device INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (space, attachment, change)
) WITHOUT ROWID;

-- Heads of feeds: changes no other continues. "audience" is empty for the whole feed, else the
-- circles one after another.
CREATE TABLE head (
  space INTEGER NOT NULL REFERENCES space (number),
  device INTEGER NOT NULL,
  audience BLOB NOT NULL,
  change BLOB NOT NULL,
  PRIMARY KEY (space, device, audience, change)
) WITHOUT ROWID;

-- What a coordinator erases before it has come: "change" is the erasure, and is in the log.
CREATE TABLE erasure_ahead (
  space INTEGER NOT NULL REFERENCES space (number),
  erased BLOB NOT NULL,
  change BLOB NOT NULL,
  PRIMARY KEY (space, erased, change)
) WITHOUT ROWID;

-- Changes whose body was dropped.
CREATE TABLE erasure (
  space INTEGER NOT NULL REFERENCES space (number),
  change BLOB NOT NULL,
  PRIMARY KEY (space, change)
) WITHOUT ROWID;
