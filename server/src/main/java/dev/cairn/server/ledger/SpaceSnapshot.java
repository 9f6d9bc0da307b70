package dev.cairn.server.ledger;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A space as it durably is after some commit: its roster and the head of its log. Immutable, so
 * that requests work on one while the next is being written.
 */
public final class SpaceSnapshot {

  private final SpaceId space;
  private final LogHead head;
  private final CompactTree tree;
  private final @Nullable SignedCheckpoint checkpoint;
  private final RosterState roster;
  private final Map<StatementId, Long> positions;
  private final EarlierRosters earlier;
  private final boolean refilling;
  private final @Nullable LogKey waiting;

  private SpaceSnapshot(
      SpaceId space,
      LogHead head,
      CompactTree tree,
      @Nullable SignedCheckpoint checkpoint,
      RosterState roster,
      Map<StatementId, Long> positions,
      EarlierRosters earlier,
      boolean refilling,
      @Nullable LogKey waiting) {
    this.space = space;
    this.head = head;
    this.tree = tree;
    this.checkpoint = checkpoint;
    this.roster = roster;
    this.positions = Map.copyOf(positions);
    this.earlier = earlier;
    this.refilling = refilling;
    this.waiting = waiting;
  }

  /** The space after more was added. */
  SpaceSnapshot followedBy(
      LogHead head,
      CompactTree tree,
      @Nullable SignedCheckpoint checkpoint,
      RosterState roster,
      Map<StatementId, Long> positions) {
    boolean opened = this.head.generation() != head.generation();
    return new SpaceSnapshot(
        space,
        head,
        tree,
        checkpoint,
        roster,
        positions,
        opened ? new EarlierRosters() : earlier,
        refilling && !opened,
        opened ? null : waiting);
  }

  /** The space once another log waits. */
  SpaceSnapshot waiting(LogKey log) {
    return new SpaceSnapshot(
        space, head, tree, checkpoint, roster, positions, earlier, refilling, log);
  }

  /** The space once it signs again, or does not any more. */
  SpaceSnapshot refilling(boolean value) {
    return new SpaceSnapshot(
        space, head, tree, checkpoint, roster, positions, earlier, value, waiting);
  }

  /** A space before its first statement. */
  static SpaceSnapshot empty(SpaceId space, LogHead head) {
    RosterState nobody = RosterState.fold(space, List.of());
    return new SpaceSnapshot(
        space,
        head,
        CompactTree.empty(),
        null,
        nobody,
        Map.of(),
        new EarlierRosters(),
        false,
        null);
  }

  /**
   * Reads a space back, checking the newest checkpoint against the log's key and the stored tree.
   */
  static SpaceSnapshot load(LedgerView view, SpaceId space, LogSigner signer)
      throws StoreException {
    LogHead head = view.head(space).orElseThrow();
    List<Statement> statements = new ArrayList<>();
    Map<StatementId, Long> positions = new HashMap<>();
    CompactTree tree = CompactTree.load(head.size(), new StoredNodes(view, space, head));
    SignedCheckpoint checkpoint;
    LogKey waiting = null;
    try {
      for (LogEntry.OfStatement stored : view.statements(space)) {
        statements.add(stored.statement());
        positions.put(stored.statement().id(), stored.position());
      }
      byte[] note =
          view.checkpoint(space, head.generation(), head.size())
              .orElseThrow(() -> new StoreException.Corrupt("newest checkpoint is missing"));
      checkpoint = SignedCheckpoint.open(note, signer.logKey(head.origin()));
      Optional<LogOrigin> next = view.waiting(space);
      waiting = next.isPresent() ? signer.logKey(next.get()) : null;
    } catch (StoreException e) {
      throw e;
    } catch (CairnException e) {
      throw new StoreException.Corrupt("newest checkpoint: " + e.getMessage());
    }
    if (!checkpoint.checkpoint().root().equals(tree.root())) {
      throw new StoreException.Corrupt("the newest checkpoint is of another tree");
    }
    RosterState roster = RosterState.fold(space, statements);
    return new SpaceSnapshot(
        space,
        head,
        tree,
        checkpoint,
        roster,
        positions,
        new EarlierRosters(),
        view.refill().mark(space).isPresent(),
        waiting);
  }

  /** Which space. */
  public SpaceId space() {
    return space;
  }

  /** How far the log has come. */
  public LogHead head() {
    return head;
  }

  /** The newest signed checkpoint: of {@link #head}'s size. */
  public SignedCheckpoint checkpoint() {
    if (checkpoint == null) {
      throw new IllegalStateException("the space has no statement yet");
    }
    return checkpoint;
  }

  /** Who may do what. */
  public RosterState roster() {
    return roster;
  }

  /** Who might do what when the log ended at a position. */
  public RosterState rosterBefore(long position) {
    List<Statement> before = new ArrayList<>();
    for (Statement statement : roster.statements()) {
      Long at = positions.get(statement.id());
      if (at != null && at < position) {
        before.add(statement);
      }
    }
    return before.size() == roster.statements().size()
        ? roster
        : earlier.of(before.size(), () -> RosterState.fold(space, before));
  }

  /** Where each statement stands in the log. */
  public Map<StatementId, Long> positions() {
    return positions;
  }

  /**
   * Whether the space was restored from a backup and nobody has said yet that nothing is missing:
   * then nothing new is signed.
   */
  public boolean isRefilling() {
    return refilling;
  }

  /** The log that waits to be the next generation. */
  public Optional<LogKey> waiting() {
    return Optional.ofNullable(waiting);
  }

  CompactTree tree() {
    return tree;
  }
}
