package dev.cairn.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Byte strings sought in files of any size. */
final class Needles {

  private static final int HEAD_BYTES = Long.BYTES;

  private record Needle(String name, ByteBuffer bytes) {}

  private final Map<Long, List<Needle>> byHead = new HashMap<>();

  /** Seeks bytes, at least eight of them. */
  Needles bytes(String name, byte[] bytes) {
    ByteBuffer needle = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.BIG_ENDIAN);
    byHead
        .computeIfAbsent(needle.getLong(0), any -> new ArrayList<>())
        .add(new Needle(name, needle));
    return this;
  }

  /** Seeks a text in every form that a file or a heap may hold it in. */
  Needles text(String name, String text) {
    bytes(name, text.getBytes(StandardCharsets.UTF_8));
    bytes(name + " (UTF-16)", text.getBytes(StandardCharsets.UTF_16LE));
    return bytes(name + " (UTF-16)", text.getBytes(StandardCharsets.UTF_16BE));
  }

  /** The names of what a file holds. */
  Set<String> in(Path file) throws IOException {
    Set<String> found = new TreeSet<>();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      all.order(ByteOrder.BIG_ENDIAN);
      for (int at = 0; at + HEAD_BYTES <= all.limit(); at++) {
        List<Needle> candidates = byHead.get(all.getLong(at));
        if (candidates != null) {
          for (Needle needle : candidates) {
            int length = needle.bytes().limit();
            if (at + length <= all.limit() && all.slice(at, length).equals(needle.bytes())) {
              found.add(needle.name());
            }
          }
        }
      }
    }
    return found;
  }
}
