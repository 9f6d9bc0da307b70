package dev.cairn.simulation.server;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Bringer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefusalCode;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.EntryDecoder;
import dev.cairn.server.stream.Receipts;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One push, judged as its bytes arrive. Who is not in yet is heard one entry at a time, and for no
 * more of them than the server listens to.
 */
final class Push {

  private final ServerMachine machine;
  private final Caller caller;
  private final Bringer by;
  private final EntryDecoder decoder;
  private final Receipts receipts;
  private final ByteStringStream strings = ByteStringStream.ofEntries();
  private boolean isIn;
  private boolean stopped;
  private long taken;

  Push(ServerMachine machine, Caller caller, Bringer by, long seenSize) {
    this.machine = machine;
    this.by = by;
    this.caller = caller;
    this.isIn = caller.isIn();
    this.decoder = new EntryDecoder(caller.snapshot().space(), new DeviceKeyCache());
    this.receipts = new Receipts(machine.ledger(), caller.snapshot(), seenSize);
  }

  byte[] take(byte[] piece) throws StoreException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (stopped) {
      return out.toByteArray();
    }
    strings.feed(piece);
    List<byte[]> arrived = new ArrayList<>();
    boolean malformed = false;
    try {
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        arrived.add(next.get());
      }
    } catch (MalformedException e) {
      malformed = true;
    }
    while (!arrived.isEmpty() && !stopped) {
      int count = isIn ? Math.min(arrived.size(), ServerLimits.PUSH_BATCH_ENTRIES_MAX) : 1;
      List<byte[]> batch = arrived.subList(0, count);
      out.writeBytes(judge(decoder.decode(batch)));
      batch.clear();
      if (!isIn && taken >= ServerLimits.PUSH_ENTRIES_BEFORE_ADMISSION_MAX) {
        out.writeBytes(stop(RefusalCode.DEVICE_UNKNOWN.code()));
      }
    }
    if (malformed) {
      out.writeBytes(stop(RefusalCode.ENTRY_MALFORMED.code()));
    }
    return out.toByteArray();
  }

  byte[] end() throws StoreException {
    return !stopped && strings.pendingBytes() > 0
        ? stop(RefusalCode.ENTRY_MALFORMED.code())
        : new byte[0];
  }

  private byte[] judge(List<Offer> offers) throws StoreException {
    Ledger ledger = machine.ledger();
    List<Answer> answers;
    try {
      Submission submission = new Submission(caller.snapshot().space(), offers, by);
      answers = ledger.accept(List.of(submission), machine.clock().millis() / 1000).get(0);
    } catch (StoreException e) {
      String code =
          e instanceof StoreException.Full
              ? Problem.STORE_FULL.code()
              : Problem.STORE_FAILED.code();
      answers = Collections.nCopies(offers.size(), new Answer.Refused(code));
    }
    List<Receipts.Numbered> numbered = new ArrayList<>();
    for (Answer answer : answers) {
      numbered.add(new Receipts.Numbered(taken++, answer));
    }
    isIn =
        isIn
            || ledger
                .snapshot(caller.snapshot().space())
                .orElseThrow()
                .roster()
                .device(caller.device())
                .isPresent();
    return receipts.encode(numbered);
  }

  private byte[] stop(String code) throws StoreException {
    stopped = true;
    return receipts.encode(List.of(new Receipts.Numbered(taken, new Answer.Refused(code))));
  }
}
