package dev.cairn.client.store;

import dev.cairn.client.sqlite.SqliteRowStore;
import dev.cairn.protocol.suite.Secret;
import java.nio.file.Path;
import java.util.Random;

/** A store of one's own, for tests of the rows of one room. */
public final class TestStore {

  private TestStore() {}

  /** Opens a new one in this folder. */
  public static EncryptedStore in(Path folder) throws StoreException {
    return new EncryptedStore(
        SqliteRowStore.open(folder.resolve("rows.db")),
        Secret.take(new byte[32]),
        new Random(1)::nextBytes);
  }
}
