package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small organisation: two reporters, one of them with two devices, and two desks. */
final class People implements MergeAuthority {

  static final DeviceId AMAL = device(1);
  static final DeviceId AMAL_TABLET = device(2);
  static final DeviceId BASIL = device(3);
  static final DeviceId CYRINE = device(4);
  static final DeviceId DESK = device(5);
  static final DeviceId OTHER_DESK = device(6);
  static final DeviceId NEWCOMER = device(7);
  static final DeviceId STRANGER = device(99);

  private final Map<DeviceId, Author> authors = new HashMap<>();
  private final Set<ChangeId> suspended = new HashSet<>();

  People() {
    authors.put(AMAL, new Author(member(1), false, false));
    authors.put(AMAL_TABLET, new Author(member(1), false, false));
    authors.put(BASIL, new Author(member(3), false, false));
    authors.put(CYRINE, new Author(member(4), false, false));
    authors.put(DESK, new Author(member(5), true, false));
    authors.put(OTHER_DESK, new Author(member(6), true, false));
    authors.put(NEWCOMER, new Author(member(7), false, true));
  }

  static DeviceId device(int number) {
    byte[] bytes = new byte[DeviceId.SIZE_BYTES];
    Arrays.fill(bytes, (byte) number);
    return DeviceId.of(bytes);
  }

  static MemberId member(int number) {
    return MemberId.of(device(number).bytes());
  }

  People suspend(ChangeId change) {
    suspended.add(change);
    return this;
  }

  @Override
  public Optional<Author> author(DeviceId device) {
    return Optional.ofNullable(authors.get(device));
  }

  @Override
  public boolean counts(ChangeId change, DeviceId device) {
    return !suspended.contains(change);
  }
}
