package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One device's feed as chance would have it: several audiences, sessions that end early, changes in
 * what the author has seen, attachments, erasures, forks that come together again, bodies that were
 * erased. The order is one in which every change comes after those it names.
 */
public final class RandomFeed {

  private final TestSpace space;
  private final SigningKey device;
  private final List<Audience> audiences = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private Seen seen;

  private RandomFeed(TestSpace space) {
    this.space = space;
    this.device = space.device();
    this.seen = space.seen();
    for (int i = 0; i < 1 + space.random.nextInt(4); i++) {
      audiences.add(space.audience(1 + space.random.nextInt(3)));
    }
  }

  /** About this many changes, in the order in which they were written. */
  public static List<Change> of(TestSpace space, int count) {
    RandomFeed feed = new RandomFeed(space);
    while (feed.changes.size() < count) {
      feed.life();
    }
    return feed.changes;
  }

  /** From one unlock to the next: a new author, now and then one restored from an old backup. */
  private void life() {
    int known =
        space.random.nextInt(4) == 0 ? space.random.nextInt(changes.size() + 1) : changes.size();
    FeedMemory index = FeedMemory.empty();
    changes.subList(0, known).forEach(index::add);
    FeedAuthor author = space.author(device, index);
    for (int i = 0; i < 1 + space.random.nextInt(12); i++) {
      write(author);
    }
  }

  private void write(FeedAuthor author) {
    if (space.random.nextInt(5) == 0) {
      seen = space.random.nextInt(4) == 0 ? Seen.of(List.of(), Optional.empty()) : space.seen();
    }
    Audience audience = audiences.get(space.random.nextInt(audiences.size()));
    if (author.needsSession(audience, space.epochs(audience), 0) || space.random.nextInt(10) == 0) {
      changes.add(author.openSession(audience, space.epochs(audience), seen, 0));
    }
    Content content = Content.of(space.body("x".repeat(space.random.nextInt(400))));
    if (space.random.nextInt(5) == 0) {
      content =
          content.withAttachments(
              List.of(
                  new AttachmentRef(AttachmentId.of(space.randomness.bytes(32)), 4096),
                  new AttachmentRef(AttachmentId.of(space.randomness.bytes(32)), 9)));
    }
    if (space.random.nextInt(10) == 0) {
      content = content.erasing(ChangeId.of(space.randomness.bytes(32)));
    }
    Change change = author.write(audience, content, seen, 0).change();
    changes.add(space.random.nextInt(8) == 0 ? change.withoutCiphertext() : change);
  }
}
