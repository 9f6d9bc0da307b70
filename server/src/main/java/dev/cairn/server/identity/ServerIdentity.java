package dev.cairn.server.identity;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.directory.ServerDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server's keys, each in a file of its own that only its user may read; made at the first
 * start. None of them can open a report. Safe for many threads.
 */
public final class ServerIdentity {

  private static final int SEED_BYTES = 32;
  private static final int LOG_NAME_BYTES = 8;

  private final ServerDirectory directory;
  private final Randomness randomness;
  private final TlsIdentity tls;
  private final MacKey macKey;
  private final EncryptionKey bundleKey;
  private final Map<LogOrigin, SigningKey> logKeys = new ConcurrentHashMap<>();

  private ServerIdentity(
      ServerDirectory directory, Randomness randomness, TlsIdentity tls, EncryptionKey bundleKey)
      throws IOException {
    this.directory = directory;
    this.randomness = randomness;
    this.tls = tls;
    this.bundleKey = bundleKey;
    this.macKey = new MacKey(seed(directory.key("mac.key"), randomness));
  }

  /**
   * Reads the keys, or makes those that are missing.
   *
   * @param host name or address that devices reach the server under
   */
  public static ServerIdentity open(ServerDirectory directory, String host, SecureRandom random)
      throws IOException {
    Randomness randomness = Randomness.of(random);
    Secret bundleSeed = seed(directory.key("bundle.seed"), randomness);
    return new ServerIdentity(
        directory,
        randomness,
        TlsIdentity.open(directory, host, random),
        EncryptionKey.of(bundleSeed));
  }

  /** What the server proves itself with in TLS. */
  public TlsIdentity tls() {
    return tls;
  }

  /** The key of nonces and upload addresses. */
  public MacKey macKey() {
    return macKey;
  }

  /** What bundles are sealed to. */
  public EncryptionKey bundleKey() {
    return bundleKey;
  }

  /**
   * Makes a log with a key of its own. One log is never used for two spaces: two checkpoints under
   * one origin that do not fit together are proof of a lying server.
   */
  public LogOrigin newLog(String host) throws IOException {
    String name = Hex.encode(randomness.bytes(LOG_NAME_BYTES));
    LogOrigin origin = origin(host, name);
    logKeys.put(origin, SigningKey.of(seed(keyFile(origin), randomness)));
    return origin;
  }

  private static LogOrigin origin(String host, String name) {
    String plain = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    try {
      return LogOrigin.parse(plain + "/" + name);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("host does not give a log name: " + host, e);
    }
  }

  /**
   * The key a log signs its checkpoints with.
   *
   * @throws IOException if the key is not here: the directory was not restored whole
   */
  public SigningKey logKey(LogOrigin origin) throws IOException {
    SigningKey known = logKeys.get(origin);
    if (known != null) {
      return known;
    }
    Path file = keyFile(origin);
    if (!Files.exists(file)) {
      throw new IOException("the key of log " + origin + " is missing");
    }
    SigningKey read = SigningKey.of(Secret.take(Files.readAllBytes(file)));
    logKeys.put(origin, read);
    return read;
  }

  private Path keyFile(LogOrigin origin) {
    String text = origin.text();
    return directory.key("log-" + text.substring(text.lastIndexOf('/') + 1) + ".seed");
  }

  private static Secret seed(Path file, Randomness randomness) throws IOException {
    if (!Files.exists(file)) {
      PrivateFiles.write(file, randomness.bytes(SEED_BYTES));
    }
    return Secret.take(Files.readAllBytes(file));
  }
}
