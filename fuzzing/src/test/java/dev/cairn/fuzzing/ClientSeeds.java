package dev.cairn.fuzzing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.casualty.CasualtyValues;
import dev.cairn.client.casualty.CasualtyWriter;
import dev.cairn.client.vault.VaultDoor;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seeds of what a client reads: rows, files of its own, answers, casualty JSON. */
final class ClientSeeds {

  private static final byte[] ID = Known.filled(6, 32);
  private static final byte[] SHORT_ID = Known.filled(6, 16);

  private ClientSeeds() {}

  static void write(Seeds.Vectors vectors, Seeds.Taker taker) throws IOException {
    for (byte[] row : rows(vectors)) {
      taker.write("ClientFuzzTest/storedRow_ofAnyBytes_isReadOrRefused", row);
    }
    String vault = "ClientFuzzTest/vaultFile_ofAnyBytes_opensOrIsRefused";
    byte[] entries = new CborWriter().array(1).array(2).bytes(new byte[] {'n'}).bytes(ID).toBytes();
    taker.write(vault, entries);
    taker.write(vault, VaultDoor.sealed(entries));
    taker.write(
        vault,
        new CborWriter().array(5).uint(1).uint(65_536).uint(3).bytes(SHORT_ID).bytes(ID).toBytes());
    answers(vectors, taker);
    accounts(vectors, taker);
    casualties(vectors.json("merge-2"), taker);
  }

  private static void accounts(Seeds.Vectors vectors, Seeds.Taker taker) throws IOException {
    byte[] note = Seeds.bytes(vectors.json("log-1").get("notes").get(3).get("note"));
    byte[] statement = Seeds.bytes(vectors.json("roster-1").get("statements").get(2).get("bytes"));
    LogAccount.Refill lacks =
        new LogAccount.Refill(
            40,
            true,
            List.of(new LogAccount.Run(9, 3)),
            List.of(new LogAccount.Run(0, 2), new LogAccount.Run(5, 1)));
    for (Optional<LogAccount.Refill> refill :
        List.of(Optional.of(lacks), Optional.<LogAccount.Refill>empty())) {
      taker.write(
          "ClientFuzzTest/accountOfALog_ofAnyBytes_hasOneEncoding",
          new LogAccount(
                  refill.isPresent() ? 1 : 0,
                  Encoded.of(note),
                  List.of(Encoded.of(statement)),
                  refill.map(any -> Known.LOG),
                  refill)
              .encode());
    }
  }

  private static List<byte[]> rows(Seeds.Vectors vectors) throws IOException {
    byte[] note = Seeds.bytes(vectors.json("log-1").get("notes").get(3).get("note"));
    byte[] receipt = Seeds.bytes(vectors.json("log-1").get("receipts").get(4).get("receipt"));
    JsonNode change = vectors.json("change-1").get("changes").get(0);
    byte[] payload = Seeds.bytes(change.get("payload"));
    byte[] statement = Seeds.bytes(vectors.json("roster-1").get("statements").get(2).get("bytes"));
    List<CborWriter> rows = new ArrayList<>();
    rows.add(new CborWriter().uint(7));
    rows.add(new CborWriter().array(2).bytes(ID).bytes(ID));
    rows.add(new CborWriter().array(5).uint(3).uint(0).bool(false).nul().array(0));
    CborWriter progress = new CborWriter().array(5).uint(3).uint(1).bool(true);
    progress.array(3).uint(1).uint(2).text("feed.gap");
    rows.add(progress.array(1).array(4).bytes(ID).bytes(ID).uint(2).array(1).bytes(ID));
    rows.add(new CborWriter().array(5).uint(0).bytes(note).uint(3).nul().bytes(ID));
    rows.add(new CborWriter().array(5).bytes(ID).uint(9).uint(1).bool(true).text("/v1/uploads/x"));
    rows.add(new CborWriter().array(3).bytes(ID).bytes(ID).array(1).bytes(ID));
    rows.add(
        new CborWriter()
            .array(2)
            .bytes(receipt)
            .array(2)
            .array(1)
            .bytes(ID)
            .array(2)
            .bytes(ID)
            .bytes(ID));
    rows.add(new CborWriter().array(3).bytes(payload).nul().nul());
    CborWriter place = new CborWriter().array(3).uint(1).nul().array(5).uint(1);
    rows.add(place.array(1).bytes(SHORT_ID).uint(1).bytes(ID).uint(0));
    rows.add(new CborWriter().array(5).bytes(ID).bytes(SHORT_ID).bytes(ID).uint(1).bytes(ID));
    rows.add(new CborWriter().array(1).array(4).uint(0).bytes(note).bool(false).array(0));
    rows.add(new CborWriter().array(3).uint(2).uint(5).bytes(ID));
    rows.add(new CborWriter().array(6).uint(1).bool(true).uint(0).uint(0).uint(2).bytes(ID));
    CborWriter entry = new CborWriter().array(9).bytes(SHORT_ID).uint(1).text("label").bool(false);
    entry.array(1).bytes(SHORT_ID).array(1).uint(1);
    rows.add(entry.array(1).bytes(ID).nul().array(0));
    CborWriter identity = new CborWriter().array(9).bytes(ID).bytes(ID).bytes(ID).bytes(ID);
    identity.text("reporter").text("pseudonym").text("on-receipt");
    rows.add(identity.text("https://server.example:8443").bytes(ID));
    rows.add(new CborWriter().array(2).bytes(statement).nul());
    List<byte[]> bytes = new ArrayList<>();
    rows.forEach(row -> bytes.add(row.toBytes()));
    return bytes;
  }

