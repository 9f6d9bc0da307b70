package dev.cairn.client.store;

/**
 * The tables of a device's store. A <i>counted</i> table is keyed by a number the disk may show (a
 * sequence); a hashed one by an id the disk must not show. Numbers are never used again for another
 * purpose.
 */
public enum Table {
  /**
   * One row for each standing fact about this device: profile, keys, clock, checkpoint, cursors.
   */
  FACT(1, false),
  /** Roster statements held, by statement id. */
  STATEMENT(2, false),
  /** Changes this device wrote, by place in the order of writing. */
  OWN_CHANGE(3, true),
  /** Place of an own change in {@link #OWN_CHANGE}, by change id. */
  OWN_CHANGE_PLACE(4, false),
  /** What a device keeps of a record it wrote to, by record id. */
  RECORD(5, false),
  /** Content that waits for sealing, under its record's key, by place of the change. */
  CONTENT(6, true),
  /** Changes of other devices, by place in the order of arrival. */
  CHANGE(7, true),
  /** Place of a change in {@link #CHANGE}, by change id. */
  CHANGE_PLACE(8, false),
  /** Opened session keys, by device and session id. */
  SESSION(9, false),
  /** Receipts, by place in the order of arrival. */
  RECEIPT(10, true),
  /** Questions and notices to this device, by change id. */
  MESSAGE(11, false),
  /** Parcels carried for others, by hash. */
  PARCEL(12, false),
  /** Attachments waiting to travel, by attachment id. */
  ATTACHMENT(13, false),
  /** Who erases what, by place in the order of arrival. */
  ERASURE(14, true),
  /** Who made changes to this device, and what they continue, by change id. */
  HEARD(15, false),
  /** Hashes of the log's leaves, 256 to a row, on a device that watches all of them. */
  LEAVES(16, true),
  /** {@link RowTally}: what the rows of all other tables come to. */
  TALLY(17, false),
  /** What follows from {@link #CHANGE}: how many there were, and the heads of every audience. */
  ARRIVAL(18, false),
  /** What came of parcels before a meeting was cut, by parcel and number of the part. */
  PARTIAL_PARCEL(19, false),
  /** What parcels lack that wait here for their beginning, by hash of the parcel. */
  LACKING(20, false),
  /** What was decided here about quarantined changes, by change id, and the room left. */
  QUARANTINE(21, false),
  /** What became of each {@link #PARCEL}, by the same hash: listing them reads no parcel. */
  CARRIED(22, false);

  private final int number;
  private final boolean counted;

  Table(int number, boolean counted) {
    this.number = number;
    this.counted = counted;
  }

  /** The number the driver knows it by. */
  int number() {
    return number;
  }

  /** Whether its key is a plain number. */
  boolean counted() {
    return counted;
  }
}
