package dev.cairn.cli.codes;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A QR code with the light border that readers need, as a grid of dark and light modules.
 *
 * <p>Immutable. Source: ISO/IEC 18004; the grid is ZXing's work.
 */
public final class QrCode {

  /** Light modules on each side. */
  private static final int BORDER = 4;

  private static final int WHITE = 0xffffff;
  private static final String BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";
  private static final String AS_BEFORE = "\u001b[0m";

  static {
    Pictures.prepare();
  }

  /** How much of a code may be lost, as on worn paper, without its text. */
  public enum Correction {
    /**
     * About 7 %: for what is read at once, off a screen or fresh paper: fewer modules help more.
     */
    LOW(ErrorCorrectionLevel.L),
    /** About 25 %: for paper that is kept for years. */
    QUARTILE(ErrorCorrectionLevel.Q);

    private final ErrorCorrectionLevel level;

    Correction(ErrorCorrectionLevel level) {
      this.level = level;
    }
  }

  private final BitMatrix modules;

  private QrCode(BitMatrix modules) {
    this.modules = modules;
  }

  /**
   * The smallest code that holds a text.
   *
   * @param text in ASCII
   * @throws IllegalArgumentException if no code is large enough
   */
  public static QrCode of(String text, Correction correction) {
    Map<EncodeHintType, Object> hints =
        Map.of(EncodeHintType.ERROR_CORRECTION, correction.level, EncodeHintType.MARGIN, BORDER);
    try {
      return new QrCode(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints));
    } catch (WriterException e) {
      throw new IllegalArgumentException("no QR code holds " + text.length() + " characters", e);
    }
  }

  /** Modules on each side, border included. */
  public int side() {
    return modules.getWidth();
  }

  /** The code's version, from 1 (21 modules without its border) to 40 (177). */
  public int version() {
    return (side() - 2 * BORDER - 17) / 4;
  }

  private boolean isDark(int x, int y) {
    return y < side() && modules.get(x, y);
  }

  /**
   * A PNG file.
   *
   * @param scale pixels on each side of a module
   */
  public byte[] png(int scale) {
    int pixels = side() * scale;
    BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < pixels; y++) {
      for (int x = 0; x < pixels; x++) {
        image.setRGB(x, y, isDark(x / scale, y / scale) ? 0 : WHITE);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", file)) {
        throw new IllegalStateException("this Java writes no PNG");
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return file.toByteArray();
  }

  /** The dark modules as the path of an SVG picture whose unit is a module. */
  String svgPath() {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < side(); y++) {
      for (int x = 0; x < side(); x++) {
        int end = x;
        while (end < side() && isDark(end, y)) {
          end++;
        }
        if (end > x) {
          path.append('M').append(x).append(' ').append(y);
          path.append('h').append(end - x).append("v1h-").append(end - x).append('z');
          x = end;
        }
      }
    }
    return path.toString();
  }

  /**
   * Lines for a terminal, two rows of modules in each.
   *
   * @param coloured whether the terminal may be told to show black on white. If not, light is what
   *     is drawn, which is right on a dark terminal only
   */
  public List<String> lines(boolean coloured) {
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < side(); y += 2) {
      StringBuilder line = new StringBuilder(coloured ? BLACK_ON_WHITE : "");
      for (int x = 0; x < side(); x++) {
        line.append(block(isDark(x, y) == coloured, isDark(x, y + 1) == coloured));
      }
      lines.add(line.append(coloured ? AS_BEFORE : "").toString());
    }
    return lines;
  }

  private static char block(boolean above, boolean below) {
    if (above) {
      return below ? '\u2588' : '\u2580';
    }
    return below ? '\u2584' : ' ';
  }
}
