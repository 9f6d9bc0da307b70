package dev.cairn.server.ledger;

import dev.cairn.protocol.id.SpaceId;
import java.util.List;

/**
 * Offers to one space that are answered together, in their order.
 *
 * @param by who hands them in
 */
public record Submission(SpaceId space, List<Offer> offers, Bringer by) {
  /** Takes a copy. */
  public Submission {
    offers = List.copyOf(offers);
  }

  /** Offers that nobody vouches for. */
  public Submission(SpaceId space, List<Offer> offers) {
    this(space, offers, Bringer.ANYBODY);
  }
}
