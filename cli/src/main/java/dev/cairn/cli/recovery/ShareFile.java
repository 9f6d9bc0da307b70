package dev.cairn.cli.recovery;

import dev.cairn.cli.codes.Pictures;
import dev.cairn.cli.console.SmallFile;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.recovery.RecoveryShare;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a file that was given holds of shares: a sheet as it was written, one of its forms typed
 * again, several of them, or a picture of codes.
 *
 * @param file the file
 * @param shares the shares in it
 * @param unreadable what is wrong with what should be a share and is none
 */
record ShareFile(Path file, Set<RecoveryShare> shares, List<String> unreadable) {

  private static final String FIRST_LINE = "CAIRN-RECOVERY-(SHARE|WORDS)-.*";

  static ShareFile read(Path file) throws IOException {
    return of(file, SmallFile.readPicture(file));
  }

  static ShareFile of(Path file, byte[] content) {
    ShareFile found = new ShareFile(file, new LinkedHashSet<>(), new ArrayList<>());
    if (Pictures.isPicture(content)) {
      Pictures.codes(content).forEach(found::add);
      if (found.isEmpty()) {
        found.unreadable.add("no code can be found in this picture");
      }
    } else {
      forms(new String(content, StandardCharsets.UTF_8)).forEach(found::add);
      if (found.isEmpty()) {
        found.unreadable.add("there is no recovery share in this file");
      }
    }
    return found;
  }

  /** Whether there is something that says it is a share, good or not. */
  static boolean hasForm(byte[] content) {
    return !forms(new String(content, StandardCharsets.UTF_8)).isEmpty();
  }

  private boolean isEmpty() {
    return shares.isEmpty() && unreadable.isEmpty();
  }

  private void add(String form) {
    try {
      shares.add(RecoveryShare.parse(form));
    } catch (CairnException e) {
      unreadable.add(String.valueOf(e.getMessage()));
    }
  }

  /** From a first line to the next, or to a rule. */
  private static List<String> forms(String text) {
    List<StringBuilder> forms = new ArrayList<>();
    boolean inForm = false;
    for (String line : text.split("\\R", -1)) {
      String plain = line.replace("\uFEFF", "").trim();
      if (plain.toUpperCase(Locale.ROOT).matches(FIRST_LINE)) {
        forms.add(new StringBuilder());
        inForm = true;
      } else if (plain.startsWith(ShareSheet.RULE)) {
        inForm = false;
      }
      if (inForm) {
        forms.get(forms.size() - 1).append(plain).append('\n');
      }
    }
    return forms.stream().map(StringBuilder::toString).toList();
  }
}
