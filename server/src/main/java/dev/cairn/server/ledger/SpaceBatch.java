package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction adds to one space. Offers are judged one after another, each seeing what was
 * accepted before it; nothing is written before {@link #write}, so that what is read meanwhile is
 * the store as the transaction found it.
 */
final class SpaceBatch {

  private final LedgerTransaction transaction;
  private final SpaceSnapshot before;
  private final StatementRules statementRules;
  private final FrameRules frameRules;
  private final List<LogEntry> entries = new ArrayList<>();
  private final List<Digest> leaves = new ArrayList<>();
  private final Map<StatementId, Long> statements = new HashMap<>();
  private final Map<ChangeId, Long> changes = new HashMap<>();
  private final Map<DeviceId, LedgerView.Usage> usages = new LinkedHashMap<>();
  private final Map<ChangeId, Prefix> prefixes = new HashMap<>();
  private final Map<ChangeId, List<Ahead>> erasuresAhead = new LinkedHashMap<>();
  private final List<ChangeId> erased = new ArrayList<>();
  private final List<Statement> unfolded = new ArrayList<>();
  private boolean unfoldedMatters;
  private RosterState roster;
  private @Nullable StatementTally tally;
  private int folds;
  private @Nullable LogHead opened;

  /** A change that names another as erased, and whether it drops the body of that when it comes. */
  private record Ahead(ChangeId by, boolean drops) {}

  SpaceBatch(LedgerTransaction transaction, SpaceSnapshot before, Quotas quotas, long nowSeconds) {
    this.transaction = transaction;
    this.before = before;
    this.roster = before.roster();
    this.statementRules = new StatementRules(this, quotas, nowSeconds);
    this.frameRules = new FrameRules(this, quotas, null);
  }

  private SpaceBatch(
      LedgerTransaction transaction, SpaceSnapshot before, Quotas quotas, Set<ChangeId> bare) {
    this.transaction = transaction;
    this.before = before;
    this.roster = before.roster();
    this.statementRules = new StatementRules(this, quotas, 0);
    this.frameRules = new FrameRules(this, quotas, bare);
  }

  /**
   * Takes again, in the order of the log, what was in it.
   *
   * @param bare those taken so far without a body that nothing erases yet; it is kept up to date
   */
  static SpaceBatch replaying(
      LedgerTransaction transaction, SpaceSnapshot before, Set<ChangeId> bare) {
    // What was taken once is taken again, however late it is and whatever the quotas are by now.
    return new SpaceBatch(transaction, before, Quotas.NONE, bare);
  }

  /** Takes changes whose bodies are gone already; that they are erased is for the caller to see. */
  static SpaceBatch bodiless(LedgerTransaction transaction, SpaceSnapshot before, Quotas quotas) {
    return new SpaceBatch(transaction, before, quotas, new HashSet<>());
  }

  /** Judges an offer and, if the answer says so, counts it in. */
  Answer answer(Offer offer) throws StoreException {
    return answer(offer, Bringer.ANYBODY);
  }

  /** The same of what somebody hands in; what the log had taken once, as a coordinator would. */
  Answer answer(Offer offer, Bringer by) throws StoreException {
    if (offer instanceof Offer.OfStatement statement) {
      return statementRules.judge(statement.statement(), by);
    }
    if (offer instanceof Offer.OfFrame frame) {
      return frameRules.judge(frame.frame(), by);
    }
    return new Answer.Refused(((Offer.Refused) offer).code());
  }

  // What the rules look at.

  SpaceId space() {
    return before.space();
  }

  /** The space as the transaction found it. */
  SpaceSnapshot before() {
    return before;
  }

  /** The generation that what is accepted now goes to. */
  long generation() {
    LogHead next = opened;
    return next == null ? before.head().generation() : next.generation();
  }

  /** Who may do what, everything accepted so far counted in. */
  RosterState roster() {
    if (!unfolded.isEmpty()) {
      roster = roster.with(unfolded);
      unfolded.clear();
      unfoldedMatters = false;
      tally = null;
      folds++;
    }
    return roster;
  }

  /**
   * A roster that says what a statement is worth: folding is dear, so it is done only once
   * something was accepted that could make a difference.
   */
  RosterState rosterToJudge(Statement statement) {
    boolean isPlain = statement.kind() != StatementKind.ADMISSION && !unfoldedMatters;
    return isPlain ? roster : roster();
  }

  /** On whose account the statements are, everything accepted so far counted in. */
  StatementTally tally() {
    StatementTally known = tally;
    if (known == null) {
      known = new StatementTally(roster);
      unfolded.forEach(known::add);
      tally = known;
    }
    return known;
  }

  /** How often the roster was folded. */
  int folds() {
    return folds;
  }

  LedgerView stored() {
    return transaction;
  }

  long nextPosition() {
    return before.head().size() + entries.size();
  }

  OptionalLong position(StatementId statement) {
    Long known = statements.get(statement);
    if (known == null) {
      known = before.positions().get(statement);
    }
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  OptionalLong position(ChangeId change) throws StoreException {
    Long added = changes.get(change);
    return added == null ? transaction.position(space(), change) : OptionalLong.of(added);
  }

  LedgerView.Usage usage(DeviceId device) throws StoreException {
    LedgerView.Usage known = usages.get(device);
    return known == null ? transaction.usage(space(), device) : known;
  }

  /** What a change says in the open, if it is in the log or is to be. */
  Optional<Prefix> prefix(ChangeId change) throws StoreException {
    Prefix added = prefixes.get(change);
    return added == null ? transaction.prefix(space(), change) : Optional.of(added);
  }

  /** As {@link LedgerView#erasuresAhead}, with what is to be in the log. */
  List<ChangeId> erasuresAhead(ChangeId change, boolean drops) throws StoreException {
    List<ChangeId> ahead = new ArrayList<>(transaction.erasuresAhead(space(), change, drops));
    for (Ahead each : erasuresAhead.getOrDefault(change, List.of())) {
      if (each.drops() == drops) {
        ahead.add(each.by());
      }
    }
    return ahead;
  }

  // What the rules decide.

  void add(Statement statement) {
    tally().add(statement);
    unfoldedMatters |= roster.mayChangeOthers(statement);
    unfolded.add(statement);
    statements.put(statement.id(), nextPosition());
    leaves.add(statement.leafHash());
    entries.add(new LogEntry.OfStatement(nextPosition(), statement));
  }

  void add(LogEntry.OfChange entry) {
    changes.put(entry.change().id(), entry.position());
    prefixes.put(entry.change().id(), entry.change().prefix());
    leaves.add(entry.change().leafHash());
    entries.add(entry);
  }

  /** Begins the next generation of the log, with everything that is in this one. */
  void open(LogOrigin origin, long generation) {
    opened = new LogHead(origin, generation, before.head().size());
  }

  void setUsage(DeviceId device, LedgerView.Usage usage) {
    usages.put(device, usage);
  }

  void eraseAhead(ChangeId change, ChangeId by, boolean drops) {
    erasuresAhead.computeIfAbsent(change, any -> new ArrayList<>()).add(new Ahead(by, drops));
  }

  void erase(ChangeId change) {
    erased.add(change);
  }

  // What becomes of it.

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Bodies withdrawn; what the store still holds of them elsewhere should be overwritten soon. */
  List<ChangeId> erased() {
    return List.copyOf(erased);
  }

  /** Writes everything and signs the tree it gives; durable only when the transaction commits. */
  SpaceSnapshot write(LogSigner signer) throws StoreException {
    if (isEmpty()) {
      return before;
    }
    LogHead from = before.head();
    LogHead next = opened;
    CompactTree.Growth growth = before.tree().append(leaves);
    CompactTree tree = growth.tree();
    LogOrigin origin = next == null ? from.origin() : next.origin();
    LogHead head = new LogHead(origin, generation(), tree.size());
    SignedCheckpoint checkpoint = signer.sign(new Checkpoint(origin, tree.size(), tree.root()));
    // First of all the head: if another writer has moved it, everything judged here was judged
    // against the past.
    if (next == null) {
      transaction.advance(space(), from, tree.size(), checkpoint.note());
    } else {
      transaction.open(space(), from, head, checkpoint.note());
    }
    return write(head, growth, checkpoint);
  }

  /**
   * Writes everything and signs nothing: a part of what becomes durable together, whose head is
   * moved apart.
   */
  SpaceSnapshot writePart() throws StoreException {
    CompactTree.Growth growth = before.tree().append(leaves);
    LogHead from = before.head();
    LogHead head = new LogHead(from.origin(), from.generation(), growth.tree().size());
    return write(head, growth, null);
  }

  private SpaceSnapshot write(
      LogHead head, CompactTree.Growth growth, @Nullable SignedCheckpoint checkpoint)
      throws StoreException {
    transaction.addNodes(space(), head.generation(), growth.nodes());
    for (LogEntry entry : entries) {
      write(entry);
    }
    for (Map.Entry<DeviceId, LedgerView.Usage> usage : usages.entrySet()) {
      transaction.setUsage(space(), usage.getKey(), usage.getValue());
    }
    for (Map.Entry<ChangeId, List<Ahead>> ahead : erasuresAhead.entrySet()) {
      for (Ahead each : ahead.getValue()) {
        transaction.addErasureAhead(space(), ahead.getKey(), each.by(), each.drops());
      }
    }
    for (ChangeId change : erased) {
      transaction.erase(space(), change);
    }
    Map<StatementId, Long> positions = new HashMap<>(before.positions());
    positions.putAll(statements);
    return before.followedBy(head, growth.tree(), checkpoint, roster(), positions);
  }

  private void write(LogEntry entry) throws StoreException {
    if (entry instanceof LogEntry.OfStatement statement) {
      transaction.addStatement(space(), statement);
      return;
    }
    LogEntry.OfChange change = (LogEntry.OfChange) entry;
    transaction.addChange(space(), change);
    for (var named : change.change().prefix().attachments()) {
      DeviceId device = change.change().prefix().device();
      transaction.addNaming(
          space(),
          named.id(),
          new LedgerView.Naming(change.change().id(), device, named.sizeBytes()));
    }
  }
}
