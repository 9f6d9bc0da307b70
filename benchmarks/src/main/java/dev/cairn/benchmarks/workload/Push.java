package dev.cairn.benchmarks.workload;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One push as it goes over the wire, ready to be sent.
 *
 * @param entries the entries of its stream
 * @param leaves the leaves that its receipts have to prove, in order
 */
public record Push(List<byte[]> entries, List<Digest> leaves) {

  /** Cuts changes into frames. */
  public static Push of(List<Change> changes, int frameItems) {
    EntryWriter writer = new EntryWriter();
    List<byte[]> entries = new ArrayList<>();
    List<Digest> leaves = new ArrayList<>();
    changes.forEach(change -> leaves.add(change.leafHash()));
    int from = 0;
    while (from < changes.size()) {
      List<Change> rest = changes.subList(from, Math.min(changes.size(), from + frameItems));
      int count = Math.max(1, writer.fitting(rest, Limits.FRAME_BYTES_MAX));
      Frame frame = Frame.of(rest.subList(0, count));
      entries.add(writer.write(new Entry.OfFrame(frame, List.of())));
      from += count;
    }
    return new Push(entries, leaves);
  }

  /** Statements, one entry each. */
  public static Push ofStatements(List<Statement> statements) {
    EntryWriter writer = new EntryWriter();
    List<byte[]> entries = new ArrayList<>();
    List<Digest> leaves = new ArrayList<>();
    for (Statement statement : statements) {
      entries.add(
          writer.write(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty())));
      leaves.add(statement.leafHash());
    }
    return new Push(entries, leaves);
  }

  /** Several pushes of the same size, the last as long as the rest. */
  public static List<Push> all(List<Change> changes, int batch, int frameItems) {
    List<Push> pushes = new ArrayList<>();
    for (int from = 0; from < changes.size(); from += batch) {
      pushes.add(of(changes.subList(from, Math.min(changes.size(), from + batch)), frameItems));
    }
    return pushes;
  }

  /** Bytes of its body. */
  public long sizeBytes() {
    return entries.stream().mapToLong(entry -> entry.length).sum();
  }
}
