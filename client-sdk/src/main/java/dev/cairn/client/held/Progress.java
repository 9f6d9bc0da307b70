package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far this device's own feed has come. Changes travel in order, so a few numbers tell the state
 * of them all. Immutable.
 */
public final class Progress {

  private static final int FIELDS = 5;
  private static final int CODE_BYTES_MAX = 256;

  private final long receivedThrough;
  private final Doubt doubt;
  private final boolean careful;
  private final @Nullable Refusal refusal;
  private final Map<DeviceId, Opening> opened;

  private Progress(
      long receivedThrough,
      Doubt doubt,
      boolean careful,
      @Nullable Refusal refusal,
      Map<DeviceId, Opening> opened) {
    this.receivedThrough = receivedThrough;
    this.doubt = doubt;
    this.careful = careful;
    this.refusal = refusal;
    this.opened = opened;
  }

  /** What is not known of the last push, and what the next begins with because of it. */
  public enum Doubt {
    /** Nothing: what has no receipt was not sent. */
    NONE(0),
    /** The server may have more than receipts tell: ask it first. */
    ASK(1),
    /**
     * It had nothing more when it was asked, and one entry may have arrived since: send that first.
     * Asking every time could be all that a bad link carries.
     */
    SEND(2);

    private final int code;

    Doubt(int code) {
      this.code = code;
    }

    private static Doubt of(long code) throws MalformedException {
      for (Doubt doubt : values()) {
        if (doubt.code == code) {
          return doubt;
        }
      }
      throw new MalformedException("doubt " + code);
    }
  }

  /**
   * The changes the server does not take.
   *
   * @param from the first of them, by sequence
   * @param to the last
   * @param code the stable code
   */
  public record Refusal(long from, long to, String code) {}

  /**
   * What a coordinator's device says it has opened.
   *
   * @param word the change that says so
   * @param through every change of this store addressed to it up to this sequence
   * @param unopened but for these
   */
  public record Opening(ChangeId word, long through, List<ChangeId> unopened) {
    /** Takes a copy. */
    public Opening {
      unopened = List.copyOf(unopened);
    }
  }

  /** The sequence up to which verified receipts prove every change to be in the log. */
  public long receivedThrough() {
    return receivedThrough;
  }

  /** What is not known of the last push. */
  public Doubt doubt() {
    return doubt;
  }

  /** Whether the last push did not come to its end, so that the next sends little at once. */
  public boolean careful() {
    return careful;
  }

  /** What was refused; empty once it is taken after all. */
  public Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** What coordinators' devices have opened. */
  public Map<DeviceId, Opening> opened() {
    return new TreeMap<>(opened);
  }

  /** With receipts up to a sequence. */
  public Progress received(long through) {
    boolean overtaken = refusal != null && through >= refusal.from();
    return new Progress(
        Math.max(through, receivedThrough),
        doubt == Doubt.SEND ? Doubt.ASK : doubt,
        careful,
        overtaken ? null : refusal,
        opened);
  }

  /** With a push begun: until it is {@link #pushed}, nobody knows how far it came. */
  public Progress pushing(Doubt value) {
    return new Progress(receivedThrough, value, true, refusal, opened);
  }

  /** With a push that came to its end. */
  public Progress pushed() {
    return new Progress(receivedThrough, Doubt.NONE, false, refusal, opened);
  }

  /** With changes on their way by somebody else's hand. */
  public Progress carried() {
    return new Progress(receivedThrough, Doubt.ASK, careful, refusal, opened);
  }

  /** With nothing proven: what was taken for the log is not what others see. */
  public Progress unproven() {
    return new Progress(0, Doubt.ASK, careful, refusal, opened);
  }

  /** With an answer to the question what the server has. */
  public Progress asked() {
    return new Progress(receivedThrough, Doubt.NONE, careful, refusal, opened);
  }

  /** With a refusal, or without one. */
  public Progress refused(@Nullable Refusal value) {
    return new Progress(receivedThrough, doubt, careful, value, opened);
  }

  /** With what a coordinator's device has opened; one that says less than it did is not heard. */
  public Progress opened(DeviceId by, Opening opening) {
    Opening before = opened.get(by);
    if (before != null && before.through() > opening.through()) {
      return this;
    }
    Map<DeviceId, Opening> more = opened();
    more.put(by, opening);
    return new Progress(receivedThrough, doubt, careful, refusal, more);
  }

  /** Reads it; a new store has none. */
  public static Progress read(SealedRows rows) throws CairnException {
    byte[] row = Fact.PROGRESS.get(rows);
    if (row == null) {
      return new Progress(0, Doubt.NONE, false, null, new TreeMap<>());
    }
    return StoredForm.read("progress", row, Progress::read);
  }

  private static Progress read(CborReader reader) throws CairnException {
    reader.arrayOf(FIELDS);
    long received = reader.uint();
    Doubt doubt = Doubt.of(reader.uint());
    boolean careful = reader.bool();
    Refusal refusal = null;
    if (reader.nextIsNull()) {
      reader.nul();
    } else {
      reader.arrayOf(3);
      refusal = new Refusal(reader.uint(), reader.uint(), reader.text(CODE_BYTES_MAX));
    }
    Map<DeviceId, Opening> opened = new TreeMap<>();
    int count = reader.arrayHeader();
    for (int i = 0; i < count; i++) {
      reader.arrayOf(4);
      DeviceId device = DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
      ChangeId word = ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
      opened.put(device, new Opening(word, reader.uint(), StoredForm.readIds(reader)));
    }
    return new Progress(received, doubt, careful, refusal, opened);
  }

  /** Writes it. */
  public void write(SealedRows rows) throws CairnException {
    CborWriter writer =
        new CborWriter().array(FIELDS).uint(receivedThrough).uint(doubt.code).bool(careful);
    if (refusal == null) {
      writer.nul();
    } else {
      writer.array(3).uint(refusal.from()).uint(refusal.to()).text(refusal.code());
    }
    writer.array(opened.size());
    for (Map.Entry<DeviceId, Opening> entry : opened.entrySet()) {
      Opening opening = entry.getValue();
      writer.array(4).bytes(entry.getKey().bytes()).bytes(opening.word().bytes());
      writer.uint(opening.through());
      StoredForm.write(writer, opening.unopened());
    }
    Fact.PROGRESS.put(rows, writer.toBytes());
  }
}
