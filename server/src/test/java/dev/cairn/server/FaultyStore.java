package dev.cairn.server;

import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.RefillTable;
import dev.cairn.server.ledger.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A store whose n-th write fails, counted over all writing calls, commit included. */
final class FaultyStore implements LedgerStore {

  private static final Set<String> WRITING =
      Set.of("open", "put", "remove", "show", "fork", "clear", "end", "begin", "voidCodes");

  private final LedgerStore store;
  private int writesLeft = Integer.MAX_VALUE;
  private boolean deafToCommits;

  FaultyStore(LedgerStore store) {
    this.store = store;
  }

  /** Lets so many writes succeed, then none. */
  void failAfter(int writes) {
    writesLeft = writes;
  }

  /** Lets everything succeed, but nobody hears of a commit. */
  void failAfterCommit() {
    writesLeft = Integer.MAX_VALUE;
    deafToCommits = true;
  }

  /** Lets every write succeed again. */
  void heal() {
    writesLeft = Integer.MAX_VALUE;
    deafToCommits = false;
  }

  @Override
  public LedgerView view() throws StoreException {
    return store.view();
  }

  @Override
  public LedgerTransaction begin() throws StoreException {
    return faulty(LedgerTransaction.class, store.begin());
  }

  private <T> T faulty(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              String name = method.getName();
              boolean writes =
                  name.startsWith("add")
                      || name.startsWith("set")
                      || WRITING.contains(name)
                      || name.equals("advance")
                      || name.equals("erase")
                      || name.equals("commit");
              if (writes && writesLeft-- <= 0) {
                throw new StoreException.Full(new IllegalStateException("no room"));
              }
              try {
                Object result = method.invoke(real, arguments);
                if (deafToCommits && name.equals("commit")) {
                  throw new StoreException.Full(new IllegalStateException("after the commit"));
                }
                return result instanceof RefillTable table
                    ? faulty(RefillTable.class, table)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Override
  public void scrub() throws StoreException {
    store.scrub();
  }

  @Override
  public void close() {
    store.close();
  }
}
