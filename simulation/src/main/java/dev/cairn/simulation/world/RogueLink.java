package dev.cairn.simulation.world;

import dev.cairn.client.transport.Request;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.SimulatedServer;
import java.util.List;

/** How a device that obeys nothing talks to the server: well signed requests, whatever bytes. */
final class RogueLink {

  private final Stage stage;
  private final SigningKey key;
  private String nonce = "none";

  RogueLink(Stage stage, SigningKey key) {
    this.stage = stage;
    this.key = key;
  }

  /** Pushes raw entries; whether the server took the request. */
  boolean push(List<byte[]> entries) {
    if (!stage.server.isUp()) {
      return false;
    }
    try {
      Answering answering = request();
      if (answering.status() == 401) {
        nonce = String.valueOf(answering.headers().get("cairn-nonce"));
        answering = request();
      }
      for (byte[] entry : entries) {
        stage.up(entry);
        answering.take(entry);
      }
      answering.end();
      stage.trace.note("rogue pushes: " + answering.status());
      return answering.status() == 200;
    } catch (Crash crash) {
      stage.trace.fault(Fault.SERVER_CRASH);
      stage.server.stop();
      return false;
    }
  }

  private Answering request() {
    String target = "/v1/spaces/" + stage.space() + "/push";
    RequestSignature signature =
        RequestSignature.sign(key, RequestTarget.of("POST", target), nonce);
    return new SimulatedServer(stage.server)
        .answer(
            Request.of("POST", target)
                .streamed(HttpNames.STREAM)
                .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
                .header(HttpNames.SIGNATURE, signature.signatureHeader()));
  }
}
