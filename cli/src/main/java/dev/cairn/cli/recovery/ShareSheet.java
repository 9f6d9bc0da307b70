package dev.cairn.cli.recovery;

import dev.cairn.cli.codes.CodePage;
import dev.cairn.cli.codes.QrCode;
import dev.cairn.protocol.recovery.RecoveryShare;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is printed of one share and given to one person: what it is, then the share in two forms.
 */
final class ShareSheet {

  /** Begins the lines between what is for people and what is the share. */
  static final String RULE = "---";

  private static final String LONG_RULE = RULE.repeat(24) + "\n";
  private static final int LINE_CHARS = 40;
  private static final int SPACE_CHARS = 12;

  private ShareSheet() {}

  private static String title(RecoveryShare share, int count) {
    return "Recovery share " + share.index() + " of " + count;
  }

  private static List<String> explanation(RecoveryShare share, int count) {
    int threshold = share.threshold();
    return List.of(
        "Any "
            + threshold
            + " of the "
            + count
            + " shares give back the recovery secret of the space "
            + space(share)
            + ". Fewer say nothing of it: this one alone is of no use to anybody.",
        "Keep it on paper, apart from the others. Whoever brings "
            + threshold
            + " together can read the space's reports and replace its owner.",
        "To combine: photograph the codes, or type the first or the second form below into a"
            + " file, then: cairn recovery combine FILE FILE ... --out recovery.txt");
  }

  /** As a file to be read, and to be combined from. */
  static byte[] text(RecoveryShare share, int count) {
    StringBuilder sheet = new StringBuilder(title(share, count)).append("\n\n");
    explanation(share, count).forEach(line -> sheet.append(line).append("\n\n"));
    sheet.append(LONG_RULE).append(wrapped(share.print()));
    sheet.append(LONG_RULE).append(share.printWords()).append(LONG_RULE);
    return sheet.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** As a page to be printed, with its code. */
  static byte[] page(RecoveryShare share, int count) {
    String title = title(share, count);
    return CodePage.html(
        title,
        explanation(share, count),
        List.of(new CodePage.Named(code(share), title)),
        List.of(wrapped(share.print()), share.printWords()));
  }

  /** How the space is called where it has to be short. */
  static String space(RecoveryShare share) {
    return share.space().toString().substring(0, SPACE_CHARS);
  }

  /** Its code: paper is kept for years and folded, so a quarter of it may go. */
  static QrCode code(RecoveryShare share) {
    return QrCode.of(share.print(), QrCode.Correction.QUARTILE);
  }

  /** Base 32 in lines that fit a page; the hyphen at the end of a line is left out. */
  private static String wrapped(String printed) {
    int first = printed.indexOf('\n') + 1;
    StringBuilder text = new StringBuilder(printed.substring(0, first));
    String rest = printed.substring(first).trim();
    for (int at = 0; at < rest.length(); at += LINE_CHARS) {
      String line = rest.substring(at, Math.min(rest.length(), at + LINE_CHARS));
      text.append(line.endsWith("-") ? line.substring(0, line.length() - 1) : line).append('\n');
    }
    return text.toString();
  }
}
