package dev.cairn.simulation.world;

import dev.cairn.client.transport.Request;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.SimulatedServer;
import java.util.List;
import java.util.Optional;

/** How a rogue talks to the server: raw bytes, under its own signature. */
final class RogueLink {

  private static final int UNAUTHORIZED = 401;
  private static final int OK = 200;

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

  /** All that the server gives it of the log, if anything. */
  Optional<byte[]> pull() {
    if (!stage.server.isUp()) {
      return Optional.empty();
    }
    try {
      Answering answering = asked("GET", "pull?from=0&hashes=1");
      stage.trace.note("rogue pulls: " + answering.status());
      return answering.status() == OK ? Optional.of(answering.end()) : Optional.empty();
    } catch (Crash crash) {
      died();
      return Optional.empty();
    }
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

  private Answering request(String method, String what) {
    String target = "/v1/spaces/" + space + "/" + what;
    RequestSignature signature =
        RequestSignature.sign(key, RequestTarget.of(method, target), nonce);
    Request request = Request.of(method, target);
    if (method.equals("POST")) {
      request = request.streamed(HttpNames.STREAM);
    }
    return new SimulatedServer(stage.server)
        .answer(
            request
                .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
                .header(HttpNames.SIGNATURE, signature.signatureHeader()));
  }
}
