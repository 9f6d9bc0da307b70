package dev.cairn.simulation.world;

import dev.cairn.client.transport.Request;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.SimulatedServer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How a rogue talks to the server: raw bytes, under its own signature. */
final class RogueLink {

  private static final int UNAUTHORIZED = 401;
  private static final int OK = 200;
  private static final String PULL = "pull?from=0&hashes=1";

  private final Stage stage;
  private final SpaceId space;
  private final SigningKey key;
  private String nonce = "none";

  RogueLink(Stage stage, SpaceId space, SigningKey key) {
    this.stage = stage;
    this.space = space;
    this.key = key;
  }

  /** Pushes raw entries; whether the server could be reached. */
  boolean push(List<byte[]> entries) {
    if (!stage.server.isUp()) {
      return false;
    }
    try {
      Answering answering = asked("POST", "push");
      for (byte[] entry : entries) {
        stage.up(entry);
        answering.take(entry);
      }
      answering.end();
      stage.trace.note("rogue pushes: " + answering.status());
      return answering.status() == OK;
    } catch (Crash crash) {
      died();
      return false;
    }
  }

  /** Pushes statements; whether the server could be reached. */
  boolean pushStatements(List<Statement> statements) {
    return push(entries(statements));
  }

  /** Statements as entries of a stream. */
  static List<byte[]> entries(List<Statement> statements) {
    EntryWriter writer = new EntryWriter();
    List<byte[]> entries = new ArrayList<>();
    for (Statement each : statements) {
      entries.add(
          writer.write(new Entry.Statement(Encoded.of(each.encode()), OptionalLong.empty())));
    }
    return entries;
  }

  /** All that the server gives it of the log, if anything. */
  Optional<byte[]> pull() {
    if (!stage.server.isUp()) {
      return Optional.empty();
    }
    try {
      Answering answering = asked("GET", PULL);
      stage.trace.note("rogue pulls: " + answering.status());
      return answering.status() == OK ? Optional.of(answering.end()) : Optional.empty();
    } catch (Crash crash) {
      died();
      return Optional.empty();
    }
  }

  /** Whether the server answers what it signs itself and asks in somebody else's name. */
  boolean isTakenFor(DeviceId other) {
    if (!stage.server.isUp()) {
      return false;
    }
    String target = target(PULL);
    RequestSignature own = RequestSignature.sign(key, RequestTarget.of("GET", target), nonce);
    String input = own.inputHeader().replace(named(own.device()), named(other));
    try {
      Request request = Request.of("GET", target);
      Answering answering = answered(request, input, own.signatureHeader());
      stage.trace.note("rogue pulls in another's name: " + answering.status());
      return answering.status() == OK;
    } catch (Crash crash) {
      died();
      return false;
    }
  }

  /** As a device is named in the head of a request. */
  private static String named(DeviceId device) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(device.bytes());
  }

  private void died() {
    stage.trace.fault(Fault.SERVER_CRASH);
    stage.server.stop();
  }

  private Answering asked(String method, String what) {
    Answering answering = request(method, what);
    if (answering.status() == UNAUTHORIZED) {
      nonce = String.valueOf(answering.headers().get("cairn-nonce"));
      answering = request(method, what);
    }
    return answering;
  }

  private String target(String what) {
    return "/v1/spaces/" + space + "/" + what;
  }

  private Answering request(String method, String what) {
    String target = target(what);
    RequestSignature signature =
        RequestSignature.sign(key, RequestTarget.of(method, target), nonce);
    Request request = Request.of(method, target);
    if (method.equals("POST")) {
      request = request.streamed(HttpNames.STREAM);
    }
    return answered(request, signature.inputHeader(), signature.signatureHeader());
  }

  private Answering answered(Request request, String input, String signature) {
    return new SimulatedServer(stage.server)
        .answer(
            request
                .header(HttpNames.SIGNATURE_INPUT, input)
                .header(HttpNames.SIGNATURE, signature));
  }
}
