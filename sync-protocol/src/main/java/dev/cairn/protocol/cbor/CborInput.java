package dev.cairn.protocol.cbor;

import dev.cairn.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes a reader has before it, and the heads among them (RFC 8949 section 3), believed only in
 * their shortest form and only as far as bytes are really there.
 */
final class CborInput {

  private final byte[] buffer;
  private final int start;
  private final int end;
  private int at;

  CborInput(byte[] buffer, int start, int end) {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    this.at = start;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Where the next byte is, in the buffer. */
  int at() {
    return at;
  }

  /** Bytes read so far. */
  int position() {
    return at - start;
  }

  int remaining() {
    return end - at;
  }

  int major() throws MalformedException {
    if (at == end) {
      throw malformed("input ends", at);
    }
    return majorOf(buffer[at]);
  }

  /** The whole first byte of the next item; {@link #major} has seen that it is there. */
  int initialByte() {
    return buffer[at] & 0xff;
  }

  static int majorOf(int initialByte) {
    return (initialByte & 0xff) >> 5;
  }

  /** Reads the number that follows a major type: up to 63 bits, in the shortest form only. */
  long argument() throws MalformedException {
    int from = at;
    int info = buffer[at++] & 0x1f;
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw malformed(info == 31 ? "indefinite length" : "reserved head", from);
    }
    int width = 1 << (info - 24);
    if (width > end - at) {
      throw malformed("input ends", end);
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (buffer[at++] & 0xff);
    }
    if (value < 0) {
      throw malformed("number beyond 63 bits", from);
    }
    if (value < 24 || (width > 1 && value >>> (4 * width) == 0)) {
      throw malformed("number not in its shortest form", from);
    }
    return value;
  }

  int length(int from, String name, int sizeBytesMax) throws MalformedException {
    long length = argument();
    if (length > end - at) {
      throw malformed(name + " longer than the input", from);
    }
    if (length > sizeBytesMax) {
      throw malformed(name + " longer than " + sizeBytesMax, from);
    }
    return (int) length;
  }

  void skip(int length) {
    at += length;
  }

  byte[] take(int length) {
    at += length;
    return Arrays.copyOfRange(buffer, at - length, at);
  }

  String takeText(int length) throws MalformedException {
    skipText(length);
    return new String(buffer, at - length, length, StandardCharsets.UTF_8);
  }

  void skipText(int length) throws MalformedException {
    int fault = Utf8.firstFault(buffer, at, at + length);
    if (fault != Utf8.VALID) {
      throw malformed("invalid UTF-8", fault);
    }
    at += length;
  }

  MalformedException malformed(String what, int where) {
    return new MalformedException(what, where - start);
  }
}
