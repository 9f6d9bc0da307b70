package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.log.Receipt;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pushes that last: answers come while the request is still being written. */
class LiveStreamTest extends ServerFixture {

  @Override
  boolean tls() {
    return true;
  }

  private Vertx vertx;
  private HttpClient duplex;

  @BeforeEach
  void openClient() {
    vertx = Vertx.vertx();
    duplex =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false));
  }

  @AfterEach
  void closeClient() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** A push whose body a test writes piece by piece while it reads the answer. */
  private final class Live {
    private final HttpClientRequest request;
    private final BlockingQueue<Entry> answers = new LinkedBlockingQueue<>();
    private final ByteStringStream strings = ByteStringStream.ofEntries();
    private final EntryReader reader = new EntryReader(space.id);

    Live() throws Exception {
      this(reporter);
    }

    Live(TestDevice by) throws Exception {
      client.refresh();
      String target = TestClient.path(space.id, "push");
      RequestSignature signature =
          RequestSignature.sign(by.key, RequestTarget.of("POST", target), client.nonce());
      request =
          await(
              duplex.request(
                  HttpMethod.POST,
                  server.running().url().getPort(),
                  server.running().url().getHost(),
                  target));
      request.exceptionHandler(fault -> {});
      request
          .setChunked(true)
          .putHeader("Content-Type", HttpNames.STREAM)
          .putHeader(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
          .putHeader(HttpNames.SIGNATURE, signature.signatureHeader());
      request.response().onSuccess(response -> response.handler(this::take));
    }

    private void take(Buffer piece) {
      try {
        strings.feed(piece.getBytes());
        for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
          answers.add(reader.read(next.get()));
        }
      } catch (MalformedException e) {
        throw new IllegalStateException(e);
      }
    }

    void send(byte[] bytes) throws Exception {
      await(request.write(Buffer.buffer(bytes)));
    }

    Entry next() throws Exception {
      Entry entry = answers.poll(20, TimeUnit.SECONDS);
      if (entry == null) {
        throw new AssertionError("no answer while the request is open");
      }
      return entry;
    }
  }

  @Test
  void push_firstFrameSent_receiptBeforeTheSecond() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two");
    List<byte[]> entries = TestSpace.entries(changes.subList(0, 2), changes.subList(2, 3));
    Live push = new Live();
    push.send(entries.get(0));
    Receipt first = Receipt.decode(((Entry.OfReceipt) push.next()).receipt().bytes());
    first.verify(leaves(changes.subList(0, 2)), space.log);
    push.send(entries.get(1));
    Receipt second = Receipt.decode(((Entry.OfReceipt) push.next()).receipt().bytes());
    assertThat(second.proof().first()).isEqualTo(first.proof().first() + 2);
  }

  @Test
  void push_thatStops_answeredAndToldThatItIsTooSlow() throws Exception {
    server.patience(Duration.ofMillis(300));
    Live push = new Live();
    push.send(TestSpace.entries(reporter.notes(space.roster(), "one")).get(0));
    assertThat(push.next()).isInstanceOf(Entry.OfReceipt.class);
    assertThat(((Entry.Refusal) push.next()).code()).isEqualTo("request.too-slow");
  }

  @Test
  void push_byStrangerTwice_newerTakesThePlace() throws Exception {
    TestDevice newcomer = new TestDevice(space.randomness);
    Live first = new Live(newcomer);
    CompletableFuture<Throwable> cut = new CompletableFuture<>();
    first.request.exceptionHandler(cut::complete);
    // The head goes out, so that the server has begun with it.
    first.send(new byte[] {0x41});
    await(first.request.response());
    push(newcomer, space.admit(newcomer).toArray());
    assertThat(cut.get(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void push_byteByByte_accepted() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "slowly");
    Live push = new Live();
    for (byte one : TestSpace.joined(TestSpace.entries(changes))) {
      push.send(new byte[] {one});
    }
    assertThat(push.next()).isInstanceOf(Entry.OfReceipt.class);
  }

  @Test
  void push_linkCut_everyWholeFrameIsKept() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two");
    List<byte[]> entries = TestSpace.entries(changes.subList(0, 2), changes.subList(2, 3));
    Live push = new Live();
    push.send(entries.get(0));
    push.next();
    push.send(Arrays.copyOf(entries.get(1), 20));
    await(push.request.reset());
    assertThat(push(reporter, changes).positions).containsExactly(5L, 6L, 7L);
  }

  @Test
  void push_manyFramesNotReadUntilTheEnd_allAnswered() throws Exception {
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      parts.add(reporter.notes(space.roster(), "note " + i));
    }
    assertThat(push(reporter, parts.toArray()).positions).hasSize(201);
  }
}
