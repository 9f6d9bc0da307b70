package dev.cairn.protocol.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * A C2SP signed note (c2sp.org/signed-note): a text, an empty line, and signature lines. Nothing is
 * verified here.
 *
 * <p>Narrower than that page: no character outside ASCII but the dash that begins a signature line,
 * no two signatures by one key, and {@link Limits#NOTE_SIGNATURES_MAX} at most, so that a note that
 * was read and written again is the same bytes.
 *
 * @param text with its last line break, which is signed too
 */
record SignedNote(String text, List<NoteSignature> signatures) {

  SignedNote {
    signatures = List.copyOf(signatures);
  }

  static SignedNote parse(byte[] note) throws MalformedException {
    if (note.length > Limits.NOTE_SIZE_BYTES_MAX) {
      throw new MalformedException("signed note: too long");
    }
    String whole = decode(note);
    int gap = whole.lastIndexOf("\n\n");
    if (gap < 0 || gap + 2 == whole.length() || !whole.endsWith("\n")) {
      throw new MalformedException("signed note: no signatures after an empty line");
    }
    return new SignedNote(whole.substring(0, gap + 1), signatures(whole.substring(gap + 2)));
  }

  private static List<NoteSignature> signatures(String lines) throws MalformedException {
    List<NoteSignature> signatures = new ArrayList<>();
    int start = 0;
    while (start < lines.length()) {
      int end = lines.indexOf('\n', start);
      NoteSignature next = NoteSignature.parse(lines.substring(start, end));
      for (NoteSignature earlier : signatures) {
        if (earlier.isBy(next.name(), next.keyId())) {
          throw new MalformedException("signed note: two signatures by one key");
        }
      }
      signatures.add(next);
      if (signatures.size() > Limits.NOTE_SIGNATURES_MAX) {
        throw new MalformedException("signed note: too many signatures");
      }
      start = end + 1;
    }
    return signatures;
  }

  /** Line breaks, printable ASCII and em dashes; anything else is refused. */
  private static String decode(byte[] note) throws MalformedException {
    int at = 0;
    while (at < note.length) {
      boolean dash =
          at + 2 < note.length
              && note[at] == (byte) 0xe2
              && note[at + 1] == (byte) 0x80
              && note[at + 2] == (byte) 0x94;
      if (dash) {
        at += 3;
      } else if (note[at] == '\n' || (note[at] >= ' ' && note[at] <= '~')) {
        at++;
      } else {
        throw new MalformedException("signed note: character out of place", at);
      }
    }
    return new String(note, UTF_8);
  }

  byte[] encode() {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (NoteSignature signature : signatures) {
      note.append(signature.line()).append('\n');
    }
    return note.toString().getBytes(UTF_8);
  }
}
