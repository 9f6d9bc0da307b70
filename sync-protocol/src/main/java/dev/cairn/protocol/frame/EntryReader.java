package dev.cairn.protocol.frame;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the entries of one stream, in their order: frames rely on those before them. Not safe for
 * use by several threads at once.
 */
public final class EntryReader {

  private final FrameReader frames;

  /** Begins a stream of a space. */
  public EntryReader(SpaceId space) {
    this.frames = new FrameReader(space);
  }

  /**
   * Reads an entry.
   *
   * @param encoded what {@link ByteStringStream} gives
   * @throws MalformedException if it is not exactly what {@link EntryWriter} writes
   */
  public Entry read(byte[] encoded) throws MalformedException {
    if (encoded.length > Limits.ENTRY_BYTES_MAX) {
      throw new MalformedException("entry longer than " + Limits.ENTRY_BYTES_MAX + " bytes");
    }
    CborReader reader = CborReader.of(encoded);
    int items = reader.arrayHeader(4);
    Entry entry = read(reader, items);
    reader.end();
    return entry;
  }

  private Entry read(CborReader reader, int items) throws MalformedException {
    int kind = items == 0 ? 0 : (int) reader.uint(EntryKind.HIDDEN);
    return switch (kind) {
      case EntryKind.STATEMENT -> readStatement(reader, checked(items, 2, 3));
      case EntryKind.FRAME -> readFrame(reader, checked(items, 2, 3));
      case EntryKind.LEAVES -> {
        checked(items, 3, 3);
        yield new Entry.Leaves(reader.uint(), readHashes(reader, 1, Limits.ENTRY_LEAVES_MAX));
      }
      case EntryKind.HIDDEN -> {
        checked(items, 4, 4);
        yield new Entry.Hidden(reader.uint(), HiddenForm.read(reader));
      }
      case EntryKind.RECEIPT -> {
        checked(items, 2, 2);
        yield readReceipt(reader);
      }
      case EntryKind.LOG_STATE -> {
        checked(items, 4, 4);
        yield readLogState(reader);
      }
      case EntryKind.REFUSAL -> readRefusal(reader, checked(items, 3, 4));
      default -> throw new MalformedException("entry of an unknown kind");
    };
  }

  private static Entry readStatement(CborReader reader, int items) throws MalformedException {
    Encoded statement = Encoded.of(reader.bytes(Limits.ENTRY_BYTES_MAX));
    return new Entry.Statement(
        statement, items == 3 ? OptionalLong.of(reader.uint()) : OptionalLong.empty());
  }

  private Entry readFrame(CborReader reader, int items) throws MalformedException {
    Frame frame = frames.read(reader);
    return new Entry.OfFrame(
        frame, items == 3 ? readPositions(reader, frame.changes().size()) : List.of());
  }

  private static List<Long> readPositions(CborReader reader, int count) throws MalformedException {
    reader.arrayOf(count);
    List<Long> positions = new ArrayList<>(count);
    long position = reader.uint();
    positions.add(position);
    for (int i = 1; i < count; i++) {
      long step = reader.uint();
      if (step < 1 || position + step < 0) {
        throw new MalformedException("positions do not ascend", reader.position());
      }
      position += step;
      positions.add(position);
    }
    return positions;
  }

  private static Entry readReceipt(CborReader reader) throws MalformedException {
    return new Entry.OfReceipt(Encoded.of(reader.rawItem()));
  }

  private static Entry readLogState(CborReader reader) throws MalformedException {
    return new Entry.LogState(
        Encoded.of(reader.bytes(Limits.ENTRY_BYTES_MAX)),
        readHashes(reader, 0, Limits.CONSISTENCY_HASHES_MAX),
        reader.uint());
  }

  private static Entry readRefusal(CborReader reader, int items) throws MalformedException {
    long entry = reader.uint();
    String code = reader.text(Limits.REFUSAL_CODE_BYTES_MAX);
    Optional<String> detail =
        items == 4 ? Optional.of(reader.text(Limits.REFUSAL_DETAIL_BYTES_MAX)) : Optional.empty();
    return new Entry.Refusal(entry, code, detail);
  }

  static List<Digest> readHashes(CborReader reader, int least, int most) throws MalformedException {
    int count = reader.arrayHeader(most);
    if (count < least) {
      throw new MalformedException("entry without hashes", reader.position());
    }
    List<Digest> hashes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(Digest.of(reader.bytesExactly(Digest.SIZE_BYTES)));
    }
    return hashes;
  }

  private static int checked(int items, int least, int most) throws MalformedException {
    if (items < least || items > most) {
      throw new MalformedException("entry of " + items + " items");
    }
    return items;
  }
}
