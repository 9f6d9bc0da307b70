package dev.cairn.client.space;

/** What somebody who comes into a circle may read of what was written before. */
public enum Archive {
  /** All that whoever lets him in can read: he is given the earlier keys too. */
  ALL,
  /** Nothing: he is given the newest keys only. It can be handed to him later. */
  FROM_TODAY
}
