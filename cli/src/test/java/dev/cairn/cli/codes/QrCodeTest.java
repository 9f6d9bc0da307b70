package dev.cairn.cli.codes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.codes.QrCode.Correction;
import dev.cairn.protocol.invitation.InvitationPart;
import dev.cairn.protocol.limits.Limits;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

final class QrCodeTest {

  private static final String SHARE = "CAIRN-RECOVERY-SHARE-1\nGW0N-G84X\n";

  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static String longestPart() {
    byte[] most = new byte[Limits.INVITATION_PARTS_MAX * Limits.INVITATION_PART_SIZE_BYTES_MAX];
    new Random(1).nextBytes(most);
    return InvitationPart.cut(most).get(Limits.INVITATION_PARTS_MAX - 1).text();
  }

  @Test
  void png_isReadAsItsText() {
    assertThat(Pictures.codes(QrCode.of(SHARE, Correction.QUARTILE).png(4))).containsExactly(SHARE);
  }

  @Test
  void code_ofTheLongestPart_isOfVersionSeventeen() {
    QrCode code = QrCode.of(longestPart(), Correction.LOW);
    assertThat(code.version()).isEqualTo(17);
    assertThat(code.side()).isEqualTo(85 + 8);
  }

  /** As a terminal shows the lines: a character is one module wide and two high. */
  private static byte[] screen(QrCode code, boolean coloured) throws IOException {
    List<String> lines = code.lines(coloured);
    int scale = 6;
    int width = code.side() * scale;
    BufferedImage image =
        new BufferedImage(width, lines.size() * 2 * scale, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < lines.size(); row++) {
      String line = lines.get(row).replaceAll("\u001b\\[[0-9;]*m", "");
      for (int x = 0; x < line.length(); x++) {
        boolean above = "\u2588\u2580".indexOf(line.charAt(x)) >= 0;
        boolean below = "\u2588\u2584".indexOf(line.charAt(x)) >= 0;
        fill(image, x * scale, 2 * row * scale, scale, above == coloured);
        fill(image, x * scale, (2 * row + 1) * scale, scale, below == coloured);
      }
    }
    return file(image, "png");
  }

