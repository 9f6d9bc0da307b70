package dev.cairn.client.transport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of a server. Immutable. */
public final class Request {

  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private final byte @Nullable [] body;
  private final boolean streamed;

  private Request(
      String method,
      String target,
      Map<String, String> headers,
      byte @Nullable [] body,
      boolean streamed) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.streamed = streamed;
  }

  /** Without a body. The target is path and query, or the absolute URL the same server gave. */
  public static Request of(String method, String target) {
    return new Request(method, target, Collections.emptyMap(), null, false);
  }

  /** With a whole body. */
  public Request body(String mediaType, byte[] content) {
    return new Request(method, target, with("content-type", mediaType), content.clone(), false);
  }

  /** With a body sent piece by piece. */
  public Request streamed(String mediaType) {
    return new Request(method, target, with("content-type", mediaType), null, true);
  }

  /** With one more header. */
  public Request header(String name, String value) {
    return new Request(method, target, with(name, value), body, streamed);
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return Collections.unmodifiableMap(more);
  }

  /** The method, in upper case. */
  public String method() {
    return method;
  }

  /** Path and query, or an absolute URL. */
  public String target() {
    return target;
  }

  /** The headers, in order. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The whole body, or null when there is none or it is streamed. */
  public byte @Nullable [] body() {
    return body == null ? null : body.clone();
  }

  /** Whether the body follows piece by piece. */
  public boolean streamed() {
    return streamed;
  }
}
