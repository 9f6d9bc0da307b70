package dev.cairn.client.ledger;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A server that does what the protocol asks, in memory, and takes down everything it is given. What
 * can be overridden is how a server lies.
 */
public class HonestLedger {

  private static final int FRAMES_PER_PULL = 1000;

  final SigningKey logKey;
  final LogOrigin origin;
  final EncryptionKey bundleKey;
  final Map<SpaceId, LedgerSpace> spaces = new HashMap<>();
  final LedgerFiles files = new LedgerFiles();
  final Randomness randomness;
  final ByteArrayOutputStream everything = new ByteArrayOutputStream();
  private String nonce = "nonce-1";
  private int nonces = 1;

  /** A server with new keys. */
  public HonestLedger(Randomness randomness) {
    this(SigningKey.generate(randomness), EncryptionKey.generate(randomness), randomness);
  }

  /** A server with these keys. */
  public HonestLedger(SigningKey logKey, EncryptionKey bundleKey, Randomness randomness) {
    this.origin =
        new LogOrigin("cairn.test/" + Hex.encode(logKey.verifyingKey().bytes()).substring(0, 16));
    this.logKey = logKey;
    this.bundleKey = bundleKey;
    this.randomness = randomness;
  }

  /** A server with the keys of another. */
  public HonestLedger(HonestLedger other) {
    this(other.logKey, other.bundleKey, other.randomness);
  }

  /** What its operator hands to whoever founds a space. */
  public byte[] invitation() {
    return new ServerInvitation(
            new ServerAddress("http://ledger.test:80", null),
            new LogKey(origin, logKey.verifyingKey()),
            bundleKey.publicKey(),
            Secret.take(new byte[16]),
            Long.MAX_VALUE / 4)
        .encode();
  }

  /** Copies another server's spaces: from here on they are two histories. */
  public void copy(HonestLedger other) {
    other.spaces.forEach(
        (id, space) -> {
          LedgerSpace twin = space.twin();
          twin.leaf = this::leaf;
          spaces.put(id, twin);
        });
  }

  /** How many changes of all devices it holds, each once. */
  public long changeCount() {
    return spaces.values().stream().mapToLong(LedgerSpace::changeCount).sum();
  }

  /** How many leaves its logs have. */
  public long leafCount() {
    return spaces.values().stream().mapToLong(LedgerSpace::size).sum();
  }

  /** The key of its log. */
  public SigningKey logKey() {
    return logKey;
  }

  /** Its key for bundles. */
  public EncryptionKey bundleKey() {
    return bundleKey;
  }

  /** An attachment as it has arrived, by the id in hexadecimal; empty if nothing has. */
  public byte[] file(String id) {
    return files.held(id);
  }

  /** How many bytes of attachments it took from uploads. */
  public long uploadedBytes() {
    return files.uploadedBytes();
  }

  /** Where the ranges began in which attachments were fetched. */
  public List<Integer> rangeStarts() {
    return files.rangeStarts();
  }

  /** Loses an attachment, by the id in hexadecimal. */
  public void forget(String id) {
    files.forget(id);
  }

  /** Alters bytes of an attachment. */
  public void alter(String id, int from, int to) {
    files.alter(id, from, to);
  }

  /** How much of an upload it says to have. */
  protected long claimedOffset(String id, long honest) {
    return honest;
  }

  /** The code with which it refuses the bytes of an upload. */
  protected Optional<String> uploadRefusal(String id) {
    return Optional.empty();
  }

  /** Everything that was ever sent to it. */
  public byte[] received() {
    return everything.toByteArray();
  }

  /** The nonce requests have to be signed with. */
  public String nonce() {
    return nonce;
  }

  /** Makes every nonce given out so far stale. */
  public void renewNonce() {
    nonce = "nonce-" + ++nonces;
  }

  /** What it calls its newest checkpoint. */
  protected SignedCheckpoint checkpoint(LedgerSpace space) {
    return space.checkpoint(origin, logKey);
  }

  /** Whether it admits to be behind what the caller has seen. */
  protected boolean admitsBehind() {
    return true;
  }

  /** What it logs for a change, once it has {@link #copy copied} a space. */
  protected Digest leaf(Change change) {
    return change.leafHash();
  }

  /** The entries it answers a pull with, which it may change. */
  protected List<Entry> pulled(List<Entry> honest) {
    return honest;
  }

  /** The receipt for a run of leaves. */
  protected Receipt receipt(LedgerSpace space, long first, long count) {
    RangeProof proof = RangeProof.create(first, count, space.size(), space.hashes());
    return Receipt.of(0, proof, checkpoint(space));
  }

  /** The places of a device's change, given in hex, and of those that follow it. */
  protected List<Long> run(LedgerSpace space, DeviceId device, String from) throws CairnException {
    return space.run(device, ChangeId.parse(from));
  }

