package dev.cairn.simulation.audit;

import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server's ledger holds, as the auditor reads it. */
final class LedgerFact {

  /**
   * An entry of the log: a change or a statement.
   *
   * @param hasBody whether the ciphertext of the change is there
   * @param signature its own, if it has one
   */
  record Leaf(
      long position,
      @Nullable ChangeFact change,
      @Nullable StatementFact statement,
      boolean hasBody,
      @Nullable Signature signature) {

    byte[] hash() {
      ChangeFact ofChange = change;
      StatementFact ofStatement = statement;
      if (ofChange != null) {
        return ofChange.leaf();
      }
      return ofStatement == null ? new byte[0] : ofStatement.leaf();
    }
  }

  final String name;
  final long generation;
  final long size;
  final List<Leaf> leaves = new ArrayList<>();
  final List<byte[]> storedLeaves = new ArrayList<>();
  final Map<Long, byte[]> notes = new TreeMap<>();
  final List<byte[]> endedNotes = new ArrayList<>();
  final Map<ChangeId, Leaf> changes = new LinkedHashMap<>();

  LedgerFact(String name, long generation, long size) {
    this.name = name;
    this.generation = generation;
    this.size = size;
  }

  void add(Leaf leaf) {
    leaves.add(leaf);
    ChangeFact change = leaf.change();
    if (change != null) {
      changes.putIfAbsent(change.id, leaf);
    }
  }

  /** Statements in the order of the log, up to a position. */
  List<StatementFact> statements(long before) {
    List<StatementFact> statements = new ArrayList<>();
    for (Leaf leaf : leaves) {
      StatementFact statement = leaf.statement();
      if (statement != null && leaf.position() < before) {
        statements.add(statement);
      }
    }
    return statements;
  }

  /** The payloads of all changes. */
  Map<ChangeId, ChangeFact> facts() {
    Map<ChangeId, ChangeFact> facts = new LinkedHashMap<>();
    changes.forEach(
        (id, leaf) -> {
          ChangeFact change = leaf.change();
          if (change != null) {
            facts.put(id, change);
          }
        });
    return Collections.unmodifiableMap(facts);
  }

  @Override
  public String toString() {
    return name;
  }
}
