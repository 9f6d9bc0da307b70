package dev.cairn.server.request;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.limits.ServerLimits;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request that begins a space, which nobody signs: a one-time code and first statements. */
public final class Founding {

  private static final int CODE_BYTES_MAX = 64;

  private Founding() {}

  /**
   * The one-time code a request carries.
   *
   * @param header the value of {@link dev.cairn.protocol.http.HttpNames#SPACE_CODE}
   */
  public static Secret code(@Nullable String header) {
    String text = header == null ? "" : header;
    try {
      byte[] code = Base64.getUrlDecoder().decode(text);
      if (code.length > 0 && code.length <= CODE_BYTES_MAX) {
        return Secret.take(code);
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.SPACE_CODE_UNKNOWN);
    }
    throw new ProblemException(Problem.SPACE_CODE_UNKNOWN);
  }

  /** The first statements of a space, all well signed. */
  public static List<Statement> statements(byte[] body) throws MalformedException, TooNewException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(body);
    // No frame can stand in this stream, so which space it is for is not needed to read it.
    EntryReader reader = new EntryReader(SpaceId.of(new byte[SpaceId.SIZE_BYTES]));
    List<Statement> statements = new ArrayList<>();
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      if (!(reader.read(next.get()) instanceof Entry.Statement entry)) {
        throw new MalformedException("a space begins with statements only");
      }
      if (statements.size() == Limits.MOVE_STATEMENTS_MAX) {
        throw new ProblemException(Problem.SPACE_INVALID);
      }
      statements.add(Statement.decode(entry.statement().bytes()));
    }
    if (strings.pendingBytes() > 0 || statements.isEmpty()) {
      throw new MalformedException("the stream is not whole");
    }
    boolean isNew = statements.stream().noneMatch(each -> each.kind() == StatementKind.MOVE);
    if (isNew && isTooLarge(statements.size(), body.length)) {
      throw new ProblemException(Problem.SPACE_INVALID);
    }
    for (Statement statement : statements) {
      if (!statement.signaturesValid()) {
        throw new ProblemException(Problem.SPACE_INVALID);
      }
    }
    return statements;
  }

  /** A new space has little to say; one that was moved brings what proves its owners. */
  private static boolean isTooLarge(int count, int sizeBytes) {
    return count > ServerLimits.SPACE_STATEMENTS_MAX || sizeBytes > ServerLimits.SPACE_BYTES_MAX;
  }

  /** What a ledger's refusal is to the caller; another fault as it is. */
  public static Throwable problem(Throwable fault) {
    if (!(fault instanceof RefusedException refused)) {
      return fault;
    }
    return new ProblemException(
        switch (refused.code()) {
          case Ledger.CODE_UNKNOWN -> Problem.SPACE_CODE_UNKNOWN;
          case Ledger.CODE_EXPIRED -> Problem.SPACE_CODE_EXPIRED;
          default -> Problem.SPACE_INVALID;
        });
  }
}
