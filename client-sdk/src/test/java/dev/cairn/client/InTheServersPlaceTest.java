package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single requests answered by somebody else, or by a server that cannot answer them now. */
class InTheServersPlaceTest {

  @TempDir Path folder;

  private record Said(int status, Encoded body) {
    static Said refusal(int status, String code) {
      String type = HttpNames.ERROR_PREFIX + code;
      byte[] document = ("{\"type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
      return new Said(status, Encoded.of(document));
    }
  }

  /** Answers some requests so, and passes on those for which nothing is said. */
  private static Transport before(Transport server, Function<Request, @Nullable Said> answers) {
    return new Transport() {
      @Override
      public Exchange open(Request request) throws TransportException {
        Said said = answers.apply(request);
        return said == null ? server.open(request) : new Answer(said);
      }

      @Override
      public Traffic traffic() {
        return server.traffic();
      }

      @Override
      public void close() {}
    };
  }

  private static final class Answer implements Exchange {
    private final Said said;
    private boolean read;

    private Answer(Said said) {
      this.said = said;
    }

    @Override
    public boolean duplex() {
      return true;
    }

    @Override
    public void send(byte[] piece) {}

    @Override
    public void finish() {}

    @Override
    public int status() {
      return said.status();
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public byte @Nullable [] receive() {
      boolean again = read;
      read = true;
      return again ? null : said.body().bytes();
    }

    @Override
    public void close() {}
  }

  private static byte[] account(byte[] note, long shown, List<LogAccount.Run> lacking) {
    LogAccount.Refill refill = new LogAccount.Refill(shown, false, List.of(), lacking);
    return new LogAccount(0, Encoded.of(note), List.of(), Optional.empty(), Optional.of(refill))
        .encode();
  }

  @Test
  void whoAsksToBeRefilledWithoutTheLogsKey_isHandedNothing() throws Exception {
    try (TestSpace space = new TestSpace(folder, 66)) {
      Device desk = space.owner("desk");
      Device phone = space.reporter(desk, "phone");
      phone.record(TestSpace.note("for the desk alone"));
      space.sync(phone);
      space.sync(desk);
      Checkpoint any = new Checkpoint(new LogOrigin("nobody/1"), 1, Digest.of(new byte[32]));
      SigningKey nobodys = SigningKey.generate(space.host.randomness());
      byte[] account =
          account(
              SignedCheckpoint.sign(any, nobodys).note(),
              1000,
              List.of(new LogAccount.Run(0, 1000)));
      List<Request> handedIn = new ArrayList<>();
      Transport stranger =
          before(
              LedgerTransport.to(space.ledger),
              request -> {
                if (request.target().endsWith("/refill")) {
                  handedIn.add(request);
                }
                return request.target().endsWith("/log") || request.target().endsWith("/refill")
                    ? new Said(200, Encoded.of(account))
                    : Said.refusal(503, "log.refilling");
              });

      assertThatThrownBy(() -> desk.sync(stranger, SyncListener.NONE))
          .isInstanceOf(CairnException.class);

      assertThat(handedIn).isEmpty();
    }
  }

  @Test
  void serverThatCannotSayNowWhetherItWasRestored_isNotCalledALiar() throws Exception {
    try (TestSpace space = new TestSpace(folder, 67)) {
      Device desk = space.owner("desk");
      Device late = space.coordinator(desk, "late");
      space.sync(desk);
      space.sync(late);
      HonestLedger backup = Liars.twin(space.ledger);
      desk.record(TestSpace.note("after the backup"));
      space.sync(desk);
      desk.record(TestSpace.note("not sent"));
      Sticks.into(late, Sticks.from(desk));
      Transport busy =
          before(
              LedgerTransport.to(backup),
              request ->
                  request.target().contains("/parcels")
                      ? Said.refusal(503, "log.refilling")
                      : request.target().endsWith("/log")
                          ? Said.refusal(503, "server.busy")
                          : null);

      assertThat(late.sync(busy, SyncListener.NONE).refused()).containsExactly("server.busy");

      assertThat(late.serverLied()).isFalse();
      assertThatThrownBy(() -> late.sync(LedgerTransport.to(backup), SyncListener.NONE))
          .hasMessage("the server shows an older log than the one it signed for a courier");
    }
  }
}
