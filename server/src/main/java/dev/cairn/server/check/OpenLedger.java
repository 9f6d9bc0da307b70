package dev.cairn.server.check;

import dev.cairn.server.directory.ServerDirectory;
import dev.cairn.server.directory.StoreBusyException;
import dev.cairn.server.identity.LogKeys;
import dev.cairn.server.identity.ServerIdentity;
import dev.cairn.server.ledger.DiskFaults;
import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A data directory held by this process without a server running on it. */
public final class OpenLedger implements AutoCloseable {

  /** No key is made for a host here: whatever server it was, it has its keys. */
  private static final String NO_HOST = "localhost";

  private final ServerDirectory directory;
  private final ServerIdentity identity;
  private final LedgerStore store;

  private OpenLedger(ServerDirectory directory, ServerIdentity identity, LedgerStore store) {
    this.directory = directory;
    this.identity = identity;
    this.store = store;
  }

  /**
   * Holds a directory.
   *
   * @throws NoSuchFileException if there is no server's store in it
   * @throws StoreBusyException if a server is running on it
   */
  public static OpenLedger open(Path data) throws IOException, StoreBusyException, StoreException {
    if (!ServerDirectory.isServer(data)) {
      throw new NoSuchFileException(data.toString(), null, "no server's store");
    }
    ServerDirectory directory;
    try {
      directory = ServerDirectory.hold(data);
    } catch (IOException e) {
      throw DiskFaults.orItself(e);
    }
    try {
      ServerIdentity identity = ServerIdentity.open(directory, NO_HOST, new SecureRandom());
      return new OpenLedger(directory, identity, SqliteLedgerStore.open(directory.ledger()));
    } catch (IOException | StoreException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** The directory's files. */
  public ServerDirectory directory() {
    return directory;
  }

  /** The keys in it. */
  public ServerIdentity identity() {
    return identity;
  }

  /** The keys of its logs. */
  public LogKeys logKeys() {
    return new LogKeys(identity);
  }

  /** What it holds. */
  public LedgerStore store() {
    return store;
  }

  @Override
  public void close() throws IOException {
    store.close();
    directory.close();
  }
}
