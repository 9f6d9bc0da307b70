package dev.cairn.simulation.world;

import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.server.Answering;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * P9: however often a link is cut, a device sends again at most one frame that the log had when the
 * push began. Again, that is, of what it had sent there itself: of what others bring for it nobody
 * tells it before. Reads along in a push at an honest server.
 */
final class Repeats implements Answering {

  private static final int ALLOWED = 1;

  private final Stage stage;
  private final DeviceId device;
  private final Answering answering;
  private final ByteStringStream strings = ByteStringStream.ofEntries();
  private final EntryReader reader;
  private final long size;
  private final Set<ChangeId> sent;
  private int repeated;
  private boolean unreadable;

  private Repeats(
      Stage stage, DeviceId device, Answering answering, LogHead log, Set<ChangeId> sent) {
    this.stage = stage;
    this.device = device;
    this.answering = answering;
    this.reader = new EntryReader(stage.space());
    this.size = log.size();
    this.sent = sent;
  }

  /**
   * The same answer, watched if the request is a push.
   *
   * @param sent what the device has sent before, by generation; what it sends now is added
   */
  static Answering watched(
      Stage stage,
      DeviceId device,
      Request request,
      Answering answering,
      Map<Long, Set<ChangeId>> sent) {
    if (!request.target().contains("/push?") || !stage.server.isUp()) {
      return answering;
    }
    LogHead now = stage.server.ledger().snapshot(stage.space()).orElseThrow().head();
    Set<ChangeId> before = sent.computeIfAbsent(now.generation(), any -> new HashSet<>());
    return new Repeats(stage, device, answering, now, before);
  }

  private void look(byte[] piece) {
    strings.feed(piece);
    try {
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        if (reader.read(next.get()) instanceof Entry.OfFrame framed) {
          repeated += isAgain(framed) && isHeld(framed) ? 1 : 0;
        }
      }
    } catch (CairnException e) {
      unreadable = true;
    }
    if (repeated > ALLOWED) {
      stage.auditor.found(
          "P9", "sent.again: " + device + " sends " + repeated + " frames that the log had");
      unreadable = true;
    }
  }

  private boolean isAgain(Entry.OfFrame framed) {
    boolean again = true;
    for (Change change : framed.frame().changes()) {
      again &= !sent.add(change.id());
    }
    return again;
  }

  private boolean isHeld(Entry.OfFrame framed) throws StoreException {
    if (!framed.frame().device().equals(device) || !stage.server.isUp()) {
      return false;
    }
    try (LedgerView view = stage.server.ledger().store().view()) {
      for (Change change : framed.frame().changes()) {
        OptionalLong position = view.position(stage.space(), change.id());
        if (!position.isPresent() || position.getAsLong() >= size) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public int status() {
    return answering.status();
  }

  @Override
  public Map<String, String> headers() {
    return answering.headers();
  }

  @Override
  public byte[] take(byte[] piece) {
    if (!unreadable && answering.status() / 100 == 2) {
      look(piece);
    }
    return answering.take(piece);
  }

  @Override
  public byte[] end() {
    return answering.end();
  }

  @Override
  public boolean mayLeaveWaiting() {
    return answering.mayLeaveWaiting();
  }
}