  /** Sees an entry that was accepted, and may say that it was not. */
  protected void accepted(Entry entry) throws CairnException {}

  /** Judges one entry: the positions of its leaves. */
  List<Long> judge(LedgerSpace space, Entry entry) throws CairnException {
    List<Long> positions = accepted(space, entry);
    accepted(entry);
    return positions;
  }

  private static List<Long> accepted(LedgerSpace space, Entry entry) throws CairnException {
    if (entry instanceof Entry.Statement stated) {
      Statement statement = Statement.decode(stated.statement().bytes());
      statement.verifySignatures();
      return List.of(space.accept(statement));
    }
    if (entry instanceof Entry.OfFrame framed) {
      Frame frame = framed.frame();
      FrameSignatures.verify(frame, VerifyingKey.of(frame.device().bytes()));
      return space.accept(frame);
    }
    throw new RefusedException("entry.unexpected", "unexpected");
  }

  /** One receipt for each run of neighbours, with how the log goes on where it does not say. */
  byte[] answer(LedgerSpace space, EntryWriter writer, List<Long> positions, long seen) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long seenSize = seen;
    int from = 0;
    while (from < positions.size()) {
      int to = from + 1;
      while (to < positions.size() && positions.get(to) == positions.get(to - 1) + 1) {
        to++;
      }
      Receipt receipt = receipt(space, positions.get(from), to - from);
      if (!receipt.leadsFrom(seenSize)) {
        List<Digest> proof = logState(space, seenSize, 0).consistency();
        write(out, writer.write(new Entry.LogState(Encoded.of(new byte[0]), proof, 0)));
      }
      write(out, writer.write(new Entry.OfReceipt(Encoded.of(receipt.encode()))));
      seenSize = space.size();
      from = to;
    }
    return out.toByteArray();
  }

  Entry.LogState logState(LedgerSpace space, long seen, long next) {
    List<Digest> proof =
        seen > space.size()
            ? List.of()
            : ConsistencyProof.create(seen, space.size(), space.hashes()).hashes();
    return new Entry.LogState(Encoded.of(checkpoint(space).note()), proof, next);
  }

  static void write(ByteArrayOutputStream out, byte[] bytes) {
    out.write(bytes, 0, bytes.length);
  }

  /** The answer to a pull. */
  byte[] pull(
      LedgerSpace space, DeviceId reader, long from, long seen, boolean hashes, boolean own) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EntryWriter writer = new EntryWriter();
    for (Entry entry : pulled(entries(space, reader, from, seen, hashes, own))) {
      write(out, writer.write(entry));
    }
    return out.toByteArray();
  }

  /** What the log has for a reader from a position on. */
  List<Entry> entries(
      LedgerSpace space, DeviceId reader, long from, long seen, boolean hashes, boolean own) {
    Set<StatementId> shown = new HashSet<>();
    for (Statement statement : space.roster().servedTo(reader)) {
      shown.add(statement.id());
    }
    List<Entry> entries = new ArrayList<>();
    List<Change> frame = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < space.items.size() && i < FRAMES_PER_PULL; i++) {
      LedgerSpace.Item item = space.items.get(i);
      if (item.statement() != null) {
        boolean visible = shown.contains(item.statement().id());
        if (visible) {
          // What joined a reader's part since is told again; statements are few.
          entries.add(
              new Entry.Statement(Encoded.of(item.statement().encode()), OptionalLong.of(i)));
        } else if (hashes && i >= from) {
          entries.add(new Entry.Leaves(i, List.of(item.statement().leafHash())));
        }
      } else if (item.change() != null && i >= from) {
        Change change = item.change();
        boolean visible =
            (own && change.prefix().device().equals(reader))
                || change.prefix().audience().circles().stream()
                    .anyMatch(circle -> space.roster().mayFetch(reader, circle));
        if (visible) {
          frame.add(change);
          positions.add((long) i);
        } else if (hashes) {
          entries.add(
              space.roster().isServedAll(reader)
                  ? new Entry.Hidden(i, List.of(change.leaf()))
                  : new Entry.Leaves(i, List.of(change.leafHash())));
        }
        if (item.frameEnd() == i && !frame.isEmpty()) {
          entries.add(new Entry.OfFrame(Frame.of(frame), positions));
          frame.clear();
          positions.clear();
        }
      }
    }
    entries.add(logState(space, seen, space.size()));
    return entries;
  }

  /** The hashes with which it answers for a larger tree continuing a smaller one. */
  protected List<Digest> consistency(LedgerSpace space, long from, long size)
      throws CairnException {
    return ConsistencyProof.create(from, size, space.hashes()).hashes();
  }

  /** The answers to the authors of a parcel, each a byte string, which it may change. */
  protected byte[] parcelAnswers(byte[] honest) {
    return honest;
  }

  /** How it answers a parcel: the status, if it is not to be judged. */
  protected OptionalInt parcelStatus() {
    return OptionalInt.empty();
  }
}
