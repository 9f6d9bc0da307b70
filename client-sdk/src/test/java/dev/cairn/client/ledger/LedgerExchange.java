package dev.cairn.client.ledger;

import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to a {@link HonestLedger} and its answer. */
final class LedgerExchange implements Exchange {

  private static final String UPLOADS = "/v1/uploads/";

  private final HonestLedger ledger;
  private final LedgerTransport transport;
  private final Request request;
  private final Map<String, String> headers = new HashMap<>();
  private final Deque<byte[]> answer = new ArrayDeque<>();
  private final List<byte[]> buffered = new ArrayList<>();
  private int status = 200;
  private boolean answered;

  // Of a push.
  private @Nullable LedgerSpace space;
  private @Nullable EntryReader reader;
  private final ByteStringStream strings = ByteStringStream.ofEntries();
  private final EntryWriter writer = new EntryWriter();
  private long entries;
  private boolean repeats;
  private long seen;

  LedgerExchange(HonestLedger ledger, LedgerTransport transport, Request request) {
    this.ledger = ledger;
    this.transport = transport;
    this.request = request;
    byte[] body = request.body();
    note(request.target().getBytes(StandardCharsets.US_ASCII));
    request.headers().forEach((name, value) -> note(value.getBytes(StandardCharsets.US_ASCII)));
    if (body != null) {
      note(body);
    }
    headers.put("cairn-nonce", ledger.nonce());
    if (!request.streamed() || transport.duplex()) {
      begin();
    }
  }

  private void note(byte[] bytes) {
    HonestLedger.write(ledger.everything, bytes);
    transport.up(bytes.length);
  }

  private void begin() {
    answered = true;
    try {
      route();
    } catch (CairnException e) {
      problem(422, e.code());
    }
  }

  private void problem(int code, String name) {
    status = code;
    answer.clear();
    answer.add(
        ("{\"type\":\"https://cairn.dev/errors/" + name + "\",\"code\":\"" + name + "\"}")
            .getBytes(StandardCharsets.UTF_8));
  }

  private void route() throws CairnException {
    String target = request.target();
    if (target.equals("/v1/spaces")) {
      found();
      return;
    }
    if (target.startsWith(UPLOADS)) {
      upload(target.substring(UPLOADS.length()));
      return;
    }
    String[] parts = target.split("[/?]", -1);
    SpaceId id = SpaceId.parse(parts[3]);
    LedgerSpace found = ledger.spaces.get(id);
    if (found == null) {
      problem(404, "space.unknown");
      return;
    }
    space = found;
    if (parts[4].equals("checkpoint")) {
      answer.add(ledger.checkpoint(found).note());
      return;
    }
    DeviceId device = signer();
    if (device == null) {
      return;
    }
    boolean isIn = found.roster().device(device).isPresent() || found.isRecovery(device);
    if (!isIn && !parts[4].equals("push") && !parts[4].equals("receipts")) {
      problem(403, "device.unknown");
      return;
    }
    if (found.roster().isSuspended(device)) {
      problem(403, "device.suspended");
      return;
    }
    found.alone(isIn && request.target().contains("alone=1"));
    if (parts[4].equals("attachments")) {
      attachment(parts.length > 5 ? parts[5] : "");
    } else if (parts[4].equals("parcels")) {
      parcel(found);
    } else {
      signed(parts[4], found, device);
    }
  }

  private void parcel(LedgerSpace found) throws CairnException {
    byte[] body = request.body();
    if (body == null || ledger.parcelStatus().isPresent()) {
      problem(ledger.parcelStatus().orElse(400), "parcel.refused");
      return;
    }
    LedgerParcels parcels = new LedgerParcels(ledger, found);
    answer.add(ledger.parcelAnswers(parcels.take(body)));
    status = parcels.early() ? 202 : 200;
  }

  private void attachment(String id) {
    if (request.method().equals("POST")) {
      String metadata = String.valueOf(request.headers().get("Upload-Metadata"));
      byte[] bytes = java.util.Base64.getDecoder().decode(metadata.substring("id ".length()));
      String named = dev.cairn.protocol.id.AttachmentId.of(bytes).toString();
      ledger.files.create(named, Integer.parseInt(request.headers().get("Upload-Length")));
      status = 201;
      headers.put("location", UPLOADS + named);
      return;
    }
    if (!ledger.files.isWhole(id)) {
      problem(404, "attachment.incomplete");
      return;
    }
    byte[] rest = ledger.files.served(id, request.headers().get("Range"));
    status = 206;
    for (int at = 0; at < rest.length; at += 4096) {
      answer.add(java.util.Arrays.copyOfRange(rest, at, Math.min(rest.length, at + 4096)));
    }
  }

  private void upload(String id) {
    byte[] body = request.body();
    if (body != null) {
      Optional<String> refusal = ledger.uploadRefusal(id);
      if (refusal.isPresent()) {
        problem(507, refusal.get());
        return;
      }
      long offset = Long.parseLong(request.headers().get("Upload-Offset"));
      status = ledger.files.upload(id, offset, body) ? 204 : 409;
    }
    long held = ledger.files.held(id).length;
    headers.put("upload-offset", Long.toString(ledger.claimedOffset(id, held)));
  }

