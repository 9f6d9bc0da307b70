package dev.cairn.server.request;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.SpaceSnapshot;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query of a request: numbers, and the checkpoint its sender has seen. */
public final class Query {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");
  private static final Pattern SEEN = Pattern.compile("(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,15})");

  private final Function<String, @Nullable String> parameters;

  /** The first value of each parameter; null where there is none. */
  public Query(Function<String, @Nullable String> parameters) {
    this.parameters = parameters;
  }

  /** Whether it has a parameter. */
  public boolean has(String name) {
    return parameters.apply(name) != null;
  }

  /** A number that must be there. */
  public long number(String name) {
    String text = parameters.apply(name);
    if (text == null || !NUMBER.matcher(text).matches()) {
      throw new ProblemException(Problem.REQUEST_MALFORMED);
    }
    return Long.parseLong(text);
  }

  /** A number, or another where there is none. */
  public long number(String name, long otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  /** The id of a change, which must be there. */
  public ChangeId change(String name) {
    try {
      return ChangeId.parse(Objects.requireNonNullElse(parameters.apply(name), ""));
    } catch (MalformedException e) {
      throw new ProblemException(Problem.REQUEST_MALFORMED);
    }
  }

  /**
   * Leaves of the checkpoint the sender has seen, 0 if none. Whoever has seen more than there is
   * must not be answered as if nothing were wrong: this server has lost what it once signed. Nor is
   * who knows of an earlier life of the log only: he could not tell this one's key.
   */
  public long seenSize(SpaceSnapshot snapshot) {
    LogHead head = snapshot.head();
    String text = parameters.apply("seen");
    if (text == null) {
      return 0;
    }
    Matcher seen = SEEN.matcher(text);
    if (!seen.matches()) {
      throw new ProblemException(Problem.REQUEST_MALFORMED);
    }
    long generation = Long.parseLong(seen.group(1));
    long size = Long.parseLong(seen.group(2));
    if (generation > head.generation() || (generation == head.generation() && size > head.size())) {
      throw behind(snapshot);
    }
    if (generation < head.generation()) {
      throw new ProblemException(Problem.LOG_GENERATION);
    }
    return size;
  }

  /** What to say to who asks for more of the log than there is. */
  public static ProblemException behind(SpaceSnapshot snapshot) {
    return new ProblemException(
        snapshot.isRefilling() ? Problem.LOG_REFILLING : Problem.LOG_BEHIND);
  }
}