  private static void fill(BufferedImage image, int left, int top, int size, boolean dark) {
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        image.setRGB(left + x, top + y, dark ? 0 : 0xffffff);
      }
    }
  }

  @Test
  void lines_blackOnWhite_areReadAsTheText() throws IOException {
    assertThat(Pictures.codes(screen(QrCode.of(SHARE, Correction.LOW), true)))
        .containsExactly(SHARE);
  }

  @Test
  void lines_onADarkTerminalWithoutColours_areReadAsTheText() throws IOException {
    assertThat(Pictures.codes(screen(QrCode.of(SHARE, Correction.LOW), false)))
        .containsExactly(SHARE);
  }

  /** As a light terminal shows what is drawn for a dark one. */
  @Test
  void picture_withLightAndDarkExchanged_isReadAsTheText() throws IOException {
    byte[] png = QrCode.of(SHARE, Correction.LOW).png(6);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    BufferedImage exchanged =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        exchanged.setRGB(x, y, ~image.getRGB(x, y));
      }
    }
    assertThat(Pictures.codes(file(exchanged, "png"))).containsExactly(SHARE);
  }

  @Test
  void lines_withoutColours_steerNoTerminal() {
    assertThat(QrCode.of(SHARE, Correction.LOW).lines(false))
        .allMatch(line -> line.indexOf('\u001b') < 0);
  }

  @Test
  void lines_withColours_endAsTheTerminalWas() {
    assertThat(QrCode.of(SHARE, Correction.LOW).lines(true))
        .allMatch(line -> line.endsWith("\u001b[0m"));
  }

  /** Turned a little, as a hand holds a phone, on a grey table, in a JPEG. */
  @Test
  void photograph_ofTheLongestPart_isRead() throws IOException {
    String text = longestPart();
    BufferedImage code =
        ImageIO.read(new ByteArrayInputStream(QrCode.of(text, Correction.LOW).png(8)));
    BufferedImage photo = new BufferedImage(1400, 1300, BufferedImage.TYPE_INT_RGB);
    Graphics2D table = photo.createGraphics();
    table.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    table.setColor(java.awt.Color.GRAY);
    table.fillRect(0, 0, 1400, 1300);
    table.rotate(Math.toRadians(7), 700, 650);
    table.drawImage(code, 250, 200, 880, 900, null);
    table.dispose();
    assertThat(Pictures.codes(file(photo, "jpg"))).containsExactly(text);
  }

  @Test
  void picture_ofTwoCodes_givesBoth() throws IOException {
    BufferedImage both = new BufferedImage(900, 450, BufferedImage.TYPE_INT_RGB);
    Graphics2D page = both.createGraphics();
    page.setColor(java.awt.Color.WHITE);
    page.fillRect(0, 0, 900, 450);
    int left = 20;
    for (String text : List.of("ONE", "TWO")) {
      byte[] png = QrCode.of(text, Correction.QUARTILE).png(10);
      page.drawImage(ImageIO.read(new ByteArrayInputStream(png)), left, 50, null);
      left += 450;
    }
    page.dispose();
    assertThat(Pictures.codes(file(both, "png"))).containsExactlyInAnyOrder("ONE", "TWO");
  }

  @Test
  void picture_damagedOrWithoutACode_givesNothing() throws IOException {
    byte[] png = QrCode.of(SHARE, Correction.LOW).png(4);
    byte[] empty = file(new BufferedImage(90, 90, BufferedImage.TYPE_INT_RGB), "png");
    assertThat(Pictures.codes(Arrays.copyOf(png, 60))).isEmpty();
    assertThat(Pictures.codes(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff})).isEmpty();
    assertThat(Pictures.codes(empty)).isEmpty();
  }

  /** A few bytes may say that they are a picture of gigabytes. */
  @Test
  void picture_thatSaysItIsEnormous_isNotUnpacked() {
    byte[] png = QrCode.of(SHARE, Correction.LOW).png(4);
    for (int at = 16; at < 24; at++) {
      png[at] = (byte) (at % 4 == 0 ? 0x7f : 0xff);
    }
    assertThat(Pictures.codes(png)).isEmpty();
  }

  /** White, with a code in its corner. */
  private static BufferedImage page(int width, int height, int type) throws IOException {
    BufferedImage page = new BufferedImage(width, height, type);
    Graphics2D paper = page.createGraphics();
    paper.setColor(java.awt.Color.WHITE);
    paper.fillRect(0, 0, width, height);
    byte[] png = code().png(24);
    paper.drawImage(ImageIO.read(new ByteArrayInputStream(png)), 50, 50, null);
    paper.dispose();
    return page;
  }

  @Test
  void png_ofAsManyPixelsAsMayBe_isRead_andOfARowMoreNot() throws IOException {
    int width = 10_000;
    int height = Pictures.PNG_PIXELS_MAX / width;
    int type = BufferedImage.TYPE_BYTE_BINARY;
    assertThat(Pictures.codes(file(page(width, height, type), "png"))).containsExactly("ONE");
    assertThat(Pictures.codes(file(page(width, height + 1, type), "png"))).isEmpty();
  }

  private static byte[] progressiveJpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(to);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Such a one is held whole while it is read. */
  @Test
  void progressiveJpeg_ofAsManyPixelsAsMayBe_isRead_andOfARowMoreNot() throws IOException {
    int width = 8_000;
    int height = Pictures.JPEG_PIXELS_MAX / width;
    int type = BufferedImage.TYPE_BYTE_GRAY;
    assertThat(Pictures.codes(progressiveJpeg(page(width, height, type)))).containsExactly("ONE");
    assertThat(Pictures.codes(progressiveJpeg(page(width, height + 1, type)))).isEmpty();
  }

  @Test
  void text_isNoPicture() {
    assertThat(Pictures.isPicture(SHARE.getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(Pictures.isPicture(QrCode.of(SHARE, Correction.LOW).png(1))).isTrue();
  }

  @Test
  void page_saysNothingThatABrowserTakesForItsOwn() {
    String page =
        new String(
            CodePage.html(
                "<b>", List.of("a & b"), List.of(new CodePage.Named(code(), "1 / 1")), List.of()),
            StandardCharsets.UTF_8);
    assertThat(page)
        .contains("&lt;b&gt;", "a &amp; b", code().svgPath())
        .doesNotContain("<b>", "http", "<script", "url(");
  }

  private static QrCode code() {
    return QrCode.of("ONE", Correction.LOW);
  }
}
