package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.intake.Taken;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Takes in what a parcel for this device holds. Everything in it has to prove itself. */
final class ParcelIntake {

  private final Holdings holdings;
  private final Intake intake;
  private final ReceiptIntake receipts;

  ParcelIntake(Holdings holdings, Intake intake, ReceiptIntake receipts) {
    this.holdings = holdings;
    this.intake = intake;
    this.receipts = receipts;
  }

  void take(ParcelKeys.Opened opened, ParcelTally tally) throws CairnException {
    if (opened.isNews()) {
      news(opened.content(), tally);
    } else {
      take(opened.content(), tally);
    }
  }

  /**
   * That the space has moved, and nothing else: what is sealed to all members can be made by the
   * server and by who was cut off, who would choose what else this device hears of.
   */
  private void news(ParcelContent content, ParcelTally tally) throws CairnException {
    if (!(content instanceof ParcelContent.Changes changes)) {
      tally.refused();
      return;
    }
    List<Entry> told = new ArrayList<>();
    for (Entry entry : entries(changes.stream())) {
      if (isNews(entry)) {
        told.add(entry);
      } else {
        tally.refused();
      }
    }
    said(told, tally);
  }

  private static boolean isNews(Entry entry) throws CairnException {
    return entry instanceof Entry.Statement statement
        && MoveNews.isOfIt(Statement.decode(statement.statement().bytes()).kind());
  }

  private void take(ParcelContent content, ParcelTally tally) throws CairnException {
    if (content instanceof ParcelContent.Changes changes) {
      List<Entry> entries = entries(changes.stream());
      shown(entries);
      said(entries, tally);
      met(entries);
    } else if (content instanceof ParcelContent.Answer answer) {
      if (answer.device().equals(holdings.device())) {
        List<Entry> entries = entries(answer.stream());
        // What opened the log stands before what that log proves.
        boolean opensLog = !entries.isEmpty() && entries.get(0) instanceof Entry.Statement;
        if (opensLog) {
          said(entries, tally);
        }
        proven(entries, tally);
        if (!opensLog) {
          said(entries, tally);
        }
      } else {
        tally.forOthers();
      }
    }
  }

  /** Leaves of this device whose receipts wait. */
  long unreconciled() throws CairnException {
    return receipts.unreconciled();
  }

  /** Two who were shown two histories find out when they meet. */
  private void shown(List<Entry> entries) throws CairnException {
    for (Entry entry : entries) {
      if (entry instanceof Entry.LogState state) {
        receipts.shown(state.checkpoint().bytes());
      }
    }
  }

  private void met(List<Entry> entries) throws CairnException {
    Set<DeviceId> devices = new TreeSet<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.OfFrame frame) {
        devices.add(frame.frame().device());
      }
    }
    devices.remove(holdings.device());
    // Anybody can put a name into a parcel that was signed by nobody.
    devices.removeIf(device -> !holdings.roster().device(device).isPresent());
    if (holdings.isDesk() && !devices.isEmpty()) {
      holdings.store().change(rows -> MetDevices.add(rows, devices));
    }
  }

  private List<Entry> entries(Encoded stream) throws MalformedException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(stream.bytes());
    EntryReader reader = new EntryReader(holdings.identity().space());
    List<Entry> entries = new ArrayList<>();
    Optional<byte[]> next = strings.next();
    while (next.isPresent()) {
      entries.add(reader.read(next.get()));
      next = strings.next();
    }
    if (strings.pendingBytes() > 0) {
      throw new MalformedException("a parcel's stream is cut short");
    }
    return entries;
  }

  /**
   * Statements and changes, all in one transaction. Where they stand in the log is not for a
   * courier to say: the place of a statement decides what a server may keep back.
   */
  private void said(List<Entry> entries, ParcelTally tally) throws CairnException {
    IntakeBatch batch = holdings.store().write(rows -> said(rows, entries, tally));
    holdings.store().read(rows -> adopted(batch, rows));
  }

  private IntakeBatch said(SealedRows rows, List<Entry> entries, ParcelTally tally)
      throws CairnException {
    IntakeBatch batch = intake.begin(rows);
    for (Entry entry : entries) {
      if (entry instanceof Entry.Statement statement) {
        tally.taken(
            batch.statement(Statement.decode(statement.statement().bytes()), OptionalLong.empty()));
      } else if (entry instanceof Entry.OfFrame frame) {
        Taken taken = batch.frame(frame.frame());
        tally.taken(frame.frame(), taken, batch.lacked());
      }
    }
    batch.finish();
    return batch;
  }

  private static Boolean adopted(IntakeBatch batch, SealedRows rows) throws CairnException {
    batch.adopt(rows);
    return Boolean.TRUE;
  }

  /** Receipts, each after the leaves it proves. */
  private void proven(List<Entry> entries, ParcelTally tally) throws CairnException {
    List<Digest> leaves = Collections.emptyList();
    for (Entry entry : entries) {
      if (entry instanceof Entry.LogState state) {
        tally.receipts(receipts.logState(state.checkpoint().bytes(), state.consistency()));
      } else if (entry instanceof Entry.Leaves proven) {
        leaves = proven.leaves();
      } else if (entry instanceof Entry.OfReceipt receipt) {
        tally.receipts(receipts.receipt(Receipt.decode(receipt.receipt().bytes()), leaves));
      }
    }
  }
}
