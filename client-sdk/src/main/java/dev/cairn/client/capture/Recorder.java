package dev.cairn.client.capture;

import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.ClockRow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.OwnFeed;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.held.Withdrawals;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.attachment.SealedAttachment;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.SessionKeys;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records. Keys of content that waits are made durable first, then one transaction holds everything
 * else: changes, places in the feed, clock, what the device keeps of the records. A crash between
 * the two leaves keys to nothing, which the next open removes.
 */
public final class Recorder {

  private final Holdings holdings;
  private final FeedPen pen;
  private final ContentKeeper keeper;
  private final RecordGraphs graphs;

  /** Records for this device. */
  public Recorder(Holdings holdings) {
    this.holdings = holdings;
    this.pen = new FeedPen(holdings);
    this.keeper = new ContentKeeper(holdings);
    this.graphs = new RecordGraphs(holdings);
  }

  /** See {@code Device.recordAll}. */
  public List<RecordId> recordAll(List<NewRecord> records) throws CairnException {
    List<Draft> drafts = new ArrayList<>();
    for (NewRecord record : records) {
      drafts.add(
          new Draft(
              null,
              record.kind().code(),
              List.of(),
              audience(record.circles()),
              record.operations(),
              List.of(),
              null,
              record.label().orElse(null),
              true));
    }
    List<RecordId> ids = new ArrayList<>();
    for (Written written : write(drafts, null)) {
      ids.add(written.record());
    }
    return ids;
  }

  /** See {@code Device.edit}. */
  public ChangeId edit(RecordId record, List<Operation> operations) throws CairnException {
    return edit(record, operations, null);
  }

  /**
   * Names an attachment in a change to a record.
   *
   * @param file its encrypted file is durable already
   */
  public ChangeId attach(RecordId record, AttachedFile file) throws CairnException {
    long sizeBytes = SealedAttachment.sealedBytes(file.sizeBytes());
    return edit(
        record,
        List.of(new Operation.Attach(file)),
        new AttachmentRow(file.id(), sizeBytes, 0, false, null));
  }

  private ChangeId edit(
      RecordId record, List<Operation> operations, @Nullable AttachmentRow attachment)
      throws CairnException {
    Optional<RecordEntry> entry = holdings.store().read(rows -> RecordEntry.read(rows, record));
    Optional<RecordGraphs.Graph> graph = holdings.isDesk() ? graphs.find(record) : Optional.empty();
    long kind;
    Collection<ChangeId> parents;
    List<CircleId> readers = List.of();
    if (graph.isPresent()) {
      kind = graph.get().kind();
      parents = graph.get().heads();
      readers = graph.get().readers();
    } else if (entry.isPresent()) {
      kind = entry.get().kind();
      parents = entry.get().heads();
    } else {
      throw new RefusedException("record.unknown", "there is no such record here");
    }
    Draft draft =
        new Draft(
            record,
            kind,
            RecordGraphs.bounded(parents),
            entry.isPresent() ? entry.get().audience() : audience(readers),
            operations,
            attachment == null
                ? List.of()
                : List.of(new AttachmentRef(attachment.id(), attachment.sizeBytes())),
            null,
            null,
            entry.isPresent());
    return write(List.of(draft), attachment).get(0).change().id();
  }

  /** See {@code Device.write}. */
  public ChangeId write(WriteRequest request) throws CairnException {
    boolean reported =
        !request.record().isPresent() && request.kind() != RecordKind.DEVICE_NOTICE.code();
    Draft draft =
        new Draft(
            request.record().orElse(null),
            request.kind(),
            RecordGraphs.bounded(request.parents()),
            audience(request.circles()),
            request.operations(),
            List.of(),
            request.erases().orElse(null),
            null,
            reported);
    return write(List.of(draft), null).get(0).change().id();
  }

  private Audience audience(List<CircleId> circles) throws RefusedException {
    if (circles.size() > Limits.AUDIENCE_CIRCLES_MAX) {
      throw new RefusedException("change.limit", "too many circles");
    }
    return circles.isEmpty() ? Audience.of(holdings.desk()) : Audience.of(circles);
  }

