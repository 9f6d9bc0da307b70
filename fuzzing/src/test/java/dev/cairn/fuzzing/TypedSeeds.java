package dev.cairn.fuzzing;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.encoding.CrockfordBase32;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.envelope.BodyEnvelope;
import dev.cairn.protocol.invitation.InvitationPart;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoveryShare;
import dev.cairn.protocol.recovery.RecoveryShares;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Argon2Cost;
import dev.cairn.protocol.suite.Argon2id;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Seeds that no vector holds as they are. */
final class TypedSeeds {

  private TypedSeeds() {}

  static List<String> recovery() {
    RecoverySecret secret = RecoverySecret.of(Secret.copyOf(Known.filled(9, 32)));
    RecoverySheet sheet = new RecoverySheet(Known.SPACE_OF_PARCELS, secret);
    List<String> texts = new ArrayList<>(List.of(sheet.print()));
    for (RecoveryShare share : RecoveryShares.split(sheet, 3, 2, Known.CHANCE)) {
      texts.add(share.print());
      texts.add(share.printWords());
      texts.add(new String(share.encode(), StandardCharsets.ISO_8859_1));
    }
    return texts;
  }

  /** Codes of an invitation: the only one, and some of several. */
  static List<String> parts() {
    List<String> texts = new ArrayList<>();
    for (int sizeBytes : new int[] {1, 40, 900}) {
      InvitationPart.cut(Known.filled(3, sizeBytes)).forEach(part -> texts.add(part.text()));
    }
    return texts;
  }

  /** Opened by hand, as section 5 says: the program never hands out what it found. */
  static byte[] contentOf(byte[] file, String code) {
    String line = "CAIRN-INVITATION-1\n";
    CborReader reader = CborReader.of(file, line.length(), file.length - line.length());
    return Trial.of(
            () -> {
              reader.arrayOf(4);
              Argon2Cost cost = Argon2Cost.stated(reader.uint(), reader.uint(), 1);
              byte[] salt = reader.bytesExactly(16);
              byte[] ciphertext = reader.bytes(file.length);
              byte[] typed = CrockfordBase32.normalise(code).getBytes(StandardCharsets.US_ASCII);
              Secret stretched = Argon2id.derive(Secret.take(typed), salt, cost, 32);
              byte[] both = Hkdf.expand(stretched, "cairn/1/invitation", 44).expose();
              Secret key = Secret.copyOf(Arrays.copyOf(both, 32));
              byte[] nonce = Arrays.copyOfRange(both, 32, 44);
              return Aead.open(key, nonce, line.getBytes(StandardCharsets.US_ASCII), ciphertext);
            })
        .orElseThrow();
  }

  static byte[] serverInvitation() {
    return Trial.of(
            () ->
                new ServerInvitation(
                        ServerAddress.stated("https://127.0.0.1:8443", null),
                        Known.LOG,
                        Known.PARCEL_KEYS.get(0).publicKey(),
                        Secret.copyOf(Known.filled(8, 16)),
                        1_767_225_600)
                    .encode())
        .orElseThrow();
  }

  static List<byte[]> bodyOf(byte[] padded) {
    return Trial.of(() -> List.of(BodyEnvelope.unpack(padded))).orElse(List.of());
  }

  static List<byte[]> operationsOf(byte[] padded) {
    List<byte[]> operations = new ArrayList<>();
    for (byte[] body : bodyOf(padded)) {
      try {
        for (Operation operation : Body.decode(body).operations()) {
          operations.add(Operations.encode(operation));
        }
      } catch (CairnException refused) {
        operations.clear();
      }
    }
    return operations;
  }
}
