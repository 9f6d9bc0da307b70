package dev.cairn.fuzzing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes what each target begins with, made of the protocol's vectors: {@code Seeds VECTORS
 * CORPUS}. A file is named for its content, so nothing is written twice.
 */
public final class Seeds {

  /** Of one kind of thing; what else there is differs from these in little. */
  private static final int OF_A_KIND_MAX = 20;

  /** Together for one target, so that there is room for what the fuzzer finds. */
  private static final int SEEDS_MAX = 36;

  /** A seed should fit what the fuzzer changes it with. */
  private static final int SEED_BYTES_MAX = 32_768;

  private final Path vectors;
  private final Path corpus;

  private Seeds(Path vectors, Path corpus) {
    this.vectors = vectors;
    this.corpus = corpus;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    Seeds seeds = new Seeds(Path.of(arguments[0]), Path.of(arguments[1]));
    seeds.encodings();
    seeds.streams();
    seeds.signed();
    seeds.texts();
    seeds.sealed();
    seeds.members();
  }

  private void encodings() throws IOException {
    each("cbor-1", "", "bytes", "EncodingFuzzTest/cborValue_ofAnyBytes_hasOneEncoding", 88);
    each(
        "frames-1",
        "cases",
        "stream",
        "EncodingFuzzTest/byteStrings_howeverTheyWereCut_areTheSame");
  }

  private void streams() throws IOException {
    each(
        "frames-1",
        "cases",
        "stream",
        "ServerFuzzTest/entriesOfAPush_ofAnyBytes_areEachOfferedOrRefused");
    String stream = "StreamFuzzTest/stream_ofAnyBytes_isRefusedOrWrittenAgainTheSame";
    each("frames-1", "cases", "stream", stream);
    each(
        "frames-1",
        "cases",
        "stream",
        "StreamFuzzTest/feed_ofAlteredFrames_takesTheSameInAnyOrder");
    write(stream, bytes(json("change-1").get("wire")));
    write(stream, new byte[] {(byte) 0x50, (byte) 0x83, 6, 0, 0x6c, 'e', 'n', 't', 'r', 'y', '-'});
  }

  private void signed() throws IOException {
    each("roster-1", "statements", "bytes", "SignedFuzzTest/statement_ofAnyBytes_hasOneEncoding");
    ByteArrayOutputStream roster = new ByteArrayOutputStream();
    for (JsonNode each : json("roster-1").get("statements")) {
      byte[] entry = new CborWriter().array(2).uint(1).bytes(bytes(each.get("bytes"))).toBytes();
      if (roster.size() + entry.length < SEED_BYTES_MAX) {
        roster.writeBytes(new CborWriter().bytes(entry).toBytes());
      }
    }
    write(
        "SealedFuzzTest/rosterBundle_ofAnyBytes_givesStatementsOrIsRefused",
        Arrays.copyOf(roster.toByteArray(), Math.min(roster.size(), SEED_BYTES_MAX)));
    String payload = "SignedFuzzTest/changePayload_ofAnyBytes_hasOneEncoding";
    each("change-1", "changes", "payload", payload);
    write(payload, bytes(json("change-1").get("session").get("payload")));
    String cose = "SignedFuzzTest/smallThing_ofAnyBytes_hasOneEncoding";
    write(cose, bytes(json("cose").get("sign1").get("message")));
    write(cose, bytes(json("cose").get("sign").get("message")));
    each("log-1", "receipts", "receipt", "SignedFuzzTest/receipt_ofAnyBytes_hasOneEncoding");
    each("log-1", "notes", "note", "SignedFuzzTest/checkpoint_ofAnyBytes_isTheNoteItWasReadFrom");
    int requests = 0;
    for (JsonNode each : json("request-1").get("cases")) {
      if (requests++ < OF_A_KIND_MAX) {
        String text =
            String.join(
                "\n",
                each.get("signatureInput").asText(),
                each.get("signature").asText(),
                each.get("target").asText(),
                each.path("contentDigest").asText(""));
        write("SignedFuzzTest/requestHeaders_ofAnyText_haveOneSpelling", text);
      }
    }
    String keys = "SignedFuzzTest/smallThing_ofAnyBytes_hasOneEncoding";
    each("ed25519-strict", "tests", "public", keys);
    each("change-1", "epochs", "publicKey", keys);
    write(keys, new byte[8]);
    byte[] tree = new byte[8 + 64];
    tree[7] = 5;
    write(keys, tree);
  }

  private void texts() throws IOException {
    String header = "ServerFuzzTest/headers_ofAnyText_areReadOrPassedOver";
    for (String text : new String[] {"bytes=0-99", "bytes=5-", "bytes=-7", "bytes=1-2,4-5"}) {
      write(header, text + "\u0010\u007f");
    }
    for (String text :
        new String[] {"killed.civilian=6..7", "city=a\ncoordinates=1,2", "time=null", "a.b=c"}) {
      write("ClientFuzzTest/setExpression_ofAnyText_isReadOrRefused", text);
    }
    String id = "TextFuzzTest/text_ofAnyKind_isReadOneWay";
    write(id, json("change-1").get("space").asText());
    write(id, json("change-1").get("epochs").get(0).get("circle").asText());
    write(id, Known.LOG.vkey());
    write(id, json("log-1").get("origin").asText());
    String typed = "TextFuzzTest/text_ofAnyKind_isReadOneWay";
    write(typed, json("roster-1").get("files").get("invitation").get("code").asText());
    for (String text : TypedSeeds.recovery()) {
      write(typed, text);
    }
    for (String text : TypedSeeds.parts()) {
      write(typed, text);
    }
    String field = "TextFuzzTest/text_ofAnyKind_isReadOneWay";
    each("fields-1", field);
    for (String text :
        new String[] {
          "killed.civilian",
          "injured.children",
          "=code",
          "a.path",
          "received",
          "killed[status=civilian|SY-HL|2026-01-02|a source]",
          "detained[|||]"
        }) {
      write(field, text);
    }
    for (String text :
        new String[] {"127.0.0.1:8443", "[::1]:0", "name.example:65535", ":1", "host", "a:-1"}) {
      write("TextFuzzTest/text_ofAnyKind_isReadOneWay", text);
    }
  }

