package dev.cairn.server.attachment;

import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Looks again at files that had arrived, when their uploader asks to send them once more: he does
 * so when somebody did not get what he sent. A file that a disk spoilt is dropped, so that it can
 * be had again. Reading gigabytes is not to be had for the asking, so each file is looked at once
 * in a while. Safe for many threads.
 */
public final class Rechecks {

  private final AttachmentFiles files;
  private final Map<String, Instant> looked = new LinkedHashMap<>();

  /** Over these files. */
  public Rechecks(AttachmentFiles files) {
    this.files = files;
  }

  /** Drops the file of an upload if it is complete and damaged. */
  public void look(Upload upload, Instant now) throws IOException {
    if (files.complete(upload.space(), upload.id()).isPresent() && isDue(upload, now)) {
      files.dropDamaged(upload);
    }
  }

  private synchronized boolean isDue(Upload upload, Instant now) {
    String name = upload.space() + "/" + upload.id();
    Instant before = looked.get(name);
    if (before != null && before.plusSeconds(ServerLimits.RECHECK_SECONDS_MIN).isAfter(now)) {
      return false;
    }
    looked.remove(name);
    looked.put(name, now);
    if (looked.size() > ServerLimits.RECHECKS_REMEMBERED_MAX) {
      looked.remove(looked.keySet().iterator().next());
    }
    return true;
  }
}
