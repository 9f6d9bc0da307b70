package dev.cairn.protocol.suite;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Recognises in a file what is left of encrypted bytes that were to be destroyed. A database that
 * overwrites what it deletes may have copied it before, when it moved rows from page to page, and
 * such copies it does not know any more.
 *
 * <p>Remembered are words of 8 bytes, spread over the whole: what is found of random bytes by
 * chance is less than one in 2^40 bytes searched. Pieces shorter than the words stand apart can be
 * missed. Words of few different bytes, which ciphertext does not have and every file does, are
 * left out. Of more words than there is room for nothing can be said any more: then a search finds
 * at once. Not safe for use by several threads at once.
 */
public final class Traces {

  private static final int WORD_BYTES = Long.BYTES;
  private static final int APART_BYTES_MIN = 16;
  private static final int WORDS_OF_ONE_MAX = 256;
  private static final int WORDS_MAX = 4_096;
  private static final int DIFFERENT_BYTES_MIN = 5;
  private static final int LOW_BITS = 16;

  private final Set<Long> words = new HashSet<>();
  private final BitSet low = new BitSet(1 << LOW_BITS);
  private boolean overfull;

  /** Remembers enough of bytes that are about to be destroyed. */
  public void add(byte[] destroyed) {
    ByteBuffer bytes = ByteBuffer.wrap(destroyed);
    int apart = Math.max(APART_BYTES_MIN, destroyed.length / WORDS_OF_ONE_MAX);
    for (int at = 0; at + WORD_BYTES <= destroyed.length; at += apart) {
      long word = bytes.getLong(at);
      if (differentBytes(word) >= DIFFERENT_BYTES_MIN) {
        add(word);
      }
    }
  }

  private void add(long word) {
    if (words.size() < WORDS_MAX) {
      words.add(word);
      low.set(low(word));
    } else if (!words.contains(word)) {
      overfull = true;
    }
  }

  private static int differentBytes(long word) {
    BitSet seen = new BitSet(1 << Byte.SIZE);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      seen.set((int) (word >>> shift & 0xff));
    }
    return seen.cardinality();
  }

  /** Adds all that another remembers. */
  public void addAll(Traces others) {
    others.words.forEach(this::add);
    overfull = overfull || others.overfull;
  }

  /** Whether nothing is remembered. */
  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** Forgets everything. */
  public void clear() {
    words.clear();
    low.clear();
    overfull = false;
  }

  /** Begins to search a file. */
  public Search search() {
    return new Search();
  }

  private static int low(long word) {
    return (int) (word & ((1 << LOW_BITS) - 1));
  }

  /** A search from the beginning of a file to its end. */
  public final class Search {

    private long window;
    private int filled;

    private Search() {}

    /**
     * Goes on with the next bytes of the file; whether something was found in them, or too much was
     * to be remembered to tell.
     */
    public boolean finds(byte[] bytes, int length) {
      if (overfull) {
        return true;
      }
      for (int i = 0; i < length; i++) {
        window = window << Byte.SIZE | (bytes[i] & 0xff);
        filled = Math.min(filled + 1, WORD_BYTES);
        if (low.get(low(window)) && filled == WORD_BYTES && words.contains(window)) {
          return true;
        }
      }
      return false;
    }
  }
}