  private List<Written> write(List<Draft> drafts, @Nullable AttachmentRow attachment)
      throws CairnException {
    if (drafts.isEmpty()) {
      return List.of();
    }
    boolean done = false;
    try {
      FeedPen.Page page = holdings.store().read(rows -> pen.write(rows, drafts));
      Map<RecordId, RecordEntry> entries =
          holdings.store().read(rows -> entries(rows, drafts, page));
      ContentKeeper.Kept kept = keeper.begin(entries, drafts, page.written());
      try {
        holdings.store().change(rows -> write(rows, page, kept, entries.values(), attachment));
      } catch (CairnException e) {
        keeper.abandon(kept, e);
        throw e;
      }
      kept.wipe();
      done = true;
      graphs.wrote(drafts, page.written());
      return page.written();
    } finally {
      if (!done) {
        pen.forget();
      }
    }
  }

  private void write(
      SealedRows rows,
      FeedPen.Page page,
      ContentKeeper.Kept kept,
      Collection<RecordEntry> entries,
      @Nullable AttachmentRow attachment)
      throws CairnException {
    writePage(rows, page);
    keeper.write(rows, kept);
    for (RecordEntry entry : entries) {
      entry.write(rows);
    }
    if (attachment != null) {
      long sequence = page.written().get(0).change().prefix().sequence();
      new AttachmentRow(attachment.id(), attachment.sizeBytes(), sequence, false, null).write(rows);
    }
  }

  private void writePage(SealedRows rows, FeedPen.Page page) throws CairnException {
    OwnFeed feed = OwnFeed.read(rows);
    for (Change change : page.changes()) {
      feed.load(rows, change.prefix().audience());
      feed.add(change);
      OwnChanges.write(rows, change);
      Withdrawals.arrived(rows, change, holdings.roster());
      if (change.opensSession() && holdings.isDesk()) {
        // A desk reads its own sessions through its circle anyway; later readings need no exchange.
        Optional<SessionKeys> keys = holdings.sessions().open(rows, change);
        if (keys.isPresent()) {
          holdings.sessions().write(rows, change, keys.get());
        }
      }
    }
    feed.write(rows);
    ClockRow.write(rows, page.clock());
  }

  /** What is kept of the records after these changes; of records not reported here, nothing. */
  private Map<RecordId, RecordEntry> entries(SealedRows rows, List<Draft> drafts, FeedPen.Page page)
      throws CairnException {
    Map<RecordId, RecordEntry> entries = new HashMap<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      Written written = page.written().get(i);
      RecordEntry entry = entries.get(written.record());
      if (entry == null) {
        entry = RecordEntry.read(rows, written.record()).orElse(null);
        if (entry != null && keeper.lostKey(rows, entry)) {
          entry = entry.sealed(true);
        }
      }
      if (entry == null && draft.reported()) {
        entry =
            RecordEntry.fresh(
                written.record(), draft.kind(), draft.labelOrNull(), draft.audience());
      }
      if (entry != null) {
        entries.put(written.record(), after(entry, draft, written));
      }
    }
    return entries;
  }

  private RecordEntry after(RecordEntry entry, Draft draft, Written written) {
    List<ChangeId> answered = new ArrayList<>();
    for (Operation operation : draft.operations()) {
      if (operation instanceof Operation.Answer answer) {
        answered.add(answer.question());
      }
    }
    return entry
        .wrote(written.change().prefix().sequence(), written.change().id(), draft.parents())
        .settled(answered)
        .sealed(entry.sealed() || keeper.sealsAtOnce());
  }

  /** Lets the next change begin anew: the feed grew by other ways, or others' changes came in. */
  public void refresh(boolean ownFeedGrew) {
    graphs.forget();
    if (ownFeedGrew) {
      pen.forget();
    }
  }

  /** Forgets every session key. */
  public void close() {
    pen.forget();
  }
}
