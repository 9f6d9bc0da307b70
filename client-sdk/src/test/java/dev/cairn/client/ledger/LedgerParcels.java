package dev.cairn.client.ledger;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One parcel handed to a {@link HonestLedger}, judged and answered as section 10 says. */
final class LedgerParcels {

  private static final Set<String> EARLY =
      Set.of("feed.gap", "statement.gap", "device.unknown", "epoch.unknown");

  private final HonestLedger ledger;
  private final LedgerSpace space;
  private final Map<DeviceId, Map<Long, Digest>> leaves = new TreeMap<>();
  private final Map<DeviceId, Long> cited = new TreeMap<>();
  private final Set<Long> shown = new TreeSet<>();
  private final Set<DeviceId> answered = new HashSet<>();
  private boolean early;
  private boolean hasChanges;

  LedgerParcels(HonestLedger ledger, LedgerSpace space) {
    this.ledger = ledger;
    this.space = space;
  }

  /** Whether something in it has to be handed in again. */
  boolean early() {
    return early;
  }

  /** Takes a parcel; the answers to its authors. */
  byte[] take(byte[] parcel) throws CairnException {
    if (Parcel.isOfLaterVersion(parcel)) {
      early = true;
      return new byte[0];
    }
    ParcelContent content = Parcel.open(parcel, List.of(ledger.bundleKey()));
    if (content instanceof ParcelContent.Piece piece) {
      take(piece);
    } else if (content instanceof ParcelContent.Changes changes) {
      ByteStringStream strings = ByteStringStream.ofEntries();
      strings.feed(changes.stream().bytes());
      EntryReader reader = new EntryReader(space.id);
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        take(reader.read(next.get()));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (hasChanges) {
      leaves.keySet().retainAll(answered);
    }
    for (DeviceId author : leaves.keySet()) {
      byte[] answer =
          Parcel.seal(
              answer(author),
              List.of(space.roster().device(author).orElseThrow().keys().encryptionKey()),
              ledger.randomness);
      HonestLedger.write(out, ByteStringStream.wrap(answer, 8 << 20));
    }
    return out.toByteArray();
  }

  private void take(ParcelContent.Piece piece) {
    if (!PieceSignature.holds(piece)) {
      return;
    }
    AttachmentRef named = new AttachmentRef(piece.attachment(), piece.sizeBytes());
    if (!space.names(piece.device(), named)) {
      early = true;
      return;
    }
    ledger.files.piece(piece.attachment().toString(), piece.offsetBytes(), piece.piece().bytes());
  }

  private void take(Entry entry) throws CairnException {
    if (entry instanceof Entry.LogState state) {
      shown.add(SignedCheckpoint.claimed(state.checkpoint().bytes()).size());
      return;
    }
    long before = space.size();
    List<Long> positions;
    try {
      positions = ledger.judge(space, entry);
    } catch (CairnException refused) {
      early |= EARLY.contains(refused.code());
      return;
    }
    if (entry instanceof Entry.Statement stated) {
      Statement statement = Statement.decode(stated.statement().bytes());
      for (DeviceId signer : statement.signers()) {
        if (space.roster().device(signer).isPresent()) {
          if (positions.get(0) >= before) {
            answered.add(signer);
          }
          of(signer).put(positions.get(0), statement.leafHash());
        }
      }
    } else if (entry instanceof Entry.OfFrame framed) {
      List<Change> changes = framed.frame().changes();
      hasChanges = true;
      answered.add(framed.frame().device());
      for (int i = 0; i < changes.size(); i++) {
        of(framed.frame().device()).put(positions.get(i), changes.get(i).leafHash());
        Optional<CheckpointRef> seen = changes.get(i).prefix().checkpoint();
        seen.ifPresent(ref -> cited.merge(framed.frame().device(), ref.size(), Math::max));
      }
    }
  }

  private Map<Long, Digest> of(DeviceId author) {
    return leaves.computeIfAbsent(author, any -> new TreeMap<>());
  }

  private ParcelContent answer(DeviceId author) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EntryWriter writer = new EntryWriter();
    long from = cited.getOrDefault(author, 0L);
    HonestLedger.write(out, writer.write(ledger.logState(space, from, space.size())));
    for (long size : shown) {
      HonestLedger.write(out, writer.write(ledger.logState(space, size, space.size())));
    }
    List<Map.Entry<Long, Digest>> proven = new ArrayList<>(of(author).entrySet());
    for (int at = 0; at < proven.size(); ) {
      int to = at + 1;
      while (to < proven.size() && proven.get(to).getKey() == proven.get(at).getKey() + to - at) {
        to++;
      }
      List<Digest> run = new ArrayList<>();
      proven.subList(at, to).forEach(leaf -> run.add(leaf.getValue()));
      long first = proven.get(at).getKey();
      HonestLedger.write(out, writer.write(new Entry.Leaves(first, run)));
      HonestLedger.write(
          out,
          writer.write(
              new Entry.OfReceipt(Encoded.of(ledger.receipt(space, first, run.size()).encode()))));
      at = to;
    }
    for (Entry entry : ledger.entries(space, author, from, from, false, false)) {
      HonestLedger.write(out, writer.write(entry));
    }
    return new ParcelContent.Answer(space.id, author, Encoded.of(out.toByteArray()));
  }
}
