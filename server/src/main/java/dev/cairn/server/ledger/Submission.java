package dev.cairn.server.ledger;

import dev.cairn.protocol.id.SpaceId;
import java.util.List;

/** Offers to one space that are answered together, in their order. */
public record Submission(SpaceId space, List<Offer> offers) {
  /** Takes a copy. */
  public Submission {
    offers = List.copyOf(offers);
  }
}
