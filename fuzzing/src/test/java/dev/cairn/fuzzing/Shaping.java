package dev.cairn.fuzzing;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What an input makes of honest answers. */
final class Shaping {

  private static final int EDITS_MAX = 6;
  private static final int[] STATUS = {400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503, 507};
  private static final String[] CODES = {
    "log.behind",
    "log.generation",
    "log.refilling",
    "device.unknown",
    "device.suspended",
    "server.busy",
    "statement.gap",
    "feed.gap",
    "entry.malformed",
    "quota.device",
    "store.full",
    "nonce.stale",
    "invitation.used-up",
    "change.body-missing",
    "change.body-awaited"
  };

  private final Script script;
  private final Insider insider;

  Shaping(Script script, Insider insider) {
    this.script = script;
    this.insider = insider;
  }

  static ShapedServer.Said problem(int status, String code) {
    return new ShapedServer.Said(
        status, Optional.empty(), List.of(document(code)), Integer.MAX_VALUE);
  }

  ShapedServer.Said problem(int cutAfter) {
    int status = STATUS[script.below(STATUS.length)];
    int code = script.below(CODES.length + 1L);
    byte[] body = code == CODES.length ? script.some() : document(CODES[code]);
    return new ShapedServer.Said(status, Optional.empty(), List.of(body), cutAfter);
  }

