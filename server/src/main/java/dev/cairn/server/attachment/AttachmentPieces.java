package dev.cairn.server.attachment;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.limits.ServerLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pieces of attachments that came by hand. Nobody signed them, and only the whole file can be told
 * right from wrong, so they never touch what somebody uploads, and lie in two layers: the lower one
 * of pieces that do not contradict each other, which is kept until the file is whole, and over it
 * the newest of those that contradict the lower. Wrong pieces, however many, that came before the
 * right ones are covered by them, and those that came later do not count against them; whoever
 * brought what is only in the upper layer is told to bring it again, for it may be covered too.
 *
 * <pre>
 * SPACE/ID.pieces-SIZE-LAYER.part   the bytes
 * SPACE/ID.pieces-SIZE-LAYER.count  which of them count
 * </pre>
 *
 * <p>Each layer is no larger than the attachment, so that nobody fills a disk with pieces of one
 * small file. For one thread at a time.
 */
public final class AttachmentPieces {

  private final AttachmentFiles files;

  /** How many bytes of a file may be looked at, where looks were in vain. */
  private final Map<String, Long> credits = new LinkedHashMap<>();

  /** Beside these files. */
  public AttachmentPieces(AttachmentFiles files) {
    this.files = files;
  }

  /** A range of the whole file, and where its bytes are. */
  private record Part(PieceLayer layer, long from, long to) {}

  /**
   * Keeps a piece, durable on return, and gives the file its name once it is whole.
   *
   * @param sizeBytes of the whole file, as a change states it
   * @return whether the piece need not come again
   */
  public boolean take(
      SpaceId space, AttachmentId id, long sizeBytes, long offsetBytes, byte[] bytes)
      throws IOException {
    if (files.complete(space, id).isPresent()) {
      return true;
    }
    String name = "pieces-" + sizeBytes + "-";
    PieceLayer lower = files.layer(space, id, name + 1);
    PieceLayer upper = files.layer(space, id, name + 2);
    boolean isPlain = !lower.contradicts(offsetBytes, bytes);
    boolean isKept = (isPlain ? lower : upper).put(offsetBytes, bytes);
    String looked = space + "/" + id + "/" + sizeBytes;
    long brought = bytes.length;
    for (List<Part> parts : candidates(lower, upper, sizeBytes)) {
      if (!mayLook(looked, sizeBytes, brought)) {
        return false;
      }
      brought = 0;
      if (hash(parts).equals(id)) {
        finish(space, id, lower, upper, parts);
        credits.remove(looked);
        return true;
      }
    }
    return isPlain && isKept;
  }

  /** The whole files that the layers make. */
  private static List<List<Part>> candidates(PieceLayer lower, PieceLayer upper, long sizeBytes) {
    List<List<Part>> candidates = new ArrayList<>();
    candidates.add(parts(lower, upper, sizeBytes));
    if (!upper.isEmpty()) {
      candidates.add(parts(upper, lower, sizeBytes));
    }
    candidates.removeIf(List::isEmpty);
    return candidates;
  }

  /** What makes the whole file if one layer lies over the other; nothing if a hole is left. */
  private static List<Part> parts(PieceLayer over, PieceLayer under, long sizeBytes) {
    List<Part> parts = new ArrayList<>();
    long at = 0;
    while (at < sizeBytes) {
      PieceLayer from = over;
      long end = over.endAt(at);
      if (end == at) {
        from = under;
        end = Math.min(under.endAt(at), over.beginAfter(at, sizeBytes));
      }
      if (end == at) {
        return List.of();
      }
      parts.add(new Part(from, at, end));
      at = end;
    }
    return parts;
  }

  /**
   * Whether the whole file may be looked at once more: one byte brought must not have gigabytes
   * read again and again.
   */
  private boolean mayLook(String looked, long sizeBytes, long broughtBytes) {
    long most = ServerLimits.PIECE_LOOKS_MAX * sizeBytes;
    Long left = credits.remove(looked);
    long earned = broughtBytes * ServerLimits.PIECE_LOOK_BYTES_PER_BYTE;
    long credit = left == null ? most : Math.min(most, left + earned);
    boolean may = credit >= sizeBytes;
    credits.put(looked, may ? credit - sizeBytes : credit);
    if (credits.size() > ServerLimits.RECHECKS_REMEMBERED_MAX) {
      credits.remove(credits.keySet().iterator().next());
    }
    return may;
  }

  private static AttachmentId hash(List<Part> parts) throws IOException {
    Sha256 hash = new Sha256();
    for (Part part : parts) {
      part.layer().hash(hash, part.from(), part.to());
    }
    return AttachmentId.of(hash.digest().bytes());
  }

  private void finish(
      SpaceId space, AttachmentId id, PieceLayer lower, PieceLayer upper, List<Part> parts)
      throws IOException {
    for (Part part : parts) {
      if (part.layer() == upper) {
        // These bytes are right, so a stop here spoils nothing.
        lower.paint(upper, part.from(), part.to());
      }
    }
    files.name(space, id, lower.content());
    lower.drop();
    upper.drop();
  }
}
