package dev.cairn.client.ledger;

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

  /** What is held from an offset on. */
  byte[] served(String id, int from) {
    byte[] file = held(id);
    rangeStarts.add(from);
    return Arrays.copyOfRange(file, Math.min(from, file.length), file.length);
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
