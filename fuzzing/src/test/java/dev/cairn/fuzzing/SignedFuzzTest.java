package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.NameDoor;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.HpkeSealed;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Before their signatures are looked at: what is read to find out whose they are to be. */
class SignedFuzzTest {

  @FuzzTest
  void statement_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(
        input,
        () -> {
          Statement statement = Statement.decode(input);
          Trial.same(input, statement.encode(), "statement");
          Trial.same(statement, Statement.decode(statement.encode()), "statement");
          statement.signaturesValid();
          RosterState state = RosterState.fold(statement.space(), List.of(statement));
          Trial.holds(state.statements().size() <= 1, "statements");
        });
  }

  @FuzzTest
  void changePayload_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(
        input,
        () -> {
          Change change = Change.decode(input);
          Trial.same(input, change.payload(), "change");
          Change again =
              change.tail().isPresent()
                  ? Change.of(change.prefix(), change.tail().get())
                  : Change.ofSession(change.prefix());
          Trial.same(input, again.payload(), "change");
          Trial.same(change.id(), again.id(), "id");
          Trial.same(change.leafHash(), again.leafHash(), "leaf");
        });
  }

  @FuzzTest
  void receipt_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(
        input,
        () -> {
          Receipt receipt = Receipt.decode(input);
          Trial.same(input, receipt.encode(), "receipt");
          long count = Math.min(64, receipt.proof().count());
          List<Digest> leaves = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            leaves.add(Sha256.of(new byte[] {(byte) i}));
          }
          receipt.proof().root(leaves);
          receipt.verify(leaves, Known.LOG);
        });
  }

  @FuzzTest
  void checkpoint_ofAnyBytes_isTheNoteItWasReadFrom(byte[] input) {
    Trial.within(
        input,
        () -> {
          Checkpoint claimed = SignedCheckpoint.claimed(input);
          SignedCheckpoint opened = SignedCheckpoint.open(input, Known.LOG);
          Trial.same(input, opened.note(), "note");
          Trial.same(claimed, opened.checkpoint(), "checkpoint");
          SignedCheckpoint bare = SignedCheckpoint.open(opened.bare().note(), Known.LOG);
          Trial.same(opened.checkpoint(), bare.checkpoint(), "checkpoint");
        });
  }

  @FuzzTest
  void requestHeaders_ofAnyText_haveOneSpelling(byte[] input) {
    List<String> lines = new Input(input).lines();
    String[] header = {"", "", "", ""};
    for (int i = 0; i < Math.min(header.length, lines.size()); i++) {
      header[i] = lines.get(i).replace("\r", "");
    }
    Trial.within(
        input,
        () -> {
          RequestTarget target = RequestTarget.of("GET", header[2]);
          ContentDigest.matches(header[3], input);
          RequestSignature signature = RequestSignature.parse(header[0], header[1]);
          Trial.same(header[0], signature.inputHeader(), "Signature-Input");
          Trial.same(header[1], signature.signatureHeader(), "Signature");
          Optional<String> digest = header[3].isEmpty() ? Optional.empty() : Optional.of(header[3]);
          if (signature.coversBody() && !digest.isPresent()) {
            Trial.holds(!signature.verifies(target, digest), "body without digest verifies");
          } else {
            signature.verifies(target, digest);
          }
        });
  }

  /** Things too small to be fuzzed one by one; each is tried on the whole input. */
  @FuzzTest
  void smallThing_ofAnyBytes_hasOneEncoding(byte[] input) {
    cose(input);
    keys(input);
    name(input);
  }

  private static void cose(byte[] input) {
    Trial.within(
        input,
        () -> {
          for (MessageType type : MessageType.values()) {
            Trial.of(() -> CoseSign1.decode(type, input))
                .ifPresent(message -> Trial.same(input, message.encode(), "COSE_Sign1"));
            Optional<CoseSign> several = Trial.of(() -> CoseSign.decode(type, input));
            if (several.isPresent()) {
              Trial.same(input, several.get().encode(), "COSE_Sign");
              several.get().verifies();
            }
          }
        });
  }

  private static void keys(byte[] input) {
    Trial.within(
        input,
        () -> {
          Trial.of(() -> VerifyingKey.of(input))
              .ifPresent(
                  key -> {
                    Trial.same(input, key.bytes(), "verifying key");
                    Trial.same(DeviceId.of(input), DeviceId.of(key.bytes()), "device");
                  });
          Trial.of(() -> EncryptionPublicKey.of(input))
              .ifPresent(key -> Trial.same(input, key.bytes(), "encryption key"));
          Trial.of(() -> HpkeSealed.ofJoined(input))
              .ifPresent(joined -> Trial.same(input, joined.joined(), "HPKE ciphertext"));
          Trial.of(() -> CompactTree.decode(input))
              .ifPresent(
                  tree -> {
                    Trial.same(input, tree.encode(), "compact tree");
                    tree.root();
                  });
        });
  }

  private static void name(byte[] input) {
    Trial.within(
        input,
        () -> {
          String name = NameDoor.unpad(input);
          Trial.holds(name.length() <= input.length, "a longer name");
          Trial.same(name, NameDoor.unpad(NameDoor.pad(name)), "name");
        });
  }
}
