package dev.cairn.cli.codes;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page to be printed, of codes with a word under each. It is one HTML file that fetches nothing
 * and runs nothing: a browser prints it sharp at any size, and no program of ours needs fonts.
 */
public final class CodePage {

  private static final String STYLE =
      "@page{size:A4;margin:10mm}"
          + "body{font:11pt/1.4 sans-serif;color:#000;background:#fff;margin:0 auto;max-width:190mm}"
          + "h1{font-size:14pt;margin:0 0 2mm}p{margin:0 0 2mm}"
          + ".codes{display:grid;grid-template-columns:repeat(4,1fr);gap:1mm}"
          + "figure{margin:0;text-align:center;break-inside:avoid}"
          + "svg{width:100%;display:block}figcaption{font-size:9pt;line-height:1}"
          + "pre{font:12pt/1.5 monospace;margin:4mm 0}";

  private CodePage() {}

  /**
   * A code and what it is called.
   *
   * @param code the code
   * @param name stands under it
   */
  public record Named(QrCode code, String name) {}

  /**
   * The file.
   *
   * @param lines what is said above the codes
   * @param forms what stands below them letter by letter, to be typed
   */
  public static byte[] html(
      String title, List<String> lines, List<Named> codes, List<String> forms) {
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>");
    page.append("<meta charset=\"utf-8\"><title>").append(plain(title)).append("</title>");
    page.append("<style>").append(STYLE).append("</style></head>\n<body><h1>");
    page.append(plain(title)).append("</h1>\n");
    lines.forEach(line -> page.append("<p>").append(plain(line)).append("</p>\n"));
    page.append("<div class=\"codes\">\n");
    codes.forEach(each -> figure(page, each));
    page.append("</div>\n");
    forms.forEach(form -> page.append("<pre>").append(plain(form)).append("</pre>\n"));
    return page.append("</body></html>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void figure(StringBuilder page, Named each) {
    int side = each.code().side();
    page.append("<figure><svg viewBox=\"0 0 ").append(side).append(' ').append(side);
    page.append("\" shape-rendering=\"crispEdges\"><path d=\"").append(each.code().svgPath());
    page.append("\"/></svg><figcaption>").append(plain(each.name()));
    page.append("</figcaption></figure>\n");
  }

  private static String plain(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
