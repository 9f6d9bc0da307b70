package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.log.Consistency;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides whether a checkpoint is believed: signed by the log, and on the history that was seen
 * before. What contradicts is kept with what it contradicts, and nothing more is believed.
 */
final class LogTrust {

  private final Holdings holdings;

  LogTrust(Holdings holdings) {
    this.holdings = holdings;
  }

  /** The key of the generation that this device follows. */
  LogKey key() {
    LogKey key = holdings.roster().logs().get(generation());
    if (key == null) {
      throw new IllegalStateException("the roster has no genesis");
    }
    return key;
  }

  /** The generation that this device follows; {@link NewGeneration} goes on to the next. */
  long generation() {
    return holdings.log().generation();
  }

  /**
   * Where to ask the server, telling it what was seen, so that it can prove what follows.
   *
   * @param query further parameters, or nothing
   */
  String target(String what, String query) {
    StringBuilder target = new StringBuilder("/v1/spaces/");
    target.append(holdings.identity().space()).append('/').append(what);
    char next = '?';
    if (!query.isEmpty()) {
      target.append(next).append(query);
      next = '&';
    }
    target.append(next).append("seen=").append(generation());
    return target.append('.').append(holdings.log().size()).toString();
  }

  /**
   * Believes a newer state of the log, or throws.
   *
   * @param note the signed checkpoint
   * @param consistency from what this device has seen
   * @return what is seen from now on; not durable yet
   * @throws LyingServerException if the server contradicts what it signed
   */
  SignedCheckpoint believe(byte[] note, List<Digest> consistency) throws CairnException {
    return believe(open(note), consistency);
  }

  /** The same of a checkpoint that is known to be the log's. */
  SignedCheckpoint believe(SignedCheckpoint offered, List<Digest> consistency)
      throws CairnException {
    return believe(offered, seen -> Consistency.check(seen, offered, consistency));
  }

  /**
   * The same by a proof of leaves that are the next after those seen.
   *
   * @param run which verified under what is offered
   */
  SignedCheckpoint believe(SignedCheckpoint offered, RangeProof run) throws CairnException {
    return believe(offered, seen -> Consistency.check(seen, offered, run));
  }

  private SignedCheckpoint believe(
      SignedCheckpoint offered, Function<SignedCheckpoint, Consistency> check)
      throws CairnException {
    SignedCheckpoint seen = holdings.log().checkpoint().orElse(null);
    if (seen == null) {
      return offered;
    }
    Consistency verdict = check.apply(seen);
    if (verdict instanceof Consistency.Same || verdict instanceof Consistency.Extends) {
      return verdict.trusted();
    }
    throw lie(
        verdict instanceof Consistency.RolledBack
            ? "the server shows an older log than it showed before"
            : "the server shows a log that does not continue the one it showed before",
        seen.note(),
        offered.note());
  }

  /**
   * Opens a checkpoint of the log that this device follows.
   *
   * @throws LyingServerException if its key did not sign it
   */
  SignedCheckpoint open(byte[] note) throws LyingServerException {
    try {
      return SignedCheckpoint.open(note, key());
    } catch (MalformedException e) {
      throw new LyingServerException(
          "the server shows a log that its key did not sign", new byte[0], note);
    }
  }

  /**
   * Whether a server shows the log that this device follows. Nothing more of it is believed than
   * that its key signed it; a log that was opened anew is another, until it is followed.
   */
  boolean isShown(LogQuestions questions) throws CairnException {
    Optional<byte[]> note = questions.checkpoint();
    if (!note.isPresent()) {
      return false;
    }
    try {
      SignedCheckpoint.open(note.get(), key());
      return true;
    } catch (MalformedException another) {
      return false;
    }
  }

  /** Gives what to throw. Nothing is written: a lie is often found inside a transaction. */
  static LyingServerException lie(String message, byte[] seen, byte[] offered) {
    return new LyingServerException(message, seen, offered);
  }

  /**
   * Keeps the proof, once no transaction is open. Two signed checkpoints convince others; what
   * holds fewer does not take their place. Receipts of such a log prove nothing any more.
   */
  void keep(LyingServerException lie) throws CairnException {
    byte[] both = new CborWriter().array(2).bytes(lie.seen()).bytes(lie.offered()).toBytes();
    boolean convinces = lie.seen().length > 0 && lie.offered().length > 0;
    holdings
        .store()
        .change(
            rows -> {
              if (convinces || Fact.LIE.get(rows) == null) {
                Fact.LIE.put(rows, both);
              }
              StartingOver.write(holdings, rows);
            });
  }
}