  private static byte[] document(String code) {
    String type = HttpNames.ERROR_PREFIX + code;
    return ("{\"type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  List<byte[]> refusal(long index) {
    return List.of(
        new EntryWriter()
            .write(new Entry.Refusal(index, CODES[script.below(CODES.length)], Optional.empty())));
  }

  /** The hashes of a proof, or others. */
  byte[] proof(ShapedLog log, long from, long size, int how) {
    List<Digest> hashes = new ArrayList<>(log.consistency(from, size));
    if ((how & 32) != 0) {
      int at = script.below(hashes.size() + 1L);
      hashes.add(at, Digest.of(script.exactly(Digest.SIZE_BYTES)));
    }
    CborWriter out = new CborWriter().array(hashes.size());
    hashes.forEach(hash -> out.bytes(hash.bytes()));
    return out.toBytes();
  }

  /** What is said of the log as a whole. */
  byte[] account(ShapedLog log, int how) throws CairnException {
    long generation = 0;
    List<Encoded> statements = new ArrayList<>();
    Optional<LogKey> waiting = Optional.empty();
    Optional<LogAccount.Refill> refill = Optional.empty();
    if ((how & 32) != 0) {
      int what = script.next();
      generation = (what & 1) != 0 ? script.number() : 0;
      if ((what & 2) != 0) {
        statements.add(Encoded.of(statement().encode()));
      }
      if ((what & 4) != 0) {
        refill =
            Optional.of(new LogAccount.Refill(script.number(), (what & 8) != 0, runs(), runs()));
      }
      if ((what & 16) != 0) {
        waiting = Optional.of(Known.LOG);
      }
    }
    try {
      return new LogAccount(
              generation, Encoded.of(log.checkpoint().note()), statements, waiting, refill)
          .encode();
    } catch (IllegalArgumentException impossible) {
      return new byte[] {0};
    }
  }

  private List<LogAccount.Run> runs() {
    List<LogAccount.Run> runs = new ArrayList<>();
    int count = script.below(4);
    for (int i = 0; i < count; i++) {
      runs.add(new LogAccount.Run(script.number(), script.number()));
    }
    return runs;
  }

  /** Entries as they go over the wire, each a piece. */
  List<byte[]> written(ShapedLog log, List<Entry> entries, boolean shaped) throws CairnException {
    int edits = shaped ? 1 + script.below(EDITS_MAX) : 0;
    for (int i = 0; i < edits; i++) {
      try {
        edit(log, entries);
      } catch (IllegalArgumentException impossible) {
        // Nobody can write that.
      }
    }
    EntryWriter writer = new EntryWriter();
    List<byte[]> pieces = new ArrayList<>();
    for (Entry entry : entries) {
      try {
        pieces.add(writer.write(entry));
      } catch (IllegalArgumentException impossible) {
        // Nor that: a change that has lost what covered it.
      }
    }
    if (shaped && (script.next() & 1) != 0) {
      rough(pieces);
    }
    return pieces;
  }

  private void rough(List<byte[]> pieces) {
    int at = script.below(pieces.size() + 1L);
    if (at == pieces.size() || (script.next() & 1) != 0) {
      pieces.add(at, new CborWriter().bytes(script.some()).toBytes());
    } else {
      byte[] altered = pieces.get(at).clone();
      altered[script.below(altered.length)] ^= (byte) (1 + script.below(255));
      pieces.set(at, altered);
    }
  }

  private void edit(ShapedLog log, List<Entry> entries) throws CairnException {
    int kind = script.below(14);
    int at = script.below(entries.size() + 1L);
    if (at == entries.size() || kind > 4) {
      entries.add(at, another(log, kind));
      return;
    }
    switch (kind) {
      case 0 -> entries.remove(at);
      case 1 -> entries.add(script.below(entries.size() + 1L), entries.get(at));
      case 2 -> Collections.swap(entries, at, script.below(entries.size()));
      case 3 -> entries.set(at, hidden(entries.get(at)));
      default -> entries.set(at, elsewhere(entries.get(at)));
    }
  }

  /** The same, of which less is shown. */
  private Entry hidden(Entry entry) {
    if (!(entry instanceof Entry.OfFrame framed) || framed.positions().isEmpty()) {
      return entry;
    }
    List<Change> changes = framed.frame().changes();
    long first = framed.positions().get(0);
    switch (script.below(4)) {
      case 0:
        List<Digest> leaves = new ArrayList<>();
        changes.forEach(change -> leaves.add(change.leafHash()));
        return new Entry.Leaves(first, leaves);
      case 1:
        List<ChangeLeaf> hidden = new ArrayList<>();
        changes.forEach(change -> hidden.add(change.leaf()));
        return new Entry.Hidden(first, hidden);
      case 2:
        List<Change> bare = new ArrayList<>();
        changes.forEach(change -> bare.add(change.withoutCiphertext()));
        return new Entry.OfFrame(Frame.of(bare), framed.positions());
      default:
        int fewer = 1 + script.below(changes.size());
        return new Entry.OfFrame(
            Frame.of(changes.subList(0, fewer)), framed.positions().subList(0, fewer));
    }
  }

  /** The same at another place. */
  private Entry elsewhere(Entry entry) {
    if (entry instanceof Entry.OfFrame framed) {
      List<Long> positions = new ArrayList<>();
      long by = script.number();
      framed.positions().forEach(position -> positions.add(position + by & Long.MAX_VALUE));
      return new Entry.OfFrame(framed.frame(), positions);
    }
    if (entry instanceof Entry.Statement stated) {
      return new Entry.Statement(stated.statement(), OptionalLong.of(script.number() >>> 1));
    }
    if (entry instanceof Entry.Leaves leaves) {
      return new Entry.Leaves(script.number() >>> 1, leaves.leaves());
    }
    if (entry instanceof Entry.Hidden hidden) {
      return new Entry.Hidden(script.number() >>> 1, hidden.leaves());
    }
    if (entry instanceof Entry.LogState state) {
      return new Entry.LogState(state.checkpoint(), state.consistency(), script.number() >>> 1);
    }
    return entry;
  }

  private Entry another(ShapedLog log, int kind) throws CairnException {
    int size = 1 + script.below(log.size());
    switch (kind) {
      case 5:
        return new Entry.LogState(
            Encoded.of(log.checkpoint(size).note()),
            log.consistency(script.below(size + 1L), size),
            script.number() >>> 1);
      case 6:
        Digest root = Digest.of(script.exactly(Digest.SIZE_BYTES));
        return new Entry.LogState(
            Encoded.of(log.sign(script.number() >>> 1, root).note()), hashes(), size);
      case 7:
        return log.receipt(size - 1, 1 + script.below(log.size() - size + 1));
      case 8:
        RangeProof proof = new RangeProof(script.number(), 1 + script.next(), size, hashes());
        return ShapedLog.receipt(script.next() & 3, proof, log.checkpoint(size));
      case 9:
        return new Entry.Leaves(script.number() >>> 1, hashes());
      case 10:
        return new Entry.Refusal(
            script.number() >>> 1, CODES[script.below(CODES.length)], Optional.of("detail"));
      case 11:
        return new Entry.Statement(
            Encoded.of(statement().encode()), OptionalLong.of(script.number() >>> 1));
      default:
        Entry.OfFrame said = said();
        List<Long> positions = new ArrayList<>();
        long first = (kind & 1) == 0 ? log.size() : script.number() >>> 1;
        for (int i = 0; i < said.frame().changes().size(); i++) {
          positions.add(first + i);
        }
        return new Entry.OfFrame(said.frame(), positions);
    }
  }

  private List<Digest> hashes() {
    List<Digest> hashes = new ArrayList<>();
    int count = 1 + script.below(4);
    for (int i = 0; i < count; i++) {
      hashes.add(Digest.of(script.exactly(Digest.SIZE_BYTES)));
    }
    return hashes;
  }

  /** A statement of the insider's, whatever it says. */
  private CoseSign statement() {
    return CoseSign.sign(MessageType.STATEMENT, script.some(), List.of(insider.key()));
  }

  /**
   * Something that the insider says: a body of the input's, or a note; about a record he knows; and
   * files that he names, with their size or with another.
   */
  Entry.OfFrame said() {
    Body body = body();
    int how = script.next();
    if ((how & 1) != 0) {
      body =
          new Body(
              Optional.of(Founded.space().confirmed),
              body.kind(),
              body.parents(),
              body.clock(),
              body.skewMillis(),
              body.operations());
    }
    Content content = Content.of(body).withAttachments(named(how));
    return new Entry.OfFrame(Frame.of(insider.say(content)), List.of());
  }

  private static List<AttachmentRef> named(int how) {
    List<AttachmentRef> named = new ArrayList<>();
    if ((how & 2) != 0) {
      named.add(SmallFile.of(false).named((how & 8) != 0));
    }
    if ((how & 4) != 0) {
      named.add(SmallFile.of(true).named((how & 8) != 0));
    }
    return named;
  }

  private Body body() {
    byte[] encoded = script.some();
    try {
      return Body.decode(encoded);
    } catch (MalformedException e) {
      return new Body(Optional.empty(), 1, List.of(), 1, 0, List.of(new Operation.Note("insider")));
    }
  }
}
