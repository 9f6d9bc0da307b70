package dev.cairn.fuzzing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seeds of what members say: statements and histories of records. */
final class MemberSeeds {

  private static final int STATEMENTS_MAX = 6;

  private MemberSeeds() {}

  static void write(Seeds.Vectors vectors, Seeds.Taker taker) throws IOException {
    roster(vectors.json("roster-1"), taker);
    merges(vectors.json("merge-2"), taker);
    String word = "MemberFuzzTest/wordOfAMeeting_ofAnyBytes_hasOneEncoding";
    taker.write(word, new byte[] {(byte) 0x81, 0});
    taker.write(word, new byte[] {(byte) 0x82, 3, 0x41, 7});
    taker.write(word, new byte[] {(byte) 0x82, 2, (byte) 0x81, (byte) 0x82, 0, 5});
    byte[] name = new byte[32];
    name[0] = 'A';
    taker.write("SignedFuzzTest/smallThing_ofAnyBytes_hasOneEncoding", name);
    taker.write(
        "SignedFuzzTest/smallThing_ofAnyBytes_hasOneEncoding",
        "a name of sixty-four bytes, counted with the zeros behind it ...\0"
            .substring(1)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** The genesis with a few others each time, so that no seed is long. */
  private static void roster(JsonNode file, Seeds.Taker taker) throws IOException {
    List<byte[]> payloads = new ArrayList<>();
    for (JsonNode each : file.get("statements")) {
      Optional<byte[]> payload =
          Trial.of(
              () ->
                  CoseSign.decode(MessageType.STATEMENT, Seeds.bytes(each.get("bytes"))).payload());
      payload.filter(bytes -> bytes.length < 8000).ifPresent(payloads::add);
    }
    String target = "MemberFuzzTest/roster_ofSignedPayloads_isTheSameInAnyOrder";
    for (int from = 0; from + STATEMENTS_MAX <= payloads.size(); from += 3) {
      ByteArrayOutputStream seed = new ByteArrayOutputStream();
      seed.writeBytes(ByteStringStream.wrap(payloads.get(0), Limits.BODY_BYTES_MAX));
      for (byte[] payload : payloads.subList(Math.max(1, from), from + STATEMENTS_MAX)) {
        seed.writeBytes(ByteStringStream.wrap(payload, Limits.BODY_BYTES_MAX));
      }
      taker.write(target, seed.toByteArray());
    }
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    for (byte[] payload : payloads) {
      if (payload == payloads.get(0) || payload.length < 800) {
        small.writeBytes(ByteStringStream.wrap(payload, Limits.BODY_BYTES_MAX));
      }
    }
    taker.write(target, small.toByteArray());
  }

  private static void merges(JsonNode file, Seeds.Taker taker) throws IOException {
    for (int at = 0; at < file.size(); at += 2) {
      ByteArrayOutputStream seed = new ByteArrayOutputStream();
      for (JsonNode change : file.get(at).get("changes")) {
        Trial.of(() -> body(change)).ifPresent(seed::writeBytes);
      }
      taker.write("MemberFuzzTest/record_ofAnyBodies_isTheSameInAnyOrder", seed.toByteArray());
    }
  }

  private static byte[] body(JsonNode change) throws dev.cairn.protocol.CairnException {
    List<Operation> operations = new ArrayList<>();
    for (JsonNode operation : change.get("operations")) {
      operations.add(Operations.decode(Seeds.bytes(operation)));
    }
    byte[] body =
        new Body(
                change.get("opens").asBoolean()
                    ? Optional.empty()
                    : Optional.of(RecordId.of(Known.filled(1, 16))),
                change.get("kind").asLong(),
                List.of(),
                change.get("clock").asLong(),
                0,
                operations)
            .encode();
    byte[] withWho = java.util.Arrays.copyOf(body, body.length + 1);
    int who = Seeds.bytes(change.get("device"))[0] - 1;
    withWho[body.length] = (byte) ((who & 7) | (change.get("parents").isEmpty() ? 0 : 0x10));
    return ByteStringStream.wrap(withWho, Limits.BODY_BYTES_MAX);
  }
}
