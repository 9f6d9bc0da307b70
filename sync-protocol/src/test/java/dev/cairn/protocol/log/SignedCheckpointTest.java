package dev.cairn.protocol.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedCheckpointTest {
  private static final NoteSignature WITNESS =
      new NoteSignature("witness.example/w1", 0x01020304, new byte[72]);

  @ParameterizedTest
  @ValueSource(strings = {TestLog.EMPTY, TestLog.SEVEN, TestLog.FIFTEEN})
  void open_noteByAnotherProgram_givesItsTree(String note) {
    SignedCheckpoint signed = TestLog.open(note);
    int size = (int) signed.checkpoint().size();
    assertThat(signed.checkpoint().root())
        .isEqualTo(CompactTree.empty().append(TestLog.leaves().subList(0, size)).tree().root());
    assertThat(signed.checkpoint().origin()).isEqualTo(TestLog.ORIGIN);
    assertThat(signed.cosignatures()).isEmpty();
  }

  @Test
  void sign_sameCheckpointAsAnotherProgram_givesTheSameBytes() {
    SignedCheckpoint signed = TestLog.signed(TestLog.leaves());
    assertThat(new String(signed.note(), UTF_8)).isEqualTo(TestLog.FIFTEEN);
  }

  @Test
  void open_anyByteChanged_isRefused() {
    byte[] note = bytes(TestLog.SEVEN);
    for (int i = 0; i < note.length; i++) {
      byte[] changed = note.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> SignedCheckpoint.open(changed, TestLog.key()))
          .as("byte %s", i)
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void open_cutAnywhere_isRefused() {
    for (int end = 0; end < TestLog.SEVEN.length(); end++) {
      assertRefused(TestLog.SEVEN.substring(0, end));
    }
  }

  @Test
  void open_withKeyOfAnotherLog_isRefused() {
    LogKey otherOrigin =
        new LogKey(new LogOrigin("example.com/other"), TestLog.SIGNING_KEY.verifyingKey());
    LogKey otherKey =
        new LogKey(TestLog.ORIGIN, SigningKey.of(Secret.take(new byte[32])).verifyingKey());
    for (LogKey key : new LogKey[] {otherOrigin, otherKey}) {
      assertThatThrownBy(() -> SignedCheckpoint.open(bytes(TestLog.SEVEN), key))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void open_signedUnderAnotherNameThanTheOrigin_isRefused() {
    assertRefused(TestLog.SEVEN.replace("— example.com/log/", "— example.com/gol/"));
  }

  @Test
  void open_extensionLine_isRefused() {
    assertRefused(signedText(text("7", root()) + "extension\n"));
  }

  @Test
  void open_sizeInASecondSpelling_isRefused() {
    for (String size : new String[] {"07", "+7", " 7", "7 ", "0x7", "-7", "", "7.", "٧"}) {
      assertRefused(signedText(text(size, root())));
    }
  }

  @Test
  void open_largestSize_isAccepted() throws MalformedException {
    String note = signedText(text("9007199254740991", root()));
    assertThat(SignedCheckpoint.open(bytes(note), TestLog.key()).checkpoint().size())
        .isEqualTo(Limits.LOG_LEAVES_MAX);
  }

  @Test
  void open_sizeOutOfBounds_isRefused() {
    assertRefused(signedText(text("9007199254740992", root())));
    assertRefused(signedText(text("18446744073709551623", root())));
  }

  @Test
  void open_rootInASecondSpelling_isRefused() {
    assertRefused(signedText(text("7", root().replace("=", ""))));
    assertRefused(signedText(text("7", root().replace("S7U=", "S7V="))));
    assertRefused(signedText(text("7", root() + "=")));
  }

  @Test
  void open_rootOfAnotherLength_isRefused() {
    assertRefused(signedText(text("7", Base64.getEncoder().encodeToString(new byte[31]))));
    assertRefused(signedText(text("7", Base64.getEncoder().encodeToString(new byte[33]))));
  }

  @Test
  void open_emptyTreeWithARoot_isRefused() {
    assertRefused(signedText(text("0", root())));
  }

  @Test
  void open_carriageReturns_isRefused() {
    assertRefused(TestLog.SEVEN.replace("\n", "\r\n"));
  }

  @Test
  void open_bytesThatAreNoUtf8_isRefused() {
    byte[] note = TestLog.SEVEN.replace("— example", "\u0094 example").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> SignedCheckpoint.open(note, TestLog.key()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void open_textAfterTheLastLine_isRefused() {
    assertRefused(TestLog.SEVEN + "x");
    assertRefused(TestLog.SEVEN + "\n");
    assertRefused("\n" + TestLog.SEVEN);
  }

  @Test
  void open_logSignatureTwice_isRefused() {
    assertRefused(TestLog.SEVEN + lastLine(TestLog.SEVEN));
  }

  @Test
  void open_cosignatures_areKeptUnchecked() throws MalformedException {
    String cosigned = TestLog.SEVEN + WITNESS.line() + "\n";
    SignedCheckpoint signed = SignedCheckpoint.open(bytes(cosigned), TestLog.key());
    assertThat(signed.cosignatures()).containsExactly(WITNESS);
    assertThat(signed.note()).isEqualTo(bytes(cosigned));
  }

  @Test
  void open_cosignatureBeforeTheLogs_isKeptInPlace() throws MalformedException {
    String own = lastLine(TestLog.SEVEN);
    String cosigned = TestLog.SEVEN.replace(own, WITNESS.line() + "\n" + own);
    SignedCheckpoint signed = SignedCheckpoint.open(bytes(cosigned), TestLog.key());
    assertThat(signed.note()).isEqualTo(bytes(cosigned));
  }

  @Test
  void open_otherKeyUnderTheLogsName_isACosignature() throws MalformedException {
    NoteSignature rotated = new NoteSignature(TestLog.ORIGIN.text(), 7, new byte[64]);
    String note = TestLog.SEVEN + rotated.line() + "\n";
    assertThat(SignedCheckpoint.open(bytes(note), TestLog.key()).cosignatures())
        .containsExactly(rotated);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "— w AAAAAA==", // no signature after the key id
        "— w AAAAAAA", // padding missing
        "— w  AAAAAAA=", // two spaces
        "—  AAAAAAA=", // no name
        "— w+1 AAAAAAA=", // plus in the name
        "—w AAAAAAA=",
        "- w AAAAAAA=",
        "— w",
        "— w AAAAAAA= ",
        "— w— AAAAAAA=",
        "",
      })
  void open_malformedCosignature_isRefused(String line) {
    assertRefused(TestLog.SEVEN + line + "\n");
  }

  @Test
  void open_asManySignaturesAsAllowed_isAccepted() throws MalformedException {
    byte[] note = bytes(cosignedBy(Limits.NOTE_SIGNATURES_MAX - 1));
    assertThat(SignedCheckpoint.open(note, TestLog.key()).cosignatures())
        .hasSize(Limits.NOTE_SIGNATURES_MAX - 1);
  }

  @Test
  void open_oneSignatureMore_isRefused() {
    assertRefused(cosignedBy(Limits.NOTE_SIGNATURES_MAX));
  }

  @Test
  void open_longestNote_isAccepted() throws MalformedException {
    byte[] note = bytes(noteOfLength(Limits.NOTE_SIZE_BYTES_MAX));
    assertThat(SignedCheckpoint.open(note, TestLog.key()).note()).isEqualTo(note);
  }

  @Test
  void open_noteOneCharacterLonger_isRefused() {
    assertRefused(noteOfLength(Limits.NOTE_SIZE_BYTES_MAX + 1));
  }

  @Test
  void with_cosignature_verifiesAndCarriesIt() throws MalformedException {
    SignedCheckpoint cosigned = TestLog.open(TestLog.SEVEN).with(WITNESS);
    assertThat(SignedCheckpoint.open(cosigned.note(), TestLog.key()).cosignatures())
        .containsExactly(WITNESS);
  }

  @Test
  void with_laterCosignatureBySameKey_replacesTheEarlier() {
    NoteSignature later = new NoteSignature(WITNESS.name(), WITNESS.keyId(), new byte[] {1});
    SignedCheckpoint cosigned = TestLog.open(TestLog.SEVEN).with(WITNESS).with(later);
    assertThat(cosigned.cosignatures()).containsExactly(later);
  }

  @Test
  void with_noRoomLeft_isRefused() throws MalformedException {
    byte[] note = bytes(cosignedBy(Limits.NOTE_SIGNATURES_MAX - 1));
    SignedCheckpoint full = SignedCheckpoint.open(note, TestLog.key());
    assertThatThrownBy(() -> full.with(WITNESS)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void with_signatureByTheLogsOwnKey_isRefused() {
    SignedCheckpoint signed = TestLog.open(TestLog.SEVEN);
    NoteSignature own =
        new NoteSignature(TestLog.ORIGIN.text(), TestLog.key().keyId(), new byte[64]);
    assertThatThrownBy(() -> signed.with(own)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bare_dropsCosignatures() {
    SignedCheckpoint signed = TestLog.open(TestLog.SEVEN).with(WITNESS);
    assertThat(signed.bare().note()).isEqualTo(bytes(TestLog.SEVEN));
  }

  @Test
  void claimed_unsignedByAnyKnownKey_tellsTheClaim() throws MalformedException {
    Checkpoint claimed = SignedCheckpoint.claimed(bytes(TestLog.SEVEN));
    assertThat(claimed).isEqualTo(TestLog.open(TestLog.SEVEN).checkpoint());
  }

  private static void assertRefused(String note) {
    assertThatThrownBy(() -> SignedCheckpoint.open(bytes(note), TestLog.key()))
        .as(note)
        .isInstanceOf(MalformedException.class);
  }

  private static String text(String size, String root) {
    return TestLog.ORIGIN.text() + "\n" + size + "\n" + root + "\n";
  }

  private static String root() {
    return "IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=";
  }

  /** Whatever the text is, truly signed by the log's key. */
  private static String signedText(String text) {
    byte[] signature = TestLog.SIGNING_KEY.sign(bytes(text));
    String line = new NoteSignature(TestLog.ORIGIN.text(), TestLog.key().keyId(), signature).line();
    return text + "\n" + line + "\n";
  }

  private static String cosignedBy(int witnesses) {
    StringBuilder note = new StringBuilder(TestLog.SEVEN);
    for (int i = 0; i < witnesses; i++) {
      note.append(new NoteSignature("w" + i, i, new byte[72]).line()).append('\n');
    }
    return note.toString();
  }

  /** Two cosignatures, the second under a name as long as the note needs. */
  private static String noteOfLength(int lengthBytes) {
    String note = TestLog.SEVEN + new NoteSignature("w", 1, new byte[40_000]).line() + "\n";
    int rest = lengthBytes - bytes(note).length;
    int nameless = bytes(new NoteSignature("x", 2, new byte[8]).line()).length;
    String name = "x".repeat(rest - nameless);
    return note + new NoteSignature(name, 2, new byte[8]).line() + "\n";
  }

  private static String lastLine(String note) {
    return note.substring(note.lastIndexOf('—'));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
