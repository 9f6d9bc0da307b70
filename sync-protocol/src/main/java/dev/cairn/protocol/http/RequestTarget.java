package dev.cairn.protocol.http;

/**
 * What a request asks for, spelled as it stands on the wire: percent escapes are neither added nor
 * taken away, because both sides must build the same signature base from it.
 *
 * @param method in capitals: {@code POST}
 * @param path begins with a slash
 * @param query without its question mark; empty if there is none
 */
public record RequestTarget(String method, String path, String query) {

  /** Splits the target of a request line, as {@code /v1/a?b=c}. */
  public static RequestTarget of(String method, String target) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new RequestTarget(method, target, "")
        : new RequestTarget(method, target.substring(0, mark), target.substring(mark + 1));
  }
}
