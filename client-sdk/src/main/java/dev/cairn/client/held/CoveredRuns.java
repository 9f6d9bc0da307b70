package dev.cairn.client.held;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts changes that others wrote into frames again: each run ends where a signature covers all of
 * it, so that none is parted from what it covers.
 */
public final class CoveredRuns {

  private final List<List<Change>> runs = new ArrayList<>();
  private List<Change> open = new ArrayList<>();
  private long openPosition;

  /** Adds the next change; those of one device have to come in the order of its feed. */
  public void add(Change change) {
    boolean isOther =
        !open.isEmpty() && !open.get(0).prefix().device().equals(change.prefix().device());
    if (isOther || open.size() == Limits.FRAME_ITEMS_MAX) {
      drop();
    }
    open.add(change);
    if (sizeBytes() > Limits.FRAME_BYTES_MAX) {
      drop();
    } else if (FrameSignatures.cover(open)) {
      runs.add(open);
      open = new ArrayList<>();
    }
  }

  /**
   * The same of one whose place in the log is known. Its author may have signed for several at
   * once; what the log parts it holds with signatures, and takes back only so.
   */
  public void add(Change change, long position) {
    if (!continues(change, position)) {
      drop();
    }
    add(change);
    openPosition = position;
  }

  /** Whether a change at this place may cover something that was added and is not covered yet. */
  public boolean continues(Change change, long position) {
    return !open.isEmpty()
        && FrameSignatures.mayReach(change, position, open.get(open.size() - 1), openPosition);
  }

  private long sizeBytes() {
    return open.stream().mapToLong(Change::sizeBytes).sum();
  }

  /** What no signature here covers proves nothing by itself; only what is signed can go alone. */
  private void drop() {
    for (Change change : open) {
      if (change.signature().isPresent()) {
        runs.add(new ArrayList<>(List.of(change)));
      }
    }
    open = new ArrayList<>();
  }

  /** The runs, in the order in which they end; each makes one frame. */
  public List<List<Change>> take() {
    drop();
    List<List<Change>> all = new ArrayList<>(runs);
    runs.clear();
    return all;
  }

  /** The runs that are whole by now. */
  public List<List<Change>> ready() {
    List<List<Change>> all = new ArrayList<>(runs);
    runs.clear();
    return all;
  }
}
