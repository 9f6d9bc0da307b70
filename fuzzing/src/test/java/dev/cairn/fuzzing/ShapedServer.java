package dev.cairn.fuzzing;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.suite.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server with the log's real key whose answers an input shapes, one after another: which of them
 * are honest, what its log holds from now on, what is left out of an answer, put in, altered,
 * validly signed or not. Where the input ends, the link is cut. Honest once it is told to be.
 */
final class ShapedServer implements Transport {

  /** Many times what any honest sync of these devices takes. */
  private static final int REQUESTS_MAX = 600;

  private static final int BYTES_MAX = 4 << 20;

  private final DeviceId caller;
  private final Insider insider;
  private final Script script;
  private final Shaping shaping;
  private final boolean duplex;
  private ShapedLog log;
  private boolean honest;
  private boolean tampered;
  private int requests;
  private long bytesDown;

  ShapedServer(Founded space, DeviceId caller, Script script) {
    this.caller = caller;
    this.script = script;
    this.log = new ShapedLog(space);
    this.insider = space.insider.again(new java.util.Random(11)::nextBytes);
    this.duplex = (script.next() & 1) == 0;
    this.shaping = new Shaping(script, insider);
  }

  ShapedLog log() {
    return log;
  }

  /**
   * From now on nothing is shaped, and a log that was tampered with is the one it should have been.
   *
   * @return whether what was signed until now is the beginning of it
   */
  boolean becomeHonest(Founded space) {
    honest = true;
    requests = 0;
    ShapedLog shown = log;
    if (tampered) {
      log = new ShapedLog(space);
    }
    boolean isContinued = shown.isContinuedBy(log);
    log.remember(shown);
    return isContinued;
  }

  /** What is said to a request: how it begins and which entries it has. */
  record Said(int status, Optional<String> nonce, List<byte[]> pieces, int cutAfter) {}

  @Override
  public Exchange open(Request request) throws TransportException {
    if (++requests > REQUESTS_MAX) {
      throw new AssertionError("asks without end: " + request.target());
    }
    if (!honest && script.ended()) {
      throw cut();
    }
    return new ShapedExchange(this, request, duplex);
  }

  static TransportException cut() {
    return new TransportException(
        TransportException.Reason.UNREACHABLE, "cut", new IOException("cut"));
  }

  void sent(int bytes) {
    bytesDown += bytes;
    if (bytesDown > BYTES_MAX) {
      throw new AssertionError("takes answers without end");
    }
  }

  /** Answers what has no streamed body. */
  Said answer(Request request) {
    if (honest && isBehind(request.target())) {
      return Shaping.problem(409, "log.behind");
    }
    int how = honest ? 0 : script.next();
    int cutAfter = begin(how);
    switch (how & 7) {
      case 4:
        return shaping.problem(cutAfter);
      case 5:
        return new Said(200, Optional.empty(), List.of(script.some()), cutAfter);
      case 6:
        return new Said(401, Optional.of("n" + requests), List.of(), cutAfter);
      default:
        return new Said(status(), nonce(how), body(request, how), cutAfter);
    }
  }

  /** What every answer may begin with: another log than before, a cut to come. */
  private int begin(int how) {
    if ((how & 8) != 0) {
      reshape();
    }
    return (how & 16) != 0 ? script.below(4) : Integer.MAX_VALUE;
  }

  private Optional<String> nonce(int how) {
    return (how & 7) == 7
        ? Optional.of(new String(script.some(), java.nio.charset.StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  private int status() {
    return honest ? 200 : (script.next() & 0xf0) == 0xf0 ? 202 : 200;
  }

  private List<byte[]> body(Request request, int how) {
    String target = request.target();
    String what = target.split("[/?]", -1)[4];
    try {
      return switch (what) {
        case "pull" ->
            written(
                log.pull(
                    caller,
                    number(target, "from"),
                    seen(target),
                    target.contains("hashes=1"),
                    target.contains("own=1")),
                how);
        case "receipts" -> {
          String from = target.split("from=", -1)[1].split("&", -1)[0];
          yield written(log.receipts(log.run(caller, ChangeId.parse(from)), seen(target)), how);
        }
        case "proof" ->
            List.of(shaping.proof(log, number(target, "from"), number(target, "size"), how));
        case "log", "refill" -> List.of(shaping.account(log, how));
        case "checkpoint" -> List.of(log.checkpoint().note());
        default -> List.of();
      };
    } catch (CairnException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<byte[]> written(List<Entry> entries, int how) throws CairnException {
    return shaping.written(log, new ArrayList<>(entries), (how & 32) != 0);
  }

  /** How the answer to a streamed body begins. */
  Said beginning(Request request) {
    if (honest && isBehind(request.target())) {
      return Shaping.problem(409, "log.behind");
    }
    int how = honest ? 0 : script.next();
    int cutAfter = begin(how);
    return switch (how & 7) {
      case 4 -> shaping.problem(cutAfter);
      case 6 -> new Said(401, Optional.of("n" + requests), List.of(), cutAfter);
      default -> new Said(200, nonce(how), List.of(), cutAfter);
    };
  }

  /** What is answered to an entry that was pushed. */
  List<byte[]> pushed(long index, Entry entry, long seen) {
    int how = honest ? 0 : script.next();
    try {
      if ((how & 7) == 4) {
        return shaping.refusal(index);
      }
      if ((how & 8) != 0) {
        reshape();
      }
      List<Long> places = (how & 7) == 5 ? List.of() : log.accept(entry);
      return written(log.receipts(places, seen), how);
    } catch (CairnException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the log another than it was, or lets the insider say something in it. */
  private void reshape() {
    int place = script.below(log.size());
    try {
      switch (script.below(5)) {
        case 0 -> {
          tampered = true;
          log.cut(place + 1);
        }
        case 1 -> {
          tampered = true;
          log.replace(place, script.exactly(Digest.SIZE_BYTES));
        }
        case 2 -> {
          tampered = true;
          log.addUnknown(script.exactly(Digest.SIZE_BYTES));
        }
        case 3 -> {
          tampered = true;
          log.sign(script.number() >>> 1, CompactTree.empty().root());
        }
        default -> {
          Entry.OfFrame said = shaping.said();
          // What goes on from words that this log does not have no honest log takes.
          tampered |= !log.isContinuedBy(said.frame());
          log.accept(said);
        }
      }
    } catch (CairnException e) {
      throw new IllegalStateException(e);
    } catch (IllegalArgumentException impossible) {
      // No tree is that large: what cannot be signed is not.
    }
  }

  static long number(String target, String name) {
    int at = target.indexOf(name + "=");
    return at < 0 ? 0 : Long.parseLong(target.substring(at + name.length() + 1).split("&", 2)[0]);
  }

  static long seen(String target) {
    int at = target.indexOf("seen=");
    return at < 0
        ? 0
        : Long.parseLong(target.substring(at + 5).split("&", 2)[0].split("\\.", 2)[1]);
  }

  private boolean isBehind(String target) {
    boolean asksFurther = target.contains("/pull?") && number(target, "from") > log.size();
    return asksFurther || seen(target) > log.size();
  }

  @Override
  public Traffic traffic() {
    return Traffic.NONE;
  }

  @Override
  public void close() {}
}
