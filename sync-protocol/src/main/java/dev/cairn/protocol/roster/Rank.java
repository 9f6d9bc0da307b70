package dev.cairn.protocol.roster;

import java.util.List;

/** Whose word a suspension is. Nothing that a lower rank says changes what a higher one did. */
enum Rank {
  /** A coordinator who is no owner. */
  COORDINATOR,
  /** An owner. */
  OWNER,
  /** The recovery key. */
  RECOVERY;

  /** In the order in which suspensions are weighed. */
  static final List<Rank> HIGHEST_FIRST = List.of(RECOVERY, OWNER, COORDINATOR);

  boolean isAbove(Rank other) {
    return compareTo(other) > 0;
  }
}