  private static void answers(Seeds.Vectors vectors, Seeds.Taker taker) throws IOException {
    String target = "ClientFuzzTest/answersOfAServer_ofAnyKind_endInACairnException";
    JsonNode frames = vectors.json("frames-1").get("cases");
    for (int i = 0; i < frames.size(); i += 20) {
      taker.write(target, answer(0, 0, Seeds.bytes(frames.get(i).get("stream"))));
    }
    byte[] note = Seeds.bytes(vectors.json("log-1").get("notes").get(5).get("note"));
    byte[] state = new CborWriter().array(4).uint(5).bytes(note).array(0).uint(5).toBytes();
    taker.write(target, answer(0, 0, new CborWriter().bytes(state).toBytes()));
    String problem = "{\"type\":\"https://cairn.dev/errors/server.busy\",\"code\":\"server.busy\"}";
    taker.write(target, answer(10, 0, problem.getBytes(StandardCharsets.UTF_8)));
    ByteArrayOutputStream upload = new ByteArrayOutputStream();
    upload.writeBytes(answer(1, 2, new byte[0], "/v1/uploads/x"));
    upload.writeBytes(answer(0, 4, new byte[0], "0"));
    upload.writeBytes(answer(3, 4, new byte[0], "262144"));
    upload.writeBytes(answer(3, 4, new byte[0], "300000"));
    taker.write(target, upload.toByteArray());
    taker.write(target, answer(6, 1, new byte[0], "a-nonce"));
  }

  /** As {@link Answering} reads it. */
  private static byte[] answer(int status, int has, byte[] body, String... headers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(status);
    out.write(has);
    for (String header : headers) {
      out.write(header.length());
      out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    }
    out.write(body.length / 16);
    out.write(body.length % 16);
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static void casualties(JsonNode histories, Seeds.Taker taker) throws IOException {
    String target = "ClientFuzzTest/casualtyJson_ofAnyBytes_isReadOrRefusedLineByLine";
    for (int at = 0; at < histories.size(); at += 3) {
      List<Operation> operations = new ArrayList<>();
      for (JsonNode change : histories.get(at).get("changes")) {
        for (JsonNode operation : change.get("operations")) {
          Trial.of(() -> Operations.decode(Seeds.bytes(operation))).ifPresent(operations::add);
        }
      }
      String json = CasualtyWriter.write(CasualtyValues.of(operations));
      taker.write(target, (json + "\n" + json).getBytes(StandardCharsets.UTF_8));
    }
    String all =
        "{\"code\":\"a\",\"date\":\"2026-01-02\",\"geography\":{\"coordinates\":[36.1,37.2]},"
            + "\"killed\":{\"civilian\":{\"min\":1,\"max\":2},\"children\":null},\"tags\":[\"x\"]}";
    taker.write(target, all.getBytes(StandardCharsets.UTF_8));
  }
}
