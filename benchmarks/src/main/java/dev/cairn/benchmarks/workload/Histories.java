package dev.cairn.benchmarks.workload;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Hlc;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * Opened changes by chance, as a merge takes them. The first of a record states a report; each
 * other asserts one to three of eight fields or adds a note. Four members write; three in four
 * changes have seen all there is, the others what was there up to eight changes before, so that
 * lines part and meet.
 */
public final class Histories {

  /** Four members of whom the first decides. */
  public static final MergeAuthority AUTHORITY =
      new MergeAuthority() {
        @Override
        public Optional<Author> author(DeviceId device) {
          return Optional.of(
              new Author(MemberId.of(device.bytes()), device.bytes()[0] == 0, false));
        }

        @Override
        public boolean counts(ChangeId change, DeviceId device) {
          return true;
        }
      };

  private static final int MEMBERS = 4;
  private static final int BEHIND = 8;
  private static final int REPORTS = 64;
  private static final KnownField[] FIELDS = {
    KnownField.CODE,
    KnownField.DATE,
    KnownField.PLACE_EN,
    KnownField.PLACE_AR,
    KnownField.PLACE_REGION,
    KnownField.METHOD,
    KnownField.TYPE_OF_ACT,
    KnownField.CAUSE
  };

  private final Random random;
  private final List<List<Operation>> reports = new ArrayList<>();

  /** Histories of a seed. */
  public Histories(long seed) {
    random = new Random(seed);
    Reports source = new Reports(seed);
    for (int i = 0; i < REPORTS; i++) {
      reports.add(source.next());
    }
  }

  /** Records of the same length, the changes of each in an order by chance. */
  public List<List<MergeChange>> records(int count, int length) {
    List<List<MergeChange>> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(record(length));
    }
    return records;
  }

  private List<MergeChange> record(int length) {
    RecordId record = RecordId.of(bytes(RecordId.SIZE_BYTES));
    List<MergeChange> changes = new ArrayList<>(length);
    List<TreeSet<ChangeId>> headsAfter = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      int seen = random.nextInt(4) > 0 ? i : Math.max(Math.min(i, 1), i - random.nextInt(BEHIND));
      List<ChangeId> parents = seen == 0 ? List.of() : List.copyOf(headsAfter.get(seen - 1));
      ChangeId id = ChangeId.of(bytes(ChangeId.SIZE_BYTES));
      byte[] device = new byte[DeviceId.SIZE_BYTES];
      device[0] = (byte) random.nextInt(MEMBERS);
      changes.add(
          new MergeChange(
              id,
              DeviceId.of(device),
              record,
              i == 0,
              RecordKind.INCIDENT.code(),
              parents,
              Hlc.of(1_780_000_000_000L + 1000L * i, 0),
              0,
              i == 0 ? reports.get(random.nextInt(REPORTS)) : said(),
              null));
      TreeSet<ChangeId> heads = i == 0 ? new TreeSet<>() : new TreeSet<>(headsAfter.get(i - 1));
      parents.forEach(heads::remove);
      heads.add(id);
      headsAfter.add(heads);
    }
    Collections.shuffle(changes, random);
    return changes;
  }

  private List<Operation> said() {
    if (random.nextInt(8) == 0) {
      return List.of(new Operation.Note("seen again " + random.nextInt(1000)));
    }
    List<Operation> operations = new ArrayList<>();
    int first = random.nextInt(FIELDS.length);
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Field field = Field.of(FIELDS[(first + i) % FIELDS.length]);
      operations.add(new Operation.Assert(field, CborValue.of("value " + random.nextInt(50))));
    }
    return operations;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
