package dev.cairn.client.ledger;

import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/** Attachments of a {@link HonestLedger}: bytes from the first on, and pieces that wait. */
final class LedgerFiles {

  private final Map<String, ByteArrayOutputStream> held = new HashMap<>();
  private final Map<String, TreeMap<Long, byte[]>> waiting = new HashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();
  private final List<Integer> rangeStarts = new ArrayList<>();
  private long uploadedBytes;

  byte[] held(String id) {
    ByteArrayOutputStream file = held.get(id);
    return file == null ? new byte[0] : file.toByteArray();
  }

  /** Takes bytes that follow what is held; false if they would leave a hole. */
  boolean append(String id, long offset, byte[] bytes) {
    ByteArrayOutputStream file = held.computeIfAbsent(id, any -> new ByteArrayOutputStream());
    if (offset > file.size()) {
      return false;
    }
    int skipped = (int) Math.min(bytes.length, file.size() - offset);
    file.write(bytes, skipped, bytes.length - skipped);
    return true;
  }

  /** Takes the next bytes of an upload; false if they are not the next. */
  boolean upload(String id, long offset, byte[] bytes) {
    if (offset != held(id).length) {
      return false;
    }
    uploadedBytes += bytes.length;
    return append(id, offset, bytes);
  }

  /**
   * Begins an upload of so many bytes, or looks again at what arrived: what is not it is dropped.
   */
  void create(String id, int sizeBytes) {
    sizes.put(id, sizeBytes);
    if (held(id).length == sizeBytes && !Sha256.of(held(id)).toString().equals(id)) {
      held.remove(id);
    }
  }

  /** Whether all of it is held. */
  boolean isWhole(String id) {
    int length = held(id).length;
    return length > 0 && length == sizes.getOrDefault(id, length);
  }

  /** A range as a header asks for it. */
  byte[] served(String id, String range) {
    byte[] file = held(id);
    String[] ends = range.substring("bytes=".length()).split("-", 2);
    int from = Integer.parseInt(ends[0]);
    if (ends[1].isEmpty()) {
      rangeStarts.add(from);
    }
    int to = ends[1].isEmpty() ? file.length : Integer.parseInt(ends[1]) + 1;
    return Arrays.copyOfRange(file, Math.min(from, file.length), Math.min(to, file.length));
  }

  void forget(String id) {
    held.remove(id);
  }

  void alter(String id, int from, int to) {
    byte[] file = held(id);
    for (int i = from; i < to; i++) {
      file[i]++;
    }
    held.remove(id);
    append(id, 0, file);
  }

  long uploadedBytes() {
    return uploadedBytes;
  }

  List<Integer> rangeStarts() {
    return rangeStarts;
  }

  /** Takes a piece in whatever order. */
  void piece(String id, long offset, byte[] bytes) {
    TreeMap<Long, byte[]> pieces = waiting.computeIfAbsent(id, any -> new TreeMap<>());
    pieces.put(offset, bytes);
    for (Entry<Long, byte[]> piece : pieces.entrySet()) {
      append(id, piece.getKey(), piece.getValue());
    }
  }
}
