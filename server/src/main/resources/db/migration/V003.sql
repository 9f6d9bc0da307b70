-- Whether the erasure drops the body when it comes. One by whom was cut off does not; it says only why there is none.
ALTER TABLE erasure_ahead ADD COLUMN drops INTEGER NOT NULL DEFAULT 1;
