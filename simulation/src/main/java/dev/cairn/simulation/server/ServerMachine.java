package dev.cairn.simulation.server;

import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.identity.MacKey;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.Quotas;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.sqlite.SqliteCopy;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.disk.DiskPlan;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.disk.PowerSupply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machine a server runs on: the real ledger over the real SQLite in a folder, keys that outlive
 * the disk as its backups do, and a plan of what goes wrong. Unless its power is cut for real, it
 * dies between SQLite's calls, never inside one, and keeps what was written.
 */
public final class ServerMachine implements AutoCloseable {

  private static final String ADDRESS = "http://simulated.example:80";
  private static final long CODE_SECONDS = 400L * 24 * 60 * 60;
  private static final long MILLIS_PER_SECOND = 1000;

  private final Path folder;
  private final Clock clock;
  private final Randomness randomness;
  private final SimulatedSigner signer;
  private final EncryptionKey bundleKey;
  private final MacKey macKey;
  private final DiskPlan plan = new DiskPlan();
  private @Nullable FaultyLedgerStore store;
  private @Nullable Ledger ledger;
  private PowerSupply power = PowerSupply.STEADY;
  private int files;
  private Path file;

  private ServerMachine(
      Path folder,
      Clock clock,
      Randomness randomness,
      SimulatedSigner signer,
      EncryptionKey bundleKey,
      MacKey macKey) {
    this.folder = folder;
    this.clock = clock;
    this.randomness = randomness;
    this.signer = signer;
    this.bundleKey = bundleKey;
    this.macKey = macKey;
    this.file = folder.resolve("ledger-0.db");
  }

  /** A new server in an empty folder; not started. */
  public static ServerMachine make(Path folder, Clock clock, Randomness randomness) {
    return new ServerMachine(
        folder,
        clock,
        randomness,
        new SimulatedSigner(randomness),
        EncryptionKey.generate(randomness),
        MacKey.of(randomness.bytes(32)));
  }

  /** What there is of a server while it is switched off: its keys and its ledger. */
  public static final class Asleep {
    private final SimulatedSigner signer;
    private final EncryptionKey bundleKey;
    private final MacKey macKey;
    private final byte[] ledger;

    private Asleep(ServerMachine machine, byte[] ledger) {
      this.signer = machine.signer;
      this.bundleKey = machine.bundleKey;
      this.macKey = machine.macKey;
      this.ledger = ledger;
    }
  }

  /** Switches it off for good: other machines may be made of it. */
  public Asleep asleep() throws StoreException {
    Path copy = backup();
    stop();
    try {
      return new Asleep(this, Files.readAllBytes(copy));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another machine with the keys and the ledger of one that was switched off; not started. */
  public static ServerMachine wake(
      Path folder, Clock clock, Randomness randomness, Asleep other, Disks disks) {
    ServerMachine machine =
        new ServerMachine(
            folder,
            clock,
            randomness,
            other.signer.copy(randomness),
            other.bundleKey,
            other.macKey);
    machine.power = disks.ofServer(folder);
    makeFolder(folder);
    try {
      Files.write(machine.file, other.ledger);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return machine;
  }

  /** Starts, if it does not run. */
  public void start() throws StoreException {
    if (ledger == null) {
      makeFolder(folder);
      power.started();
      store = new FaultyLedgerStore(SqliteLedgerStore.open(file), plan, power);
      ledger = Ledger.open(store, signer, bundleKey.publicKey(), Quotas.standard());
    }
  }

  /** Ends, as by a cut of power: nothing is finished. */
  public void stop() {
    if (store != null) {
      power.cut(false);
      close();
      power.back();
    }
  }

  /** Whether it runs. */
  public boolean isUp() {
    return ledger != null;
  }

  /**
   * The ledger of the running server.
   *
   * @throws Crash if it does not run: whoever was talking to it finds the link cut
   */
  public Ledger ledger() {
    Ledger running = ledger;
    if (running == null) {
      throw new Crash("the server is down");
    }
    return running;
  }

  /** What goes wrong with its disk. */
  public DiskPlan plan() {
    return plan;
  }

  LogSigner signer() {
    return signer;
  }

  EncryptionKey bundleKey() {
    return bundleKey;
  }

  MacKey macKey() {
    return macKey;
  }

  Clock clock() {
    return clock;
  }

  Randomness randomness() {
    return randomness;
  }

  /** Where the files are that were brought. */
  public AttachmentFiles attachments() {
    Path attachments = folder.resolve("attachments");
    makeFolder(attachments);
    return new AttachmentFiles(attachments);
  }

  /** The file with which an owner founds a space here. */
  public byte[] invitation() throws StoreException {
    LogOrigin origin = signer.newLog();
    Secret code = Secret.take(randomness.bytes(ServerInvitation.SPACE_CODE_BYTES));
    long expiresSeconds = clock.millis() / MILLIS_PER_SECOND + CODE_SECONDS;
    try (LedgerTransaction transaction = ledger().store().begin()) {
      transaction.addCode(Ledger.codeHash(code), new LedgerView.SpaceCode(origin, expiresSeconds));
      transaction.commit();
    }
    return new ServerInvitation(
            new ServerAddress(ADDRESS, null),
            signer.logKey(origin),
            bundleKey.publicKey(),
            code,
            expiresSeconds)
        .encode();
  }

  /** A copy of the ledger as it is now. */
  public Path backup() throws StoreException {
    Path copy = folder.resolve("backup-" + ++files + ".db");
    SqliteCopy.write(file, copy);
    return copy;
  }

  /** Runs on with an older copy of the ledger, as if nothing had happened. */
  public void putBack(Path backup) throws StoreException {
    stop();
    file = folder.resolve("ledger-" + ++files + ".db");
    copy(backup, file);
    start();
  }

  /** A backup as an operator takes it: the ledger as of one moment, and the keys of its logs. */
  public static final class Backup {
    private final Path ledger;
    private final Map<String, SigningKey> keys;

    private Backup(Path ledger, Map<String, SigningKey> keys) {
      this.ledger = ledger;
      this.keys = keys;
    }
  }

  /** Takes a backup, whether it runs or not. */
  public Backup backedUp() throws StoreException {
    return new Backup(backup(), signer.keys());
  }

  /** Is put back from a backup as {@code cairn restore} does it, and says so, and starts. */
  public void restore(Backup backup) throws StoreException {
    stop();
    file = folder.resolve("ledger-" + ++files + ".db");
    copy(backup.ledger, file);
    signer.putBack(backup.keys);
    try (SqliteLedgerStore fresh = SqliteLedgerStore.open(file)) {
      Refills.begin(fresh);
      fresh.scrub();
    }
    start();
  }

  /** Makes the key of a log that waits to be the next generation. */
  Refills.NewLog newLog() {
    return signer::newLog;
  }

  /** Another server with the same keys, whose ledger is a copy of this one's: the other side. */
  public ServerMachine fork(Path elsewhere) throws StoreException {
    return other(elsewhere, signer);
  }

  /** The same with every key but those of the logs: what it adds it signs with one of its own. */
  public ServerMachine impostor(Path elsewhere) throws StoreException {
    return other(elsewhere, signer.impostor(randomness));
  }

  private ServerMachine other(Path elsewhere, SimulatedSigner signs) throws StoreException {
    ServerMachine other = new ServerMachine(elsewhere, clock, randomness, signs, bundleKey, macKey);
    copy(backup(), other.file);
    other.start();
    return other;
  }

  private static void makeFolder(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.resolveSibling("."));
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files that hold what the server knows. */
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
    store = null;
    ledger = null;
  }
}
