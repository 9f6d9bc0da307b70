package dev.cairn.cli.console;

import dev.cairn.protocol.suite.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The passphrase of a store: from a file, from the file that {@code CAIRN_PASSPHRASE_FILE} names,
 * or asked for on a terminal. Never as an argument, which every process on the machine could read.
 */
public final class PassphraseOption {

  private static final int SIZE_BYTES_MAX = 4096;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "The file that holds the passphrase (one final newline is ignored).")
  private @Nullable Path file;

  /**
   * The passphrase.
   *
   * @param twice whether a person at the terminal is asked twice, for a new store
   */
  public Secret read(boolean twice) {
    Path from = file;
    String environment = System.getenv("CAIRN_PASSPHRASE_FILE");
    if (from == null && environment != null && !environment.isEmpty()) {
      from = Path.of(environment);
    }
    if (from != null) {
      return fromFile(from);
    }
    // From Java 22 on a console is there even without a terminal; it then reads the end of input,
    // which is refused below like a missing passphrase.
    @SuppressWarnings("SystemConsoleNull")
    Optional<Console> terminal = Optional.ofNullable(System.console());
    if (terminal.isEmpty()) {
      throw new UsageException(
          "passphrase.missing",
          "a passphrase is needed: give --passphrase-file FILE or set CAIRN_PASSPHRASE_FILE",
          "--passphrase-file");
    }
    return fromTerminal(terminal.get(), twice);
  }

  private static Secret fromFile(Path file) {
    byte[] content;
    try {
      if (Files.size(file) > SIZE_BYTES_MAX) {
        throw new UsageException(
            "passphrase.too-long", "the passphrase file is too large", "--passphrase-file");
      }
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UsageException(
          "passphrase.unreadable", "the passphrase file cannot be read", "--passphrase-file");
    }
    int length = content.length;
    if (length > 0 && content[length - 1] == '\n') {
      length--;
      if (length > 0 && content[length - 1] == '\r') {
        length--;
      }
    }
    byte[] passphrase = Arrays.copyOf(content, length);
    Arrays.fill(content, (byte) 0);
    return checked(passphrase);
  }

  private static Secret fromTerminal(Console console, boolean twice) {
    char[] first = console.readPassword("Passphrase: ");
    if (first == null) {
      throw new UsageException("passphrase.missing", "no passphrase was typed", "");
    }
    if (twice) {
      char[] second = console.readPassword("The same again: ");
      boolean same = second != null && Arrays.equals(first, second);
      if (second != null) {
        Arrays.fill(second, '\0');
      }
      if (!same) {
        throw new UsageException("passphrase.differs", "the two passphrases differ", "");
      }
    }
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(first));
    Arrays.fill(first, '\0');
    byte[] passphrase = new byte[encoded.remaining()];
    encoded.get(passphrase);
    return checked(passphrase);
  }

  private static Secret checked(byte[] passphrase) {
    if (passphrase.length == 0) {
      throw new UsageException("passphrase.empty", "the passphrase is empty", "--passphrase-file");
    }
    return Secret.take(passphrase);
  }
}
