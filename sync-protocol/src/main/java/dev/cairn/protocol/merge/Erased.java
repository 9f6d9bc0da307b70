package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Field;
import java.util.Collections;
import java.util.List;

/**
 * A change whose content was withdrawn for everybody.
 *
 * @param change which one
 * @param device who wrote it
 * @param accounted whether an erasure told what it was; if none did, it is known to be gone and
 *     nothing more, and it withdraws no field
 * @param fields of which it spoke, as far as that was told
 * @param by who withdrew it
 */
public record Erased(
    ChangeId change, DeviceId device, boolean accounted, List<Field> fields, List<Origin> by) {

  /** Takes lists that nobody changes any more. */
  public Erased {
    fields = Collections.unmodifiableList(fields);
    by = Collections.unmodifiableList(by);
  }
}
