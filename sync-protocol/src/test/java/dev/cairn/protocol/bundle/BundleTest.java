package dev.cairn.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 1000})
  void bundle_readInPieces_givesItsParcels(int pieceBytes) throws Exception {
    byte[] bundle = bundle(5, 300, 20);
    assertThat(sizes(bundle, bundle.length, pieceBytes)).containsExactly(5, 300, 20);
  }

  @Test
  void bundle_cutAnywhere_givesTheWholeParcelsBeforeTheCut() throws Exception {
    byte[] bundle = bundle(5, 30);
    for (int length = 0; length <= bundle.length; length++) {
      int whole = length < 15 + 6 ? 0 : length < bundle.length ? 1 : 2;
      assertThat(sizes(bundle, length, 1)).hasSize(whole);
    }
  }

  @Test
  void bundle_cutAnywhereButBehindAParcel_isNotWhole() throws Exception {
    byte[] bundle = bundle(5, 30);
    for (int length = 0; length <= bundle.length; length++) {
      BundleReader reader = new BundleReader();
      reader.feed(bundle, 0, length);
      while (reader.next().isPresent()) {
        // Until there is no more.
      }
      boolean behindAParcel = length == 15 || length == 15 + 6 || length == bundle.length;
      assertThat(reader.isWhole()).isEqualTo(behindAParcel);
    }
  }

  @Test
  void file_thatIsNoBundle_isMalformed() {
    assertThatThrownBy(() -> feed("PK\u0003\u0004")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> feed("CAIRN-BUNDLE-0\n")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> feed("CAIRN-BUNDLE-12\n")).isInstanceOf(MalformedException.class);
  }

  @Test
  void bundle_ofANewerVersion_isTooNew() {
    assertThatThrownBy(() -> feed("CAIRN-BUNDLE-2\n")).isInstanceOf(TooNewException.class);
  }

  private static void feed(String text) throws CairnException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    new BundleReader().feed(bytes, 0, bytes.length);
  }

  private static byte[] bundle(int... sizes) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(BundleWriter.beginning());
    for (int size : sizes) {
      file.writeBytes(BundleWriter.parcel(new byte[size]));
    }
    return file.toByteArray();
  }

  private static List<Integer> sizes(byte[] bundle, int length, int pieceBytes)
      throws CairnException {
    BundleReader reader = new BundleReader();
    List<Integer> sizes = new ArrayList<>();
    for (int at = 0; at < length; at += pieceBytes) {
      reader.feed(bundle, at, Math.min(pieceBytes, length - at));
      for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
        sizes.add(next.get().length);
      }
    }
    return sizes;
  }
}
