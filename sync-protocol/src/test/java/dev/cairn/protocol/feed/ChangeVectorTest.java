package dev.cairn.protocol.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.envelope.BodyEnvelope;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.vectors.PublishedVectors;
import dev.cairn.protocol.vectors.VectorJson;
import org.junit.jupiter.api.Test;

/** {@code change-1.json}, read as another program would. */
class ChangeVectorTest {

  private final SigningKey device = SigningKey.of(Secret.take(VectorJson.filled(0x11, 32)));
  private final SpaceId space = SpaceId.of(VectorJson.filled(0x22, 32));
  private final CircleId second = CircleId.of(VectorJson.filled(0x42, 16));
  private final EncryptionKey epochOfSecond =
      EncryptionKey.of(Secret.take(VectorJson.filled(0x34, 32)));

  @Test
  void vector_asAReaderGetsIt_opensToItsBodies() throws Exception {
    JsonNode vector = PublishedVectors.own("change-1.json");
    Change statement = change(vector.get("session"));
    SessionKeys keys = SessionOpening.open(statement, second, epochOfSecond);
    for (JsonNode each : vector.get("changes")) {
      Change change = change(each).withCiphertext(Ciphertext.of(hex(each, "ciphertext")));
      Opened opened = keys.open(change);
      assertThat(opened.body().encode()).isEqualTo(hex(each, "body"));
      assertThat(opened.record()).isEqualTo(RecordId.of(hex(each, "record")));
    }
  }

  @Test
  void vector_asAStream_isVerifiedAndHoldsTheChanges() throws Exception {
    JsonNode vector = PublishedVectors.own("change-1.json");
    Entry.OfFrame entry = (Entry.OfFrame) new EntryReader(space).read(hex(vector, "entry"));
    FrameSignatures.verify(entry.frame(), device.verifyingKey());
    assertThat(entry.positions()).containsExactly(7L, 8L, 12L);
    assertThat(entry.frame().changes().get(2).payload())
        .isEqualTo(hex(vector.get("changes").get(1), "payload"));
  }

  @Test
  void vector_compressedByAnother_inflatesToItsBody() throws Exception {
    JsonNode compressed = PublishedVectors.own("change-1.json").get("compressed");
    assertThat(BodyEnvelope.unpack(hex(compressed, "padded"))).isEqualTo(hex(compressed, "body"));
  }

  private static Change change(JsonNode node) throws Exception {
    return Change.decode(hex(node, "payload")).withSignature(Signature.of(hex(node, "signature")));
  }

  private static byte[] hex(JsonNode node, String name) throws MalformedException {
    return PublishedVectors.bytes(node, name);
  }
}
