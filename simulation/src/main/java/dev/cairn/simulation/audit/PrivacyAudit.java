package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.RecordId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * P2: no word of a report, no name, no record's id in anything a server receives or stores; and
 * nothing in a bundle, or between two devices that meet, that tells whose it is.
 */
final class PrivacyAudit {

  private static final int KEPT_BYTES_MAX = 1 << 21;
  private static final int RECORDS_MAX = 6;
  private static final int GROUP = 3;
  private static final int LETTER_BITS = 6;

  private final Findings findings;
  private final List<String> words = new ArrayList<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  PrivacyAudit(Findings findings, String word) {
    this.findings = findings;
    words.add(word);
    // Without the last zero, so that either order of bytes is found.
    String wide = new String(word.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
    words.add(wide.substring(0, wide.length() - 1));
    words.add(HexFormat.of().formatHex(word.getBytes(StandardCharsets.US_ASCII)));
    for (int before = 0; before < GROUP; before++) {
      words.add(base64(word, before));
    }
  }

  /** The word in base 64 with so many letters before it: what does not depend on its neighbours. */
  private static String base64(String word, int before) {
    String text = "?".repeat(before) + word;
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes(text));
    int end = text.length() * Byte.SIZE / LETTER_BITS;
    return encoded.substring(before == 0 ? 0 : before + 1, end);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Looks through what a server got, or has. */
  void heard(byte[] bytes, String where) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String word : words) {
      if (text.contains(word)) {
        findings.add("P2", "privacy.word", "a word of a report is in " + where);
        return;
      }
    }
  }

  /** Looks through what reached a server, and keeps some of it. */
  void heard(byte[] bytes) {
    heard(bytes, "what a server heard");
    if (kept.size() < KEPT_BYTES_MAX) {
      kept.writeBytes(bytes);
    }
  }

  /** Looks through a bundle for ids that must not be seen in it. */
  void carried(byte[] bundle, Collection<byte[]> ids) {
    heard(bundle, "a bundle");
    if (names(bundle, ids)) {
      findings.add("P2", "privacy.bundle", "a bundle names a device");
    }
  }

  /** The same in what two devices that meet say to each other. */
  void overheard(byte[] bytes, Collection<byte[]> ids) {
    heard(bytes, "what two devices say to each other");
    if (names(bytes, ids)) {
      findings.add("P2", "privacy.meeting", "two devices that meet name a device");
    }
  }

  private static boolean names(byte[] bytes, Collection<byte[]> ids) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return ids.stream().anyMatch(id -> text.contains(new String(id, StandardCharsets.ISO_8859_1)));
  }

  /** Looks for ids of records in what a server heard and stores. */
  void records(List<RecordId> records, byte[] stored) {
    String heard = kept.toString(StandardCharsets.ISO_8859_1);
    String store = new String(stored, StandardCharsets.ISO_8859_1);
    int step = Math.max(1, records.size() / RECORDS_MAX);
    for (int i = 0; i < records.size(); i += step) {
      String id = new String(records.get(i).bytes(), StandardCharsets.ISO_8859_1);
      if (heard.contains(id) || store.contains(id)) {
        findings.add("P2", "privacy.record", "a server knows the id of a record");
      }
    }
  }
}
