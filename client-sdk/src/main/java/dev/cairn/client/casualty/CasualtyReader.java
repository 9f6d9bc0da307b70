package dev.cairn.client.casualty;

import dev.cairn.protocol.record.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Reads casualty JSON Lines: one incident a line, UTF-8. A line that cannot be accepted is refused
 * alone, with its place and reason, and reading goes on behind it. Holds one line at a time.
 *
 * <p>Accepted are nulls and missing keys anywhere, keys that the format does not know, a byte order
 * mark, lines that end in CR LF; blank lines are passed over. Not safe for use by several threads.
 */
public final class CasualtyReader {

  private final BoundedLines lines;

  /** Reads from a stream, which the caller closes. */
  public CasualtyReader(InputStream in) {
    this.lines = new BoundedLines(in);
  }

  /**
   * The next line that is not blank.
   *
   * @return empty at the end of the stream
   * @throws IOException if the stream cannot be read
   */
  public Optional<Line> next() throws IOException {
    while (lines.next()) {
      if (!lines.blank()) {
        return Optional.of(line());
      }
    }
    return Optional.empty();
  }

  private Line line() {
    try {
      return new Line.Accepted(lines.number(), IncidentReading.read(lines.json()));
    } catch (CasualtyException refused) {
      String reason = refused.getMessage() == null ? "" : refused.getMessage();
      return new Line.Refused(lines.number(), refused.field(), refused.code(), reason);
    }
  }

  /**
   * Reads one document, on however many lines it is written.
   *
   * @return the operations that open its record, at least one
   * @throws CasualtyException if it is refused
   * @throws IOException if the stream cannot be read
   */
  public static List<Operation> document(InputStream in) throws IOException, CasualtyException {
    Optional<BoundedLines> document = BoundedLines.whole(in);
    if (!document.isPresent()) {
      throw new CasualtyException(CasualtyException.NOT_AN_OBJECT, "", "there is no document");
    }
    return IncidentReading.read(document.get().json());
  }

  /** What became of a line. */
  public sealed interface Line {

    /** Counted from 1, blank lines too. */
    int number();

    /**
     * A report.
     *
     * @param operations that open its record, at least one
     */
    record Accepted(int number, List<Operation> operations) implements Line {}

    /**
     * No report.
     *
     * @param field where in the line, empty for the whole
     * @param code one of the constants of {@link CasualtyException}
     * @param reason for people; quotes nothing of the line
     */
    record Refused(int number, String field, String code, String reason) implements Line {}
  }
}
