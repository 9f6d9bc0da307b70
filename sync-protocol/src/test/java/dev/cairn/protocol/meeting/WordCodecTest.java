package dev.cairn.protocol.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordCodecTest {

  private static Word.Offer offer(int count, int size) {
    List<Word.Offered> offered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      offered.add(new Word.Offered(Sha256.of(new byte[] {(byte) i, (byte) (i >> 8)}), size));
    }
    return new Word.Offer(offered);
  }

  @Test
  void offer_ofTheMost_fitsARecord() throws Exception {
    Word most = offer(Limits.MEETING_OFFERS_MAX, Limits.PARCEL_BYTES_MAX);
    byte[] encoded = WordCodec.encode(most);
    assertThat(encoded.length).isLessThanOrEqualTo(Limits.MEETING_RECORD_BYTES_MAX);
    assertThat(WordCodec.decode(encoded)).isEqualTo(most);
  }

  @Test
  void offer_ofOneMore_isRefused() {
    byte[] encoded = WordCodec.encode(offer(Limits.MEETING_OFFERS_MAX + 1, 1));
    assertThatThrownBy(() -> WordCodec.decode(encoded)).isInstanceOf(MalformedException.class);
  }

  @Test
  void offer_ofAParcelLongerThanAny_isRefused() {
    byte[] encoded = WordCodec.encode(offer(1, Limits.PARCEL_BYTES_MAX + 1));
    assertThatThrownBy(() -> WordCodec.decode(encoded)).isInstanceOf(MalformedException.class);
  }

  @Test
  void want_outOfOrder_isRefused() {
    byte[] encoded =
        WordCodec.encode(new Word.Want(List.of(new Word.Wanted(1, 0), new Word.Wanted(1, 0))));
    assertThatThrownBy(() -> WordCodec.decode(encoded)).isInstanceOf(MalformedException.class);
  }

  @Test
  void piece_ofTheMost_fitsARecord() {
    byte[] encoded =
        new CborWriter().array(2).uint(3).bytes(new byte[Word.PIECE_BYTES_MAX]).toBytes();
    assertThat(encoded.length).isLessThanOrEqualTo(Limits.MEETING_RECORD_BYTES_MAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", "8100 00", "8101", "8105", "820180", "820280", "820340", "820341", "8200f6", "820400",
        "8103"
      })
  void word_thatIsNone_isRefused(String hex) throws Exception {
    byte[] bytes = Hex.decode(hex.replace(" ", ""));
    assertThatThrownBy(() -> WordCodec.decode(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void offer_withoutBytes_isRefused() {
    byte[] encoded =
        WordCodec.encode(new Word.Offer(List.of(new Word.Offered(Digest.of(new byte[32]), 0))));
    assertThatThrownBy(() -> WordCodec.decode(encoded)).isInstanceOf(MalformedException.class);
  }
}
