package dev.cairn.cli.console;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A text that somebody has to give and others will read: one of blanks only is a slip. */
public final class Said implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    if (text.codePoints().allMatch(Said::isBlank)) {
      throw new TypeConversionException("it says nothing");
    }
    return text;
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.getType(codePoint) == Character.FORMAT;
  }
}
