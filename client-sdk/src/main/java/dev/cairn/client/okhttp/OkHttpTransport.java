package dev.cairn.client.okhttp;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;

/**
 * HTTP over OkHttp: TLS 1.3 to a pinned key and HTTP/2, on which a push is answered while it is
 * still being sent; or plain HTTP/1.1 where the address says so (behind an onion service or a proxy
 * on the same machine). No redirects, no cookies, no cache, no compression.
 */
public final class OkHttpTransport implements Transport {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);

  private final HttpUrl address;
  private final OkHttpClient client;
  private final Meter meter = new Meter();

  private OkHttpTransport(HttpUrl address, OkHttpClient client) {
    this.address = address;
    this.client = client;
  }

  /**
   * A transport to one server; nothing is sent yet.
   *
   * @param address {@code https://host:port} with a pin, or {@code http://host:port} without
   * @param pin SHA-256 of the server's SubjectPublicKeyInfo
   * @throws IllegalArgumentException if the address is neither, or the pin does not go with it
   */
  public static OkHttpTransport to(String address, Optional<byte[]> pin) {
    HttpUrl url = HttpUrl.parse(address);
    if (url == null || url.isHttps() != pin.isPresent()) {
      throw new IllegalArgumentException("an https address with a pin, or an http one without");
    }
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(SILENCE_TIMEOUT)
            .writeTimeout(SILENCE_TIMEOUT)
            .followRedirects(false)
            .retryOnConnectionFailure(false)
            .addNetworkInterceptor(OkHttpTransport::proceedBare)
            .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES));
    if (pin.isPresent()) {
      pinned(builder, pin.get());
    } else {
      builder
          .connectionSpecs(Collections.singletonList(ConnectionSpec.CLEARTEXT))
          .protocols(Collections.singletonList(Protocol.HTTP_1_1));
    }
    return new OkHttpTransport(url, builder.build());
  }

  /**
   * Says neither what program this is, nor what every server of Cairn knows, nor what goes without
   * saying in HTTP/1.1: bytes cost here.
   */
  private static Response proceedBare(Interceptor.Chain chain) throws IOException {
    okhttp3.Request.Builder bare =
        chain
            .request()
            .newBuilder()
            .removeHeader("User-Agent")
            .removeHeader("Accept-Encoding")
            .removeHeader("Connection");
    Connection connection = chain.connection();
    if (connection != null && connection.protocol() == Protocol.HTTP_2) {
      bare.removeHeader("Transfer-Encoding"); // It has none: OkHttp leaves it out, and so do we.
    }
    return chain.proceed(bare.build());
  }

  private static void pinned(OkHttpClient.Builder builder, byte[] pin) {
    try {
      PinnedTrust trust = new PinnedTrust(pin);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      ConnectionSpec tls13 =
          new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
              .tlsVersions(TlsVersion.TLS_1_3)
              .build();
      builder
          .sslSocketFactory(context.getSocketFactory(), trust)
          .hostnameVerifier((name, session) -> true) // the pin is the identity; a name adds nothing
          .connectionSpecs(Collections.singletonList(tls13));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this platform has no TLS", e);
    }
  }

  @Override
  public Exchange open(Request request) throws TransportException {
    HttpUrl url = address.resolve(request.target());
    if (url == null || !url.host().equals(address.host()) || url.port() != address.port()) {
      throw new IllegalArgumentException("a target outside this server");
    }
    okhttp3.Request.Builder builder = new okhttp3.Request.Builder().url(url);
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      builder.header(header.getKey(), header.getValue());
    }
    if (!request.streamed()) {
      byte[] body = request.body();
      RequestBody sent = body == null ? null : RequestBody.create(body, type(request));
      if (sent == null && needsBody(request.method())) {
        sent = RequestBody.create(new byte[0], null);
      }
      meter.up(body == null ? 0 : body.length);
      return new AnsweredExchange(execute(builder.method(request.method(), sent).build()), meter);
    }
    return url.isHttps()
        ? DuplexExchange.open(this, builder, request.method(), type(request), meter)
        : new BufferedExchange(this, builder, request.method(), type(request), meter);
  }

  private static boolean needsBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private static MediaType type(Request request) {
    String type = request.headers().get("content-type");
    return MediaType.get(type == null ? "application/octet-stream" : type);
  }

  /** A call that has not begun. */
  Call call(okhttp3.Request request) {
    return client.newCall(request);
  }

  /** Sends a request and waits for the head of the answer. */
  Response execute(okhttp3.Request request) throws TransportException {
    return execute(call(request));
  }

  /** The same. */
  Response execute(Call call) throws TransportException {
    okhttp3.Request request = call.request();
    try {
      Response response = call.execute();
      Response sent = Objects.requireNonNullElse(response.networkResponse(), response);
      meter.requested(request.method(), target(request.url()), sent.request().headers());
      meter.answered(response.headers());
      return response;
    } catch (IOException e) {
      throw TransportFailures.named(e);
    }
  }

  private static String target(HttpUrl url) {
    String query = url.encodedQuery();
    return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
  }

  @Override
  public Traffic traffic() {
    return meter.traffic();
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
