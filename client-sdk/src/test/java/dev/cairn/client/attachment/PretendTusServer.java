package dev.cairn.client.attachment;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Traffic;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server of one file: keeps uploads by tus, serves ranges, and cuts the link when told. */
final class PretendTusServer implements Transport {

  private static final String ADDRESS = "/v1/uploads/x";

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private byte[] served = new byte[0];
  private String given = ADDRESS;
  private boolean forgets;
  private int created;
  private boolean expired;
  private int requests;
  private int cutAt = Integer.MAX_VALUE;
  private boolean afterTaking;

  byte[] held() {
    return held.toByteArray();
  }

  int created() {
    return created;
  }

  void serve(byte[] file) {
    served = file.clone();
  }

  /** The address that it gives from now on. */
  void give(String address) {
    given = address;
  }

  /** Loses what it has after every second piece, and says so. */
  void forget() {
    forgets = true;
  }

  void expire() {
    expired = true;
  }

  /** Cuts the link at a request from now on, before or after the server has taken it. */
  void cutAt(int request, boolean after) {
    requests = 0;
    cutAt = request;
    afterTaking = after;
  }

  @Override
  public Exchange open(Request request) throws TransportException {
    boolean cut = ++requests == cutAt;
    if (cut && !afterTaking) {
      throw lost();
    }
    Exchange answer = answer(request);
    if (cut) {
      throw lost();
    }
    return answer;
  }

  private static TransportException lost() {
    return new TransportException(
        TransportException.Reason.UNREACHABLE, "cut", new IOException("cut"));
  }

  private Exchange answer(Request request) {
    switch (request.method()) {
      case "POST":
        created++;
        expired = false;
        return new Answer(201, Collections.singletonMap("location", given), new byte[0]);
      case "HEAD":
        return expired ? new Answer(410, Map.of(), new byte[0]) : at(200);
      case "PATCH":
        if (Long.parseLong(request.headers().get("Upload-Offset")) != held.size()) {
          return new Answer(409, Map.of(), new byte[0]);
        }
        byte[] body = request.body();
        boolean lost = forgets && held.size() > 0;
        held.write(body, 0, body.length);
        if (lost) {
          held.reset();
        }
        return at(204);
      default:
        int from = Integer.parseInt(request.headers().get("Range").replaceAll("[^0-9]", ""));
        return new Answer(206, Map.of(), Arrays.copyOfRange(served, from, served.length));
    }
  }

  private Exchange at(int status) {
    Map<String, String> headers = new HashMap<>();
    headers.put("upload-offset", Integer.toString(held.size()));
    return new Answer(status, headers, new byte[0]);
  }

  @Override
  public Traffic traffic() {
    return Traffic.NONE;
  }

  @Override
  public void close() {}

  /** An answer that is all there. */
  private static final class Answer implements Exchange {
    private final int status;
    private final Map<String, String> headers;
    private byte @Nullable [] body;

    Answer(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    @Override
    public boolean duplex() {
      return false;
    }

    @Override
    public void send(byte[] piece) {}

    @Override
    public void finish() {}

    @Override
    public int status() {
      return status;
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }

    @Override
    public byte @Nullable [] receive() {
      byte[] all = body;
      body = null;
      return all == null || all.length == 0 ? null : all;
    }

    @Override
    public void close() {}
  }
}
