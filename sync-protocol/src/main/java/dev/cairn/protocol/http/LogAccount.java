package dev.cairn.protocol.http;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of a space's log, and nothing that is believed for its word: the checkpoint
 * proves itself by its signature, a generation by an owner's statement.
 *
 * @param generation the life of the log that the server keeps
 * @param checkpoint its newest signed checkpoint
 * @param statements those that opened its generations, encoded, and for members those that replaced
 *     owners, without which nobody could judge them
 * @param waiting the log that is ready to be the next generation; told to owners
 * @param refill there while the server is being refilled
 */
public record LogAccount(
    long generation,
    Encoded checkpoint,
    List<Encoded> statements,
    Optional<LogKey> waiting,
    Optional<Refill> refill) {

  private static final int GENERATION = 1;
  private static final int CHECKPOINT = 2;
  private static final int STATEMENTS = 3;
  private static final int WAITING = 4;
  private static final int REFILL = 5;

  /** Takes copies. */
  public LogAccount {
    statements = List.copyOf(statements);
  }

  /**
   * What a restored server lacks.
   *
   * @param shown leaves of the largest checkpoint that it was shown
   * @param forked whether it was shown that it signed two histories: then only a new generation
   *     leads on
   * @param leaves positions of which it knows no leaf, the first of them
   * @param entries positions of which it knows the leaf and lacks what it stands for, the first
   */
  public record Refill(long shown, boolean forked, List<Run> leaves, List<Run> entries) {
    /** Takes copies. */
    public Refill {
      leaves = List.copyOf(leaves);
      entries = List.copyOf(entries);
    }

    /** Whether nothing is missing of what was shown. */
    public boolean isWhole() {
      return !forked && leaves.isEmpty() && entries.isEmpty();
    }
  }

  /** Neighbours in a log. */
  public record Run(long first, long count) {
    /** Whether a position is one of them. */
    public boolean holds(long position) {
      return position >= first && position - first < count;
    }
  }

  /** Its one encoding. */
  public byte[] encode() {
    int fields = 3 + (waiting.isPresent() ? 1 : 0) + (refill.isPresent() ? 1 : 0);
    CborWriter out = new CborWriter().map(fields);
    out.uint(GENERATION).uint(generation).uint(CHECKPOINT).bytes(checkpoint.bytes());
    out.uint(STATEMENTS).array(statements.size());
    statements.forEach(statement -> out.bytes(statement.bytes()));
    waiting.ifPresent(
        log -> out.uint(WAITING).array(2).text(log.origin().text()).bytes(log.key().bytes()));
    refill.ifPresent(
        state -> {
          out.uint(REFILL).array(4).uint(state.shown()).bool(state.forked());
          write(out, state.leaves());
          write(out, state.entries());
        });
    return out.toBytes();
  }

  private static void write(CborWriter out, List<Run> runs) {
    out.array(runs.size());
    runs.forEach(run -> out.array(2).uint(run.first()).uint(run.count()));
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException if it is anything else
   */
  public static LogAccount decode(byte[] encoded) throws MalformedException {
    CborReader in = CborReader.of(encoded);
    int fields = in.mapHeader(REFILL);
    if (fields < STATEMENTS) {
      throw new MalformedException("account of a log: field missing");
    }
    expect(in, GENERATION);
    long generation = in.uint(Limits.GENERATION_MAX);
    expect(in, CHECKPOINT);
    Encoded checkpoint = Encoded.of(in.bytes(Limits.NOTE_SIZE_BYTES_MAX));
    expect(in, STATEMENTS);
    List<Encoded> statements = new ArrayList<>();
    int count = in.arrayHeader(Limits.ACCOUNT_STATEMENTS_MAX);
    for (int i = 0; i < count; i++) {
      statements.add(Encoded.of(in.bytes(Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX)));
    }
    Optional<LogKey> waiting = Optional.empty();
    Optional<Refill> refill = Optional.empty();
    for (int i = 3; i < fields; i++) {
      int position = in.position();
      long key = in.mapKey();
      if (key == WAITING && !waiting.isPresent()) {
        waiting = Optional.of(log(in));
      } else if (key == REFILL) {
        refill = Optional.of(refill(in));
      } else {
        throw new MalformedException("account of a log: unknown field", position);
      }
    }
    in.end();
    return new LogAccount(generation, checkpoint, statements, waiting, refill);
  }

  private static void expect(CborReader in, int field) throws MalformedException {
    int position = in.position();
    if (in.mapKey() != field) {
      throw new MalformedException("account of a log: field missing", position);
    }
  }

  private static LogKey log(CborReader in) throws MalformedException {
    in.arrayOf(2);
    LogOrigin origin = LogOrigin.parse(in.text(Limits.LOG_ORIGIN_CHARS_MAX));
    return new LogKey(origin, VerifyingKey.of(in.bytesExactly(VerifyingKey.SIZE_BYTES)));
  }

  private static Refill refill(CborReader in) throws MalformedException {
    in.arrayOf(4);
    return new Refill(in.uint(Limits.LOG_LEAVES_MAX), in.bool(), runs(in), runs(in));
  }

  private static List<Run> runs(CborReader in) throws MalformedException {
    int count = in.arrayHeader(Limits.ACCOUNT_RUNS_MAX);
    List<Run> runs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      in.arrayOf(2);
      runs.add(new Run(in.uint(Limits.LOG_LEAVES_MAX), in.uint(Limits.LOG_LEAVES_MAX)));
    }
    return runs;
  }
}
