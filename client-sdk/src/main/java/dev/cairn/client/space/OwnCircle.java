package dev.cairn.client.space;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnEpochs;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.EpochState;
import dev.cairn.protocol.roster.NewEpoch;
import dev.cairn.protocol.roster.RosterWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Renews the keys of this device's own circle, and destroys old ones: what coordinators told the
 * device opens for so long and no longer, also for who has the device and its passphrase.
 *
 * <p>A key is renewed when it is 30 days old, and destroyed 30 days after its successor was
 * receipted: until then somebody may write who has not heard of the successor. One that was lost,
 * or that another copy of this store has, is renewed at once, but no more than once a day: two
 * copies would otherwise take turns. The days are those of the device's clock; where it was set
 * back, they begin anew, and where it is set far ahead, a word on its way may not open.
 *
 * <p>Source: docs/PROTOCOL.md, section 5, "A device's own circle".
 */
public final class OwnCircle {

  private final Holdings holdings;

  /** Of this device. */
  public OwnCircle(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * What is remembered.
   *
   * @param made since when the key in use has been, as far as this store knows
   * @param replaced when this store last made a key because the one in use was not here
   * @param over since when each older key has had a successor that was receipted
   */
  private record Days(OptionalLong made, OptionalLong replaced, Map<EpochId, Long> over) {

    private static final int FIELDS = 3;
    private static final int EPOCHS_MAX = 1024;

    static Days read(SealedRows rows) throws CairnException {
      byte[] row = Fact.OWN_EPOCHS.get(rows);
      return row == null
          ? new Days(OptionalLong.empty(), OptionalLong.empty(), new TreeMap<>())
          : StoredForm.read("own epochs", row, Days::read);
    }

    private static Days read(CborReader reader) throws CairnException {
      reader.arrayOf(FIELDS);
      OptionalLong made = StoredForm.readNumber(reader);
      OptionalLong replaced = StoredForm.readNumber(reader);
      Map<EpochId, Long> over = new TreeMap<>();
      int count = reader.arrayHeader(EPOCHS_MAX);
      for (int i = 0; i < count; i++) {
        reader.arrayOf(2);
        over.put(EpochId.of(reader.bytesExactly(EpochId.SIZE_BYTES)), reader.uint());
      }
      return new Days(made, replaced, over);
    }

    void write(SealedRows rows) throws CairnException {
      CborWriter writer = new CborWriter().array(FIELDS);
      StoredForm.write(writer, made);
      StoredForm.write(writer, replaced);
      writer.array(over.size());
      over.forEach((epoch, since) -> writer.array(2).bytes(epoch.bytes()).uint(since));
      Fact.OWN_EPOCHS.put(rows, writer.toBytes());
    }
  }

  /**
   * Makes a new key if it is time. To be called before this device hands anything on, so that the
   * key goes with it. On a full disk it waits for the next time, as everything here does.
   */
  public void renew() throws CairnException {
    unlessFull(
        () -> {
          Days days = holdings.store().read(Days::read);
          keep(days, renewed(days, now()));
        });
  }

  /**
   * Destroys keys whose time is over. Of a device that syncs the time begins when it has synced;
   * one that never did goes by the answers that couriers bring.
   */
  public void retire() throws CairnException {
    unlessFull(() -> destroyOld(!holdings.log().ref().isPresent()));
  }

  /**
   * The same when all that the log has was read. What stands in the log before a key's successor
   * was opened by then, however late it is read; and a key whose epoch is not held by then was left
   * by a crash, and goes too.
   */
  public void settle() throws CairnException {
    unlessFull(
        () -> {
          Set<EpochId> left = holdings.book().own().epochs();
          left.removeIf(epoch -> holdings.roster().epoch(epoch).isPresent());
          destroy(left);
          destroyOld(true);
        });
  }

  private interface Work {
    void run() throws CairnException;
  }

  private static void unlessFull(Work work) throws CairnException {
    try {
      work.run();
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.FULL) {
        throw e;
      }
    }
  }

  private long now() {
    return Math.max(0, holdings.host().nowMillis());
  }

  private void keep(Days before, Days after) throws CairnException {
    if (!after.equals(before)) {
      holdings.store().change(after::write);
    }
  }

  private Days renewed(Days before, long now) throws CairnException {
    boolean isHere = holdings.opens(holdings.identity().ownCircle());
    long made = Math.min(now, before.made().orElse(now));
    boolean mayReplace =
        !before.replaced().isPresent()
            || now - Math.min(now, before.replaced().getAsLong()) >= Limits.OWN_EPOCH_PAUSE_MILLIS;
    boolean isDue = isHere ? now - made >= Limits.OWN_EPOCH_AGE_MILLIS_MAX : mayReplace;
    boolean isIn =
        holdings.roster().device(holdings.device()).map(each -> !each.isSuspended()).orElse(false);
    if (!isDue || !isIn) {
      return new Days(OptionalLong.of(made), before.replaced(), before.over());
    }
    NewEpoch epoch =
        new RosterWriter(holdings.roster(), holdings.host().randomness())
            .ownEpoch(holdings.identity().signingKey());
    OwnEpochs.keep(holdings.keys(), epoch, holdings.host().randomness());
    new LettingIn(holdings).send(List.of(epoch.statement()));
    OptionalLong replaced = isHere ? before.replaced() : OptionalLong.of(now);
    return new Days(OptionalLong.of(now), replaced, before.over());
  }

  private void destroyOld(boolean mayBegin) throws CairnException {
    long now = now();
    Days before = holdings.store().read(Days::read);
    Map<EpochId, Long> over = new TreeMap<>();
    Set<EpochId> due = new TreeSet<>();
    for (EpochState epoch : epochs()) {
      boolean hasBegun = mayBegin || before.over().containsKey(epoch.id());
      if (hasBegun && holdings.book().own().has(epoch.id()) && isReplaced(epoch)) {
        long since = Math.min(now, before.over().getOrDefault(epoch.id(), now));
        if (now - since >= Limits.OWN_EPOCH_AGE_MILLIS_MAX) {
          due.add(epoch.id());
        } else {
          over.put(epoch.id(), since);
        }
      }
    }
    destroy(due);
    keep(before, new Days(before.made(), before.replaced(), over));
  }

  private void destroy(Set<EpochId> epochs) throws CairnException {
    if (!epochs.isEmpty()) {
      holdings.sessions().wipe();
      holdings.book().own().destroy(epochs);
    }
  }

  private List<EpochState> epochs() {
    return holdings
        .roster()
        .circle(holdings.identity().ownCircle())
        .map(CircleState::epochs)
        .orElse(List.of());
  }

  /** Whether an epoch has a successor that others may have heard of. */
  private boolean isReplaced(EpochState old) {
    return old.stands()
        && !old.isCurrent()
        && epochs().stream()
            .anyMatch(
                epoch ->
                    epoch.stands()
                        && epoch.epoch().superseded().contains(old.id())
                        && !holdings.book().isWaiting(StatementId.of(epoch.id().bytes())));
  }
}
