package dev.cairn.simulation.world;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.stream.Receipts;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.ServerMachine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes nothing of a push, and gives for each entry a receipt of as many other leaves. */
final class FalseReceipts implements Answering {

  private final Answering honest;
  private final long leaves;
  private final Receipts receipts;
  private final EntryReader reader;
  private final ByteStringStream strings = ByteStringStream.ofEntries();
  private long entries;

  /**
   * Answers instead of another.
   *
   * @param seenSize of the checkpoint that the device has seen
   */
  FalseReceipts(Answering honest, ServerMachine server, SpaceSnapshot space, long seenSize) {
    this.honest = honest;
    this.leaves = space.head().size();
    this.receipts = new Receipts(server.ledger(), space, seenSize);
    this.reader = new EntryReader(space.space());
  }

  @Override
  public int status() {
    return honest.status();
  }

  @Override
  public Map<String, String> headers() {
    return honest.headers();
  }

  @Override
  public byte[] take(byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    strings.feed(piece);
    try {
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        Entry entry = reader.read(next.get());
        int count = entry instanceof Entry.OfFrame of ? of.frame().changes().size() : 1;
        out.writeBytes(receipts.encode(List.of(new Receipts.Numbered(entries++, others(count)))));
      }
    } catch (MalformedException | StoreException e) {
      return new byte[0];
    }
    return out.toByteArray();
  }

  private Answer others(int count) {
    List<Long> positions = new ArrayList<>();
    for (long at = Math.max(0, leaves - count); at < leaves; at++) {
      positions.add(at);
    }
    return new Answer.Placed(positions);
  }

  @Override
  public byte[] end() {
    return new byte[0];
  }
}
