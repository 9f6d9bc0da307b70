package dev.cairn.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParcelTest {

  private static final SpaceId SPACE = SpaceId.of(new byte[32]);
  private static final AttachmentId FILE = AttachmentId.of(new byte[32]);
  private static final SigningKey KEY = SigningKey.generate(new SeededRandomness(22));

  private final Randomness randomness = new SeededRandomness(21);
  private final EncryptionKey server = EncryptionKey.generate(randomness);
  private final EncryptionKey desk = EncryptionKey.generate(randomness);
  private final EncryptionKey stranger = EncryptionKey.generate(randomness);
  private final byte[] parcel = seal(changes(5));

  static List<ParcelContent> contents() {
    return List.of(
        changes(0),
        changes(40_000),
        new ParcelContent.Answer(SPACE, DeviceId.of(new byte[32]), Encoded.of(new byte[9])),
        piece(9, 4, 5));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void parcel_sealedAndOpened_isTheSame(ParcelContent content) throws Exception {
    assertThat(Parcel.open(seal(content), List.of(desk))).isEqualTo(content);
  }

  @Test
  void parcel_opens_forEachOfItsReceivers() throws Exception {
    assertThat(Parcel.open(parcel, List.of(server))).isEqualTo(changes(5));
    assertThat(Parcel.open(parcel, List.of(stranger, desk))).isEqualTo(changes(5));
  }

  @Test
  void parcel_forOthers_doesNotOpen() {
    assertThatThrownBy(() -> Parcel.open(parcel, List.of(stranger)))
        .isInstanceOf(UndecryptableException.class);
    assertThatThrownBy(() -> Parcel.open(parcel, List.of()))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void parcel_changedInWhatItSealsByOneWhoKnows_isRefusedAndNotTakenForAnothers() {
    byte[] changed = parcel.clone();
    int checked = changed.length - 34;
    changed[checked - 1] ^= 1;
    byte[] check = new Sha256().update(changed, 0, checked).digest().bytes();
    System.arraycopy(check, 0, changed, checked + 2, check.length);
    assertThatThrownBy(() -> Parcel.open(changed, List.of(desk)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Parcel.open(changed, List.of(stranger)))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void parcel_damagedAnywhere_isNotCarriedOnAsSomebodyElses() {
    for (int at = 1; at < parcel.length; at += 13) {
      byte[] damaged = parcel.clone();
      damaged[at] ^= 4;
      assertThatThrownBy(() -> Parcel.open(damaged, List.of(stranger)))
          .isNotInstanceOf(UndecryptableException.class);
    }
  }

  @Test
  void parcel_whoseVersionAloneWasAltered_isDamagedAndOfNoLaterVersion() {
    for (int version = 0; version < 256; version++) {
      if (version == 1) {
        continue;
      }
      byte[] damaged = parcel.clone();
      damaged[1] = (byte) version;
      assertThat(Parcel.isOfLaterVersion(damaged)).isFalse();
      assertThatThrownBy(() -> Parcel.open(damaged, List.of(desk)))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void parcel_cutAnywhere_isMalformed() {
    for (int length = 0; length < parcel.length; length += 7) {
      byte[] cut = Arrays.copyOf(parcel, length);
      assertThatThrownBy(() -> Parcel.open(cut, List.of(desk)))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void parcel_ofANewerVersion_isTooNew() {
    byte[] newer = CborValue.array(CborValue.of(2), CborValue.of("anything")).encode();
    assertThatThrownBy(() -> Parcel.open(newer, List.of(desk))).isInstanceOf(TooNewException.class);
  }

  @Test
  void parcel_whoseVersionIsAbove1_isOfALaterVersionWhateverFollows() {
    byte[] later = CborValue.array(CborValue.of(2), CborValue.of("anything")).encode();
    later[later.length - 1] ^= 1;
    assertThat(Parcel.isOfLaterVersion(later)).isTrue();
    assertThat(Parcel.isOfLaterVersion(Arrays.copyOf(later, 3))).isTrue();
    assertThat(Parcel.isOfLaterVersion(parcel)).isFalse();
    assertThat(Parcel.isOfLaterVersion(CborValue.array(CborValue.of(0)).encode())).isFalse();
    assertThat(Parcel.isOfLaterVersion(new byte[] {2})).isFalse();
  }

  @Test
  void parcel_ofAnotherForm_isMalformed() {
    refused(CborValue.array());
    refused(CborValue.array(CborValue.of(0)));
    refused(CborValue.array(CborValue.of(1)));
    refused(CborValue.array(CborValue.of(1), CborValue.array(), CborValue.of(new byte[100])));
  }

  @Test
  void parcel_forTheMostReceivers_opens() throws Exception {
    byte[] sealed = seal(changes(5), receivers(Limits.PARCEL_STANZAS_MAX));
    assertThat(Parcel.open(sealed, List.of(desk))).isEqualTo(changes(5));
  }

  @Test
  void parcel_forOneReceiverMoreOrNone_isNotSealed() {
    for (int count : new int[] {0, Limits.PARCEL_STANZAS_MAX + 1}) {
      assertThatThrownBy(() -> seal(changes(5), receivers(count)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void parcel_withOneStanzaMore_isMalformed() throws Exception {
    byte[] sealed = seal(changes(5), receivers(Limits.PARCEL_STANZAS_MAX));
    List<CborValue> items = new ArrayList<>(((CborArray) CborValue.decode(sealed)).items());
    List<CborValue> stanzas = new ArrayList<>(((CborArray) items.get(1)).items());
    stanzas.add(stanzas.get(0));
    items.set(1, CborValue.array(stanzas));
    refused(CborValue.array(items));
  }

  @Test
  void parcel_ofTheMostBytes_opens() throws Exception {
    ParcelContent most = changes(Limits.PARCEL_CONTENT_BYTES_MAX - 41);
    byte[] sealed = seal(most, receivers(Limits.PARCEL_STANZAS_MAX));
    assertThat(sealed.length).isLessThanOrEqualTo(Limits.PARCEL_BYTES_MAX);
    assertThat(Parcel.open(sealed, List.of(desk))).isEqualTo(most);
  }

  @Test
  void parcel_ofOneByteMore_isNotSealed() {
    assertThatThrownBy(() -> seal(changes(Limits.PARCEL_CONTENT_BYTES_MAX - 40)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parcel_longerThanTheBound_isMalformed() {
    assertThatThrownBy(() -> Parcel.open(new byte[Limits.PARCEL_BYTES_MAX + 1], List.of(desk)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void parcels_ofNearlyTheSameContent_haveOneSize() {
    assertThat(seal(changes(1000)).length).isEqualTo(seal(changes(1010)).length);
  }

  @Test
  void content_paddedFurtherThanItsSize_isMalformed() {
    byte[] padded = ContentCodec.pad(changes(5));
    unpadRefused(Arrays.copyOf(padded, (int) Padme.length(padded.length + 1)));
    unpadRefused(Arrays.copyOf(padded, padded.length - 1));
  }

  @Test
  void content_withPaddingThatIsNotZero_isMalformed() {
    byte[] padded = ContentCodec.pad(changes(5));
    padded[padded.length - 1] = 1;
    unpadRefused(padded);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void content_ofAnUnknownKind_isMalformed(int kind) {
    CborValue space = CborValue.of(SPACE.bytes());
    byte[] encoded =
        CborValue.array(space, CborValue.of(kind), CborValue.of(new byte[100])).encode();
    unpadRefused(Arrays.copyOf(encoded, (int) Padme.length(encoded.length)));
  }

  @Test
  void piece_atTheEndOfTheGreatestAttachment_isTaken() throws Exception {
    long size = Limits.ATTACHMENT_FILE_BYTES_MAX;
    ParcelContent last = piece(size, size - 5, 5);
    assertThat(Parcel.open(seal(last), List.of(desk))).isEqualTo(last);
  }

  @Test
  void piece_thatDoesNotLieInItsAttachment_isRefusedByBothEnds() {
    long size = Limits.ATTACHMENT_FILE_BYTES_MAX;
    long[][] wrong = {{9, 5, 5}, {9, 9, 0}, {size + 1, 0, 5}, {0, 0, 1}, {9, 1L << 40, 1}};
    for (long[] each : wrong) {
      assertThatThrownBy(() -> piece(each[0], each[1], (int) each[2]))
          .isInstanceOf(IllegalArgumentException.class);
      unpadRefused(encodedPiece(each));
    }
  }

  private static byte[] encodedPiece(long[] piece) {
    byte[] encoded =
        CborValue.array(
                CborValue.of(SPACE.bytes()),
                CborValue.of(3),
                CborValue.of(KEY.verifyingKey().bytes()),
                CborValue.of(FILE.bytes()),
                CborValue.of(piece[0]),
                CborValue.of(piece[1]),
                CborValue.of(new byte[(int) piece[2]]),
                CborValue.of(new byte[Signature.SIZE_BYTES]))
            .encode();
    return Arrays.copyOf(encoded, (int) Padme.length(encoded.length));
  }

  private static ParcelContent changes(int size) {
    return new ParcelContent.Changes(SPACE, Encoded.of(new byte[size]));
  }

  private static ParcelContent piece(long size, long offset, int length) {
    AttachmentRef file = new AttachmentRef(FILE, size);
    return PieceSignature.sign(SPACE, file, offset, Encoded.of(new byte[length]), KEY);
  }

  private byte[] seal(ParcelContent content) {
    return seal(content, List.of(server.publicKey(), desk.publicKey()));
  }

  private byte[] seal(ParcelContent content, List<EncryptionPublicKey> receivers) {
    return Parcel.seal(content, receivers, randomness);
  }

  private List<EncryptionPublicKey> receivers(int count) {
    return Collections.nCopies(count, desk.publicKey());
  }

  private void refused(CborValue value) {
    assertThatThrownBy(() -> Parcel.open(value.encode(), List.of(desk)))
        .isInstanceOf(MalformedException.class);
  }

  private static void unpadRefused(byte[] padded) {
    assertThatThrownBy(() -> ContentCodec.unpad(padded)).isInstanceOf(MalformedException.class);
  }
}