  private void each(String file, String target) throws IOException {
    JsonNode fields = json(file);
    for (int i = 0; i < fields.size(); i += 4) {
      write(target, fields.get(i).get("path").asText());
    }
  }

  private void sealed() throws IOException {
    JsonNode bundle = json("bundle-1");
    for (JsonNode each : bundle.get("bundles")) {
      write("SealedFuzzTest/bundle_howeverItWasCut_givesTheSameParcels", bytes(each.get("file")));
    }
    for (JsonNode each : bundle.get("parcels")) {
      parcel(each);
    }
    each("body-1", "", "padded", "SealedFuzzTest/packedBody_ofAnyBytes_inflatesToNoMoreThanItMay");
    JsonNode bodies = json("body-1");
    for (int i = 0; i < bodies.size(); i += 5) {
      body(bytes(bodies.get(i).get("padded")));
    }
    int sizes = 0;
    for (JsonNode each : json("attachment").get("cases")) {
      if (each.has("content") && sizes++ < OF_A_KIND_MAX) {
        byte[] content = bytes(each.get("content"));
        write(
            "SealedFuzzTest/attachment_ofAnyPlaintext_opensTheSameWholeAndInPieces",
            Arrays.copyOf(content, content.length + 2));
      }
    }
    write(
        "SealedFuzzTest/attachment_ofAnyPlaintext_opensTheSameWholeAndInPieces", new byte[20_000]);
    JsonNode file = json("roster-1").get("files").get("invitation");
    String invitation = "SealedFuzzTest/invitationFile_ofAnyBytes_opensOrIsRefused";
    write(invitation, bytes(file.get("bytes")));
    write(
        "SealedFuzzTest/contentOfAnInvitation_ofAnyBytes_leadsToItsInvitationOrIsRefused",
        TypedSeeds.contentOf(bytes(file.get("bytes")), file.get("code").asText()));
    JsonNode server = json("roster-1").get("files").path("server");
    String readable =
        "SealedFuzzTest/contentOfAnInvitation_ofAnyBytes_leadsToItsInvitationOrIsRefused";
    if (server.has("bytes")) {
      write(readable, bytes(server.get("bytes")));
    }
    write(readable, TypedSeeds.serverInvitation());
  }

  private void parcel(JsonNode each) throws IOException {
    byte[] parcel = bytes(each.path("parcel"));
    if (parcel.length > 0) {
      write("SealedFuzzTest/parcel_ofAnyBytes_opensOrIsRefused", parcel);
      if (parcel.length > 34) {
        write(
            "SealedFuzzTest/parcel_ofAnyBytes_opensOrIsRefused",
            Arrays.copyOf(parcel, parcel.length - 34));
      }
    }
    byte[] content = bytes(each.path("content"));
    if (content.length > 0) {
      write("SealedFuzzTest/contentOfAParcel_ofAnyBytes_hasOneEncoding", content);
    }
  }

  private void body(byte[] padded) throws IOException {
    if (padded.length > 1) {
      write(
          "SealedFuzzTest/packedBody_ofAnyBytes_inflatesToNoMoreThanItMay",
          Arrays.copyOfRange(padded, 1, padded.length));
      for (byte[] body : TypedSeeds.bodyOf(padded)) {
        write("SealedFuzzTest/body_ofAnyBytes_hasOneEncoding", body);
      }
      for (byte[] operation : TypedSeeds.operationsOf(padded)) {
        write("SealedFuzzTest/operation_ofAnyBytes_hasOneEncoding", operation);
      }
    }
  }

  private void members() throws IOException {
    MemberSeeds.write(this::json, this::write);
    ClientSeeds.write(this::json, this::write);
    ScriptSeeds.write(this::write);
  }

  /** Takes a seed. */
  interface Taker {
    void write(String target, byte[] seed) throws IOException;
  }

  /** Finds a file of vectors. */
  interface Vectors {
    JsonNode json(String file) throws IOException;
  }

  private void each(String file, String list, String field, String target) throws IOException {
    each(file, list, field, target, OF_A_KIND_MAX);
  }

  /** Every so many of a long list, so that all parts of it are there. */
  private void each(String file, String list, String field, String target, int most)
      throws IOException {
    JsonNode of = list.isEmpty() ? json(file) : json(file).get(list);
    int step = 1 + (of.size() - 1) / most;
    for (int i = 0; i < of.size(); i += step) {
      write(target, bytes(of.get(i).path(field)));
    }
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(vectors.resolve(file + ".json").toFile());
  }

  static byte[] bytes(JsonNode hex) {
    return Known.hex(hex.asText(""));
  }

  private void write(String target, String text) throws IOException {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String target, byte[] seed) throws IOException {
    write(target, seed, SEEDS_MAX);
  }

  private void write(String target, byte[] seed, int most) throws IOException {
    Path folder = corpus.resolve(target.replace("/", "Inputs/"));
    Files.createDirectories(folder);
    long there;
    try (var files = Files.list(folder)) {
      there = files.count();
    }
    if (seed.length > 0 && seed.length <= SEED_BYTES_MAX && there < most) {
      String name = "seed-" + Hex.encode(Sha256.of(seed).bytes()).substring(0, 12);
      Files.write(folder.resolve(name), seed);
    }
  }
}
