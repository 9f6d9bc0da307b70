package dev.cairn.cli.store;

import dev.cairn.client.space.Archive;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --archive}: what somebody new may read of what was written before. */
public final class ArchiveOption {

  private static final String ALL = "all";
  private static final String FROM_TODAY = "from-today";

  @Option(
      names = "--archive",
      paramLabel = "all|from-today",
      defaultValue = ALL,
      converter = Reading.class,
      description = {
        "all (unless said): also what was written before, as far as this desk reads it itself;",
        "from-today: only what is sealed to the newest keys."
      })
  private Archive archive = Archive.ALL;

  /** Reads the choice. */
  static final class Reading implements ITypeConverter<Archive> {
    @Override
    public Archive convert(String text) {
      if (!List.of(ALL, FROM_TODAY).contains(text)) {
        throw new TypeConversionException("one of " + ALL + ", " + FROM_TODAY);
      }
      return text.equals(ALL) ? Archive.ALL : Archive.FROM_TODAY;
    }
  }

  /** What was chosen. */
  public Archive chosen() {
    return archive;
  }

  /** The same for a person. */
  public String words() {
    return archive == Archive.ALL ? "with what was written before" : "from today";
  }

  /** As it is typed. */
  public String word() {
    return archive == Archive.ALL ? ALL : FROM_TODAY;
  }
}
