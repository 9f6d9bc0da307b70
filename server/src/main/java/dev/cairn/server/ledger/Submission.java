package dev.cairn.server.ledger;

import dev.cairn.protocol.id.SpaceId;
import java.util.List;

/**
 * Offers to one space that are answered together, in their order.
 *
 * @param vouched whether a coordinator hands them in: then an admission is not too late, nor a
 *     statement that lost its force
 */
public record Submission(SpaceId space, List<Offer> offers, boolean vouched) {
  /** Takes a copy. */
  public Submission {
    offers = List.copyOf(offers);
  }

  /** Offers that nobody vouches for. */
  public Submission(SpaceId space, List<Offer> offers) {
    this(space, offers, false);
  }
}
