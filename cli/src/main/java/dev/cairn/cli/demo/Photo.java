package dev.cairn.cli.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A small picture, drawn here: a dusk over the sea, as a PNG (RFC 2083). */
final class Photo {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;
  private static final int BYTES_PER_PIXEL = 3;
  private static final int HORIZON = 70;

  private Photo() {}

  /** The file's content. */
  static byte[] png() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(WIDTH).putInt(HEIGHT);
    header.put((byte) 8).put((byte) 2); // 8 bits a channel, red green blue
    file.writeBytes(chunk("IHDR", header.array()));
    file.writeBytes(chunk("IDAT", compressed(pixels())));
    file.writeBytes(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  private static byte[] pixels() {
    ByteBuffer rows = ByteBuffer.allocate(HEIGHT * (1 + WIDTH * BYTES_PER_PIXEL));
    for (int y = 0; y < HEIGHT; y++) {
      rows.put((byte) 0); // no filter
      for (int x = 0; x < WIDTH; x++) {
        int ripple = y < HORIZON ? 0 : (x * 7 + y * 13) % 23;
        rows.put((byte) (y < HORIZON ? 90 + y : 20 + ripple));
        rows.put((byte) (y < HORIZON ? 60 + y / 2 : 50 + ripple));
        rows.put((byte) (y < HORIZON ? 120 - y / 2 : 90 + ripple));
      }
    }
    return rows.array();
  }

  private static byte[] compressed(byte[] content) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[4096];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) check.getValue())
        .array();
  }
}
