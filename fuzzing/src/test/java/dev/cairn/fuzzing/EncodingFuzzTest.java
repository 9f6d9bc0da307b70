package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Before anything is known of who sent it: the encoding under everything. */
class EncodingFuzzTest {

  @FuzzTest
  void cborValue_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(
        input,
        () -> {
          Optional<CborValue> value = Trial.of(() -> CborValue.decode(input));
          Trial.same(value.isPresent(), skips(input), "what a skipped item is taken as");
          if (value.isPresent()) {
            Trial.same(input, value.get().encode(), "value");
            Trial.holds(value.get().depth() <= Limits.CBOR_DEPTH_MAX, "value too deep");
            Trial.holds(value.get().itemCount() <= input.length, "more items than bytes");
            Trial.same(0, value.get().compareTo(CborValue.decode(input)), "order");
          }
        });
  }

  private static boolean skips(byte[] input) {
    return Trial.of(
            () -> {
              CborReader reader = CborReader.of(input);
              reader.rawItem();
              reader.end();
              return reader.atEnd();
            })
        .orElse(false);
  }

  @FuzzTest
  void byteStrings_howeverTheyWereCut_areTheSame(byte[] input) {
    Input in = new Input(input);
    int cut = in.choice();
    int most = in.choice() % 2 == 0 ? 64 : Limits.ENTRY_BYTES_MAX;
    byte[] sequence = in.rest();
    Trial.within(
        input,
        () -> {
          Strings whole = new Strings(most);
          whole.feed(sequence);
          Strings pieces = new Strings(most);
          Input.pieces(sequence, cut).forEach(pieces::feed);
          Trial.same(whole.found, pieces.found, "strings");
          Trial.same(whole.broken, pieces.broken, "whether it can be read further");
          if (!whole.broken) {
            Trial.same(whole.stream.pendingBytes(), pieces.stream.pendingBytes(), "what is left");
            Trial.same(sequence.length, whole.bytes + whole.stream.pendingBytes(), "length");
          }
        });
  }

  private static final class Strings {
    final ByteStringStream stream;
    final List<String> found = new ArrayList<>();
    final int most;
    boolean broken;
    int bytes;

    Strings(int most) {
      this.most = most;
      this.stream = new ByteStringStream(most);
    }

    void feed(byte[] piece) {
      if (broken) {
        return;
      }
      stream.feed(piece);
      try {
        for (Optional<byte[]> next = stream.next(); next.isPresent(); next = stream.next()) {
          byte[] wrapped = ByteStringStream.wrap(next.get(), most);
          bytes += wrapped.length;
          found.add(new String(wrapped, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
      } catch (MalformedException e) {
        broken = true;
      }
    }
  }
}
