package dev.cairn.protocol.frame;

import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.suite.Digest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One entry of a stream. Reading one authenticates nothing. Immutable. */
public sealed interface Entry {

  /**
   * A roster statement.
   *
   * @param statement the signed statement, for the roster to read
   * @param position its position in the log, from one who knows
   */
  record Statement(Encoded statement, OptionalLong position) implements Entry {}

  /**
   * A frame.
   *
   * @param frame changes of one device
   * @param positions their positions in the log, ascending, one for each; empty from one who does
   *     not know
   */
  record OfFrame(Frame frame, List<Long> positions) implements Entry {
    /** Takes a copy. */
    public OfFrame {
      positions = List.copyOf(positions);
    }
  }

  /**
   * Hashes of leaves and nothing else: what the next receipt proves, or, for who holds a part of
   * the roster, leaves of the log that he may not fetch.
   *
   * @param first the position of the first
   * @param leaves at least one, consecutive
   */
  record Leaves(long first, List<Digest> leaves) implements Entry {
    /** Takes a copy. */
    public Leaves {
      leaves = List.copyOf(leaves);
    }
  }

  /**
   * The log's answer to what was pushed.
   *
   * @param receipt for the log package to read
   */
  record OfReceipt(Encoded receipt) implements Entry {}

  /**
   * Where the log stands.
   *
   * @param checkpoint the signed checkpoint, for the log package to read; empty if it is that of
   *     the receipt behind it
   * @param consistency the proof from the checkpoint that the reader had seen
   * @param next the position from which the next pull goes on
   */
  record LogState(Encoded checkpoint, List<Digest> consistency, long next) implements Entry {
    /** Takes a copy. */
    public LogState {
      consistency = List.copyOf(consistency);
    }
  }

  /**
   * Changes of the log that the reader, who holds the whole roster, may not fetch; he makes their
   * leaves himself and sees that they are not for him.
   *
   * @param first the position of the first
   * @param leaves at least one, consecutive
   */
  record Hidden(long first, List<ChangeLeaf> leaves) implements Entry {
    /** Takes a copy. */
    public Hidden {
      leaves = List.copyOf(leaves);
    }
  }

  /**
   * No, to one entry of a request.
   *
   * @param entry which, from 0
   * @param code stable
   * @param detail fit for a log
   */
  record Refusal(long entry, String code, Optional<String> detail) implements Entry {}
}
