package dev.cairn.protocol.meeting;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;

/** Words as bytes. */
final class WordCodec {

  private static final int OVER = 0;
  private static final int OFFER = 1;
  private static final int WANT = 2;
  private static final int PIECE = 3;
  private static final int GONE = 4;

  private WordCodec() {}

  static byte[] encode(Word word) {
    CborWriter writer = new CborWriter();
    if (word instanceof Word.Offer offer) {
      writer.array(2).uint(OFFER).array(offer.parcels().size());
      for (Word.Offered offered : offer.parcels()) {
        writer.array(2).bytes(offered.id().bytes()).uint(offered.sizeBytes());
      }
    } else if (word instanceof Word.Want want) {
      writer.array(2).uint(WANT).array(want.parcels().size());
      for (Word.Wanted wanted : want.parcels()) {
        writer.array(2).uint(wanted.place()).uint(wanted.offsetBytes());
      }
    } else if (word instanceof Word.Piece piece) {
      writer.array(2).uint(PIECE).bytes(piece.bytes().bytes());
    } else {
      writer.array(1).uint(word instanceof Word.Gone ? GONE : OVER);
    }
    return writer.toBytes();
  }

  static Word decode(byte[] bytes) throws MalformedException {
    CborReader reader = CborReader.of(bytes);
    int items = reader.arrayHeader(2);
    if (items == 0) {
      throw new MalformedException("an empty word");
    }
    int kind = (int) reader.uint(GONE);
    if (items != (kind == OVER || kind == GONE ? 1 : 2)) {
      throw new MalformedException("a word of another form");
    }
    Word word =
        switch (kind) {
          case OVER -> new Word.Over();
          case OFFER -> offer(reader);
          case WANT -> want(reader);
          case PIECE -> piece(reader);
          default -> new Word.Gone();
        };
    reader.end();
    return word;
  }

  private static int some(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.MEETING_OFFERS_MAX);
    if (count == 0) {
      throw new MalformedException("a list of nothing");
    }
    return count;
  }

  private static Word offer(CborReader reader) throws MalformedException {
    int count = some(reader);
    List<Word.Offered> offered = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      reader.arrayOf(2);
      Digest id = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
      long size = reader.uint(Limits.PARCEL_BYTES_MAX);
      if (size == 0) {
        throw new MalformedException("a parcel without bytes");
      }
      offered.add(new Word.Offered(id, (int) size));
    }
    return new Word.Offer(offered);
  }

  private static Word want(CborReader reader) throws MalformedException {
    int count = some(reader);
    List<Word.Wanted> wanted = new ArrayList<>(count);
    long before = -1;
    for (int i = 0; i < count; i++) {
      reader.arrayOf(2);
      long place = reader.uint(Limits.MEETING_OFFERS_MAX - 1);
      if (place <= before) {
        throw new MalformedException("wanted twice, or out of order");
      }
      before = place;
      wanted.add(new Word.Wanted((int) place, (int) reader.uint(Limits.PARCEL_BYTES_MAX)));
    }
    return new Word.Want(wanted);
  }

  private static Word piece(CborReader reader) throws MalformedException {
    byte[] bytes = reader.bytes(Word.PIECE_BYTES_MAX);
    if (bytes.length == 0) {
      throw new MalformedException("an empty piece");
    }
    return new Word.Piece(Encoded.of(bytes));
  }
}