  private @Nullable DeviceId signer() throws MalformedException {
    String input = request.headers().get("Signature-Input");
    String value = request.headers().get("Signature");
    if (input == null || value == null) {
      problem(401, "signature.missing");
      return null;
    }
    RequestSignature signature = RequestSignature.parse(input, value);
    if (!signature.nonce().equals(ledger.nonce())) {
      problem(401, "nonce.stale");
      return null;
    }
    Optional<String> digest = Optional.ofNullable(request.headers().get("Content-Digest"));
    if (!signature.verifies(RequestTarget.of(request.method(), request.target()), digest)) {
      problem(401, "signature.invalid");
      return null;
    }
    return signature.device();
  }

  private void signed(String what, LedgerSpace found, DeviceId device) throws CairnException {
    seen = seenSize();
    long place = what.equals("pull") ? number("from") : 0;
    if (Math.max(seen, place) > found.size() && ledger.admitsBehind()) {
      problem(409, "log.behind");
      return;
    }
    switch (what) {
      case "push" -> reader = new EntryReader(found.id);
      case "pull" -> {
        byte[] all =
            ledger.pull(
                found,
                device,
                number("from"),
                seen,
                request.target().contains("hashes=1"),
                request.target().contains("own=1"));
        // In small pieces, so that a test can cut between them.
        for (int from = 0; from < all.length; from += 4096) {
          answer.add(java.util.Arrays.copyOfRange(all, from, Math.min(all.length, from + 4096)));
        }
      }
      case "receipts" -> {
        String from = request.target().split("from=", -1)[1].split("&", -1)[0];
        answer.add(ledger.answer(found, writer, ledger.run(found, device, from), seen));
      }
      case "proof" -> {
        CborWriter out = new CborWriter();
        List<Digest> hashes = ledger.consistency(found, number("from"), number("size"));
        out.array(hashes.size());
        hashes.forEach(hash -> out.bytes(hash.bytes()));
        answer.add(out.toBytes());
      }
      default -> problem(404, "route.unknown");
    }
  }

  private long seenSize() {
    int at = request.target().indexOf("seen=");
    if (at < 0) {
      return 0;
    }
    String value = request.target().substring(at + 5).split("&", 2)[0];
    return Long.parseLong(value.substring(value.indexOf('.') + 1));
  }

  private long number(String name) {
    int at = request.target().indexOf(name + "=");
    return at < 0
        ? 0
        : Long.parseLong(request.target().substring(at + name.length() + 1).split("&", 2)[0]);
  }

  private void found() throws CairnException {
    byte[] body = request.body();
    ByteStringStream given = ByteStringStream.ofEntries();
    given.feed(body == null ? new byte[0] : body);
    EntryReader statements = new EntryReader(SpaceId.of(new byte[SpaceId.SIZE_BYTES]));
    List<Long> positions = new ArrayList<>();
    for (Optional<byte[]> next = given.next(); next.isPresent(); next = given.next()) {
      Entry.Statement entry = (Entry.Statement) statements.read(next.get());
      Statement statement = Statement.decode(entry.statement().bytes());
      LedgerSpace begun = ledger.spaces.computeIfAbsent(statement.space(), LedgerSpace::new);
      space = begun;
      positions.add(begun.accept(statement));
    }
    if (space == null) {
      problem(422, "space.invalid");
      return;
    }
    status = 201;
    answer.add(ledger.answer(space, writer, positions, 0));
  }

  @Override
  public boolean duplex() {
    return transport.duplex();
  }

  @Override
  public void send(byte[] piece) throws TransportException {
    transport.step();
    if (transport.duplex()) {
      deliver(piece);
    } else {
      buffered.add(piece);
    }
  }

  private void deliver(byte[] piece) throws TransportException {
    int through = transport.carry(piece.length);
    note(java.util.Arrays.copyOf(piece, through));
    repeats = false;
    take(java.util.Arrays.copyOf(piece, through));
    if (repeats) {
      transport.repeated(piece.length);
    }
    if (through < piece.length) {
      transport.step();
    }
  }

  private void take(byte[] piece) {
    if (reader == null || space == null) {
      return;
    }
    strings.feed(piece);
    try {
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        answerTo(reader.read(next.get()), space);
      }
    } catch (MalformedException e) {
      answer.add(refusal("entry.malformed"));
    }
  }

  private void answerTo(Entry entry, LedgerSpace at) {
    try {
      repeats |= at.holds(entry);
      List<Long> positions = ledger.judge(at, entry);
      answer.add(ledger.answer(at, writer, positions, seen));
      seen = at.size();
    } catch (CairnException e) {
      answer.add(refusal(e.code()));
    }
    entries++;
  }

  private byte[] refusal(String code) {
    return writer.write(new Entry.Refusal(entries, code, Optional.empty()));
  }

  @Override
  public void finish() throws TransportException {
    if (!answered) {
      transport.step();
      begin();
      for (byte[] piece : buffered) {
        deliver(piece);
      }
    }
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
  }

  @Override
  public byte @Nullable [] receive() throws TransportException {
    byte[] piece = answer.poll();
    if (piece == null) {
      return null;
    }
    transport.step();
    transport.down(piece.length);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    HonestLedger.write(copy, piece);
    return copy.toByteArray();
  }

  @Override
  public void close() {}
}
