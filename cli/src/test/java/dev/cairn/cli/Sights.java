package dev.cairn.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What can be told apart in what a server received: a name for each header, field and parameter.
 */
final class Sights {

  private final Set<String> names = new TreeSet<>();

  Set<String> names() {
    return names;
  }

  void request(ReceivedRequest request) {
    String target = request.target();
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String route =
        path.replaceAll("/spaces/[0-9a-f]{64}", "/spaces/S")
            .replaceAll("/attachments/[0-9a-f]{64}$", "/attachments/ID")
            .replaceAll("/uploads/[A-Za-z0-9_-]+$", "/uploads/T");
    names.add(request.method() + " " + route);
    if (question >= 0) {
      for (String parameter : target.substring(question + 1).split("&", -1)) {
        names.add("parameter " + parameter.replaceAll("=.*", ""));
      }
    }
    request.headers().keySet().forEach(header -> names.add("header " + header));
    byte[] body = request.bodyBytes();
    if (body.length == 0) {
      return;
    }
    boolean isStream = "application/cairn-stream".equals(request.headers().get("content-type"));
    if (isStream) {
      PlainCbor.strings(body).forEach(this::entry);
    } else if (path.endsWith("/parcels")) {
      names.add("parcel");
    } else {
      names.add("body of " + request.method() + " " + route);
    }
  }

  private void entry(byte[] bytes) {
    List<?> entry = (List<?>) PlainCbor.one(bytes);
    long kind = (Long) entry.get(0);
    names.add("entry " + kind);
    if (kind == 1) {
      statement((byte[]) entry.get(1));
    } else if (kind == 2) {
      List<?> frame = (List<?>) entry.get(1);
      for (Object item : (List<?>) frame.get(1)) {
        fields("change", item);
      }
    }
  }

  private void statement(byte[] encoded) {
    List<?> object = (List<?>) PlainCbor.one(encoded);
    Map<?, ?> payload = (Map<?, ?>) PlainCbor.one((byte[]) object.get(2));
    fields("statement", payload);
    fields("statement of kind " + payload.get(3L), payload.get(6L));
  }

  private void fields(String of, Object map) {
    ((Map<?, ?>) map).keySet().forEach(field -> names.add(of + ", field " + field));
  }
}
