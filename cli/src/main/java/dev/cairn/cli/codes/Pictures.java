package dev.cairn.cli.codes;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Finds QR codes in pictures that a camera or this program made: PNG and JPEG. */
public final class Pictures {

  /** A picture of more pixels is read coarsely: it would take gigabytes otherwise. */
  private static final int PIXELS_MAX = 16_000_000;

  private static final int SIDE_MAX = 30_000;

  /** Of a PNG, which is read row by row. */
  static final int PNG_PIXELS_MAX = 60_000_000;

  /** Of a JPEG, which may be held whole while it is read: some eight bytes for each pixel. */
  static final int JPEG_PIXELS_MAX = 40_000_000;

  private static final int STEPS = 4;
  private static final int GREY = 0x010101;
  private static final int[] PNG = {0x89, 'P', 'N', 'G'};
  private static final int[] JPEG = {0xff, 0xd8, 0xff};
  private static final Map<DecodeHintType, Object> HINTS = Map.of(DecodeHintType.TRY_HARDER, true);

  static {
    prepare();
  }

  private Pictures() {}

  /** No window is ever opened, and no picture, which may be a secret, laid in a temporary file. */
  static void prepare() {
    System.setProperty("java.awt.headless", "true");
    ImageIO.setUseCache(false);
  }

  /** Whether a file begins as a picture does. */
  public static boolean isPicture(byte[] file) {
    return begins(file, PNG) || begins(file, JPEG);
  }

  private static boolean begins(byte[] file, int[] magic) {
    for (int i = 0; i < magic.length; i++) {
      if (file.length <= i || (file[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The texts of all codes found, each once.
   *
   * @return nothing if it is no picture that can be read, is too large, or no code is found in it
   */
  public static List<String> codes(byte[] file) {
    BufferedImage image;
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return List.of();
      }
      long most = begins(file, PNG) ? PNG_PIXELS_MAX : JPEG_PIXELS_MAX;
      image = image(readers.next(), in, most);
    } catch (IOException | RuntimeException damaged) { // readers throw what they like
      return List.of();
    }
    return codes(image);
  }

  private static BufferedImage image(ImageReader reader, ImageInputStream in, long pixelsMax)
      throws IOException {
    try {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      // By what its header says, before anything of it is unpacked.
      if (width > SIDE_MAX || height > SIDE_MAX || (long) width * height > pixelsMax) {
        throw new IOException("picture of " + width + " by " + height);
      }
      int step = (int) Math.ceil(Math.sqrt((double) width * height / PIXELS_MAX));
      ImageReadParam coarsely = reader.getDefaultReadParam();
      coarsely.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
      return reader.read(0, coarsely);
    } finally {
      reader.dispose();
    }
  }

  /**
   * Looks at the picture at several sizes, as blur and noise go away in one and modules in another;
   * then with light and dark exchanged, as a terminal may have shown it.
   */
  private static List<String> codes(BufferedImage image) {
    Set<String> texts = new LinkedHashSet<>();
    for (boolean inverted : new boolean[] {false, true}) {
      for (int step = 1; step <= STEPS && (texts.isEmpty() || !inverted); step++) {
        LuminanceSource source = source(image, step);
        boolean more = texts.addAll(codes(inverted ? source.invert() : source));
        if (!more && !texts.isEmpty()) {
          break; // What is found at one size and no more of it at the next is all there is.
        }
      }
    }
    return new ArrayList<>(texts);
  }

  /** The picture made smaller: each pixel the mean of a square of them. */
  private static LuminanceSource source(BufferedImage image, int step) {
    int width = Math.max(1, image.getWidth() / step);
    int height = Math.max(1, image.getHeight() / step);
    int[] row = new int[image.getWidth()];
    int[] sums = new int[width];
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      for (int line = 0; line < step && y * step + line < image.getHeight(); line++) {
        image.getRGB(0, y * step + line, row.length, 1, row, 0, row.length);
        for (int x = 0; x < Math.min(row.length, width * step); x++) {
          sums[x / step] += light(row[x]);
        }
      }
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = sums[x] / (step * step) * GREY;
      }
    }
    return new RGBLuminanceSource(width, height, pixels);
  }

  /** How light a pixel is, 0 to 255; what is transparent lies on white paper. */
  private static int light(int pixel) {
    if (pixel >>> 24 < 128) {
      return 255;
    }
    return ((pixel >> 16 & 255) + 2 * (pixel >> 8 & 255) + (pixel & 255)) / 4;
  }

  private static Set<String> codes(LuminanceSource source) {
    Set<String> texts = new LinkedHashSet<>();
    BinaryBitmap locally = new BinaryBitmap(new HybridBinarizer(source));
    texts.addAll(several(locally));
    if (texts.isEmpty()) {
      texts.addAll(one(locally));
    }
    if (texts.isEmpty()) {
      texts.addAll(one(new BinaryBitmap(new GlobalHistogramBinarizer(source))));
    }
    return texts;
  }

  private static List<String> several(BinaryBitmap bitmap) {
    List<String> texts = new ArrayList<>();
    try {
      for (Result result : new QRCodeMultiReader().decodeMultiple(bitmap, HINTS)) {
        texts.add(result.getText());
      }
    } catch (NotFoundException none) {
      return List.of();
    }
    return texts;
  }

  private static List<String> one(BinaryBitmap bitmap) {
    try {
      return List.of(new QRCodeReader().decode(bitmap, HINTS).getText());
    } catch (ReaderException none) {
      return List.of();
    }
  }
}
